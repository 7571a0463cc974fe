//! Peers, sites and the MCU: what the regulation knows of them, and how they are reached and recognised.

use super::check::Checker;
use super::form;
use crate::settings::{Listener, Neighbour, Protocol};
use lhtt_core::io::Transport;
use lhtt_core::registry::{Peer, PeerKind, Site};
use lhtt_core::request::Party;

/// A neighbour, and where it stands in the file.
#[derive(Debug)]
pub(super) struct Found {
    pub neighbour: Neighbour,
    /// As `peer[0]`.
    pub at: String,
    /// Why it is plain, if it says.
    pub reason: Option<String>,
}

/// Words for [`Protocol`].
pub(super) const PROTOCOLS: [(&str, Protocol); 2] = [("sip", Protocol::Sip), ("h323", Protocol::H323)];

/// Words for [`Transport`].
pub(super) const TRANSPORTS: [(&str, Transport); 3] =
    [("tls", Transport::Tls), ("tcp", Transport::Tcp), ("udp", Transport::Udp)];

/// The name of the MCU among the neighbours.
const MCU: &str = "mcu";

/// Fields that peers, sites and the MCU share, seen alike.
struct Way<'a> {
    protocol: &'a Option<String>,
    transport: &'a Option<String>,
    address: &'a Option<String>,
    local: &'a Option<String>,
    server_name: &'a Option<String>,
    anchor: &'a Option<String>,
    dns: &'a [String],
    uris: &'a [String],
    pins: &'a [String],
    networks: &'a [String],
    domains: &'a [String],
    numbers: &'a [String],
    user: &'a Option<String>,
    fast_start: Option<bool>,
    tunnelling: Option<bool>,
    calls_max: Option<i64>,
    calls_per_second_max: Option<i64>,
    reason: &'a Option<String>,
}

macro_rules! way {
    ($form:expr) => {
        Way {
            protocol: &$form.protocol,
            transport: &$form.transport,
            address: &$form.address,
            local: &$form.local,
            server_name: &$form.server_name,
            anchor: &$form.anchor,
            dns: &$form.dns,
            uris: &$form.uris,
            pins: &$form.pins,
            networks: &$form.networks,
            domains: &$form.domains,
            numbers: &$form.numbers,
            user: &$form.user,
            fast_start: $form.fast_start,
            tunnelling: $form.tunnelling,
            calls_max: $form.calls_max,
            calls_per_second_max: $form.calls_per_second_max,
            reason: &$form.reason,
        }
    };
}

/// The peers and sites of the regulation, and all neighbours, the MCU last.
pub(super) fn neighbours(check: &mut Checker, file: &form::File) -> (Vec<Peer>, Vec<Site>, Vec<Found>) {
    let mut found = Vec::new();
    let peers = file.peer.iter().enumerate().map(|(index, form)| peer(check, index, form, &mut found)).collect();
    let sites = file.site.iter().enumerate().map(|(index, form)| site(check, index, form, file, &mut found)).collect();
    let ids = file.peer.iter().map(|peer| &peer.id).chain(file.site.iter().map(|site| &site.id));
    check.unique("id of peer or site [*]", ids.map(String::as_str));
    found.extend(neighbour(check, "mcu", MCU, Party::Mcu, &way!(file.mcu)));
    let numbers = found.iter().flat_map(|found| &found.neighbour.numbers);
    check.unique("numbers[*]", numbers.map(String::as_str));
    (peers, sites, found)
}

fn peer(check: &mut Checker, index: usize, form: &form::Peer, found: &mut Vec<Found>) -> Peer {
    let at = format!("peer[{index}]");
    check_id(check, &at, &form.id);
    let kind = match form.kind.split_once(':') {
        Some(("carrier", name)) if !name.trim().is_empty() => Some(PeerKind::Carrier(name.to_owned())),
        _ => {
            let words = [("national-assembly", 0), ("government", 1), ("party-committee", 2), ("carrier:NAME", 3)];
            match check.word(&format!("{at}.kind"), &form.kind, &words) {
                Some(0) => Some(PeerKind::NationalAssembly),
                Some(1) => Some(PeerKind::Government),
                Some(2) => Some(PeerKind::PartyCommittee),
                _ => None,
            }
        }
    };
    check.ensure(form.kind != "carrier:NAME", format!("{at}.kind"), &form.kind, "the carrier's own name");
    let name = form.name.clone().unwrap_or_else(|| form.id.clone());
    check.name(&format!("{at}.name"), &name);
    let party = Party::Peer(form.id.as_str().into());
    found.extend(neighbour(check, &at, &form.id, party, &way!(form)));
    let legs = check.number(&format!("{at}.legs"), form.legs, 1..=1000, 1);
    Peer { id: form.id.as_str().into(), name, kind: kind.unwrap_or(PeerKind::Government), legs }
}

