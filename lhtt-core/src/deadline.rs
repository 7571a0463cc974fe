//! What is due next, and what was not done in time (regulation text, Điều 12, 14, 15, 18; A-08, A-09, A-12, A-14).
//!
//! Nobody has to ask: both are found by time alone, from the facts and the time they are asked at. Leaves out: telling anybody.

use crate::citation::Citation;
use crate::civil::Moment;
use crate::finding::{DutyHolder, Finding};
use crate::ids::{RegistrationId, SessionId, SiteId};
use crate::registry::{Registration, RegistrationState, Registry, Session};
use crate::report::{Period, Tt01Due, tt01_dues};
use crate::rules::article_12::{REHEARSAL, REPLY, rehearsal, reply};
use crate::rules::article_14::recording;
use crate::rules::article_18;
use crate::submission::{Member, Path};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Something that is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Deadline {
    /// What.
    pub what: Duty,
    /// Of what.
    pub of: Subject,
    /// When, as people say it: 24:00 of a day is 00:00 of the next.
    pub due: Moment,
    /// The first moment that is late. With deadlines in hours the due moment itself is in time; with days it is not.
    pub late_from: Moment,
    /// Where it stands.
    pub citation: Citation,
    /// Whose duty it is.
    pub duty_holder: DutyHolder,
    /// What should be known of the date: `calendar_unconfirmed`, `late_request`, `not_a_working_day`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<&'static str>,
}

/// What can be due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Duty {
    /// The operator's answer to a registration (Điều 12 khoản 2 điểm b).
    Reply,
    /// The rehearsal of a session (Điều 12 khoản 2 điểm b).
    Rehearsal,
    /// The hand-over of a recording (Điều 14 khoản 3).
    Handover,
    /// The yearly data on meetings (Điều 18 khoản 6).
    YearlyData,
    /// The half-yearly report (Điều 15 khoản 2 điểm đ), where the profile gives it a day.
    HalfYearReport,
    /// The end of somebody's leave to use a personal terminal (Điều 6 khoản 8).
    AccessEnd,
    /// The check of a terminal, by the next session of its site (Điều 8 khoản 3 điểm c, 16 khoản 2, 18 khoản 5).
    DeviceCheck,
    /// The yearly plans (Điều 15 khoản 2 điểm e, 18 khoản 4), where the profile gives them a day.
    Plans,
}

/// What a deadline is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Subject {
    /// A registration.
    Registration(RegistrationId),
    /// A session.
    Session(SessionId),
    /// Something by its name: a period, a step, a site, a device.
    Named(String),
}

/// What is due at `now` or later, the next first.
///
/// ```
/// use lhtt_core::deadline::{Duty, next_deadlines};
/// use lhtt_core::{Moment, Registry};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let facts = r#"{ "registrations": [{ "id": 7, "received_at": "2023-06-14T16:40:00+07:00", "state": "under_review",
///     "submission": { "start": "2023-06-16T08:00:00+07:00" } }] }"#;
/// let registry = Registry::from_facts(serde_json::from_str(facts)?)?;
/// let next = &next_deadlines(&registry, Moment::parse("2023-06-14T17:00:00+07:00")?)[0];
/// assert_eq!((next.what, next.due.rfc3339().as_str()), (Duty::Reply, "2023-06-14T18:40:00+07:00"));
/// assert_eq!(next.citation.key(), "Điều 12 khoản 2 điểm b gạch đầu dòng thứ nhất");
/// # Ok(())
/// # }
/// ```
pub fn next_deadlines(registry: &Registry, now: Moment) -> Vec<Deadline> {
    let mut deadlines: Vec<_> = registry.registrations().filter_map(|one| reply_of(registry, one)).collect();
    deadlines.extend(registry.sessions().filter_map(|session| rehearsal_of(registry, session, now)));
    deadlines.extend(registry.sessions().filter_map(|session| handover(registry, session)));
    deadlines.extend(reports(registry, now));
    deadlines.extend(access_ends(registry));
    deadlines.extend(device_checks(registry, now));
    deadlines.retain(|deadline| now < deadline.late_from);
    deadlines.sort_by(|one, other| (one.due, one.what, &one.of).cmp(&(other.due, other.what, &other.of)));
    deadlines
}

