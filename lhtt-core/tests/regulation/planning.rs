//! Before a session: amendments, calling off, answers, oral requests, sessions that peers convene, companies, routes, profile.

use crate::world::*;
use lhtt_core::actor::{Actor, Role};
use lhtt_core::registry::{BackupPlan, Channel, Outage, Profile, RegistrationState, Session};
use lhtt_core::request::{
    Accept, Amend, Announced, AnswerGiven, Cancel, CheckReply, Convene, FollowUp, Override, PlanFiled, PlanningAct,
    Reject, Withdraw,
};
use lhtt_core::route::{Addressee, IncidentKind, Phase, Place, route};
use lhtt_core::submission::{Classification, Contact, Emergency, Invitee, Submission};
use lhtt_core::{Change, Moment, Query, RegistrationId, Request, SessionId};
use serde_json::{Value, json};

const ID: RegistrationId = RegistrationId(1);
const A: &str = "Điều 12 khoản 2 điểm a";
const REPLY: &str = "Điều 12 khoản 2 điểm b gạch đầu dòng thứ nhất";

fn plan(act: PlanningAct) -> Request {
    Request::Planning(Box::new(act))
}

fn of_chair() -> Actor {
    Actor { site: Some("so-y-te".into()), ..actor("Trần Thị Lan", Role::SiteOperator) }
}

fn amend_by(actor: Actor, changes: Value, add: &[Invitee], remove: &[Invitee]) -> Request {
    let (sent_from, sent_to, receipt) = (None, None, None);
    let changes = serde_json::from_value(changes).unwrap();
    let (add, remove) = (add.to_vec(), remove.to_vec());
    plan(PlanningAct::Amend(Amend { registration: ID, actor, sent_from, sent_to, receipt, changes, add, remove }))
}

fn amend(changes: Value) -> Request {
    amend_by(of_chair(), changes, &[], &[])
}

fn accept(alias: &str) -> Request {
    Request::Accept(Accept { registration: ID, actor: operator(), alias: alias.to_owned(), room: None })
}

fn ask(world: &World, query: Value, when: &str) -> Value {
    let query: Query = serde_json::from_value(json!({ "planning": query })).unwrap();
    query.answer(&world.registry, wall(when))
}

/// Sở Nội vụ at the same time, on other sites.
fn beside() -> Submission {
    Submission {
        agency: Some("so-noi-vu".into()),
        sent_from: "snv@lamdong.gov.vn".to_owned(),
        chair_site: Some("so-noi-vu".into()),
        members: vec![site("bao-loc")],
        ..submission()
    }
}

/// What an amendment changes, adds, takes away, when it comes, and what it comes to.
type Amended = (&'static str, serde_json::Value, Vec<Invitee>, Vec<Invitee>, &'static str, String);

/// what is evaluated anew.
fn material() -> Vec<Amended> {
    let late = format!("Deny 12.2.a/lead: {A} [A-01 A-21]");
    let conflict = "Deny 11.2/conflict: Điều 11 khoản 2 [A-21]".to_owned();
    let permit = || "Permit".to_owned();
    vec![
        (
            "earlier, in time",
            json!({ "start": "2023-06-15T07:00:00+07:00" }),
            vec![],
            vec![],
            "2023-06-14T07:00",
            permit(),
        ),
        (
            "earlier, late",
            json!({ "start": "2023-06-15T07:00:00+07:00" }),
            vec![],
            vec![],
            "2023-06-14T07:00:00.001",
            late.clone(),
        ),
        ("a site more, late", json!({}), vec![site("ubnd-tinh")], vec![], "2023-06-14T08:00:00.001", late.clone()),
        (
            "a leg more, late",
            json!({}),
            vec![Invitee { legs: Some(2), ..peer("chinh-phu") }],
            vec![],
            "2023-06-14T09:00",
            late.clone(),
        ),
        ("a site that is taken", json!({}), vec![site("bao-loc")], vec![], "2023-06-14T07:00", conflict.clone()),
        ("urgent now", json!({ "urgency": { "urgent": "lũ quét" } }), vec![], vec![], "2023-06-15T02:00", permit()),
        ("another chair site, late", json!({ "chair_site": "da-lat" }), vec![], vec![], "2023-06-15T02:00", late),
    ]
}

/// what is held against other sessions only, and what needs nothing.
fn timing_or_minor() -> Vec<Amended> {
    let permit = || "Permit".to_owned();
    let contact = || json!({ "contact": { "name": "Lan", "phone": "1" } });
    vec![
        (
            "later, on the day",
            json!({ "start": "2023-06-15T09:00:00+07:00" }),
            vec![],
            vec![],
            "2023-06-15T07:59:59",
            permit(),
        ),
        ("shorter", json!({ "end": "2023-06-15T09:00:00+07:00" }), vec![], vec![], "2023-06-15T07:59:59", permit()),
        (
            "an end before the start",
            json!({ "end": "2023-06-15T07:00:00+07:00" }),
            vec![],
            vec![],
            "2023-06-14T12:00",
            format!("Deny 12.2.a/end: {A} gạch đầu dòng thứ ba [A-21]"),
        ),
        ("fewer sites", json!({}), vec![], vec![site("duc-trong")], "2023-06-15T07:59:59", permit()),
        ("contact", contact(), vec![], vec![], "2023-06-15T07:59:59", permit()),
        ("content", json!({ "content": "Giao ban tuần" }), vec![], vec![], "2023-06-15T07:59:59", permit()),
        (
            "no content",
            json!({ "content": null }),
            vec![],
            vec![],
            "2023-06-14T12:00",
            format!("Incomplete 12.2.a/content: {A} gạch đầu dòng thứ tư [A-21]"),
        ),
        (
            "no member",
            json!({ "members": [] }),
            vec![],
            vec![],
            "2023-06-14T12:00",
            format!("Incomplete 12.2.a/members: {A} gạch đầu dòng thứ hai [A-21]"),
        ),
        ("no support", json!({ "support": null }), vec![], vec![], "2023-06-15T07:59:59", permit()),
        (
            "another agency",
            json!({ "agency": "so-noi-vu" }),
            vec![],
            vec![],
            "2023-06-13T12:00",
            "Deny 11.2/another-agency: Điều 11 khoản 2 [A-21]".to_owned(),
        ),
    ]
}

