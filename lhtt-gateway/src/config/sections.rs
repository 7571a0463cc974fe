//! Makes a [`Config`] of the file's sections, and checks what concerns several of them.

use super::check::Checker;
use super::{ClockSettings, Config, DriverSettings, LogLevel, StoreSettings, StreamLimits, TlsFiles};
use super::{Read, form, neighbour, profile};
use crate::media::Codec;
use crate::settings::{CallLimits, Listener, MediaSettings, Protocol, Settings};
use lhtt_core::Calendar;
use lhtt_core::ids::{OrganizationId, UnitId};
use lhtt_core::io::{ListenerId, Transport};
use lhtt_core::registry::{Body, Configuration, LateNormal, Office, Organization, OrganizationKind, Profile, Tier};
use lhtt_core::time::Duration;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

/// The whole; none where a value is missing that nothing can stand in for, and then a fault is noted.
pub(super) fn build(check: &mut Checker, file: &form::File, read: &mut Read<'_>) -> Option<Config> {
    let (peers, sites, neighbours) = neighbour::neighbours(check, file);
    let organizations = organizations(check, &file.organization);
    let mut plain = Vec::new();
    let listeners = listeners(check, file, &neighbours, &mut plain);
    neighbour::check_ways(check, file, &neighbours, &listeners, &mut plain);
    let tls = tls(check, file, &listeners);
    let media = media(check, &file.media);
    let driver = DriverSettings { tls, limits: stream_limits(check, &file.limits), clock: clock(&file.clock) };
    let state_dir = PathBuf::from(&file.gateway.state_dir);
    check.ensure(!file.gateway.state_dir.is_empty(), "gateway.state_dir", "", "a folder");
    let store = store(check, &file.store, &state_dir);
    let log = log_level(check, &file.gateway.log);
    check_gateway(check, &file.gateway);
    let stated = profile::stated(check, file.profile.as_ref(), read);
    let facts = Configuration {
        profile: regulation(check, &file.regulation, stated),
        calendar: Some(Calendar::default()),
        peers,
        organizations,
        sites,
        ..Configuration::default()
    };
    let settings = Settings {
        border: file.gateway.name.clone(),
        domain: file.gateway.domain.clone(),
        alias_prefix: file.gateway.alias_prefix.clone(),
        user_agent: file.gateway.user_agent.clone(),
        neighbours: neighbour::with_listeners(neighbours, &listeners),
        listeners,
        media: media?,
        calls: call_limits(check, &file.limits),
    };
    Some(Config { settings, facts, driver, store, state_dir, log: log?, plain })
}

