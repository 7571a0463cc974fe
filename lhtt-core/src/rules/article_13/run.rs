//! What may happen to a session when: the session is known, and its state allows the step (Điều 12, 13, 14).

use crate::citation::Citation;
use crate::finding::Finding;
use crate::ids::SessionId;
use crate::registry::{Session, SessionEvent, SessionState};

/// There must be such a session.
pub(crate) fn unknown_session(id: SessionId) -> Finding {
    Finding::violation("13.1/known", &[super::CLAUSE_1])
        .observed(format!("không có phiên họp {id}"), format!("there is no session {id}"))
        .required("một phiên họp đã chấp nhận", "an accepted session")
}

/// The session's state does not allow this step; the steps that it allows are the remedy.
pub(crate) fn out_of_turn(session: &Session, state: SessionState, event: SessionEvent) -> Finding {
    let from = || SessionState::ALL.into_iter().filter(move |from| from.after(event).is_some());
    let list = |name: fn(SessionState) -> &'static str| from().map(name).collect::<Vec<_>>().join(", ");
    let place: Citation = event.citation();
    Finding::violation("13.1/turn", &[place])
        .observed(
            format!("phiên họp số {} {}, không thể {}", session.alias, state.vi(), event.vi()),
            format!("session {} is {}; one cannot {}", session.alias, state.en(), event.en()),
        )
        .required(
            format!("phiên họp ở trạng thái: {}", list(SessionState::vi)),
            format!("a session that is: {}", list(SessionState::en)),
        )
}
