//! Two zones and their endpoints on a network that loses, doubles and reorders: whatever happens it ends, with every question
//! answered once and nothing left; and the same seed gives the same octets at the same times.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail loudly")]

use bytes::Bytes;
use lhtt_core::io::{Input, ListenerId, Output};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Duration, Instant};
use lhtt_h323::AliasAddress;
use lhtt_h323::asn1::h225::UnregRequestReason;
use lhtt_h323::ras::client::{Admission, Lost, RasCall, RasClient, RasClientConfig, RasClientEvent};
use lhtt_h323::ras::gatekeeper::{
    Gatekeeper, GatekeeperConfig, GatekeeperEvent, Neighbour, Pregranted, RegistrationTerms,
};
use lhtt_h323::ras::{Refusal, gatekeeper::EndpointId};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher as _, Hasher as _};
use std::net::SocketAddr;

const SOCKET: ListenerId = ListenerId(0);
const ENDPOINTS: usize = 6;

fn gatekeeper_at(zone: usize) -> SocketAddr {
    SocketAddr::from(([10, 0, zone as u8, 1], 1719))
}

fn endpoint_at(n: usize) -> SocketAddr {
    SocketAddr::from(([10, 0, (n % 2) as u8, 10 + n as u8], 1719))
}

/// What the network does to each datagram, in percent.
#[derive(Clone, Copy)]
struct Faults {
    lost: u64,
    doubled: u64,
    delayed: u64,
}

struct World {
    now: Instant,
    rng: Rng,
    faults: Faults,
    zones: Vec<Gatekeeper>,
    clients: Vec<RasClient>,
    /// In flight: when it arrives, in which order it was sent, from, to, octets.
    wire: BTreeMap<(Instant, u64), (SocketAddr, SocketAddr, Bytes)>,
    sent: u64,
    digest: lhtt_core::rng::SeededState,
    history: Vec<u64>,
    /// Questions of endpoints that were not answered yet.
    asked: BTreeSet<(usize, RasCall)>,
    admitted: BTreeSet<(usize, RasCall)>,
    told: BTreeMap<&'static str, u32>,
    registered: BTreeMap<usize, Vec<EndpointId>>,
}

impl World {
    fn new(seed: u64, faults: Faults) -> Self {
        let mut rng = Rng::from_number(seed);
        let zone = |n: usize, rng: &mut Rng| {
            let mut config = GatekeeperConfig::new(&format!("zone-{n}"));
            config.time_to_live = Duration::from_secs(40);
            config.report_every = Some(Duration::from_secs(20));
            config.neighbours = vec![Neighbour { address: gatekeeper_at(1 - n), prefixes: Vec::new(), order: 0 }];
            config.forward_locations = true;
            let mut gatekeeper = Gatekeeper::new(config, rng.fork());
            gatekeeper.listener(SOCKET, gatekeeper_at(n));
            gatekeeper
        };
        let zones = (0..2).map(|n| zone(n, &mut rng)).collect();
        let client = |n: usize, rng: &mut Rng| {
            let signalling = SocketAddr::new(endpoint_at(n).ip(), 1720);
            let mut config = RasClientConfig::new(SOCKET, endpoint_at(n), signalling, gatekeeper_at(n % 2));
            config.aliases = vec![AliasAddress::of(&format!("60{n}"))];
            RasClient::new(config, rng.fork())
        };
        let clients = (0..ENDPOINTS).map(|n| client(n, &mut rng)).collect();
        Self {
            now: Instant::from_millis(1000),
            digest: rng.hasher(),
            rng,
            faults,
            zones,
            clients,
            wire: BTreeMap::new(),
            sent: 0,
            history: Vec::new(),
            asked: BTreeSet::new(),
            admitted: BTreeSet::new(),
            told: BTreeMap::new(),
            registered: BTreeMap::new(),
        }
    }

    fn send(&mut self, from: SocketAddr, output: Output) {
        let Output::Transmit { remote, data, .. } = output else { panic!("no datagram") };
        self.note(&data);
        let copies = match self.rng.below(100) {
            n if n < self.faults.lost => 0,
            n if n < self.faults.lost + self.faults.doubled => 2,
            _ => 1,
        };
        for _ in 0..copies {
            let slow = self.rng.below(100) < self.faults.delayed;
            let millis = 1 + self.rng.below(if slow { 5000 } else { 20 });
            self.sent += 1;
            self.wire.insert((self.now + Duration::from_millis(millis), self.sent), (from, remote, data.clone()));
        }
    }

