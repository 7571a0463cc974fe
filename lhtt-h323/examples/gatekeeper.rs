//! A whole gatekeeper around `lhtt_h323::ras::Gatekeeper`, with nothing but std.
//!
//! ```text
//! gatekeeper --at IP[:PORT]            RAS there (port 1719); everybody may register and call
//!     --callee IP:PORT                 calls to names that nobody has go there
//!     --neighbour IP:PORT              asked where names are; may ask us; several
//!     --ttl SECONDS                    time to live of registrations
//!     --refuse in-turn|REFUSAL         calls are refused, each for the next reason or all for this one
//!     --password WORD --peer IP        H.235.1 with whoever speaks from there
//!     --idle SECONDS                   ends when nothing came for so long
//! ```
//! Exit code 0; 2 usage.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a program: it owns its socket and clock")]
#![allow(clippy::unwrap_used, reason = "an example stops where its machine does not do")]

use lhtt_core::io::{Input, ListenerId, Output};
use lhtt_core::rng::Rng;
use lhtt_core::time::Instant;
use lhtt_h323::h235::Security;
use lhtt_h323::ras::gatekeeper::{
    AdmissionTerms, Destination, GatekeeperConfig, GatekeeperEvent, Neighbour, RegistrationTerms,
};
use lhtt_h323::ras::{Gatekeeper, Refusal};
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::time::Duration;

fn main() {
    let options = Options::parse().unwrap_or_else(|fault| {
        eprintln!("gatekeeper: {fault}; see the head of examples/gatekeeper.rs");
        std::process::exit(2)
    });
    Program::new(options).run();
}

/// What the command line says.
struct Options {
    at: SocketAddr,
    callee: Option<SocketAddr>,
    neighbours: Vec<SocketAddr>,
    ttl: Option<u64>,
    /// Reasons to refuse calls for, in turn.
    refusals: Vec<Refusal>,
    idle: Option<Duration>,
    /// Who has a secret, and the password.
    secret: (Option<IpAddr>, Option<String>),
}

impl Options {
    fn parse() -> Result<Self, String> {
        let (mut args, mut at) = (std::env::args().skip(1), None);
        let (mut peer, mut password) = (None, None);
        let (mut callee, mut neighbours, mut ttl, mut refusals, mut idle) = (None, Vec::new(), None, Vec::new(), None);
        while let Some(flag) = args.next() {
            let value = args.next().ok_or(format!("`{flag}` needs a value"))?;
            let number = || value.parse().map_err(|_| format!("`{flag}`: `{value}` is no number"));
            match flag.as_str() {
                "--at" => at = Some(address(&value, 1719)?),
                "--callee" => callee = Some(address(&value, 1720)?),
                "--neighbour" => neighbours.push(address(&value, 1719)?),
                "--ttl" => ttl = Some(number()?),
                "--idle" => idle = Some(Duration::from_secs(number()?)),
                "--password" => password = Some(value),
                "--peer" => peer = Some(value.parse().map_err(|_| format!("`{value}` is not IP"))?),
                "--refuse" => refusals = reasons(&value)?,
                _ => return Err(format!("`{flag}` is not known")),
            }
        }
        let (at, secret) = (at.ok_or("`--at` is missing")?, (peer, password));
        Ok(Self { at, callee, neighbours, ttl, refusals, idle, secret })
    }
}

fn address(text: &str, port: u16) -> Result<SocketAddr, String> {
    let whole = if text.contains(':') { text.to_owned() } else { format!("{text}:{port}") };
    whole.parse().map_err(|_| format!("`{text}` is not IP[:PORT]"))
}

/// Refusals by their names; `in-turn`: one for each reason of ARJ in the order of H.225.0.
fn reasons(text: &str) -> Result<Vec<Refusal>, String> {
    use Refusal as R;
    if text == "in-turn" {
        let all = [
            R::CalledPartyNotRegistered,
            R::NoPermission,
            R::Denied,
            R::Undefined,
            R::NotRegistered,
            R::RouteCallToGatekeeper,
            R::InvalidEndpointIdentifier,
            R::NoResources,
            R::Security,
            R::QosNotSupported,
            R::IncompleteAddress,
            R::AliasesInconsistent,
            R::ExceedsCallCapacity,
            R::CollectDestination,
            R::CollectPin,
            R::GenericData,
            R::NeededFeature,
            R::NoRoute,
            R::UnallocatedNumber,
            R::RouteCallToScn,
        ];
        return Ok(all.to_vec());
    }
    let one = Refusal::ALL.iter().find(|refusal| format!("{refusal:?}") == text);
    one.map(|refusal| vec![*refusal]).ok_or(format!("no refusal is called `{text}`"))
}

