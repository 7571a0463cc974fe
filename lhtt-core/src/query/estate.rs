//! Sites, their rooms, quotas, endpoints, grants and contacts: Điều 3, 6, 7, 8, 9, 16, 18.

use crate::registry::Registry;
use crate::time::Wall;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What can be computed here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum EstateQuery {}

impl EstateQuery {
    pub(super) fn answer(&self, _registry: &Registry, _at: Wall) -> Value {
        match *self {}
    }
}
