//! What is refused for what it is: RFC 3261 8.2, 21.4; overload.

mod support;

use lhtt_core::io::Transport;
use support::{Desk, SDP, header};

/// Says one request to a fresh endpoint; gives the status line and the answer.
#[track_caller]
fn refused(change: impl FnOnce(String) -> String, method: &str, status: &str) -> String {
    let mut d = Desk::udp();
    let request = change(d.request(method, "1", 1, SDP));
    d.hears(&request);
    let answer = d.last().to_owned();
    assert!(answer.starts_with(&format!("SIP/2.0 {status} ")), "{answer}");
    assert!(header(&answer, "To").contains(";tag="), "{answer}");
    if method == "INVITE" {
        d.hears(&d.request("ACK", "1", 1, ""));
    }
    assert_eq!(d.sent.len(), 1);
    d.finish();
    answer
}

#[test]
fn each_rule_has_its_status() {
    let same = |text: String| text;
    for method in ["REGISTER", "SUBSCRIBE", "NOTIFY", "MESSAGE", "REFER", "PUBLISH"] {
        let answer = refused(same, method, "405");
        assert_eq!(header(&answer, "Allow"), "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK");
    }
    assert!(!header(&refused(same, "NEWMETHOD", "501"), "Allow").is_empty());
    for method in ["BYE", "INFO", "UPDATE", "PRACK"] {
        refused(same, method, "481");
    }
    refused(
        |text| text.replacen("sip:600@192.0.2.1", "nobodyKnowsThisScheme:totallyopaquecontent", 1),
        "INVITE",
        "416",
    );
    refused(|text| text.replace("Max-Forwards: 70", "Max-Forwards: 0"), "INVITE", "483");
    let answer =
        refused(|text| text.replace("Max-Forwards", "Require: timer, 100rel, dance\nMax-Forwards"), "INVITE", "420");
    assert_eq!(header(&answer, "Unsupported"), "dance");
    let answer = refused(|text| text.replace("application/sdp", "application/unknown"), "INVITE", "415");
    assert_eq!(header(&answer, "Accept"), "application/sdp");
    let answer = refused(|text| text.replace("Max-Forwards", "Content-Encoding: gzip\nMax-Forwards"), "INVITE", "415");
    assert_eq!(header(&answer, "Accept-Encoding"), "identity");
    refused(|text| text.replace("Max-Forwards", "Accept: text/plain\nMax-Forwards"), "INVITE", "406");
    refused(|text| text.replace("Contact: <sip:an@192.0.2.9:5060>\n", ""), "INVITE", "400");
}

#[test]
fn options_say_what_we_can() {
    let mut d = Desk::udp();
    d.asks("OPTIONS", "1", 1, "");
    let answer = d.last().to_owned();
    assert_eq!(header(&answer, "Accept"), "application/sdp");
    assert!(header(&answer, "Allow").contains("INVITE") && header(&answer, "Supported") == "100rel, timer");
    let again = d.request_to("OPTIONS", "1", 1, "", "");
    d.hears(&again);
    assert_eq!(d.last(), answer);
    d.check("0 < OPTIONS\n0 > 200 OPTIONS\n0 < OPTIONS\n0 > 200 OPTIONS");
}

#[test]
fn a_body_that_need_not_be_understood_is_passed_over() {
    let mut d = Desk::udp();
    let text = d.request("INVITE", "1", 1, "x");
    d.hears(&text.replace("application/sdp", "application/isup\nContent-Disposition: signal; handling=optional"));
    d.rejects(404);
    d.asks("ACK", "1", 1, "");
    d.check("0 < INVITE\n0 > 100 INVITE\n0 * Incoming\n0 ! reject\n0 > 404 INVITE\n0 < ACK\n5000 * Forgotten");
}

#[test]
fn what_is_malformed_is_answered_and_not_remembered() {
    let mut d = Desk::udp();
    let text = d.request("INVITE", "1", 1, SDP).replace("CSeq: 1 INVITE", "CSeq: 1 BYE");
    d.hears(&text);
    let first = d.last().to_owned();
    assert!(first.starts_with("SIP/2.0 400 "));
    d.hears(&text);
    assert_eq!(d.last(), first);
    d.hears("");
    d.hears("hello");
    d.hears("SIP/2.0 999 Bad\n\n");
    let seven = d.request("OPTIONS", "2", 1, "").replacen("SIP/2.0", "SIP/7.0", 1);
    d.hears(&seven);
    assert!(d.last().starts_with("SIP/2.0 505 "));
    assert_eq!(d.sent.len(), 3);
    let long = d.request("INVITE", "3", 1, SDP).replace("c1@", &"c".repeat(2_000));
    d.hears(&long);
    assert!(d.last().starts_with("SIP/2.0 400 "));
    let ack = d.request_to("ACK", "3", 1, "", "").replace("CSeq: 1 ACK", "CSeq: ACK");
    d.hears(&ack);
    assert_eq!(d.sent.len(), 4);
    d.finish();
}

