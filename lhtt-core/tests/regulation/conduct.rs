//! Điều 12 khoản 2 điểm b, c, 13, 14: a session from its rehearsal to the hand-over of its recording.

use crate::world::*;
use lhtt_core::journal::{Entry, Head};
use lhtt_core::registry::{
    ClosingItem, Mark, Material, Post, RecordingEvent, RecordingState, SelfCheck, SessionEvent, SessionState,
    SuspensionCause,
};
use lhtt_core::request::{
    Actor, Cancel, ConductAct, ConductStep, LeaveReason, PlanningAct, Reclassify, Role, SecrecyAct,
};
use lhtt_core::route::{Addressee, IncidentKind};
use lhtt_core::submission::Classification;
use lhtt_core::{Decision, Moment, Request, SessionId};
use std::collections::BTreeMap;
use std::fmt::Write;

pub(crate) fn mcu() -> Actor {
    actor("Nguyễn Văn Trực", Role::McuOperator)
}

pub(crate) fn of_site(id: &str) -> Actor {
    Actor { site: Some(id.into()), ..actor("Trần Thị Lan", Role::SiteOperator) }
}

pub(crate) fn act(actor: Actor, what: ConductStep) -> Request {
    Request::Conduct(Box::new(ConductAct { session: SessionId(1), actor, what }))
}

fn reference(number: &str) -> Option<lhtt_core::submission::Reference> {
    serde_json::from_value(number.into()).unwrap()
}

fn duty(post: Post) -> ConductStep {
    ConductStep::AssignDuty { post, name: Some("Lê Văn An".to_owned()) }
}

fn rehearsed(result: Mark) -> ConductStep {
    ConductStep::RecordRehearsal { result, sites: BTreeMap::new(), note: None }
}

fn all_good() -> SelfCheck {
    let good = Some(Mark::Pass);
    let (endpoint, connection, power, backup, sound, light, image) = (good, good, good, good, good, good, good);
    SelfCheck { endpoint, connection, power, backup, sound, light, image }
}

/// The usual session with everybody on duty, every room checked, and a rehearsal that passed.
pub(crate) fn ready() -> World {
    let mut world = World::new();
    world.session();
    prepare(&mut world);
    world
}

fn prepare(world: &mut World) {
    let mut posts = vec![Post::McuOperator, Post::Tslcd, Post::ChairOperator];
    posts.extend(["da-lat", "duc-trong"].map(|site| Post::MemberOperator(site.into())));
    for post in posts {
        permitted(world, mcu(), duty(post), "2023-06-14T08:00");
    }
    for site in ["so-y-te", "da-lat", "duc-trong"] {
        let check = ConductStep::SelfCheck { site: site.into(), items: all_good() };
        permitted(world, of_site(site), check, "2023-06-14T09:00");
    }
    permitted(world, mcu(), rehearsed(Mark::Pass), "2023-06-14T10:00");
}

/// A session that runs since 08:00.
pub(crate) fn running() -> World {
    let mut world = ready();
    permitted(&mut world, mcu(), ConductStep::Start, "2023-06-15T08:00");
    world
}

/// A session that has ended at 10:00, with `recording` if one was asked for and made.
fn ended(recording: bool) -> World {
    let mut world = running();
    if recording {
        permitted(&mut world, of_site("so-y-te"), ConductStep::RequestRecording, "2023-06-15T08:01");
        permitted(&mut world, mcu(), ConductStep::StartRecording, "2023-06-15T08:02");
    }
    assert_eq!(summary(&world.ask(end(SessionId(1)), "2023-06-15T10:00")), "Permit");
    world
}

fn permitted(world: &mut World, actor: Actor, step: ConductStep, at: &str) {
    let decision = world.ask(act(actor, step.clone()), at);
    assert!(decision.is_permit(), "{step:?}: {}", decision.render_en());
}

fn check(world: &mut World, actor: Actor, step: ConductStep, at: &str, expected: &str) -> Decision {
    let decision = world.ask(act(actor, step.clone()), at);
    assert_eq!(summary(&decision), expected, "{step:?}");
    decision
}

fn state(world: &World) -> SessionState {
    world.registry.conduct().state(SessionId(1))
}

fn refused(world: &World, actor: Actor, step: ConductStep, at: &str, expected: &str) {
    let decision = lhtt_core::decide(&world.registry, &act(actor, step.clone()), wall(at));
    assert_eq!(summary(&decision), expected, "{step:?}");
}

/// The whole machine: what is not here happens to no session.
#[test]
fn every_state_and_event_is_as_written_down() {
    let mut table = format!("{:<20}", "");
    SessionState::ALL.iter().for_each(|state| write!(table, " {:<13}", format!("{state:?}")).unwrap());
    for event in SessionEvent::ALL {
        write!(table, "\n{:<20}", format!("{event:?}")).unwrap();
        for state in SessionState::ALL {
            let next = state.after(event).map_or_else(|| "-".to_owned(), |next| format!("{next:?}"));
            write!(table, " {next:<13}").unwrap();
        }
    }
    let table = table.lines().map(str::trim_end).collect::<Vec<_>>().join("\n") + "\n";
    assert_eq!(table, include_str!("../data/session-machine.txt"), "\n{table}");
}

