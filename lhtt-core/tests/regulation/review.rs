//! The technical operator's answer (Điều 12 khoản 2 điểm b) and the override (Điều 15 khoản 1, A-32).

use crate::world::*;
use lhtt_core::registry::RegistrationState;
use lhtt_core::request::{Accept, Override, Reject, Role};
use lhtt_core::submission::{Invitee, Submission};
use lhtt_core::{Change, RegistrationId, Request};

const REPLY: &str = "Điều 12 khoản 2 điểm b gạch đầu dòng thứ nhất";

fn submitted(submission: Submission, when: &str) -> World {
    let mut world = World::new();
    world.ask(Request::Submit(Box::new(submission)), when);
    world
}

fn accept_as(role: Role) -> Request {
    Request::Accept(Accept {
        registration: RegistrationId(1),
        actor: actor("Lê Văn An", role),
        alias: "1001".to_owned(),
        room: Some("600".to_owned()),
    })
}

fn reject(reason: &str) -> Request {
    Request::Reject(Reject { registration: RegistrationId(1), actor: operator(), reason: reason.to_owned() })
}

fn waive(name: &str, role: Role, reason: &str) -> Request {
    Request::Override(Override { registration: RegistrationId(1), actor: actor(name, role), reason: reason.to_owned() })
}

#[test]
fn acceptance_opens_a_session_with_its_number_and_list() {
    let mut world = submitted(
        Submission { members: vec![peer("vnpt"), site("da-lat"), site("da-lat"), site("so-y-te")], ..submission() },
        "2023-06-13T08:00",
    );
    assert_eq!(summary(&world.ask(accept_as(Role::McuOperator), "2023-06-13T09:00")), "Permit");
    let session = world.registry.session_by_alias("1001").unwrap();
    let members: Vec<_> = session.seats.iter().map(|seat| (format!("{:?}", seat.member), seat.legs)).collect();
    let expected = ["Site(SiteId(\"da-lat\"))", "Site(SiteId(\"so-y-te\"))", "Peer(PeerId(\"vnpt\"))"];
    assert_eq!(members, expected.map(|member| (member.to_owned(), 1)));
    assert_eq!(
        (session.room.as_str(), session.start, session.end),
        ("600", at("2023-06-15T08:00"), at("2023-06-15T10:00"))
    );
    let state = &world.registry.registration(RegistrationId(1)).unwrap().state;
    assert_eq!(*state, RegistrationState::Accepted(session.id));
}

/// AE-12.6: two hours, inclusive; a late answer is the operator's breach and counts all the same.
#[test]
fn the_answer_is_due_two_hours_after_receipt() {
    let late = format!("Permit 12.2.b/reply: {REPLY} [A-08]");
    for (when, expected) in [("2023-06-13T18:40:00", "Permit"), ("2023-06-13T18:40:01", late.as_str())] {
        let mut world = submitted(submission(), "2023-06-13T16:40");
        assert_eq!(summary(&world.ask(accept_as(Role::TechnicalOperator), when)), expected, "{when}");
        let mut notified = submitted(notification(), "2023-06-13T16:40");
        assert_eq!(summary(&notified.ask(accept_as(Role::TechnicalOperator), when)), "Permit", "A-02");
    }
}

#[test]
fn an_acceptance_that_may_not_be_changes_nothing() {
    let rows = [
        (
            submission(),
            "2023-06-13T08:00",
            accept_as(Role::SiteOperator),
            "Deny 12.2.b/operator: Điều 12 khoản 2 điểm b [A-19]".to_owned(),
        ),
        (
            Submission { contact: None, ..submission() },
            "2023-06-13T08:00",
            accept_as(Role::TechnicalOperator),
            "Incomplete 12.2.a/contact: Điều 12 khoản 2 điểm a gạch đầu dòng thứ năm".to_owned(),
        ),
        (
            submission(),
            "2023-06-14T08:00:01",
            accept_as(Role::TechnicalOperator),
            format!("Deny 12.2.b/awaiting: {REPLY}"),
        ),
        (
            urgent("lũ quét"),
            "2023-06-15T05:00",
            accept_as(Role::TechnicalOperator),
            "NeedsOverride 12.2.a/lead-urgent: Điều 12 khoản 2 điểm a [A-16 A-32]".to_owned(),
        ),
    ];
    for (submission, received, request, expected) in rows {
        let mut world = submitted(submission, received);
        let decision = world.ask(request, received);
        assert_eq!(summary(&decision), expected);
        assert!(decision.changes.is_empty());
    }
}

#[test]
fn acceptance_looks_at_the_facts_again() {
    let mut world = submitted(submission(), "2023-06-13T08:00");
    let mut configuration = world.configuration.clone();
    configuration.sites.iter_mut().for_each(|site| site.admitted &= site.id.as_str() != "da-lat");
    world.ask(Request::Configure(Box::new(configuration)), "2023-06-13T08:10");
    assert_eq!(summary(&world.ask(accept_as(Role::TechnicalOperator), "2023-06-13T09:00")), "Deny 9/admitted: Điều 9");
}

