//! Request of a mode and communication mode (H.245 B.6, B.9).

use super::{
    AudioCapability, AudioMode, DataApplicationCapability, DataMode, EncryptionMode, GenericCapability,
    H223ModeParameters, H235Mode, MultiplexedStreamParameter, NonStandardParameter, RedundancyEncoding,
    RedundancyEncodingMethod, TerminalLabel, TransportAddress, V76ModeParameters, VideoCapability, VideoMode,
};
use crate::per::{AtLeast, Bmp, Int, List, Oid, choice, sequence};

sequence! {
    /// Asks the other side to send in one of these modes, C.9 (H.245 `RequestMode`).
    RequestMode {
        sequence_number: u8 as Int<0, 255>,
        requested_modes: Vec<Vec<ModeElement>> as List<1, 256, List<1, 256>>,
        ..
    }

    /// It will (H.245 `RequestModeAck`).
    RequestModeAck {
        sequence_number: u8 as Int<0, 255>,
        response: RequestModeAckResponse,
        ..
    }
}

choice! {
    /// `response` in H.245 `RequestModeAck`.
    RequestModeAckResponse { WillTransmitMostPreferredMode, WillTransmitLessPreferredMode, .. }
}

sequence! {
    /// It will not (H.245 `RequestModeReject`).
    RequestModeReject {
        sequence_number: u8 as Int<0, 255>,
        cause: RequestModeRejectCause,
        ..
    }
}

choice! {
    /// `cause` in H.245 `RequestModeReject`.
    RequestModeRejectCause { ModeUnavailable, MultipointConstraint, RequestDenied, .. }
}

sequence! {
    /// The answer came too late (H.245 `RequestModeRelease`).
    RequestModeRelease {
        ..
    }

    /// H.245 `ModeElement`.
    ModeElement {
        r#type: ModeElementType,
        h223_mode_parameters: Option<H223ModeParameters>,
        ..
        v76_mode_parameters: Option<V76ModeParameters>,
        h2250_mode_parameters: Option<H2250ModeParameters>,
        generic_mode_parameters: Option<Box<GenericCapability>>,
        multiplexed_stream_mode_parameters: Option<MultiplexedStreamModeParameters>,
        logical_channel_number: Option<u16> as Int<1, 65535>,
    }
}

choice! {
    /// H.245 `ModeElementType`.
    ModeElementType {
        NonStandard(NonStandardParameter),
        VideoMode(VideoMode),
        AudioMode(AudioMode),
        DataMode(Box<DataMode>),
        EncryptionMode(EncryptionMode),
        ..
        H235Mode(Box<H235Mode>),
        MultiplexedStreamMode(Box<MultiplexedStreamParameter>),
        RedundancyEncodingDtMode(Box<RedundancyEncodingDTMode>),
        MultiplePayloadStreamMode(MultiplePayloadStreamMode),
        DepFecMode(DepFECMode),
        FecMode(FECMode),
    }
}

sequence! {
    /// H.245 `H2250ModeParameters`.
    H2250ModeParameters {
        redundancy_encoding_mode: Option<Box<RedundancyEncodingMode>>,
        ..
    }

    /// H.245 `RedundancyEncodingMode`.
    RedundancyEncodingMode {
        redundancy_encoding_method: RedundancyEncodingMethod,
        secondary_encoding: Option<RedundancyEncodingModeSecondaryEncoding>,
        ..
    }
}

choice! {
    /// `secondaryEncoding` in H.245 `RedundancyEncodingMode`.
    RedundancyEncodingModeSecondaryEncoding { NonStandard(NonStandardParameter), AudioData(AudioMode), .. }
}

sequence! {
    /// H.245 `RedundancyEncodingDTMode`.
    RedundancyEncodingDTMode {
        redundancy_encoding_method: RedundancyEncodingMethod,
        primary: RedundancyEncodingDTModeElement,
        secondary: Vec<RedundancyEncodingDTModeElement>,
        ..
    }

    /// H.245 `RedundancyEncodingDTModeElement`.
    RedundancyEncodingDTModeElement {
        r#type: RedundancyEncodingDTModeElementType,
        ..
    }
}

