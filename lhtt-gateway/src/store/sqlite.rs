//! The journal in one SQLite file, by way of sqlx: write-ahead log, every commit synchronised to disk (`FULL`), one
//! multi-row insert a batch. The reasons stand in docs/adr/0003-sqlite-journal.md.
//!
//! One writer: a lock file beside the database is held for the life of the store; the operating system lets it go with
//! the process, also after a kill. Readers ([`read_sqlite`]) need no lock.
#![allow(clippy::disallowed_methods, reason = "the store owns its lock file")]

use super::{FIRST_SEQ, Store, StoreError, Tail};
use lhtt_core::journal::{Hash, Personal};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteRow, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Row};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

/// How to open a [`Sqlite`] store.
#[derive(Clone, Copy, Debug, Default)]
pub struct SqliteOptions {
    /// Most pages of 4 KiB the file may have; beyond it appends fail, before the disk is full for everybody.
    pub pages_max: Option<u32>,
}

/// A journal in one SQLite file.
#[derive(Debug)]
pub struct Sqlite {
    connection: SqliteConnection,
    next: u64,
    /// Held, never read: closing it lets the next writer in.
    _lock: File,
}

impl Sqlite {
    /// Opens the journal at `path`, making it where it is missing.
    ///
    /// # Errors
    /// [`StoreError::Locked`] where another process has it open, [`StoreError::Unwritable`] where it cannot be made or
    /// written.
    pub async fn open(path: &Path, options: SqliteOptions) -> Result<Self, StoreError> {
        let lock = lock(path)?;
        let mut connect = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // What is erased is overwritten.
            .pragma("secure_delete", "ON")
            .pragma("wal_autocheckpoint", LOG_PAGES.to_string())
            .synchronous(SqliteSynchronous::Full);
        if let Some(pages) = options.pages_max {
            connect = connect.pragma("max_page_count", pages.to_string());
        }
        let mut connection = connect.connect().await.map_err(unwritable)?;
        sqlx::raw_sql(SCHEMA).execute(&mut connection).await.map_err(unwritable)?;
        let next = next_seq(&mut connection).await?;
        Ok(Self { connection, next, _lock: lock })
    }

    /// Closes the file in good order, the write-ahead log folded in.
    ///
    /// # Errors
    /// [`StoreError::Unwritable`] where that fails; nothing durable is lost.
    pub async fn close(self) -> Result<(), StoreError> {
        self.connection.close().await.map_err(unwritable)
    }
}

impl Store for Sqlite {
    async fn append(&mut self, at: u64, lines: &[String], personal: &[Personal]) -> Result<(), StoreError> {
        if lines.is_empty() {
            return Ok(());
        }
        if at != self.next {
            return Err(StoreError::Conflict { asked: at, next: self.next });
        }
        // One statement is one transaction. Common sizes stay prepared; the statement cache holds a hundred.
        let mut query =
            sqlx::query(AssertSqlSafe(insert_statement(lines.len()))).persistent(lines.len() <= PREPARED_MAX);
        for (seq, line) in (at..).zip(lines) {
            query = query.bind(i64::try_from(seq).unwrap_or(i64::MAX)).bind(line.as_str());
        }
        if personal.is_empty() {
            query.execute(&mut self.connection).await.map_err(unwritable)?;
        } else {
            let mut transaction = self.connection.begin().await.map_err(unwritable)?;
            query.execute(&mut *transaction).await.map_err(unwritable)?;
            for Personal { digest, salt, text } in personal {
                let insert = sqlx::query("INSERT OR REPLACE INTO personal (digest, salt, text) VALUES (?, ?, ?)");
                let insert = insert.bind(digest.hex()).bind(salt.hex()).bind(text.as_str());
                insert.execute(&mut *transaction).await.map_err(unwritable)?;
            }
            transaction.commit().await.map_err(unwritable)?;
        }
        self.next += lines.len() as u64;
        Ok(())
    }

    async fn read(&mut self, from: u64) -> Result<Vec<String>, StoreError> {
        read_lines(&mut self.connection, from).await
    }

    async fn tail(&mut self) -> Result<Tail, StoreError> {
        let row = sqlx::query("SELECT line FROM journal ORDER BY seq DESC LIMIT 1");
        let row = row.fetch_optional(&mut self.connection).await.map_err(unreadable)?;
        let last = row.map(|row| row.try_get("line")).transpose().map_err(unreadable)?;
        Ok(Tail { next: self.next, last })
    }

    async fn personal(&mut self) -> Result<Vec<Personal>, StoreError> {
        read_personal(&mut self.connection).await
    }

    async fn erase(&mut self, digests: &[Hash]) -> Result<u64, StoreError> {
        let mut erased = 0;
        let mut transaction = self.connection.begin().await.map_err(unwritable)?;
        for digest in digests {
            let delete = sqlx::query("DELETE FROM personal WHERE digest = ?").bind(digest.hex());
            erased += delete.execute(&mut *transaction).await.map_err(unwritable)?.rows_affected();
        }
        sqlx::query("DELETE FROM snapshot").execute(&mut *transaction).await.map_err(unwritable)?;
        transaction.commit().await.map_err(unwritable)?;
        // Older pages are in the write-ahead log as well.
        let emptied = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut self.connection).await;
        emptied.map_err(unwritable)?;
        Ok(erased)
    }

    async fn snapshot(&mut self) -> Result<Option<(u64, String)>, StoreError> {
        let row = sqlx::query("SELECT seq, line FROM snapshot").fetch_optional(&mut self.connection).await;
        let Some(row) = row.map_err(unreadable)? else { return Ok(None) };
        let seq: i64 = row.try_get("seq").map_err(unreadable)?;
        let line = row.try_get("line").map_err(unreadable)?;
        Ok(u64::try_from(seq).ok().map(|seq| (seq, line)))
    }

    async fn keep_snapshot(&mut self, seq: u64, line: &str) -> Result<(), StoreError> {
        let keep = sqlx::query("INSERT OR REPLACE INTO snapshot (id, seq, line) VALUES (1, ?, ?)");
        let keep = keep.bind(i64::try_from(seq).unwrap_or(i64::MAX)).bind(line);
        keep.execute(&mut self.connection).await.map_err(unwritable).map(|_| ())
    }
}

