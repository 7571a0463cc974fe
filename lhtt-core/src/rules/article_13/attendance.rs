//! Điều 13 khoản 4 điểm b and c: the list of who attends, if the chair asks, and the site's report of an interruption.

use super::{POINT_4B, POINT_4C};
use crate::citation::Citation;
use crate::finding::{DutyHolder, Finding};
use crate::registry::Session;
use crate::submission::Reference;

/// Nothing that tells about a secret session goes by ordinary means.
const SECRET_CONTENT: Citation = Citation::article(11).clause(5);

/// Điểm b: a list names somebody, or the document that does.
pub(crate) fn list_given(people: &[String], document: Option<&Reference>) -> Option<Finding> {
    let named = people.iter().any(|name| !name.trim().is_empty());
    if named || document.is_some_and(|document| !document.is_blank()) {
        return None;
    }
    let finding = Finding::missing("13.4.b/list", &[POINT_4B])
        .observed("danh sách thành phần tham dự trống", "the attendance list is empty")
        .required("họ tên, hoặc văn bản kèm danh sách", "names, or the document that holds them")
        .duty_of(DutyHolder::Member);
    Some(finding)
}

/// Điểm b with Điều 11 khoản 5: of a secret session the list is a reference.
pub(crate) fn secret_by_reference(session: &Session, people: &[String]) -> Option<Finding> {
    if session.classification.is_open() || people.is_empty() {
        return None;
    }
    let finding = Finding::violation("13.4.b/reference", &[SECRET_CONTENT, POINT_4B])
        .observed("danh sách nêu họ tên trong phiên họp bí mật nhà nước", "the list of a secret session names people")
        .required("chỉ nêu số văn bản", "the reference of a document, and no more")
        .remedy(
            "gửi danh sách theo đường bảo mật và ghi số văn bản",
            "send the list by secret mail and state its reference",
        )
        .duty_of(DutyHolder::Member);
    Some(finding)
}

/// Điểm c: the site's report says what happened.
pub(crate) fn report_says(text: &str) -> Option<Finding> {
    if !text.trim().is_empty() {
        return None;
    }
    let finding = Finding::missing("13.4.c/report", &[POINT_4C])
        .observed("báo cáo gián đoạn không có nội dung", "the report of the interruption is empty")
        .required("nội dung báo cáo", "what happened")
        .duty_of(DutyHolder::Member);
    Some(finding)
}
