//! What carries messages: listeners and streams. RFC 3261 18: reuse of connections, where responses go (18.2.2, RFC 3581).
//!
//! Streams that we opened are shared by whatever goes to the same place, and closed when nothing has needed them for a
//! while; accepted ones stay as long as their peer likes, up to the bound. `maddr` in a Via is not followed: it would let
//! anybody aim our answers.

use super::schedule::{Key, Schedule};
use super::words::{InviteId, Source, Target};
use crate::message::{Framer, Via};
use crate::transaction::table::TransactionId;
use bytes::Bytes;
use lhtt_core::io::{ListenerId, Output, StreamId, StreamIds, TlsIdentity, Transport};
use lhtt_core::time::{Duration, Instant};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// Where a request goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Path {
    Datagram { listener: ListenerId, remote: SocketAddr },
    Stream(StreamId),
}

impl Path {
    pub(crate) const fn is_reliable(self) -> bool {
        matches!(self, Self::Stream(_))
    }

    pub(crate) const fn stream(self) -> Option<StreamId> {
        match self {
            Self::Datagram { .. } => None,
            Self::Stream(stream) => Some(stream),
        }
    }
}

/// Where the responses to a request go.
#[derive(Clone, Debug)]
pub(crate) struct ReplyPath {
    pub(crate) source: Source,
    /// The source address with the port of sent-by: for datagrams without `rport`, and for a new plain connection.
    by_via: SocketAddr,
    rport: bool,
}

impl ReplyPath {
    pub(crate) fn new(source: Source, via: &Via) -> Self {
        let by_via = SocketAddr::new(source.remote.ip(), via.port_or_default());
        Self { by_via, rport: via.rport().is_some(), source }
    }

    /// Where the sender takes answers, and, if it is symmetric, requests.
    pub(crate) fn by_via(&self) -> SocketAddr {
        self.by_via
    }

    /// Who asked.
    pub(crate) fn host(&self) -> IpAddr {
        self.source.remote.ip()
    }

    pub(crate) fn is_reliable(&self) -> bool {
        self.source.transport != Transport::Udp
    }
}

/// Why a request cannot be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoWay {
    /// The target names no UDP listener that is registered.
    Listener,
    /// All streams that may be open are.
    Full,
}

/// A listener.
#[derive(Debug)]
pub(crate) struct Listener {
    pub(crate) transport: Transport,
    pub(crate) advertised: String,
}

type PoolKey = (Transport, SocketAddr, Option<IpAddr>, Option<String>);

/// A stream, open or opening.
#[derive(Debug)]
pub(crate) struct Stream {
    transport: Transport,
    listener: Option<ListenerId>,
    local: Option<SocketAddr>,
    remote: SocketAddr,
    /// What TLS proved of the other end.
    identity: Option<Arc<TlsIdentity>>,
    /// `host:port` under which the peer reaches us.
    advertised: String,
    pub(crate) framer: Framer,
    /// What it serves, if we opened it.
    ours: Option<PoolKey>,
    /// Sessions whose dialog lives on it.
    pub(crate) sessions: BTreeSet<InviteId>,
    /// Requests of ours on it that are not over.
    pub(crate) clients: BTreeSet<TransactionId>,
    armed: Option<Instant>,
}

/// Listeners and streams of an endpoint, and what it wants sent.
#[derive(Debug)]
pub(crate) struct Carriers {
    outputs: VecDeque<Output>,
    listeners: BTreeMap<ListenerId, Listener>,
    streams: BTreeMap<StreamId, Stream>,
    pool: BTreeMap<PoolKey, StreamId>,
    ids: StreamIds,
    streams_max: usize,
    idle: Duration,
}

impl Carriers {
    pub(crate) fn new(owner: u8, streams_max: usize, idle: Duration) -> Self {
        Self {
            outputs: VecDeque::new(),
            listeners: BTreeMap::new(),
            streams: BTreeMap::new(),
            pool: BTreeMap::new(),
            ids: StreamIds::new(owner),
            streams_max,
            idle,
        }
    }

    pub(crate) fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    pub(crate) fn add_listener(&mut self, id: ListenerId, transport: Transport, advertised: String) {
        self.listeners.insert(id, Listener { transport, advertised });
    }

    /// A registered listener of this kind.
    fn listener(&self, id: ListenerId, datagrams: bool) -> Option<&Listener> {
        self.listeners.get(&id).filter(|listener| (listener.transport == Transport::Udp) == datagrams)
    }

