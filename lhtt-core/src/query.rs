//! Values that the regulation computes without deciding anything: deadlines, routes, periods, tables.
//!
//! A query changes nothing and refuses nothing; its answer is a JSON value, as [`crate::Case`] prints it. Whoever embeds
//! the crate calls the functions behind it.

mod basis;
mod conduct;
mod estate;
mod floor;
mod planning;
mod record;
mod secrecy;

pub use conduct::ConductQuery;
pub use estate::EstateQuery;
pub use floor::FloorQuery;
pub use planning::PlanningQuery;
pub use record::{
    Format, HalvesQuery, HandoverQuery, PeriodQuery, RecordQuery, ReportKind, ReportQuery, WorkingDaysQuery,
};
pub use secrecy::SecrecyQuery;

pub(crate) use basis::Basis;

use crate::journal::Entry;
use crate::registry::Registry;
use crate::time::Wall;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A question for a value; [`Query::answer`] computes it.
///
/// ```
/// use lhtt_core::time::Wall;
/// use lhtt_core::{Moment, Query, Registry};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// // A session ended on a Friday: when is its recording handed over at the latest (Điều 14 khoản 3)?
/// let query: Query =
///     serde_json::from_str(r#"{ "record": { "handover_due": { "ended_at": "2023-06-16T17:00:00+07:00" } } }"#)?;
/// let at = Wall::trusted(Moment::parse("2023-06-16T17:00:00+07:00")?.unix_millis());
/// let value = query.answer(&Registry::default(), at);
/// assert_eq!((&value["due_day"], &value["weekday"]), (&"2023-06-20".into(), &"Tue".into()));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Query {
    /// Sites, their rooms, quotas, endpoints, grants and contacts: Điều 3, 6, 7, 8, 9, 16, 18.
    Estate(EstateQuery),
    /// Amendments, sessions convened by peers, maintenance windows, power cuts and incidents before a session: Điều 11, 12, 19.
    Planning(PlanningQuery),
    /// A session as it runs: rehearsal, start, attendance, incidents, closing, recording, hand-over: Điều 12 khoản 2 điểm b, c, 13, 14.
    Conduct(ConductQuery),
    /// Control of a session, its floor queue, interventions, scenario: Điều 5 khoản 6, 8 khoản 3 điểm b, 10, 13.
    Floor(FloorQuery),
    /// Sessions with state secrets: Điều 5 khoản 2, 11 khoản 5, 14 khoản 4 and the law they stand on.
    Secrecy(SecrecyQuery),
    /// Registers that decide nothing and are reported: plans, difficulties, training, inspections: Điều 15, 18, 19, 20.
    Record(RecordQuery),
}

impl Query {
    /// The value, from these facts at this time.
    pub fn answer(&self, registry: &Registry, at: Wall) -> Value {
        self.answer_from(registry, at, &[])
    }

    /// The value, where the journal's entries are at hand: reports on decisions count them.
    pub fn answer_from(&self, registry: &Registry, at: Wall, log: &[Entry]) -> Value {
        match self {
            Self::Estate(query) => query.answer(registry, at),
            Self::Planning(query) => query.answer(registry, at),
            Self::Conduct(query) => query.answer(registry, at),
            Self::Floor(query) => query.answer(registry, at),
            Self::Secrecy(query) => query.answer(registry, at),
            Self::Record(query) => query.answer(registry, at, log),
        }
    }
}
