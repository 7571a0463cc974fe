//! Session timers: RFC 4028, both roles on both sides, and peers that keep none.

mod support;

use lhtt_core::io::Transport;
use lhtt_core::time::Duration;
use support::{Desk, SDP, header};

const TIMED: &str = "Supported: timer\nAllow: INVITE, ACK, CANCEL, BYE, UPDATE";

/// A call to us that is up; the INVITE has these headers too.
fn called(headers: &str) -> Desk {
    called_with(Transport::Tcp, headers)
}

fn called_with(transport: Transport, headers: &str) -> Desk {
    let mut d = Desk::new(transport);
    let invite = d.request("INVITE", "1", 1, SDP);
    d.hears(&with(&invite, headers));
    d.accepts();
    d
}

fn with(message: &str, headers: &str) -> String {
    match headers {
        "" => message.to_owned(),
        _ => message.replacen("Contact:", &format!("{headers}\nContact:"), 1),
    }
}

/// A call of ours that is up; the 2xx has these headers too.
fn calling(headers: &str) -> Desk {
    let mut d = Desk::new(Transport::Tcp);
    d.invites(true);
    let answer = d.response("INVITE", "200 OK", "b1", SDP);
    d.hears(&with(&answer, headers));
    d
}

/// What the last 2xx of ours agrees on.
#[track_caller]
fn agreed(d: &Desk, expires: &str, require: &str) {
    assert!(d.last().starts_with("SIP/2.0 200 "), "{}", d.last());
    assert_eq!((header(d.last(), "Session-Expires"), header(d.last(), "Require")), (expires, require), "{}", d.last());
}

#[test]
fn what_a_2xx_of_ours_agrees_on() {
    // RFC 4028 9, table 2; never longer than asked for, never shorter than the Min-SE.
    for (headers, expires, require) in [
        ("", "1800;refresher=uas", ""),
        ("Supported: timer", "1800;refresher=uas", ""),
        ("Session-Expires: 600", "600;refresher=uas", ""),
        ("Session-Expires: 600;refresher=uac", "600;refresher=uas", ""),
        ("Session-Expires: 50", "90;refresher=uas", ""),
        ("Supported: timer\nSession-Expires: 600", "600;refresher=uas", ""),
        ("k: 100rel,timer\nx: 600;refresher=uac", "600;refresher=uac", "timer"),
        ("Require: timer\nx: 600;refresher=UAS", "600;refresher=uas", ""),
        ("Supported: timer\nSession-Expires: 7200;refresher=uac", "1800;refresher=uac", "timer"),
        ("Supported: timer\nSession-Expires: 7200\nMin-SE: 3600", "3600;refresher=uas", ""),
        ("Supported: timer\nSession-Expires: 4294967296\nMin-SE: 99999999999", "86400;refresher=uas", ""),
        ("Supported: timer\nSession-Expires: soon", "1800;refresher=uas", ""),
    ] {
        let mut d = called(headers);
        agreed(&d, expires, require);
        d.asks("ACK", "2", 1, "");
        d.asks("BYE", "3", 2, "");
        d.finish();
    }
}

#[test]
fn too_short_an_interval_is_refused() {
    for seconds in ["0", "1", "89"] {
        let mut d = Desk::udp();
        let invite = d.request("INVITE", "1", 1, SDP);
        d.hears(&with(&invite, &format!("Supported: timer\nSession-Expires: {seconds}")));
        assert_eq!(header(d.last(), "Min-SE"), "90");
        d.asks("ACK", "1", 1, "");
        d.check("0 < INVITE\n0 > 422 INVITE\n0 < ACK");
    }
    let mut d = called(TIMED);
    d.asks("ACK", "2", 1, "");
    let update = d.request("UPDATE", "3", 2, "");
    d.hears(&with(&update, "Supported: timer\nSession-Expires: 10"));
    assert!(d.last().starts_with("SIP/2.0 422 "));
    d.asks("BYE", "4", 3, "");
    d.finish();
}

