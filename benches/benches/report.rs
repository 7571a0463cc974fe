//! Reports over 100,000 sessions of two years, folded from the records that the registry keeps.

use criterion::{Throughput, criterion_group, criterion_main};
use lhtt_benches::clock::{Bench, bench};
use lhtt_benches::province::{Province, during};
use lhtt_core::registry::{Attendance, Course, Episode, Session};
use lhtt_core::report::{Cycle, Period, Scope, usage, utilisation};
use lhtt_core::submission::Member;
use lhtt_core::{Moment, Registry, SessionId};
use std::hint::black_box;

const SESSIONS: u64 = 100_000;
/// From one session's start to the next: two years hold them all.
const GAP_S: i64 = 600;

/// Every site that a session lists was there from its start to its end.
fn attended(session: &Session) -> Course {
    let mut course = Course::default();
    for seat in &session.seats {
        let Member::Site(site) = &seat.member else { continue };
        let attendance: &mut Attendance = course.attendance.entry(site.clone()).or_default();
        attendance.episodes.push(Episode { from: session.start, until: Some(session.end), lost: false });
    }
    course
}

/// A province in which one session of 20 sites has been held 100,000 times.
fn long_lived() -> Registry {
    let province = Province::new(20, 1);
    let mut facts = province.registry.facts();
    let (session, registration) = (facts.sessions[0].clone(), facts.registrations[0].clone());
    let begin = Moment::from(during());
    (facts.sessions, facts.registrations) = (1..=SESSIONS)
        .map(|number| {
            let (mut session, mut registration) = (session.clone(), registration.clone());
            session.id = SessionId(number);
            registration.id.0 = number;
            session.registration = registration.id;
            registration.state = lhtt_core::registry::RegistrationState::Accepted(session.id);
            session.start = begin.plus_seconds(GAP_S * i64::try_from(number).unwrap_or(0));
            session.end = session.start.plus_seconds(3_600);
            registration.submission.start = Some(session.start);
            registration.received_at = session.start.hours_before(48);
            session.accepted_at = session.start.hours_before(47);
            session.ended = Some(lhtt_core::registry::SessionEnd {
                at: session.end,
                by: lhtt_core::request::Actor::new("An", lhtt_core::request::Role::TechnicalOperator),
            });
            (session, registration)
        })
        .unzip();
    facts.conduct.sessions = facts.sessions.iter().map(|session| (session.id, attended(session))).collect();
    Registry::from_facts(facts).expect("the facts hold")
}

fn report(criterion: &mut Bench) {
    let registry = long_lived();
    let begin = Moment::from(during());
    let period = Period::AdHoc { from: begin.date(), until: begin.plus_seconds(GAP_S * 100_001).date() };
    let scope = Scope { window: period.window(Cycle::Nd09), now: begin.plus_seconds(GAP_S * 200_000), cleared: true };
    let made = usage(&registry, scope);
    assert!(made.csv().contains("S1-S100000"), "every session counts");
    let mut group = criterion.benchmark_group("report");
    group.throughput(Throughput::Elements(SESSIONS));
    group.sample_size(10);
    group.bench_function("usage/100000_sessions", |b| b.iter(|| usage(black_box(&registry), scope)));
    group.bench_function("usage/100000_sessions/csv", |b| b.iter(|| usage(black_box(&registry), scope).csv()));
    group.bench_function("utilisation/100000_sessions", |b| b.iter(|| utilisation(black_box(&registry), scope)));
    group.finish();
}

criterion_group! { name = benches; config = bench(); targets = report }
criterion_main!(benches);
