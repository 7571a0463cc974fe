//! One conformance suite, run on every store.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test suite, with files of its own"
)]

use lhtt_core::journal::{Hash, Personal};
use lhtt_gateway::store::{FIRST_SEQ, Memory, Sqlite, SqliteOptions, Store, StoreError, read_sqlite};
use std::path::{Path, PathBuf};

fn lines(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

/// What every store does, from empty.
async fn conforms(mut store: impl Store) {
    let tail = store.tail().await.unwrap();
    assert_eq!((tail.next, tail.last), (FIRST_SEQ, None));
    assert!(store.read(FIRST_SEQ).await.unwrap().is_empty());

    store.append(FIRST_SEQ, &[], &[]).await.unwrap();
    store.append(FIRST_SEQ, &lines(&["một", "hai"]), &[]).await.unwrap();
    store.append(FIRST_SEQ + 2, &lines(&["ba"]), &[]).await.unwrap();
    assert_eq!(store.read(FIRST_SEQ).await.unwrap(), lines(&["một", "hai", "ba"]));
    assert_eq!(store.read(FIRST_SEQ + 2).await.unwrap(), lines(&["ba"]));
    assert!(store.read(FIRST_SEQ + 3).await.unwrap().is_empty());
    let tail = store.tail().await.unwrap();
    assert_eq!((tail.next, tail.last.as_deref()), (FIRST_SEQ + 3, Some("ba")));

    for asked in [FIRST_SEQ, FIRST_SEQ + 2, FIRST_SEQ + 4, u64::MAX] {
        match store.append(asked, &lines(&["bốn"]), &[]).await {
            Err(StoreError::Conflict { asked: at, next }) => assert_eq!((at, next), (asked, FIRST_SEQ + 3)),
            other => panic!("append at {asked}: {other:?}"),
        }
    }
    assert_eq!(store.tail().await.unwrap().next, FIRST_SEQ + 3, "a conflict appends nothing");

    let many: Vec<String> = (0..500).map(|number| format!("{number}: {}", "x".repeat(number))).collect();
    store.append(FIRST_SEQ + 3, &many, &[]).await.unwrap();
    assert_eq!(store.read(FIRST_SEQ + 3).await.unwrap(), many);
}

/// What every store does with personal data and snapshots, from empty.
async fn keeps_and_erases(mut store: impl Store) {
    let record =
        |number: u8, text: &str| Personal { digest: Hash([number; 32]), salt: Hash([9; 32]), text: text.to_owned() };
    let (an, binh) = (record(1, "Lê Văn An"), record(2, "Nguyễn Văn Bình"));
    store.append(FIRST_SEQ, &lines(&["một"]), &[an.clone(), binh.clone()]).await.unwrap();
    let refused = store.append(FIRST_SEQ, &lines(&["một"]), &[record(3, "x")]).await;
    assert!(matches!(refused, Err(StoreError::Conflict { .. })), "{refused:?}");
    assert_eq!(store.personal().await.unwrap(), [an.clone(), binh.clone()]);
    assert_eq!(store.snapshot().await.unwrap(), None);
    for seq in [1, 7] {
        store.keep_snapshot(seq, &format!("ảnh {seq}")).await.unwrap();
        assert_eq!(store.snapshot().await.unwrap(), Some((seq, format!("ảnh {seq}"))));
    }
    assert_eq!(store.erase(&[an.digest, Hash([3; 32])]).await.unwrap(), 1);
    assert_eq!(store.personal().await.unwrap(), [binh]);
    assert_eq!(store.snapshot().await.unwrap(), None, "a snapshot has names in it");
    assert_eq!(store.read(FIRST_SEQ).await.unwrap(), lines(&["một"]), "the lines stay");
}

/// What every store does when there is no room: the batch is refused whole, and what was there stays readable.
async fn refuses_when_full(mut store: impl Store) {
    let mut next = FIRST_SEQ;
    let refused = loop {
        let batch = [next.to_string(), "x".repeat(1000)];
        match store.append(next, &batch, &[]).await {
            Ok(()) => next += 2,
            Err(error) => break error,
        }
        assert!(next < 10_000, "it is never full");
    };
    assert!(matches!(refused, StoreError::Unwritable(_)), "{refused:?}");
    assert_eq!(store.tail().await.unwrap().next, next);
    assert_eq!(store.read(FIRST_SEQ).await.unwrap().len() as u64, next - FIRST_SEQ);
    assert!(matches!(store.append(next, &lines(&["y"; 4000]), &[]).await, Err(StoreError::Unwritable(_))));
}

#[tokio::test]
async fn memory_conforms() {
    conforms(Memory::new()).await;
    keeps_and_erases(Memory::new()).await;
    refuses_when_full(Memory::with_room_for(10)).await;
}

#[tokio::test]
async fn sqlite_conforms() {
    let folder = Folder::new("conforms");
    conforms(Sqlite::open(&folder.file("a.db"), SqliteOptions::default()).await.unwrap()).await;
    keeps_and_erases(Sqlite::open(&folder.file("c.db"), SqliteOptions::default()).await.unwrap()).await;
    let full = SqliteOptions { pages_max: Some(32) };
    refuses_when_full(Sqlite::open(&folder.file("b.db"), full).await.unwrap()).await;
}

#[tokio::test]
async fn sqlite_keeps_what_was_appended() {
    let folder = Folder::new("keeps");
    let path = folder.file("journal.db");
    let mut store = Sqlite::open(&path, SqliteOptions::default()).await.unwrap();
    store.append(FIRST_SEQ, &lines(&["một", "hai"]), &[]).await.unwrap();
    assert_eq!(read_sqlite(&path).await.unwrap(), lines(&["một", "hai"]), "readers need no lock");
    drop(store); // no orderly close: as after a kill
    let mut store = reopen(&path).await;
    assert_eq!(store.read(FIRST_SEQ).await.unwrap(), lines(&["một", "hai"]));
    store.append(FIRST_SEQ + 2, &lines(&["ba"]), &[]).await.unwrap();
    store.close().await.unwrap();
    assert_eq!(reopen(&path).await.tail().await.unwrap().next, FIRST_SEQ + 3);
}

#[tokio::test]
async fn sqlite_has_one_writer() {
    let folder = Folder::new("locked");
    let path = folder.file("journal.db");
    let _first = Sqlite::open(&path, SqliteOptions::default()).await.unwrap();
    let second = Sqlite::open(&path, SqliteOptions::default()).await;
    assert!(matches!(second, Err(StoreError::Locked(_))), "{second:?}");
}

#[tokio::test]
async fn sqlite_that_cannot_be_made_is_unwritable() {
    let path = Path::new("/proc/lhtt/journal.db");
    let opened = Sqlite::open(path, SqliteOptions::default()).await;
    assert!(matches!(opened, Err(StoreError::Unwritable(_))), "{opened:?}");
    assert!(matches!(read_sqlite(path).await, Err(StoreError::Unreadable(_))));
}

async fn reopen(path: &Path) -> Sqlite {
    Sqlite::open(path, SqliteOptions::default()).await.unwrap()
}

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("lhtt-store-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
