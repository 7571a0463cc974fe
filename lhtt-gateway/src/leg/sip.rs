//! The SIP leg: neutral words to and from `lhtt_sip`, and nothing more.
//!
//! RFC 3261 13 (sessions) and RFC 3264 (offer/answer) are the stack's; this file says which offer is made of which
//! capabilities, and how a refusal looks: 403 with `Warning: 399` and `Reason` (RFC 3326) where the article may be told.
//! Leaves out: video, early media. Keys from the other side have no way into SIP signalling here.

use super::cause::{q850_cause, sip_status};
use crate::media::{Caps, Codec, Direction, Flow, TELEPHONE_EVENT};
use crate::settings::{Neighbour, Protocol};
use crate::signal::{Cause, Initiator, Side, Signal};
use bytes::Bytes;
use lhtt_core::time::Instant;
use lhtt_sip as sip;
use lhtt_sip::message::{NameAddr, Uri};
use lhtt_sip::sdp::{self, AudioFormat, AudioStream, LocalAudio, Sdp};
use std::net::SocketAddr;

/// One SIP leg of a call.
#[derive(Debug)]
pub struct SipLeg {
    id: sip::InviteId,
    side: Side,
    state: State,
    local: LocalAudio,
    negotiation: Negotiation,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// No final answer yet.
    Early,
    /// Answered.
    Up,
    /// Released.
    Over,
}

/// Who owes a description (RFC 3264 5, RFC 3261 13.2.1).
#[derive(Debug)]
enum Negotiation {
    /// The peer offered; we have not answered.
    Offered(Box<Sdp>),
    /// The peer asked for our offer; it goes with the answer to its INVITE.
    Asked,
    /// Ours is with the peer.
    Sent(Box<Sdp>),
    /// Nothing is owed.
    Agreed,
}

/// What a SIP leg towards a callee needs.
#[derive(Debug)]
pub struct Dial<'a> {
    /// Whom we call.
    pub neighbour: &'a Neighbour,
    /// The user part there.
    pub called: &'a str,
    /// The user part that calls.
    pub calling: &'a str,
    /// The domain that we stand for.
    pub domain: &'a str,
    /// `host:port` for Via and Contact.
    pub sent_by: &'a str,
    /// What is offered.
    pub caps: &'a Caps,
    /// Where we receive it.
    pub rtp: SocketAddr,
    /// Session id of our descriptions.
    pub session_id: u64,
}

/// Why an offer cannot be taken, and the status that says so (RFC 3261 21.4.26).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadOffer {
    /// 400 where it is not SDP or breaks RFC 3264, 488 where we cannot take it.
    pub status: u16,
    /// What is wrong.
    pub text: String,
}

impl SipLeg {
    /// The leg of an incoming call, and what the caller can receive as far as its offer tells.
    pub fn incoming(
        id: sip::InviteId,
        offer: Option<&Bytes>,
        session_id: u64,
    ) -> Result<(Self, Option<Caps>), BadOffer> {
        let offer = offer.map(|octets| Sdp::parse(octets)).transpose().map_err(|fault| bad_offer(&fault))?;
        let caps = offer.as_ref().map(|offer| sdp::offered_audio(offer).map(|stream| caps(&stream))).transpose();
        let caps = caps.map_err(|fault| bad_offer(&fault))?;
        let negotiation = offer.map_or(Negotiation::Asked, |offer| Negotiation::Offered(Box::new(offer)));
        let local = LocalAudio::new(session_id, 1, UNKNOWN_YET, Vec::new());
        Ok((Self { id, side: Side::Caller, state: State::Early, local, negotiation }, caps))
    }

