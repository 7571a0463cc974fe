//! Terminals: put down, checked, in use, changed, out (Điều 6 khoản 6, Điều 8 khoản 3 điểm c, Điều 16 khoản 2, Điều 18
//! khoản 5).

use super::{Answer, Asked};
use crate::actor::action::Action;
use crate::change::EstateChange;
use crate::citation::Citation;
use crate::civil::Date;
use crate::ids::EndpointId;
use crate::registry::estate::{ChangeRequest, CheckCause, CheckDue, Consent, DeviceCheck, DeviceWaiver, Endpoint};
use crate::request::estate::{CheckDevice, Commission, ConsentChange, OfEndpoint, RequestChange, Service, WaiveCheck};
use crate::rules::article_06::drift;
use crate::rules::{article_03, article_08, article_16, article_18};

const CONSENT: &[Citation] = &[Citation::article(6).clause(6)];

/// It waits for its check, a personal one for an access grant besides.
pub(super) fn commission(asked: &Asked<'_>, act: &Commission) -> Answer {
    let mut findings = asked.may_at(&act.actor, Action::KeepSite, &act.site);
    findings.extend(article_03::site_known(asked.registry, &act.site));
    findings.extend(article_18::dated_in_order(act.endpoint.as_str(), act.date, asked.today()));
    findings.extend(article_08::cause_fits(&act.endpoint, act.cause, true));
    if asked.registry.estate().endpoint(&act.endpoint).is_some() {
        findings.push(article_03::endpoint_twice(&act.endpoint));
    }
    let due = Some(CheckDue { cause: act.cause, since: act.date });
    let (asset, fingerprint) = (act.asset.clone(), act.fingerprint.clone());
    let record = Endpoint { due, asset, fingerprint, ..Endpoint::new(act.site.clone(), act.kind) };
    set(Answer { findings, ..Answer::default() }, &act.endpoint, record).on(const { &[Citation::article(3).clause(4)] })
}

/// It is out of use until it is checked again; what was more demanding stays due.
pub(super) fn service(asked: &Asked<'_>, act: &Service) -> Answer {
    let Some(endpoint) = asked.registry.estate().endpoint(&act.endpoint) else {
        return Answer::refused(article_03::endpoint_unknown(&act.endpoint));
    };
    let mut findings = asked.may_at(&act.actor, Action::KeepSite, &endpoint.site);
    findings.extend(article_18::dated_in_order(act.endpoint.as_str(), act.date, asked.today()));
    findings.extend(article_08::cause_fits(&act.endpoint, act.cause, false));
    let waiting = endpoint.due.filter(|_| !endpoint.active).map(|due| due.cause);
    let cause = waiting.map_or(act.cause, |before| before.max(act.cause));
    let since = endpoint.due.map_or(act.date, |due| due.since.max(act.date));
    let record = Endpoint { active: false, due: Some(CheckDue { cause, since }), ..endpoint.clone() };
    set(Answer { findings, ..Answer::default() }, &act.endpoint, record).on(&[article_18::CLAUSE_5])
}

pub(super) fn check(asked: &Asked<'_>, act: &CheckDevice) -> Answer {
    let mut findings = asked.may(&act.actor, Action::CheckDevice, None);
    let Some(endpoint) = asked.registry.estate().endpoint(&act.endpoint) else {
        return Answer::refused(article_03::endpoint_unknown(&act.endpoint));
    };
    findings.extend(article_08::check_dated(&act.endpoint, endpoint, act.date, asked.today()));
    let mut record = endpoint.clone();
    let (checked_by, evidence) = (act.actor.name.clone(), act.evidence.clone());
    record.checks.push(DeviceCheck { result: act.result, date: act.date, checked_by, evidence });
    set(Answer { findings, ..Answer::default() }, &act.endpoint, record).on(&[article_16::CLAUSE_2]).relying_on(&[10])
}

pub(super) fn waive(asked: &Asked<'_>, act: &WaiveCheck) -> Answer {
    let mut findings = asked.may(&act.actor, Action::CheckDevice, None);
    let Some(endpoint) = asked.registry.estate().endpoint(&act.endpoint) else {
        return Answer::refused(article_03::endpoint_unknown(&act.endpoint));
    };
    findings.extend(article_08::check_dated(&act.endpoint, endpoint, act.date, asked.today()));
    findings.extend(article_16::may_be_waived(&act.endpoint, endpoint));
    let mut record = endpoint.clone();
    let (stated_by, evidence) = (act.actor.name.clone(), act.evidence.clone());
    record.waivers.push(DeviceWaiver { date: act.date, stated_by, evidence });
    set(Answer { findings, ..Answer::default() }, &act.endpoint, record).on(&[article_16::CLAUSE_2]).relying_on(&[10])
}

