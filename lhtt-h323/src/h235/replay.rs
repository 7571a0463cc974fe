//! Which messages came before: their times and numbers, as long as a repetition could pass for new (H.235.0 8.4).

use crate::limits::REPLAYS_MAX;
use std::collections::BTreeSet;

/// What was taken within the window of time.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    taken: BTreeSet<(u32, i64)>,
    /// What is stamped up to here is no longer told apart: it counts as seen.
    floor: u32,
}

impl Seen {
    /// Takes a message stamped `time` seconds with its number. False where it came before, or may have.
    pub(super) fn take(&mut self, time: u32, number: i64, oldest: u32) -> bool {
        self.taken = self.taken.split_off(&(oldest, i64::MIN));
        if time <= self.floor || !self.taken.insert((time, number)) {
            return false;
        }
        if self.taken.len() > REPLAYS_MAX
            && let Some((dropped, _)) = self.taken.pop_first()
        {
            self.floor = dropped;
        }
        true
    }
}
