//! A server and clients on one network under a virtual clock. Datagrams may be lost, doubled and overtaken, streams may break. All that
//! happens goes into a log: one seed, one log.

use bytes::Bytes;
use lhtt_core::io::{Closed, Input, ListenerId, Output, StreamId, StreamIds};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Duration, Instant};
use lhtt_sip::bfcp::client::{self, Client};
use lhtt_sip::bfcp::server::{self, Floor, Policy, Server, User};
use lhtt_sip::bfcp::*;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::net::SocketAddr;

pub(crate) const CONFERENCE: ConferenceId = ConferenceId(4_321);
pub(crate) const SERVER: &str = "192.0.2.1:3238";

pub(crate) fn octets(hex: &str) -> Bytes {
    let digits: Vec<u8> = hex.bytes().filter(u8::is_ascii_hexdigit).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

pub(crate) fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

/// How bad the network is, in percent.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Faults {
    pub(crate) loss: u64,
    pub(crate) duplication: u64,
    /// Longest delay in milliseconds.
    pub(crate) delay: u64,
    /// Chance for each portion of octets that the stream breaks instead.
    pub(crate) broken: u64,
}

pub(crate) struct Node {
    pub(crate) client: Client,
    pub(crate) user: UserId,
    pub(crate) address: SocketAddr,
    /// Their end of the stream.
    pub(crate) theirs: Option<StreamId>,
}

#[derive(Debug)]
enum Delivery {
    ToServer(Input),
    ToClient(usize, Input),
}

pub(crate) struct World {
    pub(crate) server: Server,
    pub(crate) clients: Vec<Node>,
    pub(crate) now: Instant,
    pub(crate) rng: Rng,
    pub(crate) faults: Faults,
    pub(crate) log: String,
    pub(crate) datagrams: usize,
    queue: BTreeMap<(Instant, u64), Delivery>,
    sequence: u64,
    /// Streams keep their order.
    latest: BTreeMap<StreamId, Instant>,
    accepted: StreamIds,
    opened: StreamIds,
}

impl World {
    /// A conference with floor 1 for whoever comes first and floor 2 of the chair, user 9.
    pub(crate) fn new(seed: u64, faults: Faults) -> Self {
        let mut rng = Rng::from_number(seed);
        let mut server = Server::new(rng.fork());
        let floors = vec![
            Floor::new(FloorId(1), Policy::Automatic),
            Floor::new(FloorId(2), Policy::Chair(UserId(9))),
            Floor::new(FloorId(3), Policy::Owner),
        ];
        server.add_conference(CONFERENCE, floors).unwrap();
        for user in 1..=9 {
            let display_name = Some(format!("Điểm cầu {user}"));
            server.add_user(CONFERENCE, User { display_name, ..User::new(UserId(user)) }).unwrap();
        }
        Self {
            server,
            clients: Vec::new(),
            now: Instant::ZERO,
            rng,
            faults,
            log: String::new(),
            datagrams: 0,
            queue: BTreeMap::new(),
            sequence: 0,
            latest: BTreeMap::new(),
            accepted: StreamIds::new(0),
            opened: StreamIds::new(1),
        }
    }

    /// A client of a user; gives its place.
    pub(crate) fn join(&mut self, user: u16, stream: bool) -> usize {
        let index = self.clients.len();
        let address: SocketAddr = format!("192.0.2.{}:{}", 10 + user, 3_000 + index).parse().unwrap();
        let server = SERVER.parse().unwrap();
        let (path, theirs) = if stream {
            let (ours, theirs) = (self.opened.allocate(), self.accepted.allocate());
            let (listener, tls) = (ListenerId(1), None);
            self.put(
                1,
                Delivery::ToServer(Input::Accepted { stream: theirs, listener, local: server, remote: address, tls }),
            );
            self.put(
                1,
                Delivery::ToClient(index, Input::Opened { stream: ours, local: address, remote: server, tls: None }),
            );
            (Path::Stream(ours), Some(theirs))
        } else {
            (Path::Datagrams { listener: ListenerId(0), remote: server }, None)
        };
        let keep_alive = Duration::from_secs(25);
        let config = client::Config { path, conference: CONFERENCE, user: UserId(user), keep_alive };
        let client = Client::new(self.now, config, self.rng.fork());
        self.clients.push(Node { client, user: UserId(user), address, theirs });
        self.drain();
        index
    }

