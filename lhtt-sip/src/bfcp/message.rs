//! Messages: a header's facts and the attributes (RFC 8855 5).

use super::attribute_codec::{TooLong, read_all, write_all};
use super::limits::MESSAGE_BYTES_MAX;
use super::{Attribute, ConferenceId, Fault, Header, Primitive, TransactionId, UserId};
use bytes::{Bytes, BytesMut};

/// One message, whole.
///
/// ```
/// use lhtt_sip::bfcp::{Attribute, ConferenceId, FloorId, Message, Primitive, TransactionId, UserId};
/// let request = Message::request(1, Primitive::FloorRequest, ConferenceId(7), TransactionId(2), UserId(3))
///     .with(Attribute::FloorId(FloorId(1)));
/// let octets = request.to_bytes()?;
/// assert_eq!(octets[..], [0x20, 1, 0, 1, 0, 0, 0, 7, 0, 2, 0, 3, 4, 4, 0, 1]);
/// assert_eq!(Message::of_stream(&octets), Ok(request));
/// # Ok::<(), lhtt_sip::bfcp::TooLong>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// 1 over a stream, 2 over datagrams.
    pub version: u8,
    /// Whether it answers a transaction; only said over datagrams.
    pub response: bool,
    /// What it is for.
    pub primitive: Primitive,
    /// The conference.
    pub conference: ConferenceId,
    /// The transaction.
    pub transaction: TransactionId,
    /// Who asks, or who is told.
    pub user: UserId,
    /// The attributes in order.
    pub attributes: Vec<Attribute>,
}

impl Message {
    /// A message without attributes that begins a transaction.
    pub const fn request(
        version: u8,
        primitive: Primitive,
        conference: ConferenceId,
        transaction: TransactionId,
        user: UserId,
    ) -> Self {
        Self { version, response: false, primitive, conference, transaction, user, attributes: Vec::new() }
    }

    /// The same with an attribute more.
    #[must_use]
    pub fn with(mut self, attribute: Attribute) -> Self {
        self.attributes.push(attribute);
        self
    }

    /// A message without attributes that answers this one: conference, transaction and user are copied (RFC 8855 8.2).
    pub fn answer(&self, primitive: Primitive) -> Self {
        Self {
            response: self.version == 2,
            ..Self::request(self.version, primitive, self.conference, self.transaction, self.user)
        }
    }

    /// Reads one message as a stream carries it; R and F mean nothing there.
    ///
    /// # Errors
    /// [`Fault`], as told by [`Message::of_datagram`].
    pub fn of_stream(octets: &Bytes) -> Result<Self, Fault> {
        Self::of(Header::of_stream(octets)?, octets.slice(Header::BYTES..))
    }

    /// Reads one datagram that is a whole message.
    ///
    /// # Errors
    /// [`Fault`]: too few octets for a header, a version other than 1 and 2, a payload length that is not the datagram's, attributes that
    /// cannot be read. A fragment is [`Fault::Length`]: [`super::Reassembly`] takes those.
    pub fn of_datagram(octets: &Bytes) -> Result<Self, Fault> {
        let header = Header::of_datagram(octets)?;
        let payload = octets.slice(header.bytes()..);
        match header.fragment {
            Some(_) => Err(Fault::Length { header, came: payload.len() }),
            None => Self::of(header, payload),
        }
    }

    /// Reads what stands behind a header.
    pub(super) fn of(header: Header, payload: Bytes) -> Result<Self, Fault> {
        if !(1..=2).contains(&header.version) {
            return Err(Fault::Version(header));
        }
        if header.payload_bytes() != payload.len() || payload.len() + Header::BYTES > MESSAGE_BYTES_MAX {
            return Err(Fault::Length { header, came: payload.len() });
        }
        let malformed = |(at, text)| Fault::Malformed { header, offset: at + Header::BYTES, text };
        let attributes = read_all(&payload).map_err(malformed)?;
        let Header { version, response, primitive, conference, transaction, user, .. } = header;
        Ok(Self { version, response, primitive, conference, transaction, user, attributes })
    }

    /// Writes the message.
    ///
    /// # Errors
    /// [`TooLong`] where an attribute does not fit.
    pub fn to_bytes(&self) -> Result<Bytes, TooLong> {
        let mut payload = BytesMut::new();
        write_all(&self.attributes, &mut payload)?;
        let units = u16::try_from(payload.len() / 4).map_err(|_| TooLong { kind: 0 })?;
        let mut out = BytesMut::with_capacity(Header::BYTES + payload.len());
        self.header(units).write(&mut out);
        out.extend_from_slice(&payload);
        Ok(out.freeze())
    }

    /// Types of attributes that must be understood and are not (RFC 8855 5.2).
    pub fn unknown_mandatory(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.attributes.iter().for_each(|attribute| attribute.unknown_mandatory(&mut out));
        out
    }

    const fn header(&self, payload_length: u16) -> Header {
        let Self { version, response, primitive, conference, transaction, user, .. } = *self;
        Header { version, response, fragment: None, primitive, payload_length, conference, transaction, user }
    }
}
