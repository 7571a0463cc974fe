//! Worked examples of the regulation, row by row: `tests/data/examples-coded.csv` says what each must come to.
//!
//! A row is checked by its outcome, and, where the decision has findings, by their citations and readings. Rows about
//! what is not built (quotas, rehearsals, recordings, …) are not in the file.

use crate::world::*;
use lhtt_core::registry::{LateNormal, Session};
use lhtt_core::submission::{Classification, Contact, Path, Submission};
use lhtt_core::{Citation, Decision, Outcome, Query, Request, Version, decide};
use std::path::PathBuf;

struct Row {
    id: String,
    outcome: String,
    detail: String,
    citation: String,
    readings: String,
}

#[test]
fn every_row_comes_to_what_it_says() {
    let rows = rows(include_str!("../data/examples-coded.csv"));
    assert_eq!(rows.len(), 45);
    for row in &rows {
        check(row);
    }
}

/// Where the specification lies beside the project, the project's copy of its rows is the same.
#[test]
fn the_rows_are_those_of_the_specification() {
    let mut folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    while folder.pop() {
        let Ok(text) = read(folder.join("shared/spec/examples.csv")) else { continue };
        let ours = include_str!("../data/examples-coded.csv");
        for line in ours.lines() {
            assert!(text.lines().any(|theirs| theirs == line), "{line}");
        }
        return;
    }
    println!("skipped: no specification beside the project");
}

#[expect(clippy::disallowed_methods, reason = "a test reads its data")]
fn read(path: PathBuf) -> std::io::Result<String> {
    std::fs::read_to_string(path)
}

fn check(row: &Row) {
    let Some(decision) = decision(&row.id) else {
        return computed(row);
    };
    let expected = match row.outcome.as_str() {
        "Permit" => Outcome::Permit,
        "-" if row.detail == "on time" => Outcome::Permit,
        "Deny" => Outcome::Deny,
        "NeedsOverride" => Outcome::NeedsOverride,
        "Incomplete" => Outcome::Incomplete,
        "NotEvaluable" => Outcome::NotEvaluable,
        "Breach" => {
            assert!(decision.findings.iter().any(|one| one.kind == lhtt_core::FindingKind::Breach), "{}", row.id);
            Outcome::Permit
        }
        other => panic!("{}: what is `{other}`?", row.id),
    };
    assert_eq!(decision.outcome, expected, "{}: {}", row.id, summary(&decision));
    if decision.findings.is_empty() {
        return;
    }
    assert_eq!(citation_keys(&decision), row.citation, "{}", row.id);
    let readings: Vec<_> = decision.interpretations.iter().map(ToString::to_string).collect();
    for reading in row.readings.split("; ").filter(|reading| !reading.is_empty()) {
        assert!(readings.iter().any(|one| one == reading), "{}: {readings:?}", row.id);
    }
}

fn citation_keys(decision: &Decision) -> String {
    decision.citations().iter().map(Citation::key).collect::<Vec<_>>().join("; ")
}

/// The decision of a row that asks for one.
fn decision(id: &str) -> Option<Decision> {
    let decision = match id {
        "AE-2.1" => submit(Submission { agency: Some("nobody".into()), ..submission() }, NORMAL),
        "AE-3.6" => called(at_site("bao-loc")),
        "AE-5.5" => called(lhtt_core::request::Party::Stranger),
        "AE-5.6a" => called_by_peer("quoc-hoi"),
        "AE-5.6b" => called_by_peer("chinh-phu"),
        "AE-5.6c" => called_by_peer("tinh-uy"),
        "AE-5.6d" => called_by_peer("vnpt"),
        "AE-9.5" => submit(Submission { members: vec![site("don-duong")], ..submission() }, NORMAL),
        _ if id.starts_with("AE-11") => article_11(id)?,
        "AE-12.1c" => {
            let late = |configuration: &mut lhtt_core::registry::Configuration| {
                configuration.profile.late_normal = LateNormal::Override;
            };
            World::with(late).ask(Request::Submit(Box::new(submission())), "2023-06-14T08:00:01")
        }
        "AE-12.6b" => replied("2023-06-13T18:40:00"),
        "AE-12.6c" => replied("2023-06-13T18:40:01"),
        _ if id.starts_with("AE-12.4") => item_missing(id)?,
        _ if id.starts_with("AE-12") => mail(id)?,
        "AE-S13" => secret("2023-06-13T08:00", "tấn công X", Some("11.5/reference")),
        _ => return None,
    };
    Some(decision)
}

