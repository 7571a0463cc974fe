//! Which counts of a nonce were used: each count once, in a window behind the highest (RFC 7616 5.12).

use super::limits::{NONCE_LIFETIME, NONCES_MAX};
use lhtt_core::time::Instant;
use std::collections::BTreeMap;

/// Counts behind the highest that may still come: requests of a client overtake each other, but not by more.
const WINDOW: u32 = 64;

#[derive(Debug, Default)]
pub(super) struct Counts {
    used: BTreeMap<(Instant, String), Window>,
    /// Nonces made until then are no longer taken.
    forgotten: Option<Instant>,
}

#[derive(Debug)]
struct Window {
    highest: u32,
    /// Bit 0 is the highest.
    seen: u64,
}

impl Counts {
    /// Notes a count of a nonce; whether it is new.
    pub(super) fn note(&mut self, now: Instant, made: Instant, nonce: &str, nc: u32) -> bool {
        if nc == 0 || self.forgotten.is_some_and(|until| made <= until) {
            return false;
        }
        self.used.retain(|(made, _), _| now - *made <= NONCE_LIFETIME);
        if self.used.len() >= NONCES_MAX
            && let Some(((made, _), _)) = self.used.pop_first()
        {
            self.forgotten = Some(made);
        }
        let window = self.used.entry((made, nonce.to_owned())).or_insert(Window { highest: 0, seen: 0 });
        window.note(nc)
    }

    pub(super) fn len(&self) -> usize {
        self.used.len()
    }
}

impl Window {
    fn note(&mut self, nc: u32) -> bool {
        if nc > self.highest {
            let ahead = nc - self.highest;
            self.seen = if ahead < WINDOW { self.seen << ahead | 1 } else { 1 };
            self.highest = nc;
            return true;
        }
        let behind = self.highest - nc;
        let fresh = behind < WINDOW && self.seen & 1 << behind == 0;
        if fresh {
            self.seen |= 1 << behind;
        }
        fresh
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_count_is_taken_once() {
        let mut window = Window { highest: 0, seen: 0 };
        let taken: Vec<bool> = [1, 3, 2, 2, 3, 100, 37, 36, 4, 0xffff_ffff, 100].map(|nc| window.note(nc)).to_vec();
        assert_eq!(taken, [true, true, true, false, false, true, true, false, false, true, false]);
    }
}
