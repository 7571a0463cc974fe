//! Điều 15: the managing authority. Clause 1: who may override a finding. Clause 2: what an entry of a register needs.
//! Leaves out: reports and the public schedule, which decide nothing; see [`crate::report`].

use crate::citation::Citation;
use crate::civil::Moment;
use crate::finding::Finding;
use crate::registry::{Profile, RegisterEntry};
use crate::request::{Actor, Role};

pub(crate) const CLAUSE_1: Citation = Citation::article(15).clause(1);

/// Điều 15 khoản 1, A-32: the managing authority, or a head of the technical operator whom it has entrusted by name.
pub(crate) fn may_override(profile: &Profile, actor: &Actor) -> Option<Finding> {
    let entrusted = match actor.role {
        Role::ManagingAuthority => true,
        Role::HeadOfTechnicalOperator => profile.override_heads.contains(&actor.name),
        _ => false,
    };
    if entrusted {
        return None;
    }
    let finding = Finding::violation("15.1/override", &[CLAUSE_1])
        .observed(
            format!("{} ({}) không được giao quyền phê duyệt ngoại lệ", actor.name, actor.role.vi()),
            format!("{} ({}) is not entrusted with overrides", actor.name, actor.role.en()),
        )
        .required(
            "cơ quan quản lý, vận hành, hoặc thủ trưởng đơn vị vận hành kỹ thuật được giao đích danh",
            "the managing authority, or a head of the technical operator entrusted by name",
        )
        .remedy("đề nghị người có quyền phê duyệt ngoại lệ", "ask one of them for the override")
        .reading(32);
    Some(finding)
}

/// Điều 15 khoản 1, A-32: an override has a name and a reason.
pub(crate) fn override_reason(actor: &Actor, reason: &str) -> Option<Finding> {
    if !actor.name.trim().is_empty() && !reason.trim().is_empty() {
        return None;
    }
    let finding = Finding::missing("15.1/reason", &[CLAUSE_1])
        .observed("phê duyệt ngoại lệ thiếu họ tên hoặc lý do", "the override lacks a name or a reason")
        .required("họ tên người phê duyệt và lý do", "the name of who overrides, and a reason")
        .reading(32);
    Some(finding)
}

/// Điều 15 khoản 1, A-32: there must be something to override, and nothing else that refuses.
pub(crate) fn something_to_override(findings: &[Finding]) -> Option<Finding> {
    if findings.iter().any(Finding::refuses) {
        return None;
    }
    let finding = Finding::violation("15.1/needless", &[CLAUSE_1])
        .observed("không có căn cứ nào cần phê duyệt ngoại lệ", "nothing here needs an override")
        .required("một căn cứ từ chối có thể được phê duyệt ngoại lệ", "a finding that may be overridden")
        .reading(32);
    Some(finding)
}

/// Điều 15 khoản 2 and 3, 18 khoản 4: an entry refers to a document.
pub(crate) fn entry_documented(entry: &RegisterEntry) -> Option<Finding> {
    if !entry.document().trim().is_empty() {
        return None;
    }
    let finding = Finding::missing("15.2.c/document", entry.basis())
        .observed("thiếu số, ngày văn bản", "no document is named")
        .required("số và ngày của văn bản", "number and date of the document");
    Some(finding)
}

/// Điều 15 khoản 2 and 3: what has not happened yet is not on record.
pub(crate) fn entry_happened(entry: &RegisterEntry, at: Moment) -> Option<Finding> {
    let date = entry.date().filter(|date| *date > at.date())?;
    let finding = Finding::violation("15.2.c/happened", entry.basis())
        .observed(format!("ngày {} chưa đến", date.vi()), format!("{date} is still to come"))
        .required("việc đã diễn ra", "what has happened");
    Some(finding)
}

/// Điều 15 khoản 1: papers of sites and devices are dated; by a clock that may be wrong none is made.
pub(crate) fn clock_trusted(trusted: bool) -> Option<Finding> {
    if trusted {
        return None;
    }
    let finding = Finding::missing("15.1/clock", &[CLAUSE_1])
        .observed("đồng hồ của hệ thống chưa được xác thực", "the clock is not trusted")
        .required("đồng hồ đã đồng bộ", "a synchronised clock")
        .remedy("khôi phục đồng bộ thời gian rồi thực hiện lại", "restore time synchronisation, then do it again");
    Some(finding)
}
