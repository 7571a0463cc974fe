//! Plain streams on the core thread: one task a stream reads it, and writes what did not leave at once.

use super::bind;
use super::inbox::{Happened, Inbox};
use bytes::{Buf, BytesMut};
use lhtt_core::io::{Closed, ListenerId, OpenError, StreamId};
use lhtt_core::time::Duration;
use std::cell::{Cell, RefCell};
use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::time::timeout;

/// One connection.
#[derive(Debug)]
pub(super) struct Plain {
    writer: OwnedWriteHalf,
    out: RefCell<BytesMut>,
    state: Cell<State>,
    /// Something changed that the task must see.
    poke: Notify,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Open,
    /// We finish; what is queued still leaves.
    Closing,
    /// Dropped at once.
    Reset,
}

/// Serves a connection; its task reports what it reads, and its end.
pub(super) fn serve(stream: StreamId, tcp: TcpStream, inbox: Rc<Inbox>) -> Rc<Plain> {
    bind::tune(&tcp);
    let (mut reader, writer) = tcp.into_split();
    let out = RefCell::new(BytesMut::new());
    let plain = Rc::new(Plain { writer, out, state: Cell::new(State::Open), poke: Notify::new() });
    let served = plain.clone();
    tokio::task::spawn_local(async move {
        let ended = served.run(stream, &mut reader, &inbox).await;
        match (served.state.get(), ended) {
            (State::Open, Ok(why)) => inbox.push(Happened::Closed { stream, why }),
            (State::Open, Err(_)) => inbox.push(Happened::Closed { stream, why: Closed::Reset }),
            (State::Closing, Ok(_)) => {
                let _ = timeout(LINGER, linger(served, reader, inbox)).await;
            }
            (State::Closing, Err(_)) => {}
            // With a zero linger time the close sends RST.
            (State::Reset, _) => {
                let _ = socket2::SockRef::from(reader.as_ref()).set_linger(Some(Duration::ZERO));
            }
        }
    });
    plain
}

impl Plain {
    /// Queues octets; how many are queued now.
    pub(super) fn queue(&self, data: &[u8]) -> usize {
        let mut out = self.out.borrow_mut();
        out.extend_from_slice(data);
        out.len()
    }

    /// Writes what it can; the task does the rest.
    pub(super) fn flush(&self) {
        if !matches!(self.write(), Ok(true)) {
            self.poke.notify_one();
        }
    }

    /// Finishes in good order.
    pub(super) fn close(&self) {
        self.state.set(State::Closing);
        let _ = self.write();
        self.poke.notify_one();
    }

    /// Drops it at once.
    pub(super) fn reset(&self) {
        self.state.set(State::Reset);
        self.poke.notify_one();
    }

    /// Writes until all is written (true) or the system takes no more.
    fn write(&self) -> io::Result<bool> {
        let mut out = self.out.borrow_mut();
        while !out.is_empty() {
            match self.writer.try_write(&out) {
                Ok(written) => out.advance(written),
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(false),
                Err(error) => return Err(error),
            }
        }
        if out.capacity() > KEEP_OCTETS {
            *out = BytesMut::new();
        }
        Ok(true)
    }

    async fn run(&self, stream: StreamId, reader: &mut OwnedReadHalf, inbox: &Inbox) -> io::Result<Closed> {
        loop {
            let is_written = self.write()?;
            match self.state.get() {
                State::Reset => return Ok(Closed::Reset),
                State::Closing if is_written => return Ok(Closed::Finished),
                State::Closing | State::Open => {}
            }
            tokio::select! {
                data = inbox.read_from(reader, READ_OCTETS) => {
                    let data = data?;
                    if data.is_empty() {
                        return Ok(Closed::Finished);
                    }
                    if self.state.get() == State::Open {
                        inbox.push(Happened::Data { stream, data });
                    }
                }
                writable = self.writer.writable(), if !is_written => writable?,
                () = self.poke.notified() => {}
            }
        }
    }
}

/// Says that we are done, and reads to the end: closing with unread octets would turn what we sent into a reset.
async fn linger(plain: Rc<Plain>, mut reader: OwnedReadHalf, inbox: Rc<Inbox>) -> io::Result<()> {
    // The last owner of the writing half says so.
    drop(plain);
    while !inbox.read_from(&mut reader, READ_OCTETS).await?.is_empty() {}
    Ok(())
}

/// Takes connections of a listener for ever.
pub(super) async fn accept(socket: TcpListener, listener: ListenerId, inbox: Rc<Inbox>) {
    loop {
        match socket.accept().await {
            Ok((tcp, remote)) => inbox.push(Happened::Incoming { listener, tcp, remote }),
            Err(error) => {
                // Out of descriptors, most likely: others must close first.
                tracing::warn!(%error, listener = listener.0, "cannot take a connection");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

/// Takes one connection from one host, then listens no more.
pub(super) async fn accept_one(stream: StreamId, socket: TcpListener, from: IpAddr, inbox: Rc<Inbox>) {
    let wanted = async {
        loop {
            if let Ok((tcp, remote)) = socket.accept().await
                && remote.ip().to_canonical() == from.to_canonical()
            {
                return (tcp, remote);
            }
        }
    };
    inbox.push(match timeout(LISTEN, wanted).await {
        Ok((tcp, remote)) => Happened::PlainUp { stream, tcp, remote },
        Err(_) => Happened::Failed { stream, why: OpenError::TimedOut },
    });
}

/// Connects, and reports how it went.
pub(super) async fn connect(
    stream: StreamId,
    remote: SocketAddr,
    local: Option<IpAddr>,
    within: Duration,
    inbox: Rc<Inbox>,
) {
    inbox.push(match connected(remote, local, within).await {
        Ok(tcp) => Happened::PlainUp { stream, tcp, remote },
        Err(why) => Happened::Failed { stream, why },
    });
}

/// A connection, or why there is none.
pub(super) async fn connected(
    remote: SocketAddr,
    local: Option<IpAddr>,
    within: Duration,
) -> Result<TcpStream, OpenError> {
    let socket = bind::outgoing(remote, local).map_err(|_| OpenError::Local)?;
    match timeout(within, socket.connect(remote)).await {
        Ok(Ok(tcp)) => Ok(tcp),
        Ok(Err(error)) => Err(match error.kind() {
            ErrorKind::ConnectionRefused => OpenError::Refused,
            ErrorKind::TimedOut => OpenError::TimedOut,
            ErrorKind::AddrInUse | ErrorKind::AddrNotAvailable | ErrorKind::PermissionDenied => OpenError::Local,
            _ => OpenError::Unreachable,
        }),
        Err(_) => Err(OpenError::TimedOut),
    }
}

/// Octets read before the core has its turn.
const READ_OCTETS: usize = 16 * 1024;

/// A write buffer that grew beyond this is given back once empty.
const KEEP_OCTETS: usize = 4 * 1024;

/// How long a peer has to close after we did.
const LINGER: Duration = Duration::from_secs(2);

/// How long a single listener waits; the protocols give up earlier.
const LISTEN: Duration = Duration::from_secs(60);

/// How long no connection is taken after the system refused one.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);
