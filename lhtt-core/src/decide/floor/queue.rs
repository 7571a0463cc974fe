//! The floor: signing up, the chair's word on it, lines that go down and come back.

use super::{answer, controls, open, running};
use crate::actor::action::{Action, Capacity};
use crate::change::{Change, FloorChange};
use crate::citation::Citation;
use crate::civil::Moment;
use crate::decision::Decision;
use crate::finding::Finding;
use crate::ids::{FloorRequestId, SessionId};
use crate::registry::floor::ControlMode;
use crate::registry::floor::{
    FloorEvent, FloorKind, FloorPriority, FloorRequest, FloorState, MemberAct, Queue, SessionFloor,
};
use crate::registry::{Registry, Session};
use crate::request::{Actor, AskFloor, FloorLine, FloorTurn, GrantFloor, Prioritize};
use crate::rules::article_08::scenario;
use crate::rules::article_10;
use crate::rules::article_13::floor as rules;
use crate::rules::{article_03, role};
use crate::submission::Member;
use crate::time::Wall;

pub(super) fn ask(registry: &Registry, act: &AskFloor, at: Wall) -> Decision {
    let (session, floor) = match running(registry, act.session, at) {
        Ok(found) => found,
        Err(refusal) => return *refusal,
    };
    let mut findings: Vec<_> =
        role::may(registry, &act.actor, Some(session), Action::AskFloor, at).into_iter().collect();
    let own = act.actor.site.clone().map(Member::Site);
    let Some(member) = act.member.clone().or(own) else {
        findings.push(rules::known(None));
        return answer(at, findings, Vec::new());
    };
    if role::capacity(registry, &act.actor, Some(session), at) == Capacity::MemberOperator {
        findings.extend(rules::own(&act.actor, &member));
        let what = if act.floor == FloorKind::Content { MemberAct::AskContent } else { MemberAct::AskSpeech };
        findings.extend(scenario::member_may(floor.and_then(|one| one.scenario.as_ref()), what));
    }
    findings.extend(article_03::invited(registry, session, &member).err().map(|one| *one));
    findings.extend(rules::one_request(registry, floor, &member, act.floor));
    let id = floor.map_or(FloorRequestId(1), SessionFloor::next_request);
    let request = Box::new(FloorRequest {
        member,
        floor: act.floor,
        by: act.actor.clone(),
        received_at: at.into(),
        requeued_at: None,
        away_since: None,
        priority: FloorPriority::Normal,
        state: FloorState::Pending,
        until: None,
    });
    answer(at, findings, vec![FloorChange::FloorAsked { session: act.session, id, request }]).on(FLOOR)
}

/// Who gives the floor: the table of roles, control where it is a site, the chair's word where the Centre carries it out.
fn directs(
    registry: &Registry,
    session: &Session,
    actor: &Actor,
    decided_by: Option<&Actor>,
    at: Moment,
) -> Vec<Finding> {
    let mut findings: Vec<_> = role::may(registry, actor, Some(session), Action::GrantFloor, at).into_iter().collect();
    if role::capacity(registry, actor, Some(session), at) == Capacity::ChairOperator {
        findings.extend(controls(registry, session, actor, at));
    }
    findings.extend(rules::chair_decides(registry, session, actor, decided_by, at));
    findings
}

pub(super) fn grant(registry: &Registry, act: &GrantFloor, at: Wall) -> Decision {
    let (session, floor) = match running(registry, act.session, at) {
        Ok(found) => found,
        Err(refusal) => return *refusal,
    };
    let now = Moment::from(at);
    let profile = &registry.profile_at(now).floor;
    let mut findings = directs(registry, session, &act.actor, act.decided_by.as_ref(), now);
    let id = act.request.or_else(|| first(registry, floor, act.floor, now));
    let Some((id, request)) = id.and_then(|id| Some((id, floor?.requests.get(&id)?))) else {
        findings.push(rules::known(id));
        return answer(at, findings, Vec::new());
    };
    findings.extend(rules::turn(id, request.state, FloorEvent::Grant));
    findings.extend(rules::there(registry, request, now));
    findings.extend(rules::floor_free(registry, floor, request.floor, now));
    let over = rules::holders(floor, request.floor).filter(|(_, one)| !one.holds(profile.grace_s, now));
    let mut changes: Vec<_> = over.map(|(id, one)| said(act.session, id, one, FloorState::Revoked, now)).collect();
    let limit = act.limit_s.or(profile.limit_s.filter(|_| request.floor == FloorKind::Speech));
    let until = limit.map(|seconds| now.plus_seconds(i64::from(seconds)));
    changes.push(FloorChange::Floor {
        session: act.session,
        id,
        state: FloorState::Granted,
        priority: request.priority,
        until,
        by: Some(act.actor.clone()),
        decided_by: act.decided_by.clone(),
        at: now,
    });
    let decision = answer(at, findings, changes).on(FLOOR);
    // For a chair that may not control, the Centre carries its word out.
    match act.decided_by.is_some() && article_10::mode(registry, session, at) == ControlMode::CentreOperated {
        true => decision.relying_on(&[7]),
        false => decision,
    }
}

/// The first in the queue who is there.
fn first(registry: &Registry, floor: Option<&SessionFloor>, kind: FloorKind, at: Moment) -> Option<FloorRequestId> {
    let grace_s = registry.profile_at(at).floor.grace_s;
    let queue = Queue::of(floor?.requests.iter(), kind, grace_s, at);
    queue.into_iter().find(|(_, one)| one.away_since.is_none()).map(|(id, _)| id)
}

