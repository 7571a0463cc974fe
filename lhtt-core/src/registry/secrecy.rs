//! Facts of sessions with state secrets: dossiers, protected links, devices, clearances, and what became of each session.
//!
//! Documents are kept by their numbers. Leaves out: every rule, see `rules::article_05`.

use super::{Contradiction, Registration, Registry, Session};
use crate::change::SecrecyChange;
use crate::citation::Citation;
use crate::civil::Moment;
use crate::ids::{EndpointId, JoinId, LinkId, ReadId, RegistrationId, SessionId};
use crate::request::{Actor, Leg, NetworkKind, Protection, Role};
use crate::submission::{Classification, Member, Reference, SecretMeetingDossier, Submission};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The facts of this area.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Secrecy {
    /// Dossiers filed apart from a registration, by name.
    pub dossiers: BTreeMap<Reference, FiledDossier>,
    /// Links declared as protected, by name.
    pub links: BTreeMap<LinkId, Link>,
    /// What is declared of endpoints for secret sessions.
    pub devices: BTreeMap<EndpointId, Device>,
    /// Who may read about secret sessions, by the number of the clearance.
    pub clearances: BTreeMap<Reference, Clearance>,
    /// What became of each secret session.
    pub sessions: BTreeMap<SessionId, SecretSession>,
    /// Every reading about a secret session, also the refused ones.
    pub reads: BTreeMap<ReadId, Read>,
}

/// A dossier that was filed apart from a registration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct FiledDossier {
    /// For which session; none where a registration is to name it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// What it holds.
    #[serde(deserialize_with = "crate::text::object")]
    pub dossier: SecretMeetingDossier,
}

/// A link to a site or a peer, as the operator declares it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Whose.
    pub of: Member,
    /// How it is protected.
    pub protection: Protection,
    /// The network it runs over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<NetworkKind>,
    /// The certificate or plan that says that it is protected by cơ yếu means; without it, it does not count as such.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Reference>,
    /// The endpoint at its end, where there is only one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<EndpointId>,
    /// Of a peer: its statement that its devices are checked and its microphones wired.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub devices: Option<Reference>,
    /// From when this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Moment>,
    /// Until when, exclusive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Moment>,
}

impl Link {
    /// What it is worth at `at`: cơ yếu only with its certificate and in its time.
    pub fn protection_at(&self, at: Moment) -> Protection {
        let certified = self.certificate.as_ref().is_some_and(|one| !one.is_blank());
        let in_time = self.from.is_none_or(|from| from <= at) && self.until.is_none_or(|until| at < until);
        match certified && in_time {
            true => self.protection,
            false => self.protection.min(Protection::Tls),
        }
    }
}

/// What is declared of an endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Device {
    /// Whether its microphones are wired.
    pub wired_mic: bool,
    /// The document by which cơ yếu supplied it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub co_yeu_supply: Option<Reference>,
    /// The police's check before it was installed; of a registered terminal its register says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub police_check: Option<Reference>,
    /// Whether it is somebody's own (Điều 6 khoản 8).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub personal: bool,
}

/// The clearance of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Clearance {
    /// Who.
    pub name: String,
    /// In which role.
    pub role: Role,
    /// Up to which level.
    pub level: Classification,
    /// Until when, exclusive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Moment>,
}

/// What became of a secret session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SecretSession {
    /// The highest level it ever had.
    pub highest: Classification,
    /// Since when it waits for its dossier (Điều 5 khoản 2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suspended_since: Option<Moment>,
    /// Its legs that do not meet the requirements since it was raised.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub refused_legs: BTreeMap<JoinId, RefusedLeg>,
    /// The chair agency's decision to record it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording: Option<RecordingTerms>,
}

/// A leg that may not stay in a session whose level was raised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RefusedLeg {
    /// The rules it does not meet.
    pub rules: Vec<String>,
    /// Where they stand.
    pub citations: Vec<Citation>,
    /// Since when it is muted.
    pub muted_at: Moment,
    /// When it is to be dropped.
    pub drop_at: Moment,
}

