//! Conversations through the gateway's public face: what goes out, in order, for what comes in. Callers are octets by hand, the
//! MCU is the project's H.323 stack; store and clock are the test's.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test")]

#[path = "gateway/rig.rs"]
mod rig;

use lhtt_core::journal::Entry;
use lhtt_core::registry::RegistrationState;
use lhtt_core::request::{LeaveReason, Request};
use lhtt_core::time::Duration;
use lhtt_h323::Codec;
use rig::{ALIAS, GOVERNMENT, Rig, STRANGER, Store, start};

/// What the journal says of joins: outcome, and the references of all findings.
fn joins(entries: &[Entry]) -> Vec<String> {
    let of_join = entries.iter().filter(|entry| matches!(entry.request(), Request::Join(_)));
    of_join.map(|entry| format!("{:?} {}", entry.decision().outcome, entry.decision().ascii())).collect()
}

/// Joins that come fast wait so long for one another.
const JOINS_ARE_WRITTEN: Duration = Duration::from_millis(100);

/// An end waits so long for a question to be written with.
const ENDS_ARE_WRITTEN: Duration = Duration::from_millis(100);

fn leaves(entries: &[Entry]) -> Vec<LeaveReason> {
    let reason = |entry: &Entry| match entry.request() {
        Request::Leave(leave) => Some(leave.reason.clone()),
        _ => None,
    };
    entries.iter().filter_map(reason).collect()
}

#[test]
fn a_permitted_call_reaches_the_mcu_after_its_permit_is_durable() {
    let mut rig = Rig::with_session();
    rig.store = Store::Hangs;
    rig.invite(GOVERNMENT, "gov.example", ALIAS);
    rig.said(&["append Join", "gov SIP/2.0 100 Trying"]);
    rig.append();
    rig.said(&["relay create", "open mcu", "mcu Setup"]);
    rig.store = Store::Works;
    rig.mcu_rings();
    rig.said(&["gov SIP/2.0 180 Ringing"]);
    rig.mcu_answers();
    rig.said(&[
        "relay to caller 192.0.2.9:40000 [(8, 8)]",
        "relay to callee 192.0.2.7:50000 [(8, 8)]",
        "gov SIP/2.0 200 OK",
        "mcu Facility",
        "mcu Facility",
    ]);
    assert!(rig.last.contains("m=audio 20000 RTP/AVP 8\r\n"), "{}", rig.last);
    rig.bye(GOVERNMENT, "gov.example", ALIAS);
    rig.said(&["relay remove", "gov SIP/2.0 200 OK", "mcu Facility", "mcu ReleaseComplete"]);
    rig.wait(ENDS_ARE_WRITTEN);
    rig.said(&["append Leave"]);
    rig.is_empty_in_the_end();
}

#[test]
fn an_mcu_that_holds_is_sent_nothing_until_it_resumes() {
    let mut rig = Rig::with_session();
    rig.invite(GOVERNMENT, "gov.example", ALIAS);
    rig.mcu_answers();
    rig.is_up_and_quiet();
    // H.323 8.4.6: an empty set, then one that names codecs again.
    rig.mcu_takes(&[]);
    assert_eq!(rig.relayed(), ["relay to callee nowhere []"]);
    rig.mcu_takes(&[Codec::G711A]);
    assert_eq!(rig.relayed(), ["relay to callee 192.0.2.7:50000 [(8, 8)]"]);
}

/// Who refuses, how it looks to the caller, and what the journal keeps.
#[track_caller]
fn refused(rig: &mut Rig, status: &str, headers: &[&str], journalled: &[&str]) {
    rig.said(&["append Join", "gov SIP/2.0 100 Trying", &format!("gov SIP/2.0 {status}")]);
    for header in headers {
        assert!(rig.last.contains(header), "`{header}` in:\n{}", rig.last);
    }
    assert_eq!(joins(&rig.journal), journalled);
    rig.is_empty_in_the_end();
    assert!(leaves(&rig.journal).is_empty());
}

