//! Who is registered: by identifier, by alias, by address; with an end to each (H.323 7.2.2).
//!
//! Bounded by `RasLimits::registrations` and `registrations_per_host`. An alias has one holder; numbers and party numbers of
//! the same digits are the same alias, and URLs and e-mail addresses are compared without case.

use super::event::{Claim, EndpointId};
use crate::AliasAddress;
use crate::limits::{self, RasLimits};
use crate::ras::Refusal;
use lhtt_core::io::ListenerId;
use lhtt_core::time::{Duration, Instant};
use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};

/// One registration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Registration {
    /// The half of its identifier that cannot be guessed.
    pub(crate) token: u64,
    pub(crate) aliases: Vec<AliasAddress>,
    pub(crate) call_signal: Vec<SocketAddr>,
    /// Where RAS goes to, and where it may come from besides `from`.
    pub(crate) ras: SocketAddr,
    pub(crate) from: SocketAddr,
    pub(crate) listener: ListenerId,
    pub(crate) time_to_live: Duration,
    pub(crate) expires: Instant,
    /// Calls it has room for, if it said so.
    pub(crate) capacity: Option<u32>,
    pub(crate) almost_out: bool,
    pub(crate) takes_alternates: bool,
}

/// The registrations.
#[derive(Debug, Default)]
pub(crate) struct Registrations {
    last: u64,
    all: BTreeMap<EndpointId, Registration>,
    aliases: BTreeMap<AliasAddress, EndpointId>,
    /// By call signalling address as seen by its host: behind two address translators it may be the same.
    places: BTreeMap<(SocketAddr, IpAddr), EndpointId>,
    /// By where RAS comes from; the latest, where several share a socket.
    sources: BTreeMap<SocketAddr, EndpointId>,
    hosts: BTreeMap<IpAddr, usize>,
    ends: BTreeSet<(Instant, EndpointId)>,
}

impl Registrations {
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    pub(crate) fn get(&self, id: EndpointId) -> Option<&Registration> {
        self.all.get(&id)
    }

    pub(crate) fn get_mut(&mut self, id: EndpointId) -> Option<&mut Registration> {
        self.all.get_mut(&id)
    }

    pub(crate) fn ids(&self) -> Vec<EndpointId> {
        self.all.keys().copied().collect()
    }

    /// The identifier that stands in messages: it names the registration and proves that its holder was told.
    pub(crate) fn identifier(&self, id: EndpointId) -> String {
        let token = self.all.get(&id).map_or(0, |its| its.token);
        format!("{:x}-{token:016x}", id.0)
    }

    /// The registration of this identifier, if it comes from where that was made.
    pub(crate) fn of(&self, identifier: &str, from: SocketAddr) -> Result<EndpointId, Refusal> {
        let (id, token) = identifier.split_once('-').ok_or(Refusal::NotRegistered)?;
        let number = |text| u64::from_str_radix(text, 16).map_err(|_| Refusal::NotRegistered);
        let (id, token) = (EndpointId(number(id)?), number(token)?);
        let its = self.all.get(&id).filter(|its| its.token == token).ok_or(Refusal::NotRegistered)?;
        if its.from == from || its.ras == from { Ok(id) } else { Err(Refusal::Security) }
    }

    /// Who takes calls there, and is on that host.
    pub(crate) fn at(&self, call_signal: SocketAddr, host: IpAddr) -> Option<EndpointId> {
        self.places.get(&(call_signal, host)).copied()
    }

    /// Who talks from there.
    pub(crate) fn of_address(&self, from: SocketAddr) -> Option<EndpointId> {
        self.sources.get(&from).copied()
    }

    /// Whose a name is. An `h323:` URL of nobody is looked up by its user part (H.323 Annex O).
    pub(crate) fn holder(&self, alias: &AliasAddress) -> Option<EndpointId> {
        if let Some(id) = self.aliases.get(&plain(alias)) {
            return Some(*id);
        }
        let AliasAddress::UrlId(url) = alias else { return None };
        let user = url.strip_prefix("h323:").or_else(|| url.strip_prefix("H323:"))?.split(['@', ';']).next()?;
        self.aliases.get(&plain(&AliasAddress::of(user))).copied()
    }

