//! Điều 12 khoản 2 điểm c: every site checks its room before a session. Recorded, and advised on; refuses nothing.

use super::POINT_C;
use crate::finding::{DutyHolder, Finding};
use crate::ids::SiteId;
use crate::registry::{Course, Mark, Registry, SelfCheck, Session};
use crate::submission::Member;

/// What of a site's list is not good or was not checked.
pub(crate) fn open_items(registry: &Registry, session: &Session, site: &SiteId, check: &SelfCheck) -> Option<Finding> {
    let open = || check.items().into_iter().filter(|(.., mark)| *mark != Some(Mark::Pass));
    open().next()?;
    let list = |name: fn(&(&'static str, &'static str, Option<Mark>)) -> &'static str| {
        open().map(|item| name(&item)).collect::<Vec<_>>().join(", ")
    };
    let finding = Finding::advice("12.2.c/open-items", &[POINT_C])
        .observed(
            format!("{}: chưa đạt hoặc chưa kiểm tra: {}", name(registry, site), list(|item| item.0)),
            format!("`{site}`: not good or not checked: {}", list(|item| item.1)),
        )
        .required("đủ bảy mục kiểm tra đạt", "seven items, all good")
        .remedy(
            "phản ánh sự cố kỹ thuật về đơn vị vận hành kỹ thuật, sự cố đường truyền về đầu mối mạng truyền số liệu chuyên dùng",
            "take a technical incident to the technical operator, one of the line to the data network's duty",
        )
        .duty_of(holder(session, site));
    Some(finding)
}

/// Sites that start without a list in which all is good.
pub(crate) fn missing(registry: &Registry, session: &Session, course: &Course) -> Option<Finding> {
    let good = |check: &SelfCheck| check.items().into_iter().all(|(.., mark)| mark == Some(Mark::Pass));
    let lacking = session.seats.iter().filter_map(|seat| match &seat.member {
        Member::Site(site) => (!course.self_checks.get(site).is_some_and(good)).then_some(site),
        Member::Peer(_) => None,
    });
    let lacking: Vec<_> = lacking.collect();
    if lacking.is_empty() {
        return None;
    }
    let names = lacking.iter().map(|site| name(registry, site)).collect::<Vec<_>>().join(", ");
    let ids = lacking.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let finding = Finding::advice("12.2.c/self-check", &[POINT_C])
        .observed(format!("chưa có kết quả tự kiểm tra đạt: {names}"), format!("no self-check that is all good: {ids}"))
        .required("mỗi điểm cầu tự kiểm tra trước phiên họp", "a check of each room before the session")
        .duty_of(DutyHolder::Member);
    Some(finding)
}

fn holder(session: &Session, site: &SiteId) -> DutyHolder {
    if session.chair_site == *site { DutyHolder::Chair } else { DutyHolder::Member }
}

fn name(registry: &Registry, site: &SiteId) -> String {
    registry.site(site).map_or_else(|| site.to_string(), |site| site.name.clone())
}
