//! One endpoint opposite a peer whose messages are written by hand, under a clock that the test moves. What happens goes
//! into a ladder, one line each, which the test compares as a whole:
//!
//! `<` the peer says, `>` the endpoint says, `*` it tells its owner, `!` the owner commands, `.` streams.
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where its script does not fit")]

pub(crate) mod network;

use bytes::Bytes;
use lhtt_core::io::{Closed, Input, ListenerId, OpenError, Output, StreamId, StreamIds, Transport};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Duration, Instant};
use lhtt_sip::{Config, EndedHow, Endpoint, Event, Invite, InviteId, Misuse, Refusal, Target};
use std::fmt::Write;

pub(crate) const SDP: &str =
    "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n";
pub(crate) const LISTENER: ListenerId = ListenerId(0);

pub(crate) struct Desk {
    pub(crate) endpoint: Endpoint,
    pub(crate) now: Instant,
    pub(crate) transport: Transport,
    pub(crate) stream: Option<StreamId>,
    ladder: String,
    /// Everything the endpoint sent, oldest first.
    pub(crate) sent: Vec<String>,
    pub(crate) id: Option<InviteId>,
    /// REFERs that were told.
    pub(crate) refers: Vec<lhtt_sip::ReferId>,
    /// The tag that the endpoint put into To.
    pub(crate) tag: String,
    accepted: StreamIds,
}

pub(crate) fn crlf(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\n', "\r\n")
}

/// The first header of this name, by its text.
pub(crate) fn header<'a>(message: &'a str, name: &str) -> &'a str {
    let head = message.split("\r\n\r\n").next().unwrap();
    let start = format!("{name}: ");
    head.lines().find_map(|line| line.strip_prefix(start.as_str())).unwrap_or("")
}

pub(crate) fn tag_of(value: &str) -> &str {
    value.split(";tag=").nth(1).unwrap_or("").split([';', '>']).next().unwrap()
}

/// `INVITE` or `200 INVITE`.
fn title(message: &str) -> String {
    let mut words = message.split_whitespace();
    match (words.next(), words.next()) {
        (Some("SIP/2.0"), Some(code)) => {
            format!("{code} {}", header(message, "CSeq").split_whitespace().nth(1).unwrap_or("?"))
        }
        (Some(method), _) => method.to_owned(),
        _ => "nothing".to_owned(),
    }
}

impl Desk {
    pub(crate) fn new(transport: Transport) -> Self {
        Self::with(transport, |_| {})
    }

    pub(crate) fn with(transport: Transport, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::new(1);
        change(&mut config);
        let mut endpoint = Endpoint::new(config, Rng::from_number(1));
        endpoint.listener(LISTENER, transport, "192.0.2.1:5060".into());
        let mut desk = Self {
            endpoint,
            now: Instant::ZERO,
            transport,
            stream: None,
            ladder: String::new(),
            sent: Vec::new(),
            id: None,
            refers: Vec::new(),
            tag: String::new(),
            accepted: StreamIds::new(0),
        };
        if transport != Transport::Udp {
            desk.connect();
        }
        desk
    }

    pub(crate) fn udp() -> Self {
        Self::new(Transport::Udp)
    }

    /// The peer connects; what it says next comes by the new stream.
    pub(crate) fn connect(&mut self) {
        let stream = self.accepted.allocate();
        self.stream = Some(stream);
        let (local, remote) = ("192.0.2.1:5060".parse().unwrap(), "192.0.2.9:40000".parse().unwrap());
        self.input(Input::Accepted { stream, listener: LISTENER, local, remote, tls: None });
    }

