//! Multiplexes of H.222.0, H.223 and V.76: not of H.323, but a message may hold them (H.245 B.2 to B.5).

use super::{NonStandardParameter, Q2931Address};
use crate::per::{Int, List, choice, sequence};

sequence! {
    /// H.245 `H222Capability`.
    H222Capability {
        number_of_vcs: u16 as Int<1, 256>,
        vc_capability: Vec<VCCapability>,
        ..
    }

    /// H.245 `VCCapability`.
    VCCapability {
        aal1: Option<VCCapabilityAal1>,
        aal5: Option<VCCapabilityAal5>,
        transport_stream: bool,
        program_stream: bool,
        available_bit_rates: AvailableBitRates,
        ..
        aal1_via_gateway: Option<VCCapabilityAal1ViaGateway>,
    }

    /// `aal1` in H.245 `VCCapability`.
    VCCapabilityAal1 {
        null_clock_recovery: bool,
        srts_clock_recovery: bool,
        adaptive_clock_recovery: bool,
        null_error_correction: bool,
        long_interleaver: bool,
        short_interleaver: bool,
        error_correction_only: bool,
        structured_data_transfer: bool,
        partially_filled_cells: bool,
        ..
    }

    /// `aal5` in H.245 `VCCapability`.
    VCCapabilityAal5 {
        forward_maximum_sdu_size: u16 as Int<0, 65535>,
        backward_maximum_sdu_size: u16 as Int<0, 65535>,
        ..
    }

    /// `availableBitRates` in H.245 `VCCapability`.
    AvailableBitRates {
        r#type: AvailableBitRatesType,
        ..
    }
}

choice! {
    /// `type` in H.245 `VCCapability.availableBitRates`.
    AvailableBitRatesType { SingleBitRate(u16 as Int<1, 65535>), RangeOfBitRates(RangeOfBitRates), }
}

sequence! {
    /// `rangeOfBitRates` in H.245 `VCCapability.availableBitRates.type`.
    RangeOfBitRates {
        lower_bit_rate: u16 as Int<1, 65535>,
        higher_bit_rate: u16 as Int<1, 65535>,
    }

    /// `aal1ViaGateway` in H.245 `VCCapability`.
    VCCapabilityAal1ViaGateway {
        gateway_address: Vec<Q2931Address> as List<1, 256>,
        null_clock_recovery: bool,
        srts_clock_recovery: bool,
        adaptive_clock_recovery: bool,
        null_error_correction: bool,
        long_interleaver: bool,
        short_interleaver: bool,
        error_correction_only: bool,
        structured_data_transfer: bool,
        partially_filled_cells: bool,
        ..
    }

    /// H.245 `H223Capability`.
    H223Capability {
        transport_with_i_frames: bool,
        video_with_al1: bool,
        video_with_al2: bool,
        video_with_al3: bool,
        audio_with_al1: bool,
        audio_with_al2: bool,
        audio_with_al3: bool,
        data_with_al1: bool,
        data_with_al2: bool,
        data_with_al3: bool,
        maximum_al2_sdu_size: u16 as Int<0, 65535>,
        maximum_al3_sdu_size: u16 as Int<0, 65535>,
        maximum_delay_jitter: u16 as Int<0, 1023>,
        h223_multiplex_table_capability: H223MultiplexTableCapability,
        ..
        max_muxpdu_size_capability: Option<bool>,
        nsrp_support: Option<bool>,
        mobile_operation_transmit_capability: Option<MobileOperationTransmitCapability>,
        h223_annex_c_capability: Option<H223AnnexCCapability>,
        bit_rate: Option<u16> as Int<1, 19200>,
        mobile_multilink_frame_capability: Option<MobileMultilinkFrameCapability>,
    }
}

choice! {
    /// `h223MultiplexTableCapability` in H.245 `H223Capability`.
    H223MultiplexTableCapability { Basic, Enhanced(H223MultiplexTableEnhanced), }
}

