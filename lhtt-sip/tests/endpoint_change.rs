//! Changing a session from our side, and both sides at once: RFC 3261 14.1, RFC 3311, RFC 3264 8.4.

mod support;

use lhtt_core::io::Transport;
use support::{Desk, SDP, header};

fn changes(d: &mut Desk, offer: bool, update: bool) {
    d.says("change", |endpoint, now, id| endpoint.change(now, id, offer.then(|| SDP.into()), update));
}

/// A call of ours that is up; the peer takes UPDATE if `update`.
fn calling(transport: Transport, update: bool) -> Desk {
    let mut d = Desk::new(transport);
    d.invites(true);
    let answer = d.response("INVITE", "200 OK", "b1", SDP);
    let allow = if update { "Allow: INVITE, UPDATE\nContact:" } else { "Contact:" };
    d.hears(&answer.replace("Contact:", allow));
    d
}

fn called(transport: Transport) -> Desk {
    let mut d = Desk::new(transport);
    d.asks("INVITE", "1", 1, SDP);
    d.accepts();
    d.asks("ACK", "2", 1, "");
    d
}

#[track_caller]
fn check(d: Desk, rest: &str) {
    let start =
        "0 ! invite\n0 . open Tcp 192.0.2.9:5060\n0 > INVITE\n0 < 200 INVITE\n0 > ACK\n0 * Answered 200 with SDP\n";
    d.check(&format!("{start}{rest}"));
}

#[test]
fn a_re_invite_of_ours_refreshes_the_target() {
    let mut d = calling(Transport::Tcp, false);
    changes(&mut d, true, true);
    let invite = d.last().to_owned();
    assert_eq!((header(&invite, "CSeq"), header(&invite, "Session-Expires")), ("2 INVITE", "1800;refresher=uac"));
    assert!(header(&invite, "To").ends_with(";tag=b1") && !header(&invite, "Contact").is_empty());
    let answer = d.response("INVITE", "200 OK", "b1", SDP).replace("bo@192.0.2.9:5060", "bo@192.0.2.9:5099");
    d.hears(&answer);
    assert!(d.last().starts_with("ACK sip:bo@192.0.2.9:5099 "), "{}", d.last());
    assert_eq!(header(d.last(), "CSeq"), "2 ACK");
    d.hears(&answer);
    d.hangs_up();
    d.answers("BYE", "200 OK", "b1", "");
    check(
        d,
        "0 ! change
         0 > INVITE
         0 < 200 INVITE
         0 > ACK
         0 * Changed with SDP
         0 < 200 INVITE
         0 > ACK
         0 ! hang up
         0 > BYE
         0 < 200 BYE
         32000 * Forgotten
         64000 . close",
    );
}

#[test]
fn an_update_of_ours_and_what_it_may_meet() {
    let mut d = calling(Transport::Tcp, true);
    changes(&mut d, true, true);
    assert!(d.last().starts_with("UPDATE ") && d.last().ends_with(SDP));
    // A second one at once does not fit.
    changes(&mut d, true, true);
    d.answers("UPDATE", "200 OK", "b1", SDP);
    changes(&mut d, true, true);
    d.answers("UPDATE", "488 Not Acceptable Here", "b1", "");
    changes(&mut d, true, true);
    d.answers("UPDATE", "501 Not Implemented", "b1", "");
    d.answers("INVITE", "200 OK", "b1", SDP);
    d.asks_bye_of_the_callee(1);
    check(
        d,
        "0 ! change
         0 > UPDATE
         0 ! change
         0 ! misuse: `change` does not fit the state of the session
         0 < 200 UPDATE
         0 * Changed with SDP
         0 ! change
         0 > UPDATE
         0 < 488 UPDATE
         0 * ChangeRefused 488
         0 ! change
         0 > UPDATE
         0 < 501 UPDATE
         0 > INVITE
         0 < 200 INVITE
         0 > ACK
         0 * Changed with SDP
         0 < BYE
         0 > 200 BYE
         0 * Ended Bye -
         32000 * Forgotten
         64000 . close",
    );
}

