//! Reports, as JSON, CSV or Markdown.

use crate::citation::Citation;
use crate::civil::Moment;
use crate::journal::Entry;
use crate::query::Basis;
use crate::registry::Registry;
use crate::report::{self, Cycle, Half, Period, Report, Scope, Window};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A report: which, of which period, in which form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReportQuery {
    /// Which.
    pub of: ReportKind,
    /// Its period. Reports that may cover everything do so without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// How years are cut; as the profile says, where not stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cycle: Option<Cycle>,
    /// Whether secret sessions count: only for whoever is cleared.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cleared: bool,
    /// Its form.
    #[serde(default)]
    pub format: Format,
}

/// The reports there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ReportKind {
    /// Usage of the system (Điều 15 khoản 2 điểm đ).
    Usage,
    /// Use of each site (Điều 7 khoản 3, 18 khoản 2).
    Utilisation,
    /// The yearly data on meetings (Điều 18 khoản 6); its period is a year.
    YearlyData,
    /// The public schedule (Điều 15 khoản 2 điểm b).
    PublicSchedule,
    /// Compliance by clause and duty-holder (Điều 20 khoản 2), from the journal.
    Compliance,
    /// Difficulties (Điều 20 khoản 3).
    Difficulties,
    /// Quotas, and the use of each site (Điều 7, 18 khoản 2).
    Quota,
    /// Sites without those who run them (Điều 15 khoản 2 điểm c, 18 khoản 3).
    RosterGaps,
    /// Terminals that wait for their check (Điều 8 khoản 3 điểm c, 16 khoản 2, 18 khoản 5).
    DeviceChecks,
}

/// The form of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Tables as lists of objects.
    #[default]
    Json,
    /// Comma-separated values.
    Csv,
    /// Markdown.
    Markdown,
}

impl ReportQuery {
    pub(super) fn answer(&self, registry: &Registry, now: Moment, log: &[Entry]) -> Value {
        let cycle = self.cycle.unwrap_or(registry.profile_at(now).reporting.cycle);
        let window = self.period.map(|period| period.window(cycle));
        let report = self.report(registry, window, now, log);
        let text = match self.format {
            Format::Json => return report.json(),
            Format::Csv => report.csv(),
            Format::Markdown => report.markdown(),
        };
        json!({ "report": report.id, "format": self.format, "text": text })
    }

    fn report(&self, registry: &Registry, window: Option<Window>, now: Moment, log: &[Entry]) -> Report {
        let scope = Scope { window: window.unwrap_or(Window::ALL), now, cleared: self.cleared };
        match self.of {
            ReportKind::Usage => report::usage(registry, scope),
            ReportKind::Utilisation => report::utilisation(registry, scope),
            ReportKind::YearlyData => report::yearly_data(registry, self.year(now), scope),
            ReportKind::PublicSchedule => report::public_schedule(registry, scope.window),
            ReportKind::Compliance => report::compliance(registry, log.iter().map(report::tally), window, self.cleared),
            ReportKind::Difficulties => report::difficulties(registry, window),
            ReportKind::Quota => report::quota(registry, scope),
            ReportKind::RosterGaps => report::roster_gaps(registry, now),
            ReportKind::DeviceChecks => report::device_checks(registry, now),
        }
    }

    /// The year that is asked for, or the one that runs.
    fn year(&self, now: Moment) -> i16 {
        match self.period.unwrap_or(Period::half_of(now, Cycle::Nd09)) {
            Period::Year(year) | Period::Half { year, .. } => year,
            Period::AdHoc { until, .. } => until.year(),
        }
    }
}

/// A year's usage beside that of its halves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HalvesQuery {
    /// Which year.
    pub year: i16,
    /// How years are cut; as the profile says, where not stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cycle: Option<Cycle>,
    /// Whether secret sessions count.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cleared: bool,
}

impl HalvesQuery {
    pub(super) fn answer(&self, registry: &Registry, now: Moment) -> Value {
        let Self { year, cycle, cleared } = *self;
        let cycle = cycle.unwrap_or(registry.profile_at(now).reporting.cycle);
        let usage = |period: Period| {
            let report = report::usage(registry, Scope { window: period.window(cycle), now, cleared });
            report.counts()
        };
        let [first, second] = [Half::First, Half::Second].map(|half| usage(Period::Half { year, half }));
        let whole = usage(Period::Year(year));
        let equal = first.clone().merged(&second) == whole;
        Basis::on(&[Citation::article(15).clause(2).point('đ')]).reading(25).under(json!({
            "half_1": first.json(),
            "half_2": second.json(),
            "year": whole.json(),
            "equal": equal,
        }))
    }
}
