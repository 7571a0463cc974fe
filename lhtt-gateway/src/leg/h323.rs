//! The H.323 leg: neutral words to and from `lhtt_h323`, and nothing more.
//!
//! H.323 8.1 (setup), 8.1.7 (fast connect), H.245 C (channels) are the stack's; this file maps codecs, aliases and
//! causes (H.225.0 table 5). Leaves out: H.239, conference control, hold.

use crate::media::{Caps, Codec, Direction, Flow, TELEPHONE_EVENT};
use crate::settings::{Neighbour, Protocol};
use crate::signal::{Cause, Initiator, Side, Signal};
use lhtt_core::time::Instant;
use lhtt_h323 as h323;
use std::net::SocketAddr;

/// One H.323 leg of a call.
#[derive(Debug)]
pub struct H323Leg {
    call: h323::CallId,
    side: Side,
    media: Option<h323::MediaPorts>,
    /// We proposed fast start: no channel is opened by H.245 until the callee's Connect says what became of it.
    fast_start: bool,
    /// Of G.729, the peer named annex A only. The octets are the same; a channel must say what the peer has said.
    only_annex_a: bool,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Not connected; whose channels are not ours to open yet, if we are called.
    Early,
    /// Our channel towards the peer is asked for or open.
    Opened,
    /// Connected, our channel not asked for.
    Connected,
    /// Our channel was closed or refused; it is asked for again when the peer says anew what it receives (H.323 8.4.6).
    Closed,
    /// Released.
    Over,
}

/// What an H.323 leg towards a callee needs.
#[derive(Debug)]
pub struct Dial<'a> {
    /// Whom we call.
    pub neighbour: &'a Neighbour,
    /// The number or alias there.
    pub called: &'a str,
    /// The number or alias that calls.
    pub calling: &'a str,
    /// What the peer may be told that we receive.
    pub caps: &'a Caps,
    /// Where we receive it.
    pub rtp: SocketAddr,
    /// Our address for a separate H.245 channel.
    pub h245: Option<SocketAddr>,
}

impl H323Leg {
    /// The leg of an incoming call.
    pub fn incoming(call: h323::CallId) -> Self {
        Self { call, side: Side::Caller, media: None, fast_start: false, only_annex_a: false, state: State::Early }
    }

    /// Calls a neighbour. The caller of this holds a permit.
    pub(crate) fn dial(stack: &mut h323::Endpoint, now: Instant, dial: &Dial<'_>) -> Result<Self, h323::Misuse> {
        debug_assert_eq!(dial.neighbour.protocol, Protocol::H323);
        let calling = Some(dial.calling).filter(|calling| !calling.is_empty());
        let is_number = |calling: &&str| calling.bytes().all(|octet| octet.is_ascii_digit());
        let digits = dial.called.bytes().all(|octet| octet.is_ascii_digit() || b"*#".contains(&octet));
        let place = h323::Place {
            remote: dial.neighbour.remote,
            transport: dial.neighbour.transport,
            local: dial.neighbour.local,
            server_name: dial.neighbour.server_name.clone(),
            called: vec![h323::AliasAddress::of(dial.called)],
            called_number: digits.then(|| dial.called.to_owned()),
            calling: calling.map(h323::AliasAddress::of).into_iter().collect(),
            calling_number: calling.filter(is_number).map(str::to_owned),
            display: None,
            call_identifier: None,
            capabilities: capabilities(dial.caps),
            media: ports(dial.rtp),
            fast_start: dial.neighbour.fast_start,
            tunnelling: dial.neighbour.tunnelling,
            h245: dial.h245,
        };
        let call = stack.place(now, place)?;
        let fast_start = dial.neighbour.fast_start;
        let media = Some(ports(dial.rtp));
        Ok(Self { call, side: Side::Callee, media, fast_start, only_annex_a: false, state: State::Early })
    }

    /// The stack's id of this leg.
    pub fn id(&self) -> h323::CallId {
        self.call
    }

    /// Tells the caller that the call proceeds.
    pub fn proceed(&self, stack: &mut h323::Endpoint, now: Instant) {
        stack.proceed(now, self.call);
    }

    /// Tells the caller that the callee is alerted.
    pub fn alert(&self, stack: &mut h323::Endpoint, now: Instant) {
        stack.alert(now, self.call);
    }

    /// Answers the caller: these are the codecs that the callee's flows carry, and this is where we receive them.
    pub fn answer(&mut self, stack: &mut h323::Endpoint, now: Instant, caps: &Caps, rtp: SocketAddr) {
        self.state = State::Connected;
        self.media = Some(ports(rtp));
        stack.answer(now, self.call, h323::Answer { capabilities: capabilities(caps), media: ports(rtp) });
    }

    /// Whether our channel towards the peer is still to be opened and may be.
    pub fn wants_channel(&self) -> bool {
        match self.state {
            State::Connected => true,
            State::Early => self.side == Side::Callee && !self.fast_start,
            State::Opened | State::Closed | State::Over => false,
        }
    }

