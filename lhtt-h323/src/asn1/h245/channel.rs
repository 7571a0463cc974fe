//! Logical channels: open, close, request to close, change the rate (H.245 B.3).

use super::{
    AudioCapability, DataApplicationCapability, EncryptionMode, EncryptionSync, GenericInformation,
    H222LogicalChannelParameters, H223LogicalChannelParameters, H235Media, MultiplexFormat, NonStandardParameter,
    QOSCapability, RTPPayloadType, RedundancyEncodingMethod, TerminalLabel, TransportAddress, TransportCapability,
    V76LogicalChannelParameters, VideoCapability,
};
use crate::per::{Chars, Dialled, Int, Numeric, Octets, Oid, choice, sequence};

sequence! {
    /// Opens a channel, one-way or two-way, C.4 and C.5 (H.245 `OpenLogicalChannel`).
    OpenLogicalChannel {
        forward_logical_channel_number: u16 as Int<1, 65535>,
        forward_logical_channel_parameters: ForwardLogicalChannelParameters,
        reverse_logical_channel_parameters: Option<ReverseLogicalChannelParameters>,
        ..
        separate_stack: Option<NetworkAccessParameters>,
        encryption_sync: Option<Box<EncryptionSync>>,
        generic_information: Option<Vec<GenericInformation>>,
    }

    /// What the opener is to send (H.245 `OpenLogicalChannel.forwardLogicalChannelParameters`).
    ForwardLogicalChannelParameters {
        port_number: Option<u16> as Int<0, 65535>,
        data_type: DataType,
        multiplex_parameters: ForwardMultiplexParameters,
        ..
        forward_logical_channel_dependency: Option<u16> as Int<1, 65535>,
        replacement_for: Option<u16> as Int<1, 65535>,
    }
}

choice! {
    /// Where and how the opener is to send (H.245 `OpenLogicalChannel.forwardLogicalChannelParameters.multiplexParameters`).
    ForwardMultiplexParameters {
        H222LogicalChannelParameters(H222LogicalChannelParameters),
        H223LogicalChannelParameters(Box<H223LogicalChannelParameters>),
        V76LogicalChannelParameters(Box<V76LogicalChannelParameters>),
        ..
        H2250LogicalChannelParameters(Box<H2250LogicalChannelParameters>),
        None,
    }
}

sequence! {
    /// What the opener wants to receive in the same exchange (H.245 `OpenLogicalChannel.reverseLogicalChannelParameters`).
    ReverseLogicalChannelParameters {
        data_type: DataType,
        multiplex_parameters: Option<ReverseMultiplexParameters>,
        ..
        reverse_logical_channel_dependency: Option<u16> as Int<1, 65535>,
        replacement_for: Option<u16> as Int<1, 65535>,
    }
}

choice! {
    /// Where and how the opener wants to receive (H.245 `OpenLogicalChannel.reverseLogicalChannelParameters.multiplexParameters`).
    ReverseMultiplexParameters {
        H223LogicalChannelParameters(Box<H223LogicalChannelParameters>),
        V76LogicalChannelParameters(Box<V76LogicalChannelParameters>),
        ..
        H2250LogicalChannelParameters(Box<H2250LogicalChannelParameters>),
    }
}

sequence! {
    /// The channel is open, and where to send (H.245 `OpenLogicalChannelAck`).
    OpenLogicalChannelAck {
        forward_logical_channel_number: u16 as Int<1, 65535>,
        reverse_logical_channel_parameters: Option<AckReverseLogicalChannelParameters>,
        ..
        separate_stack: Option<NetworkAccessParameters>,
        forward_multiplex_ack_parameters: Option<ForwardMultiplexAckParameters>,
        encryption_sync: Option<Box<EncryptionSync>>,
        generic_information: Option<Vec<GenericInformation>>,
    }

    /// The reverse channel of a two-way one (H.245 `OpenLogicalChannelAck.reverseLogicalChannelParameters`).
    AckReverseLogicalChannelParameters {
        reverse_logical_channel_number: u16 as Int<1, 65535>,
        port_number: Option<u16> as Int<0, 65535>,
        multiplex_parameters: Option<AckReverseMultiplexParameters>,
        ..
        replacement_for: Option<u16> as Int<1, 65535>,
    }
}

