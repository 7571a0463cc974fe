//! A revision of a registration, and a session called off. What is refused changes nothing.

use super::super::registration::{assess, free, planned_end, seats};
use super::super::{not_evaluable, version};
use crate::change::{Change, PlanningChange};
use crate::civil::Moment;
use crate::decision::{Decision, Outcome};
use crate::finding::Finding;
use crate::ids::OrganizationId;
use crate::registry::{Cancellation, Registration, RegistrationState, Registry, Revision, Session, Standing};
use crate::request::{Amend, Cancel};
use crate::rules::article_11::amendment::{self, Amendment};
use crate::rules::article_12::{items, lead, mailbox, window};
use crate::rules::{article_03, article_05, article_11, article_12};
use crate::submission::{Path, Submission};
use crate::time::Wall;

pub(super) fn amend(registry: &Registry, amend: &Amend, at: Wall) -> Decision {
    let registration = match amendment::amendable(registry, amend.registration) {
        Ok(registration) => registration,
        Err(finding) => return Decision::from_findings(version(at), at, vec![*finding], Vec::new()),
    };
    let new = revised(&registration.submission, amend);
    let said = new.clone();
    let (received_at, receipt) = mailbox::received_at(&new, at);
    if let Some(decision) = not_evaluable(received_at, at).filter(|_| at.trusted) {
        return decision;
    }
    let session = registration.session().and_then(|id| registry.session(id));
    let mut findings: Vec<Finding> = receipt.into_iter().collect();
    findings.extend(lead::clock_trusted(at.trusted));
    findings.extend(amendment::by_chair_agency(registry, registration, &amend.actor));
    findings.extend(amendment::same_agency(&registration.submission, &new));
    let begun = session.and_then(|session| amendment::before_start(registry, session, &new, at.into()));
    let kind = kind(registration, &new);
    findings.extend(sent(registry, amend, &new, at));
    let decision = match kind {
        // Once a session has begun, what it would take before the start is not the question any more.
        _ if begun.is_some() => {
            findings.extend(begun);
            Decision::with_changes(version(at), at, findings, Vec::new())
        }
        Amendment::Material => evaluated(registry, registration, new, received_at, findings, at),
        kind => unevaluated(registry, registration, session, new, kind, findings, at),
    };
    let secret = [&registration.submission, &said].iter().any(|one| !one.classification.is_open());
    let decision = if secret { decision.bare() } else { decision };
    // The limit of a new evaluation is what a registration's is, and a notification has none.
    let (decision, limit) = match registration.submission.path {
        Path::Register => (decision.on(&[article_12::POINT_A]), 1),
        Path::Notify => (decision.on(&[article_11::CLAUSE_1]), 2),
        Path::Convene => (decision.on(&[article_05::CLAUSE_5]), 30),
    };
    match kind {
        Amendment::Material => decision.relying_on(&[21, limit]),
        _ => decision.relying_on(&[21]),
    }
}

/// What is looked at because the amendment is of that kind relies on A-21; whose mail it is, and what the law asks of a
/// secret session, does not.
fn of_amendment(finding: Finding) -> Finding {
    match finding.rule.as_ref() {
        "12.2.a/mailbox" | "12.2.a/address" | "11.1/mailbox" => finding,
        rule if rule.starts_with("5.2/") => finding,
        _ => finding.reading(21),
    }
}

/// Where an amendment states the mail that it came by, that mail is judged as the registration's was, however little it
/// changes. One that states none was made otherwise, and the registration's own mail stands.
fn sent(registry: &Registry, amend: &Amend, new: &Submission, at: Wall) -> Vec<Finding> {
    let by =
        |id: Option<&OrganizationId>| id.and_then(|id| registry.organization(id)).filter(|_| amend.sent_from.is_some());
    let (from, to) = match new.path {
        Path::Register => (
            by(new.agency.as_ref()).and_then(|agency| mailbox::own_official(registry, agency, new)),
            amend.sent_to.as_ref().and_then(|_| mailbox::to_operator(registry, new, at)),
        ),
        Path::Notify => (by(new.sender.as_ref()).and_then(|office| article_11::office_mailbox(office, new)), None),
        Path::Convene => (None, None),
    };
    from.into_iter().chain(to).collect()
}

/// A revision that completes a registration is evaluated whole, whatever it changes.
fn kind(registration: &Registration, new: &Submission) -> Amendment {
    match registration.state {
        RegistrationState::Incomplete => Amendment::Material,
        _ => amendment::kind(&registration.submission, new),
    }
}

/// What the registration says then. A session that is moved keeps its length, unless the amendment says its end.
fn revised(old: &Submission, amend: &Amend) -> Submission {
    let mut new = amend.changes.applied_to(old);
    new.members.retain(|invitee| amend.remove.iter().all(|one| one.member != invitee.member));
    for invitee in &amend.add {
        new.members.retain(|one| one.member != invitee.member);
        new.members.push(invitee.clone());
    }
    if let (Some(was), Some(start), Some(end)) = (old.start, new.start, old.end)
        && amend.changes.names("start")
        && !amend.changes.names("end")
    {
        let moved = start.unix_millis().saturating_sub(was.unix_millis());
        new.end = Some(Moment::from_unix_millis(end.unix_millis().saturating_add(moved)));
    }
    new.receipt.clone_from(&amend.receipt);
    if let Some(mailbox) = &amend.sent_from {
        new.sent_from.clone_from(mailbox);
    }
    if let Some(address) = &amend.sent_to {
        new.sent_to.clone_from(address);
    }
    new
}

