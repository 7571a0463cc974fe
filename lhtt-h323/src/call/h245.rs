//! H.245 of a call and what carries it: call signalling, or a connection that either side opens (H.323 8.2).

use super::fast_start::FastStart;
use super::state::{Carrier, Said, State};
use super::{Call, Context, fault};
use crate::capability::{Capability, Codec, MediaPorts};
use crate::control::{Effect, KeyInput, Pdu, words};
use crate::endpoint::event::{Event, ReleasedBy};
use crate::limits;
use lhtt_core::io::StreamId;
use lhtt_core::time::Instant;

impl Call {
    /// Begins H.245 where the call is connected and nothing else has begun it.
    pub(super) fn begin_h245(&mut self, now: Instant, cx: &mut Context<'_>) {
        let fast = matches!(self.fast, FastStart::Taken);
        if self.carrier == Carrier::Tunnel && !self.tunnel.agreed() {
            self.carrier = Carrier::None; // said in Setup to a peer that does not tunnel
            self.unsent.clear();
        }
        match self.carrier {
            Carrier::Tunnel | Carrier::Stream(_) => self.control.start(now),
            Carrier::Waiting { .. } => {} // it starts when its connection is up
            Carrier::None if self.tunnel.agreed() => {
                if !fast || cx.habits.h245_after_fast_start {
                    self.carrier = Carrier::Tunnel;
                    self.control.start(now);
                }
            }
            Carrier::None if self.their_address.is_some() => self.open_control(now, cx),
            Carrier::None if fast => {} // media flows; H.245 is begun by whoever needs it
            Carrier::None => self.offer_control(now, cx),
        }
    }

    /// Connects to the peer's H.245 address. Not before the owner has said anything: a call that it may yet refuse sends us
    /// nowhere. The address is kept for then.
    pub(super) fn open_control(&mut self, now: Instant, cx: &mut Context<'_>) {
        let unheard = matches!(self.state, State::Offered { said: Said::Nothing, .. });
        let Some(address) = self.their_address.filter(|_| !unheard) else { return };
        let (theirs, deadline) = match self.carrier {
            Carrier::None => (None, now + cx.config.timers.h245_connection),
            Carrier::Waiting { ours: None, theirs, deadline } => (theirs, deadline),
            Carrier::Waiting { .. } | Carrier::Tunnel | Carrier::Stream(_) => return,
        };
        let ours = Some(cx.open_control(self.id, address, self.local));
        self.carrier = Carrier::Waiting { ours, theirs, deadline };
    }

    /// Waits at our H.245 address, if we have one. Says whether it does.
    pub(super) fn listen_control(&mut self, now: Instant, cx: &mut Context<'_>) -> bool {
        let (Some(address), Carrier::None) = (self.our_address, self.carrier) else { return false };
        let theirs = Some(cx.listen_control(self.id, address, self.remote));
        self.carrier = Carrier::Waiting { ours: None, theirs, deadline: now + cx.config.timers.h245_connection };
        true
    }

    /// Asks the peer to connect to our address; without one, waits for it to name its own.
    fn offer_control(&mut self, now: Instant, cx: &mut Context<'_>) {
        if self.listen_control(now, cx) {
            if let Some(address) = self.our_address {
                let identity = self.identity;
                let message = self.envelope(cx).start_h245(identity, address);
                self.send(message, cx);
            }
        } else {
            let deadline = now + cx.config.timers.h245_connection;
            self.carrier = Carrier::Waiting { ours: None, theirs: None, deadline };
        }
    }

    /// A Facility asks us to connect.
    pub(super) fn on_start_h245(&mut self, now: Instant, cx: &mut Context<'_>) {
        if !matches!(self.fast, FastStart::Proposed) {
            self.open_control(now, cx);
        }
    }

    /// An H.245 connection is up. The first one counts.
    pub(crate) fn on_control_up(&mut self, now: Instant, stream: StreamId, cx: &mut Context<'_>) {
        match self.carrier {
            Carrier::Waiting { ours, theirs, .. } => {
                for other in [ours, theirs].into_iter().flatten().filter(|other| *other != stream) {
                    cx.close(other);
                }
                self.carrier = Carrier::Stream(stream);
                self.control.restart(now);
            }
            _ => cx.close(stream),
        }
        self.settle(now, cx);
    }

