//! Transactions: RFC 3261 17 with RFC 6026.
//!
//! The four machines know time and kinds of events, never a message: [`client_invite`], [`client`], [`server_invite`],
//! [`server`]. What to send and what to tell is their answer ([`Step`]); [`table`] keeps the messages, finds a
//! transaction for what arrives, and [`timers`] says how long things wait.

pub(crate) mod client;
pub(crate) mod client_invite;
pub(crate) mod server;
pub(crate) mod server_invite;
pub(crate) mod table;
mod timers;

pub use timers::Timers;

/// What a machine asks of its holder: at most one message to send, and one thing to tell the transaction's user.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) emit: Emit,
    pub(crate) tell: Tell,
}

impl Step {
    fn emit(emit: Emit) -> Self {
        Self { emit, tell: Tell::Nothing }
    }

    fn tell(tell: Tell) -> Self {
        Self { emit: Emit::Nothing, tell }
    }
}

/// What to send.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Emit {
    #[default]
    Nothing,
    /// The request again.
    Request,
    /// The ACK of a failure, for the first time or again.
    Ack,
    /// The response just given, or the last one again.
    Response,
}

/// What to tell the user of the transaction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tell {
    #[default]
    Nothing,
    /// Client: a provisional response.
    Provisional,
    /// INVITE client: a 2xx, for the first time or again.
    Success,
    /// INVITE client: 300 to 699.
    Failure,
    /// Other client: the final response.
    Final,
    /// INVITE server: an ACK of a 2xx that has the INVITE's branch.
    Ack,
    /// The peer did not answer in time; the transaction is over.
    Timeout,
    /// Somebody lets the transaction wait too long; it goes on.
    Overdue,
    /// What carried it is gone; the transaction is over.
    TransportFailed,
}

#[cfg(test)]
mod tests;
