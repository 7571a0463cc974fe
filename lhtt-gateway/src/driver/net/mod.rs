//! The sockets of the core thread: carries out what `lhtt_core::io` asks for, and reports what happens.
//!
//! UDP and plain streams live on the core thread; TLS streams on a thread of their own ([`secure`]), so that no
//! handshake holds up calls. Writes are gathered while outputs are drained and leave in [`Network::flush`]. Every queue
//! has a bound and every wait a deadline (I10). Leaves out: what any octet means.

mod bind;
mod inbox;
mod plain;
mod secure;
#[cfg(test)]
mod tests;
mod udp;

pub(crate) use inbox::{Happened, Inbox};
pub(crate) use secure::Secure;

use super::counters::{Counters, count};
use crate::config::StreamLimits;
use crate::settings::{Listener, Neighbour, Network as Range, Settings};
use bytes::Bytes;
use lhtt_core::io::{Closed, Input, ListenerId, OpenError, Output, StreamId, StreamIds, Transport};
use plain::Plain;
use secure::SecureStream;
use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;
use std::sync::Arc;
use tokio::net::TcpStream;
use tokio::task::AbortHandle;
use tokio::time::Instant;
use udp::Udp;

/// All sockets of the signalling side.
#[derive(Debug)]
pub(crate) struct Network {
    listeners: Vec<OurListener>,
    neighbours: Vec<Neighbour>,
    streams: BTreeMap<StreamId, Stream>,
    ids: StreamIds,
    inbox: Rc<Inbox>,
    secure: Option<Secure>,
    limits: StreamLimits,
    counters: Arc<Counters>,
    /// Connections of each address that were not answered yet.
    unproved: BTreeMap<IpAddr, usize>,
    /// When accepted streams must have been answered, in order.
    idle: VecDeque<(Instant, StreamId)>,
    /// Streams with octets to be written.
    dirty: Vec<StreamId>,
}

#[derive(Debug)]
struct OurListener {
    listener: Listener,
    /// On a plain listener: from where alone it is used.
    sources: Option<Vec<Range>>,
    udp: Option<Rc<Udp>>,
}

/// One stream that the machine knows, or is about to.
#[derive(Debug)]
struct Stream {
    link: Link,
    /// Accepted: the listener.
    listener: Option<ListenerId>,
    /// Accepted and not answered yet: whose share it takes.
    unproved: Option<IpAddr>,
    /// Accepted from nobody that we know: an answer is a refusal, and gives it no more time and no share back (G-6).
    stranger: bool,
    /// The machine knows of it.
    known: bool,
}

#[derive(Debug)]
enum Link {
    /// A plain connection or a single listener under way, with what waits to be sent.
    Opening {
        task: Option<AbortHandle>,
        queue: Vec<Bytes>,
        octets: usize,
    },
    Plain(Rc<Plain>),
    Secure(SecureStream),
}

impl Network {
    /// Binds every listener. Must be called on the core thread, inside its runtime.
    ///
    /// # Errors
    /// The address that cannot be bound, and why.
    pub(crate) fn bind(
        settings: &Settings,
        limits: StreamLimits,
        inbox: Rc<Inbox>,
        secure: Option<Secure>,
        counters: Arc<Counters>,
    ) -> io::Result<Self> {
        let mut listeners = Vec::new();
        for listener in &settings.listeners {
            let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", listener.local));
            let sources =
                listener.peer.and_then(|peer| settings.neighbours.get(peer)).map(|peer| peer.networks.clone());
            let udp = match listener.transport {
                Transport::Udp => Some(udp::listen(listener, sources.clone(), &inbox, &counters).map_err(named)?),
                Transport::Tcp | Transport::Tls => {
                    let socket = bind::listener(listener.local, BACKLOG).map_err(named)?;
                    tokio::task::spawn_local(plain::accept(socket, listener.id, inbox.clone()));
                    None
                }
            };
            listeners.push(OurListener { listener: listener.clone(), sources, udp });
        }
        Ok(Self {
            listeners,
            neighbours: settings.neighbours.clone(),
            streams: BTreeMap::new(),
            ids: StreamIds::new(0),
            inbox,
            secure,
            limits,
            counters,
            unproved: BTreeMap::new(),
            idle: VecDeque::new(),
            dirty: Vec::new(),
        })
    }

    /// Carries out one output. Octets for streams wait for [`Self::flush`].
    pub(crate) fn perform(&mut self, output: Output) {
        match output {
            Output::Transmit { listener, remote, data } => self.transmit(listener, remote, &data),
            Output::Open { stream, transport, remote, local, server_name } => {
                self.open(stream, transport, remote, local, server_name);
            }
            Output::Listen { stream, local, from } => self.listen(stream, local, from),
            Output::Send { stream, data } => self.send(stream, data),
            Output::Close { stream } => self.close(stream),
        }
    }

