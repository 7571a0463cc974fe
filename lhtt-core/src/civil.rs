//! Civil time as the regulation reads it: exact moments at the fixed offset +07:00 (no summer time, no zone files).
//!
//! Deadlines in hours are clock hours (A-01; Bộ luật Dân sự 2015, Điều 146 and 147), exact to the millisecond, inclusive.
//! Leaves out: working days, which [`crate::calendar`] counts.

mod date;

pub use date::{Date, NoDate};

use crate::time::{Duration, Wall};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// +07:00, Asia/Ho_Chi_Minh.
const OFFSET: Offset = Offset::constant(7);
const MILLIS_PER_SECOND: i64 = 1_000;
const MILLIS_PER_HOUR: i64 = 3_600 * MILLIS_PER_SECOND;

/// A moment of civil time: milliseconds since 1970-01-01T00:00:00Z. Written and read as RFC 3339, printed at +07:00.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

/// Text that is no RFC 3339 date and time with an offset.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no date and time with an offset, as in `2023-06-14T08:00:00+07:00`")]
pub struct NoMoment {
    text: String,
}

impl Moment {
    /// The moment this many milliseconds after the Unix epoch, held to the years -9999 to 9999.
    pub fn from_unix_millis(millis: i64) -> Self {
        Self(millis.clamp(Timestamp::MIN.as_millisecond() + DAY, Timestamp::MAX.as_millisecond() - DAY))
    }

    /// Milliseconds since the Unix epoch.
    pub const fn unix_millis(self) -> i64 {
        self.0
    }

    /// Reads RFC 3339 with any offset; an offset must be there. Finer than a millisecond is cut off.
    ///
    /// # Errors
    /// If the text is no date and time, or names no offset.
    pub fn parse(text: &str) -> Result<Self, NoMoment> {
        let moment = text.trim().parse::<Timestamp>().map_err(|_| NoMoment { text: text.to_owned() })?;
        Ok(Self::from_unix_millis(moment.as_millisecond()))
    }

    /// `hours` clock hours before: the last moment that is still in time for "chậm nhất trước … giờ".
    #[must_use]
    pub fn hours_before(self, hours: u32) -> Self {
        Self::from_unix_millis(self.0.saturating_sub(i64::from(hours) * MILLIS_PER_HOUR))
    }

    /// `hours` clock hours after: the last moment that is still in time for "trong vòng … giờ kể từ khi".
    #[must_use]
    pub fn hours_after(self, hours: u32) -> Self {
        Self::from_unix_millis(self.0.saturating_add(i64::from(hours) * MILLIS_PER_HOUR))
    }

    /// `seconds` later, or earlier if negative.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self::from_unix_millis(self.0.saturating_add(seconds.saturating_mul(MILLIS_PER_SECOND)))
    }

    /// How long after `earlier` this is; nothing if it is not after it.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// RFC 3339 at +07:00, with milliseconds only where there are some: `2023-06-14T08:00:00+07:00`.
    pub fn rfc3339(self) -> String {
        let civil = self.civil();
        let fraction = match civil.millisecond() {
            0 => String::new(),
            millis => format!(".{millis:03}"),
        };
        let (hour, minute, second) = (civil.hour(), civil.minute(), civil.second());
        format!("{}T{hour:02}:{minute:02}:{second:02}{fraction}+07:00", civil.date())
    }

    /// As a Vietnamese reader writes it: `08:00:01 ngày 14/6/2023`.
    pub fn vi(self) -> String {
        format!("{} ngày {}", self.clock(), self.date_vi())
    }

    /// The time of day: `08:00:01`, with milliseconds only where there are some.
    pub fn clock(self) -> String {
        let civil = self.civil();
        let whole = format!("{:02}:{:02}:{:02}", civil.hour(), civil.minute(), civil.second());
        match civil.millisecond() {
            0 => whole,
            millis => format!("{whole}.{millis:03}"),
        }
    }

    /// The time of day without seconds where they are zero: `08:00`.
    pub fn clock_short(self) -> String {
        let civil = self.civil();
        match (civil.second(), civil.millisecond()) {
            (0, 0) => format!("{:02}:{:02}", civil.hour(), civil.minute()),
            _ => self.clock(),
        }
    }

    /// The date as `14/6/2023`.
    pub fn date_vi(self) -> String {
        let date = self.civil().date();
        format!("{}/{}/{}", date.day(), date.month(), date.year())
    }

    /// Whether both fall on one day at +07:00.
    pub fn same_day(self, other: Self) -> bool {
        self.civil().date() == other.civil().date()
    }

    fn civil(self) -> DateTime {
        OFFSET.to_datetime(Timestamp::from_millisecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH))
    }
}

