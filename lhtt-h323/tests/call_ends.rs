//! How calls end: who releases in which state, lost streams, deadlines, and that nothing is left afterwards.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail loudly")]

mod common;

use common::{CALLEE, CALLER, World, answer, place};
use lhtt_core::time::Duration;
use lhtt_h323::{Config, Habits, Limits, ReleaseReason, Timers};

/// How far a call goes before it ends.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Until {
    Setup,
    Proceeding,
    Alerting,
    Connect,
}

const ALL: [Until; 4] = [Until::Setup, Until::Proceeding, Until::Alerting, Until::Connect];
const MODES: [(bool, bool); 4] = [(true, true), (true, false), (false, true), (false, false)];

fn reach(until: Until, fast: bool, tunnel: bool) -> World {
    let mut world = World::new();
    world.auto = false;
    world.place(place(fast, tunnel));
    let call = world.call(CALLEE);
    world.act(CALLEE, |endpoint, now| match until {
        Until::Setup => {}
        Until::Proceeding => endpoint.proceed(now, call),
        Until::Alerting => endpoint.alert(now, call),
        Until::Connect => endpoint.answer(now, call, answer()),
    });
    world.take_ladder();
    for side in [CALLER, CALLEE] {
        world.take_events(side);
    }
    world
}

#[test]
fn either_side_releases_in_every_state_and_mode() {
    for (fast, tunnel) in MODES {
        for until in ALL {
            for (side, other) in [(CALLER, CALLEE), (CALLEE, CALLER)] {
                let mut world = reach(until, fast, tunnel);
                let call = world.call(side);
                world.act(side, |endpoint, now| endpoint.release(now, call, 17, None));
                let what = format!("{until:?} fast={fast} tunnel={tunnel} side={side}");
                let reason = "InConf";
                assert_eq!(world.take_events(side), [&format!("released 17 {reason} by Us"), "forgotten"], "{what}");
                let heard = [&format!("released 17 {reason} by Peer"), "forgotten"];
                assert_eq!(world.take_events(other), heard, "{what}");
                let last = world.ladder.last().unwrap().clone();
                assert!(last.contains("ReleaseComplete cause=17"), "{what}: {last}");
                let ended = world.ladder.iter().filter(|line| line.contains("EndSessionCommand")).count();
                let runs_h245 = until == Until::Connect && (tunnel || !fast);
                assert_eq!(ended, if runs_h245 { 2 } else { 0 }, "{what}: endSession goes both ways where H.245 runs");
                world.assert_empty();
            }
        }
    }
}

#[test]
fn both_sides_release_at_once() {
    for (fast, tunnel) in MODES {
        let mut world = reach(Until::Connect, fast, tunnel);
        let (caller, callee) = (world.call(CALLER), world.call(CALLEE));
        let now = world.now;
        world.sides[CALLEE].release(now, callee, 16, None);
        world.act(CALLER, |endpoint, now| endpoint.release(now, caller, 16, None));
        for side in [CALLER, CALLEE] {
            assert_eq!(world.take_events(side), ["released 16 - by Us", "forgotten"], "fast={fast} tunnel={tunnel}");
        }
        world.assert_empty();
    }
}

#[test]
fn a_reason_of_the_owner_is_said_beside_the_cause() {
    let mut world = reach(Until::Setup, true, true);
    let call = world.call(CALLEE);
    let reason = Some(ReleaseReason::NoPermission);
    world.act(CALLEE, |endpoint, now| endpoint.release(now, call, 21, reason));
    assert_eq!(world.take_ladder(), "<- ReleaseComplete cause=21 NoPermission tunnelling");
    assert_eq!(world.take_events(CALLER), ["released 21 NoPermission by Peer", "forgotten"]);
    world.assert_empty();
}

#[test]
fn a_lost_stream_ends_the_call_on_both_sides_in_every_state_and_mode() {
    for (fast, tunnel) in MODES {
        for until in ALL {
            let mut world = reach(until, fast, tunnel);
            world.cut();
            for side in [CALLER, CALLEE] {
                let events = world.take_events(side);
                assert_eq!(events, ["released 41 - by Stream", "forgotten"], "{until:?} fast={fast} tunnel={tunnel}");
            }
            world.assert_empty();
        }
    }
}

#[test]
fn a_lost_h245_connection_waits_for_the_cause_and_then_ends_the_call() {
    let mut world = reach(Until::Connect, false, false);
    world.cut_h245();
    assert!(world.take_events(CALLER).is_empty(), "ReleaseComplete may follow");
    world.advance(Timers::default().end_session);
    assert_eq!(world.take_events(CALLER), ["released 41 - by Stream", "forgotten"]);
    assert_eq!(world.take_events(CALLEE), ["released 41 - by Stream", "forgotten"]);
    world.assert_empty();
}

