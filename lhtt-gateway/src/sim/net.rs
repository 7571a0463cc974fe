//! The virtual network: datagrams and streams between parties, with latency and seeded faults.
//!
//! Streams keep order in each direction; datagrams do not. Each party has its own stream ids.

use super::Faults;
use bytes::Bytes;
use lhtt_core::io::{Closed, Input, ListenerId, OpenError, Output, StreamId, StreamIds, TlsIdentity, Transport};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Duration, Instant};
use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};

/// Who is on the network: the gateway is 0, peers follow.
pub(super) type Host = usize;

/// Where somebody listens.
#[derive(Clone, Debug)]
pub(super) struct Listening {
    pub host: Host,
    pub listener: ListenerId,
    pub transport: Transport,
}

#[derive(Debug)]
struct Connection {
    ends: [(Host, StreamId); 2],
    /// Nothing of one direction arrives before what was sent earlier in it.
    busy_until: [Instant; 2],
    up: bool,
}

/// Everything between the parties.
#[derive(Debug)]
pub(super) struct Net {
    rng: Rng,
    faults: Faults,
    listening: BTreeMap<SocketAddr, Listening>,
    awaiting: BTreeMap<SocketAddr, (Host, StreamId, IpAddr)>,
    /// What each host proves of itself in TLS.
    identities: BTreeMap<Host, TlsIdentity>,
    addresses: BTreeMap<Host, IpAddr>,
    accepted: BTreeMap<Host, StreamIds>,
    connections: BTreeMap<u64, Connection>,
    ends: BTreeMap<(Host, StreamId), (u64, usize)>,
    next: u64,
    pub(super) due: BTreeMap<(Instant, u64), (Host, Input)>,
    /// Octets that were sent to each host.
    pub(super) octets_to: BTreeMap<Host, u64>,
}

impl Net {
    pub(super) fn new(rng: Rng, faults: Faults) -> Self {
        Self {
            rng,
            faults,
            listening: BTreeMap::new(),
            awaiting: BTreeMap::new(),
            identities: BTreeMap::new(),
            addresses: BTreeMap::new(),
            accepted: BTreeMap::new(),
            connections: BTreeMap::new(),
            ends: BTreeMap::new(),
            next: 0,
            due: BTreeMap::new(),
            octets_to: BTreeMap::new(),
        }
    }

    pub(super) fn host(&mut self, host: Host, address: IpAddr, identity: TlsIdentity) {
        self.addresses.insert(host, address);
        self.identities.insert(host, identity);
        self.accepted.insert(host, StreamIds::new(0));
    }

    pub(super) fn listen(&mut self, at: SocketAddr, listening: Listening) {
        self.listening.insert(at, listening);
    }

    /// Connections that are up or coming up.
    pub(super) fn connections(&self) -> usize {
        self.connections.len() + self.awaiting.len()
    }

    fn chance(&mut self, per_mille: u64) -> bool {
        per_mille > 0 && self.rng.below(1000) < per_mille
    }

    fn latency(&mut self) -> Duration {
        Duration::from_micros(500 + self.rng.below(4_500))
    }

    fn post(&mut self, at: Instant, host: Host, input: Input) {
        self.next += 1;
        self.due.insert((at, self.next), (host, input));
    }

    /// Carries out what a party asks for.
    pub(super) fn carry(&mut self, now: Instant, from: Host, output: Output) {
        match output {
            Output::Transmit { listener, remote, data } => self.transmit(now, from, listener, remote, &data),
            Output::Open { stream, transport, remote, .. } => self.open(now, from, stream, transport, remote),
            Output::Listen { stream, local, from: peer } => {
                self.awaiting.insert(local, (from, stream, peer));
            }
            Output::Send { stream, data } => self.send(now, (from, stream), data),
            Output::Close { stream } => self.close(now, (from, stream), Closed::Finished),
        }
    }

    fn transmit(&mut self, now: Instant, from: Host, listener: ListenerId, remote: SocketAddr, data: &Bytes) {
        let ours = |(_, found): &(&SocketAddr, &Listening)| found.host == from && found.listener == listener;
        let Some((&local, _)) = self.listening.iter().find(ours) else { return };
        let Some(target) = self.listening.get(&remote).filter(|found| found.transport == Transport::Udp).cloned()
        else {
            return;
        };
        *self.octets_to.entry(target.host).or_default() += data.len() as u64;
        if self.chance(self.faults.datagram_lost) {
            return;
        }
        let copies = if self.chance(self.faults.datagram_doubled) { 2 } else { 1 };
        for _ in 0..copies {
            let late = if self.chance(self.faults.datagram_late) { Duration::from_millis(300) } else { Duration::ZERO };
            let at = now + self.latency() + late;
            let input = Input::Datagram { listener: target.listener, remote: local, data: data.clone() };
            self.post(at, target.host, input);
        }
    }

