//! Điều 14 khoản 3: a recording is handed over within 02 working days of the end of its session.
//!
//! The day of the end is not counted, also when the session ended after midnight of the day it began. The hand-over is due
//! at 24:00 of the second working day, or when offices close then if the calendar names a time. A request made after the
//! end starts the count on the day of the request.

use super::{Calendar, Due, MissingYear};
use crate::civil::Moment;

/// When a recording is to be handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Handover {
    /// When it is due.
    pub due: Due,
    /// The moment the days are counted from: the end, or a later request.
    pub counted_from: Moment,
    /// Whether it was requested after the end.
    pub late_request: bool,
}

/// When the recording of a session that ended at `ended_at` is to be handed over, requested at `requested_at` where that is known.
///
/// # Errors
/// If the calendar does not cover a year on the way.
pub fn handover_due(
    calendar: &Calendar,
    ended_at: Moment,
    requested_at: Option<Moment>,
) -> Result<Handover, MissingYear> {
    let counted_from = requested_at.map_or(ended_at, |requested| requested.max(ended_at));
    let mut due = calendar.working_days_after(counted_from, WORKING_DAYS)?;
    if let Some(minute) = calendar.office_close_minute {
        // By the closing time itself is in time; a millisecond later is not.
        due.late_from = Moment::from_unix_millis(due.day.start().unix_millis() + i64::from(minute) * MINUTE + 1);
    }
    Ok(Handover { due, counted_from, late_request: counted_from > ended_at })
}

impl Handover {
    /// One that is late from a moment that was agreed, whatever the calendar says.
    pub(crate) fn agreed(ended_at: Moment, requested_at: Option<Moment>, late_from: Moment) -> Self {
        let counted_from = requested_at.map_or(ended_at, |requested| requested.max(ended_at));
        let day = Moment::from_unix_millis(late_from.unix_millis() - 1).date();
        let due = Due { day, late_from, unconfirmed: Vec::new() };
        Self { due, counted_from, late_request: counted_from > ended_at }
    }
}

/// Working days within which a recording is handed over.
const WORKING_DAYS: u32 = 2;
const MINUTE: i64 = 60_000;
