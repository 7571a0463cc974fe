//! Session-Expires and Min-SE (RFC 4028 4, 5).

use super::typed::seconds;
use super::{Headers, Name};
use crate::message::params::Params;
use crate::message::{Fault, Text, scan};
use std::fmt;

/// Who refreshes a session, seen from the transaction that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refresher {
    /// The sender of the request.
    Uac,
    /// The sender of the response.
    Uas,
}

impl Refresher {
    /// As written on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Uac => "uac",
            Self::Uas => "uas",
        }
    }
}

/// `seconds;refresher=…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionExpires {
    /// The session interval. A number too large to hold counts as the largest.
    pub seconds: u32,
    /// Who refreshes; none leaves it to the other side.
    pub refresher: Option<Refresher>,
}

impl SessionExpires {
    /// Reads a value. A refresher that is neither word counts as none; other parameters are passed over.
    pub fn read(text: &Text) -> Result<Self, Fault> {
        let (seconds, params) = seconds_and_params(text, "Session-Expires")?;
        let refresher = match params.get("refresher") {
            Some(word) if word.eq_ignore_ascii_case("uac") => Some(Refresher::Uac),
            Some(word) if word.eq_ignore_ascii_case("uas") => Some(Refresher::Uas),
            _ => None,
        };
        Ok(Self { seconds, refresher })
    }
}

impl fmt::Display for SessionExpires {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.refresher {
            Some(refresher) => write!(f, "{};refresher={}", self.seconds, refresher.as_str()),
            None => write!(f, "{}", self.seconds),
        }
    }
}

impl From<SessionExpires> for Text {
    fn from(value: SessionExpires) -> Self {
        value.to_string().into()
    }
}

impl Headers {
    /// Session-Expires (RFC 4028 4).
    pub fn session_expires(&self) -> Result<Option<SessionExpires>, Fault> {
        self.optional(Name::SessionExpires, SessionExpires::read)
    }

    /// Min-SE in seconds (RFC 4028 5).
    pub fn min_se(&self) -> Result<Option<u32>, Fault> {
        self.optional(Name::MinSe, |text| seconds_and_params(text, "Min-SE").map(|(seconds, _)| seconds))
    }
}

fn seconds_and_params(text: &Text, name: &str) -> Result<(u32, Params), Fault> {
    let end = memchr::memchr(b';', text.as_bytes()).unwrap_or(text.len());
    let number = seconds(scan::trim(&text[..end]));
    let number = number.ok_or_else(|| Fault::malformed(0, format!("{name} is not a number of seconds")))?;
    let params = Params::read(text, &text[end..]).map_err(|fault| fault.shifted(end))?;
    Ok((number, params))
}
