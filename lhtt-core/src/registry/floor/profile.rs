//! What the profile says about control and floor.

use crate::registry::Tier;
use serde::{Deserialize, Serialize};

/// Who may hold control (Điều 10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ControlProfile {
    /// The levels whose sites may hold control. Province and district: Điều 10 khoản 1 names them; a commune's session
    /// is operated by the Centre.
    pub eligible_tiers: Vec<Tier>,
    /// Whether units under a department may. Deny: Điều 10 khoản 1 does not name them.
    pub affiliated: AffiliatedControl,
    /// How long a chair site may be lost before control goes back to the Centre, seconds. 60: a line that comes back
    /// within a minute disturbs less than a change of hands.
    pub chair_grace_s: u32,
}

impl Default for ControlProfile {
    fn default() -> Self {
        let eligible_tiers = vec![Tier::Province, Tier::DistrictAndAffiliated];
        Self { eligible_tiers, affiliated: AffiliatedControl::Deny, chair_grace_s: 60 }
    }
}

/// Whether units under a department may hold control.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AffiliatedControl {
    /// No.
    #[default]
    Deny,
    /// As the districts.
    Allow,
}

/// The floor (Điều 13 khoản 3 điểm b).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct FloorProfile {
    /// How long a site that lost its line keeps its place in the queue, seconds, inclusive. 30: a reconnection takes less.
    pub grace_s: u32,
    /// How long a speaker has, seconds, where the grant does not say; without it as long as the chair lets.
    pub limit_s: Option<u32>,
    /// How many may have the floor at once. One: whoever chairs hears one speaker. A presentation always has one holder.
    pub speakers: u16,
}

impl Default for FloorProfile {
    fn default() -> Self {
        Self { grace_s: 30, limit_s: None, speakers: 1 }
    }
}
