//! A peer that is broken or hostile: what it is told, that nothing panics, and that nothing of it is left.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail loudly")]

mod common;

use bytes::Bytes;
use common::{CALLEE, address, answer, listening, packet, place, words};
use lhtt_core::io::{Closed, Input, ListenerId, Output, StreamId, StreamIds, Transport};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Duration, Instant};
use lhtt_h323::asn1::h225;
use lhtt_h323::per::Codec as _;
use lhtt_h323::q931::{CallReference, Element, Message, MessageType, id};
use lhtt_h323::tpkt::Framer;
use lhtt_h323::{CallId, Config, Endpoint, Event, Limits};

/// An endpoint, and the ends of streams that a script holds.
struct Raw {
    endpoint: Endpoint,
    now: Instant,
    ids: StreamIds,
    calls: Vec<CallId>,
    events: Vec<Event>,
    /// Outgoing streams, in order.
    opened: Vec<StreamId>,
    /// Everything that was sent.
    sent: Vec<Bytes>,
}

impl Raw {
    fn new() -> Self {
        Self::with(Config::new(1))
    }

    fn with(config: Config) -> Self {
        let mut endpoint = Endpoint::new(config, Rng::from_number(3));
        endpoint.listener(ListenerId(0), Transport::Tcp);
        let (now, ids) = (Instant::from_millis(1), StreamIds::new(0));
        let (calls, events, opened, sent) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { endpoint, now, ids, calls, events, opened, sent }
    }

    fn accept(&mut self) -> StreamId {
        let stream = self.ids.allocate();
        let (local, remote) = (listening(CALLEE), address("198.51.100.9:5000"));
        let input = Input::Accepted { stream, listener: ListenerId(0), local, remote, tls: None };
        assert!(self.input(input).is_empty());
        stream
    }

    /// Gives an input; what comes of it, one line each.
    fn input(&mut self, input: Input) -> Vec<String> {
        self.endpoint.handle_input(self.now, input);
        self.drain()
    }

    fn drain(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        while let Some(output) = self.endpoint.poll_output() {
            match output {
                Output::Send { data, .. } => {
                    let mut framer = Framer::new(65_535);
                    framer.push(&data);
                    let octets = framer.packet().unwrap().expect("a whole packet at a time");
                    // Separate H.245 messages do not begin with the discriminator of Q.931.
                    lines.push(words::describe(&octets, octets[0] != 8));
                    self.sent.push(octets);
                }
                Output::Close { .. } => lines.push("close".into()),
                Output::Open { stream, .. } | Output::Listen { stream, .. } => self.opened.push(stream),
                Output::Transmit { .. } => panic!("no datagrams"),
            }
        }
        while let Some(event) = self.endpoint.poll_event() {
            if let Event::Incoming { call, .. } = &event {
                self.calls.push(*call);
            }
            self.events.push(event);
        }
        lines
    }

    fn send(&mut self, stream: StreamId, data: impl Into<Bytes>) -> Vec<String> {
        self.input(Input::Data { stream, data: data.into() })
    }

    /// Long after, nothing is left but connected calls, and those end when their owner says so.
    fn assert_empties(&mut self) {
        let calls: Vec<CallId> = self.calls.clone();
        for round in 0..6 {
            self.now += Duration::from_secs(300);
            self.input(Input::Timeout);
            if round == 3 {
                calls.iter().for_each(|call| self.endpoint.release(self.now, *call, 16, None));
                self.drain();
            }
        }
        for call in calls {
            let about = |event: &&Event| words::call_of(event) == Some(call);
            let released = self.events.iter().filter(about).filter(|e| matches!(e, Event::Released { .. })).count();
            assert_eq!(released, 1, "every call is released once");
            let last = self.events.iter().rfind(about).unwrap();
            assert!(matches!(last, Event::Forgotten { .. }), "and then forgotten: {last:?}");
        }
        assert!(self.endpoint.is_quiescent(), "{:#?}", self.endpoint);
    }
}

fn captured(kind: &str) -> Vec<Bytes> {
    let rows = include_str!("vectors/q931/captured.tsv").lines().map(|row| row.split('\t').collect::<Vec<_>>());
    rows.filter(|row| kind.is_empty() || row[1] == kind).map(|row| hex(row[2])).collect()
}

