//! Điều 5 khoản 6 and Điều 10: who controls a session. Refusals in the order in which they take precedence.

use crate::stage::{Stage, floor, of_site, who};
use lhtt_core::registry::floor::{ControlEvent, ControlState};
use lhtt_core::{SessionId, SiteId};
use serde_json::{Value, json};
use std::fmt::Write;

const DAY: &str = "2023-06-14T08:00";
const RUNS: &str = "2023-06-15T08:30";
const BOTH: &str = "Điều 3 khoản 6; Điều 3 khoản 7";

fn held() -> Value {
    json!({"floor": {"sessions": {"1": {"control": {"delegated": "so-y-te"}}}}})
}

/// The Centre operates session 1, because somebody decided it.
fn centre() -> Value {
    json!({"floor": {"sessions": {"1": {"control": "centre_operated"}}}})
}

/// Session 1 with another chair.
fn chaired_by(agency: &str, site: &str) -> Value {
    let mut seats: Vec<_> = ["da-lat", "duc-trong", site].into_iter().collect();
    seats.sort_unstable();
    seats.dedup();
    let seats: Vec<_> = seats.into_iter().map(|site| json!({"member": {"site": site}, "legs": 1})).collect();
    json!({"sessions": [{"id": 1, "agency": agency, "chair_site": site, "seats": seats}]})
}

fn request(site: &str) -> Value {
    floor("request_control", json!({"session": 1, "actor": of_site(site)}))
}

fn hand_over() -> Value {
    floor("hand_over_control", json!({"session": 1, "actor": who("mcu_operator")}))
}

#[test]
fn control_goes_to_the_chair_site_of_an_eligible_level_under_a_grant() {
    let no_grant = json!({"floor": {"grants": {"cap-tinh": null}}});
    let ended = json!({"floor": {"grants": {"cap-tinh": {"until": "2023-06-14T07:59:59.999+07:00"}}}});
    let last = json!({"floor": {"grants": {"cap-tinh": {"until": "2023-06-14T08:00:00+07:00"}}}});
    let to_come = json!({"floor": {"grants": {"cap-tinh": {"from": "2023-06-14T08:00:00.001+07:00"}}}});
    let to_other = json!({"floor": {"grants": {"cap-tinh": {"site": "so-noi-vu"}}}});
    let from_now = json!({"floor": {"grants": {"cap-tinh": {"from": "2023-06-14T08:00:00+07:00"}}}});
    let mut affiliated = chaired_by("bv-tinh", "bv-tinh");
    affiliated["profile"] = json!({"control": {"affiliated": "allow"}});
    let commune = "Deny 10.1/tier: Điều 10 khoản 1 [A-07]";
    let grant = "Deny 5.6/grant: Điều 5 khoản 6; Điều 10 khoản 1 [A-31]";
    let second = format!("Deny 3.6/chair-controls 3.6/one-holder: {BOTH} [A-43 A-44]");
    let rows = [
        (json!({}), "so-y-te", "Permit".to_owned()),
        (chaired_by("ubnd-da-lat", "da-lat"), "da-lat", "Permit".to_owned()),
        (chaired_by("ubnd-xa-hiep-thanh", "hiep-thanh"), "hiep-thanh", commune.to_owned()),
        (json!({}), "da-lat", second.clone()),
        (centre(), "da-lat", format!("Deny 3.6/chair-controls: {BOTH} [A-43 A-44]")),
        (centre(), "so-y-te", "Permit".to_owned()),
        (held(), "da-lat", second),
        (held(), "so-y-te", format!("Deny 3.6/one-holder: {BOTH} [A-44]")),
        (no_grant, "so-y-te", grant.to_owned()),
        (ended, "so-y-te", grant.to_owned()),
        (last, "so-y-te", "Permit".to_owned()),
        (to_come, "so-y-te", grant.to_owned()),
        (to_other, "so-y-te", grant.to_owned()),
        (from_now, "so-y-te", "Permit".to_owned()),
        (chaired_by("bv-tinh", "bv-tinh"), "bv-tinh", "Deny 10.1/affiliated: Điều 10 khoản 1 [A-04]".to_owned()),
        (affiliated, "bv-tinh", "Permit".to_owned()),
    ];
    for (facts, site, expected) in rows {
        assert_eq!(Stage::new(facts.clone()).ask(DAY, request(site)), expected, "{facts} {site}");
    }
    let mut stage = Stage::new(json!({}));
    let stranger = floor("request_control", json!({"session": 1, "site": "so-y-te", "actor": of_site("da-lat")}));
    assert_eq!(stage.ask(DAY, stranger), "Deny 3.11/own-site: Điều 3 khoản 11 [A-43]");
    let unknown = floor("request_control", json!({"session": 7, "actor": of_site("so-y-te")}));
    assert_eq!(stage.ask(DAY, unknown), "Deny 14.1/known: Điều 14 khoản 1");
    let early = stage.decide("2023-06-04T23:59", request("so-y-te"));
    assert_eq!(early.outcome, lhtt_core::Outcome::NotEvaluable);
}

