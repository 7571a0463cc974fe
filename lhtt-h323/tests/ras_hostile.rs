//! Hostile RAS: each test names the octets that are sent, and the bound that holds (octets, messages, entries).
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail loudly")]

mod ras_common;

use bytes::Bytes;
use lhtt_core::time::Duration;
use lhtt_h323::asn1::h225::{
    self, DisengageRejectReason, LocationRejectReason, RasMessage, RegistrationRejectReason, UnregRejectReason,
};
use lhtt_h323::per::Codec as _;
use lhtt_h323::ras::gatekeeper::{GatekeeperConfig, GatekeeperEvent, Neighbour};
use ras_common::say::{PROTOCOL, Who, at};
use ras_common::{Policy, Zone, address, name};
use std::net::SocketAddr;

fn zone_with(change: impl FnOnce(&mut GatekeeperConfig)) -> Zone {
    let mut config = GatekeeperConfig::new("zone");
    change(&mut config);
    Zone::new(config, address("192.0.2.1:1719"))
}

fn register(zone: &mut Zone, who: &mut Who) {
    let rrq = who.rrq();
    let Some((_, RasMessage::RegistrationConfirm(rcf))) = zone.hear(who.ras, &rrq) else { panic!("no RCF") };
    who.identifier = Some(rcf.endpoint_identifier);
}

/// A registered endpoint in a call, and a thief who knows its identifier and call but sends from elsewhere.
fn victim(zone: &mut Zone) -> (Who, SocketAddr) {
    let mut who = Who::new(9, &["600"]);
    register(zone, &mut who);
    let arq = who.arq_with(1, |its| its.dest_call_signal_address = Some(at(address("192.0.2.50:1720"))));
    assert_eq!(name(&zone.hear(who.ras, &arq).unwrap().1), "AdmissionConfirm");
    (who, address("198.51.100.66:1719"))
}

/// URQ, 64 octets with the right identifier, from another host and from another port of the same host: nothing is lost, one answer of
/// 5 octets each, to the thief.
#[test]
fn a_spoofed_urq() {
    let mut zone = Zone::plain();
    let (mut who, thief) = victim(&mut zone);
    for from in [thief, address("192.0.2.9:9999")] {
        let urq = who.urq();
        let asked = urq.to_per().unwrap().len();
        let (to, answer) = zone.hear(from, &urq).unwrap();
        let said = answer.to_per().unwrap().len();
        let RasMessage::UnregistrationReject(urj) = answer else { panic!("no URJ") };
        assert_eq!((to, urj.reject_reason), (from, UnregRejectReason::SecurityDenial));
        assert!(said <= 8 && said < asked, "{asked} octets asked, {said} said");
    }
    assert_eq!((zone.gatekeeper.registrations(), zone.gatekeeper.admissions()), (1, 1));
    let rrq = who.keep_alive();
    assert_eq!(name(&zone.hear(who.ras, &rrq).unwrap().1), "RegistrationConfirm");
}

/// DRQ, BRQ and a keep-alive with the right identifier and call from another host: the call lives on with its bandwidth.
#[test]
fn a_spoofed_drq_brq_and_keep_alive() {
    let mut zone = Zone::plain();
    let (mut who, thief) = victim(&mut zone);
    let (drq, brq, rrq) = (who.drq(1), who.brq(1, 9), who.keep_alive());
    let Some((to, RasMessage::DisengageReject(drj))) = zone.hear(thief, &drq) else { panic!("no DRJ") };
    assert_eq!((to, drj.reject_reason), (thief, DisengageRejectReason::SecurityDenial));
    assert_eq!(name(&zone.hear(thief, &brq).unwrap().1), "BandwidthReject");
    let Some((_, RasMessage::RegistrationReject(rrj))) = zone.hear(thief, &rrq) else { panic!("no RRJ") };
    assert_eq!(rrj.reject_reason, RegistrationRejectReason::FullRegistrationRequired);
    assert_eq!((zone.gatekeeper.admissions(), zone.gatekeeper.bandwidth()), (1, 1280));
}

/// RRQ for somebody else's alias, call signalling address and identifier from another host, 1,000 times: the holder stays.
#[test]
fn a_registration_is_not_taken_over() {
    let mut zone = zone_with(|its| its.limits.burst = 2000);
    let (mut who, thief) = victim(&mut zone);
    for _ in 0..1000 {
        let rrq = who.rrq();
        let Some((_, RasMessage::RegistrationReject(rrj))) = zone.hear(thief, &rrq) else { panic!("no RRJ") };
        assert!(matches!(rrj.reject_reason, RegistrationRejectReason::DuplicateAlias(_)));
    }
    let contests = zone.events.iter().filter(|its| matches!(its, GatekeeperEvent::Contested { .. }));
    assert_eq!((contests.count(), zone.gatekeeper.registrations()), (1, 1));
    let rrq = who.keep_alive();
    assert_eq!(name(&zone.hear(who.ras, &rrq).unwrap().1), "RegistrationConfirm");
}

