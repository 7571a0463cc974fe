//! Điều 13 khoản 3 điểm b: the chair takes sign-ups for the floor and gives it, one speaker at a time.

use crate::citation::Citation;
use crate::civil::Moment;
use crate::finding::{DutyHolder, Finding};
use crate::ids::FloorRequestId;
use crate::registry::floor::{FloorEvent, FloorKind, FloorRequest, FloorState, SessionFloor};
use crate::registry::{Registry, Session};
use crate::request::{Actor, Role};
use crate::rules::article_03::member_name;
use crate::rules::article_10;
use crate::submission::Member;

pub(crate) const POINT_B: Citation = Citation::article(13).clause(3).point('b');

/// Điểm b: a member has one sign-up for a floor at a time.
pub(crate) fn one_request(
    registry: &Registry,
    floor: Option<&SessionFloor>,
    member: &Member,
    kind: FloorKind,
) -> Option<Finding> {
    let mut requests = floor?.requests.iter();
    let (id, _) = requests.find(|(_, one)| one.member == *member && one.floor == kind && !one.state.over())?;
    let name = member_name(registry, member);
    let finding = Finding::violation("13.3.b/one-request", &[POINT_B])
        .observed(format!("{name} đã đăng ký (số {id})"), format!("{name} has signed up already (number {id})"))
        .required("mỗi thành phần một đăng ký chưa xong", "one open sign-up for each member")
        .remedy("chờ đến lượt, hoặc hủy đăng ký cũ", "wait for its turn, or cancel it")
        .duty_of(DutyHolder::Member);
    Some(finding)
}

/// Điểm b: a word is said on a sign-up that is there.
pub(crate) fn known(id: Option<FloorRequestId>) -> Finding {
    let (vi, en) = match id {
        Some(id) => (format!("không có đăng ký số {id}"), format!("there is no sign-up {id}")),
        None => ("hàng chờ không có ai".to_owned(), "nobody is waiting".to_owned()),
    };
    Finding::missing("13.3.b/request-known", &[POINT_B])
        .observed(vi, en)
        .required("một đăng ký đang chờ", "a sign-up that waits")
        .duty_of(DutyHolder::Chair)
}

/// Điểm b: each thing at its turn, see the floor machine.
pub(crate) fn turn(id: FloorRequestId, state: FloorState, event: FloorEvent) -> Option<Finding> {
    if state.next(event).is_some() {
        return None;
    }
    let finding = Finding::violation("13.3.b/turn", &[POINT_B])
        .observed(format!("đăng ký số {id} {}", state_vi(state)), format!("sign-up {id} is {state:?}").to_lowercase())
        .required(event_vi(event), event_en(event))
        .remedy("đăng ký lại", "sign up again")
        .duty_of(DutyHolder::Chair);
    Some(finding)
}

/// Điểm b: as many speakers at once as the profile lets, one presentation (I5). Whoever's time is over, or whose line is gone
/// for longer than the grace, does not count.
pub(crate) fn floor_free(
    registry: &Registry,
    floor: Option<&SessionFloor>,
    kind: FloorKind,
    at: Moment,
) -> Option<Finding> {
    let profile = &registry.profile_at(at).floor;
    let most = if kind == FloorKind::Content { 1 } else { profile.speakers };
    let holders = holders(floor, kind).filter(|(_, one)| one.holds(profile.grace_s, at));
    let names: Vec<_> = holders.map(|(_, one)| member_name(registry, &one.member)).collect();
    if names.len() < usize::from(most) {
        return None;
    }
    let finding = Finding::violation("13.3.b/floor-free", &[POINT_B])
        .observed(format!("đang phát biểu: {}", names.join(", ")), format!("the floor is with {}", names.join(", ")))
        .required(format!("không quá {most} lượt cùng lúc"), format!("at most {most} at once"))
        .remedy("kết thúc lượt đang phát biểu trước", "end the turn that runs first")
        .duty_of(DutyHolder::Chair);
    Some(finding)
}

/// Those to whom a floor is granted, whether or not they still have it.
pub(crate) fn holders(
    floor: Option<&SessionFloor>,
    kind: FloorKind,
) -> impl Iterator<Item = (FloorRequestId, &FloorRequest)> {
    let requests = floor.into_iter().flat_map(|one| &one.requests);
    let granted = requests.filter(move |(_, one)| one.floor == kind && one.state == FloorState::Granted);
    granted.map(|(id, one)| (*id, one))
}

