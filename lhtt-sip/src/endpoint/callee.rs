//! INVITEs of peers, from the request to the ACK: RFC 3261 8.2, 9.2, 13.3.

use super::caller::check_headers;
use super::receive::{Head, Incoming};
use super::reliable::RELIABLY;
use super::schedule::Key;
use super::screen::{ACCEPT, Rejection, is_sdp};
use super::{EndedHow, Endpoint, Event, InviteId, Refusal, Source, Target};
use crate::dialog::{Dialog, NoDialog};
use crate::error::Misuse;
use crate::invite::{Phase, Reliability, Session, Unacknowledged};
use crate::message::{Headers, Method, Name, Request, Response, StatusCode, Text};
use crate::peer::Peer;
use crate::session_timer::has_word;
use crate::transaction::table::TransactionId;
use bytes::Bytes;
use lhtt_core::io::Transport;
use lhtt_core::time::Instant;

impl Endpoint {
    /// An INVITE outside of any dialog that nothing speaks against.
    pub(super) fn on_invite(&mut self, now: Instant, incoming: Incoming) {
        let source = incoming.reply.source.clone();
        let advertised = self.carriers.advertised(&source);
        let contact = contact(&incoming.request, source.transport, &advertised);
        let tag = self.new_tag();
        let dialog = match Dialog::of_request(&incoming.request.headers, &tag, contact) {
            Ok(dialog) => dialog,
            Err(why) => return self.refuse_unmade(now, incoming, why),
        };
        let id = self.allocate_session();
        let request = incoming.request.clone();
        let offer = offer_of(&request);
        let way = way_back(&source, advertised);
        let mut session = Session::new(Phase::Offered, tag, offer.is_some(), None, way);
        session.dialog = Some(dialog);
        session.peer = Some(Peer::new(self.from(&source), Some(incoming.reply.by_via())));
        (session.reliability, session.updates) = abilities(&request.headers);
        self.add_session(now, id, session);
        let transaction = self.open_server(now, incoming, Some(id));
        if let Some(session) = self.session(id) {
            session.invite = Some(transaction);
        }
        self.respond(now, transaction, Response::to_request(&request, StatusCode::TRYING));
        self.events.push_back(Event::Incoming { id, source, request, offer });
    }

    fn refuse_unmade(&mut self, now: Instant, incoming: Incoming, why: NoDialog) {
        let mut response = Rejection::new(StatusCode::BAD_REQUEST).response(&incoming.request);
        response.set_reason(&match why {
            NoDialog::Malformed(name) => format!("{name} is missing or cannot be read"),
            NoDialog::TooManyRoutes => "Too many Record-Route entries".to_owned(),
        });
        self.answer(now, incoming, None, response);
    }

    /// Answers an INVITE provisionally, 101 to 199; reliably only if the caller requires that. SDP in it is an answer, or a
    /// preview of it, to the INVITE's offer.
    pub fn provisional(&mut self, now: Instant, id: InviteId, status: u16, sdp: Option<Bytes>) -> Result<(), Misuse> {
        self.progress(now, id, "provisional", status, sdp, false)
    }

    /// Answers an INVITE, or what [`Event::Renegotiate`] asks, with 200: `sdp` is the answer, or our offer if there was
    /// none. [`Event::Confirmed`] follows with the ACK.
    pub fn accept(&mut self, now: Instant, id: InviteId, sdp: Bytes) -> Result<(), Misuse> {
        let session = self.sessions.get(&id).ok_or(Misuse::Unknown(id))?;
        let (pending, waits) = (session.renegotiation.is_some(), session.must_wait());
        match self.offered(id)?.filter(|_| !pending) {
            Some(_) if waits => {
                let reliable = self.session(id).and_then(|session| session.reliable.as_mut());
                reliable.ok_or(Misuse::State("accept"))?.accept = Some(sdp);
            }
            Some(transaction) => self.accept_invite(now, id, transaction, sdp),
            None => self.accept_renegotiation(now, id, sdp)?,
        }
        self.settle(now);
        Ok(())
    }

    /// Sends the 2xx to the INVITE. Where a reliable response was the answer, it carries none.
    pub(super) fn accept_invite(&mut self, now: Instant, id: InviteId, transaction: TransactionId, sdp: Bytes) {
        let Some(session) = self.session(id) else { return };
        let answered = session.is_answered();
        let offered = !session.early_offer && !answered;
        session.phase = Phase::Accepted;
        self.succeed(now, id, transaction, offered, Some(sdp).filter(|_| !answered));
    }

