//! Điều 5 khoản 2 and 5: state secrets, and which systems connect.

use crate::world::*;
use lhtt_core::journal::{Entry, Head};
use lhtt_core::registry::Session;
use lhtt_core::request::Party;
use lhtt_core::submission::{Classification, Submission};
use lhtt_core::{Change, Disclosure, Request};

const STRANGER: &str = "Deny 5.5/configured-peer: Điều 5 khoản 5";

#[test]
fn only_configured_systems_connect_and_others_learn_nothing() {
    let mut world = World::new();
    world.session();
    for (party, alias) in [
        (Party::Stranger, "1001"),
        (Party::Stranger, "9999"),
        (Party::Mcu, "1001"),
        (at_peer("hanoi"), "1001"),
        (at_peer("hanoi"), "9999"),
    ] {
        let decision = world.ask(call(1, party.clone(), alias), "2023-06-15T08:30");
        assert_eq!(summary(&decision), STRANGER, "{party:?} {alias}");
        assert_eq!(decision.disclosure, Disclosure::Bare);
        assert!(decision.changes.is_empty());
    }
}

#[test]
fn a_peer_taken_out_of_the_configuration_is_a_stranger_even_where_it_was_invited() {
    let mut world = World::new();
    world.session();
    let mut configuration = world.configuration.clone();
    configuration.peers.retain(|peer| peer.id.as_str() != "chinh-phu");
    world.ask(Request::Configure(Box::new(configuration)), "2023-06-15T08:10");
    assert_eq!(summary(&world.call(1, at_peer("chinh-phu"), "2023-06-15T08:30")), STRANGER);
}

#[test]
fn a_registration_names_configured_peers() {
    let mut world = World::new();
    let submission = Submission { members: vec![peer("hanoi")], ..submission() };
    assert_eq!(summary(&world.ask(Request::Submit(Box::new(submission)), "2023-06-13T08:00")), STRANGER);
}

/// Nobody joins a secret session of whose protection nothing is known, and nobody hears why.
#[test]
fn nobody_joins_a_secret_session_of_which_nothing_is_known() {
    let rows = [Classification::Mat, Classification::ToiMat, Classification::TuyetMat];
    for classification in rows {
        let mut world = World::new();
        let session = world.session();
        let secret = Session { classification, ..world.registry.session(session).unwrap().clone() };
        let mut world = World::new();
        world.ask(Request::Submit(Box::new(submission())), "2023-06-13T08:00");
        world.registry.apply(&Change::Accepted(Box::new(secret))).unwrap();
        for request in [
            call(1, at_site("da-lat"), "1001"),
            call(1, at_peer("chinh-phu"), "1001"),
            dial(1, Some("1001"), at_peer("chinh-phu")),
            dial(1, None, at_peer("chinh-phu")),
        ] {
            let decision = world.ask(request, "2023-06-15T08:30");
            let items = "5.2/consent 5.2/attendees 5.2/place 5.2/devices 5.2/protection-plan 5.2/recovery-plan";
            assert!(summary(&decision).starts_with(&format!("Deny 5.2/network {items}")), "{}", summary(&decision));
            assert_eq!(decision.told_ascii(), None);
        }
    }
}

/// A member and a non-member get one and the same answer, so that a prober learns nothing.
#[test]
fn a_secret_session_and_a_list_one_is_not_on_look_alike() {
    let mut world = World::new();
    world.session();
    let unlisted = world.call(1, at_site("bao-loc"), "2023-06-15T08:30");
    assert_eq!((unlisted.disclosure, unlisted.told_ascii()), (Disclosure::Bare, None));
}

#[test]
fn the_content_of_a_secret_session_is_kept_nowhere() {
    let rows = [
        ("theo phương án số 12", ""),
        ("Phương án tác chiến X", " 11.5/reference"),
        ("theo phương án số 12 tác chiến X", " 11.5/reference"),
    ];
    for (content, told) in rows {
        let mut world = World::new();
        let secret = Submission {
            content: Some(content.to_owned()),
            support: Some("Phương án tác chiến X".to_owned()),
            classification: Classification::Mat,
            ..urgent("Phương án tác chiến X")
        };
        let request = Request::Submit(Box::new(secret));
        let decision = world.ask(request.clone(), "2023-06-13T08:00");
        let items = "5.2/consent 5.2/attendees 5.2/place 5.2/devices 5.2/protection-plan 5.2/recovery-plan";
        assert!(summary(&decision).starts_with(&format!("Deny{told} {items}: ")), "{}", summary(&decision));
        let late = world.ask(request.clone(), "2023-06-15T07:59");
        let kept = serde_json::to_string(&world.registry.facts()).unwrap();
        assert!(!kept.contains("tác chiến"), "{kept}");
        for decision in [decision, late] {
            let entry = Entry::seal(&Head::default(), decision.at, &request, decision);
            assert!(!entry.to_line().contains("tác chiến"), "{}", entry.to_line());
        }
    }
}
