//! Điều 12 khoản 2 điểm a: from the agency's own official mailbox to the operator's address; and when it was received.

use super::POINT_A;
use crate::civil::{Moment, length};
use crate::finding::{DutyHolder, Finding};
use crate::registry::{Organization, Registration, RegistrationState, Registry};
use crate::request::Actor;
use crate::submission::Submission;
use crate::time::Wall;

/// The mail went to the operator's address. Mail to another address is not received: no registration.
pub(crate) fn to_operator(registry: &Registry, submission: &Submission, at: impl Into<Moment>) -> Option<Finding> {
    let address = &registry.profile_at(at.into()).operator_mailbox;
    if same_mailbox(&submission.sent_to, address) {
        return None;
    }
    let finding = Finding::violation("12.2.a/address", &[POINT_A])
        .observed(
            format!("thư gửi tới “{}”, chưa được tiếp nhận", submission.sent_to),
            format!("the mail went to `{}` and is not received", submission.sent_to),
        )
        .required(format!("gửi tới {address}"), format!("a mail to {address}"))
        .remedy(format!("gửi lại tới {address}"), format!("send it to {address}"))
        .duty_of(DutyHolder::Chair)
        .reading(28);
    Some(finding)
}

/// The mail came from an official mailbox of the agency itself; another agency's will not do.
pub(crate) fn own_official(registry: &Registry, agency: &Organization, submission: &Submission) -> Option<Finding> {
    let from = &submission.sent_from;
    if owns(agency, from) {
        return None;
    }
    let other = registry.organizations().find(|one| owns(one, from));
    let (vi, en) = match other {
        Some(other) => (
            format!("thư gửi từ “{from}” là hộp thư công vụ của {}, không phải của {}", other.name, agency.name),
            format!("`{from}` is an official mailbox of {}, not of {}", other.name, agency.name),
        ),
        None => (
            format!("thư gửi từ “{from}” không phải hộp thư công vụ đã cấp cho {}", agency.name),
            format!("`{from}` is no official mailbox of {}", agency.name),
        ),
    };
    let finding = Finding::violation("12.2.a/mailbox", &[POINT_A])
        .observed(vi, en)
        .required("hộp thư công vụ đã cấp của chính cơ quan, đơn vị", "the agency's own official mailbox")
        .remedy("gửi lại từ hộp thư công vụ của cơ quan, đơn vị", "send it again from the agency's official mailbox")
        .duty_of(DutyHolder::Chair);
    Some(finding)
}

/// An oral request: where the session is urgent, a named person may let it pass, and its mail follows.
pub(crate) fn oral(submission: &Submission, taken_by: &Actor) -> Option<Finding> {
    let finding = match submission.urgency.is_normal() {
        true => Finding::violation("12.2.a/oral", &[POINT_A]),
        false => Finding::overridable("12.2.a/oral-urgent", &[POINT_A]),
    };
    let taken = taken_by.role.of_technical_operator();
    let finding = if taken { finding } else { Finding::violation("12.2.a/oral", &[POINT_A]) };
    let finding = finding
        .observed(
            format!("đề nghị bằng lời, {} ({}) ghi nhận", taken_by.name, taken_by.role.vi()),
            format!("asked by word of mouth, taken down by {} ({})", taken_by.name, taken_by.role.en()),
        )
        .required("thư từ hộp thư công vụ của cơ quan, đơn vị", "a mail from the agency's official mailbox")
        .remedy(
            "gửi thư đăng ký; họp khẩn cấp: đề nghị phê duyệt ngoại lệ và gửi thư bổ sung sau",
            "send the registration by mail; if urgent, ask for an override and let the mail follow",
        )
        .duty_of(DutyHolder::Chair)
        .reading(27);
    Some(finding)
}

/// A mail follows an oral request only.
pub(crate) fn was_oral(submission: &Submission) -> Option<Finding> {
    if submission.oral.is_some() {
        return None;
    }
    let finding = Finding::violation("12.2.a/not-oral", &[POINT_A])
        .observed("đăng ký này không phải đề nghị bằng lời", "this registration was not made by word of mouth")
        .required("một đề nghị bằng lời chờ thư bổ sung", "an oral request whose mail is to follow")
        .reading(27);
    Some(finding)
}

