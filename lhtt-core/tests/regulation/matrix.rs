//! The matrix of roles and actions (regulation text, Điều 3 khoản 8 to 11), cell by cell: what each capacity is told that asks for it.
//!
//! `E` it is permitted; `C` refused, the MCU operator carries it out; `I` refused, by a request for intervention; `-` refused.

use crate::stage::{Stage, floor, of_site, who};
use lhtt_core::Decision;
use serde_json::{Value, json};

const BEFORE: &str = "2023-06-13T08:30";
const DURING: &str = "2023-06-15T08:30";
const HEAD: &str = "MCU chair commune member office authority police auditor head";

/// An action: its name, its cells in the order of [`HEAD`], when, with which facts, and what is asked (`actor` is filled in).
type Row = (&'static str, &'static str, &'static str, Value, Value);

fn command(command: Value) -> Value {
    floor("command", json!({"session": 1, "command": command}))
}

fn conduct(step: Value) -> Value {
    json!({"conduct": {"session": 1, "do": step}})
}

fn runs(state: &str) -> Value {
    json!({"conduct": {"sessions": {"1": {"state": state}}}})
}

fn waits() -> Value {
    let request = json!({
        "member": {"site": "duc-trong"}, "floor": "speech", "by": of_site("duc-trong"),
        "received_at": "2023-06-15T08:00:00+07:00", "state": "pending",
    });
    let invited = json!({
        "wanted": {"add_member": {"site": "bao-loc"}}, "by": of_site("so-y-te"), "at": "2023-06-15T08:00:00+07:00",
    });
    json!({"floor": {"sessions": {"1": {"requests": {"1": request}, "interventions": {"1": invited}}}}})
}

fn unanswered() -> Value {
    json!({"registrations": [{"id": 1, "state": "under_review"}], "sessions": null})
}

/// The same, from a mailbox that is nobody's official one.
fn unfounded() -> Value {
    let submission = json!({"sent_from": "syt@gmail.com"});
    json!({"registrations": [{"id": 1, "state": "under_review", "submission": submission}], "sessions": null})
}

fn old_assessment() -> Value {
    json!({
        "profile": {"assessment": {"validity_days": 8}, "override_heads": ["Nguyễn Thị Bình"]},
        "estate": {"sites": {"so-y-te": {"assessment": {"date": "2023-06-05"}}, "hiep-thanh": {"assessment": {"date": "2023-06-05"}}}},
    })
}

fn rows() -> Vec<Row> {
    [registering(), running(), admitting(), keeping(), controlling()].concat()
}

fn registering() -> Vec<Row> {
    vec![
        (
            "amend",
            "- E E - - - - - -",
            "2023-06-14T08:00",
            json!({}),
            json!({"planning": {"amend": {"registration": 1, "changes": {"content": "Giao ban"}}}}),
        ),
        ("accept", "E - - - - - - - E", BEFORE, unanswered(), json!({"accept": {"registration": 1, "alias": "1001"}})),
        (
            "reject",
            "E - - - - - - - E",
            BEFORE,
            unfounded(),
            json!({"reject": {"registration": 1, "reason": "trùng lịch"}}),
        ),
    ]
}

fn running() -> Vec<Row> {
    let member = json!({"site": "duc-trong"});
    let own = json!({"mute": member});
    vec![
        ("start", "E E C - - - - - E", "2023-06-15T08:00", json!({}), conduct(json!("start"))),
        (
            "suspend",
            "E E C - - - - - E",
            DURING,
            runs("in_session"),
            conduct(json!({"suspend": {"cause": "technical"}})),
        ),
        ("end", "E E C - - - - - E", DURING, runs("in_session"), json!({"end": {"session": 1}})),
        ("mute_all", "E E C - - - - - -", DURING, json!({}), command(json!("mute_all"))),
        ("layout", "E E C - - - - - -", DURING, json!({}), command(json!({"layout": "1+5"}))),
        ("view", "E E C - - - - - -", DURING, json!({}), command(json!({"view": member}))),
        ("own microphone", "E E C E - - - - -", DURING, json!({}), command(own)),
        (
            "accept floor",
            "E E C - - - - - -",
            DURING,
            waits(),
            floor("accept_floor", json!({"session": 1, "request": 1})),
        ),
        (
            "grant floor",
            "E E C - - - - - -",
            DURING,
            waits(),
            floor("grant_floor", json!({"session": 1, "request": 1})),
        ),
        ("deny floor", "E E C - - - - - -", DURING, waits(), floor("deny_floor", json!({"session": 1, "request": 1}))),
        (
            "ask floor",
            "E E E E - - - - -",
            DURING,
            json!({}),
            floor("ask_floor", json!({"session": 1, "member": member})),
        ),
    ]
}

fn admitting() -> Vec<Row> {
    let member = json!({"site": "duc-trong"});
    vec![
        ("admit", "E E C - - - - - -", DURING, json!({}), command(json!({"admit": member}))),
        ("drop", "E E C - - - - - -", DURING, json!({}), command(json!({"drop": member}))),
        ("redial", "E E C - - - - - -", DURING, json!({}), command(json!({"redial": member}))),
        (
            "add unlisted",
            "E I I - - - - - -",
            DURING,
            waits(),
            floor("add_unlisted", json!({"session": 1, "member": {"site": "bao-loc"}})),
        ),
        ("lock", "E E C - - - - - -", DURING, json!({}), command(json!({"lock": true}))),
        ("lecture", "E E C - - - - - -", DURING, json!({}), command(json!({"lecture": true}))),
        ("record", "E I I - - - - - -", DURING, runs("in_session"), conduct(json!("start_recording"))),
    ]
}

/// What the managing authority, the police and the Centre keep.
fn keeping() -> Vec<Row> {
    let document = json!({"number": "12/KH-UBND", "date": "2023-06-10", "issued_by": "UBND huyện Đức Trọng"});
    let plan = json!({"plan_sites": {"grant": "moi", "commune": "ubnd-xa-hiep-thanh", "extra": 1, "plan": document, "from": "2023-06-15"}});
    let assess = json!({"assess": {"site": "don-duong", "result": "pass", "date": "2023-06-14", "evidence": "BB-01"}});
    let check = json!({"check_device": {"endpoint": "vcs-so-y-te", "result": "pass", "date": "2023-06-14", "evidence": "BB-02"}});
    let link = json!({"declare_link": {"id": "moi", "link": {"of": {"site": "da-lat"}, "protection": "co_yeu"}}});
    let applied = json!({"estate": {"sites": {"don-duong": {"state": "applied"}}}});
    vec![
        ("configure", "E - - - - C - - -", DURING, json!({}), json!({"secrecy": link})),
        ("assess", "- - - - - E - - -", DURING, applied, json!({"estate": assess})),
        ("quota", "- - - - - E - - -", DURING, json!({}), json!({"estate": plan})),
        ("device check", "- - - - - - E - -", DURING, json!({}), json!({"estate": check})),
        (
            "override",
            "- - - - - E - - E",
            DURING,
            old_assessment(),
            floor("override_control", json!({"session": 1, "reason": "họp gấp"})),
        ),
        ("read audit", "- E E - - E - E -", DURING, json!({}), json!({"secrecy": {"read": {"session": 1}}})),
    ]
}

fn controlling() -> Vec<Row> {
    vec![
        (
            "hand over control",
            "E - - - - - - - -",
            DURING,
            json!({}),
            floor("hand_over_control", json!({"session": 1})),
        ),
        (
            "take control",
            "E - - - - E - - -",
            DURING,
            json!({}),
            floor("withdraw_control", json!({"session": 1, "reason": "sự cố"})),
        ),
        (
            "ask intervention",
            "- E E - - - - - -",
            DURING,
            json!({}),
            floor("request_intervention", json!({"session": 1, "wanted": {"command": "mute_all"}})),
        ),
        (
            "scenario",
            "- E E - - - - - -",
            DURING,
            json!({}),
            floor("set_scenario", json!({"session": 1, "scenario": {"document": "KB-01"}})),
        ),
    ]
}

/// Who asks, and what else is so: in the commune's column its site chairs.
fn asks(column: &str, mut facts: Value) -> (Value, Value) {
    let actor = match column {
        "MCU" => who("mcu_operator"),
        "chair" => of_site("so-y-te"),
        "commune" => of_site("hiep-thanh"),
        "member" => of_site("duc-trong"),
        "authority" => who("managing_authority"),
        "head" => who("head_of_technical_operator"),
        role => who(role),
    };
    if column == "commune" {
        let chairs = json!({
            "id": 1, "agency": "ubnd-xa-hiep-thanh", "chair_site": "hiep-thanh",
            "seats": [{"member": {"site": "duc-trong"}, "legs": 1}, {"member": {"site": "hiep-thanh"}, "legs": 1}],
        });
        let registered = json!({"agency": "ubnd-xa-hiep-thanh", "chair_site": "hiep-thanh"});
        if !facts["sessions"].is_null() || facts.get("sessions").is_none() {
            facts["sessions"] = json!([chairs]);
        }
        if facts.get("registrations").is_none() {
            facts["registrations"] = json!([{"id": 1, "submission": registered}]);
        }
    }
    (facts, actor)
}

fn cell(decision: &Decision) -> &'static str {
    let told: Vec<_> =
        decision.findings.iter().filter_map(|one| one.remedy.as_ref()).map(|one| one.en.as_ref()).collect();
    let told = told.join("; ");
    match decision.is_permit() {
        true => "E",
        false if told.contains("request for intervention") => "I",
        false if told.contains("ask the MCU operator") => "C",
        false => "-",
    }
}

