//! Whole calls between two endpoints in every mode: what is said, what each owner hears, and that nothing is left.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail loudly")]

mod common;

use common::{CALLEE, CALLER, World, answer, media, place};
use lhtt_h323::{Answer, Capability, Codec, Config, Habits};

/// Plays a call that the caller ends, and compares.
fn check(fast: bool, tunnel: bool, ladder: &str, caller: &[&str], callee: &[&str]) {
    let mut world = World::new();
    world.place(place(fast, tunnel));
    let call = world.call(CALLER);
    world.act(CALLER, |endpoint, now| endpoint.release(now, call, 16, None));
    let said = world.take_ladder();
    assert_eq!(said.trim(), unindent(ladder), "\n{said}");
    assert_eq!(world.take_events(CALLER), caller);
    assert_eq!(world.take_events(CALLEE), callee);
    world.assert_empty();
}

fn unindent(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

const FAST_CALLER: [&str; 5] =
    ["proceeding", "alerting", "Outgoing G711U pt=0 192.0.2.2:5004", "Incoming G711U pt=0 -", "connected"];

const FAST_CALLEE: [&str; 2] = ["Incoming G711U pt=0 - events=101", "Outgoing G711U pt=0 192.0.2.1:5004"];

const SLOW_CALLER: [&str; 8] = [
    "proceeding",
    "alerting",
    "connected",
    "capabilities [G711U, events]",
    "Incoming G711U pt=0 -",
    "Outgoing G711U pt=0 192.0.2.2:5004 events=101",
    "released 16 - by Us",
    "forgotten",
];

const SLOW_CALLEE: [&str; 5] = [
    "capabilities [G711A, G711U]",
    "Incoming G711U pt=0 - events=101",
    "Outgoing G711U pt=0 192.0.2.1:5004",
    "released 16 - by Peer",
    "forgotten",
];

#[test]
fn fast_tunnelled() {
    let caller = [&FAST_CALLER[..], &["capabilities [G711U, events]", "released 16 - by Us", "forgotten"]].concat();
    let callee = [
        "incoming 600 fast=[G711A, G711U] tunnelling=true",
        FAST_CALLEE[0],
        FAST_CALLEE[1],
        "capabilities [G711A, G711U]",
        "released 16 - by Peer",
        "forgotten",
    ];
    check(
        true,
        true,
        "-> Setup fast=4 tunnelling
        <- CallProceeding tunnelling
        <- Alerting tunnelling
        <- Connect fast=2 tunnelling
        <- Facility tunnelling [TerminalCapabilitySet, MasterSlaveDetermination]
        -> Facility tunnelling [TerminalCapabilitySet, MasterSlaveDetermination]
        -> Facility tunnelling [TerminalCapabilitySetAck, MasterSlaveDeterminationAck]
        <- Facility tunnelling [TerminalCapabilitySetAck, MasterSlaveDeterminationAck]
        -> Facility tunnelling [EndSessionCommand]
        <- Facility tunnelling [EndSessionCommand]
        -> ReleaseComplete cause=16 tunnelling",
        &caller,
        &callee,
    );
}

#[test]
fn fast_without_tunnelling_needs_no_h245() {
    let caller = [&FAST_CALLER[..], &["released 16 - by Us", "forgotten"]].concat();
    let callee = [
        "incoming 600 fast=[G711A, G711U] tunnelling=false",
        FAST_CALLEE[0],
        FAST_CALLEE[1],
        "released 16 - by Peer",
        "forgotten",
    ];
    check(
        true,
        false,
        "-> Setup fast=4
        <- CallProceeding
        <- Alerting
        <- Connect fast=2
        -> ReleaseComplete cause=16",
        &caller,
        &callee,
    );
}

#[test]
fn slow_tunnelled() {
    check(
        false,
        true,
        "-> Setup tunnelling
        <- CallProceeding tunnelling
        <- Alerting tunnelling
        <- Connect tunnelling [TerminalCapabilitySet, MasterSlaveDetermination]
        -> Facility tunnelling [TerminalCapabilitySetAck, TerminalCapabilitySet, MasterSlaveDetermination, MasterSlaveDeterminationAck]
        <- Facility tunnelling [TerminalCapabilitySetAck, MasterSlaveDeterminationAck]
        <- Facility tunnelling [OpenLogicalChannel]
        -> Facility tunnelling [OpenLogicalChannel]
        -> Facility tunnelling [OpenLogicalChannelAck]
        <- Facility tunnelling [OpenLogicalChannelAck]
        -> Facility tunnelling [EndSessionCommand]
        <- Facility tunnelling [EndSessionCommand]
        -> ReleaseComplete cause=16 tunnelling",
        &SLOW_CALLER,
        &[&["incoming 600 fast=[] tunnelling=true"], &SLOW_CALLEE[..]].concat(),
    );
}

#[test]
fn slow_separate() {
    check(
        false,
        false,
        "-> Setup
        <- CallProceeding
        <- Alerting
        <- Connect h245Address
        -> H.245 TerminalCapabilitySet
        -> H.245 MasterSlaveDetermination
        <- H.245 TerminalCapabilitySet
        <- H.245 MasterSlaveDetermination
        <- H.245 TerminalCapabilitySetAck
        <- H.245 MasterSlaveDeterminationAck
        -> H.245 TerminalCapabilitySetAck
        -> H.245 MasterSlaveDeterminationAck
        -> H.245 OpenLogicalChannel
        <- H.245 OpenLogicalChannel
        <- H.245 OpenLogicalChannelAck
        -> H.245 OpenLogicalChannelAck
        -> H.245 EndSessionCommand
        <- H.245 EndSessionCommand
        -> ReleaseComplete cause=16",
        &SLOW_CALLER,
        &[&["incoming 600 fast=[] tunnelling=false"], &SLOW_CALLEE[..]].concat(),
    );
}

/// A call in which nothing is answered by itself.
fn offered(fast: bool, tunnel: bool) -> World {
    let mut world = World::new();
    world.auto = false;
    world.place(place(fast, tunnel));
    world.take_ladder();
    world
}

fn hang_up(mut world: World) {
    let call = world.call(CALLER);
    world.act(CALLER, |endpoint, now| endpoint.release(now, call, 16, None));
    world.assert_empty();
}

#[test]
fn proposals_that_nobody_takes_fall_back_to_h245() {
    let mut world = offered(true, true);
    let call = world.call(CALLEE);
    let capabilities = vec![Capability::audio(Codec::G729)];
    world.act(CALLEE, |endpoint, now| endpoint.answer(now, call, Answer { capabilities, media: media(CALLEE) }));
    assert_eq!(world.ladder[0], "<- Connect fast-refused tunnelling [TerminalCapabilitySet, MasterSlaveDetermination]");
    let events = ["connected", "capabilities [G729]", "Incoming G711U pt=0 -"];
    assert_eq!(world.take_events(CALLER), events, "one way, for we cannot send what it takes");
    hang_up(world);
}

#[test]
fn media_before_the_answer_takes_fast_start_into_alerting() {
    let mut world = offered(true, true);
    let call = world.call(CALLEE);
    world.act(CALLEE, |endpoint, now| {
        endpoint.set_media(now, call, vec![Capability::audio(Codec::G711A)], media(CALLEE));
        endpoint.alert(now, call);
    });
    assert_eq!(world.take_ladder(), "<- Alerting fast=2 tunnelling");
    let early = ["alerting", "Outgoing G711A pt=8 192.0.2.2:5004", "Incoming G711A pt=8 -"];
    assert_eq!(world.take_events(CALLER), early);
    world.act(CALLEE, |endpoint, now| endpoint.answer(now, call, answer()));
    assert_eq!(world.ladder[0], "<- Connect tunnelling", "said once");
    hang_up(world);
}

#[test]
fn h245_in_setup_waits_for_the_owner_and_then_goes_with_the_next_messages() {
    let mut world = World::with(Config::new, [Habits { h245_in_setup: true, ..Habits::default() }; 2]);
    world.auto = false;
    world.place(place(true, true));
    let setup = "-> Setup fast=4 tunnelling [TerminalCapabilitySet, MasterSlaveDetermination]";
    assert_eq!(world.take_ladder(), setup, "nobody is answered before the owner agrees");
    let call = world.call(CALLEE);
    world.act(CALLEE, |endpoint, now| endpoint.proceed(now, call));
    let answered = "<- CallProceeding tunnelling [TerminalCapabilitySetAck, MasterSlaveDeterminationAck]";
    assert_eq!(world.ladder[0], answered);
    world.take_ladder();
    world.act(CALLEE, |endpoint, now| endpoint.answer(now, call, answer()));
    let rest = "<- Connect fast=2 tunnelling
        <- Facility tunnelling [TerminalCapabilitySet]
        -> Facility tunnelling [TerminalCapabilitySetAck]";
    assert_eq!(world.take_ladder(), unindent(rest), "the determination is done");
    hang_up(world);
}

#[test]
fn h245_in_setup_is_said_again_to_a_callee_that_does_not_tunnel() {
    // The callee's owner cannot refuse tunnelling, so the script changes the flag of the Setup on its way.
    let mut world = World::with(Config::new, [Habits { h245_in_setup: true, ..Habits::default() }; 2]);
    world.untunnel = true;
    world.place(place(false, true));
    let ladder = world.take_ladder();
    assert!(ladder.contains("<- Connect h245Address"), "{ladder}");
    assert_eq!(ladder.matches("-> H.245 TerminalCapabilitySet\n").count(), 1, "{ladder}");
    let events = world.take_events(CALLER);
    assert!(events.contains(&"Outgoing G711U pt=0 192.0.2.2:5004 events=101".to_owned()), "{events:?}");
    hang_up(world);
}

#[test]
fn a_callee_without_an_address_is_asked_to_come_to_ours() {
    let mut world = World::new();
    (world.auto, world.no_address) = (false, true);
    world.place(place(false, false));
    world.take_ladder();
    let call = world.call(CALLEE);
    world.act(CALLEE, |endpoint, now| endpoint.answer(now, call, answer()));
    let events = world.take_events(CALLEE);
    assert!(events.contains(&"Outgoing G711U pt=0 192.0.2.1:5004".to_owned()), "{events:?}");
    assert_eq!(world.ladder[..2], ["<- Connect", "-> Facility StartH245 h245Address"]);
    hang_up(world);
}

#[test]
fn keys_begin_h245_after_fast_start_without_tunnelling() {
    let mut world = World::new();
    world.place(place(true, false));
    let call = world.call(CALLER);
    world.take_ladder();
    world.act(CALLER, |endpoint, now| endpoint.user_input(now, call, "12#"));
    assert_eq!(world.ladder[0], "-> Facility StartH245 h245Address");
    assert_eq!(world.take_events(CALLEE).last().unwrap(), "keys 12#");
    hang_up(world);
}

#[test]
fn keys_go_as_signals_where_the_peer_takes_them() {
    let mut world = World::new();
    world.place(place(true, true));
    world.take_events(CALLEE);
    let call = world.call(CALLER);
    world.act(CALLER, |endpoint, now| endpoint.user_input(now, call, "1x#"));
    assert_eq!(world.take_events(CALLEE), ["keys 1", "keys #"]);
    hang_up(world);
}

#[test]
fn hold_closes_the_held_channel_and_resume_opens_it_anew() {
    let mut world = World::new();
    world.place(place(false, true));
    let call = world.call(CALLER);
    world.take_events(CALLER);
    world.take_events(CALLEE);
    world.act(CALLER, |endpoint, now| endpoint.set_capabilities(now, call, Vec::new()));
    assert_eq!(world.take_events(CALLEE), ["capabilities []", "closed Outgoing"]);
    assert_eq!(world.take_events(CALLER), ["closed Incoming"]);
    world.act(CALLER, |endpoint, now| endpoint.set_capabilities(now, call, vec![Capability::audio(Codec::G711U)]));
    assert_eq!(world.take_events(CALLEE), ["capabilities [G711U]", "Outgoing G711U pt=0 192.0.2.1:5004"]);
    assert_eq!(world.take_events(CALLER), ["Incoming G711U pt=0 -"]);
    hang_up(world);
}

#[test]
fn a_channel_with_a_codec_we_did_not_name_is_refused() {
    let mut world = World::new();
    world.place(place(true, true));
    let call = world.call(CALLER);
    world.take_events(CALLER);
    world.take_ladder();
    world.act(CALLER, |endpoint, now| endpoint.open(now, call, Codec::G728, media(CALLER)).unwrap());
    let ladder = "-> Facility tunnelling [CloseLogicalChannel, OpenLogicalChannel]
        <- Facility tunnelling [CloseLogicalChannelAck, OpenLogicalChannelReject]";
    assert_eq!(world.take_ladder(), unindent(ladder));
    assert_eq!(world.take_events(CALLER), ["closed Outgoing"]);
    hang_up(world);
}

#[test]
fn a_channel_asked_for_early_gives_way_to_fast_start() {
    let mut world = World::with(Config::new, [Habits { h245_in_setup: true, ..Habits::default() }; 2]);
    world.auto = false;
    world.place(place(true, true));
    let call = world.call(CALLEE);
    world.act(CALLEE, |endpoint, now| {
        endpoint.set_media(now, call, vec![Capability::audio(Codec::G711A)], media(CALLEE));
        endpoint.open(now, call, Codec::G711U, media(CALLEE)).unwrap();
        endpoint.proceed(now, call);
    });
    world.act(CALLEE, |endpoint, now| endpoint.answer(now, call, answer()));
    let ladder = world.take_ladder();
    assert!(!ladder.contains("OpenLogicalChannel"), "{ladder}");
    hang_up(world);
}
