//! Changing a session from our side: re-INVITE and UPDATE, and what happens when both sides want it at once. RFC 3261 14.1,
//! RFC 3311 5.1; refreshes of the session timer go the same way.

use super::caller::sdp_of;
use super::screen::ACCEPT;
use super::{EndedHow, Endpoint, Event, InviteId};
use crate::error::Misuse;
use crate::invite::{By, Change, Changing, Phase};
use crate::limits::RETRIES_MAX;
use crate::message::{Method, Name, Response, StatusCode, Text};
use crate::session_timer::Role;
use crate::transaction::Tell;
use crate::transaction::table::{ClientUser, TransactionId};
use bytes::Bytes;
use lhtt_core::time::{Duration, Instant};

impl Endpoint {
    /// Changes a call from our side. With an offer by UPDATE where the peer takes it and `update` says so, else by re-INVITE;
    /// without, by a re-INVITE that asks the peer for its offer: then [`Endpoint::acknowledge`] answers it.
    ///
    /// [`Event::Changed`] or [`Event::ChangeRefused`] follows, unless the call ends before. A request that crosses one of the
    /// peer's (491) is sent again by itself; where the peer's is then heard first, ours is given up with 491.
    pub fn change(&mut self, now: Instant, id: InviteId, offer: Option<Bytes>, update: bool) -> Result<(), Misuse> {
        let session = self.session(id).ok_or(Misuse::Unknown(id))?;
        let busy = session.change.as_ref().is_some_and(|change| !change.refresh || change.is_in_the_way())
            || session.renegotiation.is_some()
            || session.unacknowledged.is_some();
        if session.phase != Phase::Confirmed || busy {
            return Err(Misuse::State("change"));
        }
        let by = if update && session.updates && offer.is_some() { By::Update } else { By::Invite };
        self.start_change(now, id, Change::new(by, false, offer));
        self.settle(now);
        Ok(())
    }

    pub(super) fn start_change(&mut self, now: Instant, id: InviteId, change: Change) {
        if let Some(session) = self.session(id) {
            session.change = Some(Box::new(change));
            self.send_change(now, id);
        }
    }

    /// Sends what is to be changed, for the first time or again.
    fn send_change(&mut self, now: Instant, id: InviteId) {
        let Some(session) = self.session(id) else { return };
        let (Some(change), Some(dialog)) = (session.change.as_deref(), session.dialog.as_mut()) else { return };
        let (by, offer) = (change.by, change.offer.clone());
        let method = match by {
            By::Invite => Method::Invite,
            By::Update => Method::Update,
            By::Options => Method::Options,
        };
        let mut request = dialog.request(method);
        let next_hop = dialog.next_hop().clone();
        if by != By::Options {
            request.headers.push(Name::Contact, dialog.contact());
            request.headers.push(Name::Allow, self.allow());
            self.ask_timer(id, &mut request.headers);
        }
        request.headers.push(Name::Accept, Text::from_static(ACCEPT));
        if let Some(offer) = offer {
            request.set_body(ACCEPT, offer);
        }
        let Ok(path) = self.path_within(now, id, &next_hop) else {
            return self.on_change_refused(now, id, StatusCode::SERVICE_UNAVAILABLE, None);
        };
        let Some(way) = self.sessions.get(&id).map(|session| session.way.clone()) else { return };
        let transaction = self.start_client(now, &way, path, ClientUser::Change(id), request);
        if let Some(change) = self.session(id).and_then(|session| session.change.as_mut()) {
            change.state = Changing::Sent(transaction);
        }
    }

