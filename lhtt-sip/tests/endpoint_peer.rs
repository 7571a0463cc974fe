//! Requests within a dialog from somebody else: spoofed BYE, hijacking re-INVITE, ACK and CANCEL from elsewhere.

mod support;

use lhtt_core::io::{Input, StreamId, StreamIds, TlsIdentity, Transport};
use support::{Desk, LISTENER, SDP, crlf};

/// A datagram from another place, with its body's length filled in.
fn from(d: &mut Desk, remote: &str, text: &str) {
    let text = crlf(text);
    let length = text.split_once("\r\n\r\n").map_or(0, |(_, body)| body.len());
    let data = text.replace("{length}", &length.to_string()).into();
    d.input(Input::Datagram { listener: LISTENER, remote: remote.parse().expect("an address"), data });
}

fn identity(key: u8, name: &str) -> Option<Box<TlsIdentity>> {
    let (anchors, dns) = (vec!["root".to_owned()], vec![name.to_owned()]);
    Some(Box::new(TlsIdentity { anchors, dns, spki_sha256: [key; 32], ..TlsIdentity::default() }))
}

/// Somebody connects from `remote` and says this.
fn by_stream(d: &mut Desk, number: usize, remote: &str, tls: Option<Box<TlsIdentity>>, text: &str) -> StreamId {
    let mut ids = StreamIds::new(7);
    let stream = (0..number).map(|_| ids.allocate()).last().expect("a stream");
    let (local, remote) = ("192.0.2.1:5060".parse().expect("an address"), remote.parse().expect("an address"));
    d.input(Input::Accepted { stream, listener: LISTENER, local, remote, tls });
    let text = crlf(text).replace("{length}", "0");
    d.input(Input::Data { stream, data: text.into() });
    stream
}

fn up(d: &mut Desk) {
    d.asks("INVITE", "1", 1, SDP);
    d.accepts();
    d.asks("ACK", "2", 1, "");
}

#[test]
fn a_bye_from_another_address_is_refused_and_the_call_goes_on() {
    for stranger in ["192.0.2.66:5060", "192.0.2.9:5061", "[2001:db8::9]:5060"] {
        let mut d = Desk::udp();
        up(&mut d);
        for method in ["BYE", "INVITE", "UPDATE", "INFO", "OPTIONS"] {
            let text = d.request(method, &format!("x{method}"), 2, if method == "INVITE" { SDP } else { "" });
            from(&mut d, stranger, &text);
            assert!(d.last().starts_with("SIP/2.0 481 "), "{stranger}: {}", d.last());
        }
        let text = d.request("ACK", "xINVITE", 2, "");
        from(&mut d, stranger, &text);
        // The numbers of the stranger's requests count for nothing.
        d.asks("INFO", "3", 2, "");
        assert!(d.last().starts_with("SIP/2.0 200 "), "{stranger}");
        d.asks("BYE", "4", 3, "");
        let ladder = d.finished();
        assert!(ladder.contains("* Stranger BYE") && !ladder.contains("* Renegotiate"), "{ladder}");
        assert_eq!(ladder.matches("* Ended").count(), 1, "{ladder}");
    }
}

#[test]
fn an_ack_from_elsewhere_brings_no_answer() {
    let mut d = Desk::udp();
    d.asks("INVITE", "1", 1, "");
    d.accepts();
    let text = d.request("ACK", "2", 1, SDP);
    from(&mut d, "192.0.2.66:5060", &text);
    d.asks("ACK", "3", 1, SDP);
    d.asks("BYE", "4", 2, "");
    let ladder = d.finished();
    assert_eq!(ladder.matches("Confirmed with SDP").count(), 1, "{ladder}");
}

#[test]
fn a_cancel_from_elsewhere_is_refused() {
    let mut d = Desk::udp();
    d.asks("INVITE", "1", 1, SDP);
    let text = d.request("CANCEL", "1", 1, "");
    from(&mut d, "192.0.2.66:5060", &text);
    assert!(d.last().starts_with("SIP/2.0 481 "), "{}", d.last());
    d.asks("CANCEL", "1", 1, "");
    d.asks("ACK", "1", 1, "");
    d.check(
        "0 < INVITE
         0 > 100 INVITE
         0 * Incoming with SDP
         0 > 481 CANCEL
         0 * Stranger CANCEL
         0 < CANCEL
         0 > 200 CANCEL
         0 > 487 INVITE
         0 * Cancelled -
         0 < ACK
         32000 * Forgotten",
    );
}

