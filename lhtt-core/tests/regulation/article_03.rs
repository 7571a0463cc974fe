//! Điều 3 khoản 6 and 7, and with them the window of Điều 12 and the end of Điều 14: who may be in a session, and when.

use crate::world::*;
use lhtt_core::registry::Direction;
use lhtt_core::request::{Actor, End, LeaveReason, Party, Role};
use lhtt_core::submission::{Invitee, Submission};
use lhtt_core::{Disclosure, JoinId, Request, SessionId};

const DURING: &str = "2023-06-15T08:30";
const INVITED: &str = "Deny 3.7/invited: Điều 3 khoản 7";
const SLOT: &str = "Deny 3.7/slot: Điều 3 khoản 7";

/// Each row is its own world with the usual session accepted: who calls, when, and what it comes to.
#[test]
fn a_leg_joins_if_its_party_is_invited_and_it_is_time() {
    let early = "Deny 12.2.a/early: Điều 12 khoản 2 điểm a gạch đầu dòng thứ ba";
    let over = "Deny 12.2.a/over: Điều 12 khoản 2 điểm a gạch đầu dòng thứ ba [A-38]";
    let rows = [
        (at_site("da-lat"), DURING, "Permit"),
        (at_site("so-y-te"), DURING, "Permit"),
        (at_peer("chinh-phu"), DURING, "Permit"),
        (at_site("bao-loc"), DURING, INVITED),
        (at_peer("quoc-hoi"), DURING, INVITED),
        (at_site("da-lat"), "2023-06-15T07:30:00", "Permit"),
        (at_site("da-lat"), "2023-06-15T07:29:59.999", early),
        (at_site("da-lat"), "2023-06-15T14:00:00", "Permit"),
        (at_site("da-lat"), "2023-06-15T14:00:00.001", over),
        (at_site("don-duong"), DURING, "Deny 3.7/invited 9/admitted: Điều 3 khoản 7; Điều 9"),
        (at_site("nowhere"), DURING, "Deny 3.7/invited 9/admitted: Điều 3 khoản 7; Điều 9"),
        (
            at_site("bao-loc"),
            "2023-06-15T07:29",
            "Deny 3.7/invited 12.2.a/early: Điều 3 khoản 7; Điều 12 khoản 2 điểm a gạch đầu dòng thứ ba",
        ),
    ];
    for (party, when, expected) in rows {
        let mut world = World::new();
        world.session();
        assert_eq!(summary(&world.call(1, party.clone(), when)), expected, "{party:?} {when}");
    }
}

#[test]
fn who_is_not_on_the_list_is_told_nothing() {
    let mut world = World::new();
    world.session();
    let rows = [
        (at_site("bao-loc"), DURING, Disclosure::Bare),
        (at_peer("quoc-hoi"), DURING, Disclosure::Bare),
        (Party::Stranger, DURING, Disclosure::Bare),
        (at_peer("hanoi"), DURING, Disclosure::Bare),
        (at_site("da-lat"), "2023-06-15T07:00", Disclosure::Article),
    ];
    for (party, when, disclosure) in rows {
        let decision = world.call(1, party.clone(), when);
        assert_eq!(decision.disclosure, disclosure, "{party:?}");
        assert_eq!(decision.told_ascii().is_some(), disclosure == Disclosure::Article);
    }
}

#[test]
fn a_member_has_as_many_legs_as_were_invited_and_a_slot_comes_back() {
    let mut world = World::with(|configuration| configuration.peers[1].legs = 2);
    world.session();
    let mut ask = |request, expected: &str| assert_eq!(summary(&world.ask(request, DURING)), expected);
    ask(call(1, at_site("da-lat"), "1001"), "Permit");
    ask(call(2, at_site("da-lat"), "1001"), SLOT);
    ask(call(3, at_peer("chinh-phu"), "1001"), "Permit");
    ask(call(4, at_peer("chinh-phu"), "1001"), "Permit");
    ask(call(5, at_peer("chinh-phu"), "1001"), SLOT);
    ask(call(4, at_site("duc-trong"), "1001"), "Deny 3.7/join-fresh: Điều 3 khoản 7");
    ask(leave(3), "Permit");
    ask(leave(3), "Deny 3.7/join-open: Điều 3 khoản 7");
    ask(call(5, at_peer("chinh-phu"), "1001"), "Permit");
}

