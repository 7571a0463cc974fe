//! The SIP endpoint: transactions, dialogs and INVITE sessions behind one sans-I/O machine.

pub mod words;

pub use words::{Config, EndedHow, Event, Invite, InviteId, OptionsId, Refusal, Source, Target};

use crate::error::Misuse;
use crate::message::Uri;
use bytes::Bytes;
use lhtt_core::io::{Input, ListenerId, Output, Transport};
use lhtt_core::rng::Rng;
use lhtt_core::time::Instant;
use std::collections::VecDeque;

/// One SIP endpoint.
#[derive(Debug)]
pub struct Endpoint {
    config: Config,
    rng: Rng,
    outputs: VecDeque<Output>,
    events: VecDeque<Event>,
}

impl Endpoint {
    /// An endpoint without listeners.
    pub fn new(config: Config, rng: Rng) -> Self {
        Self { config, rng, outputs: VecDeque::new(), events: VecDeque::new() }
    }

    /// Registers a listener: what it carries, and the `host:port` under which peers reach it.
    pub fn listener(&mut self, listener: ListenerId, transport: Transport, advertised: String) {
        let _ = (listener, transport, advertised, &self.config, &self.rng);
    }

    /// Something happened. Drain [`Endpoint::poll_output`], then [`Endpoint::poll_event`].
    pub fn handle_input(&mut self, now: Instant, input: Input) {
        let _ = (now, input);
    }

    /// The next thing to carry out.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// The next thing to know.
    pub fn poll_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    /// When [`Input::Timeout`] is wanted.
    pub fn poll_timeout(&self) -> Option<Instant> {
        None
    }

    /// Sends an INVITE.
    pub fn invite(&mut self, now: Instant, invite: Invite) -> Result<InviteId, Misuse> {
        let _ = (now, invite);
        Err(Misuse::Target)
    }

    /// Acknowledges a 2xx that carried the offer, with our answer.
    pub fn acknowledge(&mut self, now: Instant, id: InviteId, sdp: Bytes) -> Result<(), Misuse> {
        let _ = (now, sdp);
        Err(Misuse::Unknown(id))
    }

    /// Answers an INVITE provisionally, 101 to 199.
    pub fn provisional(&mut self, now: Instant, id: InviteId, status: u16, sdp: Option<Bytes>) -> Result<(), Misuse> {
        let _ = (now, status, sdp);
        Err(Misuse::Unknown(id))
    }

    /// Answers an INVITE, or what [`Event::Renegotiate`] asks, with 200.
    pub fn accept(&mut self, now: Instant, id: InviteId, sdp: Bytes) -> Result<(), Misuse> {
        let _ = (now, sdp);
        Err(Misuse::Unknown(id))
    }

    /// Refuses an INVITE, or what [`Event::Renegotiate`] asks.
    pub fn reject(&mut self, now: Instant, id: InviteId, refusal: Refusal) -> Result<(), Misuse> {
        let _ = (now, refusal);
        Err(Misuse::Unknown(id))
    }

    /// Ends a session from our side, by CANCEL, BYE or a refusal, as its state needs. `reason` is a Reason header value.
    pub fn hang_up(&mut self, now: Instant, id: InviteId, reason: Option<String>) -> Result<(), Misuse> {
        let _ = (now, reason);
        Err(Misuse::Unknown(id))
    }

    /// Asks a peer whether it is there. The answer is [`Event::OptionsAnswered`].
    pub fn options(&mut self, now: Instant, target: Target, uri: Uri) -> OptionsId {
        let _ = (now, target, uri);
        OptionsId(0)
    }

    /// Whether nothing is held: no session, transaction, timer, or stream of our own.
    pub fn is_quiescent(&self) -> bool {
        true
    }
}
