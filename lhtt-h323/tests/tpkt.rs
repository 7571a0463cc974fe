//! TPKT framing: every cut of a stream gives the same packets, and a wrong header ends it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail loudly")]

use lhtt_h323::Malformed;
use lhtt_h323::tpkt::{Framer, frame};

fn packets(framer: &mut Framer) -> Result<Vec<Vec<u8>>, Malformed> {
    let mut all = Vec::new();
    while let Some(packet) = framer.packet()? {
        all.push(packet.to_vec());
    }
    Ok(all)
}

#[test]
fn a_stream_may_be_cut_anywhere() {
    let contents: [&[u8]; 3] = [b"a", b"", &[8; 300]];
    let stream: Vec<u8> = contents.iter().flat_map(|content| frame(content).unwrap().to_vec()).collect();
    let whole = vec![b"a".to_vec(), vec![8; 300]]; // the empty one is a keep-alive
    for cut in 0..stream.len() {
        let mut framer = Framer::new(65_535);
        framer.push(&stream[..cut]);
        let mut all = packets(&mut framer).unwrap();
        framer.push(&stream[cut..]);
        all.extend(packets(&mut framer).unwrap());
        assert_eq!(all, whole, "cut at {cut}");
    }
}

#[test]
fn the_longest_packet_passes_and_one_more_octet_cannot_be_said() {
    let packet = frame(&[0; 65_531]).unwrap();
    let mut framer = Framer::new(65_535);
    framer.push(&packet);
    assert_eq!(framer.packet().unwrap().unwrap().len(), 65_531);
    assert_eq!(frame(&[0; 65_532]), None);
}

#[test]
fn wrong_headers() {
    for header in [[2, 0, 0, 8], [3, 0, 0, 0], [3, 0, 0, 3], [b'G', b'E', b'T', b' ']] {
        let mut framer = Framer::new(65_535);
        framer.push(&header);
        assert_eq!(framer.packet(), Err(Malformed::Tpkt(header)));
    }
    let mut framer = Framer::new(1000);
    framer.push(&[3, 0, 4, 0]);
    assert!(framer.packet().is_err(), "1024 octets where 1000 are allowed");
}

#[test]
fn a_header_that_is_not_all_there_is_waited_for() {
    let mut framer = Framer::new(65_535);
    framer.push(&[3]);
    assert_eq!(framer.packet(), Ok(None));
    framer.push(&[0, 0, 5]);
    assert_eq!(framer.packet(), Ok(None));
    framer.push(&[9]);
    assert_eq!(framer.packet().unwrap().unwrap().as_ref(), [9]);
}