/// What a recording of a secret session stands on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct RecordingTerms {
    /// The chair agency's decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<Reference>,
    /// The counter-measures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counter_measures: Option<Reference>,
    /// Where it is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub storage: Option<Storage>,
}

/// Where a recording is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Storage {
    /// On a device that is and was on no network.
    Offline,
    /// On a device that the law on cơ yếu allows.
    CoYeu,
    /// On a device that is or was on a network.
    Networked,
}

/// A reading about a secret session, or the attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Read {
    /// Its number.
    pub id: ReadId,
    /// About which session.
    pub session: SessionId,
    /// Who.
    pub by: Actor,
    /// When.
    pub at: Moment,
    /// Whether it was permitted.
    pub permitted: bool,
}

impl Secrecy {
    /// The dossier of a session: what its registration brought, and what was filed since, which goes before.
    pub fn dossier(&self, session: SessionId, submission: Option<&Submission>) -> SecretMeetingDossier {
        let filed = self.dossiers.values().filter(|filed| filed.session == Some(session));
        let filed = filed.fold(SecretMeetingDossier::default(), |sum, one| sum.or(one.dossier.clone()));
        filed.or(submission.map(|submission| self.dossier_of(submission)).unwrap_or_default())
    }

    /// The dossier that a registration brings: its own, and what the filed one that it names adds.
    pub fn dossier_of(&self, submission: &Submission) -> SecretMeetingDossier {
        let own = submission.dossier.as_deref().cloned().unwrap_or_default();
        match submission.dossier_file.as_ref().and_then(|name| self.dossiers.get(name)) {
            Some(filed) if filed.session.is_none() => own.or(filed.dossier.clone()),
            _ => own,
        }
    }

