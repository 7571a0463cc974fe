//! Call signalling messages as we say them: Q.931 elements and the H.225.0 user-user part (H.225.0 7.3).

use super::{alias, reason};
use crate::asn1::h225::{self, H323MessageBody};
use crate::endpoint::command::Place;
use crate::endpoint::config::Vendor;
use crate::endpoint::event::ReleaseReason;
use crate::h235::Stamp;
use crate::per::{Codec as _, Oid};
use crate::q931::{CallReference, Element, Message, MessageType, NumberType, id};
use std::net::SocketAddr;

/// Version 6, as the deployed stacks say; nothing that we say is younger.
pub(crate) const PROTOCOL: Oid = Oid::new(&[0, 0, 8, 2250, 0, 6]);

/// What surrounds the body of a message.
#[derive(Clone, Debug)]
pub(crate) struct Envelope {
    pub(crate) reference: CallReference,
    pub(crate) tunnelling: bool,
    pub(crate) h245: Vec<Vec<u8>>,
    /// For a peer with a secret.
    pub(crate) stamp: Option<Stamp>,
}

/// Which call it is, in H.225.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    pub(crate) call_identifier: Option<[u8; 16]>,
    pub(crate) conference_id: [u8; 16],
}

impl Identity {
    fn call(&self) -> Option<h225::CallIdentifier> {
        self.call_identifier.map(|guid| h225::CallIdentifier { guid, ..Default::default() })
    }
}

/// What a message that goes on with a call may carry.
#[derive(Clone, Debug, Default)]
pub(crate) struct Offer {
    pub(crate) h245_address: Option<SocketAddr>,
    pub(crate) fast_start: Option<Vec<Vec<u8>>>,
    pub(crate) fast_refused: bool,
}

impl Envelope {
    /// A message with this body; None where it cannot be encoded, which only our own mistake can bring about.
    fn seal(self, message_type: MessageType, elements: Vec<Element>, body: H323MessageBody) -> Option<Vec<u8>> {
        let mut message = Message::new(message_type, self.reference);
        message.elements = elements;
        let information = h225::H323UserInformation {
            h323_uu_pdu: h225::H323UuPdu {
                h323_message_body: body,
                h245_tunnelling: Some(self.tunnelling),
                h245_control: (!self.h245.is_empty()).then_some(self.h245),
                ..Default::default()
            },
            ..Default::default()
        };
        let octets = match self.stamp {
            None => information.to_per().ok()?,
            Some(stamp) => stamp.write(information, |its| its.h323_uu_pdu.h323_message_body.crypto_tokens_mut())?,
        };
        message.elements.push(Element::user_user_of(&octets));
        Some(message.print())
    }

    pub(crate) fn setup(
        self,
        place: &Place,
        identity: Identity,
        vendor: &Vendor,
        fast_start: Vec<Vec<u8>>,
    ) -> Option<Vec<u8>> {
        let mut elements = vec![Element::bearer_capability()];
        elements.extend(place.display.as_deref().map(Element::display_of));
        let calling = place.calling_number.as_deref();
        elements.extend(calling.map(|digits| Element::calling_number_of(digits, NumberType::Unknown)));
        let called = place.called_number.as_deref();
        elements.extend(called.map(|digits| Element::called_number_of(digits, NumberType::Unknown)));
        let setup = h225::SetupUuie {
            protocol_identifier: PROTOCOL,
            source_address: alias::list(&place.calling),
            source_info: endpoint_type(vendor),
            destination_address: alias::list(&place.called),
            dest_call_signal_address: Some(alias::transport_address(place.remote)),
            conference_id: identity.conference_id,
            conference_goal: h225::ConferenceGoal::Create,
            call_type: h225::CallType::PointToPoint,
            call_identifier: identity.call(),
            fast_start: (!fast_start.is_empty()).then_some(fast_start),
            media_wait_for_connect: Some(false),
            can_overlap_send: Some(false),
            multiple_calls: Some(false),
            maintain_connection: Some(false),
            ..Default::default()
        };
        self.seal(MessageType::Setup, elements, H323MessageBody::Setup(Box::new(setup)))
    }

    pub(crate) fn call_proceeding(self, identity: Identity, vendor: &Vendor, offer: Offer) -> Option<Vec<u8>> {
        let body = h225::CallProceedingUuie {
            protocol_identifier: PROTOCOL,
            destination_info: endpoint_type(vendor),
            h245_address: offer.h245_address.map(alias::transport_address),
            call_identifier: identity.call(),
            fast_start: offer.fast_start,
            multiple_calls: Some(false),
            maintain_connection: Some(false),
            ..Default::default()
        };
        self.seal(MessageType::CallProceeding, Vec::new(), H323MessageBody::CallProceeding(Box::new(body)))
    }

