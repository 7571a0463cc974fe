//! Information elements of Q.931 4.5, raw and typed, with the two-octet length of user-user that H.225.0 7.2.2.31 has.

use crate::error::Malformed;
use bytes::Bytes;

/// Identifiers of variable-length elements in codeset 0 (Q.931 table 4-3).
pub mod id {
    /// Bearer capability.
    pub const BEARER_CAPABILITY: u8 = 0x04;
    /// Cause.
    pub const CAUSE: u8 = 0x08;
    /// Call state.
    pub const CALL_STATE: u8 = 0x14;
    /// Facility; empty in H.225.0 where it only says that the user-user element matters.
    pub const FACILITY: u8 = 0x1c;
    /// Progress indicator.
    pub const PROGRESS_INDICATOR: u8 = 0x1e;
    /// Notification indicator.
    pub const NOTIFICATION_INDICATOR: u8 = 0x27;
    /// Display.
    pub const DISPLAY: u8 = 0x28;
    /// Keypad facility.
    pub const KEYPAD_FACILITY: u8 = 0x2c;
    /// Signal.
    pub const SIGNAL: u8 = 0x34;
    /// Calling party number.
    pub const CALLING_PARTY_NUMBER: u8 = 0x6c;
    /// Called party number.
    pub const CALLED_PARTY_NUMBER: u8 = 0x70;
    /// User-user.
    pub const USER_USER: u8 = 0x7e;
}

/// One element. A single-octet element has its whole octet as `id` and no content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// The codeset it is in; 0 but for national and private ones.
    pub codeset: u8,
    /// Its identifier, or its only octet.
    pub id: u8,
    content: Bytes,
}

/// The type of a number (Q.931 table 4-9). The numbering plan is always E.164.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberType {
    /// Not known.
    Unknown,
    /// With its country code.
    International,
    /// Within the country.
    National,
}

/// A progress description (Q.931 table 4-20).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Progress {
    NotEndToEndIsdn,
    DestinationNotIsdn,
    OriginNotIsdn,
    InBandInformation,
    Other(u8),
}

/// A signal value (Q.931 table 4-24).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signal(pub u8);

/// H.225.0 7.2.2.31: the user information is ASN.1.
const USER_USER_ASN1: u8 = 5;
const SINGLE_OCTET: u8 = 0x80;
/// The longest content a one-octet length can say.
const CONTENT_MAX: usize = 255;

impl Element {
    /// An element of codeset 0 from its content; content past what its length can say is cut.
    pub fn new(id: u8, content: impl Into<Bytes>) -> Self {
        let mut content = content.into();
        content.truncate(if id == id::USER_USER { usize::from(u16::MAX) } else { CONTENT_MAX });
        Self { codeset: 0, id, content }
    }

    /// The bearer of an H.323 call: unrestricted digital, 64 kbit/s, layer 1 H.221 and H.242 (H.225.0 7.2.2.1).
    pub fn bearer_capability() -> Self {
        Self::new(id::BEARER_CAPABILITY, Bytes::from_static(&[0x88, 0x90, 0xa5]))
    }

    /// A cause from the user (Q.850 2.1), ITU-T coding.
    pub fn cause_of(value: u8) -> Self {
        Self::new(id::CAUSE, vec![0x80, 0x80 | value])
    }

    /// A call state, ITU-T coding.
    pub fn call_state_of(state: u8) -> Self {
        Self::new(id::CALL_STATE, vec![state & 0x3f])
    }

    /// A display text; cut at a character where it is too long.
    pub fn display_of(text: &str) -> Self {
        Self::new(id::DISPLAY, text.as_bytes()[..text.floor_char_boundary(CONTENT_MAX)].to_vec())
    }

    /// A called party number, E.164.
    pub fn called_number_of(digits: &str, number_type: NumberType) -> Self {
        let mut content = vec![0x80 | number_type.bits() | 1];
        content.extend(digits.bytes().filter(u8::is_ascii));
        Self::new(id::CALLED_PARTY_NUMBER, content)
    }

    /// A calling party number, E.164, presentation allowed, not screened.
    pub fn calling_number_of(digits: &str, number_type: NumberType) -> Self {
        let mut content = vec![number_type.bits() | 1, 0x80];
        content.extend(digits.bytes().filter(u8::is_ascii));
        Self::new(id::CALLING_PARTY_NUMBER, content)
    }

