//! The registration's states, and what makes it go from one to another: the table of [`super`], in one match.

use super::registration::Candidate;
use super::{Lost, Purpose, RasClient, RasClientEvent};
use crate::asn1::h225::{
    GatekeeperConfirm, GatekeeperReject, RegistrationConfirm, RegistrationReject, UnregRequestReason,
    UnregistrationRequest,
};
use crate::ras::Refusal;
use lhtt_core::time::Instant;
use std::net::SocketAddr;

/// Where the registration is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Nobody asked for one.
    Idle,
    /// GRQ is out.
    Discovering,
    /// RRQ is out.
    Registering,
    /// It is there; when the next keep-alive goes.
    Registered { since: Instant, keep_alive: Option<Instant> },
    /// URQ is out.
    Leaving,
    /// Nobody would have us: when it begins anew.
    Waiting { until: Instant },
}

impl State {
    pub(super) fn deadline(&self) -> Option<Instant> {
        match self {
            Self::Registered { keep_alive, .. } => *keep_alive,
            Self::Waiting { until } => Some(*until),
            Self::Idle | Self::Discovering | Self::Registering | Self::Leaving => None, // their requests end
        }
    }
}

/// What happens to a registration.
#[derive(Debug)]
pub(super) enum Happening {
    Begin,
    Resume(String),
    Leave,
    Renamed,
    Offered(SocketAddr, Box<GatekeeperConfirm>),
    Declined(Box<GatekeeperReject>),
    Confirmed(Box<RegistrationConfirm>),
    Refused(Box<RegistrationReject>),
    Left,
    Silence(Purpose),
    Due,
    Expelled(Box<UnregistrationRequest>),
    /// The gatekeeper said in passing that it does not know us.
    Unknown,
}

impl RasClient {
    /// The one place where the registration changes its state.
    pub(super) fn happen(&mut self, now: Instant, happening: Happening) {
        use {Happening as H, State as S};
        match (self.state.clone(), happening) {
            (S::Idle | S::Waiting { .. }, H::Begin) => self.begin(now),
            (S::Idle | S::Waiting { .. }, H::Resume(identifier)) => self.begin_with(now, identifier),
            (_, H::Begin | H::Resume(_)) => {} // under way
            (S::Registered { .. }, H::Leave) => self.leave(now),
            (S::Discovering | S::Registering | S::Waiting { .. }, H::Leave) => self.give_up(),
            (S::Idle | S::Leaving, H::Leave) => {}
            (S::Registered { .. }, H::Renamed) => {
                self.registration.renamed = true;
                self.register_at(now, true);
            }
            (_, H::Renamed) => {} // said with the next registration
            (S::Discovering, H::Offered(from, gcf)) => self.on_offer(now, from, &gcf),
            (S::Discovering, H::Declined(grj)) => {
                let why = Refusal::of_gatekeeper(&grj.reject_reason);
                self.try_next(now, Some(why), grj.alt_gk_info.as_ref());
            }
            (S::Registering, H::Confirmed(rcf)) => self.on_registered(now, now, &rcf),
            (S::Registered { since, .. }, H::Confirmed(rcf)) => self.on_registered(now, since, &rcf),
            (S::Registering, H::Refused(rrj)) => self.on_refused(now, &rrj),
            (S::Registered { .. }, H::Refused(rrj)) => {
                self.lose(Lost::Forgotten);
                self.on_refused(now, &rrj);
            }
            // A keep-alive tells whether that is so.
            (S::Registered { since, .. }, H::Unknown) => self.keep_alive(now, since),
            (S::Discovering | S::Registering, H::Silence(_)) => self.try_next(now, None, None),
            (S::Registered { .. }, H::Silence(Purpose::KeepAlive | Purpose::Register)) => {
                self.lose(Lost::Silent);
                self.try_alternates(now);
            }
            (S::Leaving, H::Left | H::Silence(_)) => {
                self.lose(Lost::Left);
                self.give_up();
            }
            (S::Leaving, H::Expelled(_)) => {
                self.lose(Lost::Left);
                self.give_up();
            }
            (S::Registered { since, .. }, H::Expelled(urq)) => {
                self.registration.remember(urq.alternate_gatekeeper.as_deref());
                let why = urq.reason.unwrap_or(UnregRequestReason::UndefinedReason);
                self.begin_again(now, since, Lost::Gatekeeper(why));
            }
            (S::Registered { since, keep_alive: Some(due) }, H::Due) if due <= now => self.keep_alive(now, since),
            (S::Waiting { until }, H::Due) if until <= now => self.begin(now),
            // Late answers, and deadlines that have moved.
            (_, H::Offered(..) | H::Declined(_) | H::Confirmed(_) | H::Refused(_) | H::Left) => {}
            (_, H::Silence(_) | H::Due | H::Expelled(_) | H::Unknown) => {}
        }
    }

    /// With what is configured.
    fn begin(&mut self, now: Instant) {
        self.registration.candidates = self.configured();
        self.try_candidate(now, None);
    }

    fn begin_with(&mut self, now: Instant, identifier: String) {
        self.registration.candidates = self.configured();
        let Some(first) = self.registration.candidates.pop_front() else { return };
        let Some(known) = first.address else { return self.begin(now) };
        self.registration.gatekeeper = Some(known);
        self.registration.endpoint_identifier = Some(identifier);
        self.registration.candidates.push_front(first);
        self.register_at(now, false);
    }

    /// A registration that was lost: at once where it had lasted, else after a while, so that a gatekeeper that throws everybody
    /// out is not stormed.
    fn begin_again(&mut self, now: Instant, since: Instant, why: Lost) {
        self.lose(why);
        if now.saturating_since(since) < self.config.timers.stable {
            return self.wait(now, None, Vec::new());
        }
        self.registration.failures = 0;
        let (gatekeeper, named) = (self.registration.gatekeeper, self.registration.alternates.clone());
        let here = gatekeeper.map(|address| Candidate { address: Some(address), discover: false });
        self.registration.candidates = named.into_iter().chain(here).chain(self.configured()).collect();
        self.try_candidate(now, None);
    }

    /// Its gatekeeper is silent: alternates first.
    fn try_alternates(&mut self, now: Instant) {
        let named = self.registration.alternates.clone();
        self.registration.candidates = named.into_iter().chain(self.configured()).collect();
        self.try_candidate(now, None);
    }

    pub(super) fn lose(&mut self, why: Lost) {
        self.state = State::Idle;
        self.events.push_back(RasClientEvent::Unregistered { why });
    }

    /// Nothing more is tried.
    fn give_up(&mut self) {
        self.state = State::Idle;
        self.registration.endpoint_identifier = None;
        for purpose in self.requests.clear() {
            self.come_to_nothing(purpose);
        }
    }
}
