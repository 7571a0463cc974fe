//! A whole H.323 endpoint around `lhtt_h323::Endpoint`, with nothing but std: threads read, one loop decides.
//!
//! ```text
//! endpoint answer --at IP:PORT [--once]              answers: 486 busy, 404 unallocated, 4… after 2 s of ringing, else at once;
//!                                                    sends audio back
//! endpoint call --to IP:PORT --from IP NUMBER        calls, sends --packets N (50) of audio, hangs up
//!     --slow --separate                              no fast start; H.245 on its own connection
//!     --hold MILLIS                                  hangs up then, audio or not
//!     --h245-in-setup --digits 159*0#D               habits and keys
//!     --password WORD --ours NAME --theirs NAME      H.235.1 with the peer, in `answer` with the one at --peer IP
//!     --release-after setup|proceeding|alerting|connect|h245     gives up there
//! ```
//! Exit code 0 if the call was answered, or released where it was told to; 1 otherwise; 2 usage.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a program: it owns its sockets, threads and clock"
)]
#![allow(clippy::unwrap_used, reason = "an example stops where its machine does not do")]

use lhtt_core::io::{Closed, Input, ListenerId, OpenError, Output, StreamId, StreamIds, Transport};
use lhtt_core::rng::Rng;
use lhtt_core::time::Instant;
use lhtt_h323::h235::Security;
use lhtt_h323::{
    AliasAddress, Answer, CallId, Capability, Codec, Config, Direction, Endpoint, Event, Habits, KeyInput, MediaPorts,
    Place,
};
use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

fn main() {
    let options = Options::parse().unwrap_or_else(|fault| {
        eprintln!("endpoint: {fault}; see the head of examples/endpoint.rs");
        std::process::exit(2)
    });
    let good = Program::new(options).run();
    std::process::exit(i32::from(!good));
}

/// What the command line says.
struct Options {
    answer: bool,
    peer: SocketAddr,
    from: IpAddr,
    number: String,
    flags: BTreeMap<String, String>,
}

impl Options {
    fn parse() -> Result<Self, String> {
        let mut args = std::env::args().skip(1);
        let answer = match args.next().as_deref() {
            Some("answer") => true,
            Some("call") => false,
            _ => return Err("the first word is `answer` or `call`".into()),
        };
        let (mut flags, mut number) = (BTreeMap::new(), String::from("600"));
        while let Some(arg) = args.next() {
            match arg.strip_prefix("--") {
                Some(flag @ ("once" | "slow" | "separate" | "h245-in-setup")) => {
                    flags.insert(flag.to_owned(), String::new());
                }
                Some(flag) => {
                    let value = args.next().ok_or(format!("`--{flag}` needs a value"))?;
                    flags.insert(flag.to_owned(), value);
                }
                None => number = arg,
            }
        }
        let peer = flags.get(if answer { "at" } else { "to" }).ok_or("`--at` or `--to` is missing")?;
        let peer: SocketAddr = peer.parse().map_err(|_| format!("`{peer}` is not IP:PORT"))?;
        let from = flags.get("from").map_or(Ok(peer.ip()), |ip| ip.parse().map_err(|_| format!("`{ip}` is no IP")))?;
        Ok(Self { answer, peer, from, number, flags })
    }

    fn has(&self, flag: &str) -> bool {
        self.flags.contains_key(flag)
    }

    fn text(&self, flag: &str) -> &str {
        self.flags.get(flag).map_or("", String::as_str)
    }
}

/// What reaches the loop.
enum News {
    Net(Input),
    /// A peer connected.
    Arrived(TcpStream),
    /// A connection that was asked for is up.
    Up(StreamId, TcpStream),
    /// A call is to be answered now.
    Answer(CallId),
    /// All audio is sent.
    Sent(CallId),
}

struct Program {
    options: Options,
    endpoint: Endpoint,
    began: std::time::Instant,
    news: Receiver<News>,
    tell: Sender<News>,
    ids: StreamIds,
    streams: BTreeMap<StreamId, TcpStream>,
    /// Bytes for streams that are not up yet; those closed before they were.
    early: BTreeMap<StreamId, Vec<u8>>,
    audio: BTreeMap<CallId, Audio>,
    done: Option<bool>,
}

