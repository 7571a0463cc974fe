//! Điều 14 khoản 4: whoever wants the materials of a session asks the chair agency; never those of a secret one.

use super::CLAUSE_4;
use crate::finding::{DutyHolder, Finding};
use crate::registry::{Course, Registry, Session};

/// The materials of a session that is or was secret are given to nobody by this way.
pub(crate) fn not_secret(registry: &Registry, session: &Session) -> Option<Finding> {
    if session.classification.is_open() && !registry.secrecy().was_secret(session.id) {
        return None;
    }
    let finding = Finding::violation("14.4/secret", &[CLAUSE_4])
        .observed("phiên họp có nội dung bí mật nhà nước", "the session concerns state secrets")
        .required("phiên họp không có nội dung bí mật nhà nước", "a session without state secrets")
        .remedy("thực hiện theo pháp luật về bảo vệ bí mật nhà nước", "go by the law on state secrets");
    Some(finding)
}

/// There must be such a request.
pub(crate) fn asked(course: &Course, request: u32) -> Option<Finding> {
    if course.material(request).is_some() {
        return None;
    }
    let finding = Finding::violation("14.4/request", &[CLAUSE_4])
        .observed(format!("không có yêu cầu số {request}"), format!("there is no request {request}"))
        .required("một yêu cầu đã ghi nhận", "a request on record");
    Some(finding)
}

/// Only what the chair agency granted is handed over.
pub(crate) fn granted(course: &Course, request: u32) -> Option<Finding> {
    let answer = course.material(request).and_then(|one| one.answer.as_ref());
    if answer.is_some_and(|answer| answer.granted) {
        return None;
    }
    let finding = Finding::violation("14.4/granted", &[CLAUSE_4])
        .observed(
            format!("yêu cầu số {request} chưa được cơ quan chủ trì đồng ý"),
            format!("the chair agency has not granted request {request}"),
        )
        .required("cơ quan chủ trì đồng ý cung cấp", "the chair agency's consent")
        .duty_of(DutyHolder::Chair);
    Some(finding)
}
