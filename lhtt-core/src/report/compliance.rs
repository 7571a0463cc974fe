//! Compliance with each clause and by each duty-holder (Điều 20 khoản 2): counted from the journal's decisions.
//!
//! A decision keeps a clause where it permits and stands on it; it does not where a finding cites it. Advice is neither. Every
//! count lists the numbers of its entries, so that each can be looked up, and a replay of the journal gives the same table.
//! Entries about secret sessions count only for whoever is cleared.

mod about;

pub use about::About;

use super::overrides::overrides_table;
use super::period::Window;
use super::table::{Cell, Column, EventId, Report, Table, column};
use crate::change::Change;
use crate::citation::Citation;
use crate::civil::Moment;
use crate::decision::{Decision, Outcome};
use crate::finding::{DutyHolder, Finding, FindingKind, Text};
use crate::ids::RegistrationId;
use crate::journal::Entry;
use crate::registry::Registry;
use crate::request::Request;
use about::Secrets;
use std::collections::{BTreeMap, BTreeSet};

/// What counts of one decision.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tally {
    /// The number of its entry.
    pub seq: u64,
    /// When it was decided.
    pub at: Moment,
    /// Its outcome.
    pub outcome: Outcome,
    /// The clauses that a permit stands on.
    pub kept: Vec<Citation>,
    /// Which session it is about.
    pub about: About,
    /// The registration that it answers. What stands against one registration is told at each of its steps and counts once.
    pub registration: Option<RegistrationId>,
    /// Its findings, one for each clause they cite.
    pub findings: Vec<Counted>,
    /// Who overrode something by it, and why.
    pub overridden: Option<(String, String)>,
}

/// A finding as it counts under one clause.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counted {
    /// The clause.
    pub citation: Citation,
    /// The rule.
    pub rule: String,
    /// What sort of finding it is.
    pub kind: FindingKind,
    /// Whose duty it was.
    pub duty_holder: Option<DutyHolder>,
}

/// What counts of an entry.
pub fn tally(entry: &Entry) -> Tally {
    let decision = entry.decision();
    Tally {
        seq: entry.seq(),
        at: entry.at().into(),
        outcome: decision.outcome,
        kept: if decision.is_permit() { decision.basis.to_vec() } else { Vec::new() },
        about: About::of(entry.request(), decision),
        registration: registration(entry.request(), decision),
        findings: findings(decision),
        overridden: overridden(entry.request(), decision),
    }
}

/// An act that is refused has not happened: it adds no breach.
fn findings(decision: &Decision) -> Vec<Counted> {
    let happened = |finding: &&Finding| decision.is_permit() || finding.kind != FindingKind::Breach;
    let found = decision.findings.iter().filter(happened).flat_map(|finding| {
        finding.citations.iter().map(move |citation| Counted {
            citation: *citation,
            rule: finding.rule.to_string(),
            kind: finding.kind,
            duty_holder: finding.duty_holder,
        })
    });
    found.collect()
}

fn registration(request: &Request, decision: &Decision) -> Option<RegistrationId> {
    match request {
        Request::Submit(_) => decision.changes.iter().find_map(|change| match change {
            Change::Registered(registration) => Some(registration.id),
            _ => None,
        }),
        Request::Override(waiver) => Some(waiver.registration),
        Request::Accept(accept) => Some(accept.registration),
        Request::Reject(reject) => Some(reject.registration),
        _ => None,
    }
}

fn overridden(request: &Request, decision: &Decision) -> Option<(String, String)> {
    match request {
        Request::Override(waiver) if decision.is_permit() => Some((waiver.actor.vi(), waiver.reason.clone())),
        _ => None,
    }
}

/// The compliance table of the decisions in a window; of all of them, if none is given. `registry` is what the journal comes to.
pub fn compliance(
    registry: &Registry,
    tallies: impl IntoIterator<Item = Tally>,
    window: Option<Window>,
    cleared: bool,
) -> Report {
    let mut counts = Counts::default();
    let mut secrets = Secrets::new(registry);
    let within = |tally: &Tally| window.is_none_or(|window| window.contains(tally.at));
    let shown = tallies.into_iter().filter(|tally| !secrets.concern(&tally.about) || cleared);
    let mut tallies: Vec<_> = shown.filter(within).collect();
    once(&mut tallies);
    tallies.iter().for_each(|tally| counts.add(tally));
    let title = ("Tình hình thực hiện Quy chế", "Compliance with the regulation");
    let mut report = Report::new("compliance", title.0, title.1, &[CLAUSE_2]);
    report.window = window;
    if !cleared {
        report = report.without_secrets();
    }
    report.tables =
        vec![counts.outcomes_table(), counts.clauses_table(), counts.holders_table(), counts.overrides_table()];
    report
}

/// Of what is told at several steps of a registration only the last word counts: first it refuses, overridden it is a breach.
fn once(tallies: &mut [Tally]) {
    let mut told = BTreeSet::new();
    for tally in tallies.iter_mut().rev() {
        let Some(id) = tally.registration else { continue };
        tally.findings.retain(|one| !told.contains(&(id, one.rule.clone(), one.citation)));
        told.extend(tally.findings.iter().map(|one| (id, one.rule.clone(), one.citation)));
    }
}

#[derive(Default)]
struct Counts {
    outcomes: BTreeMap<Outcome, BTreeSet<u64>>,
    clauses: BTreeMap<Citation, Clause>,
    holders: BTreeMap<(DutyHolder, Citation), BTreeSet<u64>>,
    overrides: Vec<(u64, Moment, String, String)>,
}

