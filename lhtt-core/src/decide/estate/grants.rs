//! What is granted: further sites of communes (Điều 7 khoản 3), access of personal devices (Điều 6 khoản 8), credentials
//! (Điều 6 khoản 7), leave to use the Internet.

use super::{Answer, Asked};
use crate::actor::Actor;
use crate::actor::action::Action;
use crate::change::EstateChange;
use crate::citation::Citation;
use crate::finding::Finding;
use crate::ids::CredentialId;
use crate::registry::estate::{AccessGrant, Credential, EndpointKind, InternetLeave, Pin, QuotaGrant, SiteRecord};
use crate::request::estate::{
    AllowInternet, ApprovePlan, GrantAccess, IssueCredential, OfCredential, OfEndpoint, OfSite, PlanSites,
};
use crate::rules::article_06::{credential, network, personal};
use crate::rules::{article_02, article_03, article_07, article_09};

const SITES_OF_COMMUNES: &[Citation] = &[Citation::article(7).clause(3)];
const CREDENTIALS: &[Citation] = &[Citation::article(6).clause(7)];
const ACCESS: &[Citation] = &[Citation::article(6).clause(8)];

pub(super) fn plan_sites(asked: &Asked<'_>, act: &PlanSites) -> Answer {
    let mut findings = asked.may(&act.actor, Action::Assess, Some(&act.commune));
    let PlanSites { grant, commune, extra, plan, from, until, .. } = act.clone();
    let taken = asked.registry.estate().quota_grants.contains_key(&grant);
    let record = QuotaGrant { commune, extra, plan: Some(plan), approval: None, from, until };
    findings.extend(article_07::plan_founded(asked.registry, &record, asked.today()));
    findings.extend(taken.then(|| {
        article_07::plan_refused(
            asked.registry,
            asked.today(),
            "kế hoạch đã có trong sổ",
            "a plan of this name is there already",
        )
    }));
    let answer = Answer { findings, ..Answer::default() }.on(SITES_OF_COMMUNES);
    answer.change(EstateChange::QuotaGrant { grant, record: Box::new(record) })
}

pub(super) fn approve_plan(asked: &Asked<'_>, act: &ApprovePlan) -> Answer {
    let mut findings = asked.may(&act.actor, Action::Assess, None);
    let Some(planned) = asked.registry.estate().quota_grants.get(&act.grant) else {
        return Answer::refused(article_07::plan_refused(
            asked.registry,
            asked.today(),
            "không có kế hoạch này",
            "there is no such plan",
        ));
    };
    let record = QuotaGrant { approval: Some(act.approval.clone()), ..planned.clone() };
    findings.extend(article_07::approval_founded(asked.registry, &record, asked.today()));
    let answer = Answer { findings, ..Answer::default() }.on(SITES_OF_COMMUNES);
    answer.change(EstateChange::QuotaGrant { grant: act.grant.clone(), record: Box::new(record) })
}

pub(super) fn grant_access(asked: &Asked<'_>, act: &GrantAccess) -> Answer {
    let mut findings = asked.may(&act.actor, Action::GiveAccess, None);
    findings.extend(article_02::known_organization(asked.registry, &act.organization));
    let Some(endpoint) = asked.registry.estate().endpoint(&act.endpoint) else {
        findings.push(article_03::endpoint_unknown(&act.endpoint));
        return Answer { findings, ..Answer::default() };
    };
    let today = asked.today();
    let ends_before = act.valid_until < act.from.unwrap_or(today).max(today);
    let (personal, owner) = (endpoint.kind == EndpointKind::Personal, asked.registry.site(&endpoint.site));
    // Of an agency that nobody knows, that is the finding.
    let own = !findings.is_empty() || owner.is_some_and(|site| site.organization == act.organization);
    findings.extend(personal::grant_founded(&act.person, ends_before, personal, own));
    let mut record = endpoint.clone();
    record.access.push(AccessGrant {
        organization: act.organization.clone(),
        person: act.person.clone(),
        from: Some(act.from.unwrap_or(today)),
        valid_until: act.valid_until,
        revoked_at: None,
    });
    let answer = Answer { findings, ..Answer::default() }.on(ACCESS);
    answer.change(EstateChange::Endpoint { endpoint: act.endpoint.clone(), record: Box::new(record) })
}

