//! The gatekeeper of a zone (H.323 7, 8.1; H.225.0 7.8 to 7.20).
//!
//! It keeps who is registered and which calls are admitted; whether somebody may is its owner's to say. A request is a
//! question to the owner ([`GatekeeperEvent`]), the answer a command; what needs no policy (discovery, keep-alives, leaving, disengaging,
//! bandwidth within the limits, status) is answered at once. What is outside:
//!
//! | it hears | known, from its address | from another address | unknown |
//! |---|---|---|---|
//! | RRQ | question, then RCF or RRJ | the same; an alias has one holder | question, then RCF or RRJ |
//! | RRQ keepAlive | RCF | RRJ fullRegistrationRequired | RRJ fullRegistrationRequired |
//! | URQ | UCF | URJ securityDenial | URJ notCurrentlyRegistered |
//! | ARQ | question, then ACF or ARJ | ARJ securityDenial | ARJ callerNotRegistered |
//! | BRQ, DRQ | BCF, DCF | BRJ, DRJ securityDenial | BRJ notBound, DRJ notRegistered |
//! | LRQ | question, then LCF or LRJ | as unknown | neighbour: question; else LRJ invalidPermission |
//! | IRR, RAI, SCI, NSM | told; IACK, RAC, SCR | INAK, else silence | INAK, else silence |
//!
//! Leaves out: routing call signalling (the owner's, at `GatekeeperConfig::signalling`), H.501; of H.235 all but
//! H.235.1 with secrets by address ([`Gatekeeper::secure`]).

mod admission;
mod admissions;
mod config;
mod event;
mod inbound;
mod location;
mod questions;
mod register;
mod registrations;
mod request;
mod say;
mod status;

pub use config::{Alternate, GatekeeperConfig, GatekeeperTimers, Neighbour};
pub use event::{
    AdmissionId, AdmissionTerms, Claim, Destination, Disengagement, EndpointId, GatekeeperEvent, Pregranted,
    QuestionId, RegistrationTerms, Unregistration, Wanted,
};

use crate::AliasAddress;
use crate::asn1::h225::RasMessage;
use crate::h235::{Guards, Security};
use crate::ras::exchange::Exchanges;
use crate::ras::message;
use crate::ras::replies::{Origin, Replies};
use crate::ras::sources::Sources;
use admissions::Admissions;
use bytes::Bytes;
use lhtt_core::io::{ListenerId, Output};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Instant, soonest};
use questions::Questions;
use registrations::Registrations;
use request::Purpose;
use std::collections::{BTreeMap, VecDeque};
use std::net::{IpAddr, SocketAddr};

/// A gatekeeper.
///
/// After every call of a method, drain [`Gatekeeper::poll_output`], then [`Gatekeeper::poll_event`], and arm a timer for
/// [`Gatekeeper::poll_timeout`]. `examples/gatekeeper.rs` is a whole program around it.
///
/// ```
/// use lhtt_core::{io::{Input, ListenerId}, rng::Rng, time::Instant};
/// use lhtt_h323::ras::gatekeeper::{Gatekeeper, GatekeeperConfig, GatekeeperEvent};
///
/// let mut gatekeeper = Gatekeeper::new(GatekeeperConfig::new("zone-1"), Rng::from_number(1));
/// gatekeeper.listener(ListenerId(0), "192.0.2.1:1719".parse()?);
/// let (remote, now) = ("192.0.2.9:1719".parse()?, Instant::ZERO);
/// gatekeeper.handle_input(now, Input::Datagram { listener: ListenerId(0), remote, data: vec![0; 9].into() });
/// while let Some(event) = gatekeeper.poll_event() {
///     match event {
///         GatekeeperEvent::RegistrationAsked { question, .. } => gatekeeper.register(now, question, Default::default())?,
///         GatekeeperEvent::AdmissionAsked { question, .. } => gatekeeper.admit(now, question, Default::default())?,
///         GatekeeperEvent::LocationAsked { question, .. } => gatekeeper.locate(now, question, None)?,
///         other => println!("{other:?}"),
///     }
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Gatekeeper {
    config: GatekeeperConfig,
    rng: Rng,
    guards: Guards,
    listeners: BTreeMap<ListenerId, SocketAddr>,
    registrations: Registrations,
    admissions: Admissions,
    questions: Questions,
    requests: Exchanges<Purpose>,
    replies: Replies,
    sources: Sources,
    /// Contests that were told: the alias, who claimed it, and until when they are not told again.
    contests: VecDeque<(Instant, AliasAddress, SocketAddr)>,
    counters: Counters,
    outputs: VecDeque<Output>,
    events: VecDeque<GatekeeperEvent>,
}

