//! Multilink of H.226 and new ATM channels: not of H.323, but a message may hold them (H.245 Annex B).

use super::NonStandardMessage;
use crate::per::{Ia5, Int, List, Numeric, choice, sequence};

choice! {
    /// H.245 `MultilinkRequest`.
    MultilinkRequest {
        NonStandard(NonStandardMessage),
        CallInformation(MultilinkRequestCallInformation),
        AddConnection(Box<MultilinkRequestAddConnection>),
        RemoveConnection(MultilinkRequestRemoveConnection),
        MaximumHeaderInterval(MultilinkRequestMaximumHeaderInterval),
        ..
    }
}

sequence! {
    /// `callInformation` in H.245 `MultilinkRequest`.
    MultilinkRequestCallInformation {
        max_number_of_additional_connections: u16 as Int<1, 65535>,
        ..
    }

    /// `addConnection` in H.245 `MultilinkRequest`.
    MultilinkRequestAddConnection {
        sequence_number: u8 as Int<0, 255>,
        dialing_information: DialingInformation,
        ..
    }

    /// `removeConnection` in H.245 `MultilinkRequest`.
    MultilinkRequestRemoveConnection {
        connection_identifier: ConnectionIdentifier,
        ..
    }

    /// `maximumHeaderInterval` in H.245 `MultilinkRequest`.
    MultilinkRequestMaximumHeaderInterval {
        request_type: MaximumHeaderIntervalRequestType,
        ..
    }
}

choice! {
    /// `requestType` in H.245 `MultilinkRequest.maximumHeaderInterval`.
    MaximumHeaderIntervalRequestType { CurrentIntervalInformation, RequestedInterval(u16 as Int<0, 65535>), .. }

    /// H.245 `MultilinkResponse`.
    MultilinkResponse {
        NonStandard(NonStandardMessage),
        CallInformation(Box<MultilinkResponseCallInformation>),
        AddConnection(MultilinkResponseAddConnection),
        RemoveConnection(MultilinkResponseRemoveConnection),
        MaximumHeaderInterval(MultilinkResponseMaximumHeaderInterval),
        ..
    }
}

sequence! {
    /// `callInformation` in H.245 `MultilinkResponse`.
    MultilinkResponseCallInformation {
        dialing_information: DialingInformation,
        call_association_number: u32 as Int<0, 4294967295>,
        ..
    }

    /// `addConnection` in H.245 `MultilinkResponse`.
    MultilinkResponseAddConnection {
        sequence_number: u8 as Int<0, 255>,
        response_code: AddConnectionResponseCode,
        ..
    }
}

choice! {
    /// `responseCode` in H.245 `MultilinkResponse.addConnection`.
    AddConnectionResponseCode { Accepted, Rejected(AddConnectionRejected), .. }

    /// `rejected` in H.245 `MultilinkResponse.addConnection.responseCode`.
    AddConnectionRejected { ConnectionsNotAvailable, UserRejected, .. }
}

sequence! {
    /// `removeConnection` in H.245 `MultilinkResponse`.
    MultilinkResponseRemoveConnection {
        connection_identifier: ConnectionIdentifier,
        ..
    }

    /// `maximumHeaderInterval` in H.245 `MultilinkResponse`.
    MultilinkResponseMaximumHeaderInterval {
        current_interval: u16 as Int<0, 65535>,
        ..
    }
}

choice! {
    /// H.245 `MultilinkIndication`.
    MultilinkIndication {
        NonStandard(NonStandardMessage),
        CrcDesired(MultilinkIndicationCrcDesired),
        ExcessiveError(MultilinkIndicationExcessiveError),
        ..
    }
}

sequence! {
    /// `crcDesired` in H.245 `MultilinkIndication`.
    MultilinkIndicationCrcDesired {
        ..
    }

    /// `excessiveError` in H.245 `MultilinkIndication`.
    MultilinkIndicationExcessiveError {
        connection_identifier: ConnectionIdentifier,
        ..
    }
}

choice! {
    /// H.245 `DialingInformation`.
    DialingInformation {
        NonStandard(NonStandardMessage),
        Differential(Vec<DialingInformationNumber> as List<1, 65535>),
        InfoNotAvailable(u16 as Int<1, 65535>),
        ..
    }
}

sequence! {
    /// H.245 `DialingInformationNumber`.
    DialingInformationNumber {
        network_address: String as Numeric<0, 40>,
        sub_address: Option<String> as Ia5<1, 40>,
        network_type: Vec<DialingInformationNetworkType> as List<1, 255>,
        ..
    }
}

choice! {
    /// H.245 `DialingInformationNetworkType`.
    DialingInformationNetworkType { NonStandard(NonStandardMessage), NIsdn, Gstn, .. Mobile, }
}

sequence! {
    /// H.245 `ConnectionIdentifier`.
    ConnectionIdentifier {
        channel_tag: u32 as Int<0, 4294967295>,
        sequence_number: u32 as Int<0, 4294967295>,
        ..
    }

    /// H.245 `MobileMultilinkReconfigurationCommand`.
    MobileMultilinkReconfigurationCommand {
        sample_size: u8 as Int<1, 255>,
        samples_per_frame: u8 as Int<1, 255>,
        status: MobileMultilinkReconfigurationCommandStatus,
        ..
    }
}

choice! {
    /// `status` in H.245 `MobileMultilinkReconfigurationCommand`.
    MobileMultilinkReconfigurationCommandStatus { Synchronized, Reconfiguration, .. }
}

