//! One entry: sealing it behind a head, and reading it back.

use super::{Hash, Head, SCHEMA};
use crate::civil;
use crate::decision::Decision;
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
}

/// Why a line is no entry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BadLine {
    /// The hash at its end is missing, or is not that of the line.
    #[error("the line does not match its hash")]
    Hash,
    /// It was written in a form that this version does not know.
    #[error("the line is of schema `{0}`, known is `{SCHEMA}`")]
    Schema(u64),
    /// The hash is right, but it is no entry.
    #[error("the line is no entry: {0}")]
    Form(String),
}

impl Entry {
    /// Seals a decision behind `head`, at once after it was decided: the entry's place is what the decision saw.
    pub fn seal(head: &Head, at: Wall, request: &Request, decision: Decision) -> Self {
        let seq = head.seq + 1;
        let prev = head.hash;
        let request = request.for_journal().into_owned();
        let sealed = Sealed { v: SCHEMA, seq, prev, at, request: &request, decision: &decision };
        let mut line =
            serde_json::to_string(&sealed).expect("texts, numbers and lists with text keys always serialise");
        line.pop();
        let hash = hash_of(&line);
        line.push_str(HASH_FIELD);
        line.push_str(&hash.hex());
        line.push_str("\"}");
        Self { line, seq, prev, hash, at, request, decision }
    }

    /// The line, without an end of line.
    pub fn to_line(&self) -> &str {
        &self.line
    }

    /// Reads a line, and checks its hash and schema; not its place in a chain, see [`super::verify`].
    ///
    /// # Errors
    /// If the line is not one that was sealed.
    pub fn from_line(line: &str) -> Result<Self, BadLine> {
        let (body, hash) = split(line).ok_or(BadLine::Hash)?;
        if hash_of(body) != hash {
            return Err(BadLine::Hash);
        }
        let form = |error: serde_json::Error| BadLine::Form(error.to_string());
        let schema: Schema = serde_json::from_str(line).map_err(form)?;
        if schema.v != u64::from(SCHEMA) {
            return Err(BadLine::Schema(schema.v));
        }
        let read: Read = serde_json::from_str(line).map_err(form)?;
        let Read { seq, prev, at, request, decision } = read;
        Ok(Self { line: line.to_owned(), seq, prev, hash, at, request, decision })
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

const HASH_FIELD: &str = ",\"hash\":\"";
