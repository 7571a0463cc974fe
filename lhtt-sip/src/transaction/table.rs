//! The transactions of an endpoint with their messages, and how what arrives finds its own: RFC 3261 17.1.3, 17.2.3, and
//! 8.2.2.2 for merged requests.
//!
//! A request without the magic cookie in its branch (RFC 2543) is matched by Request-URI, From tag, Call-ID, CSeq number
//! and topmost Via. The To tag is left out, so that the ACK of a failure, which has one, still finds its INVITE.

use super::client::{self, Client};
use super::client_invite::{self, ClientInvite};
use super::server::{self, Server};
use super::server_invite::{self, ServerInvite};
use super::{Step, Timers};
use crate::endpoint::carriers::{Path, ReplyPath};
use crate::endpoint::words::{InviteId, OptionsId};
use crate::message::{Method, Request, Text, Via};
use bytes::Bytes;
use lhtt_core::rng::{Map, SeededState};
use lhtt_core::time::Instant;
use std::collections::BTreeMap;
use std::net::IpAddr;

/// One transaction. Never given twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TransactionId(u64);

/// Whose client transaction it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClientUser {
    /// The INVITE of a session.
    Invite(InviteId),
    /// A re-INVITE, UPDATE or OPTIONS within the dialog of a session.
    Change(InviteId),
    /// A REFER of ours within the dialog of a session.
    Refer(InviteId),
    /// A request of a session whose answer changes nothing: CANCEL, BYE, PRACK, INFO, NOTIFY.
    Ending(InviteId),
    /// An OPTIONS.
    Options(OptionsId),
}

impl ClientUser {
    pub(crate) fn session(self) -> Option<InviteId> {
        match self {
            Self::Invite(id) | Self::Change(id) | Self::Refer(id) | Self::Ending(id) => Some(id),
            Self::Options(_) => None,
        }
    }
}

/// A client machine of either kind.
#[derive(Debug)]
pub(crate) enum ClientMachine {
    Invite(ClientInvite),
    Other(Client),
}

/// A server machine of either kind.
#[derive(Debug)]
pub(crate) enum ServerMachine {
    Invite(ServerInvite),
    Other(Server),
}

/// A request of ours.
#[derive(Debug)]
pub(crate) struct ClientTransaction {
    pub(crate) machine: ClientMachine,
    pub(crate) user: ClientUser,
    pub(crate) request: Request,
    pub(crate) octets: Bytes,
    /// The ACK of a failure, once there is one.
    pub(crate) ack: Option<Bytes>,
    pub(crate) path: Path,
    pub(crate) armed: Option<Instant>,
    key: String,
}

/// A request of a peer.
#[derive(Debug)]
pub(crate) struct ServerTransaction {
    pub(crate) machine: ServerMachine,
    pub(crate) session: Option<InviteId>,
    /// Kept as long as it may have to be answered.
    pub(crate) request: Option<Box<Request>>,
    pub(crate) reply: ReplyPath,
    /// What was answered last.
    pub(crate) last: Option<Bytes>,
    pub(crate) armed: Option<Instant>,
    key: String,
    merge_key: Option<String>,
}

impl ClientTransaction {
    pub(crate) fn deadline(&self) -> Option<Instant> {
        match &self.machine {
            ClientMachine::Invite(machine) => machine.deadline(),
            ClientMachine::Other(machine) => machine.deadline(),
        }
    }

    pub(crate) fn is_over(&self) -> bool {
        match &self.machine {
            ClientMachine::Invite(machine) => machine.state() == client_invite::State::Terminated,
            ClientMachine::Other(machine) => machine.state() == client::State::Terminated,
        }
    }

    /// Time passed.
    pub(crate) fn on_timer(&mut self, now: Instant, timers: &Timers) -> Step {
        match &mut self.machine {
            ClientMachine::Invite(machine) => machine.handle(now, client_invite::Event::Timer, timers),
            ClientMachine::Other(machine) => machine.handle(now, client::Event::Timer, timers),
        }
    }

    /// What carried it is gone.
    pub(crate) fn on_transport_failed(&mut self, now: Instant, timers: &Timers) -> Step {
        match &mut self.machine {
            ClientMachine::Invite(machine) => machine.handle(now, client_invite::Event::TransportFailed, timers),
            ClientMachine::Other(machine) => machine.handle(now, client::Event::TransportFailed, timers),
        }
    }

