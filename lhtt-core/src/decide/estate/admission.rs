//! A site's way into the system and out of it (Điều 6, 7, 9).

use super::{Answer, Asked};
use crate::actor::Actor;
use crate::actor::action::Action;
use crate::change::{Change, EstateChange};
use crate::citation::Citation;
use crate::finding::Finding;
use crate::ids::SiteId;
use crate::registry::estate::{Assessment, Condition, RoomCheck, SiteEvent, SiteRecord, SiteState};
use crate::registry::{Organization, Overridden, Site};
use crate::request::estate::{ApproveNetwork, AssessSite, CheckRoom, OfSite, OfSiteBecause, Propose};
use crate::rules::article_06::room;
use crate::rules::article_09::Membership;
use crate::rules::{article_02, article_03, article_07, article_09, article_18, role};

pub(super) fn propose(asked: &Asked<'_>, act: &Propose) -> Answer {
    let mut findings = asked.may(&act.actor, Action::KeepSite, Some(&act.organization));
    findings.extend(article_03::site_of(asked.registry, &act.site, &act.organization));
    let state = match asked.registry.site_state(&act.site) {
        None => SiteState::Proposed,
        Some(_) => match article_09::in_turn(asked.registry, &act.site, SiteEvent::Propose) {
            Ok(state) => state,
            Err(finding) => return Answer { findings: [findings, vec![*finding]].concat(), ..Answer::default() },
        },
    };
    let mut changes = Vec::new();
    if asked.registry.site(&act.site).is_none() {
        let Propose { site, name, organization, .. } = act.clone();
        changes.push(Change::Site(Site { id: site, name, organization, admitted: false }));
    }
    // What was assessed and let pass before belongs to the site as it was.
    let record = asked.record(&act.site);
    let record = SiteRecord {
        state: Some(state),
        room: record.room,
        contacts: record.contacts,
        contacts_changed_at: record.contacts_changed_at,
        network_approval: record.network_approval,
        ..SiteRecord::default()
    };
    let answer = Answer { findings, changes, ..Answer::default() }.on(const { &[Citation::article(9)] });
    answer.change(EstateChange::Site { site: act.site.clone(), record: Box::new(record) })
}

pub(super) fn check_room(asked: &Asked<'_>, act: &CheckRoom) -> Answer {
    let mut findings = asked.may_at(&act.actor, Action::KeepSite, &act.site);
    findings.extend(article_03::site_known(asked.registry, &act.site));
    findings.extend(room::dated(act.condition, act.site.as_str(), act.date, asked.today()));
    let CheckRoom { result, assessed_by, date, evidence, .. } = act.clone();
    let mut record = asked.record(&act.site);
    record.room.set(act.condition, RoomCheck { result, assessed_by, date, evidence });
    let answer = Answer { findings, ..Answer::default() }.on(const { &[Citation::article(6)] });
    answer.change(EstateChange::Site { site: act.site.clone(), record: Box::new(record) })
}

/// Takes a slot: the room meets Điều 6 khoản 1 to 4, and Điều 7 allots one more.
pub(super) fn arrange(asked: &Asked<'_>, act: &OfSite) -> Answer {
    let (mut findings, state) = match turn(asked, &act.actor, Action::KeepSite, &act.site, SiteEvent::Arrange) {
        Ok(turn) => turn,
        Err(answer) => return answer,
    };
    let record = asked.record(&act.site);
    findings.extend(
        Condition::TO_ARRANGE
            .into_iter()
            .filter_map(|one| room::condition(&record.room, one, article_07::ARTICLE, asked.today())),
    );
    findings.extend(quota(asked, &act.site, None));
    let (basis, readings) =
        match agency(asked, &act.site).map(|one| article_07::allotment(asked.registry, one, asked.today())) {
            Some(Ok(allotment)) => (allotment.citations, allotment.readings),
            _ => (&[][..], &[][..]),
        };
    let spared = room::condition(&record.room, Condition::K5, article_07::ARTICLE, asked.today()).is_some();
    moved(asked, findings, &record, &act.site, state).on(basis).relying_on(readings).also_on(if spared {
        &[5]
    } else {
        &[]
    })
}