#[test]
fn an_amendment_is_material_timing_or_minor() {
    for (name, changes, add, remove, when, expected) in material().into_iter().chain(timing_or_minor()) {
        let mut world = World::new();
        world.session();
        world.ask(Request::Submit(Box::new(beside())), "2023-06-13T08:00");
        assert!(world.ask(world.accept("1002"), "2023-06-13T09:00").is_permit());
        let before = world.registry.clone();
        let decision = world.ask(amend_by(of_chair(), changes, &add, &remove), when);
        let readings: Vec<_> = decision.interpretations.iter().map(ToString::to_string).collect();
        if decision.is_permit() {
            assert!(readings.iter().any(|one| one == "A-21"), "{name}");
            assert_eq!(decision.citations(), vec![A.parse().unwrap()], "{name}");
        }
        assert_eq!(summary(&decision), expected, "{name}");
        assert_eq!(decision.is_permit(), world.registry != before, "{name}: what is refused changes nothing");
    }
}

/// an invitation with fewer legs than before is minor, one with more is evaluated anew.
#[test]
fn legs_that_are_given_up_need_no_lead() {
    let government = |legs: u16| vec![Invitee { legs: Some(legs), ..peer("chinh-phu") }];
    let late = format!("Deny 12.2.a/lead: {A} [A-01 A-21]");
    for (legs, expected) in [(1, "Permit"), (2, "Permit"), (3, late.as_str())] {
        let mut world = World::new();
        world.session_of(Submission { members: government(2), ..submission() }, "1001");
        let decision = world.ask(amend_by(of_chair(), json!({}), &government(legs), &[]), "2023-06-15T07:00");
        assert_eq!(summary(&decision), expected, "{legs}");
    }
}

fn first_session(world: &World) -> &Session {
    world.registry.session(SessionId(1)).unwrap()
}

/// A moved session keeps its length; the accepted session changes at once, or once the operator has accepted.
#[test]
fn an_accepted_session_changes_with_its_registration() {
    let mut world = World::new();
    world.session();
    let later = json!({ "start": "2023-06-15T09:00:00+07:00" });
    world.ask(amend_by(of_chair(), later, &[], &[site("duc-trong")]), "2023-06-14T12:00");
    let session = first_session(&world);
    assert_eq!((session.start, session.end), (at("2023-06-15T09:00"), at("2023-06-15T11:00")));
    assert!(session.seats.iter().all(|seat| seat.member != site("duc-trong").member));

    let mut world = World::new();
    world.session();
    let earlier = json!({ "start": "2023-06-15T07:00:00+07:00" });
    world.ask(amend_by(of_chair(), earlier, &[site("bao-loc")], &[]), "2023-06-13T12:00");
    let pending = world.registry.registration(ID).unwrap().clone();
    assert_eq!((pending.revision, pending.reply_due()), (2, at("2023-06-13T14:00")));
    assert_eq!((&pending.state, pending.session()), (&RegistrationState::UnderReview, Some(SessionId(1))));
    assert_eq!(first_session(&world).start, at("2023-06-15T08:00"), "until the operator answers");
    let mut refused = World { registry: world.registry.clone(), configuration: world.configuration.clone() };
    assert!(world.ask(accept("1009"), "2023-06-13T13:00").is_permit());
    let session = first_session(&world);
    assert_eq!((session.start, session.alias.as_str()), (at("2023-06-15T07:00"), "1009"));
    assert!(session.seat(&site("bao-loc").member).is_some());
    assert!(world.registry.session_by_alias("1001").is_none() && world.registry.sessions().count() == 1);
    assert_eq!(world.registry.registration(ID).unwrap().state, RegistrationState::Accepted(SessionId(1)));

    let mut configuration = refused.configuration.clone();
    configuration.sites.iter_mut().for_each(|site| site.admitted &= site.id.as_str() != "bao-loc");
    refused.ask(Request::Configure(Box::new(configuration)), "2023-06-13T12:30");
    let reject =
        Reject { registration: ID, actor: operator(), reason: "điểm cầu chưa đủ điều kiện".to_owned() };
    assert!(refused.ask(Request::Reject(reject), "2023-06-13T13:00").is_permit());
    let registration = refused.registry.registration(ID).unwrap();
    assert_eq!(registration.state, RegistrationState::Accepted(SessionId(1)), "the old registration stands");
    assert_eq!(registration.submission, submission());
    assert_eq!(first_session(&refused).start, at("2023-06-15T08:00"));
}

/// A session under one number keeps the legs that are in it when its list changes.
#[test]
fn taken_slots_stay_taken() {
    let mut world = World::new();
    world.session();
    assert!(world.call(1, at_site("da-lat"), "2023-06-15T07:45").is_permit());
    world.ask(amend_by(of_chair(), json!({}), &[], &[site("duc-trong")]), "2023-06-15T07:50");
    assert_eq!(first_session(&world).seat(&site("da-lat").member).unwrap().taken, 1);
    assert!(world.ask(leave(1), "2023-06-15T07:55").is_permit());
}

