//! [`Text`]: a string that shares the octets of the message it was read from.

use bytes::Bytes;
use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;

/// UTF-8 text over shared octets: cloning and slicing copy nothing. Dereferences to `str`.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(Bytes);

impl Text {
    /// Text that lives in the program.
    pub const fn from_static(text: &'static str) -> Self {
        Self(Bytes::from_static(text.as_bytes()))
    }

    /// Takes octets that are UTF-8; others are read with replacement characters into a copy.
    pub fn from_octets(octets: Bytes) -> Self {
        match std::str::from_utf8(&octets) {
            Ok(_) => Self(octets),
            Err(_) => Self::from(String::from_utf8_lossy(&octets).into_owned()),
        }
    }

    /// Octets that were checked before.
    pub(crate) const fn known(octets: Bytes) -> Self {
        Self(octets)
    }

    /// A range of the text, which is at character boundaries.
    pub(crate) fn range(&self, start: usize, end: usize) -> &str {
        std::str::from_utf8(&self.0[start..end]).expect("every constructor checks")
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("every constructor checks")
    }

    /// The octets.
    pub const fn as_bytes(&self) -> &Bytes {
        &self.0
    }

    /// `part`, which must be a part of this text, sharing its octets.
    pub(crate) fn part(&self, part: &str) -> Self {
        if part.is_empty() { Self::default() } else { Self(self.0.slice_ref(part.as_bytes())) }
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
        Self(Bytes::from(text.into_bytes()))
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(Bytes::copy_from_slice(text.as_bytes()))
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
        self.0 == other.as_bytes()
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.0 == other.as_bytes()
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
