//! What the operator decided before start, as the gateway needs it: validated, with no file, no text and no default.
//!
//! `config` makes it from one TOML file. Leaves out: certificates and sockets, which are the driver's.

use crate::media::Codec;
use lhtt_core::io::{ListenerId, TlsIdentity, Transport};
use lhtt_core::request::Party;
use lhtt_core::time::Duration;
use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;

/// Which signalling protocol a neighbour or a listener speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Protocol {
    /// RFC 3261.
    Sip,
    /// H.323.
    H323,
}

/// One listening address.
#[derive(Clone, Debug)]
pub struct Listener {
    /// Its id in every input.
    pub id: ListenerId,
    /// What is spoken on it.
    pub protocol: Protocol,
    /// What carries it.
    pub transport: Transport,
    /// The bound address.
    pub local: SocketAddr,
    /// `host:port` as peers reach it, for Via and Contact.
    pub advertised: String,
    /// On a plain listener: the neighbour that alone may use it.
    pub peer: Option<usize>,
}

/// A range of addresses, as `10.1.0.0/16`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    /// Any address in it.
    pub address: IpAddr,
    /// Length of the prefix in bits.
    pub prefix: u8,
}

impl Network {
    /// Whether it holds this address. An IPv4-mapped address counts as IPv4.
    pub fn contains(&self, ip: IpAddr) -> bool {
        match (self.address.to_canonical(), ip.to_canonical()) {
            (IpAddr::V4(net), IpAddr::V4(ip)) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.prefix.min(32))).unwrap_or(0);
                u32::from(net) & mask == u32::from(ip) & mask
            }
            (IpAddr::V6(net), IpAddr::V6(ip)) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(self.prefix.min(128))).unwrap_or(0);
                u128::from(net) & mask == u128::from(ip) & mask
            }
            _ => false,
        }
    }
}

/// A system that calls reach us from, or that we bring them to.
#[derive(Clone, Debug)]
pub struct Neighbour {
    /// Its name in the configuration, for logs and counters.
    pub name: String,
    /// Who it is to the regulation: a peer, a site, or the provincial MCU (Điều 3 khoản 3).
    pub party: Party,
    /// What it speaks.
    pub protocol: Protocol,
    /// What carries it when we call it.
    pub transport: Transport,
    /// Where we call it.
    pub remote: SocketAddr,
    /// The address that we bind when we call it, where the neighbour insists.
    pub local: Option<IpAddr>,
    /// UDP: the listener that we send from.
    pub listener: Option<ListenerId>,
    /// The name that its certificate must bear (RFC 5922).
    pub server_name: Option<String>,
    /// The trust anchor that must verify its chain.
    pub anchor: Option<String>,
    /// dNSName values, one of which its certificate must bear.
    pub dns: Vec<String>,
    /// SIP URI values, one of which may stand for a dNSName.
    pub uris: Vec<String>,
    /// SHA-256 of its public key, current and next; empty where not pinned.
    pub pins: Vec<[u8; 32]>,
    /// Source networks; needed on plain listeners, a further condition under TLS.
    pub networks: Vec<Network>,
    /// Hosts that it may name in From and be named by in a Request-URI that we send it.
    pub domains: Vec<String>,
    /// E.164 prefixes by which the MCU calls it.
    pub numbers: Vec<String>,
    /// The user part or alias that we call at it, where it is not the number dialled.
    pub user: Option<String>,
    /// H.323: whether we propose fast start.
    pub fast_start: bool,
    /// H.323: whether we tunnel H.245.
    pub tunnelling: bool,
    /// Most simultaneous calls with it.
    pub calls_max: usize,
    /// Most new calls from it in a second.
    pub calls_per_second_max: u32,
}

impl Neighbour {
    /// Whether what TLS proved is this neighbour: the anchor, one of its names and, if pinned, its key.
    pub fn is_proved_by(&self, tls: &TlsIdentity) -> bool {
        let anchored = self.anchor.as_ref().is_some_and(|anchor| tls.anchors.contains(anchor));
        let named = self.dns.iter().any(|name| tls.dns.iter().any(|dns| dns.eq_ignore_ascii_case(name)))
            || self.uris.iter().any(|uri| tls.uris.iter().any(|other| other.eq_ignore_ascii_case(uri)));
        let pinned = self.pins.is_empty() || self.pins.contains(&tls.spki_sha256);
        anchored && named && pinned
    }

