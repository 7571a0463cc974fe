//! Why a registration is refused, and the one place that says which status answers it.

use super::limits::CONTACTS_PER_ADDRESS_MAX;
use crate::limits::RETRY_AFTER_SECONDS;
use crate::message::{Name, Request, Response, StatusCode};

/// A registration that changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A header cannot be read, or a rule about headers is broken.
    #[error("{0}")]
    Malformed(&'static str),
    /// The Request-URI or To names no domain or user of ours (RFC 3261 10.3 steps 1 and 5).
    #[error("no such address of record")]
    Unknown,
    /// The proven user may not register for this address (RFC 3261 10.3 step 4).
    #[error("the address of record is another's")]
    Foreign,
    /// Extensions that we do not know (RFC 3261 10.3 step 2).
    #[error("`{0}` is not supported")]
    Extensions(String),
    /// A shorter life than we take, with ours in seconds (RFC 3261 10.3 step 7).
    #[error("shorter than {0} s")]
    TooBrief(u32),
    /// A request of the same Call-ID whose CSeq is not higher (RFC 3261 10.3 steps 6 and 7).
    #[error("the CSeq is not higher")]
    OutOfOrder,
    /// More than [`CONTACTS_PER_ADDRESS_MAX`] bindings.
    #[error("more than {CONTACTS_PER_ADDRESS_MAX} contacts")]
    TooMany,
    /// All room is taken.
    #[error("no room")]
    Full,
    /// The credentials break a rule.
    #[error(transparent)]
    Digest(#[from] crate::auth::Refused),
    /// Outbound was asked for and the first hop does not do it (RFC 5626 6).
    #[error("the first hop does not support outbound")]
    FirstHop,
}

impl Refusal {
    /// The response that says so.
    pub fn response(&self, request: &Request) -> Response {
        let (status, header) = match self {
            Self::Malformed(_) | Self::Digest(_) => (400, None),
            Self::Unknown => (404, None),
            Self::Foreign | Self::TooMany => (403, None),
            Self::Extensions(tags) => (420, Some((Name::Unsupported, tags.clone()))),
            Self::TooBrief(seconds) => (423, Some((Name::MinExpires, seconds.to_string()))),
            Self::OutOfOrder => (500, None),
            Self::Full => (503, Some((Name::RetryAfter, RETRY_AFTER_SECONDS.to_string()))),
            Self::FirstHop => (439, None),
        };
        let status = StatusCode::new(status).unwrap_or(StatusCode::SERVER_INTERNAL_ERROR);
        let mut response = Response::to_request(request, status);
        match self {
            Self::FirstHop => response.set_reason("First Hop Lacks Outbound Support"),
            // Whoever configures the peer sees at once what it does.
            Self::Digest(why) => response.set_reason(&why.to_string()),
            _ => {}
        }
        match header {
            Some((name, value)) => response.with(name, value),
            None => response,
        }
    }
}
