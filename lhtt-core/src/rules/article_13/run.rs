//! What may happen to a session when: the session is known, and its state allows the step (Điều 12, 13, 14).

use crate::citation::Citation;
use crate::finding::Finding;
use crate::ids::SessionId;
use crate::registry::{Registry, Session, SessionEvent, SessionState};
use crate::rules::article_12::window::Window;
use crate::time::Wall;

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

/// What has not begun is called off, not ended.
pub(crate) fn ends_once_begun(registry: &Registry, session: &Session, at: Wall) -> Option<Finding> {
    let finding = not_begun(registry, session, at)?;
    Some(finding.remedy("hủy phiên họp nếu không họp", "cancel it, if it is not to take place"))
}

/// What is run is a session that has begun: nobody speaks in it, and nothing is commanded, before one can be in it.
pub(crate) fn run_once_begun(registry: &Registry, session: &Session, at: Wall) -> Option<Finding> {
    let from = window(registry, session, at).from;
    let finding = not_begun(registry, session, at)?;
    Some(finding.remedy(format!("thực hiện từ {}", from.vi()), format!("do it from {from} on")))
}

/// A session begins with its start, with its first leg, or as soon as it may be joined: not every start is put on record. A clock
/// that is not trusted does not tell.
fn not_begun(registry: &Registry, session: &Session, at: Wall) -> Option<Finding> {
    let from = window(registry, session, at).from;
    let course = registry.conduct().course(session.id);
    let attended = course.is_some_and(|course| course.attendance.values().any(|one| !one.episodes.is_empty()));
    let has_legs = attended || session.seats.iter().any(|seat| seat.taken > 0);
    let waits = registry.conduct().state(session.id).is_before_session();
    if !at.trusted || !waits || has_legs || from <= at.into() {
        return None;
    }
    let finding = Finding::violation("13.1/not-begun", &[super::CLAUSE_1])
        .observed(
            format!("phiên họp số {} chưa bắt đầu, chưa đến giờ vào họp", session.alias),
            format!("session {} has not begun, and cannot be joined yet", session.alias),
        )
        .required(
            format!("phiên họp đã bắt đầu, hoặc đã đến giờ vào họp ({})", from.vi()),
            format!("a session that has begun, or can be joined (from {from} on)"),
        );
    Some(finding)
}

fn window(registry: &Registry, session: &Session, at: Wall) -> Window {
    Window::of(registry.profile_at(at.into()), session.start, session.end)
}
