//! Điều 11: notifications by the three offices (clause 1), registrations (clause 2), urgent sessions (clause 3).
//! Clause 4 decides nothing; of clause 5 only the reading A-15 stands here, the rest with Điều 5 khoản 2.

pub(crate) mod amendment;
pub(crate) mod conflict;

use super::article_12::mailbox;
use super::article_12::window::Window;
use super::article_12::{POINT_A, REPLY};
use crate::citation::Citation;
use crate::civil::Moment;
use crate::finding::{DutyHolder, Finding};
use crate::ids::OrganizationId;
use crate::registry::{
    Body, Office, Organization, OrganizationKind, Registration, RegistrationState, Registry, Session,
};
use crate::submission::dossier::refers_only;
use crate::submission::{Emergency, Submission, Urgency};

pub(crate) const CLAUSE_1: Citation = Citation::article(11).clause(1);
pub(crate) const CLAUSE_2: Citation = Citation::article(11).clause(2);
pub(crate) const CLAUSE_3: Citation = Citation::article(11).clause(3);

const CLAUSE_5: Citation = Citation::article(11).clause(5);

/// How the content of a secret session may be stated.
const REFERENCE: &str = "theo phương án số ";

/// Điều 11 khoản 1 and 2, A-39: an office notifies for its own bodies; every other agency registers.
pub(crate) fn may_notify(sender: &Organization, agency: Option<&Organization>) -> Option<Finding> {
    let OrganizationKind::Office(office) = sender.kind else {
        return Some(must_register(sender));
    };
    match agency?.kind {
        OrganizationKind::Body(body) if office_of(body) == office => None,
        kind => Some(wrong_office(sender, agency?, kind)),
    }
}

/// Whether `office` is the office that serves the body `agency`.
pub(crate) fn is_office_of(registry: &Registry, office: &OrganizationId, agency: &OrganizationId) -> bool {
    let kind = |id| registry.organization(id).map(|one| one.kind);
    match (kind(office), kind(agency)) {
        (Some(OrganizationKind::Office(office)), Some(OrganizationKind::Body(body))) => office_of(body) == office,
        _ => false,
    }
}

/// The office that notifies for a body, "respectively".
pub(crate) const fn office_of(body: Body) -> Office {
    match body {
        Body::PartyCommittee => Office::OfPartyCommittee,
        Body::PeoplesCouncil | Body::NationalAssemblyDelegation => Office::OfDelegationAndCouncil,
        Body::PeoplesCommittee => Office::OfPeoplesCommittee,
    }
}

const fn office_name(office: Office) -> &'static str {
    match office {
        Office::OfPartyCommittee => "Văn phòng Tỉnh ủy",
        Office::OfDelegationAndCouncil => "Văn phòng Đoàn Đại biểu Quốc hội và Hội đồng nhân dân tỉnh",
        Office::OfPeoplesCommittee => "Văn phòng Ủy ban nhân dân tỉnh",
    }
}

fn must_register(sender: &Organization) -> Finding {
    Finding::violation("11.2/must-register", &[CLAUSE_2])
        .observed(
            format!("{} gửi thông báo, nhưng không phải một trong ba văn phòng được thông báo", sender.name),
            format!("{} notifies, but is none of the three offices that may", sender.name),
        )
        .required("đăng ký họp với đơn vị vận hành kỹ thuật", "a registration with the technical operator")
        .remedy("đăng ký họp theo khoản 2 Điều 12", "register the session as Điều 12 khoản 2 says")
        .duty_of(DutyHolder::Chair)
}

fn wrong_office(sender: &Organization, agency: &Organization, kind: OrganizationKind) -> Finding {
    let finding = Finding::violation("11.1/office", &[CLAUSE_1])
        .observed(
            format!("{} thông báo phiên họp do {} chủ trì", sender.name, agency.name),
            format!("{} notifies a session chaired by {}", sender.name, agency.name),
        )
        .required("mỗi văn phòng thông báo phiên họp của cơ quan mình phục vụ", "each office notifies for its own body")
        .duty_of(DutyHolder::Chair);
    match kind {
        OrganizationKind::Body(body) => {
            let right = office_name(office_of(body));
            finding.remedy(format!("đề nghị {right} thông báo"), format!("ask {right} to notify")).reading(39)
        }
        _ => finding.remedy(
            "cơ quan chủ trì đăng ký họp theo khoản 2 Điều 11",
            "the chairing agency registers the session as Điều 11 khoản 2 says",
        ),
    }
}

