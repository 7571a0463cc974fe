//! Amendments, sessions convened by peers, maintenance windows, power cuts and incidents before a session: Điều 11, 12, 19.

use super::Contradiction;
use crate::change::PlanningChange;
use serde::{Deserialize, Serialize};

/// The facts of this area.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Planning {}

impl Planning {
    /// Applies one change; checked whole before anything is touched.
    pub(crate) fn apply(&mut self, change: &PlanningChange) -> Result<(), Contradiction> {
        match *change {}
    }
}
