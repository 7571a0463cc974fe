//! [`Text`]: a string that shares the octets of the message it was read from.

use bytes::Bytes;
use bytestring::ByteString;
use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;

/// UTF-8 text over shared octets: cloning and slicing copy nothing. Dereferences to `str`.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(ByteString);

impl Text {
    /// Text that lives in the program.
    pub const fn from_static(text: &'static str) -> Self {
        Self(ByteString::from_static(text))
    }

    /// Takes octets that are UTF-8; others are read with replacement characters into a copy.
    pub fn from_octets(octets: Bytes) -> Self {
        match ByteString::try_from(octets.clone()) {
            Ok(text) => Self(text),
            Err(_) => Self::from(String::from_utf8_lossy(&octets).into_owned()),
        }
    }

    /// The octets up to the first that is not UTF-8.
    pub(crate) fn prefix(octets: &Bytes) -> Self {
        match ByteString::try_from(octets.clone()) {
            Ok(text) => Self(text),
            Err(_) => {
                let valid = octets.utf8_chunks().next().map_or(0, |chunk| chunk.valid().len());
                Self::from_octets(octets.slice(..valid))
            }
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The octets.
    pub fn as_bytes(&self) -> &Bytes {
        self.0.as_bytes()
    }

    /// `part`, which must be a part of this text, sharing its octets.
    pub(crate) fn part(&self, part: &str) -> Self {
        if part.is_empty() { Self::default() } else { Self(self.0.slice_ref(part)) }
    }
}

impl Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        self
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<&Text> for Text {
    fn from(text: &Text) -> Self {
        text.clone()
    }
}

impl From<&String> for Text {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}
