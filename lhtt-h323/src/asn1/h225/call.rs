//! Call signalling: H323-UserInformation and the UUIEs (H.225.0 7.3).

use super::{
    AliasAddress, CallCapacity, CallIdentifier, CallLinkage, CallType, CircuitInfo, CryptoH323Token, DisplayName,
    EndpointType, ExtendedAliasAddress, FeatureDescriptor, FeatureSet, GenericData, H245Security, NonStandardParameter,
    PresentationIndicator, QseriesOptions, ReleaseCompleteReason, ScreeningIndicator, ServiceControlSession,
    SupportedProtocols, TransportAddress, TunnelledProtocol,
};
use crate::asn1::h235::ClearToken;
use crate::per::{Bmp, Each, Ia5, Int, Octets, Oid, choice, sequence};

sequence! {
    /// What the user-user element of a call signalling message holds (H.225.0 `H323-UserInformation`).
    H323UserInformation {
        h323_uu_pdu: H323UuPdu,
        user_data: Option<UserData>,
        ..
    }

    /// User data beside the H.323 part (H.225.0 `H323-UserInformation.user-data`).
    UserData {
        protocol_discriminator: u8 as Int<0, 255>,
        user_information: Vec<u8> as Octets<1, 131>,
        ..
    }

    /// The H.323 part of a call signalling message (H.225.0 `H323-UU-PDU`).
    H323UuPdu {
        h323_message_body: H323MessageBody,
        non_standard_data: Option<NonStandardParameter>,
        ..
        h4501_supplementary_service: Option<Vec<Vec<u8>>>,
        h245_tunnelling: Option<bool>,
        h245_control: Option<Vec<Vec<u8>>>,
        non_standard_control: Option<Vec<NonStandardParameter>>,
        call_linkage: Option<CallLinkage>,
        tunnelled_signalling_message: Option<Box<TunnelledSignallingMessage>>,
        provisional_resp_to_h245_tunnelling: Option<()>,
        stimulus_control: Option<StimulusControl>,
        generic_data: Option<Vec<GenericData>>,
    }
}

choice! {
    /// Which call signalling message it is, and its own part (H.225.0 `H323-UU-PDU.h323-message-body`).
    H323MessageBody {
        Setup(Box<SetupUuie>),
        CallProceeding(Box<CallProceedingUuie>),
        Connect(Box<ConnectUuie>),
        Alerting(Box<AlertingUuie>),
        Information(Box<InformationUuie>),
        ReleaseComplete(Box<ReleaseCompleteUuie>),
        Facility(Box<FacilityUuie>),
        ..
        Progress(Box<ProgressUuie>),
        Empty,
        Status(Box<StatusUuie>),
        StatusInquiry(Box<StatusInquiryUuie>),
        SetupAcknowledge(Box<SetupAcknowledgeUuie>),
        Notify(Box<NotifyUuie>),
    }
}

sequence! {
    /// Signalling of another protocol, tunnelled (H.225.0 `H323-UU-PDU.tunnelledSignallingMessage`).
    TunnelledSignallingMessage {
        tunnelled_protocol_id: TunnelledProtocol,
        message_content: Vec<Vec<u8>>,
        tunnelling_required: Option<()>,
        non_standard_data: Option<NonStandardParameter>,
        ..
    }

    /// Setup: the caller's wish, 7.3.10 (H.225.0 `Setup-UUIE`).
    SetupUuie {
        protocol_identifier: Oid,
        h245_address: Option<TransportAddress>,
        source_address: Option<Vec<AliasAddress>>,
        source_info: EndpointType,
        destination_address: Option<Vec<AliasAddress>>,
        dest_call_signal_address: Option<TransportAddress>,
        dest_extra_call_info: Option<Vec<AliasAddress>>,
        dest_extra_crv: Option<Vec<u16>> as Each<Int<0, 65535>>,
        active_mc: bool,
        conference_id: [u8; 16],
        conference_goal: ConferenceGoal,
        call_services: Option<QseriesOptions>,
        call_type: CallType,
        ..
        source_call_signal_address: Option<TransportAddress>,
        remote_extension_address: Option<AliasAddress>,
        call_identifier: Option<CallIdentifier>,
        h245_security_capability: Option<Vec<H245Security>>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        fast_start: Option<Vec<Vec<u8>>>,
        media_wait_for_connect: Option<bool>,
        can_overlap_send: Option<bool>,
        endpoint_identifier: Option<String> as Bmp<1, 128>,
        multiple_calls: Option<bool>,
        maintain_connection: Option<bool>,
        connection_parameters: Option<ConnectionParameters>,
        language: Option<Vec<String>> as Each<Ia5<1, 32>>,
        presentation_indicator: Option<PresentationIndicator>,
        screening_indicator: Option<ScreeningIndicator>,
        service_control: Option<Vec<ServiceControlSession>>,
        symmetric_operation_required: Option<()>,
        capacity: Option<CallCapacity>,
        circuit_info: Option<CircuitInfo>,
        desired_protocols: Option<Vec<SupportedProtocols>>,
        needed_features: Option<Vec<FeatureDescriptor>>,
        desired_features: Option<Vec<FeatureDescriptor>>,
        supported_features: Option<Vec<FeatureDescriptor>>,
        parallel_h245_control: Option<Vec<Vec<u8>>>,
        additional_source_addresses: Option<Vec<ExtendedAliasAddress>>,
        hop_count: Option<u8> as Int<1, 31>,
        display_name: Option<Vec<DisplayName>>,
    }
}

