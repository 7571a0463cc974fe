//! Điều 5 khoản 5 as A-30 reads it: a session that a peer convenes, by the peer's own process.

use super::CLAUSE_5;
use crate::finding::{DutyHolder, Finding};
use crate::submission::{Path, Submission};

/// Điều 5 khoản 5, A-30: a session that a peer convenes says who convenes it, and by what document.
pub(crate) fn stated(convener: &str, reference: &str) -> Option<Finding> {
    if !convener.trim().is_empty() && !reference.trim().is_empty() {
        return None;
    }
    let finding = Finding::incomplete("5.5/convened", &[CLAUSE_5])
        .observed(
            "phiên họp do hệ thống khác triệu tập thiếu người triệu tập hoặc số văn bản",
            "the session convened by a peer lacks its convener or the peer's reference",
        )
        .required("người triệu tập và số, ngày văn bản", "the convener, and number and date of the document")
        .remedy("bổ sung rồi ghi nhận lại", "add them and enter it again")
        .duty_of(DutyHolder::TrungTam)
        .reading(30);
    Some(finding)
}

/// Điều 5 khoản 5, A-30: nobody registers a session that a peer convenes; the technical operator enters it.
pub(crate) fn by_act(submission: &Submission) -> Option<Finding> {
    if submission.path != Path::Convene {
        return None;
    }
    let finding = Finding::violation("5.5/convened-registered", &[CLAUSE_5])
        .observed(
            "phiên họp do hệ thống khác triệu tập được gửi như một đăng ký",
            "a session convened by a peer is handed in as a registration",
        )
        .required("ghi nhận phiên họp do hệ thống khác triệu tập", "an entry as a session convened by a peer")
        .remedy("đơn vị vận hành kỹ thuật ghi nhận phiên họp", "the technical operator enters the session")
        .reading(30);
    Some(finding)
}
