//! A network in memory without latency and loss: what one party asks for happens to the others at once, in order.

use bytes::Bytes;
use lhtt_core::io::{Closed, Input, ListenerId, OpenError, Output, StreamId, StreamIds, TlsIdentity, Transport};
use lhtt_core::time::{Duration, Instant, Now, Wall};
use std::collections::{BTreeMap, VecDeque};
use std::net::{Ipv4Addr, SocketAddr};

/// A sans-I/O machine with its owner.
pub trait Party {
    /// Something happened.
    fn handle_input(&mut self, now: Now, input: Input);
    /// The next thing to carry out.
    fn poll_output(&mut self) -> Option<Output>;
    /// When it wants [`Input::Timeout`].
    fn poll_timeout(&self) -> Option<Instant>;
}

/// The parties of a world, by their places.
pub type Parties<'a> = [&'a mut dyn Party];

/// A listening address.
struct Listening {
    at: SocketAddr,
    party: usize,
    listener: ListenerId,
    transport: Transport,
}

/// The network and its clock.
pub struct Wire {
    now: Now,
    listening: Vec<Listening>,
    ids: StreamIds,
    /// Each end of a stream, and the end opposite.
    ends: BTreeMap<(usize, StreamId), (usize, StreamId)>,
    due: VecDeque<(usize, Input)>,
}

impl Wire {
    /// A network that begins at this civil time.
    pub fn new(wall: Wall) -> Self {
        let now = Now { instant: Instant::from_millis(1_000), wall };
        Self { now, listening: Vec::new(), ids: StreamIds::new(0), ends: BTreeMap::new(), due: VecDeque::new() }
    }

    /// A party listens.
    pub fn listen(&mut self, party: usize, listener: ListenerId, transport: Transport, port: u16) {
        self.listening.push(Listening { at: at(party, port), party, listener, transport });
    }

    /// The time.
    pub fn now(&self) -> Now {
        self.now
    }

    /// Streams that are open.
    pub fn streams(&self) -> usize {
        self.ends.len() / 2
    }

    /// Carries everything that the parties ask for, until nothing moves.
    pub fn settle(&mut self, parties: &mut Parties<'_>) {
        for (place, party) in parties.iter_mut().enumerate() {
            self.drain(place, &mut **party);
        }
        while let Some((place, input)) = self.due.pop_front() {
            parties[place].handle_input(self.now, input);
            self.drain(place, &mut *parties[place]);
        }
    }

    /// Time passes; whoever waited for it hears of it, once.
    pub fn pass(&mut self, parties: &mut Parties<'_>, by: Duration) {
        self.now.instant += by;
        self.now.wall.unix_millis += i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        for party in parties.iter_mut() {
            if party.poll_timeout().is_some_and(|at| at <= self.now.instant) {
                party.handle_input(self.now, Input::Timeout);
            }
        }
        self.settle(parties);
    }

    fn drain(&mut self, place: usize, party: &mut dyn Party) {
        while let Some(output) = party.poll_output() {
            match output {
                Output::Transmit { listener, remote, data } => self.transmit(place, listener, remote, data),
                Output::Open { stream, transport, remote, .. } => self.open((place, stream), transport, remote),
                Output::Send { stream, data } => {
                    if let Some(&(place, stream)) = self.ends.get(&(place, stream)) {
                        self.due.push_back((place, Input::Data { stream, data }));
                    }
                }
                Output::Close { stream } => {
                    if let Some(other) = self.ends.remove(&(place, stream)) {
                        self.ends.remove(&other);
                        let why = Closed::Finished;
                        self.due.push_back((other.0, Input::Closed { stream: other.1, why }));
                    }
                }
                // H.245 is tunnelled in every bench.
                Output::Listen { .. } => {}
            }
        }
    }

    fn transmit(&mut self, place: usize, listener: ListenerId, remote: SocketAddr, data: Bytes) {
        let from = self.listening.iter().find(|one| one.party == place && one.listener == listener);
        let to = self.listening.iter().find(|one| one.at == remote && one.transport == Transport::Udp);
        if let (Some(from), Some(to)) = (from, to) {
            let input = Input::Datagram { listener: to.listener, remote: from.at, data };
            self.due.push_back((to.party, input));
        }
    }

    fn open(&mut self, (place, stream): (usize, StreamId), transport: Transport, remote: SocketAddr) {
        let Some(to) = self.listening.iter().find(|one| one.at == remote && one.transport == transport) else {
            return self.due.push_back((place, Input::OpenFailed { stream, why: OpenError::Refused }));
        };
        let (other, local) = (self.ids.allocate(), at(place, 40_000));
        self.ends.insert((place, stream), (to.party, other));
        self.ends.insert((to.party, other), (place, stream));
        let proof = |of| (transport == Transport::Tls).then(|| Box::new(identity(of)));
        let listener = to.listener;
        let accepted = Input::Accepted { stream: other, listener, local: remote, remote: local, tls: proof(place) };
        self.due.push_back((to.party, accepted));
        self.due.push_back((place, Input::Opened { stream, local, remote, tls: proof(to.party) }));
    }
}

/// An address of the party at this place.
pub fn at(place: usize, port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::new(192, 0, 2, 1 + place as u8), port))
}

/// The name that the party's certificate bears.
pub fn name(place: usize) -> String {
    format!("party{place}.example")
}

/// What TLS proves of the party at this place.
fn identity(place: usize) -> TlsIdentity {
    TlsIdentity { anchors: vec!["ca".to_owned()], dns: vec![name(place)], ..TlsIdentity::default() }
}
