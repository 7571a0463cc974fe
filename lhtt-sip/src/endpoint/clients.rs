//! Requests of ours: how they leave, and what becomes of their transactions. RFC 3261 8.1, 17.1.

use super::carriers::{NoWay, Path};
use super::schedule::Key;
use super::{Endpoint, Event, InviteId, OptionsId, Source, Target};
use crate::invite::Ack;
use crate::message::{CSeq, Headers, Method, Name, NameAddr, Request, Response, StatusCode, Uri};
use crate::transaction::client::Client;
use crate::transaction::client_invite::ClientInvite;
use crate::transaction::table::{ClientMachine, ClientUser, TransactionId};
use crate::transaction::{Emit, Step, Tell};
use lhtt_core::io::Transport;
use lhtt_core::time::Instant;
use std::net::SocketAddr;

/// What Max-Forwards says unless the owner knows better (RFC 3261 8.1.1.6).
pub(super) const MAX_FORWARDS: &str = "70";

impl Endpoint {
    /// Asks a peer whether it is there. The answer is [`Event::OptionsAnswered`].
    pub fn options(&mut self, now: Instant, target: Target, uri: Uri) -> OptionsId {
        self.last_options += 1;
        let id = OptionsId(self.last_options);
        let sent = self.send_options(now, id, &target, uri);
        if sent.is_none() {
            let status = StatusCode::SERVICE_UNAVAILABLE.get();
            self.events.push_back(Event::OptionsAnswered { id, status });
        }
        id
    }

    fn send_options(&mut self, now: Instant, id: OptionsId, target: &Target, uri: Uri) -> Option<()> {
        if self.transactions.len() >= self.config.limits.transactions {
            return None;
        }
        let from: Uri = format!("sip:{}", target.sent_by).parse().ok()?;
        let path = self.carriers.path(now, target, &mut self.schedule).ok()?;
        let (tag, call_id) = (self.new_tag(), self.rng.hex(16));
        let request = Request::new(Method::Options, uri.clone())
            .with(Name::MaxForwards, MAX_FORWARDS)
            .with(Name::From, NameAddr::new(from).with_tag(&tag))
            .with(Name::To, NameAddr::new(uri))
            .with(Name::CallId, call_id)
            .with(Name::CSeq, CSeq::new(1, Method::Options))
            .with(Name::Accept, super::screen::ACCEPT);
        self.start_client(now, target, path, ClientUser::Options(id), request);
        Some(())
    }

    /// Puts our Via on a request (RFC 3261 18.1.1, RFC 3581 3), and gives its branch.
    pub(super) fn stamp(&mut self, way: &Target, request: &mut Request) -> String {
        let branch = format!("z9hG4bK{}", self.rng.hex(12));
        let (transport, rport) = match way.transport {
            Transport::Udp => ("UDP", ";rport"),
            Transport::Tcp => ("TCP", ""),
            Transport::Tls => ("TLS", ""),
        };
        request.headers.prepend(Name::Via, format!("SIP/2.0/{transport} {};branch={branch}{rport}", way.sent_by));
        if let Some(agent) = &self.config.user_agent {
            request.headers.push(Name::UserAgent, agent);
        }
        branch
    }

    /// Sends a request without Via in a new transaction.
    pub(super) fn start_client(
        &mut self,
        now: Instant,
        way: &Target,
        path: Path,
        user: ClientUser,
        mut request: Request,
    ) -> TransactionId {
        let branch = self.stamp(way, &mut request);
        self.start_stamped(now, path, user, request, &branch)
    }

    /// Sends a request that has its Via.
    pub(super) fn start_stamped(
        &mut self,
        now: Instant,
        path: Path,
        user: ClientUser,
        request: Request,
        branch: &str,
    ) -> TransactionId {
        let timers = &self.config.timers;
        let machine = match request.method() {
            Method::Invite => ClientMachine::Invite(ClientInvite::new(now, path.is_reliable(), timers)),
            _ => ClientMachine::Other(Client::new(now, path.is_reliable(), timers)),
        };
        let id = self.transactions.add_client(machine, user, request, branch, path);
        if let Some(session) = user.session().and_then(|id| self.session(id)) {
            session.transactions += 1;
        }
        if let Some(stream) = path.stream() {
            self.carriers.watch(now, stream, id, true, &mut self.schedule);
        }
        self.emit_request(id);
        self.arm_client(id);
        id
    }