#[test]
fn a_peer_that_sends_from_another_port_than_it_names_is_known_by_its_host() {
    let mut d = Desk::udp();
    let invite = d.request("INVITE", "1", 1, SDP);
    from(&mut d, "192.0.2.9:50111", &invite);
    d.accepts();
    let ack = d.request("ACK", "2", 1, "");
    from(&mut d, "192.0.2.9:50112", &ack);
    let bye = d.request("BYE", "3", 2, "");
    from(&mut d, "192.0.2.66:50111", &bye);
    assert!(d.last().starts_with("SIP/2.0 481 "));
    from(&mut d, "192.0.2.9:50113", &bye.replace("bK3", "bK4"));
    assert!(d.last().starts_with("SIP/2.0 200 "));
    d.finish();
}

#[test]
fn a_peer_may_send_from_its_contact() {
    let mut d = Desk::udp();
    // An INVITE by way of a proxy that is not in the route set.
    let invite = d.request("INVITE", "1", 1, SDP).replace("UDP 192.0.2.9:5060", "UDP 192.0.2.20:5060");
    from(&mut d, "192.0.2.20:5060", &invite);
    d.accepts();
    d.asks("ACK", "2", 1, "");
    d.asks("BYE", "3", 2, "");
    assert!(d.last().starts_with("SIP/2.0 200 "));
    d.finish();
}

#[test]
fn over_tcp_the_stream_of_the_call_counts_while_it_lives() {
    let mut d = Desk::new(Transport::Tcp);
    up(&mut d);
    let bye = |d: &Desk, branch: &str| d.request("BYE", branch, 2, "");
    let text = bye(&d, "3");
    by_stream(&mut d, 1, "192.0.2.9:40001", None, &text);
    assert!(d.last().starts_with("SIP/2.0 481 "), "another stream of the same host");
    d.stream_closes();
    let text = bye(&d, "4");
    by_stream(&mut d, 2, "192.0.2.66:40001", None, &text);
    assert!(d.last().starts_with("SIP/2.0 481 "), "another host");
    let text = bye(&d, "5");
    by_stream(&mut d, 3, "192.0.2.9:40002", None, &text);
    assert!(d.last().starts_with("SIP/2.0 200 "), "the host has connected anew");
    d.finish();
}

#[test]
fn a_callee_over_tcp_may_connect_to_us() {
    let mut d = Desk::new(Transport::Tcp);
    d.invites(true);
    d.opens();
    d.answers("INVITE", "200 OK", "b1", SDP);
    let text = d.callee_request("BYE", "3", 1, "");
    by_stream(&mut d, 1, "192.0.2.66:40001", None, &text);
    assert!(d.last().starts_with("SIP/2.0 481 "), "{}", d.last());
    by_stream(&mut d, 2, "192.0.2.9:40001", None, &text.replace("bK3", "bK4"));
    assert!(d.last().starts_with("SIP/2.0 200 "), "{}", d.last());
    d.finish();
}

#[test]
fn over_tls_what_the_certificate_proves_counts_and_no_address() {
    let mut d = Desk::new(Transport::Tls);
    d.stream_closes();
    let (local, remote) = ("192.0.2.1:5060".parse(), "192.0.2.9:40000".parse());
    let (local, remote) = (local.expect("an address"), remote.expect("an address"));
    let stream = StreamIds::new(9).allocate();
    d.input(Input::Accepted { stream, listener: LISTENER, local, remote, tls: identity(1, "a.example.vn") });
    d.stream = Some(stream);
    up(&mut d);
    for (number, remote, tls, status) in [
        (1, "192.0.2.9:40001", None, "481"),
        (2, "192.0.2.9:40002", identity(2, "b.example.vn"), "481"),
        (3, "192.0.2.9:40003", Some(Box::new(TlsIdentity { spki_sha256: [1; 32], ..Default::default() })), "481"),
        (4, "192.0.2.77:40004", identity(2, "a.example.vn"), "200"),
        (5, "192.0.2.77:40005", identity(1, "new.example.vn"), "200"),
    ] {
        let text = d.request("OPTIONS", &number.to_string(), 2 + number as u32, "");
        by_stream(&mut d, number, remote, tls, &text);
        assert!(d.last().starts_with(&format!("SIP/2.0 {status} ")), "{number}: {}", d.last());
    }
    let bye = d.request("BYE", "x", 20, "");
    let sent = d.sent.len();
    from(&mut d, "192.0.2.9:5060", &bye);
    assert_eq!(d.sent.len(), sent, "there is no listener for datagrams");
    d.asks("BYE", "y", 20, "");
    assert!(d.last().starts_with("SIP/2.0 200 "));
    d.finish();
}
