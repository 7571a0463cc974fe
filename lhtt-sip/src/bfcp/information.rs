//! What is told about a request and about a user: typed views of the grouped attributes (RFC 8855 5.2.14 to 5.2.18).
//!
//! Read more widely than the grammar: a FLOOR-REQUEST-STATUS inside OVERALL-REQUEST-STATUS counts too, as Polycom's devices have it.

use super::limits::{TOLD_NAME_BYTES_MAX, TOLD_TEXT_BYTES_MAX};
use super::{Attribute, FloorId, FloorRequestId, Group, Message, Priority, RequestStatus, UserId};
use bytes::Bytes;

/// A request as FLOOR-REQUEST-INFORMATION tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestInformation {
    /// Its number at the server.
    pub request: FloorRequestId,
    /// How it stands as a whole.
    pub overall: Standing,
    /// Its floors, and how it stands at each.
    pub floors: Vec<(FloorId, Standing)>,
    /// Who gets the floors, where that is said.
    pub beneficiary: Option<UserInformation>,
    /// Who asked, where that is said.
    pub requested_by: Option<UserInformation>,
    /// How urgent it was called.
    pub priority: Option<Priority>,
    /// What the participant said about it.
    pub provided_info: Option<String>,
}

/// How a request stands, as a whole or at one floor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The status, where it is said.
    pub status: Option<RequestStatus>,
    /// From 1 in the queue; 0 is not said.
    pub queue_position: u8,
    /// Text about it.
    pub info: Option<String>,
}

/// A user as BENEFICIARY-INFORMATION and REQUESTED-BY-INFORMATION tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserInformation {
    /// The number.
    pub user: UserId,
    /// The name.
    pub display_name: Option<String>,
    /// The URI.
    pub uri: Option<String>,
}

impl RequestInformation {
    /// Reads the group of a FLOOR-REQUEST-INFORMATION.
    pub fn of(group: &Group) -> Self {
        let mut out = Self {
            request: FloorRequestId(group.id),
            overall: Standing::default(),
            floors: Vec::new(),
            beneficiary: None,
            requested_by: None,
            priority: None,
            provided_info: None,
        };
        for attribute in &group.attributes {
            match attribute {
                Attribute::OverallRequestStatus(overall) => {
                    out.overall = Standing::of(overall);
                    out.floors.extend(overall.attributes.iter().filter_map(floor));
                }
                Attribute::FloorRequestStatus(_) => out.floors.extend(floor(attribute)),
                Attribute::BeneficiaryInformation(user) => out.beneficiary = Some(UserInformation::of(user)),
                Attribute::RequestedByInformation(user) => out.requested_by = Some(UserInformation::of(user)),
                Attribute::Priority(priority) => out.priority = Some(*priority),
                Attribute::ParticipantProvidedInfo(octets) => out.provided_info = Some(text(octets)),
                _ => {}
            }
        }
        out
    }

    /// All that a message tells about requests.
    pub fn all(message: &Message) -> Vec<Self> {
        let read = |attribute: &Attribute| match attribute {
            Attribute::FloorRequestInformation(group) => Some(Self::of(group)),
            _ => None,
        };
        message.attributes.iter().filter_map(read).collect()
    }

    /// The attribute that says so; texts are cut so that it can be written.
    pub fn attribute(&self) -> Attribute {
        let mut attributes = vec![Attribute::OverallRequestStatus(self.overall.group(self.request.0))];
        attributes.extend(self.floors.iter().map(|(floor, at)| Attribute::FloorRequestStatus(at.group(floor.0))));
        let users = [(&self.beneficiary, true), (&self.requested_by, false)];
        attributes.extend(users.into_iter().filter_map(|(user, gets)| Some(user.as_ref()?.attribute(gets))));
        attributes.extend(self.priority.map(Attribute::Priority));
        let said = self.provided_info.as_deref();
        attributes.extend(said.map(|said| Attribute::ParticipantProvidedInfo(cut(said, TOLD_TEXT_BYTES_MAX))));
        Attribute::FloorRequestInformation(Group::new(self.request.0, attributes))
    }
}

impl Standing {
    /// A status alone.
    pub const fn at(status: RequestStatus) -> Self {
        Self { status: Some(status), queue_position: 0, info: None }
    }

    fn of(group: &Group) -> Self {
        let mut out = Self::default();
        for attribute in &group.attributes {
            match attribute {
                Attribute::RequestStatus { status, queue_position } => {
                    (out.status, out.queue_position) = (Some(*status), *queue_position);
                }
                Attribute::StatusInfo(octets) => out.info = Some(text(octets)),
                _ => {}
            }
        }
        out
    }

    fn group(&self, id: u16) -> Group {
        let queue_position = self.queue_position;
        let status = self.status.map(|status| Attribute::RequestStatus { status, queue_position });
        let info = self.info.as_deref().map(|info| Attribute::StatusInfo(cut(info, TOLD_TEXT_BYTES_MAX)));
        Group::new(id, status.into_iter().chain(info).collect())
    }
}

impl UserInformation {
    /// A user by its number alone.
    pub const fn new(user: UserId) -> Self {
        Self { user, display_name: None, uri: None }
    }

    /// Reads the group of a BENEFICIARY-INFORMATION or REQUESTED-BY-INFORMATION.
    pub fn of(group: &Group) -> Self {
        let mut out = Self::new(UserId(group.id));
        for attribute in &group.attributes {
            match attribute {
                Attribute::UserDisplayName(octets) => out.display_name = Some(text(octets)),
                Attribute::UserUri(octets) => out.uri = Some(text(octets)),
                _ => {}
            }
        }
        out
    }

    /// Inside what is told about a request the name is cut and the URI left out, for the room there is small.
    fn attribute(&self, beneficiary: bool) -> Attribute {
        let name = self.display_name.as_deref().filter(|_| beneficiary);
        let name = name.map(|name| Attribute::UserDisplayName(cut(name, TOLD_NAME_BYTES_MAX)));
        let group = Group::new(self.user.0, name.into_iter().collect());
        if beneficiary { Attribute::BeneficiaryInformation(group) } else { Attribute::RequestedByInformation(group) }
    }

    /// The BENEFICIARY-INFORMATION of a UserStatus: name and URI as far as each fits half of it.
    pub(super) fn whole(&self) -> Attribute {
        let name = self.display_name.as_deref().map(|name| Attribute::UserDisplayName(cut(name, HALF)));
        let uri = self.uri.as_deref().filter(|uri| uri.len() <= HALF);
        let uri = uri.map(|uri| Attribute::UserUri(cut(uri, HALF)));
        Attribute::BeneficiaryInformation(Group::new(self.user.0, name.into_iter().chain(uri).collect()))
    }
}

/// Half of what a group of two texts holds: 252 less its head and theirs.
const HALF: usize = 120;

fn floor(attribute: &Attribute) -> Option<(FloorId, Standing)> {
    match attribute {
        Attribute::FloorRequestStatus(group) => Some((FloorId(group.id), Standing::of(group))),
        _ => None,
    }
}

/// Text of a peer: UTF-8 by the standard; what is not reads as replacement characters.
pub(super) fn text(octets: &Bytes) -> String {
    String::from_utf8_lossy(octets).into_owned()
}

/// The longest beginning of whole characters within `most` octets.
pub(super) fn cut(text: &str, most: usize) -> Bytes {
    Bytes::copy_from_slice(&text.as_bytes()[..text.floor_char_boundary(most)])
}
