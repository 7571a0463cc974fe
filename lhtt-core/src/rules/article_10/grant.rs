//! Điều 5 khoản 6 and Điều 10 khoản 1: the managing authority grants control.

use super::{CLAUSE_1, CLAUSE_5_6, agency, name};
use crate::civil::Moment;
use crate::finding::{DutyHolder, Finding};
use crate::ids::{ControlGrantId, SiteId};
use crate::registry::floor::ControlGrant;
use crate::registry::{Organization, Registry};
use crate::time::Wall;

/// The grant that covers a site at this moment; of several, the one that lasts longest.
pub(crate) fn in_force<'a>(registry: &'a Registry, site: &SiteId, at: Moment) -> Option<&'a ControlGrant> {
    let (one, agency) = (registry.site(site)?, agency(registry, site)?);
    let covering = registry.floor().grants.values().filter(|grant| grant.covers(one, agency) && grant.in_force(at));
    covering.max_by_key(|grant| (grant.until.is_none(), grant.until))
}

/// Điều 5 khoản 6, 10 khoản 1: control is handed over within a grant in force. A site that may not hold control at all
/// cannot be granted it; that is for the level to say.
pub(crate) fn granted(registry: &Registry, site: &SiteId, at: Wall) -> Option<Finding> {
    if !super::may_hold(registry, site, at) || at.trusted && in_force(registry, site, at.into()).is_some() {
        return None;
    }
    Some(match at.trusted {
        true => none(registry, site),
        false => lacking(
            "đồng hồ chưa tin cậy, không xác định được hiệu lực phân quyền".to_owned(),
            "the clock is not trusted, so no grant can be told to be in force".to_owned(),
        ),
    })
}

/// No grant covers this site now: the Centre operates its session.
pub(crate) fn none(registry: &Registry, site: &SiteId) -> Finding {
    let name = name(registry, site);
    lacking(
        format!("“{name}” không có văn bản phân quyền còn hiệu lực"),
        format!("`{name}` has no grant of control in force"),
    )
}

fn lacking(vi: String, en: String) -> Finding {
    Finding::missing("5.6/grant", &[CLAUSE_5_6, CLAUSE_1])
        .observed(vi, en)
        .required(
            "phân quyền điều khiển của cơ quan quản lý, vận hành Hệ thống còn hiệu lực",
            "a grant of control by the managing authority, in force",
        )
        .remedy(
            "đề nghị cơ quan quản lý, vận hành Hệ thống phân quyền, hoặc cán bộ kỹ thuật điều khiển MCU thực hiện",
            "ask the managing authority for a grant, or the MCU operator to carry it out",
        )
        .reading(31)
        .duty_of(DutyHolder::ManagingAuthority)
}

/// Điều 5 khoản 6: a grant has a name of its own, says to whom, and does not end before it begins.
pub(crate) fn well_formed(registry: &Registry, id: &ControlGrantId, grant: &ControlGrant) -> Option<Finding> {
    let (vi, en) = if registry.floor().grants.contains_key(id) {
        (format!("đã có phân quyền “{id}”"), format!("there is a grant `{id}` already"))
    } else if !grant.names_somebody() {
        ("phân quyền không nêu cấp, cơ quan hay điểm cầu nào".to_owned(), "the grant names nobody".to_owned())
    } else if grant.until.is_some_and(|until| until < grant.from) {
        ("phân quyền hết hạn trước khi có hiệu lực".to_owned(), "the grant ends before it begins".to_owned())
    } else if grant.withdrawn.is_some() {
        ("phân quyền mới đã ghi thu hồi".to_owned(), "a new grant is withdrawn already".to_owned())
    } else {
        return None;
    };
    let finding = Finding::violation("5.6/grant-form", &[CLAUSE_5_6])
        .observed(vi, en)
        .required(
            "tên riêng, cấp hoặc cơ quan hoặc điểm cầu, thời hạn",
            "a name of its own; a level, an agency or a site; a period",
        )
        .reading(31)
        .duty_of(DutyHolder::ManagingAuthority);
    Some(finding)
}

/// The agency that a grant is made out to, if it is to one; inside, what is known of it.
fn agency_of<'a>(registry: &'a Registry, grant: &ControlGrant) -> Option<Option<&'a Organization>> {
    match (&grant.site, &grant.organization) {
        (Some(site), _) => Some(agency(registry, site)),
        (None, Some(organization)) => Some(registry.organization(organization)),
        (None, None) => None,
    }
}

/// By which readings the level that is granted control may hold it.
pub(crate) fn allowing(registry: &Registry, grant: &ControlGrant) -> &'static [u16] {
    super::allowing(agency_of(registry, grant).flatten(), grant.tier)
}

/// Điều 10 khoản 1: control is granted only to those who may hold it.
pub(crate) fn to_eligible(registry: &Registry, grant: &ControlGrant, at: impl Into<Moment>) -> Option<Finding> {
    let profile = registry.profile_at(at.into());
    let agency = agency_of(registry, grant);
    let tier = grant.tier.is_none_or(|tier| profile.control.eligible_tiers.contains(&tier));
    if tier && agency.is_none_or(|agency| agency.is_some_and(|agency| super::eligible(profile, agency))) {
        return None;
    }
    let finding = Finding::violation("10.1/grant-to", &[CLAUSE_1])
        .observed(
            "phân quyền cho đối tượng không được giữ quyền điều khiển hoặc không có trong danh mục",
            "the grant is made out to somebody who may not hold control, or is not known",
        )
        .required("điểm cầu cấp tỉnh, cấp huyện", "sites of the province or a district")
        .duty_of(DutyHolder::ManagingAuthority);
    Some(match agency {
        Some(None) => finding,
        Some(Some(agency)) if tier && super::is_affiliated(agency) => finding.reading(4),
        _ => finding.reading(7),
    })
}

/// Điều 5 khoản 6: what is withdrawn was granted, and not withdrawn before.
pub(crate) fn stands(registry: &Registry, id: &ControlGrantId) -> Option<Finding> {
    if registry.floor().grants.get(id).is_some_and(|grant| grant.withdrawn.is_none()) {
        return None;
    }
    let finding = Finding::violation("5.6/grant-stands", &[CLAUSE_5_6])
        .observed(
            format!("không có phân quyền “{id}” chưa thu hồi"),
            format!("there is no grant `{id}` that is not withdrawn"),
        )
        .required("một phân quyền chưa thu hồi", "a grant that is not withdrawn")
        .reading(31)
        .duty_of(DutyHolder::ManagingAuthority);
    Some(finding)
}
