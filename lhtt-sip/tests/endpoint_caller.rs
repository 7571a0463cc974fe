//! Calls that we make: RFC 3261 9.1, 13.1, 13.2, 15, 17.1.

mod support;

use lhtt_core::io::Transport;
use lhtt_sip::Misuse;
use support::{Desk, SDP, header, tag_of};

#[test]
fn a_call_is_made_and_hung_up() {
    let mut d = Desk::udp();
    d.invites(true);
    d.answers("INVITE", "100 Trying", "", "");
    d.answers("INVITE", "180 Ringing", "b1", "");
    d.answers("INVITE", "180 Ringing", "b1", "");
    d.answers("INVITE", "183 Progress", "b1", SDP);
    d.passes(2_000);
    d.answers("INVITE", "200 OK", "b1", SDP);
    d.passes(1_000);
    d.hangs_up();
    d.answers("BYE", "200 OK", "b1", "");
    d.check(
        "     0 ! invite
             0 > INVITE
             0 < 100 INVITE
             0 < 180 INVITE
             0 * Provisional 180
             0 < 180 INVITE
             0 < 183 INVITE
             0 * Provisional 183 with SDP
          2000 < 200 INVITE
          2000 > ACK
          2000 * Answered 200 with SDP
          3000 ! hang up
          3000 > BYE
          3000 < 200 BYE
         34000 * Forgotten",
    );
}

#[test]
fn the_invite_says_what_it_must() {
    let mut d = Desk::udp();
    let mut invite = d.invitation(true);
    invite.headers = vec![("Max-Forwards".into(), "12".into()), ("Subject".into(), "họp".into())];
    let now = d.now;
    d.endpoint.invite(now, invite).unwrap();
    d.passes(0);
    d.input(lhtt_core::io::Input::Timeout);
    let text = d.last().to_owned();
    assert!(
        text.starts_with("INVITE sip:bo@192.0.2.9 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK"),
        "{text}"
    );
    assert!(header(&text, "Via").ends_with(";rport"));
    assert_eq!(header(&text, "Max-Forwards"), "12");
    assert_eq!(text.matches("Max-Forwards").count(), 1);
    assert_eq!(header(&text, "Subject"), "họp");
    assert_eq!(tag_of(header(&text, "From")).len(), 16);
    assert_eq!(header(&text, "To"), "<sip:bo@192.0.2.9>");
    assert_eq!(header(&text, "Contact"), "<sip:600@192.0.2.1:5060>");
    assert_eq!(header(&text, "CSeq"), "1 INVITE");
    assert_eq!(header(&text, "Content-Length"), SDP.len().to_string());
    assert!(text.ends_with(SDP));
    d.answers("INVITE", "486 Busy Here", "b1", "");
    let ack = d.last().to_owned();
    assert!(ack.starts_with("ACK sip:bo@192.0.2.9 SIP/2.0\r\n"));
    assert_eq!(header(&ack, "Via"), header(&text, "Via"));
    assert_eq!(header(&ack, "To"), "<sip:bo@192.0.2.9>;tag=b1");
    assert_eq!(header(&ack, "CSeq"), "1 ACK");
    d.finish();
}

#[test]
fn headers_of_ours_cannot_be_set() {
    let mut d = Desk::udp();
    for (name, value) in [("via", "x"), ("Contact", "x"), ("X", "a\r\nb"), ("", "x"), ("A B", "x"), ("l", "5")] {
        let mut invite = d.invitation(true);
        invite.headers = vec![(name.into(), value.into())];
        let now = d.now;
        assert_eq!(d.endpoint.invite(now, invite).unwrap_err(), Misuse::Header(name.into()));
    }
    let mut invite = d.invitation(true);
    invite.target.listener = None;
    let now = d.now;
    assert_eq!(d.endpoint.invite(now, invite).unwrap_err(), Misuse::Target);
    d.finish();
}

#[test]
fn a_busy_callee_is_acknowledged_each_time() {
    let mut d = Desk::udp();
    d.invites(true);
    d.passes(700);
    d.answers("INVITE", "486 Busy Here", "b1", "");
    d.passes(500);
    d.answers("INVITE", "486 Busy Here", "b1", "");
    d.check(
        "     0 ! invite
             0 > INVITE
           500 > INVITE
           700 < 486 INVITE
           700 > ACK
           700 * Failed 486 by the peer
          1200 < 486 INVITE
          1200 > ACK
         32700 * Forgotten",
    );
}