    /// Calls a neighbour. The caller of this holds a permit.
    pub(crate) fn dial(stack: &mut sip::Endpoint, now: Instant, dial: &Dial<'_>) -> Option<Self> {
        debug_assert_eq!(dial.neighbour.protocol, Protocol::Sip);
        let neighbour = dial.neighbour;
        let local = LocalAudio::new(dial.session_id, 1, dial.rtp, formats(dial.caps));
        let offer = local.offer().ok()?;
        let host = neighbour.domains.first().cloned().unwrap_or_else(|| neighbour.remote.ip().to_string());
        let to = Uri::sip(Some(dial.called), &host, None).ok()?;
        let from = Uri::sip((!dial.calling.is_empty()).then_some(dial.calling), dial.domain, None).ok()?;
        let target = sip::Target {
            transport: neighbour.transport,
            remote: neighbour.remote,
            listener: neighbour.listener,
            local: neighbour.local,
            server_name: neighbour.server_name.clone(),
            sent_by: dial.sent_by.to_owned(),
            stream: None,
        };
        let contact = contact(dial.sent_by, neighbour.transport)?;
        let invite = sip::Invite {
            target,
            uri: to.clone(),
            from: NameAddr::new(from),
            to: NameAddr::new(to),
            contact,
            offer: Some(Bytes::from(offer.to_bytes())),
            headers: Vec::new(),
        };
        let id = stack.invite(now, invite).ok()?;
        Some(Self {
            id,
            side: Side::Callee,
            state: State::Early,
            local,
            negotiation: Negotiation::Sent(Box::new(offer)),
        })
    }

    /// The stack's id of this leg.
    pub fn id(&self) -> sip::InviteId {
        self.id
    }

    /// Tells the caller that the callee is alerted.
    pub fn alert(&self, stack: &mut sip::Endpoint, now: Instant) {
        // A refusal of the stack means that the leg is over already; its event is on the way.
        let _ = stack.provisional(now, self.id, 180, None);
    }

    /// Answers the caller with these codecs, received at `rtp`; gives the flows that are open by it.
    pub fn answer(
        &mut self,
        stack: &mut sip::Endpoint,
        now: Instant,
        caps: &Caps,
        rtp: SocketAddr,
    ) -> Result<Vec<Signal>, BadOffer> {
        self.local.formats = formats(caps);
        self.local.rtp = rtp;
        let opened = self.describe(stack, now)?;
        self.state = State::Up;
        Ok(opened)
    }

    /// Sends the description that is owed: the answer to an offer, or the offer that was asked for.
    fn describe(&mut self, stack: &mut sip::Endpoint, now: Instant) -> Result<Vec<Signal>, BadOffer> {
        match std::mem::replace(&mut self.negotiation, Negotiation::Agreed) {
            Negotiation::Offered(offer) => {
                let answer = sdp::answer(&offer, &self.local).map_err(|fault| bad_offer(&fault))?;
                let _ = stack.accept(now, self.id, Bytes::from(answer.sdp.to_bytes()));
                Ok(flows(&answer.stream))
            }
            Negotiation::Asked => {
                let offer = self.local.offer().map_err(|fault| bad_offer(&fault))?;
                let _ = stack.accept(now, self.id, Bytes::from(offer.to_bytes()));
                self.negotiation = Negotiation::Sent(Box::new(offer));
                Ok(Vec::new())
            }
            owed @ (Negotiation::Sent(_) | Negotiation::Agreed) => {
                self.negotiation = owed;
                Ok(Vec::new())
            }
        }
    }

    /// Releases the leg: refuses, cancels or hangs up as its state needs.
    pub fn release(&mut self, stack: &mut sip::Endpoint, now: Instant, cause: &Cause, border: &str) {
        let state = std::mem::replace(&mut self.state, State::Over);
        let _ = match (state, self.side) {
            (State::Over, _) => Ok(()),
            (State::Early, Side::Caller) => stack.reject(now, self.id, refusal(cause, border)),
            (State::Early, Side::Callee) | (State::Up, _) => {
                stack.hang_up(now, self.id, Some(format!("Q.850;cause={}", cause.q850)))
            }
        };
    }

