//! Two endpoints on one network under a virtual clock: datagrams that are lost, doubled and overtaken, streams that break
//! or do not come up. One seed, one run.

use bytes::Bytes;
use lhtt_core::io::{Closed, Input, ListenerId, OpenError, Output, StreamId, StreamIds, Transport};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Duration, Instant, soonest};
use lhtt_sip::{Config, Endpoint, Event, InviteId};
use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;

/// How bad the network is, in percent.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Faults {
    pub(crate) loss: u64,
    pub(crate) duplication: u64,
    /// Longest delay in milliseconds; the shortest is 1.
    pub(crate) delay: u64,
    /// Streams that do not come up.
    pub(crate) refused: u64,
    /// Chance for each portion of octets that the stream breaks instead.
    pub(crate) broken: u64,
}

pub(crate) const CALLER: usize = 0;
pub(crate) const CALLEE: usize = 1;

/// What the owner of an endpoint does later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    Ring,
    /// 183 with a description, reliably if the caller can.
    Progress,
    Accept,
    /// A change of the session, by UPDATE if so.
    Change(bool),
    /// One that asks for the peer's offer.
    Ask,
    Hold(bool),
    Reject(u16),
    HangUp,
}

pub(crate) struct Node {
    pub(crate) endpoint: Endpoint,
    pub(crate) address: SocketAddr,
    accepted: StreamIds,
    /// Events per session, in words.
    pub(crate) told: BTreeMap<InviteId, Vec<String>>,
    pub(crate) forgotten: BTreeSet<InviteId>,
    /// Requests of the other end that were taken for somebody else's: right only where a stream broke and this end has not
    /// heard of that yet.
    pub(crate) strangers: usize,
}

enum Delivery {
    Net(usize, Input),
    Act(usize, InviteId, Act),
}

pub(crate) struct Network {
    pub(crate) nodes: [Node; 2],
    pub(crate) now: Instant,
    pub(crate) rng: Rng,
    faults: Faults,
    queue: BTreeMap<(Instant, u64), Delivery>,
    sequence: u64,
    /// Where the octets of a stream go.
    ends: BTreeMap<(usize, StreamId), (usize, StreamId)>,
    /// Streams keep their order.
    latest: BTreeMap<(usize, StreamId), Instant>,
    pub(crate) messages: usize,
    /// Of everything that was sent and told.
    pub(crate) digest: u64,
    /// From then on nothing of the callee's is delivered, and nothing to it.
    pub(crate) vanishes: Option<Instant>,
}

impl Network {
    pub(crate) fn new(seed: u64, transport: Transport, faults: Faults) -> Self {
        Self::with(seed, transport, faults, &Config::new(1))
    }

    pub(crate) fn with(seed: u64, transport: Transport, faults: Faults, config: &Config) -> Self {
        let mut rng = Rng::from_number(seed);
        let mut node = |index: u8| {
            let address: SocketAddr = format!("192.0.2.{}:5060", index + 1).parse().unwrap();
            let mut endpoint = Endpoint::new(config.clone(), rng.fork());
            endpoint.listener(ListenerId(0), transport, address.to_string());
            let (told, forgotten) = (BTreeMap::new(), BTreeSet::new());
            Node { endpoint, address, accepted: StreamIds::new(0), told, forgotten, strangers: 0 }
        };
        let nodes = [node(0), node(1)];
        Self {
            nodes,
            now: Instant::ZERO,
            rng,
            faults,
            queue: BTreeMap::new(),
            sequence: 0,
            ends: BTreeMap::new(),
            latest: BTreeMap::new(),
            messages: 0,
            digest: 0xcbf2_9ce4_8422_2325,
            vanishes: None,
        }
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.rng.below(100) < percent
    }

    fn later(&mut self) -> Instant {
        let millis = 1 + self.rng.below(self.faults.delay.max(1));
        self.now + Duration::from_millis(millis)
    }

    fn put(&mut self, at: Instant, delivery: Delivery) {
        self.sequence += 1;
        self.queue.insert((at, self.sequence), delivery);
    }

