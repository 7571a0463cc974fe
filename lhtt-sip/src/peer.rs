//! Who the other end of a dialog is, and whether a request within the dialog comes from it. RFC 3261 26.1 (hijacking, tearing
//! down sessions): Call-ID and tags are no secret on a path that others share.
//!
//! | carrier               | a request is the peer's if it comes                                                       |
//! |-----------------------|-------------------------------------------------------------------------------------------|
//! | TLS, with certificate | by the dialog's stream, or by one whose other end proved the same                           |
//! | TLS without, TCP      | by the dialog's stream; once that is gone, or where we called, by one of its host           |
//! | UDP                   | from where its INVITE, or 2xx, came, or from the next hop; by address alone if ports differ  |
//!
//! A dialog of TLS takes nothing from elsewhere; one of UDP takes TCP of the same host, which large requests change to
//! (RFC 3261 18.1.1). The next hop is the top of the route set, else the remote target.

use crate::dialog::Dialog;
use crate::endpoint::words::Source;
use lhtt_core::io::{StreamId, TlsIdentity, Transport};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// The other end of a dialog.
#[derive(Clone, Debug)]
pub(crate) struct Peer {
    transport: Transport,
    remote: SocketAddr,
    identity: Option<Arc<TlsIdentity>>,
    /// Whether it sends datagrams from the address at which it takes them, so that the port says something too.
    symmetric: bool,
}

/// What a request, or a response, came by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct From<'a> {
    pub(crate) source: &'a Source,
    pub(crate) identity: Option<&'a Arc<TlsIdentity>>,
}

/// What else is known of a dialog when a request is judged.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dialogue<'a> {
    /// Its stream, if that lives.
    pub(crate) stream: Option<StreamId>,
    /// Whether the INVITE was ours: then the peer has to connect to us by itself where it takes requests on another port.
    pub(crate) caller: bool,
    pub(crate) dialog: Option<&'a Dialog>,
}

impl Peer {
    /// Of whoever sent a message that makes a dialog, and where it takes requests.
    pub(crate) fn new(from: From<'_>, takes_at: Option<SocketAddr>) -> Self {
        let Source { transport, remote, .. } = *from.source;
        let identity = from.identity.filter(|identity| proves(identity)).cloned();
        Self { transport, remote, identity, symmetric: takes_at == Some(remote) }
    }

    /// Whether a request is from this peer.
    pub(crate) fn sent(&self, from: From<'_>, dialogue: Dialogue<'_>) -> bool {
        let source = from.source;
        match (self.transport, source.transport) {
            (Transport::Udp, Transport::Udp) if self.symmetric => {
                source.remote == self.remote || Some(source.remote) == self.next_hop(dialogue)
            }
            (Transport::Udp, Transport::Udp | Transport::Tcp) => self.is_host(source.remote.ip(), dialogue),
            (Transport::Tcp, Transport::Udp) | (Transport::Tls, Transport::Udp | Transport::Tcp) => false,
            (Transport::Udp, Transport::Tls) => self.is_host(source.remote.ip(), dialogue),
            (Transport::Tcp | Transport::Tls, _) if source.stream.is_some() && source.stream == dialogue.stream => true,
            (Transport::Tls, Transport::Tls) if self.identity.is_some() => {
                from.identity.is_some_and(|theirs| self.identity.as_ref().is_some_and(|ours| same(ours, theirs)))
            }
            (Transport::Tcp | Transport::Tls, _) => {
                (dialogue.caller || dialogue.stream.is_none()) && self.is_host(source.remote.ip(), dialogue)
            }
        }
    }

    fn is_host(&self, host: IpAddr, dialogue: Dialogue<'_>) -> bool {
        host == self.remote.ip() || self.next_hop(dialogue).is_some_and(|next_hop| next_hop.ip() == host)
    }

    /// The next hop, if it is an address. Read only where nothing else decides.
    fn next_hop(&self, dialogue: Dialogue<'_>) -> Option<SocketAddr> {
        dialogue.dialog?.next_address(self.transport == Transport::Tls)
    }
}

/// Whether a handshake proved who is there.
fn proves(identity: &TlsIdentity) -> bool {
    !identity.anchors.is_empty()
}

/// Whether two handshakes proved the same: the same key, or, after a new certificate, the same names by the same anchors.
fn same(one: &TlsIdentity, other: &TlsIdentity) -> bool {
    let named = !one.dns.is_empty() || !one.uris.is_empty();
    let names = (&one.dns, &one.uris, &one.anchors) == (&other.dns, &other.uris, &other.anchors);
    proves(other) && (one.spki_sha256 == other.spki_sha256 || named && names)
}
