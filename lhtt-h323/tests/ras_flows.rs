//! Captured conversations of other stacks, played against our gatekeeper: given what the endpoints said, it says what the
//! captured gatekeeper said, message kind by message kind, and reason by reason where it refused.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail loudly")]

mod ras_common;

use lhtt_core::time::Instant;
use lhtt_h323::asn1::h225::{RasMessage, RegistrationRejectReason};
use lhtt_h323::per::Codec as _;
use lhtt_h323::ras::Refusal;
use lhtt_h323::ras::gatekeeper::{AdmissionId, Destination, GatekeeperConfig, GatekeeperEvent, Neighbour};
use ras_common::{Policy, Zone, address, name};
use std::collections::BTreeMap;
use std::net::SocketAddr;

struct Datagram {
    millis: u64,
    from: SocketAddr,
    to: SocketAddr,
    message: RasMessage,
}

fn flows() -> BTreeMap<&'static str, Vec<Datagram>> {
    let mut flows: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for line in include_str!("vectors/ras/flows.tsv").lines() {
        let cells: Vec<_> = line.split('\t').collect();
        let octets: Vec<u8> =
            (0..cells[4].len()).step_by(2).map(|i| u8::from_str_radix(&cells[4][i..i + 2], 16).unwrap()).collect();
        flows.entry(cells[0]).or_default().push(Datagram {
            millis: cells[1].parse().unwrap(),
            from: address(cells[2]),
            to: address(cells[3]),
            message: RasMessage::from_per(&octets).unwrap(),
        });
    }
    flows
}

/// The zones of a flow, and what is ours for what was theirs.
struct Replay {
    zones: BTreeMap<SocketAddr, Zone>,
    /// Their endpoint identifiers, and ours.
    identifiers: BTreeMap<String, String>,
    /// Our identifier of who is at an address.
    latest: BTreeMap<SocketAddr, String>,
    /// Numbers of our gatekeepers' requests, by theirs, in order.
    numbers: BTreeMap<(SocketAddr, u16), u16>,
    said: BTreeMap<(SocketAddr, SocketAddr), Vec<String>>,
}

impl Replay {
    fn of(flow: &[Datagram]) -> Self {
        let gatekeepers: Vec<_> = flow
            .iter()
            .filter_map(|its| match &its.message {
                RasMessage::GatekeeperConfirm(gcf) => Some((its.from, gcf.gatekeeper_identifier.clone().unwrap())),
                _ => None,
            })
            .collect();
        let mut zones = BTreeMap::new();
        for (at, identifier) in &gatekeepers {
            let mut config = GatekeeperConfig::new(identifier);
            let others = gatekeepers.iter().map(|(other, _)| *other).filter(|other| other != at);
            let mut neighbours: Vec<_> =
                others.map(|address| Neighbour { address, prefixes: Vec::new(), order: 0 }).collect();
            neighbours.dedup();
            config.neighbours = neighbours;
            zones.entry(*at).or_insert_with(|| Zone::new(config, *at));
        }
        let (identifiers, latest, numbers, said) = Default::default();
        Self { zones, identifiers, latest, numbers, said }
    }

    /// What an endpoint said, with our identifiers and numbers in it, reaches our gatekeeper.
    fn endpoint(&mut self, its: &Datagram, refused: bool) {
        let mut message = its.message.clone();
        for theirs in identifiers(&mut message) {
            if let Some(ours) = self.identifiers.get(theirs) {
                theirs.clone_from(ours);
            }
        }
        match &mut message {
            RasMessage::DisengageConfirm(m) => m.request_seq_num = self.numbers[&(its.from, m.request_seq_num)],
            RasMessage::UnregistrationConfirm(m) => m.request_seq_num = self.numbers[&(its.from, m.request_seq_num)],
            RasMessage::ServiceControlResponse(m) => m.request_seq_num = self.numbers[&(its.from, m.request_seq_num)],
            _ => {}
        }
        let zone = self.zones.get_mut(&its.to).unwrap();
        zone.now = Instant::from_millis(1000 + its.millis);
        zone.policy = if refused { Policy::Refuse(Refusal::Security) } else { Policy::Allow };
        zone.hear_octets(its.from, message.to_per().unwrap());
        self.deliver();
    }

    /// What the captured gatekeeper asked of its own accord, ours is told to ask.
    fn command(&mut self, its: &Datagram) {
        let zone = self.zones.get_mut(&its.from).unwrap();
        let ours = &self.latest[&its.to];
        let endpoint = zone
            .events
            .iter()
            .find_map(|event| match event {
                GatekeeperEvent::Registered { endpoint } if ours.starts_with(&format!("{:x}-", endpoint.get())) => {
                    Some(*endpoint)
                }
                _ => None,
            })
            .unwrap();
        let number = match &its.message {
            RasMessage::DisengageRequest(m) => {
                let call = m.call_identifier.as_ref().unwrap().guid;
                let answering = m.answered_call.unwrap();
                let ends = [answering, !answering].map(|answering| AdmissionId { endpoint, call, answering });
                assert!(ends.iter().any(|end| zone.gatekeeper.disengage(zone.now, *end).is_ok()));
                m.request_seq_num
            }
            RasMessage::UnregistrationRequest(m) => {
                zone.gatekeeper.unregister(zone.now, endpoint, m.reason.clone().unwrap()).unwrap();
                m.request_seq_num
            }
            RasMessage::ServiceControlIndication(m) => {
                let generic = m.generic_data.clone().unwrap_or_default();
                zone.gatekeeper.service_control(zone.now, endpoint, m.service_control.clone(), generic).unwrap();
                m.request_seq_num
            }
            other => panic!("{} of a gatekeeper", name(other)),
        };
        zone.settle();
        let (_, octets) = zone.sent.back().unwrap();
        let message = RasMessage::from_per(octets).unwrap();
        let sent = match &message {
            RasMessage::DisengageRequest(m) => m.request_seq_num,
            RasMessage::UnregistrationRequest(m) => m.request_seq_num,
            RasMessage::ServiceControlIndication(m) => m.request_seq_num,
            other => panic!("{}", name(other)),
        };
        self.numbers.insert((its.to, number), sent);
        self.deliver();
    }

