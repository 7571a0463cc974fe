//! Requests for the materials of a session, and the chair agency's answers (Điều 5 khoản 4, 14 khoản 4).

use super::recording::Transfer;
use crate::civil::Moment;
use crate::ids::OrganizationId;
use crate::request::Actor;
use serde::{Deserialize, Serialize};

/// A request for materials.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MaterialRequest {
    /// Its number, from 1 in each session.
    pub id: u32,
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: Actor,
    /// The agency that asks.
    pub organization: OrganizationId,
    /// What is asked for.
    pub what: Material,
    /// What for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// The chair agency's answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<MaterialAnswer>,
    /// Its hand-over, once it is granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer: Option<Transfer>,
}

/// Materials of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Material {
    /// The recording.
    Recording,
    /// Electronic documents.
    Documents,
}

/// The answer of the chair agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MaterialAnswer {
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: Actor,
    /// Whether they are given.
    pub granted: bool,
    /// Why, or on what terms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}