/// An RRQ and a GRQ whose RAS address is a third party's: nothing is sent there.
#[test]
fn answers_go_to_no_third_party() {
    let (mut zone, mut who) = (Zone::plain(), Who::new(9, &["600"]));
    let from = address("198.51.100.66:1719");
    for message in [who.grq(), who.rrq(), who.lrq("600", None)] {
        let (to, _) = zone.hear(from, &message).unwrap();
        assert_eq!(to.ip(), from.ip());
    }
}

/// LRQ of 40 octets by a stranger, 10,000 times: each is answered by at most one message, smaller than it, and none goes on; by 100 of them
/// the stranger's rate is used up.
#[test]
fn location_requests_of_a_stranger_are_not_multiplied() {
    let neighbours = (1..=16).map(|host| Neighbour {
        address: address(&format!("198.51.100.{host}:1719")),
        prefixes: Vec::new(),
        order: 0,
    });
    let mut zone = zone_with(|its| {
        its.neighbours = neighbours.collect();
        its.forward_locations = true;
        its.limits.burst = 100;
    });
    let mut who = Who::new(66, &[]);
    let (mut asked, mut said, mut messages) = (0, 0, 0);
    for _ in 0..10_000 {
        let octets = who.lrq("0842633123456", Some(255)).to_per().unwrap();
        asked += octets.len();
        zone.hear_octets(who.ras, octets);
        for (to, octets) in zone.sent.drain(..) {
            assert_eq!(to, who.ras);
            said += octets.len();
            messages += 1;
        }
    }
    assert!(said < asked / 50 && messages <= 100, "{asked} octets asked, {said} said in {messages}");
    assert!(zone.questions.is_empty());
}

/// LRQ of a neighbour that claims 255 hops: it goes on to each of 15 others at most, at most twice, with 8 hops; with one hop or none said, not at
/// all. Two gatekeepers that point at each other are quiet after 8 hops.
#[test]
fn location_requests_of_a_neighbour_are_bounded() {
    let neighbours: Vec<_> = (1..=40)
        .map(|host| Neighbour { address: address(&format!("198.51.100.{host}:1719")), prefixes: Vec::new(), order: 0 })
        .collect();
    let mut zone = zone_with(|its| {
        its.neighbours = neighbours;
        its.forward_locations = true;
    });
    let mut who = Who::new(9, &[]);
    who.ras = address("198.51.100.1:1719");
    for hops in [None, Some(1)] {
        let lrq = who.lrq("7", hops);
        let Some((_, RasMessage::LocationReject(lrj))) = zone.hear(who.ras, &lrq) else { panic!("no LRJ") };
        let why =
            if hops.is_some() { LocationRejectReason::HopCountExceeded } else { LocationRejectReason::NotRegistered };
        assert_eq!(lrj.reject_reason, why);
        assert!(zone.sent.is_empty());
    }
    let lrq = who.lrq("7", Some(255));
    zone.hear_octets(who.ras, lrq.to_per().unwrap());
    zone.wait(60_000);
    let sent: Vec<_> = zone.sent.drain(..).map(|(to, octets)| (to, RasMessage::from_per(&octets).unwrap())).collect();
    let on = sent.iter().filter(|(_, its)| name(its) == "LocationRequest").count();
    assert_eq!(on, 32, "16 others, each asked twice");
    for (to, message) in sent {
        match message {
            RasMessage::LocationRequest(lrq) => assert_eq!(lrq.hop_count, Some(8)),
            _ => assert_eq!(to, who.ras),
        }
    }
}

/// 100,000 RRQs with new names from 5,000 hosts and from one: 1,000 registrations, 10 a host, and the tables stay at their limits.
#[test]
fn a_flood_of_registrations() {
    let mut zone = zone_with(|its| {
        its.limits.registrations = 1000;
        its.limits.registrations_per_host = 10;
        its.limits.hosts = 512;
        its.limits.replies = 2048;
    });
    let mut flood = |hosts: u32, count: u32| {
        for n in 0..count {
            let host = n % hosts;
            let ip = format!("198.{}.{}.{}", 18 + host / 65_536, host / 256 % 256, host % 256);
            let mut who = Who::new(9, &[]);
            who.names = vec![format!("{n}-{hosts}")];
            who.ras = address(&format!("{ip}:{}", 10_000 + n % 50_000));
            who.signal = who.ras;
            zone.hear_octets(who.ras, who.rrq().to_per().unwrap());
            zone.sent.clear();
            zone.events.clear();
            zone.questions.clear();
        }
        zone.gatekeeper.registrations()
    };
    assert_eq!(flood(1, 50_000), 10, "one host");
    assert_eq!(flood(5000, 50_000), 1000, "many");
    let counters = zone.gatekeeper.counters();
    assert!(counters.too_fast >= 49_000, "{counters:?}");
    let size = format!("{:?}", zone.gatekeeper).len();
    assert!(size < 4 << 20, "{size} characters describe the gatekeeper whole");
}

