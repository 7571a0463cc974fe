//! The thread that runs forwarding tables: non-blocking sockets, one readiness loop, no allocation per packet.
//!
//! Each relay has four sockets, RTP and RTCP on both sides, bound at [`RelayCommand::Create`] and closed at
//! [`RelayCommand::Remove`]. The clock is read once a turn. Leaves out: several threads; one carries some tens of
//! thousands of packets a second.
#![allow(clippy::disallowed_methods, reason = "the relay owns its thread and reads the monotonic clock")]
#![allow(clippy::disallowed_types, reason = "the monotonic clock, for silences")]

use super::table::{Dropped, Table};
use super::{Port, RelayCommand, RelayEvent, RelayId, SILENCE, Side};
use mio::net::UdpSocket;
use mio::{Events, Interest, Poll, Token, Waker};
use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// What the forwarder has done since it was started.
#[derive(Debug, Default)]
pub struct Counters {
    /// RTP packets forwarded.
    pub rtp: AtomicU64,
    /// RTCP packets forwarded.
    pub rtcp: AtomicU64,
    /// Packets that were no RTP or RTCP.
    pub malformed: AtomicU64,
    /// RTP packets of a payload type without a row.
    pub payload_type: AtomicU64,
    /// Packets from an address that is not listened to.
    pub source: AtomicU64,
    /// Packets for a side without a remote address.
    pub no_remote: AtomicU64,
    /// Packets that the system would not send.
    pub unsent: AtomicU64,
}

impl Counters {
    /// Names and values, in a fixed order.
    pub fn values(&self) -> Vec<(&'static str, u64)> {
        let of = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        vec![
            ("relay_rtp", of(&self.rtp)),
            ("relay_rtcp", of(&self.rtcp)),
            ("relay_malformed", of(&self.malformed)),
            ("relay_payload_type", of(&self.payload_type)),
            ("relay_source", of(&self.source)),
            ("relay_no_remote", of(&self.no_remote)),
            ("relay_unsent", of(&self.unsent)),
        ]
    }

    fn dropped(&self, why: Dropped) -> &AtomicU64 {
        match why {
            Dropped::Malformed => &self.malformed,
            Dropped::PayloadType => &self.payload_type,
            Dropped::Source => &self.source,
            Dropped::NoRemote => &self.no_remote,
        }
    }
}

/// The running forwarder. Dropping it closes all sockets and ends the thread.
#[derive(Debug)]
pub struct Forwarder {
    commands: Option<mpsc::Sender<RelayCommand>>,
    waker: Arc<Waker>,
    /// Ports to be bound were queued since the thread was woken.
    binds: bool,
    thread: Option<JoinHandle<()>>,
    counters: Arc<Counters>,
}

impl Forwarder {
    /// Starts the thread. `report` is called on it for every event.
    ///
    /// # Errors
    /// What the operating system says where it gives no thread or no readiness queue.
    pub fn start(report: impl FnMut(RelayEvent) + Send + 'static) -> io::Result<Self> {
        let poll = Poll::new()?;
        let waker = Arc::new(Waker::new(poll.registry(), WAKE)?);
        let (commands, receiver) = mpsc::channel();
        let counters = Arc::new(Counters::default());
        let mut running = Running {
            poll,
            commands: receiver,
            report,
            counters: counters.clone(),
            slots: Vec::new(),
            free: Vec::new(),
            by_id: BTreeMap::new(),
        };
        let thread = std::thread::Builder::new().name("relay".into()).spawn(move || running.run())?;
        Ok(Self { commands: Some(commands), waker, binds: false, thread: Some(thread), counters })
    }

    /// Queues a command. Commands are carried out in order: with [`Self::wake`] where one binds ports, else before the packets
    /// that the thread wakes for next, or within a second.
    pub fn queue(&mut self, command: RelayCommand) {
        self.binds |= matches!(command, RelayCommand::Create { .. });
        // Cannot fail while the thread lives, and it lives until drop.
        let _ = self.commands.as_ref().map(|commands| commands.send(command));
    }

    /// Has the ports bound that were queued: one waking for all of them. Where packets go, or that they go nowhere any more,
    /// matters to a packet alone, and that wakes the thread by itself.
    pub fn wake(&mut self) {
        if std::mem::take(&mut self.binds) {
            let _ = self.waker.wake();
        }
    }

