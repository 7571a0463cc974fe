//! Binds sockets with the options that matter: reuse after a restart, room for bursts, no waiting.
#![allow(clippy::disallowed_types, reason = "the driver owns sockets")]

use socket2::{Domain, Protocol, SockRef, Socket, TcpKeepalive, Type};
use std::io;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket, TcpStream};

/// A TCP listener.
pub(super) fn listener(local: SocketAddr, backlog: i32) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(local), Type::STREAM, Some(Protocol::TCP))?;
    // Connections of the last run may still be in TIME_WAIT.
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&local.into())?;
    socket.listen(backlog)?;
    TcpListener::from_std(socket.into())
}

/// A UDP socket with room for a burst.
pub(super) fn datagrams(local: SocketAddr) -> io::Result<UdpSocket> {
    let socket = Socket::new(Domain::for_address(local), Type::DGRAM, Some(Protocol::UDP))?;
    // The system may give less; more than it gives helps nobody.
    let _ = socket.set_recv_buffer_size(RECEIVE_BUFFER_OCTETS);
    let _ = socket.set_send_buffer_size(RECEIVE_BUFFER_OCTETS);
    socket.set_nonblocking(true)?;
    socket.bind(&local.into())?;
    Ok(socket.into())
}

/// A TCP socket to connect from.
pub(super) fn outgoing(remote: SocketAddr, local: Option<IpAddr>) -> io::Result<TcpSocket> {
    let socket = if remote.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    if let Some(local) = local {
        socket.bind(SocketAddr::new(local, 0))?;
    }
    Ok(socket)
}

/// Sets up a connected socket: messages are small and waited for, and a peer that vanished without a word is noticed.
pub(super) fn tune(tcp: &TcpStream) {
    let _ = tcp.set_nodelay(true);
    let keepalive =
        TcpKeepalive::new().with_time(KEEPALIVE_AFTER).with_interval(KEEPALIVE_EVERY).with_retries(KEEPALIVES);
    let _ = SockRef::from(tcp).set_tcp_keepalive(&keepalive);
}

/// A call whose signalling has been silent so long is asked for: two minutes until a dead peer's ports come back.
const KEEPALIVE_AFTER: Duration = Duration::from_secs(60);
const KEEPALIVE_EVERY: Duration = Duration::from_secs(15);
const KEEPALIVES: u32 = 4;

/// 4 MiB: some thousand messages that arrive while one handshake or one fsync is waited for.
const RECEIVE_BUFFER_OCTETS: usize = 4 << 20;