    /// The transaction of such a request has something to say.
    pub(super) fn on_change_told(
        &mut self,
        now: Instant,
        id: InviteId,
        transaction: TransactionId,
        tell: Tell,
        response: Option<Response>,
    ) {
        let Some(session) = self.session(id) else { return };
        let current = session.change.as_ref().is_some_and(|change| change.state == Changing::Sent(transaction));
        match (tell, response) {
            (Tell::Success, Some(response)) if !current => self.acknowledge_again(now, id, &response),
            _ if !current => {}
            (Tell::Success | Tell::Final, Some(response)) if response.status().is_success() => {
                self.on_change_accepted(now, id, &response);
            }
            (Tell::Failure | Tell::Final, Some(response)) => {
                self.on_change_refused(now, id, response.status(), Some(&response));
            }
            (Tell::Timeout, _) => self.on_change_refused(now, id, StatusCode::REQUEST_TIMEOUT, None),
            (Tell::TransportFailed, _) => self.on_change_refused(now, id, StatusCode::SERVICE_UNAVAILABLE, None),
            (Tell::Overdue, _) => self.cancel_transaction(now, id, transaction, None),
            _ => {}
        }
    }

    fn on_change_accepted(&mut self, now: Instant, id: InviteId, response: &Response) {
        let until = now + self.config.timers.transaction();
        let Some(session) = self.session(id) else { return };
        let (Some(mut change), Some(dialog)) = (session.change.take(), session.dialog.as_mut()) else { return };
        if change.by == By::Options {
            if let Some(timer) = &mut session.timer {
                timer.restart(now);
            }
            return;
        }
        dialog.refresh_target(&response.headers);
        let sdp = sdp_of(response);
        let asks = change.offer.is_none() && sdp.is_some();
        if let Some(offer) = &change.offer {
            session.local = offer.clone();
        }
        let refresh = change.refresh;
        let cseq = response.headers.cseq().map_or(0, |cseq| cseq.number);
        if change.by == By::Invite && asks {
            change.state = Changing::Owing { cseq, until };
            session.change = Some(change);
        } else if change.by == By::Invite {
            self.send_ack(now, id, cseq, None);
        }
        self.start_timer(now, id, &response.headers);
        if let Some(sdp) = sdp.as_ref().filter(|_| !asks) {
            self.note_hold(id, sdp);
        }
        match (refresh, sdp) {
            (false, sdp) => self.events.push_back(Event::Changed { id, sdp }),
            (true, Some(sdp)) => self.events.push_back(Event::Refreshed { id, sdp }),
            (true, None) => {}
        }
    }

    /// The call is being left: the 2xx whose offer is not answered gets its ACK.
    pub(super) fn acknowledge_owed(&mut self, now: Instant, id: InviteId) {
        let change = self.sessions.get(&id).and_then(|session| session.change.as_ref());
        if let Some(Changing::Owing { cseq, .. }) = change.map(|change| change.state) {
            self.send_ack(now, id, cseq, None);
        }
    }

    /// A 2xx of a re-INVITE again, or one to a request that no longer matters: it must have an ACK all the same.
    fn acknowledge_again(&mut self, now: Instant, id: InviteId, response: &Response) {
        let cseq = response.headers.cseq().map_or(0, |cseq| cseq.number);
        let Some(session) = self.sessions.get(&id) else { return };
        match &session.ack {
            Some(ack) if ack.cseq == cseq => self.emit_again(&session.ack.clone()),
            // The owner still owes the answer.
            _ if session.change.as_ref().is_some_and(|change| matches!(change.state, Changing::Owing { .. })) => {}
            _ if session.phase == Phase::Ended => self.send_ack(now, id, cseq, None),
            _ => {}
        }
    }

