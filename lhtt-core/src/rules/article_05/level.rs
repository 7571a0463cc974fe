//! Điều 5 khoản 2: the level of a session, given another one, before or while it runs.

use super::{CLAUSE_2, DutyHolder, Finding};
use crate::registry::{Registry, Session};
use crate::submission::{Classification, Reference};

/// A level is lowered only by a decision; to raise it none is waited for, because raising protects.
pub(crate) fn lowered(from: Classification, to: Classification, document: Option<&Reference>) -> Option<Finding> {
    if to >= from || document.is_some_and(|document| !document.is_blank()) {
        return None;
    }
    let finding = Finding::missing("5.2/lowered", &[CLAUSE_2])
        .observed("hạ độ mật mà không có văn bản quyết định", "the level is lowered without a decision")
        .required(
            "số, ký hiệu văn bản quyết định của người có thẩm quyền",
            "the number of the competent person's decision",
        )
        .remedy("bổ sung văn bản quyết định", "add the decision")
        .duty_of(DutyHolder::Chair);
    Some(finding)
}

/// Another level is another one.
pub(crate) fn same_level(from: Classification, to: Classification) -> Option<Finding> {
    (from == to).then(|| {
        Finding::violation("5.2/same-level", &[CLAUSE_2])
            .observed("phiên họp đã ở độ mật này", "the session has this level already")
            .required("độ mật khác", "another level")
    })
}

/// Only of a secret session.
pub(crate) fn secret(session: &Session) -> Option<Finding> {
    session.classification.is_open().then(|| {
        Finding::violation("5.2/secret", &[CLAUSE_2])
            .observed("phiên họp không có nội dung bí mật nhà nước", "the session concerns no state secret")
            .required("phiên họp có nội dung bí mật nhà nước", "a session with state secrets")
    })
}

/// Muted legs of this session, for whoever drops them.
pub(crate) fn muted(registry: &Registry, session: &Session, joins: &[crate::ids::JoinId]) -> Option<Finding> {
    let secret = registry.secrecy().sessions.get(&session.id);
    let is_muted = |join: &crate::ids::JoinId| secret.is_some_and(|secret| secret.refused_legs.contains_key(join));
    let some = match joins.is_empty() {
        true => secret.is_some_and(|secret| !secret.refused_legs.is_empty()),
        false => joins.iter().all(is_muted),
    };
    (!some).then(|| {
        Finding::violation("5.2/muted", &[CLAUSE_2])
            .observed(
                "kết nối nêu ra không bị tắt tiếng, tắt hình do nâng độ mật",
                "a leg named is not muted by a raised level",
            )
            .required("kết nối đang bị tắt do nâng độ mật", "legs that are muted since the level was raised")
    })
}