    /// What an event of the stack says in neutral words.
    pub fn on_event(&mut self, stack: &mut sip::Endpoint, now: Instant, event: sip::Event) -> Vec<Signal> {
        use sip::Event;
        if self.state == State::Over {
            return Vec::new();
        }
        match event {
            Event::Provisional { status: 180 | 183, .. } => vec![Signal::Alerting],
            Event::Provisional { .. } => vec![Signal::Proceeding],
            Event::Answered { sdp, .. } => self.on_answered(sdp),
            Event::Confirmed { sdp: Some(sdp), .. } => self.on_description(&sdp),
            Event::Renegotiate { offer, .. } => self.on_renegotiate(stack, now, offer),
            Event::Failed { status, response: Some(response), .. } => {
                let said = response.headers.get("Reason").and_then(reason_cause);
                let kept = Some(status).filter(|&status| stands_alone(status));
                self.over(said.unwrap_or_else(|| q850_cause(status)), kept, Initiator::Peer(self.side))
            }
            // Nobody answered; what the stack calls 408 and 503 is about this one neighbour and not about us.
            Event::Failed { status: 408, .. } => self.over(102, Some(408), Initiator::Deadline("response")),
            Event::Failed { .. } => self.over(OUT_OF_ORDER, None, Initiator::Border("no way to the callee")),
            Event::Cancelled { reason, .. } => self.over(said_cause(reason), None, Initiator::Peer(self.side)),
            Event::Ended { how, .. } => match how {
                sip::EndedHow::Bye { reason } => self.over(said_cause(reason), None, Initiator::Peer(self.side)),
                sip::EndedHow::NoAck => self.over(102, None, Initiator::Deadline("ACK")),
                sip::EndedHow::StreamLost => self.over(41, None, Initiator::Border("stream lost")),
                sip::EndedHow::SessionTimeout => self.over(102, None, Initiator::Deadline("session timer")),
                sip::EndedHow::PeerGone => self.over(102, None, Initiator::Deadline("request within the call")),
                sip::EndedHow::NoPrack => self.over(102, None, Initiator::Deadline("PRACK")),
                sip::EndedHow::Unanswered => self.over(19, None, Initiator::Deadline("answer")),
            },
            Event::Info { content_type, body, .. } => {
                dtmf_relay(&content_type, &body).map(Signal::Keys).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    fn over(&mut self, q850: u8, sip_status: Option<u16>, by: Initiator) -> Vec<Signal> {
        self.state = State::Over;
        vec![Signal::Released(Cause { sip_status, ..Cause::new(q850, by) })]
    }

    /// A 2xx to our INVITE. One without a usable answer leaves the call without media, which its deadline ends.
    fn on_answered(&mut self, sdp: Option<Bytes>) -> Vec<Signal> {
        self.state = State::Up;
        let mut signals = vec![Signal::Connected];
        if let Some(sdp) = sdp {
            signals.extend(self.on_description(&sdp));
        }
        signals
    }

    fn on_description(&mut self, octets: &Bytes) -> Vec<Signal> {
        let Negotiation::Sent(offer) = std::mem::replace(&mut self.negotiation, Negotiation::Agreed) else {
            return Vec::new();
        };
        let stream = Sdp::parse(octets).and_then(|answer| sdp::accept_answer(&offer, &answer));
        let Ok(stream) = stream else { return Vec::new() };
        // The other side is told these and no more, so a later offer of the peer is answered with these.
        let agreed = stream.formats.iter().chain(&stream.telephone_event).map(|agreed| agreed.receive);
        let agreed: Vec<_> = agreed.collect();
        self.local.formats.retain(|format| agreed.contains(&format.payload_type));
        flows(&stream)
    }

    /// A re-INVITE: the same codecs again, at the address and in the directions that the peer now wants.
    fn on_renegotiate(&mut self, stack: &mut sip::Endpoint, now: Instant, offer: Option<Bytes>) -> Vec<Signal> {
        let parsed = offer.map(|octets| Sdp::parse(&octets)).transpose();
        self.local.session_version += 1;
        let described = parsed.map_err(|fault| bad_offer(&fault)).and_then(|offer| {
            self.negotiation = offer.map_or(Negotiation::Asked, |offer| Negotiation::Offered(Box::new(offer)));
            self.describe(stack, now)
        });
        described.unwrap_or_else(|bad| {
            let _ = stack.reject(now, self.id, sip::Refusal::new(bad.status));
            Vec::new()
        })
    }
}

/// The Contact of a leg over this transport: `host:port` as advertised.
fn contact(sent_by: &str, transport: lhtt_core::io::Transport) -> Option<Uri> {
    use lhtt_core::io::Transport;
    let parameter = match transport {
        Transport::Udp => "",
        Transport::Tcp => ";transport=tcp",
        Transport::Tls => ";transport=tls",
    };
    format!("sip:{sent_by}{parameter}").parse().ok()
}

/// How a cause refuses an INVITE: the status, and the article where it may be told.
fn refusal(cause: &Cause, border: &str) -> sip::Refusal {
    match (&cause.by, &cause.article) {
        (Initiator::Regulation, Some(article)) => sip::Refusal {
            status: 403,
            reason: None,
            headers: vec![
                ("Warning".to_owned(), format!("399 {border} \"{}\"", article.ascii)),
                ("Reason".to_owned(), format!("Q.850;cause={};text=\"{}\"", cause.q850, article.vietnamese)),
            ],
        },
        (Initiator::Regulation, None) => sip::Refusal::new(403),
        _ => {
            let status = cause.sip_status.unwrap_or_else(|| sip_status(cause.q850));
            let mut headers = vec![("Reason".to_owned(), format!("Q.850;cause={}", cause.q850))];
            // It asks the caller to leave us alone (RFC 3261 21.5.4): not for what one callee said of itself.
            if status == 503 && !matches!(cause.by, Initiator::Peer(_)) {
                headers.push(("Retry-After".to_owned(), RETRY_AFTER_SECONDS.to_string()));
            }
            sip::Refusal { status, reason: None, headers }
        }
    }
}

/// Whether a status says to our caller what it said to us. Others need headers that are not passed on (a challenge, a
/// Contact, what is unsupported), or speak of our own request; those are said by their cause.
const fn stands_alone(status: u16) -> bool {
    matches!(status, 403 | 404 | 408 | 410 | 480 | 484..=488 | 500..=504 | 600 | 603 | 604 | 606)
}

/// The Q.850 cause of a Reason header (RFC 3326), if it names one.
fn reason_cause(reason: &str) -> Option<u8> {
    let (protocol, parameters) = reason.split_once(';')?;
    let cause = parameters.split(';').find_map(|parameter| parameter.trim().strip_prefix("cause="));
    let cause = protocol.trim().eq_ignore_ascii_case("Q.850").then_some(cause)??.trim().parse().ok();
    // Seven bits in Q.931 4.5.12.
    cause.filter(|cause| (1..=127).contains(cause))
}

fn said_cause(reason: Option<String>) -> u8 {
    reason.as_deref().and_then(reason_cause).unwrap_or(NORMAL_CLEARING)
}

/// The keys of an INFO body of type application/dtmf-relay (`Signal=5`) or application/dtmf (`5`).
fn dtmf_relay(content_type: &str, body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?;
    let signal = match content_type.split(';').next()?.trim().to_ascii_lowercase().as_str() {
        "application/dtmf-relay" => text
            .lines()
            .find_map(|line| line.trim().strip_prefix("Signal=").or(line.trim().strip_prefix("Signal =")))?,
        "application/dtmf" => text,
        _ => return None,
    };
    let key = signal.trim().to_ascii_uppercase();
    (key.len() == 1 && key.bytes().all(|key| b"0123456789*#ABCD".contains(&key))).then_some(key)
}

fn bad_offer(fault: &sdp::Fault) -> BadOffer {
    BadOffer { status: fault.status(), text: fault.to_string() }
}

/// What the author of a description can receive.
fn caps(stream: &AudioStream) -> Caps {
    let mut caps = Caps::default();
    for agreed in &stream.formats {
        if let Some(codec) = codec(&agreed.format).filter(|codec| !caps.codecs().contains(codec)) {
            caps.audio.push((codec, agreed.format.payload_type));
        }
    }
    caps.telephone_event = stream.telephone_event.as_ref().map(|agreed| agreed.format.payload_type);
    caps
}

/// Both flows of an agreed stream. A direction that is off has no address, or no codec.
fn flows(stream: &AudioStream) -> Vec<Signal> {
    let audio = |pick: fn(&sdp::AgreedFormat) -> u8| -> Vec<(Codec, u8)> {
        stream.formats.iter().filter_map(|agreed| Some((codec(&agreed.format)?, pick(agreed)))).collect()
    };
    let receives = stream.direction.receives();
    let to = Flow {
        direction: Direction::ToPeer,
        remote: stream.send_to(),
        remote_rtcp: Some(stream.remote_rtcp),
        audio: audio(|agreed| agreed.format.payload_type),
        telephone_event: stream.telephone_event.as_ref().map(|agreed| agreed.format.payload_type),
    };
    let from = Flow {
        direction: Direction::FromPeer,
        remote: None,
        remote_rtcp: None,
        audio: if receives { audio(|agreed| agreed.receive) } else { Vec::new() },
        telephone_event: stream.telephone_event.as_ref().filter(|_| receives).map(|agreed| agreed.receive),
    };
    vec![Signal::Flow(to), Signal::Flow(from)]
}

fn codec(format: &AudioFormat) -> Option<Codec> {
    (format.channels == 1 && format.clock_rate == 8000).then(|| Codec::by_name(&format.encoding)).flatten()
}

fn formats(caps: &Caps) -> Vec<AudioFormat> {
    let audio = caps.audio.iter().map(|&(codec, payload_type)| match codec {
        Codec::G729 => AudioFormat { payload_type, ..AudioFormat::g729(false) },
        _ => AudioFormat::new(payload_type, codec.name(), 8000),
    });
    audio.chain(caps.telephone_event.map(|_| AudioFormat::telephone_event(TELEPHONE_EVENT))).collect()
}

/// Stands in the description of a caller's leg until its answer gives it ports; never written.
const UNKNOWN_YET: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED), 0);

/// Q.850 16, for an end that names no other cause.
const NORMAL_CLEARING: u8 = 16;

/// Q.850 27: destination out of order.
const OUT_OF_ORDER: u8 = 27;

/// What a 503 asks for: the time in which the longest of our own retries ends.
const RETRY_AFTER_SECONDS: u32 = 10;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::Article;