/// What was not done in time and is not done yet, as breaches with their duty-holders.
///
/// ```
/// use lhtt_core::deadline::breaches;
/// use lhtt_core::{Moment, Registry};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let facts = r#"{ "registrations": [{ "id": 7, "received_at": "2023-06-14T16:40:00+07:00", "state": "under_review",
///     "submission": { "start": "2023-06-16T08:00:00+07:00" } }] }"#;
/// let registry = Registry::from_facts(serde_json::from_str(facts)?)?;
/// assert_eq!(breaches(&registry, Moment::parse("2023-06-14T18:40:00+07:00")?), []);
/// let late = breaches(&registry, Moment::parse("2023-06-14T18:40:00.001+07:00")?);
/// assert_eq!(late[0].citations[0].ascii(), "Dieu 12 khoan 2 diem b gach dau dong thu nhat");
/// # Ok(())
/// # }
/// ```
pub fn breaches(registry: &Registry, now: Moment) -> Vec<Finding> {
    let replies = registry.registrations().flat_map(|registration| reply::overdue(registry, registration, now));
    let mut findings: Vec<_> = replies.map(|(_, finding)| finding).collect();
    let sessions = registry.sessions().flat_map(|session| {
        let rehearsal = rehearsal_of(registry, session, now).filter(|deadline| deadline.late_from <= now);
        let missing =
            rehearsal.and_then(|_| rehearsal::has_passed(session, registry.conduct().course(session.id)?, now));
        let late = handover(registry, session).and_then(|one| recording::still_due(session, one.late_from, now));
        missing.map(as_breach).into_iter().chain(late)
    });
    findings.extend(sessions);
    findings.sort_unstable();
    findings
}

/// What would need an override at the start is the operator's breach once its time is over.
fn as_breach(finding: Finding) -> Finding {
    finding.once_overridden()
}

/// The rehearsal, while a session that has not begun has none (Điều 12 khoản 2 điểm b, A-09).
fn rehearsal_of(registry: &Registry, session: &Session, now: Moment) -> Option<Deadline> {
    let state = registry.conduct().state(session.id);
    let rehearsed = registry.conduct().course(session.id).is_some_and(|course| course.has_rehearsed(now));
    let awaits = session.ended.is_none() && state.is_before_session() && !rehearsed;
    let due = rehearsal::due(session.start);
    awaits.then(|| Deadline {
        what: Duty::Rehearsal,
        of: Subject::Session(session.id),
        due,
        late_from: after(due),
        citation: REHEARSAL,
        duty_holder: DutyHolder::TrungTam,
        flags: Vec::new(),
    })
}

/// The hand-over of a recording, until it is done (Điều 14 khoản 3, A-12).
fn handover(registry: &Registry, session: &Session) -> Option<Deadline> {
    let recording = &registry.conduct().course(session.id)?.recording;
    let handover =
        recording::handover(registry, session, recording).filter(|_| recording.handed_over.is_none())?.ok()?;
    let unconfirmed = handover.due.is_unconfirmed().then_some("calendar_unconfirmed");
    let late_request = handover.late_request.then_some("late_request");
    let of = Subject::Session(session.id);
    let flags = unconfirmed.into_iter().chain(late_request).collect();
    Some(Deadline { flags, ..by_the_end_of(Duty::Handover, of, handover.due.late_from, HANDOVER) })
}

fn awaits_reply(registry: &Registry, registration: &Registration) -> bool {
    let answered = registry.planning().answered(registration.id, registration.revision).is_some();
    !answered
        && matches!(registration.state, RegistrationState::UnderReview | RegistrationState::Incomplete)
        && registration.submission.path == Path::Register
}

/// The operator's answer, while a registration waits for it.
fn reply_of(registry: &Registry, registration: &Registration) -> Option<Deadline> {
    let due = registration.reply_due();
    awaits_reply(registry, registration).then(|| Deadline {
        what: Duty::Reply,
        of: Subject::Registration(registration.id),
        due,
        late_from: after(due),
        citation: REPLY,
        duty_holder: DutyHolder::TrungTam,
        flags: Vec::new(),
    })
}

/// Reports and plans: the next of each.
fn reports(registry: &Registry, now: Moment) -> Vec<Deadline> {
    let reporting = &registry.profile_at(now).reporting;
    let years = [now.date().year(), now.date().year().saturating_add(1)];
    let to_come = |deadline: &Deadline| now < deadline.late_from;
    let of_years = years.map(|year| tt01_dues(reporting, registry.calendar_at(now), year).1);
    let steps = reporting.tt01.iter().filter_map(|step| {
        let dues = of_years.iter().flatten().filter(|due| due.step == *step);
        dues.map(yearly_data).find(to_come)
    });
    let mut deadlines: Vec<_> = steps.collect();
    if let Some(reminder) = reporting.plan_reminder {
        let plans = years.into_iter().filter_map(|year| {
            let of = Subject::Named(format!("{}", year.saturating_add(1)));
            Some(by_the_end_of(Duty::Plans, of, reminder.of(year)?.end(), PLANS))
        });
        deadlines.extend(plans.into_iter().find(to_come));
    }
    deadlines.extend(half_years(registry, now).into_iter().flatten().find(to_come));
    deadlines
}

