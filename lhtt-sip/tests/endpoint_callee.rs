//! Calls that come in: RFC 3261 8.2, 9.2, 13.3, 15, 17.2.

mod support;

use lhtt_core::io::Transport;
use support::{Desk, SDP, header, tag_of};

#[test]
fn a_call_is_answered_and_the_caller_hangs_up() {
    let mut d = Desk::udp();
    d.asks("INVITE", "1", 1, SDP);
    d.rings();
    d.passes(100);
    d.accepts();
    d.passes(10);
    d.asks("ACK", "2", 1, "");
    d.passes(1_000);
    d.asks("BYE", "3", 2, "");
    d.check(
        "     0 < INVITE
             0 > 100 INVITE
             0 * Incoming with SDP
             0 ! ring
             0 > 180 INVITE
           100 ! accept
           100 > 200 INVITE
           110 < ACK
           110 * Confirmed
          1110 < BYE
          1110 > 200 BYE
          1110 * Ended Bye -
         33110 * Forgotten",
    );
}

#[test]
fn answers_have_what_a_dialog_needs() {
    let mut d = Desk::udp();
    let invite = d
        .request("INVITE", "1;rport", 1, SDP)
        .replace("Max-Forwards", "Record-Route: <sip:p1;lr>,<sip:p2;lr>\nMax-Forwards");
    d.hears(&invite);
    assert_eq!(tag_of(header(d.last(), "To")), "", "100 has no tag");
    d.rings();
    let ringing = d.last().to_owned();
    d.accepts();
    let ok = d.last().to_owned();
    let via = "SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bK1;rport=5060;received=192.0.2.9";
    for answer in [&ringing, &ok] {
        assert_eq!(header(answer, "Via"), via);
        assert_eq!(header(answer, "From"), "\"An\" <sip:an@192.0.2.9>;tag=a1");
        assert_eq!(header(answer, "Call-ID"), "c1@192.0.2.9");
        assert_eq!(header(answer, "CSeq"), "1 INVITE");
        assert_eq!(header(answer, "Record-Route"), "<sip:p1;lr>,<sip:p2;lr>");
        assert_eq!(header(answer, "Contact"), "<sip:600@192.0.2.1:5060>");
    }
    assert_eq!(header(&ringing, "To"), header(&ok, "To"));
    assert_eq!(tag_of(header(&ok, "To")).len(), 16);
    assert!(ok.ends_with(SDP) && header(&ok, "Content-Type") == "application/sdp");
    d.asks("ACK", "2", 1, "");
    d.hangs_up();
    let bye = d.last().to_owned();
    assert!(bye.starts_with("BYE sip:an@192.0.2.9:5060 SIP/2.0\r\n"), "{bye}");
    assert_eq!(bye.matches("\r\nRoute: ").count(), 2, "{bye}");
    assert!(bye.find("<sip:p1;lr>") < bye.find("<sip:p2;lr>"));
    assert_eq!(header(&bye, "From"), header(&ok, "To"));
    assert_eq!(header(&bye, "To"), header(&ok, "From"));
    assert_eq!(header(&bye, "Reason"), "Q.850;cause=16");
    d.answers("BYE", "200 OK", "a1", "");
    d.finish();
}

#[test]
fn a_2xx_is_repeated_until_its_ack() {
    let mut d = Desk::udp();
    d.asks("INVITE", "1", 1, SDP);
    d.accepts();
    d.passes(8_000);
    d.asks("ACK", "2", 1, "");
    d.asks("ACK", "2", 1, "");
    d.passes(10_000);
    d.asks("BYE", "3", 2, "");
    d.check(
        "     0 < INVITE
             0 > 100 INVITE
             0 * Incoming with SDP
             0 ! accept
             0 > 200 INVITE
           500 > 200 INVITE
          1500 > 200 INVITE
          3500 > 200 INVITE
          7500 > 200 INVITE
          8000 < ACK
          8000 * Confirmed
          8000 < ACK
         18000 < BYE
         18000 > 200 BYE
         18000 * Ended Bye -
         50000 * Forgotten",
    );
}

