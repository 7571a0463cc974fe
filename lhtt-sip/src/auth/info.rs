//! Authentication-Info (RFC 3261 20.6, RFC 7616 3.5): what a server says behind a proof that it took.

use super::params::{Params, Writer};
use crate::message::Fault;
use crate::message::scan::is_token;
use std::fmt;

/// The header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthenticationInfo {
    /// The nonce to use next.
    pub nextnonce: Option<String>,
    /// The quality of protection.
    pub qop: Option<String>,
    /// The server's proof that it knows the password too.
    pub rspauth: Option<String>,
    /// The client's nonce.
    pub cnonce: Option<String>,
    /// The nonce count.
    pub nc: Option<u32>,
}

impl AuthenticationInfo {
    /// Reads the header value.
    ///
    /// # Errors
    /// [`Fault`] where the parameters cannot be read.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let params = Params::read(text)?;
        let given = |name| params.get(name).map(str::to_owned);
        let nc = params.get("nc").and_then(|nc| u32::from_str_radix(nc, 16).ok());
        // One quality stands here, as a token; a list of them is a challenge's.
        let qop = given("qop").filter(|qop| is_token(qop));
        let (nextnonce, rspauth, cnonce) = (given("nextnonce"), given("rspauth"), given("cnonce"));
        Ok(Self { nextnonce, qop, rspauth, cnonce, nc })
    }
}

impl fmt::Display for AuthenticationInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nc = self.nc.map(|nc| format!("{nc:08x}"));
        let writer = Writer::default()
            .quoted("nextnonce", self.nextnonce.as_deref())
            .plain("qop", self.qop.as_deref())
            .quoted("rspauth", self.rspauth.as_deref())
            .quoted("cnonce", self.cnonce.as_deref())
            .plain("nc", nc.as_deref());
        f.write_str(&writer.text())
    }
}
