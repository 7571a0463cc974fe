//! A UDP listener: drained until it would block, sent on directly.

use super::super::counters::{Counters, count};
use super::bind;
use super::inbox::{Happened, Inbox};
use crate::settings::{Listener, Network as Range};
use lhtt_core::io::ListenerId;
use socket2::SockRef;
use std::io;
use std::net::SocketAddr;
use std::rc::Rc;
use std::sync::Arc;
use tokio::net::UdpSocket;

/// One socket.
#[derive(Debug)]
pub(super) struct Udp {
    socket: UdpSocket,
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
    let udp = Rc::new(Udp { socket: bind::datagrams(listener.local)?, listener: listener.id, sources });
    tokio::task::spawn_local(receive(udp.clone(), inbox.clone(), counters.clone()));
    Ok(udp)
}

impl Udp {
    /// Sends now or not at all. The system is asked, not the runtime, which knows of a new socket only after a turn.
    pub(super) fn send(&self, remote: SocketAddr, data: &[u8]) -> io::Result<()> {
        SockRef::from(&self.socket).send_to(data, &remote.into()).map(|_| ())
    }

    fn is_heard(&self, remote: SocketAddr) -> bool {
        self.sources.as_ref().is_none_or(|ranges| ranges.iter().any(|range| range.contains(remote.ip())))
    }

    /// Takes what is there, up to a share; whether there may be more.
    fn drain(&self, inbox: &Inbox, counters: &Counters) -> bool {
        for _ in 0..DATAGRAMS_PER_TURN {
            match inbox.read(|buffer| self.socket.try_recv_from(buffer)) {
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
        if udp.socket.readable().await.is_err() {
            tracing::error!(listener = udp.listener.0, "a UDP listener failed");
            return;
        }
        while udp.drain(&inbox, &counters) {
            tokio::task::yield_now().await;
        }
    }
}

/// Datagrams taken before the core has its turn.
const DATAGRAMS_PER_TURN: usize = 64;
