//! The course of a session: which rules an act concerns, and what it changes (Điều 12 khoản 2 điểm b, c, 13, 14).

mod before;
mod closing;
mod handing;
mod recording;
mod running;

use super::{floor, version};
use crate::actor::Actor;
use crate::actor::action::Action;
use crate::change::{Change, ConductChange, Happened};
use crate::citation::Citation;
use crate::civil::Moment;
use crate::decision::Decision;
use crate::finding::Finding;
use crate::ids::SiteId;
use crate::registry::{Course, Registry, Session, SessionState};
use crate::request::{ConductAct, ConductStep};
use crate::rules::article_13::{run, site};
use crate::rules::article_14::materials;
use crate::rules::{article_03, role};
use crate::submission::Member;
use crate::time::Wall;

pub(super) fn decide(registry: &Registry, act: &ConductAct, at: Wall) -> Decision {
    let Some(session) = registry.session(act.session) else {
        return Decision::from_findings(version(at), at, vec![run::unknown_session(act.session)], Vec::new());
    };
    if session.classification.is_open() {
        return of(registry, session, act, at);
    }
    // Of a secret session no words are kept, and nobody is told more than that it is refused.
    of(registry, session, &act.without_words(), at).bare()
}

fn of(registry: &Registry, session: &Session, act: &ConductAct, at: Wall) -> Decision {
    let nothing = Course::default();
    let course = registry.conduct().course(session.id).unwrap_or(&nothing);
    let scene = Scene { registry, session, course, actor: &act.actor, at };
    before_session(&scene, &act.what)
        .or_else(|| in_session(&scene, &act.what))
        .unwrap_or_else(|| after_session(&scene, &act.what))
}

fn before_session(scene: &Scene<'_>, step: &ConductStep) -> Option<Decision> {
    Some(match step {
        ConductStep::AssignDuty { post, name } => before::assign_duty(scene, post, name.as_deref()),
        ConductStep::SelfCheck { site, items } => before::self_check(scene, site, items),
        ConductStep::ScheduleRehearsal { for_time } => before::schedule_rehearsal(scene, *for_time),
        ConductStep::RecordRehearsal { result, sites, note } => {
            before::record_rehearsal(scene, *result, sites, note.as_deref())
        }
        ConductStep::OverrideStart { reason } => before::override_start(scene, reason),
        _ => return None,
    })
}

fn in_session(scene: &Scene<'_>, step: &ConductStep) -> Option<Decision> {
    Some(match step {
        ConductStep::Start => running::start(scene),
        ConductStep::Suspend { cause } => running::suspend(scene, *cause),
        ConductStep::Resume => running::resume(scene),
        ConductStep::SiteLost { site } => running::site_lost(scene, site),
        ConductStep::SiteBack { site } => running::site_back(scene, site),
        ConductStep::McuLost { since } => running::mcu_lost(scene, *since),
        ConductStep::ReportIncident { kind, site, note } => {
            running::report_incident(scene, *kind, site.as_ref(), note.as_deref())
        }
        ConductStep::AskAttendance { sites } => running::ask_attendance(scene, sites),
        ConductStep::AnswerAttendance { site, people, document } => {
            running::answer_attendance(scene, site, people, document.as_ref())
        }
        ConductStep::ReportOutage { site, text } => running::report_outage(scene, site, text),
        _ => return None,
    })
}

fn after_session(scene: &Scene<'_>, step: &ConductStep) -> Decision {
    match step {
        ConductStep::EndIdle => closing::end_idle(scene),
        ConductStep::CloseItem { site, item } => closing::close_item(scene, site.as_ref(), *item),
        ConductStep::WaiveClosing { site, reason } => closing::waive(scene, site.as_ref(), reason),
        ConductStep::RecoverDocuments { document } => closing::recover_documents(scene, document.as_ref()),
        ConductStep::RequestRecording => recording::request(scene),
        ConductStep::StartRecording => recording::start(scene, false),
        ConductStep::StoreRecording { place } => recording::store(scene, place),
        ConductStep::RequestHandover => recording::request_handover(scene),
        ConductStep::HandOver { document } => recording::hand_over(scene, document.as_ref()),
        ConductStep::RequestMaterials { organization, what, purpose } => {
            handing::request(scene, organization, *what, purpose.as_deref())
        }
        ConductStep::AnswerMaterials { request, granted, note } => {
            handing::answer(scene, *request, *granted, note.as_deref())
        }
        ConductStep::HandMaterials { request, document } => handing::hand_over(scene, *request, document.as_ref()),
        // Handled before; nothing is permitted by falling through.
        _ => scene.conclude(vec![run::unknown_session(scene.session.id)], None),
    }
}

