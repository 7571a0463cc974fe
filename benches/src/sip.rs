//! SIP: the INVITE that is read and written, an endpoint with its owner, and a caller whose messages are a script.

use crate::wire::{self, Party};
use bytes::Bytes;
use lhtt_core::io::{Input, ListenerId, Output, Transport};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Instant, Now};
use lhtt_sip::message::{NameAddr, Uri};
use lhtt_sip::sdp::{self, AudioFormat, LocalAudio, Sdp};
use lhtt_sip::{Config, Endpoint, Event, Invite, InviteId, Target};

/// An INVITE of 1,176 octets with a description of 262.
pub const INVITE: &[u8] = include_bytes!("../data/invite.sip");
/// Where every SIP party listens.
pub const LISTENER: ListenerId = ListenerId(0);

/// The port that goes with a transport.
pub const fn port(transport: Transport) -> u16 {
    if matches!(transport, Transport::Tls) { 5061 } else { 5060 }
}

/// What a party can take.
pub fn local(place: usize) -> LocalAudio {
    let formats = vec![AudioFormat::pcma(), AudioFormat::pcmu(), AudioFormat::telephone_event(101)];
    LocalAudio::new(1, 1, wire::at(place, 5004), formats)
}

/// An endpoint whose owner rings and answers every call at once.
pub struct Phone {
    endpoint: Endpoint,
    place: usize,
    transport: Transport,
    local: LocalAudio,
    /// The answer to every offer, where none is negotiated.
    ready: Option<Bytes>,
    last: Option<InviteId>,
    /// Calls that are up, as caller or callee.
    pub up: u64,
    /// Calls of ours that were refused.
    pub refused: u64,
    /// Calls that the other side ended.
    pub ended: u64,
    /// Sessions of which nothing is left.
    pub forgotten: u64,
}

impl Phone {
    /// The endpoint at this place.
    pub fn new(place: usize, transport: Transport) -> Self {
        let mut endpoint = Endpoint::new(Config::new(1), Rng::from_number(place as u64));
        endpoint.listener(LISTENER, transport, wire::at(place, port(transport)).to_string());
        let (local, last) = (local(place), None);
        Self { endpoint, place, transport, local, ready: None, last, up: 0, refused: 0, ended: 0, forgotten: 0 }
    }

    /// The same with an answer made before: what is measured then is the endpoint alone.
    pub fn with_ready_answer(mut self) -> Self {
        self.ready = Some(octets(&self.local.offer().expect("it has formats")));
        self
    }

    /// Calls `user` at another place, with an offer.
    pub fn call(&mut self, now: Now, place: usize, user: &str) {
        let here = wire::at(self.place, port(self.transport));
        let remote = wire::at(place, port(self.transport));
        let uri = Uri::sip(Some(user), &remote.ip().to_string(), None).expect("a user and an address make a URI");
        let from = Uri::sip(Some("thu"), &here.ip().to_string(), None).expect("a user and an address make a URI");
        let parameter = if self.transport == Transport::Tls { ";transport=tls" } else { "" };
        let invite = Invite {
            target: Target {
                transport: self.transport,
                remote,
                listener: (self.transport == Transport::Udp).then_some(LISTENER),
                local: None,
                server_name: (self.transport == Transport::Tls).then(|| wire::name(place)),
                sent_by: here.to_string(),
                stream: None,
            },
            uri: uri.clone(),
            from: NameAddr::new(from),
            to: NameAddr::new(uri),
            contact: format!("sip:thu@{here}{parameter}").parse().expect("it is a URI"),
            offer: Some(octets(&self.local.offer().expect("it has formats"))),
            headers: Vec::new(),
        };
        self.last = Some(self.endpoint.invite(now.instant, invite).expect("the invitation is whole"));
    }

    /// Ends the last call.
    pub fn hang_up(&mut self, now: Now) {
        let id = self.last.take().expect("there was a call");
        self.endpoint.hang_up(now.instant, id, None).expect("the call is up");
        self.react(now.instant);
    }

    fn react(&mut self, now: Instant) {
        while let Some(event) = self.endpoint.poll_event() {
            match event {
                Event::Incoming { id, offer, .. } => {
                    let answer = self.ready.clone().unwrap_or_else(|| {
                        let offer = Sdp::parse(&offer.expect("every call has an offer")).expect("it reads");
                        octets(&sdp::answer(&offer, &self.local).expect("there is a common codec").sdp)
                    });
                    self.endpoint.provisional(now, id, 180, None).expect("the call is new");
                    self.endpoint.accept(now, id, answer).expect("the call is new");
                }
                Event::Answered { .. } | Event::Confirmed { .. } => self.up += 1,
                Event::Failed { .. } => self.refused += 1,
                Event::Ended { .. } => self.ended += 1,
                Event::Forgotten { .. } => self.forgotten += 1,
                _ => {}
            }
        }
    }
}

