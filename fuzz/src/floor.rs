//! Octets from a floor control peer (RFC 8855).

use bytes::Bytes;
use lhtt_core::io::{Input, ListenerId};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Duration, Instant};
use lhtt_sip::bfcp::server::{Floor, Policy, Server, User};
use lhtt_sip::bfcp::{ConferenceId, FloorId, Framer, Message, UserId, limits};

/// What reads is written and read again equal, as a datagram and in a stream cut anyhow; a server that hears it answers no answer, keeps
/// no more than its limits and is empty in the end.
pub fn bfcp(data: &[u8]) -> bool {
    let octets = Bytes::copy_from_slice(data);
    let read = Message::of_datagram(&octets);
    if let Ok(message) = &read {
        // Attributes whose padding their group does not count may grow beyond what a length says.
        if let Ok(written) = message.to_bytes() {
            assert_eq!(Message::of_datagram(&written).as_ref(), Ok(message), "what we print we read equal");
        }
    }
    assert_eq!(framed(data, data.len().max(1)), framed(data, 3), "however the stream is cut");
    served(&octets);
    read.is_ok()
}

fn framed(data: &[u8], portion: usize) -> Vec<String> {
    let (mut framer, mut out) = (Framer::new(), Vec::new());
    for octets in data.chunks(portion) {
        framer.push(octets);
        while let Some(next) = framer.next() {
            out.push(match next {
                Ok(message) => format!("{message:?}"),
                // How many octets had come when it was found depends on the cut.
                Err(fault) => format!("{:?}", fault.answer()),
            });
        }
        assert!(framer.pending() < limits::MESSAGE_BYTES_MAX + data.len(), "what waits is bounded");
    }
    out
}

/// The datagram, and then the same behind a Hello that makes its sender a user.
fn served(octets: &Bytes) {
    let mut server = Server::new(Rng::from_number(1));
    let conference = ConferenceId(1);
    let floors = vec![Floor::new(FloorId(1), Policy::Automatic), Floor::new(FloorId(2), Policy::Chair(UserId(3)))];
    server.add_conference(conference, floors).expect("it is the first");
    server.add_user(conference, User::new(UserId(3))).expect("it is the first");
    let hello = Bytes::from_static(&[0x40, 11, 0, 0, 0, 0, 0, 1, 0, 1, 0, 3]);
    let remote = "192.0.2.7:3238".parse().expect("an address");
    let mut now = Instant::ZERO;
    for data in [octets, &hello, octets] {
        server.handle_input(now, Input::Datagram { listener: ListenerId(0), remote, data: data.clone() });
        let answers = std::iter::from_fn(|| server.poll_output()).count();
        assert!(data.first().is_none_or(|first| first & 0x10 == 0) || answers == 0, "an answer is answered");
        assert!(answers <= limits::FLOORS_MAX, "one datagram, {answers} answers");
    }
    for _ in 0..4 {
        now += Duration::from_secs(200);
        server.handle_input(now, Input::Timeout);
        while server.poll_output().is_some() {}
    }
    assert!(server.is_quiescent(), "nothing is left: {server:?}");
}
