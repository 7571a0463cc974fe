//! What is kept on record: who runs a site (Điều 18 khoản 3), and the control units (Điều 3 khoản 3).

use super::{Answer, Asked};
use crate::actor::action::Action;
use crate::change::EstateChange;
use crate::citation::Citation;
use crate::registry::estate::{Mcu, SiteRecord};
use crate::request::estate::{RegisterMcu, SetContacts};
use crate::rules::{article_03, article_18};

pub(super) fn set_contacts(asked: &Asked<'_>, act: &SetContacts) -> Answer {
    let mut findings = asked.may_at(&act.actor, Action::KeepSite, &act.site);
    findings.extend(article_03::site_known(asked.registry, &act.site));
    let name = article_18::name_of(asked.registry, &act.site);
    findings.extend(article_18::contacts_named(&name, &act.contacts));
    let contacts_changed_at = Some(asked.now());
    let record = SiteRecord { contacts: act.contacts.clone(), contacts_changed_at, ..asked.record(&act.site) };
    let answer = Answer { findings, ..Answer::default() }.on(&[article_18::CLAUSE_3]).relying_on(&[24]);
    answer.change(EstateChange::Site { site: act.site.clone(), record: Box::new(record) })
}

pub(super) fn register_mcu(asked: &Asked<'_>, act: &RegisterMcu) -> Answer {
    let mut findings = asked.may(&act.actor, Action::Assess, None);
    let RegisterMcu { mcu, name, role, place, .. } = act.clone();
    let record = Mcu { name, role, place };
    findings.extend(article_03::one_mcu(asked.registry, &mcu, &record));
    let answer = Answer { findings, ..Answer::default() }.on(const { &[Citation::article(3).clause(3)] });
    answer.change(EstateChange::Mcu { mcu, record })
}
