//! What one leg of a call tells the other: about ten words, neutral between SIP and H.323.
//!
//! A new variant must be sayable by both protocols or be needed by a rule. Leaves out: how either protocol says it.

use crate::media::{Caps, Flow};

/// One of the two sides of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The side that asked for the call.
    Caller,
    /// The side that is asked.
    Callee,
}

impl Side {
    /// Both sides, the caller first.
    pub const BOTH: [Self; 2] = [Self::Caller, Self::Callee];

    /// The other side.
    pub const fn other(self) -> Self {
        match self {
            Self::Caller => Self::Callee,
            Self::Callee => Self::Caller,
        }
    }
}

/// Who ended a call: every release that we start on our own names its initiator (RFC 4123 7.1b).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Initiator {
    /// The peer of this side.
    Peer(Side),
    /// A rule of the regulation.
    Regulation,
    /// A deadline of ours, by its name.
    Deadline(&'static str),
    /// A limit or a failure of ours, by its name.
    Border(&'static str),
    /// The operator, who stops the gateway.
    Operator,
}

/// Why a call ended, in the neutral vocabulary of Q.850, and what may be said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The Q.850 cause value.
    pub q850: u8,
    /// Who ended it.
    pub by: Initiator,
    /// The SIP status that came with it, where the peer spoke SIP: kept so that SIP to SIP loses nothing.
    pub sip_status: Option<u16>,
    /// The article that refuses, where the refused may hear it.
    pub article: Option<Article>,
}

/// A refusal by the regulation as it may be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// ASCII form of the citations, for a SIP Warning: `Dieu 3 khoan 7`.
    pub ascii: String,
    /// Key form in Vietnamese, for a Reason text.
    pub vietnamese: String,
}

impl Cause {
    /// A cause without further detail.
    pub const fn new(q850: u8, by: Initiator) -> Self {
        Self { q850, by, sip_status: None, article: None }
    }
}

/// What a leg says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signal {
    /// The callee's system is working on it.
    Proceeding,
    /// The callee is being alerted.
    Alerting,
    /// What this side can receive, as known now.
    Caps(Caps),
    /// The callee accepted.
    Connected,
    /// A one-way flow is open.
    Flow(Flow),
    /// The flow in this direction is closed.
    FlowClosed(crate::media::Direction),
    /// Keys pressed, carried in signalling.
    Keys(String),
    /// This side is gone.
    Released(Cause),
}
