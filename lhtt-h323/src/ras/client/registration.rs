//! Finding a gatekeeper, registering, staying registered, leaving (H.323 7.2.1, 7.2.2, 7.2.6).

use super::state::{Happening, State};
use super::{Discovery, Purpose, RasClient, RasClientEvent, say};
use crate::AliasAddress;
use crate::asn1::h225::{
    AltGKInfo, AlternateGK, GatekeeperConfirm, RegistrationConfirm, RegistrationReject, RegistrationRejectReason,
};
use crate::call::alias;
use crate::limits;
use crate::ras::Refusal;
use crate::ras::gatekeeper::Pregranted;
use lhtt_core::time::{Duration, Instant};
use std::collections::VecDeque;
use std::net::SocketAddr;

/// What is known of gatekeepers and of the registration.
#[derive(Clone, Debug, Default)]
pub(super) struct Registration {
    /// Whom it is registered with, or last tried.
    pub(super) gatekeeper: Option<SocketAddr>,
    pub(super) gatekeeper_identifier: Option<String>,
    pub(super) endpoint_identifier: Option<String>,
    pub(super) time_to_live: Option<Duration>,
    /// The gatekeeper's own signalling address.
    pub(super) signalling: Option<SocketAddr>,
    pub(super) pregranted: Pregranted,
    pub(super) answers_reports: bool,
    /// What the gatekeeper named, the first to try first.
    pub(super) alternates: Vec<Candidate>,
    /// Still to be tried, in order.
    pub(super) candidates: VecDeque<Candidate>,
    /// Rounds that came to nothing since it was last registered for a while.
    pub(super) failures: u32,
    /// A keep-alive is out.
    checking: bool,
    /// Other names are asked for, and the answer is to be told.
    pub(super) renamed: bool,
    /// Registrations begun anew at one gatekeeper because it wanted so.
    again: u8,
}

/// A gatekeeper to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    /// None: whoever answers the multicast.
    pub(super) address: Option<SocketAddr>,
    /// Whether it is asked first (GRQ).
    pub(super) discover: bool,
}

impl Registration {
    /// Alternates that a gatekeeper named; addresses that cannot be are left out (GnuGk names 0.0.0.0:0 for none).
    pub(super) fn remember(&mut self, named: Option<&[AlternateGK]>) {
        let Some(named) = named else { return };
        let mut usable: Vec<_> = named
            .iter()
            .take(limits::ALTERNATES_MAX)
            .filter_map(|its| Some((its.priority, alias::socket_address(&its.ras_address)?)))
            .collect();
        usable.sort();
        self.alternates =
            usable.into_iter().map(|(_, address)| Candidate { address: Some(address), discover: false }).collect();
    }
}

impl RasClient {
    pub(super) fn configured(&self) -> VecDeque<Candidate> {
        let first = match self.config.discovery {
            Discovery::Unicast(address) => Candidate { address: Some(address), discover: true },
            Discovery::Known(address) => Candidate { address: Some(address), discover: false },
            Discovery::Multicast => Candidate { address: None, discover: true },
        };
        let mut others: Vec<_> = self.config.alternates.iter().map(|its| (its.priority, its.address)).collect();
        others.sort();
        let others = others.into_iter().map(|(_, address)| Candidate { address: Some(address), discover: true });
        std::iter::once(first).chain(others).collect()
    }

    /// The next gatekeeper, or those that this one names.
    pub(super) fn try_next(&mut self, now: Instant, why: Option<Refusal>, elsewhere: Option<&AltGKInfo>) {
        if let Some(elsewhere) = elsewhere {
            self.registration.remember(Some(&elsewhere.alternate_gatekeeper));
            // Each gatekeeper could name the next one for ever.
            if self.registration.again < AGAIN_MAX {
                self.registration.again += 1;
                for candidate in self.registration.alternates.clone().into_iter().rev() {
                    self.registration.candidates.push_front(candidate);
                }
                self.registration.candidates.truncate(limits::ALTERNATES_MAX);
            }
        }
        self.try_candidate(now, why);
    }

