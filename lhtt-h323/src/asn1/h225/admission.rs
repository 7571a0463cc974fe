//! RAS: admission, bandwidth, disengage, location (H.225.0 7.11 to 7.14).

use super::{
    AliasAddress, AltGKInfo, AlternateGK, AlternateTransportAddresses, CallCapacity, CallIdentifier, CallLinkage,
    CallModel, CallTerminationCause, CallType, CircuitInfo, CryptoH323Token, DataRate, Endpoint, EndpointType,
    FeatureSet, GenericData, Icv, NonStandardParameter, PartyNumber, QseriesOptions, RasUsageInformation,
    RasUsageSpecification, SecurityErrors2, ServiceControlSession, SupportedProtocols, TransportAddress,
    TransportChannelInfo, TransportQOS, TunnelledProtocol, UseSpecifiedTransport,
};
use crate::asn1::h235::ClearToken;
use crate::per::{Bmp, Each, Ia5, Int, choice, sequence};

sequence! {
    /// ARQ: may this call be made or answered (H.225.0 `AdmissionRequest`).
    AdmissionRequest {
        request_seq_num: u16 as Int<1, 65535>,
        call_type: CallType,
        call_model: Option<CallModel>,
        endpoint_identifier: String as Bmp<1, 128>,
        destination_info: Option<Vec<AliasAddress>>,
        dest_call_signal_address: Option<TransportAddress>,
        dest_extra_call_info: Option<Vec<AliasAddress>>,
        src_info: Vec<AliasAddress>,
        src_call_signal_address: Option<TransportAddress>,
        band_width: u32 as Int<0, 4294967295>,
        call_reference_value: u16 as Int<0, 65535>,
        non_standard_data: Option<NonStandardParameter>,
        call_services: Option<QseriesOptions>,
        conference_id: [u8; 16],
        active_mc: bool,
        answer_call: bool,
        ..
        can_map_alias: Option<bool>,
        call_identifier: Option<CallIdentifier>,
        src_alternatives: Option<Vec<Endpoint>>,
        dest_alternatives: Option<Vec<Endpoint>>,
        gatekeeper_identifier: Option<String> as Bmp<1, 128>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        integrity_check_value: Option<Icv>,
        transport_qos: Option<TransportQOS>,
        will_supply_uuies: Option<bool>,
        call_linkage: Option<CallLinkage>,
        gateway_data_rate: Option<DataRate>,
        capacity: Option<CallCapacity>,
        circuit_info: Option<CircuitInfo>,
        desired_protocols: Option<Vec<SupportedProtocols>>,
        desired_tunnelled_protocol: Option<TunnelledProtocol>,
        feature_set: Option<FeatureSet>,
        generic_data: Option<Vec<GenericData>>,
        can_map_src_alias: Option<bool>,
    }

    /// ACF: the call is admitted, and where to send it (H.225.0 `AdmissionConfirm`).
    AdmissionConfirm {
        request_seq_num: u16 as Int<1, 65535>,
        band_width: u32 as Int<0, 4294967295>,
        call_model: CallModel,
        dest_call_signal_address: TransportAddress,
        irr_frequency: Option<u16> as Int<1, 65535>,
        non_standard_data: Option<NonStandardParameter>,
        ..
        destination_info: Option<Vec<AliasAddress>>,
        dest_extra_call_info: Option<Vec<AliasAddress>>,
        destination_type: Option<EndpointType>,
        remote_extension_address: Option<Vec<AliasAddress>>,
        alternate_endpoints: Option<Vec<Endpoint>>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        integrity_check_value: Option<Icv>,
        transport_qos: Option<TransportQOS>,
        will_respond_to_irr: Option<bool>,
        uuies_requested: Option<UUIEsRequested>,
        language: Option<Vec<String>> as Each<Ia5<1, 32>>,
        alternate_transport_addresses: Option<AlternateTransportAddresses>,
        use_specified_transport: Option<UseSpecifiedTransport>,
        circuit_info: Option<CircuitInfo>,
        usage_spec: Option<Vec<RasUsageSpecification>>,
        supported_protocols: Option<Vec<SupportedProtocols>>,
        service_control: Option<Vec<ServiceControlSession>>,
        multiple_calls: Option<bool>,
        feature_set: Option<FeatureSet>,
        generic_data: Option<Vec<GenericData>>,
        modified_src_info: Option<Vec<AliasAddress>>,
        assigned_gatekeeper: Option<AlternateGK>,
    }

    /// ARJ: the call is not admitted (H.225.0 `AdmissionReject`).
    AdmissionReject {
        request_seq_num: u16 as Int<1, 65535>,
        reject_reason: AdmissionRejectReason,
        non_standard_data: Option<NonStandardParameter>,
        ..
        alt_gk_info: Option<AltGKInfo>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        call_signal_address: Option<Vec<TransportAddress>>,
        integrity_check_value: Option<Icv>,
        service_control: Option<Vec<ServiceControlSession>>,
        feature_set: Option<FeatureSet>,
        generic_data: Option<Vec<GenericData>>,
        assigned_gatekeeper: Option<AlternateGK>,
    }
}

