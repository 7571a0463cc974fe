//! Registrations that come late, incomplete or from elsewhere, and acts of a time whose rules are not here.

use crate::world::*;
use lhtt_core::case::{Answer, Case};
use lhtt_core::registry::RegistrationState;
use lhtt_core::submission::Submission;
use lhtt_core::time::Wall;
use lhtt_core::{Decision, RegistrationId, Request, decide};
use serde_json::{Value, json};

const A: &str = "Điều 12 khoản 2 điểm a";
const REPLY: &str = "Điều 12 khoản 2 điểm b gạch đầu dòng thứ nhất";
const BEFORE: &str = "NotEvaluable qd.2/version: QĐ Đ2 [A-20 A-41]";

/// Decides on a request written in JSON, in the province of the example.
fn asked(world: &mut World, request: Value, when: &str) -> Decision {
    world.ask(serde_json::from_value(request).unwrap(), when)
}

fn of_chair() -> Value {
    json!({ "name": "Trần Thị Lan", "role": "site_operator", "site": "so-y-te" })
}

/// what is incomplete is told so whenever it comes; the lead time is that of the revision that completes it.
#[test]
fn an_incomplete_registration_may_come_late() {
    let next_day = json!({ "content": "Giao ban", "start": "2023-06-16T08:00:00+07:00" });
    let late = format!("Deny 12.2.a/lead: {A} [A-01 A-21]");
    let urgent = format!("NeedsOverride 12.2.a/lead-urgent: {A} [A-16 A-21 A-32]");
    let rows = [
        (next_day, "Permit", RegistrationState::UnderReview),
        (json!({ "content": "Giao ban", "urgency": { "urgent": "lũ" } }), &urgent, RegistrationState::UnderReview),
        (json!({ "content": "Giao ban" }), &late, RegistrationState::Incomplete),
    ];
    for (changes, expected, state) in rows {
        let mut world = World::new();
        let incomplete = Submission { content: None, ..submission() };
        let decision = world.ask(Request::Submit(Box::new(incomplete)), "2023-06-15T07:00");
        assert_eq!(summary(&decision), format!("Incomplete 12.2.a/content: {A} gạch đầu dòng thứ tư"));
        let of = |world: &World| world.registry.registration(RegistrationId(1)).unwrap().state.clone();
        assert_eq!(of(&world), RegistrationState::Incomplete);
        let amend = json!({ "planning": { "amend": { "registration": 1, "actor": of_chair(), "changes": changes } } });
        assert_eq!(summary(&asked(&mut world, amend, "2023-06-15T07:10")), expected);
        assert_eq!(of(&world), state, "{expected}");
    }
}

/// However little it changes, the mail of an amendment is the agency's own; one that states no mail is made otherwise.
#[test]
fn the_mail_of_an_amendment_is_the_agencys_own() {
    let mailbox = format!("Deny 12.2.a/mailbox: {A}");
    let address = format!("Deny 12.2.a/address: {A} [A-28]");
    let minor = || json!({ "content": "Giao ban tuần" });
    let later = || json!({ "start": "2023-06-15T09:00:00+07:00" });
    let rows = [
        (minor(), json!({ "sent_from": "x@gmail.com" }), mailbox.as_str()),
        (minor(), json!({ "sent_from": "snv@lamdong.gov.vn" }), &mailbox),
        (later(), json!({ "sent_from": "x@gmail.com" }), &mailbox),
        (minor(), json!({ "sent_to": "vanthu@lamdong.gov.vn" }), &address),
        (later(), json!({ "sent_from": "syt@lamdong.gov.vn", "sent_to": "kythuat@lamdong.gov.vn" }), "Permit"),
        (minor(), json!({}), "Permit"),
    ];
    for (changes, mail, expected) in rows {
        let mut world = World::new();
        world.session();
        let mut amend = json!({ "registration": 1, "actor": of_chair(), "changes": changes });
        amend.as_object_mut().unwrap().extend(mail.as_object().unwrap().clone());
        let decision = asked(&mut world, json!({ "planning": { "amend": amend } }), "2023-06-13T10:00");
        assert_eq!(summary(&decision), expected, "{mail}");
    }
}

