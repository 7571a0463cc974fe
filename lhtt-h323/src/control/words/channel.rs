//! Logical channels and transport addresses between H.245 and the neutral words (H.245 B.3).

use super::capability::{audio, read_audio};
use crate::asn1::h245::{self, DataType, H2250LogicalChannelParameters, OpenLogicalChannelRejectCause as Cause};
use crate::control::pdu::{Carries, OpenAck, OpenChannel, OpenRefusal};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

/// A unicast IP address one can send to: no port 0, no unspecified or multicast address.
fn socket_address(address: &h245::TransportAddress) -> Option<SocketAddr> {
    let h245::TransportAddress::UnicastAddress(unicast) = address else { return None };
    let address = match unicast {
        h245::UnicastAddress::IpAddress(ip) => SocketAddr::from((Ipv4Addr::from(ip.network), ip.tsap_identifier)),
        h245::UnicastAddress::Ip6Address(ip) => SocketAddr::from((Ipv6Addr::from(ip.network), ip.tsap_identifier)),
        _ => return None,
    };
    let usable = address.port() != 0 && !address.ip().is_unspecified() && !address.ip().is_multicast();
    usable.then_some(address)
}

/// The address in ASN.1.
pub(crate) fn transport_address(address: SocketAddr) -> h245::TransportAddress {
    let tsap_identifier = address.port();
    h245::TransportAddress::UnicastAddress(match address {
        SocketAddr::V4(v4) => {
            let network = v4.ip().octets();
            h245::UnicastAddress::IpAddress(h245::UnicastIpAddress { network, tsap_identifier, ..Default::default() })
        }
        SocketAddr::V6(v6) => {
            let network = v6.ip().octets();
            h245::UnicastAddress::Ip6Address(h245::UnicastIp6Address { network, tsap_identifier, ..Default::default() })
        }
    })
}

/// What the parameters of an RTP session say: number, addresses of RTP and RTCP, payload type.
pub(crate) fn read_h2250(
    its: &H2250LogicalChannelParameters,
) -> (u8, Option<SocketAddr>, Option<SocketAddr>, Option<u8>) {
    (
        its.session_id,
        its.media_channel.as_ref().and_then(socket_address),
        its.media_control_channel.as_ref().and_then(socket_address),
        its.dynamic_rtp_payload_type,
    )
}

pub(super) fn read_open(open: &h245::OpenLogicalChannel) -> OpenChannel {
    let forward = &open.forward_logical_channel_parameters;
    let (session, media, media_control, payload_type) = match &forward.multiplex_parameters {
        h245::ForwardMultiplexParameters::H2250LogicalChannelParameters(its) => read_h2250(its),
        _ => (0, None, None, None),
    };
    let carries = match &forward.data_type {
        DataType::AudioData(format) => match read_audio(format) {
            Some((codec, frames)) => Carries::Audio { codec, frames },
            None => Carries::Other,
        },
        _ => Carries::Other,
    };
    let reverse = open.reverse_logical_channel_parameters.is_some();
    let number = open.forward_logical_channel_number;
    OpenChannel { number, carries, session, reverse, media, media_control, payload_type }
}

pub(super) fn open(open: &OpenChannel) -> Option<h245::OpenLogicalChannel> {
    let Carries::Audio { codec, frames } = open.carries else { return None };
    let its = H2250LogicalChannelParameters {
        session_id: open.session,
        media_channel: open.media.map(transport_address),
        media_control_channel: open.media_control.map(transport_address),
        silence_suppression: Some(false),
        dynamic_rtp_payload_type: open.payload_type,
        ..Default::default()
    };
    Some(h245::OpenLogicalChannel {
        forward_logical_channel_number: open.number,
        forward_logical_channel_parameters: h245::ForwardLogicalChannelParameters {
            data_type: DataType::AudioData(audio(codec, frames)),
            multiplex_parameters: h245::ForwardMultiplexParameters::H2250LogicalChannelParameters(Box::new(its)),
            ..Default::default()
        },
        ..Default::default()
    })
}

pub(super) fn read_ack(ack: &h245::OpenLogicalChannelAck) -> OpenAck {
    let number = ack.forward_logical_channel_number;
    let Some(h245::ForwardMultiplexAckParameters::H2250LogicalChannelAckParameters(its)) =
        &ack.forward_multiplex_ack_parameters
    else {
        return OpenAck { number, session: 0, media: None, media_control: None, payload_type: None };
    };
    OpenAck {
        number,
        session: its.session_id.unwrap_or(0),
        media: its.media_channel.as_ref().and_then(socket_address),
        media_control: its.media_control_channel.as_ref().and_then(socket_address),
        payload_type: its.dynamic_rtp_payload_type,
    }
}

pub(super) fn ack(ack: &OpenAck) -> h245::OpenLogicalChannelAck {
    let its = h245::H2250LogicalChannelAckParameters {
        session_id: Some(ack.session),
        media_channel: ack.media.map(transport_address),
        media_control_channel: ack.media_control.map(transport_address),
        dynamic_rtp_payload_type: ack.payload_type,
        ..Default::default()
    };
    let its = h245::ForwardMultiplexAckParameters::H2250LogicalChannelAckParameters(Box::new(its));
    h245::OpenLogicalChannelAck {
        forward_logical_channel_number: ack.number,
        forward_multiplex_ack_parameters: Some(its),
        ..Default::default()
    }
}

pub(super) fn read_refusal(cause: &Cause) -> OpenRefusal {
    match cause {
        Cause::UnsuitableReverseParameters => OpenRefusal::UnsuitableReverse,
        Cause::DataTypeNotSupported | Cause::UnknownDataType => OpenRefusal::DataTypeNotSupported,
        Cause::DataTypeNotAvailable => OpenRefusal::DataTypeNotAvailable,
        Cause::InvalidSessionId => OpenRefusal::InvalidSession,
        _ => OpenRefusal::Unspecified,
    }
}

pub(super) fn refusal(cause: OpenRefusal) -> Cause {
    match cause {
        OpenRefusal::Unspecified => Cause::Unspecified,
        OpenRefusal::UnsuitableReverse => Cause::UnsuitableReverseParameters,
        OpenRefusal::DataTypeNotSupported => Cause::DataTypeNotSupported,
        OpenRefusal::DataTypeNotAvailable => Cause::DataTypeNotAvailable,
        OpenRefusal::InvalidSession => Cause::InvalidSessionId,
    }
}
