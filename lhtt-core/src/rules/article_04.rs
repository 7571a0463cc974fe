//! Điều 4: purpose. Clause 2 names the kinds of meeting; the kind is recorded and never refused.

use crate::citation::Citation;
use crate::finding::{DutyHolder, Finding};
use crate::submission::MeetingKind;

const CLAUSE_2: Citation = Citation::article(4).clause(2);

/// Điều 4 khoản 2: the kind that was stated, on record; where the profile asks for one, its absence.
pub(crate) fn kind_recorded(kind: Option<&MeetingKind>, required: bool) -> Option<Finding> {
    let Some(kind) = kind else {
        let finding = Finding::incomplete("4.2/kind-stated", &[CLAUSE_2])
            .observed("chưa nêu loại hình cuộc họp", "the kind of meeting is not stated")
            .required(
                "loại hình theo Quyết định 45/2018/QĐ-TTg, hoặc loại hình khác",
                "a kind, or another with its basis",
            )
            .remedy("nêu loại hình cuộc họp rồi gửi lại", "state the kind and hand it in again")
            .duty_of(DutyHolder::Chair);
        return Some(finding).filter(|_| required);
    };
    let cited: Vec<_> = std::iter::once(CLAUSE_2).chain(kind.citation()).collect();
    let finding = Finding::advice("4.2/kind", &cited)
        .observed(format!("loại hình cuộc họp: {}", kind.vi()), format!("kind of meeting: {}", kind.en()))
        .required("loại hình nào cũng được; được ghi để thống kê", "any kind; it is recorded for the statistics");
    Some(finding)
}
