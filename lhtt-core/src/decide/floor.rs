//! Control of a session, its floor queue, interventions, scenario: Điều 5 khoản 6, 8 khoản 3 điểm b, 10, 13.

mod command;
mod control;
mod intervention;
mod queue;
mod scenario;

pub(super) use queue::{line_back, line_lost, site_line};

use super::version;
use crate::actor::action::{Action, Capacity};
use crate::change::{Change, FloorChange};
use crate::civil::Moment;
use crate::decision::{Decision, Outcome};
use crate::finding::Finding;
use crate::ids::SessionId;
use crate::registry::floor::{FloorEvent, InterventionEvent, SessionFloor};
use crate::registry::{Registry, Session};
use crate::request::{Actor, FloorAct};
use crate::rules::article_13::run;
use crate::rules::{article_10, article_14, role};
use crate::time::Wall;

/// Of a secret session no free text is looked at, kept or told.
pub(super) fn decide(registry: &Registry, act: &FloorAct, at: Wall) -> Decision {
    let session = act.session().and_then(|id| registry.session(id));
    match session.is_some_and(|session| !session.classification.is_open()) {
        true => by_act(registry, &act.without_words(), at).bare(),
        false => by_act(registry, act, at),
    }
}

fn by_act(registry: &Registry, act: &FloorAct, at: Wall) -> Decision {
    match act {
        FloorAct::GrantControl(act) => control::grant(registry, act, at),
        FloorAct::WithdrawGrant(act) => control::withdraw_grant(registry, act, at),
        FloorAct::RequestControl(act) => control::request(registry, act, at),
        FloorAct::OverrideControl(act) => control::waive(registry, act, at),
        FloorAct::HandOverControl(act) => control::hand_over(registry, act, at),
        FloorAct::ReturnControl(act) => control::give_back(registry, act, at),
        FloorAct::WithdrawControl(act) => control::withdraw(registry, act, at),
        FloorAct::ChairLost(act) => control::chair_lost(registry, act, at),
        FloorAct::SetScenario(act) => scenario::set(registry, act, at),
        FloorAct::NextStep(act) => scenario::next_step(registry, act, at),
        FloorAct::RecordBySite(act) => scenario::record(registry, act, at),
        FloorAct::RequestIntervention(act) => intervention::request(registry, act, at),
        FloorAct::ExecuteIntervention(act) => intervention::answer(registry, act, InterventionEvent::Execute, at),
        FloorAct::DeclineIntervention(act) => intervention::answer(registry, act, InterventionEvent::Decline, at),
        FloorAct::RecallIntervention(act) => intervention::answer(registry, act, InterventionEvent::Recall, at),
        FloorAct::AddUnlisted(act) => intervention::add(registry, act, at),
        FloorAct::Command(act) => command::give(registry, act, at),
        FloorAct::AskFloor(act) => queue::ask(registry, act, at),
        FloorAct::GrantFloor(act) => queue::grant(registry, act, at),
        FloorAct::AcceptFloor(act) => queue::turn(registry, act, FloorEvent::Accept, at),
        FloorAct::DenyFloor(act) => queue::turn(registry, act, FloorEvent::Deny, at),
        FloorAct::RevokeFloor(act) => queue::turn(registry, act, FloorEvent::Revoke, at),
        FloorAct::ReleaseFloor(act) => queue::turn(registry, act, FloorEvent::Release, at),
        FloorAct::CancelFloor(act) => queue::turn(registry, act, FloorEvent::Cancel, at),
        FloorAct::PrioritizeFloor(act) => queue::prioritize(registry, act, at),
        FloorAct::LineLost(act) => queue::line(registry, act, true, at),
        FloorAct::LineBack(act) => queue::line(registry, act, false, at),
    }
}

/// The session an act is about, open; else the refusal.
fn open(registry: &Registry, id: SessionId, at: Wall) -> Result<(&Session, Option<&SessionFloor>), Box<Decision>> {
    match (registry.session(id), article_14::can_end(registry, id)) {
        (Some(session), None) => Ok((session, registry.floor().session(id))),
        (_, finding) => Err(Box::new(answer(at, finding.into_iter().collect(), Vec::new()))),
    }
}

/// The same, once one can be in it.
fn running(registry: &Registry, id: SessionId, at: Wall) -> Result<(&Session, Option<&SessionFloor>), Box<Decision>> {
    let found = open(registry, id, at)?;
    match run::run_once_begun(registry, found.0, at) {
        Some(early) => Err(Box::new(answer(at, vec![early], Vec::new()))),
        None => Ok(found),
    }
}

/// Refuses a chair operator whose site does not control: where nobody decided who does, by what keeps it from its site.
pub(super) fn controls(registry: &Registry, session: &Session, actor: &Actor, at: Moment) -> Vec<Finding> {
    let site = actor.site.as_ref();
    if site == Some(&session.chair_site) && article_10::falls_to_chair(registry, session, at) {
        let kept_from = article_10::conditions(registry, session, &session.chair_site, at);
        return kept_from.into_iter().filter(|finding| finding.outcome != Outcome::Permit).collect();
    }
    // Nobody decided that the Centre operates it: what keeps the chair from its session is that nobody granted it control.
    if let Some(site) = site.filter(|site| **site == session.chair_site)
        && registry.floor().control(session.id).is_none()
        && article_10::may_hold(registry, site, at)
    {
        return vec![article_10::grant::none(registry, site)];
    }
    article_10::holds(registry, session, site, at).into_iter().collect()
}

/// Refuses whoever may not start, suspend or end this session: the table of roles, and control where it is the chair site.
pub(super) fn may_run(registry: &Registry, session: &Session, actor: &Actor, at: Moment) -> Vec<Finding> {
    let may = role::may(registry, actor, Some(session), Action::StartEnd, at);
    match role::capacity(registry, actor, Some(session), at) {
        Capacity::ChairOperator => controls(registry, session, actor, at),
        _ => may.into_iter().collect(),
    }
}

fn answer(at: Wall, findings: Vec<Finding>, changes: Vec<FloorChange>) -> Decision {
    let changes = changes.into_iter().map(Change::Floor).collect();
    Decision::from_findings(version(at), at, findings, changes)
}

/// The same, with changes of other areas among them.
fn with(at: Wall, findings: Vec<Finding>, changes: Vec<Change>) -> Decision {
    Decision::from_findings(version(at), at, findings, changes)
}
