//! The registers: regulation text Điều 8 khoản 3 điểm a, 15 khoản 2 and 3, 16 khoản 1, 18 khoản 4, 20 khoản 3.

use crate::world::*;
use lhtt_core::registry::{DifficultyStatus, RegisterEntry};
use lhtt_core::request::{Keep, MoveDifficulty, RecordAct, Role, TellDifficulty};
use lhtt_core::{Decision, Request};
use serde_json::json;

fn entry(json: &str) -> RegisterEntry {
    serde_json::from_str(json).unwrap()
}

fn keep(role: Role, json: &str) -> Request {
    Request::Record(Box::new(RecordAct::Keep(Keep { actor: actor("Lê Thị Hoa", role), entry: entry(json) })))
}

fn tell(organization: &str, text: &str) -> TellDifficulty {
    TellDifficulty {
        actor: actor("Lê Thị Hoa", Role::Office),
        organization: organization.into(),
        text: text.to_owned(),
        clause: Some("Điều 7 khoản 3".parse().unwrap()),
    }
}

fn told(told: TellDifficulty) -> Request {
    Request::Record(Box::new(RecordAct::TellDifficulty(told)))
}

fn step(to: DifficultyStatus, document: &str) -> Request {
    let actor = actor("Lê Thị Hoa", Role::ManagingAuthority);
    let (document, note) = (document.to_owned(), String::new());
    Request::Record(Box::new(RecordAct::MoveDifficulty(MoveDifficulty { actor, difficulty: 1, to, document, note })))
}

fn basis(decision: &Decision) -> String {
    let keys: Vec<_> = decision.citations().iter().map(lhtt_core::Citation::key).collect();
    format!("{:?} {}", decision.outcome, keys.join("; "))
}

const NOW: &str = "2023-06-14T08:00";

