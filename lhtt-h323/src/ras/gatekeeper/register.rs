//! Discovery, registration and its end (H.323 7.2.1, 7.2.2; H.225.0 7.8 to 7.10).

use super::event::{Claim, Disengagement, EndpointId, GatekeeperEvent, Refused, RegistrationTerms, Unregistration};
use super::questions::Waits;
use super::registrations::{Registration, plain};
use super::{Gatekeeper, QuestionId, say};
use crate::AliasAddress;
use crate::asn1::h225::{GatekeeperRequest, RegistrationRequest, TransportAddress, UnregistrationRequest};
use crate::call::alias;
use crate::call::say::PROTOCOL;
use crate::error::Misuse;
use crate::limits;
use crate::per::Oid;
use crate::ras::Refusal;
use crate::ras::replies::Origin;
use lhtt_core::time::{Duration, Instant};
use std::net::SocketAddr;

impl Gatekeeper {
    /// GRQ: GCF, or GRJ where another gatekeeper is looked for, also by multicast: who looks tries on.
    pub(super) fn on_discovery(&mut self, origin: Origin, its: &GatekeeperRequest) {
        let to = answer_to(origin, std::slice::from_ref(&its.ras_address));
        let message = match self.discovered(its) {
            Ok(()) => {
                let Some(address) = self.listeners.get(&origin.listener).copied() else { return };
                let alternates = say::alternates(&self.config.alternates).filter(|_| its.supports_alt_gk.is_some());
                let secret = self.guards.has(origin.remote.ip());
                say::gatekeeper_confirm(origin.number, &self.config.identifier, address, alternates, secret)
            }
            Err(why) => say::gatekeeper_reject(origin.number, &self.config, why),
        };
        self.reply(origin, to, &message);
    }

    fn discovered(&self, its: &GatekeeperRequest) -> Result<(), Refusal> {
        let other = its.gatekeeper_identifier.as_ref().is_some_and(|name| !self.is_me(name));
        match () {
            () if !is_h225(&its.protocol_identifier) => Err(Refusal::InvalidRevision),
            () if other => Err(Refusal::Excluded),
            () if self.registrations.len() >= self.config.limits.registrations => Err(Refusal::NoResources),
            () => Ok(()),
        }
    }

    /// RRQ: a keep-alive is answered, anything else is a question.
    pub(super) fn on_registration(&mut self, now: Instant, origin: Origin, its: Box<RegistrationRequest>) {
        if its.keep_alive == Some(true) {
            return self.on_keep_alive(now, origin, &its);
        }
        let to = answer_to(origin, &its.ras_address);
        let claim = match self.claim(origin, to, &its) {
            Ok(claim) => claim,
            Err(why) => return self.reject_registration(origin, to, &why.into()),
        };
        if let Err((why, aliases)) = self.registrations.fits(&claim, &self.config.limits) {
            self.tell_contest(now, origin.remote, &aliases);
            return self.reject_registration(origin, to, &Refused { why, aliases });
        }
        match self.question(now, origin, to, Waits::Registration(Box::new(claim.clone()))) {
            Some(question) => {
                self.events.push_back(GatekeeperEvent::RegistrationAsked { question, claim, request: its });
            }
            None => self.reject_registration(origin, to, &Refusal::NoResources.into()),
        }
    }

    /// What an RRQ says, checked.
    fn claim(&self, origin: Origin, ras: SocketAddr, its: &RegistrationRequest) -> Result<Claim, Refusal> {
        if !is_h225(&its.protocol_identifier) {
            return Err(Refusal::InvalidRevision);
        }
        if its.gatekeeper_identifier.as_ref().is_some_and(|name| !self.is_me(name)) {
            return Err(Refusal::DiscoveryRequired);
        }
        let call_signal = addresses(&its.call_signal_address);
        let first = *call_signal.first().ok_or(Refusal::InvalidCallSignalAddress)?;
        if addresses(&its.ras_address).is_empty() {
            return Err(Refusal::InvalidRasAddress);
        }
        let identified = its.endpoint_identifier.as_deref().map(|name| self.registrations.of(name, origin.remote));
        let replaces = match identified {
            Some(Ok(endpoint)) => Some(endpoint),
            _ => self.registrations.at(first, origin.remote.ip()),
        };
        let additive = its.additive_registration.is_some();
        if additive && !matches!(identified, Some(Ok(_))) {
            return Err(Refusal::FullRegistrationRequired);
        }
        Ok(Claim {
            from: origin.remote,
            ras,
            call_signal,
            aliases: names(its.terminal_alias.as_deref().unwrap_or_default())?,
            replaces,
            additive,
            time_to_live: its.time_to_live.map(|seconds| Duration::from_secs(seconds.into())),
            capacity: say::read_capacity(its.capacity.as_ref()),
            takes_alternates: its.supports_alt_gk.is_some(),
        })
    }