/// The recording's machine, before the session's end and after it.
#[test]
fn every_state_and_event_of_a_recording_is_as_written_down() {
    let due = at("2023-06-20T00:00");
    let states = [
        RecordingState::None,
        RecordingState::Requested,
        RecordingState::Running,
        RecordingState::Stored,
        RecordingState::HandoverDue(Some(due)),
        RecordingState::HandedOver,
        RecordingState::Overdue(due),
    ];
    let events = [
        RecordingEvent::Requested,
        RecordingEvent::Started,
        RecordingEvent::Stored,
        RecordingEvent::HandoverRequested,
        RecordingEvent::HandedOver,
    ];
    let mut table = String::new();
    for ended in [false, true] {
        for state in states {
            for event in events {
                let may = if state.allows(event, ended) { "may" } else { "-" };
                let when = if ended { "ended" } else { "running" };
                let state = format!("{state:?}");
                let name = state.split('(').next().unwrap();
                writeln!(table, "{when} {name} {event:?} {may}").unwrap();
            }
        }
    }
    assert_eq!(table, include_str!("../data/recording-machine.txt"), "\n{table}");
}

#[test]
fn the_rehearsal_is_over_two_hours_before_the_start() {
    let rows = [
        ("2023-06-15T05:59:59", Mark::Pass, "Permit", SessionState::Ready),
        ("2023-06-15T06:00", Mark::Pass, "Permit", SessionState::Ready),
        (
            "2023-06-15T06:00:01",
            Mark::Pass,
            "Permit 12.2.b/rehearsal: Điều 12 khoản 2 điểm b gạch đầu dòng thứ hai [A-09]",
            SessionState::Ready,
        ),
        ("2023-06-15T06:10", Mark::Fail, "Permit", SessionState::Accepted),
    ];
    for (when, result, expected, next) in rows {
        let mut world = World::new();
        world.session();
        check(&mut world, mcu(), rehearsed(result), when, expected);
        assert_eq!(state(&world), next);
    }
}

#[test]
fn a_rehearsal_is_announced_in_time_and_recorded_by_the_operator() {
    let mut world = World::new();
    world.session();
    let schedule = |when| ConductStep::ScheduleRehearsal { for_time: at(when) };
    let late = "Deny 12.2.b/rehearsal-time: Điều 12 khoản 2 điểm b gạch đầu dòng thứ hai [A-09]";
    refused(&world, mcu(), schedule("2023-06-15T06:00:01"), "2023-06-14T08:00", late);
    let role = "Deny 3.8/role: Điều 12 khoản 2 điểm b";
    refused(&world, of_site("so-y-te"), schedule("2023-06-15T05:00"), "2023-06-14T08:00", role);
    refused(&world, of_site("so-y-te"), rehearsed(Mark::Pass), "2023-06-14T08:00", role);
    let sites = BTreeMap::from([("bao-loc".into(), Mark::Pass)]);
    let unlisted = ConductStep::RecordRehearsal { result: Mark::Pass, sites, note: None };
    refused(&world, mcu(), unlisted, "2023-06-14T08:00", "Deny 3.7/invited: Điều 3 khoản 7");
    check(&mut world, mcu(), schedule("2023-06-15T06:00"), "2023-06-14T08:00", "Permit");
    assert_eq!(state(&world), SessionState::Rehearsing);
}

/// Each refusal of the start alone, then all together in the order of the text.
#[test]
fn a_session_starts_rehearsed_and_with_its_people_on_duty() {
    let unrehearsed = "NeedsOverride 12.2.b/unrehearsed: Điều 12 khoản 2 điểm b gạch đầu dòng thứ hai [A-09 A-32]";
    let rows: [(&[Post], bool, &str); 6] = [
        (&[], true, "Permit"),
        (&[Post::McuOperator], true, "NeedsOverride 13.1/mcu-operator: Điều 13 khoản 1 [A-32]"),
        (&[Post::Tslcd], true, "Permit 13.2/tslcd-duty: Điều 13 khoản 2 [A-37]"),
        (&[Post::ChairOperator], true, "NeedsOverride 13.3.a/chair-operator: Điều 13 khoản 3 điểm a [A-32]"),
        (
            &[Post::MemberOperator("da-lat".into())],
            true,
            "Permit 13.4.a/member-operator: Điều 13 khoản 4 điểm a [A-43]",
        ),
        (&[], false, unrehearsed),
    ];
    for (absent, rehearsal, expected) in rows {
        let mut world = ready();
        for post in absent {
            let off = ConductStep::AssignDuty { post: post.clone(), name: None };
            permitted(&mut world, mcu(), off, "2023-06-15T07:00");
        }
        if !rehearsal {
            permitted(&mut world, mcu(), rehearsed(Mark::Fail), "2023-06-15T07:00");
        }
        check(&mut world, mcu(), ConductStep::Start, "2023-06-15T08:00", expected);
    }
    let mut world = World::new();
    world.session();
    let all = "NeedsOverride 12.2.b/unrehearsed 12.2.c/self-check 13.1/mcu-operator 13.2/tslcd-duty \
               13.3.a/chair-operator 13.4.a/member-operator: Điều 12 khoản 2 điểm b gạch đầu dòng thứ hai; \
               Điều 12 khoản 2 điểm c; Điều 13 khoản 1; Điều 13 khoản 2; Điều 13 khoản 3 điểm a; \
               Điều 13 khoản 4 điểm a [A-09 A-32 A-37 A-43]";
    check(&mut world, mcu(), ConductStep::Start, "2023-06-15T08:00", all);
}