choice! {
    /// What a Setup is to do with the conference (H.225.0 `Setup-UUIE.conferenceGoal`).
    ConferenceGoal { Create, Join, Invite, .. CapabilityNegotiation, CallIndependentSupplementaryService, }
}

sequence! {
    /// `connectionParameters` in H.225.0 `Setup-UUIE`.
    ConnectionParameters {
        connection_type: ScnConnectionType,
        number_of_scn_connections: u16 as Int<0, 65535>,
        connection_aggregation: ScnConnectionAggregation,
        ..
    }

    /// Call Proceeding: the called number is complete, 7.3.2 (H.225.0 `CallProceeding-UUIE`).
    CallProceedingUuie {
        protocol_identifier: Oid,
        destination_info: EndpointType,
        h245_address: Option<TransportAddress>,
        ..
        call_identifier: Option<CallIdentifier>,
        h245_security_mode: Option<H245Security>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        fast_start: Option<Vec<Vec<u8>>>,
        multiple_calls: Option<bool>,
        maintain_connection: Option<bool>,
        fast_connect_refused: Option<()>,
        feature_set: Option<FeatureSet>,
    }

    /// Alerting: the user is being called, 7.3.1 (H.225.0 `Alerting-UUIE`).
    AlertingUuie {
        protocol_identifier: Oid,
        destination_info: EndpointType,
        h245_address: Option<TransportAddress>,
        ..
        call_identifier: Option<CallIdentifier>,
        h245_security_mode: Option<H245Security>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        fast_start: Option<Vec<Vec<u8>>>,
        multiple_calls: Option<bool>,
        maintain_connection: Option<bool>,
        alerting_address: Option<Vec<AliasAddress>>,
        presentation_indicator: Option<PresentationIndicator>,
        screening_indicator: Option<ScreeningIndicator>,
        fast_connect_refused: Option<()>,
        service_control: Option<Vec<ServiceControlSession>>,
        capacity: Option<CallCapacity>,
        feature_set: Option<FeatureSet>,
        display_name: Option<Vec<DisplayName>>,
    }

    /// Connect: the call is answered, 7.3.3 (H.225.0 `Connect-UUIE`).
    ConnectUuie {
        protocol_identifier: Oid,
        h245_address: Option<TransportAddress>,
        destination_info: EndpointType,
        conference_id: [u8; 16],
        ..
        call_identifier: Option<CallIdentifier>,
        h245_security_mode: Option<H245Security>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        fast_start: Option<Vec<Vec<u8>>>,
        multiple_calls: Option<bool>,
        maintain_connection: Option<bool>,
        language: Option<Vec<String>> as Each<Ia5<1, 32>>,
        connected_address: Option<Vec<AliasAddress>>,
        presentation_indicator: Option<PresentationIndicator>,
        screening_indicator: Option<ScreeningIndicator>,
        fast_connect_refused: Option<()>,
        service_control: Option<Vec<ServiceControlSession>>,
        capacity: Option<CallCapacity>,
        feature_set: Option<FeatureSet>,
        display_name: Option<Vec<DisplayName>>,
    }

    /// Progress: something of the interworking, 7.3.7 (H.225.0 `Progress-UUIE`).
    ProgressUuie {
        protocol_identifier: Oid,
        destination_info: EndpointType,
        h245_address: Option<TransportAddress>,
        call_identifier: CallIdentifier,
        h245_security_mode: Option<H245Security>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        fast_start: Option<Vec<Vec<u8>>>,
        ..
        multiple_calls: Option<bool>,
        maintain_connection: Option<bool>,
        fast_connect_refused: Option<()>,
    }

    /// Information: more digits, 7.3.6 (H.225.0 `Information-UUIE`).
    InformationUuie {
        protocol_identifier: Oid,
        ..
        call_identifier: Option<CallIdentifier>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        fast_start: Option<Vec<Vec<u8>>>,
        fast_connect_refused: Option<()>,
        circuit_info: Option<CircuitInfo>,
    }

    /// Release Complete: the call is over, 7.3.9 (H.225.0 `ReleaseComplete-UUIE`).
    ReleaseCompleteUuie {
        protocol_identifier: Oid,
        reason: Option<ReleaseCompleteReason>,
        ..
        call_identifier: Option<CallIdentifier>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        busy_address: Option<Vec<AliasAddress>>,
        presentation_indicator: Option<PresentationIndicator>,
        screening_indicator: Option<ScreeningIndicator>,
        capacity: Option<CallCapacity>,
        service_control: Option<Vec<ServiceControlSession>>,
        feature_set: Option<FeatureSet>,
        destination_info: Option<EndpointType>,
        display_name: Option<Vec<DisplayName>>,
    }

    /// Facility: redirection, start of H.245, tunnelled messages, 7.4.1 (H.225.0 `Facility-UUIE`).
    FacilityUuie {
        protocol_identifier: Oid,
        alternative_address: Option<TransportAddress>,
        alternative_alias_address: Option<Vec<AliasAddress>>,
        conference_id: Option<[u8; 16]>,
        reason: FacilityReason,
        ..
        call_identifier: Option<CallIdentifier>,
        dest_extra_call_info: Option<Vec<AliasAddress>>,
        remote_extension_address: Option<AliasAddress>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        conferences: Option<Vec<ConferenceList>>,
        h245_address: Option<TransportAddress>,
        fast_start: Option<Vec<Vec<u8>>>,
        multiple_calls: Option<bool>,
        maintain_connection: Option<bool>,
        fast_connect_refused: Option<()>,
        service_control: Option<Vec<ServiceControlSession>>,
        circuit_info: Option<CircuitInfo>,
        feature_set: Option<FeatureSet>,
        destination_info: Option<EndpointType>,
        h245_security_mode: Option<H245Security>,
    }
}

