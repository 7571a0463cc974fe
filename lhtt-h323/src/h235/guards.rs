//! Peers with a secret, by address, and the civil time their stamps are read by.

use super::{Guard, Names, Proof, Security, SecurityFault, Stamp};
use lhtt_core::rng::Rng;
use lhtt_core::time::Instant;
use std::collections::BTreeMap;
use std::net::IpAddr;

/// All guards of an endpoint, a gatekeeper or a gatekeeper's client.
#[derive(Debug, Default)]
pub(crate) struct Guards {
    table: BTreeMap<IpAddr, Guard>,
    /// Unix seconds at the origin of the monotonic clock.
    epoch: u64,
    now: Instant,
}

impl Guards {
    pub(crate) fn set(&mut self, peer: IpAddr, security: Security, rng: &mut Rng) {
        self.table.insert(peer, Guard::new(security, rng.next_u32()));
    }

    pub(crate) fn set_epoch(&mut self, unix_at_zero: u64) {
        self.epoch = unix_at_zero;
    }

    /// It is this late.
    pub(crate) fn tick(&mut self, now: Instant) {
        self.now = now;
    }

    /// A token for the next message to this peer; none where there is no secret.
    pub(crate) fn stamp(&mut self, peer: IpAddr) -> Option<Stamp> {
        self.stamp_from(peer, None)
    }

    /// The same, by us under another name than the one agreed.
    pub(crate) fn stamp_from(&mut self, peer: IpAddr, from: Option<&str>) -> Option<Stamp> {
        let unix = self.unix();
        self.table.get_mut(&peer).map(|guard| guard.stamp(unix, from))
    }

    /// Whether this peer has a secret.
    pub(crate) fn has(&self, peer: IpAddr) -> bool {
        self.table.contains_key(&peer)
    }

    /// Checks a message of this peer. All pass where there is no secret.
    pub(crate) fn check(
        &mut self,
        peer: IpAddr,
        proof: Option<Proof<'_>>,
        names: Names<'_>,
    ) -> Result<(), SecurityFault> {
        let unix = self.unix();
        match self.table.get_mut(&peer) {
            Some(guard) => guard.check(unix, &proof.ok_or(SecurityFault::Unsigned)?, names),
            None => Ok(()),
        }
    }

    fn unix(&self) -> u32 {
        let seconds = self.epoch.saturating_add(self.now.as_nanos() / 1_000_000_000);
        u32::try_from(seconds).unwrap_or(u32::MAX)
    }
}