    /// Whether this source address may be it.
    pub fn may_come_from(&self, ip: IpAddr) -> bool {
        self.networks.is_empty() || self.networks.iter().any(|network| network.contains(ip))
    }
}

/// Deadlines and limits of calls. Every phase that waits has one (I4).
#[derive(Clone, Debug)]
pub struct CallLimits {
    /// Most calls at once.
    pub calls_max: usize,
    /// Waiting for the clerk.
    pub admission: Duration,
    /// Waiting for the callee to be alerted.
    pub setup: Duration,
    /// Waiting for the callee to accept.
    pub answer: Duration,
    /// Waiting for media after the callee accepted.
    pub media: Duration,
    /// Waiting for the wire to drain after the end.
    pub drain: Duration,
}

impl Default for CallLimits {
    fn default() -> Self {
        Self {
            calls_max: 2_000,
            admission: Duration::from_secs(5),
            setup: Duration::from_secs(60),
            answer: Duration::from_secs(180),
            media: Duration::from_secs(10),
            drain: Duration::from_secs(120),
        }
    }
}

/// Addresses and codecs of media.
#[derive(Clone, Debug)]
pub struct MediaSettings {
    /// The address of our RTP ports.
    pub address: IpAddr,
    /// RTP ports: the even ones are used, each with the odd one above for RTCP.
    pub rtp_ports: RangeInclusive<u16>,
    /// Ports of separate H.245 channels.
    pub h245_ports: RangeInclusive<u16>,
    /// Codecs that we allow, in our order of preference where no caller states one.
    pub codecs: Vec<Codec>,
}

/// Everything the gateway is told at start.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Name of the border, an ASCII token: the agent of a Warning header; never a product or a host.
    pub border: String,
    /// The domain that we stand for in From and To.
    pub domain: String,
    /// Digits in front of every session alias that is allocated; six random ones follow.
    pub alias_prefix: String,
    /// Server and User-Agent header; absent by default (RFC 4123 7.3).
    pub user_agent: Option<String>,
    /// Listening addresses.
    pub listeners: Vec<Listener>,
    /// Neighbours; at most one of them is the MCU.
    pub neighbours: Vec<Neighbour>,
    /// Media.
    pub media: MediaSettings,
    /// Calls.
    pub calls: CallLimits,
}

impl Settings {
    /// The provincial MCU.
    pub fn mcu(&self) -> Option<usize> {
        self.neighbours.iter().position(|neighbour| neighbour.party == Party::Mcu)
    }

    /// Whether a peer may have us connect there: an address of an H.323 neighbour, and no listener of ours. An H.245
    /// address in a message is a wish, not a proof.
    pub fn may_connect(&self, remote: SocketAddr) -> bool {
        let theirs = |neighbour: &Neighbour| {
            let networks = !neighbour.networks.is_empty() && neighbour.may_come_from(remote.ip());
            neighbour.protocol == Protocol::H323 && (neighbour.remote.ip() == remote.ip() || networks)
        };
        let ours = self.listeners.iter().any(|listener| listener.local == remote);
        !ours && self.neighbours.iter().any(theirs)
    }

    /// `host:port` that we name in Via and Contact towards a neighbour: that of the listener it can reach.
    pub fn sent_by(&self, neighbour: &Neighbour) -> Option<&str> {
        let fits = |listener: &&Listener| {
            listener.protocol == neighbour.protocol
                && listener.transport == neighbour.transport
                && neighbour.listener.is_none_or(|id| id == listener.id)
        };
        self.listeners.iter().find(fits).map(|listener| listener.advertised.as_str())
    }

