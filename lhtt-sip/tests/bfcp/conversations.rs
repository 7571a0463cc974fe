//! Conversations on a good network, what each party hears compared as a whole. `S` is what the server tells its owner.

use crate::support::{CONFERENCE, Faults, World};
use lhtt_core::time::Duration;
use lhtt_sip::bfcp::client::{ChairDecision, FloorRequest};
use lhtt_sip::bfcp::server::{DECISION_DEADLINE, Decision, RECONNECT_GRACE};
use lhtt_sip::bfcp::*;

const SECOND: Duration = Duration::from_secs(1);

/// Users 1, 2 and the chair, over datagrams or streams, all of them ready.
fn world(stream: bool) -> World {
    let mut world = World::new(1, Faults::default());
    for user in [1, 2, 9] {
        world.join(user, stream);
    }
    world.run(SECOND);
    assert_eq!(
        world.ladder().lines().filter(|line| line.ends_with("ready 17 18")).count(),
        3,
        "17 primitives and 18 attributes"
    );
    world
}

fn ask(world: &mut World, index: usize, floors: &[u16]) {
    let request = FloorRequest::of(floors.iter().map(|floor| FloorId(*floor)).collect());
    world.at(index, |client, now| client.request_floors(now, request)).unwrap();
    world.run(SECOND);
}

fn release(world: &mut World, index: usize, request: u16) {
    world.at(index, |client, now| client.release(now, FloorRequestId(request))).unwrap();
    world.run(SECOND);
}

fn chair(world: &mut World, request: u16, status: RequestStatus, info: Option<&str>) {
    let info = info.map(str::to_owned);
    let floors = vec![(FloorId(2), status)];
    let decision = ChairDecision { request: FloorRequestId(request), floors, queue_position: 0, info };
    world.at(2, |client, now| client.decide(now, decision)).unwrap();
    world.run(SECOND);
}

#[test]
fn the_second_waits_until_the_first_gives_back() {
    for stream in [false, true] {
        let mut world = world(stream);
        ask(&mut world, 0, &[1]);
        assert_eq!(world.ladder(), "1 answered 1: Granted\nS request 1: Granted");
        ask(&mut world, 1, &[1]);
        assert_eq!(world.ladder(), "2 answered 2: Accepted #1\nS request 2: Accepted #1");
        release(&mut world, 0, 1);
        let released = "1 answered 1: Released\n2 told 2: Granted\nS request 1: Released\nS request 2: Granted";
        assert_eq!(world.ladder(), released);
        release(&mut world, 1, 2);
        assert_eq!(world.ladder(), "2 answered 2: Released\nS request 2: Released");
    }
}

/// RFC 8855 4, figure 2 and 3: a participant asks, a chair grants and revokes.
#[test]
fn a_chair_decides() {
    for stream in [false, true] {
        let mut world = world(stream);
        world.at(2, |client, now| client.query_floors(now, vec![FloorId(2)])).unwrap();
        world.run(SECOND);
        assert_eq!(world.ladder(), "9 answered floor 2 []");
        ask(&mut world, 0, &[2]);
        let pending = "1 answered 1: Pending\n9 told floor 2 [1: Pending]\nS request 1: Pending";
        assert_eq!(world.ladder(), pending);
        chair(&mut world, 1, RequestStatus::Granted, None);
        let granted = "1 told 1: Granted\n9 decided\n9 told floor 2 [1: Granted]\nS request 1: Granted";
        assert_eq!(world.ladder(), granted);
        chair(&mut world, 1, RequestStatus::Denied, None);
        assert_eq!(world.ladder(), "9 refused Some(UnauthorizedOperation) a status that does not fit the request []");
        chair(&mut world, 1, RequestStatus::Revoked, Some("hết giờ"));
        let revoked = "1 told 1: Revoked \"hết giờ\"\n9 decided\n9 told floor 2 []\nS request 1: Revoked \"hết giờ\"";
        assert_eq!(world.ladder(), revoked);
    }
}

#[test]
fn a_chair_denies_and_only_a_chair() {
    let mut world = world(false);
    ask(&mut world, 0, &[2]);
    world.ladder();
    let floors = vec![(FloorId(2), RequestStatus::Granted)];
    let decision = ChairDecision { request: FloorRequestId(1), floors, queue_position: 0, info: None };
    world.at(0, |client, now| client.decide(now, decision)).unwrap();
    world.run(SECOND);
    assert_eq!(world.ladder(), "1 refused Some(UnauthorizedOperation) the floor is another chair's []");
    chair(&mut world, 1, RequestStatus::Denied, Some("không"));
    assert_eq!(world.ladder(), "1 told 1: Denied \"không\"\n9 decided\nS request 1: Denied \"không\"");
    chair(&mut world, 1, RequestStatus::Granted, None);
    assert_eq!(world.ladder(), "9 refused Some(FloorRequestIdDoesNotExist) no such request []");
}

#[test]
fn several_floors_are_given_together() {
    let mut world = world(false);
    ask(&mut world, 0, &[1]);
    ask(&mut world, 1, &[1, 2]);
    chair(&mut world, 2, RequestStatus::Granted, None);
    world.ladder();
    // The chair's own request for floor 2 does not overtake the one that waits for both.
    ask(&mut world, 2, &[2]);
    assert_eq!(world.ladder(), "9 answered 3: Accepted #2\nS request 3: Accepted #2");
    release(&mut world, 0, 1);
    let ladder = "1 answered 1: Released\n2 told 2: Granted\nS request 1: Released\nS request 2: Granted";
    assert_eq!(world.ladder(), ladder);
}