impl Program {
    fn new(options: Options) -> Self {
        let habits = Habits { h245_in_setup: options.has("h245-in-setup"), ..Habits::default() };
        let seed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos() as u64;
        let mut endpoint = Endpoint::new(Config::new(1), Rng::from_number(seed)).with_habits(habits);
        endpoint.listener(ListenerId(0), Transport::Tcp);
        if options.has("password") {
            endpoint.set_clock(seed / 1_000_000_000);
            let theirs = options.has("theirs").then(|| options.text("theirs"));
            let security = Security::new(options.text("password"), options.text("ours"), theirs);
            endpoint.secure(options.flags.get("peer").map_or(options.peer.ip(), |ip| ip.parse().unwrap()), security);
        }
        let (tell, news) = mpsc::channel();
        let (ids, began) = (StreamIds::new(0), std::time::Instant::now());
        let (streams, early, audio) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Self { options, endpoint, began, news, tell, ids, streams, early, audio, done: None }
    }

    fn now(&self) -> Instant {
        Instant::from_nanos(self.began.elapsed().as_nanos() as u64)
    }

    fn run(mut self) -> bool {
        if self.options.answer {
            let listener = TcpListener::bind(self.options.peer).unwrap();
            println!("listening on {}", self.options.peer);
            let tell = self.tell.clone();
            thread::spawn(move || listener.incoming().flatten().all(|tcp| tell.send(News::Arrived(tcp)).is_ok()));
        } else {
            self.call();
        }
        loop {
            self.drain();
            if let Some(good) = self.done
                && self.endpoint.calls() == 0
            {
                println!("{}", if self.endpoint.is_quiescent() { "nothing is left" } else { "SOMETHING IS LEFT" });
                return good;
            }
            let wait = self.endpoint.poll_timeout().map_or(Duration::from_secs(1), |at| at - self.now());
            match self.news.recv_timeout(wait) {
                Ok(news) => self.on_news(news),
                Err(RecvTimeoutError::Timeout) => self.endpoint.handle_input(self.now(), Input::Timeout),
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    }

    fn call(&mut self) {
        let audio = Audio::new(self.options.from);
        let place = Place {
            remote: self.options.peer,
            transport: Transport::Tcp,
            local: Some(self.options.from),
            server_name: None,
            called: vec![AliasAddress::of(&self.options.number)],
            called_number: Some(self.options.number.clone()),
            calling: vec![AliasAddress::H323Id("example".into())],
            calling_number: None,
            display: Some("lhtt example".into()),
            call_identifier: None,
            capabilities: capabilities(),
            media: audio.ports,
            fast_start: !self.options.has("slow"),
            tunnelling: !self.options.has("separate"),
            h245: Some(free_address(self.options.from)),
        };
        let call = self.endpoint.place(self.now(), place).unwrap();
        self.audio.insert(call, audio);
        self.give_up(call, "setup");
    }

    /// Releases the call if the command line says to do so here.
    fn give_up(&mut self, call: CallId, here: &str) {
        if self.options.text("release-after") == here {
            // What is sent so far goes out first.
            self.carry_out();
            if here == "setup" {
                thread::sleep(Duration::from_millis(50));
                while let Ok(news) = self.news.try_recv() {
                    self.on_news(news);
                }
            }
            self.endpoint.release(self.now(), call, 16, None);
        }
    }

    fn drain(&mut self) {
        self.carry_out();
        while let Some(event) = self.endpoint.poll_event() {
            println!("{:8.3} {event:?}", self.began.elapsed().as_secs_f32());
            self.on_event(event);
            self.carry_out();
        }
    }

    fn on_event(&mut self, event: Event) {
        let now = self.now();
        match event {
            Event::Incoming { call, setup } => {
                let audio = Audio::new(setup.source.local.ip());
                if setup.h245_needed {
                    self.endpoint.h245_address(call, free_address(setup.source.local.ip()));
                }
                let number =
                    setup.called_number.clone().or(setup.called.first().and_then(|a| a.text().map(Into::into)));
                self.audio.insert(call, audio);
                self.on_incoming(now, call, &number.unwrap_or_default());
            }
            Event::Channel { call, direction: Direction::Outgoing, codec, remote_rtp, .. } => {
                let Some(audio) = self.audio.get(&call) else { return };
                audio.send_to(remote_rtp.unwrap(), codec);
                if !self.options.answer {
                    let packets = self.options.flags.get("packets").map_or(50, |n| n.parse().unwrap());
                    audio.send(packets, self.tell.clone(), call);
                }
            }
            Event::Capabilities { call, capabilities: theirs } => {
                self.give_up(call, "h245");
                let common = theirs.iter().find_map(|c| c.codec().filter(|_| capabilities().contains(c)));
                let ports = self.audio.get(&call).filter(|audio| !audio.is_sending()).map(|audio| audio.ports);
                if let (Some(codec), Some(ports)) = (common, ports) {
                    let _ = self.endpoint.open(now, call, codec, ports); // the call may have been given up above
                }
                for key in self.options.text("digits").chars() {
                    self.endpoint.keys(now, call, KeyInput::Text(key.to_string()));
                }
                for key in self.options.text("digits").chars() {
                    self.endpoint.keys(now, call, KeyInput::Signal { key, duration: Some(160) });
                }
                if self.options.has("digits") {
                    self.endpoint.keys(now, call, KeyInput::Signal { key: '7', duration: Some(100) });
                    self.endpoint.keys(now, call, KeyInput::SignalUpdate { duration: 300 });
                    self.endpoint.keys(now, call, KeyInput::Signal { key: '!', duration: None });
                }
            }
            Event::ChannelClosed { call, direction: Direction::Outgoing } => {
                if let Some(audio) = self.audio.get(&call) {
                    audio.stop(); // held, or refused: the next capability set opens it anew
                }
            }
            Event::Proceeding { call } => self.give_up(call, "proceeding"),
            Event::Alerting { call } => self.give_up(call, "alerting"),
            Event::Connected { call } => {
                self.done = self.done.or(Some(true));
                if let Some(millis) = self.options.flags.get("hold") {
                    self.later(millis.parse().unwrap(), News::Sent(call));
                }
                self.give_up(call, "connect");
            }
            Event::Released { call, .. } => {
                if let Some(audio) = self.audio.remove(&call) {
                    println!("{} packets sent, {} came", audio.sent(), audio.received());
                }
                let told = self.options.has("release-after");
                self.done = if self.options.answer {
                    self.options.has("once").then_some(true)
                } else {
                    self.done.or(Some(told))
                };
            }
            _ => {}
        }
    }

    fn on_incoming(&mut self, now: Instant, call: CallId, number: &str) {
        match number {
            "486" => self.endpoint.release(now, call, 17, None),
            "404" => self.endpoint.release(now, call, 1, None),
            number => {
                self.endpoint.proceed(now, call);
                let pause = if number.starts_with('4') { 2000 } else { 0 };
                if pause > 0 {
                    self.endpoint.alert(now, call);
                }
                self.later(pause, News::Answer(call));
            }
        }
    }

    fn later(&self, millis: u64, news: News) {
        let tell = self.tell.clone();
        thread::spawn(move || {
            thread::sleep(Duration::from_millis(millis));
            tell.send(news)
        });
    }

    fn on_news(&mut self, news: News) {
        let now = self.now();
        match news {
            News::Net(input) => {
                if let Input::Closed { stream, .. } = input {
                    self.streams.remove(&stream);
                }
                self.endpoint.handle_input(now, input);
            }
            News::Arrived(tcp) => {
                let stream = self.ids.allocate();
                let (local, remote) = (tcp.local_addr().unwrap(), tcp.peer_addr().unwrap());
                self.keep(stream, tcp);
                let input = Input::Accepted { stream, listener: ListenerId(0), local, remote, tls: None };
                self.endpoint.handle_input(now, input);
            }
            News::Up(stream, mut tcp) => {
                let Some(early) = self.early.remove(&stream) else { return }; // closed meanwhile
                let (local, remote) = (tcp.local_addr().unwrap(), tcp.peer_addr().unwrap());
                let _ = tcp.write_all(&early);
                self.keep(stream, tcp);
                self.endpoint.handle_input(now, Input::Opened { stream, local, remote, tls: None });
            }
            News::Answer(call) => {
                if let Some(audio) = self.audio.get(&call) {
                    let media = audio.ports;
                    self.endpoint.answer(now, call, Answer { capabilities: capabilities(), media });
                }
            }
            News::Sent(call) => self.endpoint.release(now, call, 16, None),
        }
    }

    /// Keeps a stream that is up, and reads it.
    fn keep(&mut self, stream: StreamId, tcp: TcpStream) {
        let _ = tcp.set_nodelay(true);
        let (mut reader, tell) = (tcp.try_clone().unwrap(), self.tell.clone());
        self.streams.insert(stream, tcp);
        thread::spawn(move || {
            let mut buffer = vec![0; 65_536];
            loop {
                let input = match reader.read(&mut buffer) {
                    Ok(0) => Input::Closed { stream, why: Closed::Finished },
                    Ok(n) => Input::Data { stream, data: buffer[..n].to_vec().into() },
                    Err(_) => Input::Closed { stream, why: Closed::Reset },
                };
                let last = matches!(input, Input::Closed { .. });
                if tell.send(News::Net(input)).is_err() || last {
                    return;
                }
            }
        });
    }

    fn carry_out(&mut self) {
        while let Some(output) = self.endpoint.poll_output() {
            match output {
                Output::Open { stream, remote, local, .. } => {
                    self.early.insert(stream, Vec::new());
                    let tell = self.tell.clone();
                    thread::spawn(move || {
                        let _ = local; // std cannot bind before it connects; on loopback any address will do
                        tell.send(match TcpStream::connect_timeout(&remote, Duration::from_secs(5)) {
                            Ok(tcp) => News::Up(stream, tcp),
                            Err(_) => News::Net(Input::OpenFailed { stream, why: OpenError::Refused }),
                        })
                    });
                }
                Output::Listen { stream, local, .. } => {
                    self.early.insert(stream, Vec::new());
                    let (listener, tell) = (TcpListener::bind(local).unwrap(), self.tell.clone());
                    thread::spawn(move || listener.accept().map(|(tcp, _)| tell.send(News::Up(stream, tcp))));
                }
                Output::Send { stream, data } => match (self.streams.get_mut(&stream), self.early.get_mut(&stream)) {
                    (Some(tcp), _) => drop(tcp.write_all(&data)),
                    (None, Some(early)) => early.extend_from_slice(&data),
                    (None, None) => {}
                },
                Output::Close { stream } => {
                    self.early.remove(&stream);
                    if let Some(tcp) = self.streams.remove(&stream) {
                        let _ = tcp.shutdown(std::net::Shutdown::Write);
                    }
                }
                Output::Transmit { .. } => {}
            }
        }
    }
}

fn capabilities() -> Vec<Capability> {
    vec![Capability::audio(Codec::G711A)]
}

/// An address that was free a moment ago.
fn free_address(ip: IpAddr) -> SocketAddr {
    TcpListener::bind((ip, 0)).unwrap().local_addr().unwrap()
}

/// One RTP session: sends, and sends back what comes.
struct Audio {
    ports: MediaPorts,
    rtp: UdpSocket,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    remote: Mutex<Option<(SocketAddr, Codec)>>,
    sent: AtomicU32,
    received: AtomicU32,
}

impl Audio {
    fn new(ip: IpAddr) -> Self {
        let pairs = (22_000..40_000)
            .step_by(2)
            .filter_map(|port| Some((UdpSocket::bind((ip, port)).ok()?, UdpSocket::bind((ip, port + 1)).ok()?)));
        let (rtp, rtcp) = { pairs }.next().unwrap();
        let ports = MediaPorts { rtp: rtp.local_addr().unwrap(), rtcp: rtcp.local_addr().unwrap() };
        let (socket, shared) = (rtp.try_clone().unwrap(), Arc::new(Shared::default()));
        socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let its = Arc::downgrade(&shared);
        thread::spawn(move || {
            let _rtcp = rtcp;
            let mut packet = [0; 2048];
            while let (Ok((n, _)), Some(shared)) = (socket.recv_from(&mut packet), its.upgrade()) {
                shared.received.fetch_add(1, Ordering::Relaxed);
                let remote = *shared.remote.lock().unwrap();
                if let (Some((remote, _)), 0) = (remote, shared.sent.load(Ordering::Relaxed)) {
                    let _ = socket.send_to(&packet[..n], remote);
                }
            }
        });
        Self { ports, rtp, shared }
    }

    fn send_to(&self, remote: SocketAddr, codec: Codec) {
        *self.shared.remote.lock().unwrap() = Some((remote, codec));
    }

    fn stop(&self) {
        *self.shared.remote.lock().unwrap() = None;
    }

    fn is_sending(&self) -> bool {
        self.shared.remote.lock().unwrap().is_some()
    }

    fn sent(&self) -> u32 {
        self.shared.sent.load(Ordering::Relaxed)
    }

    fn received(&self) -> u32 {
        self.shared.received.load(Ordering::Relaxed)
    }

    /// Sends packets 20 ms apart, then says so.
    fn send(&self, packets: u32, tell: Sender<News>, call: CallId) {
        let (socket, shared) = (self.rtp.try_clone().unwrap(), Arc::clone(&self.shared));
        let Some((remote, codec)) = *shared.remote.lock().unwrap() else { return };
        thread::spawn(move || {
            for number in 0..packets {
                let mut packet = vec![0x80, codec.payload_type()];
                packet.extend((number as u16).to_be_bytes());
                packet.extend((number * 160).to_be_bytes());
                packet.extend([1, 2, 3, 4]);
                packet.extend([0xd5; 160]);
                let _ = socket.send_to(&packet, remote);
                shared.sent.fetch_add(1, Ordering::Relaxed);
                thread::sleep(Duration::from_millis(20));
            }
            thread::sleep(Duration::from_millis(500));
            tell.send(News::Sent(call))
        });
    }
}