choice! {
    /// `multiplexParameters` in H.245 `OpenLogicalChannelAck.reverseLogicalChannelParameters`.
    AckReverseMultiplexParameters {
        H222LogicalChannelParameters(H222LogicalChannelParameters),
        ..
        H2250LogicalChannelParameters(Box<H2250LogicalChannelParameters>),
    }

    /// Where the opener is to send (H.245 `OpenLogicalChannelAck.forwardMultiplexAckParameters`).
    ForwardMultiplexAckParameters { H2250LogicalChannelAckParameters(Box<H2250LogicalChannelAckParameters>), .. }
}

sequence! {
    /// The channel is refused (H.245 `OpenLogicalChannelReject`).
    OpenLogicalChannelReject {
        forward_logical_channel_number: u16 as Int<1, 65535>,
        cause: OpenLogicalChannelRejectCause,
        ..
        generic_information: Option<Vec<GenericInformation>>,
    }
}

choice! {
    /// Why a channel is refused (H.245 `OpenLogicalChannelReject.cause`).
    OpenLogicalChannelRejectCause {
        Unspecified,
        UnsuitableReverseParameters,
        DataTypeNotSupported,
        DataTypeNotAvailable,
        UnknownDataType,
        DataTypeAlCombinationNotSupported,
        ..
        MulticastChannelNotAllowed,
        InsufficientBandwidth,
        SeparateStackEstablishmentFailed,
        InvalidSessionId,
        MasterSlaveConflict,
        WaitForCommunicationMode,
        InvalidDependentChannel,
        ReplacementForRejected,
        SecurityDenied,
        QosControlNotSupported,
    }
}

sequence! {
    /// The two-way channel is open (H.245 `OpenLogicalChannelConfirm`).
    OpenLogicalChannelConfirm {
        forward_logical_channel_number: u16 as Int<1, 65535>,
        ..
        generic_information: Option<Vec<GenericInformation>>,
    }
}

choice! {
    /// What a channel carries (H.245 `DataType`).
    DataType {
        NonStandard(NonStandardParameter),
        NullData,
        VideoData(VideoCapability),
        AudioData(AudioCapability),
        Data(Box<DataApplicationCapability>),
        EncryptionData(EncryptionMode),
        ..
        H235Control(NonStandardParameter),
        H235Media(Box<H235Media>),
        MultiplexedStream(Box<MultiplexedStreamParameter>),
        RedundancyEncoding(Box<RedundancyEncoding>),
        MultiplePayloadStream(MultiplePayloadStream),
        DepFec(DepFECData),
        Fec(Box<FECData>),
    }
}

sequence! {
    /// Session, addresses and packets of a channel over H.225.0 (H.245 `H2250LogicalChannelParameters`).
    H2250LogicalChannelParameters {
        non_standard: Option<Vec<NonStandardParameter>>,
        session_id: u8 as Int<0, 255>,
        associated_session_id: Option<u8> as Int<1, 255>,
        media_channel: Option<TransportAddress>,
        media_guaranteed_delivery: Option<bool>,
        media_control_channel: Option<TransportAddress>,
        media_control_guaranteed_delivery: Option<bool>,
        silence_suppression: Option<bool>,
        destination: Option<TerminalLabel>,
        dynamic_rtp_payload_type: Option<u8> as Int<96, 127>,
        media_packetization: Option<MediaPacketization>,
        ..
        transport_capability: Option<TransportCapability>,
        redundancy_encoding: Option<Box<RedundancyEncoding>>,
        source: Option<TerminalLabel>,
    }
}

choice! {
    /// `mediaPacketization` in H.245 `H2250LogicalChannelParameters`.
    MediaPacketization { H261aVideoPacketization, .. RtpPayloadType(Box<RTPPayloadType>), }
}

sequence! {
    /// Addresses of an accepted channel over H.225.0 (H.245 `H2250LogicalChannelAckParameters`).
    H2250LogicalChannelAckParameters {
        non_standard: Option<Vec<NonStandardParameter>>,
        session_id: Option<u8> as Int<1, 255>,
        media_channel: Option<TransportAddress>,
        media_control_channel: Option<TransportAddress>,
        dynamic_rtp_payload_type: Option<u8> as Int<96, 127>,
        ..
        flow_control_to_zero: Option<bool>,
        port_number: Option<u16> as Int<0, 65535>,
        multiple_payload_stream: Option<MultiplePayloadStream>,
    }

    /// Where a T.120 stack is reached (H.245 `NetworkAccessParameters`).
    NetworkAccessParameters {
        distribution: Option<NetworkAccessDistribution>,
        network_address: NetworkAddress,
        associate_conference: bool,
        external_reference: Option<Vec<u8>> as Octets<1, 255>,
        ..
        t120_setup_procedure: Option<T120SetupProcedure>,
    }
}

