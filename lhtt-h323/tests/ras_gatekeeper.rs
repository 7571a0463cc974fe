//! The gatekeeper's answers, row by row: who says what from where, and what comes back.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail loudly")]

mod ras_common;

use lhtt_h323::AliasAddress;
use lhtt_h323::asn1::h225::{
    AdmissionRejectReason, BandRejectReason, CallModel, DisengageRejectReason, RasMessage, RegistrationRejectReason,
    UnregRejectReason, UnregRequestReason,
};
use lhtt_h323::per::Codec as _;
use lhtt_h323::ras::Refusal;
use lhtt_h323::ras::gatekeeper::{
    AdmissionTerms, Alternate, Destination, Disengagement, GatekeeperConfig, GatekeeperEvent, Neighbour, Pregranted,
    RegistrationTerms, Unregistration,
};
use ras_common::say::{Who, alias, at};
use ras_common::{Policy, Zone, address, name};
use std::time::Duration;

/// Registers, and notes the identifier.
fn register(zone: &mut Zone, who: &mut Who) -> lhtt_h323::asn1::h225::RegistrationConfirm {
    let rrq = who.rrq();
    match zone.hear(who.ras, &rrq) {
        Some((_, RasMessage::RegistrationConfirm(rcf))) => {
            who.identifier = Some(rcf.endpoint_identifier.clone());
            *rcf
        }
        other => panic!("{other:?}"),
    }
}

fn zone_with(change: impl FnOnce(&mut GatekeeperConfig)) -> Zone {
    let mut config = GatekeeperConfig::new("zone");
    change(&mut config);
    Zone::new(config, address("192.0.2.1:1719"))
}

fn answer(zone: &mut Zone, who: &Who, message: &RasMessage) -> RasMessage {
    let (to, answer) = zone.hear(who.ras, message).expect("an answer");
    assert_eq!(to, who.ras);
    answer
}

fn rrj(zone: &mut Zone, who: &Who, message: &RasMessage) -> RegistrationRejectReason {
    match answer(zone, who, message) {
        RasMessage::RegistrationReject(rrj) => rrj.reject_reason,
        other => panic!("{other:?}"),
    }
}