    pub(super) fn try_candidate(&mut self, now: Instant, why: Option<Refusal>) {
        let Some(candidate) = self.registration.candidates.pop_front() else {
            return self.wait(now, why, Vec::new());
        };
        self.registration.endpoint_identifier = None;
        match candidate {
            Candidate { address: Some(address), discover: false } => {
                self.registration.gatekeeper = Some(address);
                self.register_at(now, true);
            }
            Candidate { address, .. } => self.discover(now, address.unwrap_or(GROUP)),
        }
    }

    fn discover(&mut self, now: Instant, to: SocketAddr) {
        let config = self.config.clone();
        let retry = config.timers.discovery;
        self.forget_attempts();
        self.state = State::Discovering;
        let secret = self.guards.has(to.ip());
        let build = |number| say::gatekeeper_request(number, &config, secret);
        let asked = self.send(now, to, retry, Purpose::Discover, build);
        if asked.is_err() {
            self.wait(now, None, Vec::new());
        }
    }

    /// GCF: registration follows.
    pub(super) fn on_offer(&mut self, now: Instant, from: SocketAddr, gcf: &GatekeeperConfirm) {
        self.registration.gatekeeper = Some(alias::socket_address(&gcf.ras_address).unwrap_or(from));
        self.registration.gatekeeper_identifier.clone_from(&gcf.gatekeeper_identifier);
        self.registration.remember(gcf.alternate_gatekeeper.as_deref());
        self.register_at(now, true);
    }

    /// RRQ, full or (to go on with a registration) as a keep-alive.
    pub(super) fn register_at(&mut self, now: Instant, full: bool) {
        let Some(to) = self.registration.gatekeeper else { return self.wait(now, None, Vec::new()) };
        let (config, its) = (self.config.clone(), self.registration.clone());
        let retry = config.timers.request;
        self.forget_attempts();
        if !self.is_registered() {
            self.state = State::Registering;
        }
        let asked = self
            .send(now, to, retry, Purpose::Register, |number| say::registration_request(number, &config, &its, !full));
        if asked.is_err() {
            self.wait(now, None, Vec::new());
        }
    }

    /// What was asked of this or another gatekeeper before may be answered late: it says nothing about this attempt.
    fn forget_attempts(&mut self) {
        self.registration.checking = false;
        self.requests.cancel(|its| matches!(its, Purpose::Discover | Purpose::Register | Purpose::KeepAlive));
    }

    /// RCF.
    pub(super) fn on_registered(&mut self, now: Instant, since: Instant, rcf: &RegistrationConfirm) {
        let new = !self.is_registered() || std::mem::take(&mut self.registration.renamed);
        // A keep-alive's RCF may leave out what has not changed.
        let said = rcf.time_to_live.map(|seconds| Duration::from_secs(seconds.into()));
        let time_to_live = said.or(self.registration.time_to_live.filter(|_| self.is_registered()));
        let keep_alive = time_to_live.map(|its| now + self.keep_alive_after(its));
        self.state = State::Registered { since, keep_alive };
        let its = &mut self.registration;
        (its.again, its.checking, its.time_to_live) = (0, false, time_to_live);
        its.endpoint_identifier = Some(rcf.endpoint_identifier.clone());
        if rcf.gatekeeper_identifier.is_some() {
            its.gatekeeper_identifier.clone_from(&rcf.gatekeeper_identifier);
        }
        its.remember(rcf.alternate_gatekeeper.as_deref());
        if now.saturating_since(since) >= self.config.timers.stable {
            its.failures = 0;
        }
        if !new {
            return;
        }
        its.answers_reports = rcf.will_respond_to_irr == Some(true);
        its.signalling = rcf.call_signal_address.iter().find_map(alias::socket_address);
        its.pregranted = rcf.pre_granted_arq.as_ref().map_or_else(Pregranted::default, |its| Pregranted {
            make: its.make_call,
            answer: its.answer_call,
            routed: its.use_gk_call_signal_address_to_make_call || its.use_gk_call_signal_address_to_answer,
        });
        let aliases: Vec<_> =
            rcf.terminal_alias.iter().flatten().take(limits::ALIASES_MAX).filter_map(alias::read).collect();
        let (pregranted, endpoint_identifier) = (its.pregranted, rcf.endpoint_identifier.clone());
        let Some(gatekeeper) = its.gatekeeper else { return };
        self.events.push_back(RasClientEvent::Registered {
            gatekeeper,
            endpoint_identifier,
            aliases,
            time_to_live,
            pregranted,
        });
    }