    /// Writes what was gathered.
    pub(crate) fn flush(&mut self) {
        for stream in std::mem::take(&mut self.dirty) {
            if let Some(Stream { link: Link::Plain(plain), .. }) = self.streams.get(&stream) {
                plain.flush();
            }
        }
    }

    /// What the machine is told of something that happened; none where it does not concern it.
    pub(crate) fn admit(&mut self, happened: Happened) -> Option<Input> {
        match happened {
            Happened::Datagram { listener, remote, data } => Some(Input::Datagram { listener, remote, data }),
            Happened::Incoming { listener, tcp, remote } => self.incoming(listener, tcp, remote),
            Happened::Up { stream, local, remote, tls } => self.up(stream, local, remote, tls),
            Happened::PlainUp { stream, tcp, remote } => self.plain_up(stream, tcp, remote),
            Happened::Failed { stream, why } => {
                let gone = self.forget(stream)?;
                gone.known.then_some(Input::OpenFailed { stream, why })
            }
            Happened::Data { stream, data } => {
                self.streams.contains_key(&stream).then_some(Input::Data { stream, data })
            }
            Happened::Closed { stream, why } => {
                let gone = self.forget(stream)?;
                gone.known.then_some(Input::Closed { stream, why })
            }
        }
    }

    /// When [`Self::expire`] has something to do.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.idle.front().map(|&(at, _)| at)
    }

    /// Closes streams that have said nothing worth an answer in time; the machine hears of it.
    pub(crate) fn expire(&mut self, now: Instant) {
        while self.idle.front().is_some_and(|&(at, _)| at <= now) {
            let Some((_, stream)) = self.idle.pop_front() else { return };
            if self.streams.get(&stream).is_some_and(|stream| stream.unproved.is_some()) {
                count(&self.counters.idle);
                self.reset(stream);
            }
        }
    }

    /// Streams that are up or under way.
    pub(crate) fn streams(&self) -> usize {
        self.streams.len()
    }

    fn transmit(&self, listener: ListenerId, remote: SocketAddr, data: &[u8]) {
        let udp = self.listeners.get(usize::from(listener.0)).and_then(|listener| listener.udp.as_ref());
        // A datagram that does not leave at once is lost, as it may be on any network.
        if udp.is_none_or(|udp| udp.send(remote, data).is_err()) {
            count(&self.counters.datagrams_unsent);
        }
    }

    fn open(
        &mut self,
        stream: StreamId,
        transport: Transport,
        remote: SocketAddr,
        local: Option<IpAddr>,
        server_name: Option<String>,
    ) {
        let link = match (transport, &self.secure) {
            (Transport::Tcp, _) => {
                let connect = plain::connect(stream, remote, local, self.limits.connect, self.inbox.clone());
                let task = Some(tokio::task::spawn_local(connect).abort_handle());
                Link::Opening { task, queue: Vec::new(), octets: 0 }
            }
            (Transport::Tls, Some(secure)) => Link::Secure(secure.connect(stream, remote, local, server_name)),
            (Transport::Tls, None) => {
                let why = OpenError::Tls("no certificate is configured".into());
                return self.fail_to_open(stream, why);
            }
            (Transport::Udp, _) => return self.fail_to_open(stream, OpenError::Local),
        };
        self.streams.insert(stream, Stream { link, listener: None, unproved: None, stranger: false, known: true });
    }

    fn listen(&mut self, stream: StreamId, local: SocketAddr, from: IpAddr) {
        // Bound before the address is told to the peer, and so not left to the task.
        match bind::listener(local, 4) {
            Ok(socket) => {
                let accept = plain::accept_one(stream, socket, from, self.inbox.clone());
                let task = Some(tokio::task::spawn_local(accept).abort_handle());
                let link = Link::Opening { task, queue: Vec::new(), octets: 0 };
                self.streams
                    .insert(stream, Stream { link, listener: None, unproved: None, stranger: false, known: true });
            }
            Err(error) => {
                tracing::warn!(%local, %error, "cannot listen");
                self.fail_to_open(stream, OpenError::Local);
            }
        }
    }

    /// Reports later that a stream will not come up: the machine is in the middle of its outputs.
    fn fail_to_open(&mut self, stream: StreamId, why: OpenError) {
        let link = Link::Opening { task: None, queue: Vec::new(), octets: 0 };
        self.streams.insert(stream, Stream { link, listener: None, unproved: None, stranger: false, known: true });
        self.inbox.push(Happened::Failed { stream, why });
    }

    fn send(&mut self, id: StreamId, data: Bytes) {
        let Some(stream) = self.streams.get_mut(&id) else { return };
        if let Some(source) = stream.unproved.take_if(|_| !stream.stranger) {
            release(&mut self.unproved, source);
        }
        let most = self.limits.queue_octets;
        let fits = match &mut stream.link {
            Link::Opening { queue, octets, .. } => {
                *octets += data.len();
                queue.push(data);
                *octets <= most
            }
            Link::Plain(plain) => {
                self.dirty.push(id);
                plain.queue(&data) <= most
            }
            Link::Secure(secure) => secure.queue(data) <= most,
        };
        if !fits {
            count(&self.counters.queue_limit);
            self.reset(id);
        }
    }

    fn close(&mut self, id: StreamId) {
        match self.forget(id).map(|stream| stream.link) {
            Some(Link::Opening { task, .. }) => task.iter().for_each(AbortHandle::abort),
            Some(Link::Plain(plain)) => plain.close(),
            Some(Link::Secure(secure)) => secure.close(),
            None => {}
        }
    }

    /// Drops a stream at once and reports it.
    fn reset(&mut self, id: StreamId) {
        match self.streams.get(&id).map(|stream| &stream.link) {
            Some(Link::Opening { task, .. }) => task.iter().for_each(AbortHandle::abort),
            Some(Link::Plain(plain)) => plain.reset(),
            Some(Link::Secure(secure)) => secure.reset(),
            None => return,
        }
        self.inbox.push(Happened::Closed { stream: id, why: Closed::Reset });
    }

    fn forget(&mut self, id: StreamId) -> Option<Stream> {
        let stream = self.streams.remove(&id)?;
        if let Some(source) = stream.unproved {
            release(&mut self.unproved, source);
        }
        Some(stream)
    }

    fn incoming(&mut self, listener: ListenerId, tcp: TcpStream, remote: SocketAddr) -> Option<Input> {
        let ours = self.listeners.get(usize::from(listener.0))?;
        let refused = self.refuses(ours, remote.ip());
        if let Some(counter) = refused {
            count(counter);
            return None;
        }
        let local = tcp.local_addr().ok()?;
        let is_plain = ours.listener.transport == Transport::Tcp;
        let stream = self.ids.allocate();
        let link = match (is_plain, &self.secure) {
            (true, _) => Link::Plain(plain::serve(stream, tcp, self.inbox.clone())),
            (false, Some(secure)) => Link::Secure(secure.accept(stream, tcp, local, remote)?),
            (false, None) => return None,
        };
        count(&self.counters.accepted);
        *self.unproved.entry(remote.ip()).or_default() += 1;
        self.idle.push_back((Instant::now() + self.limits.idle, stream));
        let (listener_id, unproved) = (Some(listener), Some(remote.ip()));
        let accepted = Stream { link, listener: listener_id, unproved, stranger: false, known: is_plain };
        self.streams.insert(stream, accepted);
        is_plain.then_some(Input::Accepted { stream, listener, local, remote, tls: None })
    }

    /// The counter of the limit that keeps this connection out.
    fn refuses(&self, ours: &OurListener, source: IpAddr) -> Option<&std::sync::atomic::AtomicU64> {
        let foreign = ours.sources.as_ref().is_some_and(|ranges| !ranges.iter().any(|range| range.contains(source)));
        if foreign {
            Some(&self.counters.foreign_source)
        } else if self.unproved.get(&source).is_some_and(|&count| count >= self.limits.connections_per_source) {
            Some(&self.counters.source_limit)
        } else if self.streams.len() >= self.limits.connections_max {
            Some(&self.counters.connection_limit)
        } else {
            None
        }
    }

    fn up(
        &mut self,
        stream: StreamId,
        local: SocketAddr,
        remote: SocketAddr,
        tls: Option<Box<lhtt_core::io::TlsIdentity>>,
    ) -> Option<Input> {
        let is_neighbour = tls.as_ref().is_some_and(|tls| {
            self.neighbours.iter().any(|known| known.is_proved_by(tls) && known.may_come_from(remote.ip()))
        });
        let known = self.streams.get_mut(&stream)?;
        known.known = true;
        known.stranger = known.listener.is_some() && !is_neighbour;
        match known.listener {
            Some(listener) => Some(Input::Accepted { stream, listener, local, remote, tls }),
            None => Some(Input::Opened { stream, local, remote, tls }),
        }
    }

    fn plain_up(&mut self, id: StreamId, tcp: TcpStream, remote: SocketAddr) -> Option<Input> {
        let local = tcp.local_addr().ok()?;
        let stream = self.streams.get_mut(&id)?;
        let plain = plain::serve(id, tcp, self.inbox.clone());
        if let Link::Opening { queue, .. } = &stream.link {
            queue.iter().for_each(|data| {
                plain.queue(data);
            });
            self.dirty.push(id);
        }
        stream.link = Link::Plain(plain);
        Some(Input::Opened { stream: id, local, remote, tls: None })
    }
}

fn release(unproved: &mut BTreeMap<IpAddr, usize>, source: IpAddr) {
    if let Some(count) = unproved.get_mut(&source) {
        *count -= 1;
        if *count == 0 {
            unproved.remove(&source);
        }
    }
}

/// Connections that the system may hold for us until we take them.
const BACKLOG: i32 = 1024;
