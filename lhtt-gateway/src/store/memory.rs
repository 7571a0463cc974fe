//! The journal in memory: for tests and trials. It is lost with the process, so a gateway that runs on it forgets what
//! it decided; `check-config` says so.

use super::{FIRST_SEQ, Store, StoreError, Tail};
use lhtt_core::journal::{Hash, Personal};
use std::collections::BTreeMap;

/// A list of lines.
#[derive(Debug, Default)]
pub struct Memory {
    lines: Vec<String>,
    lines_max: Option<usize>,
    personal: BTreeMap<Hash, Personal>,
    snapshot: Option<(u64, String)>,
}

impl Memory {
    /// An empty journal.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty journal that is full after so many lines, to see what a full store does.
    pub fn with_room_for(lines: usize) -> Self {
        Self { lines_max: Some(lines), ..Self::default() }
    }

    fn next(&self) -> u64 {
        FIRST_SEQ + self.lines.len() as u64
    }
}

impl Store for Memory {
    async fn append(&mut self, at: u64, lines: &[String], personal: &[Personal]) -> Result<(), StoreError> {
        if lines.is_empty() {
            return Ok(());
        }
        if at != self.next() {
            return Err(StoreError::Conflict { asked: at, next: self.next() });
        }
        if self.lines_max.is_some_and(|max| self.lines.len() + lines.len() > max) {
            return Err(StoreError::Unwritable("no room left".into()));
        }
        self.lines.extend_from_slice(lines);
        self.personal.extend(personal.iter().map(|one| (one.digest, one.clone())));
        Ok(())
    }

    async fn read(&mut self, from: u64) -> Result<Vec<String>, StoreError> {
        let skip = usize::try_from(from.saturating_sub(FIRST_SEQ)).unwrap_or(usize::MAX);
        Ok(self.lines.iter().skip(skip).cloned().collect())
    }

    async fn tail(&mut self) -> Result<Tail, StoreError> {
        Ok(Tail { next: self.next(), last: self.lines.last().cloned() })
    }

    async fn personal(&mut self) -> Result<Vec<Personal>, StoreError> {
        Ok(self.personal.values().cloned().collect())
    }

    async fn erase(&mut self, digests: &[Hash]) -> Result<u64, StoreError> {
        self.snapshot = None;
        Ok(digests.iter().filter(|digest| self.personal.remove(digest).is_some()).count() as u64)
    }

    async fn snapshot(&mut self) -> Result<Option<(u64, String)>, StoreError> {
        Ok(self.snapshot.clone())
    }

    async fn keep_snapshot(&mut self, seq: u64, line: &str) -> Result<(), StoreError> {
        self.snapshot = Some((seq, line.to_owned()));
        Ok(())
    }
}