#[test]
fn a_2xx_is_repeated_over_streams_too() {
    let mut d = Desk::new(Transport::Tcp);
    d.asks("INVITE", "1", 1, SDP);
    d.accepts();
    d.passes(600);
    d.asks("ACK", "2", 1, "");
    d.asks("BYE", "3", 2, "");
    d.check(
        "     0 < INVITE
             0 > 100 INVITE
             0 * Incoming with SDP
             0 ! accept
             0 > 200 INVITE
           500 > 200 INVITE
           600 < ACK
           600 * Confirmed
           600 < BYE
           600 > 200 BYE
           600 * Ended Bye -
         32000 * Forgotten",
    );
}

#[test]
fn without_an_ack_the_call_is_hung_up() {
    let mut d = Desk::udp();
    d.asks("INVITE", "1", 1, SDP);
    d.accepts();
    d.passes(32_100);
    d.answers("BYE", "200 OK", "a1", "");
    d.check(
        "     0 < INVITE
             0 > 100 INVITE
             0 * Incoming with SDP
             0 ! accept
             0 > 200 INVITE
           500 > 200 INVITE
          1500 > 200 INVITE
          3500 > 200 INVITE
          7500 > 200 INVITE
         11500 > 200 INVITE
         15500 > 200 INVITE
         19500 > 200 INVITE
         23500 > 200 INVITE
         27500 > 200 INVITE
         31500 > 200 INVITE
         32000 > BYE
         32000 * Ended NoAck
         32100 < 200 BYE
         37100 * Forgotten",
    );
}

#[test]
fn a_repeated_invite_is_absorbed_before_and_after_the_call() {
    let mut d = Desk::udp();
    d.asks("INVITE", "1", 1, SDP);
    let again = d.request_to("INVITE", "1", 1, "", SDP);
    d.hears(&again);
    d.rings();
    d.hears(&again);
    d.accepts();
    d.hears(&again);
    d.asks("ACK", "2", 1, "");
    d.asks("BYE", "3", 2, "");
    d.hears(&again);
    d.passes(31_000);
    d.hears(&again);
    d.check(
        "     0 < INVITE
             0 > 100 INVITE
             0 * Incoming with SDP
             0 < INVITE
             0 > 100 INVITE
             0 ! ring
             0 > 180 INVITE
             0 < INVITE
             0 > 180 INVITE
             0 ! accept
             0 > 200 INVITE
             0 < INVITE
             0 < ACK
             0 * Confirmed
             0 < BYE
             0 > 200 BYE
             0 * Ended Bye -
             0 < INVITE
         31000 < INVITE
         32000 * Forgotten",
    );
}

#[test]
fn the_same_call_by_another_path_is_a_loop() {
    let mut d = Desk::udp();
    d.asks("INVITE", "1", 1, SDP);
    let merged = d.request_to("INVITE", "9", 1, "", SDP);
    d.hears(&merged);
    assert!(d.last().starts_with("SIP/2.0 482 "));
    let tag = tag_of(header(d.last(), "To")).to_owned();
    d.hears(&d.request_to("ACK", "9", 1, &format!(";tag={tag}"), ""));
    d.rejects(404);
    d.asks("ACK", "1", 1, "");
    d.check(
        "     0 < INVITE
             0 > 100 INVITE
             0 * Incoming with SDP
             0 < INVITE
             0 > 482 INVITE
             0 < ACK
             0 ! reject
             0 > 404 INVITE
             0 < ACK
          5000 * Forgotten",
    );
}

#[test]
fn a_refusal_is_repeated_until_its_ack() {
    let mut d = Desk::udp();
    d.asks("INVITE", "1", 1, SDP);
    d.rejects(486);
    d.passes(3_000);
    d.hears(&d.request_to("INVITE", "1", 1, "", SDP));
    d.asks("ACK", "1", 1, "");
    d.passes(1_000);
    d.hears(&d.request_to("INVITE", "1", 1, "", SDP));
    d.check(
        "     0 < INVITE
             0 > 100 INVITE
             0 * Incoming with SDP
             0 ! reject
             0 > 486 INVITE
           500 > 486 INVITE
          1500 > 486 INVITE
          3000 < INVITE
          3000 > 486 INVITE
          3000 < ACK
          4000 < INVITE
          8000 * Forgotten",
    );
}

