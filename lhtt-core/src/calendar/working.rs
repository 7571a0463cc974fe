//! Counting working days (Bộ luật Dân sự 2015 Điều 147 and 148): the first day is not counted, the last ends at 24:00.

use super::{Calendar, DaySort};
use crate::civil::{Date, Moment};

/// A year that the calendar does not cover: nothing that depends on it can be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the calendar does not cover the year {0}")]
pub struct MissingYear(pub i16);

impl MissingYear {
    /// The same in Vietnamese.
    pub fn vi(self) -> String {
        format!("chưa có lịch làm việc của năm {}", self.0)
    }
}

/// When something counted in working days is due.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Due {
    /// The last day on which it is in time.
    pub day: Date,
    /// The first moment that is late: 00:00 of the day after.
    pub late_from: Moment,
    /// Days on the way that are forecast or unconfirmed, counted or not: the date may still move (`CalendarUnconfirmed`).
    pub unconfirmed: Vec<Date>,
}

impl Due {
    /// Whether what happens at `moment` is in time.
    pub fn in_time(&self, moment: Moment) -> bool {
        moment < self.late_from
    }

    /// Whether the date may still move.
    pub fn is_unconfirmed(&self) -> bool {
        !self.unconfirmed.is_empty()
    }
}

impl Calendar {
    /// Whether a day is worked: a make-up day, or Monday to Friday without a day off.
    ///
    /// # Errors
    /// If its year is not covered.
    pub fn is_working(&self, date: Date) -> Result<bool, MissingYear> {
        if !self.covers(date.year()) {
            return Err(MissingYear(date.year()));
        }
        Ok(match self.day(date).filter(|day| day.counts).map(|day| day.sort) {
            Some(DaySort::MakeupWork) => true,
            Some(DaySort::Holiday | DaySort::Observed | DaySort::SwappedOff) => false,
            None => !date.is_weekend(),
        })
    }

    /// The end of the `n`th working day after the day of `from`. With `n` = 0, the end of that day itself, or of the next
    /// working day where it is not worked.
    ///
    /// # Errors
    /// If a year on the way is not covered.
    pub fn working_days_after(&self, from: Moment, n: u32) -> Result<Due, MissingYear> {
        let first = if n == 0 { from.date() } else { from.date().tomorrow() };
        let mut left = n.max(1);
        let mut day = first;
        loop {
            left -= u32::from(self.is_working(day)?);
            if left == 0 {
                break;
            }
            day = day.tomorrow();
        }
        let on_the_way = self.days.range(first..=day).filter(|(_, day)| day.is_unsure());
        Ok(Due { day, late_from: day.end(), unconfirmed: on_the_way.map(|(date, _)| *date).collect() })
    }

    /// The last working day before `date`.
    ///
    /// # Errors
    /// If a year on the way is not covered.
    pub fn last_working_day_before(&self, date: Date) -> Result<Date, MissingYear> {
        let mut day = date.yesterday();
        while !self.is_working(day)? {
            day = day.yesterday();
        }
        Ok(day)
    }
}