const NORMAL: &str = "2023-06-13T08:00";

fn article_11(id: &str) -> Option<Decision> {
    let flood = || urgent("lũ quét");
    Some(match id {
        "AE-11.1" => submit(notification(), "2023-06-14T15:00"),
        "AE-11.2" => {
            submit(Submission { path: Path::Notify, sender: Some("so-y-te".into()), ..notification() }, NORMAL)
        }
        "AE-11.3" => submit(
            Submission { sender: Some("vp-tinh-uy".into()), agency: Some("so-noi-vu".into()), ..notification() },
            NORMAL,
        ),
        "AE-11.4a" => submit(flood(), "2023-06-15T02:00:00"),
        "AE-11.4b" => submit(flood(), "2023-06-15T02:00:01"),
        "AE-11.4c" => submit(flood(), "2023-06-15T05:00:00"),
        "AE-11.5" => submit(urgent(""), NORMAL),
        "AE-11.6" => collides("2023-06-14T08:00", "2023-06-15T09:00"),
        "AE-11.7" => collides("2023-06-15T08:30", "2023-06-15T15:00"),
        "AE-11.8" => submit(Submission { place: None, ..notification() }, NORMAL),
        _ => return None,
    })
}

fn mail(id: &str) -> Option<Decision> {
    let monday = Submission { start: Some(at("2023-06-19T08:00")), end: None, ..submission() };
    Some(match id {
        "AE-12.1a" => submit(submission(), "2023-06-14T08:00:00"),
        "AE-12.1b" => submit(submission(), "2023-06-14T08:00:01"),
        "AE-12.1d" => submit(submission(), "2023-06-14T01:00:00Z"),
        "AE-12.2" => submit(monday, "2023-06-18T08:00"),
        "AE-12.3" => submit(Submission { sent_from: "so.yte.ld@gmail.com".to_owned(), ..submission() }, NORMAL),
        "AE-12.3b" => {
            let noi_vu = Submission { agency: Some("so-noi-vu".into()), ..submission() };
            submit(Submission { sent_from: "syt@lamdong.gov.vn".to_owned(), ..noi_vu }, NORMAL)
        }
        "AE-12.5" => submit(Submission { support: None, ..submission() }, NORMAL),
        "AE-12.10" => {
            submit(Submission { start: Some(at("2023-06-05T14:00")), end: None, ..submission() }, "2023-06-04T14:00")
        }
        _ => return None,
    })
}

fn item_missing(id: &str) -> Option<Decision> {
    let lacking = match id {
        "AE-12.4a" => Submission { agency: None, ..submission() },
        "AE-12.4b" => Submission { members: Vec::new(), ..submission() },
        "AE-12.4c" => Submission { start: None, ..submission() },
        "AE-12.4d" => Submission { content: None, ..submission() },
        "AE-12.4e" => Submission { contact: None, ..submission() },
        "AE-12.4f" => {
            let contact = Contact { name: "Trần Thị Lan".to_owned(), phone: String::new() };
            Submission { contact: Some(contact), ..submission() }
        }
        _ => return None,
    };
    Some(submit(lacking, NORMAL))
}

/// Rows that ask for a value.
fn computed(row: &Row) {
    let act = |text: &str| Version::at(at(text));
    match row.id.as_str() {
        "AE-Q1" => assert_eq!(row.detail, format!("\"{}\"", Citation::article(7).clause(3).full())),
        "AE-Q2" => {
            assert!(row.detail.contains(act("2023-06-04T23:59:59").name()));
            assert!(!act("2023-06-04T23:59:59").rules_available());
        }
        "AE-Q3" => assert!(row.detail.contains(act("2023-06-05T00:00:00").name())),
        "AE-12.3c" => {
            let mut world = World::new();
            let elsewhere = Submission { sent_to: "vanthu@lamdong.gov.vn".to_owned(), ..submission() };
            let decision = world.ask(Request::Submit(Box::new(elsewhere)), NORMAL);
            assert_eq!((decision.changes.len(), citation_keys(&decision)), (0, row.citation.clone()));
        }
        "AE-12.6a" => {
            let mut world = World::new();
            world.ask(Request::Submit(Box::new(submission())), "2023-06-13T16:40");
            let due = world.registry.registrations().next().unwrap().reply_due();
            assert!(due.rfc3339().starts_with("2023-06-13T18:40:00") && row.detail.contains("2023-06-13T18:40:00"));
        }
        "AE-12.9" => deadlines(row, "2024-02-15T14:00", "normal deadline 2024-02-14T14:00; urgent 08:00"),
        "AE-12.11" => deadlines(row, "2024-03-01T00:30", "normal 2024-02-29T00:30; urgent 2024-02-29T18:30"),
        "AE-S12a" | "AE-S12b" => secrecy_law(row),
        other => panic!("{other}: no test"),
    }
}

