//! Interventions: the chair asks, the MCU operator carries out or declines.

use super::super::conduct;
use super::open;
use crate::actor::action::{Action, Capacity};
use crate::change::{Change, FloorChange};
use crate::citation::Citation;
use crate::decision::Decision;
use crate::finding::Finding;
use crate::ids::{InterventionId, SessionId};
use crate::registry::floor::{Intervention, InterventionEvent, InterventionState, SessionFloor, Wanted};
use crate::registry::{Registry, Seat, Session};
use crate::request::{Actor, AddUnlisted, Intervene, InterventionTurn};
use crate::rules::article_13::intervention as rules;
use crate::rules::{article_03, article_05, article_09, article_14, role};
use crate::submission::Member;
use crate::time::Wall;

pub(super) fn request(registry: &Registry, act: &Intervene, at: Wall) -> Decision {
    let (session, floor) = match open(registry, act.session, at) {
        Ok(found) => found,
        Err(refusal) => return *refusal,
    };
    let may = role::may(registry, &act.actor, Some(session), Action::AskIntervention, at);
    let mut findings: Vec<_> = may.into_iter().collect();
    findings.extend(rules::said_why(act.wanted == Wanted::Technical, &act.reason));
    findings.extend(possible(registry, session, &act.wanted, at));
    let intervention = Box::new(Intervention {
        wanted: act.wanted.clone(),
        reason: act.reason.clone(),
        by: act.actor.clone(),
        at: at.into(),
        state: InterventionState::Open,
        answered_by: None,
        answered_at: None,
        answer: String::new(),
    });
    let id = floor.map_or(InterventionId(1), SessionFloor::next_intervention);
    let decision =
        super::answer(at, findings, vec![FloorChange::InterventionAsked { session: act.session, id, intervention }]);
    let centre = role::capacity(registry, &act.actor, Some(session), at) == Capacity::CentreOperatedChair;
    match act.wanted {
        Wanted::AddMember(_) => decision.on(INVITATION).relying_on(&[21]),
        _ if centre => decision.on(TECHNICAL).relying_on(&[7]),
        _ => decision.on(TECHNICAL),
    }
}

/// What would be refused when it is carried out is refused when it is asked for.
fn possible(registry: &Registry, session: &Session, wanted: &Wanted, at: Wall) -> Vec<Finding> {
    let mut findings = Vec::new();
    match wanted {
        Wanted::AddMember(member) => {
            findings.extend(rules::not_listed(registry, session, member));
            findings.extend(known(registry, member, at));
            findings.extend(rules::sits_elsewhere(registry, session, member, at.into()));
        }
        Wanted::Command(command) => {
            let named = command.member().and_then(|member| article_03::invited(registry, session, member).err());
            findings.extend(named.map(|one| *one));
        }
        // Of some secret sessions never, of others on terms; that it runs is for the moment at which it is carried out.
        Wanted::StartRecording => findings.extend(article_05::recording::may_start(registry, session, at.into())),
        Wanted::StopRecording | Wanted::Technical => {}
    }
    findings
}

/// Whether a party is what it says: a configured peer, an admitted site.
fn known(registry: &Registry, member: &Member, at: Wall) -> Option<Finding> {
    match member {
        Member::Peer(peer) => article_05::peer_configured(registry, peer),
        Member::Site(site) => article_09::site_admitted(registry, site, crate::civil::Moment::from(at).date()),
    }
}

fn by_whom(event: InterventionEvent) -> Action {
    match event {
        InterventionEvent::Execute | InterventionEvent::Decline => Action::Intervene,
        InterventionEvent::Recall => Action::AskIntervention,
    }
}

