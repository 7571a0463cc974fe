//! The gateway between a government's SIP system and the provincial MCU, with a journal that is durable at once and a
//! relay that only counts.

use crate::province::{self, Province};
use crate::wire::{self, Party};
use crate::{h323, sip};
use lhtt_core::ids::PeerId;
use lhtt_core::io::{self, ListenerId, Output, Transport};
use lhtt_core::request;
use lhtt_core::rng::Rng;
use lhtt_core::time::{Instant, Now};
use lhtt_gateway::gateway::Gateway;
use lhtt_gateway::gateway::words::{self, Input};
use lhtt_gateway::media::Codec;
use lhtt_gateway::relay::RelayCommand;
use lhtt_gateway::settings::{CallLimits, Listener, MediaSettings, Neighbour, Protocol, Settings};
use std::collections::VecDeque;

/// Places: the gateway, the government's system, the MCU.
pub const GATEWAY: usize = 0;
/// The government's system.
pub const GOVERNMENT: usize = 1;
/// The provincial MCU.
pub const MCU: usize = 2;

/// The gateway with its owner.
pub struct Border {
    gateway: Gateway,
    outputs: VecDeque<Output>,
    /// Journal entries written.
    pub entries: u64,
    /// Directions of media that the relay was told.
    pub directed: u64,
}

impl Border {
    /// A gateway on the first morning of a province.
    pub fn new(province: Province) -> Self {
        let gateway = Gateway::new(settings(), province.registry, province.head, Rng::from_number(7));
        Self { gateway, outputs: VecDeque::new(), entries: 0, directed: 0 }
    }

    /// Whether nothing is left of any call.
    pub fn is_quiescent(&self) -> bool {
        self.gateway.is_quiescent()
    }

    fn carry_out(&mut self, now: Now) {
        while let Some(output) = self.gateway.poll_output() {
            match output {
                words::Output::Net(output) => self.outputs.push_back(output),
                words::Output::Append { batch, entries } => {
                    self.entries += entries.len() as u64;
                    self.gateway.handle_input(now, Input::Appended { batch });
                }
                words::Output::Relay(RelayCommand::Direct { .. }) => self.directed += 1,
                words::Output::Relay(_) | words::Output::Reply { .. } | words::Output::Note(_) => {}
            }
        }
    }
}

impl Party for Border {
    fn handle_input(&mut self, now: Now, input: io::Input) {
        self.gateway.handle_input(now, Input::Net(input));
        self.carry_out(now);
    }

    fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    fn poll_timeout(&self) -> Option<Instant> {
        self.gateway.poll_timeout()
    }
}

fn settings() -> Settings {
    let government = request::Party::Peer(PeerId::new(province::PEER));
    Settings {
        border: "BORDER".to_owned(),
        domain: "border.example".to_owned(),
        alias_prefix: "7".to_owned(),
        user_agent: None,
        listeners: vec![
            listener(sip::LISTENER, Protocol::Sip, Transport::Tls, sip::port(Transport::Tls), None),
            listener(h323::LISTENER, Protocol::H323, Transport::Tcp, h323::PORT, Some(1)),
        ],
        neighbours: vec![
            neighbour(GOVERNMENT, government, Protocol::Sip, Transport::Tls, sip::port(Transport::Tls)),
            neighbour(MCU, request::Party::Mcu, Protocol::H323, Transport::Tcp, h323::PORT),
        ],
        media: MediaSettings {
            address: wire::at(GATEWAY, 0).ip(),
            rtp_ports: 20_000..=27_999,
            h245_ports: 28_000..=29_999,
            codecs: vec![Codec::Pcma, Codec::Pcmu],
        },
        calls: CallLimits::default(),
    }
}

fn listener(id: ListenerId, protocol: Protocol, transport: Transport, port: u16, peer: Option<usize>) -> Listener {
    let local = wire::at(GATEWAY, port);
    Listener { id, protocol, transport, local, advertised: local.to_string(), peer }
}

fn neighbour(place: usize, party: request::Party, protocol: Protocol, transport: Transport, port: u16) -> Neighbour {
    Neighbour {
        name: wire::name(place),
        party,
        protocol,
        transport,
        remote: wire::at(place, port),
        local: None,
        listener: None,
        server_name: (transport == Transport::Tls).then(|| wire::name(place)),
        anchor: Some("ca".to_owned()),
        dns: vec![wire::name(place)],
        uris: Vec::new(),
        pins: Vec::new(),
        networks: Vec::new(),
        domains: Vec::new(),
        numbers: if protocol == Protocol::Sip { vec!["0801".to_owned()] } else { Vec::new() },
        user: None,
        fast_start: true,
        tunnelling: true,
        calls_max: 10_000,
        calls_per_second_max: 1_000_000,
    }
}
