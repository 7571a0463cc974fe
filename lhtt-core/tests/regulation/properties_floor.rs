//! What holds of control and floor whatever is asked, in whatever order.

use crate::stage::{Stage, of_site, who};
use lhtt_core::registry::floor::{FloorKind, FloorState, Queue};
use lhtt_core::submission::Member;
use lhtt_core::time::Wall;
use lhtt_core::{Decision, FloorRequestId, Moment, Registry, Request, SessionId, decide};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const SITES: [&str; 5] = ["so-y-te", "da-lat", "duc-trong", "hiep-thanh", "bao-loc"];
const START: &str = "2023-06-15T08:00";

fn site() -> impl Strategy<Value = &'static str> {
    select(SITES.to_vec())
}

fn actor() -> impl Strategy<Value = Value> {
    let roles = vec!["mcu_operator", "mcu_operator", "managing_authority", "technical_operator", "auditor"];
    prop_oneof![3 => site().prop_map(of_site), 2 => select(roles).prop_map(who)]
}

/// Acts on control: grants that come and go, hand-overs, losses, agencies that change their level.
fn control_act() -> impl Strategy<Value = Value> {
    let grants = select(vec!["cap-tinh", "cap-huyen", "g1", "g2"]);
    let tiers = select(vec!["province", "district_and_affiliated", "commune"]);
    (0..9u8, site(), actor(), grants, tiers, 0..120i64).prop_map(|(which, site, actor, grant, tier, minutes)| {
        let until = Moment::parse("2023-06-15T08:00:00+07:00").unwrap().plus_seconds(minutes * 60);
        let act = match which {
            0 => json!({"grant_control": {"id": grant, "grant": {
                "tier": tier, "from": "2023-06-05T00:00:00+07:00", "until": until, "by": who("managing_authority"),
            }}}),
            1 => json!({"withdraw_grant": {"id": grant, "actor": actor}}),
            2 => json!({"request_control": {"session": 1, "actor": actor}}),
            3 | 4 => json!({"hand_over_control": {"session": 1, "actor": who("mcu_operator")}}),
            5 => json!({"return_control": {"session": 1, "actor": actor}}),
            6 => json!({"withdraw_control": {"session": 1, "actor": actor}}),
            7 => json!({"hand_over_control": {"session": 1, "site": site, "actor": actor}}),
            _ => {
                json!({"chair_lost": {"session": 1, "since": "2023-06-15T07:00:00+07:00", "to": site, "actor": actor}})
            }
        };
        json!({"floor": act})
    })
}

/// Acts on the floor of session 1.
fn floor_act() -> impl Strategy<Value = Value> {
    (0..14u8, site(), actor(), 1..8u64, select(vec!["lowest", "normal", "high"]), prop::option::of(0..90u32)).prop_map(
        |(which, site, actor, id, priority, limit)| {
            let member = json!({"site": site});
            let turn = json!({"session": 1, "request": id, "actor": actor});
            let line = json!({"session": 1, "member": member, "actor": who("mcu_operator")});
            let operator = who("mcu_operator");
            let act = match which {
                0..=2 => json!({"ask_floor": {"session": 1, "actor": of_site(site)}}),
                3 => json!({"ask_floor": {"session": 1, "floor": "content", "actor": of_site(site)}}),
                4 => json!({"accept_floor": turn}),
                5 => json!({"grant_floor": {"session": 1, "request": id, "limit_s": limit, "actor": operator}}),
                6 => json!({"grant_floor": {"session": 1, "limit_s": limit, "actor": operator}}),
                7 => json!({"grant_floor": {"session": 1, "floor": "content", "actor": actor}}),
                8 => json!({"revoke_floor": turn}),
                9 => json!({"release_floor": {"session": 1, "request": id, "actor": of_site(site)}}),
                10 => {
                    json!({"prioritize_floor": {"session": 1, "request": id, "priority": priority, "actor": operator}})
                }
                11 => json!({"line_lost": line}),
                12 => json!({"line_back": line}),
                _ => json!({"deny_floor": turn}),
            };
            json!({"floor": act})
        },
    )
}

/// Invitations by the chair and others, and legs that call in.
fn invitation_act() -> impl Strategy<Value = Value> {
    (0..5u8, select(vec!["da-lat", "bao-loc", "so-noi-vu", "don-duong"]), actor(), 1..5u64).prop_map(
        |(which, site, actor, id)| match which {
            0 => json!({"floor": {"request_intervention": {
                "session": 1, "wanted": {"add_member": {"site": site}}, "actor": of_site("so-y-te"),
            }}}),
            1 => json!({"floor": {"execute_intervention": {"session": 1, "intervention": id, "actor": actor}}}),
            2 => json!({"floor": {"add_unlisted": {"session": 1, "member": {"site": site}, "actor": actor}}}),
            3 => json!({"join": {"join": id, "party": {"site": site}, "called": {"alias": "1001"}}}),
            _ => json!({"leave": {"join": id, "reason": {"code": "hang_up"}}}),
        },
    )
}

/// Plays acts with the time that passes before each, and shows each step.
fn play(
    facts: Value,
    acts: Vec<(Value, i64)>,
    mut each: impl FnMut(&Registry, &Registry, &Request, &Decision, Moment),
) -> Registry {
    let mut registry = Stage::new(facts).registry;
    let mut now = crate::world::at(START).unix_millis();
    for (act, passed) in acts {
        now += passed;
        let request: Request = serde_json::from_value(act).unwrap();
        let decision = decide(&registry, &request, Wall::trusted(now));
        assert!(decision.is_permit() || !decision.citations().is_empty(), "{request:?} is refused without a citation");
        assert!(decision.findings.iter().all(|finding| !finding.citations.is_empty()));
        let before = registry.clone();
        registry.apply_all(&decision.changes).unwrap_or_else(|error| panic!("{request:?}: {error}"));
        each(&before, &registry, &request, &decision, Moment::from_unix_millis(now));
    }
    registry
}

