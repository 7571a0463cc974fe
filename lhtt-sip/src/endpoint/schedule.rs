//! Every deadline of an endpoint in one ordered set. Each part says after a change when it next wants to be called
//! ([`Schedule::set`]); a part has at most one entry.

use super::words::InviteId;
use crate::transaction::table::TransactionId;
use lhtt_core::io::StreamId;
use lhtt_core::time::Instant;
use std::collections::BTreeSet;

/// Whose deadline it is. The order decides only between equal instants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    Client(TransactionId),
    Server(TransactionId),
    Session(InviteId),
    Stream(StreamId),
}

/// The deadlines, soonest first.
#[derive(Debug, Default)]
pub(crate) struct Schedule {
    entries: BTreeSet<(Instant, Key)>,
}

impl Schedule {
    /// Replaces the entry of `key`, which stands at `armed`, by `wanted`.
    pub(crate) fn set(&mut self, key: Key, armed: &mut Option<Instant>, wanted: Option<Instant>) {
        if *armed == wanted {
            return;
        }
        if let Some(at) = armed.take() {
            self.entries.remove(&(at, key));
        }
        if let Some(at) = wanted {
            self.entries.insert((at, key));
        }
        *armed = wanted;
    }

    /// The same, but an earlier entry is left where it stands: it only calls too early, and its owner then says anew when it
    /// wants to be called. Spares the work where a deadline moves often and seldom comes.
    pub(crate) fn set_at_latest(&mut self, key: Key, armed: &mut Option<Instant>, wanted: Option<Instant>) {
        match (*armed, wanted) {
            (Some(at), Some(wanted)) if at <= wanted => {}
            _ => self.set(key, armed, wanted),
        }
    }

    /// The soonest deadline.
    pub(crate) fn first(&self) -> Option<Instant> {
        self.entries.first().map(|(at, _)| *at)
    }

    /// Takes the soonest entry if it is due. Its owner has none then.
    pub(crate) fn take_due(&mut self, now: Instant) -> Option<Key> {
        if self.first()? > now {
            return None;
        }
        self.entries.pop_first().map(|(_, key)| key)
    }

    /// Entries, one for each part that waits.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }
}
