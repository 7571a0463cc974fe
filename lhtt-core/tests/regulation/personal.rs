//! Names and telephone numbers: once erased, nothing that is kept has them, whatever was asked.

use crate::world::*;
use lhtt_core::case::Case;
use lhtt_core::journal::{Clear, Entry, Head, read_snapshot, replay_with, snapshot, verify};
use lhtt_core::time::Wall;
use lhtt_core::{Registry, Request, decide};
use serde_json::{Value, json};

/// Every case, with its persons called otherwise.
fn cases(called: &str) -> Vec<Case> {
    let mut cases: Vec<Value> = files();
    cases.extend(more());
    cases.retain(|case| case.get("request").is_some());
    for case in &mut cases {
        rename(&mut case["request"], called);
        if let Some(before) = case.get_mut("before") {
            rename(before, called);
        }
    }
    let read = |case: &Value| Case::from_json(&case.to_string()).unwrap_or_else(|error| panic!("{error}: {case}"));
    cases.iter().map(read).collect()
}

#[expect(clippy::disallowed_methods, reason = "a test reads its data")]
fn files() -> Vec<Value> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/cases");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    paths.retain(|path| !path.to_string_lossy().contains(".expect."));
    paths.sort();
    paths.iter().map(|path| serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()).collect()
}

/// Acts with persons that no example has.
fn more() -> Vec<Value> {
    let who = |role: &str| json!({ "name": "x", "role": role });
    let site = |site: &str| json!({ "name": "x", "role": "site_operator", "site": site });
    let of = |at: &str, request: Value| json!({ "at": at, "request": request });
    let before = "2023-06-14T08:00:00+07:00";
    let running = "2023-06-15T09:00:00+07:00";
    let waive = json!({ "override": { "registration": 2, "actor": who("managing_authority"), "reason": "lũ quét" } });
    let late = json!({ "id": 2, "like": 1, "state": "under_review", "received_at": "2023-06-15T05:00:00+07:00", "submission": { "start": "2023-06-15T08:00:00+07:00", "urgency": { "urgent": "lũ quét" }, "chair_site": "bao-loc", "agency": "ubnd-bao-loc", "members": [{ "site": "da-lat" }] } });
    let duty = |post: &str| json!({ "conduct": { "session": 1, "actor": who("mcu_operator"), "do": { "assign_duty": { "post": post, "name": "x" } } } });
    let conduct = |actor: Value, step: Value| json!({ "conduct": { "session": 1, "actor": actor, "do": step } });
    let contact = json!({ "name": "x", "phone": "x", "email": "x", "duty": "leader" });
    let contacts =
        json!({ "estate": { "set_contacts": { "site": "da-lat", "contacts": [contact], "actor": site("da-lat") } } });
    let room = json!({ "estate": { "check_room": { "site": "da-lat", "condition": "k1", "result": "pass", "assessed_by": "x", "date": "2023-06-13", "evidence": "Biên bản 1", "actor": who("managing_authority") } } });
    let clearance = json!({ "secrecy": { "grant_clearance": { "id": "1/QĐ", "clearance": { "name": "x", "role": "auditor", "level": "mat" }, "actor": who("managing_authority") } } });
    let grant = json!({ "floor": { "grant_control": { "id": "g", "grant": { "site": "da-lat", "from": before, "by": who("managing_authority") } } } });
    let configure = json!({ "configure": { "actor": who("mcu_operator"), "reason": "r", "profile": { "override_heads": ["x"], "later": [{ "id": "n", "effective_from": "2024-01-01T00:00:00+07:00", "override_heads": ["x"] }] } } });
    let people = conduct(site("da-lat"), json!({ "answer_attendance": { "site": "da-lat", "people": ["x"] } }));
    let mut rows =
        vec![of(running, people), of(before, contacts), of(before, room), of(before, clearance), of(before, grant)];
    rows.push(json!({ "at": "2023-06-15T06:00:00+07:00", "facts": { "registrations": [late] }, "request": waive }));
    rows.push(of(before, configure));
    rows.extend(["mcu_operator", "tslcd", "carrier", "chair_operator"].map(|post| of(before, duty(post))));
    rows.push(of(before, conduct(who("managing_authority"), json!({ "override_start": { "reason": "lũ quét" } }))));
    rows
}

/// Calls every person of a document otherwise.
fn rename(value: &mut Value, called: &str) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|one| rename(one, called)),
        Value::Object(fields) => {
            let person = ["role", "phone", "post"].iter().any(|name| fields.contains_key(*name));
            for (name, value) in fields {
                match (name.as_str(), &value) {
                    ("name" | "phone" | "email", Value::String(_)) if person => *value = json!(called),
                    ("person" | "assessed_by" | "checked_by" | "stated_by", Value::String(_)) => *value = json!(called),
                    ("people" | "override_heads", Value::Array(_)) => *value = json!([called]),
                    _ => rename(value, called),
                }
            }
        }
        _ => {}
    }
}