fn arj(zone: &mut Zone, who: &Who, message: &RasMessage) -> AdmissionRejectReason {
    match answer(zone, who, message) {
        RasMessage::AdmissionReject(arj) => arj.reject_reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_life_from_discovery_to_leaving() {
    let (mut zone, mut who, mut other) = (Zone::plain(), Who::new(9, &["600", "room"]), Who::new(10, &["601"]));
    let grq = who.grq();
    let RasMessage::GatekeeperConfirm(gcf) = answer(&mut zone, &who, &grq) else { panic!("no GCF") };
    assert_eq!(gcf.gatekeeper_identifier.as_deref(), Some("zone"));
    assert_eq!(gcf.ras_address, at(address("192.0.2.1:1719")));
    let rcf = register(&mut zone, &mut who);
    assert_eq!(rcf.terminal_alias, Some(vec![alias("600"), alias("room")]));
    assert_eq!(rcf.time_to_live, Some(300));
    register(&mut zone, &mut other);
    let arq = who.arq(1, "601");
    let RasMessage::AdmissionConfirm(acf) = answer(&mut zone, &who, &arq) else { panic!("no ACF") };
    assert_eq!(
        (acf.dest_call_signal_address, acf.call_model, acf.band_width),
        (at(other.signal), CallModel::Direct, 1280)
    );
    let arq = other.arq_with(1, |its| its.answer_call = true);
    let RasMessage::AdmissionConfirm(acf) = answer(&mut zone, &other, &arq) else { panic!("no ACF") };
    assert_eq!(acf.dest_call_signal_address, at(other.signal));
    assert_eq!((zone.gatekeeper.admissions(), zone.gatekeeper.bandwidth()), (2, 2560));
    let brq = who.brq(1, 3840);
    assert_eq!(name(&answer(&mut zone, &who, &brq)), "BandwidthConfirm");
    assert_eq!(zone.gatekeeper.bandwidth(), 5120);
    for its in [&mut who, &mut other] {
        let (drq, urq) = (its.drq(1), its.urq());
        assert_eq!(name(&answer(&mut zone, its, &drq)), "DisengageConfirm");
        assert_eq!(name(&answer(&mut zone, its, &urq)), "UnregistrationConfirm");
    }
    zone.wait(16_000);
    assert!(zone.gatekeeper.is_quiescent(), "{:?}", zone.gatekeeper);
}

#[test]
fn a_retransmission_gets_the_same_octets_and_does_nothing_twice() {
    let (mut zone, mut who) = (Zone::plain(), Who::new(9, &["600"]));
    let rrq = who.rrq().to_per().unwrap();
    zone.hear_octets(who.ras, rrq.clone());
    let first = zone.sent.pop_front().unwrap();
    zone.hear_octets(who.ras, rrq.clone());
    assert_eq!(zone.sent.pop_front().unwrap(), first);
    assert_eq!((zone.gatekeeper.registrations(), zone.questions.len()), (1, 1));
    zone.wait(16_000);
    zone.hear_octets(who.ras, rrq);
    assert_eq!(zone.questions.len(), 2, "too late to be a retransmission");
}

#[test]
fn a_number_used_anew_is_a_new_request() {
    let (mut zone, mut who) = (Zone::plain(), Who::new(9, &["600"]));
    register(&mut zone, &mut who);
    who.number = 0;
    let urq = who.urq();
    assert_eq!(name(&answer(&mut zone, &who, &urq)), "UnregistrationConfirm");
}

#[test]
fn keep_alives_hold_a_registration_and_silence_ends_it() {
    let (mut zone, mut who) = (zone_with(|its| its.time_to_live = Duration::from_secs(30)), Who::new(9, &["600"]));
    register(&mut zone, &mut who);
    for _ in 0..10 {
        zone.wait(20_000);
        let rrq = who.keep_alive();
        let RasMessage::RegistrationConfirm(rcf) = answer(&mut zone, &who, &rrq) else { panic!("no RCF") };
        assert_eq!(rcf.time_to_live, Some(30));
    }
    let arq = who.arq_with(1, |its| its.dest_call_signal_address = Some(at(address("192.0.2.77:1720"))));
    assert_eq!(name(&answer(&mut zone, &who, &arq)), "AdmissionConfirm");
    zone.wait(36_000);
    let (to, urq) = zone.next().unwrap();
    let RasMessage::UnregistrationRequest(urq) = urq else { panic!("no URQ") };
    assert_eq!((to, urq.reason), (who.ras, Some(UnregRequestReason::TtlExpired)));
    assert_eq!((zone.gatekeeper.registrations(), zone.gatekeeper.admissions()), (0, 0));
    let ended =
        |event: &GatekeeperEvent| matches!(event, GatekeeperEvent::Unregistered { why: Unregistration::Expired, .. });
    assert!(zone.events.iter().any(ended));
    let rrq = who.keep_alive();
    zone.sent.clear();
    assert_eq!(rrj(&mut zone, &who, &rrq), RegistrationRejectReason::FullRegistrationRequired);
    zone.wait(60_000);
    assert!(zone.gatekeeper.is_quiescent());
}

#[test]
fn an_alias_has_one_holder_and_the_contest_is_told_once() {
    let (mut zone, mut holder, mut claimant) = (Zone::plain(), Who::new(9, &["600"]), Who::new(10, &["601", "600"]));
    register(&mut zone, &mut holder);
    for _ in 0..50 {
        let rrq = claimant.rrq();
        let RegistrationRejectReason::DuplicateAlias(taken) = rrj(&mut zone, &claimant, &rrq) else { panic!("taken") };
        assert_eq!(taken, vec![alias("600")]);
        zone.wait(1000);
    }
    let contests = zone.events.iter().filter(|event| matches!(event, GatekeeperEvent::Contested { .. }));
    assert_eq!(contests.count(), 1, "told once a minute");
    let rrq = holder.keep_alive();
    assert_eq!(name(&answer(&mut zone, &holder, &rrq)), "RegistrationConfirm");
    assert_eq!(zone.gatekeeper.registrations(), 1);
}

#[test]
fn an_endpoint_that_restarts_takes_its_own_place() {
    let (mut zone, mut who) = (Zone::plain(), Who::new(9, &["600"]));
    register(&mut zone, &mut who);
    let mut anew = Who::new(9, &["600", "601"]);
    anew.ras = address("192.0.2.9:34567");
    register(&mut zone, &mut anew);
    assert_eq!(zone.gatekeeper.registrations(), 1);
    let replaced = |event: &GatekeeperEvent| {
        matches!(event, GatekeeperEvent::Unregistered { why: Unregistration::Replaced(_), .. })
    };
    assert!(zone.events.iter().any(replaced));
    let rrq = who.keep_alive();
    assert_eq!(rrj(&mut zone, &who, &rrq), RegistrationRejectReason::FullRegistrationRequired);
}

#[test]
fn names_are_added_and_taken_away_one_by_one() {
    let (mut zone, mut who) = (Zone::plain(), Who::new(9, &["600"]));
    let alone = who.rrq_with(|its| its.additive_registration = Some(()));
    assert_eq!(rrj(&mut zone, &who, &alone), RegistrationRejectReason::FullRegistrationRequired);
    register(&mut zone, &mut who);
    who.names = vec!["601".into()];
    let more = who.rrq_with(|its| its.additive_registration = Some(()));
    let RasMessage::RegistrationConfirm(rcf) = answer(&mut zone, &who, &more) else { panic!("no RCF") };
    assert_eq!(rcf.terminal_alias, Some(vec![alias("600"), alias("601")]));
    let RasMessage::UnregistrationRequest(mut urq) = who.urq() else { panic!("it is URQ") };
    urq.endpoint_alias = Some(vec![alias("600")]);
    let urq = RasMessage::UnregistrationRequest(urq);
    assert_eq!(name(&answer(&mut zone, &who, &urq)), "UnregistrationConfirm");
    assert_eq!(zone.gatekeeper.find(&AliasAddress::of("600")), None);
    assert!(zone.gatekeeper.find(&AliasAddress::of("601")).is_some());
}

#[test]
fn aliases_of_every_kind_are_found() {
    let (mut zone, mut who) = (Zone::plain(), Who::new(9, &[]));
    let party = |digits: &str| {
        lhtt_h323::asn1::h225::AliasAddress::PartyNumber(lhtt_h323::asn1::h225::PartyNumber::E164Number(
            lhtt_h323::asn1::h225::PublicPartyNumber { public_number_digits: digits.into(), ..Default::default() },
        ))
    };
    use lhtt_h323::asn1::h225::AliasAddress as A;
    let names = vec![
        A::DialledDigits("600".into()),
        A::H323Id("phòng họp".into()),
        A::UrlId("h323:room@Example.vn".into()),
        A::EmailId("room@example.vn".into()),
        A::TransportId(Box::new(at(address("192.0.2.9:1720")))),
        party("842633"),
    ];
    let rrq = who.rrq_with(|its| its.terminal_alias = Some(names.clone()));
    assert_eq!(name(&answer(&mut zone, &who, &rrq)), "RegistrationConfirm");
    let looked_up = [
        AliasAddress::DialledDigits("842633".into()),
        AliasAddress::PartyNumber("600".into()),
        AliasAddress::H323Id("phòng họp".into()),
        AliasAddress::UrlId("H323:ROOM@example.vn".into()),
        AliasAddress::UrlId("h323:600@anywhere".into()),
        AliasAddress::EmailId("Room@example.vn".into()),
        AliasAddress::TransportId(address("192.0.2.9:1720")),
    ];
    for alias in looked_up {
        assert!(zone.gatekeeper.find(&alias).is_some(), "{alias:?}");
    }
    assert_eq!(zone.gatekeeper.find(&AliasAddress::of("Phòng họp")), None);
}

/// What is wrong with a request, and the reason that is said.
#[test]
fn registrations_that_cannot_be() {
    let mut zone = Zone::plain();
    let mut who = Who::new(9, &["600"]);
    type Change = fn(&mut lhtt_h323::asn1::h225::RegistrationRequest);
    let table: &[(Change, RegistrationRejectReason)] = &[
        (
            |its| its.protocol_identifier = lhtt_h323::per::Oid::new(&[0, 0, 8, 245, 0, 3]),
            RegistrationRejectReason::InvalidRevision,
        ),
        (|its| its.call_signal_address.clear(), RegistrationRejectReason::InvalidCallSignalAddress),
        (
            |its| its.call_signal_address = vec![at(address("0.0.0.0:1720"))],
            RegistrationRejectReason::InvalidCallSignalAddress,
        ),
        (|its| its.ras_address = vec![at(address("224.0.1.41:1719"))], RegistrationRejectReason::InvalidRasAddress),
        (|its| its.ras_address.clear(), RegistrationRejectReason::InvalidRasAddress),
        (|its| its.gatekeeper_identifier = Some("another".into()), RegistrationRejectReason::DiscoveryRequired),
        (
            |its| its.terminal_alias = Some((0..33).map(|n| alias(&n.to_string())).collect()),
            RegistrationRejectReason::InvalidAlias,
        ),
    ];
    for (change, reason) in table {
        let rrq = who.rrq_with(change);
        assert_eq!(rrj(&mut zone, &who, &rrq), *reason);
    }
    assert!(zone.questions.is_empty(), "the owner is not asked");
}

#[test]
fn requests_of_strangers_and_of_nobody() {
    let (mut zone, mut who) = (Zone::plain(), Who::new(9, &["600"]));
    let (arq, brq, drq, urq) = (who.arq(1, "600"), who.brq(1, 1), who.drq(1), who.urq());
    assert_eq!(arj(&mut zone, &who, &arq), AdmissionRejectReason::CallerNotRegistered);
    let RasMessage::BandwidthReject(brj) = answer(&mut zone, &who, &brq) else { panic!("no BRJ") };
    assert_eq!(brj.reject_reason, BandRejectReason::NotBound);
    let RasMessage::DisengageReject(drj) = answer(&mut zone, &who, &drq) else { panic!("no DRJ") };
    assert_eq!(drj.reject_reason, DisengageRejectReason::NotRegistered);
    let RasMessage::UnregistrationReject(urj) = answer(&mut zone, &who, &urq) else { panic!("no URJ") };
    assert_eq!(urj.reject_reason, UnregRejectReason::NotCurrentlyRegistered);
    let (silent, told) = (who.irr(None, false), who.irr(None, true));
    assert_eq!(zone.hear(who.ras, &silent), None);
    assert_eq!(name(&answer(&mut zone, &who, &told)), "InfoRequestNak");
}

#[test]
fn every_refusal_of_the_owner_has_its_word() {
    let (mut zone, mut who) = (Zone::plain(), Who::new(9, &["600"]));
    register(&mut zone, &mut who);
    let mut seen = Vec::new();
    for why in Refusal::ALL {
        zone.policy = Policy::Refuse(*why);
        let (arq, rrq) = (who.arq(1, "600"), who.rrq());
        seen.push(format!("{why:?} {:?} {:?}", arj(&mut zone, &who, &arq), rrj(&mut zone, &who, &rrq)));
    }
    let distinct: std::collections::BTreeSet<_> = seen.iter().map(|line| line.split(' ').nth(1).unwrap()).collect();
    assert_eq!(distinct.len(), 23, "every reason of ARJ can be said: {seen:#?}");
}

#[test]
fn an_owner_who_takes_long_is_covered_by_rip_and_given_up() {
    let (mut zone, mut who) = (Zone::plain(), Who::new(9, &["600"]));
    zone.policy = Policy::Silent;
    let rrq = who.rrq();
    assert_eq!(zone.hear(who.ras, &rrq), None);
    zone.wait(1000);
    let RasMessage::RequestInProgress(rip) = zone.next().unwrap().1 else { panic!("no RIP") };
    assert_eq!(rip.delay, 10_000);
    assert_eq!(zone.hear(who.ras, &rrq), None, "it waits");
    zone.wait(9001);
    let RasMessage::RegistrationReject(rrj) = zone.next().unwrap().1 else { panic!("no RRJ") };
    assert_eq!(rrj.reject_reason, RegistrationRejectReason::ResourceUnavailable);
    let GatekeeperEvent::RegistrationAsked { question, .. } = zone.questions[0] else { panic!("no question") };
    assert!(zone.gatekeeper.register(zone.now, question, RegistrationTerms::default()).is_err(), "too late");
}

#[test]
fn a_call_that_nobody_here_takes_is_asked_of_neighbours_order_by_order() {
    let neighbour = |host: u8, order, prefixes: &[&str]| Neighbour {
        address: address(&format!("198.51.100.{host}:1719")),
        prefixes: prefixes.iter().map(|&its| its.to_owned()).collect(),
        order,
    };
    let neighbours = vec![neighbour(1, 0, &["7"]), neighbour(2, 1, &[]), neighbour(3, 1, &[]), neighbour(4, 0, &["9"])];
    let (mut zone, mut who) = (zone_with(|its| its.neighbours = neighbours), Who::new(9, &["600"]));
    register(&mut zone, &mut who);
    let arq = who.arq(1, "7001");
    let (to, lrq) = zone.hear(who.ras, &arq).unwrap();
    assert_eq!(to, address("198.51.100.1:1719"));
    let RasMessage::LocationRequest(lrq) = lrq else { panic!("no LRQ") };
    assert_eq!((lrq.hop_count, lrq.destination_info), (Some(8), vec![alias("7001")]));
    let lrj = RasMessage::LocationReject(Box::new(lhtt_h323::asn1::h225::LocationReject {
        request_seq_num: lrq.request_seq_num,
        ..Default::default()
    }));
    let (second, lrq) = zone.hear(to, &lrj).unwrap();
    let (third, _) = zone.next().unwrap();
    assert_eq!((second, third), (address("198.51.100.2:1719"), address("198.51.100.3:1719")));
    let RasMessage::LocationRequest(lrq) = lrq else { panic!("no LRQ") };
    let lcf = RasMessage::LocationConfirm(Box::new(lhtt_h323::asn1::h225::LocationConfirm {
        request_seq_num: lrq.request_seq_num,
        call_signal_address: at(address("198.51.100.50:1720")),
        ras_address: at(second),
        ..Default::default()
    }));
    assert_eq!(zone.hear(third, &lcf), None, "an answer from another than was asked");
    let (to, acf) = zone.hear(second, &lcf).unwrap();
    let RasMessage::AdmissionConfirm(acf) = acf else { panic!("no ACF") };
    assert_eq!((to, acf.dest_call_signal_address), (who.ras, at(address("198.51.100.50:1720"))));
    let drq = who.drq(1);
    answer(&mut zone, &who, &drq);
    let arq = who.arq(2, "8001");
    zone.hear(who.ras, &arq);
    zone.sent.clear();
    zone.wait(1_400);
    assert_eq!(name(&zone.next().unwrap().1), "RequestInProgress");
    zone.sent.clear();
    zone.wait(4_000);
    let last = zone.sent.pop_back().unwrap();
    let RasMessage::AdmissionReject(arj) = RasMessage::from_per(&last.1).unwrap() else { panic!("no ARJ") };
    assert_eq!(arj.reject_reason, AdmissionRejectReason::CalledPartyNotRegistered);
}

#[test]
fn room_is_bounded_and_told_apart() {
    let small = |its: &mut GatekeeperConfig| {
        its.limits.registrations = 2;
        its.limits.calls = 3;
        its.limits.calls_per_endpoint = 2;
        its.bandwidth = 3000;
        its.bandwidth_per_call = 1000;
        let alternate = address("192.0.2.2:1719");
        its.alternates = vec![Alternate { address: alternate, identifier: None, register: true, priority: 3 }];
    };
    let (mut zone, mut a, mut b) = (zone_with(small), Who::new(9, &["600"]), Who::new(10, &["601"]));
    register(&mut zone, &mut a);
    register(&mut zone, &mut b);
    let mut c = Who::new(11, &["602"]);
    let rrq = c.rrq();
    let RasMessage::RegistrationReject(full) = answer(&mut zone, &c, &rrq) else { panic!("no RRJ") };
    assert_eq!(full.reject_reason, RegistrationRejectReason::ResourceUnavailable);
    assert_eq!(full.alt_gk_info.unwrap().alternate_gatekeeper[0].ras_address, at(address("192.0.2.2:1719")));
    for call in [1, 2] {
        let arq = a.arq(call, "601");
        let RasMessage::AdmissionConfirm(acf) = answer(&mut zone, &a, &arq) else { panic!("no ACF") };
        assert_eq!(acf.band_width, 1000, "no more than one call may have");
    }
    let (third, again) = (a.arq(3, "601"), a.arq(2, "601"));
    assert_eq!(arj(&mut zone, &a, &third), AdmissionRejectReason::ExceedsCallCapacity);
    assert_eq!(name(&answer(&mut zone, &a, &again)), "AdmissionConfirm", "it has its place already");
    let arq = b.arq_with(9, |its| {
        its.destination_info = Some(vec![alias("600")]);
        its.band_width = 1000;
    });
    assert_eq!(name(&answer(&mut zone, &b, &arq)), "AdmissionConfirm");
    let drq = a.drq(1);
    answer(&mut zone, &a, &drq);
    zone.gatekeeper.disengage(zone.now, *admitted(&zone).last().unwrap()).unwrap();
    assert_eq!(zone.gatekeeper.bandwidth(), 1000);
}

fn admitted(zone: &Zone) -> Vec<lhtt_h323::ras::gatekeeper::AdmissionId> {
    let of = |event: &GatekeeperEvent| match event {
        GatekeeperEvent::Admitted { admission, .. } => Some(*admission),
        _ => None,
    };
    zone.events.iter().filter_map(of).collect()
}

#[test]
fn bandwidth_that_is_not_there() {
    let (mut zone, mut who) = (zone_with(|its| its.bandwidth = 2000), Who::new(9, &["600"]));
    register(&mut zone, &mut who);
    let (arq, more, brq) = (who.arq(1, "600"), who.arq(2, "600"), who.brq(1, 2001));
    assert_eq!(name(&answer(&mut zone, &who, &arq)), "AdmissionConfirm");
    assert_eq!(arj(&mut zone, &who, &more), AdmissionRejectReason::RequestDenied);
    let RasMessage::BandwidthReject(brj) = answer(&mut zone, &who, &brq) else { panic!("no BRJ") };
    assert_eq!((brj.reject_reason, brj.allowed_band_width), (BandRejectReason::InsufficientResources, 1280));
}

#[test]
fn a_full_callee_and_a_routed_call() {
    let signalling = address("192.0.2.1:1720");
    let (mut zone, mut who, mut full) =
        (zone_with(|its| its.signalling = Some(signalling)), Who::new(9, &["600"]), Who::new(10, &["601"]));
    register(&mut zone, &mut who);
    let none_left = lhtt_h323::asn1::h225::CallCapacityInfo {
        terminal_calls_available: Some(vec![lhtt_h323::asn1::h225::CallsAvailable::default()]),
        ..Default::default()
    };
    let capacity =
        lhtt_h323::asn1::h225::CallCapacity { current_call_capacity: Some(Box::new(none_left)), ..Default::default() };
    let rrq = full.rrq_with(|its| its.capacity = Some(capacity));
    assert_eq!(name(&answer(&mut zone, &full, &rrq)), "RegistrationConfirm");
    let arq = who.arq(1, "601");
    assert_eq!(arj(&mut zone, &who, &arq), AdmissionRejectReason::ExceedsCallCapacity);
    zone.admission = AdmissionTerms { destination: Destination::Routed, bandwidth: Some(640) };
    let arq = who.arq(2, "900");
    let RasMessage::AdmissionConfirm(acf) = answer(&mut zone, &who, &arq) else { panic!("no ACF") };
    assert_eq!(
        (acf.call_model, acf.dest_call_signal_address, acf.band_width),
        (CallModel::GatekeeperRouted, at(signalling), 640)
    );
}

#[test]
fn reports_keep_calls_and_three_missed_end_them() {
    let (mut zone, mut who) =
        (zone_with(|its| its.report_every = Some(Duration::from_secs(10))), Who::new(9, &["600"]));
    register(&mut zone, &mut who);
    let arq = who.arq(1, "600");
    let RasMessage::AdmissionConfirm(acf) = answer(&mut zone, &who, &arq) else { panic!("no ACF") };
    assert_eq!(acf.irr_frequency, Some(10));
    for _ in 0..5 {
        zone.wait(25_000);
        let irr = who.irr(Some(1), true);
        assert_eq!(name(&answer(&mut zone, &who, &irr)), "InfoRequestAck");
    }
    zone.wait(25_000);
    let RasMessage::InfoRequestResponse(mut of_version_2) = who.irr(Some(1), false) else { panic!("it is IRR") };
    (of_version_2.unsolicited, of_version_2.need_response) = (None, None);
    assert_eq!(zone.hear(who.ras, &RasMessage::InfoRequestResponse(of_version_2)), None);
    zone.wait(25_000);
    assert_eq!(zone.gatekeeper.admissions(), 1, "the report counts");
    zone.wait(6_000);
    assert_eq!(name(&zone.next().unwrap().1), "DisengageRequest");
    let silent = GatekeeperEvent::Disengaged { admission: admitted(&zone)[0], why: Disengagement::Silent };
    assert!(zone.events.contains(&silent));
}

#[test]
fn the_owner_asks_and_the_endpoint_answers() {
    let (mut zone, mut who) = (Zone::plain(), Who::new(9, &["600"]));
    register(&mut zone, &mut who);
    let GatekeeperEvent::Registered { endpoint } = zone.events[0] else { panic!("registered") };
    zone.gatekeeper.inquire(zone.now, endpoint, None).unwrap();
    zone.settle();
    let (to, irq) = zone.next().unwrap();
    let RasMessage::InfoRequest(irq) = irq else { panic!("no IRQ") };
    assert_eq!((to, irq.call_reference_value), (who.ras, 0));
    let RasMessage::InfoRequestResponse(mut irr) = who.irr(None, false) else { panic!("it is IRR") };
    (irr.request_seq_num, irr.unsolicited, irr.need_response) = (irq.request_seq_num, None, None);
    assert_eq!(zone.hear(who.ras, &RasMessage::InfoRequestResponse(irr)), None);
    assert!(matches!(zone.events.last(), Some(GatekeeperEvent::Status { .. })));
    zone.gatekeeper.inquire(zone.now, endpoint, None).unwrap();
    zone.wait(30_000);
    assert_eq!(zone.sent.len(), 3, "three tries");
    assert_eq!(zone.events.last(), Some(&GatekeeperEvent::Failed { endpoint, request: "infoRequest" }));
    zone.sent.clear();
    zone.gatekeeper.unregister(zone.now, endpoint, UnregRequestReason::Maintenance).unwrap();
    zone.settle();
    assert_eq!(name(&zone.next().unwrap().1), "UnregistrationRequest");
    zone.wait(60_000);
    assert!(zone.gatekeeper.is_quiescent());
}

#[test]
fn pregranted_calls_and_shorter_times_are_terms_of_the_owner() {
    let (mut zone, mut who) = (Zone::plain(), Who::new(9, &["600"]));
    zone.registration = RegistrationTerms {
        aliases: Some(vec![AliasAddress::of("6000")]),
        time_to_live: Some(Duration::from_secs(60)),
        pregranted: Some(Pregranted { make: true, answer: true, routed: false }),
    };
    let rcf = register(&mut zone, &mut who);
    assert_eq!((rcf.terminal_alias, rcf.time_to_live), (Some(vec![alias("6000")]), Some(60)));
    assert!(
        rcf.pre_granted_arq
            .is_some_and(|its| its.make_call && its.answer_call && !its.use_gk_call_signal_address_to_make_call)
    );
}

#[test]
fn resources_manufacturers_service_control_and_unknown_messages() {
    use lhtt_h323::asn1::h225;
    let (mut zone, mut who) = (Zone::plain(), Who::new(9, &["600"]));
    let rai = |who: &mut Who, almost_out| {
        RasMessage::ResourcesAvailableIndicate(Box::new(h225::ResourcesAvailableIndicate {
            request_seq_num: who.next(),
            protocol_identifier: ras_common::say::PROTOCOL,
            endpoint_identifier: who.identifier.clone().unwrap_or("nobody".into()),
            almost_out_of_resources: almost_out,
            ..Default::default()
        }))
    };
    let strangers = rai(&mut who, true);
    assert_eq!(zone.hear(who.ras, &strangers), None);
    register(&mut zone, &mut who);
    let GatekeeperEvent::Registered { endpoint } = zone.events[0] else { panic!("registered") };
    for almost_out in [true, false] {
        let message = rai(&mut who, almost_out);
        assert_eq!(name(&answer(&mut zone, &who, &message)), "ResourcesAvailableConfirm");
        assert_eq!(zone.gatekeeper.is_almost_out(endpoint), almost_out);
    }
    let sci = RasMessage::ServiceControlIndication(Box::new(h225::ServiceControlIndication {
        request_seq_num: who.next(),
        endpoint_identifier: who.identifier.clone(),
        ..Default::default()
    }));
    assert_eq!(name(&answer(&mut zone, &who, &sci)), "ServiceControlResponse");
    let mut nsm = h225::NonStandardMessage { request_seq_num: who.next(), ..Default::default() };
    nsm.non_standard_data.non_standard_identifier = h225::NonStandardIdentifier::Object(ras_common::say::PROTOCOL);
    assert_eq!(zone.hear(who.ras, &RasMessage::NonStandardMessage(Box::new(nsm))), None);
    assert!(matches!(zone.events.last(), Some(GatekeeperEvent::NonStandard { .. })));
    let later = RasMessage::Unknown { index: 40, octets: vec![1, 0] };
    assert_eq!(name(&answer(&mut zone, &who, &later)), "UnknownMessageResponse");
    zone.gatekeeper.service_control(zone.now, endpoint, vec![h225::ServiceControlSession::default()], vec![]).unwrap();
    zone.settle();
    let Some((_, RasMessage::ServiceControlIndication(sci))) = zone.next() else { panic!("no SCI") };
    let scr = h225::ServiceControlResponse { request_seq_num: sci.request_seq_num, ..Default::default() };
    assert_eq!(zone.hear(who.ras, &RasMessage::ServiceControlResponse(Box::new(scr))), None);
    assert_eq!(zone.events.last(), Some(&GatekeeperEvent::ServiceControl { endpoint, result: None }));
}
