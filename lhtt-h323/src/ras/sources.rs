//! How fast each host may talk: a bucket of datagrams a host, so that a flood of one costs the others nothing.
//!
//! Bounded by `RasLimits::hosts`: the host heard of longest ago goes. Neighbours are not counted.

use crate::limits::RasLimits;
use lhtt_core::time::Instant;
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

/// The buckets.
#[derive(Debug)]
pub(crate) struct Sources {
    most: usize,
    /// Nanoseconds that one datagram costs, and that a full bucket holds.
    cost: u64,
    full: u64,
    buckets: BTreeMap<IpAddr, Bucket>,
    order: BTreeSet<(Instant, IpAddr)>,
}

#[derive(Debug)]
struct Bucket {
    left: u64,
    heard: Instant,
}

impl Sources {
    pub(crate) fn new(limits: &RasLimits) -> Self {
        let cost = 1_000_000_000 / u64::from(limits.datagrams_per_second.max(1));
        let full = cost * u64::from(limits.burst.max(1));
        Self { most: limits.hosts, cost, full, buckets: BTreeMap::new(), order: BTreeSet::new() }
    }

    /// Whether a datagram of this host is heard.
    pub(crate) fn allow(&mut self, now: Instant, host: IpAddr) -> bool {
        if !self.buckets.contains_key(&host) {
            if self.buckets.len() >= self.most
                && let Some((_, oldest)) = self.order.pop_first()
            {
                self.buckets.remove(&oldest);
            }
            self.buckets.insert(host, Bucket { left: self.full, heard: now });
            self.order.insert((now, host));
        }
        let Some(bucket) = self.buckets.get_mut(&host) else { return false };
        self.order.remove(&(bucket.heard, host));
        let passed = now.as_nanos().saturating_sub(bucket.heard.as_nanos());
        bucket.left = bucket.left.saturating_add(passed).min(self.full);
        bucket.heard = bucket.heard.max(now);
        self.order.insert((bucket.heard, host));
        let allowed = bucket.left >= self.cost;
        bucket.left -= if allowed { self.cost } else { 0 };
        allowed
    }
}
