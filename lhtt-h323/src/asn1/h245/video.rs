//! Video capabilities and modes (H.245 B.2, B.6).

use super::{GenericCapability, NonStandardParameter};
use crate::per::{Int, List, choice, sequence};

choice! {
    /// Video formats (H.245 `VideoCapability`).
    VideoCapability {
        NonStandard(NonStandardParameter),
        H261VideoCapability(H261VideoCapability),
        H262VideoCapability(H262VideoCapability),
        H263VideoCapability(Box<H263VideoCapability>),
        Is11172VideoCapability(IS11172VideoCapability),
        ..
        GenericVideoCapability(Box<GenericCapability>),
        ExtendedVideoCapability(ExtendedVideoCapability),
    }
}

sequence! {
    /// H.245 `ExtendedVideoCapability`.
    ExtendedVideoCapability {
        video_capability: Vec<VideoCapability>,
        video_capability_extension: Option<Vec<GenericCapability>>,
        ..
    }

    /// H.245 `H261VideoCapability`.
    H261VideoCapability {
        qcif_mpi: Option<u8> as Int<1, 4>,
        cif_mpi: Option<u8> as Int<1, 4>,
        temporal_spatial_trade_off_capability: bool,
        max_bit_rate: u16 as Int<1, 19200>,
        still_image_transmission: bool,
        ..
        video_bad_mbs_cap: Option<bool>,
    }

    /// H.245 `H262VideoCapability`.
    H262VideoCapability {
        profile_and_level_s_pat_ml: bool,
        profile_and_level_m_pat_ll: bool,
        profile_and_level_m_pat_ml: bool,
        profile_and_level_m_pat_h_14: bool,
        profile_and_level_m_pat_hl: bool,
        profile_and_level_sn_rat_ll: bool,
        profile_and_level_sn_rat_ml: bool,
        profile_and_level_spatialat_h_14: bool,
        profile_and_level_h_pat_ml: bool,
        profile_and_level_h_pat_h_14: bool,
        profile_and_level_h_pat_hl: bool,
        video_bit_rate: Option<u32> as Int<0, 1073741823>,
        vbv_buffer_size: Option<u32> as Int<0, 262143>,
        samples_per_line: Option<u16> as Int<0, 16383>,
        lines_per_frame: Option<u16> as Int<0, 16383>,
        frames_per_second: Option<u8> as Int<0, 15>,
        luminance_sample_rate: Option<u32> as Int<0, 4294967295>,
        video_bad_mbs_cap: bool,
    }

    /// H.245 `H263VideoCapability`.
    H263VideoCapability {
        sqcif_mpi: Option<u8> as Int<1, 32>,
        qcif_mpi: Option<u8> as Int<1, 32>,
        cif_mpi: Option<u8> as Int<1, 32>,
        cif4_mpi: Option<u8> as Int<1, 32>,
        cif16_mpi: Option<u8> as Int<1, 32>,
        max_bit_rate: u32 as Int<1, 192400>,
        unrestricted_vector: bool,
        arithmetic_coding: bool,
        advanced_prediction: bool,
        pb_frames: bool,
        temporal_spatial_trade_off_capability: bool,
        hrd_b: Option<u32> as Int<0, 524287>,
        bpp_max_kb: Option<u16> as Int<0, 65535>,
        ..
        slow_sqcif_mpi: Option<u16> as Int<1, 3600>,
        slow_qcif_mpi: Option<u16> as Int<1, 3600>,
        slow_cif_mpi: Option<u16> as Int<1, 3600>,
        slow_cif4_mpi: Option<u16> as Int<1, 3600>,
        slow_cif16_mpi: Option<u16> as Int<1, 3600>,
        error_compensation: Option<bool>,
        enhancement_layer_info: Option<EnhancementLayerInfo>,
        h263_options: Option<Box<H263Options>>,
    }

    /// Optional modes of H.263 (H.245 `H263Options`).
    H263Options {
        advanced_intra_coding_mode: bool,
        deblocking_filter_mode: bool,
        improved_pb_frames_mode: bool,
        unlimited_motion_vectors: bool,
        full_picture_freeze: bool,
        partial_picture_freeze_and_release: bool,
        resizing_part_pic_freeze_and_release: bool,
        full_picture_snapshot: bool,
        partial_picture_snapshot: bool,
        video_segment_tagging: bool,
        progressive_refinement: bool,
        dynamic_picture_resizing_by_four: bool,
        dynamic_picture_resizing_sixteenth_pel: bool,
        dynamic_warping_half_pel: bool,
        dynamic_warping_sixteenth_pel: bool,
        independent_segment_decoding: bool,
        slices_in_order_non_rect: bool,
        slices_in_order_rect: bool,
        slices_no_order_non_rect: bool,
        slices_no_order_rect: bool,
        alternate_inter_vlc_mode: bool,
        modified_quantization_mode: bool,
        reduced_resolution_update: bool,
        transparency_parameters: Option<TransparencyParameters>,
        separate_video_back_channel: bool,
        ref_picture_selection: Option<Box<RefPictureSelection>>,
        custom_picture_clock_frequency: Option<Vec<CustomPictureClockFrequency>> as List<1, 16>,
        custom_picture_format: Option<Vec<CustomPictureFormat>> as List<1, 16>,
        mode_combos: Option<Vec<H263VideoModeCombos>> as List<1, 16>,
        ..
        video_bad_mbs_cap: Option<bool>,
        h263_version3_options: Option<H263Version3Options>,
    }

    /// H.245 `EnhancementLayerInfo`.
    EnhancementLayerInfo {
        base_bit_rate_constrained: bool,
        snr_enhancement: Option<Vec<EnhancementOptions>> as List<1, 14>,
        spatial_enhancement: Option<Vec<EnhancementOptions>> as List<1, 14>,
        b_picture_enhancement: Option<Vec<BEnhancementParameters>> as List<1, 14>,
        ..
    }

    /// H.245 `EnhancementOptions`.
    EnhancementOptions {
        sqcif_mpi: Option<u8> as Int<1, 32>,
        qcif_mpi: Option<u8> as Int<1, 32>,
        cif_mpi: Option<u8> as Int<1, 32>,
        cif4_mpi: Option<u8> as Int<1, 32>,
        cif16_mpi: Option<u8> as Int<1, 32>,
        max_bit_rate: u32 as Int<1, 192400>,
        unrestricted_vector: bool,
        arithmetic_coding: bool,
        temporal_spatial_trade_off_capability: bool,
        slow_sqcif_mpi: Option<u16> as Int<1, 3600>,
        slow_qcif_mpi: Option<u16> as Int<1, 3600>,
        slow_cif_mpi: Option<u16> as Int<1, 3600>,
        slow_cif4_mpi: Option<u16> as Int<1, 3600>,
        slow_cif16_mpi: Option<u16> as Int<1, 3600>,
        error_compensation: bool,
        h263_options: Option<Box<H263Options>>,
        ..
    }

    /// H.245 `BEnhancementParameters`.
    BEnhancementParameters {
        enhancement_options: EnhancementOptions,
        number_of_b_pictures: u8 as Int<1, 64>,
        ..
    }

    /// H.245 `TransparencyParameters`.
    TransparencyParameters {
        presentation_order: u16 as Int<1, 256>,
        offset_x: i32 as Int<-262144, 262143>,
        offset_y: i32 as Int<-262144, 262143>,
        scale_x: u8 as Int<1, 255>,
        scale_y: u8 as Int<1, 255>,
        ..
    }

    /// H.245 `RefPictureSelection`.
    RefPictureSelection {
        additional_picture_memory: Option<AdditionalPictureMemory>,
        video_mux: bool,
        video_back_channel_send: VideoBackChannelSend,
        ..
        enhanced_reference_pic_select: Option<EnhancedReferencePicSelect>,
    }

    /// `additionalPictureMemory` in H.245 `RefPictureSelection`.
    AdditionalPictureMemory {
        sqcif_additional_picture_memory: Option<u16> as Int<1, 256>,
        qcif_additional_picture_memory: Option<u16> as Int<1, 256>,
        cif_additional_picture_memory: Option<u16> as Int<1, 256>,
        cif4_additional_picture_memory: Option<u16> as Int<1, 256>,
        cif16_additional_picture_memory: Option<u16> as Int<1, 256>,
        big_cpf_additional_picture_memory: Option<u16> as Int<1, 256>,
        ..
    }
}