    /// The path of a request within a dialog: the dialog's stream while it lives, else the next hop if it is an address,
    /// else where the peer was. The transport of the dialog is kept.
    pub(super) fn path_within(&mut self, now: Instant, id: InviteId, next_hop: &Uri) -> Result<Path, NoWay> {
        let Some(session) = self.sessions.get_mut(&id) else { return Err(NoWay::Full) };
        let mut target = session.way.clone();
        let lives = target.stream.is_some_and(|stream| self.carriers.is_alive(stream));
        if !lives {
            target.remote = next_address(&target, next_hop, session.caller);
            if target.transport == Transport::Tls && target.server_name.is_none() {
                target.server_name = Some(next_hop.host().trim_matches(['[', ']']).to_owned());
            }
        }
        let path = self.carriers.path(now, &target, &mut self.schedule)?;
        let stream = path.stream();
        if stream != session.way.stream {
            if let Some(old) = session.way.stream {
                self.carriers.pin(now, old, id, false, &mut self.schedule);
            }
            if let Some(new) = stream {
                self.carriers.pin(now, new, id, true, &mut self.schedule);
            }
            session.way.stream = stream;
        }
        Ok(path)
    }

    /// A response came: whose is it? Others are dropped (RFC 3261 18.1.2), as are those with more than our Via (8.1.3.3).
    pub(super) fn on_response(&mut self, now: Instant, source: &Source, response: Response) {
        let Ok(vias) = response.headers.via() else { return };
        let [via] = vias.as_slice() else { return };
        let (Some(branch), Ok(cseq)) = (via.branch(), response.headers.cseq()) else { return };
        let Some(id) = self.transactions.find_client(branch, &cseq.method) else { return };
        let Some(client) = self.transactions.client_mut(id) else { return };
        let user = client.user;
        let step = client.on_response(now, response.status().get(), &self.config.timers);
        if let ClientUser::Invite(id) = user
            && response.status().is_success()
        {
            self.meet(id, source, &response.headers);
        }
        self.after_client(now, id, step, Some(response));
    }

    pub(super) fn on_client_timer(&mut self, now: Instant, id: TransactionId) {
        let Some(client) = self.transactions.client_mut(id) else { return };
        client.armed = None;
        let step = client.on_timer(now, &self.config.timers);
        self.after_client(now, id, step, None);
    }

    pub(super) fn on_client_stranded(&mut self, now: Instant, id: TransactionId) {
        let Some(client) = self.transactions.client_mut(id) else { return };
        let step = client.on_transport_failed(now, &self.config.timers);
        self.after_client(now, id, step, None);
    }

    /// Carries out what a client transaction asks, then lets it go if it is over.
    fn after_client(&mut self, now: Instant, id: TransactionId, step: Step, response: Option<Response>) {
        match step.emit {
            Emit::Request => self.emit_request(id),
            Emit::Ack => self.emit_ack(id, response.as_ref()),
            Emit::Nothing | Emit::Response => {}
        }
        let Some(client) = self.transactions.client(id) else { return };
        let (user, path, over) = (client.user, client.path, client.is_over());
        self.arm_client(id);
        if step.tell != Tell::Nothing {
            // Its request may have to be sent again in another form, so it is still there.
            self.tell_client(now, id, user, step.tell, response);
        }
        if over {
            if let Some(mut client) = self.transactions.remove_client(id) {
                self.schedule.set(Key::Client(id), &mut client.armed, None);
            }
            if let Some(stream) = path.stream() {
                self.carriers.watch(now, stream, id, false, &mut self.schedule);
            }
            self.on_transaction_over(user.session());
        }
    }