#[test]
fn every_capacity_is_told_for_every_action_what_the_matrix_says() {
    let mut wrong = Vec::new();
    for (name, cells, when, facts, request) in rows() {
        for (column, expected) in HEAD.split(' ').zip(cells.split(' ')) {
            let (facts, actor) = asks(column, facts.clone());
            let mut request = request.clone();
            let act = request.as_object_mut().unwrap().values_mut().next().unwrap();
            let fields = act.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
            let nested = fields.len() == 1 && act[&fields[0]].is_object();
            if nested {
                act[&fields[0]]["actor"] = actor
            } else {
                act["actor"] = actor
            }
            let decision = Stage::new(facts).decide(when, request);
            if cell(&decision) != expected {
                wrong.push(format!("{name}, {column}: {} for {expected}: {}", cell(&decision), decision.render_en()));
            }
            for finding in decision.findings.iter().filter(|one| one.outcome != lhtt_core::Outcome::Permit) {
                let whole =
                    !finding.observed.en.is_empty() && !finding.required.en.is_empty() && finding.remedy.is_some();
                if !whole || finding.citations.is_empty() {
                    wrong.push(format!("{name}, {column}: {} says no remedy", finding.rule));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// "Unless the scenario allows": a chair site that controls, and that the scenario names, has the MCU record.
#[test]
fn the_scenario_lets_the_chair_record() {
    let facts = |control: Value, recorders: Value| {
        let mut facts = runs("in_session");
        facts["floor"] = json!({"sessions": {"1": {"control": control, "scenario": {"recorders": recorders}}}});
        facts
    };
    let record = |site: &str| json!({"conduct": {"session": 1, "do": "start_recording", "actor": of_site(site)}});
    let rows = [
        (json!(null), json!(["so-y-te"]), "so-y-te", "Permit"),
        (json!(null), json!(["da-lat"]), "so-y-te", "Deny 3.8/role: Điều 14 khoản 2"),
        (json!(null), json!(["da-lat"]), "da-lat", "Deny 3.8/role: Điều 14 khoản 2"),
        (json!("withdrawn"), json!(["so-y-te"]), "so-y-te", "Deny 5.6/holds-control: Điều 5 khoản 6 [A-31]"),
    ];
    for (control, recorders, site, expected) in rows {
        assert_eq!(
            Stage::new(facts(control, recorders.clone())).ask(DURING, record(site)),
            expected,
            "{recorders} {site}"
        );
    }
}
