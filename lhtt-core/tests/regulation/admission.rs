//! Whole spaces of the estate: every state of a site by every event, and quotas under any interleaving.

use crate::estate::{asked, one_more};
use crate::world::{summary, wall};
use lhtt_core::registry::estate::SiteState;
use lhtt_core::{Decision, Moment, OrganizationId, Outcome, Registry, Request, SiteId, decide};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};
use std::fmt::Write;

const STATES: [&str; 9] =
    ["none", "proposed", "arranged", "applied", "assessed pass", "assessed fail", "admitted", "suspended", "withdrawn"];
const EVENTS: [&str; 9] =
    ["propose", "arrange", "apply", "assess pass", "assess fail", "admit", "suspend", "resume", "withdraw"];

fn act(event: &str, site: &str) -> Value {
    let (name, verdict) = event.split_once(' ').unwrap_or((event, ""));
    let mut fields = json!({ "site": site, "actor": { "name": "Phạm Thị Hoa", "role": "managing_authority" } });
    match name {
        "propose" => {
            fields["name"] = json!("Mới");
            fields["organization"] = json!("ubnd-tinh");
        }
        "assess" => {
            fields["result"] = json!(verdict);
            fields["date"] = json!("2023-06-14");
            fields["evidence"] = json!("Biên bản 12");
        }
        "suspend" | "withdraw" => fields["reason"] = json!("sửa phòng họp"),
        _ => {}
    }
    json!({ "estate": { name: fields } })
}

fn facts(state: &str) -> Value {
    match state.split_once(' ') {
        None if state == "none" => json!({}),
        None => one_more("ubnd-tinh", json!(state)),
        Some((name, verdict)) => one_more("ubnd-tinh", json!({ name: verdict })),
    }
}

/// The state a decision moves the site to.
fn to(facts: &Value, decision: &Decision) -> String {
    let document =
        json!({ "at": "2023-06-14T12:00:00+07:00", "facts": facts, "query": { "estate": { "roster_gaps": {} } } });
    let mut registry = lhtt_core::Case::from_json(&document.to_string()).unwrap().registry().unwrap();
    registry.apply_all(&decision.changes).unwrap();
    serde_json::to_string(&registry.site_state(&"moi".into())).unwrap()
}

/// With every condition met, what remains is the order of the steps (Điều 9): `tests/data/site-machine.txt`.
#[test]
fn every_state_by_every_event_is_as_written_down() {
    let mut text = String::new();
    for state in STATES {
        for event in EVENTS {
            let facts = facts(state);
            let decision = asked(&facts, "2023-06-14T12:00:00", &act(event, "moi"));
            let came = match decision.is_permit() {
                true => to(&facts, &decision),
                false => summary(&decision),
            };
            writeln!(text, "{state:<14} {event:<12} {came}").unwrap();
        }
    }
    assert_eq!(text, include_str!("../data/site-machine.txt"), "\n{text}");
}

#[derive(Clone, Debug)]
enum Move {
    Propose(usize, usize),
    Step(&'static str, usize),
    Grant(usize, u32),
    Room(usize, &'static str, &'static str),
}

const AGENCIES: [&str; 6] =
    ["so-y-te", "ubnd-duc-trong", "huyen-uy-duc-trong", "ubnd-xa-hiep-thanh", "bv-tinh", "ubmttq-tinh"];

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let events =
        vec!["arrange", "arrange", "apply", "assess pass", "assess fail", "admit", "suspend", "resume", "withdraw"];
    let one = prop_oneof![
        3 => (0..6usize, 0..AGENCIES.len()).prop_map(|(site, agency)| Move::Propose(site, agency)),
        9 => (prop::sample::select(events), 0..6usize).prop_map(|(event, site)| Move::Step(event, site)),
        1 => (0..3usize, 1..3u32).prop_map(|(grant, extra)| Move::Grant(grant, extra)),
        1 => (0..6usize, prop::sample::select(vec!["k1", "k2", "k5"]), prop::sample::select(vec!["pass", "fail"]))
            .prop_map(|(site, condition, result)| Move::Room(site, condition, result)),
    ];
    prop::collection::vec(one, 1..80)
}