impl From<Wall> for Moment {
    fn from(wall: Wall) -> Self {
        Self::from_unix_millis(wall.unix_millis)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rfc3339())
    }
}

impl std::str::FromStr for Moment {
    type Err = NoMoment;
    fn from_str(text: &str) -> Result<Self, NoMoment> {
        Self::parse(text)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.rfc3339())
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::text::read(deserializer, "a date and time with an offset, as in `2023-06-14T08:00:00+07:00`")
    }
}

/// A length of time in words of both languages, exact to the millisecond: `1 giờ 30 phút`, `1 h 30 min`.
pub(crate) fn length(duration: Duration) -> (String, String) {
    let seconds = duration.as_secs();
    let parts = [
        (seconds / 3_600, "giờ", "h"),
        (seconds / 60 % 60, "phút", "min"),
        (seconds % 60, "giây", "s"),
        (u64::from(duration.subsec_millis()), "mili giây", "ms"),
    ];
    let (mut vi, mut en) = (Vec::new(), Vec::new());
    for (count, unit_vi, unit_en) in parts.into_iter().filter(|(count, ..)| *count > 0) {
        vi.push(format!("{count} {unit_vi}"));
        en.push(format!("{count} {unit_en}"));
    }
    match vi.is_empty() {
        true => ("0 giây".to_owned(), "0 s".to_owned()),
        false => (vi.join(" "), en.join(" ")),
    }
}

/// A day, kept free at either end of time so that the offset never overflows.
const DAY: i64 = 24 * MILLIS_PER_HOUR;

/// [`Wall`] in JSON: RFC 3339, with ` untrusted` behind it where the clock was not to be believed.
pub(crate) mod wall {
    use super::{Deserialize, Deserializer, Moment, Serializer, Wall};

    const UNTRUSTED: &str = " untrusted";

    pub(crate) fn serialize<S: Serializer>(wall: &Wall, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = Moment::from(*wall).rfc3339();
        if !wall.trusted {
            text.push_str(UNTRUSTED);
        }
        serializer.serialize_str(&text)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Wall, D::Error> {
        let text = String::deserialize(deserializer)?;
        let (moment, trusted) = match text.strip_suffix(UNTRUSTED) {
            Some(moment) => (moment, false),
            None => (text.as_str(), true),
        };
        let moment = Moment::parse(moment).map_err(serde::de::Error::custom)?;
        Ok(Wall { unix_millis: moment.unix_millis(), trusted })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment::parse(text).unwrap()
    }

    #[test]
    fn prints_as_readers_and_machines_expect() {
        let moment = at("2023-06-14T01:00:01Z");
        assert_eq!(moment.vi(), "08:00:01 ngày 14/6/2023");
        assert_eq!(moment.rfc3339(), "2023-06-14T08:00:01+07:00");
        assert_eq!(at("2023-06-14T08:00:00.250+07:00").rfc3339(), "2023-06-14T08:00:00.250+07:00");
        assert_eq!(
            (moment.clock_short(), at("2023-06-14T08:00:00+07:00").clock_short()),
            ("08:00:01".into(), "08:00".into())
        );
    }

    #[test]
    fn refuses_a_time_without_an_offset() {
        for text in ["2023-06-14T08:00:00", "2023-06-14", "", "08:00", "2023-06-31T08:00:00+07:00"] {
            assert!(Moment::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn hours_are_clock_hours_through_leap_days_and_the_ends_of_time() {
        assert_eq!(at("2024-03-01T00:30:00+07:00").hours_before(24), at("2024-02-29T00:30:00+07:00"));
        for edge in [Moment::from_unix_millis(i64::MIN), Moment::from_unix_millis(i64::MAX)] {
            assert_eq!(at(&edge.rfc3339()), edge);
            let _ = (edge.hours_before(u32::MAX).vi(), edge.hours_after(u32::MAX).vi());
        }
    }
}
