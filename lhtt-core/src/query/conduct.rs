//! A session as it runs: rehearsal, start, attendance, incidents, closing, recording, hand-over: Điều 12 khoản 2 điểm b, c, 13, 14.

use crate::registry::Registry;
use crate::time::Wall;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What can be computed here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ConductQuery {}

impl ConductQuery {
    pub(super) fn answer(&self, _registry: &Registry, _at: Wall) -> Value {
        match *self {}
    }
}
