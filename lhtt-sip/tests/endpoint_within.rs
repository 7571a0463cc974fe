//! Requests within a dialog: RFC 3261 12.2, 14.2; RFC 3311; INFO.

mod support;

use lhtt_core::io::Transport;
use support::{Desk, SDP, header};

/// A call that is up, with the ladder of its beginning.
fn call(transport: Transport) -> (Desk, String) {
    let mut d = Desk::new(transport);
    d.asks("INVITE", "1", 1, SDP);
    d.accepts();
    d.asks("ACK", "2", 1, "");
    let ladder = "0 < INVITE
        0 > 100 INVITE
        0 * Incoming with SDP
        0 ! accept
        0 > 200 INVITE
        0 < ACK
        0 * Confirmed\n";
    (d, ladder.to_owned())
}

#[track_caller]
fn check(d: Desk, start: &str, rest: &str) {
    d.check(&format!("{start}{rest}"));
}

#[test]
fn a_re_invite_is_answered() {
    let (mut d, start) = call(Transport::Udp);
    let moved = d
        .request("INVITE", "3", 2, SDP)
        .replace("Contact: <sip:an@192.0.2.9:5060>", "Contact: <sip:an@192.0.2.9:5099>");
    d.hears(&moved);
    d.accepts();
    d.passes(500);
    d.asks("ACK", "4", 2, "");
    d.hangs_up();
    assert!(d.last().starts_with("BYE sip:an@192.0.2.9:5099 SIP/2.0"), "the target is refreshed");
    d.answers("BYE", "200 OK", "a1", "");
    check(
        d,
        &start,
        "    0 < INVITE
             0 > 100 INVITE
             0 * Renegotiate with SDP
             0 ! accept
             0 > 200 INVITE
           500 > 200 INVITE
           500 < ACK
           500 * Confirmed
           500 ! hang up
           500 > BYE
           500 < 200 BYE
         32000 * Forgotten",
    );
}

#[test]
fn a_re_invite_without_offer_asks_for_ours_and_may_be_refused() {
    let (mut d, start) = call(Transport::Tcp);
    d.asks("INVITE", "3", 2, "");
    d.accepts();
    d.asks("ACK", "4", 2, SDP);
    d.asks("INVITE", "5", 3, SDP);
    d.rejects(488);
    d.asks("ACK", "5", 3, "");
    d.rejects(488);
    d.asks("BYE", "6", 4, "");
    check(
        d,
        &start,
        "    0 < INVITE
             0 > 100 INVITE
             0 * Renegotiate
             0 ! accept
             0 > 200 INVITE
             0 < ACK
             0 * Confirmed with SDP
             0 < INVITE
             0 > 100 INVITE
             0 * Renegotiate with SDP
             0 ! reject
             0 > 488 INVITE
             0 < ACK
             0 ! reject
             0 ! misuse: `reject` does not fit the state of the session
             0 < BYE
             0 > 200 BYE
             0 * Ended Bye -
         32000 * Forgotten",
    );
}

#[test]
fn re_invites_that_overlap_are_turned_back() {
    let (mut d, start) = call(Transport::Tcp);
    d.asks("INVITE", "3", 2, SDP);
    d.asks("INVITE", "4", 3, SDP);
    assert!(header(d.last(), "Retry-After").parse::<u32>().unwrap() <= 10);
    d.asks("ACK", "4", 3, "");
    d.accepts();
    d.asks("INVITE", "5", 4, SDP);
    d.asks("ACK", "5", 4, "");
    d.asks("ACK", "6", 2, "");
    d.asks("BYE", "7", 5, "");
    check(
        d,
        &start,
        "    0 < INVITE
             0 > 100 INVITE
             0 * Renegotiate with SDP
             0 < INVITE
             0 > 500 INVITE
             0 < ACK
             0 ! accept
             0 > 200 INVITE
             0 < INVITE
             0 > 491 INVITE
             0 < ACK
             0 < ACK
             0 * Confirmed
             0 < BYE
             0 > 200 BYE
             0 * Ended Bye -
         32000 * Forgotten",
    );
}

#[test]
fn a_re_invite_that_the_owner_ignores_is_refused_and_the_call_goes_on() {
    let (mut d, start) = call(Transport::Tcp);
    d.asks("INVITE", "3", 2, SDP);
    d.passes(20_000);
    d.asks("ACK", "3", 2, "");
    d.accepts();
    d.asks("BYE", "4", 3, "");
    check(
        d,
        &start,
        "    0 < INVITE
             0 > 100 INVITE
             0 * Renegotiate with SDP
         20000 > 500 INVITE
         20000 < ACK
         20000 ! accept
         20000 ! misuse: `accept` does not fit the state of the session
         20000 < BYE
         20000 > 200 BYE
         20000 * Ended Bye -
         32000 * Forgotten",
    );
}

