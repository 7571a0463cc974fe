//! The six-month report (Điều 15 khoản 2 điểm đ) as data, as CSV and as Markdown. It is a fold of the journal: whoever replays the
//! journal gets the same octets, and each figure names the events that it counts.
//!
//! `cargo run -p lhtt-core --example report`

use lhtt_core::journal::{Entry, Head, replay};
use lhtt_core::report::{Cell, Cycle, EventId, Half, Period, Report, Scope, compliance, tally, usage};
use lhtt_core::time::Wall;
use lhtt_core::{Moment, Registry, Request, decide};
use serde_json::{Value, json};

type Fault = Box<dyn std::error::Error>;

pub(crate) fn main() -> Result<(), Fault> {
    let journal = half_a_year()?;
    let report = six_months(&journal)?;
    println!("{}", report.markdown());
    println!("{}", report.csv());
    println!("{}\n", serde_json::to_string_pretty(&report.json()["tables"]["totals"])?);

    let again = six_months(&journal)?;
    assert_eq!((again.csv(), again.markdown(), again.json()), (report.csv(), report.markdown(), report.json()));
    assert_eq!(report.json()["tables"]["totals"][0]["value"], 2, "the one after 14 June is in the next period");
    let shown = every_figure_is_founded(&report);
    println!("{shown} con số, mỗi con số kèm các sự kiện được tính");

    // Whose duty what was not done in time is, by clause.
    let entries: Vec<Entry> = journal.iter().map(|line| Entry::from_line(line)).collect::<Result<_, _>>()?;
    let (registry, _) = replay(&journal)?;
    let duties = compliance(&registry, entries.iter().map(tally), Some(scope()?.window), false);
    println!("\n{}", duties.markdown());
    Ok(())
}

/// The first half of 2024 as Nghị định 09/2019/NĐ-CP cuts it: 15/12/2023 to 14/6/2024.
fn scope() -> Result<Scope, Fault> {
    let window = Period::Half { year: 2024, half: Half::First }.window(Cycle::Nd09);
    Ok(Scope { window, now: moment("2024-06-20T08:00")?, cleared: false })
}

fn six_months(journal: &[String]) -> Result<Report, Fault> {
    let (registry, _) = replay(journal)?;
    Ok(usage(&registry, scope()?))
}

/// Rows that count something name what: how many figures there are.
fn every_figure_is_founded(report: &Report) -> usize {
    let mut shown = 0;
    for row in report.tables.iter().flat_map(|table| &table.rows) {
        let events: Vec<&EventId> =
            row.iter().flat_map(|cell| if let Cell::Events(all) = cell { &all[..] } else { &[] }).collect();
        for cell in row {
            let counts = matches!(cell, Cell::Count(1..) | Cell::Hours(1..) | Cell::Share { of: 1.., .. });
            assert!(!counts || !events.is_empty(), "{row:?}");
            shown += usize::from(counts);
        }
    }
    shown
}

/// Three sessions: one as it should be, an urgent one that was answered late, one of the next half year.
fn half_a_year() -> Result<Vec<String>, Fault> {
    let mut province = Province::default();
    province.found()?;
    province.session(1, "2024-01-10", "2024-01-08T08:00", "2024-01-08T09:00", json!("normal"))?;
    province.session(2, "2024-03-05", "2024-03-04T20:00", "2024-03-04T22:30", json!({"urgent": "lũ quét"}))?;
    province.session(3, "2024-06-15", "2024-06-12T08:00", "2024-06-12T08:30", json!("normal"))?;
    Ok(province.journal)
}

#[derive(Default)]
struct Province {
    registry: Registry,
    head: Head,
    journal: Vec<String>,
}

impl Province {
    fn ask(&mut self, at: &str, request: Value) -> Result<(), Fault> {
        let at = Wall::trusted(moment(at)?.unix_millis());
        let request: Request = serde_json::from_value(request)?;
        let decision = decide(&self.registry, &request, at);
        assert!(decision.is_permit(), "{}", decision.render_en());
        let entry = Entry::seal(&self.head, at, &request, decision);
        self.registry.apply_all(&entry.decision().changes)?;
        self.head = entry.head();
        self.journal.push(entry.to_line().to_owned());
        Ok(())
    }

    fn found(&mut self) -> Result<(), Fault> {
        let site = |id: &str, name: &str| json!({"id": id, "name": name, "organization": "so-y-te", "admitted": true});
        let configuration = json!({"configure": {
            "organizations": [{"id": "so-y-te", "name": "Sở Y tế", "kind": "department", "mailboxes": ["syt@lamdong.gov.vn"]}],
            "sites": [site("so-y-te", "Sở Y tế"), site("da-lat", "Đà Lạt")],
        }});
        self.ask("2023-06-06T08:00", configuration)
    }

    /// A session from 08:00 to 10:00 of a day.
    fn session(&mut self, id: u64, day: &str, received: &str, answered: &str, urgency: Value) -> Result<(), Fault> {
        let time = |clock: &str| format!("{day}T{clock}:00+07:00");
        let submission = json!({"submit": {
            "sent_from": "syt@lamdong.gov.vn", "sent_to": "kythuat@lamdong.gov.vn", "agency": "so-y-te", "chair_site": "so-y-te",
            "members": [{"site": "da-lat"}], "start": time("08:00"), "end": time("10:00"), "content": "Giao ban", "kind": "a",
            "urgency": urgency, "contact": {"name": "Trần Thị Lan", "phone": "0263 3822 000"},
        }});
        self.ask(received, submission)?;
        self.ask(answered, json!({"accept": {"registration": id, "actor": operator(), "alias": format!("100{id}")}}))?;
        self.ask(answered, conduct(id, json!({"record_rehearsal": {"result": "pass"}})))?;
        for (join, site, clock) in [(2 * id, "so-y-te", "07:50"), (2 * id + 1, "da-lat", "08:05")] {
            let call = json!({"join": join, "party": {"site": site}, "called": {"alias": format!("100{id}")}});
            self.ask(&format!("{day}T{clock}"), json!({"join": call}))?;
        }
        self.ask(&format!("{day}T10:00"), json!({"end": {"session": id, "actor": operator()}}))
    }
}

fn conduct(session: u64, what: Value) -> Value {
    json!({"conduct": {"session": session, "actor": operator(), "do": what}})
}

fn operator() -> Value {
    json!({"name": "Lê Văn An", "role": "technical_operator"})
}

fn moment(text: &str) -> Result<Moment, Fault> {
    Ok(Moment::parse(&format!("{text}:00+07:00"))?)
}
