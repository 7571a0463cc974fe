//! URIs (RFC 3261 19.1, RFC 3966): parts on demand, kept as written, compared as 19.1.4 says.
//!
//! Schemes that are not `sip`, `sips` or `tel` are kept whole; only their scheme and the rest can be seen.

use super::params::Params;
use super::{Fault, Text};
use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// The scheme of a URI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// `sip`
    Sip,
    /// `sips`
    Sips,
    /// `tel`
    Tel,
    /// Another one: see [`Uri::scheme_str`].
    Other,
}

/// A URI as written, with its parts.
///
/// ```
/// use lhtt_sip::message::Uri;
/// let uri: Uri = "sips:0912@[2001:db8::1]:5061;transport=tcp".parse()?;
/// assert_eq!((uri.user(), uri.host(), uri.port()), (Some("0912"), "[2001:db8::1]", Some(5061)));
/// assert_eq!(uri.param("transport"), Some("tcp"));
/// # Ok::<(), lhtt_sip::message::Fault>(())
/// ```
#[derive(Clone)]
pub struct Uri {
    pub(super) text: Text,
    pub(super) parts: Parts,
}

/// Where the parts are, in octets of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parts {
    pub(super) scheme: Scheme,
    pub(super) scheme_end: u32,
    /// Start and end of the user; the number of a `tel`.
    pub(super) user: Option<(u32, u32)>,
    pub(super) password: Option<(u32, u32)>,
    pub(super) host: (u32, u32),
    pub(super) port: Option<u16>,
    /// Start of the parameters with their `;`, and their end.
    pub(super) params: (u32, u32),
    /// Start of the headers after their `?`.
    pub(super) headers: Option<u32>,
}

impl Uri {
    /// A `sip` URI. An IPv6 host may come with or without its brackets.
    pub fn sip(user: Option<&str>, host: &str, port: Option<u16>) -> Result<Self, Fault> {
        Self::assemble("sip", user, host, port)
    }

    /// A `sips` URI.
    pub fn sips(user: Option<&str>, host: &str, port: Option<u16>) -> Result<Self, Fault> {
        Self::assemble("sips", user, host, port)
    }

    fn assemble(scheme: &str, user: Option<&str>, host: &str, port: Option<u16>) -> Result<Self, Fault> {
        let mut text = format!("{scheme}:");
        if let Some(user) = user {
            escape_user(user, &mut text);
            text.push('@');
        }
        match host.contains(':') && !host.starts_with('[') {
            true => text.extend(["[", host, "]"]),
            false => text.push_str(host),
        }
        if let Some(port) = port {
            text.push_str(&format!(":{port}"));
        }
        text.parse()
    }

    /// The scheme.
    pub const fn scheme(&self) -> Scheme {
        self.parts.scheme
    }