#[test]
fn the_list_may_say_how_many_legs_a_peer_has() {
    let mut world = World::new();
    let members = vec![site("da-lat"), Invitee { legs: Some(3), ..peer("vnpt") }];
    let session = world.session_of(Submission { members, ..submission() }, "1001");
    let legs: Vec<_> = world.registry.session(session).unwrap().seats.iter().map(|seat| seat.legs).collect();
    assert_eq!(legs, [1, 1, 3]);
}

#[test]
fn a_session_that_has_ended_is_over_and_its_legs_still_leave() {
    let mut world = World::new();
    let session = world.session();
    world.call(1, at_site("da-lat"), DURING);
    assert_eq!(summary(&world.ask(end(session), DURING)), "Permit");
    assert_eq!(summary(&world.ask(end(session), DURING)), "Deny 14.1/ended: Điều 14 khoản 1");
    assert_eq!(
        summary(&world.call(2, at_site("da-lat"), DURING)),
        "Deny 3.7/slot 14.1/ended: Điều 3 khoản 7; Điều 14 khoản 1"
    );
    assert_eq!(summary(&world.call(2, at_site("duc-trong"), DURING)), "Deny 14.1/ended: Điều 14 khoản 1");
    assert_eq!(summary(&world.ask(leave(1), DURING)), "Permit");
    assert_eq!(world.registry.joins().count(), 0);
}

#[test]
fn only_its_operators_end_a_session() {
    let ended_by = |role, session| Request::End(End { session, actor: actor("Lê Văn An", role) });
    let refused = "Deny 3.8/role: Điều 13 khoản 1";
    let rows = [
        (Role::McuOperator, 1, "Permit"),
        (Role::TechnicalOperator, 1, "Permit"),
        // Of which site he is, is a missing fact.
        (Role::SiteOperator, 1, refused),
        (Role::Office, 1, refused),
        (Role::ManagingAuthority, 1, refused),
        (Role::McuOperator, 2, "Deny 14.1/known: Điều 14 khoản 1"),
    ];
    for (role, session, expected) in rows {
        let mut world = World::new();
        world.session();
        assert_eq!(summary(&world.ask(ended_by(role, SessionId(session)), DURING)), expected, "{role:?}");
    }
    let without_control = "Deny 5.6/grant: Điều 5 khoản 6; Điều 10 khoản 1 [A-31]";
    let rows = [("so-y-te", true, "Permit"), ("so-y-te", false, without_control), ("da-lat", true, refused)];
    for (site, controls, expected) in rows {
        let mut world = World::new();
        if controls {
            world.may_control(site);
        }
        let session = world.session();
        let actor = Actor { site: Some(site.into()), ..actor("Lê Văn An", Role::SiteOperator) };
        assert_eq!(summary(&world.ask(Request::End(End { session, actor }), DURING)), expected, "{site}");
    }
}

#[test]
fn the_mcu_calls_members_of_an_open_session() {
    let rows = [
        (Some("1001"), at_peer("chinh-phu"), "Permit"),
        (None, at_peer("chinh-phu"), "Permit"),
        (Some("7777"), at_peer("chinh-phu"), "Permit"),
        (Some("1001"), at_peer("vnpt"), INVITED),
        (None, at_peer("vnpt"), "Deny 3.7/dial-out: Điều 3 khoản 7"),
        (None, at_peer("hanoi"), "Deny 3.7/dial-out 5.5/configured-peer: Điều 3 khoản 7; Điều 5 khoản 5"),
        (Some("1001"), Party::Stranger, "Deny 5.5/configured-peer: Điều 5 khoản 5"),
    ];
    for (calling, to, expected) in rows {
        let mut world = World::new();
        world.session();
        let decision = world.ask(dial(1, calling, to.clone()), DURING);
        assert_eq!(summary(&decision), expected, "{calling:?} {to:?}");
        assert_eq!(decision.disclosure, Disclosure::Article);
        assert!(decision.joined().is_none_or(|joined| joined.direction == Direction::DialOut));
    }
}

