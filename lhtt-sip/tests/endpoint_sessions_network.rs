//! Sessions that both sides change at will over a bad network: reliable responses, re-INVITE and UPDATE that cross, hold,
//! CANCEL and BYE in between, and peers that vanish. Whatever happens, both sides end, nothing is left, and one seed is one
//! run.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a run that breaks a promise ends the test")]

mod support;

use lhtt_core::io::{ListenerId, Transport};
use lhtt_core::time::{Duration, Instant};
use lhtt_sip::{Config, EndedHow, Event, Invite, InviteId, Target};
use std::collections::BTreeMap;
use support::SDP;
use support::network::{Act, CALLEE, CALLER, Faults, Network};

/// Calls of one run.
const CALLS: u64 = 4;

/// The session interval of a run, in seconds.
const SESSION: u64 = 40;

/// Longest run: somebody hangs up within 60 s, and an unanswered INVITE lives 200 s and its end; a vanished peer is noticed
/// within a session interval and a transaction.
const RUN_SECONDS: u64 = 420;

type Counts = BTreeMap<String, usize>;

fn config() -> Config {
    let mut config = Config::new(1);
    config.timers.session = Some(Duration::from_secs(SESSION));
    config.timers.session_min = Duration::from_secs(SESSION / 2);
    config
}

fn invite(network: &mut Network, transport: Transport, early: bool) -> InviteId {
    let (us, them) = (network.nodes[CALLER].address, network.nodes[CALLEE].address);
    let target = Target {
        transport,
        remote: them,
        listener: Some(ListenerId(0)),
        local: None,
        server_name: None,
        sent_by: us.to_string(),
        stream: None,
    };
    let invite = Invite {
        target,
        uri: format!("sip:600@{them}").parse().unwrap(),
        from: format!("<sip:a@{us}>").parse().unwrap(),
        to: format!("<sip:600@{them}>").parse().unwrap(),
        contact: format!("sip:a@{us}").parse().unwrap(),
        offer: early.then(|| SDP.into()),
        headers: Vec::new(),
    };
    network.nodes[CALLER].endpoint.invite(network.now, invite).unwrap()
}

/// What an owner does with a session in the next half minute.
fn plan(network: &mut Network, node: usize, id: InviteId) {
    for _ in 0..network.rng.below(6) {
        let at = network.rng.below(30_000);
        let act = match network.rng.below(6) {
            0 | 1 => Act::Change(true),
            2 => Act::Change(false),
            3 => Act::Ask,
            4 => Act::Hold(true),
            _ => Act::Hold(false),
        };
        network.act_in(at, node, id, act);
    }
}

fn plan_callee(network: &mut Network, id: InviteId) {
    if network.rng.below(4) != 0 {
        for _ in 0..=network.rng.below(2) {
            let at = network.rng.below(1_000);
            network.act_in(at, CALLEE, id, Act::Progress);
        }
    }
    let at = network.rng.below(3_000);
    let act = if network.rng.below(8) == 0 { Act::Reject(486) } else { Act::Accept };
    network.act_in(at, CALLEE, id, act);
    plan(network, CALLEE, id);
}

/// What the owner of a node owes at once.
fn react(network: &mut Network, node: usize, event: &Event) {
    let now = network.now;
    let endpoint = &mut network.nodes[node].endpoint;
    // A refusal means that the session has ended or gone on meanwhile, which further events say.
    let _ = match event {
        Event::Renegotiate { id, .. } => endpoint.accept(now, *id, SDP.into()),
        Event::Answered { id, sdp: Some(_), .. } | Event::Changed { id, sdp: Some(_) } => {
            endpoint.acknowledge(now, *id, SDP.into())
        }
        Event::Provisional { id, reliable: true, sdp: Some(_), .. } => endpoint.acknowledge(now, *id, SDP.into()),
        _ => Ok(()),
    };
    network.drain(node);
}

