//! The admitted calls, each at each of its ends that is ours, and the bandwidth they use (H.323 8.1, H.225.0 7.11 to 7.13).
//!
//! Bounded by `RasLimits::calls` and `calls_per_endpoint`.

use super::event::{AdmissionId, EndpointId};
use lhtt_core::time::Instant;
use std::collections::{BTreeMap, BTreeSet};

/// One end of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Admission {
    pub(crate) conference: [u8; 16],
    pub(crate) reference: u16,
    /// Whether it has a callIdentifier.
    pub(crate) identified: bool,
    pub(crate) bandwidth: u32,
    /// When a report of it is missed.
    pub(crate) silent: Option<Instant>,
}

/// A call as a message names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) call: Option<[u8; 16]>,
    pub(crate) conference: [u8; 16],
    pub(crate) reference: u16,
    pub(crate) answering: Option<bool>,
}

impl Named {
    /// What identifies the call; version 1 has no call identifier, and its conference and reference stand for one.
    pub(crate) fn key(&self) -> [u8; 16] {
        self.call.unwrap_or_else(|| {
            let mut key = self.conference;
            let [high, low] = self.reference.to_be_bytes();
            key[14] ^= high;
            key[15] ^= low;
            key
        })
    }
}

/// The calls.
#[derive(Debug, Default)]
pub(crate) struct Admissions {
    all: BTreeMap<AdmissionId, Admission>,
    bandwidth: u64,
    silent: BTreeSet<(Instant, AdmissionId)>,
}

impl Admissions {
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    pub(crate) fn get(&self, id: AdmissionId) -> Option<&Admission> {
        self.all.get(&id)
    }

    /// In 100 bit/s, of all.
    pub(crate) fn bandwidth(&self) -> u64 {
        self.bandwidth
    }

    /// The calls of an endpoint.
    pub(crate) fn of(&self, endpoint: EndpointId) -> impl Iterator<Item = AdmissionId> + '_ {
        let from = AdmissionId { endpoint, call: [0; 16], answering: false };
        let to = AdmissionId { endpoint, call: [0xff; 16], answering: true };
        self.all.range(from..=to).map(|(id, _)| *id)
    }

    /// The call of an endpoint that a message names.
    pub(crate) fn find(&self, endpoint: EndpointId, named: &Named) -> Option<AdmissionId> {
        let ends = [named.answering.unwrap_or(false), named.answering.unwrap_or(true)];
        let ids = ends.map(|answering| AdmissionId { endpoint, call: named.key(), answering });
        if let Some(id) = ids.into_iter().find(|id| self.all.contains_key(id)) {
            return Some(id);
        }
        let same = |id: &AdmissionId| {
            let its = self.all.get(id).map(|its| (its.conference, its.reference));
            its == Some((named.conference, named.reference)) && named.answering.is_none_or(|end| end == id.answering)
        };
        // A message without the identifier of a call that was admitted with one.
        if named.call.is_none() { self.of(endpoint).find(same) } else { None }
    }

    pub(crate) fn insert(&mut self, id: AdmissionId, admission: Admission) {
        self.remove(id);
        self.bandwidth += u64::from(admission.bandwidth);
        self.silent.extend(admission.silent.map(|at| (at, id)));
        self.all.insert(id, admission);
    }

    pub(crate) fn remove(&mut self, id: AdmissionId) -> Option<Admission> {
        let its = self.all.remove(&id)?;
        self.bandwidth -= u64::from(its.bandwidth);
        if let Some(at) = its.silent {
            self.silent.remove(&(at, id));
        }
        Some(its)
    }

    pub(crate) fn change(&mut self, id: AdmissionId, change: impl FnOnce(&mut Admission)) {
        let Some(mut its) = self.remove(id) else { return };
        change(&mut its);
        self.insert(id, its);
    }

    /// When the next report is missed.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.silent.first().map(|(at, _)| *at)
    }

    /// One of which reports are missing.
    pub(crate) fn silent(&self, now: Instant) -> Option<AdmissionId> {
        self.silent.first().filter(|(at, _)| *at <= now).map(|(_, id)| *id)
    }
}
