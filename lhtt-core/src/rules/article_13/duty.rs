//! Điều 13 khoản 1, 2, 3 điểm a, 4 điểm a: who is on duty in a session, by name, and who puts them there.

use super::{CLAUSE_1, CLAUSE_2, POINT_3A, POINT_4A};
use crate::actor::{Actor, Role};
use crate::citation::Citation;
use crate::finding::{DutyHolder, Finding};
use crate::registry::{Course, Post, Registry, Session};
use crate::submission::Member;

/// Khoản 1: a person at the MCU. Nothing starts without, unless somebody overrides it.
pub(crate) fn mcu_operator(course: &Course) -> Option<Finding> {
    if course.duty.at(&Post::McuOperator).is_some() {
        return None;
    }
    let finding = Finding::overridable("13.1/mcu-operator", &[CLAUSE_1])
        .observed("chưa phân công cán bộ kỹ thuật trực điều khiển MCU", "nobody is on duty at the MCU")
        .required("cán bộ kỹ thuật trực điều khiển MCU, có họ tên", "a named operator on duty at the MCU")
        .remedy("phân công cán bộ trực", "assign an operator")
        .duty_of(DutyHolder::TrungTam);
    Some(finding)
}

/// Khoản 2: a person for the province's data network. A breach of whoever runs it; the session starts.
pub(crate) fn tslcd(course: &Course) -> Option<Finding> {
    if course.duty.at(&Post::Tslcd).is_some() {
        return None;
    }
    let finding = Finding::breach("13.2/tslcd-duty", &[CLAUSE_2])
        .observed(
            "chưa có đầu mối trực mạng truyền số liệu chuyên dùng",
            "nobody is on duty for the province's data network",
        )
        .required("cán bộ trực mạng, có họ tên", "a named person on duty for the network")
        .remedy("phân công đầu mối trực mạng", "name the duty of the network")
        .duty_of(DutyHolder::Tslcd)
        .reading(37);
    Some(finding)
}

/// Khoản 3 điểm a: an operator at the chair site, throughout.
pub(crate) fn chair_operator(session: &Session, course: &Course) -> Option<Finding> {
    if course.duty.at(&Post::ChairOperator).is_some() {
        return None;
    }
    let finding = Finding::overridable("13.3.a/chair-operator", &[POINT_3A])
        .observed(
            format!("chưa phân công cán bộ vận hành điểm cầu chủ trì “{}”", session.chair_site),
            format!("nobody is named as operator of the chair site `{}`", session.chair_site),
        )
        .required("cán bộ vận hành điểm cầu chủ trì, có họ tên", "a named operator of the chair site")
        .remedy("phân công cán bộ vận hành điểm cầu chủ trì", "name the operator of the chair site")
        .duty_of(DutyHolder::Chair);
    Some(finding)
}

/// Khoản 4 điểm a, A-43: an operator at each member site. Advice: the text lets nothing wait for it.
pub(crate) fn members(session: &Session, course: &Course) -> Option<Finding> {
    let lacking = session.seats.iter().filter_map(|seat| match &seat.member {
        Member::Site(site) if *site != session.chair_site => {
            course.duty.at(&Post::MemberOperator(site.clone())).is_none().then(|| site.to_string())
        }
        _ => None,
    });
    let lacking = lacking.collect::<Vec<_>>().join(", ");
    if lacking.is_empty() {
        return None;
    }
    let finding = Finding::advice("13.4.a/member-operator", &[POINT_4A])
        .observed(
            format!("điểm cầu thành phần chưa phân công cán bộ vận hành: {lacking}"),
            format!("member sites without a named operator: {lacking}"),
        )
        .required("cán bộ vận hành tại mỗi điểm cầu thành phần", "a named operator at each member site")
        .duty_of(DutyHolder::Member)
        .reading(43);
    Some(finding)
}

/// Whose duty it is to start, run and end a session in its time: whoever does it.
pub(crate) fn starter(actor: &Actor) -> DutyHolder {
    match actor.role {
        Role::SiteOperator => DutyHolder::Chair,
        _ => DutyHolder::TrungTam,
    }
}

/// Each body names its own people; the technical operator may write down anybody's.
pub(crate) fn may_assign(registry: &Registry, actor: &Actor, session: &Session, post: &Post) -> Option<Finding> {
    let agency_of = |site| registry.site(site).map(|site| &site.organization);
    let of_site = |site| {
        actor.role == Role::SiteOperator && actor.site.as_ref() == Some(site)
            || (actor.role == Role::SiteOperator
                && actor.site.is_none()
                && agency_of(site) == actor.organization.as_ref())
    };
    let own = match post {
        Post::McuOperator => false,
        Post::Tslcd => matches!(actor.role, Role::NetworkOperator | Role::ManagingAuthority),
        Post::Carrier => matches!(actor.role, Role::Carrier | Role::NetworkOperator | Role::ManagingAuthority),
        Post::ChairOperator => of_site(&session.chair_site),
        Post::MemberOperator(site) => of_site(site),
    };
    if own || actor.role.of_technical_operator() {
        return None;
    }
    let (place, vi, en) = post_owner(post);
    let finding = Finding::violation("13.1/assign", &[place])
        .observed(
            format!("{} ({}) không phân công vị trí này", actor.name, actor.role.vi()),
            format!("{} ({}) does not assign this post", actor.name, actor.role.en()),
        )
        .required(vi, en)
        .remedy("đề nghị nơi có cán bộ đó phân công", "ask whoever's person it is");
    Some(finding)
}

/// Whose person holds a post, and where it says so.
pub(crate) fn post_owner(post: &Post) -> (Citation, &'static str, &'static str) {
    match post {
        Post::McuOperator => (CLAUSE_1, "đơn vị vận hành kỹ thuật phân công", "the technical operator assigns it"),
        Post::Tslcd => (CLAUSE_2, "cơ quan quản lý mạng phân công", "whoever runs the network assigns it"),
        Post::Carrier => {
            (Citation::article(19).clause(1), "doanh nghiệp viễn thông phân công", "the carrier assigns it")
        }
        Post::ChairOperator => (POINT_3A, "điểm cầu chủ trì phân công", "the chair site assigns it"),
        Post::MemberOperator(_) => (POINT_4A, "điểm cầu thành phần đó phân công", "the member site assigns it"),
    }
}
