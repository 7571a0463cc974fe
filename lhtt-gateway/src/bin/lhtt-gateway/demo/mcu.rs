//! The provincial MCU: an H.323 endpoint that answers, says its fifty packets, and in the echo room sends back what it
//! hears.

use super::government::seed;
use super::ladder::Report;
use super::talk::{self, Talk};
use super::wire::{Wire, say};
use clap::Args;
use lhtt_core::io::{Input, ListenerId, Output, StreamIds, Transport};
use lhtt_core::rng::Rng;
use lhtt_h323::asn1::h225::H323UserInformation;
use lhtt_h323::asn1::h245::MultimediaSystemControlMessage;
use lhtt_h323::per::Codec as _;
use lhtt_h323::tpkt::{Framer, PACKET_MAX};
use lhtt_h323::{Answer, CallId, Capability, Codec, Config, Direction, Endpoint, Event, MediaPorts, q931};
use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::net::{TcpListener, UdpSocket};
use tokio::task::{JoinHandle, LocalSet};

#[derive(Debug, Args)]
pub(crate) struct Mcu {
    /// Where it takes calls.
    #[arg(long)]
    listen: SocketAddr,
}

impl Mcu {
    pub(super) fn run(self) -> io::Result<()> {
        // Whoever started us is gone when standard input ends.
        std::thread::spawn(|| {
            let _ = io::copy(&mut io::stdin(), &mut io::sink());
            std::process::exit(0);
        });
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        LocalSet::new().block_on(&runtime, self.serve())
    }

    async fn serve(self) -> io::Result<()> {
        let listener = TcpListener::bind(self.listen).await?;
        let mut rng = Rng::from_seed(seed());
        let mut endpoint = Endpoint::new(Config::new(1), rng.fork());
        endpoint.listener(LISTENER, Transport::Tcp);
        println!("{{\"ready\":true}}");
        let mut room = Room {
            endpoint,
            wire: Wire::new(),
            rng,
            streams: StreamIds::new(0),
            framers: BTreeMap::new(),
            calls: BTreeMap::new(),
            local: self.listen,
        };
        loop {
            room.drain().await?;
            let timeout = room.endpoint.poll_timeout();
            tokio::select! {
                accepted = listener.accept() => room.accept(accepted?),
                input = room.wire.next(timeout) => room.take(input),
            }
        }
    }
}

struct Room {
    endpoint: Endpoint,
    wire: Wire,
    rng: Rng,
    streams: StreamIds,
    framers: BTreeMap<lhtt_core::io::StreamId, Framer>,
    calls: BTreeMap<CallId, Call>,
    local: SocketAddr,
}

struct Call {
    called: String,
    socket: Arc<UdpSocket>,
    talk: Option<JoinHandle<Talk>>,
    over: Arc<AtomicBool>,
}

impl Room {
    fn accept(&mut self, (stream, remote): (tokio::net::TcpStream, SocketAddr)) {
        let id = self.streams.allocate();
        let _ = stream.set_nodelay(true);
        self.wire.attach(id, stream);
        self.framers.insert(id, Framer::new(PACKET_MAX));
        let accepted = Input::Accepted { stream: id, listener: LISTENER, local: self.local, remote, tls: None };
        self.endpoint.handle_input(self.wire.now(), accepted);
    }

    fn take(&mut self, input: Input) {
        if let Input::Data { stream, data } = &input
            && let Some(framer) = self.framers.get_mut(stream)
        {
            framer.push(data);
            while let Ok(Some(packet)) = framer.packet() {
                say(PEER, false, title(&packet));
            }
        }
        self.endpoint.handle_input(self.wire.now(), input);
    }

