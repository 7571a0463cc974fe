//! Requests of the peer within a dialog: RFC 3261 12.2.2, 14.2, 15.1.2; RFC 3311 (UPDATE); INFO.

use super::callee::{offer_of, reason_of};
use super::receive::{Head, Incoming, capabilities};
use super::screen::{ACCEPT, Rejection, screen_within};
use super::{EndedHow, Endpoint, Event, InviteId};
use crate::error::Misuse;
use crate::invite::{Change, Conflict, Kind, Phase, Renegotiation};
use crate::message::{Method, Name, Response, StatusCode};
use crate::session_timer::Asked;
use bytes::Bytes;
use lhtt_core::time::Instant;

/// A peer whose re-INVITE comes too early waits up to this many seconds (RFC 3261 14.2).
const RETRY_SECONDS_MAX: u64 = 10;

impl Endpoint {
    /// The session whose dialog a request belongs to (RFC 3261 12.2.2).
    pub(super) fn find_session(&mut self, head: &Head) -> Option<InviteId> {
        let id = *self.tags.get(head.to_tag.as_deref()?)?;
        let session = self.sessions.get_mut(&id)?;
        session.dialog_with(&head.call_id, &head.from_tag).map(|_| id)
    }

    pub(super) fn on_request_within(&mut self, now: Instant, incoming: Incoming) {
        let Some(id) = self.find_session(&incoming.head) else {
            return self.refuse(now, incoming, Rejection::new(StatusCode::CALL_DOES_NOT_EXIST));
        };
        if !self.is_from_peer(id, &incoming.reply.source, &incoming.head) {
            return self.refuse_stranger(now, Some(id), &incoming);
        }
        if let Err(rejection) = screen_within(&incoming.request, self.bounds_of_all()) {
            return self.refuse(now, incoming, rejection);
        }
        let method = incoming.request.method();
        let session = self.sessions.get(&id);
        let ended =
            session.is_some_and(|session| session.phase == Phase::Ended && !(session.left && *method == Method::Bye));
        if ended {
            return self.refuse(now, incoming, Rejection::new(StatusCode::CALL_DOES_NOT_EXIST));
        }
        let Head { call_id, from_tag, cseq, .. } = &incoming.head;
        let dialog = self.session(id).and_then(|session| session.dialog_with(call_id, from_tag));
        if !dialog.is_some_and(|dialog| dialog.accept_cseq(*cseq)) {
            return self.refuse(now, incoming, Rejection::new(StatusCode::SERVER_INTERNAL_ERROR));
        }
        match incoming.request.method() {
            Method::Bye => self.on_bye(now, id, incoming),
            Method::Invite => self.on_renegotiation(now, id, incoming),
            Method::Update if offer_of(&incoming.request).is_some() => self.on_renegotiation(now, id, incoming),
            Method::Update => self.on_refresh(now, id, incoming),
            Method::Info => self.on_info(now, id, incoming),
            Method::Prack => self.on_prack(now, id, incoming),
            Method::Refer => self.on_refer(now, id, incoming),
            Method::Notify => self.on_notify(now, id, incoming),
            _ => {
                let response = capabilities(&incoming.request, self.allow());
                self.answer(now, incoming, Some(id), response);
            }
        }
    }

    /// BYE (RFC 3261 15.1.2). It may cross ours; it may come before the final answer, which is then 487.
    fn on_bye(&mut self, now: Instant, id: InviteId, incoming: Incoming) {
        let Some(session) = self.session(id) else { return };
        // Only a caller may leave an early dialog by BYE.
        if matches!(session.phase, Phase::Inviting(_)) {
            return self.refuse(now, incoming, Rejection::new(StatusCode::CALL_DOES_NOT_EXIST));
        }
        let offered = session.invite.filter(|_| session.phase == Phase::Offered);
        let pending = session.renegotiation.take().map(|pending| pending.transaction);
        let reason = reason_of(&incoming.request.headers);
        let response = Response::to_request(&incoming.request, StatusCode::OK);
        self.answer(now, incoming, Some(id), response);
        if offered.is_some() {
            if let Some(session) = self.session(id) {
                session.close();
            }
            self.events.push_back(Event::Cancelled { id, reason });
        } else {
            self.end(id, EndedHow::Bye { reason });
        }
        for transaction in [offered, pending].into_iter().flatten() {
            self.respond_with(now, transaction, id, StatusCode::REQUEST_TERMINATED);
        }
    }