fn check_gateway(check: &mut Checker, gateway: &form::Gateway) {
    let name = &gateway.name;
    let token = name.bytes().all(|octet| octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_'));
    let allowed = "1 to 32 of A-Z, a-z, 0-9, - and _; not a product or a host";
    check.ensure(token && (1..=32).contains(&name.len()), "gateway.name", name, allowed);
    check.ensure(!name.to_ascii_lowercase().contains("lhtt"), "gateway.name", name, allowed);
    check.host("gateway.domain", &gateway.domain);
    let prefix = &gateway.alias_prefix;
    let digits = prefix.len() <= 9 && prefix.bytes().all(|octet| octet.is_ascii_digit());
    check.ensure(digits, "gateway.alias_prefix", prefix, "0 to 9 digits");
    if let Some(agent) = &gateway.user_agent {
        let right = (1..=64).contains(&agent.len()) && agent.bytes().all(|octet| (0x20..0x7F).contains(&octet));
        check.ensure(right, "gateway.user_agent", agent, "1 to 64 printable ASCII characters, or leave it out");
    }
}

fn log_level(check: &mut Checker, value: &str) -> Option<LogLevel> {
    use LogLevel::{Debug, Error, Info, Warn};
    check.word("gateway.log", value, &[("error", Error), ("warn", Warn), ("info", Info), ("debug", Debug)])
}

/// What `[regulation]` says, in every profile; the rest as the profile itself says.
fn regulation(check: &mut Checker, form: &form::Regulation, mut stated: Profile) -> Profile {
    let later = std::mem::take(&mut stated.later);
    let first = overlaid(check, form, stated);
    Profile { later: later.into_iter().map(|one| overlaid(check, form, one)).collect(), ..first }
}

fn overlaid(check: &mut Checker, form: &form::Regulation, default: Profile) -> Profile {
    let number = |check: &mut Checker, field: &str, value, least, default| {
        check.number(&format!("regulation.{field}"), value, least..=86_400, default)
    };
    let late = [("deny", LateNormal::Deny), ("override", LateNormal::Override)];
    let late_normal = form.late_normal.as_deref().and_then(|word| check.word("regulation.late_normal", word, &late));
    if let Some(mailbox) = &form.operator_mailbox {
        check.ensure(mailbox.contains('@'), "regulation.operator_mailbox", mailbox, "a mail address");
    }
    Profile {
        operator_mailbox: form.operator_mailbox.clone().unwrap_or(default.operator_mailbox),
        early_window_s: number(check, "early_window_s", form.early_window_s, 0, default.early_window_s),
        overrun_s: number(check, "overrun_s", form.overrun_s, 0, default.overrun_s),
        default_length_s: number(check, "default_length_s", form.default_length_s, 60, default.default_length_s),
        late_normal: late_normal.unwrap_or(default.late_normal),
        override_heads: form.override_heads.clone().unwrap_or(default.override_heads),
        ..default
    }
}

fn organizations(check: &mut Checker, forms: &[form::Organization]) -> Vec<Organization> {
    check.unique("organization[*].id", forms.iter().map(|form| form.id.as_str()));
    let one = |(index, form): (usize, &form::Organization)| {
        let at = |field: &str| format!("organization[{index}].{field}");
        check.name(&at("id"), &form.id);
        check.name(&at("name"), &form.name);
        for mailbox in &form.mailboxes {
            check.ensure(mailbox.contains('@'), at("mailboxes"), mailbox, "a mail address");
        }
        let kind = form.kind.as_deref().and_then(|word| check.word(&at("kind"), word, &KINDS));
        let tier = form.tier.as_deref().and_then(|word| check.word(&at("tier"), word, &TIERS));
        let known = |parent: &String| forms.iter().any(|other| other.id == *parent);
        if let Some(parent) = &form.parent {
            check.ensure(known(parent), at("parent"), parent, "the id of an [[organization]]");
        }
        let of_kind = Organization::new(&form.id, &form.name, kind.unwrap_or_default());
        let organization = Organization {
            tier: tier.or(of_kind.tier),
            mailboxes: form.mailboxes.clone(),
            unit: form.unit.as_deref().map(UnitId::new),
            parent: form.parent.as_deref().map(OrganizationId::new),
            ..of_kind
        };
        let stated = form.tier.as_deref().unwrap_or_default();
        check.ensure(organization.tier_fits(), at("tier"), stated, "the level of its `kind`; leave it out");
        organization
    };
    forms.iter().enumerate().map(one).collect()
}

/// Words for [`OrganizationKind`].
const KINDS: [(&str, OrganizationKind); 18] = [
    ("other", OrganizationKind::Other),
    ("body:party-committee", OrganizationKind::Body(Body::PartyCommittee)),
    ("body:peoples-council", OrganizationKind::Body(Body::PeoplesCouncil)),
    ("body:national-assembly-delegation", OrganizationKind::Body(Body::NationalAssemblyDelegation)),
    ("body:peoples-committee", OrganizationKind::Body(Body::PeoplesCommittee)),
    ("office:party-committee", OrganizationKind::Office(Office::OfPartyCommittee)),
    ("office:delegation-and-council", OrganizationKind::Office(Office::OfDelegationAndCouncil)),
    ("office:peoples-committee", OrganizationKind::Office(Office::OfPeoplesCommittee)),
    ("front-committee", OrganizationKind::FrontCommittee),
    ("mass-organization", OrganizationKind::MassOrganization),
    ("party-agency", OrganizationKind::PartyAgency),
    ("department", OrganizationKind::Department),
    ("provincial-unit", OrganizationKind::ProvincialUnit),
    ("related-agency", OrganizationKind::RelatedAgency),
    ("district-party-committee", OrganizationKind::DistrictPartyCommittee),
    ("district-peoples-committee", OrganizationKind::DistrictPeoplesCommittee),
    ("affiliated-unit", OrganizationKind::AffiliatedUnit),
    ("commune-peoples-committee", OrganizationKind::CommunePeoplesCommittee),
];

/// Words for [`Tier`].
const TIERS: [(&str, Tier); 3] =
    [("province", Tier::Province), ("district", Tier::DistrictAndAffiliated), ("commune", Tier::Commune)];

fn listeners(
    check: &mut Checker,
    file: &form::File,
    neighbours: &[neighbour::Found],
    plain: &mut Vec<(String, String)>,
) -> Vec<Listener> {
    check.unique("listener[*].name", file.listener.iter().map(|form| form.name.as_str()));
    let mut listeners: Vec<Listener> = Vec::new();
    for (index, form) in file.listener.iter().enumerate() {
        let at = |field: &str| format!("listener[{index}].{field}");
        check.name(&at("name"), &form.name);
        let protocol = check.word(&at("protocol"), &form.protocol, &neighbour::PROTOCOLS);
        let transport = check.word(&at("transport"), &form.transport, &neighbour::TRANSPORTS);
        let local = check.address(&at("address"), &form.address);
        let peer = user_of(check, &at, form, neighbours, plain);
        let (Some(protocol), Some(transport), Some(local)) = (protocol, transport, local) else { continue };
        neighbour::check_carrier(check, &at("transport"), protocol, transport);
        let is_taken = |other: &Listener| {
            other.local == local && (other.transport == Transport::Udp) == (transport == Transport::Udp)
        };
        check.ensure(!listeners.iter().any(is_taken), at("address"), local, "an address that no other listener has");
        if let Some(peer) = peer.and_then(|peer| neighbours.get(peer)) {
            let right = peer.neighbour.protocol == protocol;
            check.ensure(right, at("protocol"), &form.protocol, "the protocol of the neighbour it is for");
        }
        let wildcard = local.ip().is_unspecified() && form.advertised.is_none();
        check.ensure(!wildcard, at("advertised"), "", "host:port as peers reach us, since `address` is a wildcard");
        let advertised = form.advertised.clone().unwrap_or_else(|| form.address.clone());
        check_advertised(check, &at("advertised"), &advertised);
        let id = ListenerId(u16::try_from(index).unwrap_or(u16::MAX));
        listeners.push(Listener { id, protocol, transport, local, advertised, peer });
    }
    listeners
}

fn check_advertised(check: &mut Checker, field: &str, value: &str) {
    match value.rsplit_once(':') {
        Some((host, port)) if port.parse::<u16>().is_ok_and(|port| port > 0) => {
            check.host(field, host.trim_start_matches('[').trim_end_matches(']'));
        }
        _ => check.fault(field, value, "host:port, as hnth.example:5061"),
    }
}

/// The neighbour that a plain listener is for.
fn user_of(
    check: &mut Checker,
    at: &impl Fn(&str) -> String,
    form: &form::Listener,
    neighbours: &[neighbour::Found],
    plain: &mut Vec<(String, String)>,
) -> Option<usize> {
    if form.transport == "tls" {
        let none = "nothing: on a TLS listener the certificate says who calls";
        check.ensure(form.peer.is_none(), at("peer"), form.peer.as_deref().unwrap_or_default(), none);
        return None;
    }
    let reason = check.reason(&at("reason"), form.reason.as_deref());
    plain.push((form.name.clone(), reason));
    let name = form.peer.as_deref().unwrap_or_default();
    let found = neighbours.iter().position(|found| found.neighbour.name == name);
    let Some(peer) = found else {
        let known: Vec<_> = neighbours.iter().map(|found| found.neighbour.name.as_str()).collect();
        check.fault(at("peer"), name, format!("the one neighbour that may use it in plain: {}", known.join(", ")));
        return None;
    };
    let sourced = !neighbours[peer].neighbour.networks.is_empty();
    check.ensure(
        sourced,
        format!("{}.networks", neighbours[peer].at),
        "",
        "the networks it calls from, since it is plain",
    );
    Some(peer)
}

fn tls(check: &mut Checker, file: &form::File, listeners: &[Listener]) -> Option<TlsFiles> {
    let needed = listeners.iter().any(|listener| listener.transport == Transport::Tls);
    let Some(form) = &file.tls else {
        check.ensure(!needed, "tls", "", "certificate, key and at least one [[tls.anchor]], since a listener uses TLS");
        return None;
    };
    check.unique("tls.anchor[*].name", form.anchor.iter().map(|anchor| anchor.name.as_str()));
    check.ensure(!needed || !form.anchor.is_empty(), "tls.anchor", "", "at least one: without it nobody is let in");
    for (field, value) in [("tls.certificate", &form.certificate), ("tls.key", &form.key)] {
        check.ensure(!value.is_empty(), field, value, "a PEM file");
    }
    Some(TlsFiles {
        certificate: PathBuf::from(&form.certificate),
        key: PathBuf::from(&form.key),
        anchors: form.anchor.iter().map(|anchor| (anchor.name.clone(), PathBuf::from(&anchor.file))).collect(),
    })
}

fn media(check: &mut Checker, form: &form::Media) -> Option<MediaSettings> {
    let address = check.parse("media.address", &form.address, "an IP address that peers reach");
    let rtp_ports = ports(check, "media.rtp_ports", form.rtp_ports, 16384..=32767, 4);
    let h245_ports = ports(check, "media.h245_ports", form.h245_ports, 10000..=13999, 1);
    check.ensure(rtp_ports.start().is_multiple_of(2), "media.rtp_ports", rtp_ports.start(), "an even first port");
    let mut codecs = Vec::new();
    for name in form.codecs.iter().flatten() {
        match Codec::by_name(name) {
            Some(codec) if !codecs.contains(&codec) => codecs.push(codec),
            _ => {
                let all: Vec<_> = Codec::ALL.iter().map(|codec| codec.name()).collect();
                check.fault("media.codecs", name, format!("some of {}, each once", all.join(", ")));
            }
        }
    }
    if form.codecs.is_none() {
        codecs = vec![Codec::Pcma, Codec::Pcmu, Codec::G722];
    }
    check.ensure(!codecs.is_empty(), "media.codecs", "[]", "at least one codec");
    Some(MediaSettings { address: address?, rtp_ports, h245_ports, codecs })
}

fn ports(
    check: &mut Checker,
    field: &str,
    value: Option<[i64; 2]>,
    default: RangeInclusive<u16>,
    least: i64,
) -> RangeInclusive<u16> {
    let Some([first, last]) = value else { return default };
    match (u16::try_from(first), u16::try_from(last)) {
        (Ok(from), Ok(to)) if from >= 1024 && last - first + 1 >= least => from..=to,
        _ => {
            let allowed = format!("first and last of at least {least} ports, 1024 to 65535, as [16384, 32767]");
            check.fault(field, format!("[{first}, {last}]"), allowed);
            default
        }
    }
}

fn seconds(check: &mut Checker, field: &str, value: Option<i64>, most: i64, default: Duration) -> Duration {
    let default = default.as_secs();
    Duration::from_secs(check.number(&format!("limits.{field}"), value, 1..=most, default))
}

fn call_limits(check: &mut Checker, form: &form::Limits) -> CallLimits {
    let default = CallLimits::default();
    CallLimits {
        calls_max: check.number("limits.calls_max", form.calls_max, 1..=100_000, default.calls_max),
        admission: seconds(check, "admission_s", form.admission_s, 60, default.admission),
        setup: seconds(check, "setup_s", form.setup_s, 600, default.setup),
        answer: seconds(check, "answer_s", form.answer_s, 3600, default.answer),
        media: seconds(check, "media_s", form.media_s, 600, default.media),
        drain: seconds(check, "drain_s", form.drain_s, 600, default.drain),
    }
}

fn stream_limits(check: &mut Checker, form: &form::Limits) -> StreamLimits {
    let default = StreamLimits::default();
    let per_source = form.connections_per_source;
    let kib = check.number("limits.stream_queue_kib", form.stream_queue_kib, 64..=65_536, default.queue_octets / 1024);
    StreamLimits {
        handshake: seconds(check, "handshake_s", form.handshake_s, 60, default.handshake),
        idle: seconds(check, "idle_s", form.idle_s, 600, default.idle),
        connect: seconds(check, "connect_s", form.connect_s, 60, default.connect),
        connections_per_source: check.number(
            "limits.connections_per_source",
            per_source,
            1..=10_000,
            default.connections_per_source,
        ),
        connections_max: check.number(
            "limits.connections_max",
            form.connections_max,
            1..=100_000,
            default.connections_max,
        ),
        queue_octets: kib * 1024,
    }
}

fn store(check: &mut Checker, form: &form::Store, state_dir: &Path) -> StoreSettings {
    let kind =
        check.word("store.kind", form.kind.as_deref().unwrap_or("sqlite"), &[("sqlite", true), ("memory", false)]);
    let mib_max = form.mib_max.map(|mib| check.number("store.mib_max", Some(mib), 1..=1_000_000, 1));
    match kind {
        Some(false) => StoreSettings::Memory,
        _ => {
            let path = form.path.as_ref().map_or_else(|| state_dir.join("journal.db"), PathBuf::from);
            StoreSettings::Sqlite { path, mib_max }
        }
    }
}

fn clock(form: &form::Clock) -> ClockSettings {
    ClockSettings {
        trusted: form.trusted.unwrap_or(false),
        synchronized_file: form.synchronized_file.as_ref().map(PathBuf::from),
    }
}

/// What a protocol is called in messages.
pub(super) const fn protocol_name(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Sip => "SIP",
        Protocol::H323 => "H.323",
    }
}
