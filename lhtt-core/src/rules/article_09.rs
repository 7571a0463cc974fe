//! Điều 9: what a member site of the system must be. Decides only whether a site is admitted; how it gets there is not built.

use crate::citation::Citation;
use crate::finding::{DutyHolder, Finding};
use crate::ids::SiteId;
use crate::registry::Registry;

/// Điều 9: only admitted sites take part. A site that is not known is not admitted.
pub(crate) fn site_admitted(registry: &Registry, id: &SiteId) -> Option<Finding> {
    let site = registry.site(id);
    if site.is_some_and(|site| site.admitted) {
        return None;
    }
    let name = site.map_or(id.as_str(), |site| &site.name);
    let finding = Finding::violation("9/admitted", &[Citation::article(9)])
        .observed(
            format!("điểm cầu “{name}” chưa được công nhận là điểm cầu của Hệ thống"),
            format!("the site `{name}` is not admitted to the system"),
        )
        .required("điểm cầu đã được đánh giá đáp ứng và công nhận", "a site assessed and admitted")
        .remedy("thực hiện thủ tục tham gia Hệ thống theo Điều 9", "have the site admitted as Điều 9 says")
        .duty_of(DutyHolder::Member);
    Some(finding)
}
