//! Where the journal lies: an ordered list of lines that only grows, with compare-and-append on the sequence number.
//!
//! A batch is appended whole or not at all, and an append that returned is durable. Exactly one writer: a store that is
//! open in another process is [`StoreError::Locked`]. What a line says, and whether the chain of hashes holds, is for
//! `lhtt_core::journal`. Leaves out: snapshots, and stores shared by several nodes.

mod memory;
mod sqlite;

pub use memory::Memory;
pub use sqlite::{Sqlite, SqliteOptions, read_sqlite};

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
    /// Appends `lines`, the first at sequence number `at`. All of them are durable when it returns, or none is there.
    /// An empty batch does nothing.
    fn append(&mut self, at: u64, lines: &[String]) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// All lines from sequence number `from` on, in order.
    fn read(&mut self, from: u64) -> impl Future<Output = Result<Vec<String>, StoreError>> + Send;

    /// The end of the journal.
    fn tail(&mut self) -> impl Future<Output = Result<Tail, StoreError>> + Send;
}

/// The stores that a configuration can name.
#[derive(Debug)]
pub enum AnyStore {
    /// Lost with the process.
    Memory(Memory),
    /// One SQLite file.
    Sqlite(Sqlite),
}

impl Store for AnyStore {
    async fn append(&mut self, at: u64, lines: &[String]) -> Result<(), StoreError> {
        match self {
            Self::Memory(store) => store.append(at, lines).await,
            Self::Sqlite(store) => store.append(at, lines).await,
        }
    }

    async fn read(&mut self, from: u64) -> Result<Vec<String>, StoreError> {
        match self {
            Self::Memory(store) => store.read(from).await,
            Self::Sqlite(store) => store.read(from).await,
        }
    }

    async fn tail(&mut self) -> Result<Tail, StoreError> {
        match self {
            Self::Memory(store) => store.tail().await,
            Self::Sqlite(store) => store.tail().await,
        }
    }
}