#[test]
fn a_re_invite_can_be_cancelled_and_a_bye_ends_one() {
    let (mut d, start) = call(Transport::Tcp);
    d.asks("INVITE", "3", 2, SDP);
    d.asks("CANCEL", "3", 2, "");
    d.asks("ACK", "3", 2, "");
    d.asks("INVITE", "4", 3, SDP);
    d.asks("BYE", "5", 4, "");
    d.asks("ACK", "4", 3, "");
    check(
        d,
        &start,
        "    0 < INVITE
             0 > 100 INVITE
             0 * Renegotiate with SDP
             0 < CANCEL
             0 > 200 CANCEL
             0 > 487 INVITE
             0 < ACK
             0 < INVITE
             0 > 100 INVITE
             0 * Renegotiate with SDP
             0 < BYE
             0 > 200 BYE
             0 > 487 INVITE
             0 * Ended Bye -
             0 < ACK
         32000 * Forgotten",
    );
}

#[test]
fn update_refreshes_or_renegotiates() {
    let (mut d, start) = call(Transport::Tcp);
    d.asks("UPDATE", "3", 2, "");
    assert_eq!(header(d.last(), "Contact"), "<sip:600@192.0.2.1:5060;transport=tcp>");
    d.asks("UPDATE", "4", 3, SDP);
    d.accepts();
    assert!(d.last().ends_with(SDP));
    d.asks("UPDATE", "5", 4, SDP);
    d.rejects(488);
    d.asks("BYE", "6", 5, "");
    check(
        d,
        &start,
        "    0 < UPDATE
             0 > 200 UPDATE
             0 < UPDATE
             0 * Renegotiate with SDP
             0 ! accept
             0 > 200 UPDATE
             0 * Confirmed
             0 < UPDATE
             0 * Renegotiate with SDP
             0 ! reject
             0 > 488 UPDATE
             0 < BYE
             0 > 200 BYE
             0 * Ended Bye -
         32000 * Forgotten",
    );
}

#[test]
fn info_and_options_and_the_rest() {
    let (mut d, start) = call(Transport::Tcp);
    let info = d.request("INFO", "3", 2, "Signal=5\r\nDuration=160\r\n");
    d.hears(&info.replace("application/sdp", "application/dtmf-relay"));
    d.asks("OPTIONS", "4", 3, "");
    d.asks("REFER", "5", 4, "");
    d.asks("DANCE", "6", 5, "");
    let require = d.request("INFO", "7", 6, "");
    d.hears(&require.replace("Contact", "Require: dance\nContact"));
    assert_eq!(header(d.last(), "Unsupported"), "dance");
    d.asks("INFO", "8", 3, "");
    let bye = d.request("BYE", "9", 7, "");
    d.hears(&bye.replace("Contact", "Reason: Q.850;cause=31\nContact"));
    d.asks("INFO", "a", 8, "");
    d.asks("BYE", "b", 9, "");
    check(
        d,
        &start,
        "    0 < INFO
             0 > 200 INFO
             0 * Info application/dtmf-relay 24
             0 < OPTIONS
             0 > 200 OPTIONS
             0 < REFER
             0 > 603 REFER
             0 < DANCE
             0 > 501 DANCE
             0 < INFO
             0 > 420 INFO
             0 < INFO
             0 > 500 INFO
             0 < BYE
             0 > 200 BYE
             0 * Ended Bye Q.850;cause=31
             0 < INFO
             0 > 481 INFO
             0 < BYE
             0 > 481 BYE
         32000 * Forgotten",
    );
}

#[test]
fn requests_of_no_dialog_are_481() {
    let (mut d, start) = call(Transport::Tcp);
    let bye = d.request("BYE", "3", 2, "");
    d.hears(&bye.replace("c1@", "c2@"));
    d.hears(&bye.replace("tag=a1", "tag=a2").replace("bK3", "bK4"));
    d.hears(&d.request_to("INVITE", "5", 2, ";tag=nobody", SDP));
    d.hears(&d.request_to("ACK", "5", 2, ";tag=nobody", ""));
    d.hears(&d.request_to("ACK", "6", 2, ";tag=nobody", ""));
    d.asks("BYE", "7", 2, "");
    check(
        d,
        &start,
        "    0 < BYE
             0 > 481 BYE
             0 < BYE
             0 > 481 BYE
             0 < INVITE
             0 > 481 INVITE
             0 < ACK
             0 < ACK
             0 < BYE
             0 > 200 BYE
             0 * Ended Bye -
         32000 * Forgotten",
    );
}

#[test]
fn we_hang_up_while_the_peer_renegotiates() {
    let (mut d, start) = call(Transport::Udp);
    d.asks("INVITE", "3", 2, SDP);
    d.hangs_up();
    d.asks("ACK", "3", 2, "");
    d.answers("BYE", "200 OK", "a1", "");
    check(
        d,
        &start,
        "    0 < INVITE
             0 > 100 INVITE
             0 * Renegotiate with SDP
             0 ! hang up
             0 > 487 INVITE
             0 > BYE
             0 < ACK
             0 < 200 BYE
         32000 * Forgotten",
    );
}