    pub(crate) fn via(&self) -> &'static str {
        match self.transport {
            Transport::Udp => "UDP",
            Transport::Tcp => "TCP",
            Transport::Tls => "TLS",
        }
    }

    fn note(&mut self, mark: char, text: &str) {
        let at = self.now.as_nanos() / 1_000_000;
        let _ = writeln!(self.ladder, "{at:>6} {mark} {text}");
    }

    pub(crate) fn input(&mut self, input: Input) {
        self.endpoint.handle_input(self.now, input);
        self.drain();
    }

    fn drain(&mut self) {
        while let Some(output) = self.endpoint.poll_output() {
            match output {
                Output::Transmit { data, .. } => self.on_sent(&data),
                Output::Send { data, stream } if Some(stream) == self.stream => self.on_sent(&data),
                Output::Send { data, .. } => {
                    self.note('.', "by another stream:");
                    self.on_sent(&data);
                }
                Output::Open { stream, transport, remote, server_name, .. } => {
                    self.stream = Some(stream);
                    let name = server_name.map(|name| format!(" as {name}")).unwrap_or_default();
                    self.note('.', &format!("open {transport:?} {remote}{name}"));
                }
                Output::Close { .. } => self.note('.', "close"),
                Output::Listen { .. } => self.note('.', "listen"),
            }
        }
        while let Some(event) = self.endpoint.poll_event() {
            let text = self.describe(&event);
            self.note('*', &text);
        }
    }

    fn on_sent(&mut self, data: &[u8]) {
        let text = std::str::from_utf8(data).unwrap().to_owned();
        let dialog = ["SIP/2.0 1", "SIP/2.0 2"].iter().any(|start| text.starts_with(start));
        if dialog && title(&text).ends_with(" INVITE") && !tag_of(header(&text, "To")).is_empty() {
            self.tag = tag_of(header(&text, "To")).to_owned();
        }
        self.note('>', &title(&text));
        self.sent.push(text);
    }

    fn describe(&mut self, event: &Event) -> String {
        let with = |sdp: &Option<Bytes>| if sdp.is_some() { " with SDP" } else { "" };
        match event {
            Event::Incoming { id, offer, .. } => {
                self.id = Some(*id);
                format!("Incoming{}", with(offer))
            }
            Event::Provisional { status, sdp, reliable, .. } => {
                format!("Provisional {status}{}{}", if *reliable { " reliably" } else { "" }, with(sdp))
            }
            Event::ProvisionalConfirmed { sdp, .. } => format!("ProvisionalConfirmed{}", with(sdp)),
            Event::Answered { status, sdp, .. } => format!("Answered {status}{}", with(sdp)),
            Event::Failed { status, response, .. } => {
                format!("Failed {status}{}", if response.is_some() { " by the peer" } else { "" })
            }
            Event::Confirmed { sdp, .. } => format!("Confirmed{}", with(sdp)),
            Event::Cancelled { reason, .. } => format!("Cancelled {}", reason.as_deref().unwrap_or("-")),
            Event::Renegotiate { offer, .. } => format!("Renegotiate{}", with(offer)),
            Event::Changed { sdp, .. } => format!("Changed{}", with(sdp)),
            Event::ChangeRefused { status, .. } => format!("ChangeRefused {status}"),
            Event::Refreshed { .. } => "Refreshed".to_owned(),
            Event::Info { content_type, body, .. } => format!("Info {content_type} {}", body.len()),
            Event::Ended { how, .. } => match how {
                EndedHow::Bye { reason } => format!("Ended Bye {}", reason.as_deref().unwrap_or("-")),
                how => format!("Ended {how:?}"),
            },
            Event::Forgotten { .. } => "Forgotten".to_owned(),
            Event::OptionsAnswered { status, .. } => format!("OptionsAnswered {status}"),
            Event::Held { held, .. } => (if *held { "Held" } else { "Held no more" }).to_owned(),
            Event::FastUpdate { .. } => "FastUpdate".to_owned(),
            Event::Referred { refer, to, by } => {
                self.refers.push(*refer);
                let by = by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
                format!("Referred {} {}{by}", to.method, to.address.uri)
            }
            Event::ReferAnswered { status, .. } => format!("ReferAnswered {status}"),
            Event::ReferProgress { status, over, .. } => {
                format!("ReferProgress {status}{}", if *over { ", over" } else { "" })
            }
            Event::Stranger { method, .. } => format!("Stranger {method}"),
            Event::Malformed { fault, .. } => format!("Malformed: {fault}"),
        }
    }

    /// The peer says this; line ends are made CR LF, `{length}` is the length of the body.
    pub(crate) fn hears(&mut self, text: &str) {
        let text = crlf(text);
        let length = text.split_once("\r\n\r\n").map_or(0, |(_, body)| body.len());
        let text = text.replace("{length}", &length.to_string());
        self.note('<', &title(&text));
        let data = Bytes::from(text);
        match self.stream.filter(|_| self.transport != Transport::Udp) {
            Some(stream) => self.input(Input::Data { stream, data }),
            None => {
                let remote = "192.0.2.9:5060".parse().unwrap();
                self.input(Input::Datagram { listener: LISTENER, remote, data });
            }
        }
    }

    /// A request of the peer, in the dialog once the endpoint has given its tag.
    pub(crate) fn request(&self, method: &str, branch: &str, cseq: u32, body: &str) -> String {
        let tag = if self.tag.is_empty() { String::new() } else { format!(";tag={}", self.tag) };
        self.request_to(method, branch, cseq, &tag, body)
    }

    /// The same with a To tag, or none, of the test's choice.
    pub(crate) fn request_to(&self, method: &str, branch: &str, cseq: u32, tag: &str, body: &str) -> String {
        let via = self.via();
        let kind = if body.is_empty() { "" } else { "Content-Type: application/sdp\n" };
        format!(
            "{method} sip:600@192.0.2.1 SIP/2.0\nVia: SIP/2.0/{via} 192.0.2.9:5060;branch=z9hG4bK{branch}\n\
             Max-Forwards: 70\nFrom: \"An\" <sip:an@192.0.2.9>;tag=a1\nTo: <sip:600@192.0.2.1>{tag}\n\
             Call-ID: c1@192.0.2.9\nCSeq: {cseq} {method}\nContact: <sip:an@192.0.2.9:5060>\n{kind}\
             Content-Length: {{length}}\n\n{body}"
        )
    }

    pub(crate) fn asks(&mut self, method: &str, branch: &str, cseq: u32, body: &str) {
        let text = self.request(method, branch, cseq, body);
        self.hears(&text);
    }

    /// The last request of this method that the endpoint sent.
    pub(crate) fn sent_request(&self, method: &str) -> &str {
        let start = format!("{method} ");
        self.sent.iter().rev().find(|text| text.starts_with(&start)).expect("a request of this method")
    }

    pub(crate) fn last(&self) -> &str {
        self.sent.last().expect("something was sent")
    }

    /// A response of the peer to the endpoint's last request of a method.
    pub(crate) fn response(&self, method: &str, status: &str, tag: &str, body: &str) -> String {
        let request = self.sent_request(method);
        let copy = |name: &str| format!("{name}: {}\n", header(request, name));
        let to = header(request, "To").split(";tag=").next().unwrap();
        let tag = if tag.is_empty() { String::new() } else { format!(";tag={tag}") };
        let kind = if body.is_empty() { "" } else { "Content-Type: application/sdp\n" };
        format!(
            "SIP/2.0 {status}\n{}{}To: {to}{tag}\n{}{}Contact: <sip:bo@192.0.2.9:5060>\n{kind}Content-Length: {{length}}\n\n{body}",
            copy("Via"),
            copy("From"),
            copy("Call-ID"),
            copy("CSeq"),
        )
    }

    pub(crate) fn answers(&mut self, method: &str, status: &str, tag: &str, body: &str) {
        let text = self.response(method, status, tag, body);
        self.hears(&text);
    }

    pub(crate) fn target(&self) -> Target {
        Target {
            transport: self.transport,
            remote: "192.0.2.9:5060".parse().unwrap(),
            listener: Some(LISTENER),
            local: None,
            server_name: (self.transport == Transport::Tls).then(|| "b.example.vn".to_owned()),
            sent_by: "192.0.2.1:5060".into(),
            stream: None,
        }
    }

    pub(crate) fn invitation(&self, offer: bool) -> Invite {
        Invite {
            target: self.target(),
            uri: "sip:bo@192.0.2.9".parse().unwrap(),
            from: "\"LHTT\" <sip:600@192.0.2.1>".parse().unwrap(),
            to: "<sip:bo@192.0.2.9>".parse().unwrap(),
            contact: "sip:600@192.0.2.1:5060".parse().unwrap(),
            offer: offer.then(|| SDP.into()),
            headers: Vec::new(),
        }
    }

    pub(crate) fn invites(&mut self, offer: bool) {
        self.note('!', "invite");
        let invite = self.invitation(offer);
        self.id = Some(self.endpoint.invite(self.now, invite).unwrap());
        self.drain();
    }

    pub(crate) fn asks_options(&mut self) {
        self.note('!', "options");
        let (target, uri) = (self.target(), "sip:bo@192.0.2.9".parse().unwrap());
        self.endpoint.options(self.now, target, uri);
        self.drain();
    }

    /// The owner commands.
    pub(crate) fn says(
        &mut self,
        name: &str,
        command: impl FnOnce(&mut Endpoint, Instant, InviteId) -> Result<(), Misuse>,
    ) {
        self.note('!', name);
        let id = self.id.expect("a session");
        if let Err(misuse) = command(&mut self.endpoint, self.now, id) {
            self.note('!', &format!("misuse: {misuse}"));
        }
        self.drain();
    }

    pub(crate) fn rings(&mut self) {
        self.says("ring", |endpoint, now, id| endpoint.provisional(now, id, 180, None));
    }

    pub(crate) fn accepts(&mut self) {
        self.says("accept", |endpoint, now, id| endpoint.accept(now, id, SDP.into()));
    }

    pub(crate) fn acknowledges(&mut self) {
        self.says("acknowledge", |endpoint, now, id| endpoint.acknowledge(now, id, SDP.into()));
    }

    pub(crate) fn rejects(&mut self, status: u16) {
        self.says("reject", |endpoint, now, id| endpoint.reject(now, id, Refusal::new(status)));
    }

    pub(crate) fn hangs_up(&mut self) {
        self.says("hang up", |endpoint, now, id| endpoint.hang_up(now, id, Some("Q.850;cause=16".into())));
    }

    pub(crate) fn stream_closes(&mut self) {
        let stream = self.stream.take().expect("a stream");
        self.note('.', "closed");
        self.input(Input::Closed { stream, why: Closed::Reset });
    }

    pub(crate) fn open_fails(&mut self) {
        let stream = self.stream.take().expect("a stream");
        self.note('.', "open failed");
        self.input(Input::OpenFailed { stream, why: OpenError::Refused });
    }

    pub(crate) fn opens(&mut self) {
        let stream = self.stream.expect("a stream");
        let (local, remote) = ("192.0.2.1:40001".parse().unwrap(), "192.0.2.9:5060".parse().unwrap());
        self.input(Input::Opened { stream, local, remote, tls: None });
    }

    /// Time passes, and every deadline in between is kept.
    pub(crate) fn passes(&mut self, millis: u64) {
        let end = self.now + Duration::from_millis(millis);
        while let Some(at) = self.endpoint.poll_timeout().filter(|&at| at <= end) {
            self.now = self.now.max(at);
            self.input(Input::Timeout);
        }
        self.now = end;
    }

    /// Lets everything end by itself; nothing may be left then.
    pub(crate) fn finish(&mut self) {
        for _ in 0..1_000 {
            let Some(at) = self.endpoint.poll_timeout() else { break };
            self.now = self.now.max(at);
            self.input(Input::Timeout);
        }
        assert!(self.endpoint.is_quiescent(), "something is left: {:#?}\n{}", self.endpoint, self.ladder);
    }

    /// The callee of a call of ours hangs up, with this number.
    pub(crate) fn asks_bye_of_the_callee(&mut self, cseq: u32) {
        let text = self.callee_request("BYE", "bye", cseq, "");
        self.hears(&text);
    }

    /// A request of the callee (tag b1) of a call of ours.
    pub(crate) fn callee_request(&self, method: &str, branch: &str, cseq: u32, body: &str) -> String {
        let invite = self.sent_request("INVITE");
        let copy = |name: &str| header(invite, name).to_owned();
        let to = copy("To").split(";tag=").next().unwrap().to_owned();
        let kind = if body.is_empty() { "" } else { "Content-Type: application/sdp\n" };
        format!(
            "{method} sip:600@192.0.2.1:5060 SIP/2.0\nVia: SIP/2.0/{} 192.0.2.9:5060;branch=z9hG4bK{branch}\n\
             Max-Forwards: 70\nFrom: {to};tag=b1\nTo: {}\nCall-ID: {}\nCSeq: {cseq} {method}\n\
             Contact: <sip:bo@192.0.2.9:5060>\n{kind}Content-Length: {{length}}\n\n{body}",
            self.via(),
            copy("From"),
            copy("Call-ID"),
        )
    }

    /// Ends the conversation and gives its ladder.
    pub(crate) fn finished(mut self) -> String {
        self.finish();
        self.ladder
    }

    /// Ends the conversation and compares its ladder.
    #[track_caller]
    pub(crate) fn check(mut self, expected: &str) {
        self.finish();
        let tidy =
            |text: &str| text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        assert_eq!(tidy(&self.ladder), tidy(expected), "\n--- the ladder ---\n{}", self.ladder);
    }
}