    pub(crate) fn is_datagram_listener(&self, id: ListenerId) -> bool {
        self.listener(id, true).is_some()
    }

    /// `host:port` under which the sender of a request reaches us.
    pub(crate) fn advertised(&self, source: &Source) -> String {
        let stream = source.stream.and_then(|stream| self.streams.get(&stream)).map(|stream| &stream.advertised);
        let listener = source.listener.and_then(|id| self.listeners.get(&id)).map(|listener| &listener.advertised);
        listener.or(stream).cloned().or_else(|| source.local.map(|local| local.to_string())).unwrap_or_default()
    }

    /// Whether we opened any stream that is still there.
    pub(crate) fn has_own_streams(&self) -> bool {
        self.streams.values().any(|stream| stream.ours.is_some())
    }

    pub(crate) fn stream_mut(&mut self, id: StreamId) -> Option<&mut Stream> {
        self.streams.get_mut(&id)
    }

    pub(crate) fn is_alive(&self, id: StreamId) -> bool {
        self.streams.contains_key(&id)
    }

    /// Who is at the other end.
    pub(crate) fn source(&self, id: StreamId) -> Option<Source> {
        let stream = self.streams.get(&id)?;
        Some(Source {
            transport: stream.transport,
            listener: stream.listener,
            stream: Some(id),
            local: stream.local,
            remote: stream.remote,
        })
    }

    /// What TLS proved of the other end of a stream.
    pub(crate) fn identity(&self, id: StreamId) -> Option<&Arc<TlsIdentity>> {
        self.streams.get(&id)?.identity.as_ref()
    }

    /// A peer connected. Other listeners than ours are somebody else's; at the bound the stream is closed.
    pub(crate) fn accepted(
        &mut self,
        id: StreamId,
        listener: ListenerId,
        local: SocketAddr,
        remote: SocketAddr,
        tls: Option<Box<TlsIdentity>>,
    ) {
        let Some(known) = self.listener(listener, false) else { return };
        let (transport, advertised) = (known.transport, known.advertised.clone());
        if self.streams.len() >= self.streams_max {
            self.outputs.push_back(Output::Close { stream: id });
            return;
        }
        let mut stream = Stream::new(transport, Some(listener), Some(local), remote, advertised, None);
        stream.identity = tls.map(Arc::from);
        self.streams.insert(id, stream);
    }

    /// A stream that we asked for is up.
    pub(crate) fn opened(&mut self, id: StreamId, local: SocketAddr, tls: Option<Box<TlsIdentity>>) {
        if let Some(stream) = self.streams.get_mut(&id) {
            stream.identity = tls.map(Arc::from);
            stream.local = Some(local);
        }
    }

    /// A stream is gone: forgets it, and says what it carried.
    pub(crate) fn gone(&mut self, id: StreamId, schedule: &mut Schedule) -> Option<Stream> {
        let mut stream = self.streams.remove(&id)?;
        schedule.set(Key::Stream(id), &mut stream.armed, None);
        if let Some(key) = &stream.ours
            && self.pool.get(key) == Some(&id)
        {
            self.pool.remove(key);
        }
        Some(stream)
    }

    /// Closes a stream that is of no use any more, and says what it carried.
    pub(crate) fn close(&mut self, id: StreamId, schedule: &mut Schedule) -> Option<Stream> {
        let stream = self.gone(id, schedule)?;
        self.outputs.push_back(Output::Close { stream: id });
        Some(stream)
    }

    /// The way to a target: its stream if that lives, one we opened before, or a new one.
    pub(crate) fn path(&mut self, now: Instant, target: &Target, schedule: &mut Schedule) -> Result<Path, NoWay> {
        if target.transport == Transport::Udp {
            let listener = target.listener.filter(|&id| self.listener(id, true).is_some()).ok_or(NoWay::Listener)?;
            return Ok(Path::Datagram { listener, remote: target.remote });
        }
        if let Some(stream) = target.stream.filter(|&id| self.is_alive(id)) {
            return Ok(Path::Stream(stream));
        }
        let key = (target.transport, target.remote, target.local, target.server_name.clone());
        self.open(now, key, target.sent_by.clone(), schedule).map(Path::Stream)
    }