    /// The counters, which go on counting.
    pub fn counters(&self) -> &Counters {
        &self.counters
    }
}

impl Drop for Forwarder {
    fn drop(&mut self) {
        self.commands = None;
        let _ = self.waker.wake();
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

/// The state of the thread.
struct Running<R> {
    poll: Poll,
    commands: mpsc::Receiver<RelayCommand>,
    report: R,
    counters: Arc<Counters>,
    /// Relays by slot; a socket's token is its slot times four plus its place in [`Relay::sockets`].
    slots: Vec<Option<Relay>>,
    free: Vec<usize>,
    by_id: BTreeMap<RelayId, usize>,
}

struct Relay {
    id: RelayId,
    /// RTP of A, RTCP of A, RTP of B, RTCP of B.
    sockets: [UdpSocket; SOCKETS],
    table: Table,
    /// When each side last sent RTP, once its source is locked; none after a silence was reported.
    heard: [Option<Instant>; 2],
}

impl<R: FnMut(RelayEvent)> Running<R> {
    fn run(&mut self) {
        let mut events = Events::with_capacity(EVENTS_PER_TURN);
        let mut packet = vec![0; PACKET_BYTES_MAX];
        let mut unfinished: Vec<Token> = Vec::new();
        let mut next_sweep = Instant::now() + SWEEP;
        loop {
            let wait =
                if unfinished.is_empty() { (!self.by_id.is_empty()).then_some(SWEEP) } else { Some(Duration::ZERO) };
            if let Err(error) = self.poll.poll(&mut events, wait)
                && error.kind() != ErrorKind::Interrupted
            {
                tracing::error!(%error, "relay: waiting for packets failed");
                return;
            }
            let now = Instant::now();
            if !self.take_commands() {
                return;
            }
            for token in std::mem::take(&mut unfinished).into_iter().chain(events.iter().map(|event| event.token())) {
                if token != WAKE && self.drain(token, &mut packet, now) {
                    unfinished.push(token);
                }
            }
            if now >= next_sweep {
                next_sweep = now + SWEEP;
                self.sweep(now);
            }
        }
    }

    /// Carries out what is queued; false once the owner is gone.
    fn take_commands(&mut self) -> bool {
        loop {
            match self.commands.try_recv() {
                Ok(RelayCommand::Create { relay, a, b }) => self.create(relay, a, b),
                Ok(RelayCommand::Direct { relay, to, remote, remote_rtcp, payload }) => {
                    if let Some(relay) = self.relay(relay) {
                        relay.table.direct(to, remote, remote_rtcp, &payload);
                    }
                }
                Ok(RelayCommand::Remove { relay }) => self.remove(relay),
                Err(mpsc::TryRecvError::Empty) => return true,
                Err(mpsc::TryRecvError::Disconnected) => return false,
            }
        }
    }

    fn relay(&mut self, id: RelayId) -> Option<&mut Relay> {
        self.slots.get_mut(*self.by_id.get(&id)?)?.as_mut()
    }

    fn create(&mut self, id: RelayId, a: Port, b: Port) {
        let slot = self.free.pop().unwrap_or(self.slots.len());
        match self.bind(slot, [a.rtp(), a.rtcp(), b.rtp(), b.rtcp()]) {
            Ok(sockets) => {
                let relay = Some(Relay { id, sockets, table: Table::default(), heard: [None; 2] });
                match self.slots.get_mut(slot) {
                    Some(place) => *place = relay,
                    None => self.slots.push(relay),
                }
                self.by_id.insert(id, slot);
            }
            Err(why) => {
                if slot < self.slots.len() {
                    self.free.push(slot);
                }
                (self.report)(RelayEvent::Failed { relay: id, why });
            }
        }
    }

    fn bind(&self, slot: usize, addresses: [SocketAddr; SOCKETS]) -> Result<[UdpSocket; SOCKETS], String> {
        let mut bound = Vec::with_capacity(SOCKETS);
        for (place, address) in addresses.into_iter().enumerate() {
            let socket = UdpSocket::bind(address).and_then(|mut socket| {
                self.poll.registry().register(&mut socket, Token(slot * SOCKETS + place), Interest::READABLE)?;
                Ok(socket)
            });
            bound.push(socket.map_err(|error| format!("{address}: {error}"))?);
        }
        bound.try_into().map_err(|_| "four sockets are bound".to_owned())
    }

    fn remove(&mut self, id: RelayId) {
        if let Some(slot) = self.by_id.remove(&id) {
            // Closing a socket takes it out of the readiness queue.
            self.slots[slot] = None;
            self.free.push(slot);
        }
    }

    /// Forwards what lies in a socket. True if there may be more.
    fn drain(&mut self, token: Token, packet: &mut [u8], now: Instant) -> bool {
        let Some(relay) = self.slots.get_mut(token.0 / SOCKETS).and_then(Option::as_mut) else { return false };
        for _ in 0..PACKETS_PER_TURN {
            let (length, source) = match relay.sockets[token.0 % SOCKETS].recv_from(packet) {
                Ok(received) => received,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return false,
                Err(_) => continue, // an ICMP error of an earlier send; the socket lives
            };
            match relay.forward(token.0 % SOCKETS, source, &mut packet[..length], now, &self.counters) {
                Ok(None) => {}
                Ok(Some(event)) => (self.report)(event),
                Err(why) => count(self.counters.dropped(why)),
            }
        }
        true
    }

    fn sweep(&mut self, now: Instant) {
        for relay in self.slots.iter_mut().flatten() {
            for side in [Side::A, Side::B] {
                let heard = &mut relay.heard[side as usize];
                if heard.is_some_and(|at| now.saturating_duration_since(at) >= SILENCE) {
                    *heard = None;
                    (self.report)(RelayEvent::Silent { relay: relay.id, side });
                }
            }
        }
    }
}

impl Relay {
    fn forward(
        &mut self,
        place: usize,
        source: SocketAddr,
        packet: &mut [u8],
        now: Instant,
        counters: &Counters,
    ) -> Result<Option<RelayEvent>, Dropped> {
        let side = if place < 2 { Side::A } else { Side::B };
        let is_rtp = place.is_multiple_of(2);
        let (remote, locked) = if is_rtp {
            let forward = self.table.rtp(side, source, packet)?;
            self.heard[side as usize] = Some(now);
            (forward.remote, forward.locked)
        } else {
            (self.table.rtcp(side, source, packet)?, false)
        };
        // The socket of the same kind on the other side.
        let sent = self.sockets[(place + 2) % SOCKETS].send_to(packet, remote);
        count(match (sent.is_ok(), is_rtp) {
            (false, _) => &counters.unsent,
            (true, true) => &counters.rtp,
            (true, false) => &counters.rtcp,
        });
        Ok(locked.then_some(RelayEvent::SourceLocked { relay: self.id, side, remote: source }))
    }
}

fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

/// Sockets of a relay.
const SOCKETS: usize = 4;

/// Token of the waker; no socket reaches it.
const WAKE: Token = Token(usize::MAX);

/// Readiness events taken at once.
const EVENTS_PER_TURN: usize = 1024;

/// Packets taken from one socket before the others have their turn.
const PACKETS_PER_TURN: usize = 64;

/// No RTP packet on an Ethernet is larger; a longer one is cut and then fails its own length or its receiver's.
const PACKET_BYTES_MAX: usize = 2048;

/// How often silences are looked for.
const SWEEP: Duration = Duration::from_secs(1);

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::UdpSocket as Peer;

    const DEADLINE: Duration = Duration::from_secs(5);

    struct Rig {
        forwarder: Forwarder,
        events: mpsc::Receiver<RelayEvent>,
    }

    fn rig() -> Rig {
        let (sender, events) = mpsc::channel();
        let forwarder = Forwarder::start(move |event| {
            let _ = sender.send(event);
        });
        Rig { forwarder: forwarder.unwrap(), events }
    }

    /// A socket on a port of its own, and the pair of ports that were free a moment ago.
    fn peer() -> Peer {
        let peer = Peer::bind("127.0.0.1:0").unwrap();
        peer.set_read_timeout(Some(DEADLINE)).unwrap();
        peer
    }

    fn free_pair() -> Port {
        loop {
            let address = peer().local_addr().unwrap();
            if let Some(port) = Port::new(address)
                && Peer::bind(port.rtcp()).is_ok()
            {
                return port;
            }
        }
    }

    fn receive(peer: &Peer) -> (Vec<u8>, SocketAddr) {
        let mut packet = [0; 100];
        let (length, from) = peer.recv_from(&mut packet).unwrap();
        (packet[..length].to_vec(), from)
    }

    const RTP: [u8; 13] = [0x80, 8, 0, 1, 0, 0, 0, 160, 1, 2, 3, 4, 0xD5];
    const RTCP: [u8; 8] = [0x80, 201, 0, 1, 1, 2, 3, 4];

    #[test]
    fn rtp_and_rtcp_cross_with_their_types_rewritten() {
        let mut rig = rig();
        let (a, b) = (free_pair(), free_pair());
        let (caller, callee, callee_rtcp) = (peer(), peer(), peer());
        let relay = RelayId(1);
        rig.forwarder.queue(RelayCommand::Create { relay, a, b });
        rig.forwarder.queue(RelayCommand::Direct {
            relay,
            to: Side::B,
            remote: Some(callee.local_addr().unwrap()),
            remote_rtcp: Some(callee_rtcp.local_addr().unwrap()),
            payload: vec![(8, 0)],
        });
        // The commands are carried out when a second, impossible relay is reported.
        rig.forwarder.queue(RelayCommand::Create { relay: RelayId(2), a, b });
        rig.forwarder.wake();
        assert!(matches!(rig.events.recv_timeout(DEADLINE), Ok(RelayEvent::Failed { relay: RelayId(2), .. })));

        caller.send_to(&RTP, a.rtp()).unwrap();
        let (packet, from) = receive(&callee);
        assert_eq!((packet[1], &packet[2..], from), (0, &RTP[2..], b.rtp()));
        let remote = caller.local_addr().unwrap();
        assert_eq!(rig.events.recv_timeout(DEADLINE), Ok(RelayEvent::SourceLocked { relay, side: Side::A, remote }));
        caller.send_to(&RTCP, a.rtcp()).unwrap();
        assert_eq!(receive(&callee_rtcp), (RTCP.to_vec(), b.rtcp()));

        peer().send_to(&RTP, a.rtp()).unwrap(); // an intruder
        caller.send_to(&RTP, a.rtp()).unwrap();
        receive(&callee);
        let counters = rig.forwarder.counters();
        assert_eq!(counters.source.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn what_was_queued_without_a_waking_holds_for_the_next_packet() {
        let mut rig = rig();
        let (a, b) = (free_pair(), free_pair());
        let (caller, callee) = (peer(), peer());
        let relay = RelayId(1);
        rig.forwarder.queue(RelayCommand::Create { relay, a, b });
        rig.forwarder.queue(RelayCommand::Create { relay: RelayId(2), a, b });
        rig.forwarder.wake();
        assert!(matches!(rig.events.recv_timeout(DEADLINE), Ok(RelayEvent::Failed { .. })), "the ports are bound");
        let remote = callee.local_addr().ok();
        rig.forwarder.queue(RelayCommand::Direct {
            relay,
            to: Side::B,
            remote,
            remote_rtcp: None,
            payload: vec![(8, 8)],
        });
        rig.forwarder.wake();
        caller.send_to(&RTP, a.rtp()).unwrap();
        assert_eq!(receive(&callee).0, RTP);
        rig.forwarder.queue(RelayCommand::Remove { relay });
        rig.forwarder.wake();
        let removed = Instant::now();
        while Peer::bind(a.rtp()).is_err() {
            assert!(removed.elapsed() < DEADLINE, "without a packet the sweep removes it");
            std::thread::yield_now();
        }
    }

    #[test]
    fn ports_are_free_after_remove() {
        let mut rig = rig();
        let (a, b) = (free_pair(), free_pair());
        for relay in (1..100).map(RelayId) {
            rig.forwarder.queue(RelayCommand::Create { relay, a, b });
            rig.forwarder.queue(RelayCommand::Remove { relay });
        }
        rig.forwarder.queue(RelayCommand::Create { relay: RelayId(100), a, b });
        rig.forwarder.queue(RelayCommand::Create { relay: RelayId(101), a, b });
        rig.forwarder.wake();
        let event = rig.events.recv_timeout(DEADLINE);
        assert!(matches!(event, Ok(RelayEvent::Failed { relay: RelayId(101), .. })), "{event:?}");
        drop(rig.forwarder);
        assert!(Peer::bind(a.rtp()).is_ok(), "the thread is gone and its ports with it");
    }
}
