//! Registers that decide nothing and are reported: plans, difficulties, training, inspections: Điều 15, 18, 20.

use crate::actor::Actor;
use crate::citation::Citation;
use crate::ids::OrganizationId;
use crate::registry::{DifficultyStatus, RegisterEntry};
use serde::{Deserialize, Serialize};

/// What can be asked here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RecordAct {
    /// Keep an entry of a register.
    Keep(Keep),
    /// An agency tells of a difficulty (Điều 20 khoản 3).
    TellDifficulty(TellDifficulty),
    /// What became of a difficulty.
    MoveDifficulty(MoveDifficulty),
}

/// An entry for a register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Keep {
    /// Who keeps it.
    pub actor: Actor,
    /// What.
    pub entry: RegisterEntry,
}

/// A difficulty in carrying the regulation out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TellDifficulty {
    /// Who tells it.
    pub actor: Actor,
    /// Whose difficulty it is.
    pub organization: OrganizationId,
    /// What it is.
    pub text: String,
    /// The clause it is about, where it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<Citation>,
}

/// The next step of a difficulty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MoveDifficulty {
    /// Who takes the step.
    pub actor: Actor,
    /// Which difficulty.
    pub difficulty: u64,
    /// Where it stands from then on.
    pub to: DifficultyStatus,
    /// The report to UBND tỉnh, or its decision.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub document: String,
    /// What was done.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}
