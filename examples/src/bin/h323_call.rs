//! An H.323 call over TCP on loopback between two endpoints of one process: Setup with fast start, Connect, H.245
//! tunnelled, ReleaseComplete.
#![allow(clippy::disallowed_methods, reason = "a program: its callee is a thread of its own")]

use lhtt_core::io::{ListenerId, Transport};
use lhtt_examples::loopback::{Host, rng};
use lhtt_h323::{AliasAddress, Answer, Capability, Codec, Config, Direction, Endpoint, Event, MediaPorts, Place};
use std::error::Error;
use std::net::SocketAddr;
use std::thread;

const LISTENER: ListenerId = ListenerId(0);

fn main() -> Result<(), Box<dyn Error>> {
    let mut caller = Host::new(Endpoint::new(Config::new(1), rng()));
    let mut callee = Host::new(Endpoint::new(Config::new(1), rng()));
    callee.machine.listener(LISTENER, Transport::Tcp);
    let there = callee.listen_tcp(LISTENER)?;
    let callee = thread::spawn(move || answer(&mut callee));

    let call = caller.machine.place(caller.now(), place(there))?;
    let mut answered = false;
    while let Some(event) = next(&mut caller) {
        match event {
            Event::Proceeding { .. } => println!("caller: CallProceeding"),
            Event::Alerting { .. } => println!("caller: Alerting"),
            Event::Channel { direction: Direction::Outgoing, codec, remote_rtp, .. } => {
                println!("caller: audio goes to {remote_rtp:?} as {codec:?}");
            }
            Event::Connected { .. } => {
                println!("caller: Connect");
                answered = true;
            }
            // H.245 runs: the call is whole, so it may end.
            Event::Capabilities { capabilities, .. } => {
                println!("caller: the callee takes {} capabilities", capabilities.len());
                caller.machine.release(caller.now(), call, 16, None);
            }
            Event::Released { cause, by, .. } => println!("caller: released with cause {cause} by {by:?}"),
            Event::Forgotten { .. } if answered => {
                callee.join().map_err(|_| "the callee broke off")??;
                return Ok(());
            }
            Event::Forgotten { .. } => return Err("refused".into()),
            _ => {}
        }
    }
    Err("no answer".into())
}

fn place(remote: SocketAddr) -> Place {
    Place {
        remote,
        transport: Transport::Tcp,
        local: None,
        server_name: None,
        called: vec![AliasAddress::of("600")],
        called_number: Some("600".to_owned()),
        calling: vec![AliasAddress::of("thu")],
        calling_number: None,
        display: Some("Thu".to_owned()),
        call_identifier: None,
        capabilities: capabilities(),
        media: media(5004),
        fast_start: true,
        tunnelling: true,
        h245: None,
    }
}

/// The callee: rings, answers, and goes when the call is over.
fn answer(host: &mut Host<Endpoint>) -> Result<(), &'static str> {
    while let Some(event) = next(host) {
        let now = host.now();
        match event {
            Event::Incoming { call, setup } => {
                println!("callee: {:?} calls {:?}, fast start proposes {:?}", setup.display, setup.called, setup.fast);
                host.machine.proceed(now, call);
                host.machine.alert(now, call);
                host.machine.answer(now, call, Answer { capabilities: capabilities(), media: media(6004) });
            }
            Event::Released { cause, by, .. } => println!("callee: released with cause {cause} by {by:?}"),
            Event::Forgotten { .. } => return Ok(()),
            _ => {}
        }
    }
    Err("nobody called")
}

fn capabilities() -> Vec<Capability> {
    vec![Capability::audio(Codec::G711A), Capability::audio(Codec::G711U), Capability::telephone_event(101)]
}

/// Where audio is wanted; here nothing listens at the ports.
fn media(port: u16) -> MediaPorts {
    MediaPorts { rtp: SocketAddr::from(([127, 0, 0, 1], port)), rtcp: SocketAddr::from(([127, 0, 0, 1], port + 1)) }
}

/// Drives the endpoint until it has something to say; nothing if it has nothing for long.
fn next(host: &mut Host<Endpoint>) -> Option<Event> {
    loop {
        host.carry_out();
        if let Some(event) = host.machine.poll_event() {
            return Some(event);
        }
        if !host.wait() {
            return None;
        }
    }
}
