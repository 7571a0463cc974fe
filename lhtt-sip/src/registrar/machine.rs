//! The registrar as a machine: datagrams and streams in, responses out.

use super::judge::{self, Settings};
use super::limits::*;
use super::{Flow, Location, Refusal, Unbound, stun};
use crate::auth::{DigestServer, Policy, Secret, ServerKey};
use crate::message::{Framed, Framer, Message, Method, Name, Refused, Request, Response, StatusCode, Via, accept};
use bytes::Bytes;
use lhtt_core::io::{Input, ListenerId, Output, StreamId};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Instant, soonest};
use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;

/// A registrar of one domain.
///
/// The owner adds accounts, hands in what comes on the registrar's listeners, carries out [`Registrar::poll_output`] in order, reads
/// [`Registrar::poll_event`], and calls again with [`Input::Timeout`] once [`Registrar::poll_timeout`] has passed. `examples/registrar.rs` is
/// a whole program around it.
///
/// ```
/// use lhtt_core::{io::{Input, ListenerId, Output}, rng::Rng, time::Instant};
/// use lhtt_sip::auth::{Secret, ServerKey};
/// use lhtt_sip::registrar::{Registrar, Settings};
///
/// let mut rng = Rng::from_number(1);
/// let key = ServerKey::new(rng.octets());
/// let mut registrar = Registrar::new(Settings::new("example.vn"), key, rng);
/// registrar.set_account("an", Secret::Password("xyzzy".to_owned()));
/// let register = "REGISTER sip:example.vn SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1\r\nMax-Forwards: 70\r\n\
///     From: <sip:an@example.vn>;tag=1\r\nTo: <sip:an@example.vn>\r\nCall-ID: 1\r\nCSeq: 1 REGISTER\r\n\
///     Contact: <sip:an@192.0.2.7>\r\nContent-Length: 0\r\n\r\n";
/// // The run loop: tell the registrar what came, send what there is to send, wait until its next deadline.
/// let remote = "192.0.2.7:5060".parse().unwrap();
/// registrar.handle_input(Instant::ZERO, Input::Datagram { listener: ListenerId(0), remote, data: register.into() });
/// let Some(Output::Transmit { data, .. }) = registrar.poll_output() else { panic!() };
/// assert!(data.starts_with(b"SIP/2.0 401 "));
/// assert!(registrar.location().is_empty());
/// ```
#[derive(Debug)]
pub struct Registrar {
    settings: Settings,
    digest: DigestServer,
    accounts: BTreeMap<String, Secret>,
    location: Location,
    streams: BTreeMap<StreamId, Stream>,
    /// Responses over datagrams by what names their transaction, and the order in which they go.
    answers: BTreeMap<String, (Flow, Bytes)>,
    aging: VecDeque<(Instant, String)>,
    rng: Rng,
    outputs: VecDeque<Output>,
    events: VecDeque<Event>,
}

#[derive(Debug)]
struct Stream {
    framer: Framer,
    remote: SocketAddr,
    silent_at: Instant,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// A registration was carried out: [`Registrar::location`] has what holds now.
    Registered {
        /// The address of record.
        address: String,
    },
    /// A binding was removed, ended, or lost its flow.
    Unbound(Box<Unbound>),
}

impl Registrar {
    /// A registrar without accounts.
    pub fn new(settings: Settings, key: ServerKey, mut rng: Rng) -> Self {
        Self {
            digest: DigestServer::new(Policy::new(settings.domain.clone()), key, rng.fork()),
            settings,
            accounts: BTreeMap::new(),
            location: Location::default(),
            streams: BTreeMap::new(),
            answers: BTreeMap::new(),
            aging: VecDeque::new(),
            rng,
            outputs: VecDeque::new(),
            events: VecDeque::new(),
        }
    }

    /// Takes other algorithms than the strong ones.
    #[must_use]
    pub fn with_policy(mut self, policy: Policy, key: ServerKey) -> Self {
        self.digest = DigestServer::new(policy, key, self.rng.fork());
        self
    }

