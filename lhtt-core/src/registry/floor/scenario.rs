//! The scenario of a session ("kịch bản phiên họp", Điều 8 khoản 3 điểm b).

use crate::civil::Moment;
use crate::ids::SiteId;
use serde::{Deserialize, Serialize};

/// What the chair laid down for a session. Of a secret session only its document is named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Scenario {
    /// The document it stands in.
    pub document: String,
    /// What members may do by themselves; everything of this sort where it is not laid down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members_may: Option<Vec<MemberAct>>,
    /// Sites that may record for themselves.
    pub recorders: Vec<SiteId>,
    /// Sites that may stream the session on.
    pub streams: Vec<SiteId>,
    /// What comes after what.
    pub steps: Vec<ScenarioStep>,
    /// How many steps are begun; 0 before the first.
    pub step: u16,
}

/// What a member site may do by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MemberAct {
    /// Sign up to speak.
    AskSpeech,
    /// Sign up to present.
    AskContent,
    /// Open its own microphone.
    Unmute,
}

/// A step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ScenarioStep {
    /// What.
    pub what: String,
    /// When, where it is planned to the minute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Moment>,
    /// Whose turn it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<SiteId>,
}
