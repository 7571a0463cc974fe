//! Handing in a registration or notification, and the assessment that the operator's answer repeats.

use super::{not_evaluable, version};
use crate::change::Change;
use crate::civil::{Date, Moment};
use crate::decision::{Decision, Outcome};
use crate::finding::Finding;
use crate::ids::{OrganizationId, RegistrationId, SessionId, SiteId};
use crate::registry::{Clash, Registration, RegistrationState, Registry, Rejection, Seat, Session};
use crate::rules::article_11::{amendment, conflict};
use crate::rules::article_12::{items, lead, mailbox};
use crate::rules::{article_02, article_03, article_04, article_05, article_09, article_11, article_12, article_19};
use crate::submission::{Member, Path, Submission};
use crate::time::Wall;

pub(super) fn submit(registry: &Registry, submission: &Submission, at: Wall) -> Decision {
    let (received_at, receipt) = mailbox::received_at(submission, at);
    if let Some(decision) = not_evaluable(received_at, at).filter(|_| at.trusted) {
        return decision;
    }
    let by_mail = submission.path == Path::Register && submission.oral.is_none();
    let not_received = mailbox::to_operator(registry, submission, at).filter(|_| by_mail);
    let by_itself = submission.path != Path::Convene;
    let kept = not_received.is_none() && by_itself && at.trusted;
    let mut findings =
        assess(registry, &registry.secrecy().with_dossier(submission, None), received_at, at.into(), None);
    findings.extend(article_05::convened::by_act(submission));
    findings.extend(receipt);
    findings.extend(not_received);
    findings.extend(lead::clock_trusted(at.trusted));
    let decision = Decision::with_changes(version(at), at, findings, Vec::new());
    let decision = match (submission.path, submission.support.as_deref()) {
        // That there is no other support was stated, and may be: dash 6 is "if any".
        (Path::Register, Some("")) => decision.on(&[article_12::SUPPORT]).relying_on(&[1]),
        (Path::Register, _) => decision.on(&[article_12::POINT_A]).relying_on(&[1]),
        (Path::Notify | Path::Convene, _) => decision.on(&[article_11::CLAUSE_1]).relying_on(&[2]),
    };
    let decision = if submission.end.is_none() { decision.relying_on(&[38]) } else { decision };
    let decision = if submission.classification.is_open() { decision } else { decision.on_too(article_05::CLAUSE_2) };
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
    let registration = registration(id, submission.to_keep(), received_at, state);
    Decision { changes: Change::Registered(Box::new(registration)).into(), ..decision }
}

/// A first revision.
pub(super) fn registration(
    id: RegistrationId,
    submission: Submission,
    received_at: Moment,
    state: RegistrationState,
) -> Registration {
    let (overridden, stands, earlier) = (None, None, Vec::new());
    Registration { id, submission, received_at, state, overridden, revision: 1, earlier, stands }
}

/// What stands for and against a registration, received when it was, by the facts of now. `own` is the session that it
/// was accepted as before, where it is amended.
pub(super) fn assess(
    registry: &Registry,
    submission: &Submission,
    received_at: Moment,
    now: Moment,
    own: Option<SessionId>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(article_05::dossier::of_submission(submission, article_05::law::Law::at(registry, received_at)));
    findings.extend(article_05::leg::invited(registry, submission));
    findings.extend(article_11::secret_content(submission));
    findings.extend(article_03::chair_site_named(submission));
    findings.extend(article_04::kind_recorded(submission.kind.as_ref(), registry.profile_at(received_at).require_kind));
    findings.extend(article_11::urgent_reason(&submission.urgency));
    findings.extend(items::end_after_start(submission));
    match submission.path {
        Path::Register => registering(registry, submission, &mut findings),
        Path::Notify => notifying(registry, submission, &mut findings),
        Path::Convene => {}
    }
    findings.extend(article_11::ad_hoc(submission));
    findings.extend(article_03::co_chairs(registry, submission));
    taking_part(registry, submission, now.date(), &mut findings);
    free(registry, submission, now, own, &mut findings);
    // The lead time is judged at the revision that completes the registration.
    if findings.iter().map(|finding| finding.outcome).min() != Some(Outcome::Incomplete) {
        findings.extend(lead::in_time(submission, received_at, registry.profile_at(received_at)));
    }
    findings
}

