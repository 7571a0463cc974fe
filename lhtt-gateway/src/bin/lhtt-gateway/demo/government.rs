//! The Government's SIP system: one call over mutual TLS, with media, then it hangs up.

use super::ladder::Report;
use super::talk::{self, Talk};
use super::wire::{Wire, say};
use bytes::Bytes;
use clap::Args;
use lhtt_core::io::{Input, Output, StreamId, Transport};
use lhtt_core::rng::Rng;
use lhtt_sip::message::{Framed, Framer, Message, Method, NameAddr, Uri};
use lhtt_sip::sdp::{AudioFormat, LocalAudio, Sdp, accept_answer};
use lhtt_sip::{Config, Endpoint, Event, Invite, InviteId, Target};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::net::{TcpStream, UdpSocket};
use tokio::task::{JoinHandle, LocalSet};
use tokio_rustls::TlsConnector;

#[derive(Debug, Args)]
pub(crate) struct Government {
    /// The border's TLS listener.
    #[arg(long)]
    gateway: SocketAddr,
    /// The number to call.
    #[arg(long)]
    called: String,
    /// The folder of certificates and keys.
    #[arg(long)]
    keys: PathBuf,
}

impl Government {
    pub(super) fn run(self) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        LocalSet::new().block_on(&runtime, self.call())
    }

    async fn call(self) -> io::Result<()> {
        let connector = connector(&self.keys)?;
        let socket = Arc::new(UdpSocket::bind("127.0.0.1:0").await?);
        let mut rng = Rng::from_seed(seed());
        let local = LocalAudio::new(
            rng.next_u64() >> 1,
            1,
            socket.local_addr()?,
            vec![AudioFormat::pcma(), AudioFormat::pcmu()],
        );
        let offer = local.offer().map_err(io::Error::other)?;
        let mut call = Call {
            endpoint: Endpoint::new(Config::new(1), rng.fork()),
            wire: Wire::new(),
            connector,
            framer: Framer::new(),
            offer,
            socket,
            rng,
            report: Report::default(),
            talk: None,
        };
        let invite = self.invite(&call.offer).ok_or_else(|| io::Error::other("not a number"))?;
        let now = call.wire.now();
        let id = call.endpoint.invite(now, invite).map_err(io::Error::other)?;
        call.play(id).await?;
        println!("{}", serde_json::to_string(&call.report)?);
        Ok(())
    }

    fn invite(&self, offer: &Sdp) -> Option<Invite> {
        let uri = Uri::sip(Some(&self.called), "border.example", None).ok()?;
        let from = Uri::sip(Some("phong-hop"), "government.example", None).ok()?;
        Some(Invite {
            target: Target {
                transport: Transport::Tls,
                remote: self.gateway,
                listener: None,
                local: None,
                server_name: Some("border.example".to_owned()),
                sent_by: "government.example:5061".to_owned(),
                stream: None,
            },
            uri: uri.clone(),
            from: NameAddr::new(from),
            to: NameAddr::new(uri),
            contact: "sip:phong-hop@127.0.0.1:15061;transport=tls".parse().ok()?,
            offer: Some(Bytes::from(offer.to_bytes())),
            headers: Vec::new(),
        })
    }
}

struct Call {
    endpoint: Endpoint,
    wire: Wire,
    connector: TlsConnector,
    framer: Framer,
    offer: Sdp,
    socket: Arc<UdpSocket>,
    rng: Rng,
    report: Report,
    talk: Option<JoinHandle<Talk>>,
}

impl Call {
    async fn play(&mut self, id: InviteId) -> io::Result<()> {
        let mut hung_up = false;
        loop {
            while let Some(output) = self.endpoint.poll_output() {
                self.carry(output).await;
            }
            while let Some(event) = self.endpoint.poll_event() {
                if self.on_event(event) {
                    return Ok(());
                }
            }
            if self.talk.as_ref().is_some_and(JoinHandle::is_finished) {
                if let Some(talk) = self.talk.take() {
                    let talk = talk.await.map_err(io::Error::other)?;
                    (self.report.sent, self.report.heard) = (talk.sent, talk.heard);
                }
                let now = self.wire.now();
                self.endpoint.hang_up(now, id, None).map_err(io::Error::other)?;
                continue;
            }
            let soon = self.wire.now() + std::time::Duration::from_millis(50);
            let timeout = lhtt_core::time::soonest(self.endpoint.poll_timeout(), Some(soon));
            let input = self.wire.next(timeout).await;
            if let Input::Data { data, .. } = &input {
                self.framer.push(data);
                while let Some(framed) = self.framer.next() {
                    if let Framed::Message(message) = framed {
                        say(PEER, false, title(&message));
                        hung_up |= answers_bye(&message);
                    }
                }
            }
            self.endpoint.handle_input(self.wire.now(), input);
            if hung_up {
                return Ok(());
            }
        }
    }

