//! Whatever may be asked of the regulation, in any order: base requests and the acts of every area.

mod invariants;
mod templates;

use lhtt_core::journal::{Clear, Entry, Head, read_snapshot, replay_with, snapshot};
use lhtt_core::time::Wall;
use lhtt_core::{Decision, Outcome, Registry, Request, decide};

/// Commands in any order keep the invariants. Four octets a command: which, of what, by whom, and how long after the one before.
pub fn commands(data: &[u8]) -> bool {
    let (mut registry, mut head, mut now) = (Registry::default(), Head::default(), START);
    let (mut lines, mut records) = (Vec::new(), Vec::new());
    let chosen = data.chunks_exact(4).map(|octets| (octets[0], octets[1], octets[2], octets[3]));
    for (which, of, who, after) in
        [(0, 0, 0, 0), (1, 0, 0, 0), (2, 0, 0, 1)].into_iter().chain(chosen).take(COMMANDS_MAX)
    {
        now += i64::from(after) * i64::from(after) * MILLIS;
        let request = templates::command(which, of, who);
        let at = Wall { unix_millis: now, trusted: who < 250 };
        let decision = decide(&registry, &request, at);
        answered(&decision, &request);
        let before = registry.clone();
        let applied = registry.apply_all(&decision.changes);
        assert_eq!(applied, Ok(()), "a decision fits the registry it was made on: {request:?}");
        let entry = Entry::seal_apart(&head, at, &request, decision, &[of; 32]);
        head = entry.head();
        records.extend_from_slice(entry.personal());
        lines.push(entry.to_line().to_owned());
        invariants::hold(&before, &registry, &request, at);
    }
    let clear = Clear::new(records).expect("records hold");
    assert_eq!(replay_with(&lines, &clear), Ok((registry.clone(), head)), "a replay gives the same registry");
    // Facts tell no number that a session had before, and a configuration may have taken away what old sessions name.
    if let Ok(again) = Registry::from_facts(registry.facts()) {
        assert_eq!(again.facts(), registry.facts(), "facts tell the same again");
    }
    let kept = snapshot(&registry, &head).expect("it serialises");
    assert_eq!(read_snapshot(&kept, |_| lines.pop()), Ok((registry, head)), "a snapshot gives the same registry");
    true
}

fn answered(decision: &Decision, request: &Request) {
    let worst = decision.findings.iter().map(|finding| finding.outcome).min().unwrap_or(Outcome::Permit);
    assert_eq!(decision.outcome, worst);
    assert!(decision.is_permit() || !decision.citations().is_empty(), "a refusal is cited: {request:?}");
    assert!(decision.findings.iter().all(|finding| !finding.citations.is_empty()), "a finding is cited: {request:?}");
    assert!(!decision.line_vi().contains(char::is_control) && decision.ascii().is_ascii());
}

/// 2023-06-13T08:00:00+07:00.
const START: i64 = 1_686_618_000_000;
const MILLIS: i64 = 1_000;
const COMMANDS_MAX: usize = 200;
