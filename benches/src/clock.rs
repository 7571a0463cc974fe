//! Benches count the CPU time of their thread: what others do on the machine meanwhile is not theirs.

use criterion::Criterion;
use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use lhtt_core::time::Duration;
use rustix::time::{ClockId, clock_gettime};

/// Criterion by CPU time.
pub type Bench = Criterion<CpuTime>;

/// Criterion as the benches want it.
pub fn bench() -> Bench {
    Criterion::default().with_measurement(CpuTime)
}

/// The CPU time of the thread.
pub struct CpuTime;

impl CpuTime {
    fn now() -> Duration {
        let now = clock_gettime(ClockId::ThreadCPUTime);
        // Neither is negative on this clock.
        Duration::new(now.tv_sec as u64, now.tv_nsec as u32)
    }
}

impl Measurement for CpuTime {
    type Intermediate = Duration;
    type Value = Duration;

    fn start(&self) -> Duration {
        Self::now()
    }

    fn end(&self, start: Duration) -> Duration {
        Self::now().saturating_sub(start)
    }

    fn add(&self, a: &Duration, b: &Duration) -> Duration {
        *a + *b
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        value.as_nanos() as f64
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}