    /// Adds or changes an account; whether there was room ([`ACCOUNTS_MAX`]).
    pub fn set_account(&mut self, user: impl Into<String>, secret: Secret) -> bool {
        let (user, full) = (user.into(), self.accounts.len() >= ACCOUNTS_MAX);
        let room = !full || self.accounts.contains_key(&user);
        room.then(|| self.accounts.insert(user, secret));
        room
    }

    /// The bindings.
    pub const fn location(&self) -> &Location {
        &self.location
    }

    /// Something happened.
    pub fn handle_input(&mut self, now: Instant, input: Input) {
        match input {
            Input::Datagram { listener, remote, data } => self.on_datagram(now, listener, remote, data),
            Input::Accepted { stream, remote, .. } if self.streams.len() < STREAMS_MAX => {
                let silent_at = now + STREAM_SILENCE_MAX;
                self.streams.insert(stream, Stream { framer: Framer::new(), remote, silent_at });
            }
            Input::Accepted { stream, .. } => self.outputs.push_back(Output::Close { stream }),
            Input::Data { stream, data } => self.on_data(now, stream, &data),
            Input::Closed { stream, .. } => self.on_end(stream),
            Input::Timeout => self.on_timeout(now),
            // It opens nothing.
            Input::Opened { .. } | Input::OpenFailed { .. } => {}
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
        let answers = self.aging.front().map(|(at, _)| *at);
        let streams = self.streams.values().map(|stream| stream.silent_at).min();
        soonest(soonest(answers, streams), self.location.poll_timeout())
    }

    /// Whether there are no bindings, streams and kept responses.
    pub fn is_quiescent(&self) -> bool {
        self.location.is_empty() && self.streams.is_empty() && self.answers.is_empty()
    }

    fn on_datagram(&mut self, now: Instant, listener: ListenerId, remote: SocketAddr, data: Bytes) {
        let flow = Flow::Datagrams { listener, remote };
        if let Some(data) = stun::answer(&data, remote) {
            return self.outputs.push_back(Output::Transmit { listener, remote, data });
        }
        match accept(data) {
            Ok(Message::Request(request)) => self.on_request(now, flow, remote, &request),
            // Nothing was asked of anybody.
            Ok(Message::Response(_)) => {}
            Err(refused) => self.refuse(flow, &refused),
        }
    }

    fn on_data(&mut self, now: Instant, id: StreamId, data: &[u8]) {
        let Some(stream) = self.streams.get_mut(&id) else { return };
        stream.framer.push(data);
        stream.silent_at = now + STREAM_SILENCE_MAX;
        while let Some(stream) = self.streams.get_mut(&id) {
            let (remote, next) = (stream.remote, stream.framer.next());
            let broken = stream.framer.is_broken();
            match next {
                None => return,
                // RFC 5626 4.4.1: a double line end is answered with a single one.
                Some(Framed::Ping) => {
                    self.outputs.push_back(Output::Send { stream: id, data: Bytes::from_static(b"\r\n") })
                }
                Some(Framed::Message(Message::Request(request))) => {
                    self.on_request(now, Flow::Stream(id), remote, &request)
                }
                Some(Framed::Message(Message::Response(_))) => {}
                Some(Framed::Refused(refused)) => {
                    self.refuse(Flow::Stream(id), &refused);
                    if broken {
                        self.outputs.push_back(Output::Close { stream: id });
                        self.on_end(id);
                    }
                }
            }
        }
    }

    fn on_end(&mut self, stream: StreamId) {
        self.streams.remove(&stream);
        let gone = self.location.drop_stream(stream);
        self.events.extend(gone.into_iter().map(|unbound| Event::Unbound(Box::new(unbound))));
    }

    fn on_timeout(&mut self, now: Instant) {
        while let Some((_, key)) = self.aging.pop_front_if(|(at, _)| *at <= now) {
            self.answers.remove(&key);
        }
        let silent = self.streams.iter().filter(|(_, stream)| stream.silent_at <= now).map(|(id, _)| *id);
        for stream in silent.collect::<Vec<_>>() {
            self.outputs.push_back(Output::Close { stream });
            self.on_end(stream);
        }
        let gone = self.location.expire(now);
        self.events.extend(gone.into_iter().map(|unbound| Event::Unbound(Box::new(unbound))));
    }

    fn on_request(&mut self, now: Instant, flow: Flow, remote: SocketAddr, request: &Request) {
        let Ok(mut via) = request.headers.top_via() else { return };
        if *request.method() == Method::Ack {
            return;
        }
        let key = transaction(&via, remote, request);
        if let (Flow::Datagrams { .. }, Some((back, octets))) = (flow, self.answers.get(&key)) {
            return self.send(*back, octets.clone());
        }
        let tag = self.rng.hex(8);
        let (proven, response) = self.answer(now, flow, remote, request);
        let mut response = response.with_to_tag(&tag);
        if via.stamp(remote) {
            response.headers.set_top_via(&via);
        }
        // Without rport a datagram goes to the port of the Via (RFC 3261 18.2.2, RFC 3581 4).
        let back = match flow {
            Flow::Datagrams { listener, remote } if via.rport().is_none() => {
                Flow::Datagrams { listener, remote: SocketAddr::new(remote.ip(), via.port_or_default()) }
            }
            flow => flow,
        };
        let octets = response.to_bytes();
        if proven && matches!(flow, Flow::Datagrams { .. }) && octets.len() + key.len() <= ANSWER_BYTES_MAX {
            self.keep(now, key, back, octets.clone());
        }
        self.send(back, octets);
    }

    /// The response, and whether a user stands behind the request: what anybody may ask is answered anew each time and keeps nothing.
    fn answer(&mut self, now: Instant, flow: Flow, remote: SocketAddr, request: &Request) -> (bool, Response) {
        match request.method() {
            Method::Register => {}
            Method::Options => {
                return (false, Response::to_request(request, StatusCode::OK).with(Name::Allow, ALLOW));
            }
            _ => {
                let refused = Response::to_request(request, StatusCode::METHOD_NOT_ALLOWED);
                return (false, refused.with(Name::Allow, ALLOW));
            }
        }
        match judge::admit(now, &self.settings, &mut self.digest, &self.accounts, remote.ip(), request) {
            Err(response) => (false, *response),
            Ok((user, info)) => {
                let done = self.register(now, flow, &user, info, request);
                (true, done.unwrap_or_else(|refusal| refusal.response(request)))
            }
        }
    }

    fn register(
        &mut self,
        now: Instant,
        flow: Flow,
        user: &str,
        info: String,
        request: &Request,
    ) -> Result<Response, Refusal> {
        let mut wanted = judge::want(&self.settings, user, flow, request)?;
        if let Some(change) = wanted.change.take() {
            let gone = self.location.update(now, &wanted.address, change)?;
            self.events.extend(gone.into_iter().map(|unbound| Event::Unbound(Box::new(unbound))));
            self.events.push_back(Event::Registered { address: wanted.address.clone() });
        }
        Ok(judge::answer(now, &self.location, &wanted, info, request))
    }

    fn keep(&mut self, now: Instant, key: String, back: Flow, octets: Bytes) {
        if self.answers.len() >= ANSWERS_MAX
            && let Some((_, oldest)) = self.aging.pop_front()
        {
            self.answers.remove(&oldest);
        }
        self.aging.push_back((now + ANSWER_LIFETIME, key.clone()));
        self.answers.insert(key, (back, octets));
    }

    fn refuse(&mut self, flow: Flow, refused: &Refused) {
        if let Some(response) = refused.response() {
            let tag = self.rng.hex(8);
            self.send(flow, response.with_to_tag(&tag).to_bytes());
        }
    }

    fn send(&mut self, flow: Flow, data: Bytes) {
        self.outputs.push_back(match flow {
            Flow::Datagrams { listener, remote } => Output::Transmit { listener, remote, data },
            Flow::Stream(stream) => Output::Send { stream, data },
        });
    }
}

/// What names a transaction (RFC 3261 17.2.3); with Call-ID and CSeq, for a peer of RFC 2543 may write no branch or always the same.
fn transaction(via: &Via, remote: SocketAddr, request: &Request) -> String {
    let of = |name| request.headers.get(name).unwrap_or_default();
    let (branch, sent_by) = (via.branch().unwrap_or_default(), via.sent_by());
    format!("{branch} {sent_by} {remote} {} {}", of(Name::CallId), of(Name::CSeq))
}

const ALLOW: &str = "REGISTER, OPTIONS";
