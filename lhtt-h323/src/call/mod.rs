//! One call: H.225.0 call signalling on its stream, and what it needs of H.245 and fast connect (H.323 8.1, 8.2, 8.5).
//!
//! | state | CallProceeding, Progress | Alerting | Connect | ReleaseComplete | owner releases | deadline |
//! |---|---|---|---|---|---|---|
//! | Calling | → Proceeding | → Ringing | → Active | over | ReleaseComplete | T303, release |
//! | Proceeding | – | → Ringing | → Active | over | ReleaseComplete | T310, release |
//! | Ringing | – | – | → Active | over | ReleaseComplete | T301, release |
//! | Offered | – | – | – | over | ReleaseComplete | answer, release |
//! | Active | – | – | – | over | endSession → Ending | – |
//! | Ending | – | – | – | over | – | ReleaseComplete |
//! | PeerEnding | – | – | – | over | ReleaseComplete | ReleaseComplete |
//!
//! Leaves out: overlap sending, several calls on a stream, call forwarding, supplementary services.

pub(crate) mod alias;
pub(crate) mod context;
mod dial;
pub(crate) mod fast_start;
pub(crate) mod fault;
mod h245;
pub(crate) mod heard;
mod offered;
mod reason;
mod release;
pub(crate) mod say;
pub(crate) mod state;

use crate::CallId;
use crate::control::Control;
use crate::endpoint::event::{Event, ReleasedBy};
use crate::h235::SecurityFault;
use crate::q931::{CallReference, MessageType};
use context::Context;
use fast_start::FastStart;
use heard::{Body, Heard};
use lhtt_core::io::StreamId;
use lhtt_core::time::{Instant, soonest};
use say::{Envelope, Identity};
use state::{Carrier, Happening, Said, State};
use std::net::{IpAddr, SocketAddr};

/// A call.
#[derive(Debug)]
pub(crate) struct Call {
    id: CallId,
    state: State,
    /// As it stands in what we send.
    reference: CallReference,
    identity: Identity,
    /// Call signalling.
    stream: StreamId,
    /// Whether the stream is up.
    up: bool,
    remote: SocketAddr,
    /// The address to bind for H.245.
    local: Option<IpAddr>,
    tunnel: Tunnel,
    control: Control,
    carrier: Carrier,
    /// H.245 that waits for its carrier.
    unsent: Vec<Vec<u8>>,
    /// Tunnelled H.245 that came before we had said anything.
    held: Vec<Vec<u8>>,
    fast: FastStart,
    /// Malformed H.245 messages so far.
    control_faults: u32,
    our_address: Option<SocketAddr>,
    their_address: Option<SocketAddr>,
    /// The owner has been told that the call is released.
    released: bool,
    /// The deadline the endpoint has noted for it.
    pub(crate) armed: Option<Instant>,
}

/// Whether H.245 may go inside call signalling: what each side says in h245Tunnelling.
#[derive(Clone, Copy, Debug)]
struct Tunnel {
    ours: bool,
    theirs: Option<bool>,
}

impl Tunnel {
    fn agreed(self) -> bool {
        self.ours && self.theirs == Some(true)
    }

    /// What our messages say.
    fn said(self) -> bool {
        self.ours && self.theirs != Some(false)
    }
}

impl Call {
    /// The call reference value, which names the call on its stream.
    pub(crate) fn reference(&self) -> CallReference {
        self.reference
    }

    pub(crate) fn is_over(&self) -> bool {
        self.state == State::Over
    }

    pub(crate) fn is_active(&self) -> bool {
        self.state == State::Active
    }

    /// Whether the owner may still act on it.
    pub(crate) fn is_live(&self) -> bool {
        !self.released
    }

    pub(crate) fn deadline(&self) -> Option<Instant> {
        let carrier = match self.carrier {
            Carrier::Waiting { deadline, .. } => Some(deadline),
            _ => None,
        };
        soonest(self.state.deadline(), soonest(carrier, self.control.deadline()))
    }

    /// The stream of a call we placed is up.
    pub(crate) fn on_up(&mut self) {
        self.up = true;
    }

