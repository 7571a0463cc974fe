//! What the registrations of a country weigh, and that they end: alone in its process, for it is measured by what the process grew by.
#![cfg(target_os = "linux")]
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test ends where its script does not fit")]

use lhtt_core::time::{Duration, Instant};
use lhtt_sip::message::NameAddr;
use lhtt_sip::registrar::{Change, Location, Refusal, limits};

const CONTACT: &str = "<sip:0912345678@192.0.2.7:5061;transport=tls;ob>;reg-id=1;\
    +sip.instance=\"<urn:uuid:00000000-0000-1000-8000-000A95A0E128>\";q=0.8";

/// Contact, Path, instance and Call-ID of usual length.
fn change(index: usize) -> Change {
    let contact: NameAddr = CONTACT.parse().unwrap();
    Change {
        call_id: format!("{index:032}@192.0.2.7"),
        cseq: 1,
        path: "<sip:token@edge.example.vn;lr;ob>".to_owned(),
        flow: None,
        outbound: true,
        contacts: Some(vec![(contact, 3_600)]),
    }
}

#[test]
fn a_registration_is_at_most_a_kibibyte_and_there_are_only_so_many() {
    let mut location = Location::default();
    let before = resident();
    for index in 0..limits::BINDINGS_MAX {
        location.update(Instant::ZERO, &format!("sip:{index:010}@example.vn"), change(index)).unwrap();
    }
    let each = (resident() - before) / limits::BINDINGS_MAX;
    println!("{each} octets a registration");
    assert!(each <= 1_024, "{each} octets");
    let more = location.update(Instant::ZERO, "sip:more@example.vn", change(0));
    assert_eq!(more.err(), Some(Refusal::Full));
    let again = Change { cseq: 2, ..change(0) };
    assert!(location.update(Instant::ZERO, "sip:0000000000@example.vn", again).is_ok(), "who is there may stay");
    assert_eq!(location.expire(Instant::ZERO + Duration::from_secs(3_600)).len(), limits::BINDINGS_MAX);
    assert!(location.is_empty() && location.poll_timeout().is_none());
}

/// Octets of memory that the process has.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap() * 1_024
}
