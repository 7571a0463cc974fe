//! RAS: what else is asked and told: status, resources, service control, usage (H.225.0 7.15 to 7.20).

use super::{
    AliasAddress, AltGKInfo, AlternateGK, CallCapacity, CallIdentifier, CallLinkage, CallModel, CallType, CircuitInfo,
    CryptoH323Token, EndpointType, FeatureSet, GenericData, H323UuPdu, Icv, NonStandardParameter, SecurityErrors2,
    ServiceControlSession, SupportedProtocols, TransportAddress, UUIEsRequested,
};
use crate::asn1::h235::ClearToken;
use crate::per::{Bmp, Each, Int, Oid, Printable, choice, sequence};

sequence! {
    /// IRQ: how are your calls (H.225.0 `InfoRequest`).
    InfoRequest {
        request_seq_num: u16 as Int<1, 65535>,
        call_reference_value: u16 as Int<0, 65535>,
        non_standard_data: Option<NonStandardParameter>,
        reply_address: Option<TransportAddress>,
        ..
        call_identifier: Option<CallIdentifier>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        integrity_check_value: Option<Icv>,
        uuies_requested: Option<UUIEsRequested>,
        call_linkage: Option<CallLinkage>,
        usage_info_requested: Option<RasUsageInfoTypes>,
        segmented_response_supported: Option<()>,
        next_segment_requested: Option<u16> as Int<0, 65535>,
        capacity_info_requested: Option<()>,
        generic_data: Option<Vec<GenericData>>,
        assigned_gatekeeper: Option<AlternateGK>,
    }

    /// IRR: the calls of an endpoint (H.225.0 `InfoRequestResponse`).
    InfoRequestResponse {
        non_standard_data: Option<NonStandardParameter>,
        request_seq_num: u16 as Int<1, 65535>,
        endpoint_type: EndpointType,
        endpoint_identifier: String as Bmp<1, 128>,
        ras_address: TransportAddress,
        call_signal_address: Vec<TransportAddress>,
        endpoint_alias: Option<Vec<AliasAddress>>,
        per_call_info: Option<Vec<PerCallInfo>>,
        ..
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        integrity_check_value: Option<Icv>,
        need_response: Option<bool>,
        capacity: Option<CallCapacity>,
        irr_status: Option<InfoRequestResponseStatus>,
        unsolicited: Option<bool>,
        generic_data: Option<Vec<GenericData>>,
    }

    /// `perCallInfo` in H.225.0 `InfoRequestResponse`.
    PerCallInfo {
        non_standard_data: Option<NonStandardParameter>,
        call_reference_value: u16 as Int<0, 65535>,
        conference_id: [u8; 16],
        originator: Option<bool>,
        audio: Option<Vec<RTPSession>>,
        video: Option<Vec<RTPSession>>,
        data: Option<Vec<TransportChannelInfo>>,
        h245: TransportChannelInfo,
        call_signalling: TransportChannelInfo,
        call_type: CallType,
        band_width: u32 as Int<0, 4294967295>,
        call_model: CallModel,
        ..
        call_identifier: Option<CallIdentifier>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        substitute_conf_ids: Option<Vec<[u8; 16]>>,
        pdu: Option<Vec<PerCallPdu>>,
        call_linkage: Option<CallLinkage>,
        usage_information: Option<RasUsageInformation>,
        circuit_info: Option<CircuitInfo>,
    }

    /// `pdu` in H.225.0 `InfoRequestResponse.perCallInfo`.
    PerCallPdu {
        h323pdu: H323UuPdu,
        sent: bool,
    }
}

choice! {
    /// H.225.0 `InfoRequestResponseStatus`.
    InfoRequestResponseStatus { Complete, Incomplete, Segment(u16 as Int<0, 65535>), InvalidCall, .. }
}

sequence! {
    /// IACK: an unsolicited IRR arrived (H.225.0 `InfoRequestAck`).
    InfoRequestAck {
        request_seq_num: u16 as Int<1, 65535>,
        non_standard_data: Option<NonStandardParameter>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        integrity_check_value: Option<Icv>,
        ..
    }

    /// INAK: an unsolicited IRR was refused (H.225.0 `InfoRequestNak`).
    InfoRequestNak {
        request_seq_num: u16 as Int<1, 65535>,
        non_standard_data: Option<NonStandardParameter>,
        nak_reason: InfoRequestNakReason,
        alt_gk_info: Option<AltGKInfo>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        integrity_check_value: Option<Icv>,
        ..
    }
}

choice! {
    /// H.225.0 `InfoRequestNakReason`.
    InfoRequestNakReason { NotRegistered, SecurityDenial, UndefinedReason, .. SecurityError(SecurityErrors2), }
}

