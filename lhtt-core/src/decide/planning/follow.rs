//! What follows a registration: answers that leave it where it stands, the timer of the answer, the mail of an oral request.

use super::super::version;
use crate::change::{Change, PlanningChange};
use crate::decision::Decision;
use crate::finding::Finding;
use crate::registry::{Answer, Escalation, Registry};
use crate::request::{AnswerGiven, CheckReply, FollowUp};
use crate::rules::article_11::amendment;
use crate::rules::article_12::{POINT_A, REPLY, lead, mailbox, reply};
use crate::submission::Submission;
use crate::time::Wall;

pub(super) fn answer(registry: &Registry, given: &AnswerGiven, at: Wall) -> Decision {
    let registration = match reply::awaiting(registry, given.registration) {
        Ok(registration) => registration,
        Err(finding) => return Decision::from_findings(version(at), at, vec![*finding], Vec::new()),
    };
    let revision = given.revision.unwrap_or(registration.revision);
    let mut findings: Vec<Finding> = lead::clock_trusted(at.trusted).into_iter().collect();
    findings.extend(reply::by_operator(&given.actor));
    findings.extend(reply::by_telephone(given.by));
    findings.extend(reply::result_stated(registration, revision, given.by));
    findings.extend(reply::mail_in_time(registration, revision, given.by, at.into()).filter(|_| at.trusted));
    let (registration, actor, by) = (registration.id, given.actor.clone(), given.by);
    let change = PlanningChange::Answered(Answer { registration, revision, at: at.into(), actor, by });
    Decision::from_findings(version(at), at, findings, vec![Change::Planning(change)]).on(&[REPLY]).relying_on(&[8])
}

/// What time alone has brought: nothing is judged by a clock that may be wrong.
pub(super) fn check_reply(registry: &Registry, check: &CheckReply, at: Wall) -> Decision {
    let registration = match reply::awaiting(registry, check.registration) {
        Ok(registration) => registration,
        Err(finding) => return Decision::from_findings(version(at), at, vec![*finding], Vec::new()),
    };
    let mut findings: Vec<Finding> = lead::clock_trusted(at.trusted).into_iter().collect();
    let overdue = reply::overdue(registry, registration, at.into());
    let told = |revision: u32| {
        let mut escalated = registry.planning().escalated.iter();
        escalated.any(|one| (one.registration, one.revision) == (registration.id, revision))
    };
    let new = overdue.iter().filter(|(revision, _)| !told(*revision)).map(|(revision, _)| {
        let (registration, revision) = (registration.id, *revision);
        Change::Planning(PlanningChange::Escalated(Escalation { registration, revision, at: at.into() }))
    });
    let changes = new.collect();
    if overdue.is_empty() {
        findings.extend(reply::rehearsal_first(registration));
    }
    findings.extend(overdue.into_iter().map(|(_, finding)| finding));
    findings.extend(mailbox::not_followed(registry, registration, at.into()));
    Decision::from_findings(version(at), at, findings, changes).on(&[REPLY]).relying_on(&[8])
}

pub(super) fn follow_up(registry: &Registry, mail: &FollowUp, at: Wall) -> Decision {
    let registration = match amendment::amendable(registry, mail.registration) {
        Ok(registration) => registration,
        Err(finding) => return Decision::from_findings(version(at), at, vec![*finding], Vec::new()),
    };
    let FollowUp { sent_from, sent_to, .. } = mail.clone();
    let as_sent =
        Submission { sent_from: sent_from.clone(), sent_to: sent_to.clone(), ..registration.submission.clone() };
    let mut findings: Vec<Finding> = mailbox::was_oral(&registration.submission).into_iter().collect();
    findings.extend(mailbox::to_operator(registry, &as_sent, at));
    let agency = as_sent.agency.as_ref().and_then(|id| registry.organization(id));
    findings.extend(agency.and_then(|agency| mailbox::own_official(registry, agency, &as_sent)));
    // A mail that is refused has not come.
    let came = at.trusted && !findings.iter().any(Finding::refuses);
    findings.extend(mailbox::followed_late(registry, registration, at.into()).filter(|_| came));
    let change = PlanningChange::Followed { registration: registration.id, sent_from, sent_to };
    Decision::from_findings(version(at), at, findings, vec![Change::Planning(change)]).on(&[POINT_A]).relying_on(&[27])
}
