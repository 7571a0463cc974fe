//! A whole RAS endpoint around `lhtt_h323::ras::RasClient`, with nothing but std: it registers, then does what it is told.
//!
//! ```text
//! register --gk IP[:PORT] --at IP --alias NAME [--password WORD --gk-name NAME] STEP…
//!     --password              H.235.1 with the gatekeeper of that name
//!     wait=MILLIS             stays registered so long
//!     admit=NAME              asks for a call, and prints how it went
//!     bandwidth=UNITS         asks for another bandwidth for it
//!     disengage               says that it is over
//!     locate=NAME             asks where somebody is
//!     leave                   unregisters
//!     resume                  goes on with the registration that it left or had: the gatekeeper may know better. Not waited for
//! ```
//! Without `leave` it leaves at the end, and does not wait to hear of it. Exit code 0 if every step was answered; 1 otherwise; 2 usage.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a program: it owns its socket and clock")]
#![allow(clippy::unwrap_used, reason = "an example stops where its machine does not do")]

use lhtt_core::io::{Input, ListenerId, Output};
use lhtt_core::rng::Rng;
use lhtt_core::time::Instant;
use lhtt_h323::AliasAddress;
use lhtt_h323::h235::Security;
use lhtt_h323::ras::RasClient;
use lhtt_h323::ras::client::{Admission, RasCall, RasClientConfig, RasClientEvent};
use std::collections::VecDeque;
use std::net::{SocketAddr, UdpSocket};
use std::time::Duration;

fn main() {
    let options = Options::parse().unwrap_or_else(|fault| {
        eprintln!("register: {fault}; see the head of examples/register.rs");
        std::process::exit(2)
    });
    let good = Program::new(options).run();
    std::process::exit(i32::from(!good));
}

/// What the command line says.
struct Options {
    gatekeeper: SocketAddr,
    at: SocketAddr,
    alias: String,
    password: Option<String>,
    gk_name: Option<String>,
    steps: VecDeque<(String, String)>,
}

impl Options {
    fn parse() -> Result<Self, String> {
        let (mut args, mut steps) = (std::env::args().skip(1), VecDeque::new());
        let (mut password, mut gk_name) = (None, None);
        let (mut gatekeeper, mut at, mut alias) = (None, None, "5551001".to_owned());
        while let Some(arg) = args.next() {
            let mut value = || args.next().ok_or(format!("`{arg}` needs a value"));
            match arg.as_str() {
                "--gk" => gatekeeper = Some(address(&value()?, 1719)?),
                "--at" => at = Some(address(&value()?, 0)?),
                "--alias" => alias = value()?,
                "--password" => password = Some(value()?),
                "--gk-name" => gk_name = Some(value()?),
                step => {
                    let (name, of) = step.split_once('=').unwrap_or((step, ""));
                    steps.push_back((name.to_owned(), of.to_owned()));
                }
            }
        }
        let gatekeeper = gatekeeper.ok_or("`--gk` is missing")?;
        Ok(Self { gatekeeper, at: at.ok_or("`--at` is missing")?, alias, password, gk_name, steps })
    }
}

fn address(text: &str, port: u16) -> Result<SocketAddr, String> {
    let whole = if text.contains(':') { text.to_owned() } else { format!("{text}:{port}") };
    whole.parse().map_err(|_| format!("`{text}` is not IP[:PORT]"))
}

struct Program {
    client: RasClient,
    socket: UdpSocket,
    began: std::time::Instant,
    steps: VecDeque<(String, String)>,
    /// The step under way, and until when it waits.
    awaited: Option<(String, Instant)>,
    calls: u8,
    identifier: String,
    left: bool,
}

const RAS: ListenerId = ListenerId(0);
/// No step takes longer.
const STEP_MAX: Duration = Duration::from_secs(15);

impl Program {
    fn new(options: Options) -> Self {
        let socket = UdpSocket::bind(options.at).unwrap_or_else(|fault| {
            eprintln!("register: {}: {fault}", options.at);
            std::process::exit(2)
        });
        let ras = socket.local_addr().unwrap();
        let signalling = SocketAddr::new(ras.ip(), 1720);
        let mut config = RasClientConfig::new(RAS, ras, signalling, options.gatekeeper);
        config.aliases = vec![AliasAddress::of(&options.alias)];
        let seed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos() as u64;
        let mut steps = options.steps;
        steps.push_front(("register".into(), String::new()));
        let mut client = RasClient::new(config, Rng::from_number(seed));
        if let Some(password) = &options.password {
            client.set_clock(seed / 1_000_000_000);
            let security = Security::new(password, &options.alias, options.gk_name.as_deref());
            client.secure(options.gatekeeper.ip(), security);
        }
        Self {
            client,
            socket,
            began: std::time::Instant::now(),
            steps,
            awaited: None,
            calls: 0,
            identifier: String::new(),
            left: false,
        }
    }