pub(super) fn revoke_access(asked: &Asked<'_>, act: &OfEndpoint) -> Answer {
    let findings = asked.may(&act.actor, Action::GiveAccess, None);
    let Some(endpoint) = asked.registry.estate().endpoint(&act.endpoint) else {
        return Answer::refused(article_03::endpoint_unknown(&act.endpoint));
    };
    let mut record = endpoint.clone();
    for grant in record.access.iter_mut().filter(|grant| grant.revoked_at.is_none()) {
        grant.revoked_at = Some(asked.now());
    }
    let answer = Answer { findings, ..Answer::default() }.on(ACCESS);
    answer.change(EstateChange::Endpoint { endpoint: act.endpoint.clone(), record: Box::new(record) })
}

pub(super) fn issue_credential(asked: &Asked<'_>, act: &IssueCredential) -> Answer {
    let mut findings = asked.may(&act.actor, Action::GiveAccess, None);
    findings.extend(article_03::site_known(asked.registry, &act.site));
    if asked.registry.estate().credentials.contains_key(&act.credential) {
        findings.push(credential::credential_register(&act.credential, "đã được cấp", "was issued already"));
    }
    let (site, issued_by) = (act.site.clone(), act.actor.clone());
    let record = Credential { site, issued_at: asked.now(), issued_by, rotated_at: None, revoked_at: None };
    let answer = Answer { findings, ..Answer::default() }.on(CREDENTIALS);
    answer.change(EstateChange::Credential { credential: act.credential.clone(), record })
}

pub(super) fn rotate_credential(asked: &Asked<'_>, act: &OfCredential) -> Answer {
    let now = asked.now();
    of_credential(asked, &act.actor, &act.credential, |record| Credential { rotated_at: Some(now), ..record })
}

pub(super) fn revoke_credential(asked: &Asked<'_>, act: &OfCredential) -> Answer {
    let now = asked.now();
    of_credential(asked, &act.actor, &act.credential, |record| Credential { revoked_at: Some(now), ..record })
}

fn of_credential(
    asked: &Asked<'_>,
    actor: &Actor,
    id: &CredentialId,
    change: impl FnOnce(Credential) -> Credential,
) -> Answer {
    let findings: Vec<Finding> = asked.may(actor, Action::GiveAccess, None);
    let known = asked.registry.estate().credentials.get(id).filter(|one| one.revoked_at.is_none());
    let Some(record) = known else {
        let gone = credential::credential_register(id, "không có hoặc đã bị thu hồi", "is not there or was revoked");
        return Answer { findings: [findings, vec![gone]].concat(), ..Answer::default() };
    };
    let answer = Answer { findings, ..Answer::default() }.on(CREDENTIALS);
    answer.change(EstateChange::Credential { credential: id.clone(), record: change(record.clone()) })
}

pub(super) fn unlock(asked: &Asked<'_>, act: &OfSite) -> Answer {
    let mut findings = asked.may(&act.actor, Action::GiveAccess, None);
    findings.extend(article_03::site_known(asked.registry, &act.site));
    let answer = Answer { findings, ..Answer::default() }.on(CREDENTIALS).relying_on(&[36]);
    answer.change(EstateChange::Pin { site: act.site.clone(), pin: Pin::default() })
}

pub(super) fn allow_internet(asked: &Asked<'_>, act: &AllowInternet) -> Answer {
    let mut findings = asked.may_at(&act.actor, Action::Assess, &act.site);
    findings.extend(article_03::site_known(asked.registry, &act.site));
    findings.extend(article_09::reason_stated(&act.reason));
    findings.extend(network::leave_dated(act.from, act.until));
    let leave = InternetLeave { by: act.actor.clone(), reason: act.reason.clone(), from: act.from, until: act.until };
    let record = SiteRecord { internet: Some(leave), ..asked.record(&act.site) };
    let answer =
        Answer { findings, ..Answer::default() }.on(const { &[Citation::article(6).clause(2)] }).relying_on(&[22]);
    answer.change(EstateChange::Site { site: act.site.clone(), record: Box::new(record) })
}
