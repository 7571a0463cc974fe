//! A network in memory for two endpoints or an endpoint and a script, with a virtual clock and a ladder of what was said.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail loudly")]
#![allow(unreachable_pub, reason = "a module of tests, not an interface")]
#![allow(dead_code, reason = "each test uses its part of it")]

pub mod words;

use bytes::Bytes;
use lhtt_core::io::{Closed, Input, ListenerId, OpenError, Output, StreamId, StreamIds, Transport};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Duration, Instant};
use lhtt_h323::tpkt::Framer;
use lhtt_h323::{AliasAddress, Answer, CallId, Capability, Codec, Config, Endpoint, Event, Habits, MediaPorts, Place};
use std::collections::VecDeque;
use std::net::SocketAddr;

/// Who is who: the caller is 0, the callee 1.
pub const CALLER: usize = 0;
pub const CALLEE: usize = 1;

pub fn address(text: &str) -> SocketAddr {
    text.parse().unwrap()
}

pub fn media(side: usize) -> MediaPorts {
    let at = |port| SocketAddr::from(([192, 0, 2, 1 + side as u8], port));
    MediaPorts { rtp: at(5004), rtcp: at(5005) }
}

pub fn listening(side: usize) -> SocketAddr {
    SocketAddr::from(([192, 0, 2, 1 + side as u8], 1720))
}

pub fn h245_address(side: usize) -> SocketAddr {
    SocketAddr::from(([192, 0, 2, 1 + side as u8], 30_000))
}

/// A call from side 0 to side 1.
pub fn place(fast_start: bool, tunnelling: bool) -> Place {
    Place {
        remote: listening(CALLEE),
        transport: Transport::Tcp,
        local: None,
        server_name: None,
        called: vec![AliasAddress::of("600")],
        called_number: Some("600".into()),
        calling: vec![AliasAddress::of("caller")],
        calling_number: Some("02083".into()),
        display: Some("Phòng họp".into()),
        call_identifier: Some([7; 16]),
        capabilities: vec![Capability::audio(Codec::G711A), Capability::audio(Codec::G711U)],
        media: media(CALLER),
        fast_start,
        tunnelling,
        h245: Some(h245_address(CALLER)),
    }
}

pub fn answer() -> Answer {
    let capabilities = vec![Capability::audio(Codec::G711U), Capability::telephone_event(101)];
    Answer { capabilities, media: media(CALLEE) }
}

/// One connection: the ids of its two ends, and what each has read of the other.
struct Link {
    ends: [Option<StreamId>; 2],
    framers: [Framer; 2],
    h245: bool,
}

/// A place where an H.245 connection is awaited.
struct Waiting {
    side: usize,
    stream: StreamId,
    local: SocketAddr,
}

/// Two endpoints and the network between them.
pub struct World {
    pub now: Instant,
    pub sides: [Endpoint; 2],
    pub events: [Vec<Event>; 2],
    /// The latest call of each side.
    calls: [Option<CallId>; 2],
    /// What was said, one line a message.
    pub ladder: Vec<String>,
    ids: StreamIds,
    links: Vec<Link>,
    waiting: Vec<Waiting>,
    queue: VecDeque<(usize, Input)>,
    /// Connections to nobody are refused; this makes them hang.
    pub hang: bool,
    /// Whether the callee answers at once.
    pub auto: bool,
    /// The callee's owner has no H.245 address to give.
    pub no_address: bool,
    /// This side hears nothing of the other.
    pub deaf: Option<usize>,
    /// No H.245 connection comes up; nobody hears of it.
    pub no_h245: bool,
    /// The callee hears that the caller does not tunnel.
    pub untunnel: bool,
}

impl World {
    pub fn new() -> Self {
        Self::with(Config::new, [Habits::default(); 2])
    }

