//! A driver in the fewest lines that are right: threads read sockets, one loop hands in what came and carries out what is
//! asked. UDP and TCP on 127.0.0.1; leaves out TLS, back pressure, and writing without blocking: see `driver` of
//! lhtt-gateway for those.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a driver: it owns its sockets, threads and clock"
)]

use lhtt_core::io::{Closed, Input, ListenerId, OpenError, Output, StreamId, StreamIds};
use lhtt_core::rng::Rng;
use lhtt_core::time::Instant;
use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

/// What every endpoint of the project is to its driver.
pub trait Machine {
    /// Something happened.
    fn handle_input(&mut self, now: Instant, input: Input);
    /// The next thing to carry out.
    fn poll_output(&mut self) -> Option<Output>;
    /// When it wants [`Input::Timeout`].
    fn poll_timeout(&self) -> Option<Instant>;
}

macro_rules! machine {
    ($endpoint:ty) => {
        impl Machine for $endpoint {
            fn handle_input(&mut self, now: Instant, input: Input) {
                self.handle_input(now, input);
            }
            fn poll_output(&mut self) -> Option<Output> {
                self.poll_output()
            }
            fn poll_timeout(&self) -> Option<Instant> {
                self.poll_timeout()
            }
        }
    };
}
machine!(lhtt_sip::Endpoint);
machine!(lhtt_h323::Endpoint);

/// A machine with its sockets and its clock.
pub struct Host<M> {
    /// The machine.
    pub machine: M,
    began: std::time::Instant,
    news: Receiver<News>,
    tell: Sender<News>,
    ids: StreamIds,
    udp: BTreeMap<ListenerId, UdpSocket>,
    tcp: BTreeMap<StreamId, TcpStream>,
}

/// What the reading threads tell the loop.
enum News {
    Input(Input),
    Arrived(ListenerId, TcpStream),
}

impl<M: Machine> Host<M> {
    /// Without sockets yet.
    pub fn new(machine: M) -> Self {
        let (tell, news) = mpsc::channel();
        let (udp, tcp) = (BTreeMap::new(), BTreeMap::new());
        Self { machine, began: std::time::Instant::now(), news, tell, ids: StreamIds::new(0), udp, tcp }
    }

    /// The time of this machine.
    pub fn now(&self) -> Instant {
        Instant::from_nanos(self.began.elapsed().as_nanos() as u64)
    }

    /// A UDP listener on a port that is free.
    ///
    /// # Errors
    /// The operating system gives none.
    pub fn listen_udp(&mut self, listener: ListenerId) -> io::Result<SocketAddr> {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
        let (reader, tell, local) = (socket.try_clone()?, self.tell.clone(), socket.local_addr()?);
        self.udp.insert(listener, socket);
        thread::spawn(move || {
            let mut buffer = vec![0; 65_536];
            while let Ok((length, remote)) = reader.recv_from(&mut buffer) {
                let data = buffer[..length].to_vec().into();
                if tell.send(News::Input(Input::Datagram { listener, remote, data })).is_err() {
                    return;
                }
            }
        });
        Ok(local)
    }

    /// A TCP listener on a port that is free.
    ///
    /// # Errors
    /// The operating system gives none.
    pub fn listen_tcp(&mut self, listener: ListenerId) -> io::Result<SocketAddr> {
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let (local, tell) = (socket.local_addr()?, self.tell.clone());
        thread::spawn(move || socket.incoming().flatten().all(|tcp| tell.send(News::Arrived(listener, tcp)).is_ok()));
        Ok(local)
    }

    /// Carries out what the machine asks for.
    pub fn carry_out(&mut self) {
        while let Some(output) = self.machine.poll_output() {
            match output {
                Output::Transmit { listener, remote, data } => {
                    if let Some(socket) = self.udp.get(&listener) {
                        // A datagram may be lost on any network; the machine sends it again.
                        let _ = socket.send_to(&data, remote);
                    }
                }
                Output::Open { stream, remote, .. } => self.open(stream, remote),
                Output::Send { stream, data } => {
                    if let Some(tcp) = self.tcp.get_mut(&stream) {
                        // The reading thread of a broken stream tells of it.
                        let _ = tcp.write_all(&data);
                    }
                }
                Output::Close { stream } => {
                    if let Some(tcp) = self.tcp.remove(&stream) {
                        let _ = tcp.shutdown(std::net::Shutdown::Both);
                    }
                }
                // The examples tunnel H.245, so nobody connects to a second address.
                Output::Listen { .. } => {}
            }
        }
    }

    /// Waits for what happens next and hands it in. False if nothing did within ten seconds.
    pub fn wait(&mut self) -> bool {
        let due = self.machine.poll_timeout().map(|at| at.saturating_since(self.now()));
        match self.news.recv_timeout(due.unwrap_or(PATIENCE).min(PATIENCE)) {
            Ok(News::Input(input)) => {
                if let Input::Closed { stream, .. } = input {
                    self.tcp.remove(&stream);
                }
                self.machine.handle_input(self.now(), input);
            }
            Ok(News::Arrived(listener, tcp)) => self.arrived(listener, tcp),
            Err(RecvTimeoutError::Timeout) if due.is_some_and(|due| due < PATIENCE) => {
                self.machine.handle_input(self.now(), Input::Timeout);
            }
            Err(_) => return false,
        }
        true
    }

    fn open(&mut self, stream: StreamId, remote: SocketAddr) {
        let input = TcpStream::connect_timeout(&remote, PATIENCE).and_then(|tcp| {
            let local = tcp.local_addr()?;
            self.keep(stream, tcp)?;
            Ok(Input::Opened { stream, local, remote, tls: None })
        });
        // By the queue, not at once: the machine is still being asked for outputs.
        let input = input.unwrap_or(Input::OpenFailed { stream, why: OpenError::Refused });
        let _ = self.tell.send(News::Input(input));
    }

    fn arrived(&mut self, listener: ListenerId, tcp: TcpStream) {
        let (Ok(local), Ok(remote)) = (tcp.local_addr(), tcp.peer_addr()) else { return };
        let stream = self.ids.allocate();
        self.machine.handle_input(self.now(), Input::Accepted { stream, listener, local, remote, tls: None });
        if self.keep(stream, tcp).is_err() {
            self.machine.handle_input(self.now(), Input::Closed { stream, why: Closed::Reset });
        }
    }

    /// Keeps a stream that is up, and reads it.
    fn keep(&mut self, stream: StreamId, tcp: TcpStream) -> io::Result<()> {
        tcp.set_nodelay(true)?;
        let (mut reader, tell) = (tcp.try_clone()?, self.tell.clone());
        self.tcp.insert(stream, tcp);
        thread::spawn(move || {
            let mut buffer = vec![0; 65_536];
            loop {
                let input = match reader.read(&mut buffer) {
                    Ok(0) => Input::Closed { stream, why: Closed::Finished },
                    Ok(length) => Input::Data { stream, data: buffer[..length].to_vec().into() },
                    Err(_) => Input::Closed { stream, why: Closed::Reset },
                };
                let last = matches!(input, Input::Closed { .. });
                if tell.send(News::Input(input)).is_err() || last {
                    return;
                }
            }
        });
        Ok(())
    }
}

/// A generator with a seed of the operating system's, by way of the standard hasher's keys.
pub fn rng() -> Rng {
    let mut seed = [0; 32];
    for octets in seed.chunks_exact_mut(8) {
        octets.copy_from_slice(&RandomState::new().build_hasher().finish().to_be_bytes());
    }
    Rng::from_seed(seed)
}

/// How long an example waits for anything.
const PATIENCE: Duration = Duration::from_secs(10);
