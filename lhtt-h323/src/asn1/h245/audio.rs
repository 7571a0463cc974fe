//! Audio capabilities and modes (H.245 B.2, B.6).

use super::{GenericCapability, NonStandardParameter};
use crate::per::{General, Int, choice, sequence};

choice! {
    /// Audio formats, with frames or octets a packet (H.245 `AudioCapability`).
    AudioCapability {
        NonStandard(NonStandardParameter),
        G711Alaw64k(u16 as Int<1, 256>),
        G711Alaw56k(u16 as Int<1, 256>),
        G711Ulaw64k(u16 as Int<1, 256>),
        G711Ulaw56k(u16 as Int<1, 256>),
        G72264k(u16 as Int<1, 256>),
        G72256k(u16 as Int<1, 256>),
        G72248k(u16 as Int<1, 256>),
        G7231(G7231Capability),
        G728(u16 as Int<1, 256>),
        G729(u16 as Int<1, 256>),
        G729AnnexA(u16 as Int<1, 256>),
        Is11172AudioCapability(IS11172AudioCapability),
        Is13818AudioCapability(IS13818AudioCapability),
        ..
        G729wAnnexB(u16 as Int<1, 256>),
        G729AnnexAwAnnexB(u16 as Int<1, 256>),
        G7231AnnexCCapability(G7231AnnexCCapability),
        GsmFullRate(GSMAudioCapability),
        GsmHalfRate(GSMAudioCapability),
        GsmEnhancedFullRate(GSMAudioCapability),
        GenericAudioCapability(Box<GenericCapability>),
        G729Extensions(G729Extensions),
        Vbd(VBDCapability),
        AudioTelephonyEvent(NoPTAudioTelephonyEventCapability),
        AudioTone(NoPTAudioToneCapability),
    }
}

sequence! {
    /// `g7231` in H.245 `AudioCapability`.
    G7231Capability {
        max_al_sdu_audio_frames: u16 as Int<1, 256>,
        silence_suppression: bool,
    }

    /// H.245 `G7231AnnexCCapability`.
    G7231AnnexCCapability {
        max_al_sdu_audio_frames: u16 as Int<1, 256>,
        silence_suppression: bool,
        g723_annex_c_audio_mode: Option<G723AnnexCCapabilityAudioMode>,
        ..
    }

    /// `g723AnnexCAudioMode` in H.245 `G7231AnnexCCapability`.
    G723AnnexCCapabilityAudioMode {
        high_rate_mode0: u8 as Int<27, 78>,
        high_rate_mode1: u8 as Int<27, 78>,
        low_rate_mode0: u8 as Int<23, 66>,
        low_rate_mode1: u8 as Int<23, 66>,
        sid_mode0: u8 as Int<6, 17>,
        sid_mode1: u8 as Int<6, 17>,
        ..
    }

    /// H.245 `G729Extensions`.
    G729Extensions {
        audio_unit: Option<u16> as Int<1, 256>,
        annex_a: bool,
        annex_b: bool,
        annex_d: bool,
        annex_e: bool,
        annex_f: bool,
        annex_g: bool,
        annex_h: bool,
        ..
    }

    /// H.245 `GSMAudioCapability`.
    GSMAudioCapability {
        audio_unit_size: u16 as Int<1, 256>,
        comfort_noise: bool,
        scrambled: bool,
        ..
    }

    /// H.245 `IS11172AudioCapability`.
    IS11172AudioCapability {
        audio_layer1: bool,
        audio_layer2: bool,
        audio_layer3: bool,
        audio_sampling32k: bool,
        audio_sampling44k1: bool,
        audio_sampling48k: bool,
        single_channel: bool,
        two_channels: bool,
        bit_rate: u16 as Int<1, 448>,
        ..
    }

    /// H.245 `IS13818AudioCapability`.
    IS13818AudioCapability {
        audio_layer1: bool,
        audio_layer2: bool,
        audio_layer3: bool,
        audio_sampling16k: bool,
        audio_sampling22k05: bool,
        audio_sampling24k: bool,
        audio_sampling32k: bool,
        audio_sampling44k1: bool,
        audio_sampling48k: bool,
        single_channel: bool,
        two_channels: bool,
        three_channels2_1: bool,
        three_channels3_0: bool,
        four_channels2_0_2_0: bool,
        four_channels2_2: bool,
        four_channels3_1: bool,
        five_channels3_0_2_0: bool,
        five_channels3_2: bool,
        low_frequency_enhancement: bool,
        multilingual: bool,
        bit_rate: u16 as Int<1, 1130>,
        ..
    }

    /// H.245 `VBDCapability`.
    VBDCapability {
        r#type: Box<AudioCapability>,
        ..
    }

    /// H.245 `AudioTelephonyEventCapability`.
    AudioTelephonyEventCapability {
        dynamic_rtp_payload_type: u8 as Int<96, 127>,
        audio_telephone_event: String as General,
        ..
    }

    /// H.245 `AudioToneCapability`.
    AudioToneCapability {
        dynamic_rtp_payload_type: u8 as Int<96, 127>,
        ..
    }

    /// H.245 `NoPTAudioTelephonyEventCapability`.
    NoPTAudioTelephonyEventCapability {
        audio_telephone_event: String as General,
        ..
    }

    /// H.245 `NoPTAudioToneCapability`.
    NoPTAudioToneCapability {
        ..
    }
}