#[test]
fn nobody_answers() {
    let mut d = Desk::udp();
    d.invites(true);
    d.check(
        "     0 ! invite
             0 > INVITE
           500 > INVITE
          1500 > INVITE
          3500 > INVITE
          7500 > INVITE
         15500 > INVITE
         31500 > INVITE
         32000 * Failed 408
         32000 * Forgotten",
    );
}

#[test]
fn somebody_rings_for_ever() {
    let mut d = Desk::udp();
    d.invites(true);
    d.answers("INVITE", "180 Ringing", "b1", "");
    d.passes(100_000);
    d.answers("INVITE", "180 Ringing", "b1", "");
    d.passes(200_000);
    d.answers("CANCEL", "200 OK", "b1", "");
    d.answers("INVITE", "487 Request Terminated", "b1", "");
    d.check(
        "     0 ! invite
             0 > INVITE
             0 < 180 INVITE
             0 * Provisional 180
        100000 < 180 INVITE
        300000 > CANCEL
        300000 * Failed 408
        300000 < 200 CANCEL
        300000 < 487 INVITE
        300000 > ACK
        332000 * Forgotten",
    );
}

#[test]
fn a_2xx_is_acknowledged_each_time() {
    let mut d = Desk::udp();
    d.invites(true);
    d.answers("INVITE", "200 OK", "b1", SDP);
    d.passes(500);
    d.answers("INVITE", "200 OK", "b1", SDP);
    let acks: Vec<_> = d.sent.iter().filter(|text| text.starts_with("ACK")).cloned().collect();
    assert_eq!(acks.len(), 2);
    assert_eq!(acks[0], acks[1]);
    assert!(acks[0].starts_with("ACK sip:bo@192.0.2.9:5060 SIP/2.0\r\n"));
    assert_ne!(header(&acks[0], "Via"), header(d.sent_request("INVITE"), "Via"));
    d.hears(&d.request_to("BYE", "7", 1, "", "").replace("tag=a1", "tag=b1"));
    assert!(d.last().starts_with("SIP/2.0 481"), "no tag of ours, no dialog");
    let ours = tag_of(header(&acks[0], "From")).to_owned();
    let call = header(&acks[0], "Call-ID").to_owned();
    let bye = d.request_to("BYE", "8", 1, &format!(";tag={ours}"), "");
    d.hears(&bye.replace("tag=a1", "tag=b1").replace("c1@192.0.2.9", &call));
    d.check(
        "     0 ! invite
             0 > INVITE
             0 < 200 INVITE
             0 > ACK
             0 * Answered 200 with SDP
           500 < 200 INVITE
           500 > ACK
           500 < BYE
           500 > 481 BYE
           500 < BYE
           500 > 200 BYE
           500 * Ended Bye -
         32500 * Forgotten",
    );
}

#[test]
fn a_delayed_offer_is_answered_in_the_ack() {
    let mut d = Desk::udp();
    d.invites(false);
    d.answers("INVITE", "200 OK", "b1", SDP);
    d.passes(500);
    d.answers("INVITE", "200 OK", "b1", SDP);
    d.acknowledges();
    assert!(d.last().ends_with(SDP));
    d.acknowledges();
    d.answers("INVITE", "200 OK", "b1", SDP);
    assert!(d.last().starts_with("ACK ") && d.last().ends_with(SDP));
    d.hangs_up();
    d.answers("BYE", "481 Gone", "b1", "");
    d.check(
        "     0 ! invite
             0 > INVITE
             0 < 200 INVITE
             0 * Answered 200 with SDP
           500 < 200 INVITE
           500 ! acknowledge
           500 > ACK
           500 ! acknowledge
           500 ! misuse: `acknowledge` does not fit the state of the session
           500 < 200 INVITE
           500 > ACK
           500 ! hang up
           500 > BYE
           500 < 481 BYE
         32000 * Forgotten",
    );
}

#[test]
fn a_delayed_offer_that_nobody_answers_ends() {
    let mut d = Desk::udp();
    d.invites(false);
    d.answers("INVITE", "200 OK", "b1", SDP);
    d.passes(32_000);
    d.answers("BYE", "200 OK", "b1", "");
    d.check(
        "     0 ! invite
             0 > INVITE
             0 < 200 INVITE
             0 * Answered 200 with SDP
         32000 > ACK
         32000 > BYE
         32000 * Ended NoAck
         32000 < 200 BYE
         37000 * Forgotten",
    );
}

