//! Điều 12 khoản 2 điểm b: the technical operator answers a registration, within 2 hours of its receipt.

use super::{POINT_B, REPLY};
use crate::civil::{Moment, length};
use crate::decision::Outcome;
use crate::finding::{DutyHolder, Finding};
use crate::ids::RegistrationId;
use crate::registry::{Channel, Registration, RegistrationState, Registry};
use crate::request::Actor;
use crate::rules::in_force;
use crate::submission::Path;

/// Hours within which the operator answers.
const REPLY_HOURS: u32 = 2;

/// Điểm b: it is the technical operator that answers.
pub(crate) fn by_operator(actor: &Actor) -> Option<Finding> {
    if actor.role.of_technical_operator() {
        return None;
    }
    let finding = Finding::violation("12.2.b/operator", &[POINT_B])
        .observed(
            format!("{} hành động với vai trò {}", actor.name, actor.role.vi()),
            format!("{} acts as {}", actor.name, actor.role.en()),
        )
        .required("đơn vị vận hành kỹ thuật trả lời đăng ký", "an answer of the technical operator")
        .remedy("đề nghị đơn vị vận hành kỹ thuật trả lời", "leave the answer to the technical operator")
        .reading(19);
    Some(finding)
}

/// Dash 1: only a registration that waits for an answer is answered.
pub(crate) fn awaiting(registry: &Registry, id: RegistrationId) -> Result<&Registration, Box<Finding>> {
    let refusal = |vi: String, en: String| {
        let finding = Finding::violation("12.2.b/awaiting", &[REPLY])
            .observed(vi, en)
            .required("một đăng ký đang chờ trả lời", "a registration that awaits its answer");
        Box::new(finding)
    };
    let Some(registration) = registry.registration(id) else {
        return Err(refusal(format!("không có đăng ký số {id}"), format!("there is no registration {id}")));
    };
    match &registration.state {
        RegistrationState::UnderReview | RegistrationState::Incomplete => Ok(registration),
        RegistrationState::Accepted(session) => Err(refusal(
            format!("đăng ký số {id} đã được chấp nhận thành phiên họp {session}"),
            format!("registration {id} was accepted as session {session}"),
        )),
        RegistrationState::Rejected(_) => {
            Err(refusal(format!("đăng ký số {id} đã bị từ chối"), format!("registration {id} was refused")))
        }
        RegistrationState::Cancelled(_) => {
            Err(refusal(format!("đăng ký số {id} đã bị hủy"), format!("registration {id} was called off")))
        }
    }
}

/// Whether the operator has to answer it: a notification has no such clock, and what the rules alone refused was answered
/// on receipt.
pub(crate) fn has_clock(registration: &Registration) -> bool {
    let on_receipt = matches!(&registration.state, RegistrationState::Rejected(rejection) if rejection.by.is_none());
    registration.submission.path == Path::Register && !on_receipt
}

/// The last moment at which an answer is in time.
pub(crate) fn due(received_at: Moment) -> Moment {
    received_at.hours_after(REPLY_HOURS)
}

/// Dash 1: the answer is due 2 hours after receipt, inclusive; late, it is the operator's breach and still counts.
/// A notification has no such clock.
pub(crate) fn in_time(registration: &Registration, at: Moment) -> Option<Finding> {
    let due = due(registration.received_at);
    if registration.submission.path != Path::Register || at <= due || in_force::rules_known(due).is_err() {
        return None;
    }
    let (late_vi, late_en) = length(at.since(due));
    let finding = Finding::breach("12.2.b/reply", &[REPLY])
        .observed(
            format!("trả lời {}, muộn {late_vi} so với hạn {}", at.vi(), due.vi()),
            format!("answered at {at}, {late_en} after {due}"),
        )
        .required("trả lời trong vòng 02 giờ kể từ khi tiếp nhận", "an answer within 2 hours of receipt")
        .duty_of(DutyHolder::TrungTam)
        .reading(8);
    Some(finding)
}

/// Dash 1: every revision that no official mail has answered and whose 2 hours are over: the operator's breach, by time
/// alone. Silence accepts nothing, the registration stays where it is.
pub(crate) fn overdue(registry: &Registry, registration: &Registration, at: Moment) -> Vec<(u32, Finding)> {
    let awaits = matches!(registration.state, RegistrationState::UnderReview | RegistrationState::Incomplete);
    if registration.submission.path != Path::Register || !awaits {
        return Vec::new();
    }
    let earlier = registration.earlier.iter().filter(|revision| !revision.answered);
    let earlier = earlier.map(|revision| (revision.number, revision.received_at));
    let open = earlier.chain([(registration.revision, registration.received_at)]);
    let unanswered = open.filter(|(number, _)| registry.planning().answered(registration.id, *number).is_none());
    unanswered
        .filter_map(|(number, received)| Some((number, never_answered(registry, registration.id, received, at)?)))
        .collect()
}

