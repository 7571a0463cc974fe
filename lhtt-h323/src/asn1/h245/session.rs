//! Master and slave, exchange of capabilities, round trip, loops, flow control, the end (H.245 Annex B).

use super::{Capability, GenericInformation, MultiplexCapability, NonStandardParameter};
use crate::per::{Int, List, Oid, choice, sequence};

sequence! {
    /// Offers terminal type and random number, C.2 (H.245 `MasterSlaveDetermination`).
    MasterSlaveDetermination {
        terminal_type: u8 as Int<0, 255>,
        status_determination_number: u32 as Int<0, 16777215>,
        ..
    }

    /// What the other side is (H.245 `MasterSlaveDeterminationAck`).
    MasterSlaveDeterminationAck {
        decision: MasterSlaveDeterminationAckDecision,
        ..
    }
}

choice! {
    /// `decision` in H.245 `MasterSlaveDeterminationAck`.
    MasterSlaveDeterminationAckDecision { Master, Slave, }
}

sequence! {
    /// Identical numbers: once more (H.245 `MasterSlaveDeterminationReject`).
    MasterSlaveDeterminationReject {
        cause: MasterSlaveDeterminationRejectCause,
        ..
    }
}

choice! {
    /// `cause` in H.245 `MasterSlaveDeterminationReject`.
    MasterSlaveDeterminationRejectCause { IdenticalNumbers, .. }
}

sequence! {
    /// The answer came too late (H.245 `MasterSlaveDeterminationRelease`).
    MasterSlaveDeterminationRelease {
        ..
    }

    /// What the sender can do, C.3 (H.245 `TerminalCapabilitySet`).
    TerminalCapabilitySet {
        sequence_number: u8 as Int<0, 255>,
        protocol_identifier: Oid,
        multiplex_capability: Option<MultiplexCapability>,
        capability_table: Option<Vec<CapabilityTableEntry>> as List<1, 256>,
        capability_descriptors: Option<Vec<CapabilityDescriptor>> as List<1, 256>,
        ..
        generic_information: Option<Vec<GenericInformation>>,
    }

    /// The capabilities arrived (H.245 `TerminalCapabilitySetAck`).
    TerminalCapabilitySetAck {
        sequence_number: u8 as Int<0, 255>,
        ..
        generic_information: Option<Vec<GenericInformation>>,
    }

    /// The capabilities are refused (H.245 `TerminalCapabilitySetReject`).
    TerminalCapabilitySetReject {
        sequence_number: u8 as Int<0, 255>,
        cause: TerminalCapabilitySetRejectCause,
        ..
        generic_information: Option<Vec<GenericInformation>>,
    }
}

choice! {
    /// `cause` in H.245 `TerminalCapabilitySetReject`.
    TerminalCapabilitySetRejectCause {
        Unspecified,
        UndefinedTableEntryUsed,
        DescriptorCapacityExceeded,
        TableEntryCapacityExceeded(TableEntryCapacityExceeded),
        ..
    }

    /// `tableEntryCapacityExceeded` in H.245 `TerminalCapabilitySetReject.cause`.
    TableEntryCapacityExceeded { HighestEntryNumberProcessed(u16 as Int<1, 65535>), NoneProcessed, }
}

sequence! {
    /// The answer came too late (H.245 `TerminalCapabilitySetRelease`).
    TerminalCapabilitySetRelease {
        ..
        generic_information: Option<Vec<GenericInformation>>,
    }
}

choice! {
    /// Asks for capabilities (H.245 `SendTerminalCapabilitySet`).
    SendTerminalCapabilitySet { SpecificRequest(SendTerminalCapabilitySetSpecificRequest), GenericRequest, .. }
}

sequence! {
    /// `specificRequest` in H.245 `SendTerminalCapabilitySet`.
    SendTerminalCapabilitySetSpecificRequest {
        multiplex_capability: bool,
        capability_table_entry_numbers: Option<Vec<u16>> as List<1, 65535, Int<1, 65535>>,
        capability_descriptor_numbers: Option<Vec<u8>> as List<1, 256, Int<0, 255>>,
        ..
    }

    /// A numbered capability; without one, the number is withdrawn (H.245 `CapabilityTableEntry`).
    CapabilityTableEntry {
        capability_table_entry_number: u16 as Int<1, 65535>,
        capability: Option<Capability>,
    }

    /// Capabilities that work at the same time (H.245 `CapabilityDescriptor`).
    CapabilityDescriptor {
        capability_descriptor_number: u8 as Int<0, 255>,
        simultaneous_capabilities: Option<Vec<Vec<u16>>> as List<1, 256, List<1, 256, Int<1, 65535>>>,
    }

    /// Is the other side alive, C.10 (H.245 `RoundTripDelayRequest`).
    RoundTripDelayRequest {
        sequence_number: u8 as Int<0, 255>,
        ..
    }

    /// It is (H.245 `RoundTripDelayResponse`).
    RoundTripDelayResponse {
        sequence_number: u8 as Int<0, 255>,
        ..
    }

    /// H.245 `MaintenanceLoopRequest`.
    MaintenanceLoopRequest {
        r#type: MaintenanceLoopRequestType,
        ..
    }
}

