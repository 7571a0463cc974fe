//! Reporting periods: half years, years, and any stretch of days (Điều 15 khoản 2 điểm đ, A-25).
//!
//! Under Nghị định 09/2019/NĐ-CP a year runs from 15 December to 14 December, and its halves meet on 15 June; the calendar
//! year is the alternative. A session belongs to the period in which it started.

use crate::civil::{Date, Moment};
use crate::finding::Text;
use serde::{Deserialize, Serialize};

/// How years and halves are cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Cycle {
    /// From the 15th of the month before to the 14th of the last month.
    #[default]
    Nd09,
    /// From the first to the last day of the months themselves.
    Calendar,
}

/// A period: `{"year": 2024}`, `{"half": {"year": 2024, "half": 1}}` `{"day": "2024-01-02"}` or
/// `{"ad_hoc": {"from": "2024-01-01", "until": "2024-03-31"}}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", try_from = "Form", into = "Form")]
#[non_exhaustive]
pub enum Period {
    /// Half of a year.
    Half {
        /// Which year.
        year: i16,
        /// Which half.
        half: Half,
    },
    /// A year.
    Year(i16),
    /// A stretch of days, both ends counted.
    AdHoc {
        /// The first day.
        from: Date,
        /// The last day.
        until: Date,
    },
}

/// The first or the second half of a year; in JSON 1 or 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "u8", into = "u8")]
pub enum Half {
    /// "6 tháng đầu năm".
    First,
    /// "6 tháng cuối năm".
    Second,
}

/// The days of a period, both ends counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Window {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
}

impl Window {
    /// All days that can be meant.
    pub(crate) const ALL: Self = Self { from: Date::FIRST, until: Date::LAST };

    /// Whether a moment falls into it.
    pub fn contains(&self, moment: Moment) -> bool {
        self.from.start() <= moment && moment < self.until.end()
    }
}

impl Period {
    /// Its days.
    pub fn window(self, cycle: Cycle) -> Window {
        match self {
            Self::Half { year, half: Half::First } => months(cycle, year, 1, 6),
            Self::Half { year, half: Half::Second } => months(cycle, year, 7, 12),
            Self::Year(year) => months(cycle, year, 1, 12),
            Self::AdHoc { from, until } => Window { from, until },
        }
    }

    /// The half year in which a moment falls.
    pub fn half_of(moment: Moment, cycle: Cycle) -> Self {
        let date = moment.date();
        let later = cycle == Cycle::Nd09 && date.day() >= CUT;
        let (year, month) = match (date.month(), later) {
            (12, true) => (date.year().saturating_add(1), 1),
            (month, later) => (date.year(), month + i8::from(later)),
        };
        Self::Half { year, half: if month <= 6 { Half::First } else { Half::Second } }
    }

    /// Its name in both languages.
    pub fn name(self) -> Text {
        let (vi, en) = match self {
            Self::Half { year, half: Half::First } => {
                (format!("6 tháng đầu năm {year}"), format!("first half of {year}"))
            }
            Self::Half { year, half: Half::Second } => {
                (format!("6 tháng cuối năm {year}"), format!("second half of {year}"))
            }
            Self::Year(year) => (format!("năm {year}"), format!("year {year}")),
            Self::AdHoc { from, until } => {
                (format!("từ {} đến {}", from.vi(), until.vi()), format!("{from} to {until}"))
            }
        };
        Text { vi: vi.into(), en: en.into() }
    }
}

/// The window of whole months of one year.
fn months(cycle: Cycle, year: i16, first: i8, last: i8) -> Window {
    let year = year.clamp(YEAR_MIN, YEAR_MAX);
    let day = |year, month, day| Date::new(year, month, day).expect("years are held to those that can be meant");
    match cycle {
        Cycle::Nd09 => {
            let from = if first == 1 { day(year - 1, 12, CUT) } else { day(year, first - 1, CUT) };
            Window { from, until: day(year, last, CUT - 1) }
        }
        Cycle::Calendar => {
            let next = if last == 12 { day(year + 1, 1, 1) } else { day(year, last + 1, 1) };
            Window { from: day(year, first, 1), until: next.yesterday() }
        }
    }
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
enum Form {
    /// A half year.
    Half(HalfForm),
    /// A year.
    Year(i16),
    /// Any days, both counted.
    AdHoc(Window),
    /// A day.
    Day(Date),
}

/// A half year, as the cycle cuts it.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct HalfForm {
    /// The year it is counted to.
    year: i16,
    /// 1 or 2.
    half: Half,
}

impl TryFrom<Form> for Period {
    type Error = String;
    fn try_from(form: Form) -> Result<Self, String> {
        let year = |year: i16| match (YEAR_MIN..=YEAR_MAX).contains(&year) {
            true => Ok(year),
            false => Err(format!("`year` is {year}; {YEAR_MIN} to {YEAR_MAX} are allowed")),
        };
        match form {
            Form::Half(form) => Ok(Self::Half { year: year(form.year)?, half: form.half }),
            Form::Year(number) => Ok(Self::Year(year(number)?)),
            Form::Day(date) => Ok(Self::AdHoc { from: date, until: date }),
            Form::AdHoc(Window { from, until }) if from <= until => Ok(Self::AdHoc { from, until }),
            Form::AdHoc(Window { from, until }) => Err(format!("`until` is {until}, before `from`, {from}")),
        }
    }
}

impl From<Period> for Form {
    fn from(period: Period) -> Self {
        match period {
            Period::Half { year, half } => Self::Half(HalfForm { year, half }),
            Period::Year(year) => Self::Year(year),
            Period::AdHoc { from, until } => Self::AdHoc(Window { from, until }),
        }
    }
}

impl TryFrom<u8> for Half {
    type Error = String;
    fn try_from(number: u8) -> Result<Self, String> {
        match number {
            1 => Ok(Self::First),
            2 => Ok(Self::Second),
            _ => Err(format!("`half` is {number}; 1 and 2 are allowed")),
        }
    }
}

impl From<Half> for u8 {
    fn from(half: Half) -> Self {
        match half {
            Half::First => 1,
            Half::Second => 2,
        }
    }
}

/// The day of the month on which a period of Nghị định 09/2019 begins.
const CUT: i8 = 15;
const YEAR_MIN: i16 = 2000;
const YEAR_MAX: i16 = 2200;