    /// Opens our channel towards the peer with the first of these codecs (slow start).
    pub fn open(&mut self, stack: &mut h323::Endpoint, now: Instant, codecs: &[Codec]) -> bool {
        let channel = codecs.first().zip(self.media);
        let opened =
            channel.is_some_and(|(&codec, media)| stack.open(now, self.call, self.named(codec), media).is_ok());
        if opened {
            self.state = State::Opened;
        }
        opened
    }

    /// Sends keys.
    pub fn keys(&self, stack: &mut h323::Endpoint, now: Instant, keys: &str) {
        stack.user_input(now, self.call, keys);
    }

    /// Releases the leg. A refusal by the regulation is `noPermission` with cause 21, whatever may be told of it.
    pub fn release(&mut self, stack: &mut h323::Endpoint, now: Instant, cause: &Cause) {
        if self.state == State::Over {
            return;
        }
        self.state = State::Over;
        let reason = match cause.by {
            Initiator::Regulation => Some(h323::ReleaseReason::NoPermission),
            _ => h323::ReleaseReason::of_cause(cause.q850),
        };
        stack.release(now, self.call, cause.q850, reason);
    }

    /// What an event of the stack says in neutral words.
    pub fn on_event(&mut self, event: h323::Event) -> Option<Signal> {
        use h323::Event;
        match event {
            Event::Proceeding { .. } => Some(Signal::Proceeding),
            Event::Alerting { .. } => Some(Signal::Alerting),
            Event::Connected { .. } => {
                if self.state == State::Early {
                    self.state = State::Connected;
                }
                Some(Signal::Connected)
            }
            Event::Capabilities { capabilities, .. } => Some(Signal::Caps(self.on_capabilities(&capabilities))),
            Event::Channel { direction, codec, payload_type, remote_rtp, remote_rtcp, event_payload_type, .. } => {
                if direction == h323::Direction::Outgoing && self.state != State::Over {
                    self.state = State::Opened;
                }
                Some(Signal::Flow(Flow {
                    direction: way(direction),
                    remote: remote_rtp,
                    remote_rtcp,
                    audio: vec![(ours(codec), payload_type)],
                    telephone_event: event_payload_type,
                }))
            }
            Event::ChannelClosed { direction, .. } => {
                if direction == h323::Direction::Outgoing && self.state == State::Opened {
                    self.state = State::Closed;
                }
                Some(Signal::FlowClosed(way(direction)))
            }
            Event::UserInput { digits, .. } => Some(Signal::Keys(digits)),
            Event::Released { cause, by, .. } => {
                let ours = self.state == State::Over;
                self.state = State::Over;
                (!ours).then(|| Signal::Released(Cause::new(cause, initiator(by, self.side))))
            }
            Event::Incoming { .. } | Event::Forgotten { .. } | Event::Malformed { .. } => None,
        }
    }
}

impl H323Leg {
    fn on_capabilities(&mut self, capabilities: &[h323::Capability]) -> Caps {
        let names = |codec| capabilities.iter().any(|capability| capability.codec() == Some(codec));
        self.only_annex_a = names(h323::Codec::G729A) && !names(h323::Codec::G729);
        if self.state == State::Closed && !capabilities.is_empty() {
            self.state = State::Connected;
        }
        caps(capabilities)
    }

    /// A codec as the peer named it.
    fn named(&self, codec: Codec) -> h323::Codec {
        match codec {
            Codec::G729 if self.only_annex_a => h323::Codec::G729A,
            _ => theirs(codec),
        }
    }
}

/// The caller's capabilities as far as fast start tells them; none where it must be asked by H.245.
pub fn setup_caps(setup: &h323::IncomingSetup) -> Option<Caps> {
    let codecs: Vec<_> = setup.fast.iter().map(|&codec| ours(codec)).collect();
    (!codecs.is_empty()).then(|| Caps::of(&codecs, Some(TELEPHONE_EVENT)))
}

/// The number or alias called: the called party number, else the first alias with a text.
pub fn called(setup: &h323::IncomingSetup) -> String {
    name(setup.called_number.as_deref(), &setup.called)
}

/// The number or alias that calls.
pub fn calling(setup: &h323::IncomingSetup) -> String {
    name(setup.calling_number.as_deref(), &setup.calling)
}

fn name(number: Option<&str>, aliases: &[h323::AliasAddress]) -> String {
    let digits = aliases.iter().find_map(|alias| match alias {
        h323::AliasAddress::DialledDigits(digits) | h323::AliasAddress::PartyNumber(digits) => Some(digits.as_str()),
        _ => None,
    });
    let text = number.or(digits).or_else(|| aliases.iter().find_map(h323::AliasAddress::text));
    text.unwrap_or_default().to_owned()
}

fn initiator(by: h323::ReleasedBy, side: Side) -> Initiator {
    match by {
        h323::ReleasedBy::Us => Initiator::Border("release"),
        h323::ReleasedBy::Peer => Initiator::Peer(side),
        h323::ReleasedBy::Stream => Initiator::Border("stream lost"),
        h323::ReleasedBy::Deadline(name) => Initiator::Deadline(name),
        h323::ReleasedBy::Violation => Initiator::Border("protocol violation"),
    }
}