fn acts<S: Strategy<Value = Value>>(act: S) -> impl Strategy<Value = Vec<(Value, i64)>> {
    prop::collection::vec((act, 0..45_000i64), 1..40)
}

/// The names of those who wait to speak, first first.
fn waiting(registry: &Registry, at: Moment) -> Vec<FloorRequestId> {
    let requests = registry.floor().session(SessionId(1)).into_iter().flat_map(|one| &one.requests);
    Queue::of(requests, FloorKind::Speech, 30, at).into_iter().map(|(id, _)| id).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, rng_seed: RngSeed::Fixed(1095), failure_persistence: None, ..ProptestConfig::default() })]

    /// Control has at most one holder, of an eligible level, under a grant, the chair site or another of its agency.
    #[test]
    fn control_is_held_by_one_site_that_may(acts in acts(control_act())) {
        play(json!({}), acts, |_, registry, request, _, at| {
            let session = registry.session(SessionId(1)).unwrap();
            let holder = registry.control_holder(SessionId(1), at);
            assert!(holder.is_none() || registry.control_state(SessionId(1), at).holder() == holder, "{request:?}");
            let Some(holder) = holder else { return };
            let site = registry.site(holder).unwrap();
            let agency = registry.organization(&site.organization).unwrap();
            assert!(registry.profile().control.eligible_tiers.contains(&agency.tier.unwrap()), "{request:?}");
            assert_eq!(agency.id, session.agency, "{request:?}");
            let grants = registry.floor().grants.values();
            assert!(grants.filter(|grant| grant.covers(site, agency)).any(|grant| grant.in_force(at)), "{request:?}");
        });
    }

    /// Two who wait for the floor pass each other only by a word of the chair or by being away longer than the grace.
    #[test]
    fn the_queue_keeps_its_order(acts in acts(floor_act())) {
        play(json!({}), acts, |before, after, request, decision, at| {
            let text = serde_json::to_string(request).unwrap();
            if text.contains("prioritize_floor") && decision.is_permit() {
                return;
            }
            let passed: BTreeSet<_> = requeued(after);
            let [old, new] = [waiting(before, at), waiting(after, at)];
            let kept = |queue: &[FloorRequestId], other: &[FloorRequestId]| {
                queue.iter().copied().filter(|id| other.contains(id) && !passed.contains(id)).collect::<Vec<_>>()
            };
            assert_eq!(kept(&old, &new), kept(&new, &old), "{text}");
        });
    }

    /// One speaker and one presentation at a time, and everybody who has or waits for a floor is on the list.
    #[test]
    fn one_has_the_floor(acts in acts(floor_act())) {
        play(json!({}), acts, |_, registry, request, _, _| {
            let session = registry.session(SessionId(1)).unwrap();
            let Some(floor) = registry.floor().session(SessionId(1)) else { return };
            for kind in [FloorKind::Speech, FloorKind::Content] {
                let granted = floor.requests.values().filter(|one| one.floor == kind && one.state == FloorState::Granted);
                assert!(granted.count() <= 1, "{request:?}");
            }
            assert!(floor.requests.values().all(|one| session.seat(&one.member).is_some()));
        });
    }

    /// A leg's site is on the list as it was accepted, or the chair invited it while the session ran.
    #[test]
    fn a_leg_is_of_a_listed_or_invited_site(acts in acts(invitation_act())) {
        let mut invited: BTreeSet<Member> = BTreeSet::new();
        let first = Stage::new(json!({})).registry;
        let listed: BTreeSet<_> = first.session(SessionId(1)).unwrap().seats.iter().map(|seat| seat.member.clone()).collect();
        play(json!({}), acts, |_, registry, request, decision, _| {
            if let (Request::Floor(act), true) = (request, decision.is_permit())
                && let lhtt_core::request::FloorAct::RequestIntervention(asked) = &**act
                && let lhtt_core::registry::floor::Wanted::AddMember(member) = &asked.wanted
            {
                assert_eq!(asked.actor.site, Some("so-y-te".into()), "the chair invites");
                invited.insert(member.clone());
            }
            let session = registry.session(SessionId(1)).unwrap();
            assert!(session.seats.windows(2).all(|pair| pair[0].member < pair[1].member));
            assert!(session.seats.iter().all(|seat| listed.contains(&seat.member) || invited.contains(&seat.member)));
            assert!(registry.joins().all(|one| session.seat(&one.member).is_some()));
        });
    }

    /// Facts read back as they were written, whatever happened before.
    #[test]
    fn facts_of_any_history_read_back(acts in acts(prop_oneof![control_act(), floor_act(), invitation_act()])) {
        let registry = play(json!({}), acts, |_, _, _, _, _| {});
        let facts: lhtt_core::Facts = serde_json::from_value(serde_json::to_value(registry.facts()).unwrap()).unwrap();
        prop_assert_eq!(Registry::from_facts(facts).unwrap(), registry);
    }
}

/// Sign-ups that went to the back because their member was away too long, and those that are away now.
fn requeued(registry: &Registry) -> BTreeSet<FloorRequestId> {
    let requests = registry.floor().session(SessionId(1)).into_iter().flat_map(|one| &one.requests);
    requests.filter(|(_, one)| one.requeued_at.is_some() || one.away_since.is_some()).map(|(id, _)| *id).collect()
}
