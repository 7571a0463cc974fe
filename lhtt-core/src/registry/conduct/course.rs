//! The course of one session: everything that is recorded of it as it runs (Điều 12 khoản 2 điểm b, c, 13, 14).

use super::attendance::Attendance;
use super::closing::Closing;
use super::machine::SessionState;
use super::materials::MaterialRequest;
use super::recording::Recording;
use crate::civil::Moment;
use crate::ids::SiteId;
use crate::request::Actor;
use crate::route::{Addressee, IncidentKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The course of a session. Everything may be left out: then it is an accepted session of which nothing is recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Course {
    /// Where it stands.
    pub state: SessionState,
    /// Who is on duty.
    pub duty: Duty,
    /// The check of each site's room.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub self_checks: BTreeMap<SiteId, SelfCheck>,
    /// When a rehearsal is announced for; the last announcement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rehearsal_at: Option<Moment>,
    /// Rehearsals and their results, in the order in which they were recorded.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rehearsals: Vec<Rehearsal>,
    /// Overrides of findings against the start.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub start_overrides: Vec<StartOverride>,
    /// Its start, once it has started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started: Option<Stamp>,
    /// Its interruptions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suspensions: Vec<Suspension>,
    /// When the last leg left; gone when there is one again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub empty_since: Option<Moment>,
    /// Attendance by site.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub attendance: BTreeMap<SiteId, Attendance>,
    /// Incidents, in the order of their reports.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub incidents: Vec<Incident>,
    /// Its closing.
    pub closing: Closing,
    /// Its recording.
    pub recording: Recording,
    /// Requests for its materials, numbered from 1.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub materials: Vec<MaterialRequest>,
}

/// Who did something, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Stamp {
    /// When.
    pub at: Moment,
    /// Who.
    pub by: Actor,
}

/// Who is on duty, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Duty {
    /// Cán bộ kỹ thuật điều khiển MCU (Điều 13 khoản 1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mcu_operator: Option<String>,
    /// The duty of the province's data network (Điều 13 khoản 2, A-37).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tslcd: Option<String>,
    /// The duty of the carrier (Điều 19 khoản 1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carrier: Option<String>,
    /// The operator of the chair site (Điều 13 khoản 3 điểm a).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chair_operator: Option<String>,
    /// The operators of the member sites (Điều 13 khoản 4 điểm a, A-43).
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub member_operators: BTreeMap<SiteId, String>,
}

/// A place on the duty roster.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Post {
    /// At the MCU.
    McuOperator,
    /// For the province's data network.
    Tslcd,
    /// For the carrier.
    Carrier,
    /// At the chair site.
    ChairOperator,
    /// At a member site.
    MemberOperator(SiteId),
}

/// A rehearsal and its result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rehearsal {
    /// When the result was recorded.
    pub at: Moment,
    /// By whom.
    pub by: Actor,
    /// The result over all.
    pub result: Mark,
    /// The result of each site that took part.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sites: BTreeMap<SiteId, Mark>,
    /// What was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The result of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Good.
    Pass,
    /// Not good.
    Fail,
}

/// A site's check of its own room before a session (Điều 12 khoản 2 điểm c). What is left out was not checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SelfCheck {
    /// The terminal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<Mark>,
    /// The connection to the system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection: Option<Mark>,
    /// Power.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub power: Option<Mark>,
    /// Backup power.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backup: Option<Mark>,
    /// Sound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sound: Option<Mark>,
    /// Light.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub light: Option<Mark>,
    /// Picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Mark>,
}

impl SelfCheck {
    /// The seven items: what it is called in the document, in Vietnamese, in English, and its result.
    pub fn items(&self) -> [(&'static str, &'static str, Option<Mark>); 7] {
        [
            ("thiết bị đầu cuối", "endpoint", self.endpoint),
            ("kết nối", "connection", self.connection),
            ("nguồn điện", "power", self.power),
            ("điện dự phòng", "backup", self.backup),
            ("trang âm", "sound", self.sound),
            ("ánh sáng", "light", self.light),
            ("hình ảnh", "image", self.image),
        ]
    }
}

/// An override of findings against the start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StartOverride {
    /// When.
    pub at: Moment,
    /// Who.
    pub by: Actor,
    /// Why.
    pub reason: String,
    /// The rules whose findings it covers; a finding that comes later is not covered.
    pub rules: Vec<String>,
}

/// A stretch of time in which a session was interrupted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Suspension {
    /// Since when.
    pub from: Moment,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Moment>,
    /// Why.
    pub cause: SuspensionCause,
    /// By whom.
    pub by: Actor,
}

/// Why a session is interrupted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SuspensionCause {
    /// The chair interrupts it.
    Chair,
    /// A technical incident.
    Technical,
    /// The MCU is lost.
    McuLost,
    /// It has become secret, and its papers are not complete (Điều 5 khoản 2).
    Secrecy,
}

/// An incident in a session or before it (Điều 12 khoản 2 điểm c, 13).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Incident {
    /// When it was reported.
    pub at: Moment,
    /// By whom.
    pub by: Actor,
    /// At which site, if at one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<SiteId>,
    /// What sort of incident it is.
    pub kind: IncidentKind,
    /// Who takes it up, from the first to the one who mends it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub route: Vec<Addressee>,
    /// Whether the session was running.
    #[serde(default)]
    pub in_session: bool,
    /// What was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Course {
    /// The interruption that lasts, if it is interrupted.
    pub fn suspension(&self) -> Option<&Suspension> {
        self.suspensions.last().filter(|one| one.until.is_none() && self.state == SessionState::Suspended)
    }

    /// Whether a rehearsal has passed by this moment and none has failed since.
    pub fn has_rehearsed(&self, at: Moment) -> bool {
        self.rehearsals.iter().rfind(|one| one.at <= at).is_some_and(|one| one.result == Mark::Pass)
    }
}

impl StartOverride {
    /// Whether it covers this rule.
    pub fn covers(&self, rule: &str) -> bool {
        self.rules.iter().any(|covered| covered == rule)
    }
}

impl Duty {
    /// Who is at a post, if anybody is; a blank name is nobody.
    pub fn at(&self, post: &Post) -> Option<&str> {
        let name = match post {
            Post::McuOperator => self.mcu_operator.as_deref(),
            Post::Tslcd => self.tslcd.as_deref(),
            Post::Carrier => self.carrier.as_deref(),
            Post::ChairOperator => self.chair_operator.as_deref(),
            Post::MemberOperator(site) => self.member_operators.get(site).map(String::as_str),
        };
        name.filter(|name| !name.trim().is_empty())
    }

    pub(crate) fn assign(&mut self, post: &Post, name: Option<&str>) {
        let name = name.map(str::to_owned);
        match post {
            Post::McuOperator => self.mcu_operator = name,
            Post::Tslcd => self.tslcd = name,
            Post::Carrier => self.carrier = name,
            Post::ChairOperator => self.chair_operator = name,
            Post::MemberOperator(site) => match name {
                Some(name) => drop(self.member_operators.insert(site.clone(), name)),
                None => drop(self.member_operators.remove(site)),
            },
        }
    }
}
