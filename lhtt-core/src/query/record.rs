//! Registers that decide nothing and are reported: plans, difficulties, training, inspections: Điều 15, 18, 19, 20.

use crate::registry::Registry;
use crate::time::Wall;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What can be computed here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RecordQuery {}

impl RecordQuery {
    pub(super) fn answer(&self, _registry: &Registry, _at: Wall) -> Value {
        match *self {}
    }
}