    /// A re-INVITE, or an UPDATE with an offer: to the owner, unless one is under way (RFC 3261 14.2, RFC 3311 5.2).
    fn on_renegotiation(&mut self, now: Instant, id: InviteId, incoming: Incoming) {
        let seconds = self.rng.below(RETRY_SECONDS_MAX + 1);
        let Some(session) = self.session(id) else { return };
        // Ours is unanswered (491), or theirs is (500); a 2xx of ours without ACK counts as ours.
        let conflict = match session.phase {
            Phase::Confirmed if session.renegotiation.is_some() => Some(Rejection::busy(seconds)),
            Phase::Confirmed if session.change.as_deref().is_some_and(Change::is_in_the_way) => {
                Some(Rejection::new(StatusCode::REQUEST_PENDING))
            }
            Phase::Confirmed if session.unacknowledged.is_none() => None,
            Phase::Offered => session.early_conflict(incoming.request.method()).map(|conflict| match conflict {
                Conflict::Theirs => Rejection::busy(seconds),
                Conflict::Ours => Rejection::new(StatusCode::REQUEST_PENDING),
            }),
            _ => Some(Rejection::new(StatusCode::REQUEST_PENDING)),
        };
        if let Some(rejection) = conflict {
            return self.refuse(now, incoming, rejection);
        }
        self.give_way(now, id);
        let request = incoming.request.clone();
        let kind = if *request.method() == Method::Update { Kind::Update } else { Kind::Invite };
        let offer = offer_of(&request);
        let transaction = self.open_server(now, incoming, Some(id));
        if let Some(session) = self.session(id) {
            session.renegotiation = Some(Renegotiation { transaction, offered: offer.is_none(), kind });
        }
        if kind == Kind::Invite {
            self.respond(now, transaction, Response::to_request(&request, StatusCode::TRYING));
        }
        self.events.push_back(Event::Renegotiate { id, offer });
    }

    /// The owner accepts what the peer wants changed.
    pub(super) fn accept_renegotiation(&mut self, now: Instant, id: InviteId, sdp: Bytes) -> Result<(), Misuse> {
        let session = self.session(id).ok_or(Misuse::Unknown(id))?;
        let pending = session.renegotiation.take().ok_or(Misuse::State("accept"))?;
        let request = self.transactions.server(pending.transaction).and_then(|server| server.request.clone());
        if let (Some(request), Some(session)) = (&request, self.sessions.get_mut(&id))
            && let Some(dialog) = &mut session.dialog
        {
            dialog.refresh_target(&request.headers);
        }
        if let Some(offer) = request.as_deref().and_then(offer_of) {
            self.note_hold(id, &offer);
        }
        if pending.kind == Kind::Invite {
            self.succeed(now, id, pending.transaction, pending.offered, Some(sdp));
        } else if let Some(mut response) = self.response_to(pending.transaction, id, StatusCode::OK) {
            response.headers.push(Name::Allow, self.allow());
            let up = self.sessions.get(&id).is_some_and(|session| session.phase == Phase::Confirmed);
            if let Some(asked) = self.asked_of(pending.transaction).filter(|_| up && pending.kind == Kind::Update) {
                self.agree_timer(now, id, asked, &mut response);
            }
            if let Some(session) = self.session(id) {
                session.local = sdp.clone();
            }
            self.respond(now, pending.transaction, response.with_body(ACCEPT, sdp));
            if up {
                self.events.push_back(Event::Confirmed { id, sdp: None });
            }
            self.go_on(now, id);
        }
        Ok(())
    }

    /// An UPDATE without offer refreshes the target (RFC 3311 5.2).
    fn on_refresh(&mut self, now: Instant, id: InviteId, incoming: Incoming) {
        let mut response = Response::to_request(&incoming.request, StatusCode::OK).with(Name::Allow, self.allow());
        let Head { call_id, from_tag, .. } = &incoming.head;
        let session = self.sessions.get_mut(&id);
        if let Some(dialog) = session.and_then(|session| session.dialog_with(call_id, from_tag)) {
            dialog.refresh_target(&incoming.request.headers);
            response.headers.push(Name::Contact, dialog.contact());
        }
        if self.sessions.get(&id).is_some_and(|session| session.phase == Phase::Confirmed) {
            self.agree_timer(now, id, Asked::read(&incoming.request.headers), &mut response);
        }
        self.answer(now, incoming, Some(id), response);
    }
}
