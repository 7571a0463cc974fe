//! What an owner can ask a client to do.

use super::event::Ticket;
use super::{Ask, Client, State, Step};
use crate::bfcp::limits::{FLOORS_MAX, FLOORS_PER_REQUEST_MAX, REQUESTS_WAITING_MAX, TEXT_BYTES_MAX};
use crate::bfcp::{
    Attribute, FloorId, FloorRequestId, Group, Message, Primitive, Priority, RequestInformation, RequestStatus,
    Standing, UserId,
};
use lhtt_core::time::Instant;

/// A request for floors, all or none of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FloorRequest {
    /// The floors, at least one.
    pub floors: Vec<FloorId>,
    /// Who is to get them, if not we.
    pub beneficiary: Option<UserId>,
    /// Why, for people.
    pub info: Option<String>,
    /// How urgent it is.
    pub priority: Priority,
}

impl FloorRequest {
    /// A request for ourselves, without words, of normal priority.
    pub const fn of(floors: Vec<FloorId>) -> Self {
        Self { floors, beneficiary: None, info: None, priority: Priority::Normal }
    }
}

/// What a chair decides about a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChairDecision {
    /// The request.
    pub request: FloorRequestId,
    /// The new status at each floor that the chair speaks for: Accepted, Granted, Denied or Revoked.
    pub floors: Vec<(FloorId, RequestStatus)>,
    /// Where in the queue an accepted request goes; 0 leaves that to the server.
    pub queue_position: u8,
    /// Why, for people.
    pub info: Option<String>,
}

/// A command that does not fit. Nothing was sent and nothing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misuse {
    /// The client is leaving or gone.
    #[error("the client is leaving or gone")]
    Gone,
    /// [`crate::bfcp::limits::REQUESTS_WAITING_MAX`] commands wait.
    #[error("too many commands wait for the server")]
    Full,
    /// No floor, more than one message takes, or a text that does not fit its attribute.
    #[error("`{0}` cannot be written")]
    Unwritable(&'static str),
}

impl Client {
    /// Asks for floors. Answered by [`super::Event::Request`] or [`super::Event::Refused`].
    ///
    /// # Errors
    /// [`Misuse`].
    pub fn request_floors(&mut self, now: Instant, request: FloorRequest) -> Result<Ticket, Misuse> {
        let FloorRequest { floors, beneficiary, info, priority } = request;
        if floors.is_empty() || floors.len() > FLOORS_PER_REQUEST_MAX {
            return Err(Misuse::Unwritable("floors"));
        }
        let mut message = self.message(Primitive::FloorRequest);
        message.attributes.extend(floors.into_iter().map(Attribute::FloorId));
        message.attributes.extend(beneficiary.map(Attribute::BeneficiaryId));
        message.attributes.extend(words(info)?.map(|info| Attribute::ParticipantProvidedInfo(info.into())));
        message.attributes.extend((priority != Priority::Normal).then_some(Attribute::Priority(priority)));
        self.command(now, message)
    }

    /// Gives floors back, or takes a request back.
    ///
    /// # Errors
    /// [`Misuse`].
    pub fn release(&mut self, now: Instant, request: FloorRequestId) -> Result<Ticket, Misuse> {
        self.command(now, self.message(Primitive::FloorRelease).with(Attribute::FloorRequestId(request)))
    }

    /// Asks how a request stands.
    ///
    /// # Errors
    /// [`Misuse`].
    pub fn query_request(&mut self, now: Instant, request: FloorRequestId) -> Result<Ticket, Misuse> {
        self.command(now, self.message(Primitive::FloorRequestQuery).with(Attribute::FloorRequestId(request)))
    }

    /// Asks about a user, or about ourselves.
    ///
    /// # Errors
    /// [`Misuse`].
    pub fn query_user(&mut self, now: Instant, user: Option<UserId>) -> Result<Ticket, Misuse> {
        let mut message = self.message(Primitive::UserQuery);
        message.attributes.extend(user.map(Attribute::BeneficiaryId));
        self.command(now, message)
    }

    /// Wants to be told about these floors and no others from now on.
    ///
    /// # Errors
    /// [`Misuse`].
    pub fn query_floors(&mut self, now: Instant, floors: Vec<FloorId>) -> Result<Ticket, Misuse> {
        if floors.len() > FLOORS_MAX {
            return Err(Misuse::Unwritable("floors"));
        }
        let mut message = self.message(Primitive::FloorQuery);
        message.attributes.extend(floors.into_iter().map(Attribute::FloorId));
        self.command(now, message)
    }

    /// Decides as a chair. Answered by [`super::Event::Decided`] or [`super::Event::Refused`].
    ///
    /// # Errors
    /// [`Misuse`].
    pub fn decide(&mut self, now: Instant, decision: ChairDecision) -> Result<Ticket, Misuse> {
        let ChairDecision { request, floors, queue_position, info } = decision;
        if floors.is_empty() || floors.len() > FLOORS_PER_REQUEST_MAX {
            return Err(Misuse::Unwritable("floors"));
        }
        words(info.clone())?;
        let at = |status| Standing { status: Some(status), queue_position, info: None };
        let told = RequestInformation {
            request,
            overall: Standing { info, ..Standing::default() },
            floors: floors.into_iter().map(|(floor, status)| (floor, at(status))).collect(),
            beneficiary: None,
            requested_by: None,
            priority: None,
            provided_info: None,
        };
        self.command(now, self.message(Primitive::ChairAction).with(told.attribute()))
    }

    /// Asks with attributes of the owner's own, extensions for instance. Which event answers depends on the primitive.
    ///
    /// # Errors
    /// [`Misuse`].
    pub fn ask(&mut self, now: Instant, primitive: Primitive, attributes: Vec<Attribute>) -> Result<Ticket, Misuse> {
        let message = Message { attributes, ..self.message(primitive) };
        self.command(now, message)
    }

    /// Leaves: Goodbye over datagrams, the end of the stream otherwise (RFC 8855 6.1, 6.2). What still waits is not sent.
    pub fn leave(&mut self, now: Instant) {
        self.step(now, Step::Leave);
    }

    fn command(&mut self, now: Instant, message: Message) -> Result<Ticket, Misuse> {
        if matches!(self.state, State::Leaving | State::Gone) {
            return Err(Misuse::Gone);
        }
        if self.requests.waiting() + self.early.len() >= REQUESTS_WAITING_MAX {
            return Err(Misuse::Full);
        }
        message.to_bytes().map_err(|_| Misuse::Unwritable("attribute"))?;
        self.tickets += 1;
        let ticket = Ticket(self.tickets);
        match self.state {
            State::Ready => self.requests.put(Ask::Command(ticket), message),
            _ => self.early.push_back((Ask::Command(ticket), message)),
        }
        self.flush(now);
        Ok(ticket)
    }
}

/// A text that fits its attribute.
fn words(text: Option<String>) -> Result<Option<String>, Misuse> {
    match text {
        Some(text) if text.len() > TEXT_BYTES_MAX => Err(Misuse::Unwritable("info")),
        text => Ok(text),
    }
}

/// The request that a message of ours names.
pub(super) fn named_request(message: &Message) -> Option<FloorRequestId> {
    message.attributes.iter().find_map(|attribute| match attribute {
        Attribute::FloorRequestId(id) => Some(*id),
        Attribute::FloorRequestInformation(Group { id, .. }) => Some(FloorRequestId(*id)),
        _ => None,
    })
}
