//! What a registration costs a gatekeeper in memory: the octets on the heap after 10,000 endpoints with two names each have registered, the
//! answers kept for their retransmissions included. A count, not a time: it
//! fails when it grows.
//!
//! Made with dhat, whose allocator counts; it needs no unsafe code of ours.

use bytes::Bytes;
use lhtt_core::io::{Input, ListenerId};
use lhtt_core::rng::Rng;
use lhtt_core::time::Instant;
use lhtt_h323::asn1::h225::{AliasAddress, IpAddress, RasMessage, RegistrationRequest, TransportAddress};
use lhtt_h323::per::{Codec as _, Oid};
use lhtt_h323::ras::Gatekeeper;
use lhtt_h323::ras::gatekeeper::{GatekeeperConfig, GatekeeperEvent};
use std::net::SocketAddr;

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

const ENDPOINTS: u32 = 10_000;
/// Octets a registration may take.
const OCTETS_MAX: usize = 2048;
const LISTENER: ListenerId = ListenerId(0);

fn main() {
    let profiler = dhat::Profiler::builder().testing().build();
    let mut gatekeeper = Gatekeeper::new(GatekeeperConfig::new("zone"), Rng::from_number(1));
    gatekeeper.listener(LISTENER, SocketAddr::from(([10, 255, 0, 1], 1719)));
    let empty = dhat::HeapStats::get().curr_bytes;
    for n in 0..ENDPOINTS {
        register(&mut gatekeeper, n);
    }
    assert_eq!(gatekeeper.registrations(), ENDPOINTS as usize);
    let full = dhat::HeapStats::get().curr_bytes - empty;
    let now = Instant::from_millis(20_000);
    gatekeeper.handle_input(now, Input::Timeout);
    let quiet = dhat::HeapStats::get().curr_bytes - empty;
    let each = |octets: usize| octets / ENDPOINTS as usize;
    println!("registrations: {} octets each, {} when the answers are forgotten", each(full), each(quiet));
    assert!(each(full) <= OCTETS_MAX, "a registration takes at most {OCTETS_MAX} octets");
    drop(profiler);
}

fn register(gatekeeper: &mut Gatekeeper, n: u32) {
    let remote = SocketAddr::from(([10, (n >> 16) as u8, (n >> 8) as u8, n as u8], 1719));
    let input = Input::Datagram { listener: LISTENER, remote, data: request(n, remote) };
    gatekeeper.handle_input(Instant::from_millis(1), input);
    while gatekeeper.poll_output().is_some() {}
    while let Some(event) = gatekeeper.poll_event() {
        if let GatekeeperEvent::RegistrationAsked { question, .. } = event {
            gatekeeper.register(Instant::from_millis(1), question, Default::default()).expect("it was asked");
        }
    }
    while gatekeeper.poll_output().is_some() || gatekeeper.poll_event().is_some() {}
}

fn request(n: u32, remote: SocketAddr) -> Bytes {
    let SocketAddr::V4(v4) = remote else { return Bytes::new() };
    let at = |port| TransportAddress::IpAddress(IpAddress { ip: v4.ip().octets(), port });
    let message = RasMessage::RegistrationRequest(Box::new(RegistrationRequest {
        request_seq_num: 1,
        protocol_identifier: Oid::new(&[0, 0, 8, 2250, 0, 7]),
        call_signal_address: vec![at(1720)],
        ras_address: vec![at(1719)],
        terminal_alias: Some(vec![
            AliasAddress::DialledDigits(format!("0263{n:06}")),
            AliasAddress::H323Id(format!("Phòng họp trực tuyến số {n}")),
        ]),
        ..Default::default()
    }));
    message.to_per().expect("it encodes").into()
}
