//! Registers that decide nothing and are reported: plans, difficulties, training, inspections: Điều 15, 18, 20.

use crate::registry::{Difficulty, DifficultyStep, Kept};
use serde::{Deserialize, Serialize};

/// What can change here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RecordChange {
    /// An entry is kept.
    Kept(Box<Kept>),
    /// A difficulty was told.
    DifficultyTold(Box<Difficulty>),
    /// A difficulty took a step.
    DifficultyMoved {
        /// Which.
        difficulty: u64,
        /// The step.
        step: Box<DifficultyStep>,
    },
}