#[test]
fn a_re_invite_without_offer_is_answered_in_its_ack() {
    let mut d = calling(Transport::Tcp, false);
    changes(&mut d, false, false);
    d.answers("INVITE", "200 OK", "b1", SDP);
    assert!(d.last().starts_with("INVITE "), "the ACK waits for the answer");
    d.answers("INVITE", "200 OK", "b1", SDP);
    d.acknowledges();
    assert!(d.last().starts_with("ACK ") && d.last().ends_with(SDP));
    d.answers("INVITE", "200 OK", "b1", SDP);
    // An owner that does not answer loses the call.
    changes(&mut d, false, false);
    d.answers("INVITE", "200 OK", "b1", SDP);
    d.passes(32_000);
    d.answers("BYE", "200 OK", "b1", "");
    check(
        d,
        "0 ! change
         0 > INVITE
         0 < 200 INVITE
         0 * Changed with SDP
         0 < 200 INVITE
         0 ! acknowledge
         0 > ACK
         0 < 200 INVITE
         0 > ACK
         0 ! change
         0 > INVITE
         0 < 200 INVITE
         0 * Changed with SDP
         32000 > ACK
         32000 > BYE
         32000 * Ended NoAck
         32000 < 200 BYE
         32000 * Forgotten
         64000 . close",
    );
}

/// When the refused change goes out again, in milliseconds after the refusal.
fn backed_off(mut d: Desk, tag: &str) -> u64 {
    changes(&mut d, true, false);
    d.answers("INVITE", "491 Request Pending", tag, "");
    let sent = d.sent.len();
    let mut waited = 0;
    while d.sent.len() == sent {
        d.passes(10);
        waited += 10;
        assert!(waited <= 4_000);
    }
    assert!(d.last().starts_with("INVITE ") && header(d.last(), "CSeq") == header(d.sent_request("INVITE"), "CSeq"));
    d.answers("INVITE", "200 OK", tag, SDP);
    d.hangs_up();
    d.answers("BYE", "200 OK", tag, "");
    let ladder = d.finished();
    assert!(ladder.contains("* Changed with SDP") && !ladder.contains("ChangeRefused"), "{ladder}");
    waited
}

#[test]
fn glare_backs_off_by_who_made_the_call_id() {
    let waited = backed_off(calling(Transport::Tcp, false), "b1");
    assert!((2_100..=4_000).contains(&waited), "{waited}");
    let waited = backed_off(called(Transport::Tcp), "a1");
    assert!((10..=2_000).contains(&waited), "{waited}");
}

#[test]
fn crossing_re_invites_are_both_refused_and_the_peer_wins_the_second_time() {
    let mut d = calling(Transport::Tcp, false);
    changes(&mut d, true, false);
    let theirs = |d: &Desk, branch: &str, cseq: u32| d.callee_request("INVITE", branch, cseq, SDP);
    let text = theirs(&d, "1", 1);
    d.hears(&text);
    let text = d.callee_request("ACK", "1", 1, "");
    d.hears(&text);
    d.answers("INVITE", "491 Request Pending", "b1", "");
    let text = theirs(&d, "2", 2);
    d.hears(&text);
    d.accepts();
    let text = d.callee_request("ACK", "3", 2, "");
    d.hears(&text);
    d.asks_bye_of_the_callee(3);
    check(
        d,
        "0 ! change
         0 > INVITE
         0 < INVITE
         0 > 491 INVITE
         0 < ACK
         0 < 491 INVITE
         0 > ACK
         0 < INVITE
         0 > 100 INVITE
         0 * ChangeRefused 491
         0 * Renegotiate with SDP
         0 ! accept
         0 > 200 INVITE
         0 < ACK
         0 * Confirmed
         0 < BYE
         0 > 200 BYE
         0 * Ended Bye -
         32000 * Forgotten
         64000 . close",
    );
}

#[test]
fn crossing_updates_are_refused_and_a_busy_peer_is_asked_later() {
    let mut d = calling(Transport::Tcp, true);
    changes(&mut d, true, true);
    let text = d.callee_request("UPDATE", "1", 1, SDP);
    d.hears(&text);
    assert!(d.last().starts_with("SIP/2.0 491 "));
    // One without offer changes nothing that could cross.
    let text = d.callee_request("UPDATE", "2", 2, "");
    d.hears(&text);
    assert!(d.last().starts_with("SIP/2.0 200 "));
    let busy = d.response("UPDATE", "500 Server Internal Error", "b1", "");
    d.hears(&busy.replace("Contact:", "Retry-After: 7\nContact:"));
    let sent = d.sent.len();
    d.passes(6_999);
    assert_eq!(d.sent.len(), sent);
    d.passes(1);
    assert_eq!(d.sent.len(), sent + 1);
    let busy = d.response("UPDATE", "500 Server Internal Error", "b1", "");
    d.hears(&busy.replace("Contact:", "Retry-After: 3600\nContact:"));
    d.hangs_up();
    assert!(d.finished().contains("* ChangeRefused 500"));
}