#[test]
fn a_refused_call_is_one_entry_and_nothing_reaches_the_mcu() {
    let mut rig = Rig::with_session();
    rig.invite(GOVERNMENT, "gov.example", "7999999");
    let places = "Dieu 11 khoan 2; Dieu 12 khoan 2 diem a";
    let warning = format!("Warning: 399 BORDER \"{places}\"");
    let reason = "Reason: Q.850;cause=21;text=\"Điều 11 khoản 2; Điều 12 khoản 2 điểm a\"";
    refused(&mut rig, "403 Forbidden", &[&warning, reason], &[&format!("Deny {places}")]);
}

#[test]
fn a_stranger_hears_a_bare_403_whatever_it_asks_and_offers() {
    let mut heard = Vec::new();
    for (stream, from, called) in [(STRANGER, "gov.example", ALIAS), (GOVERNMENT, "other.example", "7999999")] {
        let mut rig = Rig::with_session();
        rig.invite(stream, from, called);
        assert!(!rig.last.contains("Warning") && !rig.last.contains("Reason") && !rig.last.contains("Dieu"));
        heard.push(rig.last.lines().next().unwrap().to_owned());
        assert_eq!(joins(&rig.journal), ["Deny Dieu 5 khoan 5"]);
    }
    let mut rig = Rig::with_session();
    rig.invite_with(STRANGER, "gov.example", ALIAS, "v=0\r\nnonsense\r\n");
    heard.push(rig.last.lines().next().unwrap().to_owned());
    assert_eq!(heard, ["SIP/2.0 403 Forbidden"; 3]);
    rig.is_empty_in_the_end();
}

#[test]
fn a_name_that_a_stranger_makes_long_is_cut_in_the_journal() {
    let mut rig = Rig::with_session();
    rig.invite(STRANGER, "gov.example", &"7".repeat(5_000));
    assert_eq!(joins(&rig.journal).len(), 1);
    assert!(rig.journal.last().unwrap().to_line().len() < 1_500);
}

#[test]
fn a_registration_a_second_late_is_refused_and_so_is_its_call() {
    let cases = [(0, "403 Forbidden", false), (1, "180 Ringing", true)];
    for (earlier, status, called) in cases {
        let mut rig = Rig::new();
        // Handed in 23:59:59 before the start, or 24:00:00.
        rig.go_to(start().hours_before(24).plus_seconds(1 - earlier));
        let state = rig.register();
        assert_eq!(matches!(state, RegistrationState::Accepted(_)), called, "{state:?}");
        rig.go_to(start());
        rig.invite(GOVERNMENT, "gov.example", ALIAS);
        if called {
            rig.mcu_rings();
        }
        assert!(rig.last.starts_with(&format!("SIP/2.0 {status}")), "{}", rig.last);
    }
}

#[test]
fn without_a_store_a_call_is_told_to_come_back() {
    let mut rig = Rig::with_session();
    rig.store = Store::Fails;
    rig.invite(GOVERNMENT, "gov.example", ALIAS);
    rig.said(&["append Join", "gov SIP/2.0 100 Trying", "gov SIP/2.0 503 Service Unavailable"]);
    assert!(rig.last.contains("Retry-After: "), "{}", rig.last);
    // Not tried again at once.
    rig.invite(GOVERNMENT, "gov.example", ALIAS);
    rig.said(&["gov SIP/2.0 100 Trying", "gov SIP/2.0 503 Service Unavailable"]);
    rig.store = Store::Works;
    rig.wait(Duration::from_secs(2));
    rig.said(&[]);
    rig.invite(GOVERNMENT, "gov.example", ALIAS);
    rig.said(&["append Join", "gov SIP/2.0 100 Trying", "relay create", "open mcu", "mcu Setup"]);
}

#[test]
fn a_clerk_that_does_not_answer_in_time_is_a_store_that_is_down() {
    let mut rig = Rig::with_session();
    rig.store = Store::Hangs;
    rig.invite(GOVERNMENT, "gov.example", ALIAS);
    rig.wait(Duration::from_secs(5));
    rig.said(&["append Join", "gov SIP/2.0 100 Trying", "gov SIP/2.0 503 Service Unavailable"]);
    assert!(rig.last.contains("Retry-After: "), "{}", rig.last);
    rig.store = Store::Works;
    rig.append();
    rig.wait(ENDS_ARE_WRITTEN);
    rig.said(&["append Leave"]);
    rig.is_empty_in_the_end();
}

