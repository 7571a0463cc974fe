//! What a terminal can do: the capability choice, H.225.0 capability, quality of service, generic capability (H.245 B.2).

use super::{
    AudioCapability, AudioTelephonyEventCapability, AudioToneCapability, DataApplicationCapability,
    DataProtocolCapability, H222Capability, H223Capability, H235SecurityCapability, NonStandardParameter,
    V76Capability, VideoCapability,
};
use crate::per::{AtLeast, Ia5, Int, IntExt, List, Oid, choice, sequence};

choice! {
    /// One ability, in one direction (H.245 `Capability`).
    Capability {
        NonStandard(NonStandardParameter),
        ReceiveVideoCapability(VideoCapability),
        TransmitVideoCapability(VideoCapability),
        ReceiveAndTransmitVideoCapability(VideoCapability),
        ReceiveAudioCapability(AudioCapability),
        TransmitAudioCapability(AudioCapability),
        ReceiveAndTransmitAudioCapability(AudioCapability),
        ReceiveDataApplicationCapability(Box<DataApplicationCapability>),
        TransmitDataApplicationCapability(Box<DataApplicationCapability>),
        ReceiveAndTransmitDataApplicationCapability(Box<DataApplicationCapability>),
        H233EncryptionTransmitCapability(bool),
        H233EncryptionReceiveCapability(H233EncryptionReceiveCapability),
        ..
        ConferenceCapability(ConferenceCapability),
        H235SecurityCapability(Box<H235SecurityCapability>),
        MaxPendingReplacementFor(u8 as Int<0, 255>),
        ReceiveUserInputCapability(UserInputCapability),
        TransmitUserInputCapability(UserInputCapability),
        ReceiveAndTransmitUserInputCapability(UserInputCapability),
        GenericControlCapability(Box<GenericCapability>),
        ReceiveMultiplexedStreamCapability(Box<MultiplexedStreamCapability>),
        TransmitMultiplexedStreamCapability(Box<MultiplexedStreamCapability>),
        ReceiveAndTransmitMultiplexedStreamCapability(Box<MultiplexedStreamCapability>),
        ReceiveRtpAudioTelephonyEventCapability(AudioTelephonyEventCapability),
        ReceiveRtpAudioToneCapability(AudioToneCapability),
        DepFecCapability(DepFECCapability),
        MultiplePayloadStreamCapability(MultiplePayloadStreamCapability),
        FecCapability(FECCapability),
        RedundancyEncodingCap(Box<RedundancyEncodingCapability>),
        OneOfCapabilities(Vec<u16> as List<1, 256, Int<1, 65535>>),
    }
}

sequence! {
    /// `h233EncryptionReceiveCapability` in H.245 `Capability`.
    H233EncryptionReceiveCapability {
        h233_iv_response_time: u8 as Int<0, 255>,
        ..
    }
}

choice! {
    /// Abilities of the multiplex (H.245 `MultiplexCapability`).
    MultiplexCapability {
        NonStandard(NonStandardParameter),
        H222Capability(H222Capability),
        H223Capability(Box<H223Capability>),
        V76Capability(V76Capability),
        ..
        H2250Capability(Box<H2250Capability>),
        GenericMultiplexCapability(Box<GenericCapability>),
    }
}

