//! Điều 12 khoản 2 điểm a: at the latest 24 hours before a normal session, 6 hours before an urgent one.
//!
//! The hours are the profile's, for a province whose own text says others. Exact clock hours, inclusive to the millisecond. A late normal registration is refused, an urgent one never
//! finally. A late notification of an office is advice only.

use super::super::article_11;
use super::POINT_A;
use crate::civil::{Moment, length};
use crate::finding::{DutyHolder, Finding};
use crate::registry::{LateNormal, Lead, Profile};
use crate::submission::{Path, Submission, Urgency};

/// The last moment at which a registration is in time.
pub(crate) fn deadline(lead: Lead, start: Moment, urgency: &Urgency) -> Moment {
    start.hours_before(hours(lead, urgency))
}

/// The lead time; nothing where the start is missing, which the item's own finding says.
pub(crate) fn in_time(submission: &Submission, received: Moment, profile: &Profile) -> Option<Finding> {
    let (lead, late) = (profile.lead, profile.late_normal);
    let due = deadline(lead, submission.start?, &submission.urgency);
    if received <= due {
        return None;
    }
    let finding = match (submission.path, &submission.urgency, late) {
        (Path::Convene, ..) => return None,
        (Path::Notify, ..) => Finding::advice("11.1/late", &[article_11::CLAUSE_1, POINT_A]).reading(2),
        (Path::Register, Urgency::Urgent(_), _) => Finding::overridable("12.2.a/lead-urgent", &[POINT_A]).reading(16),
        (Path::Register, Urgency::Normal, LateNormal::Deny) => Finding::violation("12.2.a/lead", &[POINT_A]).reading(1),
        (Path::Register, Urgency::Normal, LateNormal::Override) => {
            Finding::overridable("12.2.a/lead", &[POINT_A]).reading(1)
        }
    };
    let hours = hours(lead, &submission.urgency);
    Some(describe(finding, submission, received, hours)?.duty_of(DutyHolder::Chair))
}

fn describe(finding: Finding, submission: &Submission, received: Moment, hours: u32) -> Option<Finding> {
    let (start, urgency) = (submission.start?, &submission.urgency);
    let due = start.hours_before(hours);
    let (late_vi, late_en) = length(received.since(due));
    let due_vi = if received.same_day(due) { due.clock() } else { due.vi() };
    let start_vi = format!("{} ngày {}", start.clock_short(), start.date_vi());
    let (kind_vi, kind_en) = kind(submission);
    let finding = finding
        .observed(
            format!(
                "tiếp nhận {}, muộn {late_vi} so với hạn {due_vi} (trước {hours} giờ, {kind_vi}, bắt đầu {start_vi})",
                received.vi()
            ),
            format!("received at {received}, {late_en} after the deadline {due} ({hours} hours before, {kind_en}, start {start})"),
        )
        .required(format!("tiếp nhận chậm nhất {}", due.vi()), format!("receipt at {due} at the latest"));
    if !urgency.is_normal() || !finding.refuses() {
        return Some(finding);
    }
    let earliest = received.hours_after(hours);
    let finding = finding.remedy(
        format!(
            "lùi giờ bắt đầu từ {} trở đi, hoặc đăng ký theo diện đột xuất, khẩn cấp nếu đúng khoản 3 Điều 11",
            earliest.vi()
        ),
        format!("start at {earliest} or later, or register it as urgent if Điều 11 khoản 3 applies"),
    );
    Some(finding)
}

/// What sort of session it is. The reason of an urgent one is told only where no state secret is concerned.
fn kind(submission: &Submission) -> (String, String) {
    match &submission.urgency {
        Urgency::Normal => ("họp thông thường".to_owned(), "normal session".to_owned()),
        Urgency::Urgent(reason) if submission.classification.is_open() => {
            (format!("họp đột xuất, khẩn cấp: {reason}"), format!("urgent session: {reason}"))
        }
        Urgency::Urgent(_) => ("họp đột xuất, khẩn cấp".to_owned(), "urgent session".to_owned()),
    }
}

/// A deadline is judged by a trusted clock only: fail closed (gateway.md 11.2).
pub(crate) fn clock_trusted(trusted: bool) -> Option<Finding> {
    if trusted {
        return None;
    }
    let finding = Finding::missing("12.2.a/clock", &[POINT_A])
        .observed(
            "đồng hồ của hệ thống chưa được xác thực nên không tính được hạn đăng ký",
            "the clock is not trusted, so the deadline cannot be judged",
        )
        .required("đồng hồ đã đồng bộ", "a synchronised clock")
        .remedy("khôi phục đồng bộ thời gian rồi gửi lại", "restore time synchronisation and hand it in again")
        .duty_of(DutyHolder::TrungTam);
    Some(finding)
}

const fn hours(lead: Lead, urgency: &Urgency) -> u32 {
    match urgency {
        Urgency::Normal => lead.normal_hours,
        Urgency::Urgent(_) => lead.urgent_hours,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// AE-12.9, AE-12.11 and the table of regulation.md 9.
    #[test]
    fn deadlines_are_clock_hours_before_the_start() {
        let rows = [
            ("2023-06-15T08:00:00+07:00", "2023-06-14T08:00:00+07:00", "2023-06-15T02:00:00+07:00"),
            ("2023-06-19T08:00:00+07:00", "2023-06-18T08:00:00+07:00", "2023-06-19T02:00:00+07:00"),
            ("2024-02-15T14:00:00+07:00", "2024-02-14T14:00:00+07:00", "2024-02-15T08:00:00+07:00"),
            ("2023-06-05T14:00:00+07:00", "2023-06-04T14:00:00+07:00", "2023-06-05T08:00:00+07:00"),
            ("2024-03-01T00:30:00+07:00", "2024-02-29T00:30:00+07:00", "2024-02-29T18:30:00+07:00"),
        ];
        for (start, normal, urgent) in rows {
            let start = Moment::parse(start).unwrap();
            assert_eq!(deadline(Lead::default(), start, &Urgency::Normal).rfc3339(), normal);
            assert_eq!(deadline(Lead::default(), start, &Urgency::Urgent("lũ quét".into())).rfc3339(), urgent);
        }
    }
}
