//! What the profile says of sites, rooms and devices: quotas, checks, lockout, validity, networks, drift.
//!
//! The numbers of [`Quota`] are all stated or the quota is left out as a whole: a missing or negative one is refused, naming
//! the field.

use super::organization::Body;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How many sites an agency may have (Điều 7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "QuotaForm")]
pub struct Quota {
    /// On the level of the province (khoản 1).
    pub province: ProvinceQuota,
    /// On the level of the district (khoản 2).
    pub district: DistrictQuota,
    /// An affiliated unit. 1: like the department it belongs to; a further one needs an override.
    pub affiliated: u32,
    /// A commune, without further approval (khoản 3). 1.
    pub commune: u32,
}

/// Điều 7 khoản 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProvinceQuota {
    /// How many sites. 1.
    pub sites: u32,
    /// The bodies without a limit. The three that khoản 1 names.
    pub unlimited: Vec<Body>,
}

/// Điều 7 khoản 2.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DistrictQuota {
    /// How many sites. 2.
    pub sites: u32,
    /// Whose sites are counted together.
    pub scope: DistrictScope,
}

/// Whose sites are counted together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DistrictScope {
    /// Huyện ủy or Thành ủy and UBND of one administrative unit: khoản 2 names the units.
    #[default]
    AdministrativeUnit,
    /// Each agency for itself.
    Agency,
}

impl Default for Quota {
    fn default() -> Self {
        let unlimited = vec![Body::PartyCommittee, Body::PeoplesCouncil, Body::PeoplesCommittee];
        Self {
            province: ProvinceQuota { sites: 1, unlimited },
            district: DistrictQuota { sites: 2, scope: DistrictScope::AdministrativeUnit },
            affiliated: 1,
            commune: 1,
        }
    }
}

/// What a device that was changed needs before use. A new or upgraded one is always checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct DeviceChecks {
    /// After a repair.
    pub repaired: WhenServiced,
    /// One that stands in for another.
    pub replaced: WhenServiced,
}

/// What a repaired or replaced device needs before use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum WhenServiced {
    /// A check, or the police's statement that none is needed (Điều 16 khoản 2).
    #[default]
    UnlessWaived,
    /// A check, whatever the police state.
    Always,
    /// Nothing.
    Never,
}

/// What follows wrong PINs. The text asks for secrecy and names no lockout; it is a measure in its service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct PinLockout {
    /// So many wrong PINs lock a site out. 5; 0: never.
    pub attempts: u16,
    /// Counted within this time, seconds. 60: a person mistypes once or twice a minute.
    pub window_s: u32,
    /// For how long, seconds. 15 minutes: short enough to come into the meeting still.
    pub lockout_s: u32,
}

impl Default for PinLockout {
    fn default() -> Self {
        Self { attempts: 5, window_s: 60, lockout_s: 15 * 60 }
    }
}

/// How long an assessment is valid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct AssessmentValidity {
    /// Days from the day of the assessment. None: the text sets no term, so it is valid until withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validity_days: Option<u32>,
}

/// Which networks a room may use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct NetworkRules {
    /// A room over the Internet.
    pub room_internet: RoomInternet,
}

/// What a room over the Internet gets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RoomInternet {
    /// A refusal that the managing authority may lift: Điều 6 khoản 2 asks for the province's data network.
    #[default]
    Override,
    /// A refusal.
    Deny,
    /// Nothing against it.
    Allow,
}

/// What follows a terminal that changed without consent (Điều 6 khoản 6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Drift {
    /// It is recorded as a breach: what a terminal says of itself can be wrong, and the meeting goes on.
    #[default]
    Record,
    /// It is recorded, and the leg waits for the managing authority's consent.
    Block,
}

#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct QuotaForm {
    /// Of the level of the province (Điều 7 khoản 1).
    #[serde(default)]
    province: Option<ProvinceForm>,
    /// Of districts and what is on their level (Điều 7 khoản 2).
    #[serde(default)]
    district: Option<DistrictForm>,
    /// Sites of an affiliated unit.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<u32>"))]
    affiliated: Option<Value>,
    /// Sites of a commune (Điều 7 khoản 3).
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<u32>"))]
    commune: Option<Value>,
}

#[derive(Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct ProvinceForm {
    /// Sites of a body or agency of the province.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<u32>"))]
    sites: Option<Value>,
    /// Bodies that may have any number.
    #[serde(default)]
    unlimited: Option<Vec<Body>>,
}

#[derive(Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct DistrictForm {
    /// Sites of what `scope` counts together.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<u32>"))]
    sites: Option<Value>,
    /// What is counted together.
    #[serde(default)]
    scope: DistrictScope,
}

impl TryFrom<QuotaForm> for Quota {
    type Error = String;
    fn try_from(form: QuotaForm) -> Result<Self, String> {
        let province = form.province.unwrap_or_default();
        let district = form.district.unwrap_or_default();
        let unlimited = province.unlimited.unwrap_or_else(|| Self::default().province.unlimited);
        Ok(Self {
            province: ProvinceQuota { sites: number("quota.province.sites", province.sites)?, unlimited },
            district: DistrictQuota { sites: number("quota.district.sites", district.sites)?, scope: district.scope },
            affiliated: number("quota.affiliated", form.affiliated)?,
            commune: number("quota.commune", form.commune)?,
        })
    }
}

fn number(field: &str, value: Option<Value>) -> Result<u32, String> {
    let Some(value) = value else {
        return Err(format!("`{field}` is missing; a whole number from 0 to {SITES_MAX}"));
    };
    let number = value.as_u64().and_then(|number| u32::try_from(number).ok()).filter(|number| *number <= SITES_MAX);
    number.ok_or_else(|| format!("`{field}`: {value} is no number of sites; a whole number from 0 to {SITES_MAX}"))
}

/// More sites than the province has agencies.
const SITES_MAX: u32 = 10_000;