    pub(crate) fn act_in(&mut self, millis: u64, node: usize, id: InviteId, act: Act) {
        self.put(self.now + Duration::from_millis(millis), Delivery::Act(node, id, act));
    }

    /// Takes what the endpoint of a node wants carried, and its events.
    pub(crate) fn drain(&mut self, node: usize) -> Vec<Event> {
        while let Some(output) = self.nodes[node].endpoint.poll_output() {
            self.carry(node, output);
        }
        let mut events = Vec::new();
        while let Some(event) = self.nodes[node].endpoint.poll_event() {
            self.note(&format!("{:?} {node} {event:?}", self.now));
            self.nodes[node].note(&event);
            events.push(event);
        }
        events
    }

    /// FNV-1a.
    fn note(&mut self, text: &str) {
        for octet in text.bytes() {
            self.digest = (self.digest ^ u64::from(octet)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn has_vanished(&self) -> bool {
        self.vanishes.is_some_and(|at| self.now >= at)
    }

    fn carry(&mut self, node: usize, output: Output) {
        self.note(&format!("{:?} {node} {output:?}", self.now));
        match output {
            Output::Transmit { listener, remote, data } => self.transmit(node, listener, remote, data),
            Output::Open { stream, remote, .. } => self.open(node, stream, remote),
            Output::Send { stream, data } => self.send(node, stream, Some(data)),
            Output::Close { stream } => {
                self.send(node, stream, None);
                self.ends.remove(&(node, stream));
            }
            Output::Listen { .. } => panic!("SIP does not listen"),
        }
    }

    fn transmit(&mut self, node: usize, listener: ListenerId, remote: SocketAddr, data: Bytes) {
        self.messages += 1;
        let Some(to) = self.nodes.iter().position(|node| node.address == remote) else { return };
        if self.has_vanished() {
            return;
        }
        let copies = usize::from(!self.chance(self.faults.loss)) + usize::from(self.chance(self.faults.duplication));
        for _ in 0..copies {
            let (at, remote) = (self.later(), self.nodes[node].address);
            self.put(at, Delivery::Net(to, Input::Datagram { listener, remote, data: data.clone() }));
        }
    }

    fn open(&mut self, node: usize, stream: StreamId, to: SocketAddr) {
        let at = self.later();
        let peer = self.nodes.iter().position(|node| node.address == to);
        let (Some(peer), false) = (peer, self.chance(self.faults.refused)) else {
            let why = OpenError::Refused;
            return self.put(at, Delivery::Net(node, Input::OpenFailed { stream, why }));
        };
        let theirs = self.nodes[peer].accepted.allocate();
        self.ends.insert((node, stream), (peer, theirs));
        self.ends.insert((peer, theirs), (node, stream));
        self.latest.insert((node, stream), at);
        self.latest.insert((peer, theirs), at);
        let from = SocketAddr::new(self.nodes[node].address.ip(), 40_000);
        let (listener, tls) = (ListenerId(0), None);
        self.put(at, Delivery::Net(peer, Input::Accepted { stream: theirs, listener, local: to, remote: from, tls }));
        self.put(at, Delivery::Net(node, Input::Opened { stream, local: from, remote: to, tls: None }));
    }

    /// Octets, or the end, to the other end.
    fn send(&mut self, node: usize, stream: StreamId, data: Option<Bytes>) {
        self.messages += 1;
        let Some(&(peer, theirs)) = self.ends.get(&(node, stream)) else { return };
        if self.has_vanished() {
            return;
        }
        let at = self.later().max(self.latest[&(node, stream)]);
        self.latest.insert((node, stream), at);
        let breaks = self.chance(self.faults.broken);
        let why = Closed::Reset;
        match data {
            Some(data) if !breaks => self.put(at, Delivery::Net(peer, Input::Data { stream: theirs, data })),
            _ => {
                self.ends.remove(&(node, stream));
                self.ends.remove(&(peer, theirs));
                self.put(at, Delivery::Net(peer, Input::Closed { stream: theirs, why }));
                if breaks {
                    self.put(at, Delivery::Net(node, Input::Closed { stream, why }));
                }
            }
        }
    }

    /// What happens next: events of the node it happens to. `None` when nothing is left to happen.
    pub(crate) fn step(&mut self) -> Option<(usize, Vec<Event>)> {
        let timeouts = [CALLER, CALLEE].map(|node| self.nodes[node].endpoint.poll_timeout());
        let timeout = soonest(timeouts[0], timeouts[1]);
        let next = self.queue.first_key_value().map(|(&(at, _), _)| at);
        if next.is_some_and(|next| timeout.is_none_or(|timeout| next <= timeout)) {
            let ((at, _), delivery) = self.queue.pop_first()?;
            self.now = self.now.max(at);
            let node = match delivery {
                Delivery::Net(node, input) => {
                    self.nodes[node].endpoint.handle_input(self.now, input);
                    node
                }
                Delivery::Act(node, id, act) => {
                    self.act(node, id, act);
                    node
                }
            };
            return Some((node, self.drain(node)));
        }
        self.now = self.now.max(timeout?);
        let node = if timeouts[0] == timeout { CALLER } else { CALLEE };
        self.nodes[node].endpoint.handle_input(self.now, Input::Timeout);
        Some((node, self.drain(node)))
    }

    /// The owner may be late with it: then it is a misuse, and nothing happens.
    fn act(&mut self, node: usize, id: InviteId, act: Act) {
        let (endpoint, now) = (&mut self.nodes[node].endpoint, self.now);
        let _ = match act {
            Act::Ring => endpoint.provisional(now, id, 180, None),
            Act::Progress => endpoint.provisional_reliably(now, id, 183, Some(super::SDP.into())),
            Act::Change(update) => endpoint.change(now, id, Some(super::SDP.into()), update),
            Act::Ask => endpoint.change(now, id, None, false),
            Act::Hold(held) => endpoint.hold(now, id, held),
            Act::Accept => endpoint.accept(now, id, super::SDP.into()),
            Act::Reject(status) => endpoint.reject(now, id, lhtt_sip::Refusal::new(status)),
            Act::HangUp => endpoint.hang_up(now, id, None),
        };
    }
}

impl Node {
    fn note(&mut self, event: &Event) {
        let (id, word) = match event {
            Event::Incoming { id, .. } => (*id, "Incoming"),
            Event::Provisional { id, .. } => (*id, "Provisional"),
            Event::Answered { id, .. } => (*id, "Answered"),
            Event::Failed { id, .. } => (*id, "Failed"),
            Event::Confirmed { id, .. } => (*id, "Confirmed"),
            Event::Cancelled { id, .. } => (*id, "Cancelled"),
            Event::Renegotiate { id, .. } => (*id, "Renegotiate"),
            Event::Changed { id, .. } => (*id, "Changed"),
            Event::ChangeRefused { id, .. } => (*id, "ChangeRefused"),
            Event::Held { id, .. } => (*id, "Held"),
            Event::ProvisionalConfirmed { id, .. } => (*id, "ProvisionalConfirmed"),
            Event::Refreshed { id, .. } => (*id, "Refreshed"),
            Event::Info { id, .. } => (*id, "Info"),
            Event::Ended { id, .. } => (*id, "Ended"),
            Event::Forgotten { id } => (*id, "Forgotten"),
            Event::Referred { refer, .. } => (refer.session(), "Referred"),
            Event::FastUpdate { id } => (*id, "FastUpdate"),
            Event::ReferAnswered { id, .. } => (*id, "ReferAnswered"),
            Event::ReferProgress { id, .. } => (*id, "ReferProgress"),
            Event::OptionsAnswered { .. } => return,
            Event::Stranger { .. } => return self.strangers += 1,
            Event::Malformed { fault, .. } => panic!("we sent what we cannot read: {fault}"),
        };
        assert!(!self.forgotten.contains(&id), "{word} after Forgotten");
        if word == "Forgotten" {
            self.forgotten.insert(id);
        }
        self.told.entry(id).or_default().push(word.to_owned());
    }
}
