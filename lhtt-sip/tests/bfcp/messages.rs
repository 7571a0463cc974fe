//! Octets of others read as they meant them, and what we read is written back to the same octets.

use crate::support::{hex, octets};
use bytes::Bytes;
use lhtt_core::time::{Duration, Instant};
use lhtt_sip::bfcp::*;
use std::path::Path;

fn vector(name: &str) -> Bytes {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/bfcp/messages.tsv");
    let text = std::fs::read_to_string(file).unwrap();
    let line = text.lines().find(|line| line.split('\t').next() == Some(name)).unwrap();
    octets(line.split('\t').nth(2).unwrap())
}

fn read(name: &str) -> Message {
    let octets = vector(name);
    if octets[0] >> 5 == 1 { Message::of_stream(&octets) } else { Message::of_datagram(&octets) }.unwrap()
}

#[test]
fn what_libre_writes_is_read_and_written_back() {
    for name in [
        "hello",
        "floor-request",
        "floor-release",
        "user-query",
        "floor-query",
        "floor-request-status",
        "error",
        "hello-ack",
    ] {
        // libre was told to set M in one FLOOR-ID, where it means nothing.
        let theirs = hex(&vector(name)).replace("05040002", "04040002");
        assert_eq!(hex(&read(name).to_bytes().unwrap()), theirs, "{name}");
    }
}

#[test]
fn a_floor_request_of_libre() {
    let message = read("floor-request");
    assert_eq!((message.version, message.response, message.primitive), (1, false, Primitive::FloorRequest));
    assert_eq!((message.conference.0, message.transaction.0, message.user.0), (0xffff_fffe, 65_535, 32_768));
    assert_eq!(
        message.attributes,
        [
            Attribute::FloorId(FloorId(1)),
            Attribute::FloorId(FloorId(2)),
            Attribute::BeneficiaryId(UserId(7)),
            Attribute::ParticipantProvidedInfo(Bytes::from_static(b"slides")),
            Attribute::Priority(Priority::High),
        ]
    );
}

#[test]
fn a_status_of_libre_with_groups_in_groups() {
    let message = read("floor-request-status");
    let told = RequestInformation::all(&message);
    let accepted = |info: Option<&str>| Standing {
        status: Some(RequestStatus::Accepted),
        queue_position: 3,
        info: info.map(str::to_owned),
    };
    let beneficiary = UserInformation {
        user: UserId(7),
        display_name: Some("An".to_owned()),
        uri: Some("sip:an@example.vn".to_owned()),
    };
    assert!(message.response);
    assert_eq!(
        told,
        [RequestInformation {
            request: FloorRequestId(513),
            overall: accepted(Some("wait")),
            floors: vec![(FloorId(1), accepted(None))],
            beneficiary: Some(beneficiary),
            requested_by: None,
            priority: None,
            provided_info: None,
        }]
    );
}

#[test]
fn an_error_of_libre_lists_what_it_does_not_know() {
    let details = Bytes::from_static(&[0xc8, 0xca]);
    let code = ErrorCode::UnknownMandatoryAttribute;
    let info = Attribute::ErrorInfo(Bytes::from_static(b"what is that"));
    assert_eq!(read("error").attributes, [Attribute::ErrorCode { code, details }, info]);
}

/// RFC 8855 figures 11, 16, 23 and 27.
#[test]
fn a_chair_action_counted_by_hand() {
    let message = read("chair-action");
    let told = RequestInformation::all(&message).remove(0);
    let standing = Standing { status: Some(RequestStatus::Denied), queue_position: 0, info: Some("denied".to_owned()) };
    assert_eq!((told.request, told.floors), (FloorRequestId(513), vec![(FloorId(2), standing)]));
    assert_eq!(hex(&message.to_bytes().unwrap()), hex(&vector("chair-action")));
}

/// RFC 8855 5.2: the M bit of an extension is kept, and says whether it may be passed over.
#[test]
fn extensions_are_kept() {
    let optional = read("unknown-optional");
    assert_eq!(optional.unknown_mandatory(), Vec::<u8>::new());
    assert_eq!(optional.attributes[1].kind(), 100);
    assert_eq!(hex(&optional.to_bytes().unwrap()), hex(&vector("unknown-optional")));
    let mandatory = read("unknown-mandatory");
    assert_eq!(mandatory.unknown_mandatory(), [100, 85]);
    assert_eq!(hex(&mandatory.to_bytes().unwrap()), hex(&vector("unknown-mandatory")));
}

/// RFC 8855 5.2.4: values above 4 mean 4, and the reserved bits nothing.
#[test]
fn bits_that_mean_nothing_are_passed_over() {
    assert_eq!(read("priority-beyond").attributes[1], Attribute::Priority(Priority::Highest));
    let reserved = read("reserved-bits");
    assert_eq!((reserved.version, reserved.primitive), (1, Primitive::FloorRelease));
    let as_stream = Message::of_stream(&octets("38020001000000010002000306040201")).unwrap();
    assert_eq!(as_stream, reserved, "R and F mean nothing in a stream");
}

/// RFC 8855 6.2.3, in either order and twice.
#[test]
fn fragments_counted_by_hand_come_together() {
    let peer = "192.0.2.1:1".parse().unwrap();
    for order in [["fragment-1", "fragment-2"], ["fragment-2", "fragment-1"]] {
        let mut held = Reassembly::default();
        let mut take = |name| held.take(Instant::ZERO, T2, peer, &vector(name));
        assert_eq!((take(order[0]), take(order[0])), (None, None));
        let message = take(order[1]).unwrap().unwrap();
        assert_eq!(message.attributes, [Attribute::FloorId(FloorId(10)), Attribute::FloorId(FloorId(11))]);
        assert!(held.is_empty());
    }
}

#[test]
fn long_messages_go_out_in_fragments_and_come_back() {
    let attributes: Vec<_> = (0..1_000).map(|floor| Attribute::FloorId(FloorId(floor))).collect();
    let request = Message::request(2, Primitive::FloorQuery, ConferenceId(1), TransactionId(2), UserId(3));
    let message = Message { attributes, ..request };
    let cut = datagrams(&message.to_bytes().unwrap());
    assert!(cut.len() == 4 && cut.iter().all(|part| part.len() <= limits::DATAGRAM_BYTES_MAX), "{}", cut.len());
    let (mut held, peer) = (Reassembly::default(), "192.0.2.1:1".parse().unwrap());
    let whole = cut.iter().rev().find_map(|part| held.take(Instant::ZERO, Duration::from_secs(1), peer, part));
    assert_eq!(whole, Some(Ok(message)));
}

#[test]
fn a_stream_is_cut_into_messages_however_it_comes() {
    let mut octets = vector("floor-request").to_vec();
    octets.extend_from_slice(&vector("chair-action"));
    let mut framer = Framer::new();
    let mut found = Vec::new();
    for octet in &octets {
        framer.push(&[*octet]);
        found.extend(framer.next());
    }
    assert_eq!(found, [Ok(read("floor-request")), Ok(read("chair-action"))]);
    assert_eq!(framer.pending(), 0);
}
