//! Conferences on a bad network: users that ask, give back, leave and come back at random, a chair that decides or does not. Nobody holds
//! a floor with another, whoever is told is told the truth in the end, and nothing is left.

use crate::support::{CONFERENCE, Faults, World};
use lhtt_core::time::{Duration, Instant};
use lhtt_sip::bfcp::client::{ChairDecision, FloorRequest};
use lhtt_sip::bfcp::server::{Decision, RECONNECT_GRACE, SILENCE_MAX};
use lhtt_sip::bfcp::*;
use std::collections::BTreeMap;

/// What happens in a run, each at its time.
fn play(seed: u64, streams: bool, faults: Faults) -> (String, usize) {
    let mut world = World::new(seed, faults);
    for user in [1, 2, 3, 9] {
        world.join(user, streams);
    }
    for _ in 0..60 {
        let millis = world.rng.below(1_500);
        world.run(Duration::from_millis(millis));
        act(&mut world);
        check(&world, seed);
    }
    finish(&mut world);
    assert!(world.server.is_quiescent(), "seed {seed}: {:?}\n{}", world.server, world.log);
    assert!(
        world.clients.iter().all(|node| node.client.is_gone() && node.client.poll_timeout().is_none()),
        "seed {seed}"
    );
    (std::mem::take(&mut world.log), world.datagrams)
}

/// One of the users does something that makes sense, or does not.
fn act(world: &mut World) {
    let index = world.rng.below(world.clients.len() as u64) as usize;
    let request = FloorRequestId(1 + world.rng.below(12) as u16);
    let floor = FloorId(1 + world.rng.below(3) as u16);
    let status = [RequestStatus::Granted, RequestStatus::Denied, RequestStatus::Revoked][world.rng.below(3) as usize];
    let (user, stream) = (world.clients[index].user, world.clients[index].theirs.is_some());
    let choice = world.rng.below(12);
    let ignored = match choice {
        0..=3 => world.at(index, |client, now| client.request_floors(now, FloorRequest::of(vec![floor]))).is_ok(),
        4 => world
            .at(index, |client, now| client.request_floors(now, FloorRequest::of(vec![FloorId(1), FloorId(2)])))
            .is_ok(),
        5 | 6 => world.at(index, |client, now| client.release(now, request)).is_ok(),
        7 => world.at(index, |client, now| client.query_floors(now, vec![FloorId(1), floor])).is_ok(),
        8 | 9 => {
            let decision = ChairDecision { request, floors: vec![(FloorId(2), status)], queue_position: 0, info: None };
            let chair = world.clients.iter().rposition(|node| node.user == UserId(9)).unwrap();
            world.at(chair, |client, now| client.decide(now, decision)).is_ok()
        }
        10 => {
            let decision = if status == RequestStatus::Granted { Decision::Approve } else { Decision::Deny };
            let now = world.now;
            let decided = world.server.decide(now, CONFERENCE, request, decision, None).is_ok();
            world.drain();
            decided
        }
        // Leaves, and comes back where nobody else is there for it.
        _ if world.clients[index].client.is_gone() => {
            if world.clients.iter().all(|node| node.user != user || node.client.is_gone()) {
                world.join(user.0, stream);
            }
            true
        }
        _ => {
            world.at(index, |client, now| client.leave(now));
            true
        }
    };
    let _ = ignored;
}

/// One holder a floor, by what the server told its owner last about each request.
fn check(world: &World, seed: u64) {
    let mut last: BTreeMap<&str, &str> = BTreeMap::new();
    for line in world.log.lines().filter_map(|line| line.split_once(" S request ").map(|(_, request)| request)) {
        let (id, status) = line.split_once(": ").unwrap();
        let status = status.split(' ').next().unwrap();
        if let Some(before) = last.insert(id, status) {
            let over = ["Denied", "Cancelled", "Released", "Revoked"].contains(&before);
            assert!(!over, "seed {seed}: request {id} goes on after {before}");
        }
    }
    // Three floors, one holder each.
    let holders = last.values().filter(|status| **status == "Granted").count();
    assert!(holders <= 3, "seed {seed}: {holders} holders");
}