#[test]
fn acceptance_is_once_and_of_a_known_registration_and_by_a_trusted_clock() {
    let mut world = World::new();
    let awaiting = format!("Deny 12.2.b/awaiting: {REPLY}");
    assert_eq!(summary(&world.ask(accept_as(Role::TechnicalOperator), "2023-06-13T09:00")), awaiting);
    world.ask(Request::Submit(Box::new(submission())), "2023-06-13T08:00");
    let decision = world.ask_by(accept_as(Role::TechnicalOperator), untrusted("2023-06-13T09:00"));
    assert_eq!(summary(&decision), "Deny 12.2.a/clock: Điều 12 khoản 2 điểm a");
    assert!(world.ask(accept_as(Role::TechnicalOperator), "2023-06-13T09:00").is_permit());
    assert_eq!(summary(&world.ask(accept_as(Role::TechnicalOperator), "2023-06-13T09:00")), awaiting);
    let past = submitted(submission(), "2023-06-13T08:00").ask(accept_as(Role::TechnicalOperator), "2023-06-16T08:00");
    assert!(past.findings.iter().any(|finding| finding.rule == "12.2.a/past"), "{}", past.render_en());
}

#[test]
fn a_number_is_digits_and_belongs_to_one_session_at_a_time() {
    let number = "Deny 11.2/number: Điều 11 khoản 2";
    for (alias, expected) in [
        ("1", "Permit"),
        ("123456789012345", "Permit"),
        ("1234567890123456", number),
        ("", number),
        ("10a1", number),
        ("１０", number),
    ] {
        let mut world = submitted(submission(), "2023-06-13T08:00");
        assert_eq!(summary(&world.ask(world.accept(alias), "2023-06-13T08:30")), expected, "{alias}");
    }
    let mut world = World::new();
    world.session();
    let same_day = Submission {
        chair_site: Some("bao-loc".into()),
        members: vec![peer("vnpt")],
        start: Some(at("2023-06-15T12:00")),
        end: None,
        ..submission()
    };
    world.ask(Request::Submit(Box::new(same_day)), "2023-06-13T09:00");
    assert_eq!(summary(&world.ask(world.accept("1001"), "2023-06-13T09:30")), number);
    assert_eq!(summary(&world.ask(world.accept("1002"), "2023-06-13T09:30")), "Permit");
}

/// regulation.md 8.3: a refusal needs a finding that refuses, and a reason.
#[test]
fn a_refusal_is_founded() {
    let founded = format!("Deny 12.2.b/founded: {REPLY}");
    let incomplete = Submission { contact: None, ..submission() };
    let rows = [
        (submission(), "thiếu đầu mối", founded.as_str()),
        (incomplete.clone(), " ", founded.as_str()),
        (incomplete, "thiếu đầu mối", "Permit"),
    ];
    for (submission, reason, expected) in rows {
        let mut world = submitted(submission, "2023-06-13T08:00");
        assert_eq!(summary(&world.ask(reject(reason), "2023-06-13T08:30")), expected);
        let rejected = matches!(world.registry.registrations().next().unwrap().state, RegistrationState::Rejected(_));
        assert_eq!(rejected, expected == "Permit");
    }
}

/// who may override, and that a reason is given; after it the operator accepts, and the breach is on record.
#[test]
fn an_urgent_late_registration_passes_by_override() {
    let breach = "12.2.a/lead-urgent: Điều 12 khoản 2 điểm a";
    let not_entrusted =
        "Deny 12.2.a/lead-urgent 15.1/override: Điều 12 khoản 2 điểm a; Điều 15 khoản 1 [A-16 A-32]".to_owned();
    let no_reason =
        "Deny 12.2.a/lead-urgent 15.1/reason: Điều 12 khoản 2 điểm a; Điều 15 khoản 1 [A-16 A-32]".to_owned();
    let rows = [
        (waive("Phạm Hùng", Role::ManagingAuthority, "lũ quét"), format!("Permit {breach} [A-16 A-32]")),
        (waive("Đỗ Minh", Role::HeadOfTechnicalOperator, "lũ quét"), format!("Permit {breach} [A-16 A-32]")),
        (waive("Phạm Hùng", Role::HeadOfTechnicalOperator, "lũ quét"), not_entrusted.clone()),
        (waive("Đỗ Minh", Role::McuOperator, "lũ quét"), not_entrusted),
        (waive("Phạm Hùng", Role::ManagingAuthority, ""), no_reason.clone()),
        (waive(" ", Role::ManagingAuthority, "lũ quét"), no_reason),
    ];
    for (request, expected) in rows {
        let mut world = World::with(|configuration| configuration.profile.override_heads = vec!["Đỗ Minh".to_owned()]);
        world.ask(Request::Submit(Box::new(urgent("lũ quét"))), "2023-06-15T05:00");
        let decision = world.ask(request, "2023-06-15T05:05");
        assert_eq!(summary(&decision), expected);
        let accepted = world.ask(accept_as(Role::TechnicalOperator), "2023-06-15T05:10");
        assert_eq!(accepted.is_permit(), decision.is_permit());
        assert!(summary(&accepted).contains(breach), "the breach stays on record");
    }
}

#[test]
fn an_override_overrides_nothing_but_what_may_be() {
    let mut world = submitted(submission(), "2023-06-13T08:00");
    let request = waive("Phạm Hùng", Role::ManagingAuthority, "không cần");
    assert_eq!(summary(&world.ask(request.clone(), "2023-06-13T08:05")), "Deny 15.1/needless: Điều 15 khoản 1 [A-32]");

    let both = Submission { members: vec![Invitee { ..site("don-duong") }], contact: None, ..urgent("lũ quét") };
    let mut world = submitted(Submission { members: vec![site("da-lat")], ..both.clone() }, "2023-06-15T05:00");
    let decision = world.ask(request.clone(), "2023-06-15T05:05");
    assert!(!decision.is_permit(), "what is incomplete stays incomplete: {}", summary(&decision));
    let mut world = submitted(both, "2023-06-15T05:00");
    let decision = world.ask(request, "2023-06-15T05:05");
    assert!(!decision.is_permit() && !decision.changes.iter().any(|one| matches!(one, Change::Overridden { .. })));
}
