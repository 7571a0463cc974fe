//! The facts that the regulation looks at. Changed only by [`Registry::apply`]; leaves out every rule.

mod apply;
mod config;
mod session;

pub use apply::Contradiction;
pub use config::{
    Body, Configuration, LateNormal, Office, Organization, OrganizationKind, Peer, PeerKind, Profile, Site, Tier,
};
pub use session::{
    Direction, Joined, Overridden, Registration, RegistrationState, Rejection, Seat, Session, SessionEnd,
};

use crate::ids::{JoinId, OrganizationId, PeerId, RegistrationId, SessionId, SiteId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The facts. `Default` is the empty registry that a journal starts from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registry {
    profile: Profile,
    peers: BTreeMap<PeerId, Peer>,
    organizations: BTreeMap<OrganizationId, Organization>,
    sites: BTreeMap<SiteId, Site>,
    registrations: BTreeMap<RegistrationId, Registration>,
    sessions: BTreeMap<SessionId, Session>,
    joins: BTreeMap<JoinId, Joined>,
    /// Sessions by number, each list in the order of acceptance.
    by_alias: BTreeMap<String, Vec<SessionId>>,
    /// The last registration that asked for this number.
    by_wish: BTreeMap<String, RegistrationId>,
    last_join: JoinId,
}

impl Registry {
    /// What the regulation leaves to whoever runs the system.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// A configured peer.
    pub fn peer(&self, id: &PeerId) -> Option<&Peer> {
        self.peers.get(id)
    }

    /// All configured peers, by name.
    pub fn peers(&self) -> impl Iterator<Item = &Peer> {
        self.peers.values()
    }

    /// A configured organisation.
    pub fn organization(&self, id: &OrganizationId) -> Option<&Organization> {
        self.organizations.get(id)
    }

    /// All configured organisations, by name.
    pub fn organizations(&self) -> impl Iterator<Item = &Organization> {
        self.organizations.values()
    }

    /// A configured site.
    pub fn site(&self, id: &SiteId) -> Option<&Site> {
        self.sites.get(id)
    }

    /// All configured sites, by name.
    pub fn sites(&self) -> impl Iterator<Item = &Site> {
        self.sites.values()
    }

    /// A registration.
    pub fn registration(&self, id: RegistrationId) -> Option<&Registration> {
        self.registrations.get(&id)
    }

    /// All registrations, in the order of receipt.
    pub fn registrations(&self) -> impl DoubleEndedIterator<Item = &Registration> {
        self.registrations.values()
    }

    /// The last registration received that asked for this number, whatever became of it.
    pub fn registration_by_wish(&self, alias: &str) -> Option<&Registration> {
        self.by_wish.get(alias).and_then(|id| self.registrations.get(id))
    }

    /// A session.
    pub fn session(&self, id: SessionId) -> Option<&Session> {
        self.sessions.get(&id)
    }

    /// All sessions, in the order of acceptance.
    pub fn sessions(&self) -> impl DoubleEndedIterator<Item = &Session> {
        self.sessions.values()
    }

    /// Every session that has or had this number, in the order of acceptance.
    pub fn sessions_by_alias<'a>(&'a self, alias: &str) -> impl DoubleEndedIterator<Item = &'a Session> + use<'a> {
        self.by_alias.get(alias).into_iter().flatten().filter_map(|id| self.sessions.get(id))
    }

    /// The session that has this number: one not ended if there is any, the last accepted.
    pub fn session_by_alias(&self, alias: &str) -> Option<&Session> {
        let mut sessions = self.sessions_by_alias(alias).rev();
        let last = sessions.next()?;
        let open = std::iter::once(last).chain(sessions).find(|session| session.ended.is_none());
        Some(open.unwrap_or(last))
    }

    /// A leg that is in a session now.
    pub fn join(&self, id: JoinId) -> Option<&Joined> {
        self.joins.get(&id)
    }

    /// The legs that are in a session now.
    pub fn joins(&self) -> impl Iterator<Item = &Joined> {
        self.joins.values()
    }

    /// A number greater than that of every join there ever was: where the gateway goes on counting after a restart.
    pub fn next_join(&self) -> JoinId {
        JoinId(self.last_join.0 + 1)
    }

    pub(crate) fn next_registration(&self) -> RegistrationId {
        RegistrationId(self.registrations.last_key_value().map_or(0, |(id, _)| id.0) + 1)
    }

    pub(crate) fn next_session(&self) -> SessionId {
        SessionId(self.sessions.last_key_value().map_or(0, |(id, _)| id.0) + 1)
    }
}
