//! Contact (RFC 3261 20.10).

use super::NameAddr;
use crate::message::{Fault, Text, scan};
use std::fmt;

/// One element of a Contact header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contact {
    /// `*`: all bindings, in a REGISTER that removes them.
    Any,
    /// An address, with `q` and `expires` among its parameters.
    Address(NameAddr),
}

impl Contact {
    pub(crate) fn read_part(text: &Text, part: &str) -> Result<Self, Fault> {
        if scan::trim(part) == "*" { Ok(Self::Any) } else { NameAddr::read_part(text, part).map(Self::Address) }
    }

    /// The address, unless it is `*`.
    pub const fn address(&self) -> Option<&NameAddr> {
        match self {
            Self::Any => None,
            Self::Address(address) => Some(address),
        }
    }

    /// The `expires` parameter in seconds; a number too large to hold counts as the largest, anything else as absent
    /// (RFC 3261 10.2.1.1).
    pub fn expires(&self) -> Option<u32> {
        super::typed::seconds(self.address()?.params.get("expires")?)
    }
}

impl fmt::Display for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("*"),
            Self::Address(address) => address.fmt(f),
        }
    }
}
