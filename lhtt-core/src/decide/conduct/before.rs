//! Before a session: duty, self-checks, rehearsal, overrides.

use super::Scene;
use crate::actor::action::Action;
use crate::change::{Change, ConductChange, Happened};
use crate::civil::Moment;
use crate::decision::{Decision, Outcome};
use crate::finding::Finding;
use crate::ids::SiteId;
use crate::registry::{Incident, Mark, Post, Rehearsal, SelfCheck, SessionEvent, StartOverride};
use crate::route::{IncidentKind, Phase, Place, route};
use crate::rules::article_12::{POINT_C, REHEARSAL, rehearsal, self_check as room};
use crate::rules::article_13::duty;
use crate::rules::article_15;
use std::collections::BTreeMap;

pub(super) fn assign_duty(scene: &Scene<'_>, post: &Post, name: Option<&str>) -> Decision {
    let mut findings: Vec<_> = duty::may_assign(scene.registry, scene.actor, scene.session, post).into_iter().collect();
    if let Post::MemberOperator(site) = post {
        findings.extend(scene.listed(site));
    }
    let name = name.map(str::to_owned);
    let assigned = Happened::DutyAssigned { post: post.clone(), name, by: scene.actor.clone() };
    scene.conclude(findings, assigned).on_clause(duty::post_owner(post).0)
}

pub(super) fn self_check(scene: &Scene<'_>, site: &SiteId, items: &SelfCheck) -> Decision {
    let mut findings = scene.may_report_for(site, POINT_C);
    findings.extend(room::open_items(scene.registry, scene.session, site, items));
    let checked = Happened::SelfChecked { site: site.clone(), check: items.clone(), by: scene.actor.clone() };
    scene.conclude(findings, checked)
}

pub(super) fn schedule_rehearsal(scene: &Scene<'_>, for_time: Moment) -> Decision {
    let may = scene.may(Action::AnswerRegistration);
    let now = scene.at.trusted.then(|| scene.now());
    let in_time = rehearsal::announced_in_time(scene.session, scene.course, for_time, now);
    let findings = may.into_iter().chain(in_time).collect();
    let decision = scene.conclude(findings, Happened::RehearsalScheduled { for_time, by: scene.actor.clone() });
    decision.on(&[REHEARSAL]).relying_on(of_rehearsal(scene))
}

/// A session that a peer convened is rehearsed by the peer's process, every other by the text's time.
fn of_rehearsal(scene: &Scene<'_>) -> &'static [u16] {
    if rehearsal::by_peer(scene.session, scene.course) { &[30] } else { &[9] }
}

pub(super) fn record_rehearsal(
    scene: &Scene<'_>,
    result: Mark,
    sites: &BTreeMap<SiteId, Mark>,
    note: Option<&str>,
) -> Decision {
    let mut findings: Vec<_> = scene.may(Action::AnswerRegistration).into_iter().collect();
    findings.extend(sites.keys().filter_map(|site| scene.listed(site)));
    findings.extend(rehearsal::every_site(result, sites));
    if result == Mark::Pass && scene.at.trusted {
        findings.extend(rehearsal::in_time(scene.session, scene.course, scene.now()));
    }
    let (at, by) = (scene.now(), scene.actor.clone());
    let rehearsal = Rehearsal { at, by, result, sites: sites.clone(), note: note.map(str::to_owned) };
    let mut decision =
        scene.conclude(findings, Happened::Rehearsed(rehearsal)).on(&[REHEARSAL]).relying_on(of_rehearsal(scene));
    if decision.is_permit() {
        decision
            .changes
            .extend(sites.iter().filter(|(_, mark)| **mark == Mark::Fail).map(|(site, _)| failed(scene, site)));
    }
    decision
}

/// A site that fails its rehearsal is an incident of its equipment, unless somebody reports what else it was.
fn failed(scene: &Scene<'_>, site: &SiteId) -> Change {
    let place = if *site == scene.session.chair_site { Place::Chair } else { Place::Member };
    let incident = Incident {
        at: scene.now(),
        by: scene.actor.clone(),
        site: Some(site.clone()),
        kind: IncidentKind::Endpoint,
        route: route(Phase::Before, IncidentKind::Endpoint, place).to.to_vec(),
        in_session: false,
        note: (!scene.is_secret()).then(|| "không đạt kiểm tra kỹ thuật".to_owned()),
    };
    let failed = scene.state().after(SessionEvent::RehearsalFailed).unwrap_or_default();
    let happened = Happened::IncidentReported(incident);
    Change::Conduct(Box::new(ConductChange { session: scene.session.id, state: failed, at: scene.now(), happened }))
}

/// Overrides all that stands against the start now and may be overridden; what comes later is not covered.
pub(super) fn override_start(scene: &Scene<'_>, reason: &str) -> Decision {
    let standing = super::running::against_start(scene);
    let mut findings: Vec<_> = article_15::something_to_override(&standing).into_iter().collect();
    let overridable = standing.iter().filter(|finding| finding.outcome == Outcome::NeedsOverride);
    let rules = overridable.map(|finding| finding.rule.to_string()).collect();
    findings.extend(standing.into_iter().map(Finding::once_overridden));
    findings.extend(article_15::may_override(scene.registry.profile_at(scene.now()), scene.actor));
    findings.extend(article_15::override_reason(scene.actor, reason));
    let overridden = StartOverride { at: scene.now(), by: scene.actor.clone(), reason: reason.to_owned(), rules };
    let decision = scene.conclude(findings, Happened::StartOverridden(overridden));
    decision.on(&[article_15::CLAUSE_1]).relying_on(&[32])
}
