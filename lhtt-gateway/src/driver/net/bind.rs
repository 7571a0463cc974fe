//! Binds sockets with the options that matter: reuse after a restart, room for bursts, no waiting.

use socket2::{Domain, Protocol, Socket, Type};
use std::io;
use std::net::{IpAddr, SocketAddr};
use tokio::net::{TcpListener, TcpSocket, UdpSocket};

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
    UdpSocket::from_std(socket.into())
}

/// A TCP socket to connect from.
pub(super) fn outgoing(remote: SocketAddr, local: Option<IpAddr>) -> io::Result<TcpSocket> {
    let socket = if remote.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    if let Some(local) = local {
        socket.bind(SocketAddr::new(local, 0))?;
    }
    Ok(socket)
}

/// 4 MiB: some thousand messages that arrive while one handshake or one fsync is waited for.
const RECEIVE_BUFFER_OCTETS: usize = 4 << 20;