/// Điều 3 khoản 6, 13 khoản 3 điểm a: where nobody decided who controls, the chair site does, if Điều 10 lets it. What keeps it
/// from control is what refuses its commands.
#[test]
fn the_chair_site_controls_where_nobody_decided_otherwise() {
    let with = |mut facts: Value, more: Value| {
        facts.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        facts
    };
    let district = || chaired_by("ubnd-da-lat", "da-lat");
    let room = json!({"estate": {"sites": {"da-lat": {"room": {"k5": {"result": "fail"}}}}}});
    let old = json!({
        "profile": {"assessment": {"validity_days": 8}},
        "estate": {"sites": {"so-y-te": {"assessment": {"date": "2023-06-05"}}}},
    });
    let decided = |control: Value| json!({"floor": {"sessions": {"1": {"control": control}}}});
    let refused = "Deny 5.6/holds-control: Điều 5 khoản 6 [A-31]";
    let rows = [
        (json!({}), "so-y-te", "Permit", Some("so-y-te")),
        (json!({"floor": {"sessions": {"1": {}}}}), "so-y-te", "Permit", Some("so-y-te")),
        (district(), "da-lat", "Permit", Some("da-lat")),
        (held(), "so-y-te", "Permit", Some("so-y-te")),
        (centre(), "so-y-te", refused, None),
        (decided(json!("withdrawn")), "so-y-te", refused, None),
        (decided(json!({"delegated": "da-lat"})), "so-y-te", refused, Some("da-lat")),
        (
            json!({"floor": {"grants": {"cap-tinh": null}}}),
            "so-y-te",
            "Deny 5.6/grant: Điều 5 khoản 6; Điều 10 khoản 1 [A-31]",
            None,
        ),
        (with(district(), room), "da-lat", "Deny 6.5/power: Điều 6 khoản 5; Điều 10 khoản 2 [A-05]", None),
        (old, "so-y-te", "NeedsOverride 9/assessment-current: Điều 10 khoản 2 [A-32 A-35]", None),
        (
            chaired_by("bv-tinh", "bv-tinh"),
            "bv-tinh",
            "Deny 3.8/role: Điều 10 khoản 1; Điều 13 khoản 3 điểm b [A-04]",
            None,
        ),
        (
            chaired_by("ubnd-xa-hiep-thanh", "hiep-thanh"),
            "hiep-thanh",
            "Deny 3.8/role: Điều 10 khoản 1; Điều 13 khoản 3 điểm b [A-07]",
            None,
        ),
    ];
    for (facts, site, expected, holder) in rows {
        let mut stage = Stage::new(facts.clone());
        let control = stage.query(RUNS, json!({"floor": {"control": 1}}));
        assert_eq!(control["holder"], json!(holder), "{facts}");
        assert_eq!(
            stage.registry.control_holder(SessionId(1), crate::world::at(RUNS)),
            holder.map(SiteId::new).as_ref()
        );
        let mute = floor("command", json!({"session": 1, "command": "mute_all", "actor": of_site(site)}));
        assert_eq!(stage.ask(RUNS, mute), expected, "{facts}");
    }
}