    /// Carries what gatekeepers say: to each other at once, to endpoints into the list.
    fn deliver(&mut self) {
        loop {
            let Some((from, to, octets)) = self
                .zones
                .iter_mut()
                .find_map(|(at, zone)| zone.sent.pop_front().map(|(to, octets)| (*at, to, octets)))
            else {
                return;
            };
            self.said.entry((from, to)).or_default().push(kind(&RasMessage::from_per(&octets).unwrap()));
            if let RasMessage::RegistrationConfirm(rcf) = RasMessage::from_per(&octets).unwrap() {
                self.latest.insert(to, rcf.endpoint_identifier.clone());
                self.identifiers.insert(format!("{to} {}", rcf.request_seq_num), rcf.endpoint_identifier);
            }
            if let Some(zone) = self.zones.get_mut(&to) {
                zone.policy = Policy::Allow;
                zone.hear_octets(from, octets);
            }
        }
    }
}

/// The kind of a message, and the reason of a rejection; not of LRJ, where GnuGk says requestDenied of an alias that nobody
/// has, and we notRegistered.
fn kind(message: &RasMessage) -> String {
    match message {
        RasMessage::RegistrationReject(m) => format!("{} {:?}", name(message), m.reject_reason),
        RasMessage::AdmissionReject(m) => format!("{} {:?}", name(message), m.reject_reason),
        _ => name(message),
    }
}

/// The endpoint identifiers in what endpoints and gatekeepers ask.
fn identifiers(message: &mut RasMessage) -> Vec<&mut String> {
    match message {
        RasMessage::RegistrationRequest(m) => m.endpoint_identifier.iter_mut().collect(),
        RasMessage::UnregistrationRequest(m) => m.endpoint_identifier.iter_mut().collect(),
        RasMessage::ServiceControlIndication(m) => m.endpoint_identifier.iter_mut().collect(),
        RasMessage::AdmissionRequest(m) => vec![&mut m.endpoint_identifier],
        RasMessage::DisengageRequest(m) => vec![&mut m.endpoint_identifier],
        RasMessage::BandwidthRequest(m) => vec![&mut m.endpoint_identifier],
        RasMessage::InfoRequestResponse(m) => vec![&mut m.endpoint_identifier],
        _ => Vec::new(),
    }
}

fn check(flow_name: &str) {
    let flows = flows();
    let flow = &flows[flow_name];
    let mut replay = Replay::of(flow);
    if flow_name == "asterisk16" {
        // Its call to a name that nobody had was sent on by the owner.
        let to = Destination::At(address("127.0.63.2:1720"));
        replay.zones.values_mut().for_each(|zone| zone.admission.destination = to);
    }
    let mut theirs: BTreeMap<(SocketAddr, SocketAddr), Vec<String>> = BTreeMap::new();
    for (at, its) in flow.iter().enumerate() {
        if its.from.port() == 1719 {
            theirs.entry((its.from, its.to)).or_default().push(kind(&its.message));
        }
        let between = its.from.port() == 1719 && its.to.port() == 1719;
        let asks = matches!(
            its.message,
            RasMessage::DisengageRequest(_)
                | RasMessage::UnregistrationRequest(_)
                | RasMessage::ServiceControlIndication(_)
        );
        if its.to.port() == 1719 && !between {
            // Its password was wrong: tokens are for who stands before the gatekeeper, here the owner knows.
            let answer = flow[at..].iter().find(|answer| answer.to == its.from);
            let refused = answer.is_some_and(|answer| match &answer.message {
                RasMessage::RegistrationReject(m) => m.reject_reason == RegistrationRejectReason::SecurityDenial,
                _ => false,
            });
            replay.endpoint(its, refused);
        } else if its.from.port() == 1719 && !between && asks {
            replay.command(its);
        }
        if let RasMessage::RegistrationConfirm(rcf) = &its.message {
            let ours = replay.identifiers[&format!("{} {}", its.to, rcf.request_seq_num)].clone();
            replay.identifiers.insert(rcf.endpoint_identifier.clone(), ours);
        }
    }
    assert_eq!(replay.said, theirs, "{flow_name}");
    println!("{flow_name}: {} messages", theirs.values().map(Vec::len).sum::<usize>());
}

#[test]
fn every_flow_reaches_the_same_answers() {
    let names: Vec<_> = flows().into_keys().collect();
    assert_eq!(names.len(), 16);
    for flow in names {
        check(flow);
    }
}
