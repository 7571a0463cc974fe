//! The journal in memory: for tests and trials. It is lost with the process, so a gateway that runs on it forgets what
//! it decided; `check-config` says so.

use super::{FIRST_SEQ, Store, StoreError, Tail};

/// A list of lines.
#[derive(Debug, Default)]
pub struct Memory {
    lines: Vec<String>,
    lines_max: Option<usize>,
}

impl Memory {
    /// An empty journal.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty journal that is full after so many lines, to see what a full store does.
    pub fn with_room_for(lines: usize) -> Self {
        Self { lines: Vec::new(), lines_max: Some(lines) }
    }

    fn next(&self) -> u64 {
        FIRST_SEQ + self.lines.len() as u64
    }
}

impl Store for Memory {
    async fn append(&mut self, at: u64, lines: &[String]) -> Result<(), StoreError> {
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
        Ok(())
    }

    async fn read(&mut self, from: u64) -> Result<Vec<String>, StoreError> {
        let skip = usize::try_from(from.saturating_sub(FIRST_SEQ)).unwrap_or(usize::MAX);
        Ok(self.lines.iter().skip(skip).cloned().collect())
    }

    async fn tail(&mut self) -> Result<Tail, StoreError> {
        Ok(Tail { next: self.next(), last: self.lines.last().cloned() })
    }
}