fn registering(registry: &Registry, submission: &Submission, findings: &mut Vec<Finding>) {
    findings.extend(items::mandatory(submission));
    let Some(id) = &submission.agency else { return };
    findings.extend(article_02::known_organization(registry, id));
    if let Some(oral) = &submission.oral {
        findings.extend(mailbox::oral(submission, oral));
    } else if let Some(agency) = registry.organization(id) {
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

/// The sites and peers of the list: admitted, configured.
fn taking_part(registry: &Registry, submission: &Submission, today: Date, findings: &mut Vec<Finding>) {
    if let Some(chair) = &submission.chair_site {
        findings.extend(article_09::site_admitted(registry, chair, today));
    }
    let mut walk = registry.admissions(submission.members.len());
    for invitee in &submission.members {
        match &invitee.member {
            Member::Site(site) if walk.as_mut().is_some_and(|walk| walk.passes(site)) => {}
            Member::Site(site) => findings.extend(article_09::site_admitted(registry, site, today)),
            Member::Peer(peer) => findings.extend(article_05::peer_configured(registry, peer)),
        }
    }
}

/// Whether sites, MCU, lines and power are free at that time, beside the session `own`.
pub(super) fn free(
    registry: &Registry,
    submission: &Submission,
    now: Moment,
    own: Option<SessionId>,
    findings: &mut Vec<Finding>,
) {
    let Some(start) = submission.start else { return };
    let end = planned_end(registry, submission, start);
    findings.extend(clashes(registry, submission, now, own).into_iter().map(|(_, finding)| finding));
    for site in sites(submission) {
        findings.extend(article_19::maintenance(registry, site, start, end));
        findings.extend(article_19::power_cut(registry, site, start, end));
    }
    if let Some((needed, ports)) = overfull(registry, submission, now, own) {
        findings.push(conflict::mcu_full(submission, needed, ports));
    }
}

fn sites(submission: &Submission) -> impl Iterator<Item = &SiteId> {
    let listed = submission.members.iter().filter_map(|invitee| match &invitee.member {
        Member::Site(site) => Some(site),
        Member::Peer(_) => None,
    });
    submission.chair_site.iter().chain(listed)
}

/// Each other session in which one of its sites is at that time.
pub(super) fn clashes(
    registry: &Registry,
    submission: &Submission,
    now: Moment,
    own: Option<SessionId>,
) -> Vec<(Clash, Finding)> {
    let Some(start) = submission.start else { return Vec::new() };
    let others: Vec<&Session> = beside(registry, own, start, planned_end(registry, submission, start)).collect();
    let mut found = Vec::new();
    for site in sites(submission) {
        let member = Member::Site(site.clone());
        for other in others.iter().filter(|other| other.seat(&member).is_some()) {
            let running = amendment::begun(registry, other, now);
            let finding = conflict::site_taken(registry, submission, &member, other, running);
            found.push((Clash { session: other.id, site: site.clone(), running }, finding));
        }
    }
    found
}

/// How many ports of the MCU are needed then, and how many there are, where those are fewer.
pub(super) fn overfull(
    registry: &Registry,
    submission: &Submission,
    now: Moment,
    own: Option<SessionId>,
) -> Option<(u32, u32)> {
    let start = submission.start?;
    let ports = registry.profile_at(now).mcu_ports?;
    let needed = peak(registry, submission, own, start, planned_end(registry, submission, start));
    (needed > ports).then_some((needed, ports))
}

/// The other sessions of that time.
fn beside(registry: &Registry, own: Option<SessionId>, start: Moment, end: Moment) -> impl Iterator<Item = &Session> {
    let open = move |session: &&Session| session.ended.is_none() && Some(session.id) != own;
    registry.sessions().filter(open).filter(move |session| session.start < end && start < session.end)
}

/// The most legs that are needed at once while this session is held.
fn peak(registry: &Registry, submission: &Submission, own: Option<SessionId>, start: Moment, end: Moment) -> u32 {
    let legs = |session: &Session| session.seats.iter().map(|seat| u32::from(seat.legs)).sum::<u32>();
    let at = |moment: Moment| {
        let held = beside(registry, own, start, end).filter(|other| other.start <= moment && moment < other.end);
        held.map(legs).sum::<u32>()
    };
    let others = beside(registry, own, start, end).map(|other| at(other.start.max(start))).max().unwrap_or(0);
    let seats = seats(registry, submission);
    seats.iter().map(|seat| u32::from(seat.legs)).sum::<u32>().saturating_add(others)
}

/// The end as registered, or the start and the default length.
pub(super) fn planned_end(registry: &Registry, submission: &Submission, start: Moment) -> Moment {
    submission.end.unwrap_or_else(|| start.plus_seconds(i64::from(registry.profile_at(start).default_length_s)))
}

/// The list of the session, sorted, each member once with the most legs asked for.
pub(super) fn seats(registry: &Registry, submission: &Submission) -> Vec<Seat> {
    let chair = submission.chair_site.iter().map(|site| (Member::Site(site.clone()), None));
    let mut asked: Vec<_> = chair.chain(submission.members.iter().map(|one| (one.member.clone(), one.legs))).collect();
    // Of one member the greatest number comes last.
    asked.sort_unstable();
    let mut seats: Vec<Seat> = Vec::with_capacity(asked.len());
    for (member, legs) in asked {
        let legs = legs.unwrap_or_else(|| default_legs(registry, &member));
        match seats.last_mut().filter(|seat| seat.member == member) {
            Some(seat) => seat.legs = legs,
            None => seats.push(Seat { member, legs, taken: 0 }),
        }
    }
    seats
}

fn default_legs(registry: &Registry, member: &Member) -> u16 {
    match member {
        Member::Site(_) => 1,
        Member::Peer(peer) => registry.peer(peer).map_or(1, |peer| peer.legs),
    }
}
