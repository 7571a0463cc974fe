//! Facts that contradict each other: found before a registry is made of them.

mod conduct;
mod estate;
mod floor;
mod secrecy;

use super::Facts;
use crate::ids::{JoinId, OrganizationId, PeerId, RegistrationId, SessionId, SiteId};
use crate::registry::{Joined, RegistrationState, Session};
use crate::submission::Member;
use std::collections::{BTreeMap, BTreeSet};
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

/// What the facts hold, by id: made once, since everything is looked up in it.
struct Index<'a> {
    peers: BTreeSet<&'a PeerId>,
    organizations: BTreeSet<&'a OrganizationId>,
    sites: BTreeSet<&'a SiteId>,
    registrations: BTreeSet<RegistrationId>,
    sessions: BTreeMap<SessionId, &'a Session>,
    joins: BTreeMap<JoinId, &'a Joined>,
}

impl<'a> Index<'a> {
    fn of(facts: &'a Facts) -> Self {
        Self {
            peers: facts.peers.iter().map(|one| &one.id).collect(),
            organizations: facts.organizations.iter().map(|one| &one.id).collect(),
            sites: facts.sites.iter().map(|one| &one.id).collect(),
            registrations: facts.registrations.iter().map(|one| one.id).collect(),
            sessions: facts.sessions.iter().map(|one| (one.id, one)).collect(),
            joins: facts.joins.iter().map(|one| (one.join, one)).collect(),
        }
    }
}

pub(super) fn consistent(facts: &Facts) -> Result<(), BadFacts> {
    once("peers", facts.peers.iter().map(|one| &one.id))?;
    once("organizations", facts.organizations.iter().map(|one| &one.id))?;
    once("sites", facts.sites.iter().map(|one| &one.id))?;
    once("registrations", facts.registrations.iter().map(|one| one.id))?;
    once("sessions", facts.sessions.iter().map(|one| one.id))?;
    once("joins", facts.joins.iter().map(|one| one.join))?;
    let index = Index::of(facts);
    for (at, site) in facts.sites.iter().enumerate() {
        let field = || format!("sites[{at}].organization");
        known(index.organizations.contains(&site.organization), field, &site.organization)?;
    }
    for (at, registration) in facts.registrations.iter().enumerate() {
        if let RegistrationState::Accepted(id) = &registration.state {
            known(index.sessions.contains_key(id), || format!("registrations[{at}].state"), id)?;
        }
        if matches!(registration.state, RegistrationState::Cancelled(_)) {
            let mut own = facts.sessions.iter().filter(|session| session.registration == registration.id);
            called_off(at, own.find(|session| !session.cancelled))?;
        }
    }
    estate::consistent(facts, &index)?;
    facts.sessions.iter().enumerate().try_for_each(|(at, one)| session(&index, at, one))?;
    for (at, joined) in facts.joins.iter().enumerate() {
        let session = index.sessions.get(&joined.session);
        known(session.is_some(), || format!("joins[{at}].session"), &joined.session)?;
        let seated = session.is_some_and(|session| session.seats.iter().any(|seat| seat.member == joined.member));
        if !seated {
            return Err(BadFacts::new(format!("joins[{at}].member"), "is not on the list of its session"));
        }
    }
    conduct::consistent(facts, &index)?;
    floor::consistent(facts, &index)?;
    secrecy::consistent(facts, &index)?;
    Ok(())
}

fn session(index: &Index<'_>, at: usize, session: &Session) -> Result<(), BadFacts> {
    let field = |name: &str| format!("sessions[{at}].{name}");
    known(index.registrations.contains(&session.registration), || field("registration"), &session.registration)?;
    known(index.organizations.contains(&session.agency), || field("agency"), &session.agency)?;
    if session.chair_site.as_str().is_empty() {
        return Err(BadFacts::new(field("chair_site"), "exactly one chair site (Điều 3 khoản 6), 0 given"));
    }
    known(index.sites.contains(&session.chair_site), || field("chair_site"), &session.chair_site)?;
    for seat in &session.seats {
        match &seat.member {
            Member::Site(id) => known(index.sites.contains(id), || field("seats"), id)?,
            Member::Peer(id) => known(index.peers.contains(id), || field("seats"), id)?,
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

/// What is called off is called off on both sides.
fn called_off(at: usize, held: Option<&Session>) -> Result<(), BadFacts> {
    let Some(session) = held else { return Ok(()) };
    let why = format!("is `cancelled`, but its session {} is not; `ended` and `cancelled` go with it", session.id);
    Err(BadFacts::new(format!("registrations[{at}].state"), why))
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