fn never_answered(registry: &Registry, id: RegistrationId, received: Moment, at: Moment) -> Option<Finding> {
    let due = due(received);
    // What was due before the regulation was due under another.
    if at <= due || in_force::rules_known(due).is_err() {
        return None;
    }
    let (late_vi, late_en) = length(at.since(due));
    let by_telephone =
        registry.planning().answers.iter().any(|answer| answer.registration == id && answer.by == Channel::Telephone);
    let (vi, en) = match by_telephone {
        true => ("chỉ trả lời bằng điện thoại", "was answered by telephone only"),
        false => ("chưa trả lời", "is not answered"),
    };
    let finding = Finding::breach("12.2.b/overdue", &[REPLY])
        .observed(
            format!("đăng ký số {id} {vi}, quá {late_vi} so với hạn {}; đăng ký vẫn chờ trả lời", due.vi()),
            format!("registration {id} {en}, {late_en} after {due}; it still awaits its answer"),
        )
        .required(
            "trả lời qua hộp thư điện tử công vụ trong vòng 02 giờ kể từ khi tiếp nhận",
            "an answer by official mail within 2 hours of receipt",
        )
        .remedy("trả lời ngay qua hộp thư điện tử công vụ", "answer at once by official mail")
        .duty_of(DutyHolder::TrungTam)
        .reading(8);
    Some(finding)
}

/// Dash 1: all overdue answers of a registry.
pub(crate) fn breaches_at(registry: &Registry, at: Moment) -> Vec<(RegistrationId, u32, Finding)> {
    let each = registry.registrations().map(|one| (one.id, overdue(registry, one, at)));
    each.flat_map(|(id, found)| found.into_iter().map(move |(revision, finding)| (id, revision, finding))).collect()
}

/// Dash 1: the answer is due 2 hours after receipt, also where the rehearsal must be over before; that is worth knowing.
pub(crate) fn rehearsal_first(registration: &Registration) -> Option<Finding> {
    let rehearsed = registration.submission.start?.hours_before(super::REHEARSAL_HOURS);
    let due = due(registration.received_at);
    if !has_clock(registration) || rehearsed >= due {
        return None;
    }
    let finding = Finding::advice("12.2.b/before-rehearsal", &[REPLY])
        .observed(
            format!("hạn trả lời {}, nhưng kiểm tra kỹ thuật phải xong trước {}", due.vi(), rehearsed.vi()),
            format!("the answer is due at {due}, but the rehearsal must be over by {rehearsed}"),
        )
        .required(format!("nên trả lời trước {}", rehearsed.vi()), format!("better an answer before {rehearsed}"))
        .duty_of(DutyHolder::TrungTam)
        .reading(8);
    Some(finding)
}

/// Dash 1: a telephone call is kept on record and is no answer.
pub(crate) fn by_telephone(by: Channel) -> Option<Finding> {
    if by != Channel::Telephone {
        return None;
    }
    let finding = Finding::advice("12.2.b/telephone", &[REPLY])
        .observed("trả lời bằng điện thoại được ghi nhận", "the answer by telephone is recorded")
        .required(
            "trả lời qua hộp thư điện tử công vụ; điện thoại không thay thế",
            "an answer by official mail, which a telephone call does not replace",
        )
        .remedy("gửi thư trả lời trước khi hết hạn", "send the mail before the answer is due")
        .duty_of(DutyHolder::TrungTam)
        .reading(8);
    Some(finding)
}

/// Dash 1: a mail that answers one revision is judged by that revision's clock.
pub(crate) fn mail_in_time(registration: &Registration, revision: u32, by: Channel, at: Moment) -> Option<Finding> {
    let mut earlier = registration.earlier.iter().filter(|one| one.number == revision);
    let received_at = earlier.next().map_or(registration.received_at, |one| one.received_at);
    let of_it = Registration { received_at, ..registration.clone() };
    in_time(&of_it, at).filter(|_| by == Channel::OfficialMail)
}

/// Dash 1: a mail that answers a complete registration says the result, by accepting or refusing it.
pub(crate) fn result_stated(registration: &Registration, revision: u32, by: Channel) -> Option<Finding> {
    let current = revision == registration.revision;
    let known = current || registration.earlier.iter().any(|one| one.number == revision);
    let complete = current && registration.state == RegistrationState::UnderReview;
    if known && (by == Channel::Telephone || !complete) {
        return None;
    }
    let (vi, en) = match known {
        true => (
            "thư trả lời một đăng ký đầy đủ mà không nêu kết quả",
            "the mail answers a complete registration without its result",
        ),
        false => ("đăng ký không có lần gửi đó", "the registration has no such revision"),
    };
    let finding = Finding::missing("12.2.b/result", &[REPLY])
        .observed(vi, en)
        .required("kết quả: chấp nhận hoặc từ chối", "the result: acceptance or refusal")
        .remedy("chấp nhận hoặc từ chối đăng ký", "accept or refuse the registration")
        .duty_of(DutyHolder::TrungTam);
    Some(finding)
}

/// Dash 1: a refusal stands on a finding, and says why.
pub(crate) fn refusal_founded(findings: &[Finding], reason: &str) -> Option<Finding> {
    let (vi, en, required_vi, required_en) = if findings.iter().all(|finding| finding.outcome == Outcome::Permit) {
        (
            "không có căn cứ nào để từ chối đăng ký này",
            "no finding stands against this registration",
            "ít nhất một căn cứ từ chối",
            "at least one finding that refuses",
        )
    } else if reason.trim().is_empty() {
        ("chưa nêu lý do từ chối", "no reason is stated", "lý do từ chối", "a reason")
    } else {
        return None;
    };
    let finding = Finding::missing("12.2.b/founded", &[REPLY])
        .observed(vi, en)
        .required(required_vi, required_en)
        .remedy("chấp nhận, hoặc nêu căn cứ và lý do", "accept it, or say on what and why it is refused");
    Some(finding)
}
