//! Điều 8 khoản 3 điểm b: the scenario of a session.

use crate::stage::{Stage, floor, of_site, who};
use lhtt_core::Request;
use lhtt_core::journal::{Entry, Head};
use serde_json::{Value, json};

const DURING: &str = "2023-06-15T08:30";
const B: &str = "Điều 8 khoản 3 điểm b";

fn set(scenario: Value) -> Value {
    floor("set_scenario", json!({"session": 1, "scenario": scenario, "actor": of_site("so-y-te")}))
}

fn record(site: &str, stream: bool) -> Value {
    floor("record_by_site", json!({"session": 1, "stream": stream, "actor": of_site(site)}))
}

#[test]
fn a_site_records_or_streams_only_if_the_scenario_names_it() {
    let mut stage = Stage::new(json!({}));
    let refused = format!("Deny 8.3.b/recorder: {B}");
    assert_eq!(stage.ask(DURING, record("da-lat", false)), refused);
    assert_eq!(stage.ask(DURING, record("so-y-te", false)), refused, "the chair too");
    assert_eq!(stage.ask(DURING, set(json!({"recorders": ["da-lat"], "streams": ["so-y-te"]}))), "Permit");
    assert_eq!(stage.ask(DURING, record("da-lat", false)), "Permit");
    assert_eq!(stage.ask(DURING, record("da-lat", true)), refused);
    assert_eq!(stage.ask(DURING, record("so-y-te", true)), "Permit");
    assert_eq!(
        stage.ask(DURING, record("bao-loc", false)),
        format!("Deny 3.7/invited 8.3.b/recorder: Điều 3 khoản 7; {B}")
    );
    let own = "Deny 3.11/own-site: Điều 3 khoản 11 [A-43]";
    let of_da_lat = |actor: Value| floor("record_by_site", json!({"session": 1, "site": "da-lat", "actor": actor}));
    for actor in [who("office"), who("mcu_operator"), of_site("so-y-te")] {
        assert_eq!(stage.ask(DURING, of_da_lat(actor)), own);
    }
}

#[test]
fn the_chair_lays_down_what_members_do_and_what_comes_next() {
    let mut stage = Stage::new(json!({}));
    let next = || floor("next_step", json!({"session": 1, "actor": of_site("so-y-te")}));
    let step = format!("Deny 8.3.b/step: {B}");
    assert_eq!(stage.ask(DURING, next()), step);
    let member = floor("set_scenario", json!({"session": 1, "scenario": {}, "actor": of_site("da-lat")}));
    assert_eq!(stage.ask(DURING, member), "Deny 3.8/role: Điều 13 khoản 3 điểm a");
    let listed = format!("Deny 8.3.b/listed: {B}");
    assert_eq!(stage.ask(DURING, set(json!({"steps": [{"what": "Báo cáo", "site": "bao-loc"}]}))), listed);
    let scenario = json!({"document": "KB-01", "members_may": ["ask_speech"], "steps": [{"what": "Khai mạc"}]});
    assert_eq!(stage.ask(DURING, set(scenario)), "Permit");
    let ask = |kind: &str| floor("ask_floor", json!({"session": 1, "floor": kind, "actor": of_site("da-lat")}));
    let unmute =
        floor("command", json!({"session": 1, "command": {"unmute": {"site": "da-lat"}}, "actor": of_site("da-lat")}));
    let members = format!("Deny 8.3.b/members: {B}");
    assert_eq!(stage.ask(DURING, ask("speech")), "Permit");
    assert_eq!(stage.ask(DURING, ask("content")), members);
    assert_eq!(stage.ask(DURING, unmute), members);
    assert_eq!(stage.ask(DURING, next()), "Permit");
    assert_eq!(stage.query(DURING, json!({"floor": {"scenario": 1}}))["step"], 1);
    assert_eq!(stage.ask(DURING, next()), step);
}

/// of a secret session the scenario names its document only, and nobody records for himself.
#[test]
fn the_scenario_of_a_secret_session_says_nothing() {
    let mut stage = Stage::new(json!({"sessions": [{"id": 1, "classification": "mat"}]}));
    assert_eq!(
        stage.ask(DURING, set(json!({"steps": [{"what": "Khai mạc"}]}))),
        format!("Deny 8.3.b/content: {B}; Điều 11 khoản 5 [A-15]")
    );
    assert_eq!(stage.ask(DURING, set(json!({"document": "KB-01"}))), "Permit");
    assert_eq!(stage.ask(DURING, record("da-lat", false)), format!("Deny 8.3.b/recorder: {B}"));
}

/// nobody records at these levels, whatever a scenario from before names; below, the remedy is one that can help.
#[test]
fn no_scenario_lets_a_site_record_a_secret_session() {
    let never = "Deny 5.2/recording: Điều 5 khoản 8 Luật 29/2018/QH14 [A-45]";
    for (level, expected) in
        [("mat", format!("Deny 8.3.b/recorder: {B}")), ("toi_mat", never.to_owned()), ("tuyet_mat", never.to_owned())]
    {
        let named = json!({"document": "1/KB", "recorders": ["da-lat"], "streams": ["da-lat"]});
        let mut stage = Stage::new(json!({"sessions": [{"id": 1, "classification": level}],
            "floor": {"sessions": {"1": {"scenario": named}}}}));
        for stream in [false, true] {
            assert_eq!(stage.ask(DURING, record("da-lat", stream)), expected, "{level} {stream}");
            let decision = stage.decide(DURING, record("da-lat", stream));
            let remedy = decision.findings[0].remedy.clone().unwrap();
            assert!(!remedy.en.contains("scenario") && !remedy.en.contains("intervention"), "{level}: {}", remedy.en);
        }
    }
}

/// What people write about a secret session is in no entry of the journal, and the entry replays.
#[test]
fn no_words_about_a_secret_session_are_kept() {
    let mut stage = Stage::new(json!({"sessions": [{"id": 1, "classification": "mat"}]}));
    let words = "NỘI-DUNG-MẬT";
    let acts = [
        set(json!({"document": "KB-01", "steps": [{"what": words}]})),
        floor(
            "request_intervention",
            json!({"session": 1, "wanted": "technical", "reason": words, "actor": of_site("so-y-te")}),
        ),
        floor(
            "decline_intervention",
            json!({"session": 1, "intervention": 1, "answer": words, "actor": who("mcu_operator")}),
        ),
        floor("withdraw_control", json!({"session": 1, "reason": words, "actor": who("mcu_operator")})),
    ];
    for act in acts {
        let before = stage.registry.clone();
        let decision = stage.decide(DURING, act.clone());
        let request: Request = serde_json::from_value(act).unwrap();
        let entry = Entry::seal(&Head::default(), decision.at, &request, decision);
        assert!(!entry.to_line().contains(words), "{}", entry.to_line());
        assert_eq!(entry.decided_again(&before), *entry.decision());
    }
}