    fn note(&mut self, octets: &[u8]) {
        let mut hasher = self.digest.build_hasher();
        hasher.write_u64(self.now.as_nanos());
        hasher.write(octets);
        self.history.push(hasher.finish());
    }

    /// Until nobody has anything more to do at this moment.
    fn settle(&mut self) {
        loop {
            let mut quiet = true;
            for n in 0..self.zones.len() {
                while let Some(output) = self.zones[n].poll_output() {
                    self.send(gatekeeper_at(n), output);
                }
                while let Some(event) = self.zones[n].poll_event() {
                    quiet = false;
                    self.owner(n, event);
                }
            }
            for n in 0..self.clients.len() {
                while let Some(output) = self.clients[n].poll_output() {
                    self.send(endpoint_at(n), output);
                }
                while let Some(event) = self.clients[n].poll_event() {
                    quiet = false;
                    self.user(n, event);
                }
            }
            if quiet {
                return;
            }
        }
    }

    /// The owner of a gatekeeper: refuses a tenth, takes its time with another tenth by never answering.
    fn owner(&mut self, n: usize, event: GatekeeperEvent) {
        let (mood, now) = (self.rng.below(10), self.now);
        let zone = &mut self.zones[n];
        match event {
            GatekeeperEvent::RegistrationAsked { question, .. } => {
                let pregranted = (mood == 3).then_some(Pregranted { make: true, answer: false, routed: false });
                zone.register(now, question, RegistrationTerms { pregranted, ..Default::default() }).unwrap();
            }
            GatekeeperEvent::AdmissionAsked { question, .. } => match mood {
                0 => zone.refuse(now, question, Refusal::NoPermission).unwrap(),
                1 => {} // it never says
                _ => zone.admit(now, question, Default::default()).unwrap(),
            },
            GatekeeperEvent::LocationAsked { question, .. } => zone.locate(now, question, None).unwrap(),
            GatekeeperEvent::Registered { endpoint } => self.registered.entry(n).or_default().push(endpoint),
            _ => {}
        }
    }

    fn user(&mut self, n: usize, event: RasClientEvent) {
        let name = match event {
            RasClientEvent::Admitted { call, .. } => {
                assert!(self.asked.remove(&(n, call)), "answered once");
                self.admitted.insert((n, call));
                "admitted"
            }
            RasClientEvent::NotAdmitted { call, .. } => {
                assert!(self.asked.remove(&(n, call)), "answered once");
                "not admitted"
            }
            RasClientEvent::Disengaged { call } => {
                assert!(self.admitted.remove(&(n, call)), "over once");
                "disengaged"
            }
            RasClientEvent::Drop { call } => {
                self.admitted.remove(&(n, call));
                // A late DRQ may drop a call whose answer never came.
                self.asked.remove(&(n, call));
                "dropped"
            }
            RasClientEvent::Registered { .. } => "registered",
            RasClientEvent::Unregistered { why: Lost::Silent } => "lost",
            RasClientEvent::Malformed { fault, .. } => panic!("{fault}"),
            _ => "other",
        };
        *self.told.entry(name).or_default() += 1;
    }

    /// Lets time pass: arrivals and deadlines in their order.
    fn run(&mut self, millis: u64) {
        let until = self.now + Duration::from_millis(millis);
        loop {
            self.settle();
            let timers = self.zones.iter().map(Gatekeeper::poll_timeout);
            let timers = timers.chain(self.clients.iter().map(RasClient::poll_timeout)).flatten().min();
            let arrival = self.wire.keys().next().map(|(at, _)| *at);
            let Some(next) = timers.into_iter().chain(arrival).min().filter(|next| *next <= until) else { break };
            self.now = self.now.max(next);
            if arrival == Some(next) {
                let (_, (from, to, data)) = self.wire.pop_first().unwrap();
                self.deliver(from, to, data);
            } else {
                let now = self.now;
                self.zones.iter_mut().for_each(|its| its.handle_input(now, Input::Timeout));
                self.clients.iter_mut().for_each(|its| its.handle_input(now, Input::Timeout));
            }
        }
        self.now = until;
    }

    fn deliver(&mut self, remote: SocketAddr, to: SocketAddr, data: Bytes) {
        let input = Input::Datagram { listener: SOCKET, remote, data };
        if let Some(zone) = (0..2).find(|n| gatekeeper_at(*n) == to) {
            self.zones[zone].handle_input(self.now, input);
        } else if let Some(n) = (0..ENDPOINTS).find(|n| endpoint_at(*n) == to) {
            self.clients[n].handle_input(self.now, input);
        }
    }

