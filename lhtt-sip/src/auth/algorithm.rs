//! Hash algorithms of digest authentication (RFC 7616 6.1, RFC 8760 2.1), weakest first.

use md5::Md5;
use sha2::{Digest, Sha256, Sha512_256};

/// A hash function. Ordered by strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hash {
    /// For old peers alone; nothing here uses it unless told to.
    Md5,
    /// SHA-256
    Sha256,
    /// SHA-512/256
    Sha512_256,
}

/// What an `algorithm` parameter names: a hash, and whether its key is made anew for each session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Algorithm {
    /// The hash function.
    pub hash: Hash,
    /// `-sess`
    pub session: bool,
}

impl Hash {
    /// The hash of parts with a colon between each, as lower-case hexadecimal.
    pub(super) fn of(self, parts: &[&str]) -> String {
        let octets = parts.join(":");
        match self {
            Self::Md5 => hex(&Md5::digest(octets)),
            Self::Sha256 => hex(&Sha256::digest(octets)),
            Self::Sha512_256 => hex(&Sha512_256::digest(octets)),
        }
    }
}

impl Algorithm {
    /// An algorithm without sessions.
    pub const fn plain(hash: Hash) -> Self {
        Self { hash, session: false }
    }

    /// The parameter's value.
    pub const fn name(self) -> &'static str {
        match (self.hash, self.session) {
            (Hash::Md5, false) => "MD5",
            (Hash::Md5, true) => "MD5-sess",
            (Hash::Sha256, false) => "SHA-256",
            (Hash::Sha256, true) => "SHA-256-sess",
            (Hash::Sha512_256, false) => "SHA-512-256",
            (Hash::Sha512_256, true) => "SHA-512-256-sess",
        }
    }

    /// The algorithm of a name, case aside; MD5 where nothing is said (RFC 7616 3.3).
    pub(super) fn of(name: Option<&str>) -> Option<Self> {
        let Some(name) = name else { return Some(Self::plain(Hash::Md5)) };
        let hashes = [Hash::Md5, Hash::Sha256, Hash::Sha512_256].into_iter();
        let mut all = hashes.flat_map(|hash| [false, true].map(|session| Self { hash, session }));
        all.find(|algorithm| algorithm.name().eq_ignore_ascii_case(name))
    }
}

pub(super) fn hex(octets: &[u8]) -> String {
    use std::fmt::Write;
    octets.iter().fold(String::with_capacity(octets.len() * 2), |mut text, octet| {
        let _ = write!(text, "{octet:02x}");
        text
    })
}
