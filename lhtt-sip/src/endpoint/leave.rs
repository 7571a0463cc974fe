//! Ending a session from our side: CANCEL, BYE or a refusal. RFC 3261 9.1, 15.

use super::{Endpoint, InviteId, Refusal};
use crate::error::Misuse;
use crate::invite::{Cancel, Leaving, Phase};
use crate::message::{Method, Name, StatusCode};
use crate::transaction::table::ClientUser;
use lhtt_core::time::Instant;

impl Endpoint {
    /// Ends a session from our side, as its state needs. `reason` is a Reason header value (RFC 3326).
    ///
    /// - Our INVITE without final response: CANCEL, which waits for the first provisional response; a 2xx that crosses it is
    ///   acknowledged and hung up. [`super::Event::Failed`] tells the end.
    /// - A peer's INVITE without final answer: 480.
    /// - A 2xx of ours without ACK: BYE as soon as the ACK is here or no longer awaited (RFC 3261 15).
    /// - A call that is up: BYE.
    ///
    /// Then nothing but [`super::Event::Forgotten`] follows.
    pub fn hang_up(&mut self, now: Instant, id: InviteId, reason: Option<String>) -> Result<(), Misuse> {
        if reason.as_ref().is_some_and(|reason| reason.contains(['\r', '\n'])) {
            return Err(Misuse::Header("Reason".to_owned()));
        }
        let misuse = Err(Misuse::State("hang_up"));
        let session = self.session(id).ok_or(Misuse::Unknown(id))?;
        match &mut session.phase {
            Phase::Inviting(inviting) if inviting.cancel != Cancel::No => return misuse,
            Phase::Inviting(inviting) if !inviting.heard => inviting.cancel = Cancel::Wanted(reason),
            Phase::Inviting(_) => self.cancel(now, id, reason),
            Phase::Answering { .. } => {
                let cseq = session.invite_cseq;
                self.send_ack(now, id, cseq, None);
                self.bye(now, id, reason);
            }
            Phase::Offered => {
                self.drop_renegotiation(now, id);
                let headers = reason.map(|reason| ("Reason".to_owned(), reason)).into_iter().collect();
                let status = StatusCode::TEMPORARILY_UNAVAILABLE.get();
                return self.reject(now, id, Refusal { status, reason: None, headers });
            }
            Phase::Accepted if session.leaving.is_some() => return misuse,
            Phase::Accepted => session.leaving = Some(Leaving(reason)),
            Phase::Confirmed => {
                self.acknowledge_owed(now, id);
                self.drop_renegotiation(now, id);
                self.bye(now, id, reason);
            }
            Phase::Ended => return misuse,
        }
        self.settle(now);
        Ok(())
    }

    /// What the peer wants changed is refused, because the session ends.
    pub(super) fn drop_renegotiation(&mut self, now: Instant, id: InviteId) {
        if let Some(pending) = self.session(id).and_then(|session| session.renegotiation.take()) {
            self.respond_with(now, pending.transaction, id, StatusCode::REQUEST_TERMINATED);
        }
    }

    /// Sends a BYE; the session has ended with that, whatever the peer says to it.
    pub(super) fn bye(&mut self, now: Instant, id: InviteId, reason: Option<String>) {
        let Some(session) = self.session(id) else { return };
        session.close();
        session.left = true;
        let Some(dialog) = &mut session.dialog else { return };
        let mut request = dialog.request(Method::Bye);
        let next_hop = dialog.next_hop().clone();
        if let Some(reason) = reason {
            request.headers.push(Name::Reason, reason);
        }
        // Where no way leads to the peer, it will notice by itself.
        let Ok(path) = self.path_within(now, id, &next_hop) else { return };
        let Some(way) = self.sessions.get(&id).map(|session| session.way.clone()) else { return };
        self.start_client(now, &way, path, ClientUser::Ending(id), request);
    }
}
