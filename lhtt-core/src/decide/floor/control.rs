//! Control: granted by the managing authority, asked for by the chair, handed over by the MCU operator, given or taken back.

use super::{answer, open};
use crate::actor::action::Action;
use crate::change::FloorChange;
use crate::citation::Citation;
use crate::civil::Moment;
use crate::decision::Decision;
use crate::finding::Finding;
use crate::ids::{SessionId, SiteId};
use crate::registry::floor::{ControlAsked, ControlEvent, ControlState, GrantWithdrawn};
use crate::registry::{Overridden, Registry, Session};
use crate::request::{
    Actor, ChairLost, GrantControl, HandOver, OfSession, OverrideControl, RequestControl, WithdrawControl,
    WithdrawGrant,
};
use crate::rules::article_10::{self, CLAUSE_5_6, grant as grants};
use crate::rules::{article_03, article_15, role};
use crate::submission::Member;
use crate::time::Wall;

pub(super) fn grant(registry: &Registry, act: &GrantControl, at: Wall) -> Decision {
    let findings = [
        role::may(registry, &act.grant.by, None, Action::GrantControl, at),
        grants::well_formed(registry, &act.id, &act.grant),
        grants::to_eligible(registry, &act.grant, at),
    ];
    let change = FloorChange::ControlGranted { id: act.id.clone(), grant: Box::new(act.grant.clone()) };
    let readings = grants::allowing(registry, &act.grant);
    answer(at, findings.into_iter().flatten().collect(), vec![change]).on(GRANT).relying_on(&[31]).relying_on(readings)
}

pub(super) fn withdraw_grant(registry: &Registry, act: &WithdrawGrant, at: Wall) -> Decision {
    let may = role::may(registry, &act.actor, None, Action::GrantControl, at);
    let findings: Vec<_> = may.into_iter().chain(grants::stands(registry, &act.id)).collect();
    let withdrawn = GrantWithdrawn { at: at.into(), by: act.actor.clone(), reason: act.reason.clone() };
    let mut changes = vec![FloorChange::GrantWithdrawn { id: act.id.clone(), withdrawn }];
    changes.extend(losing(registry, act, at.into()));
    answer(at, findings, changes).on(GRANT).relying_on(&[31])
}

/// The sessions whose holder has no other grant.
fn losing(registry: &Registry, act: &WithdrawGrant, at: Moment) -> Vec<FloorChange> {
    let covered = |site: &SiteId| {
        let (Some(one), Some(agency)) = (registry.site(site), article_10::agency(registry, site)) else { return false };
        let mut others = registry.floor().grants.iter().filter(|(id, _)| **id != act.id);
        others.any(|(_, grant)| grant.covers(one, agency) && grant.in_force(at))
    };
    let held = registry
        .floor()
        .sessions
        .keys()
        .filter(|id| registry.floor().delegated(**id).is_some_and(|site| !covered(site)));
    let state = ControlState::Withdrawn;
    held.map(|session| moved(*session, state.clone(), Some(&act.actor), at, &act.reason)).collect()
}

pub(super) fn request(registry: &Registry, act: &RequestControl, at: Wall) -> Decision {
    let session = match open(registry, act.session, at) {
        Ok((session, _)) => session,
        Err(refusal) => return *refusal,
    };
    let may = role::may(registry, &act.actor, Some(session), Action::AskControl, at);
    let Some(site) = act.site.as_ref().or(act.actor.site.as_ref()) else {
        let nobody = article_10::holds(registry, session, None, at.into());
        return answer(at, may.into_iter().chain(nobody).collect(), Vec::new());
    };
    let mut findings: Vec<_> = may.into_iter().collect();
    findings.extend(article_10::own_site(registry, &act.actor, site));
    findings.extend(article_10::chair_controls(registry, session, site));
    findings.extend(conditions(registry, session, site, at));
    findings.extend(article_10::one_holder(registry, session, site, at.into()));
    let change = match registry.control_holder(session.id, at.into()) == Some(site) {
        // It falls to the site without a word: that is put on record, nobody has to hand anything over.
        true => moved(session.id, ControlState::Delegated(site.clone()), Some(&act.actor), at.into(), ""),
        false => {
            let asked = ControlAsked { site: site.clone(), by: act.actor.clone(), at: at.into() };
            FloorChange::ControlAsked { session: act.session, asked }
        }
    };
    answer(at, findings, vec![change]).on(CONTROL).relying_on(&[31]).relying_on(allowing(registry, site))
}

/// By which readings the level of a site may hold control.
fn allowing(registry: &Registry, site: &SiteId) -> &'static [u16] {
    article_10::allowing(article_10::agency(registry, site), None)
}

/// What Điều 10 asks of a site that is to hold control of this session.
fn conditions(registry: &Registry, session: &Session, site: &SiteId, at: Wall) -> Vec<Finding> {
    let mut findings = entitled(registry, site, at);
    findings.extend(article_03::chair_site_own(registry, session).filter(|_| *site == session.chair_site));
    findings.extend(article_10::conditions(registry, session, site, at.into()));
    findings
}

/// The level, the grant and the standing of a site that is to hold control.
fn entitled(registry: &Registry, site: &SiteId, at: Wall) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(article_10::tier(registry, site, at));
    findings.extend(article_10::affiliated(registry, site, at));
    findings.extend(grants::granted(registry, site, at));
    findings.extend(article_10::in_system(registry, site, at.into()));
    findings
}

/// What stands against a site's holding control of any session.
fn fit(registry: &Registry, site: &SiteId, at: Wall) -> Vec<Finding> {
    let mut findings = entitled(registry, site, at);
    findings.extend(article_10::room(registry, site, at.into()));
    findings.extend(article_10::assessed(registry, site, at.into()));
    findings
}

