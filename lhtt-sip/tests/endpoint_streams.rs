//! Streams that come and go: RFC 3261 18.1.1, 18.2.2, 18.4.

mod support;

use lhtt_core::io::Transport;
use support::{Desk, SDP, header};

#[test]
fn an_invite_of_ours_fails_with_its_stream() {
    let mut d = Desk::new(Transport::Tls);
    d.invites(true);
    d.opens();
    d.answers("INVITE", "180 Ringing", "b1", "");
    d.stream_closes();
    d.check(
        "     0 ! invite
             0 . open Tls 192.0.2.9:5060 as b.example.vn
             0 > INVITE
             0 < 180 INVITE
             0 * Provisional 180
             0 . closed
             0 * Failed 503
             0 * Forgotten",
    );
}

#[test]
fn an_invite_of_ours_fails_if_no_stream_comes_up() {
    let mut d = Desk::new(Transport::Tcp);
    d.invites(true);
    d.open_fails();
    d.check(
        "     0 ! invite
             0 . open Tcp 192.0.2.9:5060
             0 > INVITE
             0 . open failed
             0 * Failed 503
             0 * Forgotten",
    );
}

#[test]
fn a_call_outlives_its_stream_and_the_bye_takes_a_new_one() {
    let mut d = Desk::new(Transport::Tls);
    d.invites(true);
    d.opens();
    d.answers("INVITE", "200 OK", "b1", SDP);
    d.stream_closes();
    d.passes(60_000);
    d.hangs_up();
    d.answers("BYE", "200 OK", "b1", "");
    d.check(
        "     0 ! invite
             0 . open Tls 192.0.2.9:5060 as b.example.vn
             0 > INVITE
             0 < 200 INVITE
             0 > ACK
             0 * Answered 200 with SDP
             0 . closed
         60000 ! hang up
         60000 . open Tls 192.0.2.9:5060 as b.example.vn
         60000 > BYE
         60000 < 200 BYE
         60000 * Forgotten
         92000 . close",
    );
}

#[test]
fn a_bye_that_finds_no_way_is_the_end_all_the_same() {
    let mut d = Desk::new(Transport::Tls);
    d.asks("INVITE", "1", 1, SDP);
    d.accepts();
    d.asks("ACK", "2", 1, "");
    d.stream_closes();
    d.hangs_up();
    d.open_fails();
    d.check(
        "     0 < INVITE
             0 > 100 INVITE
             0 * Incoming with SDP
             0 ! accept
             0 > 200 INVITE
             0 < ACK
             0 * Confirmed
             0 . closed
             0 ! hang up
             0 . open Tls 192.0.2.9:5060 as 192.0.2.9
             0 > BYE
             0 . open failed
         32000 * Forgotten",
    );
}

#[test]
fn an_unanswered_call_over_tls_ends_with_its_stream() {
    let mut d = Desk::new(Transport::Tls);
    d.asks("INVITE", "1", 1, SDP);
    d.rings();
    d.stream_closes();
    d.accepts();
    d.check(
        "     0 < INVITE
             0 > 100 INVITE
             0 * Incoming with SDP
             0 ! ring
             0 > 180 INVITE
             0 . closed
             0 * Ended StreamLost
             0 * Forgotten
             0 ! accept
             0 ! misuse: there is no INVITE session 1",
    );
}

#[test]
fn an_answer_over_tcp_finds_its_way_back_by_the_via() {
    let mut d = Desk::new(Transport::Tcp);
    d.asks("INVITE", "1", 1, SDP);
    d.stream_closes();
    d.rejects(486);
    d.opens();
    d.asks("ACK", "1", 1, "");
    d.check(
        "     0 < INVITE
             0 > 100 INVITE
             0 * Incoming with SDP
             0 . closed
             0 ! reject
             0 . open Tcp 192.0.2.9:5060
             0 > 486 INVITE
             0 < ACK
             0 * Forgotten
         32000 . close",
    );
}

#[test]
fn an_ack_may_come_by_another_stream() {
    let mut d = Desk::new(Transport::Tls);
    d.asks("INVITE", "1", 1, SDP);
    d.accepts();
    d.stream_closes();
    d.passes(1_000);
    d.connect();
    d.asks("ACK", "2", 1, "");
    d.asks("BYE", "3", 2, "");
    d.check(
        "     0 < INVITE
             0 > 100 INVITE
             0 * Incoming with SDP
             0 ! accept
             0 > 200 INVITE
             0 . closed
          1000 < ACK
          1000 * Confirmed
          1000 < BYE
          1000 > 200 BYE
          1000 * Ended Bye -
         32000 * Forgotten",
    );
}

#[test]
fn a_request_in_pieces_and_two_at_once() {
    let mut d = Desk::new(Transport::Tcp);
    let text = support::crlf(&d.request("OPTIONS", "1", 1, "").replace("{length}", "0"));
    let stream = d.stream.unwrap();
    let two = format!("{text}{}", text.replace("bK1", "bK2").replace("CSeq: 1", "CSeq: 2"));
    for piece in two.as_bytes().chunks(7) {
        d.input(lhtt_core::io::Input::Data { stream, data: piece.to_vec().into() });
    }
    assert_eq!(d.sent.len(), 2);
    assert_eq!(header(&d.sent[1], "CSeq"), "2 OPTIONS");
    d.finish();
}

#[test]
fn a_contact_with_a_name_is_reached_where_the_peer_was() {
    let mut d = Desk::new(Transport::Tls);
    let invite = d.request("INVITE", "1", 1, SDP);
    d.hears(&invite.replace("<sip:an@192.0.2.9:5060>", "<sip:an@pbx.example.vn:5071>"));
    d.accepts();
    d.asks("ACK", "2", 1, "");
    d.stream_closes();
    d.hangs_up();
    d.answers("BYE", "200 OK", "a1", "");
    d.check(
        "     0 < INVITE
             0 > 100 INVITE
             0 * Incoming with SDP
             0 ! accept
             0 > 200 INVITE
             0 < ACK
             0 * Confirmed
             0 . closed
             0 ! hang up
             0 . open Tls 192.0.2.9:5071 as pbx.example.vn
             0 > BYE
             0 < 200 BYE
         32000 * Forgotten
         64000 . close",
    );
}
