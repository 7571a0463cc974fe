//! Each act by the profile of its own time: the same case where the next profile holds from that very moment, and where it
//! does not hold yet.

use lhtt_core::case::{Answer, Case};
use lhtt_core::{Decision, Moment};
use serde_json::{Value, json};

/// The case of an example, or one given whole.
#[expect(clippy::disallowed_methods, reason = "a test reads its data")]
fn case(of: &Value) -> Value {
    let Some(id) = of.as_str() else { return of.clone() };
    let path = format!("{}/tests/data/cases/{id}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn join_at(when: &str) -> Value {
    json!({ "at": when, "request": { "join": { "join": 1, "party": { "site": "da-lat" }, "called": { "alias": "1001" } } } })
}

fn decided(case: &Value) -> Decision {
    match Case::from_json(&case.to_string()).unwrap().answer().unwrap_or_else(|error| panic!("{error}")) {
        Answer::Decision(decision) => *decision,
        Answer::Value(value) => panic!("{value}"),
    }
}

/// The decision where what the profile says instead holds from `from` on.
fn under(of: &Value, patch: &Value, from: Moment) -> Decision {
    let mut case = case(of);
    let mut later = patch.clone();
    later["id"] = json!("next");
    later["effective_from"] = json!(from);
    // What the case's own profile says goes on to hold.
    for (name, value) in case["facts"]["profile"].as_object().cloned().unwrap_or_default() {
        later.as_object_mut().unwrap().entry(name).or_insert(value);
    }
    case["facts"]["profile"]["later"] = json!([later]);
    decided(&case)
}

fn rows() -> Vec<(Value, Value, &'static str)> {
    let override_by = |act: Value| json!({ "at": "2023-06-14T08:00:00+07:00", "facts": { "registrations": [{ "id": 2, "like": 1, "state": "under_review" }] }, "request": act });
    let head = json!({ "name": "Đỗ Minh", "role": "head_of_technical_operator" });
    let waive = override_by(json!({ "override": { "registration": 2, "actor": head, "reason": "lũ quét" } }));
    let control =
        override_by(json!({ "floor": { "override_control": { "session": 1, "actor": head, "reason": "lũ quét" } } }));
    let start = override_by(
        json!({ "conduct": { "session": 1, "actor": head, "do": { "override_start": { "reason": "lũ quét" } } } }),
    );
    let alias = json!({ "at": "2023-06-14T08:00:00+07:00",
        "facts": { "registrations": [{ "id": 2, "like": 1, "state": "under_review", "submission": { "start": "2023-06-16T08:00:00+07:00", "end": "2023-06-16T10:00:00+07:00" } }] },
        "request": { "accept": { "registration": 2, "alias": "1001", "actor": { "name": "An", "role": "technical_operator" } } } });
    vec![
        (join_at("2023-06-15T07:45:00+07:00"), json!({ "early_window_s": 60 }), "+12.2.a/early"),
        (join_at("2023-06-15T10:30:00+07:00"), json!({ "overrun_s": 60 }), "+12.2.a/over"),
        (alias, json!({ "overrun_s": 86_400 }), "+11.2/number"),
        (waive, json!({ "override_heads": ["Đỗ Minh"] }), "-15.1/override"),
        (control, json!({ "override_heads": ["Đỗ Minh"] }), "-15.1/override"),
        (start, json!({ "override_heads": ["Đỗ Minh"] }), "-15.1/override"),
        (json!("AE-12.1a"), json!({ "operator_mailbox": "hop@lamdong.gov.vn" }), "+12.2.a/address"),
        (json!("AE-12.1a"), json!({ "require_kind": true }), "+4.2/kind"),
        (json!("AE-10.2"), json!({ "control": { "eligible_tiers": ["province"] } }), "+10.1/tier"),
        (json!("AE-10.2"), json!({ "assessment": { "validity_days": 1 } }), "+9/assessment-current"),
        (json!("AE-6.6"), json!({ "drift": "block" }), "!6.6/drift"),
        (
            json!("AE-7.4"),
            json!({ "quota": { "province": { "sites": 0, "unlimited": [] }, "district": { "sites": 2, "scope": "agency" }, "affiliated": 1, "commune": 1 } }),
            "+7.1/quota",
        ),
        (json!("AE-18.2b"), json!({ "device_check": { "repaired": "always" } }), "+18.5/serviced-device"),
    ]
}

#[test]
fn each_act_is_judged_by_the_profile_of_its_time() {
    for (of, patch, expected) in rows() {
        let when = Moment::parse(case(&of)["at"].as_str().unwrap()).unwrap();
        let from = if expected.contains("quota") || expected.contains("18.5") { when.date().start() } else { when };
        let rules = |decision: &Decision| {
            decision.findings.iter().map(|one| format!("{} {:?}", one.rule, one.outcome)).collect::<Vec<_>>()
        };
        let held = rules(&under(&of, &patch, from));
        let not_yet = rules(&under(&of, &patch, from.plus_seconds(86_400)));
        let (sign, rule) = expected.split_at(1);
        let there = |found: &[String]| found.iter().any(|one| one.starts_with(rule));
        match sign {
            "+" => assert!(there(&held) && !there(&not_yet), "{patch}: {held:?}; {not_yet:?}"),
            "-" => assert!(!there(&held) && there(&not_yet), "{patch}: {held:?}; {not_yet:?}"),
            _ => assert!(there(&held) && held != not_yet, "{patch}: {held:?}; {not_yet:?}"),
        }
    }
}

/// A chair's level may hold control under one profile and not under the next: who may start its session follows.
#[test]
fn who_may_do_what_follows_the_profile_of_the_time() {
    let start = json!({ "at": "2023-06-15T08:00:00+07:00", "facts": { "sessions": [{ "id": 1, "agency": "ubnd-da-lat", "chair_site": "da-lat" }] },
        "request": { "conduct": { "session": 1, "actor": { "name": "Lê Văn An", "role": "site_operator", "site": "da-lat" }, "do": "start" } } });
    let patch = json!({ "control": { "eligible_tiers": ["province"] } });
    let when = Moment::parse("2023-06-15T08:00:00+07:00").unwrap();
    let refused = |from: Moment| under(&start, &patch, from).findings.iter().any(|one| one.rule == "3.8/role");
    assert_eq!((refused(when), refused(when.plus_seconds(1))), (true, false));
}

/// What a change of level does to a leg, and how long it may stay.
#[test]
fn the_grace_of_a_muted_leg_is_that_of_the_time() {
    let when = Moment::parse("2023-06-15T09:30:00+07:00").unwrap();
    let drop_at = |from: Moment| {
        let decision = serde_json::to_value(under(&json!("AE-S11"), &json!({ "secret_grace_s": 90 }), from)).unwrap();
        let change = &decision["changes"][0]["secrecy"]["reclassified"]["legs"];
        change.as_object().unwrap().values().next().unwrap()["drop_at"].as_str().unwrap().to_owned()
    };
    assert_eq!(drop_at(when), "2023-06-15T09:31:30+07:00");
    assert_eq!(drop_at(when.plus_seconds(1)), "2023-06-15T09:30:00+07:00");
}
