//! A floor control client over UDP: asks for a floor, holds it, gives it back, leaves. Shows how a driver runs [`Client`].
//!
//! `cargo run -p lhtt-sip --example floor_client -- 127.0.0.2:3238 127.0.0.1:3238 4321 1 1`: our address, the server's, conference, user,
//! floor. A server is the example `floor_server`.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this is a driver: it owns the socket and the clock, which the library must not touch"
)]

use lhtt_core::io::{Input, ListenerId, Output};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Duration, Instant};
use lhtt_sip::bfcp::client::{Client, Config, Event, FloorRequest, Gone, Misuse};
use lhtt_sip::bfcp::{ConferenceId, FloorId, Path, RequestStatus, UserId};
use std::io::ErrorKind;
use std::net::{SocketAddr, UdpSocket};

/// Octets of the largest datagram.
const DATAGRAM_BYTES_MAX: usize = 65_535;

/// The longest and the shortest wait for the socket.
const IDLE: Duration = Duration::from_secs(1);
const SOONEST: Duration = Duration::from_millis(1);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [local, remote, conference, user, floor] = &words[..] else {
        return Err("LOCAL SERVER CONFERENCE USER FLOOR".into());
    };
    let socket = UdpSocket::bind(local)?;
    let (remote, floor): (SocketAddr, _) = (remote.parse()?, FloorId(floor.parse()?));
    let config = Config {
        path: Path::Datagrams { listener: ListenerId(0), remote },
        conference: ConferenceId(conference.parse()?),
        user: UserId(user.parse()?),
        keep_alive: Duration::from_secs(25),
    };
    let origin = std::time::Instant::now();
    let clock = || Instant::from_nanos(origin.elapsed().as_nanos() as u64);
    let mut client = Client::new(clock(), config, Rng::from_number(std::process::id().into()));
    client.query_user(clock(), None)?;
    client.query_floors(clock(), vec![floor])?;
    client.request_floors(clock(), FloorRequest::of(vec![floor]))?;
    let mut buffer = vec![0; DATAGRAM_BYTES_MAX];
    loop {
        // 1. Carry out what it wants, then act on what it tells; acting may give more to carry out.
        while let Some(event) = client.poll_event() {
            println!("{event:?}");
            if let Event::Gone(gone) = event {
                send(&socket, &mut client)?;
                return if gone == Gone::Left { Ok(()) } else { Err(format!("{gone:?}").into()) };
            }
            on_event(clock(), &mut client, &event)?;
        }
        send(&socket, &mut client)?;
        // 2. Wait for the network, at most until the client's next deadline.
        let wait = client.poll_timeout().map_or(IDLE, |at| at - clock()).clamp(SOONEST, IDLE);
        socket.set_read_timeout(Some(wait))?;
        let input = match socket.recv_from(&mut buffer) {
            Ok((length, remote)) => {
                Input::Datagram { listener: ListenerId(0), remote, data: buffer[..length].to_vec().into() }
            }
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => Input::Timeout,
            Err(error) => return Err(error.into()),
        };
        // 3. Say what happened. Incoming datagrams must not keep deadlines waiting.
        client.handle_input(clock(), input);
        if client.poll_timeout().is_some_and(|at| at <= clock()) {
            client.handle_input(clock(), Input::Timeout);
        }
    }
}

/// A floor that is granted is given back; a request that is over ends the visit.
fn on_event(now: Instant, client: &mut Client, event: &Event) -> Result<(), Misuse> {
    let Event::Request { information, .. } = event else { return Ok(()) };
    match information.overall.status {
        Some(RequestStatus::Granted) => client.release(now, information.request).map(|_| ()),
        Some(status) if !status.is_ongoing() => {
            client.leave(now);
            Ok(())
        }
        _ => Ok(()),
    }
}

fn send(socket: &UdpSocket, client: &mut Client) -> std::io::Result<()> {
    while let Some(output) = client.poll_output() {
        if let Output::Transmit { remote, data, .. } = output {
            socket.send_to(&data, remote)?;
        }
    }
    Ok(())
}
