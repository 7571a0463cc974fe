//! The technical operator's answer to a registration, and the override that may go before it.

use super::registration::{assess, clashes, overfull, planned_end, seats};
use super::{not_evaluable, version};
use crate::change::{Change, PlanningChange};
use crate::civil::Moment;
use crate::decision::{Decision, Outcome};
use crate::finding::Finding;
use crate::registry::{Clash, Covered, Overridden, Registration, Registry, Rejection, Session};
use crate::request::{Accept, Override, Reject};
use crate::rules::article_12::{lead, reply, window};
use crate::rules::{article_05, article_11, article_12, article_15, role};
use crate::time::Wall;

pub(super) fn accept(registry: &Registry, accept: &Accept, at: Wall) -> Decision {
    let (registration, mut findings) = match answering(registry, accept.registration, at) {
        Ok(found) => found,
        Err(decision) => return *decision,
    };
    // What is accepted was received in time or not by the text of then.
    if let Some(decision) = not_evaluable(registration.received_at, at).filter(|_| at.trusted) {
        return told(registration, decision);
    }
    findings.extend(reply::by_operator(&accept.actor));
    findings.extend(standing(registry, registration, at));
    let session = session(registry, registration, accept, at);
    findings.extend(window::still_to_come(&registration.submission, at));
    if let Some(session) = &session {
        findings.extend(article_11::number_free(registry, session, at));
    }
    let changes = session.into_iter().map(|session| match registration.stands {
        Some(_) => Change::Planning(PlanningChange::Reaccepted(Box::new(session))),
        None => Change::Accepted(Box::new(session)),
    });
    let decision = Decision::from_findings(version(at), at, findings, changes.collect());
    let decision = decision.on(&[article_12::REPLY]);
    if registration.submission.classification.is_open() { decision } else { decision.on_too(article_05::CLAUSE_2) }
}

pub(super) fn reject(registry: &Registry, reject: &Reject, at: Wall) -> Decision {
    let (registration, mut findings) = match answering(registry, reject.registration, at) {
        Ok(found) => found,
        Err(decision) => return *decision,
    };
    findings.extend(reply::by_operator(&reject.actor));
    let past = window::still_to_come(&registration.submission, at);
    let against: Vec<_> = standing(registry, registration, at).into_iter().chain(past).collect();
    findings.extend(reply::refusal_founded(&against, &reject.reason));
    let reason = words(registration, &reject.reason);
    let rejection = Rejection { at: at.into(), by: Some(reject.actor.clone()), reason };
    let change = match registration.stands {
        Some(_) => Change::Planning(PlanningChange::AmendmentRejected { registration: registration.id, rejection }),
        None => Change::Rejected { registration: registration.id, rejection },
    };
    told(registration, Decision::from_findings(version(at), at, findings, vec![change])).on(&[article_12::REPLY])
}

pub(super) fn waive(registry: &Registry, waiver: &Override, at: Wall) -> Decision {
    let registration = match reply::awaiting(registry, waiver.registration) {
        Ok(registration) => registration,
        Err(finding) => return Decision::from_findings(version(at), at, vec![*finding], Vec::new()),
    };
    let mut findings = standing(registry, registration, at);
    findings.extend(article_15::something_to_override(&findings));
    let mut findings: Vec<_> = findings.into_iter().map(Finding::once_overridden).collect();
    findings.extend(window::still_to_come(&registration.submission, at));
    findings.extend(article_15::may_override(registry.profile_at(at.into()), &waiver.actor));
    findings.extend(article_15::override_reason(&waiver.actor, &waiver.reason));
    findings.extend(lead::clock_trusted(at.trusted));
    let reason = words(registration, &waiver.reason);
    let covers = Some(Facing::of(registry, registration, at).covered());
    let overridden = Overridden { at: at.into(), by: waiver.actor.clone(), reason, covers };
    let change = Change::Overridden { registration: registration.id, overridden };
    let decision = Decision::from_findings(version(at), at, findings, vec![change]);
    told(registration, decision).on(&[article_15::CLAUSE_1]).relying_on(&[32])
}

