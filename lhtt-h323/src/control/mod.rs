//! H.245 control of one call: determination, capabilities, channels, keys, and the small requests, as one machine.
//!
//! It neither knows nor cares whether its messages travel in call signalling or on a connection of their own. Leaves out:
//! video, data, bidirectional channels, multiplex tables, maintenance loops, conference requests: those are refused.

mod channels;
mod determination;
mod effect;
mod exchange;
mod pdu;
pub(crate) mod words;

pub(crate) use channels::{AUDIO_SESSION, rtcp_beside};
pub(crate) use effect::{Effect, OpenedChannel};
pub use pdu::KeyInput;
pub(crate) use pdu::{Carries, OpenChannel, Pdu};

use crate::capability::{Capability, Codec, MediaPorts};
use crate::endpoint::event::Direction;
use crate::limits;
use channels::{Channels, Terms};
use determination::Determination;
use effect::Effects;
use exchange::Exchange;
use lhtt_core::rng::Rng;
use lhtt_core::time::{Duration, Instant, soonest};

/// The H.245 side of a call. Exists from the start of the call, speaks only once started.
#[derive(Debug)]
pub(crate) struct Control {
    determination: Determination,
    exchange: Exchange,
    channels: Channels,
    effects: Effects,
    /// Where we want media; none until the owner says.
    media: Option<MediaPorts>,
    /// A channel to ask for as soon as both sides are ready.
    wanted: Option<(Codec, MediaPorts)>,
    /// Fast start is proposed and not decided: it may open the channel.
    undecided: bool,
    started: bool,
    /// Keys that wait for the start.
    keys: Vec<KeyInput>,
    /// We have said endSession.
    ended: bool,
    response: Duration,
    rng: Rng,
}

impl Control {
    /// `response`: how long to wait for each answer.
    pub(crate) fn new(mut rng: Rng, response: Duration) -> Self {
        Self {
            determination: Determination::new(&mut rng),
            exchange: Exchange::default(),
            channels: Channels::default(),
            effects: Effects::default(),
            media: None,
            wanted: None,
            undecided: false,
            started: false,
            keys: Vec::new(),
            ended: false,
            response,
            rng,
        }
    }

    /// What we can receive and where. Not said to the peer until [`Control::start`].
    pub(crate) fn set_media(&mut self, capabilities: Vec<Capability>, media: MediaPorts) {
        self.exchange.set_ours(capabilities);
        self.media = Some(media);
    }

    /// Where we want media, once known.
    pub(crate) fn media(&self) -> Option<MediaPorts> {
        self.media
    }

    /// What we can receive.
    pub(crate) fn capabilities(&self) -> &[Capability] {
        self.exchange.ours()
    }

    /// Whether we have begun to speak.
    pub(crate) fn is_started(&self) -> bool {
        self.started
    }

    /// Whether any channel is open.
    pub(crate) fn any_open(&self) -> bool {
        self.channels.any_open()
    }

    /// A channel number for a proposal of ours.
    pub(crate) fn number(&mut self) -> u16 {
        self.channels.number()
    }

    /// Begins: our capability set, and the determination. Later calls do nothing.
    pub(crate) fn start(&mut self, now: Instant) {
        if !self.started && self.media.is_some() {
            self.started = true;
            self.exchange.send(now, self.response, &mut self.effects);
            if self.determination.master.is_none() {
                self.determine(now, determination::Event::Request);
            }
            for keys in std::mem::take(&mut self.keys) {
                self.effects.send(Pdu::Keys(keys));
            }
        }
    }

    /// Forgets what was said on a carrier that the peer did not take, to begin anew on another.
    pub(crate) fn restart(&mut self, now: Instant) {
        if self.started {
            let ours = self.exchange.ours().to_vec();
            self.exchange = Exchange::default();
            self.exchange.set_ours(ours);
            self.determination = Determination::new(&mut self.rng);
            self.effects = Effects::default();
            self.started = false;
        }
        self.start(now);
    }

    /// Says anew what we can receive.
    pub(crate) fn set_capabilities(&mut self, now: Instant, capabilities: Vec<Capability>) {
        self.exchange.set_ours(capabilities);
        if self.started {
            self.exchange.send(now, self.response, &mut self.effects);
        }
    }

    /// Opens a channel towards the peer, at once or when both sides are ready.
    pub(crate) fn open(&mut self, now: Instant, codec: Codec, media: MediaPorts) {
        self.wanted = Some((codec, media));
        self.open_wanted(now);
    }

    /// Whether channels wait until fast start is decided.
    pub(crate) fn await_fast_start(&mut self, now: Instant, undecided: bool) {
        self.undecided = undecided;
        self.open_wanted(now);
    }

    /// Closes our channel.
    pub(crate) fn close(&mut self, now: Instant) {
        self.wanted = None;
        if self.channels.close(now + self.response, &mut self.effects) {
            self.effects.push(Effect::Closed(Direction::Outgoing));
        }
    }

    /// Notes a channel that fast start opened, and says so.
    pub(crate) fn opened_by_fast_start(&mut self, number: u16, channel: OpenedChannel) {
        if channel.direction == Direction::Outgoing {
            self.wanted = None; // what was asked for is here
        }
        self.channels.opened_by_fast_start(number, channel.direction, channel.codec);
        self.effects.push(Effect::Opened(channel));
    }

