//! Registers that decide nothing and are reported: plans, difficulties, training, inspections: Điều 15, 18, 19, 20.

use super::Contradiction;
use crate::change::RecordChange;
use serde::{Deserialize, Serialize};

/// The facts of this area.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Record {}

impl Record {
    /// Applies one change; checked whole before anything is touched.
    pub(crate) fn apply(&mut self, change: &RecordChange) -> Result<(), Contradiction> {
        match *change {}
    }
}
