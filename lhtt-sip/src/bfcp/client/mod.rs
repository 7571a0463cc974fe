//! A floor control client: participant or chair (RFC 8855 10 to 12), over one stream or over datagrams.
//!
//! | state    | Opened | HelloAck | refused | command | Goodbye | Lost | Leave |
//! |----------|--------|----------|---------|---------|---------|------|-------|
//! | Opening  | Greeting, Hello | – | – | waits | – | Gone | Gone |
//! | Greeting | – | Ready | Gone | waits | Gone | Gone | Leaving |
//! | Ready    | – | – | – | sent | Gone | Gone | Leaving |
//! | Leaving  | – | – | – | misuse | Gone | Gone | – |
//! | Gone     | – | – | – | misuse | – | – | – |
//!
//! Both transports begin with Hello: over datagrams it is how a client announces itself (RFC 8855 6.2), over streams it tells what the
//! server can do. A client that is gone is done with; its owner makes a new one, not more often than every 30 s (RFC 8855 6.1).

mod command;
mod event;
mod receive;

pub use command::{ChairDecision, FloorRequest, Misuse};
pub use event::{Event, Gone, Ticket};

use super::answers::Answers;
use super::fragment::Reassembly;
use super::path::binding_indication;
use super::requests::{Overdue, Requests};
use super::{
    Attribute, ConferenceId, FloorRequestId, Framer, Message, Path, Primitive, RequestInformation, TransactionId,
    UserId,
};
use lhtt_core::io::{Input, Output, StreamId};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Duration, Instant, soonest};
use std::collections::{BTreeMap, VecDeque};

/// Who the client is and how it reaches the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The way to the server. A stream is opened by the owner, before or after the client is made.
    pub path: Path,
    /// The conference, from `a=confid`.
    pub conference: ConferenceId,
    /// Ourselves, from `a=userid`.
    pub user: UserId,
    /// How often a sign of life goes out over datagrams while nothing else does. Half a minute keeps most bindings of NATs.
    pub keep_alive: Duration,
}

/// A client of one server in one conference.
///
/// The owner hands it what comes on its path, carries out [`Client::poll_output`] in order, reads [`Client::poll_event`], and calls again
/// with [`Input::Timeout`] once [`Client::poll_timeout`] has passed:
///
/// ```
/// use lhtt_core::{io::{Input, ListenerId, Output}, rng::Rng, time::{Duration, Instant}};
/// use lhtt_sip::bfcp::client::{Client, Config, FloorRequest};
/// use lhtt_sip::bfcp::{ConferenceId, FloorId, Path, UserId};
///
/// let path = Path::Datagrams { listener: ListenerId(0), remote: "192.0.2.1:3238".parse().unwrap() };
/// let config = Config { path, conference: ConferenceId(1), user: UserId(2), keep_alive: Duration::from_secs(25) };
/// let now = Instant::ZERO;
/// let mut client = Client::new(now, config, Rng::from_number(1));
/// client.request_floors(now, FloorRequest::of(vec![FloorId(1)]))?;
/// // The run loop: send what there is to send, wait for the network or the clock, tell the client.
/// let mut sent = 0;
/// while let Some(Output::Transmit { data, .. }) = client.poll_output() {
///     assert_eq!(data[1], 11, "Hello comes first");
///     sent += 1;
/// }
/// assert_eq!(sent, 1);
/// let wake = client.poll_timeout().unwrap();
/// client.handle_input(wake, Input::Timeout);
/// assert!(matches!(client.poll_output(), Some(Output::Transmit { .. })), "the Hello again after T1");
/// # Ok::<(), lhtt_sip::bfcp::client::Misuse>(())
/// ```
#[derive(Debug)]
pub struct Client {
    config: Config,
    rng: Rng,
    state: State,
    requests: Requests<Ask>,
    /// Commands given before the HelloAck.
    early: VecDeque<(Ask, Message)>,
    answers: Answers,
    framer: Framer,
    reassembly: Reassembly,
    /// What the server told of requests while one of ours is under way: it supersedes what the response says (RFC 8855 6.2).
    newer: BTreeMap<FloorRequestId, RequestInformation>,
    tickets: u64,
    /// When a sign of life is due.
    quiet_until: Instant,
    outputs: VecDeque<Output>,
    events: VecDeque<Event>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Opening,
    Greeting,
    Ready,
    Leaving,
    Gone,
}

/// What moves the client from state to state.
#[derive(Debug)]
enum Step {
    Opened,
    Greeted,
    Leave,
    Lost(Gone),
}

/// What a request of ours is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ask {
    Hello,
    Goodbye,
    Command(Ticket),
}

impl Client {
    /// A client. Over datagrams it greets at once; over a stream as soon as that is open.
    pub fn new(now: Instant, config: Config, mut rng: Rng) -> Self {
        let datagrams = config.path.is_datagrams();
        // The first half of the numbers, so that they rise for long.
        let first = (rng.next_u32() >> 17) as u16;
        let mut client = Self {
            quiet_until: now + config.keep_alive,
            config,
            rng,
            state: State::Opening,
            requests: Requests::new(datagrams, first),
            early: VecDeque::new(),
            answers: Answers::default(),
            framer: Framer::new(),
            reassembly: Reassembly::default(),
            newer: BTreeMap::new(),
            tickets: 0,
            outputs: VecDeque::new(),
            events: VecDeque::new(),
        };
        if datagrams {
            client.step(now, Step::Opened);
        }
        client
    }

