//! The world's fixed parts: settings, facts of the regulation, and the sessions that calls ask for.

use super::{Faults, Planted};
use crate::media::Codec;
use crate::settings::{CallLimits, Listener, MediaSettings, Neighbour, Protocol, Settings};
use lhtt_core::civil::Moment;
use lhtt_core::ids::{OrganizationId, PeerId, RegistrationId, SiteId};
use lhtt_core::io::{ListenerId, TlsIdentity, Transport};
use lhtt_core::journal::{Entry, Head};
use lhtt_core::registry::{Configuration, Organization, OrganizationKind, Peer, PeerKind, Profile, Registry, Site};
use lhtt_core::request::{Accept, Actor, Party, Request, Role};
use lhtt_core::submission::{Contact, Invitee, Member, Submission};
use lhtt_core::time::{Duration, Wall};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// What a run is made of.
#[derive(Clone, Debug)]
pub struct SimOptions {
    /// How many calls.
    pub calls: usize,
    /// Time between the starts of two calls, on average.
    pub pace: Duration,
    /// Faults.
    pub faults: Faults,
    /// A bug to plant.
    pub planted: Option<Planted>,
}

impl SimOptions {
    /// This many calls on a rough day.
    pub fn rough(calls: usize) -> Self {
        Self { calls, pace: Duration::from_millis(40), faults: Faults::ROUGH, planted: None }
    }

    /// This many calls on a day without faults.
    pub fn calm(calls: usize) -> Self {
        Self { faults: Faults::default(), ..Self::rough(calls) }
    }
}

/// The room of the first session on the MCU.
pub const MCU_ROOM: &str = "9000";
/// The alias of the first session.
pub(crate) const ALIAS: &str = "7100001";
/// An alias that no session has.
pub(super) const UNKNOWN_ALIAS: &str = "7999999";
/// The number by which the MCU calls the government's system.
pub(super) const GOVERNMENT_NUMBER: &str = "0801";
/// The number by which the MCU calls the carrier's system.
pub(super) const CARRIER_NUMBER: &str = "0802";

pub(super) const GATEWAY: usize = 0;
pub(super) const GOVERNMENT: usize = 1;
pub(super) const CARRIER: usize = 2;
pub(super) const MCU: usize = 3;
pub(super) const STRANGER: usize = 4;

pub(super) fn ip(host: usize) -> IpAddr {
    IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1 + host as u8))
}

pub(super) fn at(host: usize, port: u16) -> SocketAddr {
    SocketAddr::new(ip(host), port)
}

/// SIP over TLS, SIP over UDP, H.323 over TCP: where the gateway listens.
pub(super) const SIP_TLS: ListenerId = ListenerId(0);
pub(super) const SIP_UDP: ListenerId = ListenerId(1);
pub(super) const H323_TCP: ListenerId = ListenerId(2);

/// What a host proves of itself.
pub(super) fn identity(host: usize) -> TlsIdentity {
    TlsIdentity {
        anchors: vec!["ca".to_owned()],
        dns: vec![format!("host{host}.example")],
        uris: Vec::new(),
        spki_sha256: [host as u8; 32],
        not_after: i64::MAX,
    }
}

fn listener(id: ListenerId, protocol: Protocol, transport: Transport, port: u16, peer: Option<usize>) -> Listener {
    Listener { id, protocol, transport, local: at(GATEWAY, port), advertised: at(GATEWAY, port).to_string(), peer }
}

fn neighbour(
    host: usize,
    party: Party,
    protocol: Protocol,
    transport: Transport,
    port: u16,
    number: &str,
) -> Neighbour {
    Neighbour {
        name: format!("host{host}"),
        party,
        protocol,
        transport,
        remote: at(host, port),
        local: None,
        listener: (transport == Transport::Udp).then_some(SIP_UDP),
        server_name: (transport == Transport::Tls).then(|| format!("host{host}.example")),
        anchor: Some("ca".to_owned()),
        dns: vec![format!("host{host}.example")],
        uris: Vec::new(),
        pins: Vec::new(),
        networks: Vec::new(),
        domains: Vec::new(),
        numbers: vec![number.to_owned()],
        user: None,
        fast_start: true,
        tunnelling: true,
        calls_max: 10_000,
        calls_per_second_max: 10_000,
    }
}