#[test]
fn a_peer_that_says_end_session_and_no_more_is_released() {
    let mut world = reach(Until::Connect, true, true);
    let call = world.call(CALLER);
    world.deaf = Some(CALLER); // it never hears our endSession, and its owner waits long for it
    world.act(CALLER, |endpoint, now| endpoint.release(now, call, 16, None));
    assert!(world.take_events(CALLEE).is_empty(), "ReleaseComplete may follow");
    let half = Timers::default().end_session / 2;
    world.advance(half);
    assert!(world.take_events(CALLEE).is_empty());
    world.advance(half);
    assert_eq!(world.take_events(CALLEE), ["released 16 - by Peer", "forgotten"]);
    world.assert_empty();
}

/// Every wait of a caller and a callee has its end.
#[test]
fn deadlines() {
    let timers = Timers::default();
    let rows = [
        (Until::Setup, timers.t303, "released 18 - by Deadline(\"T303\")"),
        (Until::Proceeding, timers.t310, "released 102 - by Deadline(\"T310\")"),
        (Until::Alerting, timers.t301, "released 19 - by Deadline(\"T301\")"),
    ];
    for (until, wait, released) in rows {
        let mut world = reach(until, true, true);
        world.advance(wait - Duration::from_millis(1));
        assert!(world.take_events(CALLER).is_empty(), "{until:?} is not over yet");
        world.advance(Duration::from_millis(1));
        assert_eq!(world.take_events(CALLER), [released, "forgotten"]);
        assert_eq!(world.take_events(CALLEE).len(), 2, "the callee is told");
        world.assert_empty();
    }
}

#[test]
fn an_owner_that_never_answers_is_not_waited_for() {
    let mut world = World::with(
        |side| {
            let timers = Timers { t310: Duration::from_secs(1000), ..Timers::default() };
            Config { timers, ..Config::new(side) }
        },
        [Habits::default(); 2],
    );
    world.auto = false;
    world.place(place(true, true));
    let call = world.call(CALLEE);
    world.act(CALLEE, |endpoint, now| endpoint.proceed(now, call));
    world.take_events(CALLEE);
    world.advance(Timers::default().answer);
    assert_eq!(world.take_events(CALLEE), ["released 102 - by Deadline(\"answer\")", "forgotten"]);
    world.assert_empty();
}

#[test]
fn nobody_at_the_address() {
    let mut world = World::new();
    let mut place = place(true, true);
    place.remote = common::address("192.0.2.99:1720");
    world.place(place);
    assert_eq!(world.take_events(CALLER), ["released 27 - by Stream", "forgotten"]);
    world.assert_empty();
}

#[test]
fn a_connection_that_never_comes_up_ends_with_t303() {
    let mut world = World::new();
    world.hang = true;
    let mut place = place(true, true);
    place.remote = common::address("192.0.2.99:1720");
    world.place(place);
    world.advance(Timers::default().t303);
    assert_eq!(world.take_events(CALLER), ["released 27 - by Deadline(\"T303\")", "forgotten"]);
    assert!(world.ladder.is_empty(), "nothing is said on a stream that is not up");
    world.assert_empty();
}

#[test]
fn no_h245_connection_ends_a_slow_call_and_not_one_with_media() {
    for (fast, ends) in [(false, true), (true, false)] {
        let mut world = World::new();
        world.no_h245 = true;
        world.place(place(fast, false));
        for side in [CALLER, CALLEE] {
            world.take_events(side);
        }
        let call = world.call(CALLER);
        world.act(CALLER, |endpoint, now| endpoint.user_input(now, call, "1"));
        world.advance(Timers::default().h245_connection);
        let events = world.take_events(CALLER);
        assert_eq!(!events.is_empty(), ends, "{events:?}");
        world.act(CALLER, |endpoint, now| endpoint.release(now, call, 16, None));
        world.assert_empty();
    }
}

#[test]
fn calls_past_the_limit_are_refused_on_both_sides() {
    let config = |side| Config { limits: Limits { calls: 1, ..Limits::default() }, ..Config::new(side) };
    let mut world = World::with(config, [Habits::default(); 2]);
    let call = world.place(place(true, true));
    let now = world.now;
    assert!(world.sides[CALLER].place(now, place(true, true)).is_err());
    world.act(CALLER, |endpoint, now| endpoint.release(now, call, 16, None));
    world.assert_empty();
}