#[test]
fn a_session_starts_within_its_window_and_by_who_may() {
    let mut world = ready();
    let start = ConductStep::Start;
    let without_control = "Deny 5.6/grant: Điều 5 khoản 6; Điều 10 khoản 1 [A-31]";
    refused(&world, of_site("so-y-te"), start, "2023-06-15T08:00", without_control);
    world.may_control("so-y-te");
    let early = "Deny 12.2.a/early: Điều 12 khoản 2 điểm a gạch đầu dòng thứ ba";
    refused(&world, mcu(), ConductStep::Start, "2023-06-15T07:29:59", early);
    refused(&world, mcu(), ConductStep::Start, "2023-06-15T07:30", "Permit");
    refused(&world, of_site("so-y-te"), ConductStep::Start, "2023-06-15T08:00", "Permit");
    refused(&world, of_site("da-lat"), ConductStep::Start, "2023-06-15T08:00", "Deny 3.8/role: Điều 13 khoản 1");
    let unknown =
        Request::Conduct(Box::new(ConductAct { session: SessionId(9), actor: mcu(), what: ConductStep::Start }));
    let decision = lhtt_core::decide(&world.registry, &unknown, wall("2023-06-15T08:00"));
    assert_eq!(summary(&decision), "Deny 13.1/known: Điều 13 khoản 1");
    let before = lhtt_core::decide(&world.registry, &unknown, wall("2023-06-04T08:00"));
    assert_eq!(summary(&before), "NotEvaluable qd.2/version: QĐ Đ2 [A-20 A-41]");
}

/// An override covers what stood when it was given, by name and with a reason; it is a breach from then on.
#[test]
fn what_stands_against_the_start_is_overridden_by_a_named_person() {
    let mut world = ready();
    let head = || actor("Phạm Thị Sở", Role::ManagingAuthority);
    let waive = |reason: &str| ConductStep::OverrideStart { reason: reason.to_owned() };
    let needless = "Deny 15.1/needless: Điều 15 khoản 1 [A-32]";
    refused(&world, head(), waive("lũ quét"), "2023-06-15T07:50", needless);
    let off = |post| ConductStep::AssignDuty { post, name: None };
    permitted(&mut world, mcu(), off(Post::McuOperator), "2023-06-15T07:00");
    let by_mcu = "Deny 13.1/mcu-operator 15.1/override: Điều 13 khoản 1; Điều 15 khoản 1 [A-32]";
    refused(&world, mcu(), waive("lũ quét"), "2023-06-15T07:50", by_mcu);
    let mute = "Deny 13.1/mcu-operator 15.1/reason: Điều 13 khoản 1; Điều 15 khoản 1 [A-32]";
    refused(&world, head(), waive(" "), "2023-06-15T07:50", mute);
    permitted(&mut world, head(), waive("lũ quét"), "2023-06-15T07:50");
    refused(&world, mcu(), ConductStep::Start, "2023-06-15T08:00", "Permit 13.1/mcu-operator: Điều 13 khoản 1 [A-32]");
    permitted(&mut world, mcu(), off(Post::ChairOperator), "2023-06-15T07:55");
    let later = "NeedsOverride 13.1/mcu-operator 13.3.a/chair-operator: Điều 13 khoản 1; Điều 13 khoản 3 điểm a [A-32]";
    refused(&world, mcu(), ConductStep::Start, "2023-06-15T08:00", later);
}