/// What can be asked of a province, one request of each kind.
fn acts() -> Vec<Value> {
    let operator = json!({ "name": "Nguyễn Văn Trực", "role": "mcu_operator" });
    let plan = json!({ "plan": { "year": 2024, "kind": "system", "organization": "so-y-te", "document": "1/KH" } });
    let outage = json!({ "id": "m", "from": "2023-06-15T09:00:00+07:00", "until": "2023-06-15T10:00:00+07:00" });
    let authority = json!({ "name": "Phạm Thị Hoa", "role": "managing_authority" });
    vec![
        json!({ "record": { "keep": { "actor": authority, "entry": plan } } }),
        json!({ "record": { "tell_difficulty": { "actor": of_chair(), "organization": "so-y-te", "text": "x" } } }),
        json!({ "planning": { "maintenance": { "actor": { "name": "A", "role": "carrier" }, "outage": outage } } }),
        json!({ "planning": { "cancel": { "registration": 1, "actor": of_chair(), "reason": "hoãn" } } }),
        json!({ "planning": { "check_reply": { "registration": 1 } } }),
        json!({ "planning": { "amend": { "registration": 1, "actor": of_chair() } } }),
        json!({ "end": { "session": 1, "actor": operator } }),
        json!({ "accept": { "registration": 1, "actor": operator, "alias": "1001" } }),
        json!({ "reject": { "registration": 1, "actor": operator, "reason": "x" } }),
        json!({ "override": { "registration": 1, "actor": authority, "reason": "x" } }),
        json!({ "join": { "join": 1, "party": { "site": "da-lat" }, "called": { "alias": "1001" } } }),
        json!({ "submit": {} }),
        json!({ "conduct": { "session": 1, "actor": operator, "do": "start" } }),
    ]
}

/// whatever is asked. What leaves is recorded, and the facts of the province are there before its rules.
#[test]
fn no_act_is_judged_before_the_regulation() {
    for act in acts() {
        let mut world = World::new();
        world.session();
        let decision = asked(&mut world, act.clone(), "2023-06-04T23:59:59.999");
        assert_eq!(summary(&decision), BEFORE, "{act}");
        assert!(decision.changes.is_empty() && decision.version.to_string() == "976-2022", "{act}");
        let after = decide(&world.registry, &serde_json::from_value(act.clone()).unwrap(), wall("2023-06-05T00:00"));
        assert_ne!(summary(&after), BEFORE, "{act}");
        let by = Wall { trusted: false, ..wall("2023-06-04T23:59:59") };
        let doubted = decide(&world.registry, &serde_json::from_value(act.clone()).unwrap(), by);
        assert_ne!(summary(&doubted), BEFORE, "{act}");
    }
    let mut world = World::new();
    world.session();
    assert!(world.call(1, at_site("da-lat"), "2023-06-15T08:00").is_permit());
    assert!(world.ask(leave(1), "2023-06-04T08:00").is_permit());
    let configuration = world.configuration.clone();
    assert!(world.ask(Request::Configure(Box::new(configuration)), "2023-06-04T08:00").is_permit());
}

/// what an amendment is looked at for is that reading's; a new evaluation has the limit of a registration.
#[test]
fn what_an_amendment_relies_on() {
    let start = |time: &str| json!({ "start": format!("2023-06-15T{time}:00+07:00") });
    let conflict = "Deny 11.2/conflict: Điều 11 khoản 2 [A-21]".to_owned();
    let lacks = |item: &str, dash: &str| format!("Incomplete 12.2.a/{item}: {A} gạch đầu dòng thứ {dash} [A-21]");
    let rows = [
        (start("10:30"), "2023-06-15T07:00", conflict.clone(), "A-21"),
        (json!({ "end": "2023-06-15T11:00:01+07:00" }), "2023-06-15T07:00", conflict, "A-21"),
        (json!({ "members": [] }), "2023-06-13T10:00", lacks("members", "hai"), "A-21"),
        (json!({ "contact": { "name": "A" } }), "2023-06-13T10:00", lacks("contact-phone", "năm"), "A-21"),
        (start("07:00"), "2023-06-14T07:00", "Permit".to_owned(), "A-01 A-21"),
        (json!({ "urgency": { "urgent": "dịch" } }), "2023-06-15T01:00", "Permit".to_owned(), "A-01 A-21"),
        (start("08:30"), "2023-06-15T07:00", "Permit".to_owned(), "A-21"),
    ];
    for (changes, when, expected, readings) in rows {
        let mut world = World::new();
        world.session();
        let other = Submission {
            agency: Some("so-noi-vu".into()),
            sent_from: "snv@lamdong.gov.vn".to_owned(),
            chair_site: Some("so-noi-vu".into()),
            members: vec![site("da-lat")],
            start: Some(at("2023-06-15T11:00")),
            end: Some(at("2023-06-15T12:00")),
            ..submission()
        };
        world.session_of(other, "1002");
        let amend = json!({ "planning": { "amend": { "registration": 1, "actor": of_chair(), "changes": changes } } });
        let decision = asked(&mut world, amend, when);
        assert_eq!(summary(&decision), expected, "{changes}");
        let found: Vec<_> = decision.interpretations.iter().map(ToString::to_string).collect();
        assert_eq!(found.join(" "), readings, "{changes}");
    }
}