    fn now(&self) -> Instant {
        Instant::from_nanos(self.began.elapsed().as_nanos() as u64)
    }

    fn run(&mut self) -> bool {
        let mut buffer = vec![0; 65_536];
        loop {
            self.settle();
            match &self.awaited {
                None => {
                    let Some((step, value)) = self.steps.pop_front() else { return self.end() };
                    self.begin(&step, &value);
                    continue;
                }
                Some((step, until)) if self.now() >= *until => {
                    if step != "wait" {
                        println!("`{step}` was not answered");
                        return false;
                    }
                    self.awaited = None;
                    continue;
                }
                Some(_) => {}
            }
            let until = self.awaited.as_ref().map(|(_, until)| *until).unwrap();
            let due = self.client.poll_timeout().map_or(until, |due| due.min(until)) - self.now();
            self.socket.set_read_timeout(Some(due.max(Duration::from_millis(1)))).unwrap();
            let input = match self.socket.recv_from(&mut buffer) {
                Ok((length, remote)) => {
                    Input::Datagram { listener: RAS, remote, data: buffer[..length].to_vec().into() }
                }
                Err(_) => Input::Timeout, // nothing came, or the gatekeeper is gone
            };
            self.client.handle_input(self.now(), input);
        }
    }

    fn end(&mut self) -> bool {
        if !self.left {
            self.client.unregister(self.now());
            self.settle();
        }
        true
    }

    fn begin(&mut self, step: &str, value: &str) {
        let now = self.now();
        let call = RasCall { call: [self.calls; 16], answering: false };
        let mut asked = Ok(());
        match step {
            "register" => self.client.register(now),
            "leave" => self.client.unregister(now),
            "resume" => return self.client.resume(now, &self.identifier.clone()),
            "wait" => {}
            "admit" => {
                self.calls += 1;
                asked = self.client.admit(now, admission(self.calls, value));
            }
            "bandwidth" => asked = self.client.set_bandwidth(now, call, value.parse().unwrap_or(1280)),
            "disengage" => asked = self.client.disengage(now, call),
            "locate" => asked = self.client.locate(now, &[AliasAddress::of(value)]).map(|_| ()),
            other => {
                eprintln!("register: no step is called `{other}`");
                std::process::exit(2)
            }
        }
        if let Err(fault) = asked {
            println!("`{step}`: {fault}");
            std::process::exit(1);
        }
        let wait = if step == "wait" { Duration::from_millis(value.parse().unwrap_or(1000)) } else { STEP_MAX };
        self.awaited = Some((step.to_owned(), now + wait));
    }

    /// Carries out what the client asks for, and takes what it tells.
    fn settle(&mut self) {
        while let Some(output) = self.client.poll_output() {
            if let Output::Transmit { remote, data, .. } = output {
                let _ = self.socket.send_to(&data, remote); // lost is lost: it is sent again
            }
        }
        while let Some(event) = self.client.poll_event() {
            println!("{event:?}");
            let step = match event {
                RasClientEvent::Registered { endpoint_identifier, .. } => {
                    self.identifier = endpoint_identifier;
                    &["register"][..]
                }
                RasClientEvent::Refused { .. } => &["register"],
                RasClientEvent::Unregistered { .. } => &["leave"],
                RasClientEvent::Admitted { .. } | RasClientEvent::NotAdmitted { .. } => &["admit"],
                RasClientEvent::Bandwidth { .. } | RasClientEvent::NotBandwidth { .. } => &["bandwidth"],
                RasClientEvent::Disengaged { .. } => &["disengage"],
                RasClientEvent::Located { .. } | RasClientEvent::NotLocated { .. } => &["locate"],
                _ => &[],
            };
            self.left |= step == ["leave"];
            if self.awaited.as_ref().is_some_and(|(awaited, _)| step.contains(&awaited.as_str())) {
                self.awaited = None;
            }
        }
    }
}

fn admission(number: u8, to: &str) -> Admission {
    Admission {
        call: RasCall { call: [number; 16], answering: false },
        conference: [number; 16],
        reference: number.into(),
        called: vec![AliasAddress::of(to)],
        address: None,
        calling: Vec::new(),
        bandwidth: 1280,
    }
}
