//! INVITEs of ours, from the request to the ACK: RFC 3261 9.1, 13.1, 13.2.

use super::carriers::{NoWay, Path};
use super::clients::{MAX_FORWARDS, follow_up};
use super::prack::Heard;
use super::screen::ACCEPT;
use super::{Endpoint, Event, Invite, InviteId};
use crate::dialog::Dialog;
use crate::error::Misuse;
use crate::invite::{Ack, Cancel, Changing, Inviting, Phase, Session, Stray};
use crate::limits::{FORKS_MAX, STRAYS_MAX};
use crate::message::{CSeq, Method, Name, Request, Response, StatusCode, Text};
use crate::transaction::Tell;
use crate::transaction::table::{ClientUser, TransactionId};
use bytes::Bytes;
use lhtt_core::time::Instant;

impl Endpoint {
    /// Sends an INVITE. What comes of it is told in [`Event::Provisional`], then once [`Event::Answered`] or
    /// [`Event::Failed`].
    pub fn invite(&mut self, now: Instant, invite: Invite) -> Result<InviteId, Misuse> {
        if self.sessions.len() >= self.config.limits.calls {
            return Err(Misuse::Full("calls"));
        }
        if self.transactions.len() >= self.config.limits.transactions {
            return Err(Misuse::Full("transactions"));
        }
        check_headers(&invite.headers, true)?;
        let mut way = invite.target.clone();
        let path = self.carriers.path(now, &way, &mut self.schedule).map_err(|why| match why {
            NoWay::Listener => Misuse::Target,
            NoWay::Full => Misuse::Full("streams"),
        })?;
        way.stream = path.stream();
        let (id, tag) = (self.allocate_session(), self.new_tag());
        let mut request = invite_request(&invite, &tag, self.rng.hex(16), self.allow());
        let branch = self.stamp(&way, &mut request);
        let early_offer = invite.offer.is_some();
        let mut session = Session::new(Phase::Inviting(Inviting::default()), tag, early_offer, None, way);
        session.local = invite.offer.unwrap_or_default();
        self.add_session(now, id, session);
        self.ask_timer(id, &mut request.headers);
        let transaction = self.start_stamped(now, path, ClientUser::Invite(id), request, &branch);
        if let Some(session) = self.session(id) {
            session.invite = Some(transaction);
        }
        self.settle(now);
        Ok(id)
    }

    /// Acknowledges a 2xx that carried the offer, with our answer: after [`Event::Answered`] to an INVITE without offer.
    pub fn acknowledge(&mut self, now: Instant, id: InviteId, sdp: Bytes) -> Result<(), Misuse> {
        let session = self.session(id).ok_or(Misuse::Unknown(id))?;
        if let (Phase::Inviting(_), Some(owed)) = (&session.phase, session.owed.take()) {
            self.prack_answer(now, id, &owed, sdp);
            self.settle(now);
            return Ok(());
        }
        let owing = session.change.as_ref().and_then(|change| match change.state {
            Changing::Owing { cseq, .. } => Some(cseq),
            _ => None,
        });
        let cseq = match (&session.phase, owing) {
            (Phase::Answering { .. }, _) => session.invite_cseq,
            (Phase::Confirmed, Some(cseq)) => cseq,
            _ => return Err(Misuse::State("acknowledge")),
        };
        session.change = None;
        session.phase = Phase::Confirmed;
        session.local = sdp.clone();
        self.send_ack(now, id, cseq, Some(sdp));
        self.settle(now);
        Ok(())
    }

    /// The transaction of our INVITE has something to say.
    pub(super) fn on_invite_told(&mut self, now: Instant, id: InviteId, tell: Tell, response: Option<Response>) {
        match (tell, response) {
            (Tell::Provisional, Some(response)) => self.on_provisional(now, id, &response),
            (Tell::Success, Some(response)) => self.on_success(now, id, &response),
            (Tell::Failure, Some(response)) => {
                let status = response.status();
                if self.may_retry(id) && self.invite_longer(now, id, &response) {
                    return;
                }
                self.fail(id, status, Some(response), true);
            }
            (Tell::Timeout, _) => self.fail(id, StatusCode::REQUEST_TIMEOUT, None, true),
            (Tell::TransportFailed, _) => self.fail(id, StatusCode::SERVICE_UNAVAILABLE, None, true),
            (Tell::Overdue, _) => {
                self.give_up(now, id);
            }
            _ => {}
        }
    }