#[test]
fn a_refusal_nobody_acknowledges_is_given_up() {
    let mut d = Desk::new(Transport::Tls);
    d.asks("INVITE", "1", 1, SDP);
    d.rejects(404);
    d.check(
        "     0 < INVITE
             0 > 100 INVITE
             0 * Incoming with SDP
             0 ! reject
             0 > 404 INVITE
         32000 * Forgotten",
    );
}

#[test]
fn the_caller_cancels() {
    let mut d = Desk::udp();
    d.asks("INVITE", "1", 1, SDP);
    d.rings();
    let cancel = d.request_to("CANCEL", "1", 1, "", "").replace("Contact", "Reason: SIP;cause=480\nX");
    d.hears(&cancel);
    d.hears(&cancel);
    d.accepts();
    d.asks("ACK", "1", 1, "");
    d.check(
        "     0 < INVITE
             0 > 100 INVITE
             0 * Incoming with SDP
             0 ! ring
             0 > 180 INVITE
             0 < CANCEL
             0 > 200 CANCEL
             0 > 487 INVITE
             0 * Cancelled SIP;cause=480
             0 < CANCEL
             0 > 200 CANCEL
             0 ! accept
             0 ! misuse: `accept` does not fit the state of the session
             0 < ACK
         32000 * Forgotten",
    );
}

#[test]
fn a_cancel_that_comes_too_late_changes_nothing() {
    let mut d = Desk::udp();
    d.asks("INVITE", "1", 1, SDP);
    d.accepts();
    d.hears(&d.request_to("CANCEL", "1", 1, "", ""));
    d.asks("ACK", "2", 1, "");
    d.asks("BYE", "3", 2, "");
    d.check(
        "     0 < INVITE
             0 > 100 INVITE
             0 * Incoming with SDP
             0 ! accept
             0 > 200 INVITE
             0 < CANCEL
             0 > 200 CANCEL
             0 < ACK
             0 * Confirmed
             0 < BYE
             0 > 200 BYE
             0 * Ended Bye -
         32000 * Forgotten",
    );
}

#[test]
fn a_cancel_of_nothing_is_481() {
    let mut d = Desk::udp();
    d.asks("CANCEL", "1", 1, "");
    d.check("0 < CANCEL\n0 > 481 CANCEL");
}

#[test]
fn the_caller_leaves_an_early_dialog_by_bye() {
    let mut d = Desk::udp();
    d.asks("INVITE", "1", 1, SDP);
    d.rings();
    d.asks("BYE", "2", 2, "");
    d.asks("ACK", "1", 1, "");
    d.check(
        "     0 < INVITE
             0 > 100 INVITE
             0 * Incoming with SDP
             0 ! ring
             0 > 180 INVITE
             0 < BYE
             0 > 200 BYE
             0 > 487 INVITE
             0 * Cancelled -
             0 < ACK
         32000 * Forgotten",
    );
}

#[test]
fn an_invite_without_offer_gets_ours() {
    let mut d = Desk::new(Transport::Tls);
    d.asks("INVITE", "1", 1, "");
    d.accepts();
    d.asks("ACK", "2", 1, SDP);
    d.hangs_up();
    d.answers("BYE", "200 OK", "a1", "");
    d.check(
        "     0 < INVITE
             0 > 100 INVITE
             0 * Incoming
             0 ! accept
             0 > 200 INVITE
             0 < ACK
             0 * Confirmed with SDP
             0 ! hang up
             0 > BYE
             0 < 200 BYE
         32000 * Forgotten",
    );
}

#[test]
fn we_hang_up_before_the_final_answer() {
    let mut d = Desk::udp();
    d.asks("INVITE", "1", 1, SDP);
    d.hangs_up();
    assert_eq!(header(d.last(), "Reason"), "Q.850;cause=16");
    d.asks("ACK", "1", 1, "");
    d.check(
        "     0 < INVITE
             0 > 100 INVITE
             0 * Incoming with SDP
             0 ! hang up
             0 > 480 INVITE
             0 < ACK
          5000 * Forgotten",
    );
}

