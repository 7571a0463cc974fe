//! Time as an argument: a monotonic instant for timers and civil time for the regulation.
//!
//! Nothing here reads a clock. The driver makes a [`Now`] and hands it in; the simulator makes one up. Leaves out: the
//! calendar and the deadline calculus, which belong to the regulation.

use std::ops::{Add, AddAssign, Sub};
pub use std::time::Duration;

/// A point on the monotonic clock: nanoseconds since an origin that whoever drives the program chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(u64);

impl Instant {
    /// The origin.
    pub const ZERO: Self = Self(0);

    /// The instant `nanos` nanoseconds after the origin.
    pub const fn from_nanos(nanos: u64) -> Self {
        Self(nanos)
    }

    /// The instant `millis` milliseconds after the origin.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis * 1_000_000)
    }

    /// Nanoseconds since the origin.
    pub const fn as_nanos(self) -> u64 {
        self.0
    }

    /// Time since `earlier`, zero if `earlier` is later.
    pub const fn saturating_since(self, earlier: Self) -> Duration {
        Duration::from_nanos(self.0.saturating_sub(earlier.0))
    }
}

impl Add<Duration> for Instant {
    type Output = Self;
    fn add(self, rhs: Duration) -> Self {
        Self(self.0.saturating_add(u64::try_from(rhs.as_nanos()).unwrap_or(u64::MAX)))
    }
}

impl AddAssign<Duration> for Instant {
    fn add_assign(&mut self, rhs: Duration) {
        *self = *self + rhs;
    }
}

impl Sub for Instant {
    type Output = Duration;
    fn sub(self, rhs: Self) -> Duration {
        self.saturating_since(rhs)
    }
}

/// Civil time: milliseconds since 1970-01-01T00:00:00Z, and whether its source is trusted.
///
/// The regulation reads it at the fixed offset +07:00. Where `trusted` is false no deadline may be judged (G-17).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wall {
    /// Milliseconds since the Unix epoch.
    pub unix_millis: i64,
    /// Whether the clock behind it is known to be right.
    pub trusted: bool,
}

impl Wall {
    /// A trusted civil time.
    pub const fn trusted(unix_millis: i64) -> Self {
        Self { unix_millis, trusted: true }
    }
}

/// The moment at which something is handled: the only clock a core ever sees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Now {
    /// For timers; never goes back.
    pub instant: Instant,
    /// For the regulation; never goes back between journal entries.
    pub wall: Wall,
}

/// The earlier of two deadlines, where a missing one means never.
pub fn soonest(a: Option<Instant>, b: Option<Instant>) -> Option<Instant> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_saturates() {
        let at = Instant::from_millis(5);
        assert_eq!(at + Duration::from_millis(2), Instant::from_millis(7));
        assert_eq!(at - Instant::from_millis(7), Duration::ZERO);
        assert_eq!(Instant::from_nanos(u64::MAX) + Duration::from_secs(1), Instant::from_nanos(u64::MAX));
    }

    #[test]
    fn never_is_later_than_any_deadline() {
        let at = Instant::from_millis(5);
        assert_eq!(soonest(None, Some(at)), Some(at));
        assert_eq!(soonest(Some(at), Some(Instant::ZERO)), Some(Instant::ZERO));
        assert_eq!(soonest(None, None), None);
    }
}
