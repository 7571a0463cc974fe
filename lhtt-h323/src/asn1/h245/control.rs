//! Miscellaneous commands and indications, user input (H.245 Annex B).

use super::{
    EncryptionSync, EncryptionUpdateDirection, EncryptionUpdateRequest, GenericInformation, MultiplePayloadStream,
    NonStandardParameter, Params, PictureReference, TransportCapability,
};
use crate::per::{Chars, General, Int, Keys, Oid, choice, sequence};

sequence! {
    /// Commands about a channel: fast update, freeze, keys (H.245 `MiscellaneousCommand`).
    MiscellaneousCommand {
        logical_channel_number: u16 as Int<1, 65535>,
        r#type: MiscellaneousCommandType,
        ..
        direction: Option<EncryptionUpdateDirection>,
    }
}

choice! {
    /// `type` in H.245 `MiscellaneousCommand`.
    MiscellaneousCommandType {
        EqualiseDelay,
        ZeroDelay,
        MultipointModeCommand,
        CancelMultipointModeCommand,
        VideoFreezePicture,
        VideoFastUpdatePicture,
        VideoFastUpdateGob(VideoFastUpdateGob),
        VideoTemporalSpatialTradeOff(u8 as Int<0, 31>),
        VideoSendSyncEveryGob,
        VideoSendSyncEveryGobCancel,
        ..
        VideoFastUpdateMb(VideoFastUpdateMb),
        MaxH223MuxpdUsize(u16 as Int<1, 65535>),
        EncryptionUpdate(Box<EncryptionSync>),
        EncryptionUpdateRequest(EncryptionUpdateRequest),
        SwitchReceiveMediaOff,
        SwitchReceiveMediaOn,
        ProgressiveRefinementStart(ProgressiveRefinementStart),
        ProgressiveRefinementAbortOne,
        ProgressiveRefinementAbortContinuous,
        VideoBadMbs(VideoBadMbs),
        LostPicture(Vec<PictureReference>),
        LostPartialPicture(LostPartialPicture),
        RecoveryReferencePicture(Vec<PictureReference>),
        EncryptionUpdateCommand(Box<EncryptionUpdateCommand>),
        EncryptionUpdateAck(EncryptionUpdateAck),
    }
}

sequence! {
    /// `videoFastUpdateGOB` in H.245 `MiscellaneousCommand.type`.
    VideoFastUpdateGob {
        first_gob: u8 as Int<0, 17>,
        number_of_gobs: u8 as Int<1, 18>,
    }

    /// `videoFastUpdateMB` in H.245 `MiscellaneousCommand.type`.
    VideoFastUpdateMb {
        first_gob: Option<u8> as Int<0, 255>,
        first_mb: Option<u16> as Int<1, 8192>,
        number_of_mbs: u16 as Int<1, 8192>,
        ..
    }

    /// `progressiveRefinementStart` in H.245 `MiscellaneousCommand.type`.
    ProgressiveRefinementStart {
        repeat_count: ProgressiveRefinementRepeatCount,
        ..
    }
}

choice! {
    /// `repeatCount` in H.245 `MiscellaneousCommand.type.progressiveRefinementStart`.
    ProgressiveRefinementRepeatCount {
        DoOneProgression,
        DoContinuousProgressions,
        DoOneIndependentProgression,
        DoContinuousIndependentProgressions,
        ..
    }
}

sequence! {
    /// `videoBadMBs` in H.245 `MiscellaneousCommand.type`.
    VideoBadMbs {
        first_mb: u16 as Int<1, 9216>,
        number_of_mbs: u16 as Int<1, 9216>,
        temporal_reference: u16 as Int<0, 1023>,
        ..
    }

    /// `lostPartialPicture` in H.245 `MiscellaneousCommand.type`.
    LostPartialPicture {
        picture_reference: PictureReference,
        first_mb: u16 as Int<1, 9216>,
        number_of_mbs: u16 as Int<1, 9216>,
        ..
    }

    /// `encryptionUpdateCommand` in H.245 `MiscellaneousCommand.type`.
    EncryptionUpdateCommand {
        encryption_sync: EncryptionSync,
        multiple_payload_stream: Option<MultiplePayloadStream>,
        ..
    }

    /// `encryptionUpdateAck` in H.245 `MiscellaneousCommand.type`.
    EncryptionUpdateAck {
        synch_flag: u8 as Int<0, 255>,
        ..
    }

    /// Indications about a channel: active, muted, ready (H.245 `MiscellaneousIndication`).
    MiscellaneousIndication {
        logical_channel_number: u16 as Int<1, 65535>,
        r#type: MiscellaneousIndicationType,
        ..
    }
}

