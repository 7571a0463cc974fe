//! Điều 5 khoản 2: the level of a session, given another one, and its end: the documents are got back.

use super::law::Requirement;
use super::{CLAUSE_2, DutyHolder, Finding};
use crate::civil::Moment;
use crate::registry::{Registry, Session};
use crate::submission::{Classification, Reference};

/// A level is lowered only by a decision; to raise it none is waited for, because raising protects.
pub(crate) fn lowered(from: Classification, to: Classification, document: Option<&Reference>) -> Option<Finding> {
    if to > from || document.is_some_and(|document| !document.is_blank()) {
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

/// The documents are got back after the session, and a record says so (S-1).
pub(crate) fn recovery_stated(session: &Session, document: Option<&Reference>, act: Moment) -> Vec<Finding> {
    let mut findings = Vec::new();
    if session.ended.is_none() {
        let finding = Finding::violation("5.2/recovery-early", &[Requirement::Recovery.cited(act)])
            .observed("phiên họp chưa kết thúc", "the session has not ended")
            .required(
                "thu hồi tài liệu sau khi phiên họp kết thúc",
                "documents are got back once the session has ended",
            );
        findings.push(finding);
    }
    if document.is_none_or(Reference::is_blank) {
        findings.push(no_record(act));
    }
    findings
}

/// A secret session is closed once its documents are got back: for whoever closes it.
pub(crate) fn recovered(registry: &Registry, session: &Session, act: Moment) -> Option<Finding> {
    let secret = registry.secrecy().sessions.get(&session.id);
    let needed = !session.classification.is_open() || secret.is_some_and(|secret| !secret.highest.is_open());
    let done = secret.is_some_and(|secret| secret.recovery.is_some());
    (needed && !done).then(|| no_record(act))
}

fn no_record(act: Moment) -> Finding {
    Finding::missing("5.2/recovered", &[Requirement::Recovery.cited(act)])
        .observed(
            "chưa có biên bản thu hồi tài liệu, vật chứa bí mật nhà nước",
            "there is no record that the documents were got back",
        )
        .required("số, ký hiệu biên bản thu hồi", "the number of that record")
        .remedy("thu hồi tài liệu, lập biên bản", "get the documents back and record it")
        .duty_of(DutyHolder::Chair)
}