sequence! {
    /// Abilities of the H.225.0 multiplex: conferences, packets, transport (H.245 `H2250Capability`).
    H2250Capability {
        maximum_audio_delay_jitter: u16 as Int<0, 1023>,
        receive_multipoint_capability: MultipointCapability,
        transmit_multipoint_capability: MultipointCapability,
        receive_and_transmit_multipoint_capability: MultipointCapability,
        mc_capability: McCapability,
        rtcp_video_control_capability: bool,
        media_packetization_capability: MediaPacketizationCapability,
        ..
        transport_capability: Option<TransportCapability>,
        redundancy_encoding_capability: Option<Vec<RedundancyEncodingCapability>> as List<1, 256>,
        logical_channel_switching_capability: Option<bool>,
        t120_dynamic_port_capability: Option<bool>,
    }

    /// `mcCapability` in H.245 `H2250Capability`.
    McCapability {
        centralized_conference_mc: bool,
        decentralized_conference_mc: bool,
        ..
    }

    /// H.245 `MultipointCapability`.
    MultipointCapability {
        multicast_capability: bool,
        multi_uni_cast_conference: bool,
        media_distribution_capability: Vec<MediaDistributionCapability>,
        ..
    }

    /// H.245 `MediaDistributionCapability`.
    MediaDistributionCapability {
        centralized_control: bool,
        distributed_control: bool,
        centralized_audio: bool,
        distributed_audio: bool,
        centralized_video: bool,
        distributed_video: bool,
        centralized_data: Option<Vec<DataApplicationCapability>>,
        distributed_data: Option<Vec<DataApplicationCapability>>,
        ..
    }

    /// H.245 `MediaPacketizationCapability`.
    MediaPacketizationCapability {
        h261a_video_packetization: bool,
        ..
        rtp_payload_type: Option<Vec<RTPPayloadType>> as List<1, 256>,
    }

    /// H.245 `RTPPayloadType`.
    RTPPayloadType {
        payload_descriptor: PayloadDescriptor,
        payload_type: Option<u8> as Int<0, 127>,
        ..
    }
}

choice! {
    /// `payloadDescriptor` in H.245 `RTPPayloadType`.
    PayloadDescriptor {
        NonStandardIdentifier(NonStandardParameter),
        RfcNumber(u16 as IntExt<1, 32768>),
        Oid(Oid),
        ..
    }
}

sequence! {
    /// H.245 `TransportCapability`.
    TransportCapability {
        non_standard: Option<NonStandardParameter>,
        qos_capabilities: Option<Vec<QOSCapability>> as List<1, 256>,
        media_channel_capabilities: Option<Vec<MediaChannelCapability>> as List<1, 256>,
        ..
    }

    /// H.245 `MediaChannelCapability`.
    MediaChannelCapability {
        media_transport: Option<MediaTransportType>,
        ..
    }
}

choice! {
    /// H.245 `MediaTransportType`.
    MediaTransportType { IpUdp, IpTcp, AtmAal5Unidir, AtmAal5Bidir, .. AtmAal5Compressed(AtmAal5Compressed), }
}

sequence! {
    /// `atm-AAL5-compressed` in H.245 `MediaTransportType`.
    AtmAal5Compressed {
        variable_delta: bool,
        ..
    }

    /// H.245 `QOSCapability`.
    QOSCapability {
        non_standard_data: Option<NonStandardParameter>,
        rsvp_parameters: Option<RSVPParameters>,
        atm_parameters: Option<ATMParameters>,
        ..
        local_qos: Option<bool>,
        generic_transport_parameters: Option<GenericTransportParameters>,
        service_priority: Option<Box<ServicePriority>>,
        authorization_parameter: Option<AuthorizationParameters>,
        qos_descriptor: Option<QOSDescriptor>,
        dscp_value: Option<u8> as Int<0, 63>,
    }
}

choice! {
    /// H.245 `QOSMode`.
    QOSMode { GuaranteedQos, ControlledLoad, .. }
}

