//! Responses (RFC 3261 7.2, 8.2.6).

use super::{Headers, Name, Request, StatusCode, Text};
use bytes::Bytes;

/// A response.
#[derive(Clone, Debug)]
pub struct Response {
    status: StatusCode,
    reason: Text,
    /// The header fields.
    pub headers: Headers,
    body: Bytes,
    /// The status line as read, with its line end, as long as nothing in it was changed.
    pub(super) line: Option<Bytes>,
}

impl Response {
    /// A response of ours without headers and body, with the usual reason phrase. Content-Length is written by itself.
    pub fn new(status: StatusCode) -> Self {
        let reason = Text::from_static(status.reason());
        Self { status, reason, headers: Headers::new(), body: Bytes::new(), line: None }
    }

    /// A response to a request: Via, From, To, Call-ID and CSeq are copied as they came (RFC 3261 8.2.6.2), and
    /// Timestamp into a 100 (8.2.6.1). The To tag is the caller's: [`Response::with_to_tag`].
    pub fn to_request(request: &Request, status: StatusCode) -> Self {
        Self::to_headers(&request.headers, status)
    }

    pub(super) fn to_headers(request: &Headers, status: StatusCode) -> Self {
        let mut response = Self::new(status);
        let headers = &mut response.headers;
        headers.copy(Name::Via, request);
        for name in [Name::From, Name::To, Name::CallId, Name::CSeq] {
            if let Some(header) = request.first(name) {
                headers.copy_one(header);
            }
        }
        if status == StatusCode::TRYING {
            headers.copy(Name::Timestamp, request);
        }
        response
    }

    pub(super) fn read(status: StatusCode, reason: Text, line: Bytes, headers: Headers, body: Bytes) -> Self {
        Self { status, reason, headers, body, line: Some(line) }
    }

    /// The status code.
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// The reason phrase.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Replaces the reason phrase. Line ends become spaces.
    pub fn set_reason(&mut self, reason: &str) {
        self.reason = reason.replace(['\r', '\n'], " ").into();
        self.line = None;
    }

    /// Puts a tag into To where there is none yet (RFC 3261 8.2.6.2). A To that cannot be read stays as it is.
    #[must_use]
    pub fn with_to_tag(mut self, tag: &str) -> Self {
        let untagged = self.headers.to().is_ok_and(|to| to.tag().is_none());
        if let Some(value) = self.headers.get(Name::To).filter(|_| untagged) {
            let value = format!("{value};tag={tag}");
            self.headers.set(Name::To, value);
        }
        self
    }

    /// The body.
    pub const fn body(&self) -> &Bytes {
        &self.body
    }

    /// Sets the body, its type and its length.
    pub fn set_body(&mut self, content_type: &str, body: impl Into<Bytes>) {
        self.body = body.into();
        super::request::set_body(&mut self.headers, content_type, self.body.len());
    }

    /// The same with a body.
    #[must_use]
    pub fn with_body(mut self, content_type: &str, body: impl Into<Bytes>) -> Self {
        self.set_body(content_type, body);
        self
    }

    /// The same with a header added at the end.
    #[must_use]
    pub fn with(mut self, name: impl Into<Name>, value: impl Into<Text>) -> Self {
        self.headers.push(name, value);
        self
    }
}