#[test]
fn glare_without_end_is_given_up() {
    let mut d = calling(Transport::Tcp, false);
    changes(&mut d, true, false);
    for _ in 0..10 {
        d.answers("INVITE", "491 Request Pending", "b1", "");
        d.passes(4_000);
    }
    let invites = d.sent.iter().filter(|text| text.starts_with("INVITE ")).count();
    assert_eq!(invites, 2 + usize::from(lhtt_sip::limits::RETRIES_MAX));
    d.hangs_up();
    assert!(d.finished().contains("* ChangeRefused 491"));
}

#[test]
fn a_peer_that_lost_the_dialog_ends_it() {
    for answer in [Some("481 Call/Transaction Does Not Exist"), Some("408 Request Timeout"), None] {
        let mut d = calling(Transport::Tcp, false);
        changes(&mut d, true, false);
        match answer {
            Some(answer) => d.answers("INVITE", answer, "b1", ""),
            None => d.passes(32_000),
        }
        assert!(d.last().starts_with("BYE "), "{answer:?}: {}", d.last());
        let ladder = d.finished();
        assert!(ladder.contains("* Ended PeerGone"), "{ladder}");
    }
}

#[test]
fn a_bye_that_crosses_our_change_ends_both() {
    let mut d = calling(Transport::Tcp, false);
    changes(&mut d, true, false);
    d.asks_bye_of_the_callee(1);
    d.answers("INVITE", "487 Request Terminated", "b1", "");
    let ladder = d.finished();
    assert!(ladder.contains("* Ended Bye") && !ladder.contains("Change"), "{ladder}");
    // Or the 2xx was on its way already: it has its ACK.
    let mut d = calling(Transport::Tcp, false);
    changes(&mut d, true, false);
    d.hangs_up();
    d.answers("INVITE", "200 OK", "b1", SDP);
    assert!(d.last().starts_with("ACK "));
    d.answers("BYE", "200 OK", "b1", "");
    assert!(!d.finished().contains("Changed"));
}

#[test]
fn a_re_invite_that_rings_for_ever_is_cancelled() {
    let mut d = calling(Transport::Tcp, false);
    changes(&mut d, true, false);
    d.answers("INVITE", "100 Trying", "", "");
    d.passes(200_000);
    assert!(d.last().starts_with("CANCEL "));
    d.answers("CANCEL", "200 OK", "b1", "");
    d.answers("INVITE", "487 Request Terminated", "b1", "");
    d.hangs_up();
    assert!(d.finished().contains("* ChangeRefused 487"));
}

#[test]
fn hold_both_ways() {
    let mut d = called(Transport::Tcp);
    d.says("hold", |endpoint, now, id| endpoint.hold(now, id, true));
    assert!(d.last().ends_with("a=sendonly\r\n"), "{}", d.last());
    assert!(d.last().contains("\r\no=- 1 2 IN IP4 "), "the next version: {}", d.last());
    d.answers("INVITE", "200 OK", "a1", &format!("{SDP}a=recvonly\r\n"));
    d.says("resume", |endpoint, now, id| endpoint.hold(now, id, false));
    assert!(d.last().ends_with("a=sendrecv\r\n"), "{}", d.last());
    d.answers("INVITE", "200 OK", "a1", SDP);
    for (branch, cseq, end) in [("3", 2, "a=sendonly\r\n"), ("5", 3, "a=inactive\r\n"), ("7", 4, "")] {
        d.asks("INVITE", branch, cseq, &format!("{SDP}{end}"));
        d.accepts();
        d.asks("ACK", &format!("{branch}x"), cseq, "");
    }
    d.asks("BYE", "9", 5, "");
    let ladder = d.finished();
    let held: Vec<&str> = ladder.lines().filter(|line| line.contains("* Held")).map(str::trim).collect();
    assert_eq!(held, ["0 * Held", "0 * Held no more"], "{ladder}");
    assert_eq!(ladder.matches("* Changed with SDP").count(), 2, "{ladder}");
}