#[test]
fn a_stream_that_cannot_be_followed_is_answered_and_closed() {
    let mut d = Desk::new(Transport::Tcp);
    let text = d.request("OPTIONS", "1", 1, "").replace("Content-Length: {length}\n", "");
    d.hears(&text);
    d.check("0 < OPTIONS\n0 > 400 OPTIONS\n0 . close\n0 * Malformed: there is no Content-Length header (octet 0)");
}

#[test]
fn a_ping_is_answered() {
    let mut d = Desk::new(Transport::Tcp);
    d.hears("\r\n\r\n");
    assert_eq!(d.last(), "\r\n");
    d.finish();
}

#[test]
fn too_many_calls_are_turned_away() {
    let mut d = Desk::with(Transport::Udp, |config| config.limits.calls = 1);
    d.asks("INVITE", "1", 1, SDP);
    let other = d.request("INVITE", "2", 1, SDP).replace("c1@", "c2@");
    d.hears(&other);
    assert_eq!(header(d.last(), "Retry-After"), "10");
    d.hears(&other);
    let now = d.now;
    let invite = d.invitation(true);
    assert!(d.endpoint.invite(now, invite).is_err());
    d.rejects(486);
    d.asks("ACK", "1", 1, "");
    d.check(
        "     0 < INVITE
             0 > 100 INVITE
             0 * Incoming with SDP
             0 < INVITE
             0 > 503 INVITE
             0 < INVITE
             0 > 503 INVITE
             0 ! reject
             0 > 486 INVITE
             0 < ACK
          5000 * Forgotten",
    );
}

#[test]
fn too_many_transactions_leave_room_for_goodbyes() {
    let mut d = Desk::with(Transport::Udp, |config| config.limits.transactions = 1);
    d.asks("INVITE", "1", 1, SDP);
    d.accepts();
    d.asks("ACK", "2", 1, "");
    d.hears(&d.request_to("OPTIONS", "3", 1, "", "").replace("c1@", "c3@"));
    d.asks("BYE", "4", 2, "");
    d.check(
        "     0 < INVITE
             0 > 100 INVITE
             0 * Incoming with SDP
             0 ! accept
             0 > 200 INVITE
             0 < ACK
             0 * Confirmed
             0 < OPTIONS
             0 > 503 OPTIONS
             0 < BYE
             0 > 200 BYE
             0 * Ended Bye -
         32000 * Forgotten",
    );
}

#[test]
fn a_call_let_go_takes_no_room() {
    let mut d = Desk::with(Transport::Udp, |config| config.limits.calls = 1);
    for _ in 0..2 {
        d.asks("INVITE", "1", 1, SDP);
        d.rejects(403);
        d.says("let go", |endpoint, now, id| endpoint.let_go(now, id));
    }
    d.asks("ACK", "1", 1, "");
    d.check(
        "0 < INVITE\n0 > 100 INVITE\n0 * Incoming with SDP\n0 ! reject\n0 > 403 INVITE\n0 ! let go\n0 * Forgotten
         0 < INVITE\n0 > 100 INVITE\n0 * Incoming with SDP\n0 ! reject\n0 > 403 INVITE\n0 ! let go\n0 * Forgotten
         0 < ACK",
    );
}

#[test]
fn one_host_does_not_take_the_room_of_all() {
    let mut d = Desk::with(Transport::Udp, |config| config.limits.transactions_per_host = 1);
    let stray = |d: &Desk, n: &str| d.request_to("BYE", n, 1, ";tag=x", "").replace("c1@", &format!("c{n}@"));
    d.hears(&stray(&d, "1"));
    d.asks("INVITE", "2", 1, SDP);
    assert_eq!(header(d.last(), "Retry-After"), "10");
    d.passes(32_000);
    d.asks("INVITE", "2", 1, SDP);
    assert!(d.last().starts_with("SIP/2.0 100 "), "{}", d.last());
}

#[test]
fn strangers_to_the_endpoint_are_ignored() {
    use lhtt_core::io::{Closed, Input, ListenerId, StreamIds};
    let mut d = Desk::udp();
    let (stream, remote) = (StreamIds::new(9).allocate(), "192.0.2.9:1".parse().unwrap());
    d.input(Input::Accepted { stream, listener: ListenerId(7), local: remote, remote, tls: None });
    d.input(Input::Data { stream, data: "OPTIONS sip:a SIP/2.0\r\n\r\n".into() });
    d.input(Input::Closed { stream, why: Closed::Reset });
    d.input(Input::Datagram { listener: ListenerId(7), remote, data: "x".into() });
    d.input(Input::Timeout);
    d.check("");
}

#[test]
fn more_streams_than_allowed_are_closed() {
    let mut d = Desk::with(Transport::Tcp, |config| config.limits.streams = 1);
    d.connect();
    d.check("0 . close");
}
