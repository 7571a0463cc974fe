//! Sessions as they run: rehearsal, start, attendance, incidents, closing, recording, hand-over (Điều 12 khoản 2 điểm b, c,
//! 13, 14). A session without an entry is accepted, and nothing is recorded of it.

mod attendance;
mod closing;
mod course;
mod machine;
mod materials;
mod recording;

pub use attendance::{Attendance, AttendanceList, Episode, OutageRecord, OutageReport};
pub use closing::{Closing, ClosingItem, Done, Recovery, SiteClosing, Waiver};
pub use course::{
    Course, Duty, Incident, Mark, Post, Rehearsal, SelfCheck, Stamp, StartOverride, Suspension, SuspensionCause,
};
pub use machine::{SessionEvent, SessionState};
pub use materials::{Material, MaterialAnswer, MaterialRequest};
pub use recording::{Recording, RecordingEvent, RecordingState, Stored, Transfer};

use super::{Contradiction, Joined, Session};
use crate::change::{ConductChange, Happened};
use crate::civil::Moment;
use crate::ids::{SessionId, SiteId};
use crate::request::Actor;
use crate::submission::Member;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The facts of this area.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Conduct {
    /// The course of each session.
    pub sessions: BTreeMap<SessionId, Course>,
}

impl Conduct {
    /// The course of a session, if anything is recorded of it.
    pub fn course(&self, session: SessionId) -> Option<&Course> {
        self.sessions.get(&session)
    }

    /// Where an accepted session stands.
    pub fn state(&self, session: SessionId) -> SessionState {
        self.sessions.get(&session).map_or(SessionState::Accepted, |course| course.state)
    }

    /// Applies one change; checked whole before anything is touched.
    pub(crate) fn apply(&mut self, change: &ConductChange) -> Result<(), Contradiction> {
        let ConductChange { session, state, at, happened } = change;
        let expected = match happened.event() {
            Some(event) => self.state(*session).after(event),
            None => Some(self.state(*session)),
        };
        if expected != Some(*state) {
            return Err(Contradiction::OutOfTurn { what: "session", id: session.to_string() });
        }
        if let Happened::MaterialsAnswered { request, .. } | Happened::MaterialsHanded { request, .. } = happened {
            let unknown = || Contradiction::Unknown { what: "request for materials", id: request.to_string() };
            self.course(*session).and_then(|course| course.material(*request)).ok_or_else(unknown)?;
        }
        let course = self.sessions.entry(*session).or_default();
        course.state = *state;
        course.record(happened, *at);
        Ok(())
    }

    /// What the session itself says of its state, whatever its course says: it has ended, was called off, is a peer's.
    pub(crate) fn agree_with(&mut self, session: &Session) {
        let state = self.state(session.id);
        let said = match (session.cancelled, &session.ended, &session.convened) {
            (true, ..) => SessionState::Cancelled,
            (false, Some(_), _) if !state.is_over() => SessionState::Ended,
            (false, None, Some(_)) if state == SessionState::Accepted => SessionState::PeerConvened,
            _ => return,
        };
        self.sessions.entry(session.id).or_default().state = said;
    }

    /// A leg of a session came; `first` if its member had none.
    pub(crate) fn on_joined(&mut self, joined: &Joined, first: bool) {
        let course = self.sessions.entry(joined.session).or_default();
        course.empty_since = None;
        if let (Member::Site(site), true) = (&joined.member, first) {
            course.attendance_of(site).open(joined.at);
        }
    }

    /// A leg of a session went; `last` if its member has no other, `empty` if the session has none.
    pub(crate) fn on_left(&mut self, joined: &Joined, at: Option<Moment>, lost: bool, last: bool, empty: bool) {
        let Some(course) = self.sessions.get_mut(&joined.session) else { return };
        if let (Member::Site(site), true) = (&joined.member, last) {
            course.attendance_of(site).close(at, lost);
        }
        if empty {
            course.empty_since = at;
        }
    }

    /// A running session waits for its dossier.
    pub(crate) fn suspend_for_secrecy(&mut self, session: SessionId, at: Moment, by: &Actor) {
        if let Some(course) = self.sessions.get_mut(&session).filter(|course| course.state.is_running()) {
            course.state = SessionState::Suspended;
            course.suspend(Suspension { from: at, until: None, cause: SuspensionCause::Secrecy, by: by.clone() });
        }
    }

    /// Its dossier is complete: it goes on, unless it is interrupted for another cause since.
    pub(crate) fn resume_from_secrecy(&mut self, session: SessionId, at: Moment) {
        let course = self.sessions.get_mut(&session);
        if let Some(course) =
            course.filter(|course| course.suspension().is_some_and(|one| one.cause == SuspensionCause::Secrecy))
        {
            course.state = SessionState::InSession;
            course.resume(at);
        }
    }