impl Party for Phone {
    fn handle_input(&mut self, now: Now, input: Input) {
        self.endpoint.handle_input(now.instant, input);
        self.react(now.instant);
    }

    fn poll_output(&mut self) -> Option<Output> {
        self.endpoint.poll_output()
    }

    fn poll_timeout(&self) -> Option<Instant> {
        self.endpoint.poll_timeout()
    }
}

fn octets(sdp: &Sdp) -> Bytes {
    Bytes::from(sdp.to_bytes())
}

/// The caller's messages of one call as a script: numbers and the callee's tag are written into octets made before, so
/// that next to nothing of the caller is measured.
pub struct Script {
    /// INVITE, ACK, BYE.
    templates: [Template; 3],
    /// Where the callee's tag stands in its responses: at the same place in each, since all numbers have one width.
    tag_at: Option<usize>,
}

struct Template {
    octets: Vec<u8>,
    /// Where the eight digits of the call's number stand.
    numbers: Vec<usize>,
    /// Where the callee's tag stands.
    tags: Vec<usize>,
}

const NUMBER: &[u8] = b"########";
const TAG: &[u8; 16] = b"@@@@@@@@@@@@@@@@";

impl Script {
    /// Calls from place 1 to place 0.
    pub fn new(transport: Transport) -> Self {
        let via = if transport == Transport::Udp { "UDP" } else { "TLS" };
        let (here, there) = (wire::at(1, port(transport)), wire::at(0, port(transport)));
        let offer = local(1).offer().expect("it has formats").to_bytes();
        let offer = String::from_utf8(offer).expect("a description of ours is text");
        let message = |method: &str, cseq: u32, tag: &str, body: &str| {
            let kind = if body.is_empty() { "" } else { "Content-Type: application/sdp\r\n" };
            let text = format!(
                "{method} sip:600@{there} SIP/2.0\r\nVia: SIP/2.0/{via} {here};branch=z9hG4bK{method}########;rport\r\n\
                 Max-Forwards: 70\r\nFrom: \"Thu ky\" <sip:thu@gov.example>;tag=t########\r\n\
                 To: <sip:600@hnth.example>{tag}\r\nCall-ID: c########@{}\r\nCSeq: {cseq} {method}\r\n\
                 Contact: <sip:thu@{here}>\r\nAllow: INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE\r\n\
                 {kind}Content-Length: {}\r\n\r\n{body}",
                here.ip(),
                body.len()
            );
            Template::new(text)
        };
        let tag = format!(";tag={}", std::str::from_utf8(TAG).expect("it is ASCII"));
        let templates = [message("INVITE", 1, "", &offer), message("ACK", 1, &tag, ""), message("BYE", 2, &tag, "")];
        Self { templates, tag_at: None }
    }

    /// The INVITE of call `number`.
    pub fn invite(&self, number: u32) -> Bytes {
        self.templates[0].fill(number, TAG)
    }

    /// The callee's tag, out of a response with one.
    pub fn tag(&mut self, response: &[u8]) -> [u8; 16] {
        let at = *self.tag_at.get_or_insert_with(|| {
            let to = *places(response, b"\nTo: ").first().expect("a response has a To");
            to + places(&response[to..], b";tag=").first().expect("it has a tag") + 5
        });
        assert!(response[..at].ends_with(b";tag="), "responses differ in length");
        response[at..at + 16].try_into().expect("a tag of the endpoint has 16 digits")
    }

    /// ACK and BYE of call `number`, in the dialog that has the callee's tag.
    pub fn rest(&self, number: u32, tag: &[u8; 16]) -> [Bytes; 2] {
        [self.templates[1].fill(number, tag), self.templates[2].fill(number, tag)]
    }
}

impl Template {
    fn new(text: String) -> Self {
        let octets = text.into_bytes();
        let (numbers, tags) = (places(&octets, NUMBER), places(&octets, TAG));
        Self { octets, numbers, tags }
    }

    fn fill(&self, number: u32, tag: &[u8; 16]) -> Bytes {
        let (mut octets, mut digits, mut rest) = (self.octets.clone(), [b'0'; 8], number);
        for digit in digits.iter_mut().rev() {
            *digit += (rest % 10) as u8;
            rest /= 10;
        }
        for &at in &self.numbers {
            octets[at..at + digits.len()].copy_from_slice(&digits);
        }
        for &at in &self.tags {
            octets[at..at + tag.len()].copy_from_slice(tag);
        }
        Bytes::from(octets)
    }
}

fn places(octets: &[u8], what: &[u8]) -> Vec<usize> {
    octets.windows(what.len()).enumerate().filter(|(_, window)| *window == what).map(|(at, _)| at).collect()
}