    /// The INVITE takes too long: it has failed for the owner, and is cancelled.
    pub(super) fn give_up(&mut self, now: Instant, id: InviteId) {
        self.fail(id, StatusCode::REQUEST_TIMEOUT, None, false);
        self.cancel(now, id, None);
    }

    /// The INVITE failed: tells the owner once; `over` if no final response can follow.
    fn fail(&mut self, id: InviteId, status: StatusCode, response: Option<Response>, over: bool) {
        let Some(session) = self.session(id) else { return };
        let Phase::Inviting(inviting) = &mut session.phase else { return };
        let told = std::mem::replace(&mut inviting.failed, true);
        if over {
            session.close();
            session.early.clear();
        }
        if !told {
            self.events.push_back(Event::Failed { id, status: status.get(), response: response.map(Box::new) });
        }
    }

    /// Whether the owner still wants the call.
    fn may_retry(&self, id: InviteId) -> bool {
        let phase = self.sessions.get(&id).map(|session| &session.phase);
        matches!(phase, Some(Phase::Inviting(inviting)) if inviting.cancel == Cancel::No && !inviting.failed)
    }

    fn on_provisional(&mut self, now: Instant, id: InviteId, response: &Response) {
        let status = response.status().get();
        let sdp = sdp_of(response);
        self.add_early_dialog(id, response);
        let heard = self.on_reliable(now, id, response);
        let reliable = heard == Heard::Reliable;
        let Some(session) = self.session(id) else { return };
        let Phase::Inviting(inviting) = &mut session.phase else { return };
        inviting.heard = true;
        if let Cancel::Wanted(reason) = &mut inviting.cancel {
            let reason = reason.take();
            return self.cancel(now, id, reason);
        }
        let described = sdp.is_some() && (reliable || !inviting.sdp_reported);
        let fresh = heard != Heard::OutOfOrder && (described || !inviting.reported.contains(&status));
        if status > 100 && fresh && inviting.cancel == Cancel::No {
            if !inviting.reported.contains(&status) {
                inviting.reported.push(status);
            }
            inviting.sdp_reported |= sdp.is_some();
            self.events.push_back(Event::Provisional { id, status, sdp, reliable });
        }
    }

    /// A provisional response with a tag makes an early dialog (RFC 3261 12.1.2).
    fn add_early_dialog(&mut self, id: InviteId, response: &Response) {
        let Ok(to) = response.headers.to() else { return };
        let Some(tag) = to.tag() else { return };
        let Some(session) = self.sessions.get_mut(&id) else { return };
        let known = session.early.iter().any(|dialog| dialog.remote_tag() == tag);
        if known || session.early.len() >= FORKS_MAX || response.status().get() == 100 {
            return;
        }
        let invite = session.invite.and_then(|invite| self.transactions.client(invite));
        if let Some(Ok(dialog)) = invite.map(|invite| Dialog::of_response(&invite.request, &response.headers)) {
            session.early.push(dialog);
        }
    }

    /// Sends the CANCEL of our INVITE (RFC 3261 9.1). Only after a provisional response.
    pub(super) fn cancel(&mut self, now: Instant, id: InviteId, reason: Option<String>) {
        let Some(session) = self.session(id) else { return };
        let (Phase::Inviting(inviting), Some(transaction)) = (&mut session.phase, session.invite) else { return };
        inviting.cancel = Cancel::Sent(reason.clone());
        self.cancel_transaction(now, id, transaction, reason);
    }

    /// Sends the CANCEL of one INVITE of ours, the first of a session or a later one.
    pub(super) fn cancel_transaction(
        &mut self,
        now: Instant,
        id: InviteId,
        transaction: TransactionId,
        reason: Option<String>,
    ) {
        let Some(invite) = self.transactions.client_mut(transaction) else { return };
        invite.on_cancelled(now, &self.config.timers);
        let mut request = follow_up(&invite.request, Method::Cancel, &invite.request.headers);
        let (path, branch) = (invite.path, request.headers.top_via().ok());
        let branch = branch.as_ref().and_then(|via| via.branch()).unwrap_or_default().to_owned();
        if let Some(reason) = reason {
            request.headers.push(Name::Reason, reason);
        }
        self.arm_client(transaction);
        self.start_stamped(now, path, ClientUser::Ending(id), request, &branch);
    }

