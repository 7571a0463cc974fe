//! Điều 2: to whom the regulation applies.

use crate::citation::Citation;
use crate::finding::{DutyHolder, Finding};
use crate::ids::OrganizationId;
use crate::registry::Registry;

/// Điều 2: whoever acts is an agency or unit that the registry knows.
pub(crate) fn known_organization(registry: &Registry, id: &OrganizationId) -> Option<Finding> {
    if registry.organization(id).is_some() {
        return None;
    }
    let finding = Finding::violation("2/known-organization", &[Citation::article(2)])
        .observed(
            format!("cơ quan, đơn vị “{id}” không có trong danh mục của Hệ thống"),
            format!("the organisation `{id}` is not in the registry"),
        )
        .required("cơ quan, đơn vị thuộc đối tượng áp dụng", "an organisation to which the regulation applies")
        .remedy(
            "đề nghị cơ quan quản lý, vận hành Hệ thống bổ sung cơ quan, đơn vị vào danh mục",
            "ask the managing authority to add the organisation to the registry",
        )
        .duty_of(DutyHolder::Chair);
    Some(finding)
}

/// Điều 2: each agency is one.
pub(crate) fn named_once(id: &str) -> Finding {
    Finding::violation("2/named-once", &[Citation::article(2)])
        .observed(
            format!("cơ quan, đơn vị “{id}” được khai báo nhiều lần"),
            format!("the organisation `{id}` is configured more than once"),
        )
        .required("mỗi cơ quan, đơn vị một lần", "each organisation once")
        .duty_of(DutyHolder::ManagingAuthority)
}
