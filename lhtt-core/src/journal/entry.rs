//! One entry: sealing it behind a head, and reading it back.

use super::personal::{Clear, Personal, set_apart};
use super::{FactsDigest, Hash, Head, SCHEMA, SCHEMA_PLAIN};
use crate::civil;
use crate::decide::decide;
use crate::decision::Decision;
use crate::registry::Registry;
use crate::request::Request;
use crate::time::Wall;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// An entry with its place in the chain. It keeps the line it was sealed into or read from, octet for octet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    line: String,
    seq: u64,
    prev: Hash,
    hash: Hash,
    at: Wall,
    request: Request,
    decision: Decision,
    personal: Vec<Personal>,
}

/// Why a line is no entry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BadLine {
    /// The hash at its end is missing, or is not that of the line.
    #[error("the line does not match its hash")]
    Hash,
    /// It was written in a form that this version does not know.
    #[error("the line is of schema `{0}`, known are `{SCHEMA_PLAIN}` to `{SCHEMA}`")]
    Schema(u64),
    /// The hash is right, but it is no entry.
    #[error("the line is no entry: {0}")]
    Form(String),
}

impl Entry {
    /// Seals a decision behind `head`, at once after it was decided: the entry's place is what the decision saw. Names and
    /// telephone numbers stand in the line for good; see [`Self::seal_apart`].
    pub fn seal(head: &Head, at: Wall, request: &Request, decision: Decision) -> Self {
        Self::sealed(SCHEMA_PLAIN, head, at, request, decision, |json| (json, Vec::new()))
    }

    /// As [`Self::seal`], with names and telephone numbers as salted digests in the line; keep [`Self::personal`] beside it.
    /// `secret` is random and never used again: the salts are made of it.
    pub fn seal_apart(head: &Head, at: Wall, request: &Request, decision: Decision, secret: &[u8; 32]) -> Self {
        Self::sealed(SCHEMA, head, at, request, decision, |json| set_apart(&json, secret))
    }

    fn sealed(
        v: u32,
        head: &Head,
        at: Wall,
        request: &Request,
        mut decision: Decision,
        apart: impl FnOnce(String) -> (String, Vec<Personal>),
    ) -> Self {
        let seq = head.seq + 1;
        let prev = head.hash;
        let request = request.kept_with(&decision).into_owned();
        decision.facts_digest = None;
        let sealed = Sealed { v, seq, prev, at, request: &request, decision: &decision };
        let json = serde_json::to_string(&sealed).expect("texts, numbers and lists with text keys always serialise");
        let (mut line, personal) = apart(json);
        let facts = FactsDigest::of_line(*head, &line);
        decision.facts_digest = Some(facts);
        // Its digest is of the line, so it is put in afterwards: at the end of the decision, which is the end of the line.
        line.truncate(line.len() - "}}".len());
        line.push_str(FACTS_FIELD);
        line.push_str(&serde_json::to_string(&facts).expect("numbers and hashes always serialise"));
        line.push('}');
        let hash = hash_of(&line);
        line.push_str(HASH_FIELD);
        line.push_str(&hash.hex());
        line.push_str("\"}");
        Self { line, seq, prev, hash, at, request, decision, personal }
    }

    /// The line, without an end of line.
    pub fn to_line(&self) -> &str {
        &self.line
    }

    /// Reads a line, and checks its hash and schema; not its place in a chain, see [`super::verify`]. Where personal data
    /// stand beside the line, their digests are read.
    ///
    /// # Errors
    /// If the line is not one that was sealed.
    pub fn from_line(line: &str) -> Result<Self, BadLine> {
        Self::read(line, None)
    }

    /// As [`Self::from_line`], with the texts that stand beside it; those that were erased show as such.
    ///
    /// # Errors
    /// If the line is not one that was sealed.
    pub fn from_line_with(line: &str, clear: &Clear) -> Result<Self, BadLine> {
        Self::read(line, Some(clear))
    }

    pub(super) fn read(line: &str, clear: Option<&Clear>) -> Result<Self, BadLine> {
        let (body, hash) = split(line).ok_or(BadLine::Hash)?;
        if hash_of(body) != hash {
            return Err(BadLine::Hash);
        }
        let form = |error: serde_json::Error| BadLine::Form(error.to_string());
        let schema: Schema = serde_json::from_str(line).map_err(form)?;
        if !(u64::from(SCHEMA_PLAIN)..=u64::from(SCHEMA)).contains(&schema.v) {
            return Err(BadLine::Schema(schema.v));
        }
        let restored = clear.filter(|_| schema.v > u64::from(SCHEMA_PLAIN)).map(|clear| clear.restore(line));
        let read: Read = serde_json::from_str(restored.as_deref().unwrap_or(line)).map_err(form)?;
        let Read { seq, prev, at, request, decision } = read;
        Ok(Self { line: line.to_owned(), seq, prev, hash, at, request, decision, personal: Vec::new() })
    }

    /// Decides again what was asked, on the registry as it was before: an audit finds the same decision, byte for byte. That it
    /// was made here and of this request is found out anew, not taken from the entry; entries that do not say so stay silent.
    pub fn decided_again(&self, registry: &Registry) -> Decision {
        let mut again = decide(registry, &self.request, self.at);
        let before = Head { seq: self.seq.saturating_sub(1), hash: self.prev };
        again.facts_digest = self.decision.facts_digest.map(|_| FactsDigest::of_line(before, &self.line));
        again
    }

    /// The records that stand beside the line: of an entry just sealed, not of one read back.
    pub fn personal(&self) -> &[Personal] {
        &self.personal
    }

    /// Its number.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// The hash of the entry before it.
    pub fn prev(&self) -> Hash {
        self.prev
    }

    /// The head of a journal that ends with it.
    pub fn head(&self) -> Head {
        Head { seq: self.seq, hash: self.hash }
    }

    /// When it was decided.
    pub fn at(&self) -> Wall {
        self.at
    }

    /// What was asked.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// What was answered.
    pub fn decision(&self) -> &Decision {
        &self.decision
    }
}

#[derive(Serialize)]
struct Sealed<'a> {
    v: u32,
    seq: u64,
    prev: Hash,
    #[serde(with = "civil::wall")]
    at: Wall,
    request: &'a Request,
    decision: &'a Decision,
}

#[derive(Deserialize)]
struct Schema {
    v: u64,
}

#[derive(Deserialize)]
struct Read {
    seq: u64,
    prev: Hash,
    #[serde(with = "civil::wall")]
    at: Wall,
    request: Request,
    decision: Decision,
}

/// The hashed part of a line and the hash at its end.
pub(super) fn split(line: &str) -> Option<(&str, Hash)> {
    let (front, hex) = line.strip_suffix("\"}")?.split_at_checked(line.len().checked_sub(64 + 2)?)?;
    Some((front.strip_suffix(HASH_FIELD)?, Hash::from_hex(hex)?))
}

pub(super) fn hash_of(body: &str) -> Hash {
    Hash(Sha256::digest(body.as_bytes()).into())
}

const FACTS_FIELD: &str = ",\"facts_digest\":";
pub(super) const HASH_FIELD: &str = ",\"hash\":\"";
