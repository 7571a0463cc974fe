//! What is due next, and breaches found by time alone.

use crate::stage::{Stage, of_site, who};
use crate::world::*;
use lhtt_core::Request;
use lhtt_core::deadline::{Deadline, breaches, next_deadlines};
use lhtt_core::registry::Configuration;
use serde_json::{Value, json};

fn line(deadline: &Deadline) -> String {
    let of = serde_json::to_value(&deadline.of).unwrap();
    let (kind, name) = of.as_object().unwrap().iter().next().unwrap();
    let flags = if deadline.flags.is_empty() { String::new() } else { format!(" {}", deadline.flags.join(" ")) };
    format!("{} {:?} {kind} {name} {}{flags}", deadline.due, deadline.what, deadline.citation)
}

fn due(world: &World, now: &str) -> Vec<String> {
    next_deadlines(&world.registry, at(now)).iter().map(line).collect()
}

#[test]
fn what_is_due_next_is_found_by_time_alone() {
    let with = |configuration: &mut Configuration| {
        configuration.profile.reporting =
            serde_json::from_str(r#"{"due_working_days": 3, "plan_reminder": {"month": 9, "day": 30}}"#).unwrap();
    };
    let mut world = World::with(with);
    world.ask(Request::Submit(Box::new(submission())), "2023-06-13T16:40");
    let yearly = [
        "2023-12-18T00:00:00+07:00 YearlyData named \"2023/commune\" Điều 18 khoản 6 not_a_working_day",
        "2023-12-20T00:00:00+07:00 YearlyData named \"2023/district\" Điều 18 khoản 6",
        "2023-12-23T00:00:00+07:00 YearlyData named \"2023/province\" Điều 18 khoản 6",
    ];
    let reply = "2023-06-13T18:40:00+07:00 Reply registration 1 Điều 12 khoản 2 điểm b gạch đầu dòng thứ nhất";
    let half = "2023-06-20T00:00:00+07:00 HalfYearReport named \"6 tháng đầu năm 2023\" Điều 15 khoản 2 điểm đ";
    let plans = "2023-10-01T00:00:00+07:00 Plans named \"2024\" Điều 15 khoản 2 điểm e";
    // At the due moment itself the answer is still in time; a millisecond later it is not.
    assert_eq!(due(&world, "2023-06-13T18:40:00"), [&[reply, half, plans], &yearly[..]].concat());
    assert_eq!(due(&world, "2023-06-13T18:40:00.001"), [&[half, plans], &yearly[..]].concat());
    assert_eq!(due(&world, "2023-06-19T23:59:59.999").first().unwrap(), half);
    assert_eq!(due(&world, "2023-06-20T00:00:00").first().unwrap(), plans);
    let next_year = due(&world, "2023-12-18T00:00:00");
    assert!(next_year.iter().any(|line| line.contains("2024/commune")), "{next_year:?}");
}

#[test]
fn a_registration_without_an_answer_is_the_operators_breach_until_it_is_answered() {
    let mut world = World::new();
    world.ask(Request::Submit(Box::new(submission())), "2023-06-13T16:40");
    let found = |world: &World, now| {
        let found = breaches(&world.registry, at(now));
        found.iter().map(|finding| format!("{} {:?}", finding.rule, finding.duty_holder.unwrap())).collect::<Vec<_>>()
    };
    assert_eq!(found(&world, "2023-06-13T18:40:00"), Vec::<String>::new());
    assert_eq!(found(&world, "2023-06-13T18:40:01"), ["12.2.b/overdue TrungTam"]);
    world.ask(world.accept("1001"), "2023-06-13T19:00");
    assert_eq!(found(&world, "2023-06-13T19:00:01"), Vec::<String>::new());
}

/// What of these kinds is due next over these facts, with whose duty it is.
fn next(facts: &Value, now: &str, of: &str) -> String {
    next_of(&Stage::new(facts.clone()), now, of)
}

fn next_of(stage: &Stage, now: &str, of: &str) -> String {
    let found = next_deadlines(&stage.registry, at(now)).into_iter().filter(|one| format!("{:?}", one.what) == of);
    found.map(|one| format!("{} {:?}", line(&one), one.duty_holder)).collect::<Vec<_>>().join("; ")
}

fn check_next(rows: Vec<(Value, &str, &str, &str)>) {
    let mut wrong = Vec::new();
    for (facts, now, of, expected) in rows {
        let came = next(&facts, now, of);
        if came != expected {
            wrong.push(format!("{facts} {now}\n   came  {came}\n   not   {expected}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The same once the session is called off.
fn next_without_it(facts: Value, of: &str) -> String {
    let mut stage = Stage::new(facts);
    let cancel =
        json!({"planning": {"cancel": {"registration": 1, "actor": of_site("so-y-te"), "reason": "dời lịch"}}});
    assert_eq!(stage.ask("2023-06-14T08:00", cancel), "Permit");
    next_of(&stage, "2023-06-14T09:00", of)
}

fn session(fields: Value) -> Value {
    json!({"conduct": {"sessions": {"1": fields}}})
}

#[test]
fn a_rehearsal_is_due_until_it_was_held_or_the_session_begins() {
    let due = "2023-06-15T06:00:00+07:00 Rehearsal session 1 Điều 12 khoản 2 điểm b gạch đầu dòng thứ hai TrungTam";
    check_next(vec![
        (session(json!({"state": "accepted"})), "2023-06-15T06:00:00", "Rehearsal", due),
        (session(json!({"state": "accepted"})), "2023-06-15T06:00:00.001", "Rehearsal", ""),
        (json!({}), "2023-06-15T05:00:00", "Rehearsal", ""),
        (session(json!({"state": "in_session", "rehearsals": []})), "2023-06-15T05:00:00", "Rehearsal", ""),
    ]);
    assert_eq!(next_without_it(session(json!({"state": "accepted"})), "Rehearsal"), "");
    let registry = Stage::new(session(json!({"state": "accepted"}))).registry;
    let rules = |now: &str| breaches(&registry, at(now)).iter().map(|one| one.rule.to_string()).collect::<Vec<_>>();
    assert_eq!(rules("2023-06-15T06:00:00"), Vec::<String>::new());
    assert_eq!(rules("2023-06-15T06:00:00.001"), ["12.2.b/unrehearsed"]);
}

#[test]
fn an_answer_is_due_to_what_was_registered_and_waits() {
    let registered = |fields: Value| {
        let mut one = json!({"id": 2, "received_at": "2023-06-13T10:00:00+07:00", "state": "under_review"});
        lhtt_core::case::merge(&mut one, &fields);
        json!({"registrations": [one]})
    };
    let due = "2023-06-13T12:00:00+07:00 Reply registration 2 Điều 12 khoản 2 điểm b gạch đầu dòng thứ nhất TrungTam";
    let refused =
        json!({"rejected": {"at": "2023-06-13T11:00:00+07:00", "by": who("technical_operator"), "reason": "x"}});
    let notified = json!({"submission": {"path": "notify", "sender": "vp-ubnd-tinh", "agency": "ubnd-tinh"}});
    let now = "2023-06-13T11:00:00";
    check_next(vec![
        (registered(json!({})), now, "Reply", due),
        (registered(json!({"state": "incomplete"})), now, "Reply", due),
        (registered(json!({"state": refused})), now, "Reply", ""),
        (registered(notified), now, "Reply", ""),
    ]);
}

#[test]
fn a_terminal_is_due_for_its_check_by_the_next_session_of_its_site() {
    let waits = json!({"estate": {"endpoints": {"x": {"site": "da-lat", "kind": "dedicated", "active": false,
        "due": {"cause": "new", "since": "2023-06-10"}}}}});
    let with = |more: Value| {
        let mut facts = waits.clone();
        lhtt_core::case::merge(&mut facts, &more);
        facts
    };
    let elsewhere = json!({"estate": {"endpoints": {"x": {"site": "bao-loc"}}}});
    let due = "2023-06-15T08:00:00+07:00 DeviceCheck named \"x\" Điều 8 khoản 3 điểm c Member";
    check_next(vec![
        (waits.clone(), "2023-06-15T07:59:59.999", "DeviceCheck", due),
        (waits.clone(), "2023-06-15T08:00:00", "DeviceCheck", ""),
        (with(elsewhere), "2023-06-14T08:00:00", "DeviceCheck", ""),
    ]);
    assert_eq!(next_without_it(waits, "DeviceCheck"), "");
}

#[test]
fn yearly_data_is_the_members_duty() {
    let due = "2023-12-18T00:00:00+07:00 YearlyData named \"2023/commune\" Điều 18 khoản 6 not_a_working_day Member";
    assert!(next(&json!({}), "2023-06-14T08:00", "YearlyData").starts_with(due));
}

/// A telephone call answers nothing, and that of one registration is not told of another.
#[test]
fn what_was_answered_by_telephone_only_is_told_of_that_registration() {
    let one = |id: u64| json!({"id": id, "received_at": "2023-06-13T10:00:00+07:00", "state": "under_review"});
    let mut stage = Stage::new(json!({"registrations": [one(2), one(3)]}));
    let answer = json!({"registration": 2, "actor": who("technical_operator"), "by": "telephone"});
    stage.ask("2023-06-13T11:00", json!({"planning": {"answer": answer}}));
    let told: Vec<_> =
        breaches(&stage.registry, at("2023-06-13T13:00")).into_iter().map(|one| one.observed.en).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().any(|one| one.starts_with("registration 2 was answered by telephone only, ")), "{told:?}");
    assert!(told.iter().any(|one| one.starts_with("registration 3 is not answered, ")), "{told:?}");
}
