//! The journal around the gateway's life: opened and replayed before it starts, written behind it while it runs.
//!
//! A restart journals what the last run could not: legs that were open are left, with the reason `restart`, and the
//! configured facts are taken over, all before a listener opens. The same hands decide for a command while no gateway
//! runs. A snapshot taken every so many entries, and at a stop in good order, spares the replay of what is in front of it;
//! one that is not of this chain is left aside, and the journal replayed whole.

use crate::clerk::BatchId;
use crate::config::StoreSettings;
use crate::store::{AnyStore, FIRST_SEQ, Memory, Sqlite, SqliteOptions, Store, StoreError};
use lhtt_core::decide;
use lhtt_core::journal::{self, BadLine, Broken, Clear, Entry, Hash, Head};
use lhtt_core::registry::{Configuration, Registry};
use lhtt_core::request::{Actor, Leave, LeaveReason, Request, Role};
use lhtt_core::rng::Rng;
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
    /// A record of personal data beside the chain is not what was digested.
    #[error("the personal data of digest {0} were changed")]
    Personal(Hash),
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
    secrets: Rng,
    /// Where the replay began: after the snapshot that was used, if one was.
    resumed_at: u64,
}

impl Journal {
    /// Opens the configured store, checks the chain behind the last snapshot and replays it. `secrets` salts what it writes.
    ///
    /// # Errors
    /// If it cannot be opened, another process writes it, or the chain is broken.
    pub async fn open(settings: &StoreSettings, secrets: Rng) -> Result<Self, JournalError> {
        let mut store = open_store(settings).await?;
        let clear = Clear::new(store.personal().await?).map_err(JournalError::Personal)?;
        let from = from_snapshot(&mut store).await?;
        let resumed_at = from.1.seq;
        let lines = store.read(resumed_at + 1).await?;
        let last = match lines.last() {
            Some(line) => Some(line.clone()),
            None => store.tail().await?.last,
        };
        let (registry, head) = journal::resume(from, &lines, &clear)?;
        let last = last.map(|line| Entry::from_line(&line)).transpose()?.map(|entry| entry.at());
        Ok(Self { store, registry, head, last, secrets, resumed_at })
    }

    /// The number of the entry after which the replay began; 0 where it was replayed whole.
    pub fn resumed_at(&self) -> u64 {
        self.resumed_at
    }

