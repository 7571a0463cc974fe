//! Messages longer than a datagram: cut and put together (RFC 8855 6.2.3).
//!
//! The fields of a fragment are checked as it comes, against the whole message's length and against the other fragments: what overlaps
//! or does not fit drops the message, and its sender repeats it.

use super::limits::{ASSEMBLIES_MAX, DATAGRAM_BYTES_MAX, FRAGMENTS_MAX, MESSAGE_BYTES_MAX};
use super::{Fault, Fragment, Header, Message};
use bytes::{Bytes, BytesMut};
use lhtt_core::time::{Duration, Instant};
use std::collections::BTreeMap;
use std::net::SocketAddr;

/// The datagrams that carry a message: one, or fragments of at most [`DATAGRAM_BYTES_MAX`] octets.
pub fn datagrams(message: &Bytes) -> Vec<Bytes> {
    let Ok(header) = Header::of_datagram(message) else { return Vec::new() };
    if message.len() <= DATAGRAM_BYTES_MAX {
        return vec![message.clone()];
    }
    let payload = message.slice(header.bytes()..);
    let room = (DATAGRAM_BYTES_MAX - Header::BYTES - 4) / 4 * 4;
    let cut = |(index, part): (usize, &[u8])| {
        let fragment = Fragment { offset: (index * room / 4) as u16, length: (part.len() / 4) as u16 };
        let mut out = BytesMut::with_capacity(DATAGRAM_BYTES_MAX);
        Header { fragment: Some(fragment), ..header }.write(&mut out);
        out.extend_from_slice(part);
        out.freeze()
    };
    payload.chunks(room).enumerate().map(cut).collect()
}

/// Fragments that wait for the rest of their message: one message a peer, for a peer has one request under way.
#[derive(Debug, Default)]
pub struct Reassembly {
    held: BTreeMap<SocketAddr, Assembly>,
}

#[derive(Debug)]
struct Assembly {
    header: Header,
    /// Offset in octets to content.
    parts: BTreeMap<usize, Bytes>,
    until: Instant,
}

impl Reassembly {
    /// Takes a datagram of a peer. `None` while fragments are missing; the whole message or what is wrong otherwise. Incomplete ones are
    /// dropped after `patience` (T2).
    pub fn take(
        &mut self,
        now: Instant,
        patience: Duration,
        peer: SocketAddr,
        datagram: &Bytes,
    ) -> Option<Result<Message, Fault>> {
        let header = match Header::of_datagram(datagram) {
            Ok(header) => header,
            Err(fault) => return Some(Err(fault)),
        };
        let payload = datagram.slice(header.bytes()..);
        let Some(fragment) = header.fragment else { return Some(Message::of(header, payload)) };
        if !fits(&header, fragment, payload.len()) {
            self.held.remove(&peer);
            return Some(Err(Fault::Length { header, came: payload.len() }));
        }
        let whole = Header { fragment: None, ..header };
        if self.held.get(&peer).is_none_or(|assembly| assembly.header != whole) {
            self.make_room();
            self.held.insert(peer, Assembly { header: whole, parts: BTreeMap::new(), until: now + patience });
        }
        let assembly = self.held.get_mut(&peer)?;
        match assembly.add(usize::from(fragment.offset) * 4, payload) {
            Added::Waits => None,
            Added::Whole => {
                let Assembly { header, parts, .. } = self.held.remove(&peer)?;
                let payload: BytesMut = parts.into_values().flatten().collect();
                Some(Message::of(header, payload.freeze()))
            }
            Added::Overlaps(came) => {
                self.held.remove(&peer);
                Some(Err(Fault::Length { header, came }))
            }
        }
    }

    /// Messages that wait for fragments.
    pub fn len(&self) -> usize {
        self.held.len()
    }

    /// Whether none waits.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// When the next one is given up.
    pub fn poll_timeout(&self) -> Option<Instant> {
        self.held.values().map(|assembly| assembly.until).min()
    }

    /// Drops those whose time has passed.
    pub fn expire(&mut self, now: Instant) {
        self.held.retain(|_, assembly| assembly.until > now);
    }

    /// Drops what waits of a peer.
    pub(super) fn forget(&mut self, peer: SocketAddr) {
        self.held.remove(&peer);
    }

    fn make_room(&mut self) {
        if self.held.len() >= ASSEMBLIES_MAX {
            let oldest = self.held.iter().min_by_key(|(_, assembly)| assembly.until).map(|(peer, _)| *peer);
            oldest.map(|peer| self.held.remove(&peer));
        }
    }
}

enum Added {
    Waits,
    Whole,
    Overlaps(usize),
}

impl Assembly {
    /// The same fragment again is no overlap: its sender repeats the whole message.
    fn add(&mut self, offset: usize, part: Bytes) -> Added {
        let end = offset + part.len();
        let before = self.parts.range(..=offset).next_back();
        let after = self.parts.range(offset + 1..).next();
        match (before, after) {
            (Some((&at, known)), _) if at == offset && *known == part => {}
            (Some((&at, known)), _) if at + known.len() > offset => return Added::Overlaps(part.len()),
            (_, Some((&at, _))) if at < end => return Added::Overlaps(part.len()),
            _ if self.parts.len() == FRAGMENTS_MAX => return Added::Overlaps(part.len()),
            _ => {
                self.parts.insert(offset, part);
            }
        }
        let have: usize = self.parts.values().map(Bytes::len).sum();
        if have == self.header.payload_bytes() { Added::Whole } else { Added::Waits }
    }
}

/// A fragment has something in it, says so truly, and lies within a message that we would hold.
fn fits(header: &Header, fragment: Fragment, came: usize) -> bool {
    let (offset, length) = (usize::from(fragment.offset) * 4, usize::from(fragment.length) * 4);
    length > 0
        && length == came
        && offset + length <= header.payload_bytes()
        && header.payload_bytes() + Header::BYTES <= MESSAGE_BYTES_MAX
}