    /// Refuses an INVITE, or what [`Event::Renegotiate`] asks: then the call goes on as it was.
    pub fn reject(&mut self, now: Instant, id: InviteId, refusal: Refusal) -> Result<(), Misuse> {
        let status = StatusCode::new(refusal.status).filter(|code| code.get() >= 300);
        let status = status.ok_or(Misuse::Status { command: "reject", status: refusal.status })?;
        check_headers(&refusal.headers, false)?;
        let first = self.offered(id)?;
        let session = self.session(id).ok_or(Misuse::Unknown(id))?;
        let pending = session.renegotiation.take().map(|pending| pending.transaction);
        let transaction = pending.or(first).ok_or(Misuse::State("reject"))?;
        if pending.is_none() {
            session.close();
        }
        if let Some(mut response) = self.response_to(transaction, id, status) {
            if let Some(reason) = &refusal.reason {
                response.set_reason(reason);
            }
            for (name, value) in &refusal.headers {
                response.headers.push(name, value);
            }
            self.respond(now, transaction, response);
        }
        self.go_on(now, id);
        self.settle(now);
        Ok(())
    }

    /// Lets go of an INVITE that was just refused: the refusal is not repeated and its ACK not waited for. For refusals under
    /// load, so that whoever causes them takes no room; a repeated INVITE is a new one (as for the stateless UAS of RFC 3261
    /// 8.2.7).
    pub fn let_go(&mut self, now: Instant, id: InviteId) -> Result<(), Misuse> {
        let session = self.sessions.get(&id).ok_or(Misuse::Unknown(id))?;
        let invite = session.invite.filter(|_| session.phase == Phase::Ended).ok_or(Misuse::State("let_go"))?;
        if let Some(mut server) = self.transactions.remove_server(invite) {
            self.schedule.set(Key::Server(invite), &mut server.armed, None);
            self.on_transaction_over(Some(id));
        }
        self.settle(now);
        Ok(())
    }

    /// The transaction of the INVITE, if the owner has not answered it.
    pub(super) fn offered(&self, id: InviteId) -> Result<Option<TransactionId>, Misuse> {
        let session = self.sessions.get(&id).ok_or(Misuse::Unknown(id))?;
        Ok(session.invite.filter(|_| session.phase == Phase::Offered))
    }

    /// Sends a 200 to an INVITE and waits for its ACK.
    pub(super) fn succeed(
        &mut self,
        now: Instant,
        id: InviteId,
        transaction: TransactionId,
        offered: bool,
        sdp: Option<Bytes>,
    ) {
        let Some(mut response) = self.response_to(transaction, id, StatusCode::OK) else { return };
        let cseq = response.headers.cseq().map_or(0, |cseq| cseq.number);
        response.headers.push(Name::Allow, self.allow());
        if let Some(asked) = self.asked_of(transaction) {
            self.agree_timer(now, id, asked, &mut response);
        }
        if let Some(sdp) = &sdp {
            response.set_body(ACCEPT, sdp.clone());
        }
        let waiting = Unacknowledged::new(now, cseq, transaction, offered, &self.config.timers);
        if let Some(session) = self.session(id) {
            session.unacknowledged = Some(waiting);
            session.reliable = None;
            session.local = sdp.unwrap_or_else(|| std::mem::take(&mut session.local));
        }
        self.respond(now, transaction, response);
    }

    /// An ACK that is not one of a failure: of a 2xx of ours, or of nothing that we know.
    pub(super) fn on_ack(&mut self, now: Instant, source: &Source, head: &Head, request: &Request) {
        let Some(id) = self.find_session(head).filter(|&id| self.is_from_peer(id, source, head)) else { return };
        let Some(session) = self.session(id) else { return };
        let Some(waiting) = session.unacknowledged.take_if(|waiting| waiting.cseq == head.cseq) else { return };
        if session.phase == Phase::Accepted {
            session.phase = Phase::Confirmed;
        }
        if let Some(leaving) = session.leaving.take() {
            return self.bye(now, id, leaving.0);
        }
        let sdp = if waiting.offered { offer_of(request) } else { None };
        if let Some(sdp) = &sdp {
            self.note_hold(id, sdp);
        }
        self.events.push_back(Event::Confirmed { id, sdp });
    }