#[test]
fn who_amends_and_until_when() {
    let contact = || json!({ "contact": { "name": "Lan", "phone": "1" } });
    let of = |role, site: Option<&str>, organization: Option<&str>| {
        let (site, organization) = (site.map(Into::into), organization.map(Into::into));
        Actor { site, organization, ..actor("Lê Văn An", role) }
    };
    let not_chair = "Deny 11.2/chair-agency: Điều 11 khoản 2 [A-21]";
    let started = "Deny 11.2/before-start: Điều 11 khoản 2 [A-21]";
    let rows = [
        (of(Role::SiteOperator, Some("so-y-te"), None), "2023-06-15T07:59:59.999", "Permit"),
        (of(Role::SiteOperator, None, Some("so-y-te")), "2023-06-14T08:00", "Permit"),
        (of(Role::SiteOperator, Some("da-lat"), None), "2023-06-14T08:00", not_chair),
        (of(Role::SiteOperator, None, None), "2023-06-14T08:00", not_chair),
        (of(Role::TechnicalOperator, None, Some("so-y-te")), "2023-06-14T08:00", not_chair),
        (of(Role::Office, None, Some("vp-ubnd-tinh")), "2023-06-14T08:00", not_chair),
        (of(Role::SiteOperator, Some("so-y-te"), None), "2023-06-15T08:00", started),
    ];
    for (actor, when, expected) in rows {
        let mut world = World::new();
        world.session();
        assert_eq!(summary(&world.ask(amend_by(actor, contact(), &[], &[]), when)), expected, "{when}");
    }
    let mut notified = World::new();
    notified.ask(Request::Submit(Box::new(notification())), "2023-06-13T08:00");
    let by =
        |role, organization| amend_by(of(role, None, Some(organization)), json!({ "place": "Phòng số 2" }), &[], &[]);
    let office = "Deny 11.2/chair-agency: Điều 11 khoản 1 [A-21]";
    assert_eq!(summary(&notified.ask(by(Role::Office, "vp-tinh-uy"), "2023-06-13T09:00")), office);
    let decision = notified.ask(by(Role::Office, "vp-ubnd-tinh"), "2023-06-13T09:00");
    assert_eq!((summary(&decision).as_str(), decision.citations()[0].key()), ("Permit", "Điều 11 khoản 1".to_owned()));

    let over = "Deny 11.2/amendable: Điều 11 khoản 2 [A-21]";
    let mut world = World::new();
    assert_eq!(summary(&world.ask(amend(contact()), "2023-06-13T09:00")), over, "unknown");
    world.ask(Request::Submit(Box::new(submission())), "2023-06-14T08:00:01");
    assert_eq!(summary(&world.ask(amend(contact()), "2023-06-14T09:00")), over, "refused");
    let mut world = World::new();
    world.session();
    let doubted = world.ask_by(amend(contact()), untrusted("2023-06-14T09:00"));
    assert_eq!(summary(&doubted), format!("Deny 12.2.a/clock: {A}"));
    let before = world.ask(amend(contact()), "2023-06-04T23:59:59");
    assert_eq!(summary(&before), "NotEvaluable qd.2/version: QĐ Đ2 [A-20 A-41]");
}

/// AE-12.14: revision n+1 has its own receipt; incomplete again it is kept, late it is refused.
#[test]
fn a_revision_completes_an_incomplete_registration() {
    let contact = || json!({ "contact": { "name": "Lan", "phone": "1" } });
    let rows = [
        (contact(), "2023-06-14T08:00", "Permit".to_owned(), 2, RegistrationState::UnderReview),
        (
            contact(),
            "2023-06-14T08:00:00.001",
            format!("Deny 12.2.a/lead: {A} [A-01 A-21]"),
            1,
            RegistrationState::Incomplete,
        ),
        (
            json!({ "contact": { "name": "Lan" } }),
            "2023-06-14T07:30",
            format!("Incomplete 12.2.a/contact-phone: {A} gạch đầu dòng thứ năm [A-21]"),
            2,
            RegistrationState::Incomplete,
        ),
    ];
    for (changes, when, expected, revision, state) in rows {
        let mut world = World::new();
        let incomplete = Submission { contact: None, ..submission() };
        world.ask(Request::Submit(Box::new(incomplete)), "2023-06-14T07:00");
        assert_eq!(summary(&world.ask(amend(changes), when)), expected);
        let registration = world.registry.registration(ID).unwrap();
        assert_eq!((registration.revision, &registration.state), (revision, &state), "{when}");
    }
}

#[test]
fn a_session_is_called_off_before_it_begins() {
    let cancel = |actor: Actor, reason: &str| {
        plan(PlanningAct::Cancel(Cancel { registration: ID, actor, reason: reason.to_owned() }))
    };
    let mut world = World::new();
    world.session();
    let stranger = cancel(actor("Lê Văn An", Role::SiteOperator), "hoãn");
    assert_eq!(summary(&world.ask(stranger, "2023-06-14T08:00")), "Deny 11.2/chair-agency: Điều 11 khoản 2 [A-21]");
    let silent = world.ask(cancel(of_chair(), " "), "2023-06-14T08:00");
    assert_eq!(summary(&silent), "Permit 11.2/cancel-reason: Điều 11 khoản 2 [A-21]");
    let session = first_session(&world);
    assert!(session.cancelled && session.ended.is_some());
    assert!(!world.call(1, at_site("da-lat"), "2023-06-15T08:00").is_permit());
    let again = world.ask(cancel(of_chair(), "hoãn"), "2023-06-14T09:00");
    assert_eq!(summary(&again), "Deny 11.2/amendable: Điều 11 khoản 2 [A-21]");
    assert!(world.ask(Request::Submit(Box::new(submission())), "2023-06-14T08:00").is_permit(), "the sites are free");

    let mut world = World::new();
    world.session();
    assert!(world.call(1, at_site("da-lat"), "2023-06-15T08:00").is_permit());
    assert_eq!(summary(&world.ask(cancel(of_chair(), "hoãn"), "2023-06-15T08:00")), "Deny 11.2/begun: Điều 11 khoản 2");
    let mut waiting = World::new();
    waiting.ask(Request::Submit(Box::new(submission())), "2023-06-13T08:00");
    let decision = waiting.ask(cancel(of_chair(), "hoãn"), "2023-06-13T09:00");
    assert_eq!((summary(&decision).as_str(), decision.citations()[0].key()), ("Permit", "Điều 11 khoản 2".to_owned()));
    assert!(matches!(waiting.registry.registration(ID).unwrap().state, RegistrationState::Cancelled(_)));
}

