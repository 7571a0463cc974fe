//! Peers that lie, flood and impersonate. Each test names the octets that were sent and the bound that holds.

use crate::support::{CONFERENCE, Faults, World, hex, octets};
use bytes::Bytes;
use lhtt_core::io::{Input, ListenerId, Output, StreamIds};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Duration, Instant};
use lhtt_sip::bfcp::client::FloorRequest;
use lhtt_sip::bfcp::server::{self, Floor, Policy, Server, User};
use lhtt_sip::bfcp::*;
use std::net::SocketAddr;

/// A server with conference 1, floor 1 and user 3, and the words of one that speaks to it by hand.
struct Bench {
    server: Server,
    now: Instant,
    from: SocketAddr,
}

impl Bench {
    fn new() -> Self {
        let mut server = Server::new(Rng::from_number(1));
        server.add_conference(ConferenceId(1), vec![Floor::new(FloorId(1), Policy::Automatic)]).unwrap();
        server.add_user(ConferenceId(1), User::new(UserId(3))).unwrap();
        Self { server, now: Instant::ZERO, from: "192.0.2.7:3238".parse().unwrap() }
    }

    /// The same, and user 3 has said Hello as transaction 1.
    fn greeted() -> Self {
        let mut bench = Self::new();
        assert!(bench.says("400b0000 00000001 0001 0003")[0].starts_with("500c"), "HelloAck");
        bench
    }

    fn says(&mut self, words: &str) -> Vec<String> {
        self.sends(octets(words))
    }

    fn sends(&mut self, data: Bytes) -> Vec<String> {
        let input = Input::Datagram { listener: ListenerId(0), remote: self.from, data };
        self.server.handle_input(self.now, input);
        std::iter::from_fn(|| self.server.poll_output())
            .map(|output| match output {
                Output::Transmit { data, remote, .. } if remote == self.from => hex(&data),
                output => panic!("{output:?}"),
            })
            .collect()
    }

    /// The error code that answers, if one does.
    fn code(&mut self, words: &str) -> Option<u8> {
        let answers = self.says(words);
        assert!(answers.len() <= 1);
        let answer = Message::of_datagram(&octets(answers.first()?)).unwrap();
        assert!(answer.primitive == Primitive::Error && answer.response);
        answer.attributes.iter().find_map(|attribute| match attribute {
            Attribute::ErrorCode { code, .. } => Some(code.number()),
            _ => None,
        })
    }
}

#[test]
fn every_error_of_the_table_that_a_message_can_earn() {
    let rows: &[(&str, &str, Option<u8>)] = &[
        ("no header", "400b0000 00000001 0001 00", None),
        ("an answer to nothing", "500d0000 00000001 0001 0003", None),
        ("a fault in an answer", "500d0001 00000001 0001 0003", None),
        ("conference 2", "400b0000 00000002 0001 0003", Some(1)),
        ("user 4", "400b0000 00000001 0001 0004", Some(2)),
        ("primitive 99", "40630000 00000001 0001 0003", Some(3)),
        ("a server's primitive", "40080000 00000001 0001 0003", Some(3)),
        ("an unknown attribute with M", "400b0001 00000001 0001 0003 c9040102", Some(4)),
        ("the same within a group", "400b0002 00000001 0001 0003 1e080001 c9040102", Some(4)),
        ("not greeted", "40010001 00000001 0001 0003 04040001", Some(5)),
        ("an attribute of length 0", "400b0001 00000001 0001 0003 04000001", Some(10)),
        ("a number of three octets", "400b0002 00000001 0001 0003 04050001 00000000", Some(10)),
        ("version 1 over datagrams", "200b0000 00000001 0001 0003", Some(12)),
        ("version 7", "e00b0000 00000001 0001 0003", Some(12)),
        ("longer than it says", "400b0000 00000001 0001 0003 04040001", Some(13)),
        ("shorter than it says", "400b0002 00000001 0001 0003 04040001", Some(13)),
        ("all that 16 bits can say", "400bffff 00000001 0001 0003 04040001", Some(13)),
    ];
    for (name, words, code) in rows {
        let mut bench = Bench::new();
        assert_eq!(bench.code(words), *code, "{name}");
        assert!(bench.server.is_quiescent(), "{name}: nothing is kept");
    }
    let greeted: &[(&str, &str, u8)] = &[
        ("floor 2", "40010001 00000001 0002 0003 04040002", 6),
        ("a request that is not there", "40020001 00000001 0002 0003 06040009", 7),
        ("no floor", "40010000 00000001 0002 0003", 10),
        ("no request", "40020000 00000001 0002 0003", 10),
        ("a chair's word of a participant", "40090004 00000001 0002 0003 1e100001 22080001 0a040300 12020000", 7),
    ];
    for (name, words, code) in greeted {
        assert_eq!(Bench::greeted().code(words), Some(*code), "{name}");
    }
    let mut bench = Bench::greeted();
    for transaction in 2..4 {
        let answer = bench.says(&format!("40010001 00000001 {transaction:04x} 0003 04040001"));
        assert!(answer[0].starts_with("5004"), "{answer:?}");
    }
    assert_eq!(bench.code("40010001 00000001 0004 0003 04040001"), Some(8), "a third request for one floor");
}