/// All lines of the journal at `path`, read without the lock, so also while a gateway writes it.
///
/// # Errors
/// [`StoreError::Unreadable`] where there is no journal.
pub async fn read_sqlite(path: &Path) -> Result<Vec<String>, StoreError> {
    let options = SqliteConnectOptions::new().filename(path).read_only(true);
    let mut connection = options.connect().await.map_err(unreadable)?;
    read_lines(&mut connection, FIRST_SEQ).await
}

/// The records of personal data of the journal at `path`, read without the lock; none where it keeps none.
///
/// # Errors
/// [`StoreError::Unreadable`] where there is no journal.
pub async fn read_sqlite_personal(path: &Path) -> Result<Vec<Personal>, StoreError> {
    let options = SqliteConnectOptions::new().filename(path).read_only(true);
    let mut connection = options.connect().await.map_err(unreadable)?;
    let there =
        sqlx::query("SELECT 1 FROM sqlite_master WHERE name = 'personal'").fetch_optional(&mut connection).await;
    match there.map_err(unreadable)? {
        Some(_) => read_personal(&mut connection).await,
        None => Ok(Vec::new()),
    }
}

fn lock(path: &Path) -> Result<File, StoreError> {
    let beside = PathBuf::from(format!("{}.lock", path.display()));
    let file =
        File::create(&beside).map_err(|error| StoreError::Unwritable(format!("{}: {error}", beside.display())))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::Locked(beside)),
        Err(TryLockError::Error(error)) => Err(StoreError::Unwritable(format!("{}: {error}", beside.display()))),
    }
}

fn insert_statement(rows: usize) -> String {
    let mut sql = String::from("INSERT INTO journal (seq, line) VALUES (?, ?)");
    for _ in 1..rows {
        sql.push_str(", (?, ?)");
    }
    sql
}

async fn read_lines(connection: &mut SqliteConnection, from: u64) -> Result<Vec<String>, StoreError> {
    let query = sqlx::query("SELECT line FROM journal WHERE seq >= ? ORDER BY seq");
    let rows = query.bind(i64::try_from(from).unwrap_or(i64::MAX)).fetch_all(connection).await.map_err(unreadable)?;
    rows.iter().map(|row| row.try_get("line").map_err(unreadable)).collect()
}

async fn read_personal(connection: &mut SqliteConnection) -> Result<Vec<Personal>, StoreError> {
    let query = sqlx::query("SELECT digest, salt, text FROM personal ORDER BY digest");
    let rows = query.fetch_all(connection).await.map_err(unreadable)?;
    let hash = |row: &SqliteRow, column: &str| -> Result<Hash, StoreError> {
        let hex: String = row.try_get(column).map_err(unreadable)?;
        Hash::from_hex(&hex).ok_or_else(|| StoreError::Unreadable(format!("`{hex}` is no hash")))
    };
    let record = |row: &SqliteRow| {
        let text = row.try_get("text").map_err(unreadable)?;
        Ok(Personal { digest: hash(row, "digest")?, salt: hash(row, "salt")?, text })
    };
    rows.iter().map(record).collect()
}

async fn next_seq(connection: &mut SqliteConnection) -> Result<u64, StoreError> {
    let row = sqlx::query("SELECT max(seq) AS last FROM journal").fetch_one(connection).await.map_err(unreadable)?;
    let last: Option<i64> = row.try_get("last").map_err(unreadable)?;
    Ok(last.and_then(|last| u64::try_from(last).ok()).map_or(FIRST_SEQ, |last| last + 1))
}

fn unwritable(error: sqlx::Error) -> StoreError {
    StoreError::Unwritable(error.to_string())
}

fn unreadable(error: sqlx::Error) -> StoreError {
    StoreError::Unreadable(error.to_string())
}

/// The triggers keep honest tools honest; what keeps dishonest ones out is the chain of hashes.
const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS journal (seq INTEGER PRIMARY KEY, line TEXT NOT NULL) STRICT;
    CREATE TRIGGER IF NOT EXISTS journal_keeps BEFORE UPDATE ON journal
        BEGIN SELECT raise(ABORT, 'the journal only grows'); END;
    CREATE TRIGGER IF NOT EXISTS journal_grows BEFORE DELETE ON journal
        BEGIN SELECT raise(ABORT, 'the journal only grows'); END;
    CREATE TABLE IF NOT EXISTS personal (digest TEXT PRIMARY KEY, salt TEXT NOT NULL, text TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS snapshot (id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, line TEXT NOT NULL) STRICT;
";

/// Pages of the write-ahead log before it is folded in and written again from its start: a log that has stopped growing is
/// synchronised without a write of the file's size, and folding in half a MiB costs as much as a few synchronisations.
const LOG_PAGES: u32 = 128;

/// Inserts of up to so many rows stay prepared.
const PREPARED_MAX: usize = 64;
