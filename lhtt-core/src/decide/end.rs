//! Leaving a session, and ending one. Neither has a deadline, so neither asks for a trusted clock.

use super::{floor, version};
use crate::actor::action::Action;
use crate::change::Change;
use crate::decision::Decision;
use crate::registry::{Registry, SessionEnd};
use crate::request::{End, Leave};
use crate::rules::article_13::{duty, run};
use crate::rules::{article_03, article_14, role};
use crate::time::Wall;

pub(super) fn leave(registry: &Registry, leave: &Leave, at: Wall) -> Decision {
    let findings = article_03::join_open(registry, leave.join).into_iter().collect();
    let joined = registry.join(leave.join);
    let line = joined.and_then(|joined| floor::line_lost(registry, joined.session, &joined.member, at));
    let left = Change::Left { join: leave.join, reason: leave.reason.clone(), at: Some(at.into()) };
    Decision::from_findings(version(at), at, findings, std::iter::once(left).chain(line).collect())
        .on(&[article_03::CLAUSE_7])
}

/// A session that nobody started ends as well, once it may be joined: whoever runs the MCU closes it by this alone, and a start that
/// nobody recorded is no reason to keep it open (8.3: its legs may be there all the same). What has not begun is called off.
pub(super) fn end(registry: &Registry, end: &End, at: Wall) -> Decision {
    let may = match registry.session(end.session) {
        Some(session) => floor::may_run(registry, session, &end.actor, at.into()),
        None => role::may(registry, &end.actor, None, Action::StartEnd, at).into_iter().collect(),
    };
    let session = registry.session(end.session);
    let over = article_14::can_end(registry, end.session).map(|one| one.duty_of(duty::starter(&end.actor)));
    let begun = session.and_then(|session| run::ends_once_begun(registry, session, at));
    let findings = may.into_iter().chain(over).chain(begun);
    let started = registry.conduct().course(end.session).and_then(|course| course.started.as_ref());
    // A clock that went back does not end a session before its start.
    let ended_at = started.map_or(at.into(), |started| started.at.max(at.into()));
    let ended = SessionEnd { at: ended_at, by: end.actor.clone() };
    let change = Change::Ended { session: end.session, end: ended };
    Decision::from_findings(version(at), at, findings.collect(), vec![change]).on(&[article_14::CLAUSE_1])
}
