//! The simulated world: invariants under faults, the same seed the same journal, and planted bugs caught.

#![allow(clippy::panic, reason = "a test")]

use lhtt_gateway::sim::{Broken, Faults, Planted, Report, SimOptions, run};

fn play(seed: u64, options: &SimOptions) -> Report {
    println!("seed {seed}");
    run(seed, options).unwrap_or_else(|broken| panic!("seed {seed}: {broken:?}"))
}

#[test]
fn a_calm_day_connects_and_refuses_as_it_should() {
    let report = play(1, &SimOptions::calm(300));
    assert!(report.answered > 100, "{report:?}");
    assert!(report.forbidden > 30, "{report:?}");
}

#[test]
fn twenty_thousand_calls_with_faults_hold_the_invariants() {
    let reports: Vec<_> = (100..110).map(|seed| play(seed, &SimOptions::rough(2_000))).collect();
    assert_eq!(reports.iter().map(|report| report.calls).sum::<u64>(), 20_000);
    println!("{:#?}", reports[0]);
    assert!(reports.iter().all(|report| report.answered > 500), "{reports:?}");
}

#[test]
fn the_same_seed_gives_the_same_journal() {
    let options = SimOptions::rough(200);
    assert_eq!(play(7, &options), play(7, &options), "I8");
    assert_ne!(play(7, &options).head, play(8, &options).head);
}

#[test]
fn planted_bugs_are_caught() {
    let cases = [
        (Planted::PortLeak, &["I3"][..]),
        // Which of them shows first depends on what the timer was for.
        (Planted::LostTimer, &["I2", "I3", "I4", "liveness"]),
        (Planted::LostStreamClose, &["I3"]),
        (Planted::SlotKept, &["I2", "I4"]),
        (Planted::Missing2xxRetransmission, &["liveness"]),
        (Planted::EarlyDial, &["I1"]),
    ];
    for (planted, invariants) in cases {
        let faults = Faults { datagram_lost: 150, stream_reset: 0, open_refused: 0, ..Faults::ROUGH };
        let options = SimOptions { planted: Some(planted), faults, ..SimOptions::rough(400) };
        let caught = run(3, &options);
        let by = caught.as_ref().err().map(|Broken { invariant, .. }| *invariant);
        assert!(by.is_some_and(|by| invariants.contains(&by)), "{planted:?}: {caught:?}");
    }
}
