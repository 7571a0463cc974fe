//! Acts about sessions with state secrets: filing, declaring, another level, recording, getting documents back, reading.

use super::version;
use crate::actor::action::Action;
use crate::change::{Change, Reclassified, SecrecyChange};
use crate::citation::Citation;
use crate::civil::Moment;
use crate::decision::Decision;
use crate::finding::Finding;
use crate::ids::{JoinId, SessionId};
use crate::registry::{FiledDossier, Read, RefusedLeg, Registry, Secrecy, Session};
use crate::request::{
    AllowRecording, ConfirmDrops, DeclareDevice, DeclareLink, FileDossier, GrantClearance, JudgeLegs, ReadSession,
    Reclassify, SecrecyAct, WithdrawClearance, WithdrawLink,
};
use crate::rules::article_05::law::Law;
use crate::rules::article_05::{CLAUSE_2, CLAUSE_3, clearance, dossier, leg, level, paper, recording};
use crate::rules::role;
use crate::time::Wall;
use std::collections::BTreeMap;

pub(super) fn decide(registry: &Registry, act: &SecrecyAct, at: Wall) -> Decision {
    match act {
        SecrecyAct::FileDossier(file) => file_dossier(registry, file, at),
        SecrecyAct::DeclareLink(declare) => declare_link(registry, declare, at),
        SecrecyAct::WithdrawLink(withdraw) => withdraw_link(registry, withdraw, at),
        SecrecyAct::DeclareDevice(declare) => declare_device(registry, declare, at),
        SecrecyAct::GrantClearance(grant) => grant_clearance(registry, grant, at),
        SecrecyAct::WithdrawClearance(withdraw) => withdraw_clearance(registry, withdraw, at),
        SecrecyAct::Reclassify(raise) => {
            about(registry, raise.session, at, |session| reclassify(registry, raise, session, at))
        }
        SecrecyAct::ConfirmDrops(drops) => {
            about(registry, drops.session, at, |session| confirm_drops(registry, drops, session, at))
        }
        SecrecyAct::AllowRecording(allow) => {
            about(registry, allow.session, at, |session| allow_recording(registry, allow, session, at))
        }
        SecrecyAct::JudgeLegs(judge) => judge_legs(registry, judge, at),
        SecrecyAct::Read(read) => self::read(registry, read, at),
    }
}

fn answer(at: Wall, findings: Vec<Finding>, changes: Vec<SecrecyChange>) -> Decision {
    let changes = changes.into_iter().map(Change::Secrecy).collect();
    Decision::from_findings(version(at), at, findings, changes).on(const { &[CLAUSE_2] })
}

/// The decision about a session that is there, or the refusal.
fn about(registry: &Registry, id: SessionId, at: Wall, decide: impl FnOnce(&Session) -> Decision) -> Decision {
    match paper::session(registry, id) {
        Ok(session) => decide(session),
        Err(finding) => answer(at, vec![*finding], Vec::new()),
    }
}

/// A filed dossier is kept also while it is incomplete; a session that waits for it goes on once it is complete.
fn file_dossier(registry: &Registry, file: &FileDossier, at: Wall) -> Decision {
    let session = match file.session.map(|id| paper::session(registry, id)) {
        Some(Err(finding)) => return answer(at, vec![*finding], Vec::new()),
        Some(Ok(session)) => Some(session),
        None => None,
    };
    let mut findings = Vec::new();
    findings.extend(paper::may_file(registry, &file.actor, session, at));
    findings.extend(paper::document_named(&file.id));
    let mut copy = file.dossier.clone();
    findings.extend(paper::numbers_only(copy.references().map(|one| &*one).chain([&file.id])));
    let filed = FiledDossier { session: file.session, dossier: file.dossier.clone() };
    let mut changes = vec![SecrecyChange::DossierFiled { id: file.id.clone(), filed: filed.clone() }];
    if let Some(session) = session.filter(|one| registry.secrecy().suspended_since(one.id).is_some()) {
        let mut after = registry.secrecy().clone();
        after.dossiers.insert(file.id.clone(), filed);
        let submission = registry.registration(session.registration).map(|one| &one.submission);
        let dossier = after.dossier(session.id, submission);
        if dossier::complete(Some(&dossier), session.classification, Law::at(registry, at.into())).is_empty() {
            changes.push(SecrecyChange::Resumed { session: session.id, at: at.into() });
        }
    }
    answer(at, findings, changes)
}

