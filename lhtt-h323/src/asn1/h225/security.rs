//! Security of H.225.0: tokens, integrity, modes, errors (H.225.0 7.6, H.235.0).

use super::{AliasAddress, NonStandardParameter};
use crate::asn1::h235::{CryptoToken, Encrypted, Hashed, Signed};
use crate::per::{BitString, Bits, Bmp, Int, Oid, choice, sequence};

choice! {
    /// A crypto token in H.225.0 (H.225.0 `CryptoH323Token`).
    CryptoH323Token {
        CryptoEpPwdHash(Box<CryptoEpPwdHash>),
        CryptoGkPwdHash(Box<CryptoGkPwdHash>),
        CryptoEpPwdEncr(Box<Encrypted>),
        CryptoGkPwdEncr(Box<Encrypted>),
        CryptoEpCert(Box<Signed>),
        CryptoGkCert(Box<Signed>),
        CryptoFastStart(Box<Signed>),
        NestedcryptoToken(CryptoToken),
        ..
    }
}

sequence! {
    /// `cryptoEPPwdHash` in H.225.0 `CryptoH323Token`.
    CryptoEpPwdHash {
        alias: AliasAddress,
        time_stamp: u32 as Int<1, 4294967295>,
        token: Hashed,
    }

    /// `cryptoGKPwdHash` in H.225.0 `CryptoH323Token`.
    CryptoGkPwdHash {
        gatekeeper_id: String as Bmp<1, 128>,
        time_stamp: u32 as Int<1, 4294967295>,
        token: Hashed,
    }
}

choice! {
    /// How integrity is to be kept (H.225.0 `IntegrityMechanism`).
    IntegrityMechanism {
        NonStandard(NonStandardParameter),
        DigSig,
        Iso9797(Oid),
        NonIsoIm(NonIsoIntegrityMechanism),
        ..
    }

    /// H.225.0 `NonIsoIntegrityMechanism`.
    NonIsoIntegrityMechanism {
        HmacMd5,
        HmacIso101182S(EncryptIntAlg),
        HmacIso101182L(EncryptIntAlg),
        HmacIso101183(Oid),
        ..
    }

    /// H.225.0 `EncryptIntAlg`.
    EncryptIntAlg { NonStandard(NonStandardParameter), IsoAlgorithm(Oid), .. }
}

sequence! {
    /// An integrity check value (H.225.0 `ICV`).
    Icv {
        algorithm_oid: Oid,
        icv: BitString as Bits,
    }
}

choice! {
    /// What a security check failed of (H.225.0 `SecurityErrors`).
    SecurityErrors {
        SecurityWrongSyncTime,
        SecurityReplay,
        SecurityWrongGeneralId,
        SecurityWrongSendersId,
        SecurityIntegrityFailed,
        SecurityWrongOid,
        SecurityDhMismatch,
        SecurityCertificateExpired,
        SecurityCertificateDateInvalid,
        SecurityCertificateRevoked,
        SecurityCertificateNotReadable,
        SecurityCertificateSignatureInvalid,
        SecurityCertificateMissing,
        SecurityCertificateIncomplete,
        SecurityUnsupportedCertificateAlgOid,
        SecurityUnknownCa,
        ..
    }

    /// What a security check failed of, in an unregistration (H.225.0 `SecurityErrors2`).
    SecurityErrors2 {
        SecurityWrongSyncTime,
        SecurityReplay,
        SecurityWrongGeneralId,
        SecurityWrongSendersId,
        SecurityIntegrityFailed,
        SecurityWrongOid,
        ..
    }

    /// How the H.245 channel is secured (H.225.0 `H245Security`).
    H245Security {
        NonStandard(NonStandardParameter),
        NoSecurity,
        Tls(Box<SecurityCapabilities>),
        Ipsec(Box<SecurityCapabilities>),
        ..
    }
}

sequence! {
    /// What security a channel can have (H.225.0 `SecurityCapabilities`).
    SecurityCapabilities {
        non_standard: Option<NonStandardParameter>,
        encryption: SecurityServiceMode,
        authenticaton: SecurityServiceMode,
        integrity: SecurityServiceMode,
        ..
    }
}

choice! {
    /// H.225.0 `SecurityServiceMode`.
    SecurityServiceMode { NonStandard(NonStandardParameter), None, Default, .. }
}
