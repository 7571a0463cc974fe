//! Amendments, sessions convened by peers, maintenance windows, power cuts and incidents before a session: Điều 11, 12, 19.

use crate::registry::Registry;
use crate::time::Wall;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What can be computed here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PlanningQuery {}

impl PlanningQuery {
    pub(super) fn answer(&self, _registry: &Registry, _at: Wall) -> Value {
        match *self {}
    }
}
