//! Điều 11: notifications, registrations, urgency; with Điều 2 and Điều 9 for who takes part.

use crate::world::*;
use lhtt_core::submission::{Invitee, Member, Submission};
use lhtt_core::{Disclosure, Request};

fn check(name: &str, submission: Submission, when: &str, expected: &str) {
    let mut world = World::new();
    let decision = world.ask(Request::Submit(Box::new(submission)), when);
    assert_eq!(summary(&decision), expected, "{name}");
}

#[test]
fn offices_notify_for_their_own_bodies() {
    let of = |sender: &str, agency: &str| Submission {
        sender: Some(sender.into()),
        agency: Some(agency.into()),
        ..notification()
    };
    let wrong = "Deny 11.1/office: Điều 11 khoản 1 [A-39]";
    let rows = [
        ("vp-ubnd-tinh", "ubnd-tinh", "Permit"),
        ("vp-tinh-uy", "tinh-uy", "Permit"),
        ("vp-doan-dbqh-hdnd", "hdnd-tinh", "Permit"),
        ("vp-doan-dbqh-hdnd", "doan-dbqh", "Permit"),
        ("vp-ubnd-tinh", "tinh-uy", wrong),
        ("vp-tinh-uy", "hdnd-tinh", wrong),
        ("vp-doan-dbqh-hdnd", "ubnd-tinh", wrong),
        ("vp-tinh-uy", "so-noi-vu", "Deny 11.1/office: Điều 11 khoản 1"),
        ("so-y-te", "so-y-te", "Deny 11.2/must-register: Điều 11 khoản 2"),
        ("ubnd-tinh", "ubnd-tinh", "Deny 11.2/must-register: Điều 11 khoản 2"),
        ("nobody", "ubnd-tinh", "Deny 2/known-organization: Điều 2"),
        ("vp-ubnd-tinh", "nobody", "Deny 2/known-organization: Điều 2"),
    ];
    for (sender, agency, expected) in rows {
        check(&format!("{sender} for {agency}"), of(sender, agency), "2023-06-13T08:00", expected);
    }
}

fn chair_of(submission: &Submission) -> Invitee {
    Invitee { member: Member::Site(submission.chair_site.clone().unwrap()), legs: None }
}

#[test]
fn a_notification_states_who_when_where_and_with_whom() {
    let rows = [
        (Submission { start: None, ..notification() }, "Incomplete 11.1/time: Điều 11 khoản 1 [A-02]"),
        (Submission { place: Some(" ".to_owned()), ..notification() }, "Incomplete 11.1/place: Điều 11 khoản 1 [A-02]"),
        (Submission { members: Vec::new(), ..notification() }, "Incomplete 11.1/sites: Điều 11 khoản 1 [A-02]"),
        (
            Submission { members: vec![chair_of(&notification())], ..notification() },
            "Incomplete 11.1/sites: Điều 11 khoản 1 [A-02]",
        ),
        (Submission { sender: None, ..notification() }, "Incomplete 11.1/sender: Điều 11 khoản 1 [A-02]"),
        (Submission { agency: None, ..notification() }, "Incomplete 11.1/agency: Điều 11 khoản 1 [A-02]"),
        (
            Submission { sent_from: "syt@lamdong.gov.vn".to_owned(), ..notification() },
            "Deny 11.1/mailbox: Điều 11 khoản 1",
        ),
        (Submission { sent_from: "VP@lamdong.gov.vn".to_owned(), ..notification() }, "Permit"),
    ];
    for (submission, expected) in rows {
        check(expected, submission, "2023-06-13T08:00", expected);
    }
}

/// an office has no deadline; late is worth knowing.
#[test]
fn a_late_notification_is_advice() {
    let late = "Permit 11.1/late: Điều 11 khoản 1; Điều 12 khoản 2 điểm a [A-02]";
    check("on the second", notification(), "2023-06-14T08:00:00", "Permit");
    check("a second late", notification(), "2023-06-14T08:00:01", late);
    check("an hour before", notification(), "2023-06-15T07:00:00", late);
}

#[test]
fn an_urgent_session_states_its_reason() {
    for reason in ["", "  "] {
        check(reason, urgent(reason), "2023-06-13T08:00", "Incomplete 11.3/reason: Điều 11 khoản 3 [A-33]");
    }
    check("any reason will do", urgent("họp đột xuất"), "2023-06-13T08:00", "Permit");
}

