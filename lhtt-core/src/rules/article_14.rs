//! Điều 14: the end of a session. Decides that what has ended is over (clause 1), how it is closed (clause 1, in
//! [`closing`]), its recording and hand-over (clauses 2 and 3, in [`recording`]), and its materials (clause 4, in
//! [`materials`]).

pub(crate) mod closing;
pub(crate) mod materials;
pub(crate) mod recording;

use crate::citation::Citation;
use crate::finding::{DutyHolder, Finding};
use crate::ids::SessionId;
use crate::registry::{Registry, Session};

/// The closing.
pub(crate) const CLAUSE_1: Citation = Citation::article(14).clause(1);
/// The recording.
pub(crate) const CLAUSE_2: Citation = Citation::article(14).clause(2);
/// Its hand-over.
pub(crate) const CLAUSE_3: Citation = Citation::article(14).clause(3);
/// The use of materials.
pub(crate) const CLAUSE_4: Citation = Citation::article(14).clause(4);

/// Điều 14 khoản 1: nobody joins a session that has ended.
pub(crate) fn not_ended(session: &Session) -> Option<Finding> {
    let (vi, en) = match (&session.ended, session.cancelled) {
        (None, false) => return None,
        (Some(end), false) => (format!("đã kết thúc {}", end.at.vi()), format!("ended at {}", end.at)),
        (Some(end), true) => (format!("đã bị hủy {}", end.at.vi()), format!("was called off at {}", end.at)),
        (None, true) => ("đã bị hủy".to_owned(), "was called off".to_owned()),
    };
    let finding = Finding::violation("14.1/ended", &[CLAUSE_1])
        .observed(format!("phiên họp số {} {vi}", session.alias), format!("session {} {en}", session.alias))
        .required("phiên họp chưa kết thúc", "a session that has not ended")
        .remedy("đăng ký phiên họp mới", "register another session")
        .duty_of(DutyHolder::Member);
    Some(finding)
}

/// Điều 14 khoản 1: only a session that is there can be ended, and only once.
pub(crate) fn can_end(registry: &Registry, id: SessionId) -> Option<Finding> {
    match registry.session(id) {
        Some(session) => not_ended(session),
        None => Some(
            Finding::violation("14.1/known", &[CLAUSE_1])
                .observed(format!("không có phiên họp {id}"), format!("there is no session {id}"))
                .required("một phiên họp đã chấp nhận", "an accepted session"),
        ),
    }
}
