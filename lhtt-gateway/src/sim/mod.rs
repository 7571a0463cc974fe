//! A deterministic world around the gateway: virtual clock, virtual network with seeded faults, peers, store and relay.
//!
//! [`run`] plays many calls from one seed and checks the invariants of ARCHITECTURE.md (I1 to I4, I7, I8, I12). The seed
//! is the bug report: the same seed gives the same run and the same journal. Peers are the project's own stacks, which
//! obey their standards; that other people's stacks agree is for `interop/` to show. Leaves out: RAS, several nodes.

mod check;
mod fixture;
mod net;
mod peer;
mod world;

pub use check::Broken;
#[cfg(test)]
pub(crate) use fixture::{ALIAS, facts, settings, start};
pub use fixture::{MCU_ROOM, SimOptions};
pub use world::{Report, World};

/// Faults of the network and the store, each a chance in 1,000 per event of its kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// A datagram is lost.
    pub datagram_lost: u64,
    /// A datagram arrives twice.
    pub datagram_doubled: u64,
    /// A datagram is overtaken by later ones.
    pub datagram_late: u64,
    /// A stream is reset instead of carrying data.
    pub stream_reset: u64,
    /// A connection is refused.
    pub open_refused: u64,
    /// An append fails.
    pub append_failed: u64,
}

impl Faults {
    /// A rough day: what a lossy line and a struggling disk do.
    pub const ROUGH: Self = Self {
        datagram_lost: 50,
        datagram_doubled: 20,
        datagram_late: 30,
        stream_reset: 2,
        open_refused: 10,
        append_failed: 5,
    };
}

/// A bug planted between the gateway and the world, to see that the checks catch its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planted {
    /// A relay's ports are not given back.
    PortLeak,
    /// The gateway's timers do not fire any more.
    LostTimer,
    /// The gateway never hears that a peer closed a stream.
    LostStreamClose,
    /// The end of a join never becomes durable.
    SlotKept,
    /// A 2xx is sent once only.
    Missing2xxRetransmission,
    /// An octet goes to the callee before the permit is durable.
    EarlyDial,
}

/// Plays a world to its end.
///
/// # Errors
/// The first invariant that does not hold.
pub fn run(seed: u64, options: &SimOptions) -> Result<Report, Broken> {
    World::new(seed, options).play()
}
