//! The command `decide`: the cases of the regulation through the binary, and documents that are no case.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test runs the binary and fails loudly"
)]

use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

struct Said {
    code: i32,
    out: String,
    err: String,
}

fn decide(arguments: &[&str], input: &str) -> Said {
    let mut child = Command::new(env!("CARGO_BIN_EXE_lhtt-gateway"));
    child.arg("decide").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = child.spawn().unwrap();
    // It may have ended before it read everything.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |octets: Vec<u8>| String::from_utf8(octets).unwrap();
    Said { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../lhtt-core/tests/data")
}

/// Identifiers and outcomes; neither holds a comma or a quote in its column's front.
fn outcomes() -> Vec<(String, String)> {
    let table = std::fs::read_to_string(data().join("examples.csv")).unwrap();
    table.lines().skip(1).map(fields).map(|fields| (fields[0].clone(), fields[4].clone())).collect()
}

fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut field, mut quoted) = (Vec::new(), String::new(), false);
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(std::mem::take(&mut field)),
            _ => field.push(character),
        }
    }
    fields.push(field);
    fields
}

#[test]
fn every_case_ends_with_the_exit_code_of_its_outcome() {
    let mut wrong = Vec::new();
    for (id, outcome) in outcomes() {
        let file = data().join("cases").join(format!("{id}.json"));
        if !file.exists() {
            continue;
        }
        let said = decide(&[file.to_str().unwrap()], "");
        let shown = serde_json::from_str::<Value>(&said.out).unwrap_or_default();
        let right = match outcome.as_str() {
            "Permit" | "Breach" => said.code == 0 && shown["outcome"] == "permit",
            "Error" => said.code == 2 || said.code == 1,
            "-" | "Warn" | "NotComputable" => said.code < 2 && !shown.is_null(),
            _ => said.code == 1 && shown["outcome"].is_string() && shown["outcome"] != "permit",
        };
        if !right {
            wrong.push(format!("{id}, {outcome}: exit code {}\n{}{}", said.code, said.out, said.err));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const REFUSED: &str = r#"{
  "at": "2023-06-15T08:00:00+07:00",
  "request": {"join": {"join": 1, "party": {"site": "bao-loc"}, "called": {"alias": "1001"}}}
}"#;

#[test]
fn the_decision_is_json_or_words() {
    let json = decide(&["-"], REFUSED);
    let shown: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((json.code, &shown["outcome"]), (1, &Value::from("deny")));
    assert_eq!(shown["findings"][0]["citations"][0], "Điều 3 khoản 7");
    let text = decide(&["-", "--text"], REFUSED);
    assert_eq!(text.code, 1);
    let (vi, en) = text.out.split_once("\n\n").unwrap();
    assert!(
        vi.starts_with("TỪ CHỐI — khoản 7 Điều 3: ") && en.starts_with("REFUSED — Điều 3 khoản 7: "),
        "{}",
        text.out
    );
    let permit = decide(&["-", "--text"], &REFUSED.replace("bao-loc", "da-lat"));
    let (vi, en) = permit.out.split_once("\n\n").unwrap();
    assert!(vi.starts_with("CHẤP THUẬN.\nCăn cứ: khoản "), "{}", permit.out);
    assert!(en.starts_with("PERMITTED.\nBasis: Article "), "{}", permit.out);
    assert_eq!(permit.code, 0);
    assert_eq!(decide(&["-"], REFUSED).out, json.out, "the same every time");
}

#[test]
fn a_wrong_file_is_told_in_both_languages_with_its_place() {
    let rows = [
        (
            REFUSED.replace("\"site\": \"bao-loc\"", "\"sight\": \"bao-loc\""),
            "`request.join.party.sight` (dòng 3, cột 45)",
        ),
        (REFUSED.replace("06-15T08", "06-31T08"), "`at` (dòng 2, cột 3)"),
        (
            REFUSED.replace("\"at\"", "\"when\""),
            "`when` (dòng 2, cột 3): trường `when` không có ở đây; được phép: `id`",
        ),
        (String::new(), "toàn tệp (dòng 1, cột 1): không phải JSON hợp lệ"),
    ];
    for (text, expected) in rows {
        let said = decide(&["-"], &text);
        assert_eq!((said.code, said.out.as_str()), (2, ""));
        let mut lines = said.err.lines();
        assert!(lines.next().unwrap().contains(expected), "{expected}\n{}", said.err);
        assert!(lines.next().unwrap().starts_with("Error: "), "{}", said.err);
    }
    assert_eq!(decide(&["/nowhere/at/all.json"], "").code, 2);
}

/// A refused step does not pass unseen; without one the answer is the decision alone.
#[test]
fn what_came_of_the_steps_before_is_told_where_one_was_refused() {
    let case = |role: &str, asked: &str| {
        format!(
            r#"{{"at": "2023-06-15T08:30:00+07:00", "before": [{{"at": "2023-06-15T08:20:00+07:00",
            "request": {{"end": {{"session": 1, "actor": {{"name": "a", "role": "{role}"}}}}}}}}], {asked}}}"#
        )
    };
    let join = r#""request": {"join": {"join": 1, "party": {"site": "da-lat"}, "called": {"alias": "1001"}}}"#;
    let version = r#""query": {"planning": {"version": {}}}"#;
    for asked in [join, version] {
        let said: Value = serde_json::from_str(&decide(&["-"], &case("carrier", asked)).out).unwrap();
        assert_eq!(said["before"][0]["outcome"], "deny", "{said}");
        assert!(said["before"][0]["citations"][0].as_str().unwrap().starts_with("Điều "), "{said}");
        let said: Value = serde_json::from_str(&decide(&["-"], &case("mcu_operator", asked)).out).unwrap();
        assert!(said.get("before").is_none(), "{said}");
    }
    let text = decide(&["-", "--text"], &case("carrier", join)).out;
    assert!(text.starts_with("before[0]: TỪ CHỐI — ") && text.contains("\nbefore[0]: REFUSED — "), "{text}");
}

/// A value that is nothing is told as one beside the steps that were refused.
#[test]
fn a_value_that_is_nothing_is_told_as_one() {
    let case = r#"{"at": "2023-06-15T13:00:00+07:00", "facts": {"sessions": [{"id": 1, "classification": "mat"}]},
        "before": [{"at": "2023-06-15T12:00:00+07:00",
            "request": {"secrecy": {"read": {"session": 1, "actor": {"name": "Nguyễn Văn A", "role": "auditor"}}}}}],
        "query": {"secrecy": {"metadata": {"read": 1}}}}"#;
    let said = decide(&["-"], case);
    let shown: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(
        (said.code, shown.get("value"), &shown["before"][0]["outcome"]),
        (0, Some(&Value::Null), &"deny".into())
    );
}