    fn open(&mut self, now: Instant, from: Host, stream: StreamId, transport: Transport, remote: SocketAddr) {
        let at = now + self.latency();
        let awaited = self.awaiting.get(&remote).copied().filter(|_| transport == Transport::Tcp);
        let listening = self.listening.get(&remote).filter(|found| found.transport == transport).cloned();
        if self.chance(self.faults.open_refused) || (awaited.is_none() && listening.is_none()) {
            return self.post(at, from, Input::OpenFailed { stream, why: OpenError::Refused });
        }
        self.next += 1;
        let local = SocketAddr::new(self.addresses[&from], 30_000 + (self.next % 30_000) as u16);
        let (host, other) = match (awaited, listening) {
            (Some((host, other, _)), _) => {
                self.awaiting.remove(&remote);
                self.post(at, host, Input::Opened { stream: other, local: remote, remote: local, tls: None });
                (host, other)
            }
            (None, Some(found)) => {
                let other = self.accepted.get_mut(&found.host).expect("every host was announced").allocate();
                let tls = (transport == Transport::Tls).then(|| Box::new(self.identities[&from].clone()));
                let input =
                    Input::Accepted { stream: other, listener: found.listener, local: remote, remote: local, tls };
                self.post(at, found.host, input);
                (found.host, other)
            }
            (None, None) => return,
        };
        let tls = (transport == Transport::Tls).then(|| Box::new(self.identities[&host].clone()));
        self.post(at, from, Input::Opened { stream, local, remote, tls });
        let id = self.next;
        self.ends.insert((from, stream), (id, 0));
        self.ends.insert((host, other), (id, 1));
        let connection = Connection { ends: [(from, stream), (host, other)], busy_until: [at; 2], up: true };
        self.connections.insert(id, connection);
    }

    fn send(&mut self, now: Instant, end: (Host, StreamId), data: Bytes) {
        let Some(&(id, side)) = self.ends.get(&end) else { return };
        if self.chance(self.faults.stream_reset) {
            return self.reset(now, id);
        }
        let at = now + self.latency();
        let Some(connection) = self.connections.get_mut(&id).filter(|connection| connection.up) else { return };
        let at = at.max(connection.busy_until[side]);
        connection.busy_until[side] = at;
        let (host, stream) = connection.ends[1 - side];
        *self.octets_to.entry(host).or_default() += data.len() as u64;
        // Streams have no message borders: some data arrives in two pieces.
        let cut = if data.len() > 1 && self.rng.below(4) == 0 { self.rng.below(data.len() as u64) as usize } else { 0 };
        if cut > 0 {
            self.post(at, host, Input::Data { stream, data: data.slice(..cut) });
        }
        self.post(at, host, Input::Data { stream, data: data.slice(cut..) });
    }

    /// One end closes: the other hears of it after what was sent before.
    fn close(&mut self, now: Instant, end: (Host, StreamId), why: Closed) {
        self.awaiting.retain(|_, &mut (host, stream, _)| (host, stream) != end);
        let Some(&(id, side)) = self.ends.get(&end) else { return };
        let Some(connection) = self.connections.remove(&id) else { return };
        let at = (now + self.latency()).max(connection.busy_until[side]);
        self.forget(&connection);
        let (host, stream) = connection.ends[1 - side];
        self.post(at, host, Input::Closed { stream, why });
    }

    fn reset(&mut self, now: Instant, id: u64) {
        let Some(connection) = self.connections.remove(&id) else { return };
        self.forget(&connection);
        for (side, (host, stream)) in connection.ends.into_iter().enumerate() {
            let at = (now + self.latency()).max(connection.busy_until[1 - side]);
            self.post(at, host, Input::Closed { stream, why: Closed::Reset });
        }
    }

    fn forget(&mut self, connection: &Connection) {
        for end in connection.ends {
            self.ends.remove(&end);
        }
    }
}

impl Net {
    /// Cuts every stream of a host; what it is to be told.
    pub(super) fn cut(&mut self, host: Host) -> Vec<(StreamId, Closed)> {
        let ids: Vec<_> = self.ends.iter().filter(|((end, _), _)| *end == host).map(|(_, &(id, _))| id).collect();
        let mut told = Vec::new();
        for id in ids {
            let Some(connection) = self.connections.remove(&id) else { continue };
            self.forget(&connection);
            for (end, stream) in connection.ends {
                if end == host {
                    told.push((stream, Closed::Finished));
                } else {
                    self.next += 1;
                    self.due.insert((Instant::ZERO, self.next), (end, Input::Closed { stream, why: Closed::Finished }));
                }
            }
        }
        told
    }
}
