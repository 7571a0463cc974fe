//! A day of civil time at +07:00, without a time of day.

use super::{Moment, OFFSET};
use jiff::civil::Weekday;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A day. Written and read as `2023-06-15`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

/// Text that is no day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no day, as in `2023-06-15`")]
pub struct NoDate {
    text: String,
}

impl Date {
    /// A day before all that can be meant.
    pub(crate) const FIRST: Self = Self(jiff::civil::Date::constant(1900, 1, 1));
    /// A day after all that can be meant.
    pub(crate) const LAST: Self = Self(jiff::civil::Date::constant(2999, 12, 31));

    /// A day that is written in the program.
    pub(crate) const fn constant(year: i16, month: i8, day: i8) -> Self {
        Self(jiff::civil::Date::constant(year, month, day))
    }

    /// The day of these numbers, if there is one.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, day).ok().map(Self)
    }

    /// Reads `2023-06-15`, and no other form.
    ///
    /// # Errors
    /// If the text is no day.
    pub fn parse(text: &str) -> Result<Self, NoDate> {
        let no_date = || NoDate { text: text.to_owned() };
        let plain = text.len() == FORM.len() && text.bytes().all(|octet| octet == b'-' || octet.is_ascii_digit());
        let date = text.parse().ok().filter(|_| plain);
        date.map(Self).ok_or_else(no_date)
    }

    /// Its year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Its month, from 1.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// Its day of the month, from 1.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// Its first moment, 00:00 at +07:00.
    pub fn start(self) -> Moment {
        let midnight = OFFSET.to_timestamp(self.0.to_datetime(jiff::civil::Time::midnight()));
        let edge = if self.0.year() < 0 { i64::MIN } else { i64::MAX };
        Moment::from_unix_millis(midnight.map_or(edge, jiff::Timestamp::as_millisecond))
    }

    /// 24:00, which is the first moment of the day after: what happens then is late.
    pub fn end(self) -> Moment {
        self.tomorrow().start()
    }

    /// The day after. The last day of time has none and stays.
    #[must_use]
    pub fn tomorrow(self) -> Self {
        Self(self.0.tomorrow().unwrap_or(self.0))
    }

    /// The day before. The first day of time has none and stays.
    #[must_use]
    pub fn yesterday(self) -> Self {
        Self(self.0.yesterday().unwrap_or(self.0))
    }

    /// Whether it is a Saturday or a Sunday.
    pub fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), Weekday::Saturday | Weekday::Sunday)
    }

    /// The day of the week in Vietnamese.
    pub fn weekday_vi(self) -> &'static str {
        ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"][self.weekday()]
    }

    /// The day of the week in English, three letters.
    pub fn weekday_en(self) -> &'static str {
        ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][self.weekday()]
    }

    /// As a Vietnamese reader writes it: `15/6/2023`.
    pub fn vi(self) -> String {
        format!("{}/{}/{}", self.day(), self.month(), self.year())
    }

    fn weekday(self) -> usize {
        usize::from(self.0.weekday().to_monday_zero_offset().unsigned_abs())
    }
}

impl Moment {
    /// The day it falls on at +07:00.
    pub fn date(self) -> Date {
        Date(self.civil().date())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for Date {
    type Err = NoDate;
    fn from_str(text: &str) -> Result<Self, NoDate> {
        Self::parse(text)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

const FORM: &str = "2023-06-15";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_and_ends_at_midnight_of_the_province() {
        let date = Date::parse("2024-02-29").unwrap();
        assert_eq!(date.start().rfc3339(), "2024-02-29T00:00:00+07:00");
        assert_eq!(date.end().rfc3339(), "2024-03-01T00:00:00+07:00");
        assert_eq!((date.weekday_vi(), date.weekday_en(), date.is_weekend()), ("Thứ Năm", "Thu", false));
        assert_eq!((date.vi(), date.to_string()), ("29/2/2024".into(), "2024-02-29".into()));
        assert_eq!(Moment::parse("2024-02-28T17:00:00Z").unwrap().date(), date);
        assert_eq!(Moment::parse("2024-02-28T16:59:59.999Z").unwrap().date(), date.yesterday());
    }

    #[test]
    fn refuses_what_is_no_day() {
        for text in ["", "2023-02-29", "2023-6-15", "20230615", "2023-06-15T08:00", "2023-W24-04", "15/6/2023"] {
            assert!(Date::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_ends_of_time_stay() {
        for edge in [Moment::from_unix_millis(i64::MIN), Moment::from_unix_millis(i64::MAX)] {
            let _ = (edge.date().start(), edge.date().end(), edge.date().yesterday());
        }
    }
}