/// Điều 11 khoản 1: a notification states time, place and sites. The items of Điều 12 khoản 2 are not asked of it.
pub(crate) fn notification_items(submission: &Submission) -> impl Iterator<Item = Finding> {
    let items = [
        (submission.start.is_none(), "11.1/time", "thời gian", "time"),
        (blank(submission.place.as_deref()), "11.1/place", "địa điểm", "place"),
        (!submission.has_members(), "11.1/sites", "thành phần điểm cầu", "list of sites"),
    ];
    lacking(items)
}

fn lacking<const N: usize>(
    items: [(bool, &'static str, &'static str, &'static str); N],
) -> impl Iterator<Item = Finding> {
    items.into_iter().filter(|(missing, ..)| *missing).map(|(_, rule, vi, en)| {
        Finding::incomplete(rule, &[CLAUSE_1])
            .observed(format!("thông báo thiếu {vi}"), format!("the notification lacks the {en}"))
            .required("thời gian, địa điểm, thành phần điểm cầu", "time, place and sites")
            .remedy(format!("bổ sung {vi} rồi gửi lại"), format!("add the {en} and hand it in again"))
            .duty_of(DutyHolder::Chair)
            .reading(2)
    })
}

/// Điều 11 khoản 1: a notification says which office sends it, and for whose session.
pub(crate) fn notified_for(submission: &Submission) -> impl Iterator<Item = Finding> {
    let items = [
        (submission.sender.is_none(), "11.1/sender", "văn phòng thông báo", "office that notifies"),
        (submission.agency.is_none(), "11.1/agency", "cơ quan chủ trì", "chairing body"),
    ];
    lacking(items)
}

/// Điều 11 khoản 1: where a notification came by mail, it came from the office's own mailbox. The text asks for no mail.
pub(crate) fn office_mailbox(sender: &Organization, submission: &Submission) -> Option<Finding> {
    let from = submission.sent_from.trim();
    if from.is_empty() || mailbox::owns(sender, from) {
        return None;
    }
    let finding = Finding::violation("11.1/mailbox", &[CLAUSE_1])
        .observed(
            format!("thông báo gửi từ “{from}”, không phải hộp thư công vụ của {}", sender.name),
            format!("the notification came from `{from}`, which is no mailbox of {}", sender.name),
        )
        .required("thông báo của chính văn phòng", "a notification of the office itself")
        .remedy("gửi lại từ hộp thư công vụ của văn phòng", "send it again from the office's official mailbox")
        .duty_of(DutyHolder::Chair);
    Some(finding)
}

/// Điều 11 khoản 2: the operator gives each session a number that can be dialled, and that no other has at that time.
pub(crate) fn number_free(registry: &Registry, session: &Session, at: impl Into<Moment>) -> Option<Finding> {
    let finding = Finding::violation("11.2/number", &[CLAUSE_2])
        .remedy("chọn số khác", "choose another number")
        .duty_of(DutyHolder::TrungTam);
    let alias = &session.alias;
    let digits = (1..=ALIAS_DIGITS_MAX).contains(&alias.len()) && alias.bytes().all(|digit| digit.is_ascii_digit());
    if !digits {
        let finding = finding
            .observed(
                format!("“{alias}” không phải số gọi được"),
                format!("`{alias}` is no number that can be dialled"),
            )
            .required("từ 1 đến 15 chữ số", "1 to 15 digits");
        return Some(finding);
    }
    let profile = registry.profile_at(at.into());
    let window = Window::of(profile, session.start, session.end);
    let meets = |other: &&Session| {
        other.id != session.id && other.ended.is_none() && Window::of(profile, other.start, other.end).meets(&window)
    };
    let other = registry.sessions_by_alias(alias).find(meets)?;
    let finding = finding
        .observed(
            format!("số {alias} đang dành cho phiên họp bắt đầu {}", other.start.vi()),
            format!("the number {alias} belongs to the session that starts at {}", other.start),
        )
        .required("mỗi phiên họp một số tại một thời điểm", "one session for a number at a time");
    Some(finding)
}

/// The most digits that a telephone number has (E.164 6.1).
const ALIAS_DIGITS_MAX: usize = 15;

/// Điều 11 khoản 3, A-33: an urgent session states why it is urgent. Nobody judges the reason.
pub(crate) fn urgent_reason(urgency: &Urgency) -> Option<Finding> {
    match urgency {
        Urgency::Urgent(reason) if reason.trim().is_empty() => Some(
            Finding::incomplete("11.3/reason", &[CLAUSE_3])
                .observed("họp khẩn cấp chưa nêu lý do", "the session is urgent, but no reason is stated")
                .required("lý do đột xuất, khẩn cấp", "the reason of the urgency")
                .remedy("nêu lý do rồi gửi lại", "state the reason and hand it in again")
                .duty_of(DutyHolder::Chair)
                .reading(33),
        ),
        _ => None,
    }
}

/// Điều 11 khoản 3, A-33: the text's list of emergencies is open; a sudden meeting that is none is flagged, not refused.
pub(crate) fn ad_hoc(submission: &Submission) -> Option<Finding> {
    if submission.urgency.is_normal() || submission.emergency != Some(Emergency::AdHoc) {
        return None;
    }
    let finding = Finding::advice("11.3/ad-hoc", &[CLAUSE_3])
        .observed("họp đột xuất, không thuộc thiên tai, dịch bệnh, hỏa hoạn", "a sudden meeting that is no emergency")
        .required("được hưởng thời hạn khẩn cấp; thống kê riêng", "the urgent lead time holds; it is counted apart")
        .duty_of(DutyHolder::Chair)
        .reading(33);
    Some(finding)
}

/// Điều 11 khoản 5, A-15: an ordinary mail about a secret session refers to its plan and tells nothing of its content.
pub(crate) fn secret_content(submission: &Submission) -> Option<Finding> {
    let content = submission.content.as_deref().unwrap_or_default().trim();
    let refers = content.starts_with(REFERENCE) && refers_only(content);
    if submission.classification.is_open() || content.is_empty() || refers {
        return None;
    }
    let finding = Finding::violation("11.5/reference", &[CLAUSE_5])
        .observed(
            "nội dung họp bí mật nhà nước được ghi bằng văn bản tự do",
            "the content of a secret session is written out",
        )
        .required("nội dung chỉ dẫn chiếu: “theo phương án số …”", "a reference only: “theo phương án số …”")
        .remedy(
            "cách ly thư này theo quy định về bí mật nhà nước, gửi lại với dẫn chiếu",
            "quarantine this mail as the law on state secrets says, and send a reference instead",
        )
        .duty_of(DutyHolder::Chair)
        .reading(15);
    Some(finding)
}

/// Điều 11 khoản 2, Điều 12 khoản 2 điểm a: only a registered session can be joined.
pub(crate) fn registered(alias: &str) -> Finding {
    Finding::violation("11.2/registered", &[CLAUSE_2, POINT_A])
        .observed(
            format!("không có phiên họp nào đăng ký với số {alias}"),
            format!("no session is registered under the number {alias}"),
        )
        .required(
            "phiên họp đã đăng ký với đơn vị vận hành kỹ thuật",
            "a session registered with the technical operator",
        )
        .remedy("đăng ký họp theo khoản 2 Điều 12", "register the session as Điều 12 khoản 2 says")
        .duty_of(DutyHolder::Chair)
}

/// Điều 11 khoản 2, Điều 12 khoản 2 điểm a: a session that was called off is registered no more.
pub(crate) fn called_off(session: &Session) -> Option<Finding> {
    if !session.cancelled {
        return None;
    }
    let (vi, en) = match &session.ended {
        Some(end) => (format!("đã bị hủy {}", end.at.vi()), format!("was called off at {}", end.at)),
        None => ("đã bị hủy".to_owned(), "was called off".to_owned()),
    };
    let finding = Finding::violation("11.2/called-off", &[CLAUSE_2, POINT_A])
        .observed(format!("phiên họp số {} {vi}", session.alias), format!("session {} {en}", session.alias))
        .required("phiên họp đã đăng ký, không bị hủy", "a registered session that was not called off")
        .remedy("đăng ký phiên họp mới", "register another session")
        .duty_of(DutyHolder::Chair);
    Some(finding)
}

/// Điều 12 khoản 2, A-08: a registration that was not accepted opens no session; silence accepts nothing.
pub(crate) fn not_accepted(registration: &Registration) -> Finding {
    let id = registration.id;
    let (citation, vi, en) = match registration.state {
        RegistrationState::Incomplete => (POINT_A, "còn thiếu thông tin", "is incomplete"),
        RegistrationState::Rejected(_) => (POINT_A, "đã bị từ chối", "was refused"),
        RegistrationState::Cancelled(_) => (POINT_A, "đã bị hủy", "was called off"),
        _ => (REPLY, "chưa được chấp nhận", "has not been accepted"),
    };
    let finding = Finding::violation("12.2/accepted", &[CLAUSE_2, citation])
        .observed(format!("đăng ký số {id} {vi}"), format!("registration {id} {en}"))
        .required(
            "đăng ký đã được đơn vị vận hành kỹ thuật chấp nhận",
            "a registration accepted by the technical operator",
        )
        .remedy("liên hệ đơn vị vận hành kỹ thuật", "ask the technical operator");
    match registration.state {
        RegistrationState::UnderReview => finding.reading(8),
        _ => finding,
    }
}

fn blank(text: Option<&str>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}
