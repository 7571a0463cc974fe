//! Commands to the MCU: permitted or refused, and recorded.

use super::{answer, controls, running};
use crate::actor::action::Capacity;
use crate::change::FloorChange;
use crate::citation::Citation;
use crate::decision::Decision;
use crate::registry::Registry;
use crate::registry::floor::MemberAct;
use crate::request::{Command, GiveCommand};
use crate::rules::article_08::scenario;
use crate::rules::article_13::command as rules;
use crate::rules::article_13::floor::POINT_B;
use crate::rules::{article_03, role};
use crate::time::Wall;

pub(super) fn give(registry: &Registry, act: &GiveCommand, at: Wall) -> Decision {
    let (session, floor) = match running(registry, act.session, at) {
        Ok(found) => found,
        Err(refusal) => return *refusal,
    };
    let action = rules::action(&act.command);
    let capacity = role::capacity(registry, &act.actor, Some(session), at);
    let own = rules::sets_own(&act.actor, &act.command);
    let may = if own { None } else { role::may(registry, &act.actor, Some(session), action, at) };
    let mut findings = Vec::new();
    match (&may, capacity) {
        (None, Capacity::ChairOperator) if !own => {
            findings.extend(controls(registry, session, &act.actor, at.into()));
        }
        (None, Capacity::MemberOperator) => {
            findings.extend(rules::own_microphone(capacity, &act.actor, &act.command));
            if matches!(act.command, Command::Unmute(_)) {
                let scenario = floor.and_then(|one| one.scenario.as_ref());
                findings.extend(scenario::member_may(scenario, MemberAct::Unmute));
            }
        }
        _ => {}
    }
    findings.extend(may);
    let named = act.command.member().and_then(|member| article_03::invited(registry, session, member).err());
    findings.extend(named.map(|one| *one));
    let change = FloorChange::Commanded {
        session: act.session,
        command: act.command.clone(),
        by: act.actor.clone(),
        at: at.into(),
    };
    answer(at, findings, vec![change]).on(COMMAND)
}

const COMMAND: &[Citation] = &[POINT_B];
