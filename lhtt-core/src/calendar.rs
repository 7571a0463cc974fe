//! Working days: days off, compensated days and make-up Saturdays as data, each with its status and source.
//!
//! Bộ luật Lao động 2019 Điều 112 names the days off, the Prime Minister and each year's exchanges move them, so they are
//! facts and not code: a calendar is shipped, and a configuration lays its own days over it. A year that no calendar covers
//! is an error, never a guess. [`working`](self) days are counted in `working.rs`, the hand-over's due date in `handover.rs`.
//! Leaves out: lunar computation, office hours other than the one closing time that Điều 14 khoản 3 may be given.

mod form;
mod handover;
mod working;

pub use handover::{Handover, handover_due};
pub use working::{Due, MissingYear};

use crate::civil::Date;
use form::Form;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// The days that differ from the week's order, and the years that are covered. `Default` is the shipped calendar.
///
/// ```
/// use lhtt_core::calendar::{Calendar, MissingYear, handover_due};
/// use lhtt_core::Moment;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let calendar = Calendar::built_in();
/// // Before Quốc khánh 2023, with its compensated day: two working days later is 6 September.
/// let due = calendar.working_days_after(Moment::parse("2023-08-31T16:00:00+07:00")?, 2)?;
/// assert_eq!((due.day.to_string().as_str(), due.is_unconfirmed()), ("2023-09-06", false));
///
/// // 24 November 2026 is not decided yet. A configuration says that it is a day off; the date stays flagged.
/// let ended = Moment::parse("2026-11-23T16:00:00+07:00")?;
/// assert_eq!(handover_due(calendar, ended, None)?.due.day.to_string(), "2026-11-25");
/// let own: Calendar = serde_json::from_str(r#"{ "days": [{ "id": "2026-11-24", "counts": true }] }"#)?;
/// let handover = handover_due(&own, ended, None)?;
/// assert_eq!((handover.due.day.to_string().as_str(), handover.due.is_unconfirmed()), ("2026-11-26", true));
///
/// // A year that nobody stated is an error.
/// let unknown = calendar.working_days_after(Moment::parse("2041-06-03T08:00:00+07:00")?, 2);
/// assert_eq!(unknown.err(), Some(MissingYear(2041)));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Form", into = "Form")]
pub struct Calendar {
    years: BTreeSet<i16>,
    days: BTreeMap<Date, Day>,
    office_close_minute: Option<u16>,
}

/// A day that is not what its weekday says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Day {
    /// What sort of day it is.
    pub sort: DaySort,
    /// Its name as people write it.
    pub name: String,
    /// How sure it is.
    pub status: DayStatus,
    /// Where it is known from.
    pub source: String,
    /// Whether it counts. Where nobody says so, every day counts but an unconfirmed one.
    pub counts: bool,
}

/// What sort of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DaySort {
    /// A day off by law.
    Holiday,
    /// A day off because a holiday fell on a day of rest ("nghỉ bù").
    Observed,
    /// A day off that another day makes up for.
    SwappedOff,
    /// A day of rest that is worked ("làm bù").
    MakeupWork,
}

/// How sure a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DayStatus {
    /// Read in an official announcement.
    Confirmed,
    /// From a published table of holidays.
    Package,
    /// Computed ahead; the announcement is still to come.
    Forecast,
    /// Not decided. Does not count until somebody configures that it does.
    Unconfirmed,
}

impl Calendar {
    /// The shipped calendar.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// A calendar of these years without any day of its own: Monday to Friday.
    pub fn plain(years: impl IntoIterator<Item = i16>) -> Self {
        Self { years: years.into_iter().collect(), days: BTreeMap::new(), office_close_minute: None }
    }

    /// The same calendar with another day in it. Its year is not covered by that alone.
    #[must_use]
    pub fn with(mut self, date: Date, day: Day) -> Self {
        self.days.insert(date, day);
        self
    }

    /// Whether this year is covered.
    pub fn covers(&self, year: i16) -> bool {
        self.years.contains(&year)
    }

    /// What is particular about a day, if anything is.
    pub fn day(&self, date: Date) -> Option<&Day> {
        self.days.get(&date)
    }
}

impl Default for Calendar {
    fn default() -> Self {
        BUILT_IN.clone()
    }
}

impl Day {
    /// A day that counts.
    pub fn new(sort: DaySort, name: &str, status: DayStatus, source: &str) -> Self {
        let counts = status != DayStatus::Unconfirmed;
        Self { sort, name: name.to_owned(), status, source: source.to_owned(), counts }
    }

    /// The same day, counted or not.
    #[must_use]
    pub fn counted(self, counts: bool) -> Self {
        Self { counts, ..self }
    }

    /// Whether a date that depends on it may still move.
    fn is_unsure(&self) -> bool {
        matches!(self.status, DayStatus::Forecast | DayStatus::Unconfirmed)
    }
}

static BUILT_IN: LazyLock<Calendar> = LazyLock::new(|| {
    serde_json::from_str(include_str!("calendar/vietnam.json")).expect("a test reads the shipped file")
});