#[test]
fn a_caller_that_cancels_before_the_permit_gives_its_slot_back() {
    // The second time, long after its wire has drained.
    for hanging in [1, 200] {
        let mut rig = Rig::with_session();
        rig.store = Store::Hangs;
        rig.invite(GOVERNMENT, "gov.example", ALIAS);
        rig.cancel(GOVERNMENT, "gov.example", ALIAS);
        let cancelled = ["gov SIP/2.0 200 OK", "gov SIP/2.0 487 Request Terminated"];
        rig.said(&[&["append Join", "gov SIP/2.0 100 Trying"], &cancelled[..]].concat());
        rig.wait(Duration::from_secs(hanging));
        rig.store = Store::Works;
        rig.append();
        rig.wait(ENDS_ARE_WRITTEN);
        rig.said(&["append Leave"]);
        assert_eq!(leaves(&rig.journal).len(), 1);
        rig.is_empty_in_the_end();
    }
}

#[test]
fn what_the_mcu_says_is_what_the_caller_hears() {
    for (cause, status) in [(1, "404"), (17, "486"), (18, "408"), (19, "480"), (21, "403"), (27, "502"), (34, "503")] {
        let mut rig = Rig::with_session();
        rig.invite(GOVERNMENT, "gov.example", ALIAS);
        rig.mcu_releases(cause);
        assert!(rig.last.starts_with(&format!("SIP/2.0 {status} ")), "cause {cause}: {}", rig.last);
        assert!(rig.last.contains(&format!("Reason: Q.850;cause={cause}\r\n")), "{}", rig.last);
        // One callee's trouble does not make our other calls stay away.
        assert!(!rig.last.contains("Retry-After"), "{}", rig.last);
        rig.wait(ENDS_ARE_WRITTEN);
        let left = leaves(&rig.journal);
        assert_eq!((left[0].code.as_str(), left[0].q850, left.len()), ("callee", Some(cause), 1));
        rig.is_empty_in_the_end();
    }
}

#[test]
fn an_mcu_that_only_rings_is_no_answer() {
    let mut rig = Rig::with_session();
    rig.invite(GOVERNMENT, "gov.example", ALIAS);
    rig.mcu_rings();
    rig.wait(Duration::from_secs(180));
    assert!(rig.last.starts_with("SIP/2.0 480 ") && rig.last.contains("Q.850;cause=19\r\n"), "{}", rig.last);
    rig.is_empty_in_the_end();
}

#[test]
fn a_caller_with_no_codec_of_ours_is_not_acceptable_here() {
    let mut rig = Rig::with_session();
    let opus = "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n\
        m=audio 40000 RTP/AVP 96\r\na=rtpmap:96 opus/48000/2\r\n";
    rig.invite_with(GOVERNMENT, "gov.example", ALIAS, opus);
    assert!(rig.last.starts_with("SIP/2.0 488 "), "{}", rig.last);
    rig.wait(ENDS_ARE_WRITTEN);
    assert_eq!(leaves(&rig.journal).len(), 1);
    rig.is_empty_in_the_end();
}

#[test]
fn a_neighbour_has_so_many_calls_a_second_and_refusals_do_not_fill_the_house() {
    let mut rig = Rig::with_session();
    let statuses: Vec<_> = (0..5)
        .map(|_| {
            rig.invite(GOVERNMENT, "gov.example", "7999999");
            rig.wait(JOINS_ARE_WRITTEN);
            rig.last.get(8..11).unwrap().to_owned()
        })
        .collect();
    assert_eq!(statuses, ["403", "403", "403", "503", "503"]);
    assert_eq!(joins(&rig.journal).len(), 3);
    rig.is_empty_in_the_end();
}

#[test]
fn of_strangers_only_so_many_are_journalled_in_a_second() {
    let mut rig = Rig::with_session();
    for _ in 0..100 {
        rig.invite(STRANGER, "gov.example", ALIAS);
    }
    rig.wait(JOINS_ARE_WRITTEN);
    assert_eq!(rig.told("403 Forbidden"), 100);
    assert_eq!(joins(&rig.journal).len(), 10);
    assert_eq!(rig.kept(), 10, "of the others nothing is kept: they take nobody's room");
    rig.is_empty_in_the_end();
}