/// What falls to the chair site without a word can be put on record, handed over, given back and lost.
#[test]
fn control_that_nobody_handed_over_is_control_all_the_same() {
    let control = |stage: &Stage| stage.query(DAY, json!({"floor": {"control": 1}}));
    let delegated = json!({"delegated": "so-y-te"});
    let mut stage = Stage::new(json!({}));
    assert_eq!((&control(&stage)["state"], &control(&stage)["decided"]), (&delegated, &json!(false)));
    assert_eq!(stage.ask(DAY, request("so-y-te")), "Permit");
    assert_eq!(stage.registry.floor().control(SessionId(1)), Some(&ControlState::Delegated("so-y-te".into())));
    assert_eq!((&control(&stage)["state"], &control(&stage)["decided"]), (&delegated, &json!(true)));
    let give_back = floor("return_control", json!({"session": 1, "actor": of_site("so-y-te")}));
    for act in [give_back, hand_over()] {
        assert_eq!(Stage::new(json!({})).ask(DAY, act), "Permit");
    }
    let mut lapsed = Stage::new(json!({}));
    lapsed.ask(DAY, floor("withdraw_grant", json!({"id": "cap-tinh", "actor": who("managing_authority")})));
    assert_eq!(control(&lapsed)["state"], "centre_operated");
    assert_eq!(lapsed.ask(DAY, request("so-y-te")), "Deny 5.6/grant: Điều 5 khoản 6; Điều 10 khoản 1 [A-31]");
}

/// Khoản 2: each of the five conditions, and an assessment that is not too old. What is not known is not met.
#[test]
fn the_room_of_whoever_controls_meets_its_conditions() {
    let room = |room: Value| json!({"estate": {"sites": {"so-y-te": {"room": room}}}});
    let rules = ["6.1/terminals", "6.2/line", "6.3/display", "6.4/fire-safety", "6.5/power"];
    for (at, rule) in rules.into_iter().enumerate() {
        let number = at + 1;
        let expected = format!("Deny {rule}: Điều 6 khoản {number}; Điều 10 khoản 2 [A-05]");
        for check in [json!({"result": "fail"}), json!(null)] {
            let facts = room(json!({format!("k{number}"): check}));
            assert_eq!(Stage::new(facts.clone()).ask(DAY, request("so-y-te")), expected, "{facts}");
            assert_eq!(Stage::new(facts.clone()).ask(DAY, hand_over()), expected, "{facts}");
        }
    }
}

/// Điều 9, A-05: a site that is not, or is no longer, one of the system neither gets control nor uses it.
#[test]
fn control_is_for_sites_of_the_system() {
    let out = "Deny 9/admitted: Điều 9 [A-05]";
    for state in [json!("suspended"), json!("proposed"), json!("withdrawn"), json!({"assessed": "pass"})] {
        let facts = json!({"estate": {"sites": {"so-y-te": {"state": state}}}});
        let mut holding = held();
        holding["estate"] = facts["estate"].clone();
        let mute = floor("command", json!({"session": 1, "command": "mute_all", "actor": of_site("so-y-te")}));
        assert_eq!(Stage::new(facts.clone()).ask(DAY, request("so-y-te")), out, "{state}");
        assert_eq!(Stage::new(facts).ask(DAY, hand_over()), out, "{state}");
        let mut stage = Stage::new(holding);
        assert_eq!(stage.ask("2023-06-15T08:30", mute), out, "{state}");
        assert_eq!(stage.query("2023-06-15T08:30", json!({"floor": {"control": 1}}))["holder"], Value::Null);
    }
}