    fn put(&mut self, millis: u64, delivery: Delivery) {
        self.sequence += 1;
        self.queue.insert((self.now + Duration::from_millis(millis), self.sequence), delivery);
    }

    fn chance(&mut self, percent: u64) -> bool {
        percent > 0 && self.rng.below(100) < percent
    }

    /// A command to a client, and what comes of it at once.
    pub(crate) fn at<T>(&mut self, index: usize, command: impl FnOnce(&mut Client, Instant) -> T) -> T {
        let out = command(&mut self.clients[index].client, self.now);
        self.drain();
        out
    }

    /// Carries out what everybody wants and logs what they tell.
    pub(crate) fn drain(&mut self) {
        while let Some(output) = self.server.poll_output() {
            self.carry_of_server(output);
        }
        while let Some(event) = self.server.poll_event() {
            writeln!(self.log, "{} S {}", self.millis(), told(&event)).unwrap();
        }
        for index in 0..self.clients.len() {
            while let Some(output) = self.clients[index].client.poll_output() {
                self.carry_of_client(index, output);
            }
            while let Some(event) = self.clients[index].client.poll_event() {
                writeln!(self.log, "{} {} {}", self.millis(), self.clients[index].user, heard(&event)).unwrap();
            }
        }
    }

    pub(crate) fn millis(&self) -> u64 {
        self.now.as_nanos() / 1_000_000
    }

    fn carry_of_server(&mut self, output: Output) {
        match output {
            Output::Transmit { remote, data, .. } => {
                let Some(index) = self.clients.iter().position(|node| node.address == remote) else { return };
                let from = SERVER.parse().unwrap();
                self.datagram(
                    |data| Delivery::ToClient(index, Input::Datagram { listener: ListenerId(0), remote: from, data }),
                    &data,
                );
            }
            Output::Send { stream, data } => {
                let Some(index) = self.clients.iter().position(|node| node.theirs == Some(stream)) else { return };
                let ours = self.clients[index].client.stream().unwrap();
                self.portion(stream, |_| Delivery::ToClient(index, Input::Data { stream: ours, data }), index);
            }
            Output::Close { stream } => {
                if let Some(index) = self.clients.iter().position(|node| node.theirs == Some(stream)) {
                    self.closed(index, true, Closed::Finished);
                }
            }
            Output::Open { .. } | Output::Listen { .. } => panic!("a server opens nothing"),
        }
    }

    fn carry_of_client(&mut self, index: usize, output: Output) {
        match output {
            Output::Transmit { data, .. } => {
                let remote = self.clients[index].address;
                self.datagram(
                    |data| Delivery::ToServer(Input::Datagram { listener: ListenerId(0), remote, data }),
                    &data,
                );
            }
            Output::Send { stream, data } => {
                let Some(theirs) = self.clients[index].theirs else { return };
                self.portion(stream, |_| Delivery::ToServer(Input::Data { stream: theirs, data }), index);
            }
            Output::Close { .. } => self.closed(index, false, Closed::Finished),
            Output::Open { .. } | Output::Listen { .. } => panic!("the owner opens"),
        }
    }

    fn datagram(&mut self, delivery: impl Fn(Bytes) -> Delivery, data: &Bytes) {
        self.datagrams += 1;
        let copies = usize::from(!self.chance(self.faults.loss)) + usize::from(self.chance(self.faults.duplication));
        for _ in 0..copies {
            let delay = 1 + self.rng.below(self.faults.delay.max(1));
            self.put(delay, delivery(data.clone()));
        }
    }

    fn portion(&mut self, from: StreamId, delivery: impl FnOnce(()) -> Delivery, index: usize) {
        if self.chance(self.faults.broken) {
            self.closed(index, true, Closed::Reset);
            return self.closed(index, false, Closed::Reset);
        }
        let delay = 1 + self.rng.below(self.faults.delay.max(1));
        let at = (self.now + Duration::from_millis(delay)).max(self.latest.get(&from).copied().unwrap_or_default());
        self.latest.insert(from, at);
        self.sequence += 1;
        self.queue.insert((at, self.sequence), delivery(()));
    }

