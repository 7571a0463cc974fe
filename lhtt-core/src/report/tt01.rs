//! The yearly data on meetings (Điều 18 khoản 6; Thông tư 01/2020/TT-VPCP Điều 11): its window and its due dates.
//!
//! The window is that of Nghị định 09/2019 whatever the cycle of other reports. Due dates are data, since levels change; a
//! date on a day that is not worked is not moved, it is flagged, and the last working day before is proposed.

use super::period::{Cycle, Period, Window};
use crate::calendar::Calendar;
use crate::civil::Date;
use crate::finding::Text;
use serde::{Deserialize, Serialize};

/// What the profile says of reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Reporting {
    /// How years and halves are cut.
    pub cycle: Cycle,
    /// Who hands in the yearly data to whom, and by when.
    pub tt01: Vec<YearlyDue>,
    /// What a due date on a day that is not worked becomes.
    pub weekend: Weekend,
    /// How many working days after the end of a half year its report is due. None: the text sets no day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_working_days: Option<u32>,
    /// The day of each year on which plans are called to mind (Điều 15 khoản 2 điểm e, 18 khoản 4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan_reminder: Option<DeadlineOfYear>,
}

impl Reporting {
    pub(crate) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Default for Reporting {
    fn default() -> Self {
        let due = |id: &str, from: &str, to: &str, day| YearlyDue {
            id: id.to_owned(),
            from: from.to_owned(),
            to: to.to_owned(),
            due: DeadlineOfYear { month: 12, day },
        };
        Self {
            cycle: Cycle::Nd09,
            tt01: vec![
                due("commune", "UBND cấp xã", "UBND cấp huyện", 17),
                due("district", "UBND cấp huyện", "UBND cấp tỉnh", 19),
                due("province", "UBND cấp tỉnh", "Văn phòng Chính phủ", 22),
            ],
            weekend: Weekend::Keep,
            due_working_days: None,
            plan_reminder: None,
        }
    }
}

/// One step of the yearly data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct YearlyDue {
    /// A name for the step.
    pub id: String,
    /// Who hands in.
    pub from: String,
    /// To whom.
    pub to: String,
    /// By when.
    pub due: DeadlineOfYear,
}

/// A day that comes back each year, as `{"month": 12, "day": 17}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "MonthDay", into = "MonthDay")]
pub struct DeadlineOfYear {
    month: i8,
    day: i8,
}

/// What a due date on a day that is not worked becomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Weekend {
    /// It stays; a working day before it is proposed.
    #[default]
    Keep,
    /// The last working day before it.
    Before,
}

/// One due date of a year.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tt01Due {
    /// Which step.
    pub step: YearlyDue,
    /// The day.
    pub due: Date,
    /// Whether it is a day that is not worked, where the calendar says.
    pub not_worked: bool,
    /// The last working day before it, where it is not worked.
    pub proposed: Option<Date>,
    /// A year that the calendar does not cover: only the weekday was looked at.
    pub missing_year: Option<i16>,
}

impl DeadlineOfYear {
    /// A day of a month; 29 February is none, since it does not come back each year.
    pub fn new(month: i8, day: i8) -> Option<Self> {
        Date::new(COMMON_YEAR, month, day).map(|_| Self { month, day })
    }

    /// Its day in this year.
    pub fn of(self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day)
    }
}

/// The window of a year's data, and its due dates in their order.
pub fn tt01_dues(reporting: &Reporting, calendar: &Calendar, year: i16) -> (Window, Vec<Tt01Due>) {
    let due = |step: &YearlyDue| {
        let stated = step.due.of(year)?;
        let (not_worked, missing_year) = match calendar.is_working(stated) {
            Ok(working) => (!working, None),
            Err(missing) => (stated.is_weekend(), Some(missing.0)),
        };
        let proposed = not_worked.then(|| calendar.last_working_day_before(stated).ok()).flatten();
        let step = step.clone();
        match (reporting.weekend, proposed) {
            // The date has moved to a day that is worked: nothing is left to say of it.
            (Weekend::Before, Some(due)) => {
                Some(Tt01Due { step, due, not_worked: false, proposed: None, missing_year })
            }
            _ => Some(Tt01Due { step, due: stated, not_worked, proposed, missing_year }),
        }
    };
    (Period::Year(year).window(Cycle::Nd09), reporting.tt01.iter().filter_map(due).collect())
}

impl Tt01Due {
    /// What should be known of it, if anything.
    pub fn note(&self) -> Option<Text> {
        let day = (self.due.weekday_vi(), self.due.weekday_en());
        match (self.not_worked, self.proposed) {
            (true, Some(proposed)) if proposed != self.due => Some(Text {
                vi: format!("{} {} không phải ngày làm việc; nên gửi trước, {}", day.0, self.due.vi(), proposed.vi())
                    .into(),
                en: format!("{} {} is not a working day; hand in before, by {proposed}", day.1, self.due).into(),
            }),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct MonthDay {
    /// 1 to 12.
    month: i8,
    /// The day of the month.
    day: i8,
}

impl TryFrom<MonthDay> for DeadlineOfYear {
    type Error = String;
    fn try_from(form: MonthDay) -> Result<Self, String> {
        let MonthDay { month, day } = form;
        Self::new(month, day).ok_or_else(|| format!("`month` {month}, `day` {day}: no day of every year"))
    }
}

impl From<DeadlineOfYear> for MonthDay {
    fn from(date: DeadlineOfYear) -> Self {
        Self { month: date.month, day: date.day }
    }
}

/// A year without 29 February.
const COMMON_YEAR: i16 = 2023;