/// The gateway's settings. `fast_start` and `tunnelling` are what it proposes to the MCU.
pub(crate) fn settings(fast_start: bool, tunnelling: bool) -> Settings {
    let government = Party::Peer(PeerId::new("government"));
    let carrier = Party::Peer(PeerId::new("carrier"));
    let mcu = Neighbour {
        fast_start,
        tunnelling,
        numbers: Vec::new(),
        ..neighbour(MCU, Party::Mcu, Protocol::H323, Transport::Tcp, 1720, "")
    };
    Settings {
        border: "BORDER".to_owned(),
        domain: "border.example".to_owned(),
        alias_prefix: "7".to_owned(),
        user_agent: None,
        listeners: vec![
            listener(SIP_TLS, Protocol::Sip, Transport::Tls, 5061, None),
            listener(SIP_UDP, Protocol::Sip, Transport::Udp, 5060, Some(1)),
            listener(H323_TCP, Protocol::H323, Transport::Tcp, 1720, Some(2)),
        ],
        neighbours: vec![
            neighbour(GOVERNMENT, government, Protocol::Sip, Transport::Tls, 5061, GOVERNMENT_NUMBER),
            neighbour(CARRIER, carrier, Protocol::Sip, Transport::Udp, 5060, CARRIER_NUMBER),
            mcu,
        ],
        media: MediaSettings {
            address: ip(GATEWAY),
            rtp_ports: 20_000..=27_999,
            h245_ports: 28_000..=29_999,
            codecs: vec![Codec::Pcma, Codec::Pcmu],
        },
        calls: CallLimits::default(),
    }
}

/// The moment at which a world begins.
pub(crate) fn start() -> Moment {
    Moment::parse("2023-06-15T08:00:00+07:00").expect("the text above is a moment")
}

/// The journal and registry of a morning: two sessions accepted the day before, one registered and not accepted.
pub(crate) fn facts() -> (Registry, Head, Vec<Entry>) {
    let mut journal = Journal::default();
    journal.write(start().hours_before(48), Request::Configure(Box::new(configuration())));
    let operator = Actor::new("Truc ban", Role::TechnicalOperator);
    for (registration, alias, room) in
        [(1, Some(ALIAS), Some(MCU_ROOM)), (2, Some("7100002"), Some("9001")), (3, None, None)]
    {
        journal.write(start().hours_before(30), Request::Submit(Box::new(submission(registration))));
        if let Some(alias) = alias {
            let registration = RegistrationId(registration);
            let room = room.map(str::to_owned);
            let accept = Accept { registration, actor: operator.clone(), alias: alias.to_owned(), room };
            journal.write(start().hours_before(29), Request::Accept(accept));
        }
    }
    (journal.registry, journal.head, journal.entries)
}

#[derive(Default)]
struct Journal {
    registry: Registry,
    head: Head,
    entries: Vec<Entry>,
}

impl Journal {
    fn write(&mut self, at: Moment, request: Request) {
        let at = Wall::trusted(at.unix_millis());
        let decision = lhtt_core::decide(&self.registry, &request, at);
        assert!(decision.is_permit(), "the fixture is lawful: {}", decision.render_en());
        let entry = Entry::seal(&self.head, at, &request, decision);
        self.registry.apply_all(&entry.decision().changes).expect("a decision fits its registry");
        self.head = entry.head();
        self.entries.push(entry);
    }
}

fn configuration() -> Configuration {
    let peer = |id: &str, kind| Peer { id: PeerId::new(id), name: id.to_owned(), kind, legs: 10_000 };
    Configuration {
        profile: Profile { overrun_s: 7 * 24 * 3600, ..Profile::default() },
        peers: vec![
            peer("government", PeerKind::Government),
            peer("carrier", PeerKind::Carrier("Viễn thông".to_owned())),
        ],
        organizations: vec![Organization {
            mailboxes: vec!["so-tttt@lamdong.gov.vn".to_owned()],
            ..Organization::new("so-tttt", "Sở Thông tin và Truyền thông", OrganizationKind::Department)
        }],
        sites: (1..=3).map(site).collect(),
        ..Configuration::default()
    }
}

fn site(number: u64) -> Site {
    Site {
        id: SiteId::new(&format!("phong-{number}")),
        name: format!("Phòng họp {number}"),
        organization: OrganizationId::new("so-tttt"),
        admitted: true,
    }
}

fn submission(number: u64) -> Submission {
    let peer = |id: &str| Invitee { member: Member::Peer(PeerId::new(id)), legs: Some(10_000) };
    Submission {
        sent_from: "so-tttt@lamdong.gov.vn".to_owned(),
        sent_to: "kythuat@lamdong.gov.vn".to_owned(),
        agency: Some(OrganizationId::new("so-tttt")),
        chair_site: Some(site(number).id),
        members: vec![peer("government"), peer("carrier")],
        start: Some(start()),
        end: Some(start().hours_after(12)),
        content: Some("Họp giao ban".to_owned()),
        contact: Some(Contact { name: "Nguyễn Văn A".to_owned(), phone: "0263 000 000".to_owned() }),
        ..Submission::default()
    }
}
