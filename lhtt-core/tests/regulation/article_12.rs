//! Điều 12 khoản 2 điểm a: the registration mail, its items, its lead time, and when it was received.

use crate::world::*;
use lhtt_core::registry::{LateNormal, RegistrationState};
use lhtt_core::request::Role;
use lhtt_core::submission::{Contact, Invitee, Member, Receipt, Submission};
use lhtt_core::{Outcome, Request};

const POINT_A: &str = "Điều 12 khoản 2 điểm a";

fn submit(world: &mut World, submission: Submission, when: &str) -> lhtt_core::Decision {
    world.ask(Request::Submit(Box::new(submission)), when)
}

/// A-01, A-16: inclusive to the millisecond; late normal is refused, late urgent is for a named person to decide.
#[test]
fn the_lead_time_is_exact() {
    let late = format!("Deny 12.2.a/lead: {POINT_A} [A-01]");
    let late_urgent = format!("NeedsOverride 12.2.a/lead-urgent: {POINT_A} [A-16 A-32]");
    let rows = [
        (submission(), "2023-06-14T08:00:00", "Permit"),
        (submission(), "2023-06-14T08:00:00.001", &late),
        (submission(), "2023-06-14T08:00:01", &late),
        (submission(), "2023-06-14T01:00:00Z", "Permit"),
        (submission(), "2023-06-15T09:00:00", &late),
        (urgent("lũ quét"), "2023-06-15T02:00:00", "Permit"),
        (urgent("lũ quét"), "2023-06-15T02:00:00.001", &late_urgent),
        (urgent("lũ quét"), "2023-06-15T05:00:00", &late_urgent),
    ];
    for (submission, when, expected) in rows {
        let mut world = World::new();
        let urgent = !submission.urgency.is_normal();
        assert_eq!(summary(&submit(&mut world, submission, when)), expected, "urgent {urgent} {when}");
    }
}

#[test]
fn the_profile_may_let_a_late_normal_registration_be_overridden() {
    let mut world = World::with(|configuration| configuration.profile.late_normal = LateNormal::Override);
    let decision = submit(&mut world, submission(), "2023-06-14T08:00:01");
    assert_eq!(summary(&decision), format!("NeedsOverride 12.2.a/lead: {POINT_A} [A-01 A-32]"));
}

#[test]
fn the_mail_comes_from_the_agencys_own_mailbox_to_the_operators_address() {
    let from = |mailbox: &str| Submission { sent_from: mailbox.to_owned(), ..submission() };
    let to = |address: &str| Submission { sent_to: address.to_owned(), ..submission() };
    let mailbox = format!("Deny 12.2.a/mailbox: {POINT_A}");
    let address = format!("Deny 12.2.a/address: {POINT_A} [A-28]");
    let rows = [
        (from("syt@lamdong.gov.vn"), "Permit", 1),
        (from(" SYT@lamdong.gov.vn"), "Permit", 1),
        (from("so.yte.ld@gmail.com"), &mailbox, 1),
        (from("snv@lamdong.gov.vn"), &mailbox, 1),
        (from(""), &mailbox, 1),
        (to("kythuat@lamdong.gov.vn"), "Permit", 1),
        (to("vanthu@lamdong.gov.vn"), &address, 0),
        (to(""), &address, 0),
    ];
    for (submission, expected, kept) in rows {
        let (from, to) = (submission.sent_from.clone(), submission.sent_to.clone());
        let mut world = World::new();
        assert_eq!(summary(&submit(&mut world, submission, "2023-06-13T08:00")), expected, "{from} {to}");
        assert_eq!(world.registry.registrations().count(), kept, "{from} {to}");
    }
}

#[test]
fn five_items_are_mandatory_and_each_missing_one_is_named() {
    let contact = |name: &str, phone: &str| {
        let contact = Some(Contact { name: name.to_owned(), phone: phone.to_owned() });
        Submission { contact, ..submission() }
    };
    let chair = Invitee { member: Member::Site("so-y-te".into()), legs: None };
    let rows = [
        (Submission { agency: None, ..submission() }, "12.2.a/agency", "nhất"),
        (Submission { members: Vec::new(), ..submission() }, "12.2.a/members", "hai"),
        (Submission { members: vec![chair.clone()], ..submission() }, "12.2.a/members", "hai"),
        (Submission { start: None, ..submission() }, "12.2.a/time", "ba"),
        (Submission { content: None, ..submission() }, "12.2.a/content", "tư"),
        (Submission { content: Some(" ".to_owned()), ..submission() }, "12.2.a/content", "tư"),
        (Submission { contact: None, ..submission() }, "12.2.a/contact", "năm"),
        (contact(" ", "0263"), "12.2.a/contact-name", "năm"),
        (contact("Lan", "chưa có"), "12.2.a/contact-phone", "năm"),
    ];
    for (submission, rule, dash) in rows {
        let mut world = World::new();
        let decision = submit(&mut world, submission, "2023-06-13T08:00");
        assert_eq!(summary(&decision), format!("Incomplete {rule}: {POINT_A} gạch đầu dòng thứ {dash}"));
        let registration = world.registry.registrations().next().unwrap();
        assert_eq!(registration.state, RegistrationState::Incomplete);
    }
    let empty = Submission { sent_to: "kythuat@lamdong.gov.vn".to_owned(), ..Submission::default() };
    let decision = submit(&mut World::new(), empty, "2023-06-13T08:00");
    assert_eq!(decision.findings.len(), 6, "five items and the chair site");
}

