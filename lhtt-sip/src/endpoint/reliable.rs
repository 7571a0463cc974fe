//! Reliable provisional responses of ours, and the PRACKs that acknowledge them: RFC 3262 3, 5.
//!
//! One at a time is under way; further ones wait for its PRACK, and so does a 2xx if it carried a description.

use super::callee::offer_of;
use super::receive::Incoming;
use super::screen::{ACCEPT, Rejection};
use super::{EndedHow, Endpoint, Event, InviteId};
use crate::error::Misuse;
use crate::invite::{Kind, Phase, Queued, Reliability, Reliable, Renegotiation, Unsure};
use crate::limits::RELIABLE_QUEUE_MAX;
use crate::message::{Method, Name, Response, StatusCode, Text};
use crate::transaction::table::TransactionId;
use bytes::Bytes;
use lhtt_core::time::Instant;

/// The option tag (RFC 3262 8.1).
pub(super) const RELIABLY: &str = "100rel";

/// The first RSeq is 1 to this (RFC 3262 3), so that the following ones have room.
const FIRST_RSEQ_MAX: u64 = (1 << 31) - 1;

impl Endpoint {
    /// Answers an INVITE provisionally, and reliably if the caller can: repeated until it is acknowledged, which
    /// [`Event::ProvisionalConfirmed`] tells. SDP in it is the answer, or our offer to an INVITE without one. To a caller
    /// that cannot it goes as by [`Endpoint::provisional`].
    pub fn provisional_reliably(
        &mut self,
        now: Instant,
        id: InviteId,
        status: u16,
        sdp: Option<Bytes>,
    ) -> Result<(), Misuse> {
        self.progress(now, id, "provisional_reliably", status, sdp, true)
    }

    /// Answers an INVITE provisionally; reliably where the caller requires it, or supports it and the owner wants it.
    pub(super) fn progress(
        &mut self,
        now: Instant,
        id: InviteId,
        command: &'static str,
        status: u16,
        sdp: Option<Bytes>,
        wanted: bool,
    ) -> Result<(), Misuse> {
        let code = StatusCode::new(status).filter(|code| code.is_provisional() && *code != StatusCode::TRYING);
        let code = code.ok_or(Misuse::Status { command, status })?;
        let transaction = self.offered(id)?.ok_or(Misuse::State(command))?;
        let session = self.session(id).ok_or(Misuse::Unknown(id))?;
        let reliably = match session.reliability {
            Reliability::Required => true,
            Reliability::Supported => wanted,
            Reliability::None => false,
        };
        if reliably {
            self.queue_reliable(now, id, transaction, Queued { status: code, sdp })?;
        } else if let Some(mut response) = self.response_to(transaction, id, code) {
            if let Some(sdp) = sdp {
                response.set_body(ACCEPT, sdp);
            }
            self.respond(now, transaction, response);
        }
        self.settle(now);
        Ok(())
    }

    fn queue_reliable(
        &mut self,
        now: Instant,
        id: InviteId,
        transaction: TransactionId,
        queued: Queued,
    ) -> Result<(), Misuse> {
        let first = 1 + self.rng.below(FIRST_RSEQ_MAX) as u32;
        let session = self.session(id).ok_or(Misuse::Unknown(id))?;
        let reliable = session.reliable.get_or_insert_with(|| Box::new(Reliable::new(first)));
        if reliable.unsure.is_none() {
            self.send_reliable(now, id, transaction, queued);
        } else if reliable.queue.len() < RELIABLE_QUEUE_MAX {
            reliable.queue.push_back(queued);
        } else {
            return Err(Misuse::Full("provisional responses"));
        }
        Ok(())
    }

    fn send_reliable(&mut self, now: Instant, id: InviteId, transaction: TransactionId, queued: Queued) {
        let Some(mut response) = self.response_to(transaction, id, queued.status) else { return };
        let cseq = response.headers.cseq().map_or(0, |cseq| cseq.number);
        let described = queued.sdp.is_some();
        let timers = &self.config.timers;
        let (again, until, interval) = (now + timers.t1, now + timers.transaction(), timers.t1);
        let Some(session) = self.session(id) else { return };
        let Some(reliable) = &mut session.reliable else { return };
        let rseq = reliable.allocate();
        response.headers.push(Name::Require, Text::from_static(RELIABLY));
        response.headers.push(Name::RSeq, rseq.to_string());
        if let Some(sdp) = queued.sdp {
            session.local = sdp.clone();
            response.set_body(ACCEPT, sdp);
        }
        let octets = response.to_bytes();
        reliable.unsure = Some(Unsure { rseq, cseq, described, octets, again, interval, until });
        self.respond(now, transaction, response);
    }

