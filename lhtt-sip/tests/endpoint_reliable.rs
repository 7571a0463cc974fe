//! Reliable provisional responses: RFC 3262, as callee and as caller; early dialogs of forks.

mod support;

use lhtt_core::io::Transport;
use support::{Desk, SDP, header};

/// A call to us, with these headers too, and with an offer or without.
fn called(transport: Transport, headers: &str, offer: &str) -> Desk {
    let mut d = Desk::new(transport);
    let invite = d.request("INVITE", "1", 1, offer);
    d.hears(&invite.replacen("Contact:", &format!("{headers}\nContact:"), 1));
    d
}

fn progresses(d: &mut Desk, status: u16, described: bool) {
    d.says("progress", |endpoint, now, id| {
        endpoint.provisional_reliably(now, id, status, described.then(|| SDP.into()))
    });
}

/// The peer acknowledges our last reliable response.
fn pracks(d: &mut Desk, branch: &str, cseq: u32, body: &str) {
    let rseq = d.sent.iter().rev().map(|text| header(text, "RSeq")).find(|rseq| !rseq.is_empty()).expect("an RSeq");
    let rack = format!("RAck: {rseq} 1 INVITE\nContact:");
    let prack = d.request("PRACK", branch, cseq, body).replacen("Contact:", &rack, 1);
    d.hears(&prack);
}

const START: &str = "0 < INVITE\n0 > 100 INVITE\n0 * Incoming with SDP\n";
const OURS: &str = "0 ! invite\n0 . open Tcp 192.0.2.9:5060\n0 > INVITE\n";

#[test]
fn an_answer_is_reliable_and_the_2xx_waits_for_its_prack() {
    let mut d = called(Transport::Udp, "Supported: 100rel", SDP);
    progresses(&mut d, 183, true);
    assert_eq!(header(d.last(), "Require"), "100rel");
    let rseq: u32 = header(d.last(), "RSeq").parse().expect("a number");
    assert!((1..1 << 31).contains(&rseq));
    d.accepts();
    d.passes(1_500);
    pracks(&mut d, "2", 2, "");
    let accepted = d.last().to_owned();
    assert_eq!(header(&accepted, "Content-Length"), "0", "the 183 was the answer: {accepted}");
    d.asks("ACK", "3", 1, "");
    d.asks("BYE", "4", 3, "");
    d.check(&format!(
        "{START}0 ! progress
         0 > 183 INVITE
         0 ! accept
         500 > 183 INVITE
         1500 > 183 INVITE
         1500 < PRACK
         1500 > 200 PRACK
         1500 > 200 INVITE
         1500 * ProvisionalConfirmed
         1500 < ACK
         1500 * Confirmed
         1500 < BYE
         1500 > 200 BYE
         1500 * Ended Bye -
         33500 * Forgotten"
    ));
}

#[test]
fn without_description_the_2xx_does_not_wait() {
    let mut d = called(Transport::Tcp, "Require: 100rel", SDP);
    d.rings();
    assert_eq!(header(d.last(), "Require"), "100rel", "the caller requires it");
    d.accepts();
    assert!(d.last().starts_with("SIP/2.0 200 ") && d.last().ends_with(SDP));
    d.asks("ACK", "3", 1, "");
    pracks(&mut d, "4", 2, "");
    d.asks("BYE", "5", 3, "");
    let ladder = d.finished();
    assert_eq!(ladder.matches("> 180 INVITE").count(), 1, "{ladder}");
}

#[test]
fn one_at_a_time_and_in_order() {
    let mut d = called(Transport::Tcp, "Supported: timer, 100rel", SDP);
    for (status, described) in [(180, false), (183, true), (182, false)] {
        progresses(&mut d, status, described);
    }
    let first: u32 = header(d.last(), "RSeq").parse().expect("a number");
    d.accepts();
    for number in 0..3 {
        assert_eq!(header(d.last(), "RSeq"), (first + number).to_string());
        pracks(&mut d, &format!("p{number}"), 2 + number, "");
    }
    d.asks("ACK", "3", 1, "");
    d.asks("BYE", "4", 9, "");
    let ladder = d.finished();
    let order: Vec<&str> = ladder
        .lines()
        .filter(|line| line.contains("> "))
        .map(|line| line.trim().split(" > ").nth(1).unwrap_or(""))
        .collect();
    assert_eq!(
        order,
        [
            "100 INVITE",
            "180 INVITE",
            "200 PRACK",
            "183 INVITE",
            "200 PRACK",
            "182 INVITE",
            "200 PRACK",
            "200 INVITE",
            "200 BYE"
        ]
    );
}

