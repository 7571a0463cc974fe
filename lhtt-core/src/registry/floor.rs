//! Control of a session, its floor queue, interventions, scenario: Điều 5 khoản 6, 8 khoản 3 điểm b, 10, 13.

use super::Contradiction;
use crate::change::FloorChange;
use serde::{Deserialize, Serialize};

/// The facts of this area.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Floor {}

impl Floor {
    /// Applies one change; checked whole before anything is touched.
    pub(crate) fn apply(&mut self, change: &FloorChange) -> Result<(), Contradiction> {
        match *change {}
    }
}