#[test]
fn each_body_names_its_own_people() {
    let world = ready();
    let chair = "Deny 13.1/assign: Điều 13 khoản 3 điểm a";
    let of_agency = |role, agency: &str, site: Option<&str>| Actor {
        organization: Some(agency.into()),
        site: site.map(Into::into),
        ..actor("Trần Thị Lan", role)
    };
    let rows = [
        (of_site("so-y-te"), duty(Post::McuOperator), "Deny 13.1/assign: Điều 13 khoản 1"),
        (of_site("so-y-te"), duty(Post::ChairOperator), "Permit"),
        (of_site("da-lat"), duty(Post::ChairOperator), "Deny 13.1/assign: Điều 13 khoản 3 điểm a"),
        (of_site("da-lat"), duty(Post::MemberOperator("da-lat".into())), "Permit"),
        (of_site("so-y-te"), duty(Post::MemberOperator("da-lat".into())), "Deny 13.1/assign: Điều 13 khoản 4 điểm a"),
        (mcu(), duty(Post::MemberOperator("bao-loc".into())), "Deny 3.7/invited: Điều 3 khoản 7"),
        (actor("Lê Thị Mạng", Role::NetworkOperator), duty(Post::Tslcd), "Permit"),
        (actor("Lê Thị Mạng", Role::Carrier), duty(Post::Tslcd), "Deny 13.1/assign: Điều 13 khoản 2"),
        (actor("Phan Văn Tuyến", Role::Carrier), duty(Post::Carrier), "Permit"),
        (of_site("da-lat"), duty(Post::Carrier), "Deny 13.1/assign: Điều 19 khoản 1"),
        (of_agency(Role::SiteOperator, "so-y-te", None), duty(Post::ChairOperator), "Permit"),
        (of_agency(Role::SiteOperator, "so-noi-vu", None), duty(Post::ChairOperator), chair),
        (of_agency(Role::SiteOperator, "so-y-te", Some("da-lat")), duty(Post::ChairOperator), chair),
        (of_agency(Role::Office, "so-y-te", None), duty(Post::ChairOperator), chair),
        (of_agency(Role::Office, "so-y-te", Some("so-y-te")), duty(Post::ChairOperator), chair),
    ];
    for (who, step, expected) in rows {
        refused(&world, who, step, "2023-06-15T07:00", expected);
    }
}

#[test]
fn a_site_checks_its_own_room_and_hears_what_is_open() {
    let world = ready();
    let check = |site: &str, items| ConductStep::SelfCheck { site: site.into(), items };
    let poor = SelfCheck { backup: Some(Mark::Fail), light: None, ..all_good() };
    let open = "Permit 12.2.c/open-items: Điều 12 khoản 2 điểm c";
    refused(&world, of_site("da-lat"), check("da-lat", poor), "2023-06-15T07:00", open);
    let other = "Deny 13.4.a/own-site: Điều 12 khoản 2 điểm c [A-43]";
    refused(&world, of_site("duc-trong"), check("da-lat", all_good()), "2023-06-15T07:00", other);
    let auditor = actor("Người Kiểm", Role::Auditor);
    let role = "Deny 3.8/role: Điều 13 khoản 4 điểm a";
    refused(&world, auditor, check("da-lat", all_good()), "2023-06-15T07:00", role);
    let running = running();
    let turn = "Deny 13.1/turn: Điều 12 khoản 2 điểm c";
    refused(&running, of_site("da-lat"), check("da-lat", all_good()), "2023-06-15T09:00", turn);
}

#[test]
fn a_session_is_suspended_and_goes_on() {
    let mut world = running();
    world.may_control("so-y-te");
    let suspend = |cause| ConductStep::Suspend { cause };
    let role = "Deny 3.8/role: Điều 13 khoản 1";
    refused(&world, of_site("da-lat"), suspend(SuspensionCause::Technical), "2023-06-15T08:30", role);
    refused(&world, mcu(), ConductStep::Resume, "2023-06-15T08:30", "Deny 13.1/turn: Điều 13 khoản 1");
    permitted(&mut world, mcu(), suspend(SuspensionCause::Technical), "2023-06-15T08:30");
    assert_eq!(state(&world), SessionState::Suspended);
    assert_eq!(summary(&world.call(1, at_site("da-lat"), "2023-06-15T08:31")), "Permit");
    permitted(&mut world, of_site("so-y-te"), ConductStep::Resume, "2023-06-15T08:40");
    let raise = Reclassify { session: SessionId(1), to: Classification::Mat, document: None, actor: operator() };
    let raised = world.ask(Request::Secrecy(Box::new(SecrecyAct::Reclassify(raise))), "2023-06-15T08:50");
    assert!(raised.is_permit(), "{}", raised.render_en());
    assert_eq!(state(&world), SessionState::Suspended);
    let resume = lhtt_core::decide(&world.registry, &act(mcu(), ConductStep::Resume), wall("2023-06-15T08:51"));
    assert!(summary(&resume).starts_with("Deny 5.2/"), "{}", summary(&resume));
    assert!(!world.call(2, at_site("duc-trong"), "2023-06-15T08:51").is_permit());
    assert_eq!(summary(&world.ask(end(SessionId(1)), "2023-06-15T09:00")), "Permit");
}

#[test]
fn a_lost_mcu_suspends_the_session_past_the_grace() {
    let mut world = running();
    let gone = ConductStep::McuLost { since: at("2023-06-15T08:40") };
    refused(&world, mcu(), gone.clone(), "2023-06-15T08:41", "Deny 13.1/mcu-grace: Điều 13 khoản 1");
    permitted(&mut world, mcu(), gone, "2023-06-15T08:41:00.001");
    assert_eq!(state(&world), SessionState::Suspended);
    permitted(&mut world, mcu(), ConductStep::Resume, "2023-06-15T08:50");
    assert_eq!(state(&world), SessionState::InSession);
}

