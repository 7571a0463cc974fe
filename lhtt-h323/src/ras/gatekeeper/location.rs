//! Locations between zones: LRQ of neighbours and endpoints, and ours to neighbours (H.323 7.2.3, 8.1.6; H.225.0 7.14).
//!
//! What one LRQ can cause is bounded: it is answered once, to the host it came from, with fewer octets than it had or few
//! more; it goes on only for a configured neighbour that said how many hops it may make, to no more than
//! `NEIGHBOURS_ASKED_MAX` others, with one hop less. Whoever is neither neighbour nor endpoint gets LRJ.

use super::event::{AdmissionTerms, GatekeeperEvent, Wanted};
use super::questions::{Sought, Waits};
use super::register::answer_to;
use super::request::Purpose;
use super::{Gatekeeper, QuestionId, say};
use crate::AliasAddress;
use crate::asn1::h225::{LocationConfirm, LocationRequest, RasMessage};
use crate::call::alias;
use crate::error::Misuse;
use crate::limits;
use crate::ras::Refusal;
use crate::ras::exchange::To;
use crate::ras::message;
use crate::ras::replies::Origin;
use lhtt_core::io::ListenerId;
use lhtt_core::time::Instant;
use std::net::SocketAddr;

/// Neighbours that are asked one order after the other.
#[derive(Clone, Debug)]
pub(crate) struct Search {
    sought: Sought,
    /// Those of each later order.
    later: Vec<Vec<SocketAddr>>,
    /// Answers that are still awaited.
    open: usize,
    listener: ListenerId,
}

impl Gatekeeper {
    /// LRQ: of a neighbour or an endpoint it is a question.
    pub(super) fn on_location(&mut self, now: Instant, origin: Origin, its: Box<LocationRequest>) {
        let neighbour = self.is_neighbour(origin.remote);
        let endpoint = its.endpoint_identifier.as_deref().map(|name| self.registrations.of(name, origin.remote));
        if !neighbour && !matches!(endpoint, Some(Ok(_))) {
            return self.reject_location(origin, origin.remote, Refusal::NotRegistered);
        }
        let to = answer_to(origin, std::slice::from_ref(&its.reply_address));
        let aliases: Vec<_> = its.destination_info.iter().take(limits::ALIASES_MAX).filter_map(alias::read).collect();
        if aliases.is_empty() {
            return self.reject_location(origin, to, Refusal::IncompleteAddress);
        }
        let found = aliases.iter().find_map(|name| self.registrations.holder(name));
        let call = its.call_identifier.as_ref().map(|its| its.guid);
        let sought = Sought { aliases: aliases.clone(), hops: its.hop_count.filter(|_| neighbour), call };
        let from = origin.remote;
        match self.question(now, origin, to, Waits::Location(sought)) {
            Some(question) => {
                let event = GatekeeperEvent::LocationAsked { question, from, neighbour, aliases, found, request: its };
                self.events.push_back(event);
            }
            None => self.reject_location(origin, to, Refusal::NoResources),
        }
    }

    /// Tells where something is: at `place`, else where its endpoint takes calls (or our own signalling address, if there is
    /// one), else where a neighbour says.
    ///
    /// # Errors
    /// [`Misuse::UnknownQuestion`].
    pub fn locate(&mut self, now: Instant, question: QuestionId, place: Option<SocketAddr>) -> Result<(), Misuse> {
        let Some(Waits::Location(_)) = self.questions.waits(question) else { return Err(Misuse::UnknownQuestion) };
        let Some((origin, to, Waits::Location(sought))) = self.questions.take(question) else { return Ok(()) };
        let holder = sought.aliases.iter().find_map(|name| self.registrations.holder(name));
        match (place, holder) {
            (Some(place), _) => self.confirm_location(origin, to, place),
            (None, Some(endpoint)) => match self.place_of(endpoint) {
                Ok(place) => self.confirm_location(origin, to, self.config.signalling.unwrap_or(place)),
                Err(why) => self.reject_location(origin, to, why),
            },
            (None, None) => self.forward_location(now, origin, to, sought),
        }
        Ok(())
    }

    /// Asks further neighbours, for a neighbour.
    fn forward_location(&mut self, now: Instant, origin: Origin, to: SocketAddr, mut sought: Sought) {
        let why = match sought.hops {
            _ if !self.config.forward_locations => Refusal::CalledPartyNotRegistered,
            // Without a count nothing would end a circle of gatekeepers.
            None => Refusal::CalledPartyNotRegistered,
            Some(0 | 1) => Refusal::HopCountExceeded,
            Some(hops) => {
                sought.hops = Some((hops - 1).min(limits::HOPS_MAX));
                let search = self.search(origin.listener, sought, Some(origin.remote));
                match self.question(now, origin, to, Waits::LocationAt(search)) {
                    Some(question) => return self.ask_next(now, question),
                    None => Refusal::NoResources,
                }
            }
        };
        self.reject_location(origin, to, why);
    }