    /// An H.245 connection did not come up, or is gone.
    pub(crate) fn on_control_lost(&mut self, now: Instant, stream: StreamId, cx: &mut Context<'_>) {
        match self.carrier {
            Carrier::Waiting { mut ours, mut theirs, deadline } => {
                ours = ours.filter(|s| *s != stream);
                theirs = theirs.filter(|s| *s != stream);
                self.carrier = Carrier::Waiting { ours, theirs, deadline };
                if ours.is_none() && theirs.is_none() {
                    self.give_up_control(now, ReleasedBy::Stream, cx);
                }
            }
            Carrier::Stream(its) if its == stream => {
                self.carrier = Carrier::None;
                self.on_carrier_gone(now, cx);
            }
            _ => {}
        }
        self.settle(now, cx);
    }

    fn on_carrier_gone(&mut self, now: Instant, cx: &mut Context<'_>) {
        match self.state {
            State::Ending { cause, reason, .. } => self.finish(Some((cause, reason)), cx),
            // Some stacks close H.245 just before they say ReleaseComplete, which has the cause.
            State::Active => {
                let deadline = now + cx.config.timers.end_session;
                let (cause, by) = (fault::TEMPORARY_FAILURE, ReleasedBy::Stream);
                self.state = State::PeerEnding { deadline, cause, by };
            }
            _ => {}
        }
    }

    /// No H.245 connection will come up: the call ends, unless media flows without.
    pub(super) fn give_up_control(&mut self, now: Instant, by: ReleasedBy, cx: &mut Context<'_>) {
        self.close_control(cx);
        if self.state == State::Active && !self.control.any_open() {
            self.release(now, fault::TEMPORARY_FAILURE, None, by, cx);
        }
    }

    pub(super) fn close_control(&mut self, cx: &mut Context<'_>) {
        match std::mem::replace(&mut self.carrier, Carrier::None) {
            Carrier::Waiting { ours, theirs, .. } => {
                for stream in [ours, theirs].into_iter().flatten() {
                    cx.close(stream);
                }
            }
            Carrier::Stream(stream) => cx.close(stream),
            tunnel @ (Carrier::Tunnel | Carrier::None) => self.carrier = tunnel,
        }
    }

    /// A tunnelled message. What comes before we have said anything waits: nobody is answered before the owner agrees.
    pub(super) fn on_tunnelled(&mut self, now: Instant, octets: Vec<u8>, cx: &mut Context<'_>) {
        if matches!(self.state, State::Offered { said: Said::Nothing, .. }) {
            if self.held.len() < limits::TUNNELLED_MAX {
                self.held.push(octets);
            }
            return;
        }
        if self.carrier == Carrier::None {
            self.carrier = Carrier::Tunnel;
        }
        self.on_control_message(now, &octets, cx);
    }

    pub(super) fn replay_held(&mut self, now: Instant, cx: &mut Context<'_>) {
        for octets in std::mem::take(&mut self.held) {
            self.on_tunnelled(now, octets, cx);
        }
    }

    /// A message on the H.245 connection.
    pub(crate) fn on_control_data(&mut self, now: Instant, octets: &[u8], cx: &mut Context<'_>) {
        self.on_control_message(now, octets, cx);
        self.settle(now, cx);
    }

    fn on_control_message(&mut self, now: Instant, octets: &[u8], cx: &mut Context<'_>) {
        match words::read(octets) {
            Ok(pdu) => {
                // The peer begins: so do we, as soon as the owner has said what we can receive.
                let begins = matches!(pdu, Pdu::Capabilities(_) | Pdu::Determination { .. });
                self.control.handle(now, pdu);
                if begins {
                    self.control.start(now);
                }
                self.drain(now, cx);
            }
            Err(fault) => {
                if !self.is_live() {
                    return;
                }
                cx.event(Event::Malformed { remote: self.remote, fault: fault.to_string() });
                self.control_faults += 1;
                if self.control_faults >= limits::CONTROL_FAULTS_MAX {
                    self.release(now, fault::PROTOCOL_ERROR, None, ReleasedBy::Violation, cx);
                }
            }
        }
    }