/// Ports are looked at only where the profile states them; an urgent session has priority, which a human gives it.
#[test]
fn the_mcu_has_room_or_a_human_decides() {
    let urgent = |submission| Submission { urgency: urgent("lũ quét").urgency, ..submission };
    let notified = Submission { members: vec![site("bao-loc")], ..notification() };
    let rows = [
        (None, beside(), "Permit"),
        (Some(6), beside(), "Permit"),
        (Some(5), beside(), "Deny 11.2/capacity: Điều 11 khoản 2"),
        (Some(5), urgent(beside()), "NeedsOverride 11.3/capacity: Điều 11 khoản 3 [A-17 A-32]"),
        (
            Some(5),
            urgent(notified.clone()),
            "NeedsOverride 11.1/capacity: Điều 11 khoản 1; Điều 11 khoản 3 [A-17 A-32]",
        ),
        (Some(5), notified, "Deny 11.1/capacity: Điều 11 khoản 1"),
        (Some(5), Submission { start: Some(at("2023-06-15T10:00")), end: None, ..beside() }, "Permit"),
    ];
    for (ports, submission, expected) in rows {
        let mut world = World::with(|configuration| configuration.profile.mcu_ports = ports);
        world.session();
        let decision = world.ask(Request::Submit(Box::new(submission)), "2023-06-13T10:00");
        assert_eq!(summary(&decision), expected, "{ports:?}");
    }
}

///
#[test]
fn a_sudden_meeting_is_flagged_and_counted_apart() {
    let of = |emergency| Submission { emergency, ..urgent("làm việc với đoàn kiểm tra") };
    let mut world = World::new();
    for (emergency, expected) in [
        (None, "Permit"),
        (Some(Emergency::Disaster), "Permit"),
        (Some(Emergency::AdHoc), "Permit 11.3/ad-hoc: Điều 11 khoản 3 [A-01 A-33]"),
    ] {
        assert_eq!(summary(&world.ask(Request::Submit(Box::new(of(emergency))), "2023-06-15T02:00")), expected);
    }
    let asked = json!({ "urgency": { "from": "2023-06-15T00:00:00+07:00", "until": "2023-06-16T00:00:00+07:00" } });
    let expected = json!({ "normal": 0, "urgent": 3, "urgent_ad_hoc": 1, "notified": 0, "convened": 0 });
    assert_eq!(ask(&world, asked, "2023-06-16T00:00"), expected);
}

///
#[test]
fn an_oral_request_passes_by_override_and_its_mail_follows() {
    let taken = |role| Some(actor("Nguyễn Văn Trực", role));
    let oral = |submission: Submission, role| Submission {
        oral: taken(role),
        sent_from: String::new(),
        sent_to: String::new(),
        ..submission
    };
    let refused = format!("Deny 12.2.a/oral: {A} [A-27]");
    let needs = format!("NeedsOverride 12.2.a/oral-urgent: {A} [A-27 A-32]");
    let rows = [
        (oral(submission(), Role::TechnicalOperator), &refused),
        (oral(urgent("lũ quét"), Role::SiteOperator), &refused),
        (oral(urgent("lũ quét"), Role::McuOperator), &needs),
    ];
    for (submission, expected) in rows {
        assert_eq!(&summary(&World::new().ask(Request::Submit(Box::new(submission)), "2023-06-13T08:00")), expected);
    }
    let mut world = World::with(|configuration| configuration.profile.urgent_followup_s = Some(3_600));
    world.ask(Request::Submit(Box::new(oral(urgent("lũ quét"), Role::TechnicalOperator))), "2023-06-15T01:00");
    let check = || plan(PlanningAct::CheckReply(CheckReply { registration: ID }));
    assert_eq!(summary(&world.ask(check(), "2023-06-15T02:00")), "Permit");
    let late = format!("Permit 12.2.a/follow-up: {A} [A-08 A-27]");
    assert_eq!(summary(&world.ask(check(), "2023-06-15T02:00:00.001")), late);
    let mail = |from: &str, to: &str| {
        let (sent_from, sent_to) = (from.to_owned(), to.to_owned());
        plan(PlanningAct::FollowUp(FollowUp { registration: ID, sent_from, sent_to }))
    };
    let rows = [
        (mail("snv@lamdong.gov.vn", "kythuat@lamdong.gov.vn"), format!("Deny 12.2.a/mailbox: {A}")),
        (mail("syt@lamdong.gov.vn", "vanthu@lamdong.gov.vn"), format!("Deny 12.2.a/address: {A} [A-28]")),
        (mail("syt@lamdong.gov.vn", "kythuat@lamdong.gov.vn"), format!("Permit 12.2.a/follow-up: {A} [A-27]")),
    ];
    for (request, expected) in rows {
        assert_eq!(summary(&world.ask(request, "2023-06-15T02:10")), expected);
    }
    assert_eq!(summary(&world.ask(check(), "2023-06-15T02:20")), "Permit", "the mail has come");
    let waiver =
        Override { registration: ID, actor: actor("Phạm Hùng", Role::ManagingAuthority), reason: "lũ".into() };
    assert!(world.ask(Request::Override(waiver), "2023-06-15T02:30").is_permit());
    assert!(world.ask(accept("1001"), "2023-06-15T02:40").is_permit());
    let mut mailed = World::new();
    mailed.ask(Request::Submit(Box::new(submission())), "2023-06-13T08:00");
    let needless = mailed.ask(mail("syt@lamdong.gov.vn", "kythuat@lamdong.gov.vn"), "2023-06-13T09:00");
    assert_eq!(summary(&needless), format!("Deny 12.2.a/not-oral: {A} [A-27]"));
}