/// where no end is stated, the default length is what the sessions meet by, or do not.
#[test]
fn the_default_length_decides_where_no_end_is_stated() {
    let other = |start: &str, end: Option<&str>, member: &str| Submission {
        agency: Some("so-noi-vu".into()),
        sent_from: "snv@lamdong.gov.vn".to_owned(),
        chair_site: Some("so-noi-vu".into()),
        members: vec![site(member)],
        start: Some(at(start)),
        end: end.map(at),
        ..submission()
    };
    let taken = "Deny 11.2/conflict: Điều 11 khoản 2";
    let rows = [
        (other("2023-06-15T06:30", None, "da-lat"), format!("{taken} [A-38]"), "A-38"),
        (other("2023-06-15T06:30", Some("2023-06-15T08:30"), "da-lat"), taken.to_owned(), ""),
        (other("2023-06-15T08:00", None, "da-lat"), taken.to_owned(), ""),
        (other("2023-06-15T09:00", None, "da-lat"), taken.to_owned(), ""),
        (other("2023-06-15T08:00", None, "bao-loc"), "Permit".to_owned(), "A-01 A-38"),
        (other("2023-06-15T08:00", Some("2023-06-15T10:00"), "bao-loc"), "Permit".to_owned(), "A-01"),
    ];
    for (submission, expected, readings) in rows {
        let mut world = World::new();
        world.session();
        let decision = world.ask(Request::Submit(Box::new(submission)), "2023-06-13T10:00");
        assert_eq!(summary(&decision), expected);
        let found: Vec<_> = decision.interpretations.iter().map(ToString::to_string).collect();
        assert_eq!(found.join(" "), readings, "{expected}");
    }
}

/// Dash 3: nothing is accepted once its start is past; it is refused on that ground, or the chair moves it.
#[test]
fn a_registration_is_accepted_by_its_start() {
    let operator = json!({ "name": "Nguyễn Văn Trực", "role": "technical_operator" });
    let accept = || json!({ "accept": { "registration": 1, "actor": operator, "alias": "1001" } });
    let past = format!("Deny 12.2.a/past 12.2.b/reply: {A} gạch đầu dòng thứ ba; {REPLY} [A-08]");
    let late = format!("Permit 12.2.b/reply: {REPLY} [A-08]");
    let rows =
        [("2023-06-15T08:00:00", late.as_str()), ("2023-06-15T08:00:00.001", &past), ("2023-06-15T08:30", &past)];
    for (when, expected) in rows {
        let mut world = World::new();
        world.ask(Request::Submit(Box::new(submission())), "2023-06-13T08:00");
        assert_eq!(summary(&asked(&mut world, accept(), when)), expected, "{when}");
    }
    let mut world = World::new();
    world.ask(Request::Submit(Box::new(submission())), "2023-06-13T08:00");
    let reject = json!({ "reject": { "registration": 1, "actor": operator, "reason": "đã qua giờ họp" } });
    let refused = decide(&world.registry, &serde_json::from_value(reject).unwrap(), wall("2023-06-15T08:30"));
    assert!(refused.is_permit() && refused.basis[0].key() == REPLY, "{}", refused.render_en());
    let changes = json!({ "start": "2023-06-15T14:00:00+07:00" });
    let amend = json!({ "planning": { "amend": { "registration": 1, "actor": of_chair(), "changes": changes } } });
    assert_eq!(summary(&asked(&mut world, amend, "2023-06-15T08:31")), "Permit");
    assert!(asked(&mut world, accept(), "2023-06-15T08:32").is_permit());
}

/// A co-chair takes part by a site of its own, or is told that it has none on the list.
#[test]
fn a_co_chair_without_a_site_is_told_so() {
    for (member, absent) in [("so-noi-vu", false), ("da-lat", true)] {
        let submission =
            Submission { co_chairs: vec!["so-noi-vu".into()], members: vec![site(member)], ..submission() };
        let decision = World::new().ask(Request::Submit(Box::new(submission)), "2023-06-13T08:00");
        assert_eq!(summary(&decision), "Permit 3.6/co-chair: Điều 3 khoản 6 [A-01 A-40]");
        assert_eq!(decision.render_en().contains("has no site on the list"), absent, "{}", decision.render_en());
    }
}

/// What a case of the example province comes to.
fn of_case(case: Value) -> Value {
    match Case::from_json(&case.to_string()).unwrap().answer().unwrap() {
        Answer::Value(value) => value,
        Answer::Decision(decision) => serde_json::to_value(decision).unwrap(),
    }
}

/// A deadline that lies before the regulation is told with the version it lies under.
#[test]
fn a_deadline_before_the_regulation_is_told_so() {
    let rows = [
        ("2023-06-05T14:00:00+07:00", json!(["normal"])),
        ("2023-06-05T05:00:00+07:00", json!(["normal", "urgent"])),
        ("2023-06-06T00:00:00+07:00", Value::Null),
    ];
    for (start, expected) in rows {
        let query = json!({ "planning": { "deadlines": { "start": start } } });
        let value = of_case(json!({ "at": "2023-06-05T01:00:00+07:00", "query": query }));
        let told = value.pointer("/not_evaluable/deadlines").cloned().unwrap_or_default();
        assert_eq!(told, expected, "{value}");
        let version = value.pointer("/not_evaluable/version").is_none_or(|one| one == "976-2022");
        assert!(version, "{value}");
    }
}
