//! The journal around the gateway's life: opened and replayed before it starts, written behind it while it runs.
//!
//! A restart journals what the last run could not: legs that were open are left, with the reason `restart`, and the
//! configured facts are taken over, all before a listener opens. The same hands decide for a command while no gateway
//! runs. Leaves out: snapshots; a journal is replayed whole.

use crate::clerk::BatchId;
use crate::config::StoreSettings;
use crate::store::{AnyStore, FIRST_SEQ, Memory, Sqlite, SqliteOptions, Store, StoreError};
use lhtt_core::decide;
use lhtt_core::journal::{self, BadLine, Broken, Entry, Head};
use lhtt_core::registry::{Configuration, Registry};
use lhtt_core::request::{Leave, LeaveReason, Request};
use lhtt_core::time::Wall;
use std::fs::DirBuilder;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::sync::Arc;
use tokio::sync::mpsc;

/// Why the journal is of no use.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The chain does not hold. Nothing is decided on such a journal.
    #[error("the journal is broken at {0}")]
    Broken(#[from] Broken),
    /// Its last line cannot be read again.
    #[error("the last line of the journal: {0}")]
    Line(#[from] BadLine),
}

/// An open journal with what follows from it.
#[derive(Debug)]
pub struct Journal {
    store: AnyStore,
    registry: Registry,
    head: Head,
    last: Option<Wall>,
}

impl Journal {
    /// Opens the configured store, checks the chain and replays it.
    ///
    /// # Errors
    /// If it cannot be opened, another process writes it, or the chain is broken.
    pub async fn open(settings: &StoreSettings) -> Result<Self, JournalError> {
        let mut store = open_store(settings).await?;
        let lines = store.read(FIRST_SEQ).await?;
        let (registry, head) = journal::replay(&lines)?;
        let last = lines.last().map(|line| Entry::from_line(line)).transpose()?.map(|entry| entry.at());
        Ok(Self { store, registry, head, last })
    }

    /// The facts.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// When the last entry was decided: civil time goes on from there.
    pub fn last(&self) -> Option<Wall> {
        self.last
    }

    /// Decides a question, and returns when the entry is durable.
    ///
    /// # Errors
    /// If it cannot be written; nothing is decided then.
    pub async fn decide(&mut self, request: &Request, at: Wall) -> Result<Entry, JournalError> {
        let decision = decide(&self.registry, request, at);
        let changes = decision.changes.clone();
        let entry = Entry::seal(&self.head, at, request, decision);
        self.store.append(entry.seq(), &[entry.to_line().to_owned()]).await?;
        // A decision makes only changes that fit the registry it read; a replay would find it if not.
        if let Err(contradiction) = self.registry.apply_all(&changes) {
            tracing::error!(%contradiction, "a decision contradicts the registry it was made on");
        }
        self.head = entry.head();
        self.last = Some(at);
        Ok(entry)
    }

    /// Takes over the configured facts, if they differ.
    ///
    /// # Errors
    /// As [`Self::decide`].
    pub async fn configure(&mut self, facts: &Configuration, at: Wall) -> Result<Option<Entry>, JournalError> {
        let request = Request::Configure(Box::new(facts.clone()));
        let decision = decide(&self.registry, &request, at);
        if decision.is_permit() && decision.changes.is_empty() {
            return Ok(None);
        }
        self.decide(&request, at).await.map(Some)
    }

    /// Leaves for every leg that was open when the last run ended; how many.
    ///
    /// # Errors
    /// As [`Self::decide`].
    pub async fn recover(&mut self, at: Wall) -> Result<usize, JournalError> {
        let open: Vec<_> = self.registry.joins().map(|joined| joined.join).collect();
        for &join in &open {
            let reason = LeaveReason::new(LeaveReason::RESTART);
            self.decide(&Request::Leave(Leave { join, reason }), at).await?;
        }
        Ok(open.len())
    }

    /// The parts: the gateway goes on deciding, a [`Writer`] goes on writing.
    pub(crate) fn into_parts(self) -> (AnyStore, Registry, Head) {
        (self.store, self.registry, self.head)
    }
}

/// Makes a folder that nobody else reads: the journal names people.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

async fn open_store(settings: &StoreSettings) -> Result<AnyStore, StoreError> {
    match settings {
        StoreSettings::Memory => Ok(AnyStore::Memory(Memory::new())),
        StoreSettings::Sqlite { path, mib_max } => {
            if let Some(folder) = path.parent() {
                make_folder(folder)
                    .map_err(|error| StoreError::Unwritable(format!("{}: {error}", folder.display())))?;
            }
            let options = SqliteOptions { pages_max: mib_max.map(|mib| mib.saturating_mul(PAGES_PER_MIB)) };
            Sqlite::open(path, options).await.map(AnyStore::Sqlite)
        }
    }
}

/// A batch to append, or that was.
#[derive(Debug)]
pub(crate) struct Batch {
    pub id: BatchId,
    pub entries: Vec<Arc<Entry>>,
}

/// What became of a batch.
#[derive(Debug)]
pub(crate) struct Written {
    pub id: BatchId,
    pub result: Result<(), String>,
}

/// Writes batches in order, everything that has gathered in one append. Ends when `batches` does.
pub(crate) async fn write(
    mut store: AnyStore,
    mut batches: mpsc::UnboundedReceiver<Batch>,
    mut written: impl FnMut(Written),
) {
    while let Some(first) = batches.recv().await {
        let mut gathered = vec![first];
        while let Ok(next) = batches.try_recv() {
            gathered.push(next);
        }
        let entries = gathered.iter().flat_map(|batch| &batch.entries);
        let lines: Vec<String> = entries.clone().map(|entry| entry.to_line().to_owned()).collect();
        let at = entries.map(|entry| entry.seq()).next().unwrap_or(FIRST_SEQ);
        let result = store.append(at, &lines).await.map_err(|error| error.to_string());
        for Batch { id, .. } in gathered {
            written(Written { id, result: result.clone() });
        }
    }
    if let AnyStore::Sqlite(store) = store
        && let Err(error) = store.close().await
    {
        tracing::warn!(%error, "the journal was not closed in good order; nothing durable is lost");
    }
}

/// SQLite pages of 4 KiB in a MiB.
const PAGES_PER_MIB: u32 = 256;

#[cfg(test)]
mod tests {
    use super::*;
    use lhtt_core::time::Wall;

    #[tokio::test]
    async fn a_batch_that_does_not_fit_fails_and_so_does_what_was_gathered_with_it() {
        let mut journal = Journal::open(&StoreSettings::Memory).await.unwrap();
        let request = Request::Leave(Leave { join: lhtt_core::ids::JoinId(1), reason: LeaveReason::new("hang_up") });
        let (queue, batches) = mpsc::unbounded_channel();
        for id in 1..=2 {
            let entry = Arc::new(journal.decide(&request, Wall::trusted(0)).await.unwrap());
            queue.send(Batch { id: BatchId(id), entries: vec![entry] }).unwrap();
        }
        drop(queue);
        let mut written = Vec::new();
        let store = AnyStore::Memory(Memory::with_room_for(1));
        write(store, batches, |Written { id, result }| written.push((id, result.is_ok()))).await;
        assert_eq!(written, [(BatchId(1), false), (BatchId(2), false)]);
    }
}