choice! {
    /// `videoBackChannelSend` in H.245 `RefPictureSelection`.
    VideoBackChannelSend { None, AckMessageOnly, NackMessageOnly, AckOrNackMessageOnly, AckAndNackMessage, .. }
}

sequence! {
    /// `enhancedReferencePicSelect` in H.245 `RefPictureSelection`.
    EnhancedReferencePicSelect {
        sub_picture_removal_parameters: Option<SubPictureRemovalParameters>,
        ..
    }

    /// `subPictureRemovalParameters` in H.245 `RefPictureSelection.enhancedReferencePicSelect`.
    SubPictureRemovalParameters {
        mpu_horiz_mbs: u8 as Int<1, 128>,
        mpu_vert_mbs: u8 as Int<1, 72>,
        mpu_total_number: u32 as Int<1, 65536>,
        ..
    }

    /// H.245 `CustomPictureClockFrequency`.
    CustomPictureClockFrequency {
        clock_conversion_code: u16 as Int<1000, 1001>,
        clock_divisor: u8 as Int<1, 127>,
        sqcif_mpi: Option<u16> as Int<1, 2048>,
        qcif_mpi: Option<u16> as Int<1, 2048>,
        cif_mpi: Option<u16> as Int<1, 2048>,
        cif4_mpi: Option<u16> as Int<1, 2048>,
        cif16_mpi: Option<u16> as Int<1, 2048>,
        ..
    }

    /// H.245 `CustomPictureFormat`.
    CustomPictureFormat {
        max_custom_picture_width: u16 as Int<1, 2048>,
        max_custom_picture_height: u16 as Int<1, 2048>,
        min_custom_picture_width: u16 as Int<1, 2048>,
        min_custom_picture_height: u16 as Int<1, 2048>,
        mpi: CustomPictureMpi,
        pixel_aspect_information: PixelAspectInformation,
        ..
    }

    /// `mPI` in H.245 `CustomPictureFormat`.
    CustomPictureMpi {
        standard_mpi: Option<u8> as Int<1, 31>,
        custom_pcf: Option<Vec<CustomPcf>> as List<1, 16>,
        ..
    }

    /// `customPCF` in H.245 `CustomPictureFormat.mPI`.
    CustomPcf {
        clock_conversion_code: u16 as Int<1000, 1001>,
        clock_divisor: u8 as Int<1, 127>,
        custom_mpi: u16 as Int<1, 2048>,
        ..
    }
}