sequence! {
    /// `enhanced` in H.245 `H223Capability.h223MultiplexTableCapability`.
    H223MultiplexTableEnhanced {
        maximum_nesting_depth: u8 as Int<1, 15>,
        maximum_element_list_size: u8 as Int<2, 255>,
        maximum_sub_element_list_size: u8 as Int<2, 255>,
        ..
    }

    /// `mobileOperationTransmitCapability` in H.245 `H223Capability`.
    MobileOperationTransmitCapability {
        mode_change_capability: bool,
        h223_annex_a: bool,
        h223_annex_a_double_flag: bool,
        h223_annex_b: bool,
        h223_annex_bwith_header: bool,
        ..
    }

    /// `mobileMultilinkFrameCapability` in H.245 `H223Capability`.
    MobileMultilinkFrameCapability {
        maximum_sample_size: u8 as Int<1, 255>,
        maximum_payload_length: u16 as Int<1, 65025>,
        ..
    }

    /// H.245 `H223AnnexCCapability`.
    H223AnnexCCapability {
        video_with_al1_m: bool,
        video_with_al2_m: bool,
        video_with_al3_m: bool,
        audio_with_al1_m: bool,
        audio_with_al2_m: bool,
        audio_with_al3_m: bool,
        data_with_al1_m: bool,
        data_with_al2_m: bool,
        data_with_al3_m: bool,
        alpdu_interleaving: bool,
        maximum_al1_mpdu_size: u16 as Int<0, 65535>,
        maximum_al2_msdu_size: u16 as Int<0, 65535>,
        maximum_al3_msdu_size: u16 as Int<0, 65535>,
        ..
        rs_code_capability: Option<bool>,
    }

    /// H.245 `V76Capability`.
    V76Capability {
        suspend_resume_capabilityw_address: bool,
        suspend_resume_capabilitywo_address: bool,
        rej_capability: bool,
        srej_capability: bool,
        mrej_capability: bool,
        crc8bit_capability: bool,
        crc16bit_capability: bool,
        crc32bit_capability: bool,
        uih_capability: bool,
        num_of_dlcs: u16 as Int<2, 8191>,
        two_octet_address_field_capability: bool,
        loop_back_test_capability: bool,
        n401_capability: u16 as Int<1, 4095>,
        max_window_size_capability: u8 as Int<1, 127>,
        v75_capability: V75Capability,
        ..
    }

    /// H.245 `V75Capability`.
    V75Capability {
        audio_header: bool,
        ..
    }

    /// H.245 `H222LogicalChannelParameters`.
    H222LogicalChannelParameters {
        resource_id: u16 as Int<0, 65535>,
        sub_channel_id: u16 as Int<0, 8191>,
        pcr_pid: Option<u16> as Int<0, 8191>,
        program_descriptors: Option<Vec<u8>>,
        stream_descriptors: Option<Vec<u8>>,
        ..
    }

    /// H.245 `H223LogicalChannelParameters`.
    H223LogicalChannelParameters {
        adaptation_layer_type: AdaptationLayerType,
        segmentable_flag: bool,
        ..
    }
}

choice! {
    /// `adaptationLayerType` in H.245 `H223LogicalChannelParameters`.
    AdaptationLayerType {
        NonStandard(NonStandardParameter),
        Al1Framed,
        Al1NotFramed,
        Al2WithoutSequenceNumbers,
        Al2WithSequenceNumbers,
        Al3(Al3Parameters),
        ..
        Al1M(Box<H223AL1MParameters>),
        Al2M(H223AL2MParameters),
        Al3M(Box<H223AL3MParameters>),
    }
}

sequence! {
    /// `al3` in H.245 `H223LogicalChannelParameters.adaptationLayerType`.
    Al3Parameters {
        control_field_octets: u8 as Int<0, 2>,
        send_buffer_size: u32 as Int<0, 16777215>,
    }

    /// H.245 `H223AL1MParameters`.
    H223AL1MParameters {
        transfer_mode: H223AL1MParametersTransferMode,
        header_fec: H223AL1MParametersHeaderFec,
        crc_length: H223AL1MParametersCrcLength,
        rcpc_code_rate: u8 as Int<8, 32>,
        arq_type: H223AL1MParametersArqType,
        alpdu_interleaving: bool,
        alsdu_splitting: bool,
        ..
        rs_code_correction: Option<u8> as Int<0, 127>,
    }
}

choice! {
    /// `transferMode` in H.245 `H223AL1MParameters`.
    H223AL1MParametersTransferMode { Framed, Unframed, .. }

    /// `headerFEC` in H.245 `H223AL1MParameters`.
    H223AL1MParametersHeaderFec { Sebch167, Golay2412, .. }

    /// `crcLength` in H.245 `H223AL1MParameters`.
    H223AL1MParametersCrcLength { Crc4bit, Crc12bit, Crc20bit, Crc28bit, .. Crc8bit, Crc16bit, Crc32bit, CrcNotUsed, }

    /// `arqType` in H.245 `H223AL1MParameters`.
    H223AL1MParametersArqType { NoArq, TypeIArq(H223AnnexCArqParameters), TypeIiArq(H223AnnexCArqParameters), .. }
}