    pub fn with(config: impl Fn(u8) -> Config, habits: [Habits; 2]) -> Self {
        let side = |n: u8| {
            let mut endpoint =
                Endpoint::new(config(n), Rng::from_number(n.into())).with_habits(habits[usize::from(n) - 1]);
            endpoint.listener(ListenerId(0), Transport::Tcp);
            endpoint
        };
        Self {
            now: Instant::from_millis(1000),
            sides: [side(1), side(2)],
            events: [Vec::new(), Vec::new()],
            calls: [None, None],
            ladder: Vec::new(),
            ids: StreamIds::new(0),
            links: Vec::new(),
            waiting: Vec::new(),
            queue: VecDeque::new(),
            hang: false,
            auto: true,
            no_address: false,
            untunnel: false,
            deaf: None,
            no_h245: false,
        }
    }

    pub fn place(&mut self, place: Place) -> CallId {
        let call = self.sides[CALLER].place(self.now, place).unwrap();
        self.calls[CALLER] = Some(call);
        self.run();
        call
    }

    /// Lets a side do something, and everything that follows from it.
    pub fn act(&mut self, side: usize, act: impl FnOnce(&mut Endpoint, Instant)) {
        act(&mut self.sides[side], self.now);
        self.run();
    }

    /// Time passes, with every deadline in it.
    pub fn advance(&mut self, by: Duration) {
        let end = self.now + by;
        loop {
            let due = self.sides.iter().filter_map(Endpoint::poll_timeout).min().filter(|due| *due <= end);
            let Some(due) = due else { break };
            self.now = self.now.max(due);
            for side in [CALLER, CALLEE] {
                self.sides[side].handle_input(self.now, Input::Timeout);
            }
            self.run();
        }
        self.now = end;
    }

    /// Carries everything until nothing moves.
    pub fn run(&mut self) {
        loop {
            for side in [CALLER, CALLEE] {
                self.drain(side);
            }
            let Some((side, input)) = self.queue.pop_front() else { return };
            self.sides[side].handle_input(self.now, input);
        }
    }

    fn drain(&mut self, side: usize) {
        while let Some(output) = self.sides[side].poll_output() {
            self.carry(side, output);
        }
        while let Some(event) = self.sides[side].poll_event() {
            self.react(side, &event);
            self.events[side].push(event);
            while let Some(output) = self.sides[side].poll_output() {
                self.carry(side, output);
            }
        }
    }

    fn react(&mut self, side: usize, event: &Event) {
        let now = self.now;
        match event {
            Event::Incoming { call, setup } => {
                self.calls[side] = Some(*call);
                if setup.h245_needed && !self.no_address {
                    self.sides[side].h245_address(*call, h245_address(side));
                }
                if self.auto {
                    self.sides[side].proceed(now, *call);
                    self.sides[side].alert(now, *call);
                    self.sides[side].answer(now, *call, answer());
                }
            }
            // Slow start: a side opens its channel when it knows what the other takes.
            Event::Capabilities { call, capabilities } if !self.has_channel(side) => {
                let codec = capabilities.iter().find_map(|c| c.codec().filter(|c| *c == Codec::G711U));
                if let Some(codec) = codec {
                    self.sides[side].open(now, *call, codec, media(side)).unwrap();
                }
            }
            _ => {}
        }
    }

    fn has_channel(&self, side: usize) -> bool {
        let last = self.events[side].iter().rev().find_map(|event| match event {
            Event::Channel { direction: lhtt_h323::Direction::Outgoing, .. } => Some(true),
            Event::ChannelClosed { direction: lhtt_h323::Direction::Outgoing, .. } => Some(false),
            _ => None,
        });
        last == Some(true)
    }

    fn carry(&mut self, side: usize, output: Output) {
        let other = 1 - side;
        match output {
            Output::Open { stream, remote, .. } => self.open(side, stream, remote),
            Output::Listen { stream, local, .. } => self.waiting.push(Waiting { side, stream, local }),
            Output::Send { stream, data } => {
                let Some(link) = self.links.iter_mut().find(|link| link.ends[side] == Some(stream)) else { return };
                link.framers[side].push(&data);
                while let Some(octets) = link.framers[side].packet().unwrap() {
                    let arrow = if side == CALLER { "->" } else { "<-" };
                    self.ladder.push(format!("{arrow} {}", words::describe(&octets, link.h245)));
                }
                let untunnel = self.untunnel && side == CALLER && !link.h245;
                let data = if untunnel { words::untunnelled(&data) } else { data };
                if let Some(stream) = link.ends[other].filter(|_| self.deaf != Some(other)) {
                    self.queue.push_back((other, Input::Data { stream, data }));
                }
            }
            Output::Close { stream } => {
                self.waiting.retain(|waiting| waiting.stream != stream);
                if let Some(link) = self.links.iter_mut().find(|link| link.ends[side] == Some(stream)) {
                    link.ends[side] = None;
                    if let Some(stream) = link.ends[other].take() {
                        self.queue.push_back((other, Input::Closed { stream, why: Closed::Finished }));
                    }
                }
            }
            Output::Transmit { .. } => panic!("call signalling has no datagrams"),
        }
    }