pub(super) fn activate(asked: &Asked<'_>, act: &OfEndpoint) -> Answer {
    let Some(endpoint) = asked.registry.estate().endpoint(&act.endpoint) else {
        return Answer::refused(article_03::endpoint_unknown(&act.endpoint));
    };
    let mut findings = asked.may_at(&act.actor, Action::KeepSite, &endpoint.site);
    findings.extend(article_03::endpoint_there(&act.endpoint, endpoint));
    let (rules, today) = (asked.registry.profile_at(asked.at.into()).device_check, asked.today());
    findings.extend(article_08::new_checked(&act.endpoint, endpoint, today));
    findings.extend(article_16::replaced_checked(&act.endpoint, endpoint, rules.replaced, today));
    findings.extend(article_18::serviced_checked(&act.endpoint, endpoint, rules.repaired, today));
    let record = Endpoint { active: true, ..endpoint.clone() };
    let answer = set(Answer { findings, ..Answer::default() }, &act.endpoint, record);
    answer.on(activated_on(endpoint, today)).relying_on(&[10])
}

/// What the use of a terminal stands on: why it was checked, or where it was said not to need it.
fn activated_on(endpoint: &Endpoint, today: Date) -> &'static [Citation] {
    const SERVICED: [Citation; 1] = [article_18::CLAUSE_5];
    const POLICE: [Citation; 1] = [article_16::CLAUSE_2];
    let checked = endpoint.check_made(today).is_some();
    match endpoint.due.map(|due| due.cause) {
        Some(CheckCause::New) | None => &article_08::NEW_DEVICE,
        Some(CheckCause::Upgraded) => &SERVICED,
        Some(CheckCause::Repaired) if checked => &SERVICED,
        Some(CheckCause::Repaired | CheckCause::Replaced) => &POLICE,
    }
}

pub(super) fn retire(asked: &Asked<'_>, act: &OfEndpoint) -> Answer {
    let Some(endpoint) = asked.registry.estate().endpoint(&act.endpoint) else {
        return Answer::refused(article_03::endpoint_unknown(&act.endpoint));
    };
    let findings = asked.may_at(&act.actor, Action::KeepSite, &endpoint.site);
    let record = Endpoint { active: false, retired: true, ..endpoint.clone() };
    set(Answer { findings, ..Answer::default() }, &act.endpoint, record).on(const { &[Citation::article(3).clause(4)] })
}

pub(super) fn request_change(asked: &Asked<'_>, act: &RequestChange) -> Answer {
    let Some(endpoint) = asked.registry.estate().endpoint(&act.endpoint) else {
        return Answer::refused(article_03::endpoint_unknown(&act.endpoint));
    };
    let mut findings = asked.may_at(&act.actor, Action::KeepSite, &endpoint.site);
    findings.extend(drift::consent_founded(&act.endpoint, true, !act.what.trim().is_empty()));
    let change = ChangeRequest { at: asked.now(), by: act.actor.clone(), what: act.what.clone() };
    let record = Endpoint { change: Some(change), ..endpoint.clone() };
    set(Answer { findings, ..Answer::default() }, &act.endpoint, record).on(CONSENT)
}

/// Consent to what was asked for, or to what was seen without being asked for.
pub(super) fn consent_change(asked: &Asked<'_>, act: &ConsentChange) -> Answer {
    let Some(endpoint) = asked.registry.estate().endpoint(&act.endpoint) else {
        return Answer::refused(article_03::endpoint_unknown(&act.endpoint));
    };
    let mut findings = asked.may(&act.actor, Action::Assess, None);
    let seen = endpoint.drifted.as_ref().map(|drifted| drifted.fingerprint.clone());
    let something = endpoint.change.is_some() || seen.is_some() || act.fingerprint.is_some();
    findings.extend(drift::consent_founded(&act.endpoint, act.document.is_named(), something));
    let what = endpoint.change.as_ref().map_or_else(String::new, |change| change.what.clone());
    let consent = Consent { at: asked.now(), by: act.actor.clone(), what, document: act.document.clone() };
    let mut record = Endpoint { change: None, drifted: None, ..endpoint.clone() };
    record.fingerprint = act.fingerprint.clone().or(seen).or(record.fingerprint);
    record.consents.push(consent);
    set(Answer { findings, ..Answer::default() }, &act.endpoint, record).on(CONSENT)
}

fn set(answer: Answer, endpoint: &EndpointId, record: Endpoint) -> Answer {
    answer.change(EstateChange::Endpoint { endpoint: endpoint.clone(), record: Box::new(record) })
}
