//! SIP messages: read without loss, changed where asked, written back (RFC 3261 7, 18.3, 19.1, 20, 25).
//!
//! [`parse`] reads a datagram, [`Framer`] a stream. Reading is liberal: only what makes a message unreadable fails
//! there; [`validate`] then says whether it is a message that RFC 3261 allows, and [`Fault::status`] what to answer.
//! [`accept`] does both. Headers are kept as they came and read on demand, so that what nobody touched is written back
//! octet for octet.
//!
//! ```
//! use lhtt_sip::message::{Response, StatusCode, accept};
//! let datagram = "OPTIONS sip:a@example.vn SIP/2.0\r\nVia: SIP/2.0/UDP [2001:db8::1];branch=z9hG4bK1\r\n\
//!     f: <sip:b@example.vn>;tag=1\r\nt: <sip:a@example.vn>\r\ni: 1\r\nCSeq: 1 OPTIONS\r\nl: 0\r\n\r\n";
//! let message = accept(datagram.into()).map_err(|refused| refused.fault().clone())?;
//! assert_eq!(message.to_bytes(), datagram);
//! let request = message.into_request().ok_or("not a request")?;
//! let response = Response::to_request(&request, StatusCode::OK).with_to_tag("2");
//! assert!(response.to_bytes().starts_with(b"SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP [2001:db8::1];branch=z9hG4bK1\r\n"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Leaves out: what a body means ([`crate::sdp`]), multipart bodies, and what a message means to a transaction.

mod describe;
mod fault;
mod frame;
mod header;
pub mod limits;
mod method;
mod params;
mod parse;
mod print;
mod refused;
mod request;
mod response;
pub(crate) mod scan;
mod status;
mod text;
mod uri;
mod uri_compare;
mod uri_grammar;
mod validate;

pub use describe::{Summary, describe};
pub use fault::{Fault, FaultKind};
pub use frame::{Framed, Framer};
pub use header::{
    CSeq, Contact, Header, Headers, MediaType, Name, NameAddr, RAck, Reason, ReferTo, Refresher, Replaces,
    SessionExpires, Via, Warning,
};
pub use method::Method;
pub use params::Params;
pub use parse::{accept, parse};
pub use refused::Refused;
pub use request::Request;
pub use response::Response;
pub use status::StatusCode;
pub use text::Text;
pub use uri::{Scheme, Uri};
pub use validate::{check_scheme, validate};

use bytes::Bytes;

/// A request or a response.
#[derive(Clone, Debug)]
pub enum Message {
    /// A request.
    Request(Request),
    /// A response.
    Response(Response),
}

impl Message {
    /// The header fields.
    pub const fn headers(&self) -> &Headers {
        match self {
            Self::Request(request) => &request.headers,
            Self::Response(response) => &response.headers,
        }
    }

    /// The header fields, to change.
    pub const fn headers_mut(&mut self) -> &mut Headers {
        match self {
            Self::Request(request) => &mut request.headers,
            Self::Response(response) => &mut response.headers,
        }
    }

    /// The body.
    pub const fn body(&self) -> &Bytes {
        match self {
            Self::Request(request) => request.body(),
            Self::Response(response) => response.body(),
        }
    }

    /// The request, if it is one.
    pub fn into_request(self) -> Option<Request> {
        match self {
            Self::Request(request) => Some(request),
            Self::Response(_) => None,
        }
    }

    /// The response, if it is one.
    pub fn into_response(self) -> Option<Response> {
        match self {
            Self::Response(response) => Some(response),
            Self::Request(_) => None,
        }
    }
}

impl From<Request> for Message {
    fn from(request: Request) -> Self {
        Self::Request(request)
    }
}

impl From<Response> for Message {
    fn from(response: Response) -> Self {
        Self::Response(response)
    }
}
