//! Q.931 messages as H.225.0 7.2 uses them: header, call reference, information elements in order.
//!
//! All elements are kept, known or not, so that a message prints back to the same octets. Leaves out: segmentation, the
//! dummy call reference, and what a message must contain (`call` knows that).

mod element;
mod message_type;

pub use element::{Element, NumberType, Progress, Signal, id};
pub use message_type::MessageType;

use crate::error::Malformed;
use crate::limits;
use bytes::Bytes;

/// The protocol discriminator of Q.931 4.2.
const DISCRIMINATOR: u8 = 0x08;

/// Which call a message is about, on its stream (Q.931 4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallReference {
    /// The value its originator chose, 15 bits (7 where it has one octet).
    pub value: u16,
    /// The flag: set in messages towards the originator.
    pub to_originator: bool,
    /// One octet instead of the two that H.225.0 7.2.1 wants; kept so that an answer looks alike.
    pub short: bool,
}

impl CallReference {
    /// Of a call we originate.
    pub const fn ours(value: u16) -> Self {
        Self { value: value & 0x7fff, to_originator: false, short: false }
    }

    /// For messages the other way.
    pub const fn reply(self) -> Self {
        Self { to_originator: !self.to_originator, ..self }
    }

    /// Values 0 are for the whole stream (Q.931 4.3), not for a call.
    pub const fn is_global(self) -> bool {
        self.value == 0
    }
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its call.
    pub call_reference: CallReference,
    /// Its type.
    pub message_type: MessageType,
    /// Its elements, in order.
    pub elements: Vec<Element>,
}

impl Message {
    /// A message without elements.
    pub fn new(message_type: MessageType, call_reference: CallReference) -> Self {
        Self { call_reference, message_type, elements: Vec::with_capacity(6) }
    }

    /// The same with one more element.
    pub fn with(mut self, element: Element) -> Self {
        self.elements.push(element);
        self
    }

    /// Reads a message: the content of one TPKT packet.
    ///
    /// Fails where the header is not Q.931 or an element overruns. [`Header::parse`] still reads the former's header.
    pub fn parse(octets: &Bytes) -> Result<Self, Malformed> {
        let (header, mut at) = Header::parse(octets)?;
        let mut elements = Vec::with_capacity(8);
        let mut codeset = Codeset::default();
        while at < octets.len() {
            if elements.len() == limits::ELEMENTS_MAX {
                return Err(Malformed::TooManyElements(limits::ELEMENTS_MAX));
            }
            let (element, next) = Element::parse(octets, at, codeset.take())?;
            codeset.shift(&element);
            elements.push(element);
            at = next;
        }
        Ok(Self { call_reference: header.call_reference, message_type: header.message_type, elements })
    }

    /// The octets of the message.
    pub fn print(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(16 + self.elements.iter().map(Element::size).sum::<usize>());
        let flag = self.call_reference.to_originator;
        out.push(DISCRIMINATOR);
        if self.call_reference.short {
            out.extend([1, (self.call_reference.value & 0x7f) as u8 | if flag { 0x80 } else { 0 }]);
        } else {
            let value = (self.call_reference.value & 0x7fff) | if flag { 0x8000 } else { 0 };
            out.push(2);
            out.extend(value.to_be_bytes());
        }
        out.push(self.message_type.octet());
        for element in &self.elements {
            element.print(&mut out);
        }
        out
    }

    /// The first element of codeset 0 with this identifier.
    pub fn element(&self, id: u8) -> Option<&Element> {
        self.elements.iter().find(|e| e.codeset == 0 && e.id == id)
    }

    /// The cause value.
    pub fn cause(&self) -> Option<u8> {
        self.element(id::CAUSE)?.cause()
    }

    /// The display text.
    pub fn display(&self) -> Option<String> {
        Some(self.element(id::DISPLAY)?.text())
    }

    /// The called party's digits.
    pub fn called_number(&self) -> Option<String> {
        self.element(id::CALLED_PARTY_NUMBER)?.number()
    }

    /// The calling party's digits.
    pub fn calling_number(&self) -> Option<String> {
        self.element(id::CALLING_PARTY_NUMBER)?.number()
    }

    /// What the user-user element carries: the octets of an H323-UserInformation. None where there is no such element.
    pub fn user_user(&self) -> Option<Result<Bytes, Malformed>> {
        Some(self.element(id::USER_USER)?.user_user())
    }
}

/// What every answerable message has, whatever comes after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Its call.
    pub call_reference: CallReference,
    /// Its type.
    pub message_type: MessageType,
}

impl Header {
    /// Reads the header and says where the elements begin.
    pub fn parse(octets: &[u8]) -> Result<(Self, usize), Malformed> {
        let header = |why| Malformed::Header(why);
        match octets.first() {
            Some(&DISCRIMINATOR) => {}
            _ => return Err(header("protocol discriminator is not 8")),
        }
        let (call_reference, at) = match octets.get(1..).unwrap_or_default() {
            [1, value, ..] => {
                let to_originator = value & 0x80 != 0;
                (CallReference { value: u16::from(value & 0x7f), to_originator, short: true }, 3)
            }
            [2, high, low, ..] => {
                let value = u16::from_be_bytes([high & 0x7f, *low]);
                (CallReference { value, to_originator: high & 0x80 != 0, short: false }, 4)
            }
            _ => return Err(header("call reference is not of 1 or 2 octets")),
        };
        let message_type = MessageType::of(*octets.get(at).ok_or(header("no message type"))?);
        Ok((Self { call_reference, message_type }, at + 1))
    }
}

/// Which codeset the next element is in (Q.931 4.5.2 to 4.5.4).
#[derive(Default)]
struct Codeset {
    locked: u8,
    once: Option<u8>,
}

impl Codeset {
    fn take(&mut self) -> u8 {
        self.once.take().unwrap_or(self.locked)
    }

    fn shift(&mut self, element: &Element) {
        match element.shift() {
            Some((codeset, true)) => self.locked = codeset,
            Some((codeset, false)) => self.once = Some(codeset),
            None => {}
        }
    }
}