    /// A 2xx: the first one wins, its repetitions are acknowledged again, other forks are hung up (RFC 3261 13.2.2.4).
    fn on_success(&mut self, now: Instant, id: InviteId, response: &Response) {
        let tag = response.headers.to().ok().and_then(|to| to.tag().map(str::to_owned)).unwrap_or_default();
        let Some(session) = self.session(id) else { return };
        if let Phase::Inviting(inviting) = &session.phase {
            let inviting = inviting.clone();
            return self.win(now, id, response, &inviting);
        }
        if session.dialog.as_ref().is_some_and(|dialog| dialog.remote_tag() == tag) {
            // Once a later INVITE of ours was acknowledged, the peer has had the ACK of the first.
            let ack = session.ack.clone().filter(|ack| ack.cseq == session.invite_cseq);
            return self.emit_again(&ack);
        }
        if let Some(stray) = session.strays.iter().find(|stray| stray.tag == tag) {
            let ack = stray.ack.clone();
            return self.emit_again(&ack);
        }
        if session.strays.len() < STRAYS_MAX {
            self.turn_away(now, id, response, tag);
        }
    }

    /// The 2xx that makes the dialog.
    fn win(&mut self, now: Instant, id: InviteId, response: &Response, inviting: &Inviting) {
        let Some(mut dialog) = self.confirmed_dialog(id, response) else {
            // Without a usable To or Record-Route there is nothing to send an ACK by.
            return self.fail(id, StatusCode::BAD_GATEWAY, None, true);
        };
        let until = now + self.config.timers.transaction();
        let Some(session) = self.session(id) else { return };
        let early_offer = session.early_offer || dialog.agreed;
        let answer = std::mem::take(&mut dialog.answer);
        session.dialog = Some(dialog);
        session.early.clear();
        session.owed = None;
        let cseq = session.invite_cseq;
        let unwanted = inviting.failed || inviting.cancel != Cancel::No;
        if unwanted {
            self.fail(id, StatusCode::REQUEST_TERMINATED, None, true);
            self.send_ack(now, id, cseq, None);
            let reason = match &inviting.cancel {
                Cancel::Wanted(reason) | Cancel::Sent(reason) => reason.clone(),
                Cancel::No => None,
            };
            return self.bye(now, id, reason);
        }
        session.phase = match early_offer {
            true => Phase::Confirmed,
            false => Phase::Answering { until },
        };
        if early_offer {
            self.send_ack(now, id, cseq, None);
        }
        self.start_timer(now, id, &response.headers);
        let sdp = sdp_of(response).or_else(|| Some(answer).filter(|answer| !answer.is_empty()));
        let status = response.status().get();
        self.events.push_back(Event::Answered { id, status, sdp });
    }

    /// The dialog of a 2xx: the early one with its tag, brought up to date, or a new one.
    fn confirmed_dialog(&mut self, id: InviteId, response: &Response) -> Option<Dialog> {
        let to = response.headers.to().ok()?;
        let tag = to.tag().unwrap_or_default();
        let session = self.sessions.get_mut(&id)?;
        if let Some(at) = session.early.iter().position(|dialog| dialog.remote_tag() == tag) {
            let mut dialog = session.early.swap_remove(at);
            return dialog.confirm(&response.headers).ok().map(|()| dialog);
        }
        let invite = self.transactions.client(session.invite?)?;
        Dialog::of_response(&invite.request, &response.headers).ok()
    }

