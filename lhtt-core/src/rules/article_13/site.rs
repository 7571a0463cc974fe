//! Điều 13 khoản 4 điểm a: the operator of a site speaks for that site, and nobody else does.

use crate::actor::{Actor, Role};
use crate::citation::Citation;
use crate::finding::{DutyHolder, Finding};
use crate::ids::SiteId;

/// What a site reports, answers or declares is its own operator's; `place` says that it does.
pub(crate) fn own(actor: &Actor, site: &SiteId, place: Citation) -> Option<Finding> {
    if actor.role == Role::SiteOperator && actor.site.as_ref() == Some(site) {
        return None;
    }
    let finding = Finding::violation("13.4.a/own-site", &[place])
        .observed(
            format!("{} không phải cán bộ vận hành điểm cầu “{site}”", actor.name),
            format!("{} is not the operator of `{site}`", actor.name),
        )
        .required("cán bộ vận hành của chính điểm cầu đó", "the operator of that very site")
        .remedy(format!("cán bộ vận hành điểm cầu “{site}” thực hiện"), format!("let the operator of `{site}` do it"))
        .duty_of(DutyHolder::Member)
        .reading(43);
    Some(finding)
}
