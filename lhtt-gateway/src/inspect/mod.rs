//! What octets from a wire say, as one JSON object: the library behind `lhtt inspect`.
//!
//! An object with `error` stands only for what nobody could answer on the wire; a message that must be refused is
//! described, with the refusal. Leaves out: arguments, files and exit codes, which are the command line's.

mod hex;
mod per;
mod q931;
mod sdp;
mod sip;
mod tpkt;
mod tree;
mod tsv;

pub use hex::octets_of_hex;
pub use tsv::tsv;

use serde_json::{Value, json};
use std::fmt;
use std::str::FromStr;

/// What the octets are taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A SIP message in a datagram.
    Sip,
    /// A session description.
    Sdp,
    /// A stream of TPKT packets.
    Tpkt,
    /// A Q.931 message with its user-user element.
    Q931,
    /// A RasMessage.
    Ras,
    /// An H323-UserInformation.
    H225,
    /// A MultimediaSystemControlMessage.
    H245,
    /// An OpenLogicalChannel, as fast start carries it.
    Olc,
}

impl Kind {
    /// All kinds, in the order of the help text.
    pub const ALL: [Self; 8] =
        [Self::Sip, Self::Sdp, Self::Tpkt, Self::Q931, Self::Ras, Self::H225, Self::H245, Self::Olc];

    /// The kind's name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sip => "sip",
            Self::Sdp => "sdp",
            Self::Tpkt => "tpkt",
            Self::Q931 => "q931",
            Self::Ras => "ras",
            Self::H225 => "h225",
            Self::H245 => "h245",
            Self::Olc => "olc",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The name of no [`Kind`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("kind `{0}` is none of sip, sdp, tpkt, q931, ras, h225, h245, olc")]
pub struct UnknownKind(String);

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        Self::ALL.into_iter().find(|kind| kind.name() == text).ok_or_else(|| UnknownKind(text.to_owned()))
    }
}

/// Says what the octets say, and whether anything could be answered: false goes with an object that has `error` only.
/// With `reencode`, `reencoded` holds the octets (hex) that we write for the value that was read.
pub fn inspect(kind: Kind, octets: &[u8], reencode: bool) -> (Value, bool) {
    let said = match kind {
        Kind::Sip => sip::inspect(octets),
        Kind::Sdp => sdp::inspect(octets),
        Kind::Tpkt => tpkt::inspect(octets),
        Kind::Q931 => q931::inspect(octets, reencode),
        Kind::Ras | Kind::H225 | Kind::H245 | Kind::Olc => per::inspect(kind, octets, reencode),
    };
    match said {
        Ok(object) => (object, true),
        Err(fault) => (json!({ "error": fault.json() }), false),
    }
}

/// A fault as every kind shows it.
#[derive(Debug)]
struct Shown {
    /// By whose fault: `malformed`, `violation`, `unsupported`.
    fault: &'static str,
    offset: usize,
    text: String,
}

impl Shown {
    fn malformed(offset: usize, text: impl Into<String>) -> Self {
        Self { fault: "malformed", offset, text: text.into() }
    }

    fn json(&self) -> Value {
        json!({ "fault": self.fault, "offset": self.offset, "text": self.text })
    }
}