/// AE-12.6: official mail counts, a telephone call does not; each revision has its own clock; the timer tells once.
#[test]
fn an_answer_is_by_official_mail_and_each_revision_has_its_own() {
    let answer =
        |by, revision| plan(PlanningAct::Answer(AnswerGiven { registration: ID, revision, actor: operator(), by }));
    let check = || plan(PlanningAct::CheckReply(CheckReply { registration: ID }));
    let overdue = format!("Permit 12.2.b/overdue: {REPLY} [A-08]");
    let telephone = format!("Permit 12.2.b/telephone: {REPLY} [A-08]");
    let mut world = World::new();
    world.ask(Request::Submit(Box::new(submission())), "2023-06-13T16:40");
    assert_eq!(summary(&world.ask(answer(Channel::Telephone, None), "2023-06-13T18:30")), telephone);
    let no_result = world.ask(answer(Channel::OfficialMail, None), "2023-06-13T18:30");
    assert_eq!(summary(&no_result), format!("Deny 12.2.b/result: {REPLY}"), "accept or refuse it");
    assert_eq!(summary(&world.ask(check(), "2023-06-13T18:40")), "Permit");
    assert!(world.registry.overdue_replies(at("2023-06-13T18:40")).is_empty());
    let found = world.ask(check(), "2023-06-13T18:40:00.001");
    assert_eq!((summary(&found), found.changes.len()), (overdue.clone(), 1));
    assert!(found.render_en().contains("was answered by telephone only"), "{}", found.render_en());
    let again = world.ask(check(), "2023-06-13T19:00");
    assert_eq!((summary(&again), again.changes.len()), (overdue.clone(), 0), "told once");
    assert_eq!(world.registry.overdue_replies(at("2023-06-13T19:00")).len(), 1);
    assert_eq!(world.registry.registration(ID).unwrap().state, RegistrationState::UnderReview);
    let doubted = world.ask_by(check(), untrusted("2023-06-13T19:00"));
    assert!(!doubted.is_permit() && doubted.changes.is_empty());
    assert!(world.ask(accept("1001"), "2023-06-13T19:10").is_permit());
    assert!(world.registry.overdue_replies(at("2023-06-14T19:00")).is_empty());
    assert_eq!(summary(&world.ask(check(), "2023-06-13T19:20")), format!("Deny 12.2.b/awaiting: {REPLY}"));

    let mut world = World::new();
    world.ask(Request::Submit(Box::new(Submission { contact: None, ..submission() })), "2023-06-13T08:00");
    world.ask(amend(json!({ "contact": { "name": "Lan" } })), "2023-06-13T09:00");
    assert_eq!(world.registry.overdue_replies(at("2023-06-13T12:00")).len(), 2, "two revisions, two clocks");
    let late = format!("Permit 12.2.b/reply: {REPLY} [A-08]");
    assert_eq!(summary(&world.ask(answer(Channel::OfficialMail, Some(1)), "2023-06-13T10:00:00.001")), late);
    assert_eq!(summary(&world.ask(answer(Channel::OfficialMail, None), "2023-06-13T11:00")), "Permit");
    assert!(world.registry.overdue_replies(at("2023-06-13T12:00")).is_empty());
    let nothing = world.ask(answer(Channel::Telephone, Some(3)), "2023-06-13T11:00");
    assert_eq!(summary(&nothing), format!("Deny 12.2.b/result 12.2.b/telephone: {REPLY} [A-08]"));

    let mut notified = World::new();
    notified.ask(Request::Submit(Box::new(notification())), "2023-06-13T08:00");
    assert!(notified.registry.overdue_replies(at("2023-06-14T08:00")).is_empty(), "A-02");
}

/// the due time stays, the earlier one is told.
#[test]
fn the_rehearsal_may_come_before_the_answer_is_due() {
    for (received, expected) in [
        ("2023-06-15T04:00:00", "Permit".to_owned()),
        ("2023-06-15T04:00:01", format!("Permit 12.2.b/before-rehearsal: {REPLY} [A-08]")),
    ] {
        let mut world = World::new();
        world.ask(Request::Submit(Box::new(urgent("lũ quét"))), received);
        let check = plan(PlanningAct::CheckReply(CheckReply { registration: ID }));
        assert_eq!(summary(&world.ask(check, "2023-06-15T04:30")), expected);
        let due = ask(&world, json!({ "reply_due": { "registration": 1 } }), "2023-06-15T04:30");
        assert_eq!(due["due"], json!(at(received).hours_after(2)));
        assert_eq!(due["advice"].as_array().unwrap().len(), usize::from(expected != "Permit"));
    }
}

fn convene() -> Convene {
    Convene {
        peer: "chinh-phu".into(),
        actor: operator(),
        convener: "Văn phòng Chính phủ".to_owned(),
        reference: "4321/VPCP-TH ngày 12/6/2023".to_owned(),
        site: "ubnd-tinh".into(),
        members: vec![site("bao-loc")],
        start: at("2023-06-15T14:00"),
        end: None,
        alias: "3001".to_owned(),
        room: None,
        classification: Classification::Open,
    }
}

