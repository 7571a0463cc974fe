//! Điều 16: the provincial police. Decides by clause 2: replaced terminals, and where no check is needed.

use super::article_08;
use crate::citation::Citation;
use crate::civil::Date;
use crate::finding::Finding;
use crate::ids::EndpointId;
use crate::registry::WhenServiced;
use crate::registry::estate::{CheckCause, Endpoint};

/// Where waivers stand.
pub(crate) const CLAUSE_2: Citation = Citation::article(16).clause(2);

/// Điều 16 khoản 2: a terminal that stands in for another.
pub(crate) fn replaced_checked(
    id: &EndpointId,
    endpoint: &Endpoint,
    rule: WhenServiced,
    today: Date,
) -> Option<Finding> {
    let replaced = endpoint.due.is_some_and(|due| due.cause == CheckCause::Replaced);
    if !replaced || serviced_in_order(endpoint, rule, today) {
        return None;
    }
    let finding = Finding::missing("16.2/replaced-device", &[CLAUSE_2]);
    Some(article_08::unchecked(finding, id, endpoint, today))
}

/// Whether a repaired or replaced terminal may be used: checked, or stated to need no check where that counts.
pub(crate) fn serviced_in_order(endpoint: &Endpoint, rule: WhenServiced, today: Date) -> bool {
    // A check that failed is not made good by a statement that none was needed.
    match (rule, endpoint.check_made(today)) {
        (WhenServiced::Never, _) => true,
        (_, Some(check)) => article_08::passed(Some(check)),
        (WhenServiced::UnlessWaived, None) => endpoint.waived(today).is_some(),
        (WhenServiced::Always, None) => false,
    }
}

/// Điều 16 khoản 2, A-10: only of replaced and repaired terminals can it be said that no check is needed.
pub(crate) fn may_be_waived(id: &EndpointId, endpoint: &Endpoint) -> Option<Finding> {
    let cited = match endpoint.due.map(|due| due.cause) {
        Some(CheckCause::Repaired | CheckCause::Replaced) => return None,
        Some(CheckCause::Upgraded) => vec![CLAUSE_2, Citation::article(18).clause(5)],
        Some(CheckCause::New) | None => [&[CLAUSE_2][..], &article_08::NEW_DEVICE].concat(),
    };
    let finding = Finding::violation("16.2/waiver", &cited)
        .observed(
            format!("thiết bị “{id}” là thiết bị mới hoặc nâng cấp"),
            format!("the terminal `{id}` is new or upgraded"),
        )
        .required(
            "thiết bị mới, nâng cấp luôn được kiểm tra; chỉ thiết bị thay thế, sửa chữa mới có thể “không cần thiết”",
            "new and upgraded terminals are always checked; only replaced and repaired ones can go without",
        )
        .remedy("kiểm tra thiết bị và ghi kết quả", "check it and record the result")
        .reading(10);
    Some(finding)
}
