//! The one clock that is read: monotonic time from the start of the process, and civil time that never goes back.
//!
//! Civil time is trusted where the configuration says so and, if it names a file, while that file is there (G-17). A
//! civil clock that is set back is held where it was and not trusted until it has caught up. Leaves out: setting clocks.
#![allow(clippy::disallowed_methods, reason = "the one place that reads clocks")]
#![allow(clippy::disallowed_types, reason = "the one place that reads clocks")]

use crate::config::ClockSettings;
use lhtt_core::time::{Duration, Instant, Now, Wall};
use std::time::SystemTime;

/// Reads both clocks.
#[derive(Debug)]
pub struct Clock {
    origin: tokio::time::Instant,
    settings: ClockSettings,
    synchronized: bool,
    look_again: Instant,
    latest_millis: i64,
}

impl Clock {
    /// A clock whose civil time does not go behind `floor`, the time of the last journal entry.
    pub fn new(settings: ClockSettings, floor: Option<Wall>) -> Self {
        let latest_millis = floor.map_or(i64::MIN, |wall| wall.unix_millis);
        let origin = tokio::time::Instant::now();
        Self { origin, settings, synchronized: false, look_again: Instant::ZERO, latest_millis }
    }

    /// The moment.
    pub fn now(&mut self) -> Now {
        let nanos = u64::try_from(self.origin.elapsed().as_nanos()).unwrap_or(u64::MAX);
        let instant = Instant::from_nanos(nanos);
        if instant >= self.look_again {
            self.look_again = instant + LOOK_EVERY;
            self.synchronized = self.settings.synchronized_file.as_ref().is_none_or(|file| file.exists());
        }
        Now { instant, wall: self.wall(unix_millis()) }
    }

    fn wall(&mut self, unix_millis: i64) -> Wall {
        let behind = self.latest_millis.saturating_sub(unix_millis);
        self.latest_millis = self.latest_millis.max(unix_millis);
        let trusted = self.settings.trusted && self.synchronized && behind <= BEHIND_MILLIS_MAX;
        Wall { unix_millis: self.latest_millis, trusted }
    }

    /// An instant of ours as one of the timer's.
    pub(crate) fn deadline(&self, instant: Instant) -> tokio::time::Instant {
        self.origin + Duration::from_nanos(instant.as_nanos())
    }
}

fn unix_millis() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// How often the synchronisation file is looked for.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// How far the civil clock may be behind what it has shown and still count as right: G-17 names one second.
const BEHIND_MILLIS_MAX: i64 = 1000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn civil_time_never_goes_back_and_says_when_it_wanted_to() {
        let settings = ClockSettings { trusted: true, synchronized_file: None };
        let mut clock = Clock::new(settings.clone(), Some(Wall::trusted(10_000)));
        clock.synchronized = true;
        assert_eq!(clock.wall(9_000), Wall { unix_millis: 10_000, trusted: true });
        assert_eq!(clock.wall(8_999), Wall { unix_millis: 10_000, trusted: false });
        assert_eq!(clock.wall(10_001), Wall { unix_millis: 10_001, trusted: true });
        let unsynchronized = ClockSettings { synchronized_file: Some("/nowhere".into()), ..settings };
        assert!(!Clock::new(unsynchronized, None).now().wall.trusted);
        assert!(!Clock::new(ClockSettings::default(), None).now().wall.trusted, "not trusted unless somebody says so");
    }
}
