//! Courses of sessions that contradict themselves or the sessions.

use super::{BadFacts, Facts, Index, known};
use crate::ids::{SessionId, SiteId};
use crate::registry::{Attendance, Course, Session, SessionState};
use std::collections::BTreeSet;

pub(super) fn consistent(facts: &Facts, index: &Index<'_>) -> Result<(), BadFacts> {
    for (id, course) in &facts.conduct.sessions {
        let session = index.sessions.get(id).copied();
        known(session.is_some(), || field(*id, ""), id)?;
        session.map_or(Ok(()), |session| state(session, course))?;
        let named = course.attendance.keys().chain(course.self_checks.keys()).chain(course.closing.sites.keys());
        for site in named.chain(course.duty.member_operators.keys()) {
            known(index.sites.contains(site), || field(*id, ""), site)?;
        }
        course.attendance.iter().try_for_each(|(site, one)| episodes(*id, site, one))?;
        let answered = course.materials.iter().map(|one| one.id);
        if answered.collect::<BTreeSet<_>>().len() != course.materials.len() {
            return Err(BadFacts::new(field(*id, "materials"), "are numbered, each number once"));
        }
    }
    Ok(())
}

/// The state and the two moments belong together.
fn state(session: &Session, course: &Course) -> Result<(), BadFacts> {
    let (id, ended) = (session.id, session.ended.as_ref().map(|end| end.at));
    let started = course.started.as_ref().map(|start| start.at);
    if course.state.is_over() && ended.is_none() {
        let why = format!("is `{}`, but `sessions` gives session {id} no `ended`", course.state);
        return Err(BadFacts::new(field(id, "state"), why));
    }
    if course.state == SessionState::Cancelled && !session.cancelled {
        let why = format!("is `cancelled`, but `sessions` gives session {id} no `cancelled`");
        return Err(BadFacts::new(field(id, "state"), why));
    }
    if let (true, Some(started)) = (course.state.is_before_session() && ended.is_none(), started) {
        let why = format!("is {started}, but the session is `{}`", course.state);
        return Err(BadFacts::new(field(id, "started"), why));
    }
    match (started, ended) {
        (Some(started), Some(ended)) if ended < started => {
            Err(BadFacts::new(field(id, "started"), format!("is {started}, after the end {ended}")))
        }
        _ => Ok(()),
    }
}

/// Episodes follow one another; only the last may be open.
fn episodes(id: SessionId, site: &SiteId, attendance: &Attendance) -> Result<(), BadFacts> {
    let place = |at: usize| field(id, &format!("attendance.{site}.episodes[{at}]"));
    for (at, episode) in attendance.episodes.iter().enumerate() {
        if episode.until.is_some_and(|until| until < episode.from) {
            return Err(BadFacts::new(place(at), "ends before it begins"));
        }
        let next = attendance.episodes.get(at + 1);
        if next.is_some_and(|next| episode.until.is_none_or(|until| next.from < until)) {
            return Err(BadFacts::new(place(at), "ends after the next one begins, or not at all"));
        }
    }
    Ok(())
}

fn field(id: SessionId, name: &str) -> String {
    let dot = if name.is_empty() { "" } else { "." };
    format!("conduct.sessions.{id}{dot}{name}")
}
