//! Reading a URI: where its parts are (RFC 3261 25.1 `SIP-URI`, `absoluteURI`; RFC 3966 3).

use super::uri::{Parts, Scheme, Uri};
use super::{Fault, Text, scan};
use nom::bytes::complete::take_while1;
use nom::character::complete::{char, satisfy};
use nom::combinator::recognize;
use nom::multi::many0_count;
use nom::sequence::{pair, terminated};
use nom::{IResult, Parser};

impl Uri {
    /// Reads a whole text as a URI, sharing its octets.
    pub fn read(text: &Text) -> Result<Self, Fault> {
        let whole = text.as_str();
        let (kind, start) = match whole.get(..4) {
            Some(start) if start.eq_ignore_ascii_case("sip:") => (Scheme::Sip, 4),
            _ => {
                let (_, scheme) = scheme(whole).map_err(|_| Fault::malformed(0, "a URI has no scheme"))?;
                (known(scheme), scheme.len() + 1)
            }
        };
        if let Some(at) = whole.bytes().position(|octet| NOT_IN_URI[usize::from(octet)]) {
            return Err(Fault::malformed(at, "a URI holds white space, a quote or a bracket"));
        }
        let parts = match kind {
            Scheme::Tel => tel(whole, start),
            Scheme::Other => opaque(whole, start),
            kind => sip(kind, whole, start),
        }?;
        Ok(Self { text: text.clone(), parts })
    }
}

/// Octets that no URI holds.
const NOT_IN_URI: [bool; 256] = {
    let mut table = [false; 256];
    let mut octet = 0;
    while octet < 128 {
        table[octet] = octet <= 0x20 || matches!(octet as u8, b'<' | b'>' | b'"' | 0x7f);
        octet += 1;
    }
    table
};

/// `scheme ":"`, without the colon.
fn scheme(input: &str) -> IResult<&str, &str> {
    let rest = satisfy(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    terminated(recognize(pair(satisfy(|c| c.is_ascii_alphabetic()), many0_count(rest))), char(':')).parse(input)
}

fn known(scheme: &str) -> Scheme {
    match scheme {
        _ if scheme.eq_ignore_ascii_case("sip") => Scheme::Sip,
        _ if scheme.eq_ignore_ascii_case("sips") => Scheme::Sips,
        _ if scheme.eq_ignore_ascii_case("tel") => Scheme::Tel,
        _ => Scheme::Other,
    }
}

fn span(start: usize, end: usize) -> (u32, u32) {
    (start as u32, end as u32)
}

fn opaque(text: &str, start: usize) -> Result<Parts, Fault> {
    let end = text.len();
    if start == end {
        return Err(Fault::malformed(start, "nothing follows the scheme of a URI"));
    }
    let nowhere = span(end, end);
    Ok(Parts {
        scheme: Scheme::Other,
        scheme_end: start as u32 - 1,
        user: None,
        password: None,
        host: nowhere,
        port: None,
        params: nowhere,
        headers: None,
    })
}

/// `tel:` number and parameters.
fn tel(text: &str, start: usize) -> Result<Parts, Fault> {
    let end = memchr::memchr(b';', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at);
    let (_, _) = number(&text[start..end]).map_err(|_| Fault::malformed(start, "a tel URI has no number"))?;
    let parts = opaque(text, start)?;
    Ok(Parts { scheme: Scheme::Tel, user: Some(span(start, end)), params: span(end, text.len()), ..parts })
}

/// A telephone number with its visual separators; letters are for local numbers with hexadecimal digits.
fn number(input: &str) -> IResult<&str, &str> {
    nom::combinator::all_consuming(take_while1(|c: char| {
        c.is_ascii_hexdigit() || matches!(c, '+' | '-' | '.' | '(' | ')' | '*' | '#')
    }))
    .parse(input)
}

/// `[userinfo "@"] hostport [params] [headers]`.
fn sip(scheme: Scheme, text: &str, start: usize) -> Result<Parts, Fault> {
    let octets = text.as_bytes();
    let at = memchr::memchr(b'@', &octets[start..]).map(|at| start + at);
    let (user, password) = match at {
        Some(at) => user_info(text, start, at)?,
        None => (None, None),
    };
    let host_start = at.map_or(start, |at| at + 1);
    let host_end = host_end(octets, host_start)?;
    let (port, port_end) = port(text, host_end)?;
    let headers = memchr::memchr(b'?', &octets[port_end..]).map(|at| port_end + at);
    let params_end = headers.unwrap_or(octets.len());
    if params_end > port_end && octets[port_end] != b';' {
        return Err(Fault::malformed(port_end, "something stands between the host and the parameters of a URI"));
    }
    super::params::check_uri(&text[port_end..params_end]).map_err(|fault| fault.shifted(port_end))?;
    escapes(text, start)?;
    Ok(Parts {
        scheme,
        scheme_end: start as u32 - 1,
        user,
        password,
        host: span(host_start, host_end),
        port,
        params: span(port_end, params_end),
        headers: headers.map(|at| at as u32 + 1),
    })
}

type UserInfo = (Option<(u32, u32)>, Option<(u32, u32)>);

fn user_info(text: &str, start: usize, at: usize) -> Result<UserInfo, Fault> {
    if start == at {
        return Err(Fault::malformed(start, "the user part of a URI is empty"));
    }
    match memchr::memchr(b':', &text.as_bytes()[start..at]).map(|colon| start + colon) {
        Some(colon) => Ok((Some(span(start, colon)), Some(span(colon + 1, at)))),
        None => Ok((Some(span(start, at)), None)),
    }
}

/// The end of a host name, IPv4 address or bracketed IPv6 reference.
pub(super) fn host_end(octets: &[u8], start: usize) -> Result<usize, Fault> {
    let rest = &octets[start..];
    let length = if rest.first() == Some(&b'[') {
        let close = memchr::memchr(b']', rest).ok_or_else(|| Fault::malformed(start, "a `[` is not closed"))?;
        let inner = &rest[1..close];
        if inner.is_empty() || !inner.iter().all(|&octet| octet.is_ascii_hexdigit() || matches!(octet, b':' | b'.')) {
            return Err(Fault::malformed(start, "there is no IPv6 address between `[` and `]`"));
        }
        close + 1
    } else {
        let host = |octet: &u8| octet.is_ascii_alphanumeric() || matches!(octet, b'.' | b'-' | b'_');
        rest.iter().take_while(|&octet| host(octet)).count()
    };
    if length == 0 { Err(Fault::malformed(start, "the host is empty")) } else { Ok(start + length) }
}

/// `[":" port]` at `start`: the port and where it ends.
pub(super) fn port(text: &str, start: usize) -> Result<(Option<u16>, usize), Fault> {
    let Some(rest) = text[start..].strip_prefix(':') else { return Ok((None, start)) };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let port = rest[..digits].parse().map_err(|_| Fault::malformed(start + 1, "the port is not 0 to 65535"))?;
    Ok((Some(port), start + 1 + digits))
}

/// Every `%` must begin an escape (RFC 3261 25.1 `escaped`).
fn escapes(text: &str, start: usize) -> Result<(), Fault> {
    let octets = text.as_bytes();
    for at in memchr::memchr_iter(b'%', octets) {
        let hex = octets.get(at + 1..at + 3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
        if at >= start && !hex {
            return Err(Fault::malformed(at, "a `%` in a URI is not followed by two hexadecimal digits"));
        }
    }
    Ok(())
}

/// White space that some senders put around an addr-spec is not part of it.
pub(crate) fn trimmed(text: &Text, part: &str) -> Text {
    text.part(scan::trim(part))
}