    /// Early enough that every retransmission still comes in time, but not more than four in a time to live.
    fn keep_alive_after(&self, time_to_live: Duration) -> Duration {
        let retry = self.config.timers.request;
        let tries = retry.first * ((1 << retry.tries.min(8)) - 1);
        (time_to_live / 2).min(time_to_live.saturating_sub(tries)).max(time_to_live / 4).max(KEEP_ALIVE_MIN)
    }

    /// RRJ.
    pub(super) fn on_refused(&mut self, now: Instant, rrj: &RegistrationReject) {
        let why = Refusal::of_registration(&rrj.reject_reason);
        let again = self.registration.again < AGAIN_MAX;
        self.state = State::Registering;
        match why {
            Refusal::FullRegistrationRequired if again => {
                self.registration.again += 1;
                self.registration.endpoint_identifier = None;
                self.register_at(now, true);
            }
            Refusal::DiscoveryRequired if again => {
                self.registration.again += 1;
                let here = Candidate { address: self.registration.gatekeeper, discover: true };
                self.registration.candidates.push_front(here);
                self.try_candidate(now, Some(why));
            }
            // The name is taken here, and would be by the alternates of this zone.
            Refusal::DuplicateAlias => self.wait(now, Some(why), taken(&rrj.reject_reason)),
            _ => self.try_next(now, Some(why), rrj.alt_gk_info.as_ref()),
        }
    }

    /// Everybody was tried.
    pub(super) fn wait(&mut self, now: Instant, why: Option<Refusal>, taken: Vec<AliasAddress>) {
        let timers = self.config.timers;
        let wait = timers.back_off.saturating_mul(1 << self.registration.failures.min(16)).min(timers.back_off_max);
        // Up to a quarter more, so that the endpoints of a gatekeeper that was down do not come all at once.
        let more = self.rng.below(u64::try_from(wait.as_millis() / 4).unwrap_or(0));
        let retry = wait + Duration::from_millis(more);
        self.registration.failures = self.registration.failures.saturating_add(1);
        self.registration.again = 0;
        self.forget_attempts();
        self.state = State::Waiting { until: now + retry };
        self.events.push_back(RasClientEvent::Refused { why, taken, retry });
    }

    pub(super) fn keep_alive(&mut self, now: Instant, since: Instant) {
        if self.registration.checking {
            return;
        }
        // The next is set by its answer.
        self.registration.checking = true;
        self.state = State::Registered { since, keep_alive: None };
        let (config, its) = (self.config.clone(), self.registration.clone());
        let build = |number| say::registration_request(number, &config, &its, true);
        if self.ask(now, Purpose::KeepAlive, build).is_err() {
            self.happen(now, Happening::Silence(Purpose::KeepAlive));
        }
    }

    /// URQ.
    pub(super) fn leave(&mut self, now: Instant) {
        let (config, its) = (self.config.clone(), self.registration.clone());
        let build = |number| say::unregistration_request(number, &config, &its);
        let asked = self.ask(now, Purpose::Leave, build);
        self.state = State::Leaving;
        if asked.is_err() {
            self.happen(now, Happening::Left);
        }
    }
}

fn taken(reason: &RegistrationRejectReason) -> Vec<AliasAddress> {
    match reason {
        RegistrationRejectReason::DuplicateAlias(taken) => {
            taken.iter().take(limits::ALIASES_MAX).filter_map(alias::read).collect()
        }
        _ => Vec::new(),
    }
}

/// The group of gatekeepers (H.225.0 7.2).
const GROUP: SocketAddr = SocketAddr::V4(std::net::SocketAddrV4::new(std::net::Ipv4Addr::new(224, 0, 1, 41), 1718));
/// Times that gatekeepers may send us on or have us begin anew, before it counts as a failure.
const AGAIN_MAX: u8 = 4;
/// However short a gatekeeper's time to live is.
const KEEP_ALIVE_MIN: Duration = Duration::from_millis(250);
