//! The regulation: deciding a join that is permitted and one that is not, sealing the decision, verifying a journal.

use criterion::{Criterion, criterion_group, criterion_main};
use lhtt_core::journal::{Entry, Head, verify};
use lhtt_core::registry::Configuration;
use lhtt_core::request::{Accept, Actor, Called, Join, Party, Role};
use lhtt_core::time::Wall;
use lhtt_core::{JoinId, Moment, Registry, Request, Submission, decide};
use std::hint::black_box;

const DURING: &str = "2023-06-15T08:30:00+07:00";

fn at(text: &str) -> Wall {
    Wall::trusted(Moment::parse(text).expect("it is a time").unix_millis())
}

/// A registry with one accepted session, and the journal that made it.
fn accepted() -> (Registry, Vec<Entry>) {
    let configuration: Configuration =
        serde_json::from_str(include_str!("../data/configuration.json")).expect("it reads");
    let submission: Submission = serde_json::from_str(include_str!("../data/submission.json")).expect("it reads");
    let actor = Actor { name: "Nguyễn Văn Trực".to_owned(), role: Role::TechnicalOperator };
    let (mut registry, mut head, mut journal) = (Registry::default(), Head::default(), Vec::new());
    let mut ask = |registry: &mut Registry, request: Request, when: &str| {
        let decision = decide(registry, &request, at(when));
        assert!(decision.is_permit(), "{}", decision.render_en());
        let entry = Entry::seal(&head, at(when), &request, decision);
        registry.apply_all(&entry.decision().changes).expect("a decision fits its registry");
        head = entry.head();
        journal.push(entry);
    };
    ask(&mut registry, Request::Configure(Box::new(configuration)), "2023-06-13T07:00:00+07:00");
    ask(&mut registry, Request::Submit(Box::new(submission)), "2023-06-13T08:00:00+07:00");
    let registration = registry.registrations().next().expect("it was registered").id;
    let accept = Accept { registration, actor, alias: "1001".to_owned(), room: None };
    ask(&mut registry, Request::Accept(accept), "2023-06-13T09:00:00+07:00");
    (registry, journal)
}

fn join(party: Party, alias: &str) -> Request {
    Request::Join(Join { join: JoinId(1), party, called: Called::Alias(alias.to_owned()) })
}

fn regulation(criterion: &mut Criterion) {
    let (registry, journal) = accepted();
    let head = journal.last().expect("three entries").head();
    let (good, bad) = (join(Party::Peer("chinh-phu".into()), "1001"), join(Party::Peer("chinh-phu".into()), "9999"));
    assert!(decide(&registry, &good, at(DURING)).is_permit());
    assert!(!decide(&registry, &bad, at(DURING)).is_permit());
    criterion.bench_function("regulation/join/permit", |b| b.iter(|| decide(&registry, black_box(&good), at(DURING))));
    criterion.bench_function("regulation/join/deny", |b| b.iter(|| decide(&registry, black_box(&bad), at(DURING))));
    let decision = decide(&registry, &good, at(DURING));
    criterion.bench_function("journal/seal", |b| {
        b.iter(|| Entry::seal(&head, at(DURING), &good, black_box(decision.clone())))
    });
    let lines: Vec<_> = journal.iter().map(|entry| entry.to_line().to_owned()).collect();
    criterion.bench_function("journal/verify/3", |b| b.iter(|| verify(black_box(&lines)).expect("it is whole")));
}

criterion_group!(benches, regulation);
criterion_main!(benches);
