//! RAS: the message choice, discovery, registration (H.225.0 7.8 to 7.10).

use super::{
    AddressPattern, AdmissionConfirm, AdmissionReject, AdmissionRequest, AliasAddress, AltGKInfo, AlternateGK,
    AlternateTransportAddresses, BandwidthConfirm, BandwidthReject, BandwidthRequest, CallCapacity,
    CallCreditCapability, CapacityReportingCapability, CapacityReportingSpecification, CryptoH323Token,
    DisengageConfirm, DisengageReject, DisengageRequest, Endpoint, EndpointType, FeatureSet, GenericData, Icv,
    InfoRequest, InfoRequestAck, InfoRequestNak, InfoRequestResponse, IntegrityMechanism, LocationConfirm,
    LocationReject, LocationRequest, NonStandardMessage, NonStandardParameter, QseriesOptions, RasUsageInfoTypes,
    RasUsageSpecification, RequestInProgress, ResourcesAvailableConfirm, ResourcesAvailableIndicate, SecurityErrors,
    SecurityErrors2, ServiceControlIndication, ServiceControlResponse, ServiceControlSession, SupportedPrefix,
    TransportAddress, TransportQOS, UnknownMessageResponse, UseSpecifiedTransport, VendorIdentifier,
};
use crate::asn1::h235::{AuthenticationMechanism, ClearToken};
use crate::per::{Bmp, Each, Ia5, Int, Oid, choice, sequence};

choice! {
    /// Any RAS message (H.225.0 `RasMessage`).
    RasMessage {
        GatekeeperRequest(Box<GatekeeperRequest>),
        GatekeeperConfirm(Box<GatekeeperConfirm>),
        GatekeeperReject(Box<GatekeeperReject>),
        RegistrationRequest(Box<RegistrationRequest>),
        RegistrationConfirm(Box<RegistrationConfirm>),
        RegistrationReject(Box<RegistrationReject>),
        UnregistrationRequest(Box<UnregistrationRequest>),
        UnregistrationConfirm(Box<UnregistrationConfirm>),
        UnregistrationReject(Box<UnregistrationReject>),
        AdmissionRequest(Box<AdmissionRequest>),
        AdmissionConfirm(Box<AdmissionConfirm>),
        AdmissionReject(Box<AdmissionReject>),
        BandwidthRequest(Box<BandwidthRequest>),
        BandwidthConfirm(Box<BandwidthConfirm>),
        BandwidthReject(Box<BandwidthReject>),
        DisengageRequest(Box<DisengageRequest>),
        DisengageConfirm(Box<DisengageConfirm>),
        DisengageReject(Box<DisengageReject>),
        LocationRequest(Box<LocationRequest>),
        LocationConfirm(Box<LocationConfirm>),
        LocationReject(Box<LocationReject>),
        InfoRequest(Box<InfoRequest>),
        InfoRequestResponse(Box<InfoRequestResponse>),
        NonStandardMessage(Box<NonStandardMessage>),
        UnknownMessageResponse(Box<UnknownMessageResponse>),
        ..
        RequestInProgress(Box<RequestInProgress>),
        ResourcesAvailableIndicate(Box<ResourcesAvailableIndicate>),
        ResourcesAvailableConfirm(Box<ResourcesAvailableConfirm>),
        InfoRequestAck(Box<InfoRequestAck>),
        InfoRequestNak(Box<InfoRequestNak>),
        ServiceControlIndication(Box<ServiceControlIndication>),
        ServiceControlResponse(Box<ServiceControlResponse>),
        AdmissionConfirmSequence(Vec<AdmissionConfirm>),
    }
}

sequence! {
    /// GRQ: looks for a gatekeeper (H.225.0 `GatekeeperRequest`).
    GatekeeperRequest {
        request_seq_num: u16 as Int<1, 65535>,
        protocol_identifier: Oid,
        non_standard_data: Option<NonStandardParameter>,
        ras_address: TransportAddress,
        endpoint_type: EndpointType,
        gatekeeper_identifier: Option<String> as Bmp<1, 128>,
        call_services: Option<QseriesOptions>,
        endpoint_alias: Option<Vec<AliasAddress>>,
        ..
        alternate_endpoints: Option<Vec<Endpoint>>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        authentication_capability: Option<Vec<AuthenticationMechanism>>,
        algorithm_oids: Option<Vec<Oid>>,
        integrity: Option<Vec<IntegrityMechanism>>,
        integrity_check_value: Option<Icv>,
        supports_alt_gk: Option<()>,
        feature_set: Option<FeatureSet>,
        generic_data: Option<Vec<GenericData>>,
        supports_assigned_gk: Option<bool>,
        assigned_gatekeeper: Option<AlternateGK>,
    }

    /// GCF: a gatekeeper offers itself (H.225.0 `GatekeeperConfirm`).
    GatekeeperConfirm {
        request_seq_num: u16 as Int<1, 65535>,
        protocol_identifier: Oid,
        non_standard_data: Option<NonStandardParameter>,
        gatekeeper_identifier: Option<String> as Bmp<1, 128>,
        ras_address: TransportAddress,
        ..
        alternate_gatekeeper: Option<Vec<AlternateGK>>,
        authentication_mode: Option<AuthenticationMechanism>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        algorithm_oid: Option<Oid>,
        integrity: Option<Vec<IntegrityMechanism>>,
        integrity_check_value: Option<Icv>,
        feature_set: Option<FeatureSet>,
        generic_data: Option<Vec<GenericData>>,
        assigned_gatekeeper: Option<AlternateGK>,
        rehoming_model: Option<RehomingModel>,
    }

    /// GRJ: a gatekeeper declines (H.225.0 `GatekeeperReject`).
    GatekeeperReject {
        request_seq_num: u16 as Int<1, 65535>,
        protocol_identifier: Oid,
        non_standard_data: Option<NonStandardParameter>,
        gatekeeper_identifier: Option<String> as Bmp<1, 128>,
        reject_reason: GatekeeperRejectReason,
        ..
        alt_gk_info: Option<AltGKInfo>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        integrity_check_value: Option<Icv>,
        feature_set: Option<FeatureSet>,
        generic_data: Option<Vec<GenericData>>,
    }
}

