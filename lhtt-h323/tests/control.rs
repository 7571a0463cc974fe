//! H.245 against a script on its own connection: determination, capabilities, channels, and requests we do not know.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail loudly")]

mod common;

use bytes::Bytes;
use common::{CALLER, address, listening, media, packet, place, words};
use lhtt_core::io::{Input, Output, StreamId};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Duration, Instant};
use lhtt_h323::asn1::{h225, h245};
use lhtt_h323::per::Codec as _;
use lhtt_h323::q931::{Element, Message, MessageType};
use lhtt_h323::tpkt::Framer;
use lhtt_h323::{CallId, Codec, Config, Endpoint, Timers};

use h245::{CommandMessage, IndicationMessage, MultimediaSystemControlMessage, RequestMessage, ResponseMessage};

/// A slow call, connected, with its H.245 connection in the script's hands.
struct Script {
    endpoint: Endpoint,
    now: Instant,
    call: CallId,
    signalling: StreamId,
    h245: StreamId,
    sent: Vec<MultimediaSystemControlMessage>,
}

impl Script {
    /// Up to the point where our capability set and determination have gone out.
    fn new() -> Self {
        let mut endpoint = Endpoint::new(Config::new(1), Rng::from_number(5));
        let now = Instant::from_millis(1);
        let call = endpoint.place(now, place(false, false)).unwrap();
        let mut script = Self { endpoint, now, call, signalling: id(0), h245: id(0), sent: Vec::new() };
        let (opened, setup) = script.drain();
        script.signalling = opened[0];
        let reference = Message::parse(&setup[0]).unwrap().call_reference.reply();
        script.input(Input::Opened { stream: opened[0], local: local(), remote: listening(1), tls: None });
        let connect = connect(address("192.0.2.2:30001"));
        let message = Message::new(MessageType::Connect, reference).with(Element::user_user_of(&connect));
        let data = packet(&message.print());
        script.endpoint.handle_input(now, Input::Data { stream: opened[0], data });
        let (opened, _) = script.drain();
        script.h245 = opened[0];
        let up = Input::Opened { stream: script.h245, local: local(), remote: address("192.0.2.2:30001"), tls: None };
        assert_eq!(script.input(up), ["TerminalCapabilitySet", "MasterSlaveDetermination"]);
        script
    }

    /// The same with capabilities and determination done.
    fn ready() -> Self {
        let mut script = Self::new();
        script.say(&response(ResponseMessage::TerminalCapabilitySetAck(ack(1))));
        script.say(&response(ResponseMessage::MasterSlaveDeterminationAck(master(false))));
        script.say(&capabilities(1, &[h245::AudioCapability::G711Ulaw64k(20)]));
        script.events();
        script
    }

    fn drain(&mut self) -> (Vec<StreamId>, Vec<Bytes>) {
        let (mut opened, mut sent) = (Vec::new(), Vec::new());
        while let Some(output) = self.endpoint.poll_output() {
            match output {
                Output::Open { stream, .. } | Output::Listen { stream, .. } => opened.push(stream),
                Output::Send { data, .. } => {
                    let mut framer = Framer::new(65_535);
                    framer.push(&data);
                    sent.push(framer.packet().unwrap().unwrap());
                }
                Output::Close { .. } => sent.push(Bytes::from_static(b"close")),
                Output::Transmit { .. } => panic!("no datagrams"),
            }
        }
        (opened, sent)
    }

    fn input(&mut self, input: Input) -> Vec<String> {
        self.endpoint.handle_input(self.now, input);
        self.heard()
    }

    fn heard(&mut self) -> Vec<String> {
        let mut names = Vec::new();
        for octets in self.drain().1 {
            if octets[..] == b"close"[..] {
                names.push("close".into());
                continue;
            }
            if octets[0] != 8 {
                self.sent.push(MultimediaSystemControlMessage::from_per(&octets).unwrap());
            }
            names.push(words::describe(&octets, octets[0] != 8).replace("H.245 ", ""));
        }
        names
    }

    /// Says something on the H.245 connection; the names of what comes back.
    fn say(&mut self, message: &MultimediaSystemControlMessage) -> Vec<String> {
        let data = packet(&message.to_per().unwrap());
        self.input(Input::Data { stream: self.h245, data })
    }

    fn request(&mut self, message: RequestMessage) -> Vec<String> {
        self.say(&MultimediaSystemControlMessage::Request(Box::new(message)))
    }

