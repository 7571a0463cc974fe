//! Điều 6 khoản 2: a room comes over the province's data network. The Internet is for personal devices with a grant and for
//! guests.

use crate::actor::action::Action;
use crate::citation::Citation;
use crate::civil::{Date, Moment};
use crate::finding::{DutyHolder, Finding};
use crate::ids::SiteId;
use crate::registry::estate::InternetLeave;
use crate::registry::{Registry, RoomInternet};
use crate::request::Role;
use crate::rules::{article_18, role};

/// Leave to come over the Internet does not end before it begins.
pub(crate) fn leave_dated(from: Date, until: Date) -> Option<Finding> {
    let finding = || Finding::missing("6.2/leave-dated", &[Citation::article(6).clause(2)]).reading(22);
    article_18::dated(finding, "until", until, Some(from), until)
}

/// A room that comes over the Internet. Leave of the managing authority makes it a recorded breach.
pub(crate) fn room_over_internet(registry: &Registry, site: &SiteId, at: Moment) -> Option<Finding> {
    let finding = match registry.profile_at(at).net.room_internet {
        RoomInternet::Allow => return None,
        RoomInternet::Deny => Finding::violation("6.2/room-network", &[Citation::article(6).clause(2)]),
        RoomInternet::Override => Finding {
            overridable_by: Some(Role::ManagingAuthority),
            ..Finding::overridable("6.2/room-network", &[Citation::article(6).clause(2)])
        },
    };
    let finding = finding
        .observed("phòng họp kết nối qua Internet", "the room comes over the Internet")
        .required("đường truyền mạng số liệu chuyên dùng của tỉnh", "a line of the province's data network")
        .remedy(
            "chuyển sang mạng số liệu chuyên dùng, hoặc đề nghị cơ quan quản lý, vận hành cho phép có thời hạn (`allow_internet`)",
            "use the data network, or ask the managing authority for leave for a time (`allow_internet`)",
        )
        .duty_of(DutyHolder::Member)
        .reading(22);
    let leave = registry.estate().site(site).and_then(|record| record.internet.as_ref());
    let counts = |leave: &InternetLeave| {
        at < leave.until.end() && role::given(registry, (&leave.by, leave.from.start()), None, Action::Assess, at)
    };
    match leave.is_some_and(counts) {
        true => Some(finding.once_overridden()),
        false => Some(finding),
    }
}
