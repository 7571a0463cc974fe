//! A session as it runs: rehearsal, start, attendance, incidents, closing, recording, hand-over: Điều 12 khoản 2 điểm b, c, 13, 14.

use super::Contradiction;
use crate::change::ConductChange;
use serde::{Deserialize, Serialize};

/// The facts of this area.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Conduct {}

impl Conduct {
    /// Applies one change; checked whole before anything is touched.
    pub(crate) fn apply(&mut self, change: &ConductChange) -> Result<(), Contradiction> {
        match *change {}
    }
}
