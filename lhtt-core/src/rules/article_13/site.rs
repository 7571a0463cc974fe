//! Điều 13 khoản 4 điểm a: the operator of a site speaks for that site, the technical operator may write it down.

use super::POINT_4A;
use crate::actor::{Actor, Role};
use crate::finding::{DutyHolder, Finding};
use crate::ids::SiteId;
use crate::registry::Session;

/// A site's operator reports for the own site; the chair site's may pass on what a member told.
pub(crate) fn own(actor: &Actor, session: &Session, site: &SiteId) -> Option<Finding> {
    let own = actor.site.as_ref() == Some(site) || actor.site.as_ref() == Some(&session.chair_site);
    if actor.role != Role::SiteOperator || own {
        return None;
    }
    let finding = Finding::violation("13.4.a/own-site", &[POINT_4A])
        .observed(
            format!("{} không phải cán bộ vận hành điểm cầu “{site}”", actor.name),
            format!("{} is not the operator of `{site}`", actor.name),
        )
        .required("cán bộ vận hành của chính điểm cầu đó", "the operator of that very site")
        .duty_of(DutyHolder::Member)
        .reading(43);
    Some(finding)
}