/// past its validity, control needs an override by a named person, which is on record from then on.
#[test]
fn an_old_assessment_needs_an_override() {
    let old = "9/assessment-current: Điều 10 khoản 2 [A-32 A-35]";
    let facts = json!({
        "profile": {"assessment": {"validity_days": 8}, "override_heads": ["Nguyễn Thị Bình"]},
        "estate": {"sites": {"so-y-te": {"assessment": {"date": "2023-06-05"}}}},
    });
    let waive =
        |actor: Value, reason: &str| floor("override_control", json!({"session": 1, "actor": actor, "reason": reason}));
    assert_eq!(Stage::new(facts.clone()).ask("2023-06-13T23:59:59", request("so-y-te")), "Permit");
    let mut stage = Stage::new(facts);
    let needless = stage.ask("2023-06-13T23:59:59", waive(who("managing_authority"), "họp gấp"));
    assert_eq!(needless, "Deny 15.1/needless: Điều 15 khoản 1 [A-32]");
    assert_eq!(stage.ask("2023-06-14T00:00", request("so-y-te")), format!("NeedsOverride {old}"));
    assert_eq!(stage.ask("2023-06-14T00:00", hand_over()), format!("NeedsOverride {old}"));
    let by_operator = stage.ask("2023-06-14T00:00", waive(who("mcu_operator"), "họp gấp"));
    assert!(by_operator.starts_with("Deny 9/assessment-current 15.1/override"), "{by_operator}");
    let silent = stage.ask("2023-06-14T00:00", waive(who("managing_authority"), " "));
    assert!(silent.starts_with("Deny 9/assessment-current 15.1/reason"), "{silent}");
    let waived = stage.ask("2023-06-14T00:00", waive(who("head_of_technical_operator"), "họp gấp"));
    assert_eq!(waived, format!("Permit {old}"));
    assert_eq!(
        stage.ask("2023-06-14T00:00", hand_over()),
        "Permit 9/assessment-current: Điều 10 khoản 2 [A-31 A-32 A-35]"
    );
}

/// granted by the managing authority, asked for by the chair, handed over and taken back by the MCU operator.
#[test]
fn control_is_handed_over_given_back_and_taken_back() {
    let mut stage = Stage::new(json!({}));
    let control = |stage: &Stage| stage.registry.floor().control(SessionId(1)).cloned();
    let give_back = |site: &str| floor("return_control", json!({"session": 1, "actor": of_site(site)}));
    let take = |role: &str| floor("withdraw_control", json!({"session": 1, "actor": who(role), "reason": "sự cố"}));
    assert_eq!(stage.ask(DAY, take("mcu_operator")), "Permit", "from whom it falls to by rule");
    assert_eq!(stage.ask(DAY, give_back("so-y-te")), "Deny 5.6/holds-control: Điều 5 khoản 6 [A-31]");
    assert_eq!(stage.ask(DAY, take("mcu_operator")), "Deny 5.6/held: Điều 5 khoản 6");
    assert_eq!(stage.ask(DAY, request("so-y-te")), "Permit");
    assert_eq!(control(&stage), Some(ControlState::Withdrawn), "asked for, not handed over");
    let by_chair = floor("hand_over_control", json!({"session": 1, "actor": of_site("so-y-te")}));
    assert_eq!(stage.ask(DAY, by_chair), "Deny 3.8/role: Điều 13 khoản 1 [A-31]");
    assert_eq!(stage.ask(DAY, hand_over()), "Permit");
    assert_eq!(control(&stage), Some(ControlState::Delegated("so-y-te".into())));
    assert_eq!(stage.ask(DAY, hand_over()), format!("Deny 3.6/one-holder: {BOTH} [A-44]"));
    assert_eq!(stage.ask(DAY, give_back("da-lat")), "Deny 5.6/holds-control: Điều 5 khoản 6 [A-31]");
    assert_eq!(stage.ask(DAY, give_back("so-y-te")), "Permit");
    assert_eq!(control(&stage), Some(ControlState::CentreOperated));
    stage.ask(DAY, hand_over());
    assert_eq!(stage.ask(DAY, take("technical_operator")), "Deny 3.8/role: Điều 13 khoản 1 [A-31]");
    assert_eq!(stage.ask(DAY, take("managing_authority")), "Permit");
    assert_eq!(control(&stage), Some(ControlState::Withdrawn));
    assert_eq!(stage.ask(DAY, hand_over()), "Permit");
}

