//! Điều 20: carrying the regulation out. Clause 3 decides which step a difficulty may take; clause 2 is a report.

use crate::citation::Citation;
use crate::finding::{DutyHolder, Finding};
use crate::ids::OrganizationId;
use crate::registry::{Difficulty, DifficultyStatus, Registry};

pub(crate) const CLAUSE_3: Citation = Citation::article(20).clause(3);

/// Điều 20 khoản 3: a difficulty is told in words.
pub(crate) fn difficulty_told(text: &str) -> Option<Finding> {
    if !text.trim().is_empty() {
        return None;
    }
    let finding = Finding::missing("20.3/text", &[CLAUSE_3])
        .observed("chưa nêu khó khăn, vướng mắc", "no difficulty is told")
        .required("nội dung khó khăn, vướng mắc", "what the difficulty is");
    Some(finding)
}

/// Điều 20 khoản 3: an agency tells of its own difficulties.
pub(crate) fn own_difficulty(acts_for: &OrganizationId, organization: &OrganizationId) -> Option<Finding> {
    if acts_for == organization {
        return None;
    }
    let finding = Finding::violation("20.3/own", &[CLAUSE_3])
        .observed(
            format!("người phản ánh thuộc `{acts_for}`, vướng mắc của `{organization}`"),
            format!("told by `{acts_for}` for `{organization}`"),
        )
        .required("cơ quan, đơn vị tự phản ánh vướng mắc của mình", "each agency tells of its own difficulties");
    Some(finding)
}

/// Điều 20 khoản 3: only a difficulty that was told takes a step.
pub(crate) fn difficulty_known(registry: &Registry, id: u64) -> Option<Finding> {
    if registry.record().difficulty(id).is_some() {
        return None;
    }
    let finding = Finding::missing("20.3/known", &[CLAUSE_3])
        .observed(format!("không có vướng mắc số {id}"), format!("there is no difficulty {id}"))
        .required("một vướng mắc đã phản ánh", "a difficulty that was told");
    Some(finding)
}

/// Điều 20 khoản 3: told, reported to UBND tỉnh, decided there, closed.
pub(crate) fn next_step(difficulty: &Difficulty, to: DifficultyStatus) -> Option<Finding> {
    let status = difficulty.status();
    if status.may_become(to) {
        return None;
    }
    let list = |name: fn(DifficultyStatus) -> &'static str| {
        let next = DifficultyStatus::ALL.into_iter().filter(|next| status.may_become(*next)).map(name);
        next.collect::<Vec<_>>().join(", ")
    };
    let finding = Finding::violation("20.3/step", &[CLAUSE_3])
        .observed(
            format!("vướng mắc số {} {}, không thể chuyển thành {}", difficulty.id, status.vi(), to.vi()),
            format!("difficulty {} is {}, which does not become {}", difficulty.id, status.en(), to.en()),
        )
        .required(
            format!("bước tiếp theo: {}", list(DifficultyStatus::vi)),
            format!("next may be: {}", list(DifficultyStatus::en)),
        );
    Some(finding)
}

/// Điều 20 khoản 3: a report and a decision are documents.
pub(crate) fn step_documented(to: DifficultyStatus, document: &str) -> Option<Finding> {
    if !document.trim().is_empty() || !matches!(to, DifficultyStatus::Reported | DifficultyStatus::Decided) {
        return None;
    }
    let finding = Finding::missing("20.3/document", &[CLAUSE_3])
        .observed("thiếu số, ngày văn bản", "no document is named")
        .required("văn bản báo cáo hoặc quyết định của UBND tỉnh", "the report, or the decision of UBND tỉnh")
        .duty_of(DutyHolder::ManagingAuthority);
    Some(finding)
}