/// Everything asked of one registry after the other, as the journal keeps it once all that is personal is erased.
fn kept(case: &Case) -> (Vec<String>, String) {
    let bare = Case { before: Vec::new(), request: None, ..case.clone() };
    let mut registry: Registry = bare.registry().unwrap();
    let (mut head, mut lines) = (Head::default(), Vec::new());
    let last = case.request.iter().map(|request| (case.at, request));
    for (at, request) in case.before.iter().map(|step| (step.at, &step.request)).chain(last) {
        let at = Wall::trusted(at.unix_millis());
        let entry = Entry::seal_apart(&head, at, request, decide(&registry, request, at), &[7; 32]);
        let clear = Clear::new(entry.personal().iter().cloned()).unwrap();
        let read = Entry::from_line_with(entry.to_line(), &clear).unwrap();
        assert_eq!((read.request(), read.decision()), (entry.request(), entry.decision()));
        head = entry.head();
        lines.push(entry.to_line().to_owned());
        let erased = Entry::from_line_with(entry.to_line(), &Clear::default()).unwrap();
        registry.apply_all(&erased.decision().changes).unwrap();
    }
    assert_eq!(verify(&lines), Ok(head));
    let taken = snapshot(&registry, &head).unwrap();
    read_snapshot(&taken, |_| lines.last().cloned()).unwrap();
    (lines, taken)
}

#[test]
fn what_is_erased_is_in_no_line_and_no_snapshot() {
    // A short name may be part of other words, a number part of a digest.
    for called in ["Ngô Thị Ẵn Ỷ", "Ỷỷ", "000"] {
        let cases = cases(called);
        assert!(cases.len() > 100, "{}", cases.len());
        for case in cases {
            let (lines, taken) = kept(&case);
            let told = |text: &str| called != "000" && text.contains(called);
            for line in &lines {
                assert!(!told(line), "{line}");
                assert!(Entry::from_line_with(line, &Clear::default()).is_ok());
            }
            assert!(!told(&taken), "{taken}");
        }
    }
}

/// A session is registered with its title and becomes secret later: the title is erased from the earlier lines as a name is.
#[test]
fn the_title_of_a_session_that_becomes_secret_is_erasable() {
    let mut asked = submission();
    let title = asked.content.clone().unwrap();
    asked.urgency = lhtt_core::submission::Urgency::Urgent("lũ quét ở thôn 3".to_owned());
    asked.place = Some("hầm chỉ huy".to_owned());
    let mut world = World::new();
    let configured = Request::Configure(Box::new(world.configuration.clone()));
    let mut requests =
        vec![("2023-06-06T08:00", configured), ("2023-06-13T08:00", Request::Submit(Box::new(asked.clone())))];
    world.ask(requests[1].1.clone(), "2023-06-13T08:00");
    requests.push(("2023-06-13T09:00", world.accept("1001")));
    let raise = json!({ "secrecy": { "reclassify": { "session": 1, "to": "mat", "actor": { "name": "Đỗ Minh", "role": "managing_authority" } } } });
    requests.push(("2023-06-15T08:30", serde_json::from_value(raise).unwrap()));
    let (mut registry, mut head, mut lines, mut records) =
        (Registry::default(), Head::default(), Vec::new(), Vec::new());
    for (number, (when, request)) in (1u8..).zip(&requests) {
        let decision = decide(&registry, request, wall(when));
        assert!(decision.is_permit(), "{}", decision.render_en());
        registry.apply_all(&decision.changes).unwrap();
        let entry = Entry::seal_apart(&head, wall(when), request, decision, &[number; 32]);
        head = entry.head();
        records.extend_from_slice(entry.personal());
        lines.push(entry.to_line().to_owned());
    }
    let about = [title.as_str(), "lũ quét", "hầm chỉ huy"];
    assert!(lines.iter().all(|line| about.iter().all(|text| !line.contains(text))));
    assert_eq!(replay_with(&lines, &Clear::new(records.clone()).unwrap()), Ok((registry, head)));
    records.retain(|record| record.text != title);
    let (erased, after) = replay_with(&lines, &Clear::new(records).unwrap()).unwrap();
    assert_eq!((verify(&lines), after), (Ok(head), head));
    assert!(!snapshot(&erased, &after).unwrap().contains(&title));
}