#[test]
fn the_first_fork_wins_and_the_second_is_hung_up() {
    let mut d = Desk::udp();
    d.invites(true);
    d.answers("INVITE", "180 Ringing", "b1", "");
    d.answers("INVITE", "180 Ringing", "b2", "");
    d.answers("INVITE", "200 OK", "b2", SDP);
    assert!(header(d.last(), "To").ends_with(";tag=b2"));
    d.answers("INVITE", "200 OK", "b1", SDP);
    let [ack, bye] = &d.sent[d.sent.len() - 2..] else { panic!() };
    assert!(header(ack, "To").ends_with(";tag=b1") && header(bye, "To").ends_with(";tag=b1"));
    d.answers("BYE", "200 OK", "b1", "");
    d.answers("INVITE", "200 OK", "b1", SDP);
    d.hangs_up();
    assert!(header(d.last(), "To").ends_with(";tag=b2"));
    d.answers("BYE", "200 OK", "b2", "");
    d.check(
        "     0 ! invite
             0 > INVITE
             0 < 180 INVITE
             0 * Provisional 180
             0 < 180 INVITE
             0 < 200 INVITE
             0 > ACK
             0 * Answered 200 with SDP
             0 < 200 INVITE
             0 > ACK
             0 > BYE
             0 < 200 BYE
             0 < 200 INVITE
             0 > ACK
             0 ! hang up
             0 > BYE
             0 < 200 BYE
         32000 * Forgotten",
    );
}

#[test]
fn cancel_waits_for_the_first_provisional_response() {
    let mut d = Desk::udp();
    d.invites(true);
    d.hangs_up();
    d.passes(600);
    d.answers("INVITE", "100 Trying", "", "");
    let (invite, cancel) = (d.sent_request("INVITE").to_owned(), d.sent_request("CANCEL").to_owned());
    assert_eq!(header(&cancel, "Via"), header(&invite, "Via"));
    assert_eq!(header(&cancel, "CSeq"), "1 CANCEL");
    assert_eq!(header(&cancel, "To"), header(&invite, "To"));
    assert_eq!(header(&cancel, "Reason"), "Q.850;cause=16");
    d.answers("CANCEL", "200 OK", "b1", "");
    d.answers("INVITE", "487 Request Terminated", "b1", "");
    d.check(
        "     0 ! invite
             0 > INVITE
             0 ! hang up
           500 > INVITE
           600 < 100 INVITE
           600 > CANCEL
           600 < 200 CANCEL
           600 < 487 INVITE
           600 > ACK
           600 * Failed 487 by the peer
         32600 * Forgotten",
    );
}

#[test]
fn a_200_that_crosses_the_cancel_is_acknowledged_and_hung_up() {
    let mut d = Desk::udp();
    d.invites(true);
    d.answers("INVITE", "180 Ringing", "b1", "");
    d.hangs_up();
    d.answers("INVITE", "200 OK", "b1", SDP);
    assert_eq!(header(d.last(), "Reason"), "Q.850;cause=16");
    d.answers("CANCEL", "200 OK", "b1", "");
    d.answers("BYE", "200 OK", "b1", "");
    d.answers("INVITE", "200 OK", "b1", SDP);
    d.check(
        "     0 ! invite
             0 > INVITE
             0 < 180 INVITE
             0 * Provisional 180
             0 ! hang up
             0 > CANCEL
             0 < 200 INVITE
             0 > ACK
             0 > BYE
             0 * Failed 487
             0 < 200 CANCEL
             0 < 200 BYE
             0 < 200 INVITE
             0 > ACK
         32000 * Forgotten",
    );
}

#[test]
fn a_200_before_any_provisional_response_to_a_call_hung_up() {
    let mut d = Desk::udp();
    d.invites(true);
    d.hangs_up();
    d.answers("INVITE", "200 OK", "b1", SDP);
    d.answers("BYE", "200 OK", "b1", "");
    d.check(
        "     0 ! invite
             0 > INVITE
             0 ! hang up
             0 < 200 INVITE
             0 > ACK
             0 > BYE
             0 * Failed 487
             0 < 200 BYE
         32000 * Forgotten",
    );
}

#[test]
fn a_cancelled_invite_without_final_response_is_given_up() {
    let mut d = Desk::udp();
    d.invites(true);
    d.answers("INVITE", "100 Trying", "", "");
    d.hangs_up();
    d.hangs_up();
    d.answers("CANCEL", "200 OK", "b1", "");
    d.check(
        "     0 ! invite
             0 > INVITE
             0 < 100 INVITE
             0 ! hang up
             0 > CANCEL
             0 ! hang up
             0 ! misuse: `hang_up` does not fit the state of the session
             0 < 200 CANCEL
         32000 * Failed 408
         32000 * Forgotten",
    );
}

