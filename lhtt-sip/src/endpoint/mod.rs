//! The SIP endpoint: transactions, dialogs and INVITE sessions behind one sans-I/O machine. RFC 3261 8 to 18, RFC 6026,
//! RFC 3581, RFC 3262, RFC 3311, RFC 3515, RFC 3891, RFC 4028, RFC 5168, RFC 6086 (INFO as such).
//!
//! Requests are sorted in `receive`, refused by [`screen`], answered through `servers`; requests of ours leave through
//! `clients`. The sessions are in `caller`, `callee`, `within` (requests of a dialog, which
//! `guard` lets in), `change` (ours), `timer` and `leave`.
//! Everything that waits has an entry in `schedule`; what carries messages is in `carriers`.
//!
//! Leaves out: registration, authentication and events.

mod callee;
mod caller;
pub(crate) mod carriers;
mod change;
mod clients;
mod guard;
mod hold;
mod info;
mod leave;
mod prack;
mod receive;
mod refer;
mod reliable;
mod schedule;
pub mod screen;
mod servers;
mod timer;
mod within;
pub(crate) mod words;

pub use refer::ReferId;
pub use words::{Config, EndedHow, Event, Invite, InviteId, OptionsId, Refusal, Source, Target};

use crate::invite::Session;
use crate::message::Text;
use crate::transaction::table::Transactions;
use carriers::Carriers;
use lhtt_core::io::{Input, ListenerId, Output, Transport};
use lhtt_core::rng::{Map, Rng, SeededState};
use lhtt_core::time::Instant;
use schedule::{Key, Schedule};
use std::collections::{BTreeMap, VecDeque};

/// One SIP endpoint, caller and callee.
///
/// ```
/// use lhtt_core::{io::{Input, ListenerId, Output, Transport}, rng::Rng, time::Instant};
/// use lhtt_sip::{Config, Endpoint, Event};
/// let mut endpoint = Endpoint::new(Config::new(1), Rng::from_number(7));
/// endpoint.listener(ListenerId(0), Transport::Udp, "192.0.2.1:5060".into());
/// let invite = "INVITE sip:600@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bK1\r\n\
///     From: <sip:a@192.0.2.9>;tag=1\r\nTo: <sip:600@192.0.2.1>\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n\
///     Contact: <sip:a@192.0.2.9>\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
/// let remote = "192.0.2.9:5060".parse()?;
/// endpoint.handle_input(Instant::ZERO, Input::Datagram { listener: ListenerId(0), remote, data: invite.into() });
/// let Some(Output::Transmit { data, .. }) = endpoint.poll_output() else { return Err("silent".into()) };
/// assert!(data.starts_with(b"SIP/2.0 100 Trying\r\n"));
/// let Some(Event::Incoming { id, .. }) = endpoint.poll_event() else { return Err("no call".into()) };
/// endpoint.accept(Instant::ZERO, id, "v=0\r\n...".into())?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Endpoint {
    config: Config,
    rng: Rng,
    /// Makes the To tags of answers that nothing is kept for: the same for a repeated request.
    salt: SeededState,
    events: VecDeque<Event>,
    schedule: Schedule,
    carriers: Carriers,
    transactions: Transactions,
    usual: timer::Usual,
    sessions: BTreeMap<InviteId, Session>,
    tags: Map<String, InviteId>,
    /// Sessions that changed since the last [`Endpoint::settle`].
    touched: Vec<InviteId>,
    last_session: u64,
    last_options: u64,
}

impl Endpoint {
    /// An endpoint without listeners.
    pub fn new(config: Config, mut rng: Rng) -> Self {
        let hasher = rng.hasher();
        Self {
            salt: rng.hasher(),
            rng,
            events: VecDeque::new(),
            schedule: Schedule::default(),
            carriers: Carriers::new(config.stream_owner, config.limits.streams, config.timers.stream_idle),
            transactions: Transactions::new(hasher),
            usual: timer::Usual::new(&config.timers),
            sessions: BTreeMap::new(),
            tags: Map::with_hasher(hasher),
            touched: Vec::new(),
            last_session: 0,
            last_options: 0,
            config,
        }
    }

