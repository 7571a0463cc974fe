//! Every row of `examples.csv` as a case: `tests/data/cases/ID.json` is what `lhtt-gateway decide` reads, the row says what it
//! comes to. `ID.expect.json`, where there is one, holds more: what it shows must be in the decision or the value.
//!
//! A row with an outcome is checked by its outcome, citations and readings. A row without one is a query, checked by its
//! expectation, or a decision whose outcome the row leaves open.

use lhtt_core::case::{Answer, Case};
use lhtt_core::{Citation, Decision, FindingKind, Outcome};
use serde_json::Value;
use std::path::{Path, PathBuf};

struct Row {
    id: String,
    outcome: String,
    citation: String,
    readings: String,
}

#[test]
fn every_case_comes_to_what_its_row_says() {
    let rows = rows(include_str!("../data/examples.csv"));
    let mut failures = Vec::new();
    for row in &rows {
        let Some(text) = read(&folder().join(format!("{}.json", row.id))) else { continue };
        let answer = match Case::from_json(&text).and_then(|case| case.answer()) {
            Ok(answer) => answer,
            // The row says that the object cannot be built.
            Err(_) if row.outcome == "Error" => continue,
            Err(error) => {
                failures.push(format!("{}: {error}", row.id));
                continue;
            }
        };
        failures.extend(check(row, &answer).into_iter().map(|failure| format!("{}: {failure}", row.id)));
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

#[test]
fn every_row_has_a_case() {
    let rows = rows(include_str!("../data/examples.csv"));
    let without = rows.iter().filter(|row| !folder().join(format!("{}.json", row.id)).exists());
    let without: Vec<_> = without.map(|row| row.id.as_str()).collect();
    let shown: Vec<_> = SHOWN_ELSEWHERE.iter().map(|(id, _)| *id).collect();
    assert_eq!(without, shown);
}

/// Rows that no single decision or value shows, and the test that does.
const SHOWN_ELSEWHERE: [(&str, &str); 1] =
    // What leaves the system over a whole history: `conduct.rs`, `scenario.rs` and `article_05.rs` look at every line.
    [("AE-S9", "no_words_about_a_secret_session_are_kept")];

#[test]
fn every_case_belongs_to_a_row() {
    let rows = rows(include_str!("../data/examples.csv"));
    for path in files() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let id = name.trim_end_matches(".json").trim_end_matches(".expect");
        assert!(rows.iter().any(|row| row.id == id), "{name}");
    }
}

/// Where the specification lies beside the project, the project's copy of its rows is the same.
#[test]
fn the_rows_are_those_of_the_specification() {
    let mut folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    while folder.pop() {
        let Some(text) = read(&folder.join("shared/spec/examples.csv")) else { continue };
        assert!(text == include_str!("../data/examples.csv"));
        return;
    }
    println!("skipped: no specification beside the project");
}

fn check(row: &Row, answer: &Answer) -> Vec<String> {
    let mut failures = Vec::new();
    let shown = match answer {
        Answer::Decision(decision) => {
            failures.extend(check_decision(row, decision));
            serde_json::to_value(decision).unwrap()
        }
        Answer::Value(value) => {
            let expected = match value["outcome"].as_str() {
                Some("not_computable") => "NotComputable",
                // A warning at start-up is no decision.
                Some("warn") => "Warn",
                _ => "-",
            };
            if row.outcome != expected && row.outcome != "Error" {
                failures.push(format!("a value where the row says {}", row.outcome));
            }
            value.clone()
        }
    };
    match read(&folder().join(format!("{}.expect.json", row.id))) {
        Some(text) => {
            let expected: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", row.id));
            failures.extend(lacks(&shown, &expected, ""));
        }
        None if matches!(answer, Answer::Value(_)) => failures.push("a value without an expectation".to_owned()),
        None => {}
    }
    failures
}

fn check_decision(row: &Row, decision: &Decision) -> Vec<String> {
    let mut failures = Vec::new();
    let breach = decision.findings.iter().any(|finding| finding.kind == FindingKind::Breach);
    let outcome = match row.outcome.as_str() {
        "Permit" => Some((Outcome::Permit, false)),
        "Breach" => Some((Outcome::Permit, true)),
        "Deny" => Some((Outcome::Deny, breach)),
        "NeedsOverride" => Some((Outcome::NeedsOverride, breach)),
        "Incomplete" => Some((Outcome::Incomplete, breach)),
        "NotEvaluable" => Some((Outcome::NotEvaluable, breach)),
        _ => None,
    };
    if outcome.is_some_and(|expected| expected != (decision.outcome, breach)) {
        failures.push(format!("{:?}, breach {breach}: {}", decision.outcome, decision.render_en()));
    }
    let cited: Vec<Citation> = decision.citations();
    let expected = citations(&row.citation);
    if outcome.is_some() && cited != expected {
        failures.push(format!("cites {cited:?}, the row {expected:?}"));
    }
    for reading in row.readings.split("; ").filter(|reading| reading.starts_with("A-")) {
        if !decision.interpretations.iter().any(|one| one.to_string() == reading) {
            failures.push(format!("relies on {:?}, the row on {reading}", decision.interpretations));
        }
    }
    failures
}

fn citations(text: &str) -> Vec<Citation> {
    Citation::parse_list(text).unwrap_or_else(|error| panic!("{error}"))
}

/// What of `expected` is not in `shown`: objects by field, lists in order, texts as a part, everything else as it is.
fn lacks(shown: &Value, expected: &Value, place: &str) -> Vec<String> {
    match (shown, expected) {
        (Value::Object(shown), Value::Object(expected)) => expected
            .iter()
            .flat_map(|(name, value)| lacks(shown.get(name).unwrap_or(&Value::Null), value, &format!("{place}/{name}")))
            .collect(),
        (Value::Array(shown), Value::Array(expected)) if shown.len() == expected.len() => {
            let pairs = shown.iter().zip(expected).enumerate();
            pairs.flat_map(|(at, (one, other))| lacks(one, other, &format!("{place}/{at}"))).collect()
        }
        (Value::String(shown), Value::String(expected)) if shown.contains(expected.as_str()) => Vec::new(),
        _ if shown == expected => Vec::new(),
        _ => vec![format!("{place} is {shown}, expected {expected}")],
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cases")
}

fn files() -> Vec<PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[expect(clippy::disallowed_methods, reason = "a test reads its data")]
fn read(path: &Path) -> Option<String> {
    std::fs::read_to_string(path).ok()
}

fn rows(text: &str) -> Vec<Row> {
    text.lines()
        .skip(1)
        .map(|line| {
            let fields = fields(line);
            let [id, _, _, _, outcome, _, citation, readings] = <[String; 8]>::try_from(fields).expect("eight fields");
            Row { id, outcome, citation, readings }
        })
        .collect()
}

/// Comma-separated values with quoted fields.
fn fields(line: &str) -> Vec<String> {
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
