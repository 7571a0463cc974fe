//! Điều 14 khoản 1: each site checks, switches its terminal off, then cuts the power; the Centre checks.

use super::CLAUSE_1;
use crate::actor::{Actor, Role};
use crate::civil::{Moment, length};
use crate::finding::{DutyHolder, Finding};
use crate::ids::SiteId;
use crate::registry::{Closing, ClosingItem, Course, Profile, Registry, Session};
use crate::rules::article_03::member_name;
use crate::submission::Member;

/// A session may be ended for want of legs only where the profile says after how long.
pub(crate) fn idle(profile: &Profile, course: &Course, now: Moment) -> Option<Finding> {
    let empty = course.empty_since;
    let idle_long_enough =
        profile.idle_end_s.zip(empty).is_some_and(|(seconds, since)| since.plus_seconds(i64::from(seconds)) <= now);
    if idle_long_enough {
        return None;
    }
    let (observed_vi, observed_en) = match empty {
        Some(since) => {
            let (vi, en) = length(now.since(since));
            (format!("không còn kết nối nào đã {vi}"), format!("there has been no leg for {en}"))
        }
        None => ("phiên họp còn kết nối".to_owned(), "the session has legs".to_owned()),
    };
    let (required_vi, required_en) = match profile.idle_end_s {
        Some(seconds) => (format!("không còn kết nối từ {seconds} giây trở lên"), format!("no leg for {seconds} s")),
        None => ("cấu hình cho phép tự kết thúc".to_owned(), "a profile that lets a session end so".to_owned()),
    };
    let finding = Finding::violation("14.1/idle", &[CLAUSE_1])
        .observed(observed_vi, observed_en)
        .required(required_vi, required_en)
        .remedy(
            "người chủ trì hoặc cán bộ điều khiển MCU kết thúc phiên họp",
            "let the chair or the MCU operator end it",
        );
    Some(finding)
}

/// A later item before an earlier one is a breach: recorded as it is declared, nobody can see it from here.
pub(crate) fn in_order(
    registry: &Registry,
    session: &Session,
    closing: &Closing,
    site: &SiteId,
    item: ClosingItem,
) -> Option<Finding> {
    let done = closing.sites.get(site);
    let earlier = ClosingItem::ALL.into_iter().filter(|one| *one < item);
    let left: Vec<_> = earlier.filter(|one| done.is_none_or(|done| done.done(*one).is_none())).collect();
    if left.is_empty() {
        return None;
    }
    let list = |name: fn(ClosingItem) -> &'static str| left.iter().map(|one| name(*one)).collect::<Vec<_>>().join(", ");
    let holder = if session.chair_site == *site { DutyHolder::Chair } else { DutyHolder::Member };
    let site = member_name(registry, &Member::Site(site.clone()));
    let finding = Finding::breach("14.1/order", &[CLAUSE_1])
        .observed(
            format!("điểm cầu “{site}”: {} trước khi {}", item.vi(), list(ClosingItem::vi)),
            format!("`{site}`: {} before {}", item.en(), list(ClosingItem::en)),
        )
        .required("kiểm tra, tắt thiết bị đầu cuối, rồi ngắt nguồn điện", "check, terminal off, then power off")
        .duty_of(holder)
        .reading(23);
    Some(finding)
}

/// What is switched off are terminals; the Centre's item is a check.
pub(crate) fn centre_checks_only(item: ClosingItem) -> Option<Finding> {
    if item == ClosingItem::Check {
        return None;
    }
    let finding = Finding::violation("14.1/centre", &[CLAUSE_1])
        .observed(format!("Trung tâm: {}", item.vi()), format!("the Centre: {}", item.en()))
        .required("Trung tâm chỉ kiểm tra; MCU vẫn hoạt động", "a check at the Centre; its MCU stays on")
        .remedy("khai mục kiểm tra", "declare the check")
        .reading(23);
    Some(finding)
}

/// The Centre's check is its own people's.
pub(crate) fn centre_by_operator(actor: &Actor) -> Option<Finding> {
    if actor.role.of_technical_operator() {
        return None;
    }
    let finding = Finding::violation("14.1/centre-operator", &[CLAUSE_1])
        .observed(
            format!("{} hành động với vai trò {}", actor.name, actor.role.vi()),
            format!("{} acts as {}", actor.name, actor.role.en()),
        )
        .required(Role::McuOperator.vi(), Role::McuOperator.en());
    Some(finding)
}

/// What is dispensed with has a reason.
pub(crate) fn waiver_reason(reason: &str) -> Option<Finding> {
    if !reason.trim().is_empty() {
        return None;
    }
    let finding = Finding::missing("14.1/waiver", &[CLAUSE_1])
        .observed("chưa nêu lý do miễn", "no reason is stated")
        .required("lý do miễn thực hiện", "a reason to dispense with it");
    Some(finding)
}