    /// Registers a listener: what it carries, and the `host:port` under which peers reach it (Via, Contact). Inputs of
    /// other listeners are ignored.
    pub fn listener(&mut self, listener: ListenerId, transport: Transport, advertised: String) {
        self.carriers.add_listener(listener, transport, advertised);
    }

    /// Something happened. Drain [`Endpoint::poll_output`], then [`Endpoint::poll_event`].
    pub fn handle_input(&mut self, now: Instant, input: Input) {
        match input {
            Input::Datagram { listener, remote, data } => self.on_datagram(now, listener, remote, data),
            Input::Accepted { stream, listener, local, remote, tls } => {
                self.carriers.accepted(stream, listener, local, remote, tls);
            }
            Input::Opened { stream, local, tls, .. } => self.carriers.opened(stream, local, tls),
            Input::OpenFailed { stream, .. } | Input::Closed { stream, .. } => self.on_stream_gone(now, stream),
            Input::Data { stream, data } => self.on_data(now, stream, &data),
            Input::Timeout => self.on_timeout(now),
        }
        self.settle(now);
    }

    /// The next thing to carry out.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.carriers.poll_output()
    }

    /// The next thing to know.
    pub fn poll_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    /// When [`Input::Timeout`] is wanted.
    pub fn poll_timeout(&self) -> Option<Instant> {
        self.schedule.first()
    }

    /// Whether nothing is held: no session, transaction or timer, and no stream that we opened.
    pub fn is_quiescent(&self) -> bool {
        self.sessions.is_empty()
            && self.tags.is_empty()
            && self.transactions.is_empty()
            && self.schedule.len() == 0
            && !self.carriers.has_own_streams()
    }

    /// Sessions not yet forgotten, for counters.
    pub fn sessions(&self) -> usize {
        self.sessions.len()
    }

    /// Transactions alive, for counters.
    pub fn transactions(&self) -> usize {
        self.transactions.len()
    }

    fn on_timeout(&mut self, now: Instant) {
        while let Some(key) = self.schedule.take_due(now) {
            match key {
                Key::Client(id) => self.on_client_timer(now, id),
                Key::Server(id) => self.on_server_timer(now, id),
                Key::Session(id) => self.on_session_timer(now, id),
                Key::Stream(id) => self.carriers.on_deadline(id, &mut self.schedule),
            }
        }
    }

    /// Re-arms the sessions that changed, and forgets those of which nothing is left: the one place where sessions go.
    fn settle(&mut self, now: Instant) {
        for id in std::mem::take(&mut self.touched) {
            let Some(session) = self.sessions.get_mut(&id) else { continue };
            let deadline = session.deadline();
            self.schedule.set_at_latest(Key::Session(id), &mut session.armed, deadline);
            if !session.is_forgettable() {
                continue;
            }
            if let Some(session) = self.sessions.remove(&id) {
                self.tags.remove(&session.tag);
                if let Some(stream) = session.way.stream {
                    self.carriers.pin(now, stream, id, false, &mut self.schedule);
                }
                self.events.push_back(Event::Forgotten { id });
            }
        }
    }

    /// A session to change; it will be settled.
    fn session(&mut self, id: InviteId) -> Option<&mut Session> {
        self.touched.push(id);
        self.sessions.get_mut(&id)
    }

    fn add_session(&mut self, now: Instant, id: InviteId, session: Session) {
        if let Some(stream) = session.way.stream {
            self.carriers.pin(now, stream, id, true, &mut self.schedule);
        }
        self.tags.insert(session.tag.clone(), id);
        self.sessions.insert(id, session);
        self.touched.push(id);
    }

    fn allocate_session(&mut self) -> InviteId {
        self.last_session += 1;
        InviteId(self.last_session)
    }

    /// What we say that we answer.
    fn allow(&self) -> Text {
        Text::from_static(if self.config.referrals { screen::ALLOW_REFERRALS } else { screen::ALLOW })
    }

    /// A tag that nobody can guess (RFC 3261 19.3).
    fn new_tag(&mut self) -> String {
        self.rng.hex(8)
    }
}
