//! A gatekeeper and its endpoint with a secret (H.235.1): a registration's life, and what is refused.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail loudly")]

use lhtt_core::io::{Input, ListenerId, Output};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Duration, Instant};
use lhtt_h323::h235::Security;
use lhtt_h323::ras::RasClient;
use lhtt_h323::ras::client::{RasClientConfig, RasClientEvent};
use lhtt_h323::ras::gatekeeper::{Gatekeeper, GatekeeperConfig, GatekeeperEvent};
use lhtt_h323::{AliasAddress, Misuse};
use std::net::SocketAddr;

const RAS: ListenerId = ListenerId(0);
const UNIX: u64 = 1_800_000_000;

fn address(host: u8) -> SocketAddr {
    SocketAddr::from(([192, 0, 2, host], 1719))
}

/// The two, each with its password or none.
struct Zone {
    gatekeeper: Gatekeeper,
    client: RasClient,
    now: Instant,
    registered: bool,
    /// What either side said of messages it did not take.
    faults: Vec<String>,
}

impl Zone {
    fn new(passwords: [Option<&str>; 2]) -> Self {
        let mut gatekeeper = Gatekeeper::new(GatekeeperConfig::new("zone"), Rng::from_number(1));
        gatekeeper.listener(RAS, address(1));
        gatekeeper.set_clock(UNIX);
        let signalling = SocketAddr::from(([192, 0, 2, 9], 1720));
        let mut config = RasClientConfig::new(RAS, address(9), signalling, address(1));
        config.aliases = vec![AliasAddress::of("600")];
        let mut client = RasClient::new(config, Rng::from_number(2));
        client.set_clock(UNIX);
        if let Some(password) = passwords[0] {
            gatekeeper.secure(address(9).ip(), Security::new(password, "zone", None));
        }
        if let Some(password) = passwords[1] {
            client.secure(address(1).ip(), Security::new(password, "600", Some("zone")));
        }
        let (now, registered, faults) = (Instant::from_millis(1), false, Vec::new());
        Self { gatekeeper, client, now, registered, faults }
    }

    /// Carries datagrams until none moves, each of them twice if it is to be.
    fn run(&mut self, twice: bool) {
        loop {
            let (mut to_gatekeeper, mut to_client) = (Vec::new(), Vec::new());
            while let Some(Output::Transmit { data, .. }) = self.client.poll_output() {
                to_gatekeeper.push(data);
            }
            while let Some(Output::Transmit { data, .. }) = self.gatekeeper.poll_output() {
                to_client.push(data);
            }
            if to_gatekeeper.is_empty() && to_client.is_empty() {
                return;
            }
            for _ in 0..=usize::from(twice) {
                for data in to_gatekeeper.iter().cloned() {
                    self.gatekeeper.handle_input(self.now, Input::Datagram { listener: RAS, remote: address(9), data });
                }
                for data in to_client.iter().cloned() {
                    self.client.handle_input(self.now, Input::Datagram { listener: RAS, remote: address(1), data });
                }
            }
            self.hear().unwrap();
        }
    }

    fn hear(&mut self) -> Result<(), Misuse> {
        while let Some(event) = self.gatekeeper.poll_event() {
            match event {
                GatekeeperEvent::RegistrationAsked { question, .. } => {
                    self.gatekeeper.register(self.now, question, Default::default())?;
                }
                GatekeeperEvent::Malformed { fault, .. } => self.faults.push(format!("gatekeeper: {fault}")),
                _ => {}
            }
        }
        while let Some(event) = self.client.poll_event() {
            match event {
                RasClientEvent::Registered { .. } => self.registered = true,
                RasClientEvent::Malformed { fault, .. } => self.faults.push(format!("client: {fault}")),
                _ => {}
            }
        }
        Ok(())
    }

    fn advance(&mut self, by: Duration) {
        self.now += by;
        self.client.handle_input(self.now, Input::Timeout);
        self.gatekeeper.handle_input(self.now, Input::Timeout);
    }
}

#[test]
fn a_registration_lives_with_the_same_secret_also_where_datagrams_come_twice() {
    for twice in [false, true] {
        let mut zone = Zone::new([Some("secret"); 2]);
        zone.client.register(zone.now);
        zone.run(twice);
        assert!(zone.registered && zone.gatekeeper.registrations() == 1, "twice {twice}: {:?}", zone.faults);
        // Keep-alives, each with a hash of its own.
        for _ in 0..5 {
            zone.advance(Duration::from_secs(60));
            zone.run(twice);
        }
        assert_eq!(zone.gatekeeper.registrations(), 1);
        zone.client.unregister(zone.now);
        zone.run(twice);
        assert_eq!(zone.gatekeeper.registrations(), 0, "twice {twice}");
        // An answer that comes twice is taken once; nothing else is found fault with.
        let others: Vec<_> = zone.faults.iter().filter(|fault| *fault != "client: it came before").collect();
        assert!(others.is_empty() && (twice || zone.faults.is_empty()), "{:?}", zone.faults);
    }
}

#[test]
fn without_the_secret_nobody_registers() {
    for (passwords, fault) in [
        ([Some("secret"), Some("other")], "gatekeeper: its hash is wrong"),
        ([Some("secret"), None], "gatekeeper: it carries no H.235.1 hash"),
        ([None, Some("secret")], "client: it carries no H.235.1 hash"),
    ] {
        let mut zone = Zone::new(passwords);
        zone.client.register(zone.now);
        zone.run(false);
        assert!(!zone.registered, "{passwords:?}");
        assert_eq!(zone.faults.first().map(String::as_str), Some(fault), "{passwords:?}");
    }
}
