//! Where the journal lies: an ordered list of lines that only grows, with compare-and-append on the sequence number.
//!
//! A batch is appended whole or not at all, and an append that returned is durable. Exactly one writer: a store that is
//! open in another process is [`StoreError::Locked`]. What a line says, and whether the chain of hashes holds, is for
//! `lhtt_core::journal`. Beside the lines lie the records of personal data, which can be erased, and the last snapshot, which
//! erasing takes along. Leaves out: stores shared by several nodes.

mod memory;
mod sqlite;

pub use memory::Memory;
pub use sqlite::{Sqlite, SqliteOptions, read_sqlite, read_sqlite_personal};

use lhtt_core::journal::{Hash, Personal};
use std::path::PathBuf;

/// Sequence number of the first line.
pub const FIRST_SEQ: u64 = 1;

/// The end of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tail {
    /// The sequence number that the next line will have.
    pub next: u64,
    /// The last line, if there is any.
    pub last: Option<String>,
}

/// Why a store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Our caller's view of the journal is old: somebody appended in between.
    #[error("line {asked} was to be appended, but the journal continues at {next}")]
    Conflict {
        /// Where the caller wanted to append.
        asked: u64,
        /// Where the journal continues.
        next: u64,
    },
    /// Another process writes this journal.
    #[error("the journal is open in another process (lock `{}`)", .0.display())]
    Locked(PathBuf),
    /// It cannot be written: no permission, no space, no disk.
    #[error("the journal cannot be written: {0}")]
    Unwritable(String),
    /// It cannot be read, or what is in it is no journal.
    #[error("the journal cannot be read: {0}")]
    Unreadable(String),
}

/// A journal store. One conformance suite, `tests/store.rs`, holds every implementation to the same behaviour.
pub trait Store: Send {
    /// Appends `lines`, the first at sequence number `at`, and keeps the records of their personal data. All of it is
    /// durable when it returns, or none is there. An empty batch does nothing.
    fn append(
        &mut self,
        at: u64,
        lines: &[String],
        personal: &[Personal],
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// All lines from sequence number `from` on, in order.
    fn read(&mut self, from: u64) -> impl Future<Output = Result<Vec<String>, StoreError>> + Send;

    /// The end of the journal.
    fn tail(&mut self) -> impl Future<Output = Result<Tail, StoreError>> + Send;

    /// The records of personal data that are still there, by digest.
    fn personal(&mut self) -> impl Future<Output = Result<Vec<Personal>, StoreError>> + Send;

    /// Erases the records of these digests, and the snapshot with them; how many there were.
    fn erase(&mut self, digests: &[Hash]) -> impl Future<Output = Result<u64, StoreError>> + Send;

    /// The snapshot kept last, with the sequence number of its head.
    fn snapshot(&mut self) -> impl Future<Output = Result<Option<(u64, String)>, StoreError>> + Send;

    /// Keeps a snapshot in place of the one before.
    fn keep_snapshot(&mut self, seq: u64, line: &str) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// The stores that a configuration can name.
#[derive(Debug)]
pub enum AnyStore {
    /// Lost with the process.
    Memory(Memory),
    /// One SQLite file.
    Sqlite(Sqlite),
}

/// One call on whichever store it is.
macro_rules! either {
    ($store:expr, $call:ident($($argument:expr),*)) => {
        match $store {
            AnyStore::Memory(store) => store.$call($($argument),*).await,
            AnyStore::Sqlite(store) => store.$call($($argument),*).await,
        }
    };
}

impl Store for AnyStore {
    async fn append(&mut self, at: u64, lines: &[String], personal: &[Personal]) -> Result<(), StoreError> {
        either!(self, append(at, lines, personal))
    }

    async fn read(&mut self, from: u64) -> Result<Vec<String>, StoreError> {
        either!(self, read(from))
    }

    async fn tail(&mut self) -> Result<Tail, StoreError> {
        either!(self, tail())
    }

    async fn personal(&mut self) -> Result<Vec<Personal>, StoreError> {
        either!(self, personal())
    }

    async fn erase(&mut self, digests: &[Hash]) -> Result<u64, StoreError> {
        either!(self, erase(digests))
    }

    async fn snapshot(&mut self) -> Result<Option<(u64, String)>, StoreError> {
        either!(self, snapshot())
    }

    async fn keep_snapshot(&mut self, seq: u64, line: &str) -> Result<(), StoreError> {
        either!(self, keep_snapshot(seq, line))
    }
}