/// The registration that is answered, with what the answer's own time gives; or the refusal if there is none.
fn answering(
    registry: &Registry,
    id: crate::ids::RegistrationId,
    at: Wall,
) -> Result<(&Registration, Vec<Finding>), Box<Decision>> {
    let registration = reply::awaiting(registry, id)
        .map_err(|finding| Box::new(Decision::from_findings(version(at), at, vec![*finding], Vec::new())))?;
    let mut findings = Vec::new();
    findings.extend(lead::clock_trusted(at.trusted));
    findings.extend(reply::in_time(registration, at.into()).filter(|_| at.trusted));
    Ok((registration, findings))
}

/// What the operator wrote, as it may be kept: about a secret session only what refers to a document.
fn words(registration: &Registration, text: &str) -> String {
    match registration.submission.classification.is_open() {
        true => text.to_owned(),
        false => crate::submission::withheld(text),
    }
}

/// Of a secret session nothing is told, and no words are kept beside the decision.
fn told(registration: &Registration, decision: Decision) -> Decision {
    if registration.submission.classification.is_open() { decision } else { decision.bare() }
}

/// What stands against a registration now. What was overridden is a recorded breach from then on.
fn standing(registry: &Registry, registration: &Registration, at: Wall) -> Vec<Finding> {
    let facing = Facing::of(registry, registration, at);
    let overridden = registration.overridden.as_ref();
    let Some(counts) = overridden.filter(|one| role::overridden(registry, (&one.by, one.at), at.into())) else {
        return facing.findings;
    };
    let covered = |finding: &Finding| counts.covers.as_ref().is_none_or(|covers| facing.is_covered(finding, covers));
    let findings = facing.findings.iter().cloned();
    findings.map(|finding| if covered(&finding) { finding.once_overridden() } else { finding }).collect()
}

/// What a registration faces now, as if nothing of it had been overridden.
struct Facing {
    findings: Vec<Finding>,
    clashes: Vec<(Clash, Finding)>,
    lacking: u32,
}

impl Facing {
    fn of(registry: &Registry, registration: &Registration, at: Wall) -> Self {
        let (own, now) = (registration.session(), Moment::from(at));
        let submission = registry.secrecy().with_dossier(&registration.submission, own);
        Self {
            findings: assess(registry, &submission, registration.received_at, now, own),
            clashes: clashes(registry, &submission, now, own),
            lacking: overfull(registry, &submission, now, own).map_or(0, |(needed, ports)| needed - ports),
        }
    }

    fn covered(self) -> Covered {
        let overridable = self.findings.iter().filter(|finding| finding.outcome == Outcome::NeedsOverride);
        Covered {
            rules: overridable.map(|finding| finding.rule.to_string()).collect(),
            clashes: self.clashes.into_iter().map(|(clash, _)| clash).collect(),
            ports: self.lacking,
        }
    }

    /// An override covers what its giver had before him: not a clash that came about later, nor a greater want of ports.
    fn is_covered(&self, finding: &Finding, covers: &Covered) -> bool {
        let mut met = self.clashes.iter().filter(|(_, one)| one == finding).map(|(clash, _)| clash);
        let ports = !finding.rule.ends_with("/capacity") || self.lacking <= covers.ports;
        covers.rules.contains(finding.rule.as_ref()) && met.all(|clash| covers.clashes.contains(clash)) && ports
    }
}

/// The session that an acceptance would open; none where a fact it needs is missing, which another finding says.
fn session(registry: &Registry, registration: &Registration, accept: &Accept, at: Wall) -> Option<Session> {
    let submission = &registration.submission;
    let start = submission.start?;
    let id = registration.session().unwrap_or_else(|| registry.next_session());
    Some(Session {
        id,
        registration: registration.id,
        agency: submission.agency.clone()?,
        chair_site: submission.chair_site.clone()?,
        seats: seats(registry, submission),
        start,
        end: planned_end(registry, submission, start),
        alias: accept.alias.clone(),
        room: accept.room.clone().unwrap_or_else(|| accept.alias.clone()),
        classification: submission.classification,
        accepted_at: Moment::from(at),
        ended: None,
        cancelled: false,
        convened: None,
    })
}
