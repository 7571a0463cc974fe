//! TLS streams on a thread of their own: handshakes, and the octets in between.
//!
//! The core thread hands over a connection or asks for one; it gets [`Happened`] back through a channel whose bound
//! holds a fast peer back. Leaves out: whom a certificate makes the peer.
#![allow(clippy::disallowed_methods, reason = "the driver owns threads")]

use super::super::counters::{Counters, count};
use super::super::tls::{Role, Tls, identity};
use super::bind;
use super::inbox::Happened;
use super::plain;
use crate::config::StreamLimits;
use bytes::{Bytes, BytesMut};
use lhtt_core::io::{Closed, OpenError, StreamId, TlsIdentity};
use rustls::pki_types::{CertificateDer, ServerName};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;
use tokio_rustls::{TlsAcceptor, TlsConnector, TlsStream};

/// The thread. Dropping it drops its streams.
#[derive(Debug)]
pub(crate) struct Secure {
    runtime: Handle,
    shared: Arc<Shared>,
    _stop: oneshot::Sender<()>,
}

#[derive(Debug)]
struct Shared {
    tls: Tls,
    limits: StreamLimits,
    happened: mpsc::Sender<Happened>,
    counters: Arc<Counters>,
}

/// The core thread's end of one stream.
#[derive(Debug)]
pub(super) struct SecureStream {
    out: mpsc::UnboundedSender<Out>,
    queued: Arc<AtomicUsize>,
}

#[derive(Debug)]
enum Out {
    Data(Bytes),
    Close,
    Reset,
}

/// The thread's end of one stream.
struct Side {
    stream: StreamId,
    out: mpsc::UnboundedReceiver<Out>,
    queued: Arc<AtomicUsize>,
    shared: Arc<Shared>,
}

impl SecureStream {
    /// Queues octets; how many are queued now.
    pub(super) fn queue(&self, data: Bytes) -> usize {
        let octets = data.len();
        let before = self.queued.fetch_add(octets, Ordering::Relaxed);
        // The other end is gone only where the stream is, which is reported already.
        let _ = self.out.send(Out::Data(data));
        before + octets
    }

    /// Finishes in good order.
    pub(super) fn close(&self) {
        let _ = self.out.send(Out::Close);
    }

    /// Drops it at once.
    pub(super) fn reset(&self) {
        let _ = self.out.send(Out::Reset);
    }
}

impl Secure {
    /// Starts the thread.
    ///
    /// # Errors
    /// What the operating system says where it gives no thread.
    pub(crate) fn start(
        tls: Tls,
        limits: StreamLimits,
        happened: mpsc::Sender<Happened>,
        counters: Arc<Counters>,
    ) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel();
        let run = move || {
            let _ = runtime.block_on(stopped);
        };
        std::thread::Builder::new().name("tls".into()).spawn(run)?;
        Ok(Self { runtime: handle, shared: Arc::new(Shared { tls, limits, happened, counters }), _stop: stop })
    }

    /// Does the handshake of a connection that was accepted; none if it is gone already.
    pub(super) fn accept(
        &self,
        stream: StreamId,
        tcp: TcpStream,
        local: SocketAddr,
        remote: SocketAddr,
    ) -> Option<SecureStream> {
        let tcp = tcp.into_std().ok()?;
        let (ours, side) = self.pair(stream);
        self.runtime.spawn(async move {
            let handshake = async {
                let tcp = TcpStream::from_std(tcp)?;
                bind::tune(&tcp);
                TlsAcceptor::from(side.shared.tls.server.clone()).accept(tcp).await
            };
            let done = timeout(side.shared.limits.handshake, handshake).await;
            match done.map_err(|_| io::ErrorKind::TimedOut.into()).and_then(|done| done) {
                Ok(tls) => side.serve(TlsStream::from(tls), local, remote, Role::Client).await,
                Err(error) => side.refuse(&error, remote).await,
            }
        });
        Some(ours)
    }

    /// Connects and does the handshake.
    pub(super) fn connect(
        &self,
        stream: StreamId,
        remote: SocketAddr,
        local: Option<IpAddr>,
        server_name: Option<String>,
    ) -> SecureStream {
        let (ours, side) = self.pair(stream);
        self.runtime.spawn(async move {
            match side.shared.connected(remote, local, server_name).await {
                Ok((tls, local)) => side.serve(tls, local, remote, Role::Server).await,
                Err(why) => side.fail(why).await,
            }
        });
        ours
    }

    fn pair(&self, stream: StreamId) -> (SecureStream, Side) {
        let (sender, out) = mpsc::unbounded_channel();
        let queued = Arc::new(AtomicUsize::new(0));
        let side = Side { stream, out, queued: queued.clone(), shared: self.shared.clone() };
        (SecureStream { out: sender, queued }, side)
    }
}

