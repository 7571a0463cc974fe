//! Applying changes of control and floor. Each is checked whole before anything is touched.

use super::{Floor, FloorRequest, Intervention, SessionFloor};
use crate::change::FloorChange;
use crate::civil::Moment;
use crate::ids::{ControlGrantId, FloorRequestId, InterventionId, SessionId};
use crate::registry::Contradiction;
use crate::request::Command;
use crate::submission::Member;
use std::fmt::Display;
use std::mem::discriminant;

impl Floor {
    /// Applies one change; checked whole before anything is touched.
    pub(crate) fn apply(&mut self, change: &FloorChange) -> Result<(), Contradiction> {
        match change {
            FloorChange::ControlGranted { id, grant } => {
                fresh(!self.grants.contains_key(id), "grant", id)?;
                self.grants.insert(id.clone(), (**grant).clone());
            }
            FloorChange::GrantWithdrawn { id, withdrawn } => self.grant(id)?.withdrawn = Some(withdrawn.clone()),
            FloorChange::ControlAsked { session, asked } => self.of(*session).asked = Some(asked.clone()),
            FloorChange::ControlOverridden { session, site, overridden } => {
                self.of(*session).overridden.insert(site.clone(), overridden.clone());
            }
            FloorChange::Control { session, state, .. } => {
                let one = self.of(*session);
                one.control = Some(state.clone());
                one.asked = None;
            }
            FloorChange::Scenario { session, scenario } => self.of(*session).scenario = Some((**scenario).clone()),
            FloorChange::FloorAsked { session, id, request } => {
                let taken = self.session(*session).is_some_and(|one| one.requests.contains_key(id));
                fresh(!taken, "floor request", id)?;
                self.of(*session).requests.insert(*id, (**request).clone());
            }
            FloorChange::Floor { session, id, state, priority, until, .. } => {
                let request = self.request(*session, *id)?;
                (request.state, request.priority, request.until) = (*state, *priority, *until);
            }
            FloorChange::FloorLine { session, member, down, at, requeued } => {
                self.line(*session, member, *down, *at, *requeued)?;
            }
            FloorChange::InterventionAsked { session, id, intervention } => {
                let taken = self.session(*session).is_some_and(|one| one.interventions.contains_key(id));
                fresh(!taken, "intervention", id)?;
                self.of(*session).interventions.insert(*id, (**intervention).clone());
            }
            FloorChange::InterventionAnswered { session, id, state, by, at, answer } => {
                let asked = self.intervention(*session, *id)?;
                (asked.state, asked.answered_by, asked.answered_at) = (*state, Some(by.clone()), Some(*at));
                asked.answer.clone_from(answer);
            }
            FloorChange::Commanded { session, command, .. } => self.command(*session, command),
            // What a site records is its own; the journal has it.
            FloorChange::SiteRecords { .. } => {}
        }
        Ok(())
    }

    fn of(&mut self, session: SessionId) -> &mut SessionFloor {
        self.sessions.entry(session).or_default()
    }

    fn grant(&mut self, id: &ControlGrantId) -> Result<&mut super::ControlGrant, Contradiction> {
        self.grants.get_mut(id).ok_or_else(|| unknown("grant", id))
    }

    fn request(&mut self, session: SessionId, id: FloorRequestId) -> Result<&mut FloorRequest, Contradiction> {
        let found = self.sessions.get_mut(&session).and_then(|one| one.requests.get_mut(&id));
        found.ok_or_else(|| unknown("floor request", &id))
    }

    fn intervention(&mut self, session: SessionId, id: InterventionId) -> Result<&mut Intervention, Contradiction> {
        let found = self.sessions.get_mut(&session).and_then(|one| one.interventions.get_mut(&id));
        found.ok_or_else(|| unknown("intervention", &id))
    }

    fn line(
        &mut self,
        session: SessionId,
        member: &Member,
        down: bool,
        at: Moment,
        requeued: bool,
    ) -> Result<(), Contradiction> {
        let one = self.sessions.get_mut(&session).ok_or_else(|| unknown("session", &session))?;
        for request in one.requests.values_mut().filter(|one| one.member == *member && !one.state.over()) {
            request.away_since = down.then_some(at);
            if requeued && request.state.waits() {
                request.requeued_at = Some(at);
            }
        }
        Ok(())
    }

    /// Keeps the last of each sort of command that holds until another.
    fn command(&mut self, session: SessionId, command: &Command) {
        if matches!(command, Command::Layout(_) | Command::Lecture(_) | Command::Lock(_)) {
            let standing = &mut self.of(session).standing;
            standing.retain(|one| discriminant(one) != discriminant(command));
            standing.push(command.clone());
        }
    }
}

fn fresh(free: bool, what: &'static str, id: &dyn Display) -> Result<(), Contradiction> {
    if free { Ok(()) } else { Err(Contradiction::Exists { what, id: id.to_string() }) }
}

fn unknown(what: &'static str, id: &dyn Display) -> Contradiction {
    Contradiction::Unknown { what, id: id.to_string() }
}