pub(super) fn apply(asked: &Asked<'_>, act: &OfSite) -> Answer {
    let (mut findings, state) = match turn(asked, &act.actor, Action::KeepSite, &act.site, SiteEvent::Apply) {
        Ok(turn) => turn,
        Err(answer) => return answer,
    };
    let record = asked.record(&act.site);
    let membership = Membership::of(asked.registry, &act.site);
    findings.extend(conditions(asked, &record, &act.site, membership));
    moved(asked, findings, &record, &act.site, state).on(clause(membership))
}

pub(super) fn approve_network(asked: &Asked<'_>, act: &ApproveNetwork) -> Answer {
    let mut findings = asked.may_at(&act.actor, Action::Assess, &act.site);
    findings.extend(article_03::site_known(asked.registry, &act.site));
    let record = SiteRecord { network_approval: Some(act.approval.clone()), ..asked.record(&act.site) };
    findings.extend(article_09::network_approved(&record, asked.today()));
    let answer = Answer { findings, ..Answer::default() }.on(const { &[Citation::article(9).clause(2).point('c')] });
    answer.relying_on(&[18]).change(EstateChange::Site { site: act.site.clone(), record: Box::new(record) })
}

pub(super) fn assess(asked: &Asked<'_>, act: &AssessSite) -> Answer {
    let event = SiteEvent::Assess(act.result);
    let (mut findings, state) = match turn(asked, &act.actor, Action::Assess, &act.site, event) {
        Ok(turn) => turn,
        Err(answer) => return answer,
    };
    let membership = Membership::of(asked.registry, &act.site);
    findings.extend(article_09::assessment_dated(act.site.as_str(), membership, act.date, asked.today()));
    let AssessSite { result, date, evidence, .. } = act.clone();
    let assessment = Assessment { result, assessed_by: act.actor.name.clone(), date, evidence };
    let record = SiteRecord { state: Some(state), assessment: Some(assessment), ..asked.record(&act.site) };
    let answer = Answer { findings, ..Answer::default() }.on(clause(membership));
    answer.relying_on(&[19]).change(EstateChange::Site { site: act.site.clone(), record: Box::new(record) })
}

/// Admits: all that Điều 9 khoản 1 or 2 asks for, found anew now.
pub(super) fn admit(asked: &Asked<'_>, act: &OfSite) -> Answer {
    let (mut findings, state) = match turn(asked, &act.actor, Action::Assess, &act.site, SiteEvent::Admit) {
        Ok(turn) => turn,
        Err(answer) => return answer,
    };
    let record = asked.record(&act.site);
    let membership = Membership::of(asked.registry, &act.site);
    findings.extend(conditions(asked, &record, &act.site, membership));
    findings.extend(article_09::network_approved(&record, asked.today()).filter(|_| membership == Membership::New));
    findings.extend(article_09::assessed(&record, membership, asked.today()));
    let validity = asked.registry.profile_at(asked.at.into()).assessment;
    findings.extend(membership.assessment_current(&record, validity, asked.today()));
    let answer = moved(asked, findings, &record, &act.site, state).on(clause(membership));
    match membership {
        Membership::Existing => answer,
        Membership::New => answer.relying_on(&[18, 42]),
    }
}

pub(super) fn suspend(asked: &Asked<'_>, act: &OfSiteBecause) -> Answer {
    out(asked, act, Action::Assess, SiteEvent::Suspend)
}

pub(super) fn withdraw(asked: &Asked<'_>, act: &OfSiteBecause) -> Answer {
    out(asked, act, Action::KeepSite, SiteEvent::Withdraw)
}

fn out(asked: &Asked<'_>, act: &OfSiteBecause, action: Action, event: SiteEvent) -> Answer {
    let (mut findings, state) = match turn(asked, &act.actor, action, &act.site, event) {
        Ok(turn) => turn,
        Err(answer) => return answer,
    };
    findings.extend(article_09::reason_stated(&act.reason));
    let record = SiteRecord { state: Some(state), reason: act.reason.clone(), ..asked.record(&act.site) };
    let answer = Answer { findings, ..Answer::default() }.on(const { &[Citation::article(9)] });
    answer.change(EstateChange::Site { site: act.site.clone(), record: Box::new(record) })
}

