//! What an owner says about a conference, and what a server tells its owner.

use crate::bfcp::{ConferenceId, FloorId, FloorRequestId, Priority, RequestInformation, UserId};
use std::net::IpAddr;

/// A floor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Floor {
    /// Its number.
    pub id: FloorId,
    /// Who decides about it.
    pub policy: Policy,
    /// How many requests may hold it at one time; 1 for a presentation.
    pub holders_max: usize,
}

impl Floor {
    /// A floor that one holds at a time.
    pub const fn new(id: FloorId, policy: Policy) -> Self {
        Self { id, policy, holders_max: 1 }
    }
}

/// Who decides about requests for a floor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// Nobody has to: whoever is first in the queue gets it.
    Automatic,
    /// The owner, by [`super::Server::decide`].
    Owner,
    /// A user of the conference, by ChairAction. Its own requests need no decision.
    Chair(UserId),
}

/// A user who may take part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Its number.
    pub id: UserId,
    /// Its name, told to others.
    pub display_name: Option<String>,
    /// Its URI, told to others.
    pub uri: Option<String>,
    /// The only address it may speak from, as its session description has it; `None` where the transport proves who it is.
    pub from: Option<IpAddr>,
    /// The most urgent that its requests may be.
    pub priority_max: Priority,
}

impl User {
    /// A user of normal priority, without a name, from anywhere.
    pub const fn new(id: UserId) -> Self {
        Self { id, display_name: None, uri: None, from: None, priority_max: Priority::Normal }
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A user connected.
    Joined {
        /// The conference.
        conference: ConferenceId,
        /// The user.
        user: UserId,
    },
    /// A user's connection ended. Its requests are kept for [`super::RECONNECT_GRACE`] where it broke.
    Left {
        /// The conference.
        conference: ConferenceId,
        /// The user.
        user: UserId,
        /// How.
        how: Left,
    },
    /// A request is new or its status changed. With [`Policy::Owner`] and the status Pending the owner has to decide.
    Request {
        /// The conference.
        conference: ConferenceId,
        /// How it stands.
        information: Box<RequestInformation>,
    },
}

/// How a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// The user said Goodbye or finished its stream.
    Goodbye,
    /// The user did not acknowledge what it was told, or was silent, or its stream was reset.
    Broken,
    /// The owner dismissed it.
    Dismissed,
    /// What came in its stream is not BFCP (RFC 8855 6.1).
    Malformed,
}

/// What an owner decides about a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It may have the floors once they are free.
    Approve,
    /// It gets no floor; a request that is granted cannot be denied.
    Deny,
    /// The floors are taken away.
    Revoke,
}

/// A command that does not fit. Nothing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misuse {
    /// No such conference.
    #[error("there is no conference {0}")]
    NoConference(ConferenceId),
    /// No such user.
    #[error("there is no user {0}")]
    NoUser(UserId),
    /// The conference or user is there already.
    #[error("`{0}` is there already")]
    There(&'static str),
    /// A bound of [`crate::bfcp::limits`] is reached.
    #[error("`{0}` are full")]
    Full(&'static str),
    /// The decision does not fit the request.
    #[error("the decision does not fit request {0}")]
    Request(FloorRequestId),
}
