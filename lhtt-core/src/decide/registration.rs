//! Handing in a registration or notification, and the assessment that the operator's answer repeats.

use super::version;
use crate::change::Change;
use crate::civil::Moment;
use crate::decision::{Decision, Outcome};
use crate::finding::Finding;
use crate::ids::OrganizationId;
use crate::registry::{Registration, RegistrationState, Registry, Rejection, Session};
use crate::rules::article_12::{items, lead, mailbox};
use crate::rules::{article_02, article_03, article_05, article_09, article_11, article_12, in_force};
use crate::submission::{Member, Path, Submission};
use crate::time::Wall;

pub(super) fn submit(registry: &Registry, submission: &Submission, at: Wall) -> Decision {
    let (received_at, receipt) = mailbox::received_at(submission, at);
    if at.trusted
        && let Err(unknown) = in_force::rules_known(received_at)
    {
        let (version, finding) = *unknown;
        return Decision::from_findings(version, at, vec![finding], Vec::new());
    }
    let not_received = mailbox::to_operator(registry, submission).filter(|_| submission.path == Path::Register);
    let kept = not_received.is_none() && at.trusted;
    let mut findings = assess(registry, &registry.secrecy().with_dossier(submission), received_at);
    findings.extend(receipt);
    findings.extend(not_received);
    findings.extend(lead::clock_trusted(at.trusted));
    let decision = Decision::with_changes(version(at), at, findings, Vec::new());
    let decision = match submission.path {
        Path::Register => decision.on(&[article_12::POINT_A]).relying_on(&[1]),
        Path::Notify => decision.on(&[article_11::CLAUSE_1]),
    };
    match kept {
        true => record(registry, submission, received_at, decision),
        false => decision,
    }
}

/// A registration that was received is kept, whatever its outcome; it is the state that differs.
fn record(registry: &Registry, submission: &Submission, received_at: Moment, decision: Decision) -> Decision {
    let state = match decision.outcome {
        Outcome::Permit | Outcome::NeedsOverride => RegistrationState::UnderReview,
        Outcome::Incomplete => RegistrationState::Incomplete,
        Outcome::Deny | Outcome::NotEvaluable => {
            RegistrationState::Rejected(Rejection { at: decision.at.into(), by: None, reason: String::new() })
        }
    };
    let id = registry.next_registration();
    let submission = submission.to_keep();
    let registration = Registration { id, submission, received_at, state, overridden: None };
    Decision { changes: vec![Change::Registered(Box::new(registration))], ..decision }
}

/// What stands for and against a registration, received when it was, by the facts of now.
pub(super) fn assess(registry: &Registry, submission: &Submission, received_at: Moment) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(article_05::dossier::of_submission(submission, received_at));
    findings.extend(article_05::leg::invited(registry, submission));
    findings.extend(article_11::secret_content(submission));
    findings.extend(article_03::chair_site_named(submission));
    findings.extend(article_11::urgent_reason(&submission.urgency));
    findings.extend(items::end_after_start(submission));
    match submission.path {
        Path::Register => registering(registry, submission, &mut findings),
        Path::Notify => notifying(registry, submission, &mut findings),
    }
    taking_part(registry, submission, &mut findings);
    findings.extend(lead::in_time(submission, received_at, registry.profile().late_normal));
    findings
}

fn registering(registry: &Registry, submission: &Submission, findings: &mut Vec<Finding>) {
    findings.extend(items::mandatory(submission));
    let Some(id) = &submission.agency else { return };
    findings.extend(article_02::known_organization(registry, id));
    if let Some(agency) = registry.organization(id) {
        findings.extend(mailbox::own_official(registry, agency, submission));
    }
}

fn notifying(registry: &Registry, submission: &Submission, findings: &mut Vec<Finding>) {
    findings.extend(article_11::notification_items(submission));
    findings.extend(article_11::notified_for(submission));
    let agency = look_up(registry, submission.agency.as_ref(), findings);
    let sender = look_up(registry, submission.sender.as_ref(), findings);
    if let Some(sender) = sender {
        findings.extend(article_11::may_notify(sender, agency));
        findings.extend(article_11::office_mailbox(sender, submission));
    }
}

fn look_up<'a>(
    registry: &'a Registry,
    id: Option<&OrganizationId>,
    findings: &mut Vec<Finding>,
) -> Option<&'a crate::registry::Organization> {
    let id = id?;
    findings.extend(article_02::known_organization(registry, id));
    registry.organization(id)
}

/// The sites and peers of the list: admitted, configured, and free at that time.
fn taking_part(registry: &Registry, submission: &Submission, findings: &mut Vec<Finding>) {
    for member in members(submission) {
        match &member {
            Member::Site(site) => findings.extend(article_09::site_admitted(registry, site)),
            Member::Peer(peer) => findings.extend(article_05::peer_configured(registry, peer)),
        }
        if let Some(other) = same_time(registry, submission, &member) {
            let number = if other.classification.is_open() { other.alias.as_str() } else { UNNAMED };
            findings.push(article_11::site_taken(registry, submission, &member, number));
        }
    }
}

/// Stands for the number of a secret session in what others read.
const UNNAMED: &str = "[không ghi]";

/// Everybody on the list, the chair site first; some may stand there twice.
pub(super) fn members(submission: &Submission) -> impl Iterator<Item = Member> {
    let chair = submission.chair_site.iter().cloned().map(Member::Site);
    chair.chain(submission.members.iter().map(|invitee| invitee.member.clone()))
}

/// A session that has a site at the same time. A peer system can be in many.
fn same_time<'a>(registry: &'a Registry, submission: &Submission, member: &Member) -> Option<&'a Session> {
    let start = submission.start.filter(|_| matches!(member, Member::Site(_)))?;
    let end = planned_end(registry, submission, start);
    registry.sessions().find(|session| {
        session.ended.is_none() && session.start < end && start < session.end && session.seat(member).is_some()
    })
}

/// The end as registered, or the start and the default length.
pub(super) fn planned_end(registry: &Registry, submission: &Submission, start: Moment) -> Moment {
    submission.end.unwrap_or_else(|| start.plus_seconds(i64::from(registry.profile().default_length_s)))
}