    fn advance(&mut self, by: Duration) -> Vec<String> {
        self.now += by;
        self.input(Input::Timeout)
    }

    fn events(&mut self) -> Vec<String> {
        std::iter::from_fn(|| self.endpoint.poll_event()).map(|event| words::event(&event)).collect()
    }

    /// Our last determination number.
    fn number(&self) -> u32 {
        let number = self.sent.iter().rev().find_map(|message| match message {
            MultimediaSystemControlMessage::Request(request) => match &**request {
                RequestMessage::MasterSlaveDetermination(m) => Some(m.status_determination_number),
                _ => None,
            },
            _ => None,
        });
        number.unwrap()
    }

    /// Ends the call from the peer's side, and nothing is left.
    fn end(mut self) {
        use lhtt_core::io::Closed;
        self.input(Input::Closed { stream: self.h245, why: Closed::Finished });
        self.input(Input::Closed { stream: self.signalling, why: Closed::Finished });
        self.events();
        assert!(self.endpoint.is_quiescent(), "{:#?}", self.endpoint);
    }
}

fn id(_: u8) -> StreamId {
    lhtt_core::io::StreamIds::new(99).allocate()
}

fn local() -> std::net::SocketAddr {
    address("192.0.2.1:40000")
}

fn connect(h245: std::net::SocketAddr) -> Vec<u8> {
    let std::net::SocketAddr::V4(v4) = h245 else { panic!("v4") };
    let address = h225::TransportAddress::IpAddress(h225::IpAddress { ip: v4.ip().octets(), port: v4.port() });
    let body = h225::ConnectUuie {
        protocol_identifier: h225::PROTOCOL_IDENTIFIER,
        h245_address: Some(address),
        ..Default::default()
    };
    let h323_uu_pdu = h225::H323UuPdu {
        h323_message_body: h225::H323MessageBody::Connect(Box::new(body)),
        h245_tunnelling: Some(false),
        ..Default::default()
    };
    h225::H323UserInformation { h323_uu_pdu, ..Default::default() }.to_per().unwrap()
}

fn response(message: ResponseMessage) -> MultimediaSystemControlMessage {
    MultimediaSystemControlMessage::Response(Box::new(message))
}

fn ack(sequence_number: u8) -> h245::TerminalCapabilitySetAck {
    h245::TerminalCapabilitySetAck { sequence_number, ..Default::default() }
}

fn master(receiver: bool) -> h245::MasterSlaveDeterminationAck {
    use h245::MasterSlaveDeterminationAckDecision::{Master, Slave};
    h245::MasterSlaveDeterminationAck { decision: if receiver { Master } else { Slave }, ..Default::default() }
}

fn determination(terminal_type: u8, status_determination_number: u32) -> RequestMessage {
    let number = status_determination_number % (1 << 24);
    RequestMessage::MasterSlaveDetermination(h245::MasterSlaveDetermination {
        terminal_type,
        status_determination_number: number,
        ..Default::default()
    })
}

fn capabilities(sequence_number: u8, audio: &[h245::AudioCapability]) -> MultimediaSystemControlMessage {
    let table = (1..).zip(audio).map(|(number, audio)| h245::CapabilityTableEntry {
        capability_table_entry_number: number,
        capability: Some(h245::Capability::ReceiveAudioCapability(audio.clone())),
    });
    let set = h245::TerminalCapabilitySet {
        sequence_number,
        protocol_identifier: h245::PROTOCOL_IDENTIFIER,
        capability_table: (!audio.is_empty()).then(|| table.collect()),
        ..Default::default()
    };
    MultimediaSystemControlMessage::Request(Box::new(RequestMessage::TerminalCapabilitySet(Box::new(set))))
}

fn unicast(text: &str) -> h245::TransportAddress {
    let std::net::SocketAddr::V4(v4) = address(text) else { panic!("v4") };
    h245::TransportAddress::UnicastAddress(h245::UnicastAddress::IpAddress(h245::UnicastIpAddress {
        network: v4.ip().octets(),
        tsap_identifier: v4.port(),
        ..Default::default()
    }))
}

