//! Điều 18: the agencies that take part. Decides by clause 3 (who runs a site) and 5 (repaired and upgraded terminals).

use super::{article_08, article_16};
use crate::actor::Actor;
use crate::citation::Citation;
use crate::civil::Date;
use crate::finding::{DutyHolder, Finding};
use crate::ids::{EndpointId, SiteId};
use crate::registry::estate::{CheckCause, Contact, ContactDuty, Endpoint};
use crate::registry::{Organization, Registry, WhenServiced};

/// Who runs a site.
pub(crate) const CLAUSE_3: Citation = Citation::article(18).clause(3);
/// Repaired and upgraded terminals.
pub(crate) const CLAUSE_5: Citation = Citation::article(18).clause(5);

/// Điều 18 khoản 3: a leader of the office and a technician at each site. Recorded, refuses nothing.
pub(crate) fn contacts_named(site: &str, contacts: &[Contact]) -> Option<Finding> {
    let has = |duty| contacts.iter().any(|one| one.duty == duty && !one.name.trim().is_empty());
    let (vi, en) = match (has(ContactDuty::Leader), has(ContactDuty::Technician)) {
        (true, true) => return None,
        (false, true) => ("lãnh đạo Văn phòng (hoặc tương đương)", "a leader of the office"),
        (true, false) => ("cán bộ kỹ thuật", "a technician"),
        (false, false) => ("lãnh đạo Văn phòng và cán bộ kỹ thuật", "a leader of the office and a technician"),
    };
    let finding = Finding::breach("18.3/contacts", &[CLAUSE_3])
        .observed(format!("điểm cầu “{site}” chưa phân công {vi}"), format!("the site `{site}` lacks {en}"))
        .required("01 lãnh đạo Văn phòng và 01 cán bộ kỹ thuật", "a leader of the office and a technician")
        .remedy("phân công và thông báo về cơ quan quản lý, vận hành", "assign them and tell the managing authority")
        .duty_of(DutyHolder::Member);
    Some(finding)
}

/// Điều 18 khoản 3: an agency's people keep the papers of the agency's own sites.
pub(crate) fn own_site(registry: &Registry, actor: &Actor, owner: &Organization) -> Option<Finding> {
    let of_site = actor.site.as_ref().and_then(|site| registry.site(site)).map(|site| &site.organization);
    if of_site == Some(&owner.id) || actor.organization.as_ref() == Some(&owner.id) {
        return None;
    }
    let finding = Finding::violation("18.3/own-site", &[CLAUSE_3])
        .observed(
            format!("{} không thuộc “{}”", actor.name, owner.name),
            format!("{} is not of `{}`", actor.name, owner.name),
        )
        .required("người được phân công của chính cơ quan, đơn vị", "somebody of the agency itself")
        .duty_of(DutyHolder::Member);
    Some(finding)
}

/// Điều 18 khoản 5: a repaired terminal, unless the police state that no check is needed; an upgraded one in any case.
pub(crate) fn serviced_checked(
    id: &EndpointId,
    endpoint: &Endpoint,
    repaired: WhenServiced,
    today: Date,
) -> Option<Finding> {
    let in_order = match endpoint.due?.cause {
        CheckCause::New | CheckCause::Replaced => true,
        CheckCause::Upgraded => article_08::passed(endpoint.check_made(today)),
        CheckCause::Repaired => article_16::serviced_in_order(endpoint, repaired, today),
    };
    match in_order {
        true => None,
        false => {
            let finding = Finding::missing("18.5/serviced-device", &[CLAUSE_5]);
            Some(article_08::unchecked(finding, id, endpoint, today))
        }
    }
}

/// Điều 8 khoản 3 điểm c, Điều 16 khoản 2, Điều 18 khoản 5: what keeps a terminal from being put into use, whatever its cause.
pub(crate) fn awaits_check(registry: &Registry, id: &EndpointId, endpoint: &Endpoint, today: Date) -> Option<Finding> {
    let rules = registry.profile_on(today).device_check;
    article_08::new_checked(id, endpoint, today)
        .or_else(|| article_16::replaced_checked(id, endpoint, rules.replaced, today))
        .or_else(|| serviced_checked(id, endpoint, rules.repaired, today))
}

/// Điều 18 khoản 5: what was done with a terminal has happened.
pub(crate) fn dated_in_order(what: &str, date: Date, today: Date) -> Option<Finding> {
    dated(|| Finding::missing("18.5/dated", &[CLAUSE_5]), what, date, None, today)
}

/// A finding about a dated paper, if it is of the future, or older than what it is about.
pub(crate) fn dated(
    finding: impl FnOnce() -> Finding,
    what: &str,
    date: Date,
    since: Option<Date>,
    today: Date,
) -> Option<Finding> {
    let (vi, en) = match since {
        _ if date > today => {
            (format!("ghi ngày {}, sau ngày hôm nay", date.vi()), format!("is of {date}, a day to come"))
        }
        Some(since) if date < since => {
            (format!("ghi ngày {}, trước ngày {}", date.vi(), since.vi()), format!("is of {date}, before {since}"))
        }
        _ => return None,
    };
    let finding = finding()
        .observed(format!("“{what}” {vi}"), format!("`{what}` {en}"))
        .required("ngày của việc đã diễn ra", "the day of something that has happened")
        .duty_of(DutyHolder::Member);
    Some(finding)
}

/// A site by the name people know.
pub(crate) fn name_of(registry: &Registry, site: &SiteId) -> String {
    registry.site(site).map_or_else(|| site.to_string(), |site| site.name.clone())
}