fn requests(one: &Move) -> Vec<Value> {
    let actor = json!({ "name": "Phạm Thị Hoa", "role": "managing_authority" });
    let paper = |by: &str| json!({ "number": "1", "date": "2023-06-01", "issued_by": by });
    let check = |site: usize, condition: &str, result: &str| {
        json!({ "estate": { "check_room": {
            "actor": actor, "site": format!("s{site}"), "condition": condition, "result": result,
            "assessed_by": "An", "date": "2023-06-05", "evidence": "7",
        } } })
    };
    match one {
        Move::Propose(site, agency) => {
            let propose = json!({ "estate": { "propose": {
                "actor": actor, "site": format!("s{site}"), "name": "Mới", "organization": AGENCIES[*agency]
            } } });
            let room = ["k1", "k2", "k3", "k4", "k5"].map(|condition| check(*site, condition, "pass"));
            std::iter::once(propose).chain(room).collect()
        }
        Move::Step(event, site) => vec![act(event, &format!("s{site}"))],
        Move::Grant(grant, extra) => vec![
            json!({ "estate": { "plan_sites": {
                "actor": actor, "grant": format!("g{grant}"), "commune": "ubnd-xa-hiep-thanh", "extra": extra,
                "plan": paper("UBND huyện"), "from": "2023-06-01",
            } } }),
            json!({ "estate": { "approve_plan": {
                "actor": actor, "grant": format!("g{grant}"), "approval": paper("UBND tỉnh")
            } } }),
        ],
        Move::Room(site, condition, result) => vec![check(*site, condition, result)],
    }
}

fn holding(registry: &Registry, agencies: &[&str]) -> u32 {
    let of = |id: &OrganizationId| agencies.contains(&id.as_str());
    let holds = |id: &SiteId| registry.site_state(id).is_some_and(SiteState::holds_slot);
    registry.sites().filter(|site| of(&site.organization) && holds(&site.id)).count() as u32
}

fn quotas_hold(registry: &Registry) {
    assert!(holding(registry, &["so-y-te"]) <= 1);
    assert!(holding(registry, &["ubmttq-tinh"]) <= 1);
    assert!(holding(registry, &["bv-tinh"]) <= 1, "nobody overrides here");
    assert!(holding(registry, &["ubnd-duc-trong", "huyen-uy-duc-trong"]) <= 2);
    let grants = registry.estate().quota_grants.values();
    let extra: u32 = grants.filter(|grant| grant.is_approved()).map(|grant| grant.extra).sum();
    assert!(holding(registry, &["ubnd-xa-hiep-thanh"]) <= 1 + extra);
}

fn admission_is_founded(registry: &Registry, request: &Value, decision: &Decision) {
    let Some(site) = request["estate"]["admit"]["site"].as_str().filter(|_| decision.is_permit()) else { return };
    let record = registry.estate().site(&site.into()).unwrap();
    let room = serde_json::to_value(&record.room).unwrap();
    assert!(["k1", "k2", "k3", "k4", "k5"].iter().all(|one| room[one]["result"] == "pass"), "{room}");
    let assessment = record.assessment.as_ref().expect("an assessment");
    assert_eq!(serde_json::to_value(assessment.result).unwrap(), "pass");
    assert_eq!(serde_json::to_value(record.state).unwrap(), json!({ "assessed": "pass" }));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, rng_seed: RngSeed::Fixed(1095), failure_persistence: None, ..ProptestConfig::default() })]

    /// Điều 7, 9: no interleaving of steps and grants exceeds a quota or admits without its conditions; every refusal cites.
    #[test]
    fn no_interleaving_exceeds_a_quota_or_admits_without_its_conditions(moves in moves()) {
        let document = json!({ "at": "2023-06-14T12:00:00+07:00", "query": { "estate": { "roster_gaps": {} } } });
        let mut registry = lhtt_core::Case::from_json(&document.to_string()).unwrap().registry().unwrap();
        let mut now = Moment::from(wall("2023-06-14T12:00"));
        for request in moves.iter().flat_map(requests) {
            now = now.plus_seconds(1);
            let asked: Request = serde_json::from_value(request.clone()).unwrap();
            let decision = decide(&registry, &asked, lhtt_core::time::Wall::trusted(now.unix_millis()));
            prop_assert!(decision.is_permit() || decision.findings.iter().any(|one| one.refuses()));
            prop_assert!(decision.findings.iter().all(|one| !one.citations.is_empty()));
            prop_assert!(decision.is_permit() || decision.changes.is_empty());
            prop_assert!(decision.outcome != Outcome::Permit || !decision.citations().is_empty(), "{request}");
            admission_is_founded(&registry, &request, &decision);
            registry.apply_all(&decision.changes).unwrap();
            quotas_hold(&registry);
        }
        let kept: Registry = serde_json::from_str(&serde_json::to_string(&registry).unwrap()).unwrap();
        prop_assert_eq!(kept, registry);
    }
}
