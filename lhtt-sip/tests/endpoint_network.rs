//! Two endpoints call each other over a bad network, with owners that answer, refuse, hang up and change their minds at
//! random. Whatever happens, both sides agree in the end and nothing is left.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a run that breaks a promise ends the test")]

mod support;

use lhtt_core::io::{ListenerId, Transport};
use lhtt_sip::{EndedHow, Event, Invite, InviteId, Target};
use std::collections::BTreeMap;
use support::SDP;
use support::network::{Act, CALLEE, CALLER, Faults, Network};

/// Calls of one run.
const CALLS: u64 = 8;

/// Longest run: an unanswered call of ours lives 200 s, then CANCEL and its transactions 3 × 32 s.
const RUN_SECONDS: u64 = 420;

fn invite(network: &mut Network, transport: Transport, early: bool) -> InviteId {
    let (us, them) = (network.nodes[CALLER].address, network.nodes[CALLEE].address);
    let invite = Invite {
        target: Target {
            transport,
            remote: them,
            listener: Some(ListenerId(0)),
            local: None,
            server_name: None,
            sent_by: us.to_string(),
            stream: None,
        },
        uri: format!("sip:600@{them}").parse().unwrap(),
        from: format!("<sip:a@{us}>").parse().unwrap(),
        to: format!("<sip:600@{them}>").parse().unwrap(),
        contact: format!("sip:a@{us}").parse().unwrap(),
        offer: early.then(|| SDP.into()),
        headers: Vec::new(),
    };
    network.nodes[CALLER].endpoint.invite(network.now, invite).unwrap()
}

/// What the callee's owner does with a new call.
fn plan_callee(network: &mut Network, id: InviteId) {
    if network.rng.below(2) == 0 {
        let at = network.rng.below(500);
        network.act_in(at, CALLEE, id, Act::Ring);
    }
    let at = 100 + network.rng.below(5_000);
    let act = match network.rng.below(10) {
        0..=5 => Act::Accept,
        6 => Act::Reject(486),
        7 => Act::Reject(404),
        8 => Act::HangUp,
        // Says nothing: the caller has to end it.
        _ => return,
    };
    network.act_in(at, CALLEE, id, act);
}

/// How a run went: how often each word was told, by node.
type Counts = BTreeMap<(usize, String), usize>;

fn run(seed: u64, transport: Transport, faults: Faults) -> Counts {
    let mut network = Network::new(seed, transport, faults);
    let mut ids = Vec::new();
    for _ in 0..CALLS {
        let early = network.rng.below(4) != 0;
        let id = invite(&mut network, transport, early);
        ids.push((id, early));
        if network.rng.below(3) == 0 {
            let at = network.rng.below(6_000);
            network.act_in(at, CALLER, id, Act::HangUp);
        }
        // In the end somebody hangs up what is still there.
        network.act_in(60_000 + network.rng.clone().below(60_000), CALLER, id, Act::HangUp);
    }
    network.drain(CALLER);
    let (mut incoming, mut delayed) = (0, Vec::new());
    let mut steps = 0;
    while let Some((node, events)) = network.step() {
        steps += 1;
        assert!(steps < 200_000, "seed {seed}: it does not end");
        for event in events {
            match event {
                Event::Incoming { id, offer, .. } => {
                    incoming += 1;
                    delayed.extend(offer.is_none().then_some(id));
                    plan_callee(&mut network, id);
                    network.act_in(150_000, CALLEE, id, Act::HangUp);
                }
                Event::Answered { id, .. } if ids.contains(&(id, false)) => {
                    let now = network.now;
                    network.nodes[node].endpoint.acknowledge(now, id, SDP.into()).unwrap();
                    network.drain(node);
                }
                Event::Confirmed { id, sdp: Some(_) } => {
                    assert!(delayed.contains(&id), "seed {seed}: an answer to no offer")
                }
                Event::Ended { how: EndedHow::SessionTimeout, .. } => panic!("seed {seed}: no session timers"),
                _ => {}
            }
        }
    }
    let seconds = network.now.as_nanos() / 1_000_000_000;
    assert!(seconds <= RUN_SECONDS, "seed {seed}: {seconds} s");
    assert!(incoming <= ids.len(), "seed {seed}: a ghost call");
    let mut counts = Counts::new();
    for (index, node) in network.nodes.iter().enumerate() {
        assert!(node.endpoint.is_quiescent(), "seed {seed}: {index} keeps {:#?}", node.endpoint);
        assert!(node.strangers == 0 || faults.broken > 0, "seed {seed}: {index} does not know its peer");
        for (id, told) in &node.told {
            check_told(seed, index, *id, told);
            for word in told {
                *counts.entry((index, word.clone())).or_default() += 1;
            }
        }
    }
    assert_eq!(network.nodes[CALLER].forgotten.len(), ids.len(), "seed {seed}");
    counts
}

