//! Taking over the configured facts.

use crate::world::*;
use lhtt_core::request::Role;
use lhtt_core::{Change, Request};

#[test]
fn an_equal_configuration_changes_nothing() {
    let mut world = World::new();
    let configuration = world.configuration.clone();
    assert!(world.ask(Request::Configure(Box::new(configuration)), "2023-06-07T08:00").changes.is_empty());
}

#[test]
fn only_what_differs_is_changed_and_what_is_gone_is_removed() {
    let mut world = World::new();
    let mut configuration = world.configuration.clone();
    configuration.peers.remove(0);
    configuration.peers[0].legs = 9;
    configuration.sites.pop();
    configuration.profile.early_window_s = 60;
    let decision = world.ask(Request::Configure(Box::new(configuration.clone())), "2023-06-07T08:00");
    let changes: Vec<_> = decision
        .changes
        .iter()
        .map(|change| match change {
            Change::Profile(_) => "profile".to_owned(),
            Change::Peer(peer) => format!("peer {}", peer.id),
            Change::PeerRemoved(id) => format!("no peer {id}"),
            Change::SiteRemoved(id) => format!("no site {id}"),
            other => format!("{other:?}"),
        })
        .collect();
    assert_eq!(changes, ["profile", "peer chinh-phu", "no peer quoc-hoi", "no site don-duong"]);
    assert!(world.ask(Request::Configure(Box::new(configuration)), "2023-06-07T08:00").changes.is_empty());
}

#[test]
fn a_configuration_at_odds_with_itself_is_refused_whole() {
    let mut world = World::new();
    let before = world.registry.clone();
    let mut configuration = world.configuration.clone();
    configuration.peers.push(configuration.peers[0].clone());
    configuration.sites.push(configuration.sites[0].clone());
    configuration.organizations.push(configuration.organizations[0].clone());
    configuration.sites[1].organization = "nobody".into();
    let decision = world.ask(Request::Configure(Box::new(configuration)), "2023-06-07T08:00");
    assert_eq!(
        summary(&decision),
        "Deny 2/named-once 3.5/named-once 3.5/site-agency 5.5/named-once: Điều 2; Điều 3 khoản 5; Điều 5 khoản 5"
    );
    assert_eq!(world.registry, before);
}

#[test]
fn the_json_form_has_defaults_and_refuses_what_it_does_not_know() {
    let text = r#"{"peers": [{"id": "chinh-phu", "name": "Chính phủ", "kind": "government"},
                             {"id": "vnpt", "name": "VNPT", "kind": {"carrier": "VNPT"}, "legs": 4}]}"#;
    let configuration: lhtt_core::registry::Configuration = serde_json::from_str(text).unwrap();
    assert_eq!(configuration.peers.iter().map(|peer| peer.legs).collect::<Vec<_>>(), [1, 4]);
    assert_eq!(configuration.profile.operator_mailbox, "kythuat@lamdong.gov.vn");
    for bad in [r#"{"peer": []}"#, r#"{"profile": {"early": 1}}"#] {
        assert!(serde_json::from_str::<lhtt_core::registry::Configuration>(bad).is_err(), "{bad}");
    }
}

/// By the table of roles the MCU operator changes the configuration, for a reason; a system that takes over its own names nobody.
#[test]
fn who_changes_the_configuration_says_why() {
    let rows = [
        (Some((Role::McuOperator, "thêm hệ thống")), "Permit"),
        (Some((Role::McuOperator, " ")), "Deny 8.2/reason: Điều 8 khoản 2"),
        (Some((Role::ManagingAuthority, "thêm hệ thống")), "Deny 3.8/role: Điều 8 khoản 2"),
        (Some((Role::TechnicalOperator, "thêm hệ thống")), "Deny 3.8/role: Điều 8 khoản 2"),
        (Some((Role::Auditor, "")), "Deny 3.8/role 8.2/reason: Điều 8 khoản 2"),
        (None, "Permit 8.2/unnamed: Điều 8 khoản 2"),
    ];
    for (by, expected) in rows {
        let mut world = World::new();
        let before = world.registry.clone();
        let mut configuration = world.configuration.clone();
        configuration.peers.remove(0);
        configuration.actor = by.map(|(role, _)| actor("Lê Văn An", role));
        configuration.reason = by.map(|(_, reason)| reason.to_owned()).unwrap_or_default();
        let decision = world.ask(Request::Configure(Box::new(configuration)), "2023-06-07T08:00");
        assert_eq!(summary(&decision), expected);
        assert_eq!(world.registry == before, !decision.is_permit());
    }
}
