//! An endpoint's side of RAS (H.323 7.2, 8.1; H.225.0 7.8 to 7.20): it finds a gatekeeper, stays registered, asks for its calls.
//!
//! | state | GCF | RCF | GRJ, RRJ | silence | deadline | URQ | owner leaves |
//! |---|---|---|---|---|---|---|---|
//! | Idle | – | – | – | – | – | URJ | – |
//! | Discovering | → Registering | – | next gatekeeper | next gatekeeper | – | URJ | → Idle |
//! | Registering | – | → Registered | next gatekeeper, or full registration | next gatekeeper | – | URJ | → Idle |
//! | Registered | – | stays | → Registering | next gatekeeper | keep-alive | UCF, → Registering | → Leaving |
//! | Leaving | – | – | – | → Idle | – | UCF, → Idle | – |
//! | Waiting | – | – | – | – | → Discovering | URJ | → Idle |
//!
//! With no gatekeeper left to try it waits, each time twice as long and never in step with others. Requests of anybody but its
//! gatekeeper are passed over. Leaves out: of H.235 all but H.235.1
//! ([`RasClient::secure`]), H.460, assigned gatekeepers and rehoming.

mod calls;
mod config;
mod event;
mod inbound;
mod registration;
mod say;
mod state;

pub use config::{Discovery, RasClientConfig, RasClientTimers, TerminalKind};
pub use event::{Admission, LocationId, Lost, RasCall, RasClientEvent};

use crate::AliasAddress;
use crate::asn1::h225::RasMessage;
use crate::error::Misuse;
use crate::h235::{Guards, Security, Stamp};
use crate::ras::exchange::{Exchanges, Retry, To};
use crate::ras::replies::{Origin, Replies};
use crate::ras::{message, sources::Sources};
use bytes::Bytes;
use calls::Calls;
use lhtt_core::io::Output;
use lhtt_core::rng::Rng;
use lhtt_core::time::{Instant, soonest};
use registration::Registration;
use state::{Happening, State};
use std::collections::VecDeque;
use std::net::{IpAddr, SocketAddr};

/// An endpoint as its gatekeeper knows it.
///
/// After every call of a method, drain [`RasClient::poll_output`], then [`RasClient::poll_event`], and arm a timer for
/// [`RasClient::poll_timeout`]. `examples/register.rs` is a whole program around it.
///
/// ```
/// use lhtt_core::{io::ListenerId, rng::Rng, time::Instant};
/// use lhtt_h323::AliasAddress;
/// use lhtt_h323::ras::client::{RasClient, RasClientConfig};
///
/// let (ras, signalling) = ("192.0.2.9:1719".parse()?, "192.0.2.9:1720".parse()?);
/// let mut config = RasClientConfig::new(ListenerId(0), ras, signalling, "192.0.2.1:1719".parse()?);
/// config.aliases = vec![AliasAddress::of("600")];
/// let mut client = RasClient::new(config, Rng::from_number(1));
/// client.register(Instant::ZERO);
/// assert!(client.poll_output().is_some(), "GRQ");
/// assert!(client.poll_timeout().is_some(), "and when it is sent again");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct RasClient {
    config: RasClientConfig,
    rng: Rng,
    guards: Guards,
    state: State,
    registration: Registration,
    calls: Calls,
    requests: Exchanges<Purpose>,
    replies: Replies,
    sources: Sources,
    outputs: VecDeque<Output>,
    events: VecDeque<RasClientEvent>,
}

/// What a request of ours is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Discover,
    Register,
    KeepAlive,
    Leave,
    Admit(RasCall),
    Bandwidth(RasCall, u32),
    Disengage(RasCall),
    Locate(LocationId),
    Report,
    Resources,
}

impl RasClient {
    /// A client that is not registered and does not try.
    pub fn new(config: RasClientConfig, mut rng: Rng) -> Self {
        let first = rng.below(60_000) as u16;
        Self {
            requests: Exchanges::new(config.limits.requests, first),
            replies: Replies::new(&mut rng, config.limits.replies),
            sources: Sources::new(&config.limits),
            config,
            rng,
            guards: Guards::default(),
            state: State::Idle,
            registration: Registration::default(),
            calls: Calls::default(),
            outputs: VecDeque::new(),
            events: VecDeque::new(),
        }
    }

