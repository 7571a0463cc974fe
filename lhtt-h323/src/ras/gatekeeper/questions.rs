//! Requests that wait for the owner or for a neighbour: each has its asker, and an end.
//!
//! Bounded by `RasLimits::questions`. Once on the way RIP is said, so that the asker waits.

use super::event::{AdmissionTerms, Claim, QuestionId, Wanted};
use super::location::Search;
use crate::AliasAddress;
use crate::ras::replies::Origin;
use lhtt_core::time::Instant;
use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;

/// What a request waits for.
#[derive(Debug)]
pub(crate) enum Waits {
    /// The owner, on a registration.
    Registration(Box<Claim>),
    /// The owner, on a call.
    Admission(Box<Wanted>),
    /// The owner, on a location.
    Location(Sought),
    /// Neighbours, on where a call goes that the owner has admitted.
    AdmissionAt(Box<Wanted>, AdmissionTerms, Search),
    /// Neighbours, on a location for somebody else.
    LocationAt(Search),
}

/// A location somebody asks for.
#[derive(Clone, Debug)]
pub(crate) struct Sought {
    pub(crate) aliases: Vec<AliasAddress>,
    /// Hops that it may still make; none where that was not said.
    pub(crate) hops: Option<u8>,
    pub(crate) call: Option<[u8; 16]>,
}

#[derive(Debug)]
struct Question {
    origin: Origin,
    to: SocketAddr,
    /// When RIP is said; then when it is over.
    due: Instant,
    end: Instant,
    waits: Waits,
}

/// The questions.
#[derive(Debug)]
pub(crate) struct Questions {
    most: usize,
    last: u64,
    all: BTreeMap<QuestionId, Question>,
    due: BTreeSet<(Instant, QuestionId)>,
}

impl Questions {
    pub(crate) fn new(most: usize) -> Self {
        Self { most, last: 0, all: BTreeMap::new(), due: BTreeSet::new() }
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// A new one. None where there are as many as there may be.
    pub(crate) fn ask(
        &mut self,
        origin: Origin,
        to: SocketAddr,
        (due, end): (Instant, Instant),
        waits: Waits,
    ) -> Option<QuestionId> {
        if self.all.len() >= self.most {
            return None;
        }
        self.last += 1;
        let id = QuestionId(self.last);
        let due = due.min(end);
        self.all.insert(id, Question { origin, to, due, end, waits });
        self.due.insert((due, id));
        Some(id)
    }

    pub(crate) fn waits(&self, id: QuestionId) -> Option<&Waits> {
        self.all.get(&id).map(|its| &its.waits)
    }

    pub(crate) fn waits_mut(&mut self, id: QuestionId) -> Option<&mut Waits> {
        self.all.get_mut(&id).map(|its| &mut its.waits)
    }

    /// Who asked, and where the answer goes.
    pub(crate) fn asker(&self, id: QuestionId) -> Option<(Origin, SocketAddr)> {
        self.all.get(&id).map(|its| (its.origin, its.to))
    }

    /// It is answered.
    pub(crate) fn take(&mut self, id: QuestionId) -> Option<(Origin, SocketAddr, Waits)> {
        let its = self.all.remove(&id)?;
        self.due.remove(&(its.due, id));
        Some((its.origin, its.to, its.waits))
    }

    /// The next one whose asker has waited long, and whether it is over.
    pub(crate) fn due(&mut self, now: Instant) -> Option<(QuestionId, bool)> {
        let (due, id) = *self.due.first().filter(|(due, _)| *due <= now)?;
        let its = self.all.get_mut(&id)?;
        let over = its.end <= now;
        if !over {
            self.due.remove(&(due, id));
            its.due = its.end;
            self.due.insert((its.due, id));
        }
        Some((id, over))
    }

    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.due.first().map(|(due, _)| *due)
    }
}
