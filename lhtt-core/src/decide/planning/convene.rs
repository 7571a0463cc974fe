//! A session that a peer convenes: by the peer's process, so that Điều 12 khoản 2 điểm a is not asked of it.

use super::super::registration::{assess, planned_end, registration, seats};
use super::super::version;
use crate::change::{Change, PlanningChange};
use crate::decision::Decision;
use crate::registry::{Convened, RegistrationState, Registry, Session};
use crate::request::Convene;
use crate::rules::article_12::{lead, reply, window};
use crate::rules::{article_05, article_11};
use crate::submission::{Invitee, Member, Path, Submission};
use crate::time::Wall;

pub(super) fn convene(registry: &Registry, convene: &Convene, at: Wall) -> Decision {
    let submission = submission(registry, convene);
    let session = session(registry, convene, &submission, at);
    let mut findings = assess(registry, &submission, at.into(), at.into(), None);
    findings.extend(lead::clock_trusted(at.trusted));
    findings.extend(reply::by_operator(&convene.actor));
    findings.extend(article_05::convened::stated(&convene.convener, &convene.reference));
    let mut changes = Vec::new();
    if let Some(session) = session {
        findings.extend(window::not_over(registry.profile_at(at.into()), session.start, session.end, at.into()));
        findings.extend(article_11::number_free(registry, &session, at));
        let state = RegistrationState::Accepted(session.id);
        let registration = registration(session.registration, submission, at.into(), state);
        let (registration, session) = (Box::new(registration), Box::new(session));
        changes.push(Change::Planning(PlanningChange::Convened { registration, session }));
    }
    let decision = Decision::from_findings(version(at), at, findings, changes);
    decision.on(&[article_05::CLAUSE_5]).relying_on(&[30])
}

fn submission(registry: &Registry, convene: &Convene) -> Submission {
    let peer = Member::Peer(convene.peer.clone());
    let mut members = convene.members.clone();
    if members.iter().all(|invitee| invitee.member != peer) {
        members.push(Invitee { member: peer, legs: None });
    }
    Submission {
        path: Path::Convene,
        agency: registry.site(&convene.site).map(|site| site.organization.clone()),
        chair_site: Some(convene.site.clone()),
        members,
        start: Some(convene.start),
        end: convene.end,
        classification: convene.classification,
        alias: Some(convene.alias.clone()),
        ..Submission::default()
    }
}

/// None where the leading site is not known, which another finding says.
fn session(registry: &Registry, convene: &Convene, submission: &Submission, at: Wall) -> Option<Session> {
    let Convene { peer, convener, reference, .. } = convene;
    Some(Session {
        id: registry.next_session(),
        registration: registry.next_registration(),
        agency: submission.agency.clone()?,
        chair_site: convene.site.clone(),
        seats: seats(registry, submission),
        start: convene.start,
        end: planned_end(registry, submission, convene.start),
        alias: convene.alias.clone(),
        room: convene.room.clone().unwrap_or_else(|| convene.alias.clone()),
        classification: convene.classification,
        accepted_at: at.into(),
        ended: None,
        cancelled: false,
        convened: Some(Convened { peer: peer.clone(), convener: convener.clone(), reference: reference.clone() }),
    })
}
