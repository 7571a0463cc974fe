//! Tokens and keys (H.235.0): clear tokens, crypto tokens, key material.

use crate::per::{BitString, Bits, Bmp, Hash, Int, Integer, Octets, Oid, OpenType, choice, sequence};

sequence! {
    /// A token in clear: identities, times, keys, challenges (H.235.0 `ClearToken`).
    ClearToken {
        token_oid: Oid,
        time_stamp: Option<u32> as Int<1, 4294967295>,
        password: Option<String> as Bmp<1, 128>,
        dhkey: Option<DHset>,
        challenge: Option<Vec<u8>> as Octets<8, 128>,
        random: Option<i64> as Integer,
        certificate: Option<TypedCertificate>,
        general_id: Option<String> as Bmp<1, 128>,
        non_standard: Option<NonStandardParameter>,
        ..
        eckasdhkey: Option<Eckasdh>,
        senders_id: Option<String> as Bmp<1, 128>,
        h235_key: Option<H235Key>,
        profile_info: Option<Vec<ProfileElement>>,
        dhkeyext: Option<DHsetExt>,
    }

    /// The half of a Diffie-Hellman exchange (H.235.0 `DHset`).
    DHset {
        halfkey: BitString as Bits<0, 2048>,
        mod_size: BitString as Bits<0, 2048>,
        generator: BitString as Bits<0, 2048>,
        ..
    }

    /// A certificate of some kind (H.235.0 `TypedCertificate`).
    TypedCertificate {
        r#type: Oid,
        certificate: Vec<u8>,
        ..
    }

    /// Data of a manufacturer (H.235.0 `NonStandardParameter`).
    NonStandardParameter {
        non_standard_identifier: Oid,
        data: Vec<u8>,
    }
}

choice! {
    /// H.235.0 `ECKASDH`.
    Eckasdh { Eckasdhp(Box<Eckasdhp>), Eckasdh2(Box<Eckasdh2>), .. }
}

sequence! {
    /// `eckasdhp` in H.235.0 `ECKASDH`.
    Eckasdhp {
        public_key: ECpoint,
        modulus: BitString as Bits<0, 511>,
        base: ECpoint,
        weierstrass_a: BitString as Bits<0, 511>,
        weierstrass_b: BitString as Bits<0, 511>,
    }

    /// H.235.0 `ECpoint`.
    ECpoint {
        x: Option<BitString> as Bits<0, 511>,
        y: Option<BitString> as Bits<0, 511>,
        ..
    }

    /// `eckasdh2` in H.235.0 `ECKASDH`.
    Eckasdh2 {
        public_key: ECpoint,
        field_size: BitString as Bits<0, 511>,
        base: ECpoint,
        weierstrass_a: BitString as Bits<0, 511>,
        weierstrass_b: BitString as Bits<0, 511>,
    }
}

choice! {
    /// A media key, protected in one of several ways (H.235.0 `H235Key`).
    H235Key {
        SecureChannel(BitString as Bits<1, 2048>),
        SharedSecret(Box<Encrypted>),
        CertProtectedKey(Box<Signed>),
        ..
        SecureSharedSecret(Box<V3KeySyncMaterial>),
        SecureChannelExt(BitString as Bits<2049, 65536>),
    }
}

sequence! {
    /// Encrypted octets and how (H.235.0 `ENCRYPTED`).
    Encrypted {
        algorithm_oid: Oid,
        param_s: Params,
        encrypted_data: Vec<u8>,
    }

    /// Parameters of an algorithm (H.235.0 `Params`).
    Params {
        ran_int: Option<i64> as Integer,
        iv8: Option<[u8; 8]>,
        ..
        iv16: Option<[u8; 16]>,
        iv: Option<Vec<u8>>,
        clear_salt: Option<Vec<u8>>,
    }

    /// A signature and what it is of (H.235.0 `SIGNED`).
    Signed {
        to_be_signed: Vec<u8> as OpenType,
        algorithm_oid: Oid,
        param_s: Params,
        signature: BitString as Bits,
    }

    /// A media key protected by a shared secret (H.235.0 `V3KeySyncMaterial`).
    V3KeySyncMaterial {
        general_id: Option<String> as Bmp<1, 128>,
        algorithm_oid: Option<Oid>,
        param_s: Params,
        encrypted_session_key: Option<Vec<u8>>,
        encrypted_salting_key: Option<Vec<u8>>,
        clear_salting_key: Option<Vec<u8>>,
        param_ssalt: Option<Params>,
        key_derivation_oid: Option<Oid>,
        ..
        generic_key_material: Option<Vec<u8>>,
    }

    /// H.235.0 `ProfileElement`.
    ProfileElement {
        element_id: u8 as Int<0, 255>,
        param_s: Option<Params>,
        element: Option<Element>,
        ..
    }
}

choice! {
    /// H.235.0 `Element`.
    Element { Octets(Vec<u8>), Integer(i64 as Integer), Bits(BitString as Bits), Name(String as Bmp), Flag(bool), .. }
}

sequence! {
    /// H.235.0 `DHsetExt`.
    DHsetExt {
        halfkey: BitString as Bits<2049, 65536>,
        mod_size: Option<BitString> as Bits<2049, 65536>,
        generator: Option<BitString> as Bits<2049, 65536>,
        ..
    }

    /// A hash and what it is of (H.235.0 `HASHED`).
    Hashed {
        algorithm_oid: Oid,
        param_s: Params,
        hash: BitString as Hash,
    }
}

choice! {
    /// A token with encrypted, signed or hashed content (H.235.0 `CryptoToken`).
    CryptoToken {
        CryptoEncryptedToken(Box<CryptoEncryptedToken>),
        CryptoSignedToken(Box<CryptoSignedToken>),
        CryptoHashedToken(Box<CryptoHashedToken>),
        CryptoPwdEncr(Box<Encrypted>),
        ..
    }
}

sequence! {
    /// `cryptoEncryptedToken` in H.235.0 `CryptoToken`.
    CryptoEncryptedToken {
        token_oid: Oid,
        token: Encrypted,
    }

    /// `cryptoSignedToken` in H.235.0 `CryptoToken`.
    CryptoSignedToken {
        token_oid: Oid,
        token: Signed,
    }

    /// `cryptoHashedToken` in H.235.0 `CryptoToken`.
    CryptoHashedToken {
        token_oid: Oid,
        hashed_vals: ClearToken,
        token: Hashed,
    }
}

choice! {
    /// A way to authenticate (H.235.0 `AuthenticationMechanism`).
    AuthenticationMechanism {
        DhExch,
        PwdSymEnc,
        PwdHash,
        CertSign,
        Ipsec,
        Tls,
        NonStandard(NonStandardParameter),
        ..
        AuthenticationBes(AuthenticationBES),
        KeyExch(Oid),
    }

    /// H.235.0 `AuthenticationBES`.
    AuthenticationBES { Default, Radius, .. }
}