    /// Asks neighbours where an admitted call goes.
    pub(super) fn ask_neighbours_for_call(
        &mut self,
        now: Instant,
        origin: Origin,
        to: SocketAddr,
        wanted: Box<Wanted>,
        terms: AdmissionTerms,
    ) {
        let (aliases, call) = (wanted.called.clone(), wanted.identified.then_some(wanted.admission.call));
        let sought = Sought { aliases, hops: Some(limits::HOPS_MAX), call };
        let search = self.search(origin.listener, sought, None);
        match self.question(now, origin, to, Waits::AdmissionAt(wanted, terms, search)) {
            Some(question) => self.ask_next(now, question),
            None => self.reject_admission(origin, Refusal::NoResources),
        }
    }

    /// The neighbours that may know, those of the lowest order first. Who asks is not asked back.
    fn search(&self, listener: ListenerId, sought: Sought, asker: Option<SocketAddr>) -> Search {
        let mut fit: Vec<_> = self.config.neighbours.iter().collect();
        fit.retain(|its| Some(its.address) != asker && is_for(&its.prefixes, &sought.aliases));
        fit.sort_by_key(|its| its.order);
        fit.truncate(limits::NEIGHBOURS_ASKED_MAX);
        let groups = fit.chunk_by(|a, b| a.order == b.order);
        let mut later: Vec<Vec<_>> = groups.map(|group| group.iter().map(|its| its.address).collect()).collect();
        later.reverse();
        Search { sought, later, open: 0, listener }
    }

    /// Asks the neighbours of the next order; with none left nobody knows.
    fn ask_next(&mut self, now: Instant, question: QuestionId) {
        loop {
            let Some(search) = self.questions.waits_mut(question).and_then(search_of) else { return };
            let Some(group) = search.later.pop() else { break };
            search.open = group.len();
            let (sought, listener) = (search.sought.clone(), search.listener);
            let reply = self.listeners.get(&listener).copied();
            let asked = group.iter().filter(|neighbour| {
                let Some(reply) = reply else { return false };
                let to = To { listener, remote: **neighbour };
                let (retry, purpose) = (self.config.timers.location, Purpose::Locate(question, **neighbour));
                let stamp = self.guards.stamp(neighbour.ip());
                let build = |number| {
                    let request = say::location_request(number, &self.config.identifier, reply, &sought);
                    message::write(&request, stamp)
                };
                self.requests.ask(now, to, retry, purpose, build, &mut self.outputs).is_some()
            });
            let asked = asked.count();
            self.counters.sent += asked as u64;
            if let Some(search) = self.questions.waits_mut(question).and_then(search_of) {
                search.open = asked;
            }
            if asked > 0 {
                return;
            }
        }
        self.refuse_question(question, Refusal::CalledPartyNotRegistered);
    }

    /// LCF of a neighbour: the first one counts.
    pub(super) fn on_found(&mut self, now: Instant, question: QuestionId, its: &LocationConfirm) {
        if self.questions.waits_mut(question).and_then(search_of).is_none() {
            return; // another neighbour was quicker
        }
        let Some(place) = alias::socket_address(&its.call_signal_address) else {
            return self.on_not_found(now, question);
        };
        match self.questions.take(question) {
            Some((origin, _, Waits::AdmissionAt(wanted, terms, _))) => {
                self.confirm_admission(now, origin, &wanted, &terms, place);
            }
            Some((origin, to, Waits::LocationAt(_))) => self.confirm_location(origin, to, place),
            _ => {}
        }
    }

    /// LRJ of a neighbour, or silence.
    pub(super) fn on_not_found(&mut self, now: Instant, question: QuestionId) {
        let Some(search) = self.questions.waits_mut(question).and_then(search_of) else { return };
        search.open = search.open.saturating_sub(1);
        if search.open == 0 {
            self.ask_next(now, question);
        }
    }

    fn confirm_location(&mut self, origin: Origin, to: SocketAddr, place: SocketAddr) {
        let Some(ras) = self.listeners.get(&origin.listener).copied() else { return };
        let message: RasMessage = say::location_confirm(origin.number, place, ras);
        self.reply(origin, to, &message);
    }

    pub(super) fn reject_location(&mut self, origin: Origin, to: SocketAddr, why: Refusal) {
        self.reply(origin, to, &say::location_reject(origin.number, why));
    }

    pub(super) fn is_neighbour(&self, address: SocketAddr) -> bool {
        self.config.neighbours.iter().any(|its| its.address == address)
    }
}

fn search_of(waits: &mut Waits) -> Option<&mut Search> {
    match waits {
        Waits::AdmissionAt(_, _, search) | Waits::LocationAt(search) => Some(search),
        Waits::Registration(_) | Waits::Admission(_) | Waits::Location(_) => None,
    }
}

/// Whether a neighbour with these prefixes may know one of the aliases.
fn is_for(prefixes: &[String], aliases: &[AliasAddress]) -> bool {
    let begins =
        |alias: &AliasAddress| alias.text().is_some_and(|its| prefixes.iter().any(|with| its.starts_with(with)));
    prefixes.is_empty() || aliases.iter().any(begins)
}