    /// A registration with its dossier, also where that was filed apart: by its name, or for `own`, the session that it was
    /// accepted as before.
    pub(crate) fn with_dossier<'a>(&self, submission: &'a Submission, own: Option<SessionId>) -> Cow<'a, Submission> {
        let apart = own.is_some() || submission.dossier_file.is_some();
        if submission.classification.is_open() || !apart {
            return Cow::Borrowed(submission);
        }
        let dossier = match own {
            Some(session) => self.dossier(session, Some(submission)),
            None => self.dossier_of(submission),
        };
        Cow::Owned(Submission { dossier: Some(Box::new(dossier)), ..submission.clone() })
    }

    /// The declared link of a leg: the one it names, or the weakest of its member's.
    pub fn link_of(&self, member: &Member, leg: &Leg, at: Moment) -> Option<&Link> {
        match &leg.link {
            Some(name) => self.links.get(name).filter(|link| link.of == *member),
            None => self.links.values().filter(|link| link.of == *member).min_by_key(|link| link.protection_at(at)),
        }
    }

    /// Since when a session waits for its dossier, if it does.
    pub fn suspended_since(&self, session: SessionId) -> Option<Moment> {
        self.sessions.get(&session)?.suspended_since
    }

    /// Whether a session is or ever was secret.
    pub fn was_secret(&self, session: SessionId) -> bool {
        self.sessions.get(&session).is_some_and(|secret| !secret.highest.is_open())
    }

    /// The legs that are due to be dropped at `now`, whatever their session.
    pub fn drops_due(&self, now: Moment) -> impl Iterator<Item = JoinId> {
        let legs = self.sessions.values().flat_map(|secret| secret.refused_legs.iter());
        legs.filter(move |(_, leg)| leg.drop_at <= now).map(|(join, _)| *join)
    }

    /// The next moment at which a muted leg is to be dropped.
    pub fn next_drop(&self) -> Option<Moment> {
        self.sessions.values().flat_map(|secret| secret.refused_legs.values()).map(|leg| leg.drop_at).min()
    }

    pub(crate) fn next_read(&self) -> ReadId {
        ReadId(self.reads.last_key_value().map_or(0, |(id, _)| id.0) + 1)
    }

    /// A leg has left; nothing is left to mute or drop.
    pub(super) fn left(&mut self, session: SessionId, join: JoinId) {
        if let Some(secret) = self.sessions.get_mut(&session) {
            secret.refused_legs.remove(&join);
        }
    }

    /// A session was accepted or raised: its level is remembered.
    pub(crate) fn at_level(&mut self, session: SessionId, level: Classification) -> Option<&mut SecretSession> {
        if level.is_open() {
            return self.sessions.get_mut(&session);
        }
        let secret = self.sessions.entry(session).or_default();
        secret.highest = secret.highest.max(level);
        Some(secret)
    }

    /// Applies one change; checked whole before anything is touched. Who knows the sessions has checked that they are there.
    pub(super) fn apply(&mut self, change: &SecrecyChange) -> Result<(), Contradiction> {
        match change {
            SecrecyChange::DossierFiled { id, filed } => drop(self.dossiers.insert(id.clone(), filed.clone())),
            SecrecyChange::LinkDeclared { id, link } => drop(self.links.insert(id.clone(), link.clone())),
            SecrecyChange::LinkWithdrawn(id) => {
                let unknown = || Contradiction::Unknown { what: "link", id: id.to_string() };
                drop(self.links.remove(id).ok_or_else(unknown)?);
            }
            SecrecyChange::DeviceDeclared { id, device } => drop(self.devices.insert(id.clone(), device.clone())),
            SecrecyChange::ClearanceGranted { id, clearance } => {
                drop(self.clearances.insert(id.clone(), clearance.clone()));
            }
            SecrecyChange::ClearanceWithdrawn(id) => {
                let unknown = || Contradiction::Unknown { what: "clearance", id: id.as_str().to_owned() };
                drop(self.clearances.remove(id).ok_or_else(unknown)?);
            }
            SecrecyChange::Reclassified(raise) => {
                if let Some(secret) = self.at_level(raise.session, raise.to) {
                    secret.refused_legs = raise.legs.clone();
                    secret.recording = None;
                    secret.suspended_since = raise.suspended.then_some(raise.at);
                }
            }
            SecrecyChange::LegsJudged { session, legs, .. } => self.secret(*session).refused_legs = legs.clone(),
            SecrecyChange::DropsConfirmed { session, joins, at } => {
                let joins: BTreeSet<_> = joins.iter().collect();
                let legs = self.sessions.get_mut(session).into_iter().flat_map(|secret| secret.refused_legs.iter_mut());
                legs.filter(|(join, _)| joins.contains(join)).for_each(|(_, leg)| leg.drop_at = *at);
            }
            SecrecyChange::Resumed { session, .. } => self.secret(*session).suspended_since = None,
            SecrecyChange::RecordingAllowed { session, terms } => {
                self.secret(*session).recording = Some(terms.clone());
            }
            SecrecyChange::Read(read) => {
                if self.reads.contains_key(&read.id) {
                    return Err(Contradiction::Exists { what: "read", id: read.id.to_string() });
                }
                self.reads.insert(read.id, read.clone());
            }
        }
        Ok(())
    }

    fn secret(&mut self, session: SessionId) -> &mut SecretSession {
        self.sessions.entry(session).or_default()
    }
}

impl Registry {
    /// Whether a session is or ever was secret: no count and no list shows it to whoever is not cleared.
    pub(crate) fn is_or_was_secret(&self, session: &Session) -> bool {
        !session.classification.is_open() || self.secrecy.was_secret(session.id)
    }

    /// The registrations of such sessions, also of those that were not accepted.
    pub(crate) fn secret_registrations(&self) -> BTreeSet<RegistrationId> {
        let accepted = self.sessions().filter(|session| self.is_or_was_secret(session));
        let stated = self.registrations().filter(|one| !one.submission.classification.is_open());
        accepted.map(|session| session.registration).chain(stated.map(|one| one.id)).collect()
    }

    /// Whether such a session has or had this number or room, or its registration asks for it.
    pub(crate) fn has_secret_with_number(&self, number: &str) -> bool {
        let called = |session: &&Session| session.alias == number || session.room == number;
        let wished = |one: &Registration| one.submission.alias.as_deref() == Some(number);
        self.sessions().filter(called).any(|session| self.is_or_was_secret(session))
            || self.registrations().any(|one| wished(one) && !one.submission.classification.is_open())
    }
}
