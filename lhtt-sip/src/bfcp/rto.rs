//! T1, the time after which a request goes out again: the smoothed round trip of RFC 6298 as RFC 8855 8.3.1 bends it.

use lhtt_core::time::Duration;

/// T1 before anything was measured, and its least (RFC 8855 8.3.1).
pub const T1: Duration = Duration::from_millis(500);

/// The most that T1 becomes, so that a connection is known to be broken within half a minute.
pub const T1_MAX: Duration = Duration::from_secs(2);

/// How often a request goes out again before the connection is broken.
pub const RETRANSMISSIONS: u8 = 3;

/// T2: how long a response is kept and a fragment waits. (T1 × 2⁴) × 1.25 (RFC 8855 8.3.3).
pub const T2: Duration = Duration::from_secs(10);

/// The clock granularity that RFC 8855 8.3.1 sets.
const GRANULARITY: Duration = Duration::from_millis(100);

/// The timer of one peer. It changes between transactions only.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rto {
    t1: Duration,
    /// Smoothed round trip and its variation.
    measured: Option<(Duration, Duration)>,
}

impl Rto {
    pub(super) const fn new() -> Self {
        Self { t1: T1, measured: None }
    }

    pub(super) const fn t1(&self) -> Duration {
        self.t1
    }

    /// A response came to a request that went out once.
    pub(super) fn measure(&mut self, trip: Duration) {
        let (smooth, variation) = match self.measured {
            None => (trip, trip / 2),
            Some((smooth, variation)) => ((smooth * 7 + trip) / 8, (variation * 3 + smooth.abs_diff(trip)) / 4),
        };
        self.measured = Some((smooth, variation));
        self.t1 = (smooth + GRANULARITY.max(variation * 4)).clamp(T1, T1_MAX);
    }

    /// A request had to go out again: the next begins with more patience.
    pub(super) fn back_off(&mut self) {
        self.t1 = (self.t1 * 2).min(T1_MAX);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t1_follows_the_round_trip_between_its_bounds() {
        let mut rto = Rto::new();
        rto.measure(Duration::from_millis(20));
        assert_eq!(rto.t1(), T1, "never below 500 ms");
        let mut far = Rto::new();
        far.measure(Duration::from_millis(400));
        assert_eq!(far.t1(), Duration::from_millis(400 + 4 * 200), "smoothed and four times half of it");
        far.measure(Duration::from_millis(400));
        assert_eq!(far.t1(), Duration::from_millis(400 + 4 * 150));
        (0..9).for_each(|_| far.back_off());
        assert_eq!(far.t1(), T1_MAX);
    }
}