    /// A response with this status came.
    pub(crate) fn on_response(&mut self, now: Instant, status: u16, timers: &Timers) -> Step {
        match &mut self.machine {
            ClientMachine::Invite(machine) => {
                let event = match status {
                    100..=199 => client_invite::Event::Provisional,
                    200..=299 => client_invite::Event::Success,
                    _ => client_invite::Event::Failure,
                };
                machine.handle(now, event, timers)
            }
            ClientMachine::Other(machine) => {
                let event = if status < 200 { client::Event::Provisional } else { client::Event::Final };
                machine.handle(now, event, timers)
            }
        }
    }

    /// A CANCEL was sent for it.
    pub(crate) fn on_cancelled(&mut self, now: Instant, timers: &Timers) {
        if let ClientMachine::Invite(machine) = &mut self.machine {
            machine.handle(now, client_invite::Event::Cancelled, timers);
        }
    }
}

impl ServerTransaction {
    pub(crate) fn deadline(&self) -> Option<Instant> {
        match &self.machine {
            ServerMachine::Invite(machine) => machine.deadline(),
            ServerMachine::Other(machine) => machine.deadline(),
        }
    }

    pub(crate) fn is_over(&self) -> bool {
        match &self.machine {
            ServerMachine::Invite(machine) => machine.state() == server_invite::State::Terminated,
            ServerMachine::Other(machine) => machine.state() == server::State::Terminated,
        }
    }

    /// Whether a final answer can still be given.
    pub(crate) fn is_open(&self) -> bool {
        match &self.machine {
            ServerMachine::Invite(machine) => matches!(machine.state(), server_invite::State::Proceeding { .. }),
            ServerMachine::Other(machine) => {
                matches!(machine.state(), server::State::Trying { .. } | server::State::Proceeding { .. })
            }
        }
    }

    /// Time passed.
    pub(crate) fn on_timer(&mut self, now: Instant, timers: &Timers) -> Step {
        match &mut self.machine {
            ServerMachine::Invite(machine) => machine.handle(now, server_invite::Event::Timer, timers),
            ServerMachine::Other(machine) => machine.handle(now, server::Event::Timer, timers),
        }
    }

    /// The request came again, or the ACK of an INVITE.
    pub(crate) fn on_request(&mut self, now: Instant, ack: bool, timers: &Timers) -> Step {
        match &mut self.machine {
            ServerMachine::Invite(machine) => {
                let event = if ack { server_invite::Event::Ack } else { server_invite::Event::Request };
                machine.handle(now, event, timers)
            }
            ServerMachine::Other(machine) => machine.handle(now, server::Event::Request, timers),
        }
    }

    /// We answer with this status.
    pub(crate) fn on_respond(&mut self, now: Instant, status: u16, timers: &Timers) -> Step {
        match &mut self.machine {
            ServerMachine::Invite(machine) => {
                let event = match status {
                    100..=199 => server_invite::Event::RespondProvisional,
                    200..=299 => server_invite::Event::RespondSuccess,
                    _ => server_invite::Event::RespondFailure,
                };
                machine.handle(now, event, timers)
            }
            ServerMachine::Other(machine) => {
                let event = if status < 200 { server::Event::RespondProvisional } else { server::Event::RespondFinal };
                machine.handle(now, event, timers)
            }
        }
    }

    /// The peer cannot be reached any more.
    pub(crate) fn on_transport_failed(&mut self, now: Instant, timers: &Timers) -> Step {
        match &mut self.machine {
            ServerMachine::Invite(machine) => machine.handle(now, server_invite::Event::TransportFailed, timers),
            ServerMachine::Other(machine) => machine.handle(now, server::Event::TransportFailed, timers),
        }
    }
}

/// What a request is known by, read once.
#[derive(Clone, Debug)]
pub(crate) struct RequestKeys {
    /// Of its server transaction, with `INVITE` for an ACK.
    pub(crate) own: String,
    /// Of the INVITE that a CANCEL means.
    pub(crate) cancelled: String,
    /// Of requests that came by several paths (RFC 3261 8.2.2.2).
    pub(crate) merge: String,
}

impl RequestKeys {
    pub(crate) fn new(request: &Request, via: &Via, from_tag: &str, call_id: &Text, cseq: u32) -> Self {
        let base = match via.branch() {
            Some(branch) if via.has_rfc3261_branch() => format!("{branch} {}", via.sent_by()),
            _ => format!("{} {from_tag} {call_id} {cseq} {via}", request.uri()),
        };
        let method = match request.method() {
            Method::Ack => "INVITE",
            method => method.as_str(),
        };
        Self {
            own: format!("{base} {method}"),
            merge: format!("{from_tag} {call_id} {cseq} {method}"),
            cancelled: format!("{base} INVITE"),
        }
    }
}