    /// Registers who asked. A name that somebody else got meanwhile is refused all the same.
    ///
    /// # Errors
    /// [`Misuse::UnknownQuestion`].
    pub fn register(&mut self, now: Instant, question: QuestionId, terms: RegistrationTerms) -> Result<(), Misuse> {
        let Some(Waits::Registration(_)) = self.questions.waits(question) else { return Err(Misuse::UnknownQuestion) };
        let Some((origin, to, Waits::Registration(claim))) = self.questions.take(question) else { return Ok(()) };
        let mut claim = *claim;
        claim.aliases = terms.aliases.unwrap_or(claim.aliases);
        claim.replaces = claim.replaces.filter(|id| self.registrations.get(*id).is_some());
        if let Err((why, aliases)) = self.registrations.fits(&claim, &self.config.limits) {
            self.reject_registration(origin, to, &Refused { why, aliases });
            return Ok(());
        }
        let most = self.config.time_to_live;
        let asked = claim.time_to_live.unwrap_or(most).min(terms.time_to_live.unwrap_or(most));
        let endpoint = self.enter(now, origin, &claim, asked.min(most).max(Duration::from_secs(1)));
        let Some(its) = self.registrations.get(endpoint) else { return Ok(()) };
        let identifier = self.registrations.identifier(endpoint);
        let message = say::registration_confirm(origin.number, &self.config, identifier, its, terms.pregranted);
        self.reply(origin, to, &message);
        self.events.push_back(GatekeeperEvent::Registered { endpoint });
        Ok(())
    }

    /// Puts a claim into the table: into the registration it goes on with, or as a new one.
    fn enter(&mut self, now: Instant, origin: Origin, claim: &Claim, time_to_live: Duration) -> EndpointId {
        let expires = now + time_to_live + self.config.timers.grace;
        let goes_on = claim.replaces.filter(|id| self.registrations.get(*id).is_some_and(|its| its.from == claim.from));
        if let Some(endpoint) = goes_on {
            self.registrations.change(endpoint, |its| {
                if claim.additive {
                    let more = claim.aliases.iter().filter(|alias| !its.aliases.contains(alias));
                    its.aliases = its.aliases.iter().chain(more).cloned().collect();
                } else {
                    its.aliases.clone_from(&claim.aliases);
                }
                its.call_signal.clone_from(&claim.call_signal);
                (its.ras, its.listener) = (claim.ras, origin.listener);
                (its.time_to_live, its.expires) = (time_to_live, expires);
                its.capacity = claim.capacity.or(its.capacity);
            });
            return endpoint;
        }
        let registration = Registration {
            token: self.rng.next_u64(),
            aliases: claim.aliases.clone(),
            call_signal: claim.call_signal.clone(),
            ras: claim.ras,
            from: claim.from,
            listener: origin.listener,
            time_to_live,
            expires,
            capacity: claim.capacity,
            almost_out: false,
            takes_alternates: claim.takes_alternates,
        };
        let former = claim.replaces.and_then(|former| Some((former, self.drop_registration(former)?)));
        let endpoint = self.registrations.insert(registration);
        if let Some((former, aliases)) = former {
            let why = Unregistration::Replaced(endpoint);
            self.events.push_back(GatekeeperEvent::Unregistered { endpoint: former, aliases, why });
        }
        endpoint
    }

    fn on_keep_alive(&mut self, now: Instant, origin: Origin, its: &RegistrationRequest) {
        let known = self.registrations.of(its.endpoint_identifier.as_deref().unwrap_or_default(), origin.remote);
        // From elsewhere too: an address translator may have moved the endpoint, and a full registration tells.
        let known = known.ok().and_then(|endpoint| Some((endpoint, self.registrations.get(endpoint)?)));
        let Some((endpoint, registration)) = known else {
            let why = Refusal::FullRegistrationRequired.into();
            return self.reject_registration(origin, origin.remote, &why);
        };
        let expires = now + registration.time_to_live + self.config.timers.grace;
        let identifier = self.registrations.identifier(endpoint);
        let message = say::keep_alive_confirm(origin.number, &self.config, identifier, registration);
        self.registrations.refresh(endpoint, expires);
        self.reply(origin, origin.remote, &message);
    }

