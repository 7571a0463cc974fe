//! Điều 12 khoản 2 điểm b: the technical operator answers a registration, within 2 hours of its receipt.

use super::{POINT_B, REPLY};
use crate::civil::{Moment, length};
use crate::decision::Outcome;
use crate::finding::{DutyHolder, Finding};
use crate::ids::RegistrationId;
use crate::registry::{Registration, RegistrationState, Registry};
use crate::request::Actor;
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
    }
}

/// The last moment at which an answer is in time.
pub(crate) fn due(received_at: Moment) -> Moment {
    received_at.hours_after(REPLY_HOURS)
}

/// Dash 1: the answer is due 2 hours after receipt, inclusive; late, it is the operator's breach and still counts.
/// A notification has no such clock.
pub(crate) fn in_time(registration: &Registration, at: Moment) -> Option<Finding> {
    let due = due(registration.received_at);
    if registration.submission.path == Path::Notify || at <= due {
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
    Some(Finding::missing("12.2.b/founded", &[REPLY]).observed(vi, en).required(required_vi, required_en))
}