    #[test]
    fn a_refusal_names_the_article_only_where_it_may_be_told() {
        let mut cause = Cause::new(21, Initiator::Regulation);
        assert_eq!(refusal(&cause, "BORDER"), sip::Refusal::new(403));
        cause.article = Some(Article { ascii: "Dieu 3 khoan 7".into(), vietnamese: "Điều 3 khoản 7".into() });
        let refusal = refusal(&cause, "BORDER");
        assert_eq!(refusal.status, 403);
        assert_eq!(refusal.headers[0], ("Warning".into(), "399 BORDER \"Dieu 3 khoan 7\"".into()));
        assert_eq!(refusal.headers[1], ("Reason".into(), "Q.850;cause=21;text=\"Điều 3 khoản 7\"".into()));
    }

    #[test]
    fn a_status_that_needs_headers_is_said_by_its_cause() {
        let cases = [(302, 480), (401, 403), (407, 403), (415, 501), (420, 500), (480, 480), (486, 486), (603, 603)];
        for (theirs, told) in cases {
            let sip_status = Some(theirs).filter(|&status| stands_alone(status));
            let cause = Cause { sip_status, ..Cause::new(q850_cause(theirs), Initiator::Peer(Side::Callee)) };
            assert_eq!(refusal(&cause, "BORDER").status, told, "the callee said {theirs}");
        }
    }