fn ports(rtp: SocketAddr) -> h323::MediaPorts {
    h323::MediaPorts { rtp, rtcp: SocketAddr::new(rtp.ip(), rtp.port().saturating_add(1)) }
}

fn way(direction: h323::Direction) -> Direction {
    match direction {
        h323::Direction::Outgoing => Direction::ToPeer,
        h323::Direction::Incoming => Direction::FromPeer,
    }
}

fn caps(capabilities: &[h323::Capability]) -> Caps {
    let mut caps = Caps::default();
    for capability in capabilities {
        match *capability {
            h323::Capability::Audio { codec, .. } => {
                let codec = ours(codec);
                if !caps.codecs().contains(&codec) {
                    caps.audio.push((codec, codec.payload_type()));
                }
            }
            h323::Capability::TelephoneEvent { payload_type } => caps.telephone_event = Some(payload_type),
        }
    }
    caps
}

fn capabilities(caps: &Caps) -> Vec<h323::Capability> {
    let mut list = Vec::new();
    for codec in caps.codecs() {
        list.push(h323::Capability::audio(theirs(codec)));
        if codec == Codec::G729 {
            list.push(h323::Capability::audio(h323::Codec::G729A));
        }
    }
    list.extend(caps.telephone_event.map(h323::Capability::telephone_event));
    list
}

const fn ours(codec: h323::Codec) -> Codec {
    match codec {
        h323::Codec::G711U => Codec::Pcmu,
        h323::Codec::G711A => Codec::Pcma,
        h323::Codec::G722 => Codec::G722,
        h323::Codec::G7231 => Codec::G7231,
        h323::Codec::G728 => Codec::G728,
        h323::Codec::G729 | h323::Codec::G729A => Codec::G729,
    }
}

const fn theirs(codec: Codec) -> h323::Codec {
    match codec {
        Codec::Pcmu => h323::Codec::G711U,
        Codec::Pcma => h323::Codec::G711A,
        Codec::G722 => h323::Codec::G722,
        Codec::G7231 => h323::Codec::G7231,
        Codec::G728 => h323::Codec::G728,
        Codec::G729 => h323::Codec::G729,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codecs_and_events_survive_the_way_there_and_back() {
        let there = Caps::of(&Codec::ALL, Some(TELEPHONE_EVENT));
        assert_eq!(caps(&capabilities(&there)), there);
    }

    fn callee() -> (h323::Endpoint, H323Leg) {
        let settings = crate::sim::settings(true, true);
        let (neighbour, caps) = (&settings.neighbours[2], &Caps::of(&[Codec::Pcma], None));
        let rtp = SocketAddr::from(([192, 0, 2, 1], 20_000));
        let dial = Dial { neighbour, called: "600", calling: "", caps, rtp, h245: None };
        let rng = lhtt_core::rng::Rng::from_number(1);
        let mut stack = h323::Endpoint::new(h323::Config::new(1), rng);
        let leg = H323Leg::dial(&mut stack, Instant::ZERO, &dial).unwrap();
        (stack, leg)
    }

    #[test]
    fn a_channel_bears_the_annex_that_the_peer_named() {
        use h323::Codec::{G711A, G729, G729A};
        let (_, mut leg) = callee();
        for (told, expected) in [(&[G729A][..], G729A), (&[G729A, G729], G729), (&[G711A], G729)] {
            let told: Vec<_> = told.iter().map(|&codec| h323::Capability::audio(codec)).collect();
            leg.on_capabilities(&told);
            assert_eq!(leg.named(Codec::G729), expected, "{told:?}");
        }
    }

    #[test]
    fn a_closed_channel_waits_for_the_peer_to_say_anew_what_it_receives() {
        let (_, mut leg) = callee();
        let call = leg.id();
        leg.state = State::Opened;
        leg.on_event(h323::Event::ChannelClosed { call, direction: h323::Direction::Incoming });
        assert_eq!(leg.state, State::Opened);
        leg.on_event(h323::Event::ChannelClosed { call, direction: h323::Direction::Outgoing });
        assert!(!leg.wants_channel(), "a peer that refuses is not asked again and again");
        leg.on_event(h323::Event::Capabilities { call, capabilities: Vec::new() });
        assert!(!leg.wants_channel());
        let capabilities = vec![h323::Capability::audio(h323::Codec::G711A)];
        leg.on_event(h323::Event::Capabilities { call, capabilities });
        assert!(leg.wants_channel());
    }

    #[test]
    fn a_number_goes_before_an_alias() {
        let aliases = [h323::AliasAddress::H323Id("phong".into()), h323::AliasAddress::DialledDigits("7000".into())];
        assert_eq!(name(Some("600"), &aliases), "600");
        assert_eq!(name(None, &aliases), "7000");
        assert_eq!(name(None, &aliases[..1]), "phong");
        assert_eq!(name(None, &[]), "");
    }
}
