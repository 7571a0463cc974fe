//! Calls between endpoints with a secret (H.235.1), with another's secret and without one.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail loudly")]

mod common;

use common::{CALLEE, CALLER, World, listening, place};
use lhtt_h323::h235::Security;

const UNIX: u64 = 1_800_000_000;

/// The two with these passwords; none has no secret.
fn world(passwords: [Option<&str>; 2]) -> World {
    let mut world = World::new();
    for (side, (password, name)) in passwords.iter().zip(["caller", "callee"]).enumerate() {
        let Some(password) = password else { continue };
        let other = 1 - side;
        world.sides[side].set_clock(UNIX);
        world.sides[side]
            .secure(listening(other).ip(), Security::new(password, name, Some(["caller", "callee"][other])));
    }
    world
}

/// How a call ends that the caller hangs up if it can: what the caller and the callee are told last but one.
fn ends(mut world: World, fast: bool, tunnel: bool) -> [String; 2] {
    world.place(place(fast, tunnel));
    let call = world.call(CALLER);
    world.act(CALLER, |endpoint, now| endpoint.release(now, call, 16, None));
    let ended = [CALLER, CALLEE].map(|side| {
        let events = world.take_events(side);
        events.iter().rev().find(|line| line.starts_with("released")).or(events.last()).cloned().unwrap_or_default()
    });
    world.assert_empty();
    ended
}

#[test]
fn the_same_secret_is_a_call_in_every_mode() {
    for (fast, tunnel) in [(true, true), (true, false), (false, true), (false, false)] {
        let ended = ends(world([Some("secret"); 2]), fast, tunnel);
        assert_eq!(ended, ["released 16 - by Us", "released 16 - by Peer"], "fast {fast}, tunnel {tunnel}");
    }
}

#[test]
fn another_secret_or_none_is_refused_before_the_owner_hears_of_it() {
    let refused = "released 31 SecurityDenied by ";
    for (passwords, caller, callee) in [
        // The refusal is not proven either, so the caller takes it for none and ends the call itself.
        ([Some("secret"), Some("other")], "Violation", "malformed: its hash is wrong"),
        ([None, Some("secret")], "Peer", "malformed: it carries no H.235.1 hash"),
    ] {
        for (fast, tunnel) in [(true, true), (false, false)] {
            let ended = ends(world(passwords), fast, tunnel);
            assert_eq!(ended, [format!("{refused}{caller}"), callee.to_owned()], "{passwords:?} fast {fast}");
        }
    }
    // A callee without the secret answers, and its answer ends the call.
    let ended = ends(world([Some("secret"), None]), true, true);
    assert_eq!(ended, [format!("{refused}Violation"), format!("{refused}Peer")]);
}

#[test]
fn clocks_that_are_far_apart_do_not_talk() {
    for (ahead, good) in [(299, true), (302, false)] {
        let mut world = world([Some("secret"); 2]);
        world.sides[CALLER].set_clock(UNIX + ahead);
        let [caller, _] = ends(world, true, true);
        assert_eq!(caller == "released 16 - by Us", good, "{ahead} s: {caller}");
    }
}
