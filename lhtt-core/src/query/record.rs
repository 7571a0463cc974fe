//! Working days, deadlines and reports: Điều 14 khoản 3, 15, 18, 20.

mod working;

use crate::registry::Registry;
use crate::time::Wall;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use working::{HandoverQuery, WorkingDaysQuery};

/// What can be computed here. `docs/decide/record.md` shows each with its fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RecordQuery {
    /// When a recording is to be handed over (Điều 14 khoản 3).
    HandoverDue(HandoverQuery),
    /// When something counted in working days is due.
    WorkingDaysAfter(WorkingDaysQuery),
}

impl RecordQuery {
    pub(super) fn answer(&self, registry: &Registry, _at: Wall) -> Value {
        match self {
            Self::HandoverDue(query) => query.answer(registry),
            Self::WorkingDaysAfter(query) => query.answer(registry),
        }
    }
}
