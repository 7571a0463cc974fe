//! Messages out of a byte stream (RFC 3261 18.3), with keep-alives (RFC 5626 4.4.1).
//!
//! A stream must say how long each body is; where it does not, or says more than we hold, what follows cannot be told
//! apart, so the framer refuses and stops: the owner answers if it can and closes.

use super::limits::MESSAGE_BYTES_MAX;
use super::parse::{Head, checked, head_end};
use super::refused::Refused;
use super::{Fault, FaultKind, Message, Name};
use bytes::{Buf, BytesMut};

/// What a stream brought.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "the message is the usual case, and it is moved once")]
pub enum Framed {
    /// A message, checked.
    Message(Message),
    /// A message that must be refused. Ask [`Framer::is_broken`] whether the stream can go on.
    Refused(Box<Refused>),
    /// A double CR LF: answer with a single one.
    Ping,
}

/// Cuts a stream into messages.
///
/// ```
/// use lhtt_sip::message::{Framed, Framer};
/// let mut framer = Framer::new();
/// framer.push(b"\r\n\r");
/// assert!(framer.next().is_none());
/// framer.push(b"\n");
/// assert!(matches!(framer.next(), Some(Framed::Ping)));
/// ```
#[derive(Debug, Default)]
pub struct Framer {
    buffer: BytesMut,
    /// How far the end of the head was looked for.
    searched: usize,
    /// A complete head and the length of its body.
    awaited: Option<(Head, usize)>,
    broken: bool,
}

impl Framer {
    /// A framer at the start of a stream.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes octets of the stream, in any portions.
    pub fn push(&mut self, octets: &[u8]) {
        if !self.broken {
            self.buffer.extend_from_slice(octets);
        }
    }

    /// Whether the stream can no longer be followed: close it.
    pub const fn is_broken(&self) -> bool {
        self.broken
    }

    /// Octets that wait for more.
    pub fn pending(&self) -> usize {
        self.buffer.len() + self.awaited.as_ref().map_or(0, |(head, _)| head.body_at())
    }

    /// The next thing that is complete. Call until `None` after each [`Framer::push`].
    #[expect(clippy::should_implement_trait, reason = "not the end of a stream: more may come after None")]
    pub fn next(&mut self) -> Option<Framed> {
        if self.broken {
            return None;
        }
        if self.awaited.is_none() {
            if self.blank() {
                return Some(Framed::Ping);
            }
            if let Some(refused) = self.head()? {
                return Some(Framed::Refused(refused));
            }
        }
        self.body()
    }

    /// Skips line ends before a message (RFC 3261 7.5); whether two of them make a ping.
    fn blank(&mut self) -> bool {
        if self.buffer.starts_with(b"\r\n\r\n") {
            self.buffer.advance(4);
            self.searched = 0;
            return true;
        }
        let waiting = b"\r\n\r".starts_with(&self.buffer[..]);
        if !waiting && self.buffer.starts_with(b"\r\n") {
            self.buffer.advance(2);
            self.searched = 0;
        }
        false
    }

    /// Takes a complete head. `None` if it is not complete.
    fn head(&mut self) -> Option<Option<Box<Refused>>> {
        let Some(end) = head_end(&self.buffer, self.searched) else {
            self.searched = self.buffer.len();
            return (self.buffer.len() > MESSAGE_BYTES_MAX).then(|| {
                let head = Head::read(self.buffer.split().freeze());
                Some(self.stop(head, Fault::new(FaultKind::TooLarge, 0, "the header fields are too large")))
            });
        };
        self.searched = 0;
        let head = Head::read(self.buffer.split_to(end).freeze());
        let fault = match head.headers.content_length() {
            Ok(Some(length)) if end + length > MESSAGE_BYTES_MAX => {
                Fault::new(FaultKind::TooLarge, 0, "the message is too large")
            }
            // A lone LF can end a head earlier than CR LF CR LF does: then nobody knows where the body begins.
            Ok(Some(_)) if head.body_at() != end => Fault::malformed(0, "the end of the header fields is ambiguous"),
            Ok(Some(length)) => {
                self.awaited = Some((head, length));
                return Some(None);
            }
            Ok(None) => Fault::new(FaultKind::Missing, 0, format!("there is no {} header", Name::ContentLength)),
            Err(fault) => fault,
        };
        Some(Some(self.stop(head, fault)))
    }

    fn body(&mut self) -> Option<Framed> {
        let (head, length) = self.awaited.take_if(|(_, length)| self.buffer.len() >= *length)?;
        let body = self.buffer.split_to(length).freeze();
        Some(match head.finish(body).and_then(checked) {
            Ok(message) => Framed::Message(message),
            Err(refused) => Framed::Refused(refused),
        })
    }

    /// Refuses and gives the stream up.
    fn stop(&mut self, head: Head, fault: Fault) -> Box<Refused> {
        self.broken = true;
        self.buffer = BytesMut::new();
        head.refuse(fault)
    }
}