/// 20,000 questions that the owner leaves: 100 are kept, the others refused at once, none is left after 10 s.
#[test]
fn an_owner_who_says_nothing_and_a_storm() {
    let mut zone = zone_with(|its| {
        its.limits.questions = 100;
        its.limits.burst = 20_000;
    });
    zone.policy = Policy::Silent;
    let mut refused = 0;
    for n in 0..20_000u32 {
        let mut who = Who::new(9, &[]);
        who.names = vec![n.to_string()];
        who.signal = address(&format!("192.0.2.9:{}", 20_000 + n % 40_000));
        who.number = (n % 60_000) as u16;
        zone.hear_octets(who.ras, who.rrq().to_per().unwrap());
        refused += zone.sent.drain(..).count();
    }
    assert_eq!(refused, 19_900);
    zone.wait(60_000);
    assert!(zone.gatekeeper.is_quiescent());
}

/// Octets that are no RAS, answers nobody asked for, and lists that claim what is not there: no answer, or XRS that is at most 12 octets longer.
#[test]
fn octets_that_are_no_ras() {
    let mut zone = Zone::plain();
    let mut who = Who::new(9, &["600"]);
    let rrq = who.rrq().to_per().unwrap();
    let huge_list = [&rrq[..20], &[0xc4; 10]].concat(); // a list of 64 K elements, in 30 octets
    let mut inputs: Vec<Vec<u8>> =
        vec![vec![], vec![0x0e], vec![0; 1400], vec![0xff; 1400], vec![0; 65_507], huge_list];
    inputs.push(vec![0xbc, 1, 0]); // an alternative of later times
    inputs.extend((1..rrq.len()).map(|length| rrq[..length].to_vec()));
    let rcf = h225::RegistrationConfirm {
        request_seq_num: 1,
        protocol_identifier: PROTOCOL,
        endpoint_identifier: "x".into(),
        ..Default::default()
    };
    let xrs = h225::UnknownMessageResponse { request_seq_num: 1, ..Default::default() };
    inputs.push(RasMessage::RegistrationConfirm(Box::new(rcf)).to_per().unwrap());
    inputs.push(RasMessage::UnknownMessageResponse(Box::new(xrs)).to_per().unwrap());
    for octets in inputs {
        let asked = octets.len();
        zone.hear_octets(who.ras, octets);
        let said: usize = zone.sent.iter().map(|(_, octets)| octets.len()).sum();
        assert!(zone.sent.len() <= 1 && said <= asked + 12, "{asked} octets, {said} said");
        if let Some((_, message)) = zone.next() {
            assert_eq!(name(&message), "UnknownMessageResponse");
        }
        zone.now += Duration::from_millis(10);
    }
    assert_eq!(zone.gatekeeper.registrations(), 0);
}

/// Every octet of every message an endpoint says, changed to 4 values: nothing panics, and at most one message comes of each datagram.
#[test]
fn mutated_messages() {
    let mut zone = zone_with(|its| its.limits.datagrams_per_second = 1_000_000);
    let (mut who, _) = victim(&mut zone);
    let messages = [
        who.grq(),
        who.rrq(),
        who.keep_alive(),
        who.urq(),
        who.arq(2, "600"),
        who.brq(1, 5),
        who.drq(1),
        who.lrq("600", Some(3)),
        who.irr(Some(1), true),
    ];
    for message in messages {
        let octets = message.to_per().unwrap();
        for place in 0..octets.len() {
            for value in [0, 0xff, octets[place] ^ 1, octets[place] ^ 0x80] {
                let mut mutated = octets.clone();
                mutated[place] = value;
                zone.sent.clear();
                zone.hear_octets(who.ras, Bytes::from(mutated));
                assert!(zone.sent.len() <= 1);
                zone.now += Duration::from_millis(1);
            }
        }
    }
    zone.gatekeeper.unregister_all(zone.now, &h225::UnregRequestReason::Maintenance);
    zone.wait(600_000);
    assert!(zone.gatekeeper.is_quiescent());
}

/// An IRR that speaks of 200 calls, in more than 8,192 octets: too long to be looked at.
#[test]
fn a_report_of_many_calls() {
    let mut zone = Zone::plain();
    let (mut who, _) = victim(&mut zone);
    let RasMessage::InfoRequestResponse(mut irr) = who.irr(Some(1), true) else { panic!("it is IRR") };
    let one = irr.per_call_info.clone().unwrap().remove(0);
    irr.per_call_info = Some(vec![one; 200]);
    let octets = RasMessage::InfoRequestResponse(irr).to_per().unwrap();
    assert!(octets.len() > 8192, "{}", octets.len());
    zone.hear_octets(who.ras, octets);
    assert!(zone.sent.is_empty(), "longer than any datagram of RAS");
    assert_eq!(zone.gatekeeper.counters().malformed, 1);
}
