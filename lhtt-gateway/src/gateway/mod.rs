//! The gateway: two stacks, the clerk and the calls between them, sans-I/O like each of its parts.
//!
//! [`Gateway::handle_input`] takes what happened and settles: stacks, clerk and calls are drained until all are quiet,
//! and each call's one timer is armed anew. Then the owner drains [`Gateway::poll_output`] in order. Leaves out:
//! sockets, TLS, files and threads, which are the driver's, and packets of media, which are the relay's.

mod acts;
mod incoming;
mod joining;
mod live;
mod origin;
pub mod words;

use crate::admission;
use crate::call::Call;
use crate::call::table::{Heard, Phase};
use crate::clerk::{Answer, Clerk};
use crate::leg::{Leg, Stacks};
use crate::ports::Ports;
use crate::relay::{RelayCommand, RelayEvent, RelayId};
use crate::settings::{Protocol, Settings};
use crate::signal::{Cause, Initiator, Side, Signal};
use lhtt_core::io;
use lhtt_core::journal::{Entry, Head};
use lhtt_core::registry::Registry;
use lhtt_core::request::{Accept, Request};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Instant, Now, soonest};
use live::Live;
use origin::Origins;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use words::{AcceptOrder, CallId, Command, CommandId, Counters, Input, Note, Output, Reply, Status};

/// The border.
#[derive(Debug)]
pub struct Gateway {
    settings: Settings,
    stacks: Stacks,
    clerk: Clerk<Ticket>,
    calls: BTreeMap<CallId, Call>,
    live: Live,
    by_sip: BTreeMap<lhtt_sip::InviteId, (CallId, Side)>,
    by_h323: BTreeMap<lhtt_h323::CallId, (CallId, Side)>,
    origins: Origins,
    timers: BTreeSet<(Instant, CallId)>,
    rtp_ports: Ports,
    h245_ports: Ports,
    rng: Rng,
    next_call: u64,
    stopping: bool,
    counters: Counters,
    outputs: VecDeque<Output>,
}

/// Whose question the clerk has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ticket {
    Join(CallId),
    Leave,
    Command(CommandId),
}

impl Gateway {
    /// A gateway whose journal has come to `head`, with the registry that follows from it.
    pub fn new(settings: Settings, registry: Registry, head: Head, mut rng: Rng) -> Self {
        let sip_config =
            lhtt_sip::Config { user_agent: settings.user_agent.clone(), ..lhtt_sip::Config::new(SIP_STREAMS) };
        let mut stacks = Stacks {
            sip: lhtt_sip::Endpoint::new(sip_config, rng.fork()),
            h323: lhtt_h323::Endpoint::new(lhtt_h323::Config::new(H323_STREAMS), rng.fork()),
        };
        for listener in &settings.listeners {
            match listener.protocol {
                Protocol::Sip => stacks.sip.listener(listener.id, listener.transport, listener.advertised.clone()),
                Protocol::H323 => stacks.h323.listener(listener.id, listener.transport),
            }
        }
        Self {
            stacks,
            next_call: registry.next_join().0,
            clerk: Clerk::new(registry, head, rng.fork()),
            calls: BTreeMap::new(),
            live: Live::new(settings.neighbours.len()),
            by_sip: BTreeMap::new(),
            by_h323: BTreeMap::new(),
            origins: Origins::new(settings.neighbours.len()),
            timers: BTreeSet::new(),
            rtp_ports: Ports::new(settings.media.rtp_ports.clone(), 2),
            h245_ports: Ports::new(settings.media.h245_ports.clone(), 1),
            rng,
            stopping: false,
            counters: Counters::default(),
            outputs: VecDeque::new(),
            settings,
        }
    }

    /// Takes what happened, and settles.
    pub fn handle_input(&mut self, now: Now, input: Input) {
        match input {
            Input::Net(io::Input::Timeout) => self.on_timeout(now),
            Input::Net(input) => self.on_net(now, input),
            Input::Appended { batch } => self.clerk.on_appended(now, batch),
            Input::AppendFailed { batch, why } => {
                self.outputs.push_back(Output::Note(Note::StoreFailed { why }));
                self.clerk.on_failed(now, batch);
            }
            Input::Relay(RelayEvent::Failed { relay: RelayId(call), .. }) => {
                self.fail(now, CallId(call), Cause::new(RESOURCE_UNAVAILABLE, Initiator::Border("relay")));
            }
            Input::Relay(RelayEvent::SourceLocked { .. } | RelayEvent::Silent { .. }) => {}
            Input::Command { id, command } => self.on_command(now, id, command),
        }
        self.settle(now);
    }