    /// URQ of an endpoint. With some of its names only those go (H.225.0 7.10).
    pub(super) fn on_unregistration(&mut self, origin: Origin, its: &UnregistrationRequest) {
        let to = origin.remote;
        let endpoint = match self.leaver(origin, its) {
            Ok(endpoint) => endpoint,
            Err(why) => return self.reply(origin, to, &say::unregistration_reject(origin.number, why)),
        };
        let gone: Vec<_> = its.endpoint_alias.iter().flatten().filter_map(alias::read).map(|its| plain(&its)).collect();
        let goes = |name: &AliasAddress| gone.contains(&plain(name));
        let has = self.aliases(endpoint).unwrap_or_default();
        if has.iter().any(goes) && !has.iter().all(goes) {
            self.registrations.change(endpoint, |its| its.aliases.retain(|name| !goes(name)));
            self.events.push_back(GatekeeperEvent::Registered { endpoint });
        } else {
            self.end_registration(endpoint, Unregistration::Endpoint);
        }
        self.reply(origin, to, &say::unregistration_confirm(origin.number));
    }

    /// Who leaves: by its identifier, or at an endpoint of version 1 by its address.
    fn leaver(&self, origin: Origin, its: &UnregistrationRequest) -> Result<EndpointId, Refusal> {
        if let Some(identifier) = &its.endpoint_identifier {
            return self.registrations.of(identifier, origin.remote);
        }
        let place = addresses(&its.call_signal_address).first().copied();
        let found = place.and_then(|place| self.registrations.at(place, origin.remote.ip()));
        let endpoint = found.ok_or(Refusal::NotRegistered)?;
        let its = self.registrations.get(endpoint).ok_or(Refusal::NotRegistered)?;
        if its.from == origin.remote || its.ras == origin.remote { Ok(endpoint) } else { Err(Refusal::Security) }
    }

    pub(super) fn reject_registration(&mut self, origin: Origin, to: SocketAddr, why: &Refused) {
        self.reply(origin, to, &say::registration_reject(origin.number, &self.config, why));
    }

    /// Ends a registration and its calls.
    pub(super) fn end_registration(&mut self, endpoint: EndpointId, why: Unregistration) {
        let Some(aliases) = self.drop_registration(endpoint) else { return };
        self.events.push_back(GatekeeperEvent::Unregistered { endpoint, aliases, why });
    }

    fn drop_registration(&mut self, endpoint: EndpointId) -> Option<Vec<AliasAddress>> {
        let calls: Vec<_> = self.admissions.of(endpoint).collect();
        for admission in calls {
            self.end_admission(admission, Disengagement::Unregistered);
        }
        self.registrations.remove(endpoint).map(|its| its.aliases)
    }

    /// Two who claim one alias do so each few seconds: the owner hears of it once a while.
    fn tell_contest(&mut self, now: Instant, from: SocketAddr, aliases: &[AliasAddress]) {
        self.contests.retain(|(until, ..)| *until > now);
        for name in aliases {
            let told = self.contests.iter().any(|(_, its, who)| its == name && who.ip() == from.ip());
            let Some(holder) = self.registrations.holder(name).filter(|_| !told) else { continue };
            if self.contests.len() >= limits::CONTESTS_MAX {
                self.contests.pop_front();
            }
            self.contests.push_back((now + self.config.timers.contest, name.clone(), from));
            self.events.push_back(GatekeeperEvent::Contested { alias: name.clone(), holder, from });
        }
    }

    fn is_me(&self, identifier: &str) -> bool {
        identifier.trim_end_matches('\0') == self.config.identifier
    }
}

/// Where an answer goes: to the RAS address that was said, but to no other host than the one that asked.
pub(super) fn answer_to(origin: Origin, said: &[TransportAddress]) -> SocketAddr {
    let said = said.iter().take(limits::ADDRESSES_MAX).filter_map(alias::socket_address);
    said.into_iter().find(|its| its.ip() == origin.remote.ip()).unwrap_or(origin.remote)
}

fn addresses(said: &[TransportAddress]) -> Vec<SocketAddr> {
    said.iter().take(limits::ADDRESSES_MAX).filter_map(alias::socket_address).collect()
}

/// The names of a list: one that cannot be read, or too many, and the list is refused.
fn names(said: &[crate::asn1::h225::AliasAddress]) -> Result<Vec<AliasAddress>, Refusal> {
    if said.len() > limits::ALIASES_MAX {
        return Err(Refusal::InvalidAlias);
    }
    let mut names = Vec::with_capacity(said.len());
    for alias in said {
        let name = alias::read(alias).filter(|name| name.text() != Some("")).ok_or(Refusal::InvalidAlias)?;
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(names)
}

/// Whether a protocol identifier is of H.225.0, of whatever version.
fn is_h225(protocol: &Oid) -> bool {
    // All but the last arc, which is the version.
    let unversioned = |oid: &Oid| oid.octets().split_last().map(|(_, rest)| rest.to_vec());
    unversioned(protocol) == unversioned(&PROTOCOL)
}