#[test]
fn an_owner_decides_and_nobody_in_time_is_no() {
    let mut world = world(false);
    ask(&mut world, 0, &[3]);
    assert_eq!(world.ladder(), "1 answered 1: Pending\nS request 1: Pending");
    world.server.decide(world.now, CONFERENCE, FloorRequestId(1), Decision::Approve, None).unwrap();
    world.drain();
    world.run(SECOND);
    assert_eq!(world.ladder(), "1 told 1: Granted\nS request 1: Granted");
    world.server.decide(world.now, CONFERENCE, FloorRequestId(1), Decision::Deny, None).unwrap_err();
    world.server.decide(world.now, CONFERENCE, FloorRequestId(1), Decision::Revoke, Some("over".to_owned())).unwrap();
    ask(&mut world, 1, &[3]);
    world.ladder();
    world.run(DECISION_DEADLINE);
    let late = "2 told 2: Denied \"no decision in time\"\nS request 2: Denied \"no decision in time\"";
    assert_eq!(world.ladder(), late);
}

#[test]
fn questions_are_answered() {
    let mut world = world(true);
    ask(&mut world, 0, &[1]);
    world.ladder();
    world.at(1, |client, now| client.query_request(now, FloorRequestId(1))).unwrap();
    world.at(1, |client, now| client.query_user(now, Some(UserId(1)))).unwrap();
    world.at(1, |client, now| client.query_user(now, Some(UserId(77)))).unwrap();
    world.at(1, |client, now| client.query_user(now, None)).unwrap();
    world.at(1, |client, now| client.query_floors(now, vec![FloorId(1), FloorId(2)])).unwrap();
    world.at(1, |client, now| client.query_floors(now, vec![FloorId(8)])).unwrap();
    world.at(1, |client, now| client.query_floors(now, vec![])).unwrap();
    world.run(SECOND);
    let ladder = "2 answered 1: Granted
2 user Điểm cầu 1 [1: Granted]
2 refused Some(UserDoesNotExist) no such user []
2 user Điểm cầu 2 []
2 answered floor 1 [1: Granted]
2 told floor 2 []
2 refused Some(InvalidFloorId) no such floor []
2 answered floor none []";
    assert_eq!(world.ladder(), ladder);
}

#[test]
fn whoever_leaves_gives_back_and_whoever_is_cut_off_may_come_back() {
    for stream in [false, true] {
        let mut world = world(stream);
        ask(&mut world, 0, &[1]);
        ask(&mut world, 1, &[1]);
        world.ladder();
        world.at(0, |client, now| client.leave(now));
        world.run(SECOND);
        let ladder = world.ladder();
        for line in
            ["S left 1 Goodbye", "S request 1: Released", "S request 2: Granted", "2 told 2: Granted", "1 gone Left"]
        {
            assert!(ladder.lines().any(|told| told == line), "{line}: {ladder}");
        }
    }
    let mut world = World::new(1, Faults::default());
    world.join(1, false);
    world.run(SECOND);
    ask(&mut world, 0, &[1]);
    world.ladder();
    // The server asks nothing of the user and notices its silence alone.
    world.faults.loss = 100;
    world.run(Duration::from_secs(170));
    world.faults.loss = 0;
    assert_eq!(world.ladder(), "1 gone Broken\nS left 1 Broken");
    world.join(1, false);
    world.run(SECOND);
    assert_eq!(world.ladder(), "1 ready 17 18\nS joined 1");
    world.at(1, |client, now| client.query_user(now, None)).unwrap();
    world.run(RECONNECT_GRACE * 2);
    assert_eq!(world.ladder(), "1 user Điểm cầu 1 [1: Granted]", "it has its floor still");
}

#[test]
fn a_dismissed_user_is_told_and_its_floor_goes_on() {
    for stream in [false, true] {
        let mut world = world(stream);
        ask(&mut world, 0, &[1]);
        ask(&mut world, 1, &[1]);
        world.ladder();
        world.server.dismiss(world.now, CONFERENCE, UserId(1)).unwrap();
        world.drain();
        world.run(SECOND);
        let gone = if stream { "Closed" } else { "Dismissed" };
        let ladder = format!(
            "1 gone {gone}\n2 told 2: Granted\nS left 1 Dismissed\nS request 1: Released\nS request 2: Granted"
        );
        assert_eq!(world.ladder(), ladder);
        world.join(1, stream);
        world.run(SECOND);
        assert_eq!(world.ladder(), "1 gone Refused(UserDoesNotExist)");
    }
}

#[test]
fn signs_of_life_keep_a_quiet_user() {
    let mut world = world(false);
    world.run(Duration::from_secs(600));
    assert_eq!(world.ladder(), "");
    assert!(
        world.datagrams > 3 * 20 * 3,
        "a binding indication, a Hello and its answer each 25 s: {}",
        world.datagrams
    );
}

#[test]
fn a_server_that_is_not_there_is_noticed() {
    let mut world = World::new(1, Faults { loss: 100, ..Faults::default() });
    world.join(1, false);
    world.run(Duration::from_secs(60));
    assert_eq!(world.log, "7500 1 gone Broken\n", "500 ms, 1, 2 and 4 s (RFC 8855 8.3.1)");
    assert_eq!(world.datagrams, 4);
    assert!(world.clients[0].client.poll_timeout().is_none());
}
