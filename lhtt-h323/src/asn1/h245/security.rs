//! Encryption and authentication in H.245 (H.245 B.2, B.3; H.235.6).

use super::{
    AudioCapability, AudioMode, DataApplicationCapability, DataMode, DepFECData, FECData, GenericCapability,
    GenericParameter, MultiplePayloadStream, NonStandardParameter, RedundancyEncoding, VideoCapability, VideoMode,
};
use crate::per::{BitString, Bits, Int, List, Octets, Oid, choice, sequence};

sequence! {
    /// Encryption of a media capability (H.245 `H235SecurityCapability`).
    H235SecurityCapability {
        encryption_authentication_and_integrity: EncryptionAuthenticationAndIntegrity,
        media_capability: u16 as Int<1, 65535>,
        ..
    }

    /// H.245 `EncryptionAuthenticationAndIntegrity`.
    EncryptionAuthenticationAndIntegrity {
        encryption_capability: Option<Vec<MediaEncryptionAlgorithm>> as List<1, 256>,
        authentication_capability: Option<AuthenticationCapability>,
        integrity_capability: Option<IntegrityCapability>,
        ..
        generic_h235_security_capability: Option<Box<GenericCapability>>,
    }
}

choice! {
    /// H.245 `MediaEncryptionAlgorithm`.
    MediaEncryptionAlgorithm { NonStandard(NonStandardParameter), Algorithm(Oid), .. }
}

sequence! {
    /// H.245 `AuthenticationCapability`.
    AuthenticationCapability {
        non_standard: Option<NonStandardParameter>,
        ..
        anti_spam_algorithm: Option<Oid>,
    }

    /// H.245 `IntegrityCapability`.
    IntegrityCapability {
        non_standard: Option<NonStandardParameter>,
        ..
    }
}

choice! {
    /// How a channel is encrypted (H.245 `EncryptionMode`).
    EncryptionMode { NonStandard(NonStandardParameter), H233Encryption, .. }
}

sequence! {
    /// An encrypted media type (H.245 `H235Media`).
    H235Media {
        encryption_authentication_and_integrity: EncryptionAuthenticationAndIntegrity,
        media_type: H235MediaMediaType,
        ..
    }
}

choice! {
    /// `mediaType` in H.245 `H235Media`.
    H235MediaMediaType {
        NonStandard(NonStandardParameter),
        VideoData(VideoCapability),
        AudioData(AudioCapability),
        Data(Box<DataApplicationCapability>),
        ..
        RedundancyEncoding(Box<RedundancyEncoding>),
        MultiplePayloadStream(MultiplePayloadStream),
        DepFec(DepFECData),
        Fec(Box<FECData>),
    }
}

sequence! {
    /// H.245 `H235Mode`.
    H235Mode {
        encryption_authentication_and_integrity: EncryptionAuthenticationAndIntegrity,
        media_mode: H235ModeMediaMode,
        ..
    }
}

choice! {
    /// `mediaMode` in H.245 `H235Mode`.
    H235ModeMediaMode {
        NonStandard(NonStandardParameter),
        VideoMode(VideoMode),
        AudioMode(AudioMode),
        DataMode(Box<DataMode>),
        ..
    }
}

sequence! {
    /// The media key of a channel (H.245 `EncryptionSync`).
    EncryptionSync {
        non_standard: Option<NonStandardParameter>,
        synch_flag: u8 as Int<0, 255>,
        h235_key: Vec<u8> as Octets<1, 65535>,
        escrowentry: Option<Vec<EscrowData>> as List<1, 256>,
        ..
        generic_parameter: Option<GenericParameter>,
    }

    /// H.245 `EscrowData`.
    EscrowData {
        escrow_id: Oid,
        escrow_value: BitString as Bits<1, 65535>,
        ..
    }
}

choice! {
    /// H.245 `EncryptionCommand`.
    EncryptionCommand { EncryptionSe(Vec<u8>), EncryptionIvRequest, EncryptionAlgorithmId(EncryptionAlgorithmId), .. }
}

sequence! {
    /// `encryptionAlgorithmID` in H.245 `EncryptionCommand`.
    EncryptionAlgorithmId {
        h233_algorithm_identifier: u8 as Int<0, 255>,
        associated_algorithm: NonStandardParameter,
    }

    /// H.245 `EncryptionUpdateRequest`.
    EncryptionUpdateRequest {
        key_protection_method: Option<KeyProtectionMethod>,
        ..
        synch_flag: Option<u8> as Int<0, 255>,
    }
}

choice! {
    /// H.245 `EncryptionUpdateDirection`.
    EncryptionUpdateDirection { MasterToSlave, SlaveToMaster, .. }
}

sequence! {
    /// H.245 `KeyProtectionMethod`.
    KeyProtectionMethod {
        secure_channel: bool,
        shared_secret: bool,
        cert_protected_key: bool,
        ..
    }

    /// Parameters of an algorithm (H.245 `Params`).
    Params {
        iv8: Option<[u8; 8]>,
        iv16: Option<[u8; 16]>,
        iv: Option<Vec<u8>>,
        ..
    }

    /// H.245 `Criteria`.
    Criteria {
        field: Oid,
        value: Vec<u8> as Octets<1, 65535>,
        ..
    }
}
