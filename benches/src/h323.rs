//! H.323: the vectors that are read and written, and an endpoint with its owner.

use crate::wire::{self, Party};
use lhtt_core::io::{Input, ListenerId, Output, Transport};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Instant, Now};
use lhtt_h323::{
    AliasAddress, Answer, CallId, Capability, Codec, Config, Direction, Endpoint, Event, Habits, MediaPorts, Place,
};

/// Where every H.323 party listens.
pub const LISTENER: ListenerId = ListenerId(2);
/// The port of H.225.0 call signalling.
pub const PORT: u16 = 1720;

/// The octets of a row of the hand-made vectors of `lhtt-h323`.
pub fn vector(name: &str) -> Vec<u8> {
    let rows = include_str!("../../lhtt-h323/tests/vectors/per/handmade.tsv");
    let mut columns = rows.lines().map(|row| row.split('\t'));
    let mut row = columns.find(|row| row.clone().next() == Some(name)).expect("the row is there");
    let hex = row.nth(2).expect("a row has three columns");
    let octet = |at| u8::from_str_radix(&hex[at..at + 2], 16).expect("octets are hexadecimal");
    (0..hex.len()).step_by(2).map(octet).collect()
}

fn capabilities() -> Vec<Capability> {
    let mut all = [Codec::G711A, Codec::G711U].map(Capability::audio).to_vec();
    all.push(Capability::telephone_event(101));
    all
}

/// An endpoint whose owner rings and answers every call at once.
pub struct Terminal {
    endpoint: Endpoint,
    place: usize,
    fast_start: bool,
    last: Option<CallId>,
    /// Calls that were answered, as caller.
    pub up: u64,
    /// Channels towards the other side that were opened.
    pub channels: u64,
    /// Calls that ended.
    pub released: u64,
    /// Calls of which nothing is left.
    pub forgotten: u64,
}

impl Terminal {
    /// The endpoint at this place. As caller it proposes fast start or not; `h245` starts H.245 after fast start too.
    pub fn new(place: usize, fast_start: bool, h245: bool) -> Self {
        let habits = Habits { h245_after_fast_start: h245, ..Habits::default() };
        let rng = Rng::from_number(place as u64);
        let mut endpoint = Endpoint::new(Config::new(1), rng).with_habits(habits);
        endpoint.listener(LISTENER, Transport::Tcp);
        Self { endpoint, place, fast_start, last: None, up: 0, channels: 0, released: 0, forgotten: 0 }
    }

    fn media(&self) -> MediaPorts {
        MediaPorts { rtp: wire::at(self.place, 5004), rtcp: wire::at(self.place, 5005) }
    }

    /// Calls `number` at another place.
    pub fn call(&mut self, now: Now, place: usize, number: &str) {
        let place = Place {
            remote: wire::at(place, PORT),
            transport: Transport::Tcp,
            local: None,
            server_name: None,
            called: vec![AliasAddress::of(number)],
            called_number: Some(number.to_owned()),
            calling: vec![AliasAddress::of("9000")],
            calling_number: Some("9000".to_owned()),
            display: Some("MCU".to_owned()),
            call_identifier: None,
            capabilities: capabilities(),
            media: self.media(),
            fast_start: self.fast_start,
            tunnelling: true,
            h245: None,
        };
        self.last = Some(self.endpoint.place(now.instant, place).expect("the call is whole"));
    }

    /// Ends the last call.
    pub fn hang_up(&mut self, now: Now) {
        let call = self.last.take().expect("there was a call");
        self.endpoint.release(now.instant, call, 16, None);
        self.react(now.instant);
    }

    fn react(&mut self, now: Instant) {
        while let Some(event) = self.endpoint.poll_event() {
            match event {
                Event::Incoming { call, .. } => {
                    let answer = Answer { capabilities: capabilities(), media: self.media() };
                    self.endpoint.proceed(now, call);
                    self.endpoint.alert(now, call);
                    self.endpoint.answer(now, call, answer);
                }
                Event::Connected { .. } => self.up += 1,
                // Does nothing where fast start opened the channel.
                Event::Capabilities { call, .. } => {
                    let media = self.media();
                    self.endpoint.open(now, call, Codec::G711A, media).expect("the call is there");
                }
                Event::Channel { direction: Direction::Outgoing, .. } => self.channels += 1,
                Event::Released { .. } => self.released += 1,
                Event::Forgotten { .. } => self.forgotten += 1,
                _ => {}
            }
        }
    }
}

impl Party for Terminal {
    fn handle_input(&mut self, now: Now, input: Input) {
        self.endpoint.handle_input(now.instant, input);
        self.react(now.instant);
    }

    fn poll_output(&mut self) -> Option<Output> {
        self.endpoint.poll_output()
    }

    fn poll_timeout(&self) -> Option<Instant> {
        self.endpoint.poll_timeout()
    }
}
