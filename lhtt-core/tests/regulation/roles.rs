//! Roles and actions (regulation text, Điều 3 khoản 8 to 11): the whole table in `tests/data/roles.txt`, and every cell of it by an actor.

use crate::stage::{Stage, floor, of_site, who};
use lhtt_core::actor::action::{Action, Capacity, Permission, permission};
use serde_json::{Value, json};
use std::fmt::Write;

/// E may, o its own, C by the Centre, I by intervention, – may not.
#[test]
fn the_table_is_as_written_down() {
    let mut text = String::new();
    for action in Action::ALL {
        let cells: Vec<_> = Capacity::ALL.into_iter().map(|capacity| letter(permission(capacity, action))).collect();
        writeln!(text, "{:<19} {}", format!("{action:?}"), cells.join(" ")).unwrap();
    }
    let legend: Vec<_> =
        Capacity::ALL.into_iter().enumerate().map(|(at, one)| format!("{}: {one:?}", at + 1)).collect();
    let head = format!("# {}\n{:<19} {}\n", legend.join(", "), "", "1 2 3 4 5 6 7 8 9 10 11");
    let text = head + &text;
    assert_eq!(text, include_str!("../data/roles.txt"), "\n{text}");
}

fn letter(permission: Permission) -> &'static str {
    match permission {
        Permission::May => "E",
        Permission::Own => "o",
        Permission::ByCentre => "C",
        Permission::ByIntervention => "I",
        Permission::No => "–",
        _ => "?",
    }
}

/// Every capacity that an actor can have, and every act of control and floor that asks for an action: refused by `3.8/role` exactly
/// where the table says so, and then by the name of whoever could.
#[test]
fn every_cell_is_asked_for_by_an_actor() {
    let rows: [(Action, Value); 11] = [
        (Action::Picture, command(json!("mute_all"))),
        (Action::Lock, command(json!({"lock": true}))),
        (Action::AdmitListed, command(json!({"redial": {"site": "duc-trong"}}))),
        (Action::GrantFloor, floor("grant_floor", json!({"session": 1}))),
        (Action::AskFloor, floor("ask_floor", json!({"session": 1, "member": {"site": "duc-trong"}}))),
        (Action::AskControl, floor("request_control", json!({"session": 1, "site": "so-y-te"}))),
        (Action::HandControl, floor("hand_over_control", json!({"session": 1}))),
        (Action::TakeControl, floor("withdraw_control", json!({"session": 1}))),
        (Action::AskIntervention, floor("request_intervention", json!({"session": 1, "wanted": "technical"}))),
        (Action::Intervene, floor("execute_intervention", json!({"session": 1, "intervention": 1}))),
        (Action::Scenario, floor("set_scenario", json!({"session": 1, "scenario": {"document": "KB-01"}}))),
    ];
    for (action, request) in rows {
        for capacity in Capacity::ALL {
            let (facts, actor) = actor(capacity);
            let mut request = request.clone();
            let act = request["floor"].as_object_mut().unwrap().values_mut().next().unwrap();
            act["actor"] = actor;
            let decision = Stage::new(facts).decide("2023-06-15T08:30", request);
            let refused = decision.findings.iter().find(|finding| finding.rule == "3.8/role");
            let allowed = matches!(permission(capacity, action), Permission::May | Permission::Own);
            assert_eq!(refused.is_none(), allowed, "{action:?} {capacity:?}: {}", decision.render_en());
            let Some(remedy) = refused.and_then(|finding| finding.remedy.as_ref()) else { continue };
            let could = Capacity::ALL.into_iter().filter(|one| permission(*one, action) == Permission::May);
            let mut named = could.map(|one| one.role().en()).chain(["operator of the chair site"]);
            let named = named.any(|name| remedy.en.contains(name));
            assert!(named || remedy.en.contains("MCU operator"), "{action:?} {capacity:?}: {}", remedy.en);
        }
    }
}

fn command(command: Value) -> Value {
    floor("command", json!({"session": 1, "command": command}))
}

/// The facts in which somebody has this capacity in session 1, and who.
fn actor(capacity: Capacity) -> (Value, Value) {
    let commune = json!({"sessions": [{
        "id": 1, "agency": "ubnd-xa-hiep-thanh", "chair_site": "hiep-thanh",
        "seats": [{"member": {"site": "duc-trong"}, "legs": 1}, {"member": {"site": "hiep-thanh"}, "legs": 1}],
    }]});
    match capacity {
        Capacity::ChairOperator => (json!({}), of_site("so-y-te")),
        Capacity::CentreOperatedChair => (commune, of_site("hiep-thanh")),
        Capacity::MemberOperator => (json!({}), of_site("duc-trong")),
        other => (json!({}), who(serde_json::to_value(other.role()).unwrap().as_str().unwrap())),
    }
}