/// Everybody leaves, and what broke is forgotten.
fn finish(world: &mut World) {
    for index in 0..world.clients.len() {
        world.at(index, |client, now| client.leave(now));
    }
    world.run(SILENCE_MAX + RECONNECT_GRACE + Duration::from_secs(60));
}

#[test]
fn datagrams_on_a_good_network() {
    let logs: String = (0..100).map(|seed| play(seed, false, Faults { delay: 20, ..Faults::default() }).0).collect();
    for word in ["Granted", "Released", "Denied", "Revoked", "Cancelled", "left 1 Goodbye", "Accepted #2"] {
        assert!(logs.contains(word), "{word} never happened");
    }
    // The server may hear a Hello behind the Goodbye that overtook it, and then the silence of a user that was never there.
    assert!(!logs.contains("gone Broken"), "nobody is cut off");
}

#[test]
fn datagrams_lost_doubled_and_overtaken() {
    let faults = Faults { loss: 20, duplication: 10, delay: 400, ..Faults::default() };
    let logs: String = (0..200).map(|seed| play(seed, false, faults).0).collect();
    assert!(logs.matches("told").count() > 500 && logs.matches("Released").count() > 200);
}

#[test]
fn datagrams_on_a_network_that_hardly_works() {
    let faults = Faults { loss: 60, duplication: 30, delay: 3_000, ..Faults::default() };
    let logs: String = (0..100).map(|seed| play(seed, false, faults).0).collect();
    assert!(logs.contains("left 1 Broken") && logs.contains("gone Broken"));
}

#[test]
fn streams_that_hold_and_streams_that_break() {
    let logs: String = (0..100).map(|seed| play(seed, true, Faults { delay: 20, ..Faults::default() }).0).collect();
    assert!(logs.contains("Granted") && logs.contains("Revoked") && !logs.contains("Broken"));
    let faults = Faults { delay: 50, broken: 3, ..Faults::default() };
    let logs: String = (0..200).map(|seed| play(seed, true, faults).0).collect();
    assert!(logs.contains("left 1 Broken") && logs.contains("gone Closed"));
}

#[test]
fn one_seed_is_one_run() {
    let faults = Faults { loss: 20, duplication: 10, delay: 400, ..Faults::default() };
    assert_eq!(play(7, false, faults), play(7, false, faults));
    assert_ne!(play(7, false, faults), play(8, false, faults));
}

/// What a client was told last about a request is what it is, once the network is quiet: an answer that comes late does not undo what the
/// server said since (RFC 8855 6.2).
#[test]
fn the_last_word_is_the_newest() {
    for seed in 0..200 {
        let mut world = World::new(seed, Faults { loss: 30, duplication: 20, delay: 2_000, ..Faults::default() });
        let (one, two) = (world.join(1, false), world.join(2, false));
        world.run(Duration::from_secs(20));
        for index in [one, two] {
            let _ = world.at(index, |client, now| client.request_floors(now, FloorRequest::of(vec![FloorId(1)])));
        }
        let pause = world.rng.below(3_000);
        world.run(Duration::from_millis(pause));
        let _ = world.at(one, |client, now| client.release(now, FloorRequestId(1)));
        world.faults = Faults::default();
        world.run(Duration::from_secs(60));
        let end = |prefix: &str| {
            let line = world.log.lines().rfind(|line| line.split_once(' ').unwrap().1.starts_with(prefix));
            line.map(|line| line.rsplit(": ").next().unwrap().to_owned())
        };
        if !world.clients.iter().any(|node| node.client.is_gone()) && !world.log.contains("left") {
            for request in [1, 2] {
                let truth = end(&format!("S request {request}: "));
                let heard = world.log.lines().rfind(|line| {
                    let told = line.split_once(' ').unwrap().1;
                    !told.starts_with('S') && (told.contains(&format!(" {request}: ")))
                });
                let heard = heard.map(|line| line.rsplit(": ").next().unwrap().to_owned());
                assert_eq!(heard, truth, "seed {seed}, request {request}\n{}", world.log);
            }
        }
        assert!(world.now > Instant::ZERO);
    }
}