fn open(number: u16, session_id: u8, data_type: h245::DataType) -> h245::OpenLogicalChannel {
    let its = h245::H2250LogicalChannelParameters {
        session_id,
        media_control_channel: Some(unicast("192.0.2.2:6001")),
        ..Default::default()
    };
    h245::OpenLogicalChannel {
        forward_logical_channel_number: number,
        forward_logical_channel_parameters: h245::ForwardLogicalChannelParameters {
            data_type,
            multiplex_parameters: h245::ForwardMultiplexParameters::H2250LogicalChannelParameters(Box::new(its)),
            ..Default::default()
        },
        ..Default::default()
    }
}

fn alaw() -> h245::DataType {
    h245::DataType::AudioData(h245::AudioCapability::G711Alaw64k(20))
}

fn refusal(script: &Script) -> h245::OpenLogicalChannelRejectCause {
    match script.sent.last().unwrap() {
        MultimediaSystemControlMessage::Response(response) => match &**response {
            ResponseMessage::OpenLogicalChannelReject(reject) => reject.cause.clone(),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[test]
fn determination_by_type_and_by_number() {
    // Ours is 60. Equal types: the number half a circle ahead decides (H.245 C.2).
    let rows: [(u8, u32, &[&str]); 6] = [
        (50, 0, &["MasterSlaveDeterminationAck"]),
        (190, 0, &["MasterSlaveDeterminationAck"]),
        (60, 1, &["MasterSlaveDeterminationAck"]),
        (60, (1 << 24) - 1, &["MasterSlaveDeterminationAck"]),
        (60, 0, &["MasterSlaveDetermination"]),
        (60, 1 << 23, &["MasterSlaveDetermination"]),
    ];
    for (terminal_type, ahead, expected) in rows {
        let mut script = Script::new();
        let number = script.number().wrapping_add(ahead);
        // The script's own request makes ours wait for its Ack; a tie makes us draw again.
        assert_eq!(
            script.request(determination(terminal_type, number)),
            expected,
            "type {terminal_type} ahead {ahead}"
        );
        if expected[0] == "MasterSlaveDetermination" {
            assert_ne!(script.number(), number, "drawn again");
        }
        script.end();
    }
}

#[test]
fn who_is_master() {
    use h245::MasterSlaveDeterminationAckDecision::{Master, Slave};
    for (terminal_type, ahead, theirs) in
        [(50, 0, Slave), (190, 0, Master), (60, 5, Slave), (60, (1 << 24) - 5, Master)]
    {
        let mut script = Script::new();
        let number = script.number().wrapping_add(ahead);
        script.request(determination(terminal_type, number));
        let expected = h245::MasterSlaveDeterminationAck { decision: theirs.clone(), ..Default::default() };
        let expected = response(ResponseMessage::MasterSlaveDeterminationAck(expected));
        assert_eq!(script.sent.last(), Some(&expected), "the peer is {theirs:?}");
        script.end();
    }
}

#[test]
fn numbers_that_never_differ_end_the_call() {
    let mut script = Script::new();
    let reject = h245::MasterSlaveDeterminationReject::default();
    let reject = response(ResponseMessage::MasterSlaveDeterminationReject(reject));
    for _ in 1..8 {
        assert_eq!(script.say(&reject), ["MasterSlaveDetermination"]);
    }
    assert_eq!(script.say(&reject), ["EndSessionCommand"]);
    assert_eq!(script.events().last().unwrap(), "released 41 AdaptiveBusy by Deadline(\"N100\")");
    script.end();
}

#[test]
fn a_peer_that_answers_nothing_is_released() {
    let mut script = Script::new();
    let lines = script.advance(Timers::default().h245_response);
    assert!(lines.contains(&"MasterSlaveDeterminationRelease".to_owned()), "{lines:?}");
    assert!(lines.contains(&"EndSessionCommand".to_owned()), "{lines:?}");
    assert_eq!(script.events().last().unwrap(), "released 41 AdaptiveBusy by Deadline(\"T106\")");
    let lines = script.advance(Timers::default().end_session);
    assert_eq!(lines, ["ReleaseComplete cause=41 AdaptiveBusy", "close", "close"]);
    script.events();
    assert!(script.endpoint.is_quiescent());
}

#[test]
fn channels_we_take_and_channels_we_refuse() {
    use h245::OpenLogicalChannelRejectCause as Cause;
    let mut bidirectional = open(3, 1, alaw());
    bidirectional.reverse_logical_channel_parameters =
        Some(h245::ReverseLogicalChannelParameters { data_type: alaw(), ..Default::default() });
    let video = h245::DataType::VideoData(h245::VideoCapability::H261VideoCapability(h245::H261VideoCapability {
        qcif_mpi: Some(1),
        max_bit_rate: 1,
        ..Default::default()
    }));
    let g728 = h245::DataType::AudioData(h245::AudioCapability::G728(8));
    let rows = [
        ("video", open(1, 2, video), Cause::DataTypeNotSupported),
        ("a codec that we did not name", open(2, 1, g728), Cause::DataTypeNotAvailable),
        ("both ways", bidirectional, Cause::UnsuitableReverseParameters),
        ("session 255", open(4, 255, alaw()), Cause::InvalidSessionId),
    ];
    let mut script = Script::ready();
    for (name, channel, cause) in rows {
        let request = RequestMessage::OpenLogicalChannel(Box::new(channel));
        assert_eq!(script.request(request), ["OpenLogicalChannelReject"], "{name}");
        assert_eq!(refusal(&script), cause, "{name}");
    }
    for number in 10..14 {
        let request = RequestMessage::OpenLogicalChannel(Box::new(open(number, 1, alaw())));
        assert_eq!(script.request(request), ["OpenLogicalChannelAck"]);
    }
    let request = RequestMessage::OpenLogicalChannel(Box::new(open(14, 1, alaw())));
    assert_eq!(script.request(request), ["OpenLogicalChannelReject"], "too many");
    let request = RequestMessage::OpenLogicalChannel(Box::new(open(13, 1, alaw())));
    assert_eq!(script.request(request), ["OpenLogicalChannelAck"], "the same one again");
    assert_eq!(script.events().len(), 5, "one Channel each");
    script.end();
}

#[test]
fn closing_channels() {
    let close = |number| {
        RequestMessage::CloseLogicalChannel(h245::CloseLogicalChannel {
            forward_logical_channel_number: number,
            ..Default::default()
        })
    };
    let mut script = Script::ready();
    assert_eq!(script.request(close(998)), ["CloseLogicalChannelAck"], "one that is not is closed all the same");
    script.request(RequestMessage::OpenLogicalChannel(Box::new(open(10, 1, alaw()))));
    script.request(RequestMessage::OpenLogicalChannel(Box::new(open(11, 1, alaw()))));
    script.events();
    assert_eq!(script.request(close(10)), ["CloseLogicalChannelAck"]);
    assert!(script.events().is_empty(), "another is still open this way");
    script.request(close(11));
    assert_eq!(script.events(), ["closed Incoming"]);
    script.end();
}

fn open_ours(script: &mut Script) -> Vec<String> {
    script.endpoint.open(script.now, script.call, Codec::G711U, media(CALLER)).unwrap();
    script.heard()
}

fn acknowledge(number: u16, media: Option<&str>) -> MultimediaSystemControlMessage {
    let its = h245::H2250LogicalChannelAckParameters { media_channel: media.map(unicast), ..Default::default() };
    let its = h245::ForwardMultiplexAckParameters::H2250LogicalChannelAckParameters(Box::new(its));
    response(ResponseMessage::OpenLogicalChannelAck(Box::new(h245::OpenLogicalChannelAck {
        forward_logical_channel_number: number,
        forward_multiplex_ack_parameters: Some(its),
        ..Default::default()
    })))
}

#[test]
fn our_channel_is_taken_refused_or_forgotten() {
    let mut script = Script::ready();
    assert_eq!(open_ours(&mut script), ["OpenLogicalChannel"]);
    assert!(script.say(&acknowledge(1, Some("192.0.2.2:6000"))).is_empty());
    assert_eq!(script.events(), ["Outgoing G711U pt=0 192.0.2.2:6000"]);
    script.end();

    let mut script = Script::ready();
    open_ours(&mut script);
    assert_eq!(script.say(&acknowledge(1, None)), ["CloseLogicalChannel"], "nowhere to send to");
    assert_eq!(script.events(), ["closed Outgoing"]);
    script.end();

    let mut script = Script::ready();
    open_ours(&mut script);
    let reject = h245::OpenLogicalChannelReject { forward_logical_channel_number: 1, ..Default::default() };
    assert!(script.say(&response(ResponseMessage::OpenLogicalChannelReject(reject))).is_empty());
    assert_eq!(script.events(), ["closed Outgoing"]);
    assert_eq!(open_ours(&mut script), ["OpenLogicalChannel"], "and may be asked for again");
    script.end();

    let mut script = Script::ready();
    open_ours(&mut script);
    assert_eq!(script.advance(Timers::default().h245_response), ["CloseLogicalChannel"], "T103");
    assert_eq!(script.events(), ["closed Outgoing"]);
    assert!(script.advance(Timers::default().h245_response).is_empty(), "and that is the end of it");
    script.end();
}

#[test]
fn the_peer_asks_us_to_close() {
    let mut script = Script::ready();
    open_ours(&mut script);
    script.say(&acknowledge(1, Some("192.0.2.2:6000")));
    script.events();
    let ask = |number| {
        RequestMessage::RequestChannelClose(h245::RequestChannelClose {
            forward_logical_channel_number: number,
            ..Default::default()
        })
    };
    assert_eq!(script.request(ask(7)), ["RequestChannelCloseReject"]);
    assert_eq!(script.request(ask(1)), ["RequestChannelCloseAck", "CloseLogicalChannel"]);
    assert_eq!(script.events(), ["closed Outgoing"]);
    script.end();
}

#[test]
fn channels_wait_for_capabilities_and_determination() {
    let mut script = Script::new();
    assert!(open_ours(&mut script).is_empty());
    assert_eq!(script.say(&capabilities(1, &[h245::AudioCapability::G711Ulaw64k(30)])), ["TerminalCapabilitySetAck"]);
    assert!(script.say(&response(ResponseMessage::TerminalCapabilitySetAck(ack(1)))).is_empty());
    let lines = script.say(&response(ResponseMessage::MasterSlaveDeterminationAck(master(true))));
    assert_eq!(lines, ["MasterSlaveDeterminationAck", "OpenLogicalChannel"]);
    script.end();
}

#[test]
fn capability_sets_replace_and_withdraw_entries() {
    use h245::AudioCapability as Audio;
    let mut script = Script::ready();
    script.say(&capabilities(2, &[Audio::G72264k(20), Audio::G711Alaw64k(20)]));
    assert_eq!(script.events(), ["capabilities [G722, G711A]"]);
    script.say(&capabilities(3, &[]));
    assert_eq!(script.events(), ["capabilities []"]);
    script.say(&capabilities(4, &[Audio::G711Ulaw64k(20)]));
    assert_eq!(script.events(), ["capabilities [G711U]"]);
    script.end();
}

#[test]
fn requests_of_every_kind_are_answered() {
    let mut script = Script::ready();
    let delay = h245::RoundTripDelayRequest { sequence_number: 9, ..Default::default() };
    assert_eq!(script.request(RequestMessage::RoundTripDelayRequest(delay)), ["RoundTripDelayResponse"]);
    let kind = h245::ModeElement {
        r#type: h245::ModeElementType::AudioMode(h245::AudioMode::G711Ulaw64k),
        ..Default::default()
    };
    let mode = h245::RequestMode { sequence_number: 1, requested_modes: vec![vec![kind]], ..Default::default() };
    assert_eq!(script.request(RequestMessage::RequestMode(mode)), ["RequestModeReject"]);
    let unknown = || RequestMessage::Unknown { index: 40, octets: vec![0] };
    assert_eq!(script.request(unknown()), ["FunctionNotUnderstood"]);
    let returned = h245::FunctionNotUnderstood::Request(Box::new(unknown()));
    let indication = IndicationMessage::FunctionNotUnderstood(returned);
    let expected = MultimediaSystemControlMessage::Indication(Box::new(indication));
    assert_eq!(script.sent.last(), Some(&expected), "the request comes back");
    let command = |message| MultimediaSystemControlMessage::Command(Box::new(message));
    let again = command(CommandMessage::SendTerminalCapabilitySet(h245::SendTerminalCapabilitySet::GenericRequest));
    assert_eq!(script.say(&again), ["TerminalCapabilitySet"]);
    let flow = h245::FlowControlCommand { scope: h245::FlowControlCommandScope::WholeMultiplex, ..Default::default() };
    assert!(script.say(&command(CommandMessage::FlowControlCommand(flow))).is_empty());
    let broken = Bytes::from_static(&[0xff]);
    assert!(script.input(Input::Data { stream: script.h245, data: packet(&broken) }).is_empty());
    assert!(script.events().last().unwrap().starts_with("malformed"), "told, and passed over");
    script.end();
}
