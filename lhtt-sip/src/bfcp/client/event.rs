//! What a client tells its owner.

use crate::bfcp::{ErrorCode, FloorId, FloorRequestId, RequestInformation, UserInformation};

/// Names a command of ours in the events that answer it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub(super) u64);

/// What happened. `ticket` names the command that it answers; `None` where the server tells by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The server is there.
    Ready {
        /// Primitives it knows, by number.
        primitives: Vec<u8>,
        /// Attributes it knows, by type.
        attributes: Vec<u8>,
    },
    /// How a request stands.
    Request {
        /// The command, if this answers one.
        ticket: Option<Ticket>,
        /// What is told.
        information: Box<RequestInformation>,
    },
    /// A floor and the requests for it; no floor where none is wanted any longer.
    Floor {
        /// The command, if this answers one.
        ticket: Option<Ticket>,
        /// The floor.
        floor: Option<FloorId>,
        /// The requests, those of higher status first as the server has them.
        requests: Vec<RequestInformation>,
    },
    /// A user and its requests.
    User {
        /// The command.
        ticket: Ticket,
        /// The user, where it was asked for by number.
        user: Option<UserInformation>,
        /// Its requests.
        requests: Vec<RequestInformation>,
    },
    /// The server took a chair's decision.
    Decided {
        /// The command.
        ticket: Ticket,
    },
    /// The server refused a command, or answered it with something else.
    Refused {
        /// The command.
        ticket: Ticket,
        /// The request it was about, if it named one.
        request: Option<FloorRequestId>,
        /// Why; `None` where the answer was none that fits.
        code: Option<ErrorCode>,
        /// What the server says about it.
        info: Option<String>,
        /// For [`ErrorCode::UnknownMandatoryAttribute`], the types that it does not know.
        unknown: Vec<u8>,
    },
    /// The end. Always the last event.
    Gone(Gone),
}

/// How a client ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    /// We left.
    Left,
    /// The server dismissed us.
    Dismissed,
    /// The server refused our Hello.
    Refused(ErrorCode),
    /// The server did not answer in time.
    Broken,
    /// The stream ended or never came up.
    Closed,
    /// The server's octets in the stream are not BFCP (RFC 8855 6.1).
    Malformed,
}
