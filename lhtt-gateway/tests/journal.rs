//! The journal over a kill and a restart: legs that were open are journalled as left, facts are taken over once.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic, reason = "a test, with files of its own")]

use lhtt_core::Moment;
use lhtt_core::change::Change;
use lhtt_core::ids::{JoinId, RegistrationId};
use lhtt_core::journal::{Clear, Entry, Head, replay_with, snapshot, verify};
use lhtt_core::request::{Accept, Actor, Called, Join, Party, Request, Role};
use lhtt_core::rng::Rng;
use lhtt_core::submission::Submission;
use lhtt_core::time::Wall;
use lhtt_gateway::config::{Config, StoreSettings};
use lhtt_gateway::driver::journal::{Journal, JournalError};
use lhtt_gateway::store::{Sqlite, SqliteOptions, Store, StoreError, read_sqlite, read_sqlite_personal};
use serde_json::json;
use std::path::PathBuf;

/// 2023-06-15T08:00:00+07:00, when the session starts.
const START: i64 = 1_686_790_800_000;
const HOUR: i64 = 3_600_000;

fn config() -> Config {
    Config::load(&include_str!("data/run.toml").replace("PORT", "1720")).unwrap()
}

fn submission() -> Submission {
    serde_json::from_value(json!({
        "sender": "vp", "sent_from": "vp@lamdong.example", "sent_to": "hnth@lamdong.example", "agency": "vp",
        "chair_site": "phong-1", "members": [{ "peer": "gov" }], "start": Moment::from_unix_millis(START).rfc3339(),
        "content": "Họp giao ban", "contact": { "name": "Trần Văn A", "phone": "02633000000" },
    }))
    .unwrap()
}

/// A journal with one session and one leg in it, as a gateway that was killed leaves it.
async fn killed(store: &StoreSettings) {
    let mut journal = Journal::open(store, Rng::from_number(1)).await.unwrap();
    let registered = Wall::trusted(START - 30 * HOUR);
    assert!(journal.configure(&config().facts, registered).await.unwrap().is_some());
    assert!(journal.configure(&config().facts, registered).await.unwrap().is_none(), "nothing has changed");
    let submit = Request::Submit(Box::new(submission()));
    let actor = Actor::new("Trực ban", Role::TechnicalOperator);
    let registration = RegistrationId(1);
    let accept = Request::Accept(Accept { registration, actor, alias: "8063001".into(), room: None });
    let party = Party::Peer("gov".into());
    let join = Request::Join(Join::new(JoinId(1), party, Called::Alias("8063001".into())));
    for (request, at) in [(submit, registered), (accept, registered), (join, Wall::trusted(START))] {
        let entry = journal.decide(&request, at).await.unwrap();
        assert!(entry.decision().is_permit(), "{}", entry.decision().render_en());
    }
}

#[tokio::test]
async fn legs_that_were_open_are_left_once() {
    let file = File::new("left");
    killed(&file.settings(None)).await;
    let mut journal = Journal::open(&file.settings(None), Rng::from_number(2)).await.unwrap();
    assert_eq!(journal.last(), Some(Wall::trusted(START)));
    assert_eq!(journal.recover(Wall::trusted(START + HOUR)).await.unwrap(), 1);
    assert_eq!(journal.recover(Wall::trusted(START + HOUR)).await.unwrap(), 0);
    assert_eq!(journal.registry().joins().count(), 0);
    drop(journal);
    let lines = read_sqlite(&file.0).await.unwrap();
    let last = Entry::from_line(lines.last().unwrap()).unwrap();
    let [Change::Left { join: JoinId(1), reason, .. }] = &last.decision().changes[..] else { panic!("{last:?}") };
    assert_eq!(reason.code, "restart");
    assert_eq!(
        Journal::open(&file.settings(None), Rng::from_number(2)).await.unwrap().registry().next_join(),
        JoinId(2)
    );
}

#[tokio::test]
async fn a_journal_that_was_touched_is_not_decided_on() {
    let file = File::new("touched");
    killed(&file.settings(None)).await;
    let line = "{\"v\":1,\"seq\":5,\"hash\":\"00\"}".to_owned();
    Sqlite::open(&file.0, SqliteOptions::default()).await.unwrap().append(5, &[line], &[]).await.unwrap();
    let opened = Journal::open(&file.settings(None), Rng::from_number(2)).await;
    assert!(matches!(&opened, Err(JournalError::Broken(broken)) if broken.seq == 5), "{opened:?}");
}