    /// The end of a stream, told behind all that is on its way.
    fn closed(&mut self, index: usize, to_client: bool, why: Closed) {
        let Some(ours) = self.clients[index].client.stream() else { return };
        let Some(theirs) = self.clients[index].theirs else { return };
        let (from, delivery) = if to_client {
            (theirs, Delivery::ToClient(index, Input::Closed { stream: ours, why }))
        } else {
            (ours, Delivery::ToServer(Input::Closed { stream: theirs, why }))
        };
        let at = (self.now + Duration::from_millis(1)).max(self.latest.get(&from).copied().unwrap_or_default());
        self.sequence += 1;
        self.queue.insert((at, self.sequence), delivery);
    }

    /// What happens next, up to a moment; whether anything did.
    pub(crate) fn step(&mut self, until: Instant) -> bool {
        let queued = self.queue.first_key_value().map(|(&(at, _), _)| at);
        let timeouts =
            self.clients.iter().enumerate().filter_map(|(index, node)| Some((node.client.poll_timeout()?, index + 1)));
        let timeout = timeouts.chain(self.server.poll_timeout().map(|at| (at, 0))).min();
        match (queued, timeout) {
            (Some(at), timeout) if at <= until && timeout.is_none_or(|(due, _)| at <= due) => {
                self.now = self.now.max(at);
                match self.queue.pop_first().unwrap().1 {
                    Delivery::ToServer(input) => self.server.handle_input(self.now, input),
                    Delivery::ToClient(index, input) => self.clients[index].client.handle_input(self.now, input),
                }
            }
            (_, Some((at, who))) if at <= until => {
                self.now = self.now.max(at);
                match who {
                    0 => self.server.handle_input(self.now, Input::Timeout),
                    index => self.clients[index - 1].client.handle_input(self.now, Input::Timeout),
                }
            }
            _ => {
                self.now = until;
                return false;
            }
        }
        self.drain();
        true
    }

    pub(crate) fn run(&mut self, duration: Duration) {
        let until = self.now + duration;
        let mut steps = 0;
        while self.step(until) {
            steps += 1;
            assert!(steps < 100_000, "it does not end");
        }
    }

    /// The log since it was last taken, without times: what each party heard in order, users before the server's owner.
    pub(crate) fn ladder(&mut self) -> String {
        let log = std::mem::take(&mut self.log);
        let mut lines: Vec<&str> = log.lines().map(|line| line.split_once(' ').unwrap().1).collect();
        lines.sort_by_key(|line| line.split(' ').next());
        lines.join("\n")
    }
}

/// `7: Granted 1`, with the place in the queue where there is one.
pub(crate) fn standing(information: &RequestInformation) -> String {
    let status = information.overall.status.map_or("-".to_owned(), |status| format!("{status:?}"));
    let position = match information.overall.queue_position {
        0 => String::new(),
        position => format!(" #{position}"),
    };
    let said = information.overall.info.as_deref().map_or(String::new(), |said| format!(" \"{said}\""));
    format!("{}: {status}{position}{said}", information.request)
}

fn told(event: &server::Event) -> String {
    match event {
        server::Event::Joined { user, .. } => format!("joined {user}"),
        server::Event::Left { user, how, .. } => format!("left {user} {how:?}"),
        server::Event::Request { information, .. } => format!("request {}", standing(information)),
    }
}

fn heard(event: &client::Event) -> String {
    let list = |requests: &[RequestInformation]| requests.iter().map(standing).collect::<Vec<_>>().join(", ");
    let by = |ticket: bool| if ticket { "answered" } else { "told" };
    match event {
        client::Event::Ready { primitives, attributes } => format!("ready {} {}", primitives.len(), attributes.len()),
        client::Event::Request { ticket, information } => format!("{} {}", by(ticket.is_some()), standing(information)),
        client::Event::Floor { ticket, floor, requests } => {
            let floor = floor.map_or("none".to_owned(), |floor| floor.to_string());
            format!("{} floor {floor} [{}]", by(ticket.is_some()), list(requests))
        }
        client::Event::User { user, requests, .. } => {
            let name = user.as_ref().and_then(|user| user.display_name.clone()).unwrap_or_default();
            format!("user {name} [{}]", list(requests))
        }
        client::Event::Decided { .. } => "decided".to_owned(),
        client::Event::Refused { code, info, unknown, .. } => {
            format!("refused {code:?} {} {unknown:?}", info.as_deref().unwrap_or("-"))
        }
        client::Event::Gone(gone) => format!("gone {gone:?}"),
    }
}
