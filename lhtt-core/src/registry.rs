//! The facts that the regulation looks at. Changed only by [`Registry::apply`]; leaves out every rule.

mod apply;
mod conduct;
mod config;
pub mod estate;
pub mod floor;
mod planning;
pub mod profile;
pub(crate) mod record;
mod secrecy;
mod session;
mod whole;

pub use apply::Contradiction;
pub use conduct::{
    Attendance, AttendanceList, Closing, ClosingItem, Conduct, Course, Done, Duty, Episode, Incident, Mark, Material,
    MaterialAnswer, MaterialRequest, OutageRecord, OutageReport, Post, Recording, RecordingEvent, RecordingState,
    Recovery, Rehearsal, SelfCheck, SessionEvent, SessionState, SiteClosing, Stamp, StartOverride, Stored, Suspension,
    SuspensionCause, Transfer, Waiver,
};
pub use config::{
    AssessmentValidity, Body, Configuration, DeviceChecks, DistrictQuota, DistrictScope, Drift, LateNormal,
    NetworkRules, Office, Organization, OrganizationKind, Peer, PeerKind, PinLockout, Profile, ProvinceQuota, Quota,
    RoomInternet, Site, Tier, WhenServiced,
};
pub use estate::Estate;
pub use floor::Floor;
pub use planning::{Answer, BackupPlan, Channel, Escalation, Outage, Planning};
pub use profile::Lead;
pub use record::{
    Acknowledgement, Difficulty, DifficultyStatus, DifficultyStep, Guidance, HandoverRecord, IncidentRecord,
    Inspection, Kept, OverrideRecord, Plan, PlanKind, Record, RegisterEntry, SessionRecord, SiteTime, Training,
    UrgencyClass, Way,
};
pub use secrecy::{
    Clearance, Device, FiledDossier, Link, Read, RecordingTerms, RefusedLeg, Secrecy, SecretSession, Storage,
};
pub use session::{
    Cancellation, Convened, Direction, Joined, Overridden, Registration, RegistrationState, Rejection, Revision, Seat,
    Session, SessionEnd, Standing,
};

use crate::calendar::Calendar;
use crate::civil::{Date, Moment};
use crate::finding::Finding;
use crate::ids::{JoinId, OrganizationId, PeerId, RegistrationId, SessionId, SiteId};
use crate::rules::article_12::reply;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The facts. `Default` is the empty registry that a journal starts from.
///
/// Whatever is in it came by [`Registry::apply_all`] with the changes of a decision, or from facts. It goes back into the same facts.
///
/// ```
/// use lhtt_core::{Facts, Moment, Registry};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let facts: Facts = serde_json::from_str(
///     r#"{ "organizations": [{ "id": "so-y-te", "name": "Sở Y tế", "kind": "department" }],
///          "sites": [{ "id": "so-y-te", "name": "Sở Y tế", "organization": "so-y-te", "admitted": true }] }"#,
/// )?;
/// let registry = Registry::from_facts(facts)?;
/// assert!(registry.site(&"so-y-te".into()).is_some_and(|site| site.admitted));
/// assert_eq!(registry.profile_at(Moment::parse("2023-06-15T08:00:00+07:00")?).quota.commune, 1);
/// assert_eq!(Registry::from_facts(registry.facts())?, registry);
///
/// // What contradicts itself is refused with its field.
/// let wrong = r#"{ "sites": [{ "id": "x", "name": "X", "organization": "nobody", "admitted": true }] }"#;
/// let bad = Registry::from_facts(serde_json::from_str(wrong)?).unwrap_err();
/// assert_eq!(bad.field, "sites[0].organization");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Registry {
    pub(crate) profile: Profile,
    /// The configured calendar, which counts where the profile states none; the shipped one until there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) calendar: Option<Calendar>,
    pub(crate) peers: BTreeMap<PeerId, Peer>,
    pub(crate) organizations: BTreeMap<OrganizationId, Organization>,
    pub(crate) sites: BTreeMap<SiteId, Site>,
    pub(crate) registrations: BTreeMap<RegistrationId, Registration>,
    pub(crate) sessions: BTreeMap<SessionId, Session>,
    pub(crate) joins: BTreeMap<JoinId, Joined>,
    /// Sessions by number, each list in the order of acceptance.
    pub(crate) by_alias: BTreeMap<String, Vec<SessionId>>,
    /// The last registration that asked for this number.
    pub(crate) by_wish: BTreeMap<String, RegistrationId>,
    pub(crate) last_join: JoinId,
    pub(crate) estate: Estate,
    pub(crate) planning: Planning,
    pub(crate) conduct: Conduct,
    pub(crate) floor: Floor,
    pub(crate) secrecy: Secrecy,
    pub(crate) record: Record,
}

impl Registry {
    /// What the regulation leaves to whoever runs the system: the first profile, with those that follow. An act is judged by
    /// [`Self::profile_at`].
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The calendar that working days are counted by from the first profile on; of a later time, see [`Self::calendar_at`].
    pub fn calendar(&self) -> &Calendar {
        self.calendar_at(Moment::default())
    }

    /// The calendar that working days after a moment are counted by: that of the profile which held then, else the configured
    /// one, else the shipped one.
    pub fn calendar_at(&self, act: Moment) -> &Calendar {
        let stated = self.profile_at(act).calendar.as_ref().or(self.calendar.as_ref());
        stated.unwrap_or_else(|| Calendar::built_in())
    }

    /// The profile that holds at a moment.
    pub fn profile_at(&self, act: Moment) -> &Profile {
        self.profile.at(act)
    }

    /// The profile that holds when a day begins; of what is judged by the day.
    pub(crate) fn profile_on(&self, day: Date) -> &Profile {
        self.profile.at(day.start())
    }

    /// Every answer of the technical operator that is overdue by time alone, with the registration (A-08).
    pub fn overdue_replies(&self, at: Moment) -> Vec<(RegistrationId, Finding)> {
        let found = reply::breaches_at(self, at);
        found.into_iter().map(|(registration, _, finding)| (registration, finding)).collect()
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

    /// Sites, their rooms, quotas, endpoints, grants and contacts: Điều 3, 6, 7, 8, 9, 16, 18.
    pub fn estate(&self) -> &Estate {
        &self.estate
    }

    /// Amendments, sessions convened by peers, maintenance windows, power cuts and incidents before a session: Điều 11, 12, 19.
    pub fn planning(&self) -> &Planning {
        &self.planning
    }

    /// A session as it runs: rehearsal, start, attendance, incidents, closing, recording, hand-over: Điều 12 khoản 2 điểm b, c, 13, 14.
    pub fn conduct(&self) -> &Conduct {
        &self.conduct
    }

    /// Control of a session, its floor queue, interventions, scenario: Điều 5 khoản 6, 8 khoản 3 điểm b, 10, 13.
    pub fn floor(&self) -> &Floor {
        &self.floor
    }

    /// Sessions with state secrets: Điều 5 khoản 2, 11 khoản 5, 14 khoản 4 and the law they stand on.
    pub fn secrecy(&self) -> &Secrecy {
        &self.secrecy
    }

    /// Registers that decide nothing and are reported: plans, difficulties, training, inspections: Điều 15, 18, 19, 20.
    pub fn record(&self) -> &Record {
        &self.record
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
