//! Hold, as a command of ours and as something that the peer does: RFC 3264 8.4 in a re-INVITE or UPDATE.

use super::{Endpoint, Event, InviteId};
use crate::error::Misuse;
use crate::sdp::Sdp;
use bytes::Bytes;
use lhtt_core::time::Instant;

impl Endpoint {
    /// Puts the peer on hold, or takes it back: our last description as an offer in which we take no media, or take it again.
    /// As [`Endpoint::change`] it ends in [`Event::Changed`] or [`Event::ChangeRefused`]. An owner that counts the versions
    /// of its descriptions itself makes its own and calls `change`.
    pub fn hold(&mut self, now: Instant, id: InviteId, held: bool) -> Result<(), Misuse> {
        let session = self.sessions.get(&id).ok_or(Misuse::Unknown(id))?;
        let ours = Sdp::parse(&session.local).and_then(|ours| ours.with_hold(held));
        let offer = ours.map_err(|_| Misuse::State("hold"))?;
        self.change(now, id, Some(Bytes::from(offer.to_bytes())), true)
    }

    /// A description of the peer counts now: says so if it holds us, or no longer.
    pub(super) fn note_hold(&mut self, id: InviteId, theirs: &[u8]) {
        let Ok(theirs) = Sdp::parse(theirs) else { return };
        let Some(session) = self.session(id) else { return };
        let held = theirs.is_hold();
        if std::mem::replace(&mut session.held, held) != held {
            self.events.push_back(Event::Held { id, held });
        }
    }
}
