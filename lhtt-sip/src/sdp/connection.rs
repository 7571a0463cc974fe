//! o= and c= lines (RFC 8866 5.2, 5.7): who describes the session, and where it wants its media.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An address as SDP writes it. Names are kept and never resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Host {
    /// A literal.
    Ip(IpAddr),
    /// A domain name, or an address type that we do not know.
    Name(String),
}

/// An o= line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The user, `-` where there is none. Peers are seen to put spaces into it.
    pub username: String,
    /// Numeric by the grammar; kept as text, for peers write more than 64 bits or a sign.
    pub session_id: String,
    /// Rises with each change of the description.
    pub session_version: String,
    /// Where the description was made.
    pub host: Host,
}

/// A c= line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// Where media goes.
    pub host: Host,
    /// What follows the address after a slash: TTL and number of addresses of a multicast session.
    pub multicast: Option<String>,
}

impl Connection {
    /// The address if it is a literal.
    pub fn ip(&self) -> Option<IpAddr> {
        match self.host {
            Host::Ip(ip) => Some(ip),
            Host::Name(_) => None,
        }
    }

    /// Whether the address means that no media is wanted: 0.0.0.0, as RFC 2543 B.5 put a call on hold, or `::`.
    pub fn is_hold(&self) -> bool {
        self.ip().is_some_and(|ip| ip.is_unspecified())
    }
}

pub(super) fn read_origin(text: &str) -> Result<Origin, String> {
    let mut fields = text.trim_ascii().rsplitn(6, ' ');
    let (address, kind, network) = (fields.next(), fields.next(), fields.next());
    let (version, id, username) = (fields.next(), fields.next(), fields.next());
    let (Some(username), Some(id), Some(version), Some(network), Some(kind), Some(address)) =
        (username, id, version, network, kind, address)
    else {
        return Err(format!("`o={text}` has fewer than six fields"));
    };
    if [id, version, network, kind, address].iter().any(|field| field.is_empty()) {
        return Err(format!("`o={text}` has an empty field"));
    }
    Ok(Origin {
        username: username.to_owned(),
        session_id: id.to_owned(),
        session_version: version.to_owned(),
        host: read_host(network, kind, address)?,
    })
}

pub(super) fn read_connection(text: &str) -> Result<Connection, String> {
    let mut fields = text.split_ascii_whitespace();
    let (Some(network), Some(kind), Some(address), None) = (fields.next(), fields.next(), fields.next(), fields.next())
    else {
        return Err(format!("`c={text}` is not network type, address type and address"));
    };
    let (address, multicast) = match address.split_once('/') {
        Some((address, rest)) => (address, Some(rest.to_owned())),
        None => (address, None),
    };
    Ok(Connection { host: read_host(network, kind, address)?, multicast })
}

/// A literal of the other family than its type says is malformed; another network or address type is a name to us.
pub(super) fn read_host(network: &str, kind: &str, address: &str) -> Result<Host, String> {
    let wrong = || Err(format!("address `{address}` is not of type `{kind}`"));
    let known = network.eq_ignore_ascii_case("IN");
    if known && kind.eq_ignore_ascii_case("IP4") {
        return match (address.parse::<Ipv4Addr>(), address.contains(':')) {
            (Ok(ip), _) => Ok(Host::Ip(ip.into())),
            (Err(_), true) => wrong(),
            (Err(_), false) if is_dotted_number(address) => wrong(),
            (Err(_), false) => Ok(Host::Name(address.to_owned())),
        };
    }
    if known && kind.eq_ignore_ascii_case("IP6") {
        return match (address.parse::<Ipv6Addr>(), address.contains(':')) {
            (Ok(ip), _) => Ok(Host::Ip(ip.into())),
            (Err(_), true) => wrong(),
            (Err(_), false) if is_dotted_number(address) => wrong(),
            (Err(_), false) => Ok(Host::Name(address.to_owned())),
        };
    }
    Ok(Host::Name(address.to_owned()))
}

/// `IN IP4` or `IN IP6` and the address, for lines of ours.
pub(super) fn write_host(ip: IpAddr) -> String {
    format!("IN {} {ip}", if ip.is_ipv4() { "IP4" } else { "IP6" })
}

fn is_dotted_number(address: &str) -> bool {
    address.bytes().all(|octet| octet.is_ascii_digit() || octet == b'.')
}
