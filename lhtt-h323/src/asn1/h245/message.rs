//! The message choices of H.245 and what is common to them (H.245 Annex A).

use super::{
    CapabilityIdentifier, CloseLogicalChannel, CloseLogicalChannelAck, CommunicationModeCommand,
    CommunicationModeRequest, CommunicationModeResponse, ConferenceCommand, ConferenceIndication, ConferenceRequest,
    ConferenceResponse, EncryptionCommand, EndSessionCommand, FlowControlCommand, FlowControlIndication,
    GenericParameter, H223MultiplexReconfiguration, H223SkewIndication, H2250MaximumSkewIndication, JitterIndication,
    LogicalChannelRateAcknowledge, LogicalChannelRateReject, LogicalChannelRateRelease, LogicalChannelRateRequest,
    MCLocationIndication, MaintenanceLoopAck, MaintenanceLoopOffCommand, MaintenanceLoopReject, MaintenanceLoopRequest,
    MasterSlaveDetermination, MasterSlaveDeterminationAck, MasterSlaveDeterminationReject,
    MasterSlaveDeterminationRelease, MiscellaneousCommand, MiscellaneousIndication,
    MobileMultilinkReconfigurationCommand, MobileMultilinkReconfigurationIndication, MultilinkIndication,
    MultilinkRequest, MultilinkResponse, MultiplexEntrySend, MultiplexEntrySendAck, MultiplexEntrySendReject,
    MultiplexEntrySendRelease, NewATMVCCommand, NewATMVCIndication, OpenLogicalChannel, OpenLogicalChannelAck,
    OpenLogicalChannelConfirm, OpenLogicalChannelReject, RequestChannelClose, RequestChannelCloseAck,
    RequestChannelCloseReject, RequestChannelCloseRelease, RequestMode, RequestModeAck, RequestModeReject,
    RequestModeRelease, RequestMultiplexEntry, RequestMultiplexEntryAck, RequestMultiplexEntryReject,
    RequestMultiplexEntryRelease, RoundTripDelayRequest, RoundTripDelayResponse, SendTerminalCapabilitySet,
    TerminalCapabilitySet, TerminalCapabilitySetAck, TerminalCapabilitySetReject, TerminalCapabilitySetRelease,
    UserInputIndication,
};
use crate::per::{Int, Octets, Oid, choice, sequence};

choice! {
    /// Any H.245 message (H.245 `MultimediaSystemControlMessage`).
    MultimediaSystemControlMessage {
        Request(Box<RequestMessage>),
        Response(Box<ResponseMessage>),
        Command(Box<CommandMessage>),
        Indication(Box<IndicationMessage>),
        ..
    }

    /// Messages that want an answer (H.245 `RequestMessage`).
    RequestMessage {
        NonStandard(NonStandardMessage),
        MasterSlaveDetermination(MasterSlaveDetermination),
        TerminalCapabilitySet(Box<TerminalCapabilitySet>),
        OpenLogicalChannel(Box<OpenLogicalChannel>),
        CloseLogicalChannel(CloseLogicalChannel),
        RequestChannelClose(RequestChannelClose),
        MultiplexEntrySend(MultiplexEntrySend),
        RequestMultiplexEntry(RequestMultiplexEntry),
        RequestMode(RequestMode),
        RoundTripDelayRequest(RoundTripDelayRequest),
        MaintenanceLoopRequest(MaintenanceLoopRequest),
        ..
        CommunicationModeRequest(CommunicationModeRequest),
        ConferenceRequest(Box<ConferenceRequest>),
        MultilinkRequest(MultilinkRequest),
        LogicalChannelRateRequest(LogicalChannelRateRequest),
        GenericRequest(Box<GenericMessage>),
    }

    /// The answers (H.245 `ResponseMessage`).
    ResponseMessage {
        NonStandard(NonStandardMessage),
        MasterSlaveDeterminationAck(MasterSlaveDeterminationAck),
        MasterSlaveDeterminationReject(MasterSlaveDeterminationReject),
        TerminalCapabilitySetAck(TerminalCapabilitySetAck),
        TerminalCapabilitySetReject(TerminalCapabilitySetReject),
        OpenLogicalChannelAck(Box<OpenLogicalChannelAck>),
        OpenLogicalChannelReject(OpenLogicalChannelReject),
        CloseLogicalChannelAck(CloseLogicalChannelAck),
        RequestChannelCloseAck(RequestChannelCloseAck),
        RequestChannelCloseReject(RequestChannelCloseReject),
        MultiplexEntrySendAck(MultiplexEntrySendAck),
        MultiplexEntrySendReject(MultiplexEntrySendReject),
        RequestMultiplexEntryAck(RequestMultiplexEntryAck),
        RequestMultiplexEntryReject(RequestMultiplexEntryReject),
        RequestModeAck(RequestModeAck),
        RequestModeReject(RequestModeReject),
        RoundTripDelayResponse(RoundTripDelayResponse),
        MaintenanceLoopAck(MaintenanceLoopAck),
        MaintenanceLoopReject(MaintenanceLoopReject),
        ..
        CommunicationModeResponse(CommunicationModeResponse),
        ConferenceResponse(ConferenceResponse),
        MultilinkResponse(MultilinkResponse),
        LogicalChannelRateAcknowledge(LogicalChannelRateAcknowledge),
        LogicalChannelRateReject(LogicalChannelRateReject),
        GenericResponse(Box<GenericMessage>),
    }

    /// Messages to act upon (H.245 `CommandMessage`).
    CommandMessage {
        NonStandard(NonStandardMessage),
        MaintenanceLoopOffCommand(MaintenanceLoopOffCommand),
        SendTerminalCapabilitySet(SendTerminalCapabilitySet),
        EncryptionCommand(EncryptionCommand),
        FlowControlCommand(FlowControlCommand),
        EndSessionCommand(EndSessionCommand),
        MiscellaneousCommand(Box<MiscellaneousCommand>),
        ..
        CommunicationModeCommand(CommunicationModeCommand),
        ConferenceCommand(ConferenceCommand),
        H223MultiplexReconfiguration(H223MultiplexReconfiguration),
        NewAtmvcCommand(Box<NewATMVCCommand>),
        MobileMultilinkReconfigurationCommand(MobileMultilinkReconfigurationCommand),
        GenericCommand(Box<GenericMessage>),
    }

    /// Messages that tell (H.245 `IndicationMessage`).
    IndicationMessage {
        NonStandard(NonStandardMessage),
        FunctionNotUnderstood(FunctionNotUnderstood),
        MasterSlaveDeterminationRelease(MasterSlaveDeterminationRelease),
        TerminalCapabilitySetRelease(TerminalCapabilitySetRelease),
        OpenLogicalChannelConfirm(OpenLogicalChannelConfirm),
        RequestChannelCloseRelease(RequestChannelCloseRelease),
        MultiplexEntrySendRelease(MultiplexEntrySendRelease),
        RequestMultiplexEntryRelease(RequestMultiplexEntryRelease),
        RequestModeRelease(RequestModeRelease),
        MiscellaneousIndication(MiscellaneousIndication),
        JitterIndication(JitterIndication),
        H223SkewIndication(H223SkewIndication),
        NewAtmvcIndication(Box<NewATMVCIndication>),
        UserInput(UserInputIndication),
        ..
        H2250MaximumSkewIndication(H2250MaximumSkewIndication),
        McLocationIndication(Box<MCLocationIndication>),
        ConferenceIndication(ConferenceIndication),
        VendorIdentification(Box<VendorIdentification>),
        FunctionNotSupported(FunctionNotSupported),
        MultilinkIndication(MultilinkIndication),
        LogicalChannelRateRelease(LogicalChannelRateRelease),
        FlowControlIndication(FlowControlIndication),
        MobileMultilinkReconfigurationIndication(MobileMultilinkReconfigurationIndication),
        GenericIndication(Box<GenericMessage>),
    }
}