    pub(crate) fn alerting(self, identity: Identity, vendor: &Vendor, offer: Offer) -> Option<Vec<u8>> {
        let body = h225::AlertingUuie {
            protocol_identifier: PROTOCOL,
            destination_info: endpoint_type(vendor),
            h245_address: offer.h245_address.map(alias::transport_address),
            call_identifier: identity.call(),
            fast_start: offer.fast_start,
            multiple_calls: Some(false),
            maintain_connection: Some(false),
            ..Default::default()
        };
        self.seal(MessageType::Alerting, Vec::new(), H323MessageBody::Alerting(Box::new(body)))
    }

    pub(crate) fn connect(self, identity: Identity, vendor: &Vendor, offer: Offer) -> Option<Vec<u8>> {
        let body = h225::ConnectUuie {
            protocol_identifier: PROTOCOL,
            h245_address: offer.h245_address.map(alias::transport_address),
            destination_info: endpoint_type(vendor),
            conference_id: identity.conference_id,
            call_identifier: identity.call(),
            fast_start: offer.fast_start,
            multiple_calls: Some(false),
            maintain_connection: Some(false),
            fast_connect_refused: offer.fast_refused.then_some(()),
            ..Default::default()
        };
        self.seal(MessageType::Connect, Vec::new(), H323MessageBody::Connect(Box::new(body)))
    }

    /// Carries tunnelled H.245 and nothing else (H.225.0 7.4.6, body empty). A body that is empty has no place for a hash:
    /// for a peer with a secret it says that it carries something.
    pub(crate) fn carrier(self, identity: Identity) -> Option<Vec<u8>> {
        let body = match self.stamp {
            None => H323MessageBody::Empty,
            Some(_) => facility(identity, h225::FacilityReason::TransportedInformation, None),
        };
        self.seal(MessageType::Facility, vec![facility_element()], body)
    }

    /// Asks the peer to connect to our H.245 address.
    pub(crate) fn start_h245(self, identity: Identity, address: SocketAddr) -> Option<Vec<u8>> {
        let body = facility(identity, h225::FacilityReason::StartH245, Some(address));
        self.seal(MessageType::Facility, vec![facility_element()], body)
    }

    pub(crate) fn release_complete(
        self,
        call_identifier: Option<[u8; 16]>,
        cause: u8,
        reason: Option<ReleaseReason>,
    ) -> Option<Vec<u8>> {
        let body = h225::ReleaseCompleteUuie {
            protocol_identifier: PROTOCOL,
            reason: reason.map(reason::write),
            call_identifier: call_identifier.map(|guid| h225::CallIdentifier { guid, ..Default::default() }),
            ..Default::default()
        };
        let elements = vec![Element::cause_of(cause)];
        self.seal(MessageType::ReleaseComplete, elements, H323MessageBody::ReleaseComplete(Box::new(body)))
    }

    pub(crate) fn status(self, call_identifier: Option<[u8; 16]>, cause: u8, call_state: u8) -> Option<Vec<u8>> {
        let body = h225::StatusUuie {
            protocol_identifier: PROTOCOL,
            call_identifier: h225::CallIdentifier { guid: call_identifier.unwrap_or_default(), ..Default::default() },
            ..Default::default()
        };
        let elements = vec![Element::cause_of(cause), Element::call_state_of(call_state)];
        self.seal(MessageType::Status, elements, H323MessageBody::Status(Box::new(body)))
    }
}

/// A Facility that says why it comes.
fn facility(identity: Identity, reason: h225::FacilityReason, h245: Option<SocketAddr>) -> H323MessageBody {
    H323MessageBody::Facility(Box::new(h225::FacilityUuie {
        protocol_identifier: PROTOCOL,
        conference_id: Some(identity.conference_id),
        reason,
        call_identifier: identity.call(),
        h245_address: h245.map(alias::transport_address),
        multiple_calls: Some(false),
        maintain_connection: Some(false),
        ..Default::default()
    }))
}

/// Mandatory in Facility, and empty where the user-user element says it all (H.225.0 table 19).
fn facility_element() -> Element {
    Element::new(id::FACILITY, Vec::new())
}

/// A gateway without a word about what lies behind it.
pub(crate) fn endpoint_type(vendor: &Vendor) -> h225::EndpointType {
    let name = |text: &str| (!text.is_empty()).then(|| text.bytes().take(256).collect());
    h225::EndpointType {
        vendor: Some(h225::VendorIdentifier {
            vendor: h225::H221NonStandard {
                t35_country_code: vendor.country,
                t35_extension: vendor.extension,
                manufacturer_code: vendor.manufacturer,
                ..Default::default()
            },
            product_id: name(&vendor.product),
            version_id: name(&vendor.version),
            ..Default::default()
        }),
        gateway: Some(h225::GatewayInfo::default()),
        ..Default::default()
    }
}