    /// A CANCEL: of an INVITE that has no final answer yet, else of no effect (RFC 3261 9.2).
    pub(super) fn on_cancel(&mut self, now: Instant, incoming: Incoming) {
        let invite = self.transactions.find_server(&incoming.keys.cancelled);
        let Some(invite) = invite else {
            return self.refuse(now, incoming, Rejection::new(StatusCode::CALL_DOES_NOT_EXIST));
        };
        let server = self.transactions.server(invite);
        let id = server.and_then(|server| server.session);
        // A CANCEL takes the way of its INVITE (RFC 3261 9.1).
        if id.is_some_and(|id| !self.is_from_peer(id, &incoming.reply.source, &incoming.head)) {
            return self.refuse_stranger(now, id, &incoming);
        }
        let open = server.is_some_and(|server| server.is_open());
        let reason = reason_of(&incoming.request.headers);
        let mut response = Response::to_request(&incoming.request, StatusCode::OK);
        if let Some(session) = id.and_then(|id| self.sessions.get(&id)) {
            response = response.with_to_tag(&session.tag);
        }
        self.answer(now, incoming, id, response);
        let Some(id) = id.filter(|_| open) else { return };
        let Some(session) = self.session(id) else { return };
        if session.phase == Phase::Offered && session.invite == Some(invite) {
            self.drop_renegotiation(now, id);
            if let Some(session) = self.session(id) {
                session.close();
            }
            self.events.push_back(Event::Cancelled { id, reason });
        } else {
            session.renegotiation = None;
        }
        self.respond_with(now, invite, id, StatusCode::REQUEST_TERMINATED);
    }

    /// The deadline of a session passed.
    pub(super) fn on_session_timer(&mut self, now: Instant, id: InviteId) {
        let Some(session) = self.session(id) else { return };
        session.armed = None;
        if let Phase::Answering { until } = session.phase
            && now >= until
        {
            // The owner does not answer the peer's offer, and the peer repeats its 2xx no longer.
            let cseq = session.invite_cseq;
            self.end(id, EndedHow::NoAck);
            self.send_ack(now, id, cseq, None);
            return self.bye(now, id, None);
        }
        self.on_ack_due(now, id);
        self.on_unsure_due(now, id);
        self.on_owed_due(now, id);
        self.on_change_due(now, id);
        self.on_timer_due(now, id);
    }

    /// A 2xx to repeat, or an ACK that does not come.
    fn on_ack_due(&mut self, now: Instant, id: InviteId) {
        let Some(session) = self.sessions.get_mut(&id) else { return };
        let Some(waiting) = &mut session.unacknowledged else { return };
        if now >= waiting.until {
            let reason = session.leaving.as_ref().and_then(|leaving| leaving.0.clone());
            self.end(id, EndedHow::NoAck);
            return self.bye(now, id, reason);
        }
        if now >= waiting.again {
            waiting.back_off(now, &self.config.timers);
            let transaction = waiting.transaction;
            self.repeat_success(now, transaction);
        }
    }
}

/// Whether a caller takes reliable provisional responses, and whether it takes UPDATE.
fn abilities(headers: &Headers) -> (Reliability, bool) {
    let (mut reliability, mut updates) = (Reliability::None, false);
    for header in headers.iter() {
        match header.name() {
            Name::Require if has_word(header.value(), RELIABLY) => reliability = Reliability::Required,
            Name::Supported if reliability == Reliability::None && has_word(header.value(), RELIABLY) => {
                reliability = Reliability::Supported;
            }
            Name::Allow => updates |= has_word(header.value(), Method::Update.as_str()),
            _ => {}
        }
    }
    (reliability, updates)
}

/// The body, if it is SDP.
pub(super) fn offer_of(request: &Request) -> Option<Bytes> {
    (!request.body().is_empty() && is_sdp(request)).then(|| request.body().clone())
}

/// The Reason header.
pub(super) fn reason_of(headers: &Headers) -> Option<String> {
    headers.get(Name::Reason).map(str::to_owned)
}

/// The way back to a caller: its stream while it lives.
fn way_back(source: &Source, advertised: String) -> Target {
    Target {
        transport: source.transport,
        remote: source.remote,
        listener: source.listener,
        local: source.local.map(|local| local.ip()),
        server_name: None,
        sent_by: advertised,
        stream: source.stream,
    }
}

/// Our Contact in a dialog that a peer opens: under what it called, at the listener it called. A `sips` call gets a `sips`
/// Contact (RFC 3261 12.1.1).
fn contact(request: &Request, transport: Transport, advertised: &str) -> Text {
    let uri = request.uri();
    let user = match uri.user() {
        Some(user) => format!("{user}@"),
        None => String::new(),
    };
    let param = match transport {
        Transport::Udp => "",
        _ if uri.is_sips() => "",
        Transport::Tcp => ";transport=tcp",
        Transport::Tls => ";transport=tls",
    };
    let scheme = if uri.is_sips() { "sips" } else { "sip" };
    format!("<{scheme}:{user}{advertised}{param}>").into()
}