choice! {
    /// `distribution` in H.245 `NetworkAccessParameters`.
    NetworkAccessDistribution { Unicast, Multicast, .. }

    /// `networkAddress` in H.245 `NetworkAccessParameters`.
    NetworkAddress {
        Q2931Address(Q2931Address),
        E164Address(String as Chars<Dialled, 1, 128>),
        LocalAreaAddress(TransportAddress),
        ..
    }

    /// `t120SetupProcedure` in H.245 `NetworkAccessParameters`.
    T120SetupProcedure { OriginateCall, WaitForCall, IssueQuery, .. }
}

sequence! {
    /// H.245 `Q2931Address`.
    Q2931Address {
        address: Q2931AddressAddress,
        subaddress: Option<Vec<u8>> as Octets<1, 20>,
        ..
    }
}

choice! {
    /// `address` in H.245 `Q2931Address`.
    Q2931AddressAddress { InternationalNumber(String as Numeric<1, 16>), NsapAddress(Vec<u8> as Octets<1, 20>), .. }
}

sequence! {
    /// Closes a channel that the sender opened, C.4 (H.245 `CloseLogicalChannel`).
    CloseLogicalChannel {
        forward_logical_channel_number: u16 as Int<1, 65535>,
        source: CloseLogicalChannelSource,
        ..
        reason: Option<CloseLogicalChannelReason>,
    }
}

choice! {
    /// `source` in H.245 `CloseLogicalChannel`.
    CloseLogicalChannelSource { User, Lcse, }

    /// `reason` in H.245 `CloseLogicalChannel`.
    CloseLogicalChannelReason { NotKnown, Reopen, ReservationFailure, .. NetworkErrorCode(u8 as Int<0, 255>), }
}

sequence! {
    /// The channel is closed (H.245 `CloseLogicalChannelAck`).
    CloseLogicalChannelAck {
        forward_logical_channel_number: u16 as Int<1, 65535>,
        ..
    }

    /// Asks the opener to close a channel, C.6 (H.245 `RequestChannelClose`).
    RequestChannelClose {
        forward_logical_channel_number: u16 as Int<1, 65535>,
        ..
        qos_capability: Option<Box<QOSCapability>>,
        reason: Option<RequestChannelCloseReason>,
    }
}

choice! {
    /// `reason` in H.245 `RequestChannelClose`.
    RequestChannelCloseReason {
        NotKnown,
        Normal,
        Reopen,
        ReservationFailure,
        ..
        NetworkErrorCode(u8 as Int<0, 255>),
    }
}

sequence! {
    /// It will be closed (H.245 `RequestChannelCloseAck`).
    RequestChannelCloseAck {
        forward_logical_channel_number: u16 as Int<1, 65535>,
        ..
    }

    /// It will stay open (H.245 `RequestChannelCloseReject`).
    RequestChannelCloseReject {
        forward_logical_channel_number: u16 as Int<1, 65535>,
        cause: RequestChannelCloseRejectCause,
        ..
    }
}

choice! {
    /// `cause` in H.245 `RequestChannelCloseReject`.
    RequestChannelCloseRejectCause { Unspecified, .. }
}

sequence! {
    /// The answer came too late (H.245 `RequestChannelCloseRelease`).
    RequestChannelCloseRelease {
        forward_logical_channel_number: u16 as Int<1, 65535>,
        ..
    }

    /// H.245 `LogicalChannelRateRequest`.
    LogicalChannelRateRequest {
        sequence_number: u8 as Int<0, 255>,
        logical_channel_number: u16 as Int<1, 65535>,
        maximum_bit_rate: u32 as Int<0, 4294967295>,
        ..
    }

    /// H.245 `LogicalChannelRateAcknowledge`.
    LogicalChannelRateAcknowledge {
        sequence_number: u8 as Int<0, 255>,
        logical_channel_number: u16 as Int<1, 65535>,
        maximum_bit_rate: u32 as Int<0, 4294967295>,
        ..
    }

    /// H.245 `LogicalChannelRateReject`.
    LogicalChannelRateReject {
        sequence_number: u8 as Int<0, 255>,
        logical_channel_number: u16 as Int<1, 65535>,
        reject_reason: LogicalChannelRateRejectReason,
        current_maximum_bit_rate: Option<u32> as Int<0, 4294967295>,
        ..
    }
}

