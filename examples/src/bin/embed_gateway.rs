//! Embeds the gateway without sockets: one call from a proved peer to a number that no session has, driven by hand, with
//! the journal in a list. Shows what the owner of a gateway does: it hands in what happened, makes entries durable before
//! it says so, and carries out the rest in order.

use bytes::Bytes;
use lhtt_core::io::{self, ListenerId, StreamIds, TlsIdentity, Transport};
use lhtt_core::journal::{self, Entry, Head};
use lhtt_core::registry::{Configuration, Peer, PeerKind};
use lhtt_core::request::{Party, Request};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Instant, Now, Wall};
use lhtt_core::{Moment, Registry, decide};
use lhtt_gateway::gateway::Gateway;
use lhtt_gateway::gateway::words::{Input, Output};
use lhtt_gateway::media::Codec;
use lhtt_gateway::settings::{CallLimits, Listener, MediaSettings, Neighbour, Protocol, Settings};
use std::error::Error;

const INVITE: &str = "INVITE sip:7999999@hnth.example SIP/2.0\r\nVia: SIP/2.0/TLS 192.0.2.1:5061;branch=z9hG4bK7\r\n\
    Max-Forwards: 70\r\nFrom: <sip:thu@gov.example>;tag=7\r\nTo: <sip:7999999@hnth.example>\r\nCall-ID: 7\r\n\
    CSeq: 1 INVITE\r\nContact: <sip:thu@192.0.2.1:5061;transport=tls>\r\nContent-Length: 0\r\n\r\n";

fn main() -> Result<(), Box<dyn Error>> {
    let (now, listener) = (now()?, ListenerId(0));
    let mut lines = Vec::new();
    let (registry, head) = facts(now.wall, &mut lines)?;
    let mut gateway = Gateway::new(settings(listener)?, registry, head, Rng::from_number(1));

    // What a driver says of a TLS stream after its handshake: which anchor verified the chain, and whose name it bears.
    let stream = StreamIds::new(0).allocate();
    let tls = TlsIdentity {
        anchors: vec!["ca".to_owned()],
        dns: vec!["sip.gov.example".to_owned()],
        ..TlsIdentity::default()
    };
    let (local, remote) = ("192.0.2.10:5061".parse()?, "192.0.2.1:40000".parse()?);
    let accepted = io::Input::Accepted { stream, listener, local, remote, tls: Some(Box::new(tls)) };
    gateway.handle_input(now, Input::Net(accepted));
    gateway.handle_input(now, Input::Net(io::Input::Data { stream, data: Bytes::from_static(INVITE.as_bytes()) }));

    while let Some(output) = gateway.poll_output() {
        match output {
            Output::Net(io::Output::Send { data, .. }) => println!("> {}", String::from_utf8_lossy(&data)),
            Output::Net(output) => println!("? {output:?}"),
            Output::Append { batch, entries } => {
                for entry in &entries {
                    println!("= entry {}\n{}\n", entry.seq(), entry.decision().render_vi());
                    lines.push(entry.to_line().to_owned());
                }
                gateway.handle_input(now, Input::Appended { batch });
            }
            Output::Relay(command) => println!("~ {command:?}"),
            Output::Reply { .. } => {}
            Output::Note(note) => println!(". {note:?}"),
        }
    }
    let status = gateway.status();
    println!("= {} entries verified", journal::verify(&lines)?.seq);
    println!(
        "= {} call came in, {} refused, {} connected",
        status.counters.calls, status.counters.refused, status.counters.connected
    );
    Ok(())
}

/// The clocks are the owner's.
fn now() -> Result<Now, Box<dyn Error>> {
    let wall = Wall::trusted(Moment::parse("2023-06-15T08:05:00+07:00")?.unix_millis());
    Ok(Now { instant: Instant::from_millis(1), wall })
}

/// The registry and its journal: one configured peer, no session.
fn facts(at: Wall, lines: &mut Vec<String>) -> Result<(Registry, Head), Box<dyn Error>> {
    let peer = Peer { id: "chinh-phu".into(), name: "Chính phủ".to_owned(), kind: PeerKind::Government, legs: 2 };
    let configure = Request::Configure(Box::new(Configuration { peers: vec![peer], ..Configuration::default() }));
    let mut registry = Registry::default();
    let decision = decide(&registry, &configure, at);
    registry.apply_all(&decision.changes)?;
    let entry = Entry::seal(&Head::default(), at, &configure, decision);
    lines.push(entry.to_line().to_owned());
    Ok((registry, entry.head()))
}

fn settings(listener: ListenerId) -> Result<Settings, Box<dyn Error>> {
    Ok(Settings {
        border: "BORDER".to_owned(),
        domain: "hnth.example".to_owned(),
        alias_prefix: "7".to_owned(),
        user_agent: None,
        listeners: vec![Listener {
            id: listener,
            protocol: Protocol::Sip,
            transport: Transport::Tls,
            local: "192.0.2.10:5061".parse()?,
            advertised: "border.hnth.example:5061".to_owned(),
            peer: None,
        }],
        neighbours: vec![government()?],
        media: MediaSettings {
            address: "192.0.2.10".parse()?,
            rtp_ports: 20_000..=20_999,
            h245_ports: 21_000..=21_999,
            codecs: vec![Codec::Pcma, Codec::Pcmu],
        },
        calls: CallLimits::default(),
    })
}

/// The peer's system: who it is to the regulation, and what must prove it.
fn government() -> Result<Neighbour, Box<dyn Error>> {
    Ok(Neighbour {
        name: "government".to_owned(),
        party: Party::Peer("chinh-phu".into()),
        protocol: Protocol::Sip,
        transport: Transport::Tls,
        remote: "192.0.2.1:5061".parse()?,
        local: None,
        listener: None,
        server_name: Some("sip.gov.example".to_owned()),
        anchor: Some("ca".to_owned()),
        dns: vec!["sip.gov.example".to_owned()],
        uris: Vec::new(),
        pins: Vec::new(),
        networks: Vec::new(),
        domains: vec!["gov.example".to_owned()],
        numbers: vec!["0801".to_owned()],
        user: None,
        fast_start: true,
        tunnelling: true,
        calls_max: 10,
        calls_per_second_max: 5,
    })
}