choice! {
    /// `pixelAspectInformation` in H.245 `CustomPictureFormat`.
    PixelAspectInformation {
        AnyPixelAspectRatio(bool),
        PixelAspectCode(Vec<u8> as List<1, 14, Int<1, 14>>),
        ExtendedPar(Vec<ExtendedPar> as List<1, 256>),
        ..
    }
}

sequence! {
    /// `extendedPAR` in H.245 `CustomPictureFormat.pixelAspectInformation`.
    ExtendedPar {
        width: u8 as Int<1, 255>,
        height: u8 as Int<1, 255>,
        ..
    }

    /// H.245 `H263VideoModeCombos`.
    H263VideoModeCombos {
        h263_video_uncoupled_modes: H263ModeComboFlags,
        h263_video_coupled_modes: Vec<H263ModeComboFlags> as List<1, 16>,
        ..
    }

    /// H.245 `H263ModeComboFlags`.
    H263ModeComboFlags {
        unrestricted_vector: bool,
        arithmetic_coding: bool,
        advanced_prediction: bool,
        pb_frames: bool,
        advanced_intra_coding_mode: bool,
        deblocking_filter_mode: bool,
        unlimited_motion_vectors: bool,
        slices_in_order_non_rect: bool,
        slices_in_order_rect: bool,
        slices_no_order_non_rect: bool,
        slices_no_order_rect: bool,
        improved_pb_frames_mode: bool,
        reference_pic_select: bool,
        dynamic_picture_resizing_by_four: bool,
        dynamic_picture_resizing_sixteenth_pel: bool,
        dynamic_warping_half_pel: bool,
        dynamic_warping_sixteenth_pel: bool,
        reduced_resolution_update: bool,
        independent_segment_decoding: bool,
        alternate_inter_vlc_mode: bool,
        modified_quantization_mode: bool,
        ..
        enhanced_reference_pic_select: Option<bool>,
        h263_version3_options: Option<H263Version3Options>,
    }

    /// H.245 `H263Version3Options`.
    H263Version3Options {
        data_partitioned_slices: bool,
        fixed_point_idct0: bool,
        interlaced_fields: bool,
        current_picture_header_repetition: bool,
        previous_picture_header_repetition: bool,
        next_picture_header_repetition: bool,
        picture_number: bool,
        spare_reference_pictures: bool,
        ..
    }

    /// H.245 `IS11172VideoCapability`.
    IS11172VideoCapability {
        constrained_bitstream: bool,
        video_bit_rate: Option<u32> as Int<0, 1073741823>,
        vbv_buffer_size: Option<u32> as Int<0, 262143>,
        samples_per_line: Option<u16> as Int<0, 16383>,
        lines_per_frame: Option<u16> as Int<0, 16383>,
        picture_rate: Option<u8> as Int<0, 15>,
        luminance_sample_rate: Option<u32> as Int<0, 4294967295>,
        ..
        video_bad_mbs_cap: Option<bool>,
    }
}

