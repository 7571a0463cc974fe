//! The technical operator's answer to a registration, and the override that may go before it.

use super::registration::{assess, members, planned_end};
use super::version;
use crate::change::Change;
use crate::civil::Moment;
use crate::decision::Decision;
use crate::finding::Finding;
use crate::registry::{Overridden, Registration, Registry, Rejection, Seat, Session};
use crate::request::{Accept, Override, Reject};
use crate::rules::article_12::{lead, reply, window};
use crate::rules::{article_11, article_15, in_force};
use crate::submission::Member;
use crate::time::Wall;

pub(super) fn accept(registry: &Registry, accept: &Accept, at: Wall) -> Decision {
    let (registration, mut findings) = match answering(registry, accept.registration, at) {
        Ok(found) => found,
        Err(decision) => return *decision,
    };
    findings.extend(reply::by_operator(&accept.actor));
    findings.extend(standing(registry, registration));
    let session = session(registry, registration, accept, at);
    if let Some(session) = &session {
        findings.extend(window::not_over(registry.profile(), session.start, session.end, at.into()));
        findings.extend(article_11::number_free(registry, session));
    }
    let changes = session.into_iter().map(|session| Change::Accepted(Box::new(session))).collect();
    Decision::from_findings(version(at), at, findings, changes)
}

pub(super) fn reject(registry: &Registry, reject: &Reject, at: Wall) -> Decision {
    let (registration, mut findings) = match answering(registry, reject.registration, at) {
        Ok(found) => found,
        Err(decision) => return *decision,
    };
    findings.extend(reply::by_operator(&reject.actor));
    findings.extend(reply::refusal_founded(&standing(registry, registration), &reject.reason));
    let rejection = Rejection { at: at.into(), by: Some(reject.actor.clone()), reason: reject.reason.clone() };
    let change = Change::Rejected { registration: registration.id, rejection };
    Decision::from_findings(version(at), at, findings, vec![change])
}

pub(super) fn waive(registry: &Registry, waiver: &Override, at: Wall) -> Decision {
    let registration = match reply::awaiting(registry, waiver.registration) {
        Ok(registration) => registration,
        Err(finding) => return Decision::from_findings(version(at), at, vec![*finding], Vec::new()),
    };
    let mut findings = standing(registry, registration);
    findings.extend(article_15::something_to_override(&findings));
    let mut findings: Vec<_> = findings.into_iter().map(Finding::once_overridden).collect();
    findings.extend(article_15::may_override(registry.profile(), &waiver.actor));
    findings.extend(article_15::override_reason(&waiver.actor, &waiver.reason));
    findings.extend(lead::clock_trusted(at.trusted));
    let overridden = Overridden { at: at.into(), by: waiver.actor.clone(), reason: waiver.reason.clone() };
    let change = Change::Overridden { registration: registration.id, overridden };
    Decision::from_findings(version(at), at, findings, vec![change])
}

/// The registration that is answered, with what the answer's own time gives; or the refusal if there is none.
fn answering(
    registry: &Registry,
    id: crate::ids::RegistrationId,
    at: Wall,
) -> Result<(&Registration, Vec<Finding>), Box<Decision>> {
    if at.trusted
        && let Err(unknown) = in_force::rules_known(at.into())
    {
        let (version, finding) = *unknown;
        return Err(Box::new(Decision::from_findings(version, at, vec![finding], Vec::new())));
    }
    let registration = reply::awaiting(registry, id)
        .map_err(|finding| Box::new(Decision::from_findings(version(at), at, vec![*finding], Vec::new())))?;
    let mut findings = Vec::new();
    findings.extend(lead::clock_trusted(at.trusted));
    findings.extend(reply::in_time(registration, at.into()).filter(|_| at.trusted));
    Ok((registration, findings))
}

/// What stands against a registration now. What was overridden is a recorded breach from then on.
fn standing(registry: &Registry, registration: &Registration) -> Vec<Finding> {
    let findings =
        assess(registry, &registry.secrecy().with_dossier(&registration.submission), registration.received_at);
    match registration.overridden {
        Some(_) => findings.into_iter().map(Finding::once_overridden).collect(),
        None => findings,
    }
}

/// The session that an acceptance would open; none where a fact it needs is missing, which another finding says.
fn session(registry: &Registry, registration: &Registration, accept: &Accept, at: Wall) -> Option<Session> {
    let submission = &registration.submission;
    let start = submission.start?;
    Some(Session {
        id: registry.next_session(),
        registration: registration.id,
        agency: submission.agency.clone()?,
        chair_site: submission.chair_site.clone()?,
        seats: seats(registry, registration),
        start,
        end: planned_end(registry, submission, start),
        alias: accept.alias.clone(),
        room: accept.room.clone().unwrap_or_else(|| accept.alias.clone()),
        classification: submission.classification,
        accepted_at: Moment::from(at),
        ended: None,
    })
}

/// The list of the session, sorted, each member once with the most legs asked for.
fn seats(registry: &Registry, registration: &Registration) -> Vec<Seat> {
    let submission = &registration.submission;
    let mut seats: Vec<Seat> = Vec::new();
    for member in members(submission) {
        let asked = submission.members.iter().filter(|one| one.member == member).filter_map(|one| one.legs).max();
        let legs = asked.unwrap_or_else(|| default_legs(registry, &member));
        if seats.iter().all(|seat| seat.member != member) {
            seats.push(Seat { member, legs, taken: 0 });
        }
    }
    seats.sort_unstable_by(|one, other| one.member.cmp(&other.member));
    seats
}

fn default_legs(registry: &Registry, member: &Member) -> u16 {
    match member {
        Member::Site(_) => 1,
        Member::Peer(peer) => registry.peer(peer).map_or(1, |peer| peer.legs),
    }
}