#[test]
fn our_bye_waits_for_the_ack() {
    let mut d = Desk::udp();
    d.asks("INVITE", "1", 1, SDP);
    d.accepts();
    d.hangs_up();
    d.passes(600);
    d.asks("ACK", "2", 1, "");
    d.answers("BYE", "200 OK", "a1", "");
    d.check(
        "     0 < INVITE
             0 > 100 INVITE
             0 * Incoming with SDP
             0 ! accept
             0 > 200 INVITE
             0 ! hang up
           500 > 200 INVITE
           600 < ACK
           600 > BYE
           600 < 200 BYE
         32000 * Forgotten",
    );
}

#[test]
fn a_lost_bye_is_repeated_and_byes_may_cross() {
    let mut d = Desk::udp();
    d.asks("INVITE", "1", 1, SDP);
    d.accepts();
    d.asks("ACK", "2", 1, "");
    d.hangs_up();
    d.passes(1_000);
    d.asks("BYE", "3", 2, "");
    d.passes(1_000);
    d.answers("BYE", "200 OK", "a1", "");
    d.check(
        "     0 < INVITE
             0 > 100 INVITE
             0 * Incoming with SDP
             0 ! accept
             0 > 200 INVITE
             0 < ACK
             0 * Confirmed
             0 ! hang up
             0 > BYE
           500 > BYE
          1000 < BYE
          1000 > 200 BYE
          1500 > BYE
          2000 < 200 BYE
         33000 * Forgotten",
    );
}

#[test]
fn a_silent_owner_is_overtaken_by_the_deadline() {
    let mut d = Desk::with(Transport::Tcp, |config| config.timers.answer = lhtt_core::time::Duration::from_secs(150));
    d.asks("INVITE", "1", 1, SDP);
    d.rings();
    d.passes(150_000);
    d.asks("ACK", "1", 1, "");
    d.check(
        "     0 < INVITE
             0 > 100 INVITE
             0 * Incoming with SDP
             0 ! ring
             0 > 180 INVITE
         60000 > 180 INVITE
        120000 > 180 INVITE
        150000 > 480 INVITE
        150000 * Ended Unanswered
        150000 < ACK
        150000 * Forgotten",
    );
}

#[test]
fn a_peer_of_rfc_2543_is_followed_without_branch() {
    let mut d = Desk::udp();
    let old = |text: String| text.replace(";branch=z9hG4bK1", "").replace(";branch=z9hG4bK2", "");
    let invite = old(d.request("INVITE", "1", 1, SDP));
    d.hears(&invite);
    d.hears(&invite);
    d.rejects(486);
    let ack = old(d.request("ACK", "1", 1, ""));
    d.hears(&ack);
    d.check(
        "     0 < INVITE
             0 > 100 INVITE
             0 * Incoming with SDP
             0 < INVITE
             0 > 100 INVITE
             0 ! reject
             0 > 486 INVITE
             0 < ACK
          5000 * Forgotten",
    );
}

#[test]
fn an_ack_with_the_branch_of_the_invite_counts() {
    let mut d = Desk::udp();
    d.asks("INVITE", "1", 1, SDP);
    d.accepts();
    d.asks("ACK", "1", 1, "");
    d.asks("ACK", "1", 1, "");
    d.asks("BYE", "2", 2, "");
    d.check(
        "     0 < INVITE
             0 > 100 INVITE
             0 * Incoming with SDP
             0 ! accept
             0 > 200 INVITE
             0 < ACK
             0 * Confirmed
             0 < ACK
             0 < BYE
             0 > 200 BYE
             0 * Ended Bye -
         32000 * Forgotten",
    );
}

#[test]
fn a_bye_that_comes_again_over_a_stream_finds_no_dialog() {
    let mut d = Desk::new(Transport::Tcp);
    d.asks("INVITE", "1", 1, SDP);
    d.accepts();
    d.asks("ACK", "2", 1, "");
    d.asks("BYE", "3", 2, "");
    d.asks("BYE", "3", 2, "");
    d.check(
        "     0 < INVITE
             0 > 100 INVITE
             0 * Incoming with SDP
             0 ! accept
             0 > 200 INVITE
             0 < ACK
             0 * Confirmed
             0 < BYE
             0 > 200 BYE
             0 * Ended Bye -
             0 < BYE
             0 > 481 BYE
         32000 * Forgotten",
    );
}