    fn tell_client(
        &mut self,
        now: Instant,
        transaction: TransactionId,
        user: ClientUser,
        tell: Tell,
        response: Option<Response>,
    ) {
        match (user, tell) {
            (ClientUser::Invite(id), tell) => self.on_invite_told(now, id, tell, response),
            (ClientUser::Change(id), tell) => self.on_change_told(now, id, transaction, tell, response),
            (ClientUser::Options(id), Tell::Final | Tell::Timeout | Tell::TransportFailed) => {
                let status = match (tell, response) {
                    (Tell::Final, Some(response)) => response.status(),
                    (Tell::Timeout, _) => StatusCode::REQUEST_TIMEOUT,
                    _ => StatusCode::SERVICE_UNAVAILABLE,
                };
                self.events.push_back(Event::OptionsAnswered { id, status: status.get() });
            }
            (ClientUser::Refer(id), Tell::Final | Tell::Timeout | Tell::TransportFailed) => {
                let status = match (tell, &response) {
                    (Tell::Final, Some(response)) => response.status(),
                    (Tell::Timeout, _) => StatusCode::REQUEST_TIMEOUT,
                    _ => StatusCode::SERVICE_UNAVAILABLE,
                };
                self.on_refer_answered(id, status, response.as_ref());
            }
            // Provisional, or nothing follows from it.
            (ClientUser::Options(_) | ClientUser::Refer(_) | ClientUser::Ending(_), _) => {}
        }
    }

    /// One transaction of a session less.
    pub(super) fn on_transaction_over(&mut self, session: Option<InviteId>) {
        if let Some(session) = session.and_then(|id| self.session(id)) {
            session.transactions = session.transactions.saturating_sub(1);
        }
    }

    pub(super) fn arm_client(&mut self, id: TransactionId) {
        if let Some(client) = self.transactions.client_mut(id) {
            let deadline = client.deadline();
            self.schedule.set(Key::Client(id), &mut client.armed, deadline);
        }
    }

    fn emit_request(&mut self, id: TransactionId) {
        if let Some(client) = self.transactions.client(id) {
            self.carriers.send(client.path, client.octets.clone());
        }
    }

    /// Sends the ACK of a failure, made at the first one (RFC 3261 17.1.1.3).
    fn emit_ack(&mut self, id: TransactionId, response: Option<&Response>) {
        let Some(client) = self.transactions.client_mut(id) else { return };
        if client.ack.is_none()
            && let Some(response) = response
        {
            client.ack = Some(follow_up(&client.request, Method::Ack, &response.headers).to_bytes());
        }
        if let Some(ack) = &client.ack {
            self.carriers.send(client.path, ack.clone());
        }
    }

    /// Sends an ACK of a 2xx again.
    pub(super) fn emit_again(&mut self, ack: &Option<Ack>) {
        if let Some(ack) = ack {
            self.carriers.send(ack.path, ack.octets.clone());
        }
    }
}

/// The ACK of a failure, or the CANCEL, of an INVITE: its Request-URI, topmost Via, From, Call-ID, CSeq number and Route;
/// To as `to` has it (RFC 3261 9.1, 17.1.1.3).
pub(super) fn follow_up(invite: &Request, method: Method, to: &Headers) -> Request {
    let number = invite.headers.cseq().map_or(1, |cseq| cseq.number);
    let mut request = Request::new(method.clone(), invite.uri().clone());
    let headers = &mut request.headers;
    for name in [Name::Via, Name::From] {
        if let Some(header) = invite.headers.first(name) {
            headers.copy_one(header);
        }
    }
    headers.copy(Name::To, to);
    headers.copy(Name::CallId, &invite.headers);
    headers.push(Name::CSeq, CSeq::new(number, method));
    headers.push(Name::MaxForwards, MAX_FORWARDS);
    headers.copy(Name::Route, &invite.headers);
    request
}

/// Where a request within a dialog goes if the dialog has no stream: the next hop if it is an address. A name is not
/// looked up: then it is where our INVITE went; for a peer that called us, its host with the port of the next hop, because
/// the port of a stream it opened is nobody's.
fn next_address(way: &Target, next_hop: &Uri, caller: bool) -> SocketAddr {
    let port = next_hop.port().unwrap_or(if way.transport == Transport::Tls { 5061 } else { 5060 });
    match next_hop.ip() {
        Some(ip) => SocketAddr::new(ip, port),
        None if caller || way.transport == Transport::Udp => way.remote,
        None => SocketAddr::new(way.remote.ip(), port),
    }
}
