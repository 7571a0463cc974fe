//! Registers that decide nothing and are reported: plans, difficulties, training, inspections: Điều 15, 18, 19, 20.

use serde::{Deserialize, Serialize};

/// What can change here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RecordChange {}
