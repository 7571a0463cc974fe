//! Attributes (RFC 8855 5.2): what they are. How they stand on the wire is `attribute_codec`'s.
//!
//! The M bit of attributes that the standard defines means nothing and is not kept; that of others is.

use super::{ErrorCode, FloorId, FloorRequestId, Priority, RequestStatus, UserId};
use bytes::Bytes;

/// One attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attribute {
    /// For whom a request is made, or about whom something is asked.
    BeneficiaryId(UserId),
    /// A floor.
    FloorId(FloorId),
    /// A request.
    FloorRequestId(FloorRequestId),
    /// How urgent a request is.
    Priority(Priority),
    /// How a request stands.
    RequestStatus {
        /// The status.
        status: RequestStatus,
        /// From 1 in the queue; 0 is not said.
        queue_position: u8,
    },
    /// Why a message was refused.
    ErrorCode {
        /// The code.
        code: ErrorCode,
        /// For code 4, an octet for each type that was not understood (RFC 8855 5.2.6.1).
        details: Bytes,
    },
    /// Text about an error.
    ErrorInfo(Bytes),
    /// Text of a participant about its request.
    ParticipantProvidedInfo(Bytes),
    /// Text about a status.
    StatusInfo(Bytes),
    /// Types of attributes that a server knows.
    SupportedAttributes(Vec<u8>),
    /// Primitives that a server knows.
    SupportedPrimitives(Bytes),
    /// A user's name.
    UserDisplayName(Bytes),
    /// A user's URI.
    UserUri(Bytes),
    /// Who has the floors of a request.
    BeneficiaryInformation(Group),
    /// A request.
    FloorRequestInformation(Group),
    /// Who asked.
    RequestedByInformation(Group),
    /// How a request stands at one floor.
    FloorRequestStatus(Group),
    /// How a request stands as a whole.
    OverallRequestStatus(Group),
    /// An extension that we do not know.
    Unknown {
        /// Its type, 7 bits.
        kind: u8,
        /// M: whoever does not understand it has to refuse the message.
        mandatory: bool,
        /// Its content.
        content: Bytes,
    },
}

/// A grouped attribute: a number (a user, floor or request by the attribute's type) and attributes about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The number in its head.
    pub id: u16,
    /// What it holds, in order.
    pub attributes: Vec<Attribute>,
}

impl Attribute {
    /// The types that we know (RFC 8855 table 2).
    pub const KNOWN: std::ops::RangeInclusive<u8> = 1..=18;

    /// The type on the wire.
    pub const fn kind(&self) -> u8 {
        match self {
            Self::BeneficiaryId(_) => 1,
            Self::FloorId(_) => 2,
            Self::FloorRequestId(_) => 3,
            Self::Priority(_) => 4,
            Self::RequestStatus { .. } => 5,
            Self::ErrorCode { .. } => 6,
            Self::ErrorInfo(_) => 7,
            Self::ParticipantProvidedInfo(_) => 8,
            Self::StatusInfo(_) => 9,
            Self::SupportedAttributes(_) => 10,
            Self::SupportedPrimitives(_) => 11,
            Self::UserDisplayName(_) => 12,
            Self::UserUri(_) => 13,
            Self::BeneficiaryInformation(_) => 14,
            Self::FloorRequestInformation(_) => 15,
            Self::RequestedByInformation(_) => 16,
            Self::FloorRequestStatus(_) => 17,
            Self::OverallRequestStatus(_) => 18,
            Self::Unknown { kind, .. } => *kind,
        }
    }

    /// What a grouped attribute holds.
    pub const fn group(&self) -> Option<&Group> {
        match self {
            Self::BeneficiaryInformation(group)
            | Self::FloorRequestInformation(group)
            | Self::RequestedByInformation(group)
            | Self::FloorRequestStatus(group)
            | Self::OverallRequestStatus(group) => Some(group),
            _ => None,
        }
    }

    /// Adds the types of attributes that must be understood and are not, here and below.
    pub(super) fn unknown_mandatory(&self, out: &mut Vec<u8>) {
        match self {
            Self::Unknown { kind, mandatory: true, .. } if !out.contains(kind) => out.push(*kind),
            _ => {
                let inner = self.group().map_or(&[][..], |group| &group.attributes);
                inner.iter().for_each(|attribute| attribute.unknown_mandatory(out));
            }
        }
    }
}

impl Group {
    /// A group.
    pub const fn new(id: u16, attributes: Vec<Attribute>) -> Self {
        Self { id, attributes }
    }
}