sequence! {
    /// H.245 `MobileMultilinkReconfigurationIndication`.
    MobileMultilinkReconfigurationIndication {
        sample_size: u8 as Int<1, 255>,
        samples_per_frame: u8 as Int<1, 255>,
        ..
    }

    /// H.245 `NewATMVCCommand`.
    NewATMVCCommand {
        resource_id: u16 as Int<0, 65535>,
        bit_rate: u16 as Int<1, 65535>,
        bit_rate_locked_to_pcr_clock: bool,
        bit_rate_locked_to_network_clock: bool,
        aal: NewATMVCCommandAal,
        multiplex: NewATMVCCommandMultiplex,
        reverse_parameters: NewATMVCCommandReverseParameters,
        ..
    }
}

choice! {
    /// `aal` in H.245 `NewATMVCCommand`.
    NewATMVCCommandAal { Aal1(Box<NewATMVCCommandAalAal1>), Aal5(NewATMVCCommandAalAal5), .. }
}

sequence! {
    /// `aal1` in H.245 `NewATMVCCommand.aal`.
    NewATMVCCommandAalAal1 {
        clock_recovery: NewATMVCCommandAalAal1ClockRecovery,
        error_correction: NewATMVCCommandAalAal1ErrorCorrection,
        structured_data_transfer: bool,
        partially_filled_cells: bool,
        ..
    }
}

choice! {
    /// `clockRecovery` in H.245 `NewATMVCCommand.aal.aal1`.
    NewATMVCCommandAalAal1ClockRecovery { NullClockRecovery, SrtsClockRecovery, AdaptiveClockRecovery, .. }

    /// `errorCorrection` in H.245 `NewATMVCCommand.aal.aal1`.
    NewATMVCCommandAalAal1ErrorCorrection {
        NullErrorCorrection,
        LongInterleaver,
        ShortInterleaver,
        ErrorCorrectionOnly,
        ..
    }
}

sequence! {
    /// `aal5` in H.245 `NewATMVCCommand.aal`.
    NewATMVCCommandAalAal5 {
        forward_maximum_sdu_size: u16 as Int<0, 65535>,
        backward_maximum_sdu_size: u16 as Int<0, 65535>,
        ..
    }
}

choice! {
    /// `multiplex` in H.245 `NewATMVCCommand`.
    NewATMVCCommandMultiplex { NoMultiplex, TransportStream, ProgramStream, .. }
}

sequence! {
    /// `reverseParameters` in H.245 `NewATMVCCommand`.
    NewATMVCCommandReverseParameters {
        bit_rate: u16 as Int<1, 65535>,
        bit_rate_locked_to_pcr_clock: bool,
        bit_rate_locked_to_network_clock: bool,
        multiplex: NewATMVCCommandReverseParametersMultiplex,
        ..
    }
}

choice! {
    /// `multiplex` in H.245 `NewATMVCCommand.reverseParameters`.
    NewATMVCCommandReverseParametersMultiplex { NoMultiplex, TransportStream, ProgramStream, .. }
}

sequence! {
    /// H.245 `NewATMVCIndication`.
    NewATMVCIndication {
        resource_id: u16 as Int<0, 65535>,
        bit_rate: u16 as Int<1, 65535>,
        bit_rate_locked_to_pcr_clock: bool,
        bit_rate_locked_to_network_clock: bool,
        aal: NewATMVCIndicationAal,
        multiplex: NewATMVCIndicationMultiplex,
        ..
        reverse_parameters: Option<NewATMVCIndicationReverseParameters>,
    }
}

choice! {
    /// `aal` in H.245 `NewATMVCIndication`.
    NewATMVCIndicationAal { Aal1(Box<NewATMVCIndicationAalAal1>), Aal5(NewATMVCIndicationAalAal5), .. }
}

sequence! {
    /// `aal1` in H.245 `NewATMVCIndication.aal`.
    NewATMVCIndicationAalAal1 {
        clock_recovery: NewATMVCIndicationAalAal1ClockRecovery,
        error_correction: NewATMVCIndicationAalAal1ErrorCorrection,
        structured_data_transfer: bool,
        partially_filled_cells: bool,
        ..
    }
}

choice! {
    /// `clockRecovery` in H.245 `NewATMVCIndication.aal.aal1`.
    NewATMVCIndicationAalAal1ClockRecovery { NullClockRecovery, SrtsClockRecovery, AdaptiveClockRecovery, .. }

    /// `errorCorrection` in H.245 `NewATMVCIndication.aal.aal1`.
    NewATMVCIndicationAalAal1ErrorCorrection {
        NullErrorCorrection,
        LongInterleaver,
        ShortInterleaver,
        ErrorCorrectionOnly,
        ..
    }
}

sequence! {
    /// `aal5` in H.245 `NewATMVCIndication.aal`.
    NewATMVCIndicationAalAal5 {
        forward_maximum_sdu_size: u16 as Int<0, 65535>,
        backward_maximum_sdu_size: u16 as Int<0, 65535>,
        ..
    }
}

choice! {
    /// `multiplex` in H.245 `NewATMVCIndication`.
    NewATMVCIndicationMultiplex { NoMultiplex, TransportStream, ProgramStream, .. }
}

sequence! {
    /// `reverseParameters` in H.245 `NewATMVCIndication`.
    NewATMVCIndicationReverseParameters {
        bit_rate: u16 as Int<1, 65535>,
        bit_rate_locked_to_pcr_clock: bool,
        bit_rate_locked_to_network_clock: bool,
        multiplex: NewATMVCIndicationReverseParametersMultiplex,
        ..
    }
}

choice! {
    /// `multiplex` in H.245 `NewATMVCIndication.reverseParameters`.
    NewATMVCIndicationReverseParametersMultiplex { NoMultiplex, TransportStream, ProgramStream, .. }
}
