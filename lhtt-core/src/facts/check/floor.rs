//! Facts of control and floor that contradict each other.

use super::{BadFacts, Index, known};
use crate::actor::Role;
use crate::facts::Facts;
use crate::registry::Session;
use crate::registry::floor::{ControlGrant, ControlState, FloorKind, FloorState, SessionFloor};
use crate::submission::Member;

pub(super) fn consistent(facts: &Facts, index: &Index<'_>) -> Result<(), BadFacts> {
    for (id, grant) in &facts.floor.grants {
        control_grant(index, &format!("floor.grants.{id}"), grant)?;
    }
    for (id, floor) in &facts.floor.sessions {
        let session = index.sessions.get(id);
        let field = format!("floor.sessions.{id}");
        match session {
            Some(session) => of_session(facts, session, &field, floor)?,
            None => known(false, || field, id)?,
        }
    }
    Ok(())
}

fn control_grant(index: &Index<'_>, field: &str, grant: &ControlGrant) -> Result<(), BadFacts> {
    if let Some(site) = &grant.site {
        known(index.sites.contains(site), || format!("{field}.site"), site)?;
    }
    if let Some(agency) = &grant.organization {
        known(index.organizations.contains(agency), || format!("{field}.organization"), agency)?;
    }
    if !grant.names_somebody() {
        return Err(BadFacts::new(field, "names none of `tier`, `organization`, `site`"));
    }
    if grant.by.role != Role::ManagingAuthority {
        return Err(BadFacts::new(format!("{field}.by.role"), "is `managing_authority`: nobody else grants control"));
    }
    match grant.until {
        Some(until) if until < grant.from => {
            Err(BadFacts::new(format!("{field}.until"), format!("is {until}, before `from`, {}", grant.from)))
        }
        _ => Ok(()),
    }
}

fn of_session(facts: &Facts, session: &Session, field: &str, floor: &SessionFloor) -> Result<(), BadFacts> {
    let listed = |member: &Member| session.seats.iter().any(|seat| seat.member == *member);
    let holder = floor.control.as_ref().and_then(ControlState::holder).map(|site| Member::Site(site.clone()));
    if holder.is_some_and(|holder| !listed(&holder)) {
        return Err(BadFacts::new(format!("{field}.control"), "is with a site that is not on the session's list"));
    }
    for (id, request) in &floor.requests {
        if !listed(&request.member) {
            return Err(BadFacts::new(format!("{field}.requests.{id}.member"), "is not on the session's list"));
        }
    }
    for (kind, most) in [(FloorKind::Speech, facts.profile.floor.speakers), (FloorKind::Content, 1)] {
        let granted = floor.requests.values().filter(|one| one.floor == kind && one.state == FloorState::Granted);
        let granted = granted.count();
        if granted > usize::from(most) {
            return Err(BadFacts::new(
                format!("{field}.requests"),
                format!("{granted} are granted, at most {most} may"),
            ));
        }
    }
    Ok(())
}