/// What was not understood is listed (RFC 8855 5.2.6.1).
#[test]
fn unknown_mandatory_attributes_are_named() {
    let answer = Bench::new().says("400b0002 00000001 0001 0003 c9040102 ab04cdcd");
    assert_eq!(answer, ["500d000200000001000100030c0504c8aa000000"]);
}

/// 4,000 octets of FLOOR-ID, in four fragments: all are read, none is requested, and the answer is one datagram.
#[test]
fn a_thousand_floors_are_refused_and_ask_for_nothing() {
    let mut bench = Bench::greeted();
    let mut message = Message::request(2, Primitive::FloorRequest, ConferenceId(1), TransactionId(2), UserId(3));
    message.attributes = vec![Attribute::FloorId(FloorId(1))];
    message.attributes.extend((1..=1_000).map(|floor| Attribute::FloorId(FloorId(floor))));
    let parts = datagrams(&message.to_bytes().unwrap());
    assert_eq!(parts.len(), 4);
    let answers: Vec<String> = parts.into_iter().flat_map(|part| bench.sends(part)).collect();
    assert_eq!(answers.len(), 1);
    let answer = Message::of_datagram(&octets(&answers[0])).unwrap();
    assert_eq!(answer.attributes[0], Attribute::ErrorCode { code: ErrorCode::Generic, details: Bytes::new() });
    assert!(std::iter::from_fn(|| bench.server.poll_event()).all(|event| !format!("{event:?}").contains("Request")));
}

/// 8,191 attributes of four octets are one message of 32,764 octets: more than [`limits::ATTRIBUTES_MAX`], so none is kept.
#[test]
fn more_attributes_than_a_message_may_have() {
    let mut stream = octets("2001 1ffd 00000001 0001 0003").to_vec();
    (0..0x1ffd).for_each(|_| stream.extend_from_slice(&[4, 4, 0, 1]));
    let fault = Message::of_stream(&Bytes::from(stream)).unwrap_err();
    let at = Header::BYTES + limits::ATTRIBUTES_MAX * 4;
    assert!(matches!(fault, Fault::Malformed { offset, text: "too many attributes", .. } if offset == at), "{fault}");
}

/// Groups within groups, each the whole of the one around it: 60 levels in 240 octets, of which [`limits::GROUP_DEPTH_MAX`] are read.
#[test]
fn groups_stand_only_so_deep() {
    let deep = |levels: u8| {
        let mut words = octets("40040000 00000001 0001 0003").to_vec();
        words[3] = levels;
        (0..levels).for_each(|level| words.extend_from_slice(&[0x1e, (levels - level) * 4, 0, 1]));
        Message::of_datagram(&Bytes::from(words))
    };
    assert!(deep(limits::GROUP_DEPTH_MAX as u8).is_ok());
    let fault = deep(60).unwrap_err();
    assert!(matches!(fault, Fault::Malformed { text: "groups stand too deep", .. }), "{fault}");
}

/// A group of 8 octets whose inside says 12, and a message whose last attribute says 8 where 4 are left.
#[test]
fn lengths_that_reach_outside_are_malformed() {
    for words in ["40040002 00000001 0001 0003 1e080001 0a0c0300", "40040001 00000001 0001 0003 04080001"] {
        assert!(matches!(Message::of_datagram(&octets(words)), Err(Fault::Malformed { .. })), "{words}");
    }
}