    /// The peer refused, could not be reached, or is gone (RFC 3261 12.2.1.2, 14.1; RFC 4028 10).
    fn on_change_refused(&mut self, now: Instant, id: InviteId, status: StatusCode, response: Option<&Response>) {
        if matches!(status, StatusCode::REQUEST_TIMEOUT | StatusCode::CALL_DOES_NOT_EXIST) {
            let refresh =
                self.sessions.get(&id).and_then(|session| session.change.as_ref()).map(|change| change.refresh);
            let how = if refresh == Some(true) { EndedHow::SessionTimeout } else { EndedHow::PeerGone };
            self.end(id, how);
            return self.bye(now, id, None);
        }
        if response.is_some_and(|response| self.lengthen(id, response)) {
            return self.send_change(now, id);
        }
        let wait = self.wait_of(id, status, response);
        let Some(session) = self.session(id) else { return };
        let Some(change) = &mut session.change else { return };
        if matches!(status, StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_IMPLEMENTED) && change.by == By::Update {
            session.updates = false;
            change.by = By::Invite;
            change.offer = change.offer.take().or_else(|| Some(session.local.clone()));
            return self.send_change(now, id);
        }
        if let Some(wait) = wait.filter(|_| change.tries < RETRIES_MAX) {
            change.tries += 1;
            change.state = Changing::BackingOff { until: now + wait };
            return;
        }
        let refresh = change.refresh;
        session.change = None;
        match &mut session.timer {
            // It keeps no timer, but it answers.
            Some(timer) if refresh && timer.role == Role::Asking && response.is_some() => timer.restart(now),
            Some(timer) if refresh => timer.postpone(now),
            _ => {}
        }
        if !refresh {
            self.events.push_back(Event::ChangeRefused { id, status: status.get() });
        }
    }

    /// How long a refused change waits before it is sent again: after 491, longer where the Call-ID is ours (RFC 3261 14.1);
    /// after 500, as its Retry-After says (RFC 3311 5.2).
    fn wait_of(&mut self, id: InviteId, status: StatusCode, response: Option<&Response>) -> Option<Duration> {
        match status {
            StatusCode::REQUEST_PENDING => {
                let ours = self.sessions.get(&id)?.caller;
                let (from, steps) = if ours { GLARE_OURS } else { GLARE_THEIRS };
                Some(from + GLARE_STEP * u32::try_from(self.rng.below(steps + 1)).unwrap_or(0))
            }
            StatusCode::SERVER_INTERNAL_ERROR => {
                let seconds = response?.headers.get(Name::RetryAfter)?.split([' ', ';', '(']).next()?.parse().ok()?;
                (seconds <= RETRY_AFTER_MAX.as_secs()).then(|| Duration::from_secs(seconds))
            }
            _ => None,
        }
    }

    /// The time of a change has come: to be sent again, or to be given up because the owner does not answer the offer.
    pub(super) fn on_change_due(&mut self, now: Instant, id: InviteId) {
        let Some(session) = self.session(id) else { return };
        match session.change.as_ref().map(|change| change.state) {
            Some(Changing::BackingOff { until }) if now >= until => self.send_change(now, id),
            Some(Changing::Owing { cseq, until }) if now >= until => {
                self.end(id, EndedHow::NoAck);
                self.send_ack(now, id, cseq, None);
                self.bye(now, id, None);
            }
            _ => {}
        }
    }

    /// The peer's own request is here first: ours is given up. What it offers may no longer fit.
    pub(super) fn give_way(&mut self, now: Instant, id: InviteId) {
        let Some(session) = self.session(id) else { return };
        let waits = |change: &mut Box<Change>| matches!(change.state, Changing::BackingOff { .. });
        match session.change.take_if(waits) {
            Some(change) if !change.refresh => {
                let status = StatusCode::REQUEST_PENDING.get();
                self.events.push_back(Event::ChangeRefused { id, status });
            }
            Some(_) => {
                if let Some(timer) = &mut session.timer {
                    timer.postpone(now);
                }
            }
            None => {}
        }
    }
}

/// After a 491, the side that made the Call-ID waits 2.1 s to 4 s, in steps of 10 ms.
const GLARE_OURS: (Duration, u64) = (Duration::from_millis(2_100), 190);

/// And the other side 0 to 2 s.
const GLARE_THEIRS: (Duration, u64) = (Duration::ZERO, 200);

const GLARE_STEP: Duration = Duration::from_millis(10);

/// The longest Retry-After that is waited for; the peer's own rule allows 10 s.
const RETRY_AFTER_MAX: Duration = Duration::from_secs(10);