#[test]
fn the_peer_refreshes_until_it_does_not() {
    let mut d = called("Supported: timer\nSession-Expires: 120;refresher=uac");
    d.asks("ACK", "2", 1, "");
    d.passes(60_000);
    let update = d.request("UPDATE", "3", 2, "");
    d.hears(&with(&update, "Supported: timer\nSession-Expires: 120;refresher=uac"));
    agreed(&d, "120;refresher=uac", "timer");
    d.passes(60_000);
    let invite = d.request("INVITE", "4", 3, SDP);
    d.hears(&with(&invite, "Supported: timer\nSession-Expires: 120;refresher=uac"));
    d.accepts();
    agreed(&d, "120;refresher=uac", "timer");
    d.asks("ACK", "5", 3, "");
    // 32 s before the end, or a third of the interval.
    d.passes(88_000);
    assert!(d.last().starts_with("BYE "));
    assert_eq!(header(d.last(), "Reason"), "Q.850;cause=102");
    d.answers("BYE", "200 OK", "a1", "");
    d.check(
        "0 < INVITE
         0 > 100 INVITE
         0 * Incoming with SDP
         0 ! accept
         0 > 200 INVITE
         0 < ACK
         0 * Confirmed
         60000 < UPDATE
         60000 > 200 UPDATE
         120000 < INVITE
         120000 > 100 INVITE
         120000 * Renegotiate with SDP
         120000 ! accept
         120000 > 200 INVITE
         120000 < ACK
         120000 * Confirmed
         208000 > BYE
         208000 * Ended SessionTimeout
         208000 < 200 BYE
         208000 * Forgotten",
    );
}

#[test]
fn we_refresh_by_update_where_the_peer_takes_it() {
    let mut d = called(TIMED);
    d.asks("ACK", "2", 1, "");
    d.passes(900_000);
    assert_eq!(header(d.last(), "Session-Expires"), "1800;refresher=uac");
    assert_eq!((header(d.last(), "Min-SE"), header(d.last(), "Supported")), ("90", "100rel, timer"));
    assert_eq!(header(d.last(), "Content-Length"), "0");
    let answer = d.response("UPDATE", "200 OK", "a1", "");
    d.hears(&with(&answer, "Require: timer\nSession-Expires: 600;refresher=uac"));
    d.passes(300_000);
    d.answers("UPDATE", "481 Gone", "a1", "");
    d.answers("BYE", "481 Gone", "a1", "");
    d.check(
        "0 < INVITE
         0 > 100 INVITE
         0 * Incoming with SDP
         0 ! accept
         0 > 200 INVITE
         0 < ACK
         0 * Confirmed
         900000 > UPDATE
         900000 < 200 UPDATE
         1200000 > UPDATE
         1200000 < 481 UPDATE
         1200000 > BYE
         1200000 * Ended SessionTimeout
         1200000 < 481 BYE
         1200000 * Forgotten",
    );
}

#[test]
fn we_refresh_by_re_invite_where_the_peer_does_not() {
    let mut d = calling("Supported: timer\nSession-Expires: 1800;refresher=uac");
    d.passes(900_000);
    let body = d.sent_request("INVITE").split_once("\r\n\r\n").map(|(_, body)| body.to_owned());
    assert_eq!(body.as_deref(), Some(SDP), "our last description again");
    d.answers("INVITE", "200 OK", "b1", SDP);
    d.answers("INVITE", "200 OK", "b1", SDP);
    d.asks_bye_of_the_callee(1);
    d.check(
        "0 ! invite
         0 . open Tcp 192.0.2.9:5060
         0 > INVITE
         0 < 200 INVITE
         0 > ACK
         0 * Answered 200 with SDP
         900000 > INVITE
         900000 < 200 INVITE
         900000 > ACK
         900000 * Refreshed
         900000 < 200 INVITE
         900000 > ACK
         900000 < BYE
         900000 > 200 BYE
         900000 * Ended Bye -
         932000 * Forgotten
         964000 . close",
    );
}

#[test]
fn a_peer_without_timers_is_asked_and_one_that_vanished_is_noticed() {
    let mut d = called_with(Transport::Udp, "");
    d.asks("ACK", "2", 1, "");
    d.passes(900_000);
    // Any answer but 481 says that it is there.
    d.answers("OPTIONS", "405 Method Not Allowed", "a1", "");
    d.passes(900_000 + 32_000);
    d.passes(32_000);
    let ladder = d.finished();
    assert!(ladder.contains("900000 > OPTIONS"), "{ladder}");
    assert!(ladder.contains("1800000 > OPTIONS"), "{ladder}");
    assert!(ladder.contains("1832000 * Ended SessionTimeout"), "{ladder}");
    assert!(ladder.contains("1832000 > BYE"), "{ladder}");
    assert_eq!(ladder.lines().filter(|line| line.contains("Ended")).count(), 1, "{ladder}");
}

