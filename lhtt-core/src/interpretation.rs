//! Where the text leaves room, one reading is chosen, numbered, …, and every decision lists those it relied
//! on. `docs/regulation/` says what each one means.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// The number of a reading, as in "A-16".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InterpretationId(u16);

impl InterpretationId {
    /// The reading of this number.
    pub const fn a(number: u16) -> Self {
        Self(number)
    }

    /// Its number.
    pub const fn number(self) -> u16 {
        self.0
    }
}

/// Text that is no reading's number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no reading's number, as in `A-16`")]
pub struct NoInterpretation(String);

impl fmt::Display for InterpretationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "A-{:02}", self.0)
    }
}

impl FromStr for InterpretationId {
    type Err = NoInterpretation;
    fn from_str(text: &str) -> Result<Self, NoInterpretation> {
        let number = text.strip_prefix("A-").and_then(|digits| digits.parse().ok());
        number.map(Self).ok_or_else(|| NoInterpretation(text.to_owned()))
    }
}

impl Serialize for InterpretationId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for InterpretationId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::text::read(deserializer, "a reading's number, as in `A-16`")
    }
}
