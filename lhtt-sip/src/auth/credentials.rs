//! Authorization and Proxy-Authorization (RFC 3261 20.7, 20.28, RFC 7616 3.4).

use super::Algorithm;
use super::limits::CREDENTIALS_MAX;
use super::params::{Params, Writer};
use crate::message::{Fault, Headers, Name};
use std::fmt;

/// One answer to a challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// Who it is.
    pub username: String,
    /// Whose password it is.
    pub realm: String,
    /// The server's nonce.
    pub nonce: String,
    /// The URI that was hashed.
    pub uri: String,
    /// The proof, hexadecimal.
    pub response: String,
    /// `None` for one that we do not know.
    pub algorithm: Option<Algorithm>,
    /// The client's nonce.
    pub cnonce: Option<String>,
    /// What the server wanted back.
    pub opaque: Option<String>,
    /// The quality of protection that was chosen.
    pub qop: Option<String>,
    /// The nonce count; `None` where it is not eight hexadecimal digits.
    pub nc: Option<u32>,
}

impl Credentials {
    /// Reads one header value; `None` where its scheme is not Digest.
    ///
    /// # Errors
    /// [`Fault`] where the parameters cannot be read or one that must be there is missing.
    pub fn read(text: &str) -> Result<Option<Self>, Fault> {
        let Some(params) = Params::of_digest(text)? else { return Ok(None) };
        let given = |name| params.get(name).map(str::to_owned);
        let count = |nc: &str| {
            let digits = nc.len() == 8 && nc.bytes().all(|octet| octet.is_ascii_hexdigit());
            digits.then(|| u32::from_str_radix(nc, 16).ok()).flatten()
        };
        Ok(Some(Self {
            username: params.required("username")?,
            realm: params.required("realm")?,
            nonce: params.required("nonce")?,
            uri: params.required("uri")?,
            response: params.required("response")?.to_ascii_lowercase(),
            algorithm: Algorithm::of(params.get("algorithm")),
            cnonce: given("cnonce"),
            opaque: given("opaque"),
            qop: given("qop"),
            nc: params.get("nc").and_then(count),
        }))
    }

    /// The credentials of a request, [`Name::Authorization`] or [`Name::ProxyAuthorization`], in order; a fault counts as the first's.
    ///
    /// # Errors
    /// As [`Credentials::read`].
    pub fn all(headers: &Headers, name: Name) -> Result<Vec<Self>, Fault> {
        let read = headers.all(name).take(CREDENTIALS_MAX).map(|header| Self::read(header.value()));
        read.filter_map(Result::transpose).collect()
    }
}

impl fmt::Display for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nc = self.nc.map(|nc| format!("{nc:08x}"));
        let writer = Writer::default()
            .quoted("username", Some(&self.username))
            .quoted("realm", Some(&self.realm))
            .quoted("nonce", Some(&self.nonce))
            .quoted("uri", Some(&self.uri))
            .quoted("response", Some(&self.response))
            .plain("algorithm", self.algorithm.map(Algorithm::name))
            .quoted("cnonce", self.cnonce.as_deref())
            .quoted("opaque", self.opaque.as_deref())
            .plain("qop", self.qop.as_deref())
            .plain("nc", nc.as_deref());
        write!(f, "Digest {}", writer.text())
    }
}