    /// Somebody does something.
    fn act(&mut self, step: u64) {
        let n = self.rng.below(ENDPOINTS as u64) as usize;
        let other = self.rng.below(ENDPOINTS as u64 + 1);
        let call = RasCall { call: [step as u8; 16], answering: self.rng.below(2) == 1 };
        let mine = self.admitted.iter().find(|(who, _)| *who == n).map(|(_, call)| *call);
        let client = &mut self.clients[n];
        match self.rng.below(12) {
            0..=4 => {
                let admission = Admission {
                    call,
                    conference: [step as u8; 16],
                    reference: step as u16,
                    called: vec![AliasAddress::of(&format!("60{other}"))],
                    address: None,
                    calling: Vec::new(),
                    bandwidth: 1280,
                };
                if self.asked.insert((n, call)) && client.admit(self.now, admission).is_err() {
                    self.asked.remove(&(n, call));
                }
            }
            5 | 6 => mine.into_iter().for_each(|call| client.disengage(self.now, call).unwrap_or(())),
            7 => mine.into_iter().for_each(|call| client.set_bandwidth(self.now, call, 2560).unwrap_or(())),
            8 => drop(client.locate(self.now, &[AliasAddress::of(&format!("60{other}"))])),
            9 => client.resources(self.now, other == 0).unwrap_or(()),
            10 => {
                let zone = &mut self.zones[n % 2];
                if let Some(endpoint) = self.registered.get(&(n % 2)).and_then(|all| all.last()) {
                    let _ = zone.inquire(self.now, *endpoint, None);
                }
            }
            _ => {
                let zone = &mut self.zones[n % 2];
                if let Some(endpoint) = self.registered.get(&(n % 2)).and_then(|all| all.last()) {
                    let _ = zone.unregister(self.now, *endpoint, UnregRequestReason::ReregistrationRequired);
                }
            }
        }
    }
}

/// Plays a seed to its end, and gives the digest of all that was said.
fn play(seed: u64, faults: Faults) -> u64 {
    let mut world = World::new(seed, faults);
    let now = world.now;
    world.clients.iter_mut().for_each(|its| its.register(now));
    world.run(15_000);
    for step in 0..40 {
        world.act(step);
        let pause = world.rng.below(4000);
        world.run(pause);
    }
    world.run(30_000);
    assert!(world.asked.is_empty(), "seed {seed}: questions without an answer: {:?}", world.asked);
    let left: Vec<_> = world.admitted.iter().copied().collect();
    let now = world.now;
    left.into_iter().for_each(|(n, call)| world.clients[n].disengage(now, call).unwrap());
    world.run(60_000);
    if faults.lost == 0 {
        assert!(world.zones.iter().all(|zone| zone.admissions() == 0), "seed {seed}: calls that are over");
    }
    let now = world.now;
    world.clients.iter_mut().for_each(|its| its.unregister(now));
    world.run(300_000);
    for (n, client) in world.clients.iter().enumerate() {
        assert!(client.is_quiescent(), "seed {seed}: endpoint {n}: {client:?}");
    }
    for (n, zone) in world.zones.iter().enumerate() {
        assert!(zone.is_quiescent(), "seed {seed}: zone {n}: {zone:?}");
        assert_eq!(zone.bandwidth(), 0, "seed {seed}");
    }
    let registered = world.told.get("registered").copied().unwrap_or(0);
    assert!(registered >= ENDPOINTS as u32, "seed {seed}: {:?}", world.told);
    let mut hasher = world.digest.build_hasher();
    world.history.iter().for_each(|item| hasher.write_u64(*item));
    hasher.finish()
}

const BAD: Faults = Faults { lost: 20, doubled: 15, delayed: 15 };
const NONE: Faults = Faults { lost: 0, doubled: 0, delayed: 0 };

#[test]
fn it_ends_empty_whatever_the_network_does() {
    for seed in 0..150 {
        play(seed, BAD);
    }
}

#[test]
fn it_ends_empty_on_a_good_network() {
    for seed in 0..50 {
        play(seed, NONE);
    }
}

#[test]
fn the_same_seed_says_the_same() {
    for seed in [1, 2, 3] {
        assert_eq!(play(seed, BAD), play(seed, BAD), "seed {seed}");
    }
    assert_ne!(play(1, BAD), play(2, BAD));
}