    /// Finds a gatekeeper and registers there, and does so again whenever that is lost, until [`unregister`](Self::unregister).
    pub fn register(&mut self, now: Instant) {
        self.happen(now, Happening::Begin);
    }

    /// Goes on with a registration of before a restart: a keep-alive with that identifier. A gatekeeper that has forgotten it gets a
    /// full registration.
    pub fn resume(&mut self, now: Instant, endpoint_identifier: &str) {
        self.happen(now, Happening::Resume(endpoint_identifier.to_owned()));
    }

    /// Leaves the gatekeeper, and tries no more.
    pub fn unregister(&mut self, now: Instant) {
        self.happen(now, Happening::Leave);
    }

    /// Other names; registered at once where it is registered.
    pub fn set_aliases(&mut self, now: Instant, aliases: Vec<AliasAddress>) {
        self.config.aliases = aliases;
        self.happen(now, Happening::Renamed);
    }

    /// What time it is: Unix seconds at the origin of `now`. Gatekeepers with a secret need it; say it again when the clock was set.
    pub fn set_clock(&mut self, unix_at_zero: u64) {
        self.guards.set_epoch(unix_at_zero);
    }

    /// Agrees a secret with the gatekeeper at an address (H.235.1): after discovery it is told nothing without a hash, and nothing
    /// without a good one is heard from there. Needs [`RasClient::set_clock`].
    pub fn secure(&mut self, gatekeeper: IpAddr, security: Security) {
        self.guards.set(gatekeeper, security, &mut self.rng);
    }

    /// The next thing to do, in order.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// The next thing to know, in order.
    pub fn poll_event(&mut self) -> Option<RasClientEvent> {
        self.events.pop_front()
    }

    /// When it wants [`Input::Timeout`](lhtt_core::io::Input::Timeout).
    pub fn poll_timeout(&self) -> Option<Instant> {
        let own = soonest(self.state.deadline(), self.calls.deadline());
        soonest(own, soonest(self.requests.deadline(), self.replies.deadline()))
    }

    /// Whether it is registered.
    pub fn is_registered(&self) -> bool {
        matches!(self.state, State::Registered { .. })
    }

    /// Its gatekeeper, once it is registered.
    pub fn gatekeeper(&self) -> Option<SocketAddr> {
        self.is_registered().then_some(self.registration.gatekeeper).flatten()
    }

    /// How many calls there are that are not disengaged.
    pub fn calls(&self) -> usize {
        self.calls.len()
    }

    /// Whether nothing is left: not registered nor trying, no call, request, kept answer, output or event.
    pub fn is_quiescent(&self) -> bool {
        matches!(self.state, State::Idle)
            && self.calls.len() == 0
            && self.requests.len() == 0
            && self.replies.len() == 0
            && self.outputs.is_empty()
            && self.events.is_empty()
    }

    /// Asks the gatekeeper, once it is registered.
    fn ask(&mut self, now: Instant, purpose: Purpose, build: impl FnOnce(u16) -> RasMessage) -> Result<(), Misuse> {
        let remote = self.gatekeeper().ok_or(Misuse::UnknownEndpoint)?;
        self.send(now, remote, self.config.timers.request, purpose, build)
    }

    fn send(
        &mut self,
        now: Instant,
        remote: SocketAddr,
        retry: Retry,
        purpose: Purpose,
        build: impl FnOnce(u16) -> RasMessage,
    ) -> Result<(), Misuse> {
        let to = To { listener: self.config.listener, remote };
        self.guards.tick(now);
        let stamp = self.stamp(remote);
        let build = |number| message::write(&build(number), stamp);
        let asked = self.requests.ask(now, to, retry, purpose, build, &mut self.outputs);
        asked.map(|_| ()).ok_or(Misuse::TooManyRequests)
    }

    /// A token for the next message, under the name that the gatekeeper gave us if it did.
    fn stamp(&mut self, to: SocketAddr) -> Option<Stamp> {
        self.guards.stamp_from(to.ip(), self.registration.endpoint_identifier.as_deref())
    }

    fn reply(&mut self, origin: Origin, message: &RasMessage) {
        let stamp = self.stamp(origin.remote);
        let Some(octets) = message::write(message, stamp).map(Bytes::from) else { return };
        self.replies.keep(origin, origin.remote, octets.clone());
        self.outputs.push_back(Output::Transmit { listener: origin.listener, remote: origin.remote, data: octets });
    }
}