/// no lead time, no items; a configured peer, admitted sites, convener and reference.
#[test]
fn a_peer_convenes_by_its_own_process() {
    let unknown = "Deny 5.5/configured-peer: Điều 5 khoản 5";
    let not_admitted = "Deny 9/admitted: Điều 9";
    let bare = "Incomplete 5.5/convened: Điều 5 khoản 5 [A-30]";
    let clash = "Permit 11.2/convened-conflict: Điều 11 khoản 2 [A-17 A-30]";
    let past = "Deny 12.2.a/past: Điều 12 khoản 2 điểm a gạch đầu dòng thứ ba";
    let rows = [
        (convene(), "Permit"),
        (Convene { peer: "hanoi".into(), ..convene() }, unknown),
        (Convene { site: "don-duong".into(), ..convene() }, not_admitted),
        (Convene { members: vec![site("don-duong")], ..convene() }, not_admitted),
        (Convene { convener: " ".to_owned(), ..convene() }, bare),
        (Convene { reference: String::new(), ..convene() }, bare),
        (Convene { site: "so-y-te".into(), start: at("2023-06-15T09:00"), ..convene() }, clash),
        (Convene { alias: "x".to_owned(), ..convene() }, "Deny 11.2/number: Điều 11 khoản 2"),
        (Convene { start: at("2023-06-15T01:30"), ..convene() }, "Permit"),
        (Convene { start: at("2023-06-15T01:29:59.999"), ..convene() }, past),
        (Convene { actor: of_chair(), ..convene() }, "Deny 12.2.b/operator: Điều 12 khoản 2 điểm b [A-19]"),
    ];
    for (convene, expected) in rows {
        let mut world = World::new();
        world.session();
        let decision = world.ask(plan(PlanningAct::Convene(convene)), "2023-06-15T07:30");
        assert_eq!(summary(&decision), expected);
        assert_eq!(world.registry.sessions().count(), 1 + usize::from(decision.is_permit()));
    }
    let mut world = World::new();
    let decision = world.ask(plan(PlanningAct::Convene(convene())), "2023-06-15T13:55");
    assert_eq!((decision.citations()[0].key(), decision.interpretations.len()), ("Điều 5 khoản 5".to_owned(), 1));
    let session = world.registry.session_by_alias("3001").unwrap();
    assert_eq!(session.convened.as_ref().unwrap().convener, "Văn phòng Chính phủ");
    assert!(world.ask(call(1, at_peer("chinh-phu"), "3001"), "2023-06-15T14:00").is_permit());
    assert!(world.registry.overdue_replies(at("2023-06-16T08:00")).is_empty());
    let registered = Submission { path: lhtt_core::submission::Path::Convene, ..submission() };
    let decision = World::new().ask(Request::Submit(Box::new(registered)), "2023-06-13T08:00");
    assert_eq!(summary(&decision), "Deny 5.5/convened-registered: Điều 5 khoản 5 [A-30]");
    assert!(decision.changes.is_empty());
}

#[test]
fn one_chair_site_and_whoever_chairs_with_it_is_a_member() {
    let with = |co_chairs: &[&str]| Submission {
        co_chairs: co_chairs.iter().map(|id| (*id).into()).collect(),
        ..submission()
    };
    let rows = [
        (with(&[]), "Permit"),
        (with(&["so-y-te"]), "Permit"),
        (with(&["so-noi-vu"]), "Permit 3.6/co-chair: Điều 3 khoản 6 [A-01 A-40]"),
        (with(&["nobody"]), "Deny 2/known-organization: Điều 2"),
    ];
    for (submission, expected) in rows {
        let decision = World::new().ask(Request::Submit(Box::new(submission)), "2023-06-13T08:00");
        assert_eq!(summary(&decision), expected);
    }
    for bad in [json!(["so-y-te", "da-lat"]), json!([]), json!(null), json!("")] {
        let error = serde_json::from_value::<Submission>(json!({ "chair_site": bad })).unwrap_err().to_string();
        assert!(error.contains("exactly one chair site (Điều 3 khoản 6)"), "{error}");
    }
}

fn outage(id: &str, sites: &[&str]) -> Outage {
    Outage {
        id: id.to_owned(),
        from: at("2023-06-15T07:00"),
        until: at("2023-06-15T09:00"),
        sites: sites.iter().map(|id| (*id).into()).collect(),
        source: "45/TB".to_owned(),
    }
}

