//! What stays of a session for the reports: compact, of bounded size, made when it ends and anew with whatever is recorded
//! of it afterwards. The agency's level is that of the time when it ended, so that a later change of the configuration moves
//! no figure of the past.

use crate::civil::Moment;
use crate::ids::{OrganizationId, RegistrationId, SessionId, SiteId};
use crate::registry::{Attendance, Mark, Registry, Session, Tier};
use crate::route::IncidentKind;
use crate::rules::article_14::recording;
use crate::submission::{Emergency, Path, Submission, Urgency};
use serde::{Deserialize, Serialize};

/// A session, as the reports count it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SessionRecord {
    /// Which.
    pub id: SessionId,
    /// The registration it comes from.
    pub registration: RegistrationId,
    /// The chairing agency.
    pub agency: OrganizationId,
    /// Its level then.
    pub tier: Tier,
    /// The kind of meeting by its letter in Quyết định 45/2018 Điều 7 khoản 2; `other`; empty where it was not stated.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// Normal, urgent, or sudden without an emergency.
    pub urgency: UrgencyClass,
    /// How it came to the operator.
    pub way: Way,
    /// Whether state secrets were concerned.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub secret: bool,
    /// Whether it took place: it was started, or somebody was there.
    pub held: bool,
    /// The planned start.
    pub planned: Moment,
    /// Its start: as recorded, else as planned.
    pub start: Moment,
    /// Its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Moment>,
    /// Which sites were there, and how long.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<SiteTime>,
    /// When a rehearsal first passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rehearsed: Option<Moment>,
    /// Its incidents, in the order of their reports.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub incidents: Vec<IncidentRecord>,
    /// The hand-over of its recording, where one was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handover: Option<HandoverRecord>,
    /// Overrides of findings against its start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<OverrideRecord>,
}

/// The time a site was there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SiteTime {
    /// Which site.
    pub site: SiteId,
    /// How long, milliseconds.
    pub millis: u64,
}

/// An incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct IncidentRecord {
    /// When it was reported.
    pub at: Moment,
    /// Its kind, as the journal writes it: `endpoint`, `line`, `power`, `mcu`.
    pub kind: String,
}

/// A hand-over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HandoverRecord {
    /// The first moment that is late; none where the calendar does not cover the days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_from: Option<Moment>,
    /// When it was handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<Moment>,
}

/// An override.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OverrideRecord {
    /// When.
    pub at: Moment,
    /// Who.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// How urgent a session was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum UrgencyClass {
    /// "Thông thường".
    Normal,
    /// "Đột xuất, khẩn cấp".
    Urgent,
    /// "Đột xuất" without an emergency.
    AdHoc,
}

/// How a session came to the operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Registered (Điều 11 khoản 2, 3).
    Registered,
    /// Notified (Điều 11 khoản 1).
    Notified,
    /// Convened by a peer.
    Convened,
}

impl SessionRecord {
    /// What is to be kept of a session, from the facts of now. `before` is what was kept of it already.
    pub(crate) fn of(registry: &Registry, session: &Session, before: Option<&Self>) -> Self {
        let submission = registry.registration(session.registration).map(|one| &one.submission);
        let tier = || registry.organization(&session.agency).and_then(|agency| agency.tier).unwrap_or_default();
        let ended_at = session.ended.as_ref().map(|end| end.at);
        let mut record = Self {
            id: session.id,
            registration: session.registration,
            agency: session.agency.clone(),
            tier: before.map_or_else(tier, |before| before.tier),
            kind: submission.map_or_else(String::new, kind),
            urgency: submission.map_or(UrgencyClass::Normal, urgency),
            way: submission.map_or(Way::Registered, way),
            secret: registry.is_or_was_secret(session),
            held: ended_at.is_some() && !session.cancelled,
            planned: session.start,
            start: session.start,
            ended_at,
            sites: Vec::new(),
            rehearsed: None,
            incidents: Vec::new(),
            handover: None,
            overrides: Vec::new(),
        };
        record.follow(registry, session);
        record
    }

    /// What its course adds.
    fn follow(&mut self, registry: &Registry, session: &Session) {
        let Some(course) = registry.conduct().course(session.id) else { return };
        let started = course.started.as_ref().map(|stamp| stamp.at);
        self.start = started.unwrap_or(self.start);
        self.sites = course.attendance.iter().filter_map(|(site, attendance)| self.time_of(site, attendance)).collect();
        self.held = !session.cancelled && (self.held || started.is_some() || !self.sites.is_empty());
        let passed = course.rehearsals.iter().filter(|one| one.result == Mark::Pass);
        self.rehearsed = passed.map(|one| one.at).min();
        let kind = |kind| match kind {
            IncidentKind::Endpoint => "endpoint",
            IncidentKind::Line => "line",
            IncidentKind::Power => "power",
            IncidentKind::Mcu => "mcu",
        };
        let incidents = course.incidents.iter().take(INCIDENTS_MAX);
        self.incidents = incidents.map(|one| IncidentRecord { at: one.at, kind: kind(one.kind).to_owned() }).collect();
        self.overrides = course
            .start_overrides
            .iter()
            .map(|one| OverrideRecord { at: one.at, by: one.by.vi(), reason: one.reason.clone() })
            .collect();
        self.handover = recording::handover(registry, session, &course.recording).map(|handover| HandoverRecord {
            late_from: handover.ok().map(|handover| handover.due.late_from),
            done: course.recording.handed_over.as_ref().map(|transfer| transfer.at),
        });
    }

    /// How long a site was in the session itself, if it was there at all.
    fn time_of(&self, site: &SiteId, attendance: &Attendance) -> Option<SiteTime> {
        let episodes = attendance.within(Some(self.start), self.ended_at);
        let lengths = episodes.iter().filter_map(|one| Some(one.until?.unix_millis() - one.from.unix_millis()));
        let millis = u64::try_from(lengths.sum::<i64>()).unwrap_or(0);
        (!episodes.is_empty()).then(|| SiteTime { site: site.clone(), millis })
    }

    /// How long it was, milliseconds; nothing while it runs.
    pub fn millis(&self) -> u64 {
        let length = self.ended_at.map_or(0, |end| end.unix_millis() - self.start.unix_millis());
        u64::try_from(length).unwrap_or(0)
    }
}

/// Incidents that are kept of one session; further ones stand in its course.
const INCIDENTS_MAX: usize = 1_000;
/// How a kind is written that has no letter.
const OTHER: &str = "other";

fn kind(submission: &Submission) -> String {
    submission.kind.as_ref().map_or_else(String::new, |kind| kind.letter().map_or(OTHER.to_owned(), String::from))
}

fn urgency(submission: &Submission) -> UrgencyClass {
    match (&submission.urgency, submission.emergency) {
        (Urgency::Normal, _) => UrgencyClass::Normal,
        (Urgency::Urgent(_), Some(Emergency::AdHoc)) => UrgencyClass::AdHoc,
        (Urgency::Urgent(_), _) => UrgencyClass::Urgent,
    }
}

fn way(submission: &Submission) -> Way {
    match submission.path {
        Path::Register => Way::Registered,
        Path::Notify => Way::Notified,
        Path::Convene => Way::Convened,
    }
}
