//! A registrar on UDP: takes registrations with digest authentication until it is killed, and prints who comes and goes.
//!
//! `cargo run -p lhtt-sip --example registrar -- 127.0.0.1:5060 example.vn an:xyzzy binh:secret`: our address, the domain, and users with
//! their passwords. A password on a command line can be read by everybody on the machine: this is an example. With the word `--md5` behind
//! them MD5 alone is offered, for peers that know nothing else, as baresip 1.0.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this is a driver: it owns the socket, the clock and the seed, which the library must not touch"
)]

use lhtt_core::io::{Input, ListenerId, Output};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Duration, Instant};
use lhtt_sip::auth::{Algorithm, Hash, Policy, Secret, ServerKey};
use lhtt_sip::registrar::{Event, Registrar, Settings};
use std::io::{ErrorKind, Read as _};
use std::net::UdpSocket;

/// Octets of the largest datagram.
const DATAGRAM_BYTES_MAX: usize = 65_535;

/// How long the socket is waited for if the registrar has no deadline.
const IDLE: Duration = Duration::from_secs(1);

/// The shortest wait that a socket takes.
const SOONEST: Duration = Duration::from_millis(1);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or_else(|| "127.0.0.1:5060".to_owned());
    let domain = arguments.next().unwrap_or_else(|| "example.vn".to_owned());
    let mut registrar = Registrar::new(Settings::new(domain.clone()), ServerKey::new(seed()?), Rng::from_seed(seed()?));
    for account in arguments {
        if account == "--md5" {
            let policy = Policy { realm: domain.clone(), algorithms: vec![Algorithm::plain(Hash::Md5)] };
            registrar = registrar.with_policy(policy, ServerKey::new(seed()?));
            continue;
        }
        let (user, password) = account.split_once(':').ok_or("an account is USER:PASSWORD")?;
        registrar.set_account(user, Secret::Password(password.to_owned()));
    }
    let socket = UdpSocket::bind(&address)?;
    let origin = std::time::Instant::now();
    let clock = || Instant::from_nanos(origin.elapsed().as_nanos() as u64);
    println!("registers users of {domain} at sip:{}", socket.local_addr()?);
    let mut buffer = vec![0; DATAGRAM_BYTES_MAX];
    loop {
        // 1. Wait for the network, at most until the registrar's next deadline.
        let wait = registrar.poll_timeout().map_or(IDLE, |at| at - clock()).clamp(SOONEST, IDLE);
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
        registrar.handle_input(now, input);
        if registrar.poll_timeout().is_some_and(|at| at <= now) {
            registrar.handle_input(now, Input::Timeout);
        }
        // 3. Carry out what it wants, and read what it tells.
        while let Some(output) = registrar.poll_output() {
            if let Output::Transmit { remote, data, .. } = output
                && let Err(error) = socket.send_to(&data, remote)
            {
                eprintln!("to {remote}: {error}");
            }
        }
        while let Some(event) = registrar.poll_event() {
            tell(&registrar, now, event);
        }
    }
}

fn tell(registrar: &Registrar, now: Instant, event: Event) {
    match event {
        Event::Registered { address } => {
            for binding in registrar.location().bindings(now, &address) {
                println!("{address} at {} for {} s", binding.contact, binding.remaining(now));
            }
        }
        Event::Unbound(gone) => println!("{} no longer at {}", gone.address, gone.binding.contact),
    }
}

fn seed() -> std::io::Result<[u8; 32]> {
    let mut seed = [0; 32];
    std::fs::File::open("/dev/urandom")?.read_exact(&mut seed)?;
    Ok(seed)
}
