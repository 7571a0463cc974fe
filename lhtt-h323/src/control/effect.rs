//! What the H.245 machines want done, in order.

use super::pdu::{KeyInput, Pdu};
use crate::capability::{Capability, Codec};
use crate::endpoint::event::Direction;
use std::collections::VecDeque;
use std::net::SocketAddr;

/// One thing to do or to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Send this.
    Send(Pdu),
    /// The peer says what it can receive.
    Capabilities(Vec<Capability>),
    /// A channel is open.
    Opened(OpenedChannel),
    /// No channel is open this way any more, or the one asked for will not be.
    Closed(Direction),
    /// Keys.
    Keys(KeyInput),
    /// The peer ends the session.
    PeerEnds,
    /// A procedure came to nothing; the name of the timer or counter.
    Failed(&'static str),
}

/// A channel as the owner hears of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OpenedChannel {
    pub(crate) direction: Direction,
    pub(crate) codec: Codec,
    pub(crate) payload_type: u8,
    pub(crate) remote_rtp: Option<SocketAddr>,
    pub(crate) remote_rtcp: Option<SocketAddr>,
    pub(crate) event_payload_type: Option<u8>,
}

/// The queue of them.
#[derive(Debug, Default)]
pub(crate) struct Effects(VecDeque<Effect>);

impl Effects {
    pub(crate) fn push(&mut self, effect: Effect) {
        self.0.push_back(effect);
    }

    pub(crate) fn send(&mut self, pdu: Pdu) {
        self.push(Effect::Send(pdu));
    }

    pub(crate) fn fail(&mut self, what: &'static str) {
        self.push(Effect::Failed(what));
    }

    pub(crate) fn pop(&mut self) -> Option<Effect> {
        self.0.pop_front()
    }
}
