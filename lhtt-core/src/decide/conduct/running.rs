//! A session that runs: its start, interruptions, losses, incidents and attendance.

use super::Scene;
use crate::actor::action::Action;
use crate::change::Happened;
use crate::civil::Moment;
use crate::decide::floor;
use crate::decision::Decision;
use crate::finding::Finding;
use crate::ids::SiteId;
use crate::registry::{AttendanceList, Incident, OutageReport, SessionState, SuspensionCause};
use crate::route::{IncidentKind, Phase, Place, basis, route};
use crate::rules::article_05::law::Law;
use crate::rules::article_12::{rehearsal, self_check, window};
use crate::rules::article_13::{POINT_4B, POINT_4C, attendance, duty, loss};
use crate::rules::{article_05, article_10, article_13, role};
use crate::submission::{Member, Reference};

pub(super) fn start(scene: &Scene<'_>) -> Decision {
    let mut findings = scene.may_run();
    let window = window::open(scene.registry.profile_at(scene.now()), scene.session, scene.at);
    // Who starts it out of its time answers for that, not a member that calls.
    findings.extend(window.map(|finding| finding.duty_of(duty::starter(scene.actor))));
    findings.extend(dossier(scene));
    let overridden = |finding: Finding| match is_overridden(scene, &finding.rule) {
        true => finding.once_overridden(),
        false => finding,
    };
    findings.extend(against_start(scene).into_iter().map(overridden));
    findings.extend(duty::tslcd(scene.course));
    findings.extend(duty::members(scene.session, scene.course));
    findings.extend(self_check::missing(scene.registry, scene.session, scene.course));
    let decision = scene.conclude(findings, Happened::Started { by: scene.actor.clone() });
    match article_10::may_hold(scene.registry, &scene.session.chair_site, scene.now()) {
        true => decision.on(&[article_13::CLAUSE_1]),
        false => decision.on(&[article_10::CLAUSE_1]).relying_on(&[7]),
    }
}

/// Whether an override covers this rule.
fn is_overridden(scene: &Scene<'_>, rule: &str) -> bool {
    let mut overrides = scene.course.start_overrides.iter().filter(|one| one.covers(rule));
    overrides.any(|one| role::overridden(scene.registry, (&one.by, one.at), scene.now()))
}

/// What stands against the start and may be overridden: no rehearsal, nobody at the MCU, nobody at the chair site.
pub(super) fn against_start(scene: &Scene<'_>) -> Vec<Finding> {
    let rehearsed = rehearsal::has_passed(scene.session, scene.course, scene.now());
    let operators = [duty::mcu_operator(scene.course), duty::chair_operator(scene.session, scene.course)];
    rehearsed.into_iter().chain(operators.into_iter().flatten()).collect()
}

/// What a secret session lacks before it may start or go on (Điều 5 khoản 2).
fn dossier(scene: &Scene<'_>) -> Vec<Finding> {
    let (registry, session) = (scene.registry, scene.session);
    let submission = registry.registration(session.registration).map(|one| &one.submission);
    let dossier = registry.secrecy().dossier(session.id, submission);
    match scene.is_secret() {
        true => {
            article_05::dossier::complete(Some(&dossier), session.classification, Law::at(scene.registry, scene.now()))
        }
        false => Vec::new(),
    }
}

pub(super) fn suspend(scene: &Scene<'_>, cause: SuspensionCause) -> Decision {
    scene.conclude(scene.may_run(), Happened::Suspended { cause, by: scene.actor.clone() })
}

pub(super) fn resume(scene: &Scene<'_>) -> Decision {
    let findings = scene.may_run().into_iter().chain(dossier(scene)).collect();
    scene.conclude(findings, Happened::Resumed { by: scene.actor.clone() })
}

pub(super) fn site_lost(scene: &Scene<'_>, site: &SiteId) -> Decision {
    let lost = Happened::SiteLost { site: site.clone(), by: scene.actor.clone() };
    line(scene, site, true, scene.conclude(may_follow(scene, site), lost).on(&[POINT_4C]))
}

pub(super) fn site_back(scene: &Scene<'_>, site: &SiteId) -> Decision {
    let back = Happened::SiteBack { site: site.clone(), by: scene.actor.clone() };
    line(scene, site, false, scene.conclude(may_follow(scene, site), back).on(&[POINT_4C]))
}

