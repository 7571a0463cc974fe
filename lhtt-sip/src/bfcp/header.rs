//! COMMON-HEADER: 12 octets, 16 in a fragment (RFC 8855 5.1).

use super::{ConferenceId, Fault, Primitive, TransactionId, UserId};
use bytes::{BufMut, BytesMut};

/// The head of a message or of a fragment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// 1 over a stream, 2 over datagrams.
    pub version: u8,
    /// R: this answers the transaction, over datagrams.
    pub response: bool,
    /// F and its fields: this is a part of a message, over datagrams.
    pub fragment: Option<Fragment>,
    /// What the message is for.
    pub primitive: Primitive,
    /// The length of the whole message behind the header, in units of 4 octets.
    pub payload_length: u16,
    /// The conference.
    pub conference: ConferenceId,
    /// The transaction.
    pub transaction: TransactionId,
    /// Who asks, or who is told.
    pub user: UserId,
}

/// Which part of a message a fragment is, in units of 4 octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fragment {
    /// What stands in earlier fragments.
    pub offset: u16,
    /// What stands in this one.
    pub length: u16,
}

impl Header {
    /// Octets of a header without fragment fields.
    pub const BYTES: usize = 12;

    /// Octets of this header.
    pub const fn bytes(&self) -> usize {
        if self.fragment.is_some() { Self::BYTES + 4 } else { Self::BYTES }
    }

    /// Octets of the whole message behind the header.
    pub const fn payload_bytes(&self) -> usize {
        self.payload_length as usize * 4
    }

    /// Reads the head of a datagram, where R and F count; the reserved bits do not.
    ///
    /// # Errors
    /// [`Fault::Short`].
    pub fn of_datagram(octets: &[u8]) -> Result<Self, Fault> {
        let mut header = Self::of_stream(octets)?;
        header.response = octets[0] & RESPONSE != 0;
        if octets[0] & FRAGMENT != 0 {
            let fields = octets.get(Self::BYTES..Self::BYTES + 4).ok_or(Fault::Short(octets.len()))?;
            header.fragment = Some(Fragment { offset: u16_at(fields, 0), length: u16_at(fields, 2) });
        }
        Ok(header)
    }

    /// Reads the head of a message in a stream, where R and F mean nothing.
    ///
    /// # Errors
    /// [`Fault::Short`].
    pub fn of_stream(octets: &[u8]) -> Result<Self, Fault> {
        let octets = octets.get(..Self::BYTES).ok_or(Fault::Short(octets.len()))?;
        Ok(Self {
            version: octets[0] >> 5,
            response: false,
            fragment: None,
            primitive: Primitive::of(octets[1]),
            payload_length: u16_at(octets, 2),
            conference: ConferenceId(u32::from(u16_at(octets, 4)) << 16 | u32::from(u16_at(octets, 6))),
            transaction: TransactionId(u16_at(octets, 8)),
            user: UserId(u16_at(octets, 10)),
        })
    }

    pub(super) fn write(&self, out: &mut BytesMut) {
        let response = if self.response { RESPONSE } else { 0 };
        let fragment = if self.fragment.is_some() { FRAGMENT } else { 0 };
        out.put_u8(self.version << 5 | response | fragment);
        out.put_u8(self.primitive.number());
        out.put_u16(self.payload_length);
        out.put_u32(self.conference.0);
        out.put_u16(self.transaction.0);
        out.put_u16(self.user.0);
        if let Some(Fragment { offset, length }) = self.fragment {
            out.put_u16(offset);
            out.put_u16(length);
        }
    }
}

const RESPONSE: u8 = 0x10;
const FRAGMENT: u8 = 0x08;

fn u16_at(octets: &[u8], at: usize) -> u16 {
    u16::from(octets[at]) << 8 | u16::from(octets[at + 1])
}