    /// Acknowledges a 2xx to an INVITE with this number.
    pub(super) fn send_ack(&mut self, now: Instant, id: InviteId, cseq: u32, sdp: Option<Bytes>) {
        let Some(dialog) = self.sessions.get(&id).and_then(|session| session.dialog.as_ref()) else { return };
        let (request, next_hop) = (dialog.ack(cseq), dialog.next_hop().clone());
        let path = self.path_within(now, id, &next_hop);
        let ack = path.ok().and_then(|path| self.transmit_ack(id, path, cseq, request, sdp));
        if let Some(session) = self.session(id) {
            session.ack = ack;
        }
    }

    /// Sends an ACK, which has no transaction.
    fn transmit_ack(
        &mut self,
        id: InviteId,
        path: Path,
        cseq: u32,
        mut request: Request,
        sdp: Option<Bytes>,
    ) -> Option<Ack> {
        let way = self.sessions.get(&id)?.way.clone();
        self.stamp(&way, &mut request);
        if let Some(sdp) = sdp {
            request.set_body(ACCEPT, sdp);
        }
        let octets = request.to_bytes();
        self.carriers.send(path, octets.clone());
        Some(Ack { cseq, path, octets })
    }

    /// Another fork answered too late: ACK, then BYE.
    fn turn_away(&mut self, now: Instant, id: InviteId, response: &Response, tag: String) {
        let Some(session) = self.sessions.get(&id) else { return };
        let cseq = session.invite_cseq;
        let Some(invite) = session.invite.and_then(|invite| self.transactions.client(invite)) else { return };
        let Ok(mut dialog) = Dialog::of_response(&invite.request, &response.headers) else { return };
        let Ok(path) = self.path_within(now, id, &dialog.next_hop().clone()) else { return };
        let ack = self.transmit_ack(id, path, cseq, dialog.ack(cseq), None);
        let Some(session) = self.session(id) else { return };
        session.strays.push(Stray { tag, ack });
        let way = session.way.clone();
        self.start_client(now, &way, path, ClientUser::Ending(id), dialog.request(Method::Bye));
    }
}

/// The INVITE without Via.
fn invite_request(invite: &Invite, tag: &str, call_id: String, allow: Text) -> Request {
    let mut request = Request::new(Method::Invite, invite.uri.clone());
    let headers = &mut request.headers;
    headers.push(Name::MaxForwards, MAX_FORWARDS);
    headers.push(Name::From, invite.from.clone().with_tag(tag));
    headers.push(Name::To, &invite.to);
    headers.push(Name::CallId, call_id);
    headers.push(Name::CSeq, CSeq::new(1, Method::Invite));
    headers.push(Name::Contact, format!("<{}>", invite.contact));
    headers.push(Name::Allow, allow);
    headers.push(Name::Accept, Text::from_static(ACCEPT));
    for (name, value) in &invite.headers {
        match Name::from(name) {
            Name::MaxForwards => headers.set(Name::MaxForwards, value),
            name => headers.push(name, value),
        }
    }
    if let Some(offer) = &invite.offer {
        request.set_body(ACCEPT, offer.clone());
    }
    request
}

/// The SDP in a response.
pub(super) fn sdp_of(response: &Response) -> Option<Bytes> {
    let sdp = response.headers.content_type().ok().flatten()?.is(ACCEPT);
    (sdp && !response.body().is_empty()).then(|| response.body().clone())
}

/// Headers that the owner may set: one line, a token as name, and none that the endpoint writes itself.
pub(super) fn check_headers(headers: &[(String, String)], request: bool) -> Result<(), Misuse> {
    for (name, value) in headers {
        let token = |octet: u8| octet.is_ascii_alphanumeric() || b"-.!%*_+`'~".contains(&octet);
        let readable = !name.is_empty() && name.bytes().all(token) && !value.contains(['\r', '\n']);
        let ours = matches!(
            Name::from(name),
            Name::Via
                | Name::From
                | Name::To
                | Name::CallId
                | Name::CSeq
                | Name::ContentLength
                | Name::ContentType
                | Name::RecordRoute
                | Name::Allow
                | Name::Accept
                | Name::UserAgent
                | Name::Server
                | Name::Supported
                | Name::SessionExpires
                | Name::MinSe
        );
        // In a refusal, Contact says where else to ask.
        if !readable || ours || request && Name::from(name) == Name::Contact {
            return Err(Misuse::Header(name.clone()));
        }
    }
    Ok(())
}
