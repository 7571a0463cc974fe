//! A phone on UDP for conversations about one session with a real peer: session timers, changes, hold, reliable responses.
//!
//! `sessions LISTEN [WORD…]`, for instance `sessions 127.0.0.1:5060 session=4 min=2 reliable`. It takes calls, or places one:
//!
//! | word             | meaning                                                         |
//! |------------------|-----------------------------------------------------------------|
//! | `call=IP:PORT`   | calls this peer instead of waiting for a call                   |
//! | `session=N`      | session interval in seconds                                     |
//! | `min=N`          | shortest session interval in seconds                            |
//! | `reliable`       | rings with 183 and its description, reliably, and then answers  |
//! | `change=MS`      | changes the session this long after it is up                    |
//! | `hold=MS`        | puts the peer on hold this long after it is up                  |
//! | `hang_up=MS`     | ends the call this long after it is up                          |
//! | `for=N`          | lives N seconds (10)                                            |
//!
//! Prints what the endpoint tells, a line each. `interop/sessions` plays it against sipp.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this is a driver: it owns the socket and the clock, which the library must not touch"
)]

use lhtt_core::io::{Input, ListenerId, Output, Transport};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Duration, Instant, soonest};
use lhtt_sip::{Config, Endpoint, Event, Invite, InviteId, Misuse, Target};
use std::error::Error;
use std::io::ErrorKind;
use std::net::{SocketAddr, UdpSocket};

const LISTENER: ListenerId = ListenerId(0);

/// Octets of the largest datagram.
const DATAGRAM_BYTES_MAX: usize = 65_535;

/// The shortest wait that a socket takes, and the longest of this loop.
const WAITS: (Duration, Duration) = (Duration::from_millis(1), Duration::from_millis(200));

/// What the command line asks for.
#[derive(Debug, Default)]
struct Wishes {
    call: Option<SocketAddr>,
    reliable: bool,
    session: Option<u64>,
    min: Option<u64>,
    /// Milliseconds after the call is up, and what then.
    later: Vec<(u64, Later)>,
    seconds: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Later {
    Change,
    Hold,
    HangUp,
}

impl Wishes {
    fn read(words: impl Iterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let mut wishes = Self { seconds: 10, ..Self::default() };
        for word in words {
            let (name, value) = word.split_once('=').unwrap_or((&word, ""));
            match name {
                "call" => wishes.call = Some(value.parse()?),
                "reliable" => wishes.reliable = true,
                "session" => wishes.session = Some(value.parse()?),
                "min" => wishes.min = Some(value.parse()?),
                "change" => wishes.later.push((value.parse()?, Later::Change)),
                "hold" => wishes.later.push((value.parse()?, Later::Hold)),
                "hang_up" => wishes.later.push((value.parse()?, Later::HangUp)),
                "for" => wishes.seconds = value.parse()?,
                _ => return Err(format!("`{word}` is no word of mine").into()),
            }
        }
        Ok(wishes)
    }

    fn config(&self) -> Config {
        let mut config = Config::new(1);
        config.timers.session = self.session.map(Duration::from_secs).or(config.timers.session);
        config.timers.session_min = self.min.map_or(config.timers.session_min, Duration::from_secs);
        config
    }
}

/// The endpoint with its owner's plans.
struct Phone {
    endpoint: Endpoint,
    socket: UdpSocket,
    wishes: Wishes,
    plans: Vec<(Instant, InviteId, Later)>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let socket = UdpSocket::bind(words.next().unwrap_or_else(|| "127.0.0.1:5060".to_owned()))?;
    let wishes = Wishes::read(words)?;
    let mut endpoint = Endpoint::new(wishes.config(), Rng::from_number(std::process::id().into()));
    endpoint.listener(LISTENER, Transport::Udp, socket.local_addr()?.to_string());
    Phone { endpoint, socket, wishes, plans: Vec::new() }.run()
}

impl Phone {
    fn run(&mut self) -> Result<(), Box<dyn Error>> {
        let origin = std::time::Instant::now();
        let clock = || Instant::from_nanos(origin.elapsed().as_nanos() as u64);
        let end = clock() + Duration::from_secs(self.wishes.seconds);
        if let Some(peer) = self.wishes.call {
            let invite = self.invite(peer)?;
            self.endpoint.invite(clock(), invite)?;
            self.drain(clock())?;
        }
        let mut buffer = vec![0; DATAGRAM_BYTES_MAX];
        while clock() < end {
            let plan = self.plans.iter().map(|(at, ..)| *at).min();
            let next = soonest(self.endpoint.poll_timeout(), plan);
            let wait = next.map_or(WAITS.1, |at| at - clock()).clamp(WAITS.0, WAITS.1);
            self.socket.set_read_timeout(Some(wait))?;
            let input = match self.socket.recv_from(&mut buffer) {
                Ok((length, remote)) => {
                    Input::Datagram { listener: LISTENER, remote, data: buffer[..length].to_vec().into() }
                }
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => Input::Timeout,
                Err(error) => return Err(error.into()),
            };
            let now = clock();
            self.endpoint.handle_input(now, input);
            self.endpoint.handle_input(now, Input::Timeout);
            self.drain(now)?;
            self.carry_out_plans(now)?;
        }
        println!("{} sessions left", self.endpoint.sessions());
        Ok(())
    }