    /// A session has ended: with it every attendance and every interruption.
    pub(crate) fn on_ended(&mut self, session: SessionId, at: Moment) {
        let course = self.sessions.entry(session).or_default();
        course.state = SessionState::Ended;
        course.attendance.values_mut().for_each(|attendance| attendance.close(Some(at), false));
        if let Some(suspension) = course.suspensions.last_mut().filter(|one| one.until.is_none()) {
            suspension.until = Some(at.max(suspension.from));
        }
    }
}

impl Course {
    /// A request for materials by its number.
    pub fn material(&self, id: u32) -> Option<&MaterialRequest> {
        self.materials.iter().find(|one| one.id == id)
    }

    /// The sites that close: those that attended; where no attendance is known, all that are listed.
    pub fn sites_to_close<'a>(&'a self, session: &'a Session) -> impl Iterator<Item = &'a SiteId> {
        let attended = |site: &SiteId| self.attendance.get(site).is_some_and(|one| !one.episodes.is_empty());
        let any = self.attendance.values().any(|one| !one.episodes.is_empty());
        session.seats.iter().filter_map(move |seat| match &seat.member {
            Member::Site(site) => (!any || attended(site)).then_some(site),
            Member::Peer(_) => None,
        })
    }

    /// Whether everything of its closing is done or waived; of a `secret` session its documents are got back, too.
    pub fn is_closed(&self, session: &Session, secret: bool) -> bool {
        let recovered = !secret || self.closing.documents_recovered.is_some();
        recovered && self.closing.is_complete(self.sites_to_close(session))
    }

    fn attendance_of(&mut self, site: &SiteId) -> &mut Attendance {
        if !self.attendance.contains_key(site) {
            self.attendance.insert(site.clone(), Attendance::default());
        }
        self.attendance.entry(site.clone()).or_default()
    }

    fn record(&mut self, happened: &Happened, at: Moment) {
        match happened.clone() {
            Happened::DutyAssigned { post, name, .. } => self.duty.assign(&post, name.as_deref()),
            Happened::SelfChecked { site, check, .. } => drop(self.self_checks.insert(site, check)),
            Happened::RehearsalScheduled { for_time, .. } => self.rehearsal_at = Some(for_time),
            Happened::Rehearsed(rehearsal) => self.rehearsals.push(rehearsal),
            Happened::StartOverridden(overridden) => self.start_overrides.push(overridden),
            Happened::Started { by } => self.started = Some(Stamp { at, by }),
            Happened::Suspended { cause, by } | Happened::McuLost { cause, by, .. } => {
                self.suspend(Suspension { from: at, until: None, cause, by });
            }
            Happened::Resumed { .. } => self.resume(at),
            Happened::SiteLost { site, .. } => self.attendance_of(&site).close(Some(at), true),
            Happened::SiteBack { site, .. } => self.attendance_of(&site).open(at),
            Happened::IncidentReported(incident) => self.incidents.push(incident),
            Happened::AttendanceAsked { sites, .. } => {
                sites.iter().for_each(|site| self.attendance_of(site).list_asked = Some(at));
            }
            Happened::AttendanceAnswered { site, list } => self.attendance_of(&site).list = Some(list),
            Happened::OutageReported { site, report } => self.attendance_of(&site).reports.push(report),
            Happened::ItemClosed { site, item, by, .. } => self.closing.record(site, item, Done { at, by }),
            Happened::ItemWaived { site, waiver, .. } => self.closing.waive(site, waiver),
            Happened::DocumentsRecovered { recovery, .. } => self.closing.documents_recovered = Some(recovery),
            Happened::RecordingRequested { .. } => self.recording.requested = self.recording.requested.or(Some(at)),
            Happened::RecordingStarted { .. } => {
                self.recording.started = Some(at);
                self.recording.stored = None;
            }
            Happened::RecordingStored { stored } => self.recording.stored = Some(stored),
            Happened::HandoverRequested { .. } => self.recording.handover_requested = Some(at),
            Happened::HandedOver { transfer } => self.recording.handed_over = Some(transfer),
            Happened::MaterialsRequested(request) => self.materials.push(request),
            Happened::MaterialsAnswered { request, answer } => {
                if let Some(found) = self.materials.iter_mut().find(|one| one.id == request) {
                    found.answer = Some(answer);
                }
            }
            Happened::MaterialsHanded { request, transfer } => {
                if let Some(found) = self.materials.iter_mut().find(|one| one.id == request) {
                    found.transfer = Some(transfer);
                }
            }
        }
    }

    fn resume(&mut self, at: Moment) {
        if let Some(suspension) = self.suspensions.last_mut() {
            suspension.until = Some(at.max(suspension.from));
        }
    }

    /// A further cause takes the place of the one that lasts: the earlier one ends where it begins.
    fn suspend(&mut self, suspension: Suspension) {
        if let Some(last) = self.suspensions.last_mut().filter(|last| last.until.is_none()) {
            last.until = Some(suspension.from.max(last.from));
        }
        self.suspensions.push(suspension);
    }
}