fn declare_link(registry: &Registry, declare: &DeclareLink, at: Wall) -> Decision {
    let DeclareLink { id, link, actor } = declare;
    let mut findings = Vec::new();
    findings.extend(role::may(registry, actor, None, Action::ConfigureSystem, at));
    findings.extend(paper::known_member(registry, &link.of));
    findings.extend(paper::numbers_only(link.certificate.iter().chain(&link.devices)));
    let change = SecrecyChange::LinkDeclared { id: id.clone(), link: link.clone() };
    answer(at, findings, declared(registry, change, at))
}

fn withdraw_link(registry: &Registry, withdraw: &WithdrawLink, at: Wall) -> Decision {
    let mut findings = Vec::new();
    findings.extend(role::may(registry, &withdraw.actor, None, Action::ConfigureSystem, at));
    findings.extend(paper::known_link(registry, &withdraw.id));
    answer(at, findings, declared(registry, SecrecyChange::LinkWithdrawn(withdraw.id.clone()), at))
}

fn declare_device(registry: &Registry, declare: &DeclareDevice, at: Wall) -> Decision {
    let DeclareDevice { id, device, actor } = declare;
    let mut findings = Vec::new();
    findings.extend(paper::may_any(registry, actor, None, &[Action::ConfigureSystem, Action::CheckDevice], at));
    findings.extend(paper::numbers_only(device.co_yeu_supply.iter().chain(&device.police_check)));
    let change = SecrecyChange::DeviceDeclared { id: id.clone(), device: device.clone() };
    answer(at, findings, declared(registry, change, at))
}

fn grant_clearance(registry: &Registry, grant: &GrantClearance, at: Wall) -> Decision {
    let GrantClearance { id, clearance, actor } = grant;
    let mut findings = Vec::new();
    findings.extend(role::may(registry, actor, None, Action::Assess, at));
    findings.extend(paper::document_named(id));
    findings.extend(paper::numbers_only([id]));
    let change = SecrecyChange::ClearanceGranted { id: id.clone(), clearance: clearance.clone() };
    answer(at, findings, vec![change])
}

fn withdraw_clearance(registry: &Registry, withdraw: &WithdrawClearance, at: Wall) -> Decision {
    let mut findings = Vec::new();
    findings.extend(role::may(registry, &withdraw.actor, None, Action::Assess, at));
    findings.extend(paper::known_clearance(registry, &withdraw.id));
    answer(at, findings, vec![SecrecyChange::ClearanceWithdrawn(withdraw.id.clone())])
}

/// Another level, and what it does at once: every leg is judged anew, and the session waits for its dossier.
fn reclassify(registry: &Registry, raise: &Reclassify, session: &Session, at: Wall) -> Decision {
    let (from, to, now) = (session.classification, raise.to, Moment::from(at));
    let mut findings = Vec::new();
    findings.extend(match to > from {
        true => paper::may_raise(registry, &raise.actor, session, at),
        false => paper::may_any(registry, &raise.actor, Some(session), &[Action::Register, Action::Notify], at),
    });
    findings.extend(paper::running(session));
    findings.extend(level::same_level(from, to));
    findings.extend(level::lowered(from, to, raise.document.as_ref()));
    findings.extend(paper::numbers_only(&raise.document));
    let submission = registry.registration(session.registration).map(|one| &one.submission);
    let dossier = registry.secrecy().dossier(session.id, submission);
    let change = Reclassified {
        session: session.id,
        from,
        to,
        at: now,
        by: raise.actor.clone(),
        document: raise.document.clone(),
        suspended: !dossier::complete(Some(&dossier), to, Law::at(registry, now)).is_empty(),
        recording_stops: to > from,
        legs: if to.is_open() { BTreeMap::new() } else { refused_legs(registry, registry.secrecy(), session, now) },
    };
    answer(at, findings, vec![SecrecyChange::Reclassified(Box::new(change))])
}

/// The legs of a session that may not stay in it, judged as if they joined now.
fn refused_legs(
    registry: &Registry,
    secrecy: &Secrecy,
    session: &Session,
    now: Moment,
) -> BTreeMap<JoinId, RefusedLeg> {
    let law = Law::at(registry, now);
    let grace = i64::from(registry.profile_at(now).secret_grace_s);
    let before = registry.secrecy().sessions.get(&session.id);
    let legs = registry.joins().filter(|joined| joined.session == session.id);
    let judged = legs.filter_map(|joined| {
        let findings = leg::fit(registry, secrecy, &joined.member, &joined.leg, law);
        if findings.is_empty() {
            return None;
        }
        let mut citations: Vec<Citation> = findings.iter().flat_map(|one| one.citations.iter().copied()).collect();
        citations.sort_unstable();
        citations.dedup();
        let rules = findings.iter().map(|one| one.rule.clone().into_owned()).collect();
        // A leg that was muted before stays muted since then, and goes when it was to go.
        let since = before.and_then(|secret| secret.refused_legs.get(&joined.join));
        let (muted_at, drop_at) = since.map_or((now, now.plus_seconds(grace)), |one| (one.muted_at, one.drop_at));
        Some((joined.join, RefusedLeg { rules, citations, muted_at, drop_at }))
    });
    judged.collect()
}