    #[test]
    fn only_trouble_of_ours_asks_the_caller_to_stay_away() {
        for (by, expected) in [(Initiator::Border("store"), 1), (Initiator::Peer(Side::Callee), 0)] {
            let refusal = refusal(&Cause::new(41, by), "BORDER");
            let asks = refusal.headers.iter().filter(|(name, _)| name == "Retry-After").count();
            assert_eq!((refusal.status, asks), (503, expected), "{by:?}");
        }
    }

    #[test]
    fn the_cause_of_a_reason_header() {
        assert_eq!(reason_cause("Q.850;cause=17;text=\"User busy\""), Some(17));
        assert_eq!(reason_cause("SIP ;cause=200"), None);
        assert_eq!(reason_cause("q.850 ; cause = 3"), None);
        assert_eq!(reason_cause("q.850 ; cause=3"), Some(3));
        assert_eq!(reason_cause("Q.850;cause=128"), None);
        assert_eq!(reason_cause("Q.850;cause=0"), None);
    }

    #[test]
    fn keys_of_an_info() {
        assert_eq!(dtmf_relay("application/dtmf-relay", b"Signal=5\r\nDuration=160\r\n"), Some("5".into()));
        assert_eq!(dtmf_relay("application/dtmf", b"#"), Some("#".into()));
        assert_eq!(dtmf_relay("application/dtmf-relay", b"Signal=55\r\n"), None);
        assert_eq!(dtmf_relay("text/plain", b"5"), None);
    }
}