fn yearly_data(due: &Tt01Due) -> Deadline {
    let of = Subject::Named(format!("{}/{}", due.due.year(), due.step.id));
    let flags = if due.not_worked { vec!["not_a_working_day"] } else { Vec::new() };
    let duty_holder = DutyHolder::Member;
    Deadline { flags, duty_holder, ..by_the_end_of(Duty::YearlyData, of, due.due.end(), YEARLY_DATA) }
}

/// The reports of the half year that ended last and of the running one, where the profile says when they are due.
fn half_years(registry: &Registry, now: Moment) -> [Option<Deadline>; 2] {
    let reporting = &registry.profile_at(now).reporting;
    let running = Period::half_of(now, reporting.cycle);
    let last = Period::half_of(running.window(reporting.cycle).from.yesterday().start(), reporting.cycle);
    [last, running].map(|period| {
        let ended = period.window(reporting.cycle).until;
        let due = registry.calendar_at(now).working_days_after(ended.start(), reporting.due_working_days?).ok()?;
        let flags = if due.is_unconfirmed() { vec!["calendar_unconfirmed"] } else { Vec::new() };
        let of = Subject::Named(period.name().vi.into_owned());
        Some(Deadline { flags, ..by_the_end_of(Duty::HalfYearReport, of, due.late_from, STATISTICS) })
    })
}

/// The ends of grants that were not taken back. Each is named by its terminal and its place among the grants, from 1.
fn access_ends(registry: &Registry) -> impl Iterator<Item = Deadline> {
    let grants = registry.estate().endpoints.iter().filter(|(_, endpoint)| !endpoint.retired).flat_map(|(id, one)| {
        let numbered = one.access.iter().zip(1_usize..).filter(|(grant, _)| grant.revoked_at.is_none());
        numbered.map(move |(grant, number)| (format!("{id}/{number}"), grant.valid_until.end()))
    });
    grants.map(|(name, end)| by_the_end_of(Duty::AccessEnd, Subject::Named(name), end, ACCESS))
}

/// Terminals that are not in order, by the start of the next session that their site is listed in: they join nothing until
/// then. Without one nothing is due; the report lists them all.
fn device_checks(registry: &Registry, now: Moment) -> Vec<Deadline> {
    let waiting = registry.devices_due().filter_map(|(id, one)| {
        let missing = article_18::awaits_check(registry, id, one, now.date())?;
        Some((id, &one.site, *missing.citations.first()?))
    });
    let waiting: Vec<_> = waiting.collect();
    let sites: BTreeSet<_> = waiting.iter().map(|(_, site, _)| *site).collect();
    let mut next: BTreeMap<&SiteId, Moment> = BTreeMap::new();
    let to_come = |session: &&Session| now < session.start && session.ended.is_none() && !session.cancelled;
    for session in registry.sessions().filter(|_| !sites.is_empty()).filter(to_come) {
        for seat in &session.seats {
            if let Member::Site(site) = &seat.member
                && sites.contains(site)
            {
                let start = next.entry(site).or_insert(session.start);
                *start = session.start.min(*start);
            }
        }
    }
    let due = waiting.into_iter().filter_map(|(id, site, citation)| {
        let of = Subject::Named(id.to_string());
        let duty_holder = DutyHolder::Member;
        Some(Deadline { duty_holder, ..by_the_end_of(Duty::DeviceCheck, of, *next.get(site)?, citation) })
    });
    due.collect()
}

fn by_the_end_of(what: Duty, of: Subject, end: Moment, citation: Citation) -> Deadline {
    let duty_holder = DutyHolder::ManagingAuthority;
    Deadline { what, of, due: end, late_from: end, citation, duty_holder, flags: Vec::new() }
}

/// The first moment after one that is still in time.
fn after(due: Moment) -> Moment {
    Moment::from_unix_millis(due.unix_millis() + 1)
}

const HANDOVER: Citation = Citation::article(14).clause(3);
const ACCESS: Citation = Citation::article(6).clause(8);
const STATISTICS: Citation = Citation::article(15).clause(2).point('đ');
const PLANS: Citation = Citation::article(15).clause(2).point('e');
const YEARLY_DATA: Citation = Citation::article(18).clause(6);
