//! Nonces that need no memory: when, for which realm and peer they were made, sealed with the server's key (RFC 7616 3.3, 5.4).

use super::algorithm::hex;
use hmac::{Hmac, KeyInit, Mac};
use lhtt_core::rng::Rng;
use lhtt_core::time::Instant;
use sha2::Sha256;
use std::fmt;
use std::net::IpAddr;

/// The key that seals a server's nonces. A new one at each start: counts of nonces that were used are in memory alone, and so is the clock.
#[derive(Clone)]
pub struct ServerKey([u8; 32]);

impl ServerKey {
    /// A key of random octets.
    pub const fn new(octets: [u8; 32]) -> Self {
        Self(octets)
    }

    /// A nonce: 8 octets of time, 8 of chance, 16 of seal, hexadecimal.
    pub(super) fn make(&self, now: Instant, realm: &str, peer: IpAddr, rng: &mut Rng) -> String {
        let mut open = now.as_nanos().to_be_bytes().to_vec();
        open.extend_from_slice(&rng.octets::<8>());
        let seal = self.seal(&open, realm, peer).finalize().into_bytes();
        open.extend_from_slice(&seal[..SEAL_BYTES]);
        hex(&open)
    }

    /// When one of our nonces for this realm and peer was made; `None` for others. The comparison takes equal time.
    pub(super) fn open(&self, nonce: &str, realm: &str, peer: IpAddr) -> Option<Instant> {
        let octets = unhex(nonce)?;
        let (open, seal) = octets.split_at_checked(OPEN_BYTES).filter(|(_, seal)| seal.len() == SEAL_BYTES)?;
        self.seal(open, realm, peer).verify_truncated_left(seal).ok()?;
        let time = open.first_chunk().map(|time| u64::from_be_bytes(*time))?;
        Some(Instant::from_nanos(time))
    }

    fn seal(&self, open: &[u8], realm: &str, peer: IpAddr) -> Hmac<Sha256> {
        let mut seal = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        seal.update(open);
        // The peer as text has no line end, so that no realm can pass for part of it.
        seal.update(format!("{peer}\n{realm}").as_bytes());
        seal
    }

    /// Stands in for the password of a user that there is not.
    pub(super) fn decoy(&self) -> String {
        hex(&self.0)
    }
}

impl fmt::Debug for ServerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServerKey(..)")
    }
}

const OPEN_BYTES: usize = 16;
const SEAL_BYTES: usize = 16;

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |octet: u8| char::from(octet).to_digit(16);
    let octets = text.as_bytes();
    if octets.len() != (OPEN_BYTES + SEAL_BYTES) * 2 {
        return None;
    }
    octets.chunks(2).map(|pair| Some((digit(pair[0])? * 16 + digit(pair[1])?) as u8)).collect()
}
