//! Attributes on the wire: type, M, length, content, padding to 4 octets (RFC 8855 5.2).
//!
//! A length below its own two octets, a number of another length than two, or a group whose inside does not fit is malformed. Padding is
//! zero when written and anything when read. Where a group ends inside the padding of its last attribute, as RFC 4582 peers that do not
//! count it have it, the padding is taken from what follows.

use super::limits::{ATTRIBUTES_MAX, GROUP_DEPTH_MAX};
use super::{Attribute, ErrorCode, FloorId, FloorRequestId, Group, Priority, RequestStatus, UserId};
use bytes::{BufMut, Bytes, BytesMut};

/// What is wrong, and where in the payload.
pub(super) type Wrong = (usize, &'static str);

/// An attribute of ours that cannot be written: its content does not fit the length octet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an attribute of type `{kind}` is longer than 255 octets")]
pub struct TooLong {
    /// The attribute's type; 0 where the message as a whole is too long.
    pub kind: u8,
}

/// Reads the attributes of a whole payload.
pub(super) fn read_all(payload: &Bytes) -> Result<Vec<Attribute>, Wrong> {
    Reader { payload, left: ATTRIBUTES_MAX }.sequence(0, payload.len(), 0)
}

struct Reader<'a> {
    payload: &'a Bytes,
    /// Attributes that may still come.
    left: usize,
}

impl Reader<'_> {
    fn sequence(&mut self, start: usize, end: usize, depth: usize) -> Result<Vec<Attribute>, Wrong> {
        let (mut at, mut out) = (start, Vec::new());
        while at < end {
            self.left = self.left.checked_sub(1).ok_or((at, "too many attributes"))?;
            let (head, length) = match self.payload.get(at..end) {
                Some(&[head, length, ..]) => (head, usize::from(length)),
                _ => return Err((at, "an attribute ends in its head")),
            };
            if length < HEAD || length > end - at {
                return Err((at, "an attribute's length does not fit"));
            }
            out.push(self.one(head >> 1, head & 1 == 1, at + HEAD, at + length, depth)?);
            at += padded(length);
        }
        Ok(out)
    }

    fn one(&mut self, kind: u8, mandatory: bool, start: usize, end: usize, depth: usize) -> Result<Attribute, Wrong> {
        let content = self.payload.slice(start..end);
        Ok(match kind {
            1 => Attribute::BeneficiaryId(UserId(number(&content, start)?)),
            2 => Attribute::FloorId(FloorId(number(&content, start)?)),
            3 => Attribute::FloorRequestId(FloorRequestId(number(&content, start)?)),
            4 => Attribute::Priority(Priority::of((number(&content, start)? >> 13) as u8)),
            5 => {
                let [status, queue_position] = number(&content, start)?.to_be_bytes();
                Attribute::RequestStatus { status: RequestStatus::of(status), queue_position }
            }
            6 => {
                let code = *content.first().ok_or((start, "an ERROR-CODE is empty"))?;
                Attribute::ErrorCode { code: ErrorCode::of(code), details: content.slice(1..) }
            }
            7 => Attribute::ErrorInfo(content),
            8 => Attribute::ParticipantProvidedInfo(content),
            9 => Attribute::StatusInfo(content),
            10 => Attribute::SupportedAttributes(content.iter().map(|octet| octet >> 1).collect()),
            11 => Attribute::SupportedPrimitives(content),
            12 => Attribute::UserDisplayName(content),
            13 => Attribute::UserUri(content),
            14 => Attribute::BeneficiaryInformation(self.group(start, end, depth)?),
            15 => Attribute::FloorRequestInformation(self.group(start, end, depth)?),
            16 => Attribute::RequestedByInformation(self.group(start, end, depth)?),
            17 => Attribute::FloorRequestStatus(self.group(start, end, depth)?),
            18 => Attribute::OverallRequestStatus(self.group(start, end, depth)?),
            kind => Attribute::Unknown { kind, mandatory, content },
        })
    }

    fn group(&mut self, start: usize, end: usize, depth: usize) -> Result<Group, Wrong> {
        if depth == GROUP_DEPTH_MAX {
            return Err((start, "groups stand too deep"));
        }
        let head = self.payload.slice(start..end.min(start + 2));
        Ok(Group { id: number(&head, start)?, attributes: self.sequence(start + 2, end, depth + 1)? })
    }
}

/// Writes attributes one after another.
pub(super) fn write_all(attributes: &[Attribute], out: &mut BytesMut) -> Result<(), TooLong> {
    attributes.iter().try_for_each(|attribute| write(attribute, out))
}

fn write(attribute: &Attribute, out: &mut BytesMut) -> Result<(), TooLong> {
    let start = out.len();
    let kind = attribute.kind();
    let mandatory = matches!(attribute, Attribute::Unknown { mandatory: true, .. });
    out.put_u8(kind << 1 | u8::from(mandatory));
    out.put_u8(0);
    match attribute {
        Attribute::BeneficiaryId(UserId(id))
        | Attribute::FloorId(FloorId(id))
        | Attribute::FloorRequestId(FloorRequestId(id)) => out.put_u16(*id),
        Attribute::Priority(priority) => out.put_u16(u16::from(priority.number()) << 13),
        Attribute::RequestStatus { status, queue_position } => out.put_slice(&[status.number(), *queue_position]),
        Attribute::ErrorCode { code, details } => {
            out.put_u8(code.number());
            out.put_slice(details);
        }
        Attribute::ErrorInfo(octets)
        | Attribute::ParticipantProvidedInfo(octets)
        | Attribute::StatusInfo(octets)
        | Attribute::SupportedPrimitives(octets)
        | Attribute::UserDisplayName(octets)
        | Attribute::UserUri(octets)
        | Attribute::Unknown { content: octets, .. } => out.put_slice(octets),
        Attribute::SupportedAttributes(kinds) => kinds.iter().for_each(|kind| out.put_u8(kind << 1)),
        Attribute::BeneficiaryInformation(group)
        | Attribute::FloorRequestInformation(group)
        | Attribute::RequestedByInformation(group)
        | Attribute::FloorRequestStatus(group)
        | Attribute::OverallRequestStatus(group) => {
            out.put_u16(group.id);
            write_all(&group.attributes, out)?;
        }
    }
    let length = out.len() - start;
    out[start + 1] = u8::try_from(length).map_err(|_| TooLong { kind })?;
    out.put_bytes(0, padded(length) - length);
    Ok(())
}

/// Octets of an attribute's type and length.
const HEAD: usize = 2;

const fn padded(length: usize) -> usize {
    length.next_multiple_of(4)
}

fn number(content: &[u8], at: usize) -> Result<u16, Wrong> {
    match content {
        [high, low] => Ok(u16::from_be_bytes([*high, *low])),
        _ => Err((at, "a 16-bit number has another length")),
    }
}
