//! The proof itself (RFC 7616 3.4.1 to 3.4.3, with the methods of SIP).

use super::{Algorithm, Secret};

/// What a proof is made of, beside the secret.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The algorithm.
    pub algorithm: Algorithm,
    /// The user.
    pub username: &'a str,
    /// The realm.
    pub realm: &'a str,
    /// The server's nonce.
    pub nonce: &'a str,
    /// The client's nonce.
    pub cnonce: &'a str,
    /// The nonce count.
    pub nc: u32,
    /// The method; empty for the server's own proof (RFC 7616 3.5).
    pub method: &'a str,
    /// The URI.
    pub uri: &'a str,
}

/// The proof with `qop=auth`, in hexadecimal; `None` where the secret is not known under the algorithm's hash.
pub fn response(facts: Facts<'_>, secret: &Secret) -> Option<String> {
    let Facts { algorithm: Algorithm { hash, session }, username, realm, nonce, cnonce, nc, method, uri } = facts;
    let mut key = secret.key(hash, username, realm)?;
    if session {
        key = hash.of(&[&key, nonce, cnonce]);
    }
    let nc = format!("{nc:08x}");
    Some(hash.of(&[&key, nonce, &nc, cnonce, "auth", &hash.of(&[method, uri])]))
}