choice! {
    /// `type` in H.245 `MaintenanceLoopRequest`.
    MaintenanceLoopRequestType {
        SystemLoop,
        MediaLoop(u16 as Int<1, 65535>),
        LogicalChannelLoop(u16 as Int<1, 65535>),
        ..
    }
}

sequence! {
    /// H.245 `MaintenanceLoopAck`.
    MaintenanceLoopAck {
        r#type: MaintenanceLoopAckType,
        ..
    }
}

choice! {
    /// `type` in H.245 `MaintenanceLoopAck`.
    MaintenanceLoopAckType {
        SystemLoop,
        MediaLoop(u16 as Int<1, 65535>),
        LogicalChannelLoop(u16 as Int<1, 65535>),
        ..
    }
}

sequence! {
    /// H.245 `MaintenanceLoopReject`.
    MaintenanceLoopReject {
        r#type: MaintenanceLoopRejectType,
        cause: MaintenanceLoopRejectCause,
        ..
    }
}

choice! {
    /// `type` in H.245 `MaintenanceLoopReject`.
    MaintenanceLoopRejectType {
        SystemLoop,
        MediaLoop(u16 as Int<1, 65535>),
        LogicalChannelLoop(u16 as Int<1, 65535>),
        ..
    }

    /// `cause` in H.245 `MaintenanceLoopReject`.
    MaintenanceLoopRejectCause { CanNotPerformLoop, .. }
}

sequence! {
    /// H.245 `MaintenanceLoopOffCommand`.
    MaintenanceLoopOffCommand {
        ..
    }
}

choice! {
    /// The last message of H.245 (H.245 `EndSessionCommand`).
    EndSessionCommand {
        NonStandard(NonStandardParameter),
        Disconnect,
        GstnOptions(GstnOptions),
        ..
        IsdnOptions(IsdnOptions),
        GenericInformation(Vec<GenericInformation>),
    }

    /// `gstnOptions` in H.245 `EndSessionCommand`.
    GstnOptions { TelephonyMode, V8bis, V34Dsvd, V34DuplexFax, V34H324, .. }

    /// `isdnOptions` in H.245 `EndSessionCommand`.
    IsdnOptions { TelephonyMode, V140, TerminalOnHold, .. }
}

sequence! {
    /// Bounds the rate of what is sent (H.245 `FlowControlCommand`).
    FlowControlCommand {
        scope: FlowControlCommandScope,
        restriction: FlowControlCommandRestriction,
        ..
    }
}

choice! {
    /// `scope` in H.245 `FlowControlCommand`.
    FlowControlCommandScope {
        LogicalChannelNumber(u16 as Int<1, 65535>),
        ResourceId(u16 as Int<0, 65535>),
        WholeMultiplex,
    }

    /// `restriction` in H.245 `FlowControlCommand`.
    FlowControlCommandRestriction { MaximumBitRate(u32 as Int<0, 16777215>), NoRestriction, }
}

sequence! {
    /// Tells of the rate of what is sent (H.245 `FlowControlIndication`).
    FlowControlIndication {
        scope: FlowControlIndicationScope,
        restriction: FlowControlIndicationRestriction,
        ..
    }
}

choice! {
    /// `scope` in H.245 `FlowControlIndication`.
    FlowControlIndicationScope {
        LogicalChannelNumber(u16 as Int<1, 65535>),
        ResourceId(u16 as Int<0, 65535>),
        WholeMultiplex,
    }

    /// `restriction` in H.245 `FlowControlIndication`.
    FlowControlIndicationRestriction { MaximumBitRate(u32 as Int<0, 16777215>), NoRestriction, }
}

sequence! {
    /// H.245 `JitterIndication`.
    JitterIndication {
        scope: JitterIndicationScope,
        estimated_received_jitter_mantissa: u8 as Int<0, 3>,
        estimated_received_jitter_exponent: u8 as Int<0, 7>,
        skipped_frame_count: Option<u8> as Int<0, 15>,
        additional_decoder_buffer: Option<u32> as Int<0, 262143>,
        ..
    }
}

choice! {
    /// `scope` in H.245 `JitterIndication`.
    JitterIndicationScope {
        LogicalChannelNumber(u16 as Int<1, 65535>),
        ResourceId(u16 as Int<0, 65535>),
        WholeMultiplex,
    }
}

sequence! {
    /// H.245 `H2250MaximumSkewIndication`.
    H2250MaximumSkewIndication {
        logical_channel_number1: u16 as Int<1, 65535>,
        logical_channel_number2: u16 as Int<1, 65535>,
        maximum_skew: u16 as Int<0, 4095>,
        ..
    }

    /// H.245 `H223SkewIndication`.
    H223SkewIndication {
        logical_channel_number1: u16 as Int<1, 65535>,
        logical_channel_number2: u16 as Int<1, 65535>,
        skew: u16 as Int<0, 4095>,
        ..
    }
}
