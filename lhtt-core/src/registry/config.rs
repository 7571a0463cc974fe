//! Facts that the configuration states: profile, peers, organisations, sites.

mod estate;
mod organization;

pub use estate::{
    AssessmentValidity, DeviceChecks, DistrictQuota, DistrictScope, Drift, NetworkRules, PinLockout, ProvinceQuota,
    Quota, RoomInternet, WhenServiced,
};
pub use organization::{Body, Office, Organization, OrganizationKind, Tier};

use super::floor::{ControlProfile, FloorProfile};
use super::profile::{Audit, Authority, GovPeer, Lead, Provenance, SecretCitations, Status, Tiers};
use crate::actor::Actor;
use crate::calendar::Calendar;
use crate::civil::Moment;
use crate::ids::{OrganizationId, PeerId, SiteId};
use crate::report::Reporting;
use crate::version::IN_FORCE_1095;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the regulation leaves to whoever runs the system. Every field has a default and its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Profile {
    /// Its name.
    pub id: String,
    /// From when it holds; an act is judged by the profile of its own time.
    pub effective_from: Moment,
    /// Until when it holds; until the next one where not stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effective_to: Option<Moment>,
    /// How sure it is as a whole; of its values, see [`Profile::provenance`].
    pub status: Status,
    /// Where it is from.
    pub source: String,
    /// How sure single values are, by their field.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub provenance: BTreeMap<String, Provenance>,
    /// Who is who.
    #[serde(skip_serializing_if = "Authority::is_default")]
    pub authority: Authority,
    /// Which levels there are.
    #[serde(skip_serializing_if = "Tiers::is_default")]
    pub tiers: Tiers,
    /// Who plans and invests for further sites of communes (Điều 7 khoản 3).
    pub commune_plan_submitter: String,
    /// What the Government's process asks.
    #[serde(skip_serializing_if = "GovPeer::is_default")]
    pub gov_peer: GovPeer,
    /// The security level of the system ("cấp độ"), 1 to 5; the gateway's border is laid out for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub security_level: Option<u8>,
    /// What the operator keeps.
    #[serde(skip_serializing_if = "Audit::is_default")]
    pub audit: Audit,
    /// Those that follow it, each with its own `effective_from`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<Profile>,
    /// The address at which the technical operator receives registrations (Điều 12 khoản 2 điểm a).
    pub operator_mailbox: String,
    /// How long before its start a session may be joined, seconds. 30 minutes: sites test their line before they begin.
    pub early_window_s: u32,
    /// How long after its planned end a session that nobody ended may still be joined, seconds. 4 hours: meetings run
    /// over, and a site that lost its line comes back; past it the session counts as forgotten.
    pub overrun_s: u32,
    /// The length taken for a session registered without an end, seconds. 2 hours.
    pub default_length_s: u32,
    /// How long the MCU may be lost before its session is suspended, seconds. 60: a restart of a board takes less.
    pub mcu_grace_s: u32,
    /// After how long without any leg a running session may be ended, seconds. Nothing: a human ends it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idle_end_s: Option<u32>,
    /// How long before its start a session is registered (Điều 12 khoản 2 điểm a).
    #[serde(skip_serializing_if = "Lead::is_default")]
    pub lead: Lead,
    /// What a normal registration received after its deadline gets.
    pub late_normal: LateNormal,
    /// Technical operators' heads whom the managing authority has entrusted with overrides, by name.
    pub override_heads: Vec<String>,
    /// Who may hold control of a session (Điều 10).
    pub control: ControlProfile,
    /// The floor (Điều 13 khoản 3 điểm b).
    pub floor: FloorProfile,
    /// How long after a session was raised to a secret level a muted leg stays before it is dropped, seconds. 0: it goes
    /// at once, unless the chair is to be told first.
    #[serde(skip_serializing_if = "is_zero")]
    pub secret_grace_s: u32,
    /// Where the law on state secrets says what, by date (Điều 5 khoản 2).
    #[serde(skip_serializing_if = "SecretCitations::is_default")]
    pub secret_citations: SecretCitations,
    /// Working days: laid over the shipped calendar. Goes before one that is configured by itself before it, or with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calendar: Option<Calendar>,
    /// Periods and due dates of reports.
    #[serde(skip_serializing_if = "Reporting::is_default")]
    pub reporting: Reporting,
    /// How many legs the MCU can hold at once; not looked at where it is not stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mcu_ports: Option<u32>,
    /// Within how many seconds the mail of an oral request follows; no limit where not stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub urgent_followup_s: Option<u32>,
    /// Whether a registration must state the kind of its meeting (Điều 4 khoản 2). No: the text lets any kind in.
    pub require_kind: bool,
    /// How many sites an agency may have (Điều 7).
    pub quota: Quota,
    /// Which devices the police must have checked.
    pub device_check: DeviceChecks,
    /// What follows wrong PINs.
    pub pin: PinLockout,
    /// How long an assessment is valid.
    pub assessment: AssessmentValidity,
    /// Which networks a room may use.
    pub net: NetworkRules,
    /// What follows a terminal that changed without consent (Điều 6 khoản 6).
    pub drift: Drift,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            id: "ld-1095-2023".to_owned(),
            effective_from: Moment::from_unix_millis(IN_FORCE_1095),
            effective_to: None,
            status: Status::Text,
            source: "Quy chế ban hành kèm theo Quyết định 1095/QĐ-UBND".to_owned(),
            provenance: BTreeMap::new(),
            authority: Authority::default(),
            tiers: Tiers::default(),
            commune_plan_submitter: "Ủy ban nhân dân cấp huyện".to_owned(),
            gov_peer: GovPeer::default(),
            security_level: None,
            audit: Audit::default(),
            later: Vec::new(),
            operator_mailbox: "kythuat@lamdong.gov.vn".to_owned(),
            early_window_s: 30 * 60,
            overrun_s: 4 * 60 * 60,
            default_length_s: 2 * 60 * 60,
            mcu_grace_s: 60,
            idle_end_s: None,
            lead: Lead::default(),
            late_normal: LateNormal::Deny,
            override_heads: Vec::new(),
            control: ControlProfile::default(),
            floor: FloorProfile::default(),
            secret_grace_s: 0,
            secret_citations: SecretCitations::default(),
            calendar: None,
            reporting: Reporting::default(),
            mcu_ports: None,
            urgent_followup_s: None,
            require_kind: false,
            quota: Quota::default(),
            device_check: DeviceChecks::default(),
            pin: PinLockout::default(),
            assessment: AssessmentValidity::default(),
            net: NetworkRules::default(),
            drift: Drift::default(),
        }
    }
}