impl Shared {
    async fn connected(
        &self,
        remote: SocketAddr,
        local: Option<IpAddr>,
        server_name: Option<String>,
    ) -> Result<(TlsStream<TcpStream>, SocketAddr), OpenError> {
        let name = server_name.ok_or_else(|| OpenError::Tls("no server name to verify".into()))?;
        let config = self.tls.client(&name).ok_or_else(|| OpenError::Tls(format!("no neighbour is called {name}")))?;
        let name = ServerName::try_from(name).map_err(|error| OpenError::Tls(error.to_string()))?;
        let tcp = plain::connected(remote, local, self.limits.connect).await?;
        bind::tune(&tcp);
        let local = tcp.local_addr().map_err(|_| OpenError::Local)?;
        match timeout(self.limits.handshake, TlsConnector::from(config).connect(name, tcp)).await {
            Ok(Ok(tls)) => Ok((TlsStream::from(tls), local)),
            Ok(Err(error)) => {
                count(fault_counter(&self.counters, &error));
                Err(OpenError::Tls(error.to_string()))
            }
            Err(_) => {
                count(&self.counters.tls_timed_out);
                Err(OpenError::TimedOut)
            }
        }
    }

    fn identity(&self, tls: &TlsStream<TcpStream>, role: Role) -> Option<Box<TlsIdentity>> {
        let (_, state) = tls.get_ref();
        let chain: &[CertificateDer<'_>] = state.peer_certificates()?;
        let mut identity = identity(chain.first()?)?;
        identity.anchors = self.tls.verified_by(chain, role);
        Some(Box::new(identity))
    }
}

impl Side {
    async fn refuse(self, error: &io::Error, remote: SocketAddr) {
        count(match error.kind() {
            io::ErrorKind::TimedOut => &self.shared.counters.tls_timed_out,
            _ => fault_counter(&self.shared.counters, error),
        });
        tracing::info!(%remote, %error, "TLS handshake refused");
        self.fail(OpenError::Tls(error.to_string())).await;
    }

    async fn fail(self, why: OpenError) {
        self.report(Happened::Failed { stream: self.stream, why }).await;
    }

    async fn report(&self, happened: Happened) {
        // The core thread ends before this one, and then nobody asks.
        let _ = self.shared.happened.send(happened).await;
    }

    async fn serve(mut self, tls: TlsStream<TcpStream>, local: SocketAddr, remote: SocketAddr, role: Role) {
        let Some(identity) = self.shared.identity(&tls, role) else {
            count(&self.shared.counters.tls_no_certificate);
            return self.fail(OpenError::Tls("the peer's certificate cannot be read".into())).await;
        };
        let stream = self.stream;
        self.report(Happened::Up { stream, local, remote, tls: Some(identity) }).await;
        let (reader, writer) = tokio::io::split(tls);
        let (shared, queued) = (self.shared.clone(), self.queued.clone());
        let why = tokio::select! {
            why = read(stream, reader, &shared.happened) => why,
            why = write(writer, &mut self.out, &queued) => why,
        };
        self.report(Happened::Closed { stream, why }).await;
    }
}

/// Reads until the end.
async fn read(stream: StreamId, mut reader: impl AsyncRead + Unpin, happened: &mpsc::Sender<Happened>) -> Closed {
    let mut buffer = BytesMut::new();
    loop {
        buffer.reserve(READ_OCTETS);
        match reader.read_buf(&mut buffer).await {
            Ok(0) => return Closed::Finished,
            Ok(_) => {
                let data = Bytes::copy_from_slice(&buffer);
                buffer.clear();
                if happened.send(Happened::Data { stream, data }).await.is_err() {
                    return Closed::Reset;
                }
            }
            // A peer that closes without close_notify has closed all the same; nothing here is framed by the close.
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Closed::Finished,
            Err(_) => return Closed::Reset,
        }
    }
}

/// Writes what is queued, several pieces at once, until told to end.
async fn write(
    mut writer: impl AsyncWrite + Unpin,
    out: &mut mpsc::UnboundedReceiver<Out>,
    queued: &AtomicUsize,
) -> Closed {
    let mut buffer = BytesMut::new();
    loop {
        let mut next = out.recv().await;
        let mut ends = false;
        while let Some(piece) = next.take() {
            match piece {
                Out::Data(data) => buffer.extend_from_slice(&data),
                Out::Close => ends = true,
                Out::Reset => return Closed::Reset,
            }
            next = out.try_recv().ok();
        }
        let all = async {
            writer.write_all(&buffer).await?;
            writer.flush().await
        };
        if !matches!(timeout(WRITE, all).await, Ok(Ok(()))) {
            return Closed::Reset;
        }
        queued.fetch_sub(buffer.len(), Ordering::Relaxed);
        buffer.clear();
        if ends || out.is_closed() {
            let _ = timeout(LINGER, writer.shutdown()).await;
            return Closed::Finished;
        }
    }
}

/// What a failed handshake counts as.
fn fault_counter<'a>(counters: &'a Counters, error: &io::Error) -> &'a std::sync::atomic::AtomicU64 {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        Some(rustls::Error::NoCertificatesPresented) => &counters.tls_no_certificate,
        Some(rustls::Error::InvalidCertificate(_) | rustls::Error::General(_)) => &counters.tls_untrusted,
        _ => &counters.tls_failed,
    }
}

/// Room for one TLS record.
const READ_OCTETS: usize = 16 * 1024;

/// How long a peer may take no octet before the stream is reset.
const WRITE: Duration = Duration::from_secs(30);

/// How long a peer has for the close.
const LINGER: Duration = Duration::from_secs(2);
