//! What carries messages to a peer, and the two signs of life that are no messages.

use bytes::Bytes;
use lhtt_core::io::{ListenerId, Output, StreamId};
use std::net::SocketAddr;

/// The way to a peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Path {
    /// Datagrams between a listener of ours and an address.
    Datagrams {
        /// Ours.
        listener: ListenerId,
        /// Theirs.
        remote: SocketAddr,
    },
    /// A stream, TCP or TLS.
    Stream(StreamId),
}

impl Path {
    /// The version that the transport wants (RFC 8855 5.1).
    pub const fn version(&self) -> u8 {
        match self {
            Self::Datagrams { .. } => 2,
            Self::Stream(_) => 1,
        }
    }

    /// Whether it carries datagrams.
    pub const fn is_datagrams(&self) -> bool {
        matches!(self, Self::Datagrams { .. })
    }

    pub(super) fn send(self, data: Bytes) -> Output {
        match self {
            Self::Datagrams { listener, remote } => Output::Transmit { listener, remote, data },
            Self::Stream(stream) => Output::Send { stream, data },
        }
    }
}

/// Whether a datagram is STUN's (RFC 8855 6.2.4): its first two bits are zero, where BFCP has its version.
pub(super) fn is_stun(datagram: &[u8]) -> bool {
    datagram.len() >= 20 && datagram[0] & 0xc0 == 0 && datagram[4..8] == MAGIC_COOKIE
}

/// A STUN Binding Indication without attributes (RFC 8489 5), to keep a binding of a NAT alive.
pub(super) fn binding_indication(transaction: [u8; 12]) -> Bytes {
    let mut out = vec![0x00, 0x11, 0x00, 0x00];
    out.extend_from_slice(&MAGIC_COOKIE);
    out.extend_from_slice(&transaction);
    out.into()
}

const MAGIC_COOKIE: [u8; 4] = [0x21, 0x12, 0xa4, 0x42];