    fn carry_out_plans(&mut self, now: Instant) -> Result<(), Box<dyn Error>> {
        let (due, later) = std::mem::take(&mut self.plans).into_iter().partition(|(at, ..)| *at <= now);
        self.plans = later;
        for (_, id, what) in due {
            let done = match what {
                Later::Change => self.endpoint.change(now, id, Some(self.description().into()), false),
                Later::Hold => self.endpoint.hold(now, id, true),
                Later::HangUp => self.endpoint.hang_up(now, id, None),
            };
            tell(done);
            self.drain(now)?;
        }
        Ok(())
    }

    /// Sends what the endpoint wants sent, and acts on what it tells.
    fn drain(&mut self, now: Instant) -> Result<(), Box<dyn Error>> {
        loop {
            while let Some(output) = self.endpoint.poll_output() {
                if let Output::Transmit { remote, data, .. } = output {
                    self.socket.send_to(&data, remote)?;
                }
            }
            let Some(event) = self.endpoint.poll_event() else { return Ok(()) };
            self.act(now, event);
        }
    }

    fn act(&mut self, now: Instant, event: Event) {
        let text = format!("{event:?}");
        println!("{}", text.split([' ', '(']).next().unwrap_or_default());
        let sdp = self.description();
        match event {
            Event::Incoming { id, .. } if self.wishes.reliable => {
                tell(self.endpoint.provisional_reliably(now, id, 183, Some(sdp.clone().into())));
                tell(self.endpoint.accept(now, id, sdp.into()));
            }
            Event::Incoming { id, .. } | Event::Renegotiate { id, .. } => {
                tell(self.endpoint.accept(now, id, sdp.into()))
            }
            Event::Answered { id, .. } => self.plan(now, id),
            Event::Confirmed { id, .. } if self.plans.is_empty() => self.plan(now, id),
            Event::Failed { status, .. } => println!("{status}"),
            Event::Ended { how, .. } => {
                println!("{how:?}");
                self.plans.clear();
            }
            _ => {}
        }
    }

    /// Once a call is up.
    fn plan(&mut self, now: Instant, id: InviteId) {
        for (millis, what) in std::mem::take(&mut self.wishes.later) {
            self.plans.push((now + Duration::from_millis(millis), id, what));
        }
    }

    fn description(&self) -> String {
        let ip = self.socket.local_addr().map(|address| address.ip().to_string()).unwrap_or_default();
        format!("v=0\r\no=- 1 1 IN IP4 {ip}\r\ns=-\r\nc=IN IP4 {ip}\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\n")
    }

    fn invite(&self, peer: SocketAddr) -> Result<Invite, Box<dyn Error>> {
        let us = self.socket.local_addr()?.to_string();
        let target = Target {
            transport: Transport::Udp,
            remote: peer,
            listener: Some(LISTENER),
            local: None,
            server_name: None,
            sent_by: us.clone(),
            stream: None,
        };
        Ok(Invite {
            target,
            uri: format!("sip:600@{peer}").parse()?,
            from: format!("<sip:lhtt@{us}>").parse()?,
            to: format!("<sip:600@{peer}>").parse()?,
            contact: format!("sip:lhtt@{us}").parse()?,
            offer: Some(self.description().into()),
            headers: Vec::new(),
        })
    }
}

fn tell(done: Result<(), Misuse>) {
    if let Err(misuse) = done {
        println!("misuse: {misuse}");
    }
}
