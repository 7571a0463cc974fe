//! The journal: one line of JSON for each decision, chained by SHA-256. Audit record, restart log and replication stream.
//!
//! A line is `{"v":2,"seq":…,"prev":"…","at":"…","request":…,"decision":…,"hash":"…"}`. The hash covers every octet of the
//! line in front of `,"hash"`, and `prev` is the hash of the line before, so that an edited, deleted, inserted or moved
//! line shows. Lines cut off at the end show only against a [`Head`] noted elsewhere. Names and telephone numbers can stand
//! beside the chain and be erased ([`Personal`]); a [`snapshot`] spares a restart the whole replay. A decision says on which
//! facts it was made ([`FactsDigest`]), so that an audit finds it again. Lines of every form that was ever written still read.
//! Leaves out: where lines, records and snapshots are kept.
//!
//! ```
//! use lhtt_core::journal::{Clear, Entry, Head, Why, read_snapshot, replay, replay_with, resume, snapshot, verify, verify_to};
//! use lhtt_core::time::Wall;
//! use lhtt_core::{Moment, Registry, Request, decide};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let (mut registry, mut head, mut lines, mut records) = (Registry::default(), Head::default(), vec![], vec![]);
//!
//! // Append: decide, seal behind the head, apply. The line goes to disk first, the records beside it.
//! for (at, request) in [
//!     ("2023-06-06T08:00:00+07:00", r#"{ "configure": {
//!         "organizations": [{ "id": "so-y-te", "name": "Sở Y tế", "mailboxes": ["syt@lamdong.gov.vn"] }],
//!         "sites": [{ "id": "so-y-te", "name": "Sở Y tế", "organization": "so-y-te", "admitted": true },
//!                   { "id": "da-lat", "name": "Đà Lạt", "organization": "so-y-te", "admitted": true }] } }"#),
//!     ("2023-06-13T08:00:00+07:00", r#"{ "submit": {
//!         "sent_from": "syt@lamdong.gov.vn", "sent_to": "kythuat@lamdong.gov.vn", "agency": "so-y-te",
//!         "chair_site": "so-y-te", "members": [{ "site": "da-lat" }], "start": "2023-06-15T08:00:00+07:00",
//!         "content": "Giao ban", "contact": { "name": "Trần Thị Lan", "phone": "0263 3822 000" } } }"#),
//! ] {
//!     let (at, request): (_, Request) = (Moment::parse(at)?, serde_json::from_str(request)?);
//!     let at = Wall::trusted(at.unix_millis());
//!     let decision = decide(&registry, &request, at);
//!     // In earnest the secret is random and of one use.
//!     let entry = Entry::seal_apart(&head, at, &request, decision, &[lines.len() as u8; 32]);
//!     registry.apply_all(&entry.decision().changes)?;
//!     records.extend_from_slice(entry.personal());
//!     lines.push(entry.to_line().to_owned());
//!     head = entry.head();
//! }
//! assert!(!lines[1].contains("Trần Thị Lan"));
//!
//! // Verify: a line that was edited shows, and by a head noted elsewhere also what was cut off.
//! assert_eq!(verify(&lines)?, head);
//! let edited = [lines[0].replace("da-lat", "da-lac"), lines[1].clone()];
//! assert_eq!(verify(&edited).unwrap_err().seq, 1);
//! assert_eq!(verify_to(&lines[..1], &head).unwrap_err().why, Why::Truncated { expected: 2 });
//!
//! // Replay: the same registry, with the texts that stand beside the chain.
//! let clear = Clear::new(records.clone()).map_err(|digest| format!("the record {digest} was changed"))?;
//! assert_eq!(replay_with(&lines, &clear)?, (registry.clone(), head));
//!
//! // Snapshot: a restart goes on from it, if its head is in the chain.
//! let kept = snapshot(&registry, &head)?;
//! let from = read_snapshot(&kept, |seq| lines.get(usize::try_from(seq).ok()? - 1).cloned())?;
//! assert_eq!(resume(from, &lines[2..], &clear)?, (registry, head));
//!
//! // Erase: the record goes, the chain stays what it is.
//! records.retain(|record| record.text != "Trần Thị Lan");
//! let clear = Clear::new(records).map_err(|digest| format!("the record {digest} was changed"))?;
//! let (erased, after) = replay_with(&lines, &clear)?;
//! assert_eq!(after, head);
//! let contact = erased.registrations().next().and_then(|one| one.submission.contact.as_ref());
//! assert!(contact.is_some_and(|contact| contact.name.starts_with("[đã xóa ")));
//! assert_eq!(replay(&lines)?.1, head);
//! # Ok(())
//! # }
//! ```

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
