//! The secret, and the hash that it makes over a message (H.235.1 7 and 8).

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::{Digest as _, Sha1};
use std::fmt;

/// Octets of a hash: HMAC-SHA1 cut to its first 96 bits.
pub(super) const HASH_OCTETS: usize = 12;

/// The secret as HMAC takes it: the SHA-1 of the password.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; 20]);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}

impl Key {
    /// The key of a password.
    pub fn of_password(password: &str) -> Self {
        Self(Sha1::digest(password.as_bytes()).into())
    }

    /// Puts the hash of `message` in its octets from `at` on, which are zero.
    ///
    /// False where they do not lie in the message.
    pub fn seal(&self, message: &mut [u8], at: usize) -> bool {
        let hash = self.mac(message, at).map(|mac| mac.finalize().into_bytes());
        match (hash, message.get_mut(at..at + HASH_OCTETS)) {
            (Some(hash), Some(place)) => {
                place.copy_from_slice(&hash[..HASH_OCTETS]);
                true
            }
            _ => false,
        }
    }

    /// Whether the octets of `message` from `at` on are its hash. Takes as long for a wrong hash as for the right one.
    pub fn verifies(&self, message: &[u8], at: usize) -> bool {
        let sent = message.get(at..at.saturating_add(HASH_OCTETS));
        match (self.mac(message, at), sent) {
            (Some(mac), Some(sent)) => mac.verify_truncated_left(sent).is_ok(),
            _ => false,
        }
    }

    /// Over the message with zeros where the hash is.
    fn mac(&self, message: &[u8], at: usize) -> Option<Hmac<Sha1>> {
        let (before, after) = (message.get(..at)?, message.get(at.checked_add(HASH_OCTETS)?..)?);
        let mut mac = Hmac::<Sha1>::new_from_slice(&self.0).ok()?;
        mac.update(before);
        mac.update(&[0; HASH_OCTETS]);
        mac.update(after);
        Some(mac)
    }
}