    /// A PRACK (RFC 3262 3): of what is under way, or of nothing that we know.
    pub(super) fn on_prack(&mut self, now: Instant, id: InviteId, incoming: Incoming) {
        let Ok(Some(rack)) = incoming.request.headers.rack() else {
            return self.refuse(now, incoming, Rejection::new(StatusCode::BAD_REQUEST));
        };
        let Some(session) = self.session(id) else { return };
        let matches =
            |unsure: &mut Unsure| (unsure.rseq, unsure.cseq) == (rack.rseq, rack.cseq) && rack.method == Method::Invite;
        let reliable = session.reliable.as_mut();
        let Some(unsure) = reliable.and_then(|reliable| reliable.unsure.take_if(matches)) else {
            return self.refuse(now, incoming, Rejection::new(StatusCode::CALL_DOES_NOT_EXIST));
        };
        let body = offer_of(&incoming.request);
        let early = session.phase == Phase::Offered;
        let offered = !session.early_offer && !session.is_answered();
        if let Some(reliable) = session.reliable.as_mut().filter(|_| unsure.described) {
            // Our offer needs an answer; our answer is complete with the PRACK.
            reliable.answered |= !offered || body.is_some();
        }
        let offers = body.is_some() && early && !(offered && unsure.described);
        if offers {
            // After our answer, or our 18x without description, the PRACK may carry an offer (RFC 3262 5).
            return self.on_prack_offer(now, id, incoming, body);
        }
        let response = Response::to_request(&incoming.request, StatusCode::OK);
        self.answer(now, incoming, Some(id), response);
        if early {
            self.events.push_back(Event::ProvisionalConfirmed { id, sdp: body });
            self.go_on(now, id);
        }
    }

    fn on_prack_offer(&mut self, now: Instant, id: InviteId, incoming: Incoming, offer: Option<Bytes>) {
        let answered = self.sessions.get(&id).is_some_and(|session| session.is_answered());
        if !answered {
            // The INVITE's own offer is not answered yet: there is nothing to change (RFC 3264 4).
            return self.refuse(now, incoming, Rejection::new(StatusCode::NOT_ACCEPTABLE_HERE));
        }
        let transaction = self.open_server(now, incoming, Some(id));
        if let Some(session) = self.session(id) {
            session.renegotiation = Some(Renegotiation { transaction, offered: false, kind: Kind::Prack });
        }
        self.events.push_back(Event::ProvisionalConfirmed { id, sdp: None });
        self.events.push_back(Event::Renegotiate { id, offer });
    }

    /// What waited for a PRACK goes out: the next provisional response, else the 2xx.
    pub(super) fn go_on(&mut self, now: Instant, id: InviteId) {
        let Some(session) = self.session(id) else { return };
        let Some(transaction) = session.invite.filter(|_| session.phase == Phase::Offered) else { return };
        if session.renegotiation.is_some() {
            return;
        }
        let Some(reliable) = session.reliable.as_mut().filter(|reliable| reliable.unsure.is_none()) else { return };
        if let Some(queued) = reliable.queue.pop_front() {
            self.send_reliable(now, id, transaction, queued);
        } else if let Some(sdp) = reliable.accept.take() {
            self.accept_invite(now, id, transaction, sdp);
        }
    }

    /// A reliable response that is not acknowledged: again, twice as late each time, for 64 × T1; then the INVITE is
    /// refused with 504 (RFC 3262 3).
    pub(super) fn on_unsure_due(&mut self, now: Instant, id: InviteId) {
        let Some(session) = self.sessions.get_mut(&id) else { return };
        let Some(transaction) = session.invite.filter(|_| session.phase == Phase::Offered) else { return };
        let Some(unsure) = session.reliable.as_mut().and_then(|reliable| reliable.unsure.as_mut()) else { return };
        if now >= unsure.until {
            self.end(id, EndedHow::NoPrack);
            return self.respond_with(now, transaction, id, StatusCode::SERVER_TIMEOUT);
        }
        if now < unsure.again {
            return;
        }
        unsure.interval *= 2;
        unsure.again = now + unsure.interval;
        let octets = unsure.octets.clone();
        if let Some(server) = self.transactions.server(transaction) {
            self.carriers.reply(now, &server.reply, octets, &mut self.schedule);
        }
    }
}
