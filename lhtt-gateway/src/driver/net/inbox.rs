//! What has happened and was not handled yet, in order: filled by tasks of the core thread.

use bytes::Bytes;
use lhtt_core::io::{Closed, ListenerId, OpenError, StreamId, TlsIdentity};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Poll, ready};
use tokio::io::{AsyncRead, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::Notify;

/// Something that happened on a socket.
#[derive(Debug)]
pub(crate) enum Happened {
    Datagram {
        listener: ListenerId,
        remote: SocketAddr,
        data: Bytes,
    },
    /// A connection to a listener, before anything was said on it.
    Incoming {
        listener: ListenerId,
        tcp: TcpStream,
        remote: SocketAddr,
    },
    /// A TLS stream is up, accepted or opened.
    Up {
        stream: StreamId,
        local: SocketAddr,
        remote: SocketAddr,
        tls: Option<Box<TlsIdentity>>,
    },
    /// A plain stream that was asked for is up.
    PlainUp {
        stream: StreamId,
        tcp: TcpStream,
        remote: SocketAddr,
    },
    /// A stream will not come up.
    Failed {
        stream: StreamId,
        why: OpenError,
    },
    Data {
        stream: StreamId,
        data: Bytes,
    },
    Closed {
        stream: StreamId,
        why: Closed,
    },
}

/// The queue, and the buffer that all readers of the core thread read into.
#[derive(Debug)]
pub(crate) struct Inbox {
    queue: RefCell<VecDeque<Happened>>,
    waiting: Cell<bool>,
    arrived: Notify,
    scratch: RefCell<Box<[u8]>>,
}

impl Default for Inbox {
    fn default() -> Self {
        Self {
            queue: RefCell::default(),
            waiting: Cell::new(false),
            arrived: Notify::new(),
            scratch: RefCell::new(vec![0; SCRATCH_OCTETS].into_boxed_slice()),
        }
    }
}

impl Inbox {
    /// Adds something.
    pub(crate) fn push(&self, happened: Happened) {
        self.queue.borrow_mut().push_back(happened);
        if self.waiting.replace(false) {
            self.arrived.notify_one();
        }
    }

    /// The oldest.
    pub(crate) fn pop(&self) -> Option<Happened> {
        self.queue.borrow_mut().pop_front()
    }

    /// Waits until there is something. May return early.
    pub(crate) async fn arrived(&self) {
        if self.queue.borrow().is_empty() {
            self.waiting.set(true);
            self.arrived.notified().await;
        }
    }

    /// Reads from a stream with the shared buffer, at most so many octets; none is the end.
    pub(super) async fn read_from(&self, reader: &mut (impl AsyncRead + Unpin), most: usize) -> io::Result<Bytes> {
        poll_fn(|context| {
            let mut scratch = self.scratch.borrow_mut();
            let mut buffer = ReadBuf::new(&mut scratch[..most.min(SCRATCH_OCTETS)]);
            let read = ready!(Pin::new(&mut *reader).poll_read(context, &mut buffer));
            Poll::Ready(read.map(|()| Bytes::copy_from_slice(buffer.filled())))
        })
        .await
    }

    /// Reads with the shared buffer: what `read` left in it is copied out, in its exact size.
    pub(super) fn read<T>(&self, read: impl FnOnce(&mut [u8]) -> io::Result<(usize, T)>) -> io::Result<(Bytes, T)> {
        let mut scratch = self.scratch.borrow_mut();
        let (octets, with) = read(&mut scratch)?;
        Ok((Bytes::copy_from_slice(&scratch[..octets]), with))
    }
}

/// The largest datagram there can be.
const SCRATCH_OCTETS: usize = 65_536;