#[test]
fn every_register_keeps_its_entry_on_its_clause() {
    let rows = [
        (r#"{"plan": {"year": 2024, "kind": "system", "document": "KH 12/KH-STTTT"}}"#, "Điều 15 khoản 2 điểm e"),
        (
            r#"{"plan": {"year": 2024, "kind": "terminals", "organization": "so-y-te", "document": "KH 3/KH-SYT"}}"#,
            "Điều 18 khoản 4",
        ),
        (
            r#"{"training": {"date": "2023-06-10", "subject": "MCU", "sites": ["da-lat"], "participants": 2, "document": "GM 1"}}"#,
            "Điều 15 khoản 2 điểm c",
        ),
        (
            r#"{"inspection": {"date": "2023-06-14", "organization": "so-y-te", "with_police": true, "document": "BB 1"}}"#,
            "Điều 15 khoản 3",
        ),
        (
            r#"{"guidance": {"date": "2023-06-10", "subject": "thiết bị", "document": "HD 1"}}"#,
            "Điều 15 khoản 2 điểm a",
        ),
        (
            r#"{"guidance": {"date": "2023-06-10", "subject": "họp mật", "secret_sessions": true, "document": "HD 2"}}"#,
            "Điều 16 khoản 1",
        ),
        (
            r#"{"acknowledgement": {"organization": "so-y-te", "date": "2023-06-10", "document": "CV 1"}}"#,
            "Điều 8 khoản 3 điểm a",
        ),
    ];
    let mut world = World::new();
    for (json, clause) in rows {
        let decision = world.ask(keep(Role::ManagingAuthority, json), NOW);
        assert_eq!(basis(&decision), format!("Permit {clause}"), "{json}");
        let kept = world.registry.record().entries.last().unwrap();
        assert_eq!((kept.entry.clone(), kept.at), (entry(json), at(NOW)));
    }
    let ids: Vec<_> = world.registry.record().entries.iter().map(|kept| kept.id).collect();
    assert_eq!(ids, [1, 2, 3, 4, 5, 6, 7]);
}

#[test]
fn an_entry_refers_to_a_document_and_has_happened() {
    let today = r#"{"training": {"date": "2023-06-14", "subject": "MCU", "document": " "}}"#;
    let tomorrow = r#"{"training": {"date": "2023-06-15", "subject": "MCU", "document": "GM 1"}}"#;
    let nobody = r#"{"acknowledgement": {"organization": "nobody", "date": "2023-06-10", "document": "CV 1"}}"#;
    let rows = [
        (Role::ManagingAuthority, today, "Deny 15.2.c/document: Điều 15 khoản 2 điểm c"),
        (Role::ManagingAuthority, tomorrow, "Deny 15.2.c/happened: Điều 15 khoản 2 điểm c"),
        (Role::ManagingAuthority, nobody, "Deny 2/known-organization: Điều 2"),
        (Role::SiteOperator, today, "Deny 3.8/role 15.2.c/document: Điều 15 khoản 1; Điều 15 khoản 2 điểm c"),
    ];
    for (role, json, expected) in rows {
        let mut world = World::new();
        assert_eq!(summary(&world.ask(keep(role, json), NOW)), expected, "{json}");
        assert!(world.registry.record().entries.is_empty());
    }
}

#[test]
fn a_difficulty_takes_its_steps_in_order() {
    use DifficultyStatus as S;
    // Each status, and what it may become.
    for (path, allowed) in [
        (&[][..], &[S::Reported, S::Closed][..]),
        (&[S::Reported], &[S::Decided]),
        (&[S::Reported, S::Decided], &[S::Closed]),
        (&[S::Reported, S::Decided, S::Closed], &[]),
    ] {
        for next in S::ALL {
            let mut world = World::new();
            let decision = world.ask(told(tell("so-y-te", "xã cần thêm điểm cầu")), NOW);
            assert_eq!(basis(&decision), "Permit Điều 20 khoản 3");
            for to in path {
                assert!(world.ask(step(*to, "BC 1"), "2023-06-15T08:00").is_permit());
            }
            let decision = world.ask(step(next, "BC 2"), "2023-06-16T08:00");
            let expected = match allowed.contains(&next) {
                true => "Permit",
                false => "Deny 20.3/step: Điều 20 khoản 3",
            };
            assert_eq!(summary(&decision), expected, "{path:?} then {next:?}");
            let now = if decision.is_permit() { next } else { path.last().copied().unwrap_or(S::Open) };
            assert_eq!(world.registry.record().difficulties[0].status(), now);
        }
    }
}

#[test]
fn what_refuses_a_difficulty() {
    let told_by = |role| TellDifficulty { actor: actor("Lê Thị Hoa", role), ..tell("so-y-te", "x") };
    let of_noi_vu =
        lhtt_core::request::Actor { organization: Some("so-noi-vu".into()), ..actor("Lê Thị Hoa", Role::Office) };
    let at_da_lat = lhtt_core::request::Actor { site: Some("da-lat".into()), ..actor("An", Role::SiteOperator) };
    let rows = [
        (told(tell("nobody", "x")), "Deny 2/known-organization: Điều 2"),
        (told(tell("so-y-te", " ")), "Deny 20.3/text: Điều 20 khoản 3"),
        (told(told_by(Role::Auditor)), "Deny 3.8/role: Điều 20 khoản 3"),
        (told(TellDifficulty { actor: of_noi_vu, ..tell("so-y-te", "x") }), "Deny 20.3/own: Điều 20 khoản 3"),
        (told(TellDifficulty { actor: at_da_lat.clone(), ..tell("so-y-te", "x") }), "Deny 20.3/own: Điều 20 khoản 3"),
        (told(TellDifficulty { actor: at_da_lat, ..tell("ubnd-da-lat", "x") }), "Permit"),
        (step(DifficultyStatus::Reported, "BC 1"), "Deny 20.3/known: Điều 20 khoản 3"),
    ];
    for (request, expected) in rows {
        assert_eq!(summary(&World::new().ask(request.clone(), NOW)), expected, "{request:?}");
    }
    for (to, expected) in [
        (DifficultyStatus::Reported, "Deny 20.3/document: Điều 20 khoản 3"),
        // What is settled at once needs no document.
        (DifficultyStatus::Closed, "Permit"),
    ] {
        let mut world = World::new();
        world.ask(told(tell("so-y-te", "x")), NOW);
        assert_eq!(summary(&world.ask(step(to, ""), NOW)), expected);
    }
}

/// A session that was called off has no record, live or by its facts.
#[test]
fn a_session_called_off_is_the_same_by_its_facts() {
    let mut world = crate::world::World::new();
    world.session();
    let cancel = json!({"planning": {"cancel": {"registration": 1, "reason": "hoãn",
        "actor": {"name": "Trần Thị Lan", "role": "site_operator", "site": "so-y-te"}}}});
    let decision = world.ask(serde_json::from_value(cancel).unwrap(), "2023-06-14T08:00");
    assert!(decision.is_permit(), "{}", decision.render_en());
    assert_eq!(lhtt_core::Registry::from_facts(world.registry.facts()), Ok(world.registry));
}