    /// Sends keys, at once or as soon as it is started.
    pub(crate) fn keys(&mut self, keys: KeyInput) {
        if self.started {
            self.effects.send(Pdu::Keys(keys));
        } else if self.keys.len() < limits::DIGITS_MAX {
            self.keys.push(keys);
        }
    }

    /// Whether the peer takes keys as signals.
    pub(crate) fn takes_signals(&self) -> bool {
        self.exchange.key_signals
    }

    /// Says endSession, once.
    pub(crate) fn end(&mut self) {
        if !std::mem::replace(&mut self.ended, true) {
            self.effects.send(Pdu::EndSession);
        }
    }

    /// The next thing to do or know. Draining also asks for a channel that waited.
    pub(crate) fn poll(&mut self) -> Option<Effect> {
        self.effects.pop()
    }

    /// When it wants [`Control::on_timeout`].
    pub(crate) fn deadline(&self) -> Option<Instant> {
        soonest(self.determination.deadline(), soonest(self.exchange.deadline(), self.channels.deadline()))
    }

    /// A deadline may have passed.
    pub(crate) fn on_timeout(&mut self, now: Instant) {
        self.determine(now, determination::Event::Timeout);
        self.exchange.on_timeout(now, &mut self.effects);
        self.channels.on_timeout(now, self.response, &mut self.effects);
    }

    /// Takes one message of the peer.
    pub(crate) fn handle(&mut self, now: Instant, pdu: Pdu) {
        let (response, out) = (self.response, &mut self.effects);
        match pdu {
            Pdu::Capabilities(set) => self.on_capabilities(now, set),
            Pdu::CapabilitiesAck { sequence } => self.exchange.on_ack(now, response, sequence, out),
            Pdu::CapabilitiesReject { sequence } => self.exchange.on_reject(sequence, out),
            Pdu::SendCapabilities if self.started => self.exchange.send(now, response, out),
            Pdu::Determination { terminal_type, number } => {
                self.determine(now, determination::Event::Number { terminal_type, number });
            }
            Pdu::DeterminationAck { receiver_is_master: master } => {
                self.determine(now, determination::Event::Ack { master });
            }
            Pdu::DeterminationReject => self.determine(now, determination::Event::Reject),
            Pdu::DeterminationRelease => self.determine(now, determination::Event::Release),
            Pdu::Open(open) => self.on_open(&open),
            Pdu::OpenAck(ack) => self.channels.on_ack(now, response, &ack, self.exchange.their_events(), out),
            Pdu::OpenReject { number, .. } => self.channels.on_reject(number, out),
            Pdu::Close { number } => self.channels.on_close(number, out),
            Pdu::CloseAck { number } => self.channels.on_close_ack(number),
            Pdu::RequestClose { number } => self.channels.on_request_close(now + response, number, out),
            Pdu::RequestMode { sequence } => out.send(Pdu::RequestModeReject { sequence }),
            Pdu::RoundTrip { sequence } => out.send(Pdu::RoundTripAnswer { sequence }),
            Pdu::Keys(keys) => out.push(Effect::Keys(keys)),
            Pdu::EndSession => out.push(Effect::PeerEnds),
            Pdu::NotUnderstood(answer) => out.send(Pdu::NotUnderstood(answer)),
            // A release of a request that we answered at once; answers to requests that we never make.
            Pdu::CapabilitiesRelease
            | Pdu::SendCapabilities
            | Pdu::OpenConfirm
            | Pdu::RequestCloseAck { .. }
            | Pdu::RequestCloseReject { .. }
            | Pdu::RequestModeReject { .. }
            | Pdu::RoundTripAnswer { .. }
            | Pdu::Ignored => {}
        }
        self.open_wanted(now);
    }

    fn determine(&mut self, now: Instant, event: determination::Event) {
        self.determination.handle(now, self.response, event, &mut self.rng, &mut self.effects);
    }

    fn on_capabilities(&mut self, now: Instant, set: pdu::CapabilitySet) {
        let hold = set.empty;
        self.exchange.on_set(set, &mut self.effects);
        if hold && self.channels.close(now + self.response, &mut self.effects) {
            self.effects.push(Effect::Closed(Direction::Outgoing));
        }
    }

    fn on_open(&mut self, open: &OpenChannel) {
        let asked = match open.carries {
            Carries::Audio { codec, .. } => Some(codec),
            Carries::Other => None,
        };
        let wanted = self.exchange.ours().iter().any(|ours| ours.codec().is_some() && ours.codec() == asked);
        let terms = Terms { media: self.media, wanted, events: self.exchange.our_events() };
        self.channels.on_open(open, terms, &mut self.effects);
    }

    /// H.323 8.3: channels follow capability exchange and determination.
    fn open_wanted(&mut self, now: Instant) {
        let ready = self.determination.master.is_some() && self.exchange.accepted && self.exchange.received;
        if !ready || self.undecided || self.ended {
            return;
        }
        if let Some((codec, media)) = self.wanted.take()
            && !self.channels.sends(codec)
        {
            let frames = self.frames(codec);
            self.channels.open(now + self.response, codec, frames, media, &mut self.effects);
        }
    }

    /// The largest packet that both sides named, else the usual one.
    fn frames(&self, codec: Codec) -> u8 {
        let named = |capability: Capability| match capability {
            Capability::Audio { codec: its, frames } if its == codec => Some(frames),
            _ => None,
        };
        let theirs = self.exchange.theirs().into_iter().find_map(named);
        let ours = self.exchange.ours().iter().copied().find_map(named);
        theirs.into_iter().chain(ours).min().unwrap_or(codec.usual_frames())
    }
}
