//! A callee on UDP: answers every call with 200 until it is killed. Shows how a driver runs an endpoint.
//!
//! `cargo run -p lhtt-sip --example uas --release -- 127.0.0.1:5060`, then for instance
//! `sipp -sn uac 127.0.0.1:5060 -i 127.0.0.1`.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this is a driver: it owns the socket and the clock, which the library must not touch"
)]

use lhtt_core::io::{Input, ListenerId, Output, Transport};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Duration, Instant};
use lhtt_sip::{Config, Endpoint, Event, Misuse};
use std::io::ErrorKind;
use std::net::UdpSocket;

const ANSWER: &str =
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\n";

/// Octets of the largest datagram.
const DATAGRAM_BYTES_MAX: usize = 65_535;

/// How long the socket is waited for if the endpoint has no deadline.
const IDLE: Duration = Duration::from_secs(1);

/// The shortest wait that a socket takes.
const SOONEST: Duration = Duration::from_millis(1);

/// How often the counters are printed.
const REPORT: Duration = Duration::from_secs(10);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:5060".to_owned());
    let socket = UdpSocket::bind(&address)?;
    let origin = std::time::Instant::now();
    let clock = || Instant::from_nanos(origin.elapsed().as_nanos() as u64);
    let mut endpoint = Endpoint::new(Config::new(1), Rng::from_number(std::process::id().into()));
    endpoint.listener(ListenerId(0), Transport::Udp, socket.local_addr()?.to_string());
    println!("answers calls at sip:{address}");
    let mut buffer = vec![0; DATAGRAM_BYTES_MAX];
    let (mut calls, mut reported) = (0_u64, Instant::ZERO);
    loop {
        // 1. Wait for the network, at most until the endpoint's next deadline.
        let wait = endpoint.poll_timeout().map_or(IDLE, |at| at - clock()).clamp(SOONEST, IDLE);
        socket.set_read_timeout(Some(wait))?;
        let input = match socket.recv_from(&mut buffer) {
            Ok((length, remote)) => {
                Input::Datagram { listener: ListenerId(0), remote, data: buffer[..length].to_vec().into() }
            }
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => Input::Timeout,
            Err(error) => return Err(error.into()),
        };
        // 2. Say what happened. A busy socket must not keep deadlines waiting.
        let now = clock();
        endpoint.handle_input(now, input);
        if endpoint.poll_timeout().is_some_and(|at| at <= now) {
            endpoint.handle_input(now, Input::Timeout);
        }
        // 3. Carry out what it wants, then act on what it tells; acting may give more to carry out.
        carry_out(&mut endpoint, &socket)?;
        while let Some(event) = endpoint.poll_event() {
            calls += u64::from(matches!(event, Event::Incoming { .. }));
            if let Err(misuse) = act(&mut endpoint, now, event) {
                eprintln!("{misuse}");
            }
            carry_out(&mut endpoint, &socket)?;
        }
        if now - reported >= REPORT {
            println!("{calls} calls, {} sessions, {} transactions", endpoint.sessions(), endpoint.transactions());
            reported = now;
        }
    }
}

fn carry_out(endpoint: &mut Endpoint, socket: &UdpSocket) -> std::io::Result<()> {
    while let Some(output) = endpoint.poll_output() {
        if let Output::Transmit { remote, data, .. } = output {
            socket.send_to(&data, remote)?;
        }
    }
    Ok(())
}

fn act(endpoint: &mut Endpoint, now: Instant, event: Event) -> Result<(), Misuse> {
    match event {
        Event::Incoming { id, .. } => {
            endpoint.provisional(now, id, 180, None)?;
            endpoint.accept(now, id, ANSWER.into())
        }
        Event::Renegotiate { id, .. } => endpoint.accept(now, id, ANSWER.into()),
        Event::Malformed { source, fault } => {
            eprintln!("from {}: {fault}", source.remote);
            Ok(())
        }
        _ => Ok(()),
    }
}