pub(super) fn answer(registry: &Registry, act: &InterventionTurn, event: InterventionEvent, at: Wall) -> Decision {
    let (session, floor) = match open(registry, act.session, at) {
        Ok(found) => found,
        Err(refusal) => return *refusal,
    };
    let counts = |one: &&Intervention| {
        event != InterventionEvent::Execute || rules::asked_by_chair(registry, session, one, at.into())
    };
    let asked = floor.and_then(|one| one.interventions.get(&act.intervention)).filter(counts);
    let mut findings: Vec<_> = role::may(registry, &act.actor, Some(session), by_whom(event), at).into_iter().collect();
    let may = findings.is_empty();
    findings.extend(rules::turn(act.intervention, asked, event));
    findings.extend(rules::said_why(event == InterventionEvent::Decline, &act.answer));
    let executed = asked.filter(|_| event == InterventionEvent::Execute);
    findings.extend(executed.into_iter().flat_map(|one| possible(registry, session, &one.wanted, at)));
    let recording = executed
        .filter(|one| may && one.state.next(event).is_some())
        .and_then(|one| recorded(registry, session, act, &one.wanted, at));
    findings.extend(recording.iter().flat_map(|one| one.findings.clone()));
    let mut changes = Vec::new();
    if let Some((one, state)) = asked.and_then(|one| Some((one, one.state.next(event)?))) {
        changes.push(answered(act.session, act.intervention, state, &act.actor, &act.answer, at));
        if event == InterventionEvent::Execute {
            changes.extend(effect(registry, act.session, one, &act.actor, at));
            changes.extend(recording.iter().flat_map(|one| one.changes.iter().cloned()));
        }
    }
    let decision = super::with(at, findings, changes);
    match executed.map(|one| &one.wanted) {
        Some(Wanted::AddMember(_)) => decision.on(INVITATION).relying_on(&[21]),
        Some(Wanted::StartRecording | Wanted::StopRecording) => decision.on(RECORDING),
        _ => decision.on(TECHNICAL),
    }
}

/// What it does to the recording, in whose own order (Điều 14 khoản 2).
fn recorded(
    registry: &Registry,
    session: &Session,
    act: &InterventionTurn,
    wanted: &Wanted,
    at: Wall,
) -> Option<Decision> {
    let stops = match wanted {
        Wanted::StartRecording => None,
        Wanted::StopRecording => Some(act.place.as_deref()),
        _ => return None,
    };
    Some(conduct::recording_by_intervention(registry, session, &act.actor, stops, at))
}

fn answered(
    session: SessionId,
    id: InterventionId,
    state: InterventionState,
    by: &Actor,
    words: &str,
    at: Wall,
) -> Change {
    let answer = words.to_owned();
    Change::Floor(FloorChange::InterventionAnswered { session, id, state, by: by.clone(), at: at.into(), answer })
}

/// What carrying it out changes in the facts of this area. What it does to the MCU is the MCU's.
fn effect(registry: &Registry, session: SessionId, asked: &Intervention, by: &Actor, at: Wall) -> Option<Change> {
    match &asked.wanted {
        Wanted::AddMember(member) => Some(seat(registry, session, member, &asked.by, at)),
        Wanted::Command(command) => Some(Change::Floor(FloorChange::Commanded {
            session,
            command: command.clone(),
            by: by.clone(),
            at: at.into(),
        })),
        Wanted::StartRecording | Wanted::StopRecording | Wanted::Technical => None,
    }
}

fn seat(registry: &Registry, session: SessionId, member: &Member, by: &Actor, at: Wall) -> Change {
    let legs = match member {
        Member::Site(_) => 1,
        Member::Peer(peer) => registry.peer(peer).map_or(1, |peer| peer.legs),
    };
    let seat = Seat { member: member.clone(), legs, taken: 0 };
    Change::SeatAdded { session, seat, by: by.clone(), at: at.into() }
}

/// A party is added at once: the MCU operator on the chair's open invitation; the chair itself is offered to file one.
pub(super) fn add(registry: &Registry, act: &AddUnlisted, at: Wall) -> Decision {
    let (session, floor) = match open(registry, act.session, at) {
        Ok(found) => found,
        Err(refusal) => return *refusal,
    };
    if let Some(offer) = rules::add_by_centre(registry, session, &act.actor, at) {
        return super::answer(at, vec![offer], Vec::new());
    }
    let may = role::may(registry, &act.actor, Some(session), Action::AddUnlisted, at);
    let mut findings: Vec<_> = may.into_iter().collect();
    findings.extend(rules::not_listed(registry, session, &act.member));
    findings.extend(known(registry, &act.member, at));
    findings.extend(rules::invited_by_chair(registry, session, floor, &act.member, at.into()));
    findings.extend(rules::sits_elsewhere(registry, session, &act.member, at.into()));
    let mut changes = Vec::new();
    if let Some((id, asked)) = rules::open_invitation(registry, session, floor, &act.member, at.into()) {
        changes.push(answered(act.session, id, InterventionState::Executed, &act.actor, "", at));
        changes.push(seat(registry, act.session, &act.member, &asked.by, at));
    }
    super::with(at, findings, changes).on(INVITATION).relying_on(&[21])
}

const INVITATION: &[Citation] = &[article_03::CLAUSE_6, article_03::CLAUSE_7, rules::CLAUSE_1];
const RECORDING: &[Citation] = &[rules::POINT_C, article_14::CLAUSE_2];
const TECHNICAL: &[Citation] = &[rules::POINT_C];