choice! {
    /// Why a call is not admitted (H.225.0 `AdmissionRejectReason`).
    AdmissionRejectReason {
        CalledPartyNotRegistered,
        InvalidPermission,
        RequestDenied,
        UndefinedReason,
        CallerNotRegistered,
        RouteCallToGatekeeper,
        InvalidEndpointIdentifier,
        ResourceUnavailable,
        ..
        SecurityDenial,
        QosControlNotSupported,
        IncompleteAddress,
        AliasesInconsistent,
        RouteCallToScn(Vec<PartyNumber>),
        ExceedsCallCapacity,
        CollectDestination,
        CollectPin,
        GenericDataReason,
        NeededFeatureNotSupported,
        SecurityError(SecurityErrors2),
        SecurityDhMismatch,
        NoRouteToDestination,
        UnallocatedNumber,
        RegisterWithAssignedGk,
    }
}

sequence! {
    /// H.225.0 `UUIEsRequested`.
    UUIEsRequested {
        setup: bool,
        call_proceeding: bool,
        connect: bool,
        alerting: bool,
        information: bool,
        release_complete: bool,
        facility: bool,
        progress: bool,
        empty: bool,
        ..
        status: Option<bool>,
        status_inquiry: Option<bool>,
        setup_acknowledge: Option<bool>,
        notify: Option<bool>,
    }

    /// BRQ: asks for another bandwidth, from either side (H.225.0 `BandwidthRequest`).
    BandwidthRequest {
        request_seq_num: u16 as Int<1, 65535>,
        endpoint_identifier: String as Bmp<1, 128>,
        conference_id: [u8; 16],
        call_reference_value: u16 as Int<0, 65535>,
        call_type: Option<CallType>,
        band_width: u32 as Int<0, 4294967295>,
        non_standard_data: Option<NonStandardParameter>,
        ..
        call_identifier: Option<CallIdentifier>,
        gatekeeper_identifier: Option<String> as Bmp<1, 128>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        integrity_check_value: Option<Icv>,
        answered_call: Option<bool>,
        call_linkage: Option<CallLinkage>,
        capacity: Option<CallCapacity>,
        usage_information: Option<RasUsageInformation>,
        bandwidth_details: Option<Vec<BandwidthDetails>>,
        generic_data: Option<Vec<GenericData>>,
        transport_qos: Option<TransportQOS>,
    }

    /// BCF: the bandwidth now allowed (H.225.0 `BandwidthConfirm`).
    BandwidthConfirm {
        request_seq_num: u16 as Int<1, 65535>,
        band_width: u32 as Int<0, 4294967295>,
        non_standard_data: Option<NonStandardParameter>,
        ..
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        integrity_check_value: Option<Icv>,
        capacity: Option<CallCapacity>,
        generic_data: Option<Vec<GenericData>>,
        transport_qos: Option<TransportQOS>,
    }

    /// BRJ: the bandwidth stays (H.225.0 `BandwidthReject`).
    BandwidthReject {
        request_seq_num: u16 as Int<1, 65535>,
        reject_reason: BandRejectReason,
        allowed_band_width: u32 as Int<0, 4294967295>,
        non_standard_data: Option<NonStandardParameter>,
        ..
        alt_gk_info: Option<AltGKInfo>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        integrity_check_value: Option<Icv>,
        generic_data: Option<Vec<GenericData>>,
    }
}

choice! {
    /// Why the bandwidth stays (H.225.0 `BandRejectReason`).
    BandRejectReason {
        NotBound,
        InvalidConferenceId,
        InvalidPermission,
        InsufficientResources,
        InvalidRevision,
        UndefinedReason,
        ..
        SecurityDenial,
        SecurityError(SecurityErrors2),
    }
}

sequence! {
    /// H.225.0 `BandwidthDetails`.
    BandwidthDetails {
        sender: bool,
        multicast: bool,
        bandwidth: u32 as Int<0, 4294967295>,
        rtcp_addresses: TransportChannelInfo,
        ..
    }

    /// DRQ: the call is over, or is to be (H.225.0 `DisengageRequest`).
    DisengageRequest {
        request_seq_num: u16 as Int<1, 65535>,
        endpoint_identifier: String as Bmp<1, 128>,
        conference_id: [u8; 16],
        call_reference_value: u16 as Int<0, 65535>,
        disengage_reason: DisengageReason,
        non_standard_data: Option<NonStandardParameter>,
        ..
        call_identifier: Option<CallIdentifier>,
        gatekeeper_identifier: Option<String> as Bmp<1, 128>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        integrity_check_value: Option<Icv>,
        answered_call: Option<bool>,
        call_linkage: Option<CallLinkage>,
        capacity: Option<CallCapacity>,
        circuit_info: Option<CircuitInfo>,
        usage_information: Option<RasUsageInformation>,
        termination_cause: Option<CallTerminationCause>,
        service_control: Option<Vec<ServiceControlSession>>,
        generic_data: Option<Vec<GenericData>>,
    }
}