    async fn drain(&mut self) -> io::Result<()> {
        loop {
            let mut quiet = true;
            while let Some(event) = self.endpoint.poll_event() {
                quiet = false;
                self.on_event(event).await?;
            }
            while let Some(output) = self.endpoint.poll_output() {
                quiet = false;
                match output {
                    Output::Send { stream, data } => {
                        say(PEER, true, title(&data.slice(HEADER..)));
                        self.wire.send(stream, data);
                    }
                    Output::Close { stream } => {
                        self.framers.remove(&stream);
                        self.wire.close(stream);
                    }
                    Output::Open { .. } | Output::Listen { .. } | Output::Transmit { .. } => {}
                }
            }
            if quiet {
                return Ok(());
            }
        }
    }

    async fn on_event(&mut self, event: Event) -> io::Result<()> {
        let now = self.wire.now();
        match event {
            Event::Incoming { call, setup } => {
                let socket = Arc::new(UdpSocket::bind(SocketAddr::new(self.local.ip(), 0)).await?);
                let rtp = socket.local_addr()?;
                let called = setup.called_number.unwrap_or_default();
                self.calls.insert(call, Call { called, socket, talk: None, over: Arc::default() });
                self.endpoint.proceed(now, call);
                self.endpoint.alert(now, call);
                let capabilities = [Codec::G711A, Codec::G711U].map(Capability::audio).to_vec();
                let media = MediaPorts { rtp, rtcp: SocketAddr::new(rtp.ip(), rtp.port().wrapping_add(1)) };
                self.endpoint.answer(now, call, Answer { capabilities, media });
            }
            Event::Channel { call, direction: Direction::Outgoing, remote_rtp: Some(remote), payload_type, .. } => {
                let rng = self.rng.fork();
                let Some(call) = self.calls.get_mut(&call) else { return Ok(()) };
                if call.called == ECHO_ROOM {
                    tokio::task::spawn_local(talk::echo(call.socket.clone(), remote, call.over.clone()));
                } else {
                    let talk = talk::talk(call.socket.clone(), remote, payload_type, rng);
                    call.talk = Some(tokio::task::spawn_local(talk));
                }
            }
            Event::Released { call, .. } => {
                if let Some(call) = self.calls.remove(&call) {
                    call.over.store(true, Ordering::Relaxed);
                    tokio::task::spawn_local(close(call));
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// Says what the call came to, once all that was sent has been heard.
async fn close(call: Call) {
    let Talk { sent, heard } = match call.talk {
        Some(talk) => talk.await.unwrap_or_default(),
        None => Talk::default(),
    };
    let report = Report { called: Some(call.called), sent, heard, ..Report::default() };
    if let Ok(line) = serde_json::to_string(&report) {
        println!("{line}");
    }
}

/// The name of a call signalling message and of the H.245 messages inside it.
fn title(packet: &bytes::Bytes) -> String {
    let Ok(message) = q931::Message::parse(packet) else { return "?".to_owned() };
    let name = message.message_type.name().to_owned();
    let called = message.called_number().map(|number| format!(" {number}")).unwrap_or_default();
    let cause = message.cause().map(|cause| format!(" cause {cause}")).unwrap_or_default();
    let user = message.user_user().and_then(Result::ok).and_then(|octets| H323UserInformation::from_per(&octets).ok());
    let control = user.and_then(|user| user.h323_uu_pdu.h245_control).unwrap_or_default();
    let control: Vec<_> = control.iter().map(|octets| control_name(octets)).collect();
    let control = if control.is_empty() { String::new() } else { format!("  [H.245 {}]", control.join(", ")) };
    format!("{name}{called}{cause}{control}")
}

fn control_name(octets: &[u8]) -> String {
    let Ok(message) = MultimediaSystemControlMessage::from_per(octets) else { return "?".to_owned() };
    // Debug writes Request(TerminalCapabilitySet(…: the second name says which message it is.
    let text = format!("{message:?}");
    let name = text.split(['(', ' ', '{']).nth(1).unwrap_or("?");
    name.trim_end_matches(')').to_owned()
}

const LISTENER: ListenerId = ListenerId(0);
const PEER: &str = "mcu";
const ECHO_ROOM: &str = "600";
/// RFC 1006 6.
const HEADER: usize = 4;
