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

/// The gate that checks a secret session is not built: nobody joins one, and nobody hears why.
#[test]
fn nobody_joins_a_secret_session() {
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
            assert_eq!(summary(&decision), "Deny 5.2/secret-gate: Điều 5 khoản 2");
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
fn a_secret_session_is_not_registered_and_its_content_is_kept_nowhere() {
    let basis = "Điều 17 Luật 29/2018/QH14; Điều 6 NĐ 26/2020/NĐ-CP";
    let rows = [
        ("theo phương án số 12", format!("Deny 5.2/secret-dossier: Điều 5 khoản 2; Điều 11 khoản 5; {basis}")),
        (
            "Phương án tác chiến X",
            format!("Deny 5.2/secret-dossier 11.5/reference: Điều 5 khoản 2; Điều 11 khoản 5; {basis} [A-15]"),
        ),
    ];
    for (content, expected) in rows {
        let mut world = World::new();
        let secret = Submission {
            content: Some(content.to_owned()),
            support: Some("Phương án tác chiến X".to_owned()),
            classification: Classification::Mat,
            ..urgent("Phương án tác chiến X")
        };
        let request = Request::Submit(Box::new(secret));
        let decision = world.ask(request.clone(), "2023-06-13T08:00");
        assert_eq!(summary(&decision), expected);
        assert_eq!(world.registry.registrations().count(), 0);
        let late = world.ask(request.clone(), "2023-06-15T07:59");
        for decision in [decision, late] {
            let entry = Entry::seal(&Head::default(), decision.at, &request, decision);
            assert!(!entry.to_line().contains("tác chiến"), "{}", entry.to_line());
        }
    }
}

/// AE-S12: the requirements stay, the law that is cited changes at midnight.
#[test]
fn the_law_on_state_secrets_is_cited_by_the_date_of_the_act() {
    let rows = [
        ("2026-02-28T23:59:59.999", "Điều 17 Luật 29/2018/QH14; Điều 6 NĐ 26/2020/NĐ-CP"),
        ("2026-03-01T00:00:00", "Luật 117/2025/QH15; NĐ 63/2026/NĐ-CP"),
    ];
    for (act, basis) in rows {
        let mut world = World::new();
        let secret = Submission {
            start: Some(at("2026-03-10T08:00")),
            end: None,
            content: Some("theo phương án số 12".to_owned()),
            classification: Classification::Mat,
            ..submission()
        };
        let decision = world.ask(Request::Submit(Box::new(secret)), act);
        let expected = format!("Deny 5.2/secret-dossier: Điều 5 khoản 2; Điều 11 khoản 5; {basis}");
        assert_eq!(summary(&decision), expected);
    }
}