/// A first fragment each from 1,000 addresses, 16 octets a piece: 64 are held, for 10 s.
#[test]
fn a_flood_of_first_fragments_is_bounded() {
    let mut held = Reassembly::default();
    for port in 1..=1_000 {
        let peer = SocketAddr::new("192.0.2.7".parse().unwrap(), port);
        let part = octets("480b2000 00000001 0001 0003 0000 0001 04040001");
        // 32,768 octets of payload and a header are more than we hold; one unit less is not.
        assert!(matches!(held.take(Instant::ZERO, T2, peer, &part), Some(Err(Fault::Length { .. }))));
        let part = octets("480b1ffc 00000001 0001 0003 0000 0001 04040001");
        assert_eq!(held.take(Instant::ZERO, T2, peer, &part), None);
        assert!(held.len() <= limits::ASSEMBLIES_MAX);
    }
    assert_eq!((held.len(), held.poll_timeout()), (limits::ASSEMBLIES_MAX, Some(Instant::ZERO + T2)));
    held.expire(Instant::ZERO + T2);
    assert!(held.is_empty());
}

/// One octet group at a time: 65 fragments of 4 octets of one message; at the 65th all are dropped.
#[test]
fn a_message_has_only_so_many_fragments() {
    let (mut held, peer) = (Reassembly::default(), "192.0.2.7:1".parse().unwrap());
    let mut last = None;
    for index in 0..=limits::FRAGMENTS_MAX {
        last = held.take(
            Instant::ZERO,
            T2,
            peer,
            &octets(&format!("480b1000 00000001 0001 0003 {:04x} 0001 04040001", index * 2)),
        );
    }
    assert!(matches!(last, Some(Err(Fault::Length { .. }))), "{last:?}");
    assert!(held.is_empty());
}

/// Two fragments that say different things about the same octets: the message is dropped.
#[test]
fn fragments_that_overlap_drop_the_message() {
    let (mut held, peer) = (Reassembly::default(), "192.0.2.7:1".parse().unwrap());
    assert_eq!(
        held.take(Instant::ZERO, T2, peer, &octets("480b0003 00000001 0001 0003 0000 0002 04040001 04040002")),
        None
    );
    let second = held.take(Instant::ZERO, T2, peer, &octets("480b0003 00000001 0001 0003 0001 0002 04040009 04040003"));
    assert!(matches!(second, Some(Err(Fault::Length { .. }))) && held.is_empty());
}

/// Somebody at another address speaks for user 3: refused, whatever it says, and the real one keeps its floor.
#[test]
fn nobody_speaks_or_leaves_for_another() {
    let mut bench = Bench::greeted();
    assert!(bench.says("40010001 00000001 0002 0003 04040001")[0].starts_with("5004"), "granted");
    bench.from = "192.0.2.66:3238".parse().unwrap();
    for words in [
        "400b0000 00000001 0009 0003",          // Hello
        "40100000 00000001 0009 0003",          // Goodbye
        "40020001 00000001 0009 0003 06040001", // FloorRelease
        "40090004 00000001 0009 0003 1e100001 22080001 0a040700 12020000",
    ] {
        assert_eq!(bench.code(words), Some(5), "{words}");
    }
    bench.from = "192.0.2.7:3238".parse().unwrap();
    let answer = bench.says("40030001 00000001 0003 0003 06040001");
    let told = RequestInformation::all(&Message::of_datagram(&octets(&answer[0])).unwrap());
    assert_eq!(told[0].overall.status, Some(RequestStatus::Granted));
}

/// A user that its session description places at one address cannot begin from another.
#[test]
fn a_user_begins_where_it_was_announced() {
    let mut bench = Bench::new();
    let user = User { from: Some("192.0.2.8".parse().unwrap()), ..User::new(UserId(4)) };
    bench.server.add_user(ConferenceId(1), user).unwrap();
    assert_eq!(bench.code("400b0000 00000001 0001 0004"), Some(5));
    bench.from = "192.0.2.8:9".parse().unwrap();
    assert!(bench.says("400b0000 00000001 0001 0004")[0].starts_with("500c"));
}

/// The same FloorRequest three times, the third 30 s later when its answer is no longer kept: one request.
#[test]
fn a_late_repetition_asks_for_nothing() {
    let mut bench = Bench::greeted();
    let first = bench.says("40010001 00000001 0002 0003 04040001");
    assert_eq!(bench.says("40010001 00000001 0002 0003 04040001"), first, "the same answer again");
    assert!(bench.says("40020001 00000001 0003 0003 06040001")[0].starts_with("5004"), "given back");
    bench.now += Duration::from_secs(30);
    assert!(bench.says("400b0000 00000001 0004 0003")[0].starts_with("500c"));
    assert_eq!(bench.says("40010001 00000001 0002 0003 04040001"), Vec::<String>::new());
    assert!(bench.says("40050000 00000001 0005 0003")[0].starts_with("50060001"), "it has no request");
}