choice! {
    /// Why a gatekeeper declines (H.225.0 `GatekeeperRejectReason`).
    GatekeeperRejectReason {
        ResourceUnavailable,
        TerminalExcluded,
        InvalidRevision,
        UndefinedReason,
        ..
        SecurityDenial,
        GenericDataReason,
        NeededFeatureNotSupported,
        SecurityError(SecurityErrors),
    }
}

sequence! {
    /// RRQ: registers an endpoint, or keeps it registered (H.225.0 `RegistrationRequest`).
    RegistrationRequest {
        request_seq_num: u16 as Int<1, 65535>,
        protocol_identifier: Oid,
        non_standard_data: Option<NonStandardParameter>,
        discovery_complete: bool,
        call_signal_address: Vec<TransportAddress>,
        ras_address: Vec<TransportAddress>,
        terminal_type: EndpointType,
        terminal_alias: Option<Vec<AliasAddress>>,
        gatekeeper_identifier: Option<String> as Bmp<1, 128>,
        endpoint_vendor: VendorIdentifier,
        ..
        alternate_endpoints: Option<Vec<Endpoint>>,
        time_to_live: Option<u32> as Int<1, 4294967295>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        integrity_check_value: Option<Icv>,
        keep_alive: Option<bool>,
        endpoint_identifier: Option<String> as Bmp<1, 128>,
        will_supply_uuies: Option<bool>,
        maintain_connection: Option<bool>,
        alternate_transport_addresses: Option<AlternateTransportAddresses>,
        additive_registration: Option<()>,
        terminal_alias_pattern: Option<Vec<AddressPattern>>,
        supports_alt_gk: Option<()>,
        usage_reporting_capability: Option<RasUsageInfoTypes>,
        multiple_calls: Option<bool>,
        supported_h248_packages: Option<Vec<Vec<u8>>>,
        call_credit_capability: Option<CallCreditCapability>,
        capacity_reporting_capability: Option<CapacityReportingCapability>,
        capacity: Option<CallCapacity>,
        feature_set: Option<FeatureSet>,
        generic_data: Option<Vec<GenericData>>,
        restart: Option<()>,
        supports_acf_sequences: Option<()>,
        supports_assigned_gk: Option<bool>,
        assigned_gatekeeper: Option<AlternateGK>,
        transport_qos: Option<TransportQOS>,
        language: Option<Vec<String>> as Each<Ia5<1, 32>>,
    }

    /// RCF: the endpoint is registered (H.225.0 `RegistrationConfirm`).
    RegistrationConfirm {
        request_seq_num: u16 as Int<1, 65535>,
        protocol_identifier: Oid,
        non_standard_data: Option<NonStandardParameter>,
        call_signal_address: Vec<TransportAddress>,
        terminal_alias: Option<Vec<AliasAddress>>,
        gatekeeper_identifier: Option<String> as Bmp<1, 128>,
        endpoint_identifier: String as Bmp<1, 128>,
        ..
        alternate_gatekeeper: Option<Vec<AlternateGK>>,
        time_to_live: Option<u32> as Int<1, 4294967295>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        integrity_check_value: Option<Icv>,
        will_respond_to_irr: Option<bool>,
        pre_granted_arq: Option<PreGrantedArq>,
        maintain_connection: Option<bool>,
        service_control: Option<Vec<ServiceControlSession>>,
        supports_additive_registration: Option<()>,
        terminal_alias_pattern: Option<Vec<AddressPattern>>,
        supported_prefixes: Option<Vec<SupportedPrefix>>,
        usage_spec: Option<Vec<RasUsageSpecification>>,
        feature_server_alias: Option<AliasAddress>,
        capacity_reporting_spec: Option<CapacityReportingSpecification>,
        feature_set: Option<FeatureSet>,
        generic_data: Option<Vec<GenericData>>,
        assigned_gatekeeper: Option<AlternateGK>,
        rehoming_model: Option<RehomingModel>,
        transport_qos: Option<TransportQOS>,
    }

    /// `preGrantedARQ` in H.225.0 `RegistrationConfirm`.
    PreGrantedArq {
        make_call: bool,
        use_gk_call_signal_address_to_make_call: bool,
        answer_call: bool,
        use_gk_call_signal_address_to_answer: bool,
        ..
        irr_frequency_in_call: Option<u16> as Int<1, 65535>,
        total_bandwidth_restriction: Option<u32> as Int<0, 4294967295>,
        alternate_transport_addresses: Option<AlternateTransportAddresses>,
        use_specified_transport: Option<UseSpecifiedTransport>,
    }

    /// RRJ: the endpoint is not registered (H.225.0 `RegistrationReject`).
    RegistrationReject {
        request_seq_num: u16 as Int<1, 65535>,
        protocol_identifier: Oid,
        non_standard_data: Option<NonStandardParameter>,
        reject_reason: RegistrationRejectReason,
        gatekeeper_identifier: Option<String> as Bmp<1, 128>,
        ..
        alt_gk_info: Option<AltGKInfo>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        integrity_check_value: Option<Icv>,
        feature_set: Option<FeatureSet>,
        generic_data: Option<Vec<GenericData>>,
        assigned_gatekeeper: Option<AlternateGK>,
    }
}

