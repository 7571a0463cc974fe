//! Điều 13 khoản 1, 3 điểm b and c: the floor queue, commands and interventions.

use crate::stage::{Stage, floor, of_site, who};
use crate::world::at_site;
use lhtt_core::registry::floor::{FloorEvent, FloorState, InterventionEvent, InterventionState};
use lhtt_core::{Request, SessionId};
use serde_json::{Value, json};
use std::fmt::Write;

const DURING: &str = "2023-06-15T08:30";
const B: &str = "Điều 13 khoản 3 điểm b";

/// Session 1, controlled by its chair site, so-y-te.
fn held() -> Value {
    json!({"floor": {"sessions": {"1": {"control": {"delegated": "so-y-te"}}}}})
}

fn ask(site: &str) -> Value {
    floor("ask_floor", json!({"session": 1, "actor": of_site(site)}))
}

fn turn(act: &str, request: u64, actor: Value) -> Value {
    floor(act, json!({"session": 1, "request": request, "actor": actor}))
}

fn line(act: &str, site: &str) -> Value {
    floor(act, json!({"session": 1, "member": {"site": site}, "actor": of_site(site)}))
}

fn chair() -> Value {
    of_site("so-y-te")
}

/// Who waits, first first.
fn queue(stage: &Stage, when: &str) -> Vec<String> {
    let queue = stage.query(when, json!({"floor": {"queue": {"session": 1}}}));
    queue["waiting"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn members_sign_up_and_the_chair_gives_the_floor() {
    let mut stage = Stage::new(held());
    let mut ask_for = |request, expected: &str| assert_eq!(stage.ask(DURING, request), expected);
    let own = format!("Deny 13.3.b/own: {B}");
    let turn_refused = format!("Deny 13.3.b/turn: {B}");
    let known = format!("Deny 13.3.b/request-known: {B}");
    ask_for(floor("grant_floor", json!({"session": 1, "actor": chair()})), &known);
    ask_for(ask("da-lat"), "Permit");
    ask_for(ask("da-lat"), &format!("Deny 13.3.b/one-request: {B}"));
    ask_for(floor("ask_floor", json!({"session": 1, "floor": "content", "actor": of_site("da-lat")})), "Permit");
    ask_for(ask("bao-loc"), "Deny 3.7/invited: Điều 3 khoản 7");
    ask_for(
        floor("ask_floor", json!({"session": 1, "member": {"site": "duc-trong"}, "actor": of_site("da-lat")})),
        &own,
    );
    ask_for(floor("ask_floor", json!({"session": 1, "member": {"peer": "chinh-phu"}, "actor": chair()})), "Permit");
    ask_for(ask("duc-trong"), "Permit");
    ask_for(turn("accept_floor", 1, of_site("da-lat")), &format!("Deny 3.8/role: {B}"));
    ask_for(turn("accept_floor", 1, chair()), "Permit");
    ask_for(turn("accept_floor", 1, chair()), &turn_refused);
    ask_for(turn("accept_floor", 9, chair()), &known);
    ask_for(turn("release_floor", 1, of_site("da-lat")), &turn_refused);
    ask_for(floor("grant_floor", json!({"session": 1, "actor": chair()})), "Permit");
    ask_for(floor("grant_floor", json!({"session": 1, "actor": chair()})), &format!("Deny 13.3.b/floor-free: {B}"));
    ask_for(turn("grant_floor", 2, chair()), "Permit");
    ask_for(turn("release_floor", 1, of_site("duc-trong")), &own);
    ask_for(turn("release_floor", 1, of_site("da-lat")), "Permit");
    ask_for(turn("deny_floor", 3, who("mcu_operator")), "Permit");
    ask_for(floor("grant_floor", json!({"session": 1, "actor": who("mcu_operator")})), "Permit");
    ask_for(turn("revoke_floor", 4, chair()), "Permit");
    ask_for(ask("duc-trong"), "Permit");
    ask_for(turn("cancel_floor", 5, of_site("duc-trong")), "Permit");
    ask_for(turn("cancel_floor", 5, of_site("duc-trong")), &turn_refused);
    ask_for(turn("grant_floor", 5, chair()), &turn_refused);
    ask_for(turn("grant_floor", 9, chair()), &known);
}

#[test]
fn a_chair_without_control_asks_the_centre() {
    let centre = json!({"floor": {"sessions": {"1": {"control": "centre_operated"}}}});
    let mut stage = Stage::new(centre);
    stage.ask(DURING, ask("da-lat"));
    let grant = |actor: Value, decided: Value| {
        floor("grant_floor", json!({"session": 1, "request": 1, "actor": actor, "decided_by": decided}))
    };
    assert_eq!(stage.ask(DURING, grant(chair(), json!(null))), "Deny 5.6/holds-control: Điều 5 khoản 6 [A-31]");
    assert_eq!(
        stage.ask(DURING, grant(who("mcu_operator"), of_site("da-lat"))),
        format!("Deny 13.3.b/chair-decides: {B} [A-07]")
    );
    assert_eq!(stage.ask(DURING, grant(who("mcu_operator"), chair())), "Permit");
}

/// a commune's chair decides, the Centre carries it out, and says who decided.
#[test]
fn for_a_commune_the_centre_gives_the_floor_on_the_chairs_word() {
    let facts = json!({"sessions": [{
        "id": 1, "agency": "ubnd-xa-hiep-thanh", "chair_site": "hiep-thanh",
        "seats": [{"member": {"site": "da-lat"}, "legs": 1}, {"member": {"site": "hiep-thanh"}, "legs": 1}],
    }]});
    let mut stage = Stage::new(facts);
    stage.ask(DURING, ask("da-lat"));
    let decision = stage.decide(DURING, turn("grant_floor", 1, of_site("hiep-thanh")));
    assert!(decision.findings[0].remedy.as_ref().unwrap().en.contains("MCU operator"));
    let accept = |decided: Value| {
        let actor = who("mcu_operator");
        floor("accept_floor", json!({"session": 1, "request": 1, "actor": actor, "decided_by": decided}))
    };
    let mut silent = Stage { registry: stage.registry.clone() };
    assert_eq!(silent.ask(DURING, accept(json!(null))), format!("Permit 13.3.b/chair-decides: {B} [A-07]"));
    assert_eq!(stage.ask(DURING, accept(of_site("hiep-thanh"))), "Permit");
}

/// The order is priority, receipt, number; who is away longer than the grace goes to the back.
#[test]
fn the_queue_keeps_its_order_and_a_reconnecting_site_its_place() {
    let mut stage = Stage::new(held());
    stage.ask("2023-06-15T09:00:00.100", ask("duc-trong"));
    stage.ask("2023-06-15T09:00:00.101", ask("da-lat"));
    let names = ["duc-trong", "da-lat"];
    assert_eq!(queue(&stage, "2023-06-15T09:00:01"), names);
    stage.ask("2023-06-15T09:00:10", line("line_lost", "duc-trong"));
    assert_eq!(queue(&stage, "2023-06-15T09:00:40"), names, "within the grace");
    assert_eq!(queue(&stage, "2023-06-15T09:00:40.001"), ["da-lat", "duc-trong"], "past it");
    let mut in_time = Stage { registry: stage.registry.clone() };
    in_time.ask("2023-06-15T09:00:40", line("line_back", "duc-trong"));
    assert_eq!(queue(&in_time, "2023-06-15T09:05"), names);
    stage.ask("2023-06-15T09:00:40.001", line("line_back", "duc-trong"));
    assert_eq!(queue(&stage, "2023-06-15T09:05"), ["da-lat", "duc-trong"]);
    let shown = stage.query("2023-06-15T09:05", json!({"floor": {"queue": {"session": 1}}}));
    assert_eq!(shown["waiting"][1]["requeued_at"], "2023-06-15T09:00:40.001+07:00", "with a note");
    let urgent = floor("prioritize_floor", json!({"session": 1, "request": 1, "priority": "high", "actor": chair()}));
    assert_eq!(stage.ask("2023-06-15T09:06", urgent), "Permit");
    assert_eq!(queue(&stage, "2023-06-15T09:06"), names);
    let stranger =
        floor("line_back", json!({"session": 1, "member": {"site": "da-lat"}, "actor": of_site("duc-trong")}));
    assert_eq!(stage.ask("2023-06-15T09:07", stranger), format!("Deny 13.3.b/own: {B}"));
}

/// A line says something of its own member only, and of what is not over.
#[test]
fn a_line_concerns_its_own_member() {
    let mut stage = Stage::new(held());
    stage.ask("2023-06-15T09:00:00", ask("da-lat"));
    let unchanged = |decision: lhtt_core::Decision| decision.is_permit() && decision.changes.is_empty();
    assert!(unchanged(stage.decide("2023-06-15T09:00:01", line("line_lost", "duc-trong"))));
    assert!(unchanged(stage.decide("2023-06-15T09:00:01", line("line_back", "da-lat"))));
    assert!(!unchanged(stage.decide("2023-06-15T09:00:02", line("line_lost", "da-lat"))));
    assert!(unchanged(stage.decide("2023-06-15T09:00:03", line("line_lost", "da-lat"))), "it is down already");
    assert!(unchanged(stage.decide("2023-06-15T09:00:03", line("line_back", "duc-trong"))));
    stage.ask("2023-06-15T09:00:04", turn("cancel_floor", 1, of_site("da-lat")));
    assert!(unchanged(stage.decide("2023-06-15T09:00:05", line("line_back", "da-lat"))), "it is over");
    assert!(unchanged(stage.decide("2023-06-15T09:00:06", line("line_lost", "da-lat"))));
}

/// Legs that leave and join tell the queue by themselves.
#[test]
fn a_leg_that_leaves_and_joins_tells_the_queue() {
    let mut stage = Stage::new(held());
    let join = |id: u64| serde_json::to_value(crate::world::call(id, at_site("duc-trong"), "1001")).unwrap();
    let leave = |id: u64| json!({"leave": {"join": id, "reason": {"code": "hang_up"}}});
    assert_eq!(stage.ask("2023-06-15T08:00", join(1)), "Permit");
    stage.ask("2023-06-15T09:00:00.100", ask("duc-trong"));
    stage.ask("2023-06-15T09:00:00.101", ask("da-lat"));
    stage.ask("2023-06-15T09:00:10", leave(1));
    stage.ask("2023-06-15T09:00:41", join(2));
    assert_eq!(queue(&stage, "2023-06-15T09:01"), ["da-lat", "duc-trong"]);
    stage.ask("2023-06-15T09:02:00", leave(2));
    let shown = stage.query("2023-06-15T09:02:10", json!({"floor": {"queue": {"session": 1}}}));
    assert_eq!(shown["waiting"][1]["away"], true);
}

/// A site that is reported lost and back keeps or loses its place in the same way.
#[test]
fn a_site_that_is_lost_and_back_tells_the_queue() {
    let mut stage = Stage::new(held());
    let start = json!({"conduct": {"session": 1, "actor": who("mcu_operator"), "do": "start"}});
    assert!(stage.decide("2023-06-15T08:00", start).is_permit());
    let told = |what: &str| json!({"conduct": {"session": 1, "actor": who("mcu_operator"), "do": {what: {"site": "duc-trong"}}}});
    stage.ask("2023-06-15T09:00:00.100", ask("duc-trong"));
    stage.ask("2023-06-15T09:00:00.101", ask("da-lat"));
    assert_eq!(stage.ask("2023-06-15T09:00:10", told("site_lost")), "Permit");
    assert_eq!(stage.ask("2023-06-15T09:00:41", told("site_back")), "Permit");
    assert_eq!(queue(&stage, "2023-06-15T09:01"), ["da-lat", "duc-trong"]);
}

/// A turn that is over by time makes room for the next, which is recorded.
/// As many speak at once as the profile lets, and one presents.
#[test]
fn the_profile_says_how_many_speak_and_one_presents() {
    let ask = |site: &str, kind: &str| floor("ask_floor", json!({"session": 1, "floor": kind, "actor": of_site(site)}));
    let full = format!("Deny 13.3.b/floor-free: {B}");
    for (kind, second) in [("speech", "Permit"), ("content", full.as_str())] {
        let mut facts = held();
        facts["profile"] = json!({"floor": {"speakers": 2}});
        let mut stage = Stage::new(facts);
        for site in ["da-lat", "duc-trong"] {
            stage.ask(DURING, ask(site, kind));
        }
        assert_eq!(stage.ask(DURING, turn("grant_floor", 1, chair())), "Permit", "{kind}");
        assert_eq!(stage.ask(DURING, turn("grant_floor", 2, chair())), second, "{kind}");
    }
}

#[test]
fn speaking_time_ends_a_turn() {
    let mut stage = Stage::new(held());
    stage.ask(DURING, ask("da-lat"));
    stage.ask(DURING, ask("duc-trong"));
    let grant = |limit: u32| floor("grant_floor", json!({"session": 1, "limit_s": limit, "actor": chair()}));
    assert_eq!(stage.ask("2023-06-15T09:00:00", grant(180)), "Permit");
    assert_eq!(stage.ask("2023-06-15T09:03:00", grant(60)), format!("Deny 13.3.b/floor-free: {B}"));
    assert_eq!(stage.ask("2023-06-15T09:03:00.001", grant(60)), "Permit");
    let floor = stage.registry.floor().session(SessionId(1)).unwrap();
    let states: Vec<_> = floor.requests.values().map(|one| one.state).collect();
    assert_eq!(states, [FloorState::Revoked, FloorState::Granted]);
}

#[test]
fn the_floor_goes_to_who_is_there() {
    let mut stage = Stage::new(held());
    stage.ask("2023-06-15T09:00:00", ask("da-lat"));
    stage.ask("2023-06-15T09:00:01", ask("duc-trong"));
    stage.ask("2023-06-15T09:00:02", line("line_lost", "da-lat"));
    assert_eq!(stage.ask("2023-06-15T09:00:33", turn("grant_floor", 1, chair())), format!("Deny 13.3.b/there: {B}"));
    assert_eq!(
        stage.ask("2023-06-15T09:00:33", floor("grant_floor", json!({"session": 1, "actor": chair()}))),
        "Permit"
    );
    assert!(queue(&stage, "2023-06-15T09:00:34").contains(&"da-lat".to_owned()));
}

#[test]
fn commands_are_permitted_to_who_controls_and_refused_to_others() {
    let command =
        |command: Value, actor: Value| floor("command", json!({"session": 1, "command": command, "actor": actor}));
    let member = |name: &str, site: &str| json!({name: {"site": site}});
    let own = format!("Deny 13.3.b/own-microphone: {B}");
    let role = format!("Deny 3.8/role: {B}");
    let rows = [
        (json!("mute_all"), chair(), "Permit"),
        (json!("unmute_all"), who("mcu_operator"), "Permit"),
        (member("mute", "da-lat"), of_site("da-lat"), "Permit"),
        (member("mute", "duc-trong"), of_site("da-lat"), own.as_str()),
        (json!({"layout": "1+5"}), of_site("da-lat"), own.as_str()),
        (json!({"layout": "1+5"}), chair(), "Permit"),
        (json!({"lecture": true}), chair(), "Permit"),
        (json!({"lock": true}), of_site("da-lat"), role.as_str()),
        (json!({"lock": true}), who("managing_authority"), role.as_str()),
        (member("drop", "duc-trong"), chair(), "Permit"),
        (member("redial", "bao-loc"), chair(), "Deny 3.7/invited: Điều 3 khoản 7"),
        (member("admit", "da-lat"), of_site("da-lat"), "Deny 3.8/role: Điều 13 khoản 3 điểm a"),
        (member("view", "da-lat"), chair(), "Permit"),
    ];
    for (what, actor, expected) in rows {
        assert_eq!(Stage::new(held()).ask(DURING, command(what.clone(), actor.clone())), expected, "{what} {actor}");
    }
    let mut stage = Stage::new(held());
    for what in [json!({"lock": true}), json!({"layout": "1+5"}), json!({"lock": false})] {
        stage.ask(DURING, command(what, chair()));
    }
    let standing = stage.query(DURING, json!({"floor": {"control": 1}}))["standing"].clone();
    assert_eq!(standing, json!([{"layout": "1+5"}, {"lock": false}]));
}

/// the chair invites, the Centre carries it out, and the leg of the added site is let in.
#[test]
fn the_chair_invites_a_site_and_the_centre_adds_it() {
    let clauses = "Điều 3 khoản 6; Điều 3 khoản 7";
    let mut stage = Stage::new(held());
    let add = |site: &str, actor: Value| {
        floor("add_unlisted", json!({"session": 1, "member": {"site": site}, "actor": actor}))
    };
    let ask = |site: &str, actor: Value| {
        let wanted = json!({"add_member": {"site": site}});
        floor("request_intervention", json!({"session": 1, "wanted": wanted, "actor": actor}))
    };
    let word = |act: &str, id: u64, actor: Value| {
        floor(act, json!({"session": 1, "intervention": id, "answer": "đã gọi", "actor": actor}))
    };
    let mut told =
        |request: Value, expected: &str| assert_eq!(stage.ask(DURING, request.clone()), expected, "{request}");
    let offer = format!("Deny 13.1/add-unlisted: {clauses}; Điều 13 khoản 1 [A-21]");
    told(add("bao-loc", chair()), &offer);
    told(
        add("bao-loc", of_site("da-lat")),
        &format!("Deny 3.7/chair-invites 3.8/role: {clauses}; Điều 13 khoản 1 [A-21]"),
    );
    told(add("bao-loc", who("mcu_operator")), &format!("Deny 3.7/chair-invites: {clauses} [A-21]"));
    let join: Request = crate::world::call(1, at_site("bao-loc"), "1001");
    let join = serde_json::to_value(join).unwrap();
    told(join.clone(), "Deny 3.7/invited: Điều 3 khoản 7");
    told(ask("bao-loc", of_site("da-lat")), "Deny 3.8/role: Điều 13 khoản 3 điểm c");
    told(ask("don-duong", chair()), "Deny 9/admitted: Điều 9");
    told(ask("da-lat", chair()), "Deny 3.7/listed-already: Điều 3 khoản 7");
    told(ask("bao-loc", chair()), "Permit");
    told(word("execute_intervention", 1, chair()), "Deny 3.8/role: Điều 13 khoản 3 điểm c");
    told(word("execute_intervention", 1, who("mcu_operator")), "Permit");
    told(
        word("execute_intervention", 1, who("mcu_operator")),
        "Deny 3.7/listed-already 13.3.c/turn: Điều 3 khoản 7; Điều 13 khoản 3 điểm c",
    );
    told(join, "Permit");
    told(ask("so-noi-vu", chair()), "Permit");
    told(add("so-noi-vu", who("mcu_operator")), "Permit");
    told(
        add("so-noi-vu", who("mcu_operator")),
        &format!("Deny 3.7/chair-invites 3.7/listed-already: {clauses} [A-21]"),
    );
    told(
        add("don-duong", who("mcu_operator")),
        &format!("Deny 3.7/chair-invites 9/admitted: {clauses}; Điều 9 [A-21]"),
    );
    assert_eq!(stage.query(DURING, json!({"floor": {"interventions": 1}}))[1]["state"], "executed");
}

/// Điều 3 khoản 7: it is added all the same; whoever adds it hears where else it is to sit.
#[test]
fn whoever_sits_elsewhere_at_that_hour_is_added_with_a_warning() {
    let other = |start: &str, end: &str, more: Value| {
        let mut session = json!({
            "id": 2, "registration": 1, "agency": "ubnd-da-lat", "chair_site": "bao-loc", "alias": "1002", "room": "1002",
            "members": [{"site": "bao-loc"}, {"site": "duc-trong"}], "accepted_at": "2023-06-13T09:00:00+07:00",
            "start": format!("2023-06-15T{start}+07:00"), "end": format!("2023-06-15T{end}+07:00"),
        });
        session.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({"sessions": [session]})
    };
    let member = json!({"site": "bao-loc"});
    let ask = |member: &Value| {
        floor("request_intervention", json!({"session": 1, "wanted": {"add_member": member}, "actor": chair()}))
    };
    let execute = floor("execute_intervention", json!({"session": 1, "intervention": 1, "actor": who("mcu_operator")}));
    let add = floor("add_unlisted", json!({"session": 1, "member": member, "actor": who("mcu_operator")}));
    let warned = "Permit 3.7/sits-elsewhere: Điều 3 khoản 7";
    let without_reading = |told: String| told.replace(" [A-21]", "");
    let running = json!({"conduct": {"sessions": {"2": {"state": "in_session"}}}});
    let mut late = other("06:00:00", "07:00:00", json!({}));
    late.as_object_mut().unwrap().extend(running.as_object().unwrap().clone());
    let rows = [
        (other("08:00:00", "10:00:00", json!({})), warned),
        (other("09:59:59", "11:00:00", json!({})), warned),
        (other("10:00:00", "11:00:00", json!({})), "Permit"),
        (other("06:00:00", "08:30:00", json!({})), "Permit"),
        (other("08:00:00", "10:00:00", json!({"cancelled": true})), "Permit"),
        (late, warned),
    ];
    for (facts, expected) in rows {
        for act in [&execute, &add] {
            let mut stage = Stage::new(facts.clone());
            assert_eq!(without_reading(stage.ask(DURING, ask(&member))), expected, "{facts}");
            assert_eq!(without_reading(stage.ask(DURING, act.clone())), expected, "{facts}");
        }
    }
    let secret =
        Stage::new(other("08:00:00", "10:00:00", json!({"classification": "mat"}))).decide(DURING, ask(&member));
    assert!(!secret.render_en().contains("1002"), "{}", secret.render_en());
}

/// Điều 14 khoản 2: carried out, a request to record moves the recording on, or is refused as the recording's own order says.
#[test]
fn the_centre_records_on_the_chairs_request() {
    let mut stage = Stage::new(json!({"conduct": {"sessions": {"1": {"state": "in_session"}}}}));
    let ask = |wanted: &str| floor("request_intervention", json!({"session": 1, "wanted": wanted, "actor": chair()}));
    let execute = |id: u64, place: Value| {
        let actor = who("mcu_operator");
        floor("execute_intervention", json!({"session": 1, "intervention": id, "place": place, "actor": actor}))
    };
    let recording = |stage: &Stage| stage.registry.conduct().course(SessionId(1)).unwrap().recording.clone();
    for wanted in ["start_recording", "start_recording", "stop_recording", "stop_recording", "stop_recording"] {
        assert_eq!(stage.ask(DURING, ask(wanted)), "Permit");
    }
    let turn = "Deny 14.2/turn: Điều 14 khoản 2 [A-34]";
    assert_eq!(stage.ask(DURING, execute(3, json!(null))), turn, "nothing is recorded");
    let started = stage.decide(DURING, execute(1, json!(null)));
    assert_eq!(
        started.citations().iter().map(|one| one.key()).collect::<Vec<_>>(),
        ["Điều 13 khoản 3 điểm c", "Điều 14 khoản 2"]
    );
    assert!(recording(&stage).started.is_some());
    assert_eq!(stage.ask(DURING, execute(2, json!(null))), turn, "it is being recorded");
    assert_eq!(stage.ask(DURING, execute(3, json!(null))), "Permit 14.2/to-be-stored: Điều 14 khoản 2");
    assert!(recording(&stage).stored.is_none());
    assert_eq!(stage.ask(DURING, execute(4, json!(" "))), "Deny 14.2/place: Điều 14 khoản 2");
    assert_eq!(stage.ask(DURING, execute(4, json!("Kho lưu trữ số 1"))), "Permit");
    assert_eq!(recording(&stage).stored.unwrap().place, "Kho lưu trữ số 1");
    assert_eq!(stage.ask(DURING, execute(5, json!("Kho lưu trữ số 1"))), turn);
    let mut early = Stage::new(json!({}));
    early.ask(DURING, ask("start_recording"));
    assert_eq!(early.ask(DURING, execute(1, json!(null))), "Deny 14.2/in-session: Điều 14 khoản 2");
    let secret = json!({"sessions": [{"id": 1, "classification": "toi_mat"}]});
    let asked = Stage::new(secret).ask(DURING, ask("start_recording"));
    assert!(asked.starts_with("Deny 5.2/recording"), "{asked}");
}

#[test]
fn interventions_are_filed_with_a_reason_and_answered_once() {
    let why = "Deny 13.3.c/why: Điều 13 khoản 3 điểm c";
    let turn = "Deny 13.3.c/turn: Điều 13 khoản 3 điểm c";
    let mut stage = Stage::new(held());
    let ask = |wanted: Value, reason: &str| {
        floor("request_intervention", json!({"session": 1, "wanted": wanted, "reason": reason, "actor": chair()}))
    };
    let word = |act: &str, id: u64, answer: &str, actor: Value| {
        floor(act, json!({"session": 1, "intervention": id, "answer": answer, "actor": actor}))
    };
    let mut told =
        |request: Value, expected: &str| assert_eq!(stage.ask(DURING, request.clone()), expected, "{request}");
    told(ask(json!("technical"), " "), why);
    told(ask(json!("technical"), "mất tiếng toàn phòng"), "Permit");
    told(ask(json!("start_recording"), ""), "Permit");
    told(ask(json!({"command": {"redial": {"site": "bao-loc"}}}), ""), "Deny 3.7/invited: Điều 3 khoản 7");
    told(ask(json!({"command": {"lock": true}}), ""), "Permit");
    told(word("decline_intervention", 2, "", who("mcu_operator")), why);
    told(word("decline_intervention", 2, "hết chỗ lưu", who("mcu_operator")), "Permit");
    told(word("execute_intervention", 2, "", who("mcu_operator")), turn);
    told(word("execute_intervention", 9, "", who("mcu_operator")), turn);
    told(word("recall_intervention", 1, "", who("mcu_operator")), "Deny 3.8/role: Điều 13 khoản 3 điểm c");
    told(word("recall_intervention", 1, "", chair()), "Permit");
    told(word("execute_intervention", 3, "", who("mcu_operator")), "Permit");
    let list = stage.query(DURING, json!({"floor": {"interventions": 1}}));
    let states: Vec<_> = list.as_array().unwrap().iter().map(|one| one["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["recalled", "declined", "executed"]);
}

#[test]
fn every_pair_of_the_floor_and_intervention_machines_is_written_down() {
    let mut text = String::new();
    for state in FloorState::ALL {
        for event in FloorEvent::ALL {
            let next = state.next(event).map_or("–".to_owned(), |next| format!("{next:?}"));
            writeln!(text, "{:<10} {:<11} {next}", format!("{state:?}"), format!("{event:?}")).unwrap();
        }
    }
    for state in InterventionState::ALL {
        for event in InterventionEvent::ALL {
            let next = state.next(event).map_or("–".to_owned(), |next| format!("{next:?}"));
            writeln!(text, "{:<10} {:<11} {next}", format!("{state:?}"), format!("{event:?}")).unwrap();
        }
    }
    assert_eq!(text, include_str!("../data/floor-machine.txt"), "\n{text}");
}
