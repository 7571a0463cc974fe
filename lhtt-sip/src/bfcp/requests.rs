//! Requests of ours to one peer, one under way at a time (RFC 8855 6.2, 8): the others wait, and over datagrams the one is repeated.

use super::Message;
use super::TransactionId;
use super::fragment::datagrams;
use super::rto::{RETRANSMISSIONS, Rto};
use bytes::Bytes;
use lhtt_core::time::{Duration, Instant};
use std::collections::VecDeque;

/// How long a response may take over a stream before the connection counts as broken: as long as the longest wait over datagrams.
pub(super) const STREAM_PATIENCE: Duration = Duration::from_secs(30);

/// The requests to a peer. `K` says what a request is about.
#[derive(Debug)]
pub(super) struct Requests<K> {
    datagrams: bool,
    rto: Rto,
    last: u16,
    waiting: VecDeque<(K, Message)>,
    under_way: Option<UnderWay<K>>,
}

#[derive(Debug)]
struct UnderWay<K> {
    key: K,
    message: Message,
    octets: Vec<Bytes>,
    sent: Instant,
    repeated: u8,
    due: Instant,
}

/// What a passed deadline means.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Overdue {
    /// Nothing was due.
    No,
    /// These go out again.
    Repeat(Vec<Bytes>),
    /// No valid response came (RFC 8855 8.3.1).
    Broken,
}

impl<K: Clone + PartialEq> Requests<K> {
    /// Transaction ids begin behind `last`.
    pub(super) const fn new(datagrams: bool, last: u16) -> Self {
        Self { datagrams, rto: Rto::new(), last, waiting: VecDeque::new(), under_way: None }
    }

    /// A request to make when its turn comes. One about the same that still waits is replaced where it stands.
    pub(super) fn put(&mut self, key: K, message: Message) {
        match self.waiting.iter_mut().find(|(waiting, _)| *waiting == key) {
            Some(slot) => slot.1 = message,
            None => self.waiting.push_back((key, message)),
        }
    }

    /// A request that makes all others pointless, the one under way too.
    pub(super) fn put_only(&mut self, key: K, message: Message) {
        (self.waiting, self.under_way) = (VecDeque::from([(key, message)]), None);
    }

    /// How many wait for the one under way.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    pub(super) fn is_idle(&self) -> bool {
        self.under_way.is_none() && self.waiting.is_empty()
    }

    /// Begins the next request if none is under way: what to send.
    pub(super) fn begin(&mut self, now: Instant) -> Vec<Bytes> {
        if self.under_way.is_some() {
            return Vec::new();
        }
        let Some((key, mut message)) = self.waiting.pop_front() else { return Vec::new() };
        // Rises and is never 0 (RFC 8855 8.1).
        self.last = self.last.checked_add(1).unwrap_or(1);
        message.transaction = TransactionId(self.last);
        let octets = written(&message, self.datagrams);
        let due = now + if self.datagrams { self.rto.t1() } else { STREAM_PATIENCE };
        self.under_way = Some(UnderWay { key, message, octets: octets.clone(), sent: now, repeated: 0, due });
        octets
    }

    /// The request that a response answers, by transaction, conference and user.
    pub(super) fn on_response(&mut self, now: Instant, response: &Message) -> Option<(K, Message)> {
        let answered = |request: &Message| {
            (request.transaction, request.conference, request.user)
                == (response.transaction, response.conference, response.user)
        };
        let UnderWay { key, message, sent, repeated, .. } = self.under_way.take_if(|it| answered(&it.message))?;
        match repeated {
            0 => self.rto.measure(now - sent),
            _ => self.rto.back_off(),
        }
        Some((key, message))
    }

    pub(super) fn poll_timeout(&self) -> Option<Instant> {
        self.under_way.as_ref().map(|it| it.due)
    }

    pub(super) fn on_deadline(&mut self, now: Instant) -> Overdue {
        match &mut self.under_way {
            Some(it) if it.due <= now && self.datagrams && it.repeated < RETRANSMISSIONS => {
                it.repeated += 1;
                it.due = now + self.rto.t1() * 2u32.pow(it.repeated.into());
                Overdue::Repeat(it.octets.clone())
            }
            Some(it) if it.due <= now => Overdue::Broken,
            _ => Overdue::No,
        }
    }
}

/// What goes on the wire for a message.
pub(super) fn written(message: &Message, over_datagrams: bool) -> Vec<Bytes> {
    let octets = message.to_bytes().expect("commands and limits keep attributes within their length");
    if over_datagrams { datagrams(&octets) } else { vec![octets] }
}