    /// Everything that can happen to a call, by state.
    pub(crate) fn handle(&mut self, now: Instant, happening: Happening, cx: &mut Context<'_>) {
        match (self.state, happening) {
            (State::Over, _) => {}
            (State::Offered { deadline, said: Said::Nothing }, Happening::Proceed) => self.proceed(now, deadline, cx),
            (State::Offered { deadline, said }, Happening::Alert) if said < Said::Alerting => {
                self.alert(now, deadline, cx);
            }
            (State::Offered { .. }, Happening::Answer) => self.answer(now, cx),
            (_, Happening::Proceed | Happening::Alert | Happening::Answer) => {} // said already, or too late
            (_, Happening::Release { cause, reason }) => self.release(now, cause, reason, ReleasedBy::Us, cx),
            (state, Happening::Timeout) => self.on_timeout(now, state, cx),
            (State::Ending { .. }, Happening::Lost { .. } | Happening::Broken) => self.finish(None, cx),
            (State::PeerEnding { cause, by, .. }, Happening::Lost { .. } | Happening::Broken) => {
                self.tell_released(cause, None, by, cx);
                self.finish(None, cx);
            }
            (_, Happening::Lost { cause }) => {
                self.tell_released(cause, None, ReleasedBy::Stream, cx);
                self.finish(None, cx);
            }
            (_, Happening::Broken) => {
                self.tell_released(fault::PROTOCOL_ERROR, None, ReleasedBy::Violation, cx);
                self.finish(None, cx);
            }
            (State::Ending { .. }, Happening::Unproven) => self.finish(None, cx),
            (_, Happening::Unproven) => {
                let reason = Some(SecurityFault::RELEASE);
                self.release(now, fault::UNSPECIFIED, reason, ReleasedBy::Violation, cx);
            }
            (_, Happening::Malformed { message_type, cause }) => self.on_malformed(now, message_type, cause, cx),
            (_, Happening::Heard(heard)) => self.on_heard(now, *heard, cx),
        }
        self.settle(now, cx);
    }

    fn on_heard(&mut self, now: Instant, mut heard: Heard, cx: &mut Context<'_>) {
        let timers = &cx.config.timers;
        match (self.state, heard.message_type) {
            (_, MessageType::ReleaseComplete) => self.on_release_complete(&heard, cx),
            (_, MessageType::StatusInquiry) => self.say_status(fault::RESPONSE_TO_STATUS_INQUIRY, cx),
            (_, MessageType::Status) => self.on_status(now, &heard, cx),
            // H.225.0 does not use them; a stack that does wants the call gone.
            (_, MessageType::Disconnect | MessageType::Release) => {
                self.tell_released(heard.cause.unwrap_or(fault::NORMAL), None, ReleasedBy::Peer, cx);
                self.finish(Some((fault::NORMAL, None)), cx);
            }
            (_, MessageType::Other(_)) => self.say_status(fault::MESSAGE_TYPE_UNKNOWN, cx),
            (
                State::Calling { .. },
                MessageType::CallProceeding | MessageType::Progress | MessageType::SetupAcknowledge,
            ) => {
                self.state = State::Proceeding { deadline: now + timers.t310 };
                cx.event(Event::Proceeding { call: self.id });
                self.take(now, &mut heard, cx);
            }
            (State::Calling { .. } | State::Proceeding { .. }, MessageType::Alerting) => {
                self.state = State::Ringing { deadline: now + timers.t301 };
                cx.event(Event::Alerting { call: self.id });
                self.take(now, &mut heard, cx);
            }
            (state, MessageType::Connect) if state.is_caller_waiting() => self.on_connect(now, heard, cx),
            (_, MessageType::Facility) => {
                self.take(now, &mut heard, cx);
                if matches!(heard.body, Body::Facility { start_h245: true }) {
                    self.on_start_h245(now, cx);
                }
            }
            // The rest of setup in a later state still may carry H.245.
            (
                _,
                MessageType::CallProceeding
                | MessageType::Progress
                | MessageType::Alerting
                | MessageType::Information
                | MessageType::Notify
                | MessageType::Connect
                | MessageType::SetupAcknowledge,
            ) => self.take(now, &mut heard, cx),
            // A repeated Setup, and what has no meaning in H.323.
            (_, MessageType::Setup | MessageType::ConnectAcknowledge | MessageType::UserInformation) => {}
        }
    }

