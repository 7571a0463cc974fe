//! Điều 13 khoản 1 and 3 điểm c with Điều 3 khoản 6 and 7: what the chair asks of the Centre, which carries it out.

use crate::actor::action::{Action, Permission, permission};
use crate::citation::Citation;
use crate::civil::Moment;
use crate::finding::{DutyHolder, Finding};
use crate::ids::InterventionId;
use crate::registry::floor::{Intervention, InterventionEvent, InterventionState, SessionFloor, Wanted};
use crate::registry::{Registry, Session};
use crate::request::Actor;
use crate::rules::article_03::{CLAUSE_6, CLAUSE_7, member_name};
use crate::rules::article_11::amendment::begun;
use crate::rules::role;
use crate::submission::Member;
use crate::time::Wall;

pub(crate) const CLAUSE_1: Citation = Citation::article(13).clause(1);
pub(crate) const POINT_C: Citation = Citation::article(13).clause(3).point('c');

/// Khoản 1: the chair invites, the Centre carries it out. Whoever chairs is offered the request for intervention.
pub(crate) fn add_by_centre(registry: &Registry, session: &Session, actor: &Actor, at: Wall) -> Option<Finding> {
    let capacity = role::capacity(registry, actor, Some(session), at);
    if permission(capacity, Action::AddUnlisted) != Permission::ByIntervention {
        return None;
    }
    let finding = Finding::violation("13.1/add-unlisted", &[CLAUSE_6, CLAUSE_7, CLAUSE_1])
        .observed(
            format!("{} tự thêm điểm cầu ngoài danh sách", actor.name),
            format!("{} adds a party that is not on the list", actor.name),
        )
        .required(
            "điểm cầu chủ trì mời, cán bộ kỹ thuật điều khiển MCU thực hiện",
            "the chair's invitation, carried out by the MCU operator",
        )
        .remedy(
            "gửi đề nghị can thiệp (InterventionRequest) thêm thành phần; cán bộ kỹ thuật điều khiển MCU thực hiện",
            "file a request for intervention (InterventionRequest) to add the party, which the MCU operator carries out",
        )
        .reading(21)
        .duty_of(DutyHolder::Chair);
    Some(finding)
}

/// Điều 3 khoản 6 and 7: nobody is added whom the chair did not invite.
pub(crate) fn invited_by_chair(
    registry: &Registry,
    session: &Session,
    floor: Option<&SessionFloor>,
    member: &Member,
    at: Moment,
) -> Option<Finding> {
    if open_invitation(registry, session, floor, member, at).is_some() {
        return None;
    }
    let name = member_name(registry, member);
    let finding = Finding::missing("3.7/chair-invites", &[CLAUSE_6, CLAUSE_7])
        .observed(
            format!("chưa có đề nghị can thiệp của điểm cầu chủ trì mời {name}"),
            format!("no request of the chair site invites {name}"),
        )
        .required("điểm cầu chủ trì mời", "the chair's invitation")
        .remedy("điểm cầu chủ trì gửi đề nghị can thiệp", "the chair site files a request for intervention")
        .reading(21)
        .duty_of(DutyHolder::Chair);
    Some(finding)
}

/// Whether somebody could ask for it, and has.
pub(crate) fn asked_by_chair(registry: &Registry, session: &Session, asked: &Intervention, at: Moment) -> bool {
    role::given(registry, (&asked.by, asked.at), Some(session), Action::AskIntervention, at)
}

/// The open request by which the chair invites this party.
pub(crate) fn open_invitation<'a>(
    registry: &Registry,
    session: &Session,
    floor: Option<&'a SessionFloor>,
    member: &Member,
    at: Moment,
) -> Option<(InterventionId, &'a Intervention)> {
    let mut asked = floor?.interventions.iter();
    let found = asked.find(|(_, one)| {
        one.state == InterventionState::Open
            && matches!(&one.wanted, Wanted::AddMember(wanted) if wanted == member)
            && asked_by_chair(registry, session, one, at)
    });
    found.map(|(id, one)| (*id, one))
}

/// Điều 3 khoản 7: who is on the list already is not added.
pub(crate) fn not_listed(registry: &Registry, session: &Session, member: &Member) -> Option<Finding> {
    session.seat(member)?;
    let name = member_name(registry, member);
    let finding = Finding::violation("3.7/listed-already", &[CLAUSE_7])
        .observed(
            format!("{name} đã có trong danh sách phiên họp số {}", session.alias),
            format!("{name} is on the list of session {} already", session.alias),
        )
        .required("thành phần ngoài danh sách", "a party that is not on the list")
        .remedy("mời vào hoặc gọi lại", "let it in or call it again")
        .duty_of(DutyHolder::Chair);
    Some(finding)
}

/// Điều 3 khoản 7: the chair hears that whom it invites sits in another session at that hour; a site can leave one for another.
pub(crate) fn sits_elsewhere(registry: &Registry, session: &Session, member: &Member, at: Moment) -> Option<Finding> {
    member.site()?;
    let (from, until) = (at.max(session.start), at.max(session.end));
    let mut others = registry.sessions().filter(|other| other.id != session.id && other.ended.is_none());
    let other = others.find(|other| {
        let sits = !other.cancelled && other.seat(member).is_some();
        let meets = || other.start < until && from < other.end;
        sits && (meets() || at >= session.start && begun(registry, other, at))
    })?;
    let name = member_name(registry, member);
    // Of a secret session nobody learns the number.
    let number = if other.classification.is_open() { other.alias.as_str() } else { "[không ghi]" };
    let finding = Finding::advice("3.7/sits-elsewhere", &[CLAUSE_7])
        .observed(
            format!("{name} có trong danh sách phiên họp số {number} cùng giờ"),
            format!("{name} is on the list of session {number} at that time"),
        )
        .required("mỗi điểm cầu dự một phiên họp tại một thời điểm", "one session for a site at a time")
        .remedy("hỏi lại điểm cầu trước khi mời", "ask the site before it is called")
        .duty_of(DutyHolder::Chair);
    Some(finding)
}

/// Khoản 3 điểm c: a request for intervention that is there, and waits.
pub(crate) fn turn(id: InterventionId, asked: Option<&Intervention>, event: InterventionEvent) -> Option<Finding> {
    let (vi, en) = match asked {
        Some(one) if one.state.next(event).is_some() => return None,
        Some(one) => (
            format!("đề nghị can thiệp số {id} đã xong"),
            format!("request for intervention {id} is {:?}", one.state).to_lowercase(),
        ),
        None => (format!("không có đề nghị can thiệp số {id}"), format!("there is no request for intervention {id}")),
    };
    let finding = Finding::violation("13.3.c/turn", &[POINT_C])
        .observed(vi, en)
        .required("một đề nghị can thiệp đang chờ", "a request for intervention that waits")
        .remedy("gửi đề nghị mới", "file another request");
    Some(finding)
}

/// Khoản 3 điểm c: an incident is described, a refusal is given with its reason.
pub(crate) fn said_why(needed: bool, words: &str) -> Option<Finding> {
    if !needed || !words.trim().is_empty() {
        return None;
    }
    let finding = Finding::missing("13.3.c/why", &[POINT_C])
        .observed("chưa nêu lý do", "no reason is given")
        .required("lý do, hoặc mô tả sự cố kỹ thuật", "a reason, or what the incident is")
        .remedy("nêu lý do rồi gửi lại", "say why, and send it again");
    Some(finding)
}