choice! {
    /// `type` in H.245 `MiscellaneousIndication`.
    MiscellaneousIndicationType {
        LogicalChannelActive,
        LogicalChannelInactive,
        MultipointConference,
        CancelMultipointConference,
        MultipointZeroComm,
        CancelMultipointZeroComm,
        MultipointSecondaryStatus,
        CancelMultipointSecondaryStatus,
        VideoIndicateReadyToActivate,
        VideoTemporalSpatialTradeOff(u8 as Int<0, 31>),
        ..
        VideoNotDecodedMbs(VideoNotDecodedMbs),
        TransportCapability(Box<TransportCapability>),
    }
}

sequence! {
    /// `videoNotDecodedMBs` in H.245 `MiscellaneousIndication.type`.
    VideoNotDecodedMbs {
        first_mb: u16 as Int<1, 8192>,
        number_of_mbs: u16 as Int<1, 8192>,
        temporal_reference: u8 as Int<0, 255>,
        ..
    }
}

choice! {
    /// Key presses (H.245 `UserInputIndication`).
    UserInputIndication {
        NonStandard(NonStandardParameter),
        Alphanumeric(String as General),
        ..
        UserInputSupportIndication(UserInputSupportIndication),
        Signal(Box<UserInputSignal>),
        SignalUpdate(UserInputSignalUpdate),
        ExtendedAlphanumeric(Box<ExtendedAlphanumeric>),
        EncryptedAlphanumeric(Box<EncryptedAlphanumeric>),
        GenericInformation(Vec<GenericInformation>),
    }

    /// `userInputSupportIndication` in H.245 `UserInputIndication`.
    UserInputSupportIndication {
        NonStandard(NonStandardParameter),
        BasicString,
        Ia5String,
        GeneralString,
        ..
        EncryptedBasicString,
        EncryptedIa5String,
        EncryptedGeneralString,
    }
}

sequence! {
    /// A key press, with its length and time (H.245 `UserInputIndication.signal`).
    UserInputSignal {
        signal_type: String as Chars<Keys, 1, 1>,
        duration: Option<u16> as Int<1, 65535>,
        rtp: Option<UserInputSignalRtp>,
        ..
        rtp_payload_indication: Option<()>,
        param_s: Option<Params>,
        encrypted_signal_type: Option<[u8; 1]>,
        algorithm_oid: Option<Oid>,
    }

    /// `rtp` in H.245 `UserInputIndication.signal`.
    UserInputSignalRtp {
        timestamp: Option<u32> as Int<0, 4294967295>,
        expiration_time: Option<u32> as Int<0, 4294967295>,
        logical_channel_number: u16 as Int<1, 65535>,
        ..
    }

    /// A key press lasts longer (H.245 `UserInputIndication.signalUpdate`).
    UserInputSignalUpdate {
        duration: u16 as Int<1, 65535>,
        rtp: Option<UserInputSignalUpdateRtp>,
        ..
    }

    /// `rtp` in H.245 `UserInputIndication.signalUpdate`.
    UserInputSignalUpdateRtp {
        logical_channel_number: u16 as Int<1, 65535>,
        ..
    }

    /// `extendedAlphanumeric` in H.245 `UserInputIndication`.
    ExtendedAlphanumeric {
        alphanumeric: String as General,
        rtp_payload_indication: Option<()>,
        ..
        encrypted_alphanumeric: Option<ExtendedEncryptedAlphanumeric>,
    }

    /// `encryptedAlphanumeric` in H.245 `UserInputIndication.extendedAlphanumeric`.
    ExtendedEncryptedAlphanumeric {
        algorithm_oid: Oid,
        param_s: Option<Params>,
        encrypted: Vec<u8>,
        ..
    }

    /// `encryptedAlphanumeric` in H.245 `UserInputIndication`.
    EncryptedAlphanumeric {
        algorithm_oid: Oid,
        param_s: Option<Params>,
        encrypted: Vec<u8>,
        ..
    }
}
