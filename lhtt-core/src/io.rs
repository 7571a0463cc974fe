//! The words for I/O: what happens to a sans-I/O machine, and what it asks for.
//!
//! A machine takes [`Input`]s with the time they happened and queues [`Output`]s; a driver (sockets) or a simulator
//! (virtual network) carries them out in order. Leaves out: anything a protocol or the regulation knows.

use bytes::Bytes;
use std::net::{IpAddr, SocketAddr};

/// One byte stream (TCP, or TLS over it). The top byte names who allocated it, so that ids of parts never collide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamId(u64);

impl StreamId {
    /// The id as a number, for logs and indexes.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// Who allocated it: see [`StreamIds::new`].
    pub const fn owner(self) -> u8 {
        (self.0 >> 56) as u8
    }
}

/// Hands out [`StreamId`]s of one owner.
#[derive(Debug)]
pub struct StreamIds {
    next: u64,
}

impl StreamIds {
    /// By convention the driver is owner 0 (accepted streams), stacks take 1 and up.
    pub const fn new(owner: u8) -> Self {
        Self { next: (owner as u64) << 56 }
    }

    /// The next id, never given before.
    pub fn allocate(&mut self) -> StreamId {
        self.next += 1;
        StreamId(self.next)
    }
}

/// One configured listening address, by its place in the configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListenerId(pub u16);

/// What carries bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Transport {
    /// Datagrams.
    Udp,
    /// A plain stream.
    Tcp,
    /// A stream inside TLS.
    Tls,
}

/// What a TLS handshake proved about the peer. What it means is for the core to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TlsIdentity {
    /// Names of the configured trust anchors that verify the chain, in configured order; empty if none does.
    pub anchors: Vec<String>,
    /// subjectAltName dNSName values, lower case.
    pub dns: Vec<String>,
    /// subjectAltName uniformResourceIdentifier values.
    pub uris: Vec<String>,
    /// SHA-256 of the SubjectPublicKeyInfo.
    pub spki_sha256: [u8; 32],
    /// End of validity, seconds since the Unix epoch.
    pub not_after: i64,
}

/// Why a stream ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// The peer finished in good order.
    Finished,
    /// It was reset or failed.
    Reset,
}

/// Why a stream could not be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// Nobody answers at that address.
    Unreachable,
    /// The peer refused the connection.
    Refused,
    /// No answer in time.
    TimedOut,
    /// The TLS handshake failed, ours or theirs; the text is for the log.
    Tls(String),
    /// The local address or port is taken or not ours.
    Local,
}

/// What happens to a machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A datagram arrived on a listener.
    Datagram {
        /// The listener it came to.
        listener: ListenerId,
        /// Who sent it.
        remote: SocketAddr,
        /// Its content.
        data: Bytes,
    },
    /// A peer connected to a listener. For TLS, the handshake is done.
    Accepted {
        /// The new stream.
        stream: StreamId,
        /// The listener it came to.
        listener: ListenerId,
        /// Our end.
        local: SocketAddr,
        /// Their end.
        remote: SocketAddr,
        /// What TLS proved; none on a plain listener.
        tls: Option<Box<TlsIdentity>>,
    },
    /// A stream asked for with [`Output::Open`] or [`Output::Listen`] is up.
    Opened {
        /// The stream.
        stream: StreamId,
        /// Our end.
        local: SocketAddr,
        /// Their end.
        remote: SocketAddr,
        /// What TLS proved; none where it is plain.
        tls: Option<Box<TlsIdentity>>,
    },
    /// A stream asked for will not come up. The id is dead.
    OpenFailed {
        /// The stream.
        stream: StreamId,
        /// Why.
        why: OpenError,
    },
    /// Bytes arrived, in order.
    Data {
        /// The stream.
        stream: StreamId,
        /// The bytes, at least one.
        data: Bytes,
    },
    /// The stream is gone. The id is dead. Not said after an [`Output::Close`].
    Closed {
        /// The stream.
        stream: StreamId,
        /// Why.
        why: Closed,
    },
    /// `poll_timeout` has passed. May be early, late or repeated.
    Timeout,
}

/// What a machine asks for, to be carried out in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Send a datagram from a listener's address.
    Transmit {
        /// The listener to send from.
        listener: ListenerId,
        /// Where to.
        remote: SocketAddr,
        /// Its content.
        data: Bytes,
    },
    /// Open a stream. Ends in [`Input::Opened`] or [`Input::OpenFailed`].
    Open {
        /// The id it will have.
        stream: StreamId,
        /// TCP or TLS.
        transport: Transport,
        /// Where to.
        remote: SocketAddr,
        /// The address to bind, if it matters.
        local: Option<IpAddr>,
        /// The name the peer's certificate must bear (TLS), and the SNI.
        server_name: Option<String>,
    },
    /// Wait for exactly one plain TCP connection at `local` from `from`. Ends as [`Output::Open`] does.
    Listen {
        /// The id it will have.
        stream: StreamId,
        /// The address to listen on; the port is the caller's to allocate.
        local: SocketAddr,
        /// The only host that may connect.
        from: IpAddr,
    },
    /// Send bytes. Allowed as soon as [`Output::Open`] is queued: they wait for the stream.
    Send {
        /// The stream.
        stream: StreamId,
        /// The bytes.
        data: Bytes,
    },
    /// Finish sending what is queued, then close; also ends a pending open or listen. The id is dead.
    Close {
        /// The stream.
        stream: StreamId,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stream_ids_name_their_owner() {
        let mut ids = StreamIds::new(2);
        let (a, b) = (ids.allocate(), ids.allocate());
        assert_eq!((a.owner(), b.owner()), (2, 2));
        assert_ne!(a, b);
    }
}