/// Điểm b: the floor goes to a member who is there.
pub(crate) fn there(registry: &Registry, request: &FloorRequest, at: Moment) -> Option<Finding> {
    if !request.lost(registry.profile_at(at).floor.grace_s, at) {
        return None;
    }
    let name = member_name(registry, &request.member);
    let finding = Finding::violation("13.3.b/there", &[POINT_B])
        .observed(format!("{name} đang mất kết nối"), format!("the line of {name} is down"))
        .required("thành phần đang kết nối", "a member that is connected")
        .remedy("mời lượt tiếp theo", "give the floor to the next")
        .duty_of(DutyHolder::Member);
    Some(finding)
}

/// Điểm b: a member speaks for itself.
pub(crate) fn own(actor: &Actor, member: &Member) -> Option<Finding> {
    if actor.site.is_some() && actor.site.as_ref() == member.site() {
        return None;
    }
    let finding = Finding::violation("13.3.b/own", &[POINT_B])
        .observed(
            format!("{} làm thay cho “{}”", actor.name, member.id()),
            format!("{} acts for `{}`", actor.name, member.id()),
        )
        .required("điểm cầu của chính người vận hành", "the operator's own site")
        .remedy("đề nghị điểm cầu chủ trì", "ask the chair site")
        .duty_of(DutyHolder::Member);
    Some(finding)
}

/// Điểm b with Điều 10 khoản 1: where the Centre operates a session for its chair, the chair decides and the Centre carries out
/// . Its word belongs with the act.
pub(crate) fn chair_decides(
    registry: &Registry,
    session: &Session,
    actor: &Actor,
    decided_by: Option<&Actor>,
    at: Moment,
) -> Option<Finding> {
    if actor.role != Role::McuOperator {
        return None;
    }
    let finding = match decided_by {
        None if article_10::may_hold(registry, &session.chair_site, at) => return None,
        None => Finding::advice("13.3.b/chair-decides", &[POINT_B]).observed(
            "chưa ghi người của điểm cầu chủ trì quyết định",
            "nobody of the chair site is named as deciding",
        ),
        Some(one) if one.role == Role::SiteOperator && one.site.as_ref() == Some(&session.chair_site) => return None,
        Some(one) => Finding::violation("13.3.b/chair-decides", &[POINT_B]).observed(
            format!("{} không thuộc điểm cầu chủ trì", one.name),
            format!("{} is not of the chair site", one.name),
        ),
    };
    let finding = finding
        .required("điểm cầu chủ trì quyết định, Trung tâm thực hiện", "the chair decides, the Centre carries it out")
        .remedy("nêu người quyết định của điểm cầu chủ trì", "name who of the chair site decided")
        .reading(7)
        .duty_of(DutyHolder::TrungTam);
    Some(finding)
}

const fn state_vi(state: FloorState) -> &'static str {
    match state {
        FloorState::Pending => "đang chờ tiếp nhận",
        FloorState::Accepted => "đang trong hàng chờ",
        FloorState::Granted => "đang được phát biểu",
        FloorState::Released => "đã phát biểu xong",
        FloorState::Revoked => "đã bị dừng",
        FloorState::Denied => "đã bị từ chối",
        FloorState::Cancelled => "đã hủy",
    }
}

const fn event_vi(event: FloorEvent) -> &'static str {
    match event {
        FloorEvent::Accept => "một đăng ký chưa tiếp nhận",
        FloorEvent::Release | FloorEvent::Revoke => "một lượt đang được phát biểu",
        FloorEvent::Grant | FloorEvent::Deny | FloorEvent::Cancel | FloorEvent::Prioritize => "một đăng ký đang chờ",
    }
}

const fn event_en(event: FloorEvent) -> &'static str {
    match event {
        FloorEvent::Accept => "a sign-up that is pending",
        FloorEvent::Release | FloorEvent::Revoke => "a sign-up that is granted",
        FloorEvent::Grant | FloorEvent::Deny | FloorEvent::Cancel | FloorEvent::Prioritize => "a sign-up that waits",
    }
}