fn deadlines(row: &Row, start: &str, detail: &str) {
    assert!(row.detail.starts_with(detail), "{}", row.detail);
    for (submission, word) in [(submission(), "normal"), (urgent("lũ quét"), "urgent")] {
        let due = Submission { start: Some(at(start)), ..submission }.deadline().unwrap().rfc3339();
        let stated = detail.split("; ").find(|part| part.starts_with(word)).unwrap().rsplit(' ').next().unwrap();
        assert!(due.contains(stated), "{}: {due} {stated}", row.id);
    }
}

fn secrecy_law(row: &Row) {
    let when = if row.id == "AE-S12a" { "2026-02-28T23:59:59" } else { "2026-03-01T00:00:00" };
    let query: Query = serde_json::from_str(r#"{ "secrecy": { "law": {} } }"#).unwrap();
    let value = query.answer(&World::new().registry, wall(when));
    let cited: Vec<Citation> = serde_json::from_value(value["basis"].clone()).unwrap();
    assert_eq!(cited, Citation::parse_list(&row.citation).unwrap(), "{}", row.id);
}

fn submit(submission: Submission, when: &str) -> Decision {
    World::new().ask(Request::Submit(Box::new(submission)), when)
}

fn replied(when: &str) -> Decision {
    let mut world = World::new();
    world.ask(Request::Submit(Box::new(submission())), "2023-06-13T16:40");
    world.ask(world.accept("1001"), when)
}

fn called(party: lhtt_core::request::Party) -> Decision {
    let mut world = World::new();
    world.session();
    world.call(1, party, "2023-06-15T08:30")
}

fn called_by_peer(id: &str) -> Decision {
    let mut world = World::new();
    world.session_of(Submission { members: vec![peer(id)], ..submission() }, "1001");
    world.call(1, at_peer(id), "2023-06-15T08:30")
}

/// An urgent session that wants the chair site of the usual one, which is extended so that it runs for long enough.
fn collides(when: &str, start: &str) -> Decision {
    let mut world = World::new();
    world.session_of(Submission { end: Some(at("2023-06-15T18:00")), ..submission() }, "1001");
    let urgent = Submission { start: Some(at(start)), end: None, ..urgent("lũ quét") };
    let urgent = Submission { members: vec![site("bao-loc")], ..urgent };
    world.ask(Request::Submit(Box::new(urgent)), when)
}

/// A secret registration in good time; of its findings only `rule`, as if every other fact were there.
fn secret(when: &str, content: &str, rule: Option<&str>) -> Decision {
    let submission = Submission {
        start: Some(at(when).plus_seconds(3 * 86_400)),
        end: None,
        content: Some(content.to_owned()),
        classification: Classification::Mat,
        ..submission()
    };
    let mut decision = decide(&World::new().registry, &Request::Submit(Box::new(submission)), wall(when));
    decision.findings.retain(|finding| rule.is_none_or(|rule| finding.rule == rule));
    decision
}

/// Comma-separated values with quoted fields, one record a line.
fn rows(text: &str) -> Vec<Row> {
    let rows = text.lines().skip(1).map(|line| {
        let mut fields = fields(line).into_iter();
        let mut next = || fields.next().expect("eight fields");
        let (id, _, _, _, outcome, detail, citation, readings) =
            (next(), next(), next(), next(), next(), next(), next(), next());
        Row { id, outcome, detail, citation, readings }
    });
    rows.collect()
}

pub(crate) fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut field, mut quoted) = (Vec::new(), String::new(), false);
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => field.extend(characters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(std::mem::take(&mut field)),
            _ => field.push(character),
        }
    }
    fields.push(field);
    fields
}

/// [`Session`] is public, so that whoever embeds the crate can read what a decision opens.
#[test]
fn a_session_is_open_to_read() {
    let mut world = World::new();
    let id = world.session();
    let session: &Session = world.registry.session(id).unwrap();
    assert_eq!((session.alias.as_str(), session.room.as_str()), ("1001", "1001"));
}
