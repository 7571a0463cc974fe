//! The JSON form of a calendar: days laid over the shipped ones, unless `built_in` is false. Written out it is complete.

use super::{Calendar, Day, DaySort, DayStatus};
use crate::civil::Date;
use serde::{Deserialize, Serialize};

/// See `docs/decide/record.md`.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Form {
    /// Whether the shipped calendar lies below.
    #[serde(default = "yes")]
    built_in: bool,
    /// Years covered, beside those of the shipped calendar.
    #[serde(default)]
    years: Vec<i16>,
    /// Days laid over those of the shipped calendar, by `id`.
    #[serde(default)]
    days: Vec<DayForm>,
    /// The time at which offices close, as in `17:00`; hand-overs are then due by it instead of by 24:00.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    office_close: Option<String>,
}

/// A day that is not what its weekday says. What a shipped one leaves out it has as it is shipped.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct DayForm {
    /// The day.
    id: Date,
    /// What sort of day it is; needed for a day that is not shipped.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    sort: Option<DaySort>,
    /// Its name as people write it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// How sure it is; needed for a day that is not shipped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<DayStatus>,
    /// Where it is known from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    /// Whether it counts; where not given, every day counts but an unconfirmed one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    counts: Option<bool>,
}

impl TryFrom<Form> for Calendar {
    type Error = String;

    fn try_from(form: Form) -> Result<Self, String> {
        let mut calendar = if form.built_in { Self::built_in().clone() } else { Self::plain([]) };
        for (at, year) in form.years.iter().enumerate() {
            if !YEARS.contains(year) {
                let (first, last) = (YEARS.start(), YEARS.end());
                return Err(format!("`calendar.years[{at}]` is {year}; {first} to {last} are allowed"));
            }
        }
        calendar.years.extend(form.years);
        for (at, day) in form.days.into_iter().enumerate() {
            let date = day.id;
            let day = day.over(calendar.day(date)).map_err(|why| format!("`calendar.days[{at}]` ({date}): {why}"))?;
            calendar.days.insert(date, day);
        }
        if let Some(text) = form.office_close {
            calendar.office_close_minute = Some(minute(&text).ok_or_else(|| {
                format!(
                    "`calendar.office_close` is `{text}`; a time of day from 00:01 to 23:59 is allowed, as in `17:00`"
                )
            })?);
        }
        Ok(calendar)
    }
}

impl From<Calendar> for Form {
    fn from(calendar: Calendar) -> Self {
        let days = calendar.days.into_iter().map(|(id, day)| DayForm {
            id,
            sort: Some(day.sort),
            counts: (day.counts == (day.status == DayStatus::Unconfirmed)).then_some(day.counts),
            name: Some(day.name),
            status: Some(day.status),
            source: Some(day.source),
        });
        let close = calendar.office_close_minute.map(|minute| format!("{:02}:{:02}", minute / 60, minute % 60));
        Self { built_in: false, years: calendar.years.into_iter().collect(), days: days.collect(), office_close: close }
    }
}

impl DayForm {
    /// The day, with what it leaves out taken from the one below it.
    fn over(self, below: Option<&Day>) -> Result<Day, &'static str> {
        let sort = self.sort.or(below.map(|day| day.sort)).ok_or(NO_TYPE)?;
        let status = self.status.or(below.map(|day| day.status)).ok_or(NO_STATUS)?;
        // A status stated anew is one on which whether it counts follows anew.
        let kept = below.filter(|_| self.status.is_none()).map(|day| day.counts);
        let counts = self.counts.or(kept).unwrap_or(status != DayStatus::Unconfirmed);
        let name = self.name.or_else(|| below.map(|day| day.name.clone())).unwrap_or_default();
        let source = self.source.or_else(|| below.map(|day| day.source.clone())).unwrap_or_default();
        Ok(Day { sort, name, status, source, counts })
    }
}

/// Minutes after midnight of `17:00`; 00:00 is no closing time.
fn minute(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':').filter(|_| text.len() == "17:00".len())?;
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    Some(hours * 60 + minutes).filter(|minute| hours < 24 && minutes < 60 && *minute > 0)
}

fn yes() -> bool {
    true
}

/// Years that can be meant.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2200;
const NO_TYPE: &str = "`type` is missing: holiday, observed, swapped_off or makeup_work";
const NO_STATUS: &str = "`status` is missing: confirmed, package, forecast or unconfirmed";