#[test]
fn a_prack_that_fits_nothing_is_refused() {
    let mut d = called(Transport::Tcp, "Supported: 100rel", SDP);
    progresses(&mut d, 183, true);
    let rseq: u32 = header(d.last(), "RSeq").parse().expect("a number");
    for (number, (rack, status)) in [
        (format!("RAck: {} 1 INVITE", rseq + 1), "481"),
        (format!("RAck: {} 1 INVITE", rseq.wrapping_sub(1)), "481"),
        (format!("RAck: {rseq} 2 INVITE"), "481"),
        (format!("RAck: {rseq} 1 UPDATE"), "481"),
        (format!("RAck: {rseq} 1"), "400"),
        ("RAck: x 1 INVITE".to_owned(), "400"),
        ("RAck: 4294967296 1 INVITE".to_owned(), "400"),
        (String::new(), "400"),
    ]
    .into_iter()
    .enumerate()
    {
        let prack = d.request("PRACK", &format!("w{number}"), 2 + number as u32, "");
        d.hears(&prack.replacen("Contact:", &format!("{rack}\nContact:"), 1).replace("\n\nContact", "\nContact"));
        assert!(d.last().starts_with(&format!("SIP/2.0 {status} ")), "{rack}: {}", d.last());
    }
    d.accepts();
    assert!(!d.last().starts_with("SIP/2.0 200 "), "still not acknowledged");
    pracks(&mut d, "right", 20, "");
    assert!(d.last().starts_with("SIP/2.0 200 ") && header(d.last(), "CSeq") == "1 INVITE");
    // Once more is of nothing.
    let again =
        d.request("PRACK", "again", 21, "").replacen("Contact:", &format!("RAck: {rseq} 1 INVITE\nContact:"), 1);
    d.hears(&again);
    assert!(d.last().starts_with("SIP/2.0 481 "));
    d.asks("ACK", "3", 1, "");
    d.asks("BYE", "4", 22, "");
    d.finish();
}

#[test]
fn without_prack_the_call_is_refused_with_504() {
    let mut d = called(Transport::Udp, "Supported: 100rel", SDP);
    progresses(&mut d, 183, true);
    d.passes(32_000);
    d.asks("ACK", "1", 1, "");
    d.check(&format!(
        "{START}0 ! progress
         0 > 183 INVITE
         500 > 183 INVITE
         1500 > 183 INVITE
         3500 > 183 INVITE
         7500 > 183 INVITE
         15500 > 183 INVITE
         31500 > 183 INVITE
         32000 > 504 INVITE
         32000 * Ended NoPrack
         32000 < ACK
         37000 * Forgotten"
    ));
}

#[test]
fn our_offer_goes_reliably_and_its_answer_comes_in_the_prack() {
    let mut d = called(Transport::Tcp, "Supported: 100rel", "");
    progresses(&mut d, 183, true);
    // Our offer waits: the caller's own crosses it.
    let update = d.request("UPDATE", "u", 2, SDP);
    d.hears(&update);
    assert!(d.last().starts_with("SIP/2.0 491 "));
    pracks(&mut d, "2", 3, SDP);
    d.accepts();
    assert_eq!(header(d.last(), "Content-Length"), "0");
    d.asks("ACK", "3", 1, "");
    d.asks("BYE", "4", 4, "");
    let ladder = d.finished();
    assert!(ladder.contains("* ProvisionalConfirmed with SDP"), "{ladder}");
}