#[test]
fn the_managing_authority_grants_control_and_withdraws_the_grant() {
    let grant = |role: &str, fields: Value| {
        let mut grant = json!({"from": "2023-06-14T08:00:00+07:00", "by": who(role)});
        grant.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        floor("grant_control", json!({"id": "moi", "grant": grant}))
    };
    let site = json!({"site": "so-y-te"});
    let form = "Deny 5.6/grant-form: Điều 5 khoản 6 [A-31]";
    let to = "Deny 10.1/grant-to: Điều 10 khoản 1 [A-07]";
    let rows = [
        (grant("managing_authority", site.clone()), "Permit"),
        (grant("mcu_operator", site), "Deny 3.8/role: Điều 5 khoản 6 [A-31]"),
        (grant("managing_authority", json!({})), form),
        (grant("managing_authority", json!({"tier": "province", "until": "2023-06-14T07:59:59+07:00"})), form),
        (grant("managing_authority", json!({"tier": "province", "until": "2023-06-14T08:00:00+07:00"})), "Permit"),
        (grant("managing_authority", json!({"tier": "commune"})), to),
        (grant("managing_authority", json!({"site": "hiep-thanh"})), to),
        (grant("managing_authority", json!({"organization": "ubnd-phuong-1"})), to),
        (grant("managing_authority", json!({"site": "nowhere"})), "Deny 10.1/grant-to: Điều 10 khoản 1"),
    ];
    for (request, expected) in rows {
        assert_eq!(Stage::new(json!({})).ask(DAY, request.clone()), expected, "{request}");
    }
    let mut stage = Stage::new(held());
    let withdraw = |id: &str| floor("withdraw_grant", json!({"id": id, "actor": who("managing_authority")}));
    let stands = "Deny 5.6/grant-stands: Điều 5 khoản 6 [A-31]";
    assert_eq!(stage.ask(DAY, withdraw("khac")), stands);
    assert_eq!(stage.ask(DAY, withdraw("cap-tinh")), "Permit");
    assert_eq!(stage.ask(DAY, withdraw("cap-tinh")), stands);
    assert_eq!(stage.registry.floor().control(SessionId(1)), Some(&ControlState::Withdrawn));
    let control = stage.query(DAY, json!({"floor": {"control": 1}}));
    assert_eq!(control["holder"], Value::Null);
    assert_eq!(control["mode"], "delegable");
}

/// A grant that runs out ends control without a word.
#[test]
fn control_ends_with_its_grant() {
    let mut facts = held();
    facts["floor"]["grants"] = json!({"cap-tinh": {"until": "2023-06-15T09:00:00+07:00"}});
    let mut stage = Stage::new(facts);
    let mute = floor("command", json!({"session": 1, "command": "mute_all", "actor": of_site("so-y-te")}));
    assert_eq!(stage.ask("2023-06-15T09:00", mute.clone()), "Permit");
    assert_eq!(stage.query("2023-06-15T09:00", json!({"floor": {"control": 1}}))["holder"], "so-y-te");
    assert_eq!(stage.ask("2023-06-15T09:00:01", mute), "Deny 5.6/holds-control: Điều 5 khoản 6 [A-31]");
    assert_eq!(stage.query("2023-06-15T09:00:01", json!({"floor": {"control": 1}}))["holder"], Value::Null);
}