#[test]
fn what_companies_announce_is_held_against_the_sessions() {
    let carrier = || actor("Lê Văn Mạng", Role::Carrier);
    let lines = |outage| plan(PlanningAct::Maintenance(Announced { actor: carrier(), outage }));
    let power = |outage| plan(PlanningAct::PowerCut(Announced { actor: operator(), outage }));
    let both = "Permit 19.1/backup-plan 19.1/maintenance: Điều 19 khoản 1";
    let no_plan = "Permit 19.1/backup-plan: Điều 19 khoản 1";
    let bad = "Deny 19.1/outage 19.1/backup-plan: Điều 19 khoản 1";
    let rows = [
        (lines(outage("bd", &[])), both),
        (lines(outage("bd", &["da-lat"])), both),
        (lines(outage("bd", &["bao-loc"])), no_plan),
        (lines(Outage { until: at("2023-06-15T08:00"), ..outage("bd", &[]) }), no_plan),
        (lines(Outage { until: at("2023-06-15T07:00"), ..outage("bd", &[]) }), bad),
        (lines(outage(" ", &["bao-loc"])), bad),
        (lines(outage("bd", &["nowhere"])), bad),
        (power(outage("cd", &["so-y-te"])), "Permit 19.2/power-cut: Điều 19 khoản 2"),
        (power(outage("cd", &["bao-loc"])), "Permit"),
    ];
    for (request, expected) in rows {
        let mut world = World::new();
        world.session();
        assert_eq!(summary(&world.ask(request, "2023-06-13T10:00")), expected);
    }
    let mut world = World::new();
    let by = |role| plan(PlanningAct::Maintenance(Announced { actor: actor("Ai", role), outage: outage("bd", &[]) }));
    let stranger = world.ask(by(Role::SiteOperator), "2023-06-13T07:00");
    assert_eq!(summary(&stranger), "Deny 19.1/announcer 19.1/backup-plan: Điều 19 khoản 1");
    assert_eq!(summary(&world.ask(by(Role::NetworkOperator), "2023-06-13T07:00")), no_plan);
    let twice = world.ask(by(Role::Carrier), "2023-06-13T07:00");
    assert_eq!(summary(&twice), bad, "its name is taken");
    let submitted = world.ask(Request::Submit(Box::new(submission())), "2023-06-13T08:00");
    assert_eq!(
        summary(&submitted),
        "Permit 19.1/maintenance 19.1/maintenance 19.1/maintenance: Điều 19 khoản 1 [A-01]"
    );
    let off = |outage: &str| plan(PlanningAct::Withdraw(Withdraw { actor: carrier(), outage: outage.to_owned() }));
    assert_eq!(summary(&world.ask(off("xy"), "2023-06-13T08:10")), "Deny 19.1/announced: Điều 19 khoản 1");
    assert_eq!(summary(&world.ask(off("bd"), "2023-06-13T08:10")), "Permit");
    assert_eq!(summary(&world.ask(accept("1001"), "2023-06-13T08:20")), "Permit");

    let filed = |reference: &str, date: &str| {
        let plan_ = BackupPlan { carrier: "VNPT".to_owned(), reference: reference.to_owned(), date: at(date) };
        plan(PlanningAct::BackupPlan(PlanFiled { actor: carrier(), plan: plan_ }))
    };
    let document = "Deny 19.1/plan-document: Điều 19 khoản 1";
    assert_eq!(summary(&world.ask(filed(" ", "2023-01-16T00:00"), "2023-06-13T09:00")), document);
    assert_eq!(summary(&world.ask(filed("1/PA", "2023-06-14T00:00"), "2023-06-13T09:00")), document);
    assert_eq!(ask(&world, json!({ "outages": {} }), "2023-06-13T09:00")["carrier"][0]["rule"], "19.1/backup-plan");
    assert_eq!(summary(&world.ask(filed("1/PA", "2023-01-16T00:00"), "2023-06-13T09:00")), "Permit");
    assert_eq!(ask(&world, json!({ "outages": {} }), "2023-06-13T09:00"), json!({ "carrier": [], "sessions": [] }));
    world.ask(power(outage("cd", &["so-y-te"])), "2023-06-13T09:10");
    let told = ask(&world, json!({ "outages": {} }), "2023-06-13T09:20");
    assert_eq!(
        (&told["sessions"][0]["session"], &told["sessions"][0]["findings"][0]["rule"]),
        (&json!(1), &json!("19.2/power-cut"))
    );
}

#[test]
fn the_power_company_learns_times_and_places_only() {
    let mut world = World::new();
    world.session();
    let asked = |from: &str, until: &str| json!({ "power_schedule": { "from": at(from), "until": at(until) } });
    let table = ask(&world, asked("2023-06-15T00:00", "2023-06-16T00:00"), "2023-06-13T10:00");
    let places = ["Điểm cầu da-lat", "Điểm cầu duc-trong", "Điểm cầu so-y-te"];
    let expected =
        json!([{ "start": "2023-06-15T08:00:00+07:00", "end": "2023-06-15T10:00:00+07:00", "places": places }]);
    assert_eq!(table, expected);
    for (from, until) in [("2023-06-15T10:00", "2023-06-16T00:00"), ("2023-06-15T00:00", "2023-06-15T08:00")] {
        assert_eq!(ask(&world, asked(from, until), "2023-06-13T10:00"), json!([]));
    }
}

/// Điều 12 khoản 2 điểm c, 13 khoản 1, 3, 4, 19 khoản 2: the whole table.
#[test]
fn incidents_go_to_whom_the_text_says() {
    use Addressee as To;
    use IncidentKind as Kind;
    let (chair, member, mcu) = (To::ChairSiteOperator, To::MemberSiteOperator, To::McuOperator);
    let c = "Điều 12 khoản 2 điểm c";
    let rows: Vec<(Phase, Kind, Place, Vec<To>, &str)> = vec![
        (Phase::Before, Kind::Line, Place::Member, vec![To::TslcdOperator], c),
        (Phase::Before, Kind::Line, Place::Chair, vec![To::TslcdOperator], c),
        (Phase::Before, Kind::Endpoint, Place::Member, vec![To::TechnicalOperator], c),
        (Phase::Before, Kind::Endpoint, Place::Chair, vec![To::TechnicalOperator], c),
        (Phase::Before, Kind::Mcu, Place::Member, vec![To::TechnicalOperator], c),
        (Phase::Before, Kind::Mcu, Place::Chair, vec![To::TechnicalOperator], c),
        (Phase::Before, Kind::Power, Place::Member, vec![To::PowerCompany], "Điều 19 khoản 2"),
        (Phase::Before, Kind::Power, Place::Chair, vec![To::PowerCompany], "Điều 19 khoản 2"),
        (
            Phase::During,
            Kind::Line,
            Place::Member,
            vec![member, chair, To::TslcdOperator],
            "Điều 13 khoản 3 điểm d; Điều 13 khoản 4 điểm c",
        ),
        (Phase::During, Kind::Line, Place::Chair, vec![chair, To::TslcdOperator], "Điều 13 khoản 3 điểm d"),
        (Phase::During, Kind::Endpoint, Place::Member, vec![member, chair, mcu], "Điều 13 khoản 3 điểm c"),
        (Phase::During, Kind::Endpoint, Place::Chair, vec![chair, mcu], "Điều 13 khoản 3 điểm c"),
        (Phase::During, Kind::Mcu, Place::Member, vec![To::TechnicalOperator], "Điều 13 khoản 1"),
        (Phase::During, Kind::Mcu, Place::Chair, vec![To::TechnicalOperator], "Điều 13 khoản 1"),
        (Phase::During, Kind::Power, Place::Member, vec![To::PowerCompany], "Điều 19 khoản 2"),
        (Phase::During, Kind::Power, Place::Chair, vec![To::PowerCompany], "Điều 19 khoản 2"),
    ];
    for (phase, kind, place, to, citations) in rows {
        let way = route(phase, kind, place);
        let cited = way.citations.iter().map(lhtt_core::Citation::key).collect::<Vec<_>>().join("; ");
        assert_eq!((way.to, cited.as_str()), (to.as_slice(), citations), "{phase:?} {kind:?} {place:?}");
        let line = kind == Kind::Line;
        assert_eq!(way.second, if line { [To::Carrier].as_slice() } else { &[] }, "A-37");
        assert_eq!(
            way.interpretations.iter().map(ToString::to_string).collect::<Vec<_>>(),
            if line { vec!["A-37"] } else { vec![] }
        );
        let told: &[To] = if kind == Kind::Power { &[To::ChairSiteOperator, To::McuOperator] } else { &[] };
        assert_eq!(way.notice, told);
    }
}