fn hex(text: &str) -> Bytes {
    let digits: String = text.split_whitespace().collect();
    (0..digits.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap())
        .collect::<Vec<_>>()
        .into()
}

/// A good Setup, and the same without its user-user element.
fn setup() -> (Bytes, Bytes) {
    let whole = captured("setup").remove(0);
    let mut bare = Message::parse(&whole).unwrap();
    bare.elements.retain(|element| element.id != id::USER_USER);
    (whole, bare.print().into())
}

fn with_user_user(octets: &[u8]) -> Bytes {
    let mut message = Message::parse(&setup().1).unwrap();
    message.elements.push(Element::user_user_of(octets));
    packet(&message.print())
}

#[test]
fn what_a_stranger_is_told() {
    let (good, bare) = setup();
    let refused = "ReleaseComplete cause=100 UndefinedReason";
    let unknown = "ReleaseComplete cause=81 UndefinedReason";
    let cut = with_user_user(&setup().0[60..90]);
    let mut other_type = good.to_vec();
    other_type[4] = 0x6f;
    let connect = captured("connect").remove(0);
    let rows: [(&str, Bytes, &[&str]); 17] = [
        ("TPKT of no octets", hex("03000000"), &["close"]),
        ("TPKT version 2", hex("02000008 08020001"), &["close"]),
        ("an HTTP request", Bytes::from_static(b"GET / HTTP/1.1\r\n\r\n"), &["close"]),
        ("a keep-alive", hex("03000004"), &[]),
        ("another protocol discriminator", packet(&hex("0902000105")), &["close"]),
        ("a call reference of 15 octets", packet(&hex("080f000105")), &["close"]),
        ("only a discriminator", packet(&hex("08")), &["close"]),
        ("an element that overruns", packet(&hex("0802000105 04ff88")), &[refused]),
        ("no user-user", packet(&bare), &[refused]),
        ("user-user of no octets", packet(&[&bare[..], &[0x7e, 0, 0]].concat()), &[refused]),
        ("user-user cut", cut, &[refused]),
        ("an unknown message type", packet(&other_type), &["ReleaseComplete cause=97 UndefinedReason"]),
        ("a Connect for no call", packet(&connect), &[unknown]),
        ("a Facility for no call", packet(&hex("0802109262 1c00")), &[unknown]),
        ("a ReleaseComplete for no call", packet(&hex("080210925a 08028090")), &[]),
        ("a Status for no call", packet(&hex("080210927d 1401010802 8090")), &[]),
        ("a StatusInquiry for no call", packet(&hex("0802109275")), &["Status cause=30"]),
    ];
    for (name, octets, expected) in rows {
        let mut raw = Raw::new();
        let stream = raw.accept();
        assert_eq!(raw.send(stream, octets), expected, "{name}");
        let stream = raw.accept();
        assert!(raw.send(stream, packet(&good)).is_empty(), "{name}: a good call is taken afterwards");
        assert_eq!(raw.calls.len(), 1, "{name}");
        raw.assert_empties();
    }
}

#[test]
fn answers_go_to_the_caller_with_its_call_reference() {
    let mut raw = Raw::new();
    let stream = raw.accept();
    raw.send(stream, packet(&hex("0801 05 05")));
    let answer = Message::parse(&raw.sent[0]).unwrap();
    assert_eq!(answer.call_reference, CallReference { value: 5, to_originator: true, short: true });
    raw.assert_empties();
}

#[test]
fn a_stream_without_a_call_is_not_kept() {
    let mut raw = Raw::new();
    let stream = raw.accept();
    raw.send(stream, Bytes::from_static(&[3]));
    raw.now += Duration::from_secs(10);
    assert_eq!(raw.input(Input::Timeout), ["close"]);
    raw.assert_empties();
}

#[test]
fn a_second_setup_on_a_stream() {
    let (good, _) = setup();
    let mut raw = Raw::new();
    let stream = raw.accept();
    raw.send(stream, packet(&good));
    assert!(raw.send(stream, packet(&good)).is_empty(), "repeated: passed over");
    let mut other = good.to_vec();
    other[3] ^= 1;
    let refused = ["ReleaseComplete cause=47 NewConnectionNeeded"];
    assert_eq!(raw.send(stream, packet(&other)), refused, "another call wants another stream");
    assert_eq!(raw.calls.len(), 1);
    raw.assert_empties();
}