/// regulation.md 8.3: to the Centre, or to another eligible site of the same agency; chairing does not pass on.
#[test]
fn a_lost_chair_gives_control_to_the_centre_or_within_its_agency() {
    let facts = |second: &str, agency: &str| {
        let mut facts = held();
        facts["sites"] = json!([{"id": second, "name": "Phòng họp 2", "organization": agency, "admitted": true}]);
        let mut seats = vec!["da-lat", "so-y-te", second];
        seats.sort_unstable();
        seats.dedup();
        let seats: Vec<_> = seats.into_iter().map(|site| json!({"member": {"site": site}, "legs": 1})).collect();
        facts["sessions"] = json!([{"id": 1, "seats": seats}]);
        let check =
            json!({"result": "pass", "assessed_by": "Lê Văn An", "date": "2023-06-05", "evidence": "Biên bản 1"});
        let room = json!({"k1": check, "k2": check, "k3": check, "k4": check, "k5": check});
        facts["estate"] = json!({"sites": {second: {"room": room}}});
        facts
    };
    let lost = |to: Value| {
        let since = "2023-06-15T08:30:00+07:00";
        floor("chair_lost", json!({"session": 1, "since": since, "to": to, "actor": who("mcu_operator")}))
    };
    let own = facts("so-y-te-2", "so-y-te");
    let rows = [
        (own.clone(), "2023-06-15T08:31:00", json!(null), "Deny 3.6/chair-grace: Điều 3 khoản 6"),
        (own.clone(), "2023-06-15T08:31:00.001", json!(null), "Permit"),
        (own.clone(), "2023-06-15T08:32:00", json!("so-y-te-2"), "Permit"),
        (own, "2023-06-15T08:32:00", json!("da-lat"), "Deny 3.6/same-agency: Điều 3 khoản 6"),
        (
            held(),
            "2023-06-15T08:32:00",
            json!("so-noi-vu"),
            "Deny 3.6/same-agency 3.7/invited: Điều 3 khoản 6; Điều 3 khoản 7",
        ),
        (json!({}), "2023-06-15T08:32:00", json!(null), "Permit"),
        (centre(), "2023-06-15T08:32:00", json!(null), "Deny 5.6/held: Điều 5 khoản 6"),
    ];
    for (facts, when, to, expected) in rows {
        assert_eq!(Stage::new(facts).ask(when, lost(to.clone())), expected, "{when} {to}");
    }
    let mut stage = Stage::new(facts("so-y-te-2", "so-y-te"));
    stage.ask("2023-06-15T08:32:00", lost(json!("so-y-te-2")));
    let mute = |site: &str| floor("command", json!({"session": 1, "command": "mute_all", "actor": of_site(site)}));
    assert_eq!(stage.ask("2023-06-15T08:33", mute("so-y-te-2")), "Permit");
    assert_eq!(stage.ask("2023-06-15T08:33", mute("so-y-te")), "Deny 5.6/holds-control: Điều 5 khoản 6 [A-31]");
}

/// the chair of a commune's session decides, the Centre operates.
#[test]
fn the_centre_operates_for_a_commune() {
    let stage = Stage::new(chaired_by("ubnd-xa-hiep-thanh", "hiep-thanh"));
    let control = stage.query(DAY, json!({"floor": {"control": 1}}));
    assert_eq!((&control["mode"], &control["state"]), (&json!("centre_operated"), &json!("centre_operated")));
    assert_eq!(control["why"]["rule"], "10.1/centre-operated");
}

#[test]
fn every_pair_of_the_control_machine_is_written_down() {
    let [own, other] = [SiteId::new("own"), SiteId::new("other")];
    let states = [ControlState::CentreOperated, ControlState::Delegated(own.clone()), ControlState::Withdrawn];
    let mut text = String::new();
    for state in &states {
        for event in ControlEvent::ALL {
            for site in [&own, &other] {
                let next = state.next(event, site).map_or("–".to_owned(), |next| show(&next));
                writeln!(text, "{:<16} {:<10} {:<6} {next}", show(state), format!("{event:?}"), site.as_str()).unwrap();
            }
        }
    }
    assert_eq!(text, include_str!("../data/control-machine.txt"), "\n{text}");
}

fn show(state: &ControlState) -> String {
    state.holder().map_or_else(|| format!("{state:?}"), |site| format!("Delegated {site}"))
}