    /// Whether the call is over.
    fn on_event(&mut self, event: Event) -> bool {
        match event {
            Event::Answered { status, sdp, .. } => {
                self.report.status = Some(status);
                let answer = sdp.and_then(|octets| Sdp::parse(&octets).ok());
                let stream = answer.and_then(|answer| accept_answer(&self.offer, &answer).ok());
                if let Some((remote, format)) =
                    stream.and_then(|stream| stream.send_to().zip(stream.formats.first().cloned()))
                {
                    let (socket, rng) = (self.socket.clone(), self.rng.fork());
                    self.talk =
                        Some(tokio::task::spawn_local(talk::talk(socket, remote, format.format.payload_type, rng)));
                }
                false
            }
            Event::Failed { status, response, .. } => {
                self.report.status = Some(status);
                self.report.warning = response.and_then(|response| response.headers.get("Warning").map(str::to_owned));
                true
            }
            Event::Forgotten { .. } | Event::Ended { .. } => true,
            _ => false,
        }
    }

    async fn carry(&mut self, output: Output) {
        match output {
            Output::Open { stream, remote, server_name, .. } => self.open(stream, remote, server_name).await,
            Output::Send { stream, data } => {
                if let Ok(message) = lhtt_sip::message::parse(data.clone()) {
                    say(PEER, true, title(&message));
                }
                self.wire.send(stream, data);
            }
            Output::Close { stream } => self.wire.close(stream),
            Output::Transmit { .. } | Output::Listen { .. } => {}
        }
    }

    async fn open(&mut self, stream: StreamId, remote: SocketAddr, server_name: Option<String>) {
        let opened = async {
            let tcp = TcpStream::connect(remote).await?;
            tcp.set_nodelay(true)?;
            let local = tcp.local_addr()?;
            let name = ServerName::try_from(server_name.unwrap_or_default()).map_err(io::Error::other)?;
            Ok::<_, io::Error>((self.connector.connect(name, tcp).await?, local))
        };
        let input = match opened.await {
            Ok((tls, local)) => {
                self.wire.attach(stream, tls);
                Input::Opened { stream, local, remote, tls: None }
            }
            Err(error) => Input::OpenFailed { stream, why: lhtt_core::io::OpenError::Tls(error.to_string()) },
        };
        self.endpoint.handle_input(self.wire.now(), input);
    }
}

/// The stack remembers the call a while longer, for what may still be repeated; this process need not.
fn answers_bye(message: &Message) -> bool {
    matches!(message, Message::Response(response) if response.headers.cseq().is_ok_and(|cseq| cseq.method == Method::Bye))
}

/// The start line, and what tells most of the rest.
fn title(message: &Message) -> String {
    match message {
        Message::Request(request) => format!("{} {}", request.method(), request.uri()),
        Message::Response(response) => {
            let cseq = response.headers.cseq().map(|cseq| cseq.method.to_string()).unwrap_or_default();
            let warning = response.headers.get("Warning").map(|warning| format!("  Warning: {warning}"));
            format!("{} {} ({cseq}){}", response.status(), response.reason(), warning.unwrap_or_default())
        }
    }
}

fn connector(keys: &Path) -> io::Result<TlsConnector> {
    let mut roots = rustls::RootCertStore::empty();
    for root in CertificateDer::pem_file_iter(keys.join("ca.crt")).map_err(io::Error::other)? {
        roots.add(root.map_err(io::Error::other)?).map_err(io::Error::other)?;
    }
    let chain = CertificateDer::pem_file_iter(keys.join("government.crt")).map_err(io::Error::other)?;
    let chain = chain.collect::<Result<Vec<_>, _>>().map_err(io::Error::other)?;
    let key = PrivateKeyDer::from_pem_file(keys.join("government.key")).map_err(io::Error::other)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_root_certificates(roots)
        .with_client_auth_cert(chain, key)
        .map_err(io::Error::other)?;
    Ok(TlsConnector::from(Arc::new(config)))
}

/// From the TLS provider's generator; nothing secret hangs on it.
pub(super) fn seed() -> [u8; 32] {
    let mut seed = [0; 32];
    let _ = rustls::crypto::ring::default_provider().secure_random.fill(&mut seed);
    seed
}

const PEER: &str = "government";
