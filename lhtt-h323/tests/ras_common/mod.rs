//! A zone for tests: a gatekeeper with an owner, what came out of it, and datagrams of captured conversations.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail loudly")]
#![allow(unreachable_pub, reason = "a module of tests, not an interface")]
#![allow(dead_code, reason = "each test uses its part of it")]

pub mod say;

use bytes::Bytes;
use lhtt_core::io::{Input, ListenerId, Output};
use lhtt_core::rng::Rng;
use lhtt_core::time::Instant;
use lhtt_h323::asn1::h225::RasMessage;
use lhtt_h323::per::Codec as _;
use lhtt_h323::ras::Refusal;
use lhtt_h323::ras::gatekeeper::{AdmissionTerms, Gatekeeper, GatekeeperConfig, GatekeeperEvent, RegistrationTerms};
use std::collections::VecDeque;
use std::net::SocketAddr;

pub const LISTENER: ListenerId = ListenerId(7);

pub fn address(text: &str) -> SocketAddr {
    text.parse().unwrap()
}

/// What the owner does with questions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Policy {
    #[default]
    Allow,
    /// Refuses all of it.
    Refuse(Refusal),
    /// Says nothing.
    Silent,
}

/// A gatekeeper and its owner.
pub struct Zone {
    pub now: Instant,
    pub gatekeeper: Gatekeeper,
    pub policy: Policy,
    pub registration: RegistrationTerms,
    pub admission: AdmissionTerms,
    /// What was told, questions aside.
    pub events: Vec<GatekeeperEvent>,
    pub questions: Vec<GatekeeperEvent>,
    pub sent: VecDeque<(SocketAddr, Bytes)>,
}

impl Zone {
    pub fn new(config: GatekeeperConfig, at: SocketAddr) -> Self {
        let mut gatekeeper = Gatekeeper::new(config, Rng::from_number(5));
        gatekeeper.listener(LISTENER, at);
        Self {
            now: Instant::from_millis(1000),
            gatekeeper,
            policy: Policy::Allow,
            registration: RegistrationTerms::default(),
            admission: AdmissionTerms::default(),
            events: Vec::new(),
            questions: Vec::new(),
            sent: VecDeque::new(),
        }
    }

    /// `zone` at 192.0.2.1:1719.
    pub fn plain() -> Self {
        Self::new(GatekeeperConfig::new("zone"), address("192.0.2.1:1719"))
    }

    /// Octets from somebody; what comes back stays in `sent`.
    pub fn hear_octets(&mut self, from: SocketAddr, octets: impl Into<Bytes>) {
        let input = Input::Datagram { listener: LISTENER, remote: from, data: octets.into() };
        self.gatekeeper.handle_input(self.now, input);
        self.settle();
    }

    /// A message from somebody, and the first thing said to it: where to, and what.
    pub fn hear(&mut self, from: SocketAddr, message: &RasMessage) -> Option<(SocketAddr, RasMessage)> {
        self.hear_octets(from, message.to_per().unwrap());
        self.next()
    }

    /// The next message that was sent.
    pub fn next(&mut self) -> Option<(SocketAddr, RasMessage)> {
        self.sent.pop_front().map(|(to, octets)| (to, RasMessage::from_per(&octets).unwrap()))
    }

    /// Lets time pass, deadline by deadline.
    pub fn wait(&mut self, millis: u64) {
        let until = self.now + std::time::Duration::from_millis(millis);
        while let Some(deadline) = self.gatekeeper.poll_timeout().filter(|deadline| *deadline <= until) {
            self.now = self.now.max(deadline);
            self.gatekeeper.handle_input(self.now, Input::Timeout);
            self.settle();
        }
        self.now = until;
    }

    /// Takes out what is there, and answers questions.
    pub fn settle(&mut self) {
        loop {
            while let Some(output) = self.gatekeeper.poll_output() {
                let Output::Transmit { listener, remote, data } = output else { panic!("no datagram: {output:?}") };
                assert_eq!(listener, LISTENER);
                self.sent.push_back((remote, data));
            }
            let Some(event) = self.gatekeeper.poll_event() else { return };
            self.decide(event);
        }
    }

    fn decide(&mut self, event: GatekeeperEvent) {
        let question = match &event {
            GatekeeperEvent::RegistrationAsked { question, .. }
            | GatekeeperEvent::AdmissionAsked { question, .. }
            | GatekeeperEvent::LocationAsked { question, .. } => *question,
            _ => return self.events.push(event),
        };
        match (&self.policy, &event) {
            (Policy::Silent, _) => {}
            (Policy::Refuse(why), _) => self.gatekeeper.refuse(self.now, question, *why).unwrap(),
            (Policy::Allow, GatekeeperEvent::RegistrationAsked { .. }) => {
                self.gatekeeper.register(self.now, question, self.registration.clone()).unwrap();
            }
            (Policy::Allow, GatekeeperEvent::AdmissionAsked { .. }) => {
                self.gatekeeper.admit(self.now, question, self.admission.clone()).unwrap();
            }
            (Policy::Allow, _) => self.gatekeeper.locate(self.now, question, None).unwrap(),
        }
        self.questions.push(event);
    }
}

/// The name of a message, as in the ASN.1 but for its first letter.
pub fn name(message: &RasMessage) -> String {
    let text = format!("{message:?}");
    text.split(['(', ' ']).next().unwrap().to_owned()
}