choice! {
    /// Video formats to switch to (H.245 `VideoMode`).
    VideoMode {
        NonStandard(NonStandardParameter),
        H261VideoMode(H261VideoMode),
        H262VideoMode(Box<H262VideoMode>),
        H263VideoMode(Box<H263VideoMode>),
        Is11172VideoMode(IS11172VideoMode),
        ..
        GenericVideoMode(Box<GenericCapability>),
    }
}

sequence! {
    /// H.245 `H261VideoMode`.
    H261VideoMode {
        resolution: H261VideoModeResolution,
        bit_rate: u16 as Int<1, 19200>,
        still_image_transmission: bool,
        ..
    }
}

choice! {
    /// `resolution` in H.245 `H261VideoMode`.
    H261VideoModeResolution { Qcif, Cif, }
}

sequence! {
    /// H.245 `H262VideoMode`.
    H262VideoMode {
        profile_and_level: H262VideoModeProfileAndLevel,
        video_bit_rate: Option<u32> as Int<0, 1073741823>,
        vbv_buffer_size: Option<u32> as Int<0, 262143>,
        samples_per_line: Option<u16> as Int<0, 16383>,
        lines_per_frame: Option<u16> as Int<0, 16383>,
        frames_per_second: Option<u8> as Int<0, 15>,
        luminance_sample_rate: Option<u32> as Int<0, 4294967295>,
        ..
    }
}

choice! {
    /// `profileAndLevel` in H.245 `H262VideoMode`.
    H262VideoModeProfileAndLevel {
        ProfileAndLevelSPatMl,
        ProfileAndLevelMPatLl,
        ProfileAndLevelMPatMl,
        ProfileAndLevelMPatH14,
        ProfileAndLevelMPatHl,
        ProfileAndLevelSnRatLl,
        ProfileAndLevelSnRatMl,
        ProfileAndLevelSpatialatH14,
        ProfileAndLevelHPatMl,
        ProfileAndLevelHPatH14,
        ProfileAndLevelHPatHl,
        ..
    }
}

sequence! {
    /// H.245 `H263VideoMode`.
    H263VideoMode {
        resolution: H263VideoModeResolution,
        bit_rate: u16 as Int<1, 19200>,
        unrestricted_vector: bool,
        arithmetic_coding: bool,
        advanced_prediction: bool,
        pb_frames: bool,
        ..
        error_compensation: Option<bool>,
        enhancement_layer_info: Option<EnhancementLayerInfo>,
        h263_options: Option<Box<H263Options>>,
    }
}

choice! {
    /// `resolution` in H.245 `H263VideoMode`.
    H263VideoModeResolution { Sqcif, Qcif, Cif, Cif4, Cif16, .. Custom, }
}

sequence! {
    /// H.245 `IS11172VideoMode`.
    IS11172VideoMode {
        constrained_bitstream: bool,
        video_bit_rate: Option<u32> as Int<0, 1073741823>,
        vbv_buffer_size: Option<u32> as Int<0, 262143>,
        samples_per_line: Option<u16> as Int<0, 16383>,
        lines_per_frame: Option<u16> as Int<0, 16383>,
        picture_rate: Option<u8> as Int<0, 15>,
        luminance_sample_rate: Option<u32> as Int<0, 4294967295>,
        ..
    }
}

choice! {
    /// H.245 `PictureReference`.
    PictureReference { PictureNumber(u16 as Int<0, 1023>), LongTermPictureIndex(u8 as Int<0, 255>), .. }
}