#[test]
fn limits_of_calls_streams_and_octets() {
    let (good, _) = setup();
    let limits = Limits { calls: 1, streams: 2, stream_octets: 2000, message: 1500 };
    let mut raw = Raw::with(Config { limits, ..Config::new(1) });
    let (first, second) = (raw.accept(), raw.accept());
    raw.send(first, packet(&good));
    assert_eq!(raw.send(second, packet(&good)), ["ReleaseComplete cause=47 GatewayResources"]);
    let stream = raw.ids.allocate();
    let (local, remote) = (listening(CALLEE), address("198.51.100.9:5001"));
    let third = Input::Accepted { stream, listener: ListenerId(0), local, remote, tls: None };
    assert_eq!(raw.input(third), ["close"], "a stream too many");
    assert_eq!(raw.send(second, hex("0300ffff")), ["close"], "a packet too long");
    assert_eq!(raw.send(first, packet(&[8; 1600])), ["close"], "that is all a stream may carry");
    assert!(raw.events.iter().any(|event| matches!(event, Event::Released { .. })));
    raw.assert_empties();
}

#[test]
fn faults_in_a_call_are_told_by_status_until_they_are_too_many() {
    let (good, _) = setup();
    let mut raw = Raw::new();
    let stream = raw.accept();
    raw.send(stream, packet(&good));
    let mut facility = Message::new(MessageType::Facility, Message::parse(&good).unwrap().call_reference);
    facility.elements.push(Element::user_user_of(&[0xff, 0xff, 0xff]));
    let broken = packet(&facility.print());
    for _ in 0..63 {
        assert_eq!(raw.send(stream, broken.clone()), ["Status cause=100 tunnelling"]);
    }
    assert_eq!(raw.send(stream, broken), ["close"]);
    raw.assert_empties();
}

#[test]
fn a_call_that_may_be_refused_sends_us_nowhere() {
    let reference = Message::parse(&setup().0).unwrap().call_reference;
    let say = |message_type, body| {
        let h323_uu_pdu = h225::H323UuPdu { h323_message_body: body, ..Default::default() };
        let octets = h225::H323UserInformation { h323_uu_pdu, ..Default::default() }.to_per().unwrap();
        packet(&Message::new(message_type, reference).with(Element::user_user_of(&octets)).print())
    };
    let elsewhere = h225::TransportAddress::IpAddress(h225::IpAddress { ip: [203, 0, 113, 5], port: 22 });
    let plain = h225::SetupUuie { protocol_identifier: h225::PROTOCOL_IDENTIFIER, ..Default::default() };
    let facility = h225::FacilityUuie {
        protocol_identifier: h225::PROTOCOL_IDENTIFIER,
        h245_address: Some(elsewhere),
        reason: h225::FacilityReason::StartH245,
        ..Default::default()
    };
    let mut raw = Raw::new();
    let stream = raw.accept();
    raw.send(stream, say(MessageType::Setup, h225::H323MessageBody::Setup(Box::new(plain))));
    raw.send(stream, say(MessageType::Facility, h225::H323MessageBody::Facility(Box::new(facility))));
    assert!(raw.opened.is_empty(), "its H.245 address waits for the owner");
    raw.endpoint.answer(raw.now, raw.calls[0], answer());
    raw.drain();
    assert_eq!(raw.opened.len(), 1, "and is used then");
    raw.assert_empties();
}