sequence! {
    /// H.245 `H223AL2MParameters`.
    H223AL2MParameters {
        header_fec: H223AL2MParametersHeaderFec,
        alpdu_interleaving: bool,
        ..
    }
}

choice! {
    /// `headerFEC` in H.245 `H223AL2MParameters`.
    H223AL2MParametersHeaderFec { Sebch165, Golay2412, .. }
}

sequence! {
    /// H.245 `H223AL3MParameters`.
    H223AL3MParameters {
        header_format: H223AL3MParametersHeaderFormat,
        crc_length: H223AL3MParametersCrcLength,
        rcpc_code_rate: u8 as Int<8, 32>,
        arq_type: H223AL3MParametersArqType,
        alpdu_interleaving: bool,
        ..
        rs_code_correction: Option<u8> as Int<0, 127>,
    }
}

choice! {
    /// `headerFormat` in H.245 `H223AL3MParameters`.
    H223AL3MParametersHeaderFormat { Sebch167, Golay2412, .. }

    /// `crcLength` in H.245 `H223AL3MParameters`.
    H223AL3MParametersCrcLength { Crc4bit, Crc12bit, Crc20bit, Crc28bit, .. Crc8bit, Crc16bit, Crc32bit, CrcNotUsed, }

    /// `arqType` in H.245 `H223AL3MParameters`.
    H223AL3MParametersArqType { NoArq, TypeIArq(H223AnnexCArqParameters), TypeIiArq(H223AnnexCArqParameters), .. }
}

sequence! {
    /// H.245 `H223AnnexCArqParameters`.
    H223AnnexCArqParameters {
        number_of_retransmissions: NumberOfRetransmissions,
        send_buffer_size: u32 as Int<0, 16777215>,
        ..
    }
}

choice! {
    /// `numberOfRetransmissions` in H.245 `H223AnnexCArqParameters`.
    NumberOfRetransmissions { Finite(u8 as Int<0, 16>), Infinite, .. }
}

sequence! {
    /// H.245 `V76LogicalChannelParameters`.
    V76LogicalChannelParameters {
        hdlc_parameters: V76HDLCParameters,
        suspend_resume: V76SuspendResume,
        uih: bool,
        mode: V76Mode,
        v75_parameters: V75Parameters,
        ..
    }
}

choice! {
    /// `suspendResume` in H.245 `V76LogicalChannelParameters`.
    V76SuspendResume { NoSuspendResume, SuspendResumewAddress, SuspendResumewoAddress, .. }

    /// `mode` in H.245 `V76LogicalChannelParameters`.
    V76Mode { Erm(V76Erm), Unerm, .. }
}

sequence! {
    /// `eRM` in H.245 `V76LogicalChannelParameters.mode`.
    V76Erm {
        window_size: u8 as Int<1, 127>,
        recovery: V76Recovery,
        ..
    }
}

choice! {
    /// `recovery` in H.245 `V76LogicalChannelParameters.mode.eRM`.
    V76Recovery { Rej, Srej, Msrej, .. }
}

sequence! {
    /// H.245 `V76HDLCParameters`.
    V76HDLCParameters {
        crc_length: CRCLength,
        n401: u16 as Int<1, 4095>,
        loopback_test_procedure: bool,
        ..
    }
}

choice! {
    /// H.245 `CRCLength`.
    CRCLength { Crc8bit, Crc16bit, Crc32bit, .. }
}

sequence! {
    /// H.245 `V75Parameters`.
    V75Parameters {
        audio_header_present: bool,
        ..
    }

    /// H.245 `MultiplexEntrySend`.
    MultiplexEntrySend {
        sequence_number: u8 as Int<0, 255>,
        multiplex_entry_descriptors: Vec<MultiplexEntryDescriptor> as List<1, 15>,
        ..
    }

    /// H.245 `MultiplexEntrySendAck`.
    MultiplexEntrySendAck {
        sequence_number: u8 as Int<0, 255>,
        multiplex_table_entry_number: Vec<u8> as List<1, 15, Int<1, 15>>,
        ..
    }

    /// H.245 `MultiplexEntrySendReject`.
    MultiplexEntrySendReject {
        sequence_number: u8 as Int<0, 255>,
        rejection_descriptions: Vec<MultiplexEntryRejectionDescriptions> as List<1, 15>,
        ..
    }

    /// H.245 `MultiplexEntrySendRelease`.
    MultiplexEntrySendRelease {
        multiplex_table_entry_number: Vec<u8> as List<1, 15, Int<1, 15>>,
        ..
    }

    /// H.245 `MultiplexEntryDescriptor`.
    MultiplexEntryDescriptor {
        multiplex_table_entry_number: u8 as Int<1, 15>,
        element_list: Option<Vec<MultiplexElement>> as List<1, 256>,
    }

    /// H.245 `MultiplexElement`.
    MultiplexElement {
        r#type: MultiplexElementType,
        repeat_count: MultiplexElementRepeatCount,
    }
}

