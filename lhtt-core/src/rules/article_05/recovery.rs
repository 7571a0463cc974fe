//! Điều 5 khoản 2: the documents of a secret session are got back at its closing, and a record says so.

use super::law::{Law, Requirement};
use crate::finding::{DutyHolder, Finding};
use crate::submission::Reference;

/// The record has a number.
pub(crate) fn stated(document: Option<&Reference>, law: Law<'_>) -> Option<Finding> {
    if !document.is_none_or(Reference::is_blank) {
        return None;
    }
    let finding = law
        .missing("5.2/recovered", &[Requirement::Recovery])
        .observed(
            "chưa có biên bản thu hồi tài liệu, vật chứa bí mật nhà nước",
            "there is no record that the documents were got back",
        )
        .required("số, ký hiệu biên bản thu hồi", "the number of that record")
        .remedy("thu hồi tài liệu, lập biên bản", "get the documents back and record it")
        .duty_of(DutyHolder::Chair);
    Some(finding)
}