choice! {
    /// H.245 `LogicalChannelRateRejectReason`.
    LogicalChannelRateRejectReason { UndefinedReason, InsufficientResources, .. }
}

sequence! {
    /// H.245 `LogicalChannelRateRelease`.
    LogicalChannelRateRelease {
        ..
    }

    /// H.245 `RedundancyEncoding`.
    RedundancyEncoding {
        redundancy_encoding_method: RedundancyEncodingMethod,
        secondary_encoding: Option<Box<DataType>>,
        ..
        rtp_redundancy_encoding: Option<RedundancyEncodingRtpRedundancyEncoding>,
    }

    /// `rtpRedundancyEncoding` in H.245 `RedundancyEncoding`.
    RedundancyEncodingRtpRedundancyEncoding {
        primary: Option<RedundancyEncodingElement>,
        secondary: Option<Vec<RedundancyEncodingElement>>,
        ..
    }

    /// H.245 `RedundancyEncodingElement`.
    RedundancyEncodingElement {
        data_type: Box<DataType>,
        payload_type: Option<u8> as Int<0, 127>,
        ..
    }

    /// H.245 `MultiplePayloadStream`.
    MultiplePayloadStream {
        elements: Vec<MultiplePayloadStreamElement>,
        ..
    }

    /// H.245 `MultiplePayloadStreamElement`.
    MultiplePayloadStreamElement {
        data_type: DataType,
        payload_type: Option<u8> as Int<0, 127>,
        ..
    }
}

choice! {
    /// H.245 `DepFECData`.
    DepFECData { Rfc2733(DepFECDataRfc2733), }
}

sequence! {
    /// `rfc2733` in H.245 `DepFECData`.
    DepFECDataRfc2733 {
        mode: DepFECDataMode,
        ..
    }
}

choice! {
    /// `mode` in H.245 `DepFECData.rfc2733`.
    DepFECDataMode { RedundancyEncoding, SeparateStream(DepFECDataSeparateStream), .. }

    /// `separateStream` in H.245 `DepFECData.rfc2733.mode`.
    DepFECDataSeparateStream {
        DifferentPort(DepFECDataSeparateStreamDifferentPort),
        SamePort(DepFECDataSeparateStreamSamePort),
        ..
    }
}

sequence! {
    /// `differentPort` in H.245 `DepFECData.rfc2733.mode.separateStream`.
    DepFECDataSeparateStreamDifferentPort {
        protected_session_id: u8 as Int<1, 255>,
        protected_payload_type: Option<u8> as Int<0, 127>,
        ..
    }

    /// `samePort` in H.245 `DepFECData.rfc2733.mode.separateStream`.
    DepFECDataSeparateStreamSamePort {
        protected_payload_type: u8 as Int<0, 127>,
        ..
    }
}

choice! {
    /// H.245 `FECData`.
    FECData { Rfc2733(FECDataRfc2733), .. }
}

sequence! {
    /// `rfc2733` in H.245 `FECData`.
    FECDataRfc2733 {
        protected_payload_type: u8 as Int<0, 127>,
        fec_scheme: Option<Oid>,
        pkt_mode: FECDataPktMode,
        ..
    }
}

choice! {
    /// `pktMode` in H.245 `FECData.rfc2733`.
    FECDataPktMode { Rfc2198coding, Rfc2733sameport(FECDataSamePort), Rfc2733diffport(FECDataDiffPort), .. }
}

sequence! {
    /// `rfc2733sameport` in H.245 `FECData.rfc2733.pktMode`.
    FECDataSamePort {
        ..
    }

    /// `rfc2733diffport` in H.245 `FECData.rfc2733.pktMode`.
    FECDataDiffPort {
        protected_channel: u16 as Int<1, 65535>,
        ..
    }

    /// H.245 `MultiplexedStreamParameter`.
    MultiplexedStreamParameter {
        multiplex_format: MultiplexFormat,
        control_on_mux_stream: bool,
        ..
    }
}