sequence! {
    /// The RTP session of a call in an IRR (H.225.0 `RTPSession`).
    RTPSession {
        rtp_address: TransportChannelInfo,
        rtcp_address: TransportChannelInfo,
        cname: String as Printable,
        ssrc: u32 as Int<1, 4294967295>,
        session_id: u8 as Int<1, 255>,
        associated_session_ids: Vec<u8> as Each<Int<1, 255>>,
        ..
        multicast: Option<()>,
        bandwidth: Option<u32> as Int<0, 4294967295>,
    }

    /// H.225.0 `TransportChannelInfo`.
    TransportChannelInfo {
        send_address: Option<TransportAddress>,
        recv_address: Option<TransportAddress>,
        ..
    }

    /// A message of a manufacturer (H.225.0 `NonStandardMessage`).
    NonStandardMessage {
        request_seq_num: u16 as Int<1, 65535>,
        non_standard_data: NonStandardParameter,
        ..
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        integrity_check_value: Option<Icv>,
        feature_set: Option<FeatureSet>,
        generic_data: Option<Vec<GenericData>>,
    }

    /// XRS: the message was not understood (H.225.0 `UnknownMessageResponse`).
    UnknownMessageResponse {
        request_seq_num: u16 as Int<1, 65535>,
        ..
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        integrity_check_value: Option<Icv>,
        message_not_understood: Option<Vec<u8>>,
    }

    /// RIP: the answer takes longer (H.225.0 `RequestInProgress`).
    RequestInProgress {
        request_seq_num: u16 as Int<1, 65535>,
        non_standard_data: Option<NonStandardParameter>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        integrity_check_value: Option<Icv>,
        delay: u16 as Int<1, 65535>,
        ..
    }

    /// RAI: a gateway nears or leaves its limit (H.225.0 `ResourcesAvailableIndicate`).
    ResourcesAvailableIndicate {
        request_seq_num: u16 as Int<1, 65535>,
        protocol_identifier: Oid,
        non_standard_data: Option<NonStandardParameter>,
        endpoint_identifier: String as Bmp<1, 128>,
        protocols: Vec<SupportedProtocols>,
        almost_out_of_resources: bool,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        integrity_check_value: Option<Icv>,
        ..
        capacity: Option<CallCapacity>,
        generic_data: Option<Vec<GenericData>>,
    }

    /// RAC: the RAI arrived (H.225.0 `ResourcesAvailableConfirm`).
    ResourcesAvailableConfirm {
        request_seq_num: u16 as Int<1, 65535>,
        protocol_identifier: Oid,
        non_standard_data: Option<NonStandardParameter>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        integrity_check_value: Option<Icv>,
        ..
        generic_data: Option<Vec<GenericData>>,
    }

    /// SCI: service control outside a call or in one (H.225.0 `ServiceControlIndication`).
    ServiceControlIndication {
        request_seq_num: u16 as Int<1, 65535>,
        non_standard_data: Option<NonStandardParameter>,
        service_control: Vec<ServiceControlSession>,
        endpoint_identifier: Option<String> as Bmp<1, 128>,
        call_specific: Option<CallSpecific>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        integrity_check_value: Option<Icv>,
        feature_set: Option<FeatureSet>,
        generic_data: Option<Vec<GenericData>>,
        ..
    }

    /// `callSpecific` in H.225.0 `ServiceControlIndication`.
    CallSpecific {
        call_identifier: CallIdentifier,
        conference_id: [u8; 16],
        answered_call: bool,
        ..
    }

    /// SCR: the SCI arrived (H.225.0 `ServiceControlResponse`).
    ServiceControlResponse {
        request_seq_num: u16 as Int<1, 65535>,
        result: Option<ServiceControlResult>,
        non_standard_data: Option<NonStandardParameter>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        integrity_check_value: Option<Icv>,
        feature_set: Option<FeatureSet>,
        generic_data: Option<Vec<GenericData>>,
        ..
    }
}

choice! {
    /// `result` in H.225.0 `ServiceControlResponse`.
    ServiceControlResult { Started, Failed, Stopped, NotAvailable, NeededFeatureNotSupported, .. }
}

sequence! {
    /// H.225.0 `RasUsageInfoTypes`.
    RasUsageInfoTypes {
        non_standard_usage_types: Vec<NonStandardParameter>,
        start_time: Option<()>,
        end_time: Option<()>,
        termination_cause: Option<()>,
        ..
    }

    /// H.225.0 `RasUsageInformation`.
    RasUsageInformation {
        non_standard_usage_fields: Vec<NonStandardParameter>,
        alerting_time: Option<u32> as Int<1, 4294967295>,
        connect_time: Option<u32> as Int<1, 4294967295>,
        end_time: Option<u32> as Int<1, 4294967295>,
        ..
    }

    /// H.225.0 `RasUsageSpecification`.
    RasUsageSpecification {
        when: RasUsageWhen,
        call_starting_point: Option<UsageStartingPoint>,
        required: RasUsageInfoTypes,
        ..
    }

    /// `when` in H.225.0 `RasUsageSpecification`.
    RasUsageWhen {
        start: Option<()>,
        end: Option<()>,
        in_irr: Option<()>,
        ..
    }

    /// `callStartingPoint` in H.225.0 `RasUsageSpecification`.
    UsageStartingPoint {
        alerting: Option<()>,
        connect: Option<()>,
        ..
    }
}