#[test]
fn agencies_and_sites_are_known() {
    let nobody = Submission { agency: Some("nobody".into()), ..submission() };
    check("unknown agency", nobody, "2023-06-13T08:00", "Deny 2/known-organization: Điều 2");
    let rows = ["don-duong", "nowhere"];
    for id in rows {
        let member = Submission { members: vec![site(id)], ..submission() };
        check(id, member, "2023-06-13T08:00", "Deny 9/admitted: Điều 9");
        let chair = Submission { chair_site: Some(id.into()), ..submission() };
        check(id, chair, "2023-06-13T08:00", "Deny 9/admitted: Điều 9");
    }
}

/// A site is in one session at a time; sessions that only touch do not meet.
#[test]
fn a_site_is_in_one_session_at_a_time() {
    let other = |start: &str, end: &str| Submission {
        agency: Some("so-noi-vu".into()),
        sent_from: "snv@lamdong.gov.vn".to_owned(),
        chair_site: Some("so-noi-vu".into()),
        members: vec![site("da-lat"), peer("chinh-phu")],
        start: Some(at(start)),
        end: Some(at(end)),
        ..submission()
    };
    let urgent = Submission { urgency: urgent("lũ quét").urgency, ..other("2023-06-15T09:00", "2023-06-15T11:00") };
    let notified = Submission { members: vec![site("da-lat")], ..notification() };
    let urgently_notified = Submission { urgency: urgent.urgency.clone(), ..notified.clone() };
    let needs = |rule: &str, clause: &str| format!("NeedsOverride {rule}: {clause} [A-17 A-32]");
    let rows = [
        (other("2023-06-15T09:59", "2023-06-15T11:00"), "Deny 11.2/conflict: Điều 11 khoản 2".to_owned()),
        (other("2023-06-15T10:00", "2023-06-15T11:00"), "Permit".to_owned()),
        (other("2023-06-15T06:00", "2023-06-15T08:00"), "Permit".to_owned()),
        (urgent, needs("11.3/conflict", "Điều 11 khoản 3")),
        (urgently_notified, needs("11.1/conflict", "Điều 11 khoản 1; Điều 11 khoản 3")),
        (notified, "Deny 11.1/conflict: Điều 11 khoản 1".to_owned()),
    ];
    for (submission, expected) in rows {
        let mut world = World::new();
        world.session();
        assert_eq!(summary(&world.ask(Request::Submit(Box::new(submission)), "2023-06-13T10:00")), expected);
    }
}

/// What is not registered, or not accepted, cannot be joined; whoever is known hears which article says so.
#[test]
fn only_an_accepted_registration_can_be_joined() {
    let wish = |submission: Submission| Submission { alias: Some("1001".to_owned()), ..submission };
    let none = "Deny 11.2/registered: Điều 11 khoản 2; Điều 12 khoản 2 điểm a";
    let refused = "Deny 12.2/accepted: Điều 11 khoản 2; Điều 12 khoản 2 điểm a";
    let waits = "Deny 12.2/accepted: Điều 11 khoản 2; Điều 12 khoản 2 điểm b gạch đầu dòng thứ nhất [A-08]";
    let rows = [
        (None, none),
        (Some(submission()), none),
        (Some(wish(submission())), waits),
        (Some(wish(Submission { content: None, ..submission() })), refused),
        (Some(wish(Submission { sent_from: "so.yte.ld@gmail.com".to_owned(), ..submission() })), refused),
    ];
    for (submission, expected) in rows {
        let mut world = World::new();
        if let Some(submission) = submission {
            world.ask(Request::Submit(Box::new(submission)), "2023-06-13T08:00");
        }
        let decision = world.call(1, at_peer("chinh-phu"), "2023-06-15T08:30");
        assert_eq!((summary(&decision).as_str(), decision.disclosure), (expected, Disclosure::Article));
    }
}

#[test]
fn the_number_wished_for_means_nothing_once_another_was_given() {
    let mut world = World::new();
    world.session_of(Submission { alias: Some("1001".to_owned()), ..submission() }, "2002");
    let decision = world.call(1, at_peer("chinh-phu"), "2023-06-15T08:30");
    assert_eq!(summary(&decision), "Deny 11.2/registered: Điều 11 khoản 2; Điều 12 khoản 2 điểm a");
    assert!(world.ask(call(1, at_peer("chinh-phu"), "2002"), "2023-06-15T08:30").is_permit());
}