sequence! {
    /// H.245 `RSVPParameters`.
    RSVPParameters {
        qos_mode: Option<QOSMode>,
        token_rate: Option<u32> as Int<1, 4294967295>,
        bucket_size: Option<u32> as Int<1, 4294967295>,
        peak_rate: Option<u32> as Int<1, 4294967295>,
        min_policed: Option<u32> as Int<1, 4294967295>,
        max_pkt_size: Option<u32> as Int<1, 4294967295>,
        ..
    }

    /// H.245 `ATMParameters`.
    ATMParameters {
        max_ntu_size: u16 as Int<0, 65535>,
        atm_ubr: bool,
        atmrt_vbr: bool,
        atmnrt_vbr: bool,
        atm_abr: bool,
        atm_cbr: bool,
        ..
    }

    /// H.245 `GenericTransportParameters`.
    GenericTransportParameters {
        non_standard_data: Option<NonStandardParameter>,
        average_rate: Option<u32> as Int<1, 4294967295>,
        burst: Option<u32> as Int<1, 4294967295>,
        peak_rate: Option<u32> as Int<1, 4294967295>,
        max_pkt_size: Option<u32> as Int<1, 4294967295>,
        ..
    }

    /// H.245 `ServicePriority`.
    ServicePriority {
        non_standard_data: Option<NonStandardParameter>,
        service_priority_signalled: bool,
        service_priority_value: Option<ServicePriorityValue>,
        ..
        service_class: Option<u16> as Int<0, 4095>,
        service_subclass: Option<u8> as Int<0, 255>,
    }

    /// H.245 `ServicePriorityValue`.
    ServicePriorityValue {
        non_standard_parameter: Option<NonStandardParameter>,
        ..
        value: Option<u8> as Int<0, 255>,
    }

    /// H.245 `AuthorizationParameters`.
    AuthorizationParameters {
        non_standard_data: Option<NonStandardParameter>,
        ..
    }

    /// H.245 `QOSDescriptor`.
    QOSDescriptor {
        non_standard_data: Option<NonStandardParameter>,
        qos_type: QOSType,
        qos_class: QOSClass,
        ..
    }
}

choice! {
    /// H.245 `QOSType`.
    QOSType { Desired, Required, .. }

    /// H.245 `QOSClass`.
    QOSClass { Class0, Class1, Class2, Class3, Class4, Class5, .. }
}

sequence! {
    /// An ability of a generic extension (H.245 `GenericCapability`).
    GenericCapability {
        capability_identifier: CapabilityIdentifier,
        max_bit_rate: Option<u32> as Int<0, 4294967295>,
        collapsing: Option<Vec<GenericParameter>>,
        non_collapsing: Option<Vec<GenericParameter>>,
        non_collapsing_raw: Option<Vec<u8>>,
        transport: Option<DataProtocolCapability>,
        ..
    }
}

choice! {
    /// H.245 `CapabilityIdentifier`.
    CapabilityIdentifier {
        Standard(Oid),
        H221NonStandard(NonStandardParameter),
        Uuid([u8; 16]),
        DomainBased(String as Ia5<1, 64>),
        ..
    }
}

sequence! {
    /// A parameter of a generic capability or message (H.245 `GenericParameter`).
    GenericParameter {
        parameter_identifier: ParameterIdentifier,
        parameter_value: ParameterValue,
        supersedes: Option<Vec<ParameterIdentifier>>,
        ..
    }
}

choice! {
    /// H.245 `ParameterIdentifier`.
    ParameterIdentifier {
        Standard(u8 as Int<0, 127>),
        H221NonStandard(NonStandardParameter),
        Uuid([u8; 16]),
        DomainBased(String as Ia5<1, 64>),
        ..
    }

    /// The value of a generic parameter (H.245 `ParameterValue`).
    ParameterValue {
        Logical,
        BooleanArray(u8 as Int<0, 255>),
        UnsignedMin(u16 as Int<0, 65535>),
        UnsignedMax(u16 as Int<0, 65535>),
        Unsigned32Min(u32 as Int<0, 4294967295>),
        Unsigned32Max(u32 as Int<0, 4294967295>),
        OctetString(Vec<u8>),
        GenericParameter(Vec<GenericParameter>),
        ..
    }
}

sequence! {
    /// H.245 `ConferenceCapability`.
    ConferenceCapability {
        non_standard_data: Option<Vec<NonStandardParameter>>,
        chair_control_capability: bool,
        ..
        video_indicate_mixing_capability: Option<bool>,
        multipoint_visualization_capability: Option<bool>,
    }
}

