//! Requests of ours that wait for their answer: numbered, retransmitted with back-off, given up (H.225.0 7.7).
//!
//! An answer counts only from the address that was asked (for a multicast, from anywhere). RIP puts the deadline off.
//! Bounded by `RasLimits::requests`.

use bytes::Bytes;
use lhtt_core::io::{ListenerId, Output};
use lhtt_core::time::{Duration, Instant};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::SocketAddr;

/// How often and how long one tries (H.225.0 table 19).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    /// From the first try to the second; each next wait is twice as long.
    pub first: Duration,
    /// Tries in all, at least one.
    pub tries: u8,
}

/// Where a request goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct To {
    pub(crate) listener: ListenerId,
    pub(crate) remote: SocketAddr,
}

#[derive(Debug)]
struct Waiting<P> {
    to: To,
    octets: Bytes,
    tries_left: u8,
    progress_left: u8,
    wait: Duration,
    due: Instant,
    purpose: P,
}

/// The requests, each with what it is for.
#[derive(Debug)]
pub(crate) struct Exchanges<P> {
    most: usize,
    last: u16,
    waiting: BTreeMap<u16, Waiting<P>>,
    due: BTreeSet<(Instant, u16)>,
}

impl<P> Exchanges<P> {
    /// Numbers begin after `last`.
    pub(crate) fn new(most: usize, last: u16) -> Self {
        Self { most: most.min(usize::from(u16::MAX) / 2), last, waiting: BTreeMap::new(), due: BTreeSet::new() }
    }

    /// Sends the request that is built with its number, and waits for its answer. None where the limit is reached or it cannot be encoded.
    pub(crate) fn ask(
        &mut self,
        now: Instant,
        to: To,
        retry: Retry,
        purpose: P,
        build: impl FnOnce(u16) -> Option<Vec<u8>>,
        outputs: &mut VecDeque<Output>,
    ) -> Option<u16> {
        if self.waiting.len() >= self.most {
            return None;
        }
        let number = self.next();
        let octets = Bytes::from(build(number)?);
        outputs.push_back(Output::Transmit { listener: to.listener, remote: to.remote, data: octets.clone() });
        let due = now + retry.first;
        let tries_left = retry.tries.saturating_sub(1);
        let progress_left = PROGRESS_TIMES_MAX;
        let waiting = Waiting { to, octets, tries_left, progress_left, wait: retry.first, due, purpose };
        self.waiting.insert(number, waiting);
        self.due.insert((due, number));
        Some(number)
    }

    /// What an answer is to, and from where it was expected; the request is over.
    pub(crate) fn answered(&mut self, from: SocketAddr, number: u16) -> Option<P> {
        self.waiting.get(&number).filter(|its| expects(its, from))?;
        self.forget(number)
    }

    /// What a request that waits is for.
    pub(crate) fn purpose(&self, from: SocketAddr, number: u16) -> Option<&P> {
        self.waiting.get(&number).filter(|its| expects(its, from)).map(|its| &its.purpose)
    }

    /// RIP: the answer takes so long (H.225.0 7.20). A request is not put off without end.
    pub(crate) fn progress(&mut self, now: Instant, from: SocketAddr, number: u16, delay: Duration) {
        let Some(its) = self.waiting.get_mut(&number).filter(|its| expects(its, from)) else { return };
        if its.progress_left == 0 {
            return;
        }
        its.progress_left -= 1;
        self.due.remove(&(its.due, number));
        its.due = now + delay.min(PROGRESS_MAX);
        self.due.insert((its.due, number));
    }

    /// The next request nobody answered. Those that are due and have tries left are sent again.
    pub(crate) fn expired(&mut self, now: Instant, outputs: &mut VecDeque<Output>) -> Option<(u16, P)> {
        while let Some(&(due, number)) = self.due.first()
            && due <= now
        {
            let Some(its) = self.waiting.get_mut(&number).filter(|its| its.tries_left > 0) else {
                return self.forget(number).map(|purpose| (number, purpose));
            };
            self.due.remove(&(due, number));
            its.tries_left -= 1;
            its.wait *= 2;
            its.due = now + its.wait;
            self.due.insert((its.due, number));
            let (listener, remote) = (its.to.listener, its.to.remote);
            outputs.push_back(Output::Transmit { listener, remote, data: its.octets.clone() });
        }
        None
    }

    /// Gives up those that are for this.
    pub(crate) fn cancel(&mut self, of: impl Fn(&P) -> bool) {
        let gone: Vec<u16> = self.waiting.iter().filter(|(_, its)| of(&its.purpose)).map(|(n, _)| *n).collect();
        for number in gone {
            self.forget(number);
        }
    }

    /// Gives up all.
    pub(crate) fn clear(&mut self) -> Vec<P> {
        self.due.clear();
        std::mem::take(&mut self.waiting).into_values().map(|its| its.purpose).collect()
    }

    /// When something is due.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.due.first().map(|(due, _)| *due)
    }

    /// How many wait.
    pub(crate) fn len(&self) -> usize {
        self.waiting.len()
    }

    /// The number of a message that expects no answer.
    pub(crate) fn next(&mut self) -> u16 {
        loop {
            self.last = if self.last == u16::MAX { 1 } else { self.last + 1 };
            // No more than half of the numbers are taken, so this ends.
            if !self.waiting.contains_key(&self.last) {
                return self.last;
            }
        }
    }

    fn forget(&mut self, number: u16) -> Option<P> {
        let its = self.waiting.remove(&number)?;
        self.due.remove(&(its.due, number));
        Some(its.purpose)
    }
}

fn expects<P>(its: &Waiting<P>, from: SocketAddr) -> bool {
    its.to.remote == from || its.to.remote.ip().is_multicast()
}

/// The longest that one RIP puts off a deadline.
const PROGRESS_MAX: Duration = Duration::from_secs(10);

/// How often RIP puts it off.
const PROGRESS_TIMES_MAX: u8 = 12;
