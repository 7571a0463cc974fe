//! Any octets: no panic, and what is read prints to what reads the same (I9, I11); any offer: its answer corresponds.

#![allow(clippy::unwrap_used, reason = "tests fail loudly")]
use lhtt_sip::sdp::{AudioFormat, LocalAudio, Sdp, accept_answer, answer, offered_audio};
use proptest::prelude::*;

fn ours() -> LocalAudio {
    let formats = vec![AudioFormat::pcmu(), AudioFormat::g729(true), AudioFormat::telephone_event(101)];
    LocalAudio::new(1, 1, "192.0.2.1:4000".parse().unwrap(), formats)
}

/// Lines that are nearly SDP.
fn lines() -> impl Strategy<Value = String> {
    let number = prop_oneof![Just("0".to_owned()), "[0-9]{1,6}", "[ -~]{0,4}"];
    let line = prop_oneof![
        (number.clone(), number.clone()).prop_map(|(port, format)| format!("m=audio {port} RTP/AVP 0 {format}")),
        (number.clone(), "[A-Za-z0-9/-]{0,9}").prop_map(|(format, value)| format!("a=rtpmap:{format} {value}/8000")),
        number.clone().prop_map(|value| format!("a=fmtp:{value} 0-{value}")),
        number.clone().prop_map(|value| format!("c=IN IP4 {value}.0.2.1")),
        number.clone().prop_map(|value| format!("a=rtcp:{value} IN IP4 192.0.2.{value}")),
        (number.clone(), number).prop_map(|(port, format)| format!("m=video {port} RTP/SAVP {format}")),
        prop_oneof![Just("a=sendonly"), Just("a=inactive"), Just("a=rtcp-mux"), Just("c=IN IP6 ::")]
            .prop_map(str::to_owned),
        "[a-z]=[ -~]{0,12}",
    ];
    proptest::collection::vec(line, 0..12).prop_map(|lines| {
        format!("v=0\r\no=- 1 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\n{}\r\n", lines.join("\r\n"))
    })
}

fn prints_back(octets: &[u8]) -> Option<Sdp> {
    let sdp = Sdp::parse(octets).ok()?;
    assert_eq!(Sdp::parse(&sdp.to_bytes()).as_ref(), Ok(&sdp));
    Some(sdp)
}

proptest! {
    #[test]
    fn any_octets_are_read_or_refused(octets in proptest::collection::vec(any::<u8>(), 0..300)) {
        prints_back(&octets);
        prints_back(&[b"v=0\no=- 1 1 IN IP4 192.0.2.1\n", octets.as_slice()].concat());
    }

    #[test]
    fn any_offer_is_refused_or_answered_section_by_section(text in lines()) {
        let Some(offer) = prints_back(text.as_bytes()) else { return Ok(()) };
        let _ = offered_audio(&offer);
        let _ = accept_answer(&ours().offer().unwrap(), &offer);
        if let Ok(answer) = answer(&offer, &ours()) {
            prop_assert_eq!(answer.sdp.media().len(), offer.media().len());
            let open = answer.sdp.media().iter().filter(|media| media.port() != 0).count();
            prop_assert_eq!(open, 1);
            for (asked, got) in offer.media().iter().zip(answer.sdp.media()) {
                prop_assert_eq!((asked.kind(), asked.protocol()), (got.kind(), got.protocol()));
                prop_assert!(got.port() == 0 || got.formats().iter().all(|format| asked.formats().contains(format)));
            }
            prop_assert!(accept_answer(&offer, &answer.sdp).is_ok());
        }
    }
}