/// What a gatekeeper has counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Datagrams heard.
    pub heard: u64,
    /// Of them, passed over because their host talked too fast.
    pub too_fast: u64,
    /// Of them, no RAS.
    pub malformed: u64,
    /// Of them, requests that had come before.
    pub again: u64,
    /// Messages sent.
    pub sent: u64,
}

impl Gatekeeper {
    /// A gatekeeper nobody is registered with.
    pub fn new(config: GatekeeperConfig, mut rng: Rng) -> Self {
        let first = rng.below(60_000) as u16;
        Self {
            replies: Replies::new(&mut rng, config.limits.replies),
            sources: Sources::new(&config.limits),
            requests: Exchanges::new(config.limits.requests, first),
            questions: Questions::new(config.limits.questions),
            config,
            rng,
            guards: Guards::default(),
            listeners: BTreeMap::new(),
            registrations: Registrations::default(),
            admissions: Admissions::default(),
            contests: VecDeque::new(),
            counters: Counters::default(),
            outputs: VecDeque::new(),
            events: VecDeque::new(),
        }
    }

    /// A RAS socket, and the address that it has for endpoints. For the multicast group of discovery (224.0.1.41:1718) the
    /// address is that of the unicast socket beside it. Datagrams of other listeners are not its business.
    pub fn listener(&mut self, listener: ListenerId, address: SocketAddr) {
        self.listeners.insert(listener, address);
    }

    /// What time it is: Unix seconds at the origin of `now`. Peers with a secret need it; say it again when the clock was set.
    pub fn set_clock(&mut self, unix_at_zero: u64) {
        self.guards.set_epoch(unix_at_zero);
    }

    /// Agrees a secret with whoever speaks from an address (H.235.1). After discovery, which says so, each of its requests
    /// needs a good hash, else it is refused with securityDenial; what it is told carries one. An endpoint calls itself by its
    /// name first and by its identifier later: give no name for it in `security`. Needs [`Gatekeeper::set_clock`].
    pub fn secure(&mut self, peer: IpAddr, security: Security) {
        self.guards.set(peer, security, &mut self.rng);
    }

    /// The next thing to do, in order.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// The next thing to know or to answer, in order.
    pub fn poll_event(&mut self) -> Option<GatekeeperEvent> {
        self.events.pop_front()
    }

    /// When it wants [`Input::Timeout`](lhtt_core::io::Input::Timeout).
    pub fn poll_timeout(&self) -> Option<Instant> {
        let calls = soonest(self.admissions.deadline(), self.questions.deadline());
        let wire = soonest(self.requests.deadline(), self.replies.deadline());
        soonest(soonest(self.registrations.deadline(), calls), wire)
    }

    /// How many endpoints are registered.
    pub fn registrations(&self) -> usize {
        self.registrations.len()
    }

    /// How many calls are admitted, counted at each end.
    pub fn admissions(&self) -> usize {
        self.admissions.len()
    }

    /// Bandwidth in use, in 100 bit/s.
    pub fn bandwidth(&self) -> u64 {
        self.admissions.bandwidth()
    }

    /// What was counted.
    pub fn counters(&self) -> Counters {
        self.counters
    }

    /// The names of an endpoint.
    pub fn aliases(&self, endpoint: EndpointId) -> Option<&[AliasAddress]> {
        self.registrations.get(endpoint).map(|its| its.aliases.as_slice())
    }

    /// Where an endpoint takes calls.
    pub fn call_signal(&self, endpoint: EndpointId) -> Option<SocketAddr> {
        self.registrations.get(endpoint)?.call_signal.first().copied()
    }

    /// Who has a name.
    pub fn find(&self, alias: &AliasAddress) -> Option<EndpointId> {
        self.registrations.holder(alias)
    }

    /// Whether nothing is left: no registration, call, question, request, kept answer, output or event.
    pub fn is_quiescent(&self) -> bool {
        self.registrations.len() == 0
            && self.admissions.len() == 0
            && self.questions.len() == 0
            && self.requests.len() == 0
            && self.replies.len() == 0
            && self.outputs.is_empty()
            && self.events.is_empty()
    }

    /// Answers a request, and keeps the answer for its retransmissions.
    fn reply(&mut self, origin: Origin, to: SocketAddr, message: &RasMessage) {
        // What cannot be encoded holds a value of our owner that cannot be said; the asker hears nothing and asks again.
        let stamp = self.guards.stamp(to.ip());
        let Some(octets) = message::write(message, stamp).map(Bytes::from) else { return };
        self.replies.keep(origin, to, octets.clone());
        self.transmit(origin.listener, to, octets);
    }

    fn transmit(&mut self, listener: ListenerId, remote: SocketAddr, data: Bytes) {
        self.counters.sent += 1;
        self.outputs.push_back(Output::Transmit { listener, remote, data });
    }
}
