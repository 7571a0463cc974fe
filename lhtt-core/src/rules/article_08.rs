//! Điều 8: security. Decides by clause 2 (a change of the configuration has its reason), clause 3 điểm b, see [`scenario`], and điểm c: a new terminal is checked before it is used
//!

pub(crate) mod scenario;

use crate::citation::Citation;
use crate::civil::Date;
use crate::finding::{DutyHolder, Finding};
use crate::ids::EndpointId;
use crate::registry::estate::{CheckCause, DeviceCheck, Endpoint, Verdict};
use crate::rules::article_18;

/// Whoever manages the system answers for its MCU, its lines and terminals.
const CLAUSE_2: Citation = Citation::article(8).clause(2);

/// Điều 8 khoản 2: whoever changes the configuration says why.
pub(crate) fn configured_for_a_reason(reason: &str) -> Option<Finding> {
    reason.trim().is_empty().then(|| {
        Finding::missing("8.2/reason", &[CLAUSE_2])
            .observed("thay đổi cấu hình không nêu lý do", "the configuration is changed, and no reason is stated")
            .required("lý do thay đổi", "a reason")
            .remedy("nêu lý do", "state the reason")
            .duty_of(DutyHolder::TrungTam)
    })
}

/// Điều 8 khoản 2: a configuration that nobody is named for is the system's own.
pub(crate) fn nobody_configured() -> Finding {
    Finding::advice("8.2/unnamed", &[CLAUSE_2])
        .observed("không ghi người thay đổi cấu hình", "nobody is named as changing the configuration")
        .required("họ tên, vai trò người thay đổi và lý do", "the name and role of who changes it, and a reason")
        .duty_of(DutyHolder::TrungTam)
}

/// What a new terminal stands on.
pub(crate) const NEW_DEVICE: [Citation; 2] =
    [Citation::article(8).clause(3).point('c'), Citation::article(18).clause(5)];

/// Điều 8 khoản 3 điểm c with Điều 18 khoản 5: a new terminal, or one of which it is not known why it is not in use.
pub(crate) fn new_checked(id: &EndpointId, endpoint: &Endpoint, today: Date) -> Option<Finding> {
    let new = endpoint.due.is_none_or(|due| due.cause == CheckCause::New);
    if !new || passed(endpoint.check_made(today)) {
        return None;
    }
    Some(unchecked(Finding::missing("8.3.c/new-device", &NEW_DEVICE), id, endpoint, today))
}

/// Điều 8 khoản 3 điểm c, 18 khoản 5: what is put down is new or stands in for another; what is serviced was there before.
pub(crate) fn cause_fits(id: &EndpointId, cause: CheckCause, put_down: bool) -> Option<Finding> {
    let (vi, en) = match (put_down, cause) {
        (true, CheckCause::New | CheckCause::Replaced)
        | (false, CheckCause::Repaired | CheckCause::Replaced | CheckCause::Upgraded) => return None,
        (true, CheckCause::Repaired | CheckCause::Upgraded) => (
            format!("thiết bị “{id}” mới lắp đặt, khai là sửa chữa hoặc nâng cấp"),
            format!("the terminal `{id}` is put down for the first time, and said to be repaired or upgraded"),
        ),
        (false, CheckCause::New) => (
            format!("thiết bị “{id}” đã có trong sổ, khai là mới"),
            format!("the terminal `{id}` was there before, and is said to be new"),
        ),
    };
    let finding = Finding::violation("8.3.c/cause", &NEW_DEVICE)
        .observed(vi, en)
        .required(
            "lắp đặt: mới hoặc thay thế; bảo dưỡng: sửa chữa, thay thế hoặc nâng cấp",
            "put down: new or replaced; serviced: repaired, replaced or upgraded",
        )
        .remedy(
            "khai đúng lý do, kiểm tra an ninh trước khi sử dụng",
            "state what it is, and have it checked before use",
        )
        .reading(10)
        .duty_of(DutyHolder::Member);
    Some(finding)
}

/// Điều 8 khoản 3 điểm c, Điều 16 khoản 2, Điều 18 khoản 5: a terminal that was not put into use after its check joins nothing.
pub(crate) fn in_use(id: &EndpointId, endpoint: &Endpoint) -> Option<Finding> {
    if endpoint.active {
        return None;
    }
    let finding = Finding::violation("8.3.c/in-use", asking(endpoint))
        .observed(
            format!("thiết bị đầu cuối “{id}” chưa được đưa vào sử dụng"),
            format!("the terminal `{id}` has not been put into use"),
        )
        .required("thiết bị đã được kiểm tra an ninh và đưa vào sử dụng", "a terminal checked and put into use")
        .remedy("kiểm tra an ninh rồi đưa thiết bị vào sử dụng", "have it checked, then activate it")
        .duty_of(DutyHolder::Member)
        .reading(10);
    Some(finding)
}

/// Điều 8 khoản 3 điểm c, Điều 16 khoản 2, Điều 18 khoản 5: a check that is recorded has been made, and of what is due.
pub(crate) fn check_dated(id: &EndpointId, endpoint: &Endpoint, date: Date, today: Date) -> Option<Finding> {
    let finding = || Finding::missing("8.3.c/dated", asking(endpoint)).reading(10);
    article_18::dated(finding, id.as_str(), date, endpoint.due.map(|due| due.since), today)
}

/// What asks for the check of a terminal.
fn asking(endpoint: &Endpoint) -> &'static [Citation] {
    const SERVICED: [Citation; 1] = [Citation::article(18).clause(5)];
    const REPLACED: [Citation; 1] = [Citation::article(16).clause(2)];
    match endpoint.due.map(|due| due.cause) {
        Some(CheckCause::New) | None => &NEW_DEVICE,
        Some(CheckCause::Repaired | CheckCause::Upgraded) => &SERVICED,
        Some(CheckCause::Replaced) => &REPLACED,
    }
}

/// Whether a check was made and passed.
pub(crate) fn passed(check: Option<&DeviceCheck>) -> bool {
    check.is_some_and(|check| check.result == Verdict::Pass)
}

/// The words for a terminal whose check is missing or failed.
pub(crate) fn unchecked(finding: Finding, id: &EndpointId, endpoint: &Endpoint, today: Date) -> Finding {
    let (what_vi, what_en) = match endpoint.due.map(|due| due.cause) {
        Some(CheckCause::Repaired) => ("đã sửa chữa", "repaired"),
        Some(CheckCause::Replaced) => ("thay thế", "replaced"),
        Some(CheckCause::Upgraded) => ("đã nâng cấp", "upgraded"),
        Some(CheckCause::New) | None => ("đầu tư mới", "new"),
    };
    let (vi, en) = match endpoint.check_made(today) {
        Some(check) => (
            format!("kiểm tra an ninh ngày {}: không đạt", check.date.vi()),
            format!("the security check of {} failed", check.date),
        ),
        None => ("chưa được kiểm tra an ninh".to_owned(), "its security check is missing".to_owned()),
    };
    finding
        .observed(format!("thiết bị {what_vi} “{id}”: {vi}"), format!("the {what_en} terminal `{id}`: {en}"))
        .required(
            "Công an tỉnh kiểm tra đạt trước khi đưa vào sử dụng",
            "a check by the provincial police, passed before use",
        )
        .remedy("phối hợp Công an tỉnh kiểm tra thiết bị", "have the provincial police check it")
        .duty_of(DutyHolder::Member)
        .reading(10)
}
