//! Via (RFC 3261 20.42, 18.2.1; RFC 3581 for `rport`).

use crate::message::params::Params;
use crate::message::{Fault, Text, scan, uri, uri_grammar};
use lhtt_core::io::Transport;
use nom::bytes::complete::{take_while, take_while1};
use nom::character::complete::char;
use nom::sequence::delimited;
use nom::{IResult, Parser};
use std::fmt;
use std::net::{IpAddr, SocketAddr};

/// One Via element. Transports that we do not know are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Via {
    /// The protocol as written without white space, `SIP/2.0` as a rule.
    pub protocol: Text,
    /// The transport as written: `UDP`, `TCP`, `TLS`, …
    pub transport: Text,
    /// The host of sent-by, IPv6 in its brackets.
    pub host: Text,
    /// The port of sent-by.
    pub port: Option<u16>,
    /// The parameters.
    pub params: Params,
}

impl Via {
    /// A Via of our own. `sent_by` is `host` or `host:port`; it must be right, for it is not a peer's.
    pub fn new(transport: &str, sent_by: &str, branch: &str) -> Result<Self, Fault> {
        format!("SIP/2.0/{transport} {sent_by};branch={branch}").parse()
    }

    /// The branch (RFC 3261 8.1.1.7).
    pub fn branch(&self) -> Option<&str> {
        self.params.get("branch").filter(|branch| !branch.is_empty())
    }

    /// Whether the branch begins with the magic cookie and has something after it, so that it names a transaction
    /// (RFC 3261 17.2.3).
    pub fn has_rfc3261_branch(&self) -> bool {
        self.branch().is_some_and(|branch| branch.len() > 7 && branch.as_bytes()[..7].eq_ignore_ascii_case(b"z9hG4bK"))
    }

    /// `received`, with or without brackets (RFC 5118 4.5).
    pub fn received(&self) -> Option<IpAddr> {
        self.params.get("received").and_then(uri::host_ip)
    }

    /// `rport`: the outer option says that it is there, the inner one that it has a value (RFC 3581).
    pub fn rport(&self) -> Option<Option<u16>> {
        self.params.get("rport").map(|value| value.parse().ok())
    }

    /// `maddr`.
    pub fn maddr(&self) -> Option<&str> {
        self.params.get("maddr")
    }

    /// `host` or `host:port`, lower case, for comparing (RFC 3261 17.2.3).
    pub fn sent_by(&self) -> String {
        let mut out = self.host.to_ascii_lowercase();
        if let Some(port) = self.port {
            out.push_str(&format!(":{port}"));
        }
        out
    }

    /// The port of sent-by or the default of its transport (RFC 3261 18.2.2).
    pub fn port_or_default(&self) -> u16 {
        let secure = self.transport.eq_ignore_ascii_case("TLS") || self.transport.eq_ignore_ascii_case("WSS");
        self.port.unwrap_or(if secure { 5061 } else { 5060 })
    }

    /// The transport, if it is one that we carry.
    pub fn carrier(&self) -> Option<Transport> {
        match &*self.transport {
            name if name.eq_ignore_ascii_case("UDP") => Some(Transport::Udp),
            name if name.eq_ignore_ascii_case("TCP") => Some(Transport::Tcp),
            name if name.eq_ignore_ascii_case("TLS") => Some(Transport::Tls),
            _ => None,
        }
    }

    /// What a server adds to the topmost Via of a request that came from `source` (RFC 3261 18.2.1, RFC 3581 4).
    /// Whether anything changed.
    pub fn stamp(&mut self, source: SocketAddr) -> bool {
        let before = self.params.clone();
        let wants_rport = self.rport().is_some();
        if wants_rport {
            self.params.set("rport", Some(&source.port().to_string()));
        }
        if wants_rport || uri::host_ip(&self.host) != Some(source.ip()) {
            self.params.set("received", Some(&source.ip().to_string()));
        }
        before != self.params
    }

    /// Reads one element of a Via value, sharing its octets.
    pub(crate) fn read_part(text: &Text, part: &str) -> Result<Self, Fault> {
        let (rest, (name, version, transport)) = sent_protocol(part)
            .map_err(|_| Fault::malformed(0, "a Via does not begin with a protocol and transport"))?;
        let at = part.len() - rest.len();
        let host_end = uri_grammar::host_end(part.as_bytes(), at)?;
        let (port, end) = port(part, host_end)?;
        let protocol = match (name, version) {
            ("SIP", "2.0") => Text::from_static("SIP/2.0"),
            _ => format!("{name}/{version}").into(),
        };
        Ok(Self {
            protocol,
            transport: carried(text, transport),
            host: text.part(&part[at..host_end]),
            port,
            params: Params::read(text, &part[end..]).map_err(|fault| fault.shifted(end))?,
        })
    }
}

/// The usual transports as text of the program, others sharing the octets.
fn carried(text: &Text, transport: &str) -> Text {
    match transport {
        "UDP" => Text::from_static("UDP"),
        "TCP" => Text::from_static("TCP"),
        "TLS" => Text::from_static("TLS"),
        _ => text.part(transport),
    }
}

fn token(input: &str) -> IResult<&str, &str> {
    take_while1(|c: char| c.is_ascii() && scan::is_token_octet(c as u8)).parse(input)
}

fn space(input: &str) -> IResult<&str, &str> {
    take_while(|c| matches!(c, ' ' | '\t')).parse(input)
}

/// `name / version / transport` and the white space after it.
fn sent_protocol(input: &str) -> IResult<&str, (&str, &str, &str)> {
    let slash = || delimited(space, char('/'), space);
    let (rest, (name, _, version, _, transport)) = (token, slash(), token, slash(), token).parse(input)?;
    let (rest, _) = take_while1(|c| matches!(c, ' ' | '\t')).parse(rest)?;
    Ok((rest, (name, version, transport)))
}

/// `[":" port]`, with white space around the colon (`COLON` of RFC 3261 25.1).
fn port(part: &str, at: usize) -> Result<(Option<u16>, usize), Fault> {
    let gap = part[at..].bytes().take_while(|&octet| scan::is_space(octet)).count();
    if !part[at + gap..].starts_with(':') {
        return Ok((None, at));
    }
    let colon = at + gap + 1;
    let start = colon + part[colon..].bytes().take_while(|&octet| scan::is_space(octet)).count();
    let digits = part[start..].bytes().take_while(u8::is_ascii_digit).count();
    let port = part[start..start + digits].parse();
    let port = port.map_err(|_| Fault::malformed(start, "the port of a Via is not 0 to 65535"))?;
    Ok((Some(port), start + digits))
}

impl std::str::FromStr for Via {
    type Err = Fault;
    fn from_str(text: &str) -> Result<Self, Fault> {
        let text = Text::from(text);
        Self::read_part(&text, &text)
    }
}

impl fmt::Display for Via {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{} {}", self.protocol, self.transport, self.host)?;
        if let Some(port) = self.port {
            write!(f, ":{port}")?;
        }
        self.params.fmt(f)
    }
}

impl From<Via> for Text {
    fn from(value: Via) -> Self {
        value.to_string().into()
    }
}

impl From<&Via> for Text {
    fn from(value: &Via) -> Self {
        value.to_string().into()
    }
}
