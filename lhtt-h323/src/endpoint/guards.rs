//! Peers with a secret, by address, and the civil time their stamps are read by.

use crate::call::heard::Heard;
use crate::h235::{Guard, Security, SecurityFault, Stamp};
use lhtt_core::rng::Rng;
use lhtt_core::time::Instant;
use std::collections::BTreeMap;
use std::net::IpAddr;

/// All guards of an endpoint.
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
        let unix = self.unix();
        self.table.get_mut(&peer).map(|guard| guard.stamp(unix, None))
    }

    /// Checks a message of this peer. All pass where there is no secret.
    pub(crate) fn check(&mut self, peer: IpAddr, heard: &Heard) -> Result<(), SecurityFault> {
        let unix = self.unix();
        match self.table.get_mut(&peer) {
            Some(guard) => {
                let signed = heard.signed.as_ref().ok_or(SecurityFault::Unsigned)?;
                guard.check(unix, &signed.proof(), None)
            }
            None => Ok(()),
        }
    }

    fn unix(&self) -> u32 {
        let seconds = self.epoch.saturating_add(self.now.as_nanos() / 1_000_000_000);
        u32::try_from(seconds).unwrap_or(u32::MAX)
    }
}