#[test]
fn garbage_for_h245_ends_the_call_in_the_end() {
    let (good, _) = setup();
    let reference = Message::parse(&good).unwrap().call_reference;
    let h323_uu_pdu = h225::H323UuPdu {
        h323_message_body: h225::H323MessageBody::Empty,
        h245_tunnelling: Some(true),
        h245_control: Some(vec![vec![0xff; 3]; 32]),
        ..Default::default()
    };
    let octets = h225::H323UserInformation { h323_uu_pdu, ..Default::default() }.to_per().unwrap();
    let facility = Message::new(MessageType::Facility, reference).with(Element::user_user_of(&octets));
    let mut raw = Raw::new();
    let stream = raw.accept();
    raw.send(stream, packet(&good));
    raw.endpoint.answer(raw.now, raw.calls[0], answer());
    for _ in 0..20 {
        raw.send(stream, packet(&facility.print()));
    }
    let faults = raw.events.iter().filter(|event| matches!(event, Event::Malformed { .. })).count();
    assert_eq!(faults, 256);
    assert!(raw.events.iter().any(|event| matches!(event, Event::Released { cause: 111, .. })));
    raw.assert_empties();
}

#[test]
fn status_inquiry_and_unknown_types_in_a_call() {
    let (good, _) = setup();
    let mut raw = Raw::new();
    let stream = raw.accept();
    raw.send(stream, packet(&good));
    let reference = Message::parse(&good).unwrap().call_reference;
    let inquiry = Message::new(MessageType::StatusInquiry, reference).print();
    assert_eq!(raw.send(stream, packet(&inquiry)), ["Status cause=30 tunnelling"]);
    let status = Message::parse(raw.sent.last().unwrap()).unwrap();
    assert_eq!(status.element(id::CALL_STATE).unwrap().call_state(), Some(6), "call present");
    let other = Message::new(MessageType::Other(0x6f), reference).print();
    assert_eq!(raw.send(stream, packet(&other)), ["Status cause=97 tunnelling"]);
    let null = Message::new(MessageType::Status, reference).with(Element::call_state_of(0)).print();
    assert_eq!(raw.send(stream, packet(&null)), ["ReleaseComplete cause=101 UndefinedReason tunnelling", "close"]);
    raw.assert_empties();
}

/// Every captured message with octets changed and cut off, as the first on a stream.
#[test]
fn mutated_messages_from_strangers() {
    let mut rng = Rng::from_number(11);
    for octets in captured("") {
        let mut raw = Raw::new();
        for at in (0..octets.len()).step_by(3) {
            for mutated in [mutate(&octets, at, &mut rng), octets.slice(..at)] {
                if mutated.is_empty() {
                    continue;
                }
                let stream = raw.accept();
                raw.send(stream, packet(&mutated));
                if let Some(call) = raw.calls.pop() {
                    raw.endpoint.proceed(raw.now, call);
                    raw.endpoint.answer(raw.now, call, answer());
                    raw.drain();
                }
                raw.input(Input::Closed { stream, why: Closed::Reset });
            }
        }
        raw.assert_empties();
    }
}

/// Every captured answer with octets changed, to a call that waits for it.
#[test]
fn mutated_messages_to_a_caller() {
    let mut rng = Rng::from_number(12);
    for octets in captured("").into_iter().filter(|octets| octets[4] != 5) {
        for at in (5..octets.len()).step_by(3) {
            let mut raw = Raw::new();
            let call = raw.endpoint.place(raw.now, place(at % 2 == 0, at % 4 < 2)).unwrap();
            raw.calls.push(call);
            raw.drain();
            let (stream, sent) = (raw.opened[0], raw.sent[0].clone());
            let (local, remote) = (address("192.0.2.1:4000"), listening(CALLEE));
            raw.input(Input::Opened { stream, local, remote, tls: None });
            let mut mutated = mutate(&octets, at, &mut rng).to_vec();
            mutated[2..4].copy_from_slice(&[sent[2] | 0x80, sent[3]]);
            let mut fine = octets.to_vec();
            fine[2..4].copy_from_slice(&[sent[2] | 0x80, sent[3]]);
            raw.send(stream, packet(&mutated));
            raw.send(stream, packet(&fine));
            raw.send(stream, packet(&mutated));
            raw.assert_empties();
        }
    }
}

fn mutate(octets: &Bytes, at: usize, rng: &mut Rng) -> Bytes {
    let mut mutated = octets.to_vec();
    mutated[at] ^= 1 << rng.below(8);
    if rng.below(2) == 0 {
        let other = rng.below(mutated.len() as u64) as usize;
        mutated[other] = rng.next_u32() as u8;
    }
    mutated.into()
}
