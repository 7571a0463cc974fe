//! Messages in a stream, one behind the other (RFC 8855 6.1).

use super::limits::MESSAGE_BYTES_MAX;
use super::{Fault, Header, Message};
use bytes::{Buf, Bytes, BytesMut};

/// Cuts a stream into messages.
///
/// A message that is only wrong in itself is a [`Fault`], and the stream goes on behind it; one that is longer than
/// [`MESSAGE_BYTES_MAX`] ends it, for skipping it would mean to wait for as much as the peer likes.
#[derive(Debug, Default)]
pub struct Framer {
    held: BytesMut,
    ended: bool,
}

impl Framer {
    /// A framer that holds nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes octets as they come.
    pub fn push(&mut self, octets: &[u8]) {
        if !self.ended {
            self.held.extend_from_slice(octets);
        }
    }

    /// Octets that wait for the rest of their message: below [`MESSAGE_BYTES_MAX`] once [`Framer::next`] gives none.
    pub fn pending(&self) -> usize {
        self.held.len()
    }

    /// Whether the stream cannot be followed any longer.
    pub const fn has_ended(&self) -> bool {
        self.ended
    }

    /// The next message.
    #[expect(clippy::should_implement_trait, reason = "more octets may come after `None`")]
    pub fn next(&mut self) -> Option<Result<Message, Fault>> {
        let header = Header::of_stream(&self.held).ok()?;
        let length = Header::BYTES + header.payload_bytes();
        if length > MESSAGE_BYTES_MAX {
            let came = self.held.len() - Header::BYTES;
            (self.ended, self.held) = (true, BytesMut::new());
            return Some(Err(Fault::Length { header, came }));
        }
        if self.held.len() < length {
            return None;
        }
        let octets: Bytes = self.held.copy_to_bytes(length);
        Some(Message::of_stream(&octets))
    }
}
