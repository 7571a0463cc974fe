//! Every state of every machine against every event, as one text a machine.

use super::timers::Timers;
use super::{Emit, Step, Tell, client, client_invite, server, server_invite};
use lhtt_core::time::{Duration, Instant};
use std::fmt::{Debug, Write};

const START: Instant = Instant::from_millis(1_000);

/// Durations since `START` in milliseconds, so that a line is short.
fn tidy(state: impl Debug) -> String {
    let text = format!("{state:?}");
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("Instant(") {
        let (head, tail) = rest.split_at(at);
        let end = tail.find(')').unwrap();
        let nanos: u64 = tail["Instant(".len()..end].parse().unwrap();
        let _ = write!(out, "{head}+{}", (nanos - START.as_nanos()) / 1_000_000);
        rest = &tail[end + 1..];
    }
    out + rest
}

fn line(out: &mut String, from: impl Debug, event: impl Debug, step: Step, to: impl Debug) {
    let (from, to) = (tidy(from), tidy(to));
    let to = if from == to { "same".to_owned() } else { to };
    let said = match (step.emit, step.tell) {
        (Emit::Nothing, Tell::Nothing) => "-".to_owned(),
        (emit, Tell::Nothing) => format!("emit {emit:?}"),
        (Emit::Nothing, tell) => format!("tell {tell:?}"),
        (emit, tell) => format!("emit {emit:?}, tell {tell:?}"),
    };
    let _ = writeln!(out, "  {:<18} {said:<28} {to}", format!("{event:?}"));
}

/// The table of a machine: for each state (made by a path of events), each event at the state's deadline.
macro_rules! table {
    ($module:ident, $new:expr, $paths:expr, $events:expr) => {{
        let timers = Timers::default();
        let mut out = String::new();
        for path in $paths {
            let mut machine = $new(&timers);
            for &event in path.iter() {
                let now = if event == $module::Event::Timer { machine.deadline().unwrap() } else { START };
                machine.handle(now, event, &timers);
            }
            let _ = writeln!(out, "{}", tidy(machine.state()));
            for event in $events {
                let mut next = machine.clone();
                let now = if event == $module::Event::Timer { next.deadline().unwrap_or(START) } else { START };
                let step = next.handle(now, event, &timers);
                line(&mut out, machine.state(), event, step, next.state());
            }
        }
        out
    }};
}

fn check(got: &str, expected: &str) {
    assert_eq!(got.trim(), expected.trim(), "\n--- got ---\n{got}");
}

#[test]
fn client_invite_over_datagrams() {
    use client_invite::Event::*;
    let paths: &[&[client_invite::Event]] =
        &[&[], &[Provisional], &[Provisional, Cancelled], &[Failure], &[Success], &[Failure, Timer]];
    let events = [Provisional, Success, Failure, Cancelled, Timer, TransportFailed];
    check(
        &table!(client_invite, |timers| client_invite::ClientInvite::new(START, false, timers), paths, events),
        include_str!("tables/client_invite.txt"),
    );
}

#[test]
fn client_over_datagrams() {
    use client::Event::*;
    let paths: &[&[client::Event]] = &[&[], &[Provisional], &[Final], &[Final, Timer]];
    let events = [Provisional, Final, Timer, TransportFailed];
    check(
        &table!(client, |timers| client::Client::new(START, false, timers), paths, events),
        include_str!("tables/client.txt"),
    );
}

#[test]
fn server_invite_over_datagrams() {
    use server_invite::Event::*;
    let paths: &[&[server_invite::Event]] = &[
        &[],
        &[RespondProvisional],
        &[RespondFailure],
        &[RespondFailure, Ack],
        &[RespondSuccess],
        &[RespondFailure, Ack, Timer],
    ];
    let events = [Request, Ack, RespondProvisional, RespondSuccess, RespondFailure, Timer, TransportFailed];
    check(
        &table!(
            server_invite,
            |timers: &Timers| server_invite::ServerInvite::new(START, false, timers.answer, timers),
            paths,
            events
        ),
        include_str!("tables/server_invite.txt"),
    );
}