#[test]
fn our_invite_asks_and_a_422_makes_it_ask_for_more() {
    let mut d = Desk::udp();
    d.invites(true);
    assert_eq!(header(d.last(), "Session-Expires"), "1800");
    assert_eq!((header(d.last(), "Min-SE"), header(d.last(), "Supported")), ("90", "100rel, timer"));
    let call_id = header(d.last(), "Call-ID").to_owned();
    let refusal = d.response("INVITE", "422 Session Interval Too Small", "b0", "");
    d.hears(&with(&refusal, "Min-SE: 3600"));
    let again = d.sent_request("INVITE").to_owned();
    assert_eq!(header(&again, "Session-Expires"), "3600");
    assert_eq!((header(&again, "CSeq"), header(&again, "Call-ID")), ("2 INVITE", &*call_id));
    assert_eq!(again.matches("\r\nVia:").count() + again.matches("\r\nMin-SE:").count(), 2, "{again}");
    let answer = d.response("INVITE", "200 OK", "b1", SDP);
    d.hears(&with(&answer, "Session-Expires: 3600;refresher=uas"));
    assert_eq!(header(d.last(), "CSeq"), "2 ACK");
    d.passes(3_568_000);
    d.answers("BYE", "200 OK", "b1", "");
    d.check(
        "0 ! invite
         0 > INVITE
         0 < 422 INVITE
         0 > ACK
         0 > INVITE
         0 < 200 INVITE
         0 > ACK
         0 * Answered 200 with SDP
         3568000 > BYE
         3568000 * Ended SessionTimeout
         3568000 < 200 BYE
         3573000 * Forgotten",
    );
}

#[test]
fn a_422_that_asks_for_nothing_sensible_is_a_failure() {
    for min in ["", "Min-SE: 90", "Min-SE: 1800", "Min-SE: 86401", "Min-SE: x"] {
        let mut d = Desk::new(Transport::Tcp);
        d.invites(true);
        let refusal = d.response("INVITE", "422 Session Interval Too Small", "b0", "");
        d.hears(&with(&refusal, min));
        let ladder = d.finished();
        assert!(ladder.contains("* Failed 422 by the peer"), "{min}: {ladder}");
    }
    // Ever more is too much at some time.
    let mut d = Desk::new(Transport::Tcp);
    d.invites(true);
    for min in 2_000..2_010 {
        if d.sent_request("INVITE").contains(&format!("Session-Expires: {}", min - 1)) || min == 2_000 {
            let refusal = d.response("INVITE", "422 Session Interval Too Small", "b0", "");
            d.hears(&with(&refusal, &format!("Min-SE: {min}")));
        }
    }
    let invites = d.sent.iter().filter(|text| text.starts_with("INVITE ")).count();
    assert_eq!(invites, 1 + usize::from(lhtt_sip::limits::RETRIES_MAX));
    assert!(d.finished().contains("Failed 422"));
}

#[test]
fn a_2xx_cannot_make_us_flood_or_wait_for_ever() {
    for (said, refresh) in [("0", 45_000), ("1", 45_000), ("4294967295", 900_000), ("1800", 900_000)] {
        let mut d = calling(&format!("Allow: UPDATE\nSession-Expires: {said};refresher=uac"));
        d.passes(refresh - 1);
        assert!(!d.last().starts_with("UPDATE "), "{said}");
        d.passes(1);
        assert!(d.last().starts_with("UPDATE "), "{said}");
        d.hangs_up();
        d.finish();
    }
}

#[test]
fn a_refresh_that_is_refused_is_tried_again_until_the_session_expires() {
    let mut d = called(&format!("{TIMED}\nSession-Expires: 120;refresher=uas"));
    d.asks("ACK", "2", 1, "");
    d.passes(60_000);
    d.answers("UPDATE", "503 Service Unavailable", "a1", "");
    d.passes(30_000);
    d.answers("UPDATE", "405 Method Not Allowed", "a1", "");
    assert!(d.last().starts_with("INVITE "), "the other way");
    d.answers("INVITE", "488 Not Acceptable Here", "a1", "");
    d.passes(30_000);
    let ladder = d.finished();
    assert!(ladder.contains("120000 * Ended SessionTimeout"), "{ladder}");
}

#[test]
fn without_timers_nothing_is_said_and_nothing_expires() {
    let mut d = Desk::with(Transport::Udp, |config| config.timers.session = None);
    let invite = d.request("INVITE", "1", 1, SDP);
    d.hears(&with(&invite, "Supported: timer\nSession-Expires: 1"));
    d.accepts();
    assert_eq!(header(d.last(), "Session-Expires"), "");
    d.asks("ACK", "2", 1, "");
    d.passes(10_000_000);
    assert_eq!(d.endpoint.poll_timeout(), None);
    d.asks("BYE", "3", 2, "");
    d.finish();
}

#[test]
fn the_session_says_its_interval() {
    let mut d = Desk::with(Transport::Tcp, |config| config.timers.session = Some(Duration::from_secs(300)));
    d.asks("INVITE", "1", 1, SDP);
    let id = d.id.expect("a session");
    assert_eq!(d.endpoint.session_interval(id), Ok(None));
    d.accepts();
    assert_eq!(d.endpoint.session_interval(id), Ok(Some(300)));
    d.asks("ACK", "2", 1, "");
    d.asks("BYE", "3", 2, "");
    d.finish();
}