choice! {
    /// How key presses can be received (H.245 `UserInputCapability`).
    UserInputCapability {
        NonStandard(Vec<NonStandardParameter> as List<1, 16>),
        BasicString,
        Ia5String,
        GeneralString,
        Dtmf,
        Hookflash,
        ..
        ExtendedAlphanumeric,
        EncryptedBasicString,
        EncryptedIa5String,
        EncryptedGeneralString,
        SecureDtmf,
        GenericUserInputCapability(Box<GenericCapability>),
    }
}

sequence! {
    /// H.245 `RedundancyEncodingCapability`.
    RedundancyEncodingCapability {
        redundancy_encoding_method: RedundancyEncodingMethod,
        primary_encoding: u16 as Int<1, 65535>,
        secondary_encoding: Option<Vec<u16>> as List<1, 256, Int<1, 65535>>,
        ..
    }
}

choice! {
    /// H.245 `RedundancyEncodingMethod`.
    RedundancyEncodingMethod {
        NonStandard(NonStandardParameter),
        RtpAudioRedundancyEncoding,
        ..
        RtpH263VideoRedundancyEncoding(RTPH263VideoRedundancyEncoding),
    }
}

sequence! {
    /// H.245 `RTPH263VideoRedundancyEncoding`.
    RTPH263VideoRedundancyEncoding {
        number_of_threads: u8 as Int<1, 16>,
        frames_between_sync_points: u16 as Int<1, 256>,
        frame_to_thread_mapping: FrameToThreadMapping,
        contained_threads: Option<Vec<u8>> as List<1, 256, Int<0, 15>>,
        ..
    }
}

choice! {
    /// `frameToThreadMapping` in H.245 `RTPH263VideoRedundancyEncoding`.
    FrameToThreadMapping { Roundrobin, Custom(Vec<RTPH263VideoRedundancyFrameMapping> as List<1, 256>), .. }
}

sequence! {
    /// H.245 `RTPH263VideoRedundancyFrameMapping`.
    RTPH263VideoRedundancyFrameMapping {
        thread_number: u8 as Int<0, 15>,
        frame_sequence: Vec<u8> as List<1, 256, Int<0, 255>>,
        ..
    }

    /// H.245 `MultiplexedStreamCapability`.
    MultiplexedStreamCapability {
        multiplex_format: MultiplexFormat,
        control_on_mux_stream: bool,
        capability_on_mux_stream: Option<Vec<Vec<u16>>> as List<1, 256, List<1, 256, Int<1, 65535>>>,
        ..
    }
}

choice! {
    /// H.245 `MultiplexFormat`.
    MultiplexFormat {
        NonStandard(NonStandardParameter),
        H222Capability(H222Capability),
        H223Capability(Box<H223Capability>),
        ..
    }
}

sequence! {
    /// H.245 `MultiplePayloadStreamCapability`.
    MultiplePayloadStreamCapability {
        capabilities: Vec<Vec<u16>> as List<1, 256, List<1, 256, Int<1, 65535>>>,
        ..
    }
}

choice! {
    /// H.245 `DepFECCapability`.
    DepFECCapability { Rfc2733(DepFECCapabilityRfc2733), .. }
}

sequence! {
    /// `rfc2733` in H.245 `DepFECCapability`.
    DepFECCapabilityRfc2733 {
        redundancy_encoding: bool,
        separate_stream: DepFECCapabilityRfc2733SeparateStream,
        ..
    }

    /// `separateStream` in H.245 `DepFECCapability.rfc2733`.
    DepFECCapabilityRfc2733SeparateStream {
        separate_port: bool,
        same_port: bool,
        ..
    }

    /// H.245 `FECCapability`.
    FECCapability {
        protected_capability: u16 as Int<1, 65535>,
        fec_scheme: Option<Oid>,
        rfc2733_format: Option<FECCapabilityRfc2733Format>,
        ..
    }
}

choice! {
    /// `rfc2733Format` in H.245 `FECCapability`.
    FECCapabilityRfc2733Format {
        Rfc2733rfc2198(u32 as AtLeast<1>),
        Rfc2733sameport(u32 as AtLeast<1>),
        Rfc2733diffport(u32 as AtLeast<1>),
    }
}