choice! {
    /// `type` in H.245 `MultiplexElement`.
    MultiplexElementType {
        LogicalChannelNumber(u16 as Int<0, 65535>),
        SubElementList(Vec<MultiplexElement> as List<2, 255>),
    }

    /// `repeatCount` in H.245 `MultiplexElement`.
    MultiplexElementRepeatCount { Finite(u16 as Int<1, 65535>), UntilClosingFlag, }
}

sequence! {
    /// H.245 `MultiplexEntryRejectionDescriptions`.
    MultiplexEntryRejectionDescriptions {
        multiplex_table_entry_number: u8 as Int<1, 15>,
        cause: MultiplexEntryRejectionCause,
        ..
    }
}

choice! {
    /// `cause` in H.245 `MultiplexEntryRejectionDescriptions`.
    MultiplexEntryRejectionCause { UnspecifiedCause, DescriptorTooComplex, .. }
}

sequence! {
    /// H.245 `RequestMultiplexEntry`.
    RequestMultiplexEntry {
        entry_numbers: Vec<u8> as List<1, 15, Int<1, 15>>,
        ..
    }

    /// H.245 `RequestMultiplexEntryAck`.
    RequestMultiplexEntryAck {
        entry_numbers: Vec<u8> as List<1, 15, Int<1, 15>>,
        ..
    }

    /// H.245 `RequestMultiplexEntryReject`.
    RequestMultiplexEntryReject {
        entry_numbers: Vec<u8> as List<1, 15, Int<1, 15>>,
        rejection_descriptions: Vec<RequestMultiplexEntryRejectionDescriptions> as List<1, 15>,
        ..
    }

    /// H.245 `RequestMultiplexEntryRelease`.
    RequestMultiplexEntryRelease {
        entry_numbers: Vec<u8> as List<1, 15, Int<1, 15>>,
        ..
    }

    /// H.245 `RequestMultiplexEntryRejectionDescriptions`.
    RequestMultiplexEntryRejectionDescriptions {
        multiplex_table_entry_number: u8 as Int<1, 15>,
        cause: RequestMultiplexEntryRejectionCause,
        ..
    }
}

choice! {
    /// `cause` in H.245 `RequestMultiplexEntryRejectionDescriptions`.
    RequestMultiplexEntryRejectionCause { UnspecifiedCause, .. }
}

sequence! {
    /// H.245 `H223ModeParameters`.
    H223ModeParameters {
        adaptation_layer_type: ModeAdaptationLayerType,
        segmentable_flag: bool,
        ..
    }
}

choice! {
    /// `adaptationLayerType` in H.245 `H223ModeParameters`.
    ModeAdaptationLayerType {
        NonStandard(NonStandardParameter),
        Al1Framed,
        Al1NotFramed,
        Al2WithoutSequenceNumbers,
        Al2WithSequenceNumbers,
        Al3(ModeAl3Parameters),
        ..
        Al1M(Box<H223AL1MParameters>),
        Al2M(H223AL2MParameters),
        Al3M(Box<H223AL3MParameters>),
    }
}

sequence! {
    /// `al3` in H.245 `H223ModeParameters.adaptationLayerType`.
    ModeAl3Parameters {
        control_field_octets: u8 as Int<0, 2>,
        send_buffer_size: u32 as Int<0, 16777215>,
    }
}

choice! {
    /// H.245 `V76ModeParameters`.
    V76ModeParameters { SuspendResumewAddress, SuspendResumewoAddress, .. }

    /// H.245 `H223MultiplexReconfiguration`.
    H223MultiplexReconfiguration {
        H223ModeChange(H223MultiplexReconfigurationH223ModeChange),
        H223AnnexADoubleFlag(H223MultiplexReconfigurationH223AnnexADoubleFlag),
        ..
    }

    /// `h223ModeChange` in H.245 `H223MultiplexReconfiguration`.
    H223MultiplexReconfigurationH223ModeChange { ToLevel0, ToLevel1, ToLevel2, ToLevel2withOptionalHeader, .. }

    /// `h223AnnexADoubleFlag` in H.245 `H223MultiplexReconfiguration`.
    H223MultiplexReconfigurationH223AnnexADoubleFlag { Start, Stop, .. }
}
