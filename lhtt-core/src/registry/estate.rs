//! Sites, their rooms, quotas, endpoints, grants and contacts: Điều 3, 6, 7, 8, 9, 16, 18.

use super::Contradiction;
use crate::change::EstateChange;
use serde::{Deserialize, Serialize};

/// The facts of this area.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Estate {}

impl Estate {
    /// Applies one change; checked whole before anything is touched.
    pub(crate) fn apply(&mut self, change: &EstateChange) -> Result<(), Contradiction> {
        match *change {}
    }
}