/// The promises about the events of one session.
fn check_told(seed: u64, node: usize, id: InviteId, told: &[String]) {
    let count = |word: &str| told.iter().filter(|told| *told == word).count();
    let text = format!("seed {seed}, node {node}, {id:?}: {told:?}");
    assert_eq!(told.last().map(String::as_str), Some("Forgotten"), "{text}");
    assert_eq!(count("Forgotten"), 1, "{text}");
    assert!(count("Ended") <= 1, "{text}");
    if node == CALLER {
        assert_eq!(count("Answered") + count("Failed"), 1, "{text}");
        assert!(count("Failed") == 0 || count("Ended") == 0, "{text}");
    } else {
        assert_eq!(count("Incoming"), 1, "{text}");
        assert!(count("Confirmed") + count("Cancelled") <= 1, "{text}");
    }
}

fn total(runs: impl Iterator<Item = Counts>) -> Counts {
    let mut all = Counts::new();
    for counts in runs {
        for (key, count) in counts {
            *all.entry(key).or_default() += count;
        }
    }
    all
}

fn of(counts: &Counts, node: usize, word: &str) -> usize {
    counts.get(&(node, word.to_owned())).copied().unwrap_or(0)
}

#[test]
fn datagrams_on_a_good_network() {
    let faults = Faults { delay: 20, ..Faults::default() };
    let counts = total((0..100).map(|seed| run(seed, Transport::Udp, faults)));
    assert_eq!(of(&counts, CALLEE, "Incoming"), 100 * CALLS as usize);
    assert!(of(&counts, CALLER, "Answered") > 300 && of(&counts, CALLER, "Failed") > 100, "{counts:?}");
    assert!(of(&counts, CALLEE, "Cancelled") > 50 && of(&counts, CALLEE, "Confirmed") > 300, "{counts:?}");
}

#[test]
fn datagrams_lost_doubled_and_overtaken() {
    let faults = Faults { loss: 20, duplication: 10, delay: 400, ..Faults::default() };
    let counts = total((0..300).map(|seed| run(seed, Transport::Udp, faults)));
    assert!(of(&counts, CALLER, "Answered") > 900, "{counts:?}");
}

#[test]
fn datagrams_on_a_network_that_hardly_works() {
    let faults = Faults { loss: 60, duplication: 30, delay: 3_000, ..Faults::default() };
    let counts = total((0..100).map(|seed| run(seed, Transport::Udp, faults)));
    assert!(of(&counts, CALLER, "Answered") > 50 && of(&counts, CALLER, "Failed") > 50, "{counts:?}");
}

#[test]
fn nothing_arrives_at_all() {
    let faults = Faults { loss: 100, ..Faults::default() };
    let counts = run(1, Transport::Udp, faults);
    assert_eq!(of(&counts, CALLER, "Failed"), CALLS as usize);
    assert_eq!(of(&counts, CALLEE, "Incoming"), 0);
}

#[test]
fn streams_that_hold() {
    let faults = Faults { delay: 20, ..Faults::default() };
    for transport in [Transport::Tcp, Transport::Tls] {
        let counts = total((0..100).map(|seed| run(seed, transport, faults)));
        assert_eq!(of(&counts, CALLEE, "Incoming"), 100 * CALLS as usize);
        assert!(of(&counts, CALLEE, "Confirmed") > 300, "{counts:?}");
    }
}

#[test]
fn streams_that_break_or_do_not_come_up() {
    let faults = Faults { delay: 50, refused: 10, broken: 5, ..Faults::default() };
    for transport in [Transport::Tcp, Transport::Tls] {
        let counts = total((0..200).map(|seed| run(seed, transport, faults)));
        assert!(of(&counts, CALLER, "Answered") > 50 && of(&counts, CALLER, "Failed") > 400, "{counts:?}");
    }
}

#[test]
fn one_seed_is_one_run() {
    let faults = Faults { loss: 20, duplication: 10, delay: 400, ..Faults::default() };
    assert_eq!(run(7, Transport::Udp, faults), run(7, Transport::Udp, faults));
}