/// The last moment at which the mail of an oral request is in time, where the profile sets one and it has not come. An
/// acceptance does not stand for it; a refusal, or calling the session off, ends the wait.
pub(crate) fn follow_up_due(registry: &Registry, registration: &Registration) -> Option<Moment> {
    let submission = &registration.submission;
    let over = matches!(registration.state, RegistrationState::Rejected(_) | RegistrationState::Cancelled(_));
    if over || submission.oral.is_none() || !submission.sent_from.trim().is_empty() {
        return None;
    }
    let within = registry.profile_at(registration.received_at).urgent_followup_s?;
    Some(registration.received_at.plus_seconds(i64::from(within)))
}

/// The mail of an oral request has not come in time.
pub(crate) fn not_followed(registry: &Registry, registration: &Registration, at: Moment) -> Option<Finding> {
    let due = follow_up_due(registry, registration).filter(|due| *due < at)?;
    let finding = late_follow_up(
        format!("chưa có thư bổ sung cho đề nghị bằng lời của đăng ký số {}, hạn {}", registration.id, due.vi()),
        format!("the mail of the oral request, registration {}, has not come by {due}", registration.id),
    );
    Some(finding.remedy("gửi thư đăng ký", "send the mail"))
}

/// The mail of an oral request comes late: it counts, and is a breach.
pub(crate) fn followed_late(registry: &Registry, registration: &Registration, at: Moment) -> Option<Finding> {
    let due = follow_up_due(registry, registration).filter(|due| *due < at)?;
    let (late_vi, late_en) = length(at.since(due));
    Some(late_follow_up(
        format!("thư bổ sung đến {}, muộn {late_vi} so với hạn {}", at.vi(), due.vi()),
        format!("the mail of the oral request came at {at}, {late_en} after {due}"),
    ))
}

fn late_follow_up(vi: String, en: String) -> Finding {
    Finding::breach("12.2.a/follow-up", &[POINT_A])
        .observed(vi, en)
        .required("thư bổ sung đúng hạn", "the mail in time")
        .duty_of(DutyHolder::Chair)
        .reading(27)
}

/// All such mails of a registry that have not come in time.
pub(crate) fn not_followed_at(registry: &Registry, at: Moment) -> Vec<(&Registration, Finding)> {
    let late = registry.registrations().filter_map(|one| Some((one, not_followed(registry, one, at)?)));
    late.collect()
}

/// When it was received: by the clock of the decision, unless the technical operator states the mail's own time with
/// its evidence, and then never in the future. An unbelievable statement counts for nothing.
pub(crate) fn received_at(submission: &Submission, at: Wall) -> (Moment, Option<Finding>) {
    let now = Moment::from(at);
    let Some(receipt) = &submission.receipt else {
        return (now, None);
    };
    let finding = Finding::missing("12.2.a/receipt", &[POINT_A]).duty_of(DutyHolder::TrungTam).reading(28);
    let finding = if !receipt.stated_by.role.of_technical_operator() {
        finding
            .observed(
                format!(
                    "{} nêu thời điểm tiếp nhận, nhưng không thuộc đơn vị vận hành kỹ thuật",
                    receipt.stated_by.name
                ),
                format!("{} states a time of receipt without being of the technical operator", receipt.stated_by.name),
            )
            .required("xác nhận của đơn vị vận hành kỹ thuật", "a statement of the technical operator")
    } else if receipt.mail_id.trim().is_empty() {
        finding
            .observed("nêu thời điểm tiếp nhận nhưng không dẫn thư", "a time of receipt is stated without the mail")
            .required("mã định danh của thư (Message-ID)", "the mail's Message-ID")
    } else if receipt.received_at > now {
        finding
            .observed(
                format!("thời điểm tiếp nhận {} ở sau hiện tại {}", receipt.received_at.vi(), now.vi()),
                format!("the stated time of receipt, {}, lies after now, {now}", receipt.received_at),
            )
            .required("thời điểm tiếp nhận không ở tương lai", "a time of receipt that is not in the future")
    } else {
        return (receipt.received_at, None);
    };
    (now, Some(finding))
}

/// Whether a mailbox is one of an organisation's.
pub(crate) fn owns(organization: &Organization, mailbox: &str) -> bool {
    organization.mailboxes.iter().any(|one| same_mailbox(one, mailbox))
}

/// Mail domains and, in practice, official mailboxes do not tell case apart.
fn same_mailbox(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase() && !one.trim().is_empty()
}
