//! The gateway's own words for I/O, around those of `lhtt_core::io`: appends to the journal, the relay, commands.

pub use crate::clerk::BatchId;
use crate::relay::{RelayCommand, RelayEvent};
use crate::signal::Cause;
use lhtt_core::io;
use lhtt_core::journal::Entry;
use lhtt_core::request::Request;
use std::net::SocketAddr;
use std::sync::Arc;

/// One call, from the first octet to the last. Never used again within one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallId(pub u64);

/// One command from an operator, by whoever carries it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommandId(pub u64);

/// What happens to the gateway.
#[derive(Clone, Debug)]
pub enum Input {
    /// The network, or time.
    Net(io::Input),
    /// A batch is durable.
    Appended {
        /// Which.
        batch: BatchId,
    },
    /// A batch could not be written; nothing of it is there.
    AppendFailed {
        /// Which.
        batch: BatchId,
        /// Why, for the log.
        why: String,
    },
    /// The relay reports.
    Relay(RelayEvent),
    /// An operator asks.
    Command {
        /// The id that its reply will carry.
        id: CommandId,
        /// What is asked.
        command: Command,
    },
}

/// What an operator may ask.
#[derive(Clone, Debug)]
pub enum Command {
    /// A question to the regulation: a registration, a refusal of one.
    Ask(Box<Request>),
    /// Accept a registration and give its session an alias.
    Accept(AcceptOrder),
    /// How things stand.
    Status,
    /// Refuse new calls and release those that are there.
    Stop,
}

/// An order to accept a registration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcceptOrder {
    /// The registration.
    pub registration: lhtt_core::ids::RegistrationId,
    /// Who accepts.
    pub actor: lhtt_core::request::Actor,
    /// The alias wanted; one is allocated if none.
    pub alias: Option<String>,
    /// The room's number on the MCU; the alias if none.
    pub room: Option<String>,
}

/// The answer to a command.
#[derive(Clone, Debug)]
pub enum Reply {
    /// What the regulation says, durable: this entry holds the decision.
    Decided(Arc<Entry>),
    /// The store cannot be written.
    Unavailable,
    /// How things stand.
    Status(Box<Status>),
    /// The gateway is stopping.
    Stopping,
}

/// How things stand: what is in use, and what was counted since start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// Calls that have not ended.
    pub calls: usize,
    /// Calls that ended and whose wire still drains.
    pub draining: usize,
    /// RTP port pairs in use.
    pub rtp_ports: usize,
    /// H.245 ports in use.
    pub h245_ports: usize,
    /// Join slots taken.
    pub joins: usize,
    /// Call timers set.
    pub timers: usize,
    /// Streams open.
    pub streams: usize,
    /// Sequence number of the last durable journal entry.
    pub journal: u64,
    /// Whether the store could not be written at the last try.
    pub store_down: bool,
    /// Counters since start.
    pub counters: Counters,
}

/// What was counted since start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Calls that came in.
    pub calls: u64,
    /// Calls that the regulation refused.
    pub refused: u64,
    /// Calls refused by a limit, or while the store was down.
    pub overloaded: u64,
    /// Calls that were connected.
    pub connected: u64,
    /// Messages that were not the language.
    pub malformed: u64,
    /// Calls from sources that are no neighbour.
    pub strangers: u64,
    /// Datagrams from sources that are no neighbour, beyond the rate at which they are answered.
    pub dropped: u64,
}

/// What the gateway asks for, in order.
#[derive(Clone, Debug)]
pub enum Output {
    /// The network.
    Net(io::Output),
    /// Write these entries, all or none, after all earlier ones.
    Append {
        /// The id that the result will carry.
        batch: BatchId,
        /// The entries, in order.
        entries: Vec<Arc<Entry>>,
    },
    /// The relay.
    Relay(RelayCommand),
    /// The answer to a command.
    Reply {
        /// The command.
        id: CommandId,
        /// The answer.
        reply: Reply,
    },
    /// Something for the engineer's log. No personal data.
    Note(Note),
}

/// Something for the engineer's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// A call is over.
    CallEnded {
        /// The call.
        call: CallId,
        /// The neighbour that it came from; none for a stranger.
        from: Option<String>,
        /// Why.
        cause: Cause,
    },
    /// A message was not the language.
    Malformed {
        /// Who sent it.
        remote: SocketAddr,
        /// What is wrong with it.
        fault: String,
    },
    /// The store could not be written.
    StoreFailed {
        /// Why.
        why: String,
    },
    /// A call's wire did not drain in time; the leg was dropped. A fault of ours.
    NotDrained {
        /// The call.
        call: CallId,
    },
}