#[tokio::test]
async fn nothing_is_decided_that_cannot_be_written() {
    let file = File::new("full");
    killed(&file.settings(None)).await;
    let mut journal = Journal::open(&file.settings(Some(1)), Rng::from_number(3)).await.unwrap();
    let request = Request::Submit(Box::new(Submission { content: Some("x".repeat(2 << 20)), ..submission() }));
    let registrations = journal.registry().registrations().count();
    let decided = journal.decide(&request, Wall::trusted(START - 30 * HOUR)).await;
    assert!(matches!(decided, Err(JournalError::Store(StoreError::Unwritable(_)))), "{decided:?}");
    assert_eq!(journal.registry().registrations().count(), registrations);
}

#[tokio::test]
async fn a_restart_goes_on_from_a_snapshot_of_this_chain_and_no_other() {
    let file = File::new("snapshot");
    killed(&file.settings(None)).await;
    let whole = Journal::open(&file.settings(None), Rng::from_number(2)).await.unwrap();
    let (registry, head) = (whole.registry().clone(), verify(read_sqlite(&file.0).await.unwrap()).unwrap());
    assert_eq!(whole.resumed_at(), 0);
    drop(whole);
    let mut journal = Journal::open(&file.settings(None), Rng::from_number(2)).await.unwrap();
    journal.take_snapshot().await.unwrap();
    assert_eq!(journal.recover(Wall::trusted(START + HOUR)).await.unwrap(), 1);
    drop(journal);
    let resumed = Journal::open(&file.settings(None), Rng::from_number(2)).await.unwrap();
    let replayed = replay_with(read_sqlite(&file.0).await.unwrap(), &clear(&file.0).await).unwrap();
    assert_eq!((resumed.resumed_at(), resumed.last()), (head.seq, Some(Wall::trusted(START + HOUR))));
    assert_eq!(resumed.registry(), &replayed.0);
    drop(resumed);
    // A snapshot with another chain's head, and one that was edited.
    let elsewhere = Head { seq: 2, ..head };
    for line in [
        snapshot(&registry, &elsewhere).unwrap(),
        snapshot(&registry, &head).unwrap().replacen("8063001", "8063002", 1),
    ] {
        let mut store = Sqlite::open(&file.0, SqliteOptions::default()).await.unwrap();
        store.keep_snapshot(2, &line).await.unwrap();
        drop(store);
        let opened = Journal::open(&file.settings(None), Rng::from_number(2)).await.unwrap();
        assert_eq!((opened.resumed_at(), opened.registry()), (0, &replayed.0));
    }
}

#[tokio::test]
async fn what_is_erased_is_in_no_file_and_the_journal_goes_on() {
    let file = File::new("erased");
    killed(&file.settings(None)).await;
    let mut journal = Journal::open(&file.settings(None), Rng::from_number(2)).await.unwrap();
    journal.take_snapshot().await.unwrap();
    drop(journal);
    let name = submission().contact.unwrap().name;
    let mut store = Sqlite::open(&file.0, SqliteOptions::default()).await.unwrap();
    let records = store.personal().await.unwrap();
    let digests: Vec<_> = records.iter().filter(|one| one.text == name).map(|one| one.digest).collect();
    assert_eq!((digests.len(), store.erase(&digests).await.unwrap()), (1, 1));
    store.close().await.unwrap();
    for entry in std::fs::read_dir(file.0.parent().unwrap()).unwrap() {
        let octets = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(!octets.windows(name.len()).any(|part| part == name.as_bytes()));
    }
    let journal = Journal::open(&file.settings(None), Rng::from_number(2)).await.unwrap();
    let shown = journal.registry().registration(RegistrationId(1)).unwrap().submission.contact.clone().unwrap();
    assert!(shown.name.starts_with("[đã xóa ") && shown.phone == "02633000000", "{shown:?}");
    assert!(verify(read_sqlite(&file.0).await.unwrap()).is_ok());
}

/// The records of personal data that are there.
async fn clear(path: &std::path::Path) -> Clear {
    Clear::new(read_sqlite_personal(path).await.unwrap()).unwrap()
}

/// A database that goes with the test.
struct File(PathBuf);

impl File {
    fn new(test: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("lhtt-journal-{test}-{}", std::process::id()));
        Self(folder.join("journal.db"))
    }

    fn settings(&self, mib_max: Option<u32>) -> StoreSettings {
        StoreSettings::Sqlite { path: self.0.clone(), mib_max }
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(self.0.parent().unwrap());
    }
}