    fn open(&mut self, side: usize, stream: StreamId, remote: SocketAddr) {
        let other = 1 - side;
        let local = SocketAddr::from(([192, 0, 2, 1 + side as u8], 40_000));
        let opened = Input::Opened { stream, local, remote, tls: None };
        let framers = || [Framer::new(65_535), Framer::new(65_535)];
        let ends = |mine, theirs| if side == CALLER { [Some(mine), Some(theirs)] } else { [Some(theirs), Some(mine)] };
        let met = self.waiting.iter().position(|waiting| waiting.local == remote && waiting.side == other);
        if self.no_h245 && remote != listening(other) {
            return;
        }
        if let Some(at) = met {
            let theirs = self.waiting.remove(at).stream;
            self.links.push(Link { ends: ends(stream, theirs), framers: framers(), h245: true });
            let met = Input::Opened { stream: theirs, local: remote, remote: local, tls: None };
            self.queue.extend([(side, opened), (other, met)]);
        } else if remote == listening(other) {
            let theirs = self.ids.allocate();
            self.links.push(Link { ends: ends(stream, theirs), framers: framers(), h245: false });
            let listener = ListenerId(0);
            let met = Input::Accepted { stream: theirs, listener, local: remote, remote: local, tls: None };
            self.queue.extend([(side, opened), (other, met)]);
        } else if !self.hang {
            self.queue.push_back((side, Input::OpenFailed { stream, why: OpenError::Refused }));
        }
    }

    /// Cuts every connection; each end hears of it.
    pub fn cut(&mut self) {
        for link in &mut self.links {
            for (side, end) in link.ends.iter_mut().enumerate() {
                if let Some(stream) = end.take() {
                    self.queue.push_back((side, Input::Closed { stream, why: Closed::Reset }));
                }
            }
        }
        self.run();
    }

    /// Cuts the H.245 connection alone.
    pub fn cut_h245(&mut self) {
        for link in self.links.iter_mut().filter(|link| link.h245) {
            for (side, end) in link.ends.iter_mut().enumerate() {
                if let Some(stream) = end.take() {
                    self.queue.push_back((side, Input::Closed { stream, why: Closed::Reset }));
                }
            }
        }
        self.run();
    }

    /// The latest call of a side.
    pub fn call(&self, side: usize) -> CallId {
        self.calls[side].unwrap()
    }

    /// Takes the events of a side so far, one line each.
    pub fn take_events(&mut self, side: usize) -> Vec<String> {
        std::mem::take(&mut self.events[side]).iter().map(words::event).collect()
    }

    /// Takes the ladder so far.
    pub fn take_ladder(&mut self) -> String {
        std::mem::take(&mut self.ladder).join("\n")
    }

    /// Nothing is left on either side.
    pub fn assert_empty(&self) {
        for (side, endpoint) in self.sides.iter().enumerate() {
            assert_eq!(endpoint.calls(), 0, "calls of side {side}");
            assert_eq!(endpoint.poll_timeout(), None, "timers of side {side}");
            assert!(endpoint.is_quiescent(), "side {side} keeps something: {endpoint:#?}");
        }
        assert!(self.waiting.is_empty(), "somebody still listens");
        assert!(self.links.iter().all(|link| link.ends == [None, None]), "a connection is left open");
    }
}

/// Bytes as a script has them, ready to be sent.
pub fn packet(octets: &[u8]) -> Bytes {
    lhtt_h323::tpkt::frame(octets).unwrap()
}