/// What it means for the site's place in the queue of speakers (Điều 13 khoản 3 điểm b).
fn line(scene: &Scene<'_>, site: &SiteId, down: bool, mut decision: Decision) -> Decision {
    if decision.is_permit() {
        let member = Member::Site(site.clone());
        decision.changes.extend(floor::site_line(scene.registry, scene.session.id, &member, down, scene.at));
    }
    decision
}

/// The site itself says that it is lost or back, or whoever controls the session.
fn may_follow(scene: &Scene<'_>, site: &SiteId) -> Vec<Finding> {
    match scene.may(Action::AdmitListed) {
        None => scene.listed(site).into_iter().collect(),
        Some(_) => scene.may_report_for(site, POINT_4C),
    }
}

pub(super) fn mcu_lost(scene: &Scene<'_>, since: Moment) -> Decision {
    let mut findings: Vec<_> = scene.may(Action::StartEnd).into_iter().collect();
    findings.extend(loss::past_grace(scene.registry.profile_at(scene.now()), since, scene.now()));
    let lost = Happened::McuLost { since, cause: SuspensionCause::McuLost, by: scene.actor.clone() };
    scene.conclude(findings, lost)
}

pub(super) fn report_incident(
    scene: &Scene<'_>,
    kind: IncidentKind,
    site: Option<&SiteId>,
    note: Option<&str>,
) -> Decision {
    let mut findings: Vec<_> = scene.may(Action::ReportSite).into_iter().collect();
    findings.extend(site.and_then(|site| scene.listed(site)));
    let in_session = scene.state().is_running();
    let (at, by) = (scene.now(), scene.actor.clone());
    let note = note.map(str::to_owned);
    let phase = if in_session { Phase::During } else { Phase::Before };
    let place = if site == Some(&scene.session.chair_site) { Place::Chair } else { Place::Member };
    let (places, readings) = basis(phase, kind, place);
    let to = route(phase, kind, place).to.to_vec();
    let incident = Incident { at, by, site: site.cloned(), kind, route: to, in_session, note };
    scene.conclude(findings, Happened::IncidentReported(incident)).on(places).relying_on(readings)
}

pub(super) fn ask_attendance(scene: &Scene<'_>, sites: &[SiteId]) -> Decision {
    let mut findings: Vec<_> = scene.may(Action::AskAttendance).into_iter().collect();
    findings.extend(sites.iter().filter_map(|site| scene.listed(site)));
    let sites = match sites.is_empty() {
        true => scene.sites().cloned().collect(),
        false => sites.to_vec(),
    };
    scene.conclude(findings, Happened::AttendanceAsked { sites, by: scene.actor.clone() }).on(&[POINT_4B])
}

pub(super) fn answer_attendance(
    scene: &Scene<'_>,
    site: &SiteId,
    people: &[String],
    document: Option<&Reference>,
) -> Decision {
    let mut findings = scene.may_report_for(site, POINT_4B);
    findings.extend(attendance::list_given(people, document));
    findings.extend(attendance::secret_by_reference(scene.session, people));
    let (at, by) = (scene.now(), scene.actor.clone());
    let list = AttendanceList { at, by, people: people.to_vec(), document: document.cloned() };
    scene.conclude(findings, Happened::AttendanceAnswered { site: site.clone(), list }).on(&[POINT_4B])
}

pub(super) fn report_outage(scene: &Scene<'_>, site: &SiteId, text: &str) -> Decision {
    let mut findings = scene.may_report_for(site, POINT_4C);
    findings.extend(attendance::report_says(text));
    let report = OutageReport { at: scene.now(), by: scene.actor.clone(), text: text.to_owned() };
    scene.conclude(findings, Happened::OutageReported { site: site.clone(), report }).on(&[POINT_4C])
}

impl Scene<'_> {
    /// The moment of an end: never before the start.
    pub(super) fn end_at(&self) -> Moment {
        self.course.started.as_ref().map_or(self.now(), |started| self.now().max(started.at))
    }

    pub(super) fn is_running(&self) -> bool {
        self.state() == SessionState::InSession || self.state() == SessionState::Suspended
    }
}