#[test]
fn server_over_datagrams() {
    use server::Event::*;
    let paths: &[&[server::Event]] = &[&[], &[RespondProvisional], &[RespondFinal], &[RespondFinal, Timer]];
    let events = [Request, RespondProvisional, RespondFinal, Timer, TransportFailed];
    check(
        &table!(server, |timers| server::Server::new(START, false, timers), paths, events),
        include_str!("tables/server.txt"),
    );
}

#[test]
fn reliable_streams_have_no_retransmissions_and_no_absorption() {
    let timers = Timers::default();
    let mut invite = client_invite::ClientInvite::new(START, true, &timers);
    assert_eq!(invite.deadline(), Some(START + timers.transaction()));
    invite.handle(START, client_invite::Event::Failure, &timers);
    assert_eq!(invite.state(), client_invite::State::Terminated);
    let mut bye = client::Client::new(START, true, &timers);
    assert_eq!(bye.deadline(), Some(START + timers.transaction()));
    bye.handle(START, client::Event::Final, &timers);
    assert_eq!(bye.state(), client::State::Terminated);
    let mut incoming = server_invite::ServerInvite::new(START, true, timers.answer, &timers);
    incoming.handle(START, server_invite::Event::RespondFailure, &timers);
    assert_eq!(incoming.deadline(), Some(START + timers.transaction()));
    incoming.handle(START, server_invite::Event::Ack, &timers);
    assert_eq!(incoming.state(), server_invite::State::Terminated);
    let mut other = server::Server::new(START, true, &timers);
    other.handle(START, server::Event::RespondFinal, &timers);
    assert_eq!(other.state(), server::State::Terminated);
}

/// The offsets from the start, in milliseconds, at which a machine emits; at the end it must be over.
fn emissions(mut step: impl FnMut(Instant) -> (Step, Option<Instant>), mut deadline: Option<Instant>) -> Vec<u64> {
    let mut at = Vec::new();
    while let Some(now) = deadline {
        let (said, next) = step(now);
        if said.emit != Emit::Nothing {
            at.push((now - START).as_millis() as u64);
        }
        deadline = next;
    }
    at
}

#[test]
fn invite_is_repeated_at_doubling_intervals_until_timer_b() {
    let timers = Timers::default();
    let mut machine = client_invite::ClientInvite::new(START, false, &timers);
    let first = machine.deadline();
    let at = emissions(|now| (machine.handle(now, client_invite::Event::Timer, &timers), machine.deadline()), first);
    assert_eq!(at, [500, 1_500, 3_500, 7_500, 15_500, 31_500]);
    assert_eq!(machine.state(), client_invite::State::Terminated);
}

#[test]
fn other_requests_are_repeated_up_to_t2_until_timer_f() {
    let timers = Timers::default();
    let mut machine = client::Client::new(START, false, &timers);
    let first = machine.deadline();
    let at = emissions(|now| (machine.handle(now, client::Event::Timer, &timers), machine.deadline()), first);
    assert_eq!(at, [500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500]);
}

#[test]
fn a_failure_is_repeated_until_timer_h() {
    let timers = Timers::default();
    let mut machine = server_invite::ServerInvite::new(START, false, timers.answer, &timers);
    machine.handle(START, server_invite::Event::RespondFailure, &timers);
    let first = machine.deadline();
    let at = emissions(|now| (machine.handle(now, server_invite::Event::Timer, &timers), machine.deadline()), first);
    assert_eq!(at, [500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500]);
}

#[test]
fn an_early_timer_changes_nothing() {
    let timers = Timers::default();
    let early = START + Duration::from_millis(1);
    let mut machine = client_invite::ClientInvite::new(START, false, &timers);
    let before = machine.clone();
    assert_eq!(machine.handle(early, client_invite::Event::Timer, &timers), Step::default());
    assert_eq!(machine, before);
}