/// Two open sessions list the Government: which one the MCU means must be said, by alias or by room.
#[test]
fn the_mcu_says_which_session_it_calls_from() {
    let mut world = World::new();
    world.session();
    let other = Submission {
        agency: Some("so-noi-vu".into()),
        sent_from: "snv@lamdong.gov.vn".to_owned(),
        chair_site: Some("so-noi-vu".into()),
        members: vec![peer("chinh-phu")],
        ..submission()
    };
    let second = world.session_of(other, "1002");
    let ask = |world: &mut World, calling| world.ask(dial(1, calling, at_peer("chinh-phu")), DURING);
    assert_eq!(summary(&ask(&mut world, None)), "Deny 3.7/dial-out: Điều 3 khoản 7");
    assert_eq!(ask(&mut world, Some("1002")).joined().map(|joined| joined.session), Some(second));
}

#[test]
fn only_the_mcu_calls_out() {
    let mut world = World::new();
    world.session();
    let Request::Join(join) = dial(1, None, at_peer("chinh-phu")) else { unreachable!() };
    for party in [at_site("so-y-te"), at_peer("chinh-phu"), Party::Stranger] {
        let decision = world.ask(Request::Join(lhtt_core::request::Join { party, ..join.clone() }), DURING);
        assert_eq!(summary(&decision), "Deny 13.1/dial-out: Điều 13 khoản 1");
        assert_eq!(decision.disclosure, Disclosure::Bare);
    }
}

/// gateway.md 11.2: an accepted session goes on while the clock is not trusted.
#[test]
fn an_accepted_session_is_joined_even_by_an_untrusted_clock() {
    let mut world = World::new();
    let session = world.session();
    let decision = world.ask_by(call(1, at_site("da-lat"), "1001"), untrusted("1970-01-01T08:00"));
    assert_eq!(summary(&decision), "Permit 12.2.a/clock-window: Điều 12 khoản 2 điểm a gạch đầu dòng thứ ba");
    let decision = world.ask_by(call(2, at_site("bao-loc"), "1001"), untrusted("1970-01-01T08:00"));
    assert!(!decision.is_permit());
    world.ask(end(session), DURING);
    let decision = world.ask_by(call(3, at_site("duc-trong"), "1001"), untrusted(DURING));
    assert_eq!(summary(&decision), "Deny 14.1/ended: Điều 14 khoản 1");
}

#[test]
fn a_number_given_again_means_the_session_of_the_hour() {
    let mut world = World::new();
    let first = world.session();
    let later = Submission { start: Some(at("2023-06-16T08:00")), end: Some(at("2023-06-16T10:00")), ..submission() };
    let second = world.session_of(later, "1001");
    let rows = [(DURING, Some(first)), ("2023-06-16T08:30", Some(second)), ("2023-06-15T20:00", None)];
    for (join, (when, session)) in rows.into_iter().enumerate() {
        let decision = world.call(join as u64 + 1, at_peer("chinh-phu"), when);
        assert_eq!(decision.joined().map(|joined| joined.session), session, "{when}");
        world.ask(leave(join as u64 + 1), when);
    }
}

#[test]
fn join_numbers_go_on_after_every_join_there_was() {
    let mut world = World::new();
    world.session();
    assert_eq!(world.registry.next_join(), JoinId(1));
    world.call(41, at_site("da-lat"), DURING);
    let restart = lhtt_core::request::Leave { join: JoinId(41), reason: LeaveReason::new(LeaveReason::RESTART) };
    world.ask(Request::Leave(restart), DURING);
    assert_eq!(world.registry.next_join(), JoinId(42));
    world.call(7, at_site("da-lat"), DURING);
    assert_eq!(world.registry.next_join(), JoinId(42), "also when a smaller number came later");
}

/// Điều 3 khoản 6: without a chair site a registration is incomplete; two cannot be written down.
#[test]
fn a_session_has_one_chair_site() {
    let mut world = World::new();
    let decision =
        world.ask(Request::Submit(Box::new(Submission { chair_site: None, ..submission() })), "2023-06-13T08:00");
    assert_eq!(summary(&decision), "Incomplete 3.6/one-chair-site: Điều 3 khoản 6");
}