pub(super) fn waive(registry: &Registry, act: &OverrideControl, at: Wall) -> Decision {
    let session = match open(registry, act.session, at) {
        Ok((session, _)) => session,
        Err(refusal) => return *refusal,
    };
    let site = act.site.as_ref().unwrap_or(&session.chair_site);
    let mut findings: Vec<_> = article_10::chair_controls(registry, session, site).into_iter().collect();
    findings.extend(fit(registry, site, at));
    findings.extend(article_10::one_holder(registry, session, site, at.into()));
    findings.extend(article_15::something_to_override(&findings));
    let mut findings: Vec<_> = findings.into_iter().map(Finding::once_overridden).collect();
    findings.extend(article_15::may_override(registry.profile_at(at.into()), &act.actor));
    findings.extend(article_15::override_reason(&act.actor, &act.reason));
    let overridden = Overridden { at: at.into(), by: act.actor.clone(), reason: act.reason.clone(), covers: None };
    let change = FloorChange::ControlOverridden { session: act.session, site: site.clone(), overridden };
    answer(at, findings, vec![change])
}

pub(super) fn hand_over(registry: &Registry, act: &HandOver, at: Wall) -> Decision {
    let session = match open(registry, act.session, at) {
        Ok((session, _)) => session,
        Err(refusal) => return *refusal,
    };
    let site = act.site.as_ref().unwrap_or(&session.chair_site);
    let mut findings: Vec<_> =
        role::may(registry, &act.actor, Some(session), Action::HandControl, at).into_iter().collect();
    findings.extend(article_10::chair_controls(registry, session, site));
    findings.extend(conditions(registry, session, site, at));
    findings.extend(article_10::one_holder(registry, session, site, at.into()));
    // Where nobody decided, there is nobody to take it from.
    let state = registry.floor().control(session.id).cloned().unwrap_or_default();
    let change = state.next(ControlEvent::HandOver, site);
    let change = change.map(|state| moved(session.id, state, Some(&act.actor), at.into(), ""));
    let decision = answer(at, findings, change.into_iter().collect()).on(CONTROL);
    decision.relying_on(&[31]).relying_on(allowing(registry, site))
}

pub(super) fn give_back(registry: &Registry, act: &OfSession, at: Wall) -> Decision {
    let session = match open(registry, act.session, at) {
        Ok((session, _)) => session,
        Err(refusal) => return *refusal,
    };
    let mut findings: Vec<_> =
        role::may(registry, &act.actor, Some(session), Action::AskControl, at).into_iter().collect();
    // Also whose grant has run out may give back what he still has.
    let state = registry.control_state(session.id, at.into());
    let holder = state.holder();
    if holder.is_none() || act.actor.site.as_ref() != holder {
        findings.extend(article_10::holds(registry, session, act.actor.site.as_ref(), at.into()));
    }
    let next = holder.and_then(|site| state.next(ControlEvent::Return, site));
    let change = next.map(|state| moved(session.id, state, Some(&act.actor), at.into(), ""));
    answer(at, findings, change.into_iter().collect()).on(GRANT).relying_on(&[31])
}

pub(super) fn withdraw(registry: &Registry, act: &WithdrawControl, at: Wall) -> Decision {
    let session = match open(registry, act.session, at) {
        Ok((session, _)) => session,
        Err(refusal) => return *refusal,
    };
    let may = role::may(registry, &act.actor, Some(session), Action::TakeControl, at);
    let findings: Vec<_> = may.into_iter().chain(article_10::held(registry, session, at.into())).collect();
    let control = registry.control_state(session.id, at.into());
    let next = control.holder().and_then(|site| control.next(ControlEvent::Withdraw, site));
    let change = next.map(|state| moved(session.id, state, Some(&act.actor), at.into(), &act.reason));
    answer(at, findings, change.into_iter().collect()).on(GRANT).relying_on(&[31])
}

/// Control goes to the Centre, or at once on to another site of the chairing agency.
pub(super) fn chair_lost(registry: &Registry, act: &ChairLost, at: Wall) -> Decision {
    let session = match open(registry, act.session, at) {
        Ok((session, _)) => session,
        Err(refusal) => return *refusal,
    };
    let may = role::may(registry, &act.actor, Some(session), Action::HandControl, at);
    let mut findings: Vec<_> = may.into_iter().collect();
    findings.extend(article_10::held(registry, session, at.into()));
    findings.extend(article_10::chair_grace(registry, act.since, at.into()));
    let mut state = ControlState::CentreOperated;
    if let Some(site) = &act.to {
        findings.extend(article_10::another_site(registry, session, site, at.into()));
        findings.extend(article_10::same_agency(registry, session, site));
        findings.extend(article_03::invited(registry, session, &Member::Site(site.clone())).err().map(|one| *one));
        findings.extend(fit(registry, site, at));
        state = ControlState::Delegated(site.clone());
    }
    let change = moved(session.id, state, Some(&act.actor), at.into(), "chair_lost");
    answer(at, findings, vec![change]).on(LOST).relying_on(&[44])
}

fn moved(session: SessionId, state: ControlState, by: Option<&Actor>, at: Moment, reason: &str) -> FloorChange {
    FloorChange::Control { session, state, by: by.cloned(), at, reason: reason.to_owned() }
}

const GRANT: &[Citation] = &[CLAUSE_5_6];
const CONTROL: &[Citation] = &[Citation::article(10)];
const LOST: &[Citation] = &[article_03::CLAUSE_6];