fn run(seed: u64, transport: Transport, faults: Faults, vanishes: bool) -> (Counts, u64) {
    let mut network = Network::with(seed, transport, faults, &config());
    network.vanishes = vanishes.then(|| Instant::from_millis(2_000 + network.rng.below(30_000)));
    for _ in 0..CALLS {
        let early = network.rng.below(3) != 0;
        let id = invite(&mut network, transport, early);
        plan(&mut network, CALLER, id);
        let cancelled = network.rng.below(4) == 0;
        let end = if cancelled { network.rng.below(3_000) } else { 30_000 + network.rng.below(60_000) };
        if !vanishes || cancelled {
            network.act_in(end, CALLER, id, Act::HangUp);
        }
    }
    network.drain(CALLER);
    let mut counts = Counts::new();
    let mut steps = 0;
    while let Some((node, events)) = network.step() {
        steps += 1;
        assert!(steps < 200_000, "seed {seed}: it does not end");
        for event in events {
            if let Event::Ended { how, .. } = &event {
                let how = if matches!(how, EndedHow::Bye { .. }) { "Bye".to_owned() } else { format!("{how:?}") };
                *counts.entry(how).or_default() += 1;
            }
            if let Event::Incoming { id, .. } = event {
                plan_callee(&mut network, id);
            }
            react(&mut network, node, &event);
        }
    }
    let seconds = network.now.as_nanos() / 1_000_000_000;
    assert!(seconds <= RUN_SECONDS, "seed {seed}: {seconds} s");
    for (index, node) in network.nodes.iter().enumerate() {
        assert!(node.endpoint.is_quiescent(), "seed {seed}: {index} keeps {:#?}", node.endpoint);
        assert!(node.strangers == 0 || faults.broken > 0, "seed {seed}: {index} does not know its peer");
        for (id, told) in &node.told {
            let count = |word: &str| told.iter().filter(|told| *told == word).count();
            assert_eq!(told.last().map(String::as_str), Some("Forgotten"), "seed {seed} {index} {id:?}: {told:?}");
            assert!(count("Ended") <= 1 && count("Answered") + count("Failed") <= 1, "seed {seed} {index}: {told:?}");
            for word in told {
                *counts.entry(word.clone()).or_default() += 1;
            }
        }
    }
    (counts, network.digest)
}

fn total(seeds: std::ops::Range<u64>, transport: Transport, faults: Faults, vanishes: bool) -> Counts {
    let mut total = Counts::new();
    for seed in seeds {
        for (word, count) in run(seed, transport, faults, vanishes).0 {
            *total.entry(word).or_default() += count;
        }
    }
    total
}

#[track_caller]
fn seen(counts: &Counts, words: &[&str]) {
    for word in words {
        assert!(counts.contains_key(*word), "{word} never happened: {counts:?}");
    }
}

#[test]
fn a_calm_network() {
    let faults = Faults { delay: 80, ..Faults::default() };
    let counts = total(0..60, Transport::Udp, faults, false);
    let words =
        ["ProvisionalConfirmed", "Changed", "ChangeRefused", "Renegotiate", "Held", "Cancelled", "Bye", "Failed"];
    seen(&counts, &words);
    // In other seeds a request of ours crosses a BYE now and then, finds no dialog and so looks like a peer that is gone.
    for word in ["NoAck", "NoPrack", "PeerGone", "SessionTimeout"] {
        assert!(!counts.contains_key(word), "{word}: {counts:?}");
    }
}

#[test]
fn datagrams_that_are_lost_doubled_and_overtaken() {
    let faults = Faults { loss: 12, duplication: 12, delay: 400, ..Faults::default() };
    seen(&total(0..150, Transport::Udp, faults, false), &["ProvisionalConfirmed", "Changed", "ChangeRefused", "Held"]);
}

#[test]
fn streams_that_break() {
    let faults = Faults { delay: 50, refused: 5, broken: 3, ..Faults::default() };
    seen(&total(0..100, Transport::Tcp, faults, false), &["ProvisionalConfirmed", "Changed", "Held"]);
}

#[test]
fn peers_that_vanish() {
    let faults = Faults { delay: 50, ..Faults::default() };
    let counts = total(0..60, Transport::Udp, faults, true);
    seen(&counts, &["SessionTimeout", "Failed"]);
}

#[test]
fn one_seed_is_one_run() {
    let faults = Faults { loss: 10, duplication: 10, delay: 300, ..Faults::default() };
    let digests: Vec<u64> = (0..8).map(|seed| run(seed, Transport::Udp, faults, false).1).collect();
    let again: Vec<u64> = (0..8).map(|seed| run(seed, Transport::Udp, faults, false).1).collect();
    assert_eq!(digests, again);
    assert!(digests.windows(2).all(|pair| pair[0] != pair[1]));
}
