//! Facts that contradict each other: found before a registry is made of them.

mod conduct;
mod estate;
mod floor;

use super::Facts;
use crate::registry::RegistrationState;
use crate::submission::Member;
use std::collections::BTreeSet;
use std::fmt::Display;

/// Facts that cannot all hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{field}`: {why}")]
pub struct BadFacts {
    /// Where in the document, as in `sessions[2].chair_site`.
    pub field: String,
    /// What is wrong with it, and what is allowed.
    pub why: String,
}

impl BadFacts {
    pub(crate) fn new(field: impl Into<String>, why: impl Into<String>) -> Self {
        Self { field: field.into(), why: why.into() }
    }
}

pub(super) fn consistent(facts: &Facts) -> Result<(), BadFacts> {
    once("peers", facts.peers.iter().map(|one| &one.id))?;
    once("organizations", facts.organizations.iter().map(|one| &one.id))?;
    once("sites", facts.sites.iter().map(|one| &one.id))?;
    once("registrations", facts.registrations.iter().map(|one| one.id))?;
    once("sessions", facts.sessions.iter().map(|one| one.id))?;
    once("joins", facts.joins.iter().map(|one| one.join))?;
    for (at, site) in facts.sites.iter().enumerate() {
        let field = || format!("sites[{at}].organization");
        known(facts.organizations.iter().any(|one| one.id == site.organization), field, &site.organization)?;
    }
    for (at, registration) in facts.registrations.iter().enumerate() {
        if let RegistrationState::Accepted(id) = &registration.state {
            known(facts.sessions.iter().any(|one| one.id == *id), || format!("registrations[{at}].state"), id)?;
        }
    }
    estate::consistent(facts)?;
    for at in 0..facts.sessions.len() {
        session(facts, at)?;
    }
    for (at, joined) in facts.joins.iter().enumerate() {
        let session = facts.sessions.iter().find(|one| one.id == joined.session);
        known(session.is_some(), || format!("joins[{at}].session"), &joined.session)?;
        let seated = session.is_some_and(|session| session.seats.iter().any(|seat| seat.member == joined.member));
        if !seated {
            return Err(BadFacts::new(format!("joins[{at}].member"), "is not on the list of its session"));
        }
    }
    conduct::consistent(facts)?;
    floor::consistent(facts)?;
    Ok(())
}

fn session(facts: &Facts, at: usize) -> Result<(), BadFacts> {
    let session = &facts.sessions[at];
    let field = |name: &str| format!("sessions[{at}].{name}");
    let registration = facts.registrations.iter().find(|one| one.id == session.registration);
    known(registration.is_some(), || field("registration"), &session.registration)?;
    known(facts.organizations.iter().any(|one| one.id == session.agency), || field("agency"), &session.agency)?;
    if session.chair_site.as_str().is_empty() {
        return Err(BadFacts::new(field("chair_site"), "exactly one chair site (Điều 3 khoản 6), 0 given"));
    }
    known(facts.sites.iter().any(|one| one.id == session.chair_site), || field("chair_site"), &session.chair_site)?;
    for seat in &session.seats {
        match &seat.member {
            Member::Site(id) => known(facts.sites.iter().any(|one| one.id == *id), || field("seats"), id)?,
            Member::Peer(id) => known(facts.peers.iter().any(|one| one.id == *id), || field("seats"), id)?,
        }
        if seat.taken > seat.legs {
            return Err(BadFacts::new(field("seats"), format!("{} of {} legs are taken", seat.taken, seat.legs)));
        }
    }
    if !session.seats.windows(2).all(|pair| pair[0].member < pair[1].member) {
        return Err(BadFacts::new(field("seats"), "are sorted by member, sites before peers, each once"));
    }
    if session.end <= session.start {
        return Err(BadFacts::new(
            field("end"),
            format!("is {}, at or before the start {}", session.end, session.start),
        ));
    }
    Ok(())
}

fn known(found: bool, field: impl FnOnce() -> String, id: &dyn Display) -> Result<(), BadFacts> {
    match found {
        true => Ok(()),
        false => Err(BadFacts::new(field(), format!("`{id}` is not among the facts"))),
    }
}

fn once<T: Ord + Display>(field: &str, ids: impl Iterator<Item = T>) -> Result<(), BadFacts> {
    let mut seen = BTreeSet::new();
    for (at, id) in ids.enumerate() {
        if seen.contains(&id) {
            return Err(BadFacts::new(format!("{field}[{at}].id"), format!("`{id}` is there more than once")));
        }
        seen.insert(id);
    }
    Ok(())
}
