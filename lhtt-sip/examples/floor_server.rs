//! A floor control server over UDP: one conference, users 1 to 9, floor 1 for whoever comes first, floor 2 of the chair, user 9.
//! Serves until it is killed.
//!
//! `cargo run -p lhtt-sip --example floor_server -- 127.0.0.1:3238 4321`: our address and the conference.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this is a driver: it owns the socket and the clock, which the library must not touch"
)]

use lhtt_core::io::{Input, ListenerId, Output};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Duration, Instant};
use lhtt_sip::bfcp::server::{Floor, Policy, Server, User};
use lhtt_sip::bfcp::{ConferenceId, FloorId, UserId};
use std::io::ErrorKind;
use std::net::UdpSocket;

/// Octets of the largest datagram.
const DATAGRAM_BYTES_MAX: usize = 65_535;

/// The longest and the shortest wait for the socket.
const IDLE: Duration = Duration::from_secs(1);
const SOONEST: Duration = Duration::from_millis(1);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [local, conference] = &words[..] else { return Err("LOCAL CONFERENCE".into()) };
    let (socket, conference) = (UdpSocket::bind(local)?, ConferenceId(conference.parse()?));
    let origin = std::time::Instant::now();
    let clock = || Instant::from_nanos(origin.elapsed().as_nanos() as u64);
    let mut server = Server::new(Rng::from_number(std::process::id().into()));
    let floors = vec![Floor::new(FloorId(1), Policy::Automatic), Floor::new(FloorId(2), Policy::Chair(UserId(9)))];
    server.add_conference(conference, floors)?;
    for user in 1..=9 {
        let display_name = Some(format!("user {user}"));
        server.add_user(conference, User { display_name, ..User::new(UserId(user)) })?;
    }
    let mut buffer = vec![0; DATAGRAM_BYTES_MAX];
    loop {
        // 1. Wait for the network, at most until the server's next deadline.
        let wait = server.poll_timeout().map_or(IDLE, |at| at - clock()).clamp(SOONEST, IDLE);
        socket.set_read_timeout(Some(wait))?;
        let input = match socket.recv_from(&mut buffer) {
            Ok((length, remote)) => {
                Input::Datagram { listener: ListenerId(0), remote, data: buffer[..length].to_vec().into() }
            }
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => Input::Timeout,
            Err(error) => return Err(error.into()),
        };
        // 2. Say what happened. A busy socket must not keep deadlines waiting.
        server.handle_input(clock(), input);
        if server.poll_timeout().is_some_and(|at| at <= clock()) {
            server.handle_input(clock(), Input::Timeout);
        }
        // 3. Carry out what it wants, and print what it tells.
        while let Some(output) = server.poll_output() {
            if let Output::Transmit { remote, data, .. } = output {
                socket.send_to(&data, remote)?;
            }
        }
        while let Some(event) = server.poll_event() {
            println!("{event:?}");
        }
    }
}