    /// Whether a claim can be registered beside all others. Names of what it replaces are free.
    pub(crate) fn fits(&self, claim: &Claim, limits: &RasLimits) -> Result<(), (Refusal, Vec<AliasAddress>)> {
        let refuse = |why| Err((why, Vec::new()));
        let taken = claim
            .aliases
            .iter()
            .filter(|alias| self.aliases.get(&plain(alias)).is_some_and(|holder| Some(*holder) != claim.replaces));
        let taken: Vec<_> = taken.cloned().collect();
        if !taken.is_empty() {
            return Err((Refusal::DuplicateAlias, taken));
        }
        let has = claim.replaces.and_then(|id| self.get(id));
        let aliases = claim.aliases.len() + has.filter(|_| claim.additive).map_or(0, |its| its.aliases.len());
        if aliases > limits::ALIASES_MAX {
            return refuse(Refusal::InvalidAlias);
        }
        if claim.replaces.is_none() {
            let on_host = self.hosts.get(&claim.from.ip()).copied().unwrap_or(0);
            if self.all.len() >= limits.registrations || on_host >= limits.registrations_per_host {
                return refuse(Refusal::NoResources);
            }
        }
        Ok(())
    }

    /// A new registration.
    pub(crate) fn insert(&mut self, registration: Registration) -> EndpointId {
        self.last += 1;
        let id = EndpointId(self.last);
        self.index(id, &registration);
        self.all.insert(id, registration);
        id
    }

    /// Changes one; the indexes follow.
    pub(crate) fn change(&mut self, id: EndpointId, change: impl FnOnce(&mut Registration)) {
        let Some(mut its) = self.remove(id) else { return };
        change(&mut its);
        self.index(id, &its);
        self.all.insert(id, its);
    }

    pub(crate) fn remove(&mut self, id: EndpointId) -> Option<Registration> {
        let its = self.all.remove(&id)?;
        for alias in &its.aliases {
            self.aliases.remove(&plain(alias));
        }
        for address in &its.call_signal {
            if self.at(*address, its.from.ip()) == Some(id) {
                self.places.remove(&(*address, its.from.ip()));
            }
        }
        if self.of_address(its.from) == Some(id) {
            self.sources.remove(&its.from);
        }
        if let Some(count) = self.hosts.get_mut(&its.from.ip()) {
            *count -= 1;
            if *count == 0 {
                self.hosts.remove(&its.from.ip());
            }
        }
        self.ends.remove(&(its.expires, id));
        Some(its)
    }

    /// Puts off the end of one.
    pub(crate) fn refresh(&mut self, id: EndpointId, expires: Instant) {
        let Some(its) = self.all.get_mut(&id) else { return };
        self.ends.remove(&(its.expires, id));
        its.expires = expires;
        self.ends.insert((expires, id));
    }

    /// When the next one ends.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.ends.first().map(|(end, _)| *end)
    }

    /// One that has ended.
    pub(crate) fn ended(&self, now: Instant) -> Option<EndpointId> {
        self.ends.first().filter(|(end, _)| *end <= now).map(|(_, id)| *id)
    }

    fn index(&mut self, id: EndpointId, its: &Registration) {
        for alias in &its.aliases {
            self.aliases.insert(plain(alias), id);
        }
        for address in &its.call_signal {
            self.places.insert((*address, its.from.ip()), id);
        }
        self.sources.insert(its.from, id);
        *self.hosts.entry(its.from.ip()).or_default() += 1;
        self.ends.insert((its.expires, id));
    }
}

/// An alias as it is compared.
pub(crate) fn plain(alias: &AliasAddress) -> AliasAddress {
    match alias {
        AliasAddress::PartyNumber(digits) => AliasAddress::DialledDigits(digits.clone()),
        AliasAddress::UrlId(text) => AliasAddress::UrlId(text.to_ascii_lowercase()),
        AliasAddress::EmailId(text) => AliasAddress::EmailId(text.to_ascii_lowercase()),
        AliasAddress::DialledDigits(_) | AliasAddress::H323Id(_) | AliasAddress::TransportId(_) => alias.clone(),
    }
}
