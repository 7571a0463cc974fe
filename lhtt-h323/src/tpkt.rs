//! TPKT framing of a byte stream (RFC 1006 6, as H.225.0 and H.245 use it).
//!
//! Leaves out: anything inside a packet. A wrong header loses the stream, for nothing tells where the next one begins.

use crate::error::Malformed;
use bytes::{BufMut, Bytes, BytesMut};

/// Octets of a header: version 3, a reserved octet, the length of the whole packet.
pub const HEADER: usize = 4;
/// The longest packet, header included.
pub const PACKET_MAX: usize = 65_535;
const VERSION: u8 = 3;

/// Cuts a stream into packets. Holds at most one incomplete packet.
#[derive(Debug)]
pub struct Framer {
    buffer: BytesMut,
    longest: usize,
}

impl Framer {
    /// A framer that takes packets of at most `longest` octets, header included.
    pub fn new(longest: usize) -> Self {
        Self { buffer: BytesMut::new(), longest: longest.clamp(HEADER, PACKET_MAX) }
    }

    /// Takes what arrived. Call [`Framer::packet`] until it has no more.
    pub fn push(&mut self, data: &[u8]) {
        self.buffer.extend_from_slice(data);
    }

    /// The content of the next whole packet. Empty packets are keep-alives and passed over.
    pub fn packet(&mut self) -> Result<Option<Bytes>, Malformed> {
        loop {
            let Some(&header) = self.buffer.first_chunk::<HEADER>() else { return Ok(None) };
            let length = usize::from(u16::from_be_bytes([header[2], header[3]]));
            if header[0] != VERSION || length < HEADER || length > self.longest {
                return Err(Malformed::Tpkt(header));
            }
            if self.buffer.len() < length {
                return Ok(None);
            }
            let mut packet = self.buffer.split_to(length).freeze();
            if length > HEADER {
                return Ok(Some(packet.split_off(HEADER)));
            }
        }
    }
}

/// One packet with this content, or nothing if it is too long for one.
pub fn frame(content: &[u8]) -> Option<Bytes> {
    let length = u16::try_from(content.len() + HEADER).ok()?;
    let mut packet = BytesMut::with_capacity(usize::from(length));
    packet.put_slice(&[VERSION, 0]);
    packet.put_u16(length);
    packet.put_slice(content);
    Some(packet.freeze())
}
