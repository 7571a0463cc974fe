//! Requests (RFC 3261 7.1).

use super::{Headers, Method, Name, Text, Uri};
use bytes::Bytes;

/// A request.
#[derive(Clone, Debug)]
pub struct Request {
    method: Method,
    uri: Uri,
    /// The header fields.
    pub headers: Headers,
    body: Bytes,
    /// The request line as read, with its line end, as long as nothing in it was changed.
    pub(super) line: Option<Bytes>,
}

impl Request {
    /// A request of ours without headers and body. Content-Length is written by itself.
    pub fn new(method: Method, uri: Uri) -> Self {
        Self { method, uri, headers: Headers::new(), body: Bytes::new(), line: None }
    }

    pub(super) fn read(method: Method, uri: Uri, line: Bytes, headers: Headers, body: Bytes) -> Self {
        Self { method, uri, headers, body, line: Some(line) }
    }

    /// The method.
    pub const fn method(&self) -> &Method {
        &self.method
    }

    /// The Request-URI.
    pub const fn uri(&self) -> &Uri {
        &self.uri
    }

    /// Replaces the Request-URI.
    pub fn set_uri(&mut self, uri: Uri) {
        self.uri = uri;
        self.line = None;
    }

    /// The body.
    pub const fn body(&self) -> &Bytes {
        &self.body
    }

    /// Sets the body, its type and its length.
    pub fn set_body(&mut self, content_type: &str, body: impl Into<Bytes>) {
        self.body = body.into();
        set_body(&mut self.headers, content_type, self.body.len());
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

/// Says in the headers what the body is.
pub(super) fn set_body(headers: &mut Headers, content_type: &str, length: usize) {
    headers.set(Name::ContentType, content_type);
    headers.set(Name::ContentLength, length.to_string());
}
