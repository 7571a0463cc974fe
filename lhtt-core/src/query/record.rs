//! Working days, deadlines and reports: Điều 14 khoản 3, 15, 18, 20.

mod period;
mod report;
mod working;

use crate::deadline::{breaches, next_deadlines};
use crate::journal::Entry;
use crate::registry::Registry;
use crate::time::Wall;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub use period::PeriodQuery;
pub use report::{Format, HalvesQuery, ReportKind, ReportQuery};
pub use working::{HandoverQuery, WorkingDaysQuery};

/// What can be computed here. `docs/decide/record.md` shows each with its fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum RecordQuery {
    /// When a recording is to be handed over (Điều 14 khoản 3).
    HandoverDue(HandoverQuery),
    /// When something counted in working days is due.
    WorkingDaysAfter(WorkingDaysQuery),
    /// The half year in which a moment falls, or a session started (Điều 15 khoản 2 điểm đ).
    PeriodOf(PeriodQuery),
    /// The window of a year's data on meetings, and its due dates (Điều 18 khoản 6).
    YearlyDataDue {
        /// Which year.
        year: i16,
    },
    /// A report.
    Report(ReportQuery),
    /// A year's usage beside that of its halves.
    HalvesAndYear(HalvesQuery),
    /// What is due next.
    Deadlines {},
    /// What was not done in time.
    Breaches {},
}

impl RecordQuery {
    pub(super) fn answer(&self, registry: &Registry, at: Wall, log: &[Entry]) -> Value {
        match self {
            Self::HandoverDue(query) => query.answer(registry),
            Self::WorkingDaysAfter(query) => query.answer(registry),
            Self::PeriodOf(query) => query.answer(registry),
            Self::YearlyDataDue { year } => period::yearly_data_due(registry, *year),
            Self::Report(query) => query.answer(registry, at.into(), log),
            Self::HalvesAndYear(query) => query.answer(registry, at.into()),
            Self::Deadlines {} => json!({ "deadlines": next_deadlines(registry, at.into()) }),
            Self::Breaches {} => json!({ "breaches": breaches(registry, at.into()) }),
        }
    }
}
