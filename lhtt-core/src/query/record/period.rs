//! Periods of reports.

use crate::citation::Citation;
use crate::civil::{Date, Moment};
use crate::ids::SessionId;
use crate::query::Basis;
use crate::registry::Registry;
use crate::report::{Cycle, Period, Tt01Due, tt01_dues};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The half year in which a moment falls, or a session started.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct PeriodQuery {
    /// Which session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// Which moment, where no session is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Moment>,
    /// How years are cut; as the profile says, where not stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cycle: Option<Cycle>,
}

impl PeriodQuery {
    pub(super) fn answer(&self, registry: &Registry) -> Value {
        let basis = Basis::on(&[STATISTICS]).reading(25);
        let started = self.session.and_then(|id| registry.session(id)).map(|session| {
            let course = registry.conduct().course(session.id);
            course.and_then(|course| course.started.as_ref()).map_or(session.start, |stamp| stamp.at)
        });
        let Some(moment) = started.or(self.at) else {
            let text =
                json!({ "vi": "không có phiên họp hoặc thời điểm", "en": "there is no such session, and no moment" });
            return basis.under(json!({ "outcome": "error", "text": text }));
        };
        let cycle = self.cycle.unwrap_or(registry.profile_at(moment).reporting.cycle);
        let period = Period::half_of(moment, cycle);
        let window = period.window(cycle);
        basis.under(json!({
            "period": period,
            "name": period.name(),
            "from": window.from,
            "until": window.until,
        }))
    }
}

/// The window of a year's data, and its due dates.
pub(super) fn yearly_data_due(registry: &Registry, year: i16) -> Value {
    let within = Date::new(year, 12, 1).unwrap_or(Date::LAST).start();
    let (window, dues) = tt01_dues(&registry.profile_at(within).reporting, registry.calendar_at(within), year);
    Basis::on(&[YEARLY_DATA]).reading(14).under(json!({
        "from": window.from,
        "until": window.until,
        "due": dues.iter().map(shown).collect::<Vec<_>>(),
    }))
}

fn shown(due: &Tt01Due) -> Value {
    let mut flags = Vec::new();
    if due.not_worked {
        flags.push("not_a_working_day");
    }
    if due.missing_year.is_some() {
        flags.push("calendar_missing");
    }
    let mut value = json!({
        "id": due.step.id,
        "by": due.step.from,
        "to": due.step.to,
        "due": due.due,
        "weekday": due.due.weekday_en(),
        "flags": flags,
    });
    if let Some(proposed) = due.proposed {
        value["proposed"] = json!(proposed);
    }
    if let Some(note) = due.note() {
        value["note"] = json!(note);
    }
    value
}

const STATISTICS: Citation = Citation::article(15).clause(2).point('đ');
const YEARLY_DATA: Citation = Citation::article(18).clause(6);