/// All transactions of an endpoint.
#[derive(Debug)]
pub(crate) struct Transactions {
    clients: BTreeMap<TransactionId, ClientTransaction>,
    servers: BTreeMap<TransactionId, ServerTransaction>,
    by_branch: Map<String, TransactionId>,
    by_key: Map<String, TransactionId>,
    merged: Map<String, TransactionId>,
    /// How many server transactions each host has.
    by_source: BTreeMap<IpAddr, usize>,
    next: u64,
}

impl Transactions {
    pub(crate) fn new(hasher: SeededState) -> Self {
        Self {
            clients: BTreeMap::new(),
            servers: BTreeMap::new(),
            by_branch: Map::with_hasher(hasher),
            by_key: Map::with_hasher(hasher),
            merged: Map::with_hasher(hasher),
            by_source: BTreeMap::new(),
            next: 0,
        }
    }

    /// How many server transactions a host has.
    pub(crate) fn of_host(&self, host: IpAddr) -> usize {
        self.by_source.get(&host).copied().unwrap_or_default()
    }

    /// How many are alive.
    pub(crate) fn len(&self) -> usize {
        self.clients.len() + self.servers.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0 && self.by_branch.is_empty() && self.by_key.is_empty() && self.merged.is_empty()
    }

    fn allocate(&mut self) -> TransactionId {
        self.next += 1;
        TransactionId(self.next)
    }

    pub(crate) fn add_client(
        &mut self,
        machine: ClientMachine,
        user: ClientUser,
        request: Request,
        branch: &str,
        path: Path,
    ) -> TransactionId {
        let id = self.allocate();
        let key = client_key(branch, request.method());
        self.by_branch.insert(key.clone(), id);
        let octets = request.to_bytes();
        let client = ClientTransaction { machine, user, request, octets, ack: None, path, armed: None, key };
        self.clients.insert(id, client);
        id
    }

    pub(crate) fn add_server(
        &mut self,
        machine: ServerMachine,
        keys: RequestKeys,
        request: Box<Request>,
        reply: ReplyPath,
        outside_dialog: bool,
    ) -> TransactionId {
        let id = self.allocate();
        *self.by_source.entry(reply.host()).or_default() += 1;
        self.by_key.insert(keys.own.clone(), id);
        let merge_key = outside_dialog.then_some(keys.merge);
        if let Some(key) = &merge_key {
            self.merged.entry(key.clone()).or_insert(id);
        }
        let request = Some(request);
        let (session, last, armed) = (None, None, None);
        self.servers
            .insert(id, ServerTransaction { machine, session, request, reply, last, armed, key: keys.own, merge_key });
        id
    }

    pub(crate) fn client(&self, id: TransactionId) -> Option<&ClientTransaction> {
        self.clients.get(&id)
    }

    pub(crate) fn client_mut(&mut self, id: TransactionId) -> Option<&mut ClientTransaction> {
        self.clients.get_mut(&id)
    }

    pub(crate) fn server(&self, id: TransactionId) -> Option<&ServerTransaction> {
        self.servers.get(&id)
    }

    pub(crate) fn server_mut(&mut self, id: TransactionId) -> Option<&mut ServerTransaction> {
        self.servers.get_mut(&id)
    }

    /// The client transaction that a response belongs to (RFC 3261 17.1.3).
    pub(crate) fn find_client(&self, branch: &str, method: &Method) -> Option<TransactionId> {
        self.by_branch.get(&client_key(branch, method)).copied()
    }

    /// The server transaction with this key (RFC 3261 17.2.3).
    pub(crate) fn find_server(&self, key: &str) -> Option<TransactionId> {
        self.by_key.get(key).copied()
    }

    /// Whether a request outside any dialog has already come by another path.
    pub(crate) fn is_merged(&self, merge_key: &str) -> bool {
        self.merged.contains_key(merge_key)
    }

    pub(crate) fn remove_client(&mut self, id: TransactionId) -> Option<ClientTransaction> {
        let client = self.clients.remove(&id)?;
        self.by_branch.remove(&client.key);
        Some(client)
    }

    pub(crate) fn remove_server(&mut self, id: TransactionId) -> Option<ServerTransaction> {
        let server = self.servers.remove(&id)?;
        let host = server.reply.host();
        match self.of_host(host) {
            0 | 1 => drop(self.by_source.remove(&host)),
            left => drop(self.by_source.insert(host, left - 1)),
        }
        self.by_key.remove(&server.key);
        if let Some(key) = &server.merge_key
            && self.merged.get(key) == Some(&id)
        {
            self.merged.remove(key);
        }
        Some(server)
    }
}

fn client_key(branch: &str, method: &Method) -> String {
    format!("{branch} {method}")
}