    /// The next thing to do, in order.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When it wants [`io::Input::Timeout`].
    pub fn poll_timeout(&self) -> Option<Instant> {
        let stacks = soonest(self.stacks.sip.poll_timeout(), self.stacks.h323.poll_timeout());
        let calls = self.timers.first().map(|&(at, _)| at);
        soonest(soonest(stacks, calls), self.clerk.poll_timeout())
    }

    /// The facts as decided so far.
    pub fn registry(&self) -> &Registry {
        self.clerk.registry()
    }

    /// How things stand.
    pub fn status(&self) -> Status {
        Status {
            calls: self.live.all(),
            draining: self.calls.len() - self.live.all(),
            rtp_ports: self.rtp_ports.in_use(),
            h245_ports: self.h245_ports.in_use(),
            joins: self.clerk.registry().joins().count(),
            timers: self.timers.len(),
            streams: self.origins.streams(),
            journal: self.clerk.head().seq,
            store_down: self.clerk.is_down(),
            counters: self.counters,
        }
    }

    /// Whether nothing is left of any call (I3).
    pub fn is_quiescent(&self) -> bool {
        let indexes = self.by_sip.is_empty() && self.by_h323.is_empty() && self.timers.is_empty();
        let ports = self.rtp_ports.in_use() == 0 && self.h245_ports.in_use() == 0;
        self.calls.is_empty() && indexes && ports && self.clerk.is_idle()
    }

    /// Checks I4 from inside: every call that is not in conversation waits for a deadline that has not passed, and the
    /// timer index says the same. For the simulator.
    ///
    /// # Errors
    /// What was seen instead.
    pub fn audit(&self, now: Instant) -> Result<(), String> {
        for call in self.calls.values() {
            let waits = call.deadline.is_some_and(|deadline| deadline.at > now);
            let indexed = call.armed.is_none_or(|at| self.timers.contains(&(at, call.id)));
            let armed = call.armed == call.deadline.map(|deadline| deadline.at);
            let stable = call.phase == Phase::Connected && call.deadline.is_none();
            if !(waits || stable) || !indexed || !armed {
                return Err(format!(
                    "call {} in {:?} has deadline {:?}, armed {:?}",
                    call.id.0, call.phase, call.deadline, call.armed
                ));
            }
        }
        Ok(())
    }

    fn on_net(&mut self, now: Now, input: io::Input) {
        let protocol = self.origins.note(&input, &self.settings);
        if !self.origins.hears(now.instant, &input, &self.settings) {
            self.counters.dropped += 1;
            return;
        }
        match protocol {
            Some(Protocol::Sip) => self.stacks.sip.handle_input(now.instant, input),
            Some(Protocol::H323) => self.stacks.h323.handle_input(now.instant, input),
            None => {}
        }
    }

    fn on_timeout(&mut self, now: Now) {
        let due = |at: Option<Instant>| at.is_some_and(|at| at <= now.instant);
        if due(self.stacks.sip.poll_timeout()) {
            self.stacks.sip.handle_input(now.instant, io::Input::Timeout);
        }
        if due(self.stacks.h323.poll_timeout()) {
            self.stacks.h323.handle_input(now.instant, io::Input::Timeout);
        }
        self.clerk.handle_timeout(now);
        while let Some(&(at, call)) = self.timers.first().filter(|&&(at, _)| at <= now.instant) {
            self.timers.remove(&(at, call));
            self.on_deadline(now, call);
        }
    }

    fn on_command(&mut self, now: Now, id: CommandId, command: Command) {
        match command {
            Command::Ask(request) => self.clerk.ask(now, Ticket::Command(id), *request),
            Command::Accept(order) => {
                let request = self.accept(order);
                self.clerk.ask(now, Ticket::Command(id), request);
            }
            Command::Status => {
                let reply = Reply::Status(Box::new(self.status()));
                self.outputs.push_back(Output::Reply { id, reply });
            }
            Command::Stop => {
                self.stopping = true;
                self.outputs.push_back(Output::Reply { id, reply: Reply::Stopping });
                for call in self.calls.keys().copied().collect::<Vec<_>>() {
                    self.fail(now, call, Cause::new(TEMPORARY_FAILURE, Initiator::Operator));
                }
            }
        }
    }