/// What a normal registration received late gets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LateNormal {
    /// A refusal: the chair can move the start, so nobody loses the meeting.
    #[default]
    Deny,
    /// A refusal that a named role may override.
    Override,
}

/// A conference system of another body to which the system connects (Điều 5 khoản 5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Peer {
    /// Its name in the configuration.
    pub id: PeerId,
    /// Its name as people write it.
    pub name: String,
    /// Whose system it is.
    pub kind: PeerKind,
    /// How many legs at once it may have in a session whose list does not say otherwise.
    #[serde(default = "one")]
    pub legs: u16,
}

/// Whose system a peer is: Điều 5 khoản 5 names these four and no other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PeerKind {
    /// Quốc hội.
    NationalAssembly,
    /// Chính phủ.
    Government,
    /// Tỉnh ủy.
    PartyCommittee,
    /// A telecommunication company ("doanh nghiệp viễn thông"), by name.
    Carrier(String),
}

/// A site ("điểm cầu", Điều 3 khoản 5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Its name in the configuration.
    pub id: SiteId,
    /// Its name as people write it.
    pub name: String,
    /// Whose it is.
    pub organization: OrganizationId,
    /// Whether it is admitted to the system (Điều 9). Stated, never assumed.
    pub admitted: bool,
}

/// The configured facts, complete: what is not in here any more is removed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Configuration {
    /// Who changes the configuration; nobody where a system takes over its own at the start, and in older journals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<Actor>,
    /// Why; stated by whoever is named.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// What the regulation leaves open.
    pub profile: Profile,
    /// The calendar, where it is stated; one that is not stated stays as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calendar: Option<Calendar>,
    /// The peer systems.
    pub peers: Vec<Peer>,
    /// The agencies.
    pub organizations: Vec<Organization>,
    /// The sites.
    pub sites: Vec<Site>,
}

fn is_zero(seconds: &u32) -> bool {
    *seconds == 0
}

fn one() -> u16 {
    1
}