/// A commune chairs: its operator decides, the Centre starts (A-07).
#[test]
fn a_communes_session_is_started_by_the_centre() {
    let mut world = World::with(|configuration| {
        let agency = configuration.organizations.iter_mut().find(|one| one.id.as_str() == "so-y-te").unwrap();
        agency.tier = Some(lhtt_core::registry::Tier::Commune);
    });
    world.session();
    prepare(&mut world);
    let start = || ConductStep::Start;
    let by_level = "Deny 3.8/role: Điều 10 khoản 1; Điều 13 khoản 1 [A-07]";
    refused(&world, of_site("so-y-te"), start(), "2023-06-15T08:00", by_level);
    let decision = check(&mut world, mcu(), start(), "2023-06-15T08:00", "Permit");
    assert_eq!(decision.citations(), ["Điều 10 khoản 1".parse().unwrap()]);
    assert_eq!(decision.interpretations, ["A-07".parse().unwrap()]);
}

#[test]
fn episodes_follow_the_legs_and_gaps_are_outages() {
    let mut world = running();
    world.call(1, at_site("da-lat"), "2023-06-15T07:40");
    world.ask(leave(1), "2023-06-15T08:10");
    world.call(2, at_site("da-lat"), "2023-06-15T08:20");
    let lost = ConductStep::SiteLost { site: "da-lat".into() };
    let back = ConductStep::SiteBack { site: "da-lat".into() };
    check(&mut world, of_site("da-lat"), lost.clone(), "2023-06-15T09:00", "Permit");
    let own = "Deny 13.4.a/own-site: Điều 13 khoản 4 điểm c [A-43]";
    refused(&world, of_site("duc-trong"), back.clone(), "2023-06-15T09:00", own);
    check(&mut world, of_site("so-y-te"), back, "2023-06-15T09:15", "Permit");
    check(&mut world, mcu(), lost, "2023-06-15T09:50", "Permit");
    world.ask(end(SessionId(1)), "2023-06-15T10:00");
    let course = world.registry.conduct().course(SessionId(1)).unwrap();
    let attendance = &course.attendance["da-lat"];
    let clock = |moment: Moment| moment.clock_short();
    let episodes: Vec<_> = attendance
        .within(Some(at("2023-06-15T08:00")), Some(at("2023-06-15T10:00")))
        .iter()
        .map(|one| format!("{}-{}", clock(one.from), one.until.map_or_else(String::new, clock)))
        .collect();
    assert_eq!(episodes, ["08:00-08:10", "08:20-09:00", "09:15-09:50"]);
    let outages: Vec<_> = attendance
        .outages(Some(at("2023-06-15T08:00")), Some(at("2023-06-15T10:00")))
        .iter()
        .map(|one| format!("{}-{}", clock(one.from), one.until.map_or_else(String::new, clock)))
        .collect();
    assert_eq!(outages, ["08:10-08:20", "09:00-09:15", "09:50-10:00"]);
}

#[test]
fn a_leg_is_lost_unless_somebody_ended_it() {
    let rows = [
        ("hang_up", None, false),
        ("caller", Some(16), false),
        ("callee", Some(31), false),
        ("caller", Some(41), true),
        ("operator", Some(41), false),
        ("regulation", None, false),
        ("deadline", Some(102), true),
        ("restart", None, true),
    ];
    for (code, q850, lost) in rows {
        assert_eq!(LeaveReason { code: code.to_owned(), q850 }.is_loss(), lost, "{code} {q850:?}");
    }
}

#[test]
fn a_site_reports_its_interruption_and_gives_the_list_it_is_asked_for() {
    let mut world = running();
    let report = |text: &str| ConductStep::ReportOutage { site: "da-lat".into(), text: text.to_owned() };
    let empty = "Deny 13.4.c/report: Điều 13 khoản 4 điểm c";
    refused(&world, of_site("da-lat"), report(" "), "2023-06-15T09:20", empty);
    check(&mut world, of_site("da-lat"), report("đứt cáp 15 phút"), "2023-06-15T09:20", "Permit");
    let ask = ConductStep::AskAttendance { sites: Vec::new() };
    let role = "Deny 3.8/role: Điều 13 khoản 4 điểm b";
    refused(&world, of_site("da-lat"), ask.clone(), "2023-06-15T08:10", role);
    check(&mut world, of_site("so-y-te"), ask, "2023-06-15T08:10", "Permit");
    let answer = |people: &[&str], document: Option<&str>| ConductStep::AnswerAttendance {
        site: "da-lat".into(),
        people: people.iter().map(ToString::to_string).collect(),
        document: document.and_then(reference),
    };
    for (people, document) in [(&[][..], None), (&[" "], None), (&[], Some(" "))] {
        let list = "Deny 13.4.b/list: Điều 13 khoản 4 điểm b";
        refused(&world, of_site("da-lat"), answer(people, document), "2023-06-15T08:25", list);
    }
    refused(&world, of_site("da-lat"), answer(&[], Some("12/DS")), "2023-06-15T08:25", "Permit");
    check(&mut world, of_site("da-lat"), answer(&["Nguyễn Thị Hoa"], None), "2023-06-15T08:25", "Permit");
    let incident = |site: &str| ConductStep::ReportIncident {
        kind: IncidentKind::Line,
        site: Some(site.into()),
        note: Some("mất tín hiệu".to_owned()),
    };
    check(&mut world, of_site("da-lat"), incident("da-lat"), "2023-06-15T09:05", "Permit");
    let reported = &world.registry.conduct().course(SessionId(1)).unwrap().incidents[0];
    use Addressee::{ChairSiteOperator, MemberSiteOperator, TslcdOperator};
    assert_eq!(reported.route, [MemberSiteOperator, ChairSiteOperator, TslcdOperator]);
    refused(&world, mcu(), incident("bao-loc"), "2023-06-15T09:05", "Deny 3.7/invited: Điều 3 khoản 7");
}

