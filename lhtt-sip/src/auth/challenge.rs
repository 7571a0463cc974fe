//! WWW-Authenticate and Proxy-Authenticate (RFC 3261 20.27, 20.44, RFC 7616 3.3).

use super::Algorithm;
use super::limits::CHALLENGES_MAX;
use super::params::{Params, Writer};
use crate::message::{Fault, Headers, Name};
use std::fmt;

/// One challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// Whose passwords are asked for.
    pub realm: String,
    /// What the server wants back.
    pub nonce: String,
    /// What it wants back unchanged.
    pub opaque: Option<String>,
    /// Whether only the nonce was too old.
    pub stale: bool,
    /// `None` for one that we do not know: such a challenge cannot be answered (RFC 8760 2.4).
    pub algorithm: Option<Algorithm>,
    /// Qualities of protection on offer; none with peers of RFC 2069.
    pub qop: Vec<String>,
}

impl Challenge {
    /// Reads one header value; `None` where its scheme is not Digest.
    ///
    /// # Errors
    /// [`Fault`] where the parameters cannot be read, or realm or nonce is missing.
    pub fn read(text: &str) -> Result<Option<Self>, Fault> {
        let Some(params) = Params::of_digest(text)? else { return Ok(None) };
        let words = |list: &str| {
            list.split(',').map(|word| word.trim_ascii().to_owned()).filter(|word| !word.is_empty()).collect()
        };
        Ok(Some(Self {
            realm: params.required("realm")?,
            nonce: params.required("nonce")?,
            opaque: params.get("opaque").map(str::to_owned),
            stale: params.get("stale").is_some_and(|stale| stale.eq_ignore_ascii_case("true")),
            algorithm: Algorithm::of(params.get("algorithm")),
            qop: params.get("qop").map_or_else(Vec::new, words),
        }))
    }

    /// The challenges of a response, [`Name::WwwAuthenticate`] or [`Name::ProxyAuthenticate`], in order. What cannot be read is as good as
    /// not understood (RFC 8760 2.4).
    pub fn all(headers: &Headers, name: Name) -> Vec<Self> {
        headers.all(name).take(CHALLENGES_MAX).filter_map(|header| Self::read(header.value()).ok().flatten()).collect()
    }
}

impl fmt::Display for Challenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let qop = (!self.qop.is_empty()).then(|| self.qop.join(","));
        let writer = Writer::default()
            .quoted("realm", Some(&self.realm))
            .quoted("nonce", Some(&self.nonce))
            .quoted("opaque", self.opaque.as_deref())
            .plain("stale", self.stale.then_some("true"))
            .plain("algorithm", self.algorithm.map(Algorithm::name))
            .quoted("qop", qop.as_deref());
        write!(f, "Digest {}", writer.text())
    }
}