/// A new evaluation, at the time of the amendment. An accepted session goes on as it was until the operator answers.
fn evaluated(
    registry: &Registry,
    registration: &Registration,
    new: Submission,
    received_at: Moment,
    mut findings: Vec<Finding>,
    at: Wall,
) -> Decision {
    let by_mail = new.path == Path::Register && new.oral.is_none();
    findings.extend(mailbox::to_operator(registry, &new, at).filter(|_| by_mail));
    let filed = registry.secrecy().with_dossier(&new, registration.session());
    let assessed = assess(registry, &filed, received_at, at.into(), registration.session());
    findings.extend(assessed.into_iter().map(of_amendment));
    let mut decision = Decision::with_changes(version(at), at, findings, Vec::new());
    let incomplete = registration.state == RegistrationState::Incomplete;
    let state = match decision.outcome {
        Outcome::Permit | Outcome::NeedsOverride => RegistrationState::UnderReview,
        Outcome::Incomplete if incomplete => RegistrationState::Incomplete,
        _ => return decision,
    };
    let revision = next(registry, registration, new.to_keep(), received_at, state);
    decision.changes = Change::Planning(PlanningChange::Revised(Box::new(revision))).into();
    decision
}

fn next(
    registry: &Registry,
    registration: &Registration,
    submission: Submission,
    received_at: Moment,
    state: RegistrationState,
) -> Registration {
    let Registration { id, revision, ref earlier, ref stands, .. } = *registration;
    let accepted = matches!(registration.state, RegistrationState::Accepted(_));
    let answered = accepted || registry.planning().answered(id, revision).is_some();
    let mut earlier = earlier.clone();
    earlier.push(Revision { number: revision, received_at: registration.received_at, answered });
    let accepted_as = match registration.state {
        RegistrationState::Accepted(session) => Some(Box::new(Standing {
            session,
            submission: registration.submission.clone(),
            received_at: registration.received_at,
            overridden: registration.overridden.clone(),
        })),
        _ => stands.clone(),
    };
    let (overridden, stands, revision) = (None, accepted_as, revision + 1);
    Registration { id, submission, received_at, state, overridden, revision, earlier, stands }
}

/// No new evaluation: a postponement or another end is looked at for conflicts only, and a minor change not even so.
fn unevaluated(
    registry: &Registry,
    registration: &Registration,
    session: Option<&Session>,
    new: Submission,
    kind: Amendment,
    mut findings: Vec<Finding>,
    at: Wall,
) -> Decision {
    let mut looked_at = Vec::new();
    looked_at.extend(article_11::secret_content(&new));
    looked_at.extend(article_11::urgent_reason(&new.urgency));
    looked_at.extend(items::end_after_start(&new));
    looked_at
        .extend(article_03::co_chairs(registry, &new).filter(|_| registration.submission.co_chairs != new.co_chairs));
    match new.path {
        Path::Register => looked_at.extend(items::mandatory(&new)),
        Path::Notify => looked_at.extend(article_11::notification_items(&new)),
        Path::Convene => {}
    }
    // While an amendment awaits its answer, it is what this one amends; the session is as it was accepted.
    let session = session.filter(|_| registration.stands.is_none()).and_then(|old| changed(registry, old, &new));
    if kind == Amendment::Timing {
        free(registry, &new, at.into(), registration.session(), &mut looked_at);
        if let Some(session) = &session {
            looked_at.extend(window::not_over(registry.profile_at(at.into()), session.start, session.end, at.into()));
            looked_at.extend(article_11::number_free(registry, session, at));
        }
    }
    findings.extend(looked_at.into_iter().map(of_amendment));
    let change = PlanningChange::Amended {
        registration: registration.id,
        submission: Box::new(new.to_keep()),
        session: session.map(Box::new),
    };
    Decision::from_findings(version(at), at, findings, vec![Change::Planning(change)])
}

/// The session as the registration says now; the number stays.
fn changed(registry: &Registry, old: &Session, new: &Submission) -> Option<Session> {
    let start = new.start?;
    let mut session = old.clone();
    session.start = start;
    session.end = planned_end(registry, new, start);
    session.seats = seats(registry, new);
    (session != *old).then_some(session)
}

pub(super) fn cancel(registry: &Registry, cancel: &Cancel, at: Wall) -> Decision {
    let registration = match amendment::amendable(registry, cancel.registration) {
        Ok(registration) => registration,
        Err(finding) => return Decision::from_findings(version(at), at, vec![*finding], Vec::new()),
    };
    let session = registration.session().and_then(|id| registry.session(id));
    let mut findings = Vec::new();
    findings.extend(amendment::by_chair_agency(registry, registration, &cancel.actor));
    findings.extend(session.and_then(|session| amendment::not_begun(registry, session, at.into())));
    findings.extend(amendment::cancel_reason(&cancel.reason));
    let cancellation = Cancellation { at: at.into(), by: cancel.actor.clone(), reason: cancel.reason.clone() };
    let secret = !registration.submission.classification.is_open();
    let reason = if secret { String::new() } else { cancellation.reason.clone() };
    let cancellation = Cancellation { reason, ..cancellation };
    let change = PlanningChange::Cancelled { registration: registration.id, cancellation };
    let decision = Decision::from_findings(version(at), at, findings, vec![Change::Planning(change)]);
    let decision = if secret { decision.bare() } else { decision };
    decision.on(&[article_11::CLAUSE_2]).relying_on(&[21])
}