    /// Takes a snapshot of what was decided so far.
    ///
    /// # Errors
    /// If it cannot be written.
    pub async fn take_snapshot(&mut self) -> Result<(), JournalError> {
        Ok(keep(&mut self.store, &self.registry, &self.head).await?)
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
        let entry = Entry::seal_apart(&self.head, at, request, decision, &self.secrets.octets());
        self.store.append(entry.seq(), &[entry.to_line().to_owned()], entry.personal()).await?;
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
        let mut facts = facts.clone();
        if facts.actor.is_none() {
            // Whoever may write the file is the operator of this border; no person is known.
            facts.actor = Some(Actor::new(CONFIGURATION_FILE, Role::McuOperator));
            facts.reason = TAKEN_OVER.to_owned();
        }
        let request = Request::Configure(Box::new(facts));
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

/// The registry of the last snapshot and its head; the empty one where there is none of this chain.
async fn from_snapshot(store: &mut AnyStore) -> Result<(Registry, Head), StoreError> {
    let nothing = (Registry::default(), Head::default());
    let Some((seq, line)) = store.snapshot().await? else { return Ok(nothing) };
    let entry = store.read(seq).await?.into_iter().next();
    match journal::read_snapshot(&line, |asked| entry.filter(|_| asked == seq)) {
        Ok(from) => Ok(from),
        Err(error) => {
            tracing::warn!(%error, "the snapshot is left aside, the journal is replayed whole");
            Ok(nothing)
        }
    }
}

async fn keep(store: &mut AnyStore, registry: &Registry, head: &Head) -> Result<(), StoreError> {
    let line = journal::snapshot(registry, head).map_err(|error| StoreError::Unwritable(error.to_string()))?;
    store.keep_snapshot(head.seq, &line).await
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

/// What is durable, followed by the writer so that it can take snapshots.
pub(crate) struct Durable {
    pub registry: Registry,
    pub head: Head,
    /// Entries since the last snapshot.
    since: usize,
}

impl Durable {
    pub(crate) fn new(registry: Registry, head: Head) -> Self {
        Self { registry, head, since: 0 }
    }

    fn follow(&mut self, entry: &Entry) {
        if let Err(contradiction) = self.registry.apply_all(&entry.decision().changes) {
            tracing::error!(%contradiction, "an entry contradicts what is durable");
        }
        self.head = entry.head();
        self.since += 1;
    }

    /// Takes a snapshot if there are `entries` since the last. A restart can do without it, so a failure is no more than told.
    async fn snapshot_after(&mut self, entries: usize, store: &mut AnyStore) {
        if self.since >= entries {
            self.since = 0;
            if let Err(error) = keep(store, &self.registry, &self.head).await {
                tracing::warn!(%error, "no snapshot was taken; the next restart replays more");
            }
        }
    }
}

/// Writes batches in order, everything that has gathered in one append. Ends when `batches` does.
pub(crate) async fn write(
    mut store: AnyStore,
    mut durable: Durable,
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
        let at = entries.clone().map(|entry| entry.seq()).next().unwrap_or(FIRST_SEQ);
        let personal: Vec<_> = entries.clone().flat_map(|entry| entry.personal().iter().cloned()).collect();
        let result = store.append(at, &lines, &personal).await.map_err(|error| error.to_string());
        if result.is_ok() {
            entries.for_each(|entry| durable.follow(entry));
        }
        for Batch { id, .. } in &gathered {
            written(Written { id: *id, result: result.clone() });
        }
        durable.snapshot_after(SNAPSHOT_EVERY, &mut store).await;
    }
    durable.snapshot_after(1, &mut store).await;
    if let AnyStore::Sqlite(store) = store
        && let Err(error) = store.close().await
    {
        tracing::warn!(%error, "the journal was not closed in good order; nothing durable is lost");
    }
}

/// Entries between two snapshots: a restart replays no more than that, a tenth of a second.
const SNAPSHOT_EVERY: usize = 10_000;

/// Who changes the configuration where it is taken over from the file.
const CONFIGURATION_FILE: &str = "tệp cấu hình";

/// Why, then.
const TAKEN_OVER: &str = "tiếp nhận tệp cấu hình khi khởi động";

/// SQLite pages of 4 KiB in a MiB.
const PAGES_PER_MIB: u32 = 256;

#[cfg(test)]
mod tests {
    use super::*;
    use lhtt_core::time::Wall;

    #[tokio::test]
    async fn a_batch_that_does_not_fit_fails_and_so_does_what_was_gathered_with_it() {
        let mut journal = Journal::open(&StoreSettings::Memory, Rng::from_number(1)).await.unwrap();
        let request = Request::Leave(Leave { join: lhtt_core::ids::JoinId(1), reason: LeaveReason::new("hang_up") });
        let (queue, batches) = mpsc::unbounded_channel();
        for id in 1..=2 {
            let entry = Arc::new(journal.decide(&request, Wall::trusted(0)).await.unwrap());
            queue.send(Batch { id: BatchId(id), entries: vec![entry] }).unwrap();
        }
        drop(queue);
        let mut written = Vec::new();
        let store = AnyStore::Memory(Memory::with_room_for(1));
        let durable = Durable::new(Registry::default(), Head::default());
        write(store, durable, batches, |Written { id, result }| written.push((id, result.is_ok()))).await;
        assert_eq!(written, [(BatchId(1), false), (BatchId(2), false)]);
    }
}