    fn accept(&mut self, order: AcceptOrder) -> Request {
        let AcceptOrder { registration, actor, alias, room } = order;
        let prefix = &self.settings.alias_prefix;
        let alias = alias.or_else(|| admission::allocate_alias(self.clerk.registry(), prefix, &mut self.rng));
        Request::Accept(Accept { registration, actor, alias: alias.unwrap_or_default(), room })
    }

    /// Drains everything that one mutation set off, until all is quiet.
    fn settle(&mut self, now: Now) {
        loop {
            let mut quiet = true;
            while let Some(event) = self.stacks.sip.poll_event() {
                quiet = false;
                self.on_sip(now, event);
            }
            while let Some(event) = self.stacks.h323.poll_event() {
                quiet = false;
                self.on_h323(now, event);
            }
            while let Some((ticket, answer)) = self.clerk.poll_answer() {
                quiet = false;
                self.on_answer(now, ticket, answer);
            }
            while let Some((batch, entries)) = self.clerk.poll_append() {
                self.outputs.push_back(Output::Append { batch, entries });
            }
            quiet &= self.drain_net(now);
            if quiet {
                return;
            }
        }
    }

    /// Hands on what the stacks ask for. False if a stack was told that it may not have something.
    fn drain_net(&mut self, now: Now) -> bool {
        let mut had_all = true;
        while let Some(output) = self.stacks.sip.poll_output().or_else(|| self.stacks.h323.poll_output()) {
            match output {
                io::Output::Open { stream, remote, .. }
                    if stream.owner() == H323_STREAMS && !self.settings.may_connect(remote) =>
                {
                    let why = io::OpenError::Refused;
                    self.stacks.h323.handle_input(now.instant, io::Input::OpenFailed { stream, why });
                    had_all = false;
                    continue;
                }
                io::Output::Close { stream } => self.origins.forget(stream),
                _ => {}
            }
            self.outputs.push_back(Output::Net(output));
        }
        had_all
    }

    fn on_answer(&mut self, now: Now, ticket: Ticket, answer: Answer) {
        match (ticket, answer) {
            (Ticket::Join(call), Answer::Decided(entry)) => self.on_decided(now, call, &entry),
            (Ticket::Join(id), Answer::Unavailable) => {
                self.counters.overloaded += 1;
                self.answered(id, Cause::new(TEMPORARY_FAILURE, Initiator::Border("store")));
                self.hear(now, id, Heard::Unavailable);
            }
            (Ticket::Leave, _) => {}
            (Ticket::Command(id), Answer::Decided(entry)) => {
                self.outputs.push_back(Output::Reply { id, reply: Reply::Decided(entry) });
            }
            (Ticket::Command(id), Answer::Unavailable) => {
                self.outputs.push_back(Output::Reply { id, reply: Reply::Unavailable });
            }
        }
    }

    fn on_decided(&mut self, now: Now, id: CallId, entry: &Arc<Entry>) {
        let mut refused = Cause::new(CALL_REJECTED, Initiator::Regulation);
        refused.article = admission::article(entry.decision());
        let permitted = entry.decision().is_permit();
        let Some(call) = self.calls.get_mut(&id) else {
            // The store took longer than the call's wire took to drain; the slot goes back all the same.
            return if permitted {
                self.leave(now, id)
            };
        };
        let registry = self.clerk.registry();
        call.permit = admission::Permit::of(entry, crate::call::join_of(id), &call.asking, &self.settings, registry);
        if permitted {
            call.asked = false;
            self.hear(now, id, Heard::Permitted);
        } else {
            self.counters.refused += 1;
            self.answered(id, refused);
            self.hear(now, id, Heard::Refused);
        }
    }

    /// The clerk has answered with no: that is the cause, unless the call had ended before.
    fn answered(&mut self, id: CallId, cause: Cause) {
        if let Some(call) = self.calls.get_mut(&id) {
            call.asked = false;
            call.cause.get_or_insert(cause);
        }
    }