struct Program {
    options: Options,
    gatekeeper: Gatekeeper,
    socket: UdpSocket,
    began: std::time::Instant,
    calls: usize,
}

const RAS: ListenerId = ListenerId(0);

impl Program {
    fn new(options: Options) -> Self {
        let mut config = GatekeeperConfig::new("lhtt-example");
        if let Some(ttl) = options.ttl {
            config.time_to_live = Duration::from_secs(ttl);
        }
        let neighbour = |address: &SocketAddr| Neighbour { address: *address, prefixes: Vec::new(), order: 0 };
        config.neighbours = options.neighbours.iter().map(neighbour).collect();
        let seed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos() as u64;
        let mut gatekeeper = Gatekeeper::new(config, Rng::from_number(seed));
        gatekeeper.listener(RAS, options.at);
        if let (Some(peer), Some(password)) = &options.secret {
            gatekeeper.set_clock(seed / 1_000_000_000);
            gatekeeper.secure(*peer, Security::new(password, "lhtt-example", None));
        }
        let socket = UdpSocket::bind(options.at).unwrap_or_else(|fault| {
            eprintln!("gatekeeper: {}: {fault}", options.at);
            std::process::exit(2)
        });
        println!("listening on {}", options.at);
        Self { options, gatekeeper, socket, began: std::time::Instant::now(), calls: 0 }
    }

    fn now(&self) -> Instant {
        Instant::from_nanos(self.began.elapsed().as_nanos() as u64)
    }

    fn run(&mut self) {
        let (mut buffer, mut heard) = (vec![0; 65_536], self.now());
        loop {
            let due = self.gatekeeper.poll_timeout().map_or(Duration::from_secs(1), |due| due - self.now());
            self.socket.set_read_timeout(Some(due.clamp(Duration::from_millis(1), Duration::from_secs(1)))).unwrap();
            let input = match self.socket.recv_from(&mut buffer) {
                Ok((length, remote)) => {
                    heard = self.now();
                    Input::Datagram { listener: RAS, remote, data: buffer[..length].to_vec().into() }
                }
                Err(_) => Input::Timeout, // nothing came, or a peer is gone
            };
            self.gatekeeper.handle_input(self.now(), input);
            self.settle();
            if self.options.idle.is_some_and(|idle| self.now() - heard > idle) {
                return println!("{} registered at the end", self.gatekeeper.registrations());
            }
        }
    }

    /// Carries out what the gatekeeper asks for, and answers its questions, which makes it ask for more.
    fn settle(&mut self) {
        loop {
            while let Some(output) = self.gatekeeper.poll_output() {
                if let Output::Transmit { remote, data, .. } = output {
                    let _ = self.socket.send_to(&data, remote); // lost is lost: who wants an answer asks again
                }
            }
            let Some(event) = self.gatekeeper.poll_event() else { return };
            self.decide(event);
        }
    }

    fn decide(&mut self, event: GatekeeperEvent) {
        let (now, gatekeeper) = (self.now(), &mut self.gatekeeper);
        match event {
            GatekeeperEvent::RegistrationAsked { question, claim, .. } => {
                println!("registers: {:?} at {:?}", claim.aliases, claim.call_signal);
                gatekeeper.register(now, question, RegistrationTerms::default()).unwrap();
            }
            GatekeeperEvent::AdmissionAsked { question, .. } if !self.options.refusals.is_empty() => {
                let why = self.options.refusals[self.calls % self.options.refusals.len()];
                self.calls += 1;
                println!("refused: {why:?}");
                gatekeeper.refuse(now, question, why).unwrap();
            }
            GatekeeperEvent::AdmissionAsked { question, wanted, .. } => {
                let elsewhere = self.options.callee.filter(|_| wanted.found.is_none() && !wanted.admission.answering);
                let destination = elsewhere.map_or(Destination::Resolve, Destination::At);
                gatekeeper.admit(now, question, AdmissionTerms { destination, bandwidth: None }).unwrap();
            }
            GatekeeperEvent::LocationAsked { question, .. } => gatekeeper.locate(now, question, None).unwrap(),
            other => println!("{other:?}"),
        }
    }
}