#[test]
fn each_site_checks_then_switches_off_then_cuts_the_power() {
    let mut world = ended(false);
    let item = |site: Option<&str>, item| ConductStep::CloseItem { site: site.map(Into::into), item };
    use ClosingItem::{Check, DeviceOff, PowerOff};
    let when = "2023-06-15T10:10";
    let order = "Permit 14.1/order: Điều 14 khoản 1 [A-23]";
    check(&mut world, of_site("da-lat"), item(Some("da-lat"), DeviceOff), when, order);
    assert_eq!(state(&world), SessionState::Closing);
    check(&mut world, of_site("da-lat"), item(Some("da-lat"), PowerOff), when, order);
    check(&mut world, of_site("da-lat"), item(Some("da-lat"), Check), when, "Permit");
    for one in [Check, DeviceOff, PowerOff] {
        check(&mut world, of_site("so-y-te"), item(Some("so-y-te"), one), when, "Permit");
    }
    let other = "Deny 13.4.a/own-site: Điều 14 khoản 1 [A-43]";
    refused(&world, of_site("da-lat"), item(Some("duc-trong"), Check), when, other);
    refused(&world, mcu(), item(None, PowerOff), when, "Deny 14.1/centre: Điều 14 khoản 1 [A-23]");
    refused(&world, of_site("so-y-te"), item(None, Check), when, "Deny 14.1/centre-operator: Điều 14 khoản 1");
    check(&mut world, mcu(), item(None, Check), when, "Permit");
    let waive = |reason: &str| ConductStep::WaiveClosing { site: Some("duc-trong".into()), reason: reason.to_owned() };
    refused(&world, mcu(), waive(""), when, "Deny 14.1/waiver: Điều 14 khoản 1");
    check(&mut world, mcu(), waive("mất liên lạc với điểm cầu"), when, "Permit");
    assert_eq!(state(&world), SessionState::Closed);
    refused(&world, mcu(), item(None, Check), when, "Deny 13.1/turn: Điều 14 khoản 1");
}