pub(super) fn resume(asked: &Asked<'_>, act: &OfSite) -> Answer {
    match turn(asked, &act.actor, Action::Assess, &act.site, SiteEvent::Resume) {
        Ok((mut findings, state)) => {
            findings.extend(article_09::failed(&asked.record(&act.site), Membership::of(asked.registry, &act.site)));
            let record = SiteRecord { state: Some(state), reason: String::new(), ..asked.record(&act.site) };
            let answer = Answer { findings, ..Answer::default() }.on(const { &[Citation::article(9)] });
            answer.change(EstateChange::Site { site: act.site.clone(), record: Box::new(record) })
        }
        Err(answer) => answer,
    }
}

/// What stands against a site as it is: recorded, refuses nothing.
pub(super) fn review(asked: &Asked<'_>, act: &OfSite) -> Answer {
    let mut findings = asked.may_at(&act.actor, Action::KeepSite, &act.site);
    if let Some(unknown) = article_03::site_known(asked.registry, &act.site) {
        return Answer::refused(unknown);
    }
    let record = asked.record(&act.site);
    let membership = Membership::of(asked.registry, &act.site);
    let mut seen: Vec<Finding> = conditions(asked, &record, &act.site, membership);
    let validity = asked.registry.profile_at(asked.at.into()).assessment;
    seen.extend(membership.assessment_current(&record, validity, asked.today()));
    seen.extend(article_09::failed(&record, membership));
    findings.extend(seen.into_iter().map(Finding::into_breach));
    let name = article_18::name_of(asked.registry, &act.site);
    findings.extend(article_18::contacts_named(&name, &record.contacts));
    Answer { findings, ..Answer::default() }.on(&[article_18::CLAUSE_3])
}

/// Whether somebody may, and what comes next; or the refusal where it is out of turn.
fn turn(
    asked: &Asked<'_>,
    actor: &Actor,
    action: Action,
    site: &SiteId,
    event: SiteEvent,
) -> Result<(Vec<Finding>, SiteState), Answer> {
    let findings = asked.may_at(actor, action, site);
    match article_09::in_turn(asked.registry, site, event) {
        Ok(state) => Ok((findings, state)),
        Err(finding) => Err(Answer { findings: [findings, vec![*finding]].concat(), ..Answer::default() }),
    }
}

/// Điều 9 khoản 1 or 2, điểm a and b: the room and the quota.
fn conditions(asked: &Asked<'_>, record: &SiteRecord, site: &SiteId, membership: Membership) -> Vec<Finding> {
    let asking = membership.conditions();
    let room = Condition::ALL.into_iter().filter_map(|one| room::condition(&record.room, one, asking, asked.today()));
    room.chain(quota(asked, site, Some(membership.quota()))).collect()
}

fn quota(asked: &Asked<'_>, site: &SiteId, asking: Option<Citation>) -> Option<Finding> {
    match agency(asked, site) {
        Some(agency) => article_07::quota(asked.registry, agency, site, asked.today(), asking),
        None => {
            let known = asked.registry.site(site)?;
            article_02::known_organization(asked.registry, &known.organization)
        }
    }
}

fn agency<'a>(asked: &Asked<'a>, site: &SiteId) -> Option<&'a Organization> {
    asked.registry.organization(&asked.registry.site(site)?.organization)
}

/// The site stands there then; what was overridden for it before is a recorded breach.
fn moved(asked: &Asked<'_>, findings: Vec<Finding>, record: &SiteRecord, site: &SiteId, state: SiteState) -> Answer {
    let counts = |one: &Overridden| role::overridden(asked.registry, (&one.by, one.at), asked.now());
    let settled = |finding: Finding| match record.overridden.get(finding.rule.as_ref()).is_some_and(counts) {
        true => finding.once_overridden(),
        false => finding,
    };
    let findings = findings.into_iter().map(settled).collect();
    Answer { findings, ..Answer::default() }.change(EstateChange::SiteState { site: site.clone(), state })
}

const fn clause(membership: Membership) -> &'static [Citation] {
    const EXISTING: [Citation; 1] = [Membership::Existing.clause()];
    const NEW: [Citation; 1] = [Membership::New.clause()];
    match membership {
        Membership::Existing => &EXISTING,
        Membership::New => &NEW,
    }
}
