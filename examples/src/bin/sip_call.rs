//! A SIP call over UDP on loopback between two endpoints of one process: INVITE with an offer, ringing, answer, BYE.
#![allow(clippy::disallowed_methods, reason = "a program: its callee is a thread of its own")]

use lhtt_core::io::{ListenerId, Transport};
use lhtt_core::time::Duration;
use lhtt_examples::loopback::{Host, rng};
use lhtt_sip::sdp::{self, AudioFormat, LocalAudio, Sdp};
use lhtt_sip::{Config, Endpoint, Event, Invite, InviteId, Target};
use std::error::Error;
use std::net::SocketAddr;
use std::thread;

const LISTENER: ListenerId = ListenerId(0);

fn main() -> Result<(), Box<dyn Error>> {
    let (mut caller, here) = phone()?;
    let (mut callee, there) = phone()?;
    let callee = thread::spawn(move || answer(&mut callee, there).map_err(|error| error.to_string()));

    let call = call(&mut caller, here, there)?;
    while let Some(event) = next(&mut caller) {
        match event {
            Event::Provisional { status, .. } => println!("caller: {status}"),
            Event::Answered { sdp: Some(answer), .. } => {
                let stream = sdp::accept_answer(&local(here).offer()?, &Sdp::parse(&answer)?)?;
                println!(
                    "caller: answered, audio goes to {:?} as {}",
                    stream.send_to(),
                    stream.formats[0].format.encoding
                );
                caller.machine.hang_up(caller.now(), call, Some("Q.850;cause=16".to_owned()))?;
                caller.carry_out();
                callee.join().map_err(|_| "the callee broke off")??;
                return Ok(());
            }
            Event::Failed { status, .. } => return Err(format!("refused: {status}").into()),
            _ => {}
        }
    }
    Err("no answer".into())
}

/// An endpoint on a port of its own.
fn phone() -> Result<(Host<Endpoint>, SocketAddr), Box<dyn Error>> {
    let mut host = Host::new(Endpoint::new(Config::new(1), rng()));
    let at = host.listen_udp(LISTENER)?;
    host.machine.listener(LISTENER, Transport::Udp, at.to_string());
    Ok((host, at))
}

/// What a phone can take; here nothing listens at the port.
fn local(at: SocketAddr) -> LocalAudio {
    let formats = vec![AudioFormat::pcma(), AudioFormat::pcmu(), AudioFormat::telephone_event(101)];
    LocalAudio::new(1, 1, SocketAddr::new(at.ip(), 5004), formats)
}

fn call(host: &mut Host<Endpoint>, here: SocketAddr, there: SocketAddr) -> Result<InviteId, Box<dyn Error>> {
    let target = Target {
        transport: Transport::Udp,
        remote: there,
        listener: Some(LISTENER),
        local: None,
        server_name: None,
        sent_by: here.to_string(),
        stream: None,
    };
    let invite = Invite {
        target,
        uri: format!("sip:600@{there}").parse()?,
        from: format!("<sip:thu@{here}>").parse()?,
        to: format!("<sip:600@{there}>").parse()?,
        contact: format!("sip:thu@{here}").parse()?,
        offer: Some(local(here).offer()?.to_bytes().into()),
        headers: Vec::new(),
    };
    Ok(host.machine.invite(host.now(), invite)?)
}

/// The callee: rings, answers, and goes when the caller hangs up.
fn answer(host: &mut Host<Endpoint>, here: SocketAddr) -> Result<(), Box<dyn Error>> {
    while let Some(event) = next(host) {
        match event {
            Event::Incoming { id, request, offer, .. } => {
                println!("callee: {} calls {}", request.headers.from()?.uri, request.uri());
                let offer = Sdp::parse(&offer.ok_or("a call without an offer")?)?;
                host.machine.provisional(host.now(), id, 180, None)?;
                host.carry_out();
                thread::sleep(Duration::from_millis(200));
                let answer = sdp::answer(&offer, &local(here))?;
                host.machine.accept(host.now(), id, answer.sdp.to_bytes().into())?;
            }
            Event::Confirmed { .. } => println!("callee: the call is up"),
            Event::Ended { how, .. } => {
                println!("callee: {how:?}");
                host.carry_out();
                return Ok(());
            }
            _ => {}
        }
    }
    Err("nobody called".into())
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