    fn on_connect(&mut self, now: Instant, mut heard: Heard, cx: &mut Context<'_>) {
        if heard.tunnelling.is_none() {
            self.tunnel.theirs = Some(false);
        }
        self.state = State::Active;
        // Channels that fast connect opens by this message are told first: after Connected their absence means H.245.
        self.take_fast_start(&heard);
        self.drain(now, cx);
        cx.event(Event::Connected { call: self.id });
        self.take(now, &mut heard, cx);
        if matches!(self.fast, FastStart::Proposed) {
            self.fast = FastStart::None; // no answer by Connect is a refusal (H.323 8.1.7.1)
        }
        self.control.await_fast_start(now, false);
        // An endSession inside Connect has moved the state on.
        if self.state == State::Active {
            self.begin_h245(now, cx);
        }
    }

    /// What any message may carry: the tunnelling flag, the answer to fast start, an H.245 address, H.245 itself.
    fn take(&mut self, now: Instant, heard: &mut Heard, cx: &mut Context<'_>) {
        if let Some(theirs) = heard.tunnelling {
            self.tunnel.theirs = Some(theirs);
        }
        self.take_fast_start(heard);
        self.their_address = heard.h245_address.or(self.their_address);
        if self.tunnel.agreed() {
            for octets in std::mem::take(&mut heard.h245) {
                self.on_tunnelled(now, octets, cx);
            }
        } else if heard.h245_address.is_some() && matches!(self.fast, FastStart::None) {
            self.open_control(now, cx);
        }
    }

    fn take_fast_start(&mut self, heard: &Heard) {
        if !matches!(self.fast, FastStart::Proposed) {
            return;
        }
        if heard.fast_refused {
            self.fast = FastStart::None;
        }
        let Some(list) = heard.fast_start.as_deref().filter(|list| !list.is_empty()) else { return };
        let agreed = fast_start::accepted(list, self.control.capabilities());
        self.fast = if agreed.is_empty() { FastStart::None } else { FastStart::Taken };
        for (number, channel) in agreed {
            self.control.opened_by_fast_start(number, channel);
        }
    }

    fn on_malformed(&mut self, now: Instant, message_type: MessageType, cause: Option<u8>, cx: &mut Context<'_>) {
        match message_type {
            MessageType::ReleaseComplete => {
                self.tell_released(cause.unwrap_or(fault::INVALID_ELEMENT), None, ReleasedBy::Peer, cx);
                self.finish(None, cx);
            }
            // Without its content there is no call to go on with.
            MessageType::Connect if self.state.is_caller_waiting() => {
                self.release(now, fault::INVALID_ELEMENT, None, ReleasedBy::Violation, cx);
            }
            MessageType::Setup | MessageType::Status => {} // a repeated one; an answer to an answer would never end
            _ => self.say_status(fault::INVALID_ELEMENT, cx),
        }
    }

    fn on_status(&mut self, now: Instant, heard: &Heard, cx: &mut Context<'_>) {
        // The peer knows no such call (Q.931 5.8.11).
        if heard.call_state == Some(0) && self.up && !matches!(self.state, State::Ending { .. }) {
            self.release(now, fault::WRONG_STATE, None, ReleasedBy::Violation, cx);
        }
    }

    fn envelope(&mut self, cx: &mut Context<'_>) -> Envelope {
        let h245 = if self.carrier == Carrier::Tunnel { std::mem::take(&mut self.unsent) } else { Vec::new() };
        let stamp = cx.guards.stamp(self.remote.ip());
        Envelope { reference: self.reference, tunnelling: self.tunnel.said(), h245, stamp }
    }

    fn send(&self, message: Option<Vec<u8>>, cx: &mut Context<'_>) {
        if let Some(message) = message {
            cx.send(self.stream, &message);
        }
    }

    fn say_status(&mut self, cause: u8, cx: &mut Context<'_>) {
        let (tunnelling, stamp) = (self.tunnel.said(), cx.guards.stamp(self.remote.ip()));
        let envelope = Envelope { reference: self.reference, tunnelling, h245: Vec::new(), stamp };
        let message = envelope.status(self.identity.call_identifier, cause, self.state.q931());
        self.send(message, cx);
    }
}