    /// The neighbour that the MCU means by this number: the longest prefix wins.
    pub fn by_number(&self, number: &str) -> Option<usize> {
        let best = |neighbour: &Neighbour| {
            neighbour.numbers.iter().filter(|prefix| number.starts_with(prefix.as_str())).map(String::len).max()
        };
        let found = self.neighbours.iter().enumerate().filter(|(_, neighbour)| neighbour.party != Party::Mcu);
        found
            .filter_map(|(index, neighbour)| best(neighbour).map(|length| (length, index)))
            .max()
            .map(|(_, index)| index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_hold_their_addresses() {
        let cases = [
            ("10.1.0.0", 16, "10.1.255.1", true),
            ("10.1.0.0", 16, "10.2.0.1", false),
            ("10.1.0.0", 16, "::ffff:10.1.2.3", true),
            ("0.0.0.0", 0, "192.0.2.1", true),
            ("2001:db8::", 32, "2001:db8:1::1", true),
            ("2001:db8::", 32, "10.0.0.1", false),
        ];
        for (address, prefix, ip, expected) in cases {
            let network = Network { address: address.parse().unwrap(), prefix };
            assert_eq!(network.contains(ip.parse().unwrap()), expected, "{ip} in {address}/{prefix}");
        }
    }

    #[test]
    fn a_neighbour_is_proved_by_anchor_and_name_and_pin() {
        let proved = |anchors: &[&str], dns: &[&str], uris: &[&str], key: u8| {
            let list = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
            let (anchors, dns, uris) = (list(anchors), list(dns), list(uris));
            TlsIdentity { anchors, dns, uris, spki_sha256: [key; 32], not_after: i64::MAX }
        };
        let settings = crate::sim::settings(true, true);
        let named = Neighbour {
            dns: vec!["gov.example".into()],
            uris: vec!["sip:gov.example".into()],
            ..settings.neighbours[0].clone()
        };
        let pinned = Neighbour { pins: vec![[1; 32], [2; 32]], ..named.clone() };
        let cases = [
            (&named, proved(&["other", "ca"], &["x.example", "GOV.example"], &[], 9), true),
            (&named, proved(&["ca"], &[], &["sip:gov.example"], 9), true),
            (&named, proved(&["other"], &["gov.example"], &[], 9), false),
            (&named, proved(&[], &["gov.example"], &["sip:gov.example"], 9), false),
            (&named, proved(&["ca"], &["a.gov.example"], &[], 9), false),
            (&named, proved(&["ca"], &["*.example"], &["sip:a@gov.example"], 9), false),
            (&named, proved(&["ca"], &[], &[], 9), false),
            (&pinned, proved(&["ca"], &["gov.example"], &[], 2), true),
            (&pinned, proved(&["ca"], &["gov.example"], &[], 9), false),
            (&pinned, proved(&["ca"], &["x.example"], &[], 1), false),
            (&pinned, proved(&["other"], &["gov.example"], &[], 1), false),
        ];
        for (neighbour, tls, expected) in cases {
            assert_eq!(neighbour.is_proved_by(&tls), expected, "{tls:?}");
        }
        let unanchored = Neighbour { anchor: None, ..named };
        assert!(!unanchored.is_proved_by(&proved(&["ca"], &["gov.example"], &[], 9)), "a missing fact denies");
    }

    #[test]
    fn a_peer_has_us_connect_to_h323_neighbours_only() {
        let mut settings = crate::sim::settings(true, true);
        let cases = [
            ("192.0.2.4:30000", true),
            ("192.0.2.2:5061", false),
            ("192.0.2.1:1720", false),
            ("198.51.100.9:1720", false),
        ];
        for (remote, expected) in cases {
            assert_eq!(settings.may_connect(remote.parse().unwrap()), expected, "{remote}");
        }
        settings.neighbours[2].networks = vec![Network { address: "198.51.100.0".parse().unwrap(), prefix: 24 }];
        assert!(settings.may_connect("198.51.100.9:1720".parse().unwrap()));
    }

    #[test]
    fn the_longest_prefix_of_a_number_wins() {
        let mut settings = crate::sim::settings(true, true);
        settings.neighbours[1].numbers = vec!["08".into(), "080155".into()];
        let cases = [("0801", Some(0)), ("080155", Some(1)), ("0899", Some(1)), ("1", None)];
        for (number, expected) in cases {
            assert_eq!(settings.by_number(number), expected, "{number}");
        }
    }
}
