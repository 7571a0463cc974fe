//! The words for media: what the gateway asks of a relay, and what a relay reports.
//!
//! A relay has two sides. A packet received on one side leaves on the other if that side has a remote address and the
//! payload type has a row; everything else is dropped and counted. SSRC, sequence numbers and timestamps are never
//! touched (RFC 3550 7.1 calls this a translator). RTCP goes to the remote's RTCP address as it is.
//!
//! The types here are pure. [`table`] is the pure forwarding table, [`forward`] the thread and sockets that run it.
//! Leaves out: transcoding, SRTP.

pub mod forward;
pub mod table;

use std::net::SocketAddr;

/// One relay, for the life of a call's media. The gateway allocates it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelayId(pub u64);

/// One of the two sides of a relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The side that [`RelayCommand::Create`] calls `a`.
    A,
    /// The side that [`RelayCommand::Create`] calls `b`.
    B,
}

impl Side {
    /// The opposite side.
    pub const fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }
}

/// A pair of local ports: RTP at an even port and RTCP at the next (RFC 3550 11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Port(SocketAddr);

impl Port {
    /// The pair whose RTP address is `rtp`; none if its port is odd or zero.
    pub fn new(rtp: SocketAddr) -> Option<Self> {
        (rtp.port() != 0 && rtp.port().is_multiple_of(2)).then_some(Self(rtp))
    }

    /// The address RTP is received on and sent from.
    pub const fn rtp(self) -> SocketAddr {
        self.0
    }

    /// The address RTCP is received on and sent from.
    pub fn rtcp(self) -> SocketAddr {
        SocketAddr::new(self.0.ip(), self.0.port() + 1)
    }
}

/// What the gateway asks of the relay, to be carried out in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RelayCommand {
    /// Bind both pairs of ports. Nothing is forwarded until [`RelayCommand::Direct`]. Ends in
    /// [`RelayEvent::Failed`] if a port cannot be bound.
    Create {
        /// The relay.
        relay: RelayId,
        /// The ports of side A.
        a: Port,
        /// The ports of side B.
        b: Port,
    },
    /// Say where packets leaving on side `to` go and which payload types pass. Replaces what was said before.
    Direct {
        /// The relay.
        relay: RelayId,
        /// The side packets leave on.
        to: Side,
        /// Where RTP goes; none forwards nothing.
        remote: Option<SocketAddr>,
        /// Where RTCP goes; none is the port after `remote`.
        remote_rtcp: Option<SocketAddr>,
        /// Payload type as received on the other side, payload type as sent here. All others are dropped.
        payload: Vec<(u8, u8)>,
    },
    /// Release the ports and forget the relay. Nothing is reported about it afterwards.
    Remove {
        /// The relay.
        relay: RelayId,
    },
}

/// What the relay reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RelayEvent {
    /// The relay could not be made; its ports are free again and the id is dead.
    Failed {
        /// The relay.
        relay: RelayId,
        /// Why, for the log.
        why: String,
    },
    /// The first valid RTP packet arrived on `side`: its source is the only one listened to from now on, but for the
    /// signalled address, which may take over.
    SourceLocked {
        /// The relay.
        relay: RelayId,
        /// The side it arrived on.
        side: Side,
        /// Its source.
        remote: SocketAddr,
    },
    /// A side whose source is locked has sent no RTP for [`SILENCE`]. Said once a silence.
    Silent {
        /// The relay.
        relay: RelayId,
        /// The side that went silent.
        side: Side,
    },
}

/// How long a locked source may send nothing before [`RelayEvent::Silent`]: longer than any pause of a sender with
/// silence suppression, which still sends RTCP and comfort noise.
pub const SILENCE: std::time::Duration = std::time::Duration::from_secs(30);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_starts_at_an_even_port() {
        let at = |port| SocketAddr::from(([127, 0, 0, 1], port));
        assert_eq!(Port::new(at(0)), None);
        assert_eq!(Port::new(at(4001)), None);
        assert_eq!(Port::new(at(4000)).map(Port::rtcp), Some(at(4001)));
    }
}