choice! {
    /// `type` in H.245 `RedundancyEncodingDTModeElement`.
    RedundancyEncodingDTModeElementType {
        NonStandard(NonStandardParameter),
        VideoMode(VideoMode),
        AudioMode(AudioMode),
        DataMode(Box<DataMode>),
        EncryptionMode(EncryptionMode),
        H235Mode(Box<H235Mode>),
        ..
        FecMode(FECMode),
    }
}

sequence! {
    /// H.245 `MultiplexedStreamModeParameters`.
    MultiplexedStreamModeParameters {
        logical_channel_number: u16 as Int<1, 65535>,
        ..
    }

    /// H.245 `MultiplePayloadStreamMode`.
    MultiplePayloadStreamMode {
        elements: Vec<MultiplePayloadStreamElementMode>,
        ..
    }

    /// H.245 `MultiplePayloadStreamElementMode`.
    MultiplePayloadStreamElementMode {
        r#type: ModeElementType,
        ..
    }

    /// H.245 `FECMode`.
    FECMode {
        protected_element: Box<ModeElementType>,
        fec_scheme: Option<Oid>,
        rfc2733_format: Option<FECModeRfc2733Format>,
        ..
    }
}

choice! {
    /// `rfc2733Format` in H.245 `FECMode`.
    FECModeRfc2733Format {
        Rfc2733rfc2198(u32 as AtLeast<1>),
        Rfc2733sameport(u32 as AtLeast<1>),
        Rfc2733diffport(u32 as AtLeast<1>),
    }

    /// H.245 `DepFECMode`.
    DepFECMode { Rfc2733Mode(DepFECModeRfc2733), .. }
}

sequence! {
    /// `rfc2733Mode` in H.245 `DepFECMode`.
    DepFECModeRfc2733 {
        mode: DepFECModeMode,
        ..
    }
}

choice! {
    /// `mode` in H.245 `DepFECMode.rfc2733Mode`.
    DepFECModeMode { RedundancyEncoding, SeparateStream(DepFECModeSeparateStream), .. }

    /// `separateStream` in H.245 `DepFECMode.rfc2733Mode.mode`.
    DepFECModeSeparateStream {
        DifferentPort(DepFECModeSeparateStreamDifferentPort),
        SamePort(DepFECModeSeparateStreamSamePort),
        ..
    }
}

sequence! {
    /// `differentPort` in H.245 `DepFECMode.rfc2733Mode.mode.separateStream`.
    DepFECModeSeparateStreamDifferentPort {
        protected_session_id: u8 as Int<1, 255>,
        protected_payload_type: Option<u8> as Int<0, 127>,
        ..
    }

    /// `samePort` in H.245 `DepFECMode.rfc2733Mode.mode.separateStream`.
    DepFECModeSeparateStreamSamePort {
        protected_type: Box<ModeElementType>,
        ..
    }

    /// H.245 `CommunicationModeRequest`.
    CommunicationModeRequest {
        ..
    }
}

choice! {
    /// H.245 `CommunicationModeResponse`.
    CommunicationModeResponse { CommunicationModeTable(Vec<CommunicationModeTableEntry> as List<1, 256>), .. }
}

sequence! {
    /// H.245 `CommunicationModeTableEntry`.
    CommunicationModeTableEntry {
        non_standard: Option<Vec<NonStandardParameter>>,
        session_id: u8 as Int<1, 255>,
        associated_session_id: Option<u8> as Int<1, 255>,
        terminal_label: Option<TerminalLabel>,
        session_description: String as Bmp<1, 128>,
        data_type: CommunicationModeDataType,
        media_channel: Option<TransportAddress>,
        media_guaranteed_delivery: Option<bool>,
        media_control_channel: Option<TransportAddress>,
        media_control_guaranteed_delivery: Option<bool>,
        ..
        redundancy_encoding: Option<Box<RedundancyEncoding>>,
        session_dependency: Option<u8> as Int<1, 255>,
        destination: Option<TerminalLabel>,
    }
}

choice! {
    /// `dataType` in H.245 `CommunicationModeTableEntry`.
    CommunicationModeDataType {
        VideoData(VideoCapability),
        AudioData(AudioCapability),
        Data(Box<DataApplicationCapability>),
        ..
    }
}

sequence! {
    /// The channels of a conference, from its MC (H.245 `CommunicationModeCommand`).
    CommunicationModeCommand {
        communication_mode_table: Vec<CommunicationModeTableEntry> as List<1, 256>,
        ..
    }
}
