//! The scenario of a session, and recording legs of sites.

use super::{answer, open, running};
use crate::actor::action::Action;
use crate::change::FloorChange;
use crate::citation::Citation;
use crate::decision::Decision;
use crate::ids::SiteId;
use crate::registry::Registry;
use crate::registry::floor::Scenario;
use crate::request::{OfSession, RecordBySite, SetScenario};
use crate::rules::article_05::law::Law;
use crate::rules::article_05::recording;
use crate::rules::article_08::scenario as rules;
use crate::rules::{article_03, article_10, role};
use crate::submission::{Classification, Member};
use crate::time::Wall;

pub(super) fn set(registry: &Registry, act: &SetScenario, at: Wall) -> Decision {
    let session = match open(registry, act.session, at) {
        Ok((session, _)) => session,
        Err(refusal) => return *refusal,
    };
    let may = role::may(registry, &act.actor, Some(session), Action::Scenario, at);
    let mut findings: Vec<_> = may.into_iter().collect();
    findings.extend(rules::names_listed(&act.scenario, |member| session.seat(member).is_some()));
    findings.extend(rules::no_content(session.classification, &act.scenario));
    let change = FloorChange::Scenario { session: act.session, scenario: Box::new(act.scenario.clone()) };
    answer(at, findings, vec![change]).on(SCENARIO)
}

pub(super) fn next_step(registry: &Registry, act: &OfSession, at: Wall) -> Decision {
    let (session, floor) = match running(registry, act.session, at) {
        Ok(found) => found,
        Err(refusal) => return *refusal,
    };
    let scenario = floor.and_then(|one| one.scenario.as_ref());
    let may = role::may(registry, &act.actor, Some(session), Action::Scenario, at);
    let findings: Vec<_> = may.into_iter().chain(rules::next_step(scenario)).collect();
    let next = scenario.map(|one| Scenario { step: one.step.saturating_add(1), ..one.clone() });
    let change = next.map(|next| FloorChange::Scenario { session: act.session, scenario: Box::new(next) });
    answer(at, findings, change.into_iter().collect()).on(SCENARIO)
}

/// A site that records or streams for itself. Of a secret session nobody does.
pub(super) fn record(registry: &Registry, act: &RecordBySite, at: Wall) -> Decision {
    let (session, floor) = match running(registry, act.session, at) {
        Ok(found) => found,
        Err(refusal) => return *refusal,
    };
    let unsaid = SiteId::new("?");
    let site = act.site.as_ref().or(act.actor.site.as_ref()).unwrap_or(&unsaid);
    let scenario = floor.and_then(|one| one.scenario.as_ref());
    let mut findings: Vec<_> = article_10::own_site(registry, &act.actor, site).into_iter().collect();
    let never = recording::by_site(session.classification, Law::at(registry, at.into()));
    findings.extend(never.or_else(|| match session.classification {
        Classification::Open => rules::recorder_named(registry, scenario, site, act.stream),
        _ => Some(rules::recorder_of_secret(registry, site, act.stream)),
    }));
    findings.extend(article_03::invited(registry, session, &Member::Site(site.clone())).err().map(|one| *one));
    let by = act.actor.clone();
    answer(at, findings, vec![FloorChange::SiteRecords { session: act.session, by, stream: act.stream, at: at.into() }])
        .on(SCENARIO)
}

const SCENARIO: &[Citation] = &[rules::POINT_B];
