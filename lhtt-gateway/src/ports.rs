//! A pool of port numbers: even ports for RTP with the odd one above for RTCP, or single ports for H.245.
//!
//! Ports return in order of release, so that one just freed is not given to the next call while late packets of the
//! last are still on their way.

use std::collections::VecDeque;

/// Ports that are free, the longest free first.
#[derive(Clone, Debug)]
pub struct Ports {
    free: VecDeque<u16>,
    total: usize,
}

impl Ports {
    /// The ports of `range`, every `step`-th.
    pub fn new(range: std::ops::RangeInclusive<u16>, step: usize) -> Self {
        let free: VecDeque<_> = range.step_by(step.max(1)).collect();
        Self { total: free.len(), free }
    }

    /// A free port, if any is left.
    pub fn take(&mut self) -> Option<u16> {
        self.free.pop_front()
    }

    /// Two free ports, or none.
    pub fn take_two(&mut self) -> Option<(u16, u16)> {
        if self.free.len() < 2 {
            return None;
        }
        self.free.pop_front().zip(self.free.pop_front())
    }

    /// Gives a port back.
    pub fn give(&mut self, port: u16) {
        debug_assert!(!self.free.contains(&port), "a port is given back once");
        self.free.push_back(port);
    }

    /// How many are in use.
    pub fn in_use(&self) -> usize {
        self.total - self.free.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_are_even_run_out_and_come_back_last() {
        let mut ports = Ports::new(20000..=20003, 2);
        assert_eq!((ports.take(), ports.take(), ports.take()), (Some(20000), Some(20002), None));
        assert_eq!(ports.in_use(), 2);
        ports.give(20002);
        ports.give(20000);
        assert_eq!((ports.take(), ports.in_use()), (Some(20002), 1));
    }
}
