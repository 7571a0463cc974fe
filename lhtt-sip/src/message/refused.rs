//! A message that cannot be taken, with what is needed to say so on the wire.

use super::{Fault, Headers, Method, Name, Response, StatusCode, Text};

/// What the start line said, as far as it could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum StartLine {
    Request { method: Method, uri: Text },
    Response { code: Text },
    Unreadable,
}

/// A message that must not be worked on, and why.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{fault}")]
pub struct Refused {
    pub(super) fault: Fault,
    pub(super) start: StartLine,
    pub(super) headers: Headers,
    pub(super) body_length: usize,
}

impl Refused {
    /// What is wrong with it.
    pub const fn fault(&self) -> &Fault {
        &self.fault
    }

    /// The method, if it was a request and that much could be read.
    pub const fn method(&self) -> Option<&Method> {
        match &self.start {
            StartLine::Request { method, .. } => Some(method),
            _ => None,
        }
    }

    /// The header fields that could be read.
    pub const fn headers(&self) -> &Headers {
        &self.headers
    }

    /// What to answer: the fault's status, if this was a request that is not an ACK and has a Via to answer to.
    /// `None` means silence.
    pub fn status(&self) -> Option<StatusCode> {
        match self.method() {
            None | Some(Method::Ack) => None,
            Some(_) if !self.headers.has(Name::Via) => None,
            Some(_) => self.fault.status().and_then(StatusCode::new),
        }
    }

    /// The answer, without a To tag, with the fault as reason phrase of a 400. Headers that the request lacked are
    /// lacking here too. `None` means silence.
    pub fn response(&self) -> Option<Response> {
        let status = self.status()?;
        let mut response = Response::to_headers(&self.headers, status);
        if status == StatusCode::BAD_REQUEST {
            response.set_reason(self.fault.text());
        }
        Some(response)
    }
}
