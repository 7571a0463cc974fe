//! Answers kept for retransmissions (H.225.0 7.7): the same request from the same address gets the same octets, and does
//! nothing a second time.
//!
//! A request is the same where its number and its octets are; an endpoint that restarts counts anew and is heard.
//! Bounded by `RasLimits::replies`, the oldest goes; each is kept for [`KEPT`].

use bytes::Bytes;
use lhtt_core::io::ListenerId;
use lhtt_core::rng::{Rng, SeededState};
use lhtt_core::time::{Duration, Instant};
use std::collections::{BTreeMap, VecDeque};
use std::hash::BuildHasher as _;
use std::net::SocketAddr;

/// Longer than any endpoint retransmits: three tries of 5 s (H.225.0 table 19).
const KEPT: Duration = Duration::from_secs(15);

/// A request by where it came from and what it said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Origin {
    /// Where it came to, and where the answer leaves from.
    pub(crate) listener: ListenerId,
    /// Who sent it.
    pub(crate) remote: SocketAddr,
    /// Its number.
    pub(crate) number: u16,
    /// Of all its octets.
    digest: u64,
}

/// What was answered to a request that came before.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Before {
    /// It is new.
    Never,
    /// It waits for its answer.
    Waiting,
    /// This, to there.
    Answered(SocketAddr, Bytes),
}

#[derive(Debug)]
struct Reply {
    digest: u64,
    /// None while it waits.
    answer: Option<(SocketAddr, Bytes)>,
}

/// The answers.
#[derive(Debug)]
pub(crate) struct Replies {
    hasher: SeededState,
    most: usize,
    kept: BTreeMap<(SocketAddr, u16), Reply>,
    /// When each came, oldest first. A number used anew stands here twice; the later decides.
    order: VecDeque<(Instant, SocketAddr, u16, u64)>,
}

impl Replies {
    pub(crate) fn new(rng: &mut Rng, most: usize) -> Self {
        Self { hasher: rng.hasher(), most, kept: BTreeMap::new(), order: VecDeque::new() }
    }

    pub(crate) fn origin(&self, listener: ListenerId, remote: SocketAddr, number: u16, octets: &[u8]) -> Origin {
        Origin { listener, remote, number, digest: self.hasher.hash_one(octets) }
    }

    /// Whether this request came before; a new one is noted.
    pub(crate) fn heard(&mut self, now: Instant, origin: Origin) -> Before {
        self.expire(now);
        let key = (origin.remote, origin.number);
        match self.kept.get(&key) {
            Some(reply) if reply.digest == origin.digest => match &reply.answer {
                Some((to, octets)) => return Before::Answered(*to, octets.clone()),
                None => return Before::Waiting,
            },
            _ => {}
        }
        self.kept.insert(key, Reply { digest: origin.digest, answer: None });
        self.order.push_back((now, origin.remote, origin.number, origin.digest));
        while self.order.len() > self.most {
            self.drop_oldest();
        }
        Before::Never
    }

    /// Keeps an answer, where its request is still the latest of its number.
    pub(crate) fn keep(&mut self, origin: Origin, to: SocketAddr, octets: Bytes) {
        if let Some(reply) = self.kept.get_mut(&(origin.remote, origin.number))
            && reply.digest == origin.digest
        {
            reply.answer = Some((to, octets));
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.order.len()
    }

    /// Forgets what nobody asks for any more.
    pub(crate) fn expire(&mut self, now: Instant) {
        while self.deadline().is_some_and(|deadline| deadline <= now) {
            self.drop_oldest();
        }
    }

    /// When the oldest goes.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.order.front().map(|(at, ..)| *at + KEPT)
    }

    fn drop_oldest(&mut self) {
        let Some((_, remote, number, digest)) = self.order.pop_front() else { return };
        let key = (remote, number);
        if self.kept.get(&key).is_some_and(|reply| reply.digest == digest) {
            self.kept.remove(&key);
        }
    }
}
