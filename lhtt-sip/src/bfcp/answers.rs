//! Requests of a peer over datagrams that were answered already: the response goes out again, and nothing is done twice (RFC 8855 8.3.2).
//!
//! Transaction ids of a peer rise, so that one that is neither new nor kept is an old repetition and starts nothing.

use super::limits::RESPONSES_KEPT_MAX;
use super::rto::T2;
use super::{Primitive, TransactionId};
use bytes::Bytes;
use lhtt_core::time::Instant;
use std::collections::VecDeque;

#[derive(Debug, Default)]
pub(super) struct Answers {
    newest: Option<TransactionId>,
    kept: VecDeque<Kept>,
}

#[derive(Debug)]
struct Kept {
    transaction: TransactionId,
    primitive: Primitive,
    octets: Vec<Bytes>,
    until: Instant,
}

/// What a request is to us.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Seen {
    New,
    /// It was answered so.
    Again(Vec<Bytes>),
    /// It is older than what we know.
    Late,
}

impl Answers {
    pub(super) fn look(&self, transaction: TransactionId, primitive: Primitive) -> Seen {
        let same = |kept: &&Kept| (kept.transaction, kept.primitive) == (transaction, primitive);
        match (self.kept.iter().find(same), self.newest) {
            (Some(kept), _) => Seen::Again(kept.octets.clone()),
            (None, Some(newest)) if !is_newer(transaction, newest) => Seen::Late,
            _ => Seen::New,
        }
    }

    pub(super) fn keep(&mut self, now: Instant, transaction: TransactionId, primitive: Primitive, octets: Vec<Bytes>) {
        self.kept.retain(|kept| kept.until > now);
        if self.kept.len() == RESPONSES_KEPT_MAX {
            self.kept.pop_front();
        }
        self.kept.push_back(Kept { transaction, primitive, octets, until: now + T2 });
        self.newest = Some(transaction);
    }
}

/// Whether `this` comes behind `that`, wrap-around counted.
const fn is_newer(this: TransactionId, that: TransactionId) -> bool {
    let ahead = this.0.wrapping_sub(that.0);
    ahead != 0 && ahead < 0x8000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_rise_beyond_their_end() {
        assert!(is_newer(TransactionId(2), TransactionId(1)) && is_newer(TransactionId(1), TransactionId(65_535)));
        assert!(!is_newer(TransactionId(7), TransactionId(7)) && !is_newer(TransactionId(6), TransactionId(7)));
    }
}
