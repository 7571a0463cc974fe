//! A floor control server (RFC 8855 13): conferences, their floors, users and requests, over streams and datagrams.
//!
//! Who may take part is the owner's to say: [`User`]s are added with the address that they may speak from. A user is bound to the
//! connection of its first message: over datagrams that must be Hello (RFC 8855 6.2), and a message of another source is refused while
//! the connection lives, so that nobody speaks or leaves for another. Connections that broke leave their requests for
//! [`RECONNECT_GRACE`], for the user may come back.
//!
//! Leaves out: a queue a floor (there is one a conference, by priority and then by arrival, and nobody overtakes at a floor).

mod answer;
mod command;
mod conference;
mod event;
mod floor_request;
mod member;
mod notify;
mod receive;

pub use conference::DECISION_DEADLINE;
pub use event::{Decision, Event, Floor, Left, Misuse, Policy, User};
pub use member::{RECONNECT_GRACE, SILENCE_MAX};

use super::fragment::Reassembly;
use super::limits::STREAMS_UNBOUND_MAX;
use super::{ConferenceId, Framer, UserId};
use conference::Conference;
use lhtt_core::io::{Closed, Input, Output, StreamId};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Duration, Instant, soonest};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::IpAddr;

/// How long an accepted stream may say nothing that binds it to a user.
pub const FIRST_MESSAGE_DEADLINE: Duration = Duration::from_secs(30);

/// A floor control server.
///
/// The owner adds conferences and users, hands in what comes, carries out [`Server::poll_output`] in order, reads
/// [`Server::poll_event`], and calls again with [`Input::Timeout`] once [`Server::poll_timeout`] has passed:
///
/// ```
/// use lhtt_core::{io::{Input, ListenerId, Output}, rng::Rng, time::Instant};
/// use lhtt_sip::bfcp::server::{Floor, Policy, Server, User};
/// use lhtt_sip::bfcp::{ConferenceId, FloorId, Message, Primitive, TransactionId, UserId};
///
/// let (now, conference, user) = (Instant::ZERO, ConferenceId(1), UserId(2));
/// let mut server = Server::new(Rng::from_number(1));
/// server.add_conference(conference, vec![Floor::new(FloorId(1), Policy::Automatic)])?;
/// server.add_user(conference, User::new(user))?;
/// // The run loop: tell the server what came, send what there is to send, wait until its next deadline.
/// let hello = Message::request(2, Primitive::Hello, conference, TransactionId(1), user).to_bytes().unwrap();
/// let remote = "192.0.2.1:3238".parse().unwrap();
/// server.handle_input(now, Input::Datagram { listener: ListenerId(0), remote, data: hello });
/// let Some(Output::Transmit { data, .. }) = server.poll_output() else { panic!("HelloAck") };
/// assert_eq!(Message::of_datagram(&data).unwrap().primitive, Primitive::HelloAck);
/// assert!(server.poll_timeout().is_some(), "it would notice the user's silence");
/// # Ok::<(), lhtt_sip::bfcp::server::Misuse>(())
/// ```
#[derive(Debug)]
pub struct Server {
    rng: Rng,
    conferences: BTreeMap<ConferenceId, Conference>,
    streams: BTreeMap<StreamId, Stream>,
    reassembly: Reassembly,
    outputs: VecDeque<Output>,
    events: VecDeque<Event>,
}

#[derive(Debug)]
struct Stream {
    remote: IpAddr,
    framer: Framer,
    users: BTreeSet<(ConferenceId, UserId)>,
    /// When it is closed if no user is bound to it.
    unbound_until: Option<Instant>,
}

impl Server {
    /// A server without conferences.
    pub fn new(rng: Rng) -> Self {
        Self {
            rng,
            conferences: BTreeMap::new(),
            streams: BTreeMap::new(),
            reassembly: Reassembly::default(),
            outputs: VecDeque::new(),
            events: VecDeque::new(),
        }
    }

    /// Something happened.
    pub fn handle_input(&mut self, now: Instant, input: Input) {
        match input {
            Input::Datagram { listener, remote, data } => self.on_datagram(now, listener, remote, &data),
            Input::Accepted { stream, remote, .. } | Input::Opened { stream, remote, .. } => {
                self.on_stream(now, stream, remote.ip());
            }
            Input::Data { stream, data } => self.on_data(now, stream, &data),
            Input::Closed { stream, why: Closed::Finished } => self.on_stream_end(now, stream, Left::Goodbye),
            Input::Closed { stream, why: Closed::Reset } => self.on_stream_end(now, stream, Left::Broken),
            Input::OpenFailed { stream, .. } => self.on_stream_end(now, stream, Left::Broken),
            Input::Timeout => self.on_timeout(now),
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
        let conferences = self.conferences.values().filter_map(Conference::poll_timeout).min();
        let streams = self.streams.values().filter_map(|stream| stream.unbound_until).min();
        soonest(soonest(conferences, streams), self.reassembly.poll_timeout())
    }

    /// Whether nobody is connected, nothing is asked for and nothing waits.
    pub fn is_quiescent(&self) -> bool {
        let quiet = |conference: &Conference| {
            conference.requests.is_empty() && conference.users.values().all(|member| member.connection.is_none())
        };
        self.streams.is_empty() && self.reassembly.is_empty() && self.conferences.values().all(quiet)
    }

    fn on_stream(&mut self, now: Instant, stream: StreamId, remote: IpAddr) {
        let unbound = self.streams.values().filter(|stream| stream.unbound_until.is_some()).count();
        if unbound >= STREAMS_UNBOUND_MAX {
            self.outputs.push_back(Output::Close { stream });
            return;
        }
        let unbound_until = Some(now + FIRST_MESSAGE_DEADLINE);
        self.streams.insert(stream, Stream { remote, framer: Framer::new(), users: BTreeSet::new(), unbound_until });
    }

    /// A stream is gone, or we end it.
    fn on_stream_end(&mut self, now: Instant, stream: StreamId, how: Left) {
        let Some(ended) = self.streams.remove(&stream) else { return };
        for (conference, user) in ended.users {
            self.part(now, conference, user, how);
        }
    }

    fn on_timeout(&mut self, now: Instant) {
        self.reassembly.expire(now);
        let late = |(id, stream): (&StreamId, &Stream)| stream.unbound_until.is_some_and(|at| at <= now).then_some(*id);
        let late: Vec<StreamId> = self.streams.iter().filter_map(late).collect();
        for stream in late {
            self.streams.remove(&stream);
            self.outputs.push_back(Output::Close { stream });
        }
        let ids: Vec<ConferenceId> = self.conferences.keys().copied().collect();
        ids.into_iter().for_each(|id| self.on_conference_timeout(now, id));
    }
}
