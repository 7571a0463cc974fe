//! What proves a user: a password, or its hash with user and realm, which is as good as one within the realm.

use super::Hash;
use std::collections::BTreeMap;
use std::fmt;

/// A user's secret. It is never printed.
#[derive(Clone, PartialEq, Eq)]
pub enum Secret {
    /// The password.
    Password(String),
    /// H(user:realm:password) in hexadecimal by hash; others than these are not taken.
    Hashed(BTreeMap<Hash, String>),
}

impl Secret {
    /// H(user:realm:password); `None` where only other hashes are known.
    pub(super) fn key(&self, hash: Hash, username: &str, realm: &str) -> Option<String> {
        match self {
            Self::Password(password) => Some(hash.of(&[username, realm, password])),
            Self::Hashed(hashes) => hashes.get(&hash).cloned(),
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}
