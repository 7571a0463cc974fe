//! A UDP listener: drained until it would block, sent on directly.
#![allow(clippy::disallowed_types, reason = "the driver owns sockets")]

use super::super::counters::{Counters, count};
use super::bind;
use super::inbox::{Happened, Inbox};
use crate::settings::{Listener, Network as Range};
use lhtt_core::io::ListenerId;
use std::io;
use std::net::{SocketAddr, UdpSocket};
use std::rc::Rc;
use std::sync::Arc;
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

/// One socket.
#[derive(Debug)]
pub(super) struct Udp {
    /// Watched for what arrives alone: whoever also asks for room to send is woken by each datagram that has left.
    socket: AsyncFd<UdpSocket>,
    listener: ListenerId,
    sources: Option<Vec<Range>>,
}

/// Binds it and reads it in a task of the core thread.
pub(super) fn listen(
    listener: &Listener,
    sources: Option<Vec<Range>>,
    inbox: &Rc<Inbox>,
    counters: &Arc<Counters>,
) -> io::Result<Rc<Udp>> {
    let socket = watch(bind::datagrams(listener.local)?)?;
    let udp = Rc::new(Udp { socket, listener: listener.id, sources });
    tokio::task::spawn_local(receive(udp.clone(), inbox.clone(), counters.clone()));
    Ok(udp)
}

#[expect(
    deprecated,
    reason = "its replacement is unsafe; what it asks for, a descriptor that stays open, is what a socket is"
)]
fn watch(socket: UdpSocket) -> io::Result<AsyncFd<UdpSocket>> {
    AsyncFd::with_interest(socket, Interest::READABLE)
}

impl Udp {
    /// Sends now or not at all.
    pub(super) fn send(&self, remote: SocketAddr, data: &[u8]) -> io::Result<()> {
        self.socket.get_ref().send_to(data, remote).map(|_| ())
    }

    fn is_heard(&self, remote: SocketAddr) -> bool {
        self.sources.as_ref().is_none_or(|ranges| ranges.iter().any(|range| range.contains(remote.ip())))
    }

    /// Takes what is there, up to a share; whether there may be more.
    fn drain(&self, inbox: &Inbox, counters: &Counters) -> bool {
        for _ in 0..DATAGRAMS_PER_TURN {
            match inbox.read(|buffer| self.socket.get_ref().recv_from(buffer)) {
                Ok((data, remote)) if self.is_heard(remote) => {
                    if !data.is_empty() {
                        inbox.push(Happened::Datagram { listener: self.listener, remote, data });
                    }
                }
                Ok(_) => count(&counters.foreign_source),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return false,
                Err(_) => {} // an ICMP error of an earlier send; the socket lives
            }
        }
        true
    }
}

async fn receive(udp: Rc<Udp>, inbox: Rc<Inbox>, counters: Arc<Counters>) {
    loop {
        let Ok(mut ready) = udp.socket.readable().await else {
            tracing::error!(listener = udp.listener.0, "a UDP listener failed");
            return;
        };
        while udp.drain(&inbox, &counters) {
            tokio::task::yield_now().await;
        }
        ready.clear_ready();
    }
}

/// Datagrams taken before the core has its turn.
const DATAGRAMS_PER_TURN: usize = 64;