    /// The scheme as written.
    pub fn scheme_str(&self) -> &str {
        self.slice((0, self.parts.scheme_end))
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// As written, sharing the octets.
    pub const fn text(&self) -> &Text {
        &self.text
    }

    /// What follows the scheme and its colon.
    pub fn opaque(&self) -> &str {
        &self.text[self.parts.scheme_end as usize + 1..]
    }

    /// The user part as written, escapes and all; the number of a `tel` URI.
    pub fn user(&self) -> Option<&str> {
        self.parts.user.map(|span| self.slice(span))
    }

    /// The user part without its escapes, if they hide UTF-8.
    pub fn user_unescaped(&self) -> Option<String> {
        let octets = unescape(self.user()?);
        String::from_utf8(octets).ok()
    }

    /// The password, if someone still sends one.
    pub fn password(&self) -> Option<&str> {
        self.parts.password.map(|span| self.slice(span))
    }

    /// The host as written, IPv6 in its brackets; empty for schemes other than `sip` and `sips`.
    pub fn host(&self) -> &str {
        self.slice(self.parts.host)
    }

    /// The host, if it is an address.
    pub fn ip(&self) -> Option<IpAddr> {
        host_ip(self.host())
    }

    /// The port, if one is written.
    pub const fn port(&self) -> Option<u16> {
        self.parts.port
    }

    /// The port to use: the written one, else 5060, or 5061 for `sips` and `transport=tls` (RFC 3261 19.1.2).
    pub fn port_or_default(&self) -> u16 {
        let secure = self.is_sips() || self.param("transport").is_some_and(|value| value.eq_ignore_ascii_case("tls"));
        self.port().unwrap_or(if secure { 5061 } else { 5060 })
    }

    /// `host` or `host:port` as written.
    pub fn host_port(&self) -> String {
        match self.port() {
            Some(port) => format!("{}:{port}", self.host()),
            None => self.host().to_owned(),
        }
    }

    /// Whether it is a `sips` URI.
    pub const fn is_sips(&self) -> bool {
        matches!(self.parts.scheme, Scheme::Sips)
    }

    /// The parameters, as written, with the leading `;`.
    pub fn params(&self) -> Params {
        Params::of_uri(self.text.part(self.slice(self.parts.params)))
    }

    /// The value of a parameter, an empty one if it has none.
    pub fn param(&self, name: &str) -> Option<&str> {
        super::params::find(self.slice(self.parts.params), name)
    }

    /// The headers after `?`, as written.
    pub fn headers(&self) -> Option<&str> {
        self.parts.headers.map(|start| &self.text[start as usize..])
    }

    /// The same URI with a parameter set or replaced. Headers go away.
    pub fn with_param(&self, name: &str, value: Option<&str>) -> Result<Self, Fault> {
        let mut params = self.params();
        params.set(name, value);
        format!("{}{params}", self.slice((0, self.parts.params.0))).parse()
    }

    /// The same URI without parameters and headers.
    pub fn without_params(&self) -> Self {
        let end = self.parts.params.0;
        let mut parts = self.parts;
        (parts.params, parts.headers) = ((end, end), None);
        Self { text: self.text.part(self.slice((0, end))), parts }
    }

    pub(super) fn slice(&self, (start, end): (u32, u32)) -> &str {
        &self.text[start as usize..end as usize]
    }
}

/// The address that a host names, with or without brackets. Three colons in a row, which an old grammar led to
/// (RFC 5118 4.10), count as two.
pub(crate) fn host_ip(host: &str) -> Option<IpAddr> {
    let inner = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    inner.parse().ok().or_else(|| inner.replacen(":::", "::", 1).parse().ok())
}

/// `text` with what may not stand in a user part escaped (RFC 3261 25.1, `user`).
fn escape_user(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for octet in text.bytes() {
        if octet.is_ascii_alphanumeric() || b"-_.!~*'()&=+$,;?/".contains(&octet) {
            out.push(char::from(octet));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(octet >> 4)]));
            out.push(char::from(HEX[usize::from(octet & 15)]));
        }
    }
}

/// The octets that an escaped text stands for.
pub(super) fn unescape(text: &str) -> Vec<u8> {
    let octets = text.as_bytes();
    let mut out = Vec::with_capacity(octets.len());
    let mut index = 0;
    while let Some(&octet) = octets.get(index) {
        let hex = |at: usize| octets.get(at).and_then(|&digit| char::from(digit).to_digit(16));
        match (octet, hex(index + 1), hex(index + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                index += 3;
            }
            _ => {
                out.push(octet);
                index += 1;
            }
        }
    }
    out
}

impl FromStr for Uri {
    type Err = Fault;
    fn from_str(text: &str) -> Result<Self, Fault> {
        Self::read(&Text::from(text))
    }
}

impl fmt::Display for Uri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl fmt::Debug for Uri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

/// As written, octet for octet; see [`Uri::equivalent`] for RFC 3261 19.1.4.
impl PartialEq for Uri {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Uri {}