#[test]
fn an_early_update_and_an_offer_in_a_prack() {
    let mut d = called(Transport::Tcp, "Supported: 100rel", SDP);
    d.rings();
    // Nothing is agreed on yet.
    d.asks("UPDATE", "u1", 2, SDP);
    assert!(d.last().starts_with("SIP/2.0 500 ") && !header(d.last(), "Retry-After").is_empty());
    progresses(&mut d, 183, true);
    pracks(&mut d, "2", 3, SDP);
    d.accepts();
    assert!(d.last().starts_with("SIP/2.0 200 ") && d.last().ends_with(SDP) && d.last().contains("PRACK"));
    d.asks("UPDATE", "u2", 4, SDP);
    d.rejects(488);
    d.asks("UPDATE", "u3", 5, SDP);
    d.accepts();
    assert!(header(d.last(), "CSeq") == "5 UPDATE" && header(d.last(), "Session-Expires").is_empty());
    d.accepts();
    assert_eq!(header(d.last(), "CSeq"), "1 INVITE");
    d.asks("ACK", "3", 1, "");
    d.asks("BYE", "4", 6, "");
    let ladder = d.finished();
    assert_eq!(ladder.matches("* Renegotiate with SDP").count(), 3, "{ladder}");
}

#[test]
fn an_early_update_ends_with_its_call() {
    for end in ["hang up", "CANCEL", "BYE"] {
        let mut d = called(Transport::Tcp, "Supported: 100rel", SDP);
        progresses(&mut d, 183, true);
        pracks(&mut d, "2", 2, "");
        d.asks("UPDATE", "u2", 3, SDP);
        match end {
            "hang up" => d.hangs_up(),
            "CANCEL" => d.hears(&d.request_to("CANCEL", "1", 1, "", "")),
            _ => d.asks("BYE", "b", 4, ""),
        }
        d.asks("ACK", "1", 1, "");
        let ladder = d.finished();
        assert!(ladder.contains("> 487 UPDATE"), "{end}: {ladder}");
    }
}

/// A reliable response to our INVITE.
fn hears_reliable(d: &mut Desk, status: &str, tag: &str, rseq: &str, body: &str) {
    let response = d.response("INVITE", status, tag, body);
    d.hears(&response.replacen("Contact:", &format!("Require: 100rel\nRSeq: {rseq}\nContact:"), 1));
}

#[test]
fn ours_acknowledge_each_once_and_in_order() {
    let mut d = Desk::new(Transport::Tcp);
    d.invites(true);
    assert_eq!(header(d.last(), "Supported"), "100rel, timer");
    hears_reliable(&mut d, "180 Ringing", "b1", "10", "");
    assert_eq!((header(d.last(), "RAck"), header(d.last(), "CSeq")), ("10 1 INVITE", "2 PRACK"));
    assert!(header(d.last(), "To").ends_with(";tag=b1"));
    d.answers("PRACK", "200 OK", "b1", "");
    hears_reliable(&mut d, "180 Ringing", "b1", "10", "");
    hears_reliable(&mut d, "183 Session Progress", "b1", "12", SDP);
    hears_reliable(&mut d, "183 Session Progress", "b1", "11", SDP);
    assert_eq!((header(d.last(), "RAck"), header(d.last(), "CSeq")), ("11 1 INVITE", "3 PRACK"));
    d.answers("PRACK", "200 OK", "b1", "");
    // The answer came reliably, so the 2xx need not have it.
    d.answers("INVITE", "200 OK", "b1", "");
    d.asks_bye_of_the_callee(1);
    d.check(&format!(
        "{OURS}0 < 180 INVITE
         0 > PRACK
         0 * Provisional 180 reliably
         0 < 200 PRACK
         0 < 180 INVITE
         0 < 183 INVITE
         0 < 183 INVITE
         0 > PRACK
         0 * Provisional 183 reliably with SDP
         0 < 200 PRACK
         0 < 200 INVITE
         0 > ACK
         0 * Answered 200 with SDP
         0 < BYE
         0 > 200 BYE
         0 * Ended Bye -
         32000 * Forgotten
         64000 . close"
    ));
}