/// A state that nobody's word but time brought about.
fn said(session: SessionId, id: FloorRequestId, request: &FloorRequest, state: FloorState, at: Moment) -> FloorChange {
    let (priority, until) = (request.priority, request.until);
    FloorChange::Floor { session, id, state, priority, until, by: None, decided_by: None, at }
}

/// The chair's word, or the member's own where it gives back or takes back.
pub(super) fn turn(registry: &Registry, act: &FloorTurn, event: FloorEvent, at: Wall) -> Decision {
    word(registry, act, event, None, at)
}

pub(super) fn prioritize(registry: &Registry, act: &Prioritize, at: Wall) -> Decision {
    let Prioritize { session, request, actor, decided_by, priority } = act.clone();
    word(registry, &FloorTurn { session, request, actor, decided_by }, FloorEvent::Prioritize, Some(priority), at)
}

fn word(
    registry: &Registry,
    act: &FloorTurn,
    event: FloorEvent,
    priority: Option<FloorPriority>,
    at: Wall,
) -> Decision {
    let (session, floor) = match running(registry, act.session, at) {
        Ok(found) => found,
        Err(refusal) => return *refusal,
    };
    let request = floor.and_then(|one| one.requests.get(&act.request));
    let mut findings = match (event, request) {
        (FloorEvent::Release | FloorEvent::Cancel, _) => {
            let may = role::may(registry, &act.actor, Some(session), Action::AskFloor, at);
            let member = role::capacity(registry, &act.actor, Some(session), at) == Capacity::MemberOperator;
            let own = request.filter(|_| member).and_then(|one| rules::own(&act.actor, &one.member));
            may.into_iter().chain(own).collect()
        }
        _ => directs(registry, session, &act.actor, act.decided_by.as_ref(), at.into()),
    };
    let Some(request) = request else {
        findings.push(rules::known(Some(act.request)));
        return answer(at, findings, Vec::new());
    };
    findings.extend(rules::turn(act.request, request.state, event));
    let change = request.state.next(event).map(|state| FloorChange::Floor {
        session: act.session,
        id: act.request,
        state,
        priority: priority.unwrap_or(request.priority),
        until: request.until,
        by: Some(act.actor.clone()),
        decided_by: act.decided_by.clone(),
        at: at.into(),
    });
    answer(at, findings, change.into_iter().collect()).on(FLOOR)
}

pub(super) fn line(registry: &Registry, act: &FloorLine, down: bool, at: Wall) -> Decision {
    let session = match open(registry, act.session, at) {
        Ok((session, _)) => session,
        Err(refusal) => return *refusal,
    };
    let mut findings: Vec<_> =
        role::may(registry, &act.actor, Some(session), Action::AskFloor, at).into_iter().collect();
    if role::capacity(registry, &act.actor, Some(session), at) == Capacity::MemberOperator {
        findings.extend(rules::own(&act.actor, &act.member));
    }
    findings.extend(article_03::invited(registry, session, &act.member).err().map(|one| *one));
    let change = match down {
        true => lost(registry, act.session, &act.member, at),
        false => back(registry, act.session, &act.member, at),
    };
    answer(at, findings, change.into_iter().collect()).on(FLOOR)
}

/// What a leg that leaves means for the queue.
pub(in crate::decide) fn line_lost(
    registry: &Registry,
    session: SessionId,
    member: &Member,
    at: Wall,
) -> Option<Change> {
    let last = registry.session(session)?.seat(member)?.taken <= 1;
    if last { lost(registry, session, member, at).map(Change::Floor) } else { None }
}

/// What the loss or the return of a site means for the queue.
pub(in crate::decide) fn site_line(
    registry: &Registry,
    session: SessionId,
    member: &Member,
    down: bool,
    at: Wall,
) -> Option<Change> {
    let change = if down { lost(registry, session, member, at) } else { back(registry, session, member, at) };
    change.map(Change::Floor)
}

/// What a leg that joins means for the queue.
pub(in crate::decide) fn line_back(
    registry: &Registry,
    session: SessionId,
    member: &Member,
    at: Wall,
) -> Option<Change> {
    back(registry, session, member, at).map(Change::Floor)
}

fn lost(registry: &Registry, session: SessionId, member: &Member, at: Wall) -> Option<FloorChange> {
    let mut requests = registry.floor().session(session)?.requests.values();
    let concerns = |one: &FloorRequest| one.member == *member && !one.state.over() && one.away_since.is_none();
    requests.any(concerns).then(|| {
        let member = member.clone();
        FloorChange::FloorLine { session, member, down: true, at: at.into(), requeued: false }
    })
}

/// Within the grace it keeps its place; later it goes to the back. By a clock that is not trusted the grace is not judged.
fn back(registry: &Registry, session: SessionId, member: &Member, at: Wall) -> Option<FloorChange> {
    let mut requests = registry.floor().session(session)?.requests.values();
    let gone = requests.find(|one| one.member == *member && !one.state.over() && one.away_since.is_some())?;
    let requeued = at.trusted && gone.lost(registry.profile_at(at.into()).floor.grace_s, at.into());
    Some(FloorChange::FloorLine { session, member: member.clone(), down: false, at: at.into(), requeued })
}

const FLOOR: &[Citation] = &[rules::POINT_B];