/// Every finding is told, in the order of the text.
#[test]
fn all_findings_are_collected_in_citation_order() {
    let bad = Submission {
        sent_from: "so.yte.ld@gmail.com".to_owned(),
        members: vec![site("don-duong"), peer("hanoi"), site("don-duong")],
        content: None,
        ..submission()
    };
    let decision = submit(&mut World::new(), bad, "2023-06-14T09:00");
    assert_eq!(
        summary(&decision),
        format!(
            "Deny 5.5/configured-peer 9/admitted 12.2.a/lead 12.2.a/mailbox 12.2.a/content: Điều 5 khoản 5; Điều 9; \
             {POINT_A}; {POINT_A} gạch đầu dòng thứ tư [A-01]"
        )
    );
}

#[test]
fn a_session_ends_after_it_starts() {
    let time = format!("Deny 12.2.a/end: {POINT_A} gạch đầu dòng thứ ba");
    for (end, expected) in [("2023-06-15T08:00", time.as_str()), ("2023-06-15T08:01", "Permit")] {
        let submission = Submission { end: Some(at(end)), ..submission() };
        assert_eq!(summary(&submit(&mut World::new(), submission, "2023-06-13T08:00")), expected);
    }
}

/// A-28, A-38: without an end the default length counts.
#[test]
fn a_session_without_an_end_has_the_default_length() {
    let mut world = World::new();
    let session = world.session_of(Submission { end: None, ..submission() }, "1001");
    assert_eq!(world.registry.session(session).unwrap().end, at("2023-06-15T10:00"));
}

/// Receipt is the clerk's clock, unless the technical operator states the mail's time with its evidence.
#[test]
fn an_earlier_receipt_is_stated_by_the_operator_with_the_mail() {
    let with = |receipt: Receipt| Submission { receipt: Some(receipt), ..submission() };
    let stated = |when| receipt(when, Role::TechnicalOperator);
    let doubted = format!("Deny 12.2.a/lead 12.2.a/receipt: {POINT_A} [A-01 A-28]");
    let rows = [
        ("in time", with(stated("2023-06-14T08:00:00")), "Permit".to_owned()),
        ("late", with(stated("2023-06-14T08:00:01")), format!("Deny 12.2.a/lead: {POINT_A} [A-01]")),
        ("a clerk of the agency", with(receipt("2023-06-14T08:00:00", Role::SiteOperator)), doubted.clone()),
        ("no mail", with(Receipt { mail_id: " ".to_owned(), ..stated("2023-06-14T08:00:00") }), doubted.clone()),
        ("now", with(stated("2023-06-14T12:00")), format!("Deny 12.2.a/lead: {POINT_A} [A-01]")),
        ("in the future", with(stated("2023-06-14T12:00:00.001")), doubted),
    ];
    for (name, submission, expected) in rows {
        let decision = submit(&mut World::new(), submission, "2023-06-14T12:00");
        assert_eq!(summary(&decision), expected, "{name}");
    }
}

/// A-20: the version of the act's own time, and nothing is permitted on one whose rules are not known.
#[test]
fn an_act_before_the_regulation_is_not_evaluable() {
    let before = Submission {
        start: Some(at("2023-06-05T14:00")),
        end: None,
        receipt: Some(receipt("2023-06-04T14:00", Role::TechnicalOperator)),
        ..submission()
    };
    for when in ["2023-06-04T14:00", "2023-06-05T10:00"] {
        let mut world = World::new();
        let decision = submit(&mut world, before.clone(), when);
        assert_eq!(summary(&decision), "NotEvaluable qd.2/version: QĐ Đ2 [A-20 A-41]");
        assert_eq!(world.registry.registrations().count(), 0);
    }
    let mut world = World::new();
    world.session();
    let decision = world.call(1, at_site("da-lat"), "2023-06-04T23:59:59.999");
    assert_eq!(decision.outcome, Outcome::NotEvaluable);
    assert_eq!(decision.told_ascii(), None);
}

/// gateway.md 11.2: no deadline is judged by an untrusted clock.
#[test]
fn an_untrusted_clock_registers_nothing() {
    let mut world = World::new();
    for receipt in [None, Some(receipt("2023-06-12T08:00", Role::TechnicalOperator))] {
        let submission = Submission { receipt, ..submission() };
        let decision = world.ask_by(Request::Submit(Box::new(submission)), untrusted("2023-06-13T08:00"));
        assert_eq!(summary(&decision), format!("Deny 12.2.a/clock: {POINT_A}"));
        assert_eq!(world.registry.registrations().count(), 0);
    }
}

/// The documented example of the JSON form is complete, and is read back as it is written.
#[test]
fn the_json_form_is_what_a_clerk_writes() {
    let example: Submission = serde_json::from_str(include_str!("../data/submission.json")).unwrap();
    assert_eq!(summary(&submit(&mut World::new(), example.clone(), "2023-06-13T09:00")), "Permit");
    let written = serde_json::to_value(&example).unwrap();
    assert_eq!(written, serde_json::from_str::<serde_json::Value>(include_str!("../data/submission.json")).unwrap());
    let urgent: Submission = serde_json::from_str(r#"{"urgency": {"urgent": "lũ quét"}}"#).unwrap();
    assert!(!urgent.urgency.is_normal());
    for bad in [
        r#"{"start": "2023-06-15T08:00:00"}"#,
        r#"{"begin": "2023-06-15T08:00:00+07:00"}"#,
        r#"{"members": ["da-lat"]}"#,
    ] {
        assert!(serde_json::from_str::<Submission>(bad).is_err(), "{bad}");
    }
}
