//! A gatekeeper and an endpoint that hear whatever comes: datagrams and time passing, as the input says.
//!
//! An input is a list of records: one octet of who hears it and from where, one of how much time passes before, two of a length, and
//! so many octets of a datagram. A length of 0 lets only time pass.

use lhtt_core::io::{Input, ListenerId, Output};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Duration, Instant};
use lhtt_h323::AliasAddress;
use lhtt_h323::asn1::h225::{RasMessage, UnregRequestReason};
use lhtt_h323::per::Codec as _;
use lhtt_h323::ras::client::{Admission, RasCall, RasClient, RasClientConfig};
use lhtt_h323::ras::gatekeeper::{Gatekeeper, GatekeeperConfig, GatekeeperEvent, Neighbour};
use std::collections::BTreeMap;
use std::net::SocketAddr;

const SOCKET: ListenerId = ListenerId(0);
/// What the gatekeeper calls each.
type Names = BTreeMap<SocketAddr, String>;
/// Records of one input.
const RECORDS_MAX: usize = 64;

fn at(host: u8) -> SocketAddr {
    SocketAddr::from(([192, 0, 2, host], 1719))
}

/// Whatever is heard: what is said decodes, goes to who asked, is bounded; the tables stay within their limits; in the end nothing is left.
pub fn ras_endpoint(data: &[u8]) -> bool {
    let (mut gatekeeper, mut client) = (gatekeeper(), client());
    let (mut now, mut rest, mut understood) = (Instant::from_millis(1), data, false);
    let mut names = Names::new();
    client.register(now);
    settle_client(&mut client);
    for _ in 0..RECORDS_MAX {
        let [who, pause, high, low, tail @ ..] = rest else { break };
        let length = (usize::from(*high) << 8 | usize::from(*low)).min(tail.len());
        let (datagram, after) = tail.split_at(length);
        (rest, now) = (after, now + Duration::from_millis(u64::from(*pause) * 100));
        let remote = at(who >> 1 & 7);
        let message = RasMessage::from_per(datagram).ok();
        understood |= message.is_some();
        // An endpoint knows what it is called; the top bit leaves the octets as they are.
        let known = names.get(&remote).filter(|_| who & 0x80 == 0);
        let named = message.zip(known).and_then(|(message, name)| named(message, name).to_per().ok());
        let input = match length {
            0 => Input::Timeout,
            _ => Input::Datagram { listener: SOCKET, remote, data: named.unwrap_or(datagram.to_vec()).into() },
        };
        if who & 1 == 0 {
            gatekeeper.handle_input(now, input);
            let said = settle(&mut gatekeeper, now, &mut names);
            assert!(said.len() <= 34, "one datagram has few answers: {}", said.len());
        } else {
            client.handle_input(now, input);
            settle_client(&mut client);
        }
        assert!(gatekeeper.registrations() <= 8 && gatekeeper.admissions() <= 8, "the limits hold");
    }
    drain(gatekeeper, client, now);
    understood
}

/// The same message, of the endpoint of this name.
fn named(mut message: RasMessage, name: &str) -> RasMessage {
    use RasMessage as M;
    let name = name.to_owned();
    match &mut message {
        M::RegistrationRequest(its) if its.endpoint_identifier.is_some() => its.endpoint_identifier = Some(name),
        M::UnregistrationRequest(its) => its.endpoint_identifier = Some(name),
        M::LocationRequest(its) => its.endpoint_identifier = Some(name),
        M::AdmissionRequest(its) => its.endpoint_identifier = name,
        M::BandwidthRequest(its) => its.endpoint_identifier = name,
        M::DisengageRequest(its) => its.endpoint_identifier = name,
        M::InfoRequestResponse(its) => its.endpoint_identifier = name,
        M::ResourcesAvailableIndicate(its) => its.endpoint_identifier = name,
        _ => {}
    }
    message
}

fn gatekeeper() -> Gatekeeper {
    let mut config = GatekeeperConfig::new("zone");
    config.forward_locations = true;
    config.report_every = Some(Duration::from_secs(60));
    config.neighbours = vec![Neighbour { address: at(6), prefixes: Vec::new(), order: 0 }];
    (config.limits.registrations, config.limits.calls, config.limits.questions) = (8, 8, 8);
    let mut gatekeeper = Gatekeeper::new(config, Rng::from_number(1));
    gatekeeper.listener(SOCKET, at(1));
    gatekeeper
}

fn client() -> RasClient {
    let mut config = RasClientConfig::new(SOCKET, at(2), SocketAddr::from(([192, 0, 2, 2], 1720)), at(1));
    config.aliases = vec![AliasAddress::of("600")];
    RasClient::new(config, Rng::from_number(2))
}

/// Takes out what is there, and answers questions.
fn settle(gatekeeper: &mut Gatekeeper, now: Instant, names: &mut Names) -> Vec<SocketAddr> {
    let mut said = Vec::new();
    loop {
        while let Some(Output::Transmit { remote, data, .. }) = gatekeeper.poll_output() {
            let message = RasMessage::from_per(&data).expect("what is said can be read");
            if let RasMessage::RegistrationConfirm(rcf) = message {
                names.insert(remote, rcf.endpoint_identifier);
            }
            said.push(remote);
        }
        match gatekeeper.poll_event() {
            None => return said,
            Some(GatekeeperEvent::RegistrationAsked { question, .. }) => {
                gatekeeper.register(now, question, Default::default()).expect("it was asked");
            }
            Some(GatekeeperEvent::AdmissionAsked { question, .. }) => {
                gatekeeper.admit(now, question, Default::default()).expect("it was asked");
            }
            Some(GatekeeperEvent::LocationAsked { question, .. }) => {
                gatekeeper.locate(now, question, None).expect("it was asked");
            }
            Some(_) => {}
        }
    }
}

fn settle_client(client: &mut RasClient) {
    while let Some(Output::Transmit { data, .. }) = client.poll_output() {
        RasMessage::from_per(&data).expect("what is said can be read");
    }
    while client.poll_event().is_some() {}
}

/// Everybody leaves, and nobody answers any more: after ten minutes nothing is left.
fn drain(mut gatekeeper: Gatekeeper, mut client: RasClient, from: Instant) {
    let call = RasCall { call: [1; 16], answering: false };
    let (conference, called) = ([1; 16], vec![AliasAddress::of("601")]);
    let calling = Vec::new();
    let _ =
        client.admit(from, Admission { call, conference, reference: 1, called, address: None, calling, bandwidth: 1 });
    client.unregister(from);
    settle_client(&mut client);
    gatekeeper.unregister_all(from, &UnregRequestReason::Maintenance);
    settle(&mut gatekeeper, from, &mut Names::new());
    let end = from + Duration::from_secs(600);
    let mut now = from;
    while let Some(due) = gatekeeper.poll_timeout().into_iter().chain(client.poll_timeout()).min() {
        assert!(due <= end, "everything that waits has an end");
        now = now.max(due);
        gatekeeper.handle_input(now, Input::Timeout);
        settle(&mut gatekeeper, now, &mut Names::new());
        client.handle_input(now, Input::Timeout);
        settle_client(&mut client);
    }
    assert!(gatekeeper.is_quiescent() && client.is_quiescent(), "nothing is left");
}
