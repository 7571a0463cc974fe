//! Điều 6 khoản 1 to 5: the conditions of a room, each with who found it met and by what (Điều 3 khoản 12).

use crate::citation::Citation;
use crate::civil::Date;
use crate::finding::{DutyHolder, Finding};
use crate::registry::estate::{Condition, RoomChecklist, Verdict};
use crate::rules::article_18;

/// One condition of a room. `asking` is the clause that asks for it: Điều 7, 9 or 10. A check of a day to come does not count.
pub(crate) fn condition(room: &RoomChecklist, condition: Condition, asking: Citation, today: Date) -> Option<Finding> {
    let cited = [condition.citation(), asking];
    let (vi, en) = (condition.vi(), condition.en());
    let finding = match room.check(condition) {
        Some(check) if today < check.date => Finding::missing(rule(condition), &cited).observed(
            format!("{vi}: kiểm tra ghi ngày {}, chưa đến", check.date.vi()),
            format!("{en}: the check is of {}, a day to come", check.date),
        ),
        Some(check) if check.result == Verdict::Pass && check.is_founded() => return None,
        Some(check) if check.result == Verdict::Fail => Finding::violation(rule(condition), &cited).observed(
            format!("{vi}: chưa đạt, theo {} ngày {}", check.assessed_by, check.date.vi()),
            format!("{en}: not met, as {} found on {}", check.assessed_by, check.date),
        ),
        Some(_) => Finding::missing(rule(condition), &cited).observed(
            format!("{vi}: ghi đạt nhưng không rõ người đánh giá hoặc căn cứ"),
            format!("{en}: said to be met, without who found it or by what"),
        ),
        None => Finding::missing(rule(condition), &cited)
            .observed(format!("{vi}: chưa được kiểm tra"), format!("{en}: not checked")),
    };
    let finding = finding
        .required(
            format!("{vi}: đạt, có người đánh giá và căn cứ"),
            format!("{en}: met, with who found it and by what"),
        )
        .remedy("khắc phục, kiểm tra lại và ghi kết quả", "mend it, check it again and record the result")
        .duty_of(DutyHolder::Member)
        .reading(5);
    Some(finding)
}

/// Điều 6 khoản 1 to 5: a check that is recorded has been made.
pub(crate) fn dated(condition: Condition, site: &str, date: Date, today: Date) -> Option<Finding> {
    article_18::dated(|| Finding::missing("6/dated", &[condition.citation()]), site, date, None, today)
}

const fn rule(condition: Condition) -> &'static str {
    match condition {
        Condition::K1 => "6.1/terminals",
        Condition::K2 => "6.2/line",
        Condition::K3 => "6.3/display",
        Condition::K4 => "6.4/fire-safety",
        Condition::K5 => "6.5/power",
    }
}