    /// Something happened. Inputs of other paths are ignored.
    pub fn handle_input(&mut self, now: Instant, input: Input) {
        match (input, self.config.path) {
            (Input::Datagram { listener, remote, data }, Path::Datagrams { listener: ours, remote: theirs })
                if (listener, remote) == (ours, theirs) =>
            {
                self.on_datagram(now, &data);
            }
            (Input::Opened { stream, .. }, Path::Stream(ours)) if stream == ours => self.step(now, Step::Opened),
            (Input::Data { stream, data }, Path::Stream(ours)) if stream == ours => self.on_data(now, &data),
            (Input::OpenFailed { stream, .. } | Input::Closed { stream, .. }, Path::Stream(ours)) if stream == ours => {
                self.step(now, Step::Lost(Gone::Closed));
            }
            (Input::Timeout, _) => self.on_timeout(now),
            _ => {}
        }
    }

    /// What to carry out next.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// What happened next.
    pub fn poll_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    /// When [`Input::Timeout`] is due.
    pub fn poll_timeout(&self) -> Option<Instant> {
        let alive = self.config.path.is_datagrams() && self.state == State::Ready;
        let ours = soonest(self.requests.poll_timeout(), alive.then_some(self.quiet_until));
        if self.state == State::Gone { None } else { soonest(ours, self.reassembly.poll_timeout()) }
    }

    /// Whether it is gone, so that nothing more comes of it.
    pub fn is_gone(&self) -> bool {
        self.state == State::Gone
    }

    /// The one place where the state changes.
    fn step(&mut self, now: Instant, step: Step) {
        self.state = match (self.state, step) {
            (State::Opening, Step::Opened) => {
                self.requests.put(Ask::Hello, self.message(Primitive::Hello));
                State::Greeting
            }
            (State::Greeting, Step::Greeted) => {
                let early = std::mem::take(&mut self.early);
                early.into_iter().for_each(|(ask, message)| self.requests.put(ask, message));
                State::Ready
            }
            // A server that answered the keep-alive's Hello.
            (state, Step::Greeted) => state,
            (State::Greeting | State::Ready, Step::Leave) if self.config.path.is_datagrams() => {
                self.early.clear();
                self.requests.put_only(Ask::Goodbye, self.message(Primitive::Goodbye));
                State::Leaving
            }
            (State::Opening | State::Greeting | State::Ready, Step::Leave) => self.end(Gone::Left),
            (State::Opening | State::Greeting | State::Ready | State::Leaving, Step::Lost(why)) => self.end(why),
            // A stream opens once; leaving twice is leaving; what is gone stays so.
            (state, Step::Opened | Step::Leave | Step::Lost(_)) => state,
        };
        self.flush(now);
    }

    /// The end: a stream is closed but where it closed by itself, and nothing waits any longer.
    fn end(&mut self, why: Gone) -> State {
        if let (Path::Stream(stream), false) = (self.config.path, why == Gone::Closed) {
            self.outputs.push_back(Output::Close { stream });
        }
        self.requests = Requests::new(self.config.path.is_datagrams(), 0);
        (self.early, self.reassembly, self.framer) = (VecDeque::new(), Reassembly::default(), Framer::new());
        self.newer.clear();
        self.events.push_back(Event::Gone(why));
        State::Gone
    }

    fn on_timeout(&mut self, now: Instant) {
        self.reassembly.expire(now);
        match self.requests.on_deadline(now) {
            Overdue::No => {}
            Overdue::Repeat(octets) => self.send(now, octets),
            Overdue::Broken if self.state == State::Leaving => self.step(now, Step::Lost(Gone::Left)),
            Overdue::Broken => self.step(now, Step::Lost(Gone::Broken)),
        }
        if self.state == State::Ready && self.config.path.is_datagrams() && self.quiet_until <= now {
            self.keep_alive(now);
        }
        self.flush(now);
    }

    /// A binding indication for the NAT, and a Hello for the server, which shows whether it is still there (RFC 8855 5.3.11, 6.2.4).
    fn keep_alive(&mut self, now: Instant) {
        let indication = binding_indication(self.rng.octets());
        self.send(now, vec![indication]);
        if self.requests.is_idle() {
            self.requests.put(Ask::Hello, self.message(Primitive::Hello));
        }
    }

    fn flush(&mut self, now: Instant) {
        if matches!(self.state, State::Greeting | State::Ready | State::Leaving) {
            let octets = self.requests.begin(now);
            if !octets.is_empty() {
                self.newer.clear();
                self.send(now, octets);
            }
        }
    }

    fn send(&mut self, now: Instant, octets: Vec<bytes::Bytes>) {
        self.quiet_until = now + self.config.keep_alive;
        self.outputs.extend(octets.into_iter().map(|octets| self.config.path.send(octets)));
    }

    fn message(&self, primitive: Primitive) -> Message {
        let Config { path, conference, user, .. } = self.config;
        Message::request(path.version(), primitive, conference, TransactionId(0), user)
    }

    /// The stream that the client runs over.
    pub const fn stream(&self) -> Option<StreamId> {
        match self.config.path {
            Path::Stream(stream) => Some(stream),
            Path::Datagrams { .. } => None,
        }
    }
}

fn attribute_octets(message: &Message, pick: impl Fn(&Attribute) -> Option<Vec<u8>>) -> Vec<u8> {
    message.attributes.iter().find_map(pick).unwrap_or_default()
}