    fn open(
        &mut self,
        now: Instant,
        key: PoolKey,
        sent_by: String,
        schedule: &mut Schedule,
    ) -> Result<StreamId, NoWay> {
        if let Some(&stream) = self.pool.get(&key) {
            return Ok(stream);
        }
        if self.streams.len() >= self.streams_max {
            return Err(NoWay::Full);
        }
        let id = self.ids.allocate();
        let (transport, remote, local, server_name) = key.clone();
        self.outputs.push_back(Output::Open { stream: id, transport, remote, local, server_name });
        self.pool.insert(key.clone(), id);
        self.streams.insert(id, Stream::new(transport, None, None, remote, sent_by, Some(key)));
        self.settle(now, id, schedule);
        Ok(id)
    }

    pub(crate) fn send(&mut self, path: Path, data: Bytes) {
        match path {
            Path::Datagram { listener, remote } => self.outputs.push_back(Output::Transmit { listener, remote, data }),
            Path::Stream(stream) if self.is_alive(stream) => self.outputs.push_back(Output::Send { stream, data }),
            Path::Stream(_) => {}
        }
    }

    /// Sends a response (RFC 3261 18.2.2). Where the stream of the request is gone, a plain one is opened to the address
    /// that its Via names; over TLS the response is dropped, because nothing says who would be there.
    pub(crate) fn reply(&mut self, now: Instant, to: &ReplyPath, data: Bytes, schedule: &mut Schedule) {
        let source = &to.source;
        match (source.transport, source.listener, source.stream) {
            (Transport::Udp, Some(listener), _) => {
                let remote = if to.rport { source.remote } else { to.by_via };
                self.outputs.push_back(Output::Transmit { listener, remote, data });
            }
            (_, _, Some(stream)) if self.is_alive(stream) => self.outputs.push_back(Output::Send { stream, data }),
            (Transport::Tcp, _, _) => {
                let sent_by = self.advertised(source);
                let key = (Transport::Tcp, to.by_via, source.local.map(|local| local.ip()), None);
                if let Ok(stream) = self.open(now, key, sent_by, schedule) {
                    self.outputs.push_back(Output::Send { stream, data });
                }
            }
            _ => {}
        }
    }

    /// Notes that a session lives on a stream, or no longer.
    pub(crate) fn pin(&mut self, now: Instant, id: StreamId, session: InviteId, pinned: bool, schedule: &mut Schedule) {
        if let Some(stream) = self.streams.get_mut(&id) {
            match pinned {
                true => stream.sessions.insert(session),
                false => stream.sessions.remove(&session),
            };
            self.settle(now, id, schedule);
        }
    }

    /// Notes that a request of ours waits on a stream, or no longer.
    pub(crate) fn watch(
        &mut self,
        now: Instant,
        id: StreamId,
        client: TransactionId,
        watched: bool,
        schedule: &mut Schedule,
    ) {
        if let Some(stream) = self.streams.get_mut(&id) {
            match watched {
                true => stream.clients.insert(client),
                false => stream.clients.remove(&client),
            };
            self.settle(now, id, schedule);
        }
    }

    /// A stream of ours that serves nothing is closed after a while.
    fn settle(&mut self, now: Instant, id: StreamId, schedule: &mut Schedule) {
        let Some(stream) = self.streams.get_mut(&id) else { return };
        let idle = stream.is_idle().then(|| stream.armed.unwrap_or(now + self.idle));
        schedule.set(Key::Stream(id), &mut stream.armed, idle);
    }

    /// The deadline of a stream passed.
    pub(crate) fn on_deadline(&mut self, id: StreamId, schedule: &mut Schedule) {
        let Some(stream) = self.streams.get_mut(&id) else { return };
        stream.armed = None;
        if stream.is_idle() {
            self.close(id, schedule);
        }
    }
}

impl Stream {
    fn new(
        transport: Transport,
        listener: Option<ListenerId>,
        local: Option<SocketAddr>,
        remote: SocketAddr,
        advertised: String,
        ours: Option<PoolKey>,
    ) -> Self {
        let (sessions, clients) = (BTreeSet::new(), BTreeSet::new());
        let framer = Framer::new();
        let identity = None;
        Self { transport, listener, local, remote, identity, advertised, framer, ours, sessions, clients, armed: None }
    }

    fn is_idle(&self) -> bool {
        self.ours.is_some() && self.sessions.is_empty() && self.clients.is_empty()
    }

    pub(crate) const fn transport(&self) -> Transport {
        self.transport
    }
}