    /// A user-user element around the octets of an H323-UserInformation.
    pub fn user_user_of(octets: &[u8]) -> Self {
        let mut content = Vec::with_capacity(octets.len() + 1);
        content.push(USER_USER_ASN1);
        content.extend(octets);
        Self::new(id::USER_USER, content)
    }

    /// Its content; empty for a single-octet element.
    pub fn content(&self) -> &Bytes {
        &self.content
    }

    /// Whether it is one octet long in all.
    pub fn is_single(&self) -> bool {
        self.id & SINGLE_OCTET != 0
    }

    /// The cause value, whatever its location and coding.
    pub fn cause(&self) -> Option<u8> {
        let after = self.content.iter().position(|octet| octet & 0x80 != 0)?;
        self.content.get(after + 1).map(|octet| octet & 0x7f)
    }

    /// The call state value.
    pub fn call_state(&self) -> Option<u8> {
        self.content.first().map(|octet| octet & 0x3f)
    }

    /// The content as text, without the zero octets that some stacks end it with.
    pub fn text(&self) -> String {
        let text = String::from_utf8_lossy(&self.content);
        text.trim_end_matches('\0').to_owned()
    }

    /// The digits of a party number. None where it has no type octet.
    pub fn number(&self) -> Option<String> {
        let after = self.content.iter().position(|octet| octet & 0x80 != 0)?;
        Some(String::from_utf8_lossy(&self.content[after + 1..]).trim_end_matches('\0').to_owned())
    }

    /// The progress description.
    pub fn progress(&self) -> Option<Progress> {
        Some(match self.content.get(1)? & 0x7f {
            1 => Progress::NotEndToEndIsdn,
            2 => Progress::DestinationNotIsdn,
            3 => Progress::OriginNotIsdn,
            8 => Progress::InBandInformation,
            other => Progress::Other(other),
        })
    }

    /// The signal value.
    pub fn signal(&self) -> Option<Signal> {
        self.content.first().copied().map(Signal)
    }

    /// The octets after the protocol discriminator of a user-user element.
    pub fn user_user(&self) -> Result<Bytes, Malformed> {
        match self.content.first() {
            None => Err(Malformed::UserUser("it is empty")),
            Some(&USER_USER_ASN1) => Ok(self.content.slice(1..)),
            Some(_) => Err(Malformed::UserUser("protocol discriminator is not 5")),
        }
    }

    /// The codeset it shifts to, and whether for good.
    pub(super) fn shift(&self) -> Option<(u8, bool)> {
        (self.id & 0xf0 == 0x90).then_some((self.id & 7, self.id & 8 == 0))
    }

    /// Reads the element at `at` and says where the next begins.
    pub(super) fn parse(octets: &Bytes, at: usize, codeset: u8) -> Result<(Self, usize), Malformed> {
        let id = octets[at];
        if id & SINGLE_OCTET != 0 {
            return Ok((Self { codeset, id, content: Bytes::new() }, at + 1));
        }
        let wide = codeset == 0 && id == id::USER_USER;
        let (claimed, start) = match (wide, octets.get(at + 1), octets.get(at + 2)) {
            (true, Some(&high), Some(&low)) => (usize::from(u16::from_be_bytes([high, low])), at + 3),
            (false, Some(&length), _) => (usize::from(length), at + 2),
            _ => (0, octets.len() + 1),
        };
        let left = octets.len().saturating_sub(start);
        if start > octets.len() || claimed > left {
            return Err(Malformed::Overrun { id, claimed, left });
        }
        let content = octets.slice(start..start + claimed);
        Ok((Self { codeset, id, content }, start + claimed))
    }

    /// Octets it takes.
    pub(super) fn size(&self) -> usize {
        self.content.len() + 3
    }

    pub(super) fn print(&self, out: &mut Vec<u8>) {
        out.push(self.id);
        if self.is_single() {
            return;
        }
        // Both casts hold: `new` and `parse` bound the content by what the length octets can say.
        if self.codeset == 0 && self.id == id::USER_USER {
            out.extend((self.content.len() as u16).to_be_bytes());
        } else {
            out.push(self.content.len() as u8);
        }
        out.extend_from_slice(&self.content);
    }
}

impl NumberType {
    const fn bits(self) -> u8 {
        match self {
            Self::Unknown => 0,
            Self::International => 0x10,
            Self::National => 0x20,
        }
    }
}
