//! Warning (RFC 3261 20.43) and Reason (RFC 3326): why a call was refused or ended.

use crate::message::params::Params;
use crate::message::{Fault, Text, scan};
use std::fmt;

/// `code agent "text"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Three digits; 399 for what the registry has no code for.
    pub code: u16,
    /// Who says so: a host, or a made-up name.
    pub agent: Text,
    /// The text without its quotes.
    pub text: String,
}

impl Warning {
    pub(super) fn read_part(text: &Text, part: &str) -> Result<Self, Fault> {
        let mut words = part.splitn(3, [' ', '\t']);
        let (code, agent, said) = (words.next(), words.next(), words.next().map(scan::trim));
        let code = code.filter(|code| code.len() == 3 && code.bytes().all(|digit| digit.is_ascii_digit()));
        let said = said.filter(|said| said.len() >= 2 && said.starts_with('"') && said.ends_with('"'));
        match (code.and_then(|code| code.parse().ok()), agent, said) {
            (Some(code), Some(agent), Some(said)) => {
                Ok(Self { code, agent: text.part(agent), text: scan::unquote(said).into_owned() })
            }
            _ => Err(Fault::malformed(0, "a Warning is not a three-digit code, an agent and a quoted text")),
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03} {} {}", self.code, self.agent, scan::quote(&self.text))
    }
}

impl From<Warning> for Text {
    fn from(value: Warning) -> Self {
        value.to_string().into()
    }
}

/// `protocol;cause=…;text="…"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// `SIP`, `Q.850` or another.
    pub protocol: Text,
    /// The parameters as written.
    pub params: Params,
}

impl Reason {
    /// A reason of ours.
    pub fn new(protocol: &str, cause: u16, text: Option<&str>) -> Self {
        let mut params = Params::new();
        params.set("cause", Some(&cause.to_string()));
        if let Some(text) = text {
            params.set("text", Some(&scan::quote(text)));
        }
        Self { protocol: protocol.into(), params }
    }

    /// The cause, a status code or a Q.850 cause.
    pub fn cause(&self) -> Option<u16> {
        self.params.get("cause")?.parse().ok()
    }

    /// The text without its quotes.
    pub fn text(&self) -> Option<String> {
        self.params.get("text").map(|text| scan::unquote(text).into_owned())
    }

    pub(super) fn read_part(text: &Text, part: &str) -> Result<Self, Fault> {
        let end = memchr::memchr(b';', part.as_bytes()).unwrap_or(part.len());
        let protocol = scan::trim(&part[..end]);
        if !scan::is_token(protocol) {
            return Err(Fault::malformed(0, "a Reason does not begin with a protocol"));
        }
        let params = Params::read(text, &part[end..]).map_err(|fault| fault.shifted(end))?;
        Ok(Self { protocol: text.part(protocol), params })
    }
}

impl std::str::FromStr for Reason {
    type Err = Fault;
    fn from_str(text: &str) -> Result<Self, Fault> {
        let text = Text::from(text);
        Self::read_part(&text, &text)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.protocol, self.params)
    }
}

impl From<Reason> for Text {
    fn from(value: Reason) -> Self {
        value.to_string().into()
    }
}
