//! The journal: one line of JSON for each decision, chained by SHA-256. Audit record, restart log and replication stream.
//!
//! A line is `{"v":2,"seq":…,"prev":"…","at":"…","request":…,"decision":…,"hash":"…"}`. The hash covers every octet of the
//! line in front of `,"hash"`, and `prev` is the hash of the line before, so that an edited, deleted, inserted or moved
//! line shows. Lines cut off at the end show only against a [`Head`] noted elsewhere. Names and telephone numbers can stand
//! beside the chain and be erased ([`Personal`]); a [`snapshot`] spares a restart the whole replay. A decision says on which
//! facts it was made ([`FactsDigest`]), so that an audit finds it again. Lines of every form that was ever written still read.
//! Leaves out: where lines, records and snapshots are kept.

mod entry;
mod facts_digest;
mod personal;
mod snapshot;
mod verify;

pub use entry::{BadLine, Entry};
pub use facts_digest::FactsDigest;
pub use personal::{Clear, Personal};
pub use snapshot::{BadSnapshot, SNAPSHOT_SCHEMA, read_snapshot, resume, snapshot};
pub use verify::{Broken, Why, replay, replay_with, verify, verify_from, verify_to};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// The newest form of lines: personal data stand beside the chain, in the line their digests ([`Entry::seal_apart`]).
pub const SCHEMA: u32 = 2;

/// The first form: everything stands in the line ([`Entry::seal`]).
pub const SCHEMA_PLAIN: u32 = 1;

/// A SHA-256 hash; 64 hexadecimal digits in text.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(transparent))]
pub struct Hash(#[cfg_attr(feature = "schema", schemars(with = "String"))] pub [u8; 32]);

/// How far a journal goes: the number of its last entry and that entry's hash. `Default` is the empty journal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Head {
    /// The number of the last entry; entries are numbered from 1 without gaps.
    pub seq: u64,
    /// Its hash.
    pub hash: Hash,
}

impl Hash {
    /// 64 hexadecimal digits, lower case.
    pub fn hex(&self) -> String {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let nibbles = self.0.iter().flat_map(|octet| [octet >> 4, octet & 15]);
        nibbles.map(|nibble| char::from(DIGITS[usize::from(nibble)])).collect()
    }

    /// Reads 64 lower-case hexadecimal digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        let mut hash = [0; 32];
        if digits.len() != 64 {
            return None;
        }
        for (octet, pair) in hash.iter_mut().zip(digits.chunks_exact(2)) {
            *octet = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Some(Self(hash))
    }
}

fn digit(character: u8) -> Option<u8> {
    match character {
        b'0'..=b'9' => Some(character - b'0'),
        b'a'..=b'f' => Some(character - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hex())
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hex())
    }
}

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.hex())
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_hex(&text).ok_or_else(|| serde::de::Error::custom("a hash is 64 lower-case hexadecimal digits"))
    }
}