fn site(check: &mut Checker, index: usize, form: &form::Site, file: &form::File, found: &mut Vec<Found>) -> Site {
    let at = format!("site[{index}]");
    check_id(check, &at, &form.id);
    let name = form.name.clone().unwrap_or_else(|| form.id.clone());
    check.name(&format!("{at}.name"), &name);
    let known = file.organization.iter().any(|organization| organization.id == form.organization);
    check.ensure(known, format!("{at}.organization"), &form.organization, "the id of an [[organization]]");
    if form.protocol.is_some() {
        let party = Party::Site(form.id.as_str().into());
        found.extend(neighbour(check, &at, &form.id, party, &way!(form)));
    }
    let organization = form.organization.as_str().into();
    Site { id: form.id.as_str().into(), name, organization, admitted: form.admitted.unwrap_or(false) }
}

fn check_id(check: &mut Checker, at: &str, id: &str) {
    let right = (1..=64).contains(&id.len())
        && id != MCU
        && id.bytes().all(|octet| octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_' | b'.'));
    check.ensure(right, format!("{at}.id"), id, "1 to 64 of A-Z, a-z, 0-9, -, _ and ., not `mcu`");
}

fn neighbour(check: &mut Checker, at: &str, name: &str, party: Party, way: &Way<'_>) -> Option<Found> {
    let field = |name: &str| format!("{at}.{name}");
    let protocol = check.word(&field("protocol"), way.protocol.as_deref().unwrap_or_default(), &PROTOCOLS);
    let transport = check.word(&field("transport"), way.transport.as_deref().unwrap_or("tls"), &TRANSPORTS);
    let remote = check.address(&field("address"), way.address.as_deref().unwrap_or_default());
    let local = way.local.as_deref().and_then(|value| check.parse(&field("local"), value, "one of our IP addresses"));
    let networks = way.networks.iter().filter_map(|value| check.network(&field("networks"), value)).collect();
    let pins = way.pins.iter().filter_map(|value| pin(check, &field("pins"), value)).collect();
    check.ensure(way.pins.len() <= 2, field("pins"), way.pins.len(), "at most two: the current key and the next");
    check_numbers(check, at, way);
    let (protocol, transport, remote) = (protocol?, transport?, remote?);
    check_carrier(check, &field("transport"), protocol, transport);
    let (dns, domains) = names(way, protocol, remote.ip().to_string());
    for host in dns.iter().chain(&domains).chain(way.server_name) {
        check.host(&field("server_name, dns, domains"), host);
    }
    if transport == Transport::Tls {
        let named = way.server_name.is_some();
        check.ensure(named, field("server_name"), "", "the name in its certificate, since we call it by TLS");
        check.ensure(way.anchor.is_some(), field("anchor"), "", "the name of a [[tls.anchor]], since it uses TLS");
    }
    let neighbour = Neighbour {
        name: name.to_owned(),
        party,
        protocol,
        transport,
        remote,
        local,
        listener: None,
        server_name: way.server_name.clone(),
        anchor: way.anchor.clone(),
        dns,
        uris: way.uris.to_vec(),
        pins,
        networks,
        domains,
        numbers: way.numbers.to_vec(),
        user: way.user.clone(),
        fast_start: way.fast_start.unwrap_or(true),
        tunnelling: way.tunnelling.unwrap_or(true),
        calls_max: check.number(&field("calls_max"), way.calls_max, 1..=100_000, 200),
        calls_per_second_max: check.number(&field("calls_per_second_max"), way.calls_per_second_max, 1..=10_000, 20),
    };
    Some(Found { neighbour, at: at.to_owned(), reason: way.reason.clone() })
}

/// DNS names and SIP domains, with their defaults.
fn names(way: &Way<'_>, protocol: Protocol, host: String) -> (Vec<String>, Vec<String>) {
    let lower = |names: &[String]| names.iter().map(|name| name.to_ascii_lowercase()).collect::<Vec<_>>();
    let (mut dns, mut domains) = (lower(way.dns), lower(way.domains));
    if dns.is_empty() && way.uris.is_empty() {
        dns.extend(way.server_name.as_deref().map(str::to_ascii_lowercase));
    }
    if domains.is_empty() && protocol == Protocol::Sip {
        domains.push(way.server_name.as_deref().map_or(host, str::to_ascii_lowercase));
    }
    (dns, domains)
}

fn check_numbers(check: &mut Checker, at: &str, way: &Way<'_>) {
    let digits = |text: &str| (1..=15).contains(&text.len()) && text.bytes().all(|octet| octet.is_ascii_digit());
    for number in way.numbers {
        check.ensure(digits(number), format!("{at}.numbers"), number, "1 to 15 digits");
    }
    if let Some(user) = way.user {
        let right = (1..=64).contains(&user.len()) && user.bytes().all(|octet| (0x21..0x7F).contains(&octet));
        check.ensure(right, format!("{at}.user"), user, "1 to 64 printable ASCII characters without blanks");
    }
    for uri in way.uris {
        let right = uri.starts_with("sip:") || uri.starts_with("sips:");
        check.ensure(right, format!("{at}.uris"), uri, "a SIP URI as sip:hnth.example");
    }
}

fn pin(check: &mut Checker, field: &str, value: &str) -> Option<[u8; 32]> {
    let hash = lhtt_core::journal::Hash::from_hex(&value.to_ascii_lowercase());
    check.ensure(hash.is_some(), field, value, "64 hexadecimal digits");
    hash.map(|hash| hash.0)
}

/// H.323 call signalling needs a stream.
pub(super) fn check_carrier(check: &mut Checker, field: &str, protocol: Protocol, transport: Transport) {
    let right = protocol == Protocol::Sip || transport != Transport::Udp;
    check.ensure(right, field, "udp", "tls or tcp: H.323 call signalling is a stream");
}

/// What concerns neighbours together with listeners and anchors.
pub(super) fn check_ways(
    check: &mut Checker,
    file: &form::File,
    neighbours: &[Found],
    listeners: &[Listener],
    plain: &mut Vec<(String, String)>,
) {
    for (index, Found { neighbour, at, reason }) in neighbours.iter().enumerate() {
        if let Some(anchor) = &neighbour.anchor {
            let known = file.tls.iter().flat_map(|tls| &tls.anchor).any(|other| other.name == *anchor);
            check.ensure(known, format!("{at}.anchor"), anchor, "the name of a [[tls.anchor]]");
        }
        if neighbour.transport == Transport::Tls {
            continue;
        }
        let own: Vec<_> = listeners.iter().filter(|listener| listener.peer == Some(index)).collect();
        if neighbour.transport == Transport::Udp {
            let sends = own.iter().any(|listener| listener.transport == Transport::Udp);
            let allowed = "udp only with a [[listener]] of transport udp and this neighbour as `peer`";
            check.ensure(sends, format!("{at}.transport"), "udp", allowed);
        }
        if own.is_empty() || reason.is_some() {
            plain.push((neighbour.name.clone(), check.reason(&format!("{at}.reason"), reason.as_deref())));
        }
    }
}

/// The neighbours, those on UDP with the listener that they are sent from.
pub(super) fn with_listeners(found: Vec<Found>, listeners: &[Listener]) -> Vec<Neighbour> {
    let of = |index| {
        let own = listeners.iter().filter(move |listener| listener.peer == Some(index));
        own.filter(|listener| listener.transport == Transport::Udp).map(|listener| listener.id).next()
    };
    let with = |(index, found): (usize, Found)| Neighbour { listener: of(index), ..found.neighbour };
    found.into_iter().enumerate().map(with).collect()
}