/// What it means for the recording of a session that the Centre begins or stops it on the chair's word.
pub(super) fn recording_by_intervention(
    registry: &Registry,
    session: &Session,
    actor: &Actor,
    stops: Option<Option<&str>>,
    at: Wall,
) -> Decision {
    let nothing = Course::default();
    let course = registry.conduct().course(session.id).unwrap_or(&nothing);
    let scene = Scene { registry, session, course, actor, at };
    match stops {
        None => recording::start(&scene, true),
        Some(place) => recording::stop(&scene, place),
    }
}

/// One act: the session it is about, who acts and when.
struct Scene<'a> {
    registry: &'a Registry,
    session: &'a Session,
    course: &'a Course,
    actor: &'a Actor,
    at: Wall,
}

impl Scene<'_> {
    fn now(&self) -> Moment {
        self.at.into()
    }

    fn state(&self) -> SessionState {
        self.course.state
    }

    fn is_secret(&self) -> bool {
        !self.session.classification.is_open()
    }

    /// Whether it is secret, or was.
    fn was_secret(&self) -> bool {
        self.is_secret() || self.registry.secrecy().was_secret(self.session.id)
    }

    /// Refuses whoever may not do this.
    fn may(&self, action: Action) -> Option<Finding> {
        role::may(self.registry, self.actor, Some(self.session), action, self.now())
    }

    /// Refuses whoever may not start or end a session, and a chair whose site does not control it.
    fn may_run(&self) -> Vec<Finding> {
        floor::may_run(self.registry, self.session, self.actor, self.now())
    }

    /// Refuses whoever does not report for the own site, and a site that is not on the list. `place` says that it reports.
    fn may_report_for(&self, site: &SiteId, place: Citation) -> Vec<Finding> {
        let may = self.may(Action::ReportSite);
        let own = may.is_none().then(|| site::own(self.actor, site, place)).flatten();
        may.into_iter().chain(own).chain(self.listed(site)).collect()
    }

    /// Refuses whoever does not act for the agency that chairs: for a recording by A-34, for materials by the text itself.
    fn by_chair_agency(&self, action: Action, place: Citation) -> Vec<Finding> {
        match self.may(action) {
            Some(refused) if action == Action::AskRecording => vec![refused.reading(34)],
            Some(refused) => vec![refused],
            None => materials::chair_agency(self.registry, self.session, self.actor, place).into_iter().collect(),
        }
    }

    fn listed(&self, site: &SiteId) -> Option<Finding> {
        let member = Member::Site(site.clone());
        article_03::invited(self.registry, self.session, &member).err().map(|finding| *finding)
    }

    /// The sites on the list.
    fn sites(&self) -> impl Iterator<Item = &SiteId> {
        self.session.seats.iter().filter_map(|seat| match &seat.member {
            Member::Site(site) => Some(site),
            Member::Peer(_) => None,
        })
    }

    /// The decision of these findings, on the clause of its event. What happened is refused where the session's state does not allow it.
    fn conclude(&self, mut findings: Vec<Finding>, happened: impl Into<Option<Happened>>) -> Decision {
        let mut changes = Vec::new();
        let happened = happened.into();
        let event = happened.as_ref().and_then(Happened::event);
        if let Some(happened) = happened {
            let next = match event {
                Some(event) => self.state().after(event).ok_or(event),
                None => Ok(self.state()),
            };
            match next {
                Ok(state) => {
                    let (session, at) = (self.session.id, self.now());
                    changes.push(Change::Conduct(Box::new(ConductChange { session, state, at, happened })));
                }
                Err(event) => findings.push(run::out_of_turn(self.session, self.state(), event)),
            }
        }
        let decision = Decision::from_findings(version(self.at), self.at, findings, changes);
        // Where an act has no ground of its own, it has that of its place in the course of a session.
        match event {
            Some(event) => decision.on_clause(event.citation()),
            None => decision,
        }
    }
}