#[test]
fn a_2xx_without_usable_dialog_fails() {
    let mut d = Desk::udp();
    d.invites(true);
    let ok = d.response("INVITE", "200 OK", "b1", SDP);
    let routes = "Record-Route: <sip:p;lr>\n".repeat(33);
    d.hears(&ok.replace("Contact:", &format!("{routes}Contact:")));
    d.check(
        "     0 ! invite
             0 > INVITE
             0 < 200 INVITE
             0 * Failed 502
         32000 * Forgotten",
    );
}

#[test]
fn responses_of_strangers_are_dropped() {
    let mut d = Desk::udp();
    d.invites(true);
    let ok = d.response("INVITE", "200 OK", "b1", SDP);
    d.hears(&ok.replace("branch=z9hG4bK", "branch=z9hG4bKx"));
    d.hears(&ok.replace("1 INVITE", "1 BYE"));
    d.hears(&ok.replace("From:", "Via: SIP/2.0/UDP 192.0.2.7\nFrom:"));
    d.answers("INVITE", "404 Not Found", "b1", "");
    d.answers("INVITE", "200 OK", "b1", SDP);
    d.check(
        "     0 ! invite
             0 > INVITE
             0 < 200 INVITE
             0 < 200 BYE
             0 < 200 INVITE
             0 < 404 INVITE
             0 > ACK
             0 * Failed 404 by the peer
             0 < 200 INVITE
         32000 * Forgotten",
    );
}

#[test]
fn the_route_set_of_the_2xx_is_reversed_and_used() {
    let mut d = Desk::udp();
    d.invites(true);
    let ok = d.response("INVITE", "200 OK", "b1", SDP);
    d.hears(&ok.replace(
        "Contact:",
        "Record-Route: <sip:p2@192.0.2.22:5070;lr>\nRecord-Route: <sip:p1@192.0.2.21;lr>\nContact:",
    ));
    let ack = d.last().to_owned();
    assert!(ack.starts_with("ACK sip:bo@192.0.2.9:5060 SIP/2.0"));
    assert!(ack.find("p1@").unwrap() < ack.find("p2@").unwrap());
    d.hangs_up();
    assert!(d.last().starts_with("BYE sip:bo@192.0.2.9:5060 SIP/2.0"));
    assert_eq!(header(d.last(), "CSeq"), "2 BYE");
    d.answers("BYE", "200 OK", "b1", "");
    d.finish();
}

#[test]
fn a_strict_router_gets_the_request_line() {
    let mut d = Desk::udp();
    d.invites(true);
    let ok = d.response("INVITE", "200 OK", "b1", SDP);
    d.hears(&ok.replace("Contact:", "Record-Route: <sip:old@192.0.2.21>\nContact:"));
    assert!(d.last().starts_with("ACK sip:old@192.0.2.21 SIP/2.0"));
    assert_eq!(header(d.last(), "Route"), "<sip:bo@192.0.2.9:5060>");
    d.hangs_up();
    d.answers("BYE", "200 OK", "b1", "");
    d.finish();
}

#[test]
fn options_are_asked() {
    let mut d = Desk::udp();
    d.asks_options();
    d.answers("OPTIONS", "200 OK", "b1", "");
    d.passes(10_000);
    d.asks_options();
    d.answers("OPTIONS", "100 Trying", "", "");
    d.check(
        "     0 ! options
             0 > OPTIONS
             0 < 200 OPTIONS
             0 * OptionsAnswered 200
         10000 ! options
         10000 > OPTIONS
         10000 < 100 OPTIONS
         14000 > OPTIONS
         18000 > OPTIONS
         22000 > OPTIONS
         26000 > OPTIONS
         30000 > OPTIONS
         34000 > OPTIONS
         38000 > OPTIONS
         42000 * OptionsAnswered 408",
    );
}

#[test]
fn a_call_over_tls_opens_one_stream_and_closes_it_when_idle() {
    let mut d = Desk::new(Transport::Tls);
    d.invites(true);
    d.opens();
    d.answers("INVITE", "486 Busy Here", "b1", "");
    d.invites(true);
    d.answers("INVITE", "200 OK", "b1", SDP);
    d.hangs_up();
    d.answers("BYE", "200 OK", "b1", "");
    d.check(
        "     0 ! invite
             0 . open Tls 192.0.2.9:5060 as b.example.vn
             0 > INVITE
             0 < 486 INVITE
             0 > ACK
             0 * Failed 486 by the peer
             0 * Forgotten
             0 ! invite
             0 > INVITE
             0 < 200 INVITE
             0 > ACK
             0 * Answered 200 with SDP
             0 ! hang up
             0 > BYE
             0 < 200 BYE
         32000 * Forgotten
         64000 . close",
    );
}