#[test]
fn a_secret_session_closes_with_its_documents() {
    let mut world = secret(ended(false));
    for site in [None, Some("so-y-te"), Some("da-lat"), Some("duc-trong")] {
        let waive = ConductStep::WaiveClosing { site: site.map(Into::into), reason: "đã kiểm tra".to_owned() };
        permitted(&mut world, mcu(), waive, "2023-06-15T10:10");
    }
    assert_eq!(state(&world), SessionState::Closing);
    let recover = |document: &str| ConductStep::RecoverDocuments { document: serde_json::from_str(document).unwrap() };
    let missing = "Deny 5.2/recovered: Điều 17 khoản 1 điểm e Luật 29/2018/QH14";
    refused(&world, of_site("so-y-te"), recover("null"), "2023-06-15T10:20", missing);
    check(&mut world, of_site("so-y-te"), recover(r#""số 12/BB""#), "2023-06-15T10:20", "Permit");
    assert_eq!(state(&world), SessionState::Closed);
}

#[test]
fn a_session_without_legs_is_ended_only_if_the_profile_says_so() {
    for (idle_end_s, when, expected) in [
        (None, "2023-06-15T09:30", "Deny 14.1/idle: Điều 14 khoản 1"),
        (Some(600), "2023-06-15T09:09:59", "Deny 14.1/idle: Điều 14 khoản 1"),
        (Some(600), "2023-06-15T09:10", "Permit"),
    ] {
        let mut world = World::with(|configuration| configuration.profile.idle_end_s = idle_end_s);
        world.session();
        prepare(&mut world);
        permitted(&mut world, mcu(), ConductStep::Start, "2023-06-15T08:00");
        refused(&world, mcu(), ConductStep::EndIdle, when, "Deny 14.1/idle: Điều 14 khoản 1");
        world.call(1, at_site("da-lat"), "2023-06-15T08:00");
        world.ask(leave(1), "2023-06-15T09:00");
        check(&mut world, mcu(), ConductStep::EndIdle, when, expected);
        assert_eq!(state(&world) == SessionState::Ended, expected == "Permit");
    }
}

#[test]
fn a_recording_is_asked_for_made_stored_and_handed_over() {
    let store = |place: &str| ConductStep::StoreRecording { place: place.to_owned() };
    let hand_over = ConductStep::HandOver { document: None };
    let chair = || of_site("so-y-te");
    let late = "Deny 14.2/turn: Điều 14 khoản 2 [A-34]";
    refused(&ended(false), chair(), ConductStep::RequestRecording, "2023-06-15T10:10", late);
    let other = "Deny 3.8/role: Điều 14 khoản 2 [A-34]";
    refused(&running(), of_site("da-lat"), ConductStep::RequestRecording, "2023-06-15T08:10", other);
    let role = "Deny 3.8/role: Điều 14 khoản 2";
    refused(&running(), chair(), ConductStep::StartRecording, "2023-06-15T08:10", role);
    let early = "Deny 14.2/in-session: Điều 14 khoản 2";
    refused(&ready(), mcu(), ConductStep::StartRecording, "2023-06-15T07:50", early);
    let mut world = ended(true);
    refused(&world, mcu(), store(" "), "2023-06-15T10:30", "Deny 14.2/place: Điều 14 khoản 2");
    refused(&world, mcu(), hand_over.clone(), "2023-06-15T10:30", "Deny 14.3/stored: Điều 14 khoản 3");
    check(&mut world, mcu(), store("kho lưu trữ MCU"), "2023-06-15T10:30", "Permit");
    check(&mut world, mcu(), hand_over, "2023-06-16T09:00", "Permit");
    let course = world.registry.conduct().course(SessionId(1)).unwrap();
    assert_eq!(course.recording.stored.as_ref().unwrap().custodian, "so-y-te".into());
    assert_eq!(course.recording.state(true, None, at("2023-07-01T00:00")), RecordingState::HandedOver);
}

#[test]
fn a_secret_session_is_recorded_by_nobody_here_and_gives_no_materials() {
    let world = secret(running());
    let record = lhtt_core::decide(&world.registry, &act(mcu(), ConductStep::StartRecording), wall("2023-06-15T08:10"));
    assert!(summary(&record).starts_with("Deny 5.2/"), "{}", summary(&record));
    let ask = |agency: &str| ConductStep::RequestMaterials {
        organization: agency.into(),
        what: Material::Documents,
        purpose: None,
    };
    let secret = "Deny 14.4/secret: Điều 14 khoản 4";
    refused(&world, of_site("da-lat"), ask("ubnd-da-lat"), "2023-06-15T11:00", secret);
    let list = ConductStep::AnswerAttendance {
        site: "da-lat".into(),
        people: vec!["Nguyễn Thị Hoa".to_owned()],
        document: reference("12/DS"),
    };
    let reference = "Deny 13.4.b/reference: Điều 11 khoản 5; Điều 13 khoản 4 điểm b";
    refused(&world, of_site("da-lat"), list, "2023-06-15T08:10", reference);
}

/// What people write of a secret session is kept nowhere, and an audit decides the same without it.
#[test]
fn no_words_about_a_secret_session_are_kept() {
    let world = secret(running());
    let words = "cuộc họp về phương án X";
    let steps = [
        ConductStep::ReportOutage { site: "da-lat".into(), text: words.to_owned() },
        ConductStep::ReportIncident { kind: IncidentKind::Line, site: None, note: Some(words.to_owned()) },
        ConductStep::AnswerAttendance { site: "da-lat".into(), people: vec![words.to_owned()], document: None },
        ConductStep::AnswerAttendance { site: "da-lat".into(), people: Vec::new(), document: reference(words) },
        ConductStep::WaiveClosing { site: None, reason: words.to_owned() },
    ];
    for step in steps {
        let (request, at) = (act(of_site("da-lat"), step), wall("2023-06-15T09:00"));
        let decision = lhtt_core::decide(&world.registry, &request, at);
        let entry = Entry::seal(&Head::default(), at, &request, decision);
        assert!(!entry.to_line().contains(words), "{}", entry.to_line());
        assert_eq!(entry.decided_again(&world.registry), *entry.decision());
    }
}

#[test]
fn materials_are_the_chair_agencys_to_give() {
    let mut world = ended(false);
    let when = "2023-06-16T08:00";
    let ask = |agency: &str| ConductStep::RequestMaterials {
        organization: agency.into(),
        what: Material::Recording,
        purpose: Some("học tập".to_owned()),
    };
    let answer = |granted| ConductStep::AnswerMaterials { request: 1, granted, note: None };
    let hand = ConductStep::HandMaterials { request: 1, document: None };
    refused(&world, of_site("da-lat"), ask("hanoi"), when, "Deny 2/known-organization: Điều 2");
    refused(&world, of_site("so-y-te"), answer(true), when, "Deny 14.4/request: Điều 14 khoản 4");
    check(&mut world, of_site("da-lat"), ask("ubnd-da-lat"), when, "Permit");
    refused(&world, of_site("da-lat"), answer(true), when, "Deny 3.8/role: Điều 14 khoản 4");
    check(&mut world, of_site("so-y-te"), answer(false), when, "Permit");
    refused(&world, of_site("so-y-te"), hand.clone(), when, "Deny 14.4/granted: Điều 14 khoản 4");
    check(&mut world, of_site("so-y-te"), answer(true), when, "Permit");
    check(&mut world, of_site("so-y-te"), hand, when, "Permit");
}

#[test]
fn a_session_that_has_started_is_not_called_off_and_one_that_is_opens_nothing() {
    let cancel = || {
        let (registration, actor) = (lhtt_core::RegistrationId(1), of_site("so-y-te"));
        Request::Planning(Box::new(PlanningAct::Cancel(Cancel {
            registration, actor, reason: "dời lịch".to_owned()
        })))
    };
    let begun = running().ask(cancel(), "2023-06-15T07:50");
    assert_eq!(summary(&begun), "Deny 11.2/begun: Điều 11 khoản 2");
    let mut world = ready();
    assert!(world.ask(cancel(), "2023-06-14T15:00").is_permit());
    assert_eq!(state(&world), SessionState::Cancelled);
    assert!(!world.call(1, at_site("da-lat"), "2023-06-15T08:00").is_permit());
    let turn = "Deny 13.1/turn: Điều 13 khoản 1";
    let start = lhtt_core::decide(&world.registry, &act(mcu(), ConductStep::Start), wall("2023-06-15T08:00"));
    assert_eq!(summary(&start), turn);
}

/// A peer's session is prepared by the peer's rules: unrehearsed here is advice (A-30), a late rehearsal no breach.
#[test]
fn a_session_that_a_peer_convened_starts_with_advice() {
    let mut facts = ready().registry.facts();
    let course = facts.conduct.sessions.get_mut(&SessionId(1)).unwrap();
    course.state = SessionState::PeerConvened;
    course.rehearsals.clear();
    let registry = lhtt_core::Registry::from_facts(facts).unwrap();
    let mut world = World { registry, ..World::new() };
    let advice = "Permit 12.2.b/unrehearsed-peer: Điều 12 khoản 2 điểm b gạch đầu dòng thứ hai [A-30]";
    refused(&world, mcu(), ConductStep::Start, "2023-06-15T08:00", advice);
    check(&mut world, mcu(), rehearsed(Mark::Pass), "2023-06-15T07:00", "Permit");
    assert_eq!(state(&world), SessionState::Ready);
    refused(&world, mcu(), ConductStep::Start, "2023-06-15T08:00", "Permit");
}

/// Ended on Thursday: due on Monday, late from Tuesday's first moment on, and a breach of the managing authority (A-12, A-19).
#[test]
fn a_hand_over_is_late_from_its_due_moment_on() {
    let mut world = ended(true);
    let store = ConductStep::StoreRecording { place: "kho lưu trữ MCU".to_owned() };
    check(&mut world, mcu(), store, "2023-06-16T08:00", "Permit");
    let hand_over = || ConductStep::HandOver { document: reference("12/BB") };
    refused(&world, mcu(), hand_over(), "2023-06-19T23:59:59.999", "Permit");
    let late = "Permit 14.3/overdue: Điều 14 khoản 3 [A-12 A-19]";
    refused(&world, mcu(), hand_over(), "2023-06-20T00:00", late);
    let shown = |when: &str| {
        let query: lhtt_core::Query = serde_json::from_str(r#"{"conduct":{"recording":{"session":1}}}"#).unwrap();
        let value = query.answer(&world.registry, wall(when));
        (value["state"].as_str().unwrap().to_owned(), value["due"].as_str().unwrap().to_owned())
    };
    let due = "2023-06-20T00:00:00+07:00".to_owned();
    assert_eq!(shown("2023-06-19T23:59:59.999"), ("handover_due".to_owned(), due.clone()));
    assert_eq!(shown("2023-06-20T00:00"), ("overdue".to_owned(), due));
}

/// Asked for after the end, of what is stored: counted from the day of the request.
#[test]
fn a_hand_over_asked_for_late_is_counted_from_the_request() {
    let mut world = running();
    permitted(&mut world, mcu(), ConductStep::StartRecording, "2023-06-15T08:02");
    world.ask(end(SessionId(1)), "2023-06-15T10:00");
    let early = "Deny 14.2/turn: Điều 14 khoản 3 [A-34]";
    refused(&world, of_site("so-y-te"), ConductStep::RequestHandover, "2023-06-15T10:01", early);
    let store = ConductStep::StoreRecording { place: "kho lưu trữ MCU".to_owned() };
    permitted(&mut world, mcu(), store, "2023-06-15T11:00");
    permitted(&mut world, of_site("so-y-te"), ConductStep::RequestHandover, "2023-06-20T09:00");
    refused(&world, mcu(), ConductStep::HandOver { document: None }, "2023-06-22T23:59", "Permit");
    let late = "Permit 14.3/overdue: Điều 14 khoản 3 [A-12 A-19]";
    refused(&world, mcu(), ConductStep::HandOver { document: None }, "2023-06-23T00:00", late);
}

/// The same session, had it been secret.
fn secret(world: World) -> World {
    let mut facts = world.registry.facts();
    facts.sessions[0].classification = Classification::Mat;
    World { registry: lhtt_core::Registry::from_facts(facts).unwrap(), ..world }
}
