//! The location service: which contacts an address of record has (RFC 3261 10.3 steps 6 to 8).
//!
//! A registration changes all that it says or nothing.

use super::binding::{Binding, Flow};
use super::limits::{BINDINGS_MAX, CONTACTS_PER_ADDRESS_MAX};
use super::refusal::Refusal;
use crate::message::NameAddr;
use lhtt_core::io::StreamId;
use lhtt_core::time::{Duration, Instant};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Addresses of record and their bindings.
#[derive(Debug, Default)]
pub struct Location {
    table: BTreeMap<Arc<str>, Vec<Binding>>,
    /// The earliest end of a binding of each address.
    ends: BTreeSet<(Instant, Arc<str>)>,
    /// Who is reached over which stream by `reg-id`.
    flows: BTreeSet<(StreamId, Arc<str>)>,
    bindings: usize,
}

/// What one registration changes.
#[derive(Clone, Debug)]
pub struct Change {
    /// Its Call-ID.
    pub call_id: String,
    /// Its CSeq number.
    pub cseq: u32,
    /// Path values as one header value.
    pub path: String,
    /// The way it came, if directly.
    pub flow: Option<Flow>,
    /// Whether `reg-id` counts.
    pub outbound: bool,
    /// Contacts with their seconds, 0 to remove; `None` removes all (`*`).
    pub contacts: Option<Vec<(NameAddr, u32)>>,
}

/// A binding that is no longer there.
#[derive(Clone, Debug)]
pub struct Unbound {
    /// The address of record.
    pub address: Arc<str>,
    /// What it was.
    pub binding: Binding,
}

impl Location {
    /// The bindings of an address, most preferred first, of equals the newest first.
    pub fn bindings(&self, now: Instant, address: &str) -> Vec<&Binding> {
        let all = self.table.get(address).into_iter().flatten();
        let mut live: Vec<&Binding> = all.filter(|binding| binding.expires > now).rev().collect();
        live.sort_by_key(|binding| std::cmp::Reverse(binding.preference()));
        live
    }

    /// Bindings of all addresses.
    pub const fn len(&self) -> usize {
        self.bindings
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.bindings == 0
    }

    /// Carries out a registration; gives the bindings that it took away.
    ///
    /// # Errors
    /// [`Refusal::OutOfOrder`], [`Refusal::TooMany`], [`Refusal::Full`]; nothing changed then.
    pub fn update(&mut self, now: Instant, address: &str, change: Change) -> Result<Vec<Unbound>, Refusal> {
        let known: Arc<str> = self.table.get_key_value(address).map_or_else(|| address.into(), |(key, _)| key.clone());
        let before = self.table.get(address).cloned().unwrap_or_default();
        let before: Vec<Binding> = before.into_iter().filter(|binding| binding.expires > now).collect();
        let late = |binding: &Binding| *binding.call_id == *change.call_id && change.cseq <= binding.cseq;
        let touched = |binding: &Binding| match &change.contacts {
            None => true,
            Some(contacts) => contacts.iter().any(|(contact, _)| binding.is_replaced_by(contact, change.outbound)),
        };
        if before.iter().any(|binding| touched(binding) && late(binding)) {
            return Err(Refusal::OutOfOrder);
        }
        let (gone, mut after): (Vec<Binding>, Vec<Binding>) = before.into_iter().partition(touched);
        let kept = change.contacts.iter().flatten().filter(|(_, seconds)| *seconds > 0);
        let new: Vec<Binding> = kept.map(|(contact, seconds)| binding(now, &change, contact, *seconds)).collect();
        let replaced = |gone: &Binding| new.iter().any(|new| gone.is_replaced_by(&new.contact, change.outbound));
        let gone: Vec<Binding> = gone.into_iter().filter(|gone| !replaced(gone)).collect();
        let grows = !new.is_empty();
        for binding in new {
            // The same contact twice in one request: the last counts.
            after.retain(|earlier| !earlier.is_replaced_by(&binding.contact, change.outbound));
            after.push(binding);
        }
        if grows && after.len() > CONTACTS_PER_ADDRESS_MAX {
            return Err(Refusal::TooMany);
        }
        let others = self.bindings - self.table.get(address).map_or(0, Vec::len);
        if grows && others + after.len() > BINDINGS_MAX {
            return Err(Refusal::Full);
        }
        self.put(&known, after);
        Ok(gone.into_iter().map(|binding| Unbound { address: known.clone(), binding }).collect())
    }

    /// Takes out what has ended.
    pub fn expire(&mut self, now: Instant) -> Vec<Unbound> {
        let mut out = Vec::new();
        while let Some((_, address)) = self.ends.first().filter(|(at, _)| *at <= now).cloned() {
            self.retain(&address, |binding| binding.expires > now, &mut out);
        }
        out
    }

    /// A stream ended: the flows over it are gone (RFC 5626 6). Bindings without `reg-id` stay, for their client is reached by its contact.
    pub fn drop_stream(&mut self, stream: StreamId) -> Vec<Unbound> {
        let over = self.flows.range((stream, Arc::from(""))..).take_while(|(of, _)| *of == stream);
        let addresses: Vec<Arc<str>> = over.map(|(_, address)| address.clone()).collect();
        let mut out = Vec::new();
        for address in &addresses {
            self.retain(address, |binding| stream_of(binding) != Some(stream), &mut out);
        }
        out
    }

    /// When a binding ends next.
    pub fn poll_timeout(&self) -> Option<Instant> {
        self.ends.first().map(|(at, _)| *at)
    }

    fn retain(&mut self, address: &Arc<str>, keep: impl Fn(&Binding) -> bool, out: &mut Vec<Unbound>) {
        let all = self.table.get(address).cloned().unwrap_or_default();
        let (kept, gone): (Vec<_>, Vec<_>) = all.into_iter().partition(keep);
        out.extend(gone.into_iter().map(|binding| Unbound { address: address.clone(), binding }));
        self.put(address, kept);
    }

    /// The one place where the table changes.
    fn put(&mut self, address: &Arc<str>, mut bindings: Vec<Binding>) {
        let end = |bindings: &[Binding]| bindings.iter().map(|binding| binding.expires).min();
        if let Some(old) = self.table.remove(address) {
            self.bindings -= old.len();
            end(&old).map(|at| self.ends.remove(&(at, address.clone())));
            old.iter().filter_map(stream_of).for_each(|stream| {
                self.flows.remove(&(stream, address.clone()));
            });
        }
        bindings.shrink_to_fit();
        if let Some(at) = end(&bindings) {
            self.bindings += bindings.len();
            self.ends.insert((at, address.clone()));
            self.flows.extend(bindings.iter().filter_map(stream_of).map(|stream| (stream, address.clone())));
            self.table.insert(address.clone(), bindings);
        }
    }
}

/// The stream that a binding ends with.
fn stream_of(binding: &Binding) -> Option<StreamId> {
    match binding.flow {
        Some(Flow::Stream(stream)) if binding.outbound => Some(stream),
        _ => None,
    }
}

/// A copy of its own, so that a binding does not keep the message that it came in.
fn binding(now: Instant, change: &Change, contact: &NameAddr, seconds: u32) -> Binding {
    let mut copy = contact.clone();
    copy.params.remove("expires");
    Binding {
        contact: copy.to_string().parse().unwrap_or(copy),
        path: change.path.as_str().into(),
        flow: change.flow,
        expires: now + Duration::from_secs(seconds.into()),
        outbound: change.outbound,
        call_id: change.call_id.as_str().into(),
        cseq: change.cseq,
    }
}