    /// Carries out what H.245 wants, then sends what is still unsent.
    pub(super) fn settle(&mut self, now: Instant, cx: &mut Context<'_>) {
        self.drain(now, cx);
        if self.state == State::Over {
            return;
        }
        self.send_on_control(cx);
        let silent = matches!(self.state, State::Calling { .. } | State::Offered { said: Said::Nothing, .. });
        if self.carrier == Carrier::Tunnel && !self.unsent.is_empty() && !silent {
            let message = self.envelope(cx).carrier(self.identity);
            self.send(message, cx);
        }
    }

    pub(super) fn send_on_control(&mut self, cx: &mut Context<'_>) {
        if let Carrier::Stream(stream) = self.carrier {
            for octets in self.unsent.drain(..) {
                cx.send(stream, &octets);
            }
        }
    }

    /// Turns what the H.245 machines want into messages and events.
    pub(super) fn drain(&mut self, now: Instant, cx: &mut Context<'_>) {
        while let Some(effect) = self.control.poll() {
            match effect {
                Effect::Send(pdu) => match words::write(&pdu) {
                    Ok(octets) => self.unsent.push(octets),
                    Err(fault) => cx.event(Event::Malformed { remote: self.remote, fault }),
                },
                Effect::PeerEnds => self.on_peer_ends(now, cx),
                Effect::Failed(what) if self.control.any_open() => {
                    let fault = format!("{what} came to nothing; media goes on");
                    cx.event(Event::Malformed { remote: self.remote, fault });
                }
                Effect::Failed(what) => {
                    self.release(now, fault::TEMPORARY_FAILURE, None, ReleasedBy::Deadline(what), cx);
                }
                news if self.is_live() => cx.event(self.news(news)),
                _ => {} // news of a call that is released
            }
        }
    }

    fn news(&self, effect: Effect) -> Event {
        let call = self.id;
        match effect {
            Effect::Capabilities(capabilities) => Event::Capabilities { call, capabilities },
            Effect::Opened(channel) => Event::Channel {
                call,
                direction: channel.direction,
                codec: channel.codec,
                payload_type: channel.payload_type,
                remote_rtp: channel.remote_rtp,
                remote_rtcp: channel.remote_rtcp,
                event_payload_type: channel.event_payload_type,
            },
            Effect::Closed(direction) => Event::ChannelClosed { call, direction },
            Effect::Keys(KeyInput::Text(digits)) => Event::UserInput { call, digits },
            Effect::Keys(KeyInput::Signal { key, .. }) => Event::UserInput { call, digits: key.to_string() },
            // The rest is carried out in `drain`, and an update adds no key.
            _ => Event::UserInput { call, digits: String::new() },
        }
    }

    /// Owner: opens our channel.
    pub(crate) fn open_channel(&mut self, now: Instant, codec: Codec, media: MediaPorts, cx: &mut Context<'_>) {
        self.control.open(now, codec, media);
        self.settle(now, cx);
    }

    /// Owner: closes our channel.
    pub(crate) fn close_channel(&mut self, now: Instant, cx: &mut Context<'_>) {
        self.control.close(now);
        self.settle(now, cx);
    }

    /// Owner: says anew what we can receive.
    pub(crate) fn set_capabilities(&mut self, now: Instant, capabilities: Vec<Capability>, cx: &mut Context<'_>) {
        self.control.set_capabilities(now, capabilities);
        self.settle(now, cx);
    }

    /// Owner: sends keys; H.245 is begun for it if need be.
    pub(crate) fn send_keys(&mut self, now: Instant, keys: Vec<KeyInput>, cx: &mut Context<'_>) {
        for keys in keys {
            self.control.keys(keys);
        }
        if self.state == State::Active && !self.control.is_started() {
            match self.carrier {
                Carrier::None if self.tunnel.agreed() => {
                    self.carrier = Carrier::Tunnel;
                    self.control.start(now);
                }
                Carrier::None if self.their_address.is_some() => self.open_control(now, cx),
                Carrier::None => self.offer_control(now, cx),
                Carrier::Tunnel | Carrier::Stream(_) => self.control.start(now),
                Carrier::Waiting { .. } => {}
            }
        }
        self.settle(now, cx);
    }

    /// Whether the peer takes keys as signals.
    pub(crate) fn takes_signals(&self) -> bool {
        self.control.takes_signals()
    }
}
