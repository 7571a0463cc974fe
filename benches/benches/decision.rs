//! The regulation in a province of 500 sites and 50 sessions: decisions, their changes, their journal.

use criterion::{Throughput, criterion_group, criterion_main};
use lhtt_benches::clock::{Bench, bench};
use lhtt_benches::province::{ALIAS, Province, UNKNOWN_ALIAS, before, during, join, leave, submission};
use lhtt_core::journal::{Entry, verify};
use lhtt_core::{Change, Request, decide};
use std::hint::black_box;

const SITES: usize = 500;
const SESSIONS: usize = 50;
/// Calls in the journal that is verified: two entries each.
const CALLS: u64 = 500;

fn decision(criterion: &mut Bench) {
    let province = Province::new(SITES, SESSIONS);
    let large = Province::new(SITES, 1);
    let mut group = criterion.benchmark_group("decision");
    let (last, only) = (join(1, &format!("71{:05}", SESSIONS - 1)), join(1, ALIAS));
    let unknown = join(1, UNKNOWN_ALIAS);
    let register = |sites| Request::Submit(Box::new(submission(sites, 16)));
    let (ten, every) = (register(0..10), register(0..SITES));
    for (name, province, request, at, permitted) in [
        ("join", &province, &last, during(), true),
        ("join/session_of_500_sites", &large, &only, during(), true),
        ("join/unknown_number", &province, &unknown, during(), false),
        ("register/10_sites", &province, &ten, before(), true),
        ("register/500_sites", &province, &every, before(), true),
    ] {
        let decision = decide(&province.registry, request, at);
        assert_eq!(decision.is_permit(), permitted, "{name}: {}", decision.render_en());
        group.bench_function(name, |b| b.iter(|| decide(black_box(&province.registry), black_box(request), at)));
    }
    group.finish();
}

fn apply(criterion: &mut Bench) {
    let mut registry = Province::new(SITES, SESSIONS).registry;
    let joined = decide(&registry, &join(1, ALIAS), during()).changes;
    registry.apply_all(&joined).expect("it fits");
    let left = decide(&registry, &leave(1), during()).changes;
    registry.apply_all(&left).expect("it fits");
    let changes: Vec<Change> = joined.into_iter().chain(left).collect();
    let mut group = criterion.benchmark_group("registry");
    group.throughput(Throughput::Elements(changes.len() as u64));
    group.bench_function("apply", |b| b.iter(|| registry.apply_all(black_box(&changes)).expect("it fits")));
    group.finish();
}

fn journal(criterion: &mut Bench) {
    let mut province = Province::new(SITES, SESSIONS);
    let request = join(1, ALIAS);
    let decision = decide(&province.registry, &request, during());
    let head = province.head;
    let mut group = criterion.benchmark_group("journal");
    group.bench_function("seal", |b| {
        b.iter_batched(
            || decision.clone(),
            |decision| Entry::seal(&head, during(), black_box(&request), decision),
            criterion::BatchSize::SmallInput,
        );
    });
    let begun = province.journal.len();
    for call in 1..=CALLS {
        province.ask(during(), join(call, ALIAS));
        province.ask(during(), leave(call));
    }
    let lines: Vec<&str> = province.journal[begun..].iter().map(Entry::to_line).collect();
    group.throughput(Throughput::Elements(lines.len() as u64));
    group.bench_function("verify_from", |b| {
        b.iter(|| lhtt_core::journal::verify_from(&head, black_box(&lines)).expect("it is whole"));
    });
    group.bench_function("read", |b| {
        b.iter(|| black_box(&lines).iter().filter(|line| Entry::from_line(line).is_ok()).count());
    });
    assert!(verify(province.journal.iter().map(Entry::to_line)).is_ok());
    group.finish();
}

criterion_group! { name = benches; config = bench(); targets = decision, apply, journal }
criterion_main!(benches);
