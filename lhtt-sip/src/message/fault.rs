//! What is wrong with a message, and the one place that says what to answer.

use std::borrow::Cow;

/// What kind of wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// The octets are not the language of RFC 3261 25.
    Malformed,
    /// A header that must be there is not (RFC 3261 8.1.1).
    Missing,
    /// A header that may appear once appears more often (RFC 3261 7.3.1).
    Repeated,
    /// The CSeq method is not the method of the request (RFC 3261 8.1.1.5).
    MethodMismatch,
    /// Content-Length says more octets than there are (RFC 3261 18.3).
    Truncated,
    /// Not `SIP/2.0` (RFC 3261 21.5.6).
    Version,
    /// The Request-URI has a scheme that SIP cannot route here (RFC 3261 8.2.2.1).
    Scheme,
    /// The message is larger than we hold (RFC 3261 21.5.7).
    TooLarge,
}

/// A fault in a message: what, where, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text} (octet {offset})")]
pub struct Fault {
    kind: FaultKind,
    offset: usize,
    text: Cow<'static, str>,
    response: bool,
}

impl Fault {
    /// A fault at an offset of what was being read.
    pub fn new(kind: FaultKind, offset: usize, text: impl Into<Cow<'static, str>>) -> Self {
        Self { kind, offset, text: text.into(), response: false }
    }

    pub(crate) fn malformed(offset: usize, text: impl Into<Cow<'static, str>>) -> Self {
        Self::new(FaultKind::Malformed, offset, text)
    }

    /// The same fault, `octets` further on.
    pub(crate) fn shifted(mut self, octets: usize) -> Self {
        self.offset += octets;
        self
    }

    /// The same fault, not further than the end of what was read: a value with replacement characters is longer than
    /// its octets.
    pub(crate) fn within(mut self, length: usize) -> Self {
        self.offset = self.offset.min(length);
        self
    }

    /// The same fault, found in a response: nothing answers a response.
    pub(crate) fn in_response(mut self) -> Self {
        self.response = true;
        self
    }

    /// The kind.
    pub const fn kind(&self) -> FaultKind {
        self.kind
    }

    /// Where, in octets from the start of the message; within the value for a header read on its own.
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// Why, for a log or a reason phrase.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What to answer on the wire: the one table from fault to status. `None` means silence: nothing answers a
    /// response (RFC 3261 8.1.3.3, 16.7 step 3).
    pub const fn status(&self) -> Option<u16> {
        if self.response {
            return None;
        }
        Some(match self.kind {
            FaultKind::Version => 505,
            FaultKind::Scheme => 416,
            FaultKind::TooLarge => 513,
            FaultKind::Malformed
            | FaultKind::Missing
            | FaultKind::Repeated
            | FaultKind::MethodMismatch
            | FaultKind::Truncated => 400,
        })
    }
}