/// AE-Q4, A-26.
#[test]
fn a_profile_from_before_the_reform_says_so() {
    let world = World::new();
    assert_eq!(ask(&world, json!({ "warnings": {} }), "2025-06-30T23:59:59.999"), json!({ "findings": [] }));
    let told = ask(&world, json!({ "warnings": {} }), "2025-07-01T00:00");
    assert_eq!(
        (&told["findings"][0]["rule"], &told["findings"][0]["interpretations"]),
        (&json!("qd.2/superseded"), &json!(["A-26"]))
    );
    let newer = Profile { effective_from: at("2025-07-01T00:00"), ..Profile::default() };
    let world = World::with(|configuration| configuration.profile.later = vec![newer]);
    assert_eq!(ask(&world, json!({ "warnings": {} }), "2025-07-01T00:00"), json!({ "findings": [] }));
}

/// each act by the profile of its own time.
#[test]
fn an_act_is_judged_by_the_profile_of_its_time() {
    let later = Profile {
        effective_from: at("2023-06-15T00:00"),
        late_normal: lhtt_core::registry::LateNormal::Override,
        ..Profile::default()
    };
    let of = |start: &str| Submission { start: Some(at(start)), end: None, ..submission() };
    for (start, when, expected) in [
        ("2023-06-15T08:00", "2023-06-14T23:59:59.999", format!("Deny 12.2.a/lead: {A} [A-01]")),
        ("2023-06-15T08:00", "2023-06-15T00:00", format!("NeedsOverride 12.2.a/lead: {A} [A-01 A-32]")),
    ] {
        let mut world = World::with(|configuration| configuration.profile.later = vec![later.clone()]);
        assert_eq!(summary(&world.ask(Request::Submit(Box::new(of(start))), when)), expected);
    }
}

/// An amendment states fields of a registration, each of its own form, and none that would make it another one.
#[test]
fn an_amendment_reads_as_it_is_written() {
    let read = |changes: Value| {
        let actor = json!({ "name": "Lan", "role": "site_operator", "site": "so-y-te" });
        serde_json::from_value::<Request>(
            json!({ "planning": { "amend": { "registration": 1, "actor": actor, "changes": changes } } }),
        )
    };
    let request = read(json!({ "start": "2023-06-15T07:00:00+07:00", "support": null })).unwrap();
    let written = serde_json::to_value(&request).unwrap();
    assert_eq!(
        written["planning"]["amend"]["changes"],
        json!({ "start": "2023-06-15T07:00:00+07:00", "support": null })
    );
    assert_eq!(serde_json::from_value::<Request>(written).unwrap(), request);
    for (changes, named) in [
        (json!({ "begin": "x" }), "begin"),
        (json!({ "start": "8 giờ" }), "8 giờ"),
        (json!({ "path": "notify" }), "`path`"),
        (json!({ "sent_from": "a@b" }), "`sent_from`"),
    ] {
        let error = read(changes).unwrap_err().to_string();
        assert!(error.contains(named), "{error}");
    }
}

/// The journal keeps nothing of what an amendment says of a secret session.
#[test]
fn a_secret_amendment_is_journalled_without_its_content() {
    let request = amend(json!({ "classification": "mat", "content": "tấn công X", "support": null }));
    let Request::Planning(act) = request.for_journal().into_owned() else { panic!() };
    let PlanningAct::Amend(kept) = *act else { panic!() };
    let kept = serde_json::to_value(kept.changes).unwrap();
    assert_eq!(kept, json!({ "classification": "mat", "content": "[không ghi]", "support": null }));
}

#[test]
fn nothing_of_this_area_is_done_by_half() {
    let mut world = World::new();
    world.session();
    let changes: Vec<Change> = [
        json!({ "planning": { "withdrawn": "xy" } }),
        json!({ "planning": { "amendment_rejected": { "registration": 1, "rejection": { "at": "2023-06-13T09:00:00+07:00" } } } }),
        json!({ "planning": { "escalated": { "registration": 9, "revision": 1, "at": "2023-06-13T09:00:00+07:00" } } }),
    ]
    .into_iter()
    .map(|one| serde_json::from_value(one).unwrap())
    .collect();
    for change in changes {
        let before = world.registry.clone();
        assert!(world.registry.apply(&change).is_err());
        assert_eq!(world.registry, before);
    }
    let _ = (Contact::default(), Moment::default());
}