choice! {
    /// Why a call is over (H.225.0 `DisengageReason`).
    DisengageReason { ForcedDrop, NormalDrop, UndefinedReason, .. }
}

sequence! {
    /// DCF: the call is forgotten (H.225.0 `DisengageConfirm`).
    DisengageConfirm {
        request_seq_num: u16 as Int<1, 65535>,
        non_standard_data: Option<NonStandardParameter>,
        ..
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        integrity_check_value: Option<Icv>,
        capacity: Option<CallCapacity>,
        circuit_info: Option<CircuitInfo>,
        usage_information: Option<RasUsageInformation>,
        generic_data: Option<Vec<GenericData>>,
        assigned_gatekeeper: Option<AlternateGK>,
    }

    /// DRJ: there was no such call (H.225.0 `DisengageReject`).
    DisengageReject {
        request_seq_num: u16 as Int<1, 65535>,
        reject_reason: DisengageRejectReason,
        non_standard_data: Option<NonStandardParameter>,
        ..
        alt_gk_info: Option<AltGKInfo>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        integrity_check_value: Option<Icv>,
        generic_data: Option<Vec<GenericData>>,
    }
}

choice! {
    /// Why there was nothing to disengage (H.225.0 `DisengageRejectReason`).
    DisengageRejectReason { NotRegistered, RequestToDropOther, .. SecurityDenial, SecurityError(SecurityErrors2), }
}

sequence! {
    /// LRQ: where is this alias (H.225.0 `LocationRequest`).
    LocationRequest {
        request_seq_num: u16 as Int<1, 65535>,
        endpoint_identifier: Option<String> as Bmp<1, 128>,
        destination_info: Vec<AliasAddress>,
        non_standard_data: Option<NonStandardParameter>,
        reply_address: TransportAddress,
        ..
        source_info: Option<Vec<AliasAddress>>,
        can_map_alias: Option<bool>,
        gatekeeper_identifier: Option<String> as Bmp<1, 128>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        integrity_check_value: Option<Icv>,
        desired_protocols: Option<Vec<SupportedProtocols>>,
        desired_tunnelled_protocol: Option<TunnelledProtocol>,
        feature_set: Option<FeatureSet>,
        generic_data: Option<Vec<GenericData>>,
        hop_count: Option<u8> as Int<1, 255>,
        circuit_info: Option<CircuitInfo>,
        call_identifier: Option<CallIdentifier>,
        band_width: Option<u32> as Int<0, 4294967295>,
        source_endpoint_info: Option<Vec<AliasAddress>>,
        can_map_src_alias: Option<bool>,
        language: Option<Vec<String>> as Each<Ia5<1, 32>>,
    }

    /// LCF: there it is (H.225.0 `LocationConfirm`).
    LocationConfirm {
        request_seq_num: u16 as Int<1, 65535>,
        call_signal_address: TransportAddress,
        ras_address: TransportAddress,
        non_standard_data: Option<NonStandardParameter>,
        ..
        destination_info: Option<Vec<AliasAddress>>,
        dest_extra_call_info: Option<Vec<AliasAddress>>,
        destination_type: Option<EndpointType>,
        remote_extension_address: Option<Vec<AliasAddress>>,
        alternate_endpoints: Option<Vec<Endpoint>>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        integrity_check_value: Option<Icv>,
        alternate_transport_addresses: Option<AlternateTransportAddresses>,
        supported_protocols: Option<Vec<SupportedProtocols>>,
        multiple_calls: Option<bool>,
        feature_set: Option<FeatureSet>,
        generic_data: Option<Vec<GenericData>>,
        circuit_info: Option<CircuitInfo>,
        service_control: Option<Vec<ServiceControlSession>>,
        modified_src_info: Option<Vec<AliasAddress>>,
        band_width: Option<u32> as Int<0, 4294967295>,
    }

    /// LRJ: not here (H.225.0 `LocationReject`).
    LocationReject {
        request_seq_num: u16 as Int<1, 65535>,
        reject_reason: LocationRejectReason,
        non_standard_data: Option<NonStandardParameter>,
        ..
        alt_gk_info: Option<AltGKInfo>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        integrity_check_value: Option<Icv>,
        feature_set: Option<FeatureSet>,
        generic_data: Option<Vec<GenericData>>,
        service_control: Option<Vec<ServiceControlSession>>,
    }
}

choice! {
    /// Why an alias was not located (H.225.0 `LocationRejectReason`).
    LocationRejectReason {
        NotRegistered,
        InvalidPermission,
        RequestDenied,
        UndefinedReason,
        ..
        SecurityDenial,
        AliasesInconsistent,
        RouteCalltoScn(Vec<PartyNumber>),
        ResourceUnavailable,
        GenericDataReason,
        NeededFeatureNotSupported,
        HopCountExceeded,
        IncompleteAddress,
        SecurityError(SecurityErrors2),
        SecurityDhMismatch,
        NoRouteToDestination,
        UnallocatedNumber,
    }
}