sequence! {
    /// Data of a manufacturer (H.245 `NonStandardParameter`).
    NonStandardParameter {
        non_standard_identifier: NonStandardIdentifier,
        data: Vec<u8>,
    }
}

choice! {
    /// Whose data it is (H.245 `NonStandardIdentifier`).
    NonStandardIdentifier { Object(Oid), H221NonStandard(H221NonStandard), }
}

sequence! {
    /// `h221NonStandard` in H.245 `NonStandardIdentifier`.
    H221NonStandard {
        t35_country_code: u8 as Int<0, 255>,
        t35_extension: u8 as Int<0, 255>,
        manufacturer_code: u16 as Int<0, 65535>,
    }

    /// A message of a manufacturer (H.245 `NonStandardMessage`).
    NonStandardMessage {
        non_standard_data: NonStandardParameter,
        ..
    }

    /// A message of a generic extension (H.245 `GenericMessage`).
    GenericMessage {
        message_identifier: CapabilityIdentifier,
        sub_message_identifier: Option<u8> as Int<0, 127>,
        message_content: Option<Vec<GenericParameter>>,
        ..
    }

    /// Generic data in another message (H.245 `GenericInformation`).
    GenericInformation {
        message_identifier: CapabilityIdentifier,
        sub_message_identifier: Option<u8> as Int<0, 127>,
        message_content: Option<Vec<GenericParameter>>,
        ..
    }
}

choice! {
    /// The message that was not understood (H.245 `FunctionNotUnderstood`).
    FunctionNotUnderstood {
        Request(Box<RequestMessage>),
        Response(Box<ResponseMessage>),
        Command(Box<CommandMessage>),
    }
}

sequence! {
    /// A message, or part of one, that is not supported (H.245 `FunctionNotSupported`).
    FunctionNotSupported {
        cause: FunctionNotSupportedCause,
        returned_function: Option<Vec<u8>>,
        ..
    }
}

choice! {
    /// `cause` in H.245 `FunctionNotSupported`.
    FunctionNotSupportedCause { SyntaxError, SemanticError, UnknownFunction, .. }
}

sequence! {
    /// Maker, product and version (H.245 `VendorIdentification`).
    VendorIdentification {
        vendor: NonStandardIdentifier,
        product_number: Option<Vec<u8>> as Octets<1, 256>,
        version_number: Option<Vec<u8>> as Octets<1, 256>,
        ..
    }
}