#[test]
fn a_reliable_offer_is_answered_in_the_prack() {
    let mut d = Desk::new(Transport::Tcp);
    d.invites(false);
    hears_reliable(&mut d, "183 Session Progress", "b1", "7", SDP);
    assert!(d.last().starts_with("INVITE "), "the PRACK waits for the answer");
    d.acknowledges();
    assert!(d.last().starts_with("PRACK ") && d.last().ends_with(SDP));
    d.answers("PRACK", "200 OK", "b1", "");
    d.answers("INVITE", "200 OK", "b1", "");
    assert!(d.last().starts_with("ACK ") && header(d.last(), "Content-Length") == "0");
    d.asks_bye_of_the_callee(1);
    let ladder = d.finished();
    assert!(ladder.contains("* Answered 200\n"), "{ladder}");
    // An owner that says nothing loses the call.
    let mut d = Desk::new(Transport::Tcp);
    d.invites(false);
    hears_reliable(&mut d, "183 Session Progress", "b1", "7", SDP);
    d.passes(32_000);
    assert!(d.last().starts_with("CANCEL "));
    d.answers("CANCEL", "200 OK", "b1", "");
    d.answers("INVITE", "487 Request Terminated", "b1", "");
    assert!(d.finished().contains("* Failed 408"));
}

#[test]
fn each_fork_counts_for_itself_and_one_wins() {
    let mut d = Desk::new(Transport::Tcp);
    d.invites(true);
    for (tag, rseq) in [("b1", "5"), ("b2", "5"), ("b1", "6"), ("b3", "4294967295"), ("b2", "7"), ("b2", "6")] {
        hears_reliable(&mut d, "183 Session Progress", tag, rseq, SDP);
    }
    let racks: Vec<String> = d
        .sent
        .iter()
        .filter(|text| text.starts_with("PRACK "))
        .map(|text| format!("{} {}", support::tag_of(header(text, "To")), header(text, "RAck")))
        .collect();
    assert_eq!(racks, ["b1 5 1 INVITE", "b2 5 1 INVITE", "b1 6 1 INVITE", "b3 4294967295 1 INVITE", "b2 6 1 INVITE"]);
    d.answers("INVITE", "200 OK", "b2", SDP);
    assert_eq!((header(d.last(), "CSeq"), support::tag_of(header(d.last(), "To"))), ("1 ACK", "b2"));
    let sent = d.sent.len();
    d.answers("INVITE", "200 OK", "b1", SDP);
    let titles: Vec<&str> = d.sent[sent..].iter().map(|text| text.split(' ').next().unwrap_or("")).collect();
    assert_eq!(titles, ["ACK", "BYE"]);
    assert!(d.sent[sent..].iter().all(|text| support::tag_of(header(text, "To")) == "b1"));
    d.answers("BYE", "200 OK", "b1", "");
    d.hangs_up();
    d.answers("BYE", "200 OK", "b2", "");
    d.finish();
}

#[test]
fn a_cancel_and_a_reliable_response_cross() {
    let mut d = Desk::new(Transport::Tcp);
    d.invites(true);
    d.hangs_up();
    hears_reliable(&mut d, "183 Session Progress", "b1", "5", SDP);
    assert!(d.sent.iter().any(|text| text.starts_with("PRACK ")) && d.last().starts_with("CANCEL "));
    d.answers("CANCEL", "200 OK", "b1", "");
    d.answers("PRACK", "481 Gone", "b1", "");
    d.answers("INVITE", "487 Request Terminated", "b1", "");
    d.finish();
}

#[test]
fn an_rseq_of_nothing_is_as_good_as_none() {
    for rseq in ["0", "x", "4294967296", ""] {
        let mut d = Desk::new(Transport::Tcp);
        d.invites(true);
        hears_reliable(&mut d, "180 Ringing", "b1", rseq, "");
        assert!(d.last().starts_with("INVITE "), "{rseq}");
        d.answers("INVITE", "486 Busy Here", "b1", "");
        d.finish();
    }
}
