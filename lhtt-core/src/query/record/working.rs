//! Values counted in working days.

use crate::calendar::{Due, MissingYear, handover_due};
use crate::citation::Citation;
use crate::civil::{Date, Moment};
use crate::ids::SessionId;
use crate::query::Basis;
use crate::registry::Registry;
use crate::rules::article_14::recording;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// When a recording is to be handed over: of a session that has ended, or of one that ends at a stated time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct HandoverQuery {
    /// Which session; its end and request are looked up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// When it ended, where no session is named or it has not ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Moment>,
    /// When the recording was requested. Not stated: by the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requested_at: Option<Moment>,
    /// When it was handed over, if it was: then the answer says whether that is in time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handed_over_at: Option<Moment>,
}

/// When something counted in working days is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WorkingDaysQuery {
    /// The moment whose day is not counted.
    pub from: Moment,
    /// How many working days.
    pub days: u32,
}

impl HandoverQuery {
    pub(super) fn answer(&self, registry: &Registry) -> Value {
        let basis = Basis::on(&[CLAUSE_3]).reading(12);
        let session = self.session.and_then(|id| registry.session(id));
        let ended = session.and_then(|session| session.ended.as_ref()).map(|end| end.at);
        let Some(ended_at) = ended.or(self.ended_at) else {
            return basis.under(json!({
                "outcome": "not_computable",
                "text": {
                    "vi": "phiên họp chưa kết thúc: chưa có thời hạn bàn giao",
                    "en": "the session has not ended: there is no hand-over to be due",
                },
            }));
        };
        let of_session = || {
            let session = session?;
            recording::handover(registry, session, &registry.conduct().course(session.id)?.recording)
        };
        let known = self.requested_at.is_none().then(of_session).flatten();
        match known.unwrap_or_else(|| handover_due(registry.calendar_at(ended_at), ended_at, self.requested_at)) {
            Err(missing) => basis.under(not_computable(missing)),
            Ok(handover) => {
                let mut value = shown(&handover.due);
                value["ended_at"] = json!(ended_at);
                value["counted_from"] = json!(handover.counted_from);
                value["late_request"] = json!(handover.late_request);
                if let Some(at) = self.handed_over_at {
                    value["in_time"] = json!(handover.due.in_time(at));
                }
                basis.under(value)
            }
        }
    }
}

impl WorkingDaysQuery {
    pub(super) fn answer(&self, registry: &Registry) -> Value {
        match registry.calendar_at(self.from).working_days_after(self.from, self.days) {
            Ok(due) => shown(&due),
            Err(missing) => not_computable(missing),
        }
    }
}

/// A due date: its day, the first moment that is late, and whether it may still move.
pub(crate) fn shown(due: &Due) -> Value {
    let Due { day, late_from, unconfirmed, .. } = due;
    json!({
        "due_day": day,
        "weekday": day.weekday_en(),
        "late_from": late_from,
        "flags": if due.is_unconfirmed() { vec!["calendar_unconfirmed"] } else { Vec::new() },
        "unconfirmed_days": unconfirmed,
        "text": { "vi": text_vi(due), "en": text_en(due) },
    })
}

/// What cannot be computed, and why.
pub(crate) fn not_computable(missing: MissingYear) -> Value {
    json!({
        "outcome": "not_computable",
        "missing_year": missing.0,
        "text": { "vi": missing.vi(), "en": missing.to_string() },
    })
}

fn text_vi(due: &Due) -> String {
    let by = last_moment(due).map_or("24:00".to_owned(), Moment::clock_short);
    format!("hạn {by} {}, {}", due.day.weekday_vi(), due.day.vi())
}

fn text_en(due: &Due) -> String {
    let by = last_moment(due).map_or("24:00".to_owned(), Moment::clock_short);
    format!("due by {by} on {} {}", due.day.weekday_en(), due.day)
}

/// The last moment in time, where it is not the end of the day.
fn last_moment(due: &Due) -> Option<Moment> {
    let end: Moment = Date::end(due.day);
    (due.late_from < end).then(|| Moment::from_unix_millis(due.late_from.unix_millis() - 1))
}

const CLAUSE_3: Citation = Citation::article(14).clause(3);