/// 10,000 datagrams bent at random at a server that has a user: no panic, no answer to an answer, nothing left.
#[test]
fn bent_datagrams_leave_nothing() {
    let mut rng = Rng::from_number(5);
    let mut bench = Bench::greeted();
    let words = [
        "40010001000000010002000304040001",
        "4009000400000001000200031e100001220800010a04030012020000",
        "480b00020000000100010003000000010404000a",
    ];
    for _ in 0..10_000 {
        let mut data = octets(words[rng.below(3) as usize]).to_vec();
        for _ in 0..=rng.below(3) {
            let at = rng.below(data.len() as u64) as usize;
            data[at] = rng.next_u32() as u8;
        }
        data.truncate(rng.below(data.len() as u64 + 1) as usize);
        bench.now += Duration::from_millis(rng.below(20));
        let response = data.first().is_some_and(|octet| octet & 0x10 != 0);
        let answers = bench.sends(data.into());
        assert!(!response || answers.is_empty(), "an answer is answered: {answers:?}");
        while bench.server.poll_event().is_some() {}
    }
    bench.now += Duration::from_secs(400);
    bench.server.handle_input(bench.now, Input::Timeout);
    bench.now += Duration::from_secs(400);
    bench.server.handle_input(bench.now, Input::Timeout);
    assert!(bench.server.is_quiescent(), "{:?}", bench.server);
}

/// 100 streams that say nothing: 64 are held, for 30 s.
#[test]
fn streams_that_say_nothing_are_closed() {
    let (mut server, mut ids, mut closed) = (Server::new(Rng::from_number(1)), StreamIds::new(0), 0);
    for port in 0..100 {
        let (local, remote) = ("192.0.2.1:3238".parse().unwrap(), SocketAddr::new("192.0.2.7".parse().unwrap(), port));
        server.handle_input(
            Instant::ZERO,
            Input::Accepted { stream: ids.allocate(), listener: ListenerId(1), local, remote, tls: None },
        );
        closed += std::iter::from_fn(|| server.poll_output()).count();
    }
    assert_eq!(closed, 100 - limits::STREAMS_UNBOUND_MAX);
    let at = server.poll_timeout().unwrap();
    server.handle_input(at, Input::Timeout);
    let closed = std::iter::from_fn(|| server.poll_output()).count();
    assert!(at == Instant::from_millis(30_000) && closed == limits::STREAMS_UNBOUND_MAX && server.is_quiescent());
}

/// Octets that are no BFCP end a stream (RFC 8855 6.1), and a length of 262,140 octets is not waited for.
#[test]
fn what_is_not_bfcp_ends_a_stream() {
    for words in ["200b0001 00000001 0001 0003 04000001", "200bffff 00000001 0001 0003"] {
        let (mut server, stream) = (Server::new(Rng::from_number(1)), StreamIds::new(0).allocate());
        let address = "192.0.2.7:1".parse().unwrap();
        server.handle_input(
            Instant::ZERO,
            Input::Accepted { stream, listener: ListenerId(1), local: address, remote: address, tls: None },
        );
        server.handle_input(Instant::ZERO, Input::Data { stream, data: octets(words) });
        let outputs: Vec<Output> = std::iter::from_fn(|| server.poll_output()).collect();
        assert!(matches!(&outputs[..], [Output::Send { .. }, Output::Close { .. }]), "{outputs:?}");
        assert!(server.is_quiescent());
    }
}

/// A participant asks for as much as it may and hears what is told about it: each message is at most [`limits::MESSAGE_BYTES_MAX`].
#[test]
fn what_is_told_stays_readable_at_its_longest() {
    let mut world = World::new(1, Faults::default());
    let index = world.join(1, false);
    world.run(Duration::from_secs(1));
    let info = Some("Đề nghị trình chiếu báo cáo ".repeat(6));
    let request = FloorRequest { info, ..FloorRequest::of(vec![FloorId(1), FloorId(2), FloorId(3)]) };
    world.at(index, |client, now| client.request_floors(now, request)).unwrap();
    world.at(index, |client, now| client.query_floors(now, vec![FloorId(1), FloorId(2)])).unwrap();
    world.run(Duration::from_secs(1));
    assert!(world.log.contains("told floor 2 [1: Pending]"), "{}", world.log);
    assert!(
        world
            .server
            .decide(world.now, CONFERENCE, FloorRequestId(1), server::Decision::Deny, Some("x".repeat(500)))
            .is_ok()
    );
}
