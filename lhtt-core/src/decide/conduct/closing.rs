//! The end of a session for want of legs, and its closing.

use super::Scene;
use super::version;
use crate::actor::action::Action;
use crate::change::{Change, Happened};
use crate::decision::Decision;
use crate::ids::SiteId;
use crate::registry::{Closing, ClosingItem, Done, Recovery, SessionEnd, Waiver};
use crate::rules::article_05::law::Law;
use crate::rules::article_05::{CLAUSE_2, paper, recovery};
use crate::rules::article_13::run;
use crate::rules::article_14::{self, closing};
use crate::submission::Reference;

pub(super) fn end_idle(scene: &Scene<'_>) -> Decision {
    let mut findings: Vec<_> = scene.may(Action::StartEnd).into_iter().collect();
    findings.extend(closing::idle(scene.registry.profile_at(scene.now()), scene.course, scene.now()));
    findings.extend(article_14::not_ended(scene.session));
    if !scene.is_running() {
        findings.push(run::out_of_turn(scene.session, scene.state(), crate::registry::SessionEvent::Ended));
    }
    let end = SessionEnd { at: scene.end_at(), by: scene.actor.clone() };
    let ended = Change::Ended { session: scene.session.id, end };
    Decision::from_findings(version(scene.at), scene.at, findings, vec![ended]).on(&[article_14::CLAUSE_1])
}

pub(super) fn close_item(scene: &Scene<'_>, site: Option<&SiteId>, item: ClosingItem) -> Decision {
    let mut findings = may_close(scene, site);
    match site {
        Some(id) => findings.extend(closing::in_order(scene.registry, scene.session, &scene.course.closing, id, item)),
        None => findings.extend(closing::centre_checks_only(item)),
    }
    let by = scene.actor.clone();
    let done = Done { at: scene.now(), by: by.clone() };
    let last = is_last(scene, |closing| closing.record(site.cloned(), item, done));
    scene.conclude(findings, Happened::ItemClosed { site: site.cloned(), item, by, last }).on(&[article_14::CLAUSE_1])
}

pub(super) fn waive(scene: &Scene<'_>, site: Option<&SiteId>, reason: &str) -> Decision {
    let mut findings: Vec<_> = scene.may(Action::StartEnd).into_iter().collect();
    findings.extend(site.and_then(|site| scene.listed(site)));
    findings.extend(closing::waiver_reason(reason));
    let waiver = Waiver { at: scene.now(), by: scene.actor.clone(), reason: reason.to_owned() };
    let last = is_last(scene, |closing| closing.waive(site.cloned(), waiver.clone()));
    scene.conclude(findings, Happened::ItemWaived { site: site.cloned(), waiver, last }).on(&[article_14::CLAUSE_1])
}

/// The record that the documents of a secret session were got back (Điều 5 khoản 2); its number, and no more.
pub(super) fn recover_documents(scene: &Scene<'_>, document: Option<&Reference>) -> Decision {
    let mut findings: Vec<_> = scene.may(Action::ReportSite).into_iter().collect();
    findings.extend(recovery::stated(document, Law::at(scene.registry, scene.now())));
    findings.extend(paper::numbers_only(document));
    let document = document.cloned().unwrap_or_default();
    let recovery = Recovery { at: scene.now(), by: scene.actor.clone(), document };
    let last = is_last(scene, |closing| closing.documents_recovered = Some(recovery.clone()));
    scene.conclude(findings, Happened::DocumentsRecovered { recovery, last }).on(&[CLAUSE_2])
}

/// A site declares its own items; the Centre's is the MCU operator's.
fn may_close(scene: &Scene<'_>, site: Option<&SiteId>) -> Vec<crate::finding::Finding> {
    match site {
        Some(site) => scene.may_report_for(site, article_14::CLAUSE_1),
        None => scene.may(Action::StartEnd).into_iter().chain(closing::centre_by_operator(scene.actor)).collect(),
    }
}

/// Whether nothing is left to close once this is done; of a secret session also no document.
fn is_last(scene: &Scene<'_>, done: impl FnOnce(&mut Closing)) -> bool {
    let mut course = scene.course.clone();
    done(&mut course.closing);
    course.is_closed(scene.session, scene.was_secret())
}
