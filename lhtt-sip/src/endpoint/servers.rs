//! Requests of peers: their transactions and our answers. RFC 3261 8.2, 17.2.

use super::receive::Incoming;
use super::schedule::Key;
use super::screen::Rejection;
use super::{EndedHow, Endpoint, Event, InviteId};
use crate::invite::Phase;
use crate::message::{Method, Name, Response, StatusCode};
use crate::transaction::server::Server;
use crate::transaction::server_invite::ServerInvite;
use crate::transaction::table::{ServerMachine, TransactionId};
use crate::transaction::{Emit, Step, Tell};
use lhtt_core::time::Instant;

impl Endpoint {
    /// Begins the transaction of a request, for a session if it has one.
    pub(super) fn open_server(&mut self, now: Instant, incoming: Incoming, session: Option<InviteId>) -> TransactionId {
        let Incoming { request, keys, reply, head } = incoming;
        let timers = &self.config.timers;
        let outside = head.to_tag.is_none();
        let machine = match request.method() {
            Method::Invite => {
                let answer = if outside { timers.answer } else { timers.renegotiation };
                ServerMachine::Invite(ServerInvite::new(now, reply.is_reliable(), answer, timers))
            }
            _ => ServerMachine::Other(Server::new(now, reply.is_reliable(), timers)),
        };
        let id = self.transactions.add_server(machine, keys, request, reply, outside);
        if let Some(server) = self.transactions.server_mut(id) {
            server.session = session;
        }
        if let Some(session) = session.and_then(|id| self.session(id)) {
            session.transactions += 1;
        }
        self.arm_server(id);
        id
    }

    /// Refuses a request in a transaction of its own.
    pub(super) fn refuse(&mut self, now: Instant, incoming: Incoming, rejection: Rejection) {
        let response = rejection.response(&incoming.request);
        self.answer(now, incoming, None, response);
    }

    /// Answers a request finally in a transaction of its own.
    pub(super) fn answer(&mut self, now: Instant, incoming: Incoming, session: Option<InviteId>, response: Response) {
        let tag = self.stateless_tag(&incoming.request.headers);
        let id = self.open_server(now, incoming, session);
        self.respond(now, id, response.with_to_tag(&tag));
    }

    /// Answers within a transaction.
    pub(super) fn respond(&mut self, now: Instant, id: TransactionId, mut response: Response) {
        if let Some(agent) = &self.config.user_agent {
            response.headers.push(Name::Server, agent);
        }
        let status = response.status();
        let Some(server) = self.transactions.server_mut(id) else { return };
        if !server.is_open() {
            return;
        }
        server.last = Some(response.to_bytes());
        if status.is_final() {
            server.request = None;
        }
        let step = server.on_respond(now, status.get(), &self.config.timers);
        self.after_server(now, id, step);
    }

    /// Says a 2xx once more.
    pub(super) fn repeat_success(&mut self, now: Instant, id: TransactionId) {
        let Some(server) = self.transactions.server_mut(id) else { return };
        let step = server.on_respond(now, StatusCode::OK.get(), &self.config.timers);
        self.after_server(now, id, step);
    }

    pub(super) fn on_server_timer(&mut self, now: Instant, id: TransactionId) {
        let Some(server) = self.transactions.server_mut(id) else { return };
        server.armed = None;
        let step = server.on_timer(now, &self.config.timers);
        self.after_server(now, id, step);
    }

    /// A request came again, or the ACK of an INVITE. Whether a session has to know of the ACK.
    pub(super) fn on_server_request(&mut self, now: Instant, id: TransactionId, ack: bool) -> bool {
        let Some(server) = self.transactions.server_mut(id) else { return false };
        let step = server.on_request(now, ack, &self.config.timers);
        self.after_server(now, id, step);
        step.tell == Tell::Ack
    }

    /// The stream of an unanswered INVITE is gone and no other way leads to the caller.
    pub(super) fn on_server_stranded(&mut self, now: Instant, id: TransactionId) {
        let Some(server) = self.transactions.server_mut(id) else { return };
        let step = server.on_transport_failed(now, &self.config.timers);
        self.after_server(now, id, step);
    }

    /// Carries out what a server transaction asks, then lets it go if it is over.
    fn after_server(&mut self, now: Instant, id: TransactionId, step: Step) {
        let Some(server) = self.transactions.server(id) else { return };
        if step.emit == Emit::Response
            && let Some(last) = &server.last
        {
            self.carriers.reply(now, &server.reply, last.clone(), &mut self.schedule);
        }
        let (session, over) = (server.session, server.is_over());
        if over {
            if let Some(mut server) = self.transactions.remove_server(id) {
                self.schedule.set(Key::Server(id), &mut server.armed, None);
            }
        } else {
            self.arm_server(id);
        }
        match (step.tell, session) {
            (Tell::Overdue, Some(session)) => self.on_overdue(now, session, id),
            (Tell::TransportFailed, Some(session)) => self.end(session, EndedHow::StreamLost),
            _ => {}
        }
        if over {
            self.on_transaction_over(session);
        }
    }

    /// The owner has let a peer wait too long.
    fn on_overdue(&mut self, now: Instant, session: InviteId, id: TransactionId) {
        let Some(state) = self.session(session) else { return };
        if state.phase == Phase::Offered && state.invite == Some(id) {
            self.end(session, EndedHow::Unanswered);
            self.respond_with(now, id, session, StatusCode::TEMPORARILY_UNAVAILABLE);
        } else {
            state.renegotiation.take_if(|pending| pending.transaction == id);
            state.referrals.retain(|referral| referral.transaction != Some(id));
            self.respond_with(now, id, session, StatusCode::SERVER_INTERNAL_ERROR);
            self.go_on(now, session);
        }
    }

    /// Answers a request of a session with a bare status.
    pub(super) fn respond_with(&mut self, now: Instant, id: TransactionId, session: InviteId, status: StatusCode) {
        if let Some(response) = self.response_to(id, session, status) {
            self.respond(now, id, response);
        }
    }

    /// The beginning of a response to a request of a session: with our tag, and what a dialog needs in those below 300
    /// (RFC 3261 12.1.1).
    pub(super) fn response_to(&self, id: TransactionId, session: InviteId, status: StatusCode) -> Option<Response> {
        let request = self.transactions.server(id)?.request.as_ref()?;
        let session = self.sessions.get(&session)?;
        let mut response = Response::to_request(request, status).with_to_tag(&session.tag);
        if status.get() < 300 && matches!(request.method(), Method::Invite | Method::Update) {
            response.headers.copy(Name::RecordRoute, &request.headers);
            if let Some(dialog) = &session.dialog {
                response.headers.push(Name::Contact, dialog.contact());
            }
        }
        Some(response)
    }

    fn arm_server(&mut self, id: TransactionId) {
        if let Some(server) = self.transactions.server_mut(id) {
            let deadline = server.deadline();
            self.schedule.set(Key::Server(id), &mut server.armed, deadline);
        }
    }

    /// The call is over, and not because the owner hung up: says so unless the owner did hang up.
    pub(super) fn end(&mut self, id: InviteId, how: EndedHow) {
        let Some(session) = self.session(id) else { return };
        let told = session.leaving.is_some() || session.phase == Phase::Ended;
        session.close();
        if !told {
            self.events.push_back(Event::Ended { id, how });
        }
    }
}