choice! {
    /// Why an endpoint is not registered (H.225.0 `RegistrationRejectReason`).
    RegistrationRejectReason {
        DiscoveryRequired,
        InvalidRevision,
        InvalidCallSignalAddress,
        InvalidRasAddress,
        DuplicateAlias(Vec<AliasAddress>),
        InvalidTerminalType,
        UndefinedReason,
        TransportNotSupported,
        ..
        TransportQosNotSupported,
        ResourceUnavailable,
        InvalidAlias,
        SecurityDenial,
        FullRegistrationRequired,
        AdditiveRegistrationNotSupported,
        InvalidTerminalAliases(Box<InvalidTerminalAliases>),
        GenericDataReason,
        NeededFeatureNotSupported,
        SecurityError(SecurityErrors),
        RegisterWithAssignedGk,
    }
}

sequence! {
    /// `invalidTerminalAliases` in H.225.0 `RegistrationRejectReason`.
    InvalidTerminalAliases {
        terminal_alias: Option<Vec<AliasAddress>>,
        terminal_alias_pattern: Option<Vec<AddressPattern>>,
        supported_prefixes: Option<Vec<SupportedPrefix>>,
        ..
    }

    /// URQ: ends a registration, from either side (H.225.0 `UnregistrationRequest`).
    UnregistrationRequest {
        request_seq_num: u16 as Int<1, 65535>,
        call_signal_address: Vec<TransportAddress>,
        endpoint_alias: Option<Vec<AliasAddress>>,
        non_standard_data: Option<NonStandardParameter>,
        endpoint_identifier: Option<String> as Bmp<1, 128>,
        ..
        alternate_endpoints: Option<Vec<Endpoint>>,
        gatekeeper_identifier: Option<String> as Bmp<1, 128>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        integrity_check_value: Option<Icv>,
        reason: Option<UnregRequestReason>,
        endpoint_alias_pattern: Option<Vec<AddressPattern>>,
        supported_prefixes: Option<Vec<SupportedPrefix>>,
        alternate_gatekeeper: Option<Vec<AlternateGK>>,
        generic_data: Option<Vec<GenericData>>,
        assigned_gatekeeper: Option<AlternateGK>,
    }
}

choice! {
    /// Why a registration ends (H.225.0 `UnregRequestReason`).
    UnregRequestReason {
        ReregistrationRequired,
        TtlExpired,
        SecurityDenial,
        UndefinedReason,
        ..
        Maintenance,
        SecurityError(SecurityErrors2),
        RegisterWithAssignedGk,
    }
}

sequence! {
    /// UCF: the registration has ended (H.225.0 `UnregistrationConfirm`).
    UnregistrationConfirm {
        request_seq_num: u16 as Int<1, 65535>,
        non_standard_data: Option<NonStandardParameter>,
        ..
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        integrity_check_value: Option<Icv>,
        generic_data: Option<Vec<GenericData>>,
        assigned_gatekeeper: Option<AlternateGK>,
    }

    /// URJ: there was nothing to end, or it may not end now (H.225.0 `UnregistrationReject`).
    UnregistrationReject {
        request_seq_num: u16 as Int<1, 65535>,
        reject_reason: UnregRejectReason,
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
    /// Why a registration does not end (H.225.0 `UnregRejectReason`).
    UnregRejectReason {
        NotCurrentlyRegistered,
        CallInProgress,
        UndefinedReason,
        ..
        PermissionDenied,
        SecurityDenial,
        SecurityError(SecurityErrors2),
    }

    /// H.225.0 `RehomingModel`.
    RehomingModel { GatekeeperBased, EndpointBased, }
}
