//! The H.323 endpoint: many calls, their streams and timers behind one sans-I/O face.
//!
//! H.323 8 (call signalling procedures), H.225.0 7 (messages), H.245. Leaves out: RAS, video and data channels, H.450,
//! H.235 and conference control.

pub(crate) mod command;
pub(crate) mod config;
pub(crate) mod event;

use crate::capability::{Capability, Codec, MediaPorts};
use crate::error::Misuse;
use command::{Answer, CallId, Place};
use config::{Config, Habits};
use event::{Event, ReleaseReason};
use lhtt_core::io::{Input, ListenerId, Output, Transport};
use lhtt_core::rng::Rng;
use lhtt_core::time::Instant;
use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;

/// An H.323 endpoint.
#[derive(Debug)]
pub struct Endpoint {
    _config: Config,
    _habits: Habits,
    _rng: Rng,
    listeners: BTreeMap<ListenerId, Transport>,
    outputs: VecDeque<Output>,
    events: VecDeque<Event>,
}

impl Endpoint {
    /// An endpoint without calls.
    pub fn new(config: Config, rng: Rng) -> Self {
        Self {
            _config: config,
            _habits: Habits::default(),
            _rng: rng,
            listeners: BTreeMap::new(),
            outputs: VecDeque::new(),
            events: VecDeque::new(),
        }
    }

    /// The same with other habits.
    pub fn with_habits(mut self, habits: Habits) -> Self {
        self._habits = habits;
        self
    }

    /// A call signalling listener it may accept on.
    pub fn listener(&mut self, listener: ListenerId, transport: Transport) {
        self.listeners.insert(listener, transport);
    }

    /// Takes what happened.
    pub fn handle_input(&mut self, _now: Instant, _input: Input) {}

    /// The next thing to do, in order.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// The next thing to know, in order.
    pub fn poll_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    /// When it wants [`Input::Timeout`].
    pub fn poll_timeout(&self) -> Option<Instant> {
        None
    }

    /// Places a call.
    pub fn place(&mut self, _now: Instant, _place: Place) -> Result<CallId, Misuse> {
        Err(Misuse::TooManyCalls)
    }

    /// Callee: says CallProceeding.
    pub fn proceed(&mut self, _now: Instant, _call: CallId) {}

    /// Callee: says Alerting.
    pub fn alert(&mut self, _now: Instant, _call: CallId) {}

    /// Callee: says Connect. Takes fast start proposals by the first capability that fits, else H.245 follows.
    pub fn answer(&mut self, _now: Instant, _call: CallId, _answer: Answer) {}

    /// Callee, before the answer: lets H.245 and fast start begin early.
    pub fn set_media(&mut self, _now: Instant, _call: CallId, _capabilities: Vec<Capability>, _media: MediaPorts) {}

    /// Callee: our reserved address for a separate H.245 channel. Give it at once in response to `Incoming`.
    pub fn h245_address(&mut self, _call: CallId, _address: SocketAddr) {}

    /// Opens our channel towards the peer (H.245 openLogicalChannel).
    pub fn open(&mut self, _now: Instant, _call: CallId, _codec: Codec, _media: MediaPorts) -> Result<(), Misuse> {
        Err(Misuse::UnknownCall)
    }

    /// Closes our channel towards the peer.
    pub fn close(&mut self, _now: Instant, _call: CallId) {}

    /// Says anew what we can receive; nothing asks the peer to stop sending (H.323 8.4.6).
    pub fn set_capabilities(&mut self, _now: Instant, _call: CallId, _capabilities: Vec<Capability>) {}

    /// Sends keys as H.245 user input.
    pub fn user_input(&mut self, _now: Instant, _call: CallId, _digits: &str) {}

    /// Ends a call with this Q.850 cause: endSession and ReleaseComplete as its state needs.
    pub fn release(&mut self, _now: Instant, _call: CallId, _cause: u8, _reason: Option<ReleaseReason>) {}

    /// Whether nothing is left: no call, stream or timer.
    pub fn is_quiescent(&self) -> bool {
        self.outputs.is_empty() && self.events.is_empty()
    }
}