/// The entries that concern one clause.
#[derive(Default)]
struct Clause {
    kept: BTreeSet<u64>,
    violated: BTreeSet<u64>,
    missing: BTreeSet<u64>,
    breached: BTreeSet<u64>,
    advised: BTreeSet<u64>,
}

impl Counts {
    fn add(&mut self, tally: &Tally) {
        let seq = tally.seq;
        self.outcomes.entry(tally.outcome).or_default().insert(seq);
        for citation in &tally.kept {
            if tally.findings.iter().all(|one| one.citation != *citation || one.kind == FindingKind::Advice) {
                self.clauses.entry(*citation).or_default().kept.insert(seq);
            }
        }
        for Counted { citation, kind, duty_holder: holder, .. } in &tally.findings {
            let clause = self.clauses.entry(*citation).or_default();
            let set = match kind {
                FindingKind::Violation => &mut clause.violated,
                FindingKind::MissingEvidence => &mut clause.missing,
                FindingKind::Breach => &mut clause.breached,
                FindingKind::Advice => &mut clause.advised,
            };
            set.insert(seq);
            if let Some(holder) = holder.filter(|_| *kind != FindingKind::Advice) {
                self.holders.entry((holder, *citation)).or_default().insert(seq);
            }
        }
        if let Some((who, why)) = &tally.overridden {
            self.overrides.push((seq, tally.at, who.clone(), why.clone()));
        }
    }

    fn outcomes_table(&self) -> Table {
        let row = |(outcome, seqs): (&Outcome, &BTreeSet<u64>)| {
            let (vi, en) = outcome_name(*outcome);
            vec![Cell::both(vi, en), Cell::Count(seqs.len() as u64), events(seqs)]
        };
        Table {
            id: "outcomes",
            title: Text { vi: "Kết quả".into(), en: "Outcomes".into() },
            columns: vec![column("outcome", "Kết quả", "Outcome"), COUNT, EVENTS],
            rows: self.outcomes.iter().map(row).collect(),
        }
    }

    fn clauses_table(&self) -> Table {
        let row = |(citation, clause): (&Citation, &Clause)| {
            let Clause { kept, violated, missing, breached, advised } = clause;
            let against: BTreeSet<u64> = violated.iter().chain(missing).chain(breached).copied().collect();
            let part = kept.len() as u64;
            let count = |set: &BTreeSet<u64>| Cell::Count(set.len() as u64);
            vec![
                Cell::Text(citation.key()),
                Cell::Share { part, of: part + against.len() as u64 },
                count(violated),
                count(missing),
                count(breached),
                count(advised),
                events(kept),
                events(&against),
                events(advised),
            ]
        };
        Table {
            id: "clauses",
            title: Text { vi: "Theo điều khoản".into(), en: "By clause".into() },
            columns: vec![
                column("clause", "Điều khoản", "Clause"),
                column("kept", "Tuân thủ", "Kept"),
                column("violations", "Vi phạm", "Violations"),
                column("missing_evidence", "Thiếu căn cứ", "Missing evidence"),
                column("breaches", "Chậm, thiếu nghĩa vụ", "Breaches"),
                column("advice", "Lưu ý", "Advice"),
                column("kept_events", "Bản ghi tuân thủ", "Entries kept"),
                column("events", "Bản ghi không tuân thủ", "Entries not kept"),
                column("advice_events", "Bản ghi lưu ý", "Entries with advice"),
            ],
            rows: self.clauses.iter().map(row).collect(),
        }
    }

    fn holders_table(&self) -> Table {
        let row = |((holder, citation), seqs): (&(DutyHolder, Citation), &BTreeSet<u64>)| {
            let name = holder.name();
            vec![Cell::Both(name), Cell::Text(citation.key()), Cell::Count(seqs.len() as u64), events(seqs)]
        };
        Table {
            id: "duty_holders",
            title: Text { vi: "Theo bên có trách nhiệm".into(), en: "By duty-holder".into() },
            columns: vec![
                column("duty_holder", "Bên có trách nhiệm", "Duty-holder"),
                column("clause", "Điều khoản", "Clause"),
                COUNT,
                EVENTS,
            ],
            rows: self.holders.iter().map(row).collect(),
        }
    }

    fn overrides_table(&self) -> Table {
        let row =
            |(seq, at, who, why): &(u64, Moment, String, String)| (*at, who.clone(), why.clone(), EventId::Entry(*seq));
        overrides_table(self.overrides.iter().map(row), EVENTS)
    }
}

fn events(seqs: &BTreeSet<u64>) -> Cell {
    Cell::Events(seqs.iter().map(|seq| EventId::Entry(*seq)).collect())
}

fn outcome_name(outcome: Outcome) -> (&'static str, &'static str) {
    match outcome {
        Outcome::NotEvaluable => ("không đánh giá được", "not evaluable"),
        Outcome::Deny => ("từ chối", "refused"),
        Outcome::Incomplete => ("chưa đủ", "incomplete"),
        Outcome::NeedsOverride => ("cần phê duyệt ngoại lệ", "needs an override"),
        Outcome::Permit => ("cho phép", "permitted"),
    }
}

const COUNT: Column = column("count", "Số lượng", "Count");
const EVENTS: Column = column("events", "Bản ghi", "Entries");
const CLAUSE_2: Citation = Citation::article(20).clause(2);
