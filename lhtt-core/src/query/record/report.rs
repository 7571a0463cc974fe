//! Reports, as JSON, CSV or Markdown.

use crate::journal::Entry;
use crate::registry::Registry;
use crate::report::{self, Cycle, Period, Report, Window};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A report: which, of which period, in which form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Its form.
    #[serde(default)]
    pub format: Format,
}

/// The reports there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ReportKind {
    /// The public schedule (Điều 15 khoản 2 điểm b).
    PublicSchedule,
    /// Compliance by clause and duty-holder (Điều 20 khoản 2), from the journal.
    Compliance,
    /// Difficulties (Điều 20 khoản 3).
    Difficulties,
}

/// The form of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    pub(super) fn answer(&self, registry: &Registry, log: &[Entry]) -> Value {
        let cycle = self.cycle.unwrap_or(registry.profile().reporting.cycle);
        let window = self.period.map(|period| period.window(cycle));
        let report = self.report(registry, window, log);
        let text = match self.format {
            Format::Json => return report.json(),
            Format::Csv => report.csv(),
            Format::Markdown => report.markdown(),
        };
        json!({ "report": report.id, "format": self.format, "text": text })
    }

    fn report(&self, registry: &Registry, window: Option<Window>, log: &[Entry]) -> Report {
        match self.of {
            ReportKind::PublicSchedule => report::public_schedule(registry, window.unwrap_or(Window::ALL)),
            ReportKind::Compliance => report::compliance(log.iter().map(report::tally), window),
            ReportKind::Difficulties => report::difficulties(registry, window),
        }
    }
}