fn confirm_drops(registry: &Registry, drops: &ConfirmDrops, session: &Session, at: Wall) -> Decision {
    let mut findings = Vec::new();
    findings.extend(role::may(registry, &drops.actor, Some(session), Action::AdmitListed, at));
    findings.extend(level::muted(registry, session, &drops.joins));
    let muted = registry.secrecy().sessions.get(&session.id).into_iter().flat_map(|one| one.refused_legs.keys());
    let joins = if drops.joins.is_empty() { muted.copied().collect() } else { drops.joins.clone() };
    answer(at, findings, vec![SecrecyChange::DropsConfirmed { session: session.id, joins, at: at.into() }])
}

fn allow_recording(registry: &Registry, allow: &AllowRecording, session: &Session, at: Wall) -> Decision {
    let (terms, law) = (&allow.terms, Law::at(registry, at.into()));
    let mut findings = Vec::new();
    findings.extend(paper::may_any(registry, &allow.actor, Some(session), &[Action::Record, Action::Register], at));
    findings.extend(paper::running(session));
    findings.extend(level::secret(session));
    findings.extend(paper::numbers_only(terms.decision.iter().chain(&terms.counter_measures)));
    findings.extend(recording::by_terms(session.classification, terms, law));
    let change = SecrecyChange::RecordingAllowed { session: session.id, terms: terms.clone() };
    answer(at, findings, vec![change]).on_clauses(law.recording_basis())
}

/// The legs of every running secret session, judged anew: a certificate may have run out.
fn judge_legs(registry: &Registry, judge: &JudgeLegs, at: Wall) -> Decision {
    let findings = paper::may_any(registry, &judge.actor, None, &[Action::StartEnd, Action::ConfigureSystem], at);
    let changes = judged(registry, registry.secrecy(), at.into());
    answer(at, findings.into_iter().collect(), changes)
}

/// What a change of the declared facts does to the legs that are in secret sessions.
fn declared(registry: &Registry, change: SecrecyChange, at: Wall) -> Vec<SecrecyChange> {
    let mut after = registry.secrecy().clone();
    match &change {
        SecrecyChange::LinkDeclared { id, link } => drop(after.links.insert(id.clone(), link.clone())),
        SecrecyChange::LinkWithdrawn(id) => drop(after.links.remove(id)),
        SecrecyChange::DeviceDeclared { id, device } => drop(after.devices.insert(id.clone(), device.clone())),
        _ => {}
    }
    let judged = judged(registry, &after, at.into());
    std::iter::once(change).chain(judged).collect()
}

/// The sessions of whose legs others are refused than before.
fn judged(registry: &Registry, secrecy: &Secrecy, now: Moment) -> Vec<SecrecyChange> {
    let running = registry.sessions().filter(|one| one.ended.is_none() && !one.classification.is_open());
    let judged = running.filter_map(|session| {
        let legs = refused_legs(registry, secrecy, session, now);
        let before = registry.secrecy().sessions.get(&session.id).map(|secret| &secret.refused_legs);
        let same = before.map_or(legs.is_empty(), |before| *before == legs);
        (!same).then_some(SecrecyChange::LegsJudged { session: session.id, at: now, legs })
    });
    judged.collect()
}

/// A reading, or the attempt; both are kept, and who is refused learns no more than that.
fn read(registry: &Registry, read: &ReadSession, at: Wall) -> Decision {
    let refusal = clearance::may_read(registry, read.session, &read.actor, at.into());
    let entry = Read {
        id: registry.secrecy().next_read(),
        session: read.session,
        by: read.actor.clone(),
        at: at.into(),
        permitted: refusal.is_none(),
    };
    let changes = vec![Change::Secrecy(SecrecyChange::Read(entry))];
    let findings = refusal.into_iter().collect();
    let decision = Decision::with_changes(version(at), at, findings, changes).on(const { &[CLAUSE_3] });
    if decision.is_permit() { decision } else { decision.bare() }
}
