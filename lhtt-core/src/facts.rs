//! The facts as a document: what a registry holds, in a form that people and programs write, and that snapshots keep.
//!
//! [`Registry::from_facts`] builds a registry out of it and refuses what contradicts itself, naming the field;
//! [`Registry::facts`] gives the document back. Leaves out: the indexes, which are made anew.

mod check;

pub use check::BadFacts;

use crate::calendar::Calendar;
use crate::ids::JoinId;
use crate::registry::{
    Conduct, Estate, Floor, Joined, Organization, Peer, Planning, Profile, Record, Registration, Registry, Secrecy,
    Session, Site,
};
use serde::{Deserialize, Serialize};

/// Everything a registry knows. Every part may be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Facts {
    /// What the regulation leaves to whoever runs the system.
    pub profile: Profile,
    /// The configured calendar, laid over the shipped one; where it is not given, the shipped one counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calendar: Option<Calendar>,
    /// Whether it was configured after the profile's own, and so goes before that.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub calendar_is_later: bool,
    /// The peer systems.
    pub peers: Vec<Peer>,
    /// The agencies.
    pub organizations: Vec<Organization>,
    /// The sites.
    pub sites: Vec<Site>,
    /// Registrations and notifications.
    pub registrations: Vec<Registration>,
    /// Accepted sessions.
    pub sessions: Vec<Session>,
    /// Legs that are in a session.
    pub joins: Vec<Joined>,
    /// The greatest number of a join there ever was.
    pub last_join: JoinId,
    /// Rooms, quotas, endpoints, grants and contacts.
    pub estate: Estate,
    /// Amendments, windows, power cuts and incidents before a session.
    pub planning: Planning,
    /// Sessions as they run.
    pub conduct: Conduct,
    /// Control and floor.
    pub floor: Floor,
    /// State secrets.
    pub secrecy: Secrecy,
    /// Registers that are reported.
    pub record: Record,
}

impl Registry {
    /// The registry of these facts.
    ///
    /// # Errors
    /// If they contradict each other or name what is not there; the error names the field and what is allowed.
    pub fn from_facts(facts: Facts) -> Result<Self, BadFacts> {
        check::consistent(&facts)?;
        let Facts { profile, calendar, calendar_is_later, peers, organizations, sites, .. } = facts;
        let Facts { registrations, sessions, joins, last_join, .. } = facts;
        let Facts { estate, planning, conduct, floor, secrecy, record, .. } = facts;
        let mut registry = Self {
            profile,
            calendar,
            calendar_is_later,
            estate,
            planning,
            conduct,
            floor,
            secrecy,
            record,
            ..Self::default()
        };
        registry.peers = peers.into_iter().map(|one| (one.id.clone(), one)).collect();
        registry.organizations = organizations.into_iter().map(|one| (one.id.clone(), one)).collect();
        registry.sites = sites.into_iter().map(|one| (one.id.clone(), one)).collect();
        for registration in registrations {
            if let Some(alias) = &registration.submission.alias {
                registry.by_wish.insert(alias.clone(), registration.id);
            }
            registry.registrations.insert(registration.id, registration);
        }
        for session in sessions {
            registry.conduct.agree_with(&session);
            registry.by_alias.entry(session.alias.clone()).or_default().push(session.id);
            registry.secrecy.at_level(session.id, session.classification);
            registry.sessions.insert(session.id, session);
        }
        registry.last_join = joins.iter().map(|one| one.join).max().unwrap_or_default().max(last_join);
        registry.joins = joins.into_iter().map(|one| (one.join, one)).collect();
        registry.keep_missing_records();
        Ok(registry)
    }

    /// The facts that make this registry.
    pub fn facts(&self) -> Facts {
        Facts {
            profile: self.profile.clone(),
            calendar: self.calendar.clone(),
            calendar_is_later: self.calendar_is_later,
            peers: self.peers.values().cloned().collect(),
            organizations: self.organizations.values().cloned().collect(),
            sites: self.sites.values().cloned().collect(),
            registrations: self.registrations.values().cloned().collect(),
            sessions: self.sessions.values().cloned().collect(),
            joins: self.joins.values().cloned().collect(),
            last_join: self.last_join,
            estate: self.estate.clone(),
            planning: self.planning.clone(),
            conduct: self.conduct.clone(),
            floor: self.floor.clone(),
            secrecy: self.secrecy.clone(),
            record: self.record.clone(),
        }
    }
}