choice! {
    /// What a Facility is for (H.225.0 `FacilityReason`).
    FacilityReason {
        RouteCallToGatekeeper,
        CallForwarded,
        RouteCallToMc,
        UndefinedReason,
        ..
        ConferenceListChoice,
        StartH245,
        NoH245,
        NewTokens,
        FeatureSetUpdate,
        ForwardedElements,
        TransportedInformation,
    }
}

sequence! {
    /// A conference that can be joined (H.225.0 `ConferenceList`).
    ConferenceList {
        conference_id: Option<[u8; 16]>,
        conference_alias: Option<AliasAddress>,
        non_standard_data: Option<NonStandardParameter>,
        ..
    }

    /// Status: the state of a call, 7.3.12 (H.225.0 `Status-UUIE`).
    StatusUuie {
        protocol_identifier: Oid,
        call_identifier: CallIdentifier,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        ..
    }

    /// Status Inquiry: asks for Status, 7.3.13 (H.225.0 `StatusInquiry-UUIE`).
    StatusInquiryUuie {
        protocol_identifier: Oid,
        call_identifier: CallIdentifier,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        ..
    }

    /// Setup Acknowledge: overlap sending, 7.3.11 (H.225.0 `SetupAcknowledge-UUIE`).
    SetupAcknowledgeUuie {
        protocol_identifier: Oid,
        call_identifier: CallIdentifier,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        ..
    }

    /// Notify: something about the call, 7.4.2 (H.225.0 `Notify-UUIE`).
    NotifyUuie {
        protocol_identifier: Oid,
        call_identifier: CallIdentifier,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        ..
        connected_address: Option<Vec<AliasAddress>>,
        presentation_indicator: Option<PresentationIndicator>,
        screening_indicator: Option<ScreeningIndicator>,
        destination_info: Option<EndpointType>,
        display_name: Option<Vec<DisplayName>>,
    }

    /// H.225.0 `StimulusControl`.
    StimulusControl {
        non_standard: Option<NonStandardParameter>,
        is_text: Option<()>,
        h248_message: Option<Vec<u8>>,
        ..
    }
}

choice! {
    /// H.225.0 `ScnConnectionType`.
    ScnConnectionType { NotKnown, BChannel, Hybrid2x64, Hybrid384, Hybrid1536, Hybrid1920, Multirate, .. }

    /// H.225.0 `ScnConnectionAggregation`.
    ScnConnectionAggregation { Auto, None, H221, BondedMode1, BondedMode2, BondedMode3, .. }
}