    fn on_sip(&mut self, now: Now, event: lhtt_sip::Event) {
        use lhtt_sip::Event;
        let id = match &event {
            Event::Incoming { .. } => return self.on_invite(now, event),
            Event::Malformed { source, fault } => return self.on_malformed(source.remote, fault.clone()),
            Event::Stranger { source, method, .. } => {
                let fault = format!("{method} within a dialog, of somebody who is not its peer");
                return self.on_malformed(source.remote, fault);
            }
            // Referrals are declined by the stack: nobody is put into a session, or out of it, by a peer's word.
            Event::OptionsAnswered { .. } | Event::Referred { .. } => return,
            Event::Provisional { id, .. }
            | Event::Answered { id, .. }
            | Event::Failed { id, .. }
            | Event::Confirmed { id, .. }
            | Event::Cancelled { id, .. }
            | Event::Renegotiate { id, .. }
            | Event::Changed { id, .. }
            | Event::ChangeRefused { id, .. }
            | Event::Refreshed { id, .. }
            | Event::ProvisionalConfirmed { id, .. }
            | Event::Held { id, .. }
            | Event::FastUpdate { id }
            | Event::ReferAnswered { id, .. }
            | Event::ReferProgress { id, .. }
            | Event::Info { id, .. }
            | Event::Ended { id, .. }
            | Event::Forgotten { id } => *id,
        };
        let Some(&(call, side)) = self.by_sip.get(&id) else { return };
        if let Event::Forgotten { .. } = event {
            self.by_sip.remove(&id);
            return self.on_forgotten(call, side);
        }
        let Some(Leg::Sip(leg)) = self.calls.get_mut(&call).and_then(|call| call.side_mut(side).leg.as_mut()) else {
            return;
        };
        for signal in leg.on_event(&mut self.stacks.sip, now.instant, event) {
            self.on_signal(now, call, side, signal);
        }
    }

    fn on_h323(&mut self, now: Now, event: lhtt_h323::Event) {
        use lhtt_h323::Event;
        let id = match &event {
            Event::Incoming { call, setup } => return self.on_setup(now, *call, setup),
            Event::Malformed { remote, fault } => return self.on_malformed(*remote, fault.clone()),
            Event::Proceeding { call }
            | Event::Alerting { call }
            | Event::Connected { call }
            | Event::Capabilities { call, .. }
            | Event::Channel { call, .. }
            | Event::ChannelClosed { call, .. }
            | Event::UserInput { call, .. }
            | Event::Released { call, .. }
            | Event::Forgotten { call } => *call,
        };
        let Some(&(call, side)) = self.by_h323.get(&id) else { return };
        if let Event::Forgotten { .. } = event {
            self.by_h323.remove(&id);
            return self.on_forgotten(call, side);
        }
        if let Event::Alerting { .. } = event
            && self.stacks.h323.is_connected(id)
        {
            return; // it rang and was answered in one breath: nobody need be told of the ringing
        }
        let Some(Leg::H323(leg)) = self.calls.get_mut(&call).and_then(|call| call.side_mut(side).leg.as_mut()) else {
            return;
        };
        if let Some(signal) = leg.on_event(event) {
            self.on_signal(now, call, side, signal);
        }
    }

    fn on_malformed(&mut self, remote: std::net::SocketAddr, fault: String) {
        self.counters.malformed += 1;
        self.outputs.push_back(Output::Note(Note::Malformed { remote, fault }));
    }

    /// What a leg says, as the table hears it.
    fn on_signal(&mut self, now: Now, id: CallId, side: Side, signal: Signal) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        let heard = match signal {
            Signal::Proceeding => Heard::Proceeding,
            Signal::Alerting => Heard::Alerting,
            Signal::Connected => Heard::Answered,
            Signal::Caps(caps) => {
                call.side_mut(side).caps = Some(caps);
                Heard::Media(side)
            }
            Signal::Flow(flow) => {
                call.side_mut(side).opened(flow);
                Heard::Media(side)
            }
            Signal::FlowClosed(direction) => {
                call.side_mut(side).closed(direction);
                Heard::Media(side)
            }
            Signal::Keys(keys) => return self.on_keys(now, id, side, &keys),
            Signal::Released(cause) => {
                call.cause.get_or_insert(cause);
                Heard::Released(side)
            }
        };
        self.hear(now, id, heard);
    }

    /// Something of ours failed for this call, or it is to end for a reason of ours.
    fn fail(&mut self, now: Now, id: CallId, cause: Cause) {
        let Some(call) = self.calls.get_mut(&id).filter(|call| call.phase != Phase::Ended) else { return };
        call.cause.get_or_insert(cause);
        self.hear(now, id, Heard::Failed);
    }

    fn relay(&mut self, command: RelayCommand) {
        self.outputs.push_back(Output::Relay(command));
    }
}

/// Stream ids by owner: the driver's are 0.
const SIP_STREAMS: u8 = 1;
const H323_STREAMS: u8 = 2;

/// Q.850 21: call rejected.
const CALL_REJECTED: u8 = 21;
/// Q.850 41: temporary failure.
const TEMPORARY_FAILURE: u8 = 41;
/// Q.850 47: resource unavailable.
const RESOURCE_UNAVAILABLE: u8 = 47;