choice! {
    /// Audio formats to switch to (H.245 `AudioMode`).
    AudioMode {
        NonStandard(NonStandardParameter),
        G711Alaw64k,
        G711Alaw56k,
        G711Ulaw64k,
        G711Ulaw56k,
        G72264k,
        G72256k,
        G72248k,
        G728,
        G729,
        G729AnnexA,
        G7231(G7231Mode),
        Is11172AudioMode(IS11172AudioMode),
        Is13818AudioMode(IS13818AudioMode),
        ..
        G729wAnnexB(u16 as Int<1, 256>),
        G729AnnexAwAnnexB(u16 as Int<1, 256>),
        G7231AnnexCMode(G7231AnnexCMode),
        GsmFullRate(GSMAudioCapability),
        GsmHalfRate(GSMAudioCapability),
        GsmEnhancedFullRate(GSMAudioCapability),
        GenericAudioMode(Box<GenericCapability>),
        G729Extensions(G729Extensions),
        Vbd(VBDMode),
    }

    /// `g7231` in H.245 `AudioMode`.
    G7231Mode {
        NoSilenceSuppressionLowRate,
        NoSilenceSuppressionHighRate,
        SilenceSuppressionLowRate,
        SilenceSuppressionHighRate,
    }
}

sequence! {
    /// H.245 `G7231AnnexCMode`.
    G7231AnnexCMode {
        max_al_sdu_audio_frames: u16 as Int<1, 256>,
        silence_suppression: bool,
        g723_annex_c_audio_mode: G723AnnexCModeAudioMode,
        ..
    }

    /// `g723AnnexCAudioMode` in H.245 `G7231AnnexCMode`.
    G723AnnexCModeAudioMode {
        high_rate_mode0: u8 as Int<27, 78>,
        high_rate_mode1: u8 as Int<27, 78>,
        low_rate_mode0: u8 as Int<23, 66>,
        low_rate_mode1: u8 as Int<23, 66>,
        sid_mode0: u8 as Int<6, 17>,
        sid_mode1: u8 as Int<6, 17>,
        ..
    }

    /// H.245 `IS11172AudioMode`.
    IS11172AudioMode {
        audio_layer: IS11172AudioModeAudioLayer,
        audio_sampling: IS11172AudioModeAudioSampling,
        multichannel_type: IS11172AudioModeMultichannelType,
        bit_rate: u16 as Int<1, 448>,
        ..
    }
}

choice! {
    /// `audioLayer` in H.245 `IS11172AudioMode`.
    IS11172AudioModeAudioLayer { AudioLayer1, AudioLayer2, AudioLayer3, }

    /// `audioSampling` in H.245 `IS11172AudioMode`.
    IS11172AudioModeAudioSampling { AudioSampling32k, AudioSampling44k1, AudioSampling48k, }

    /// `multichannelType` in H.245 `IS11172AudioMode`.
    IS11172AudioModeMultichannelType { SingleChannel, TwoChannelStereo, TwoChannelDual, }
}

sequence! {
    /// H.245 `IS13818AudioMode`.
    IS13818AudioMode {
        audio_layer: IS13818AudioModeAudioLayer,
        audio_sampling: IS13818AudioModeAudioSampling,
        multichannel_type: IS13818AudioModeMultichannelType,
        low_frequency_enhancement: bool,
        multilingual: bool,
        bit_rate: u16 as Int<1, 1130>,
        ..
    }
}

choice! {
    /// `audioLayer` in H.245 `IS13818AudioMode`.
    IS13818AudioModeAudioLayer { AudioLayer1, AudioLayer2, AudioLayer3, }

    /// `audioSampling` in H.245 `IS13818AudioMode`.
    IS13818AudioModeAudioSampling {
        AudioSampling16k,
        AudioSampling22k05,
        AudioSampling24k,
        AudioSampling32k,
        AudioSampling44k1,
        AudioSampling48k,
    }

    /// `multichannelType` in H.245 `IS13818AudioMode`.
    IS13818AudioModeMultichannelType {
        SingleChannel,
        TwoChannelStereo,
        TwoChannelDual,
        ThreeChannels21,
        ThreeChannels30,
        FourChannels2020,
        FourChannels22,
        FourChannels31,
        FiveChannels3020,
        FiveChannels32,
    }
}

sequence! {
    /// H.245 `VBDMode`.
    VBDMode {
        r#type: Box<AudioMode>,
        ..
    }
}
