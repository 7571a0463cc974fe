//! Carries out what the call table says, and keeps each call's one timer.

use super::{Gateway, RESOURCE_UNAVAILABLE, TEMPORARY_FAILURE, Ticket};
use crate::call::table::{Act, Heard, Phase, step};
use crate::call::{Call, Deadline, join_of};
use crate::gateway::words::{CallId, Note, Output};
use crate::leg::{Leg, Ours};
use crate::media::{Caps, offerable};
use crate::relay::{Port, RelayCommand, RelayId};
use crate::settings::Protocol;
use crate::signal::{Cause, Initiator, Side};
use lhtt_core::request::{Leave, LeaveReason, Request};
use lhtt_core::time::Now;
use std::net::SocketAddr;

impl Gateway {
    /// Lets the table hear something about a call, and does what it says.
    pub(super) fn hear(&mut self, now: Now, id: CallId, heard: Heard) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        let (before, (phase, acts)) = (call.phase, step(call.phase, heard));
        if phase != before {
            call.phase = phase;
            call.deadline = deadline(now, call, &self.settings.calls);
            self.counters.connected += u64::from(phase == Phase::Connected);
        }
        for act in acts {
            // An act may end the call; what was to follow it then is the end's business.
            if self.calls.get(&id).is_some_and(|call| call.phase == phase) {
                self.act(now, id, *act);
            }
        }
        if phase == Phase::Ended && before != Phase::Ended {
            self.on_ended(id);
        }
        self.rearm(id);
        self.forget_if_over(id);
    }

    fn act(&mut self, now: Now, id: CallId, act: Act) {
        match act {
            Act::Place => self.place(now, id),
            Act::TellProceeding => self.tell(id, |leg, stacks| leg.proceed(stacks, now.instant)),
            Act::TellAlerting => self.tell(id, |leg, stacks| leg.alert(stacks, now.instant)),
            Act::Answer => self.answer(now, id),
            Act::JoinMedia => self.join_media(now, id),
            Act::PassKeys(_) => {}
            Act::Release(side) => self.release(now, id, side),
            Act::Leave => self.leave(now, id),
        }
    }

    fn tell(&mut self, id: CallId, say: impl FnOnce(&Leg, &mut crate::leg::Stacks)) {
        if let Some(leg) = self.calls.get(&id).and_then(|call| call.caller.leg.as_ref()) {
            say(leg, &mut self.stacks);
        }
    }

    /// Makes the callee leg: ports, relay, and the call to whom the permit names.
    fn place(&mut self, now: Now, id: CallId) {
        let allowed = &self.settings.media.codecs;
        let caps = self.calls.get(&id).map(|call| offerable(call.caller.caps.as_ref(), allowed)).unwrap_or_default();
        if caps.audio.is_empty() {
            return self.fail(now, id, Cause::new(BEARER_NOT_IMPLEMENTED, Initiator::Border("no common codec")));
        }
        if self.try_place(now, id, &caps).is_none() {
            let cause = Cause::new(RESOURCE_UNAVAILABLE, Initiator::Border("no ports or no way to the callee"));
            self.fail(now, id, cause);
        }
    }

    fn try_place(&mut self, now: Now, id: CallId, caps: &Caps) -> Option<()> {
        let call = self.calls.get_mut(&id)?;
        let permit = call.permit.take()?;
        let neighbour = self.settings.neighbours.get(permit.neighbour())?;
        let (caller_port, callee_port) = self.rtp_ports.take_two()?;
        call.ports.rtp = Some((caller_port, callee_port));
        let h245 = match neighbour.protocol {
            Protocol::H323 => Some(self.h245_ports.take()?),
            Protocol::Sip => None,
        };
        call.ports.h245.extend(h245);
        let at = |port| SocketAddr::new(self.settings.media.address, port);
        let create = RelayCommand::Create {
            relay: RelayId(id.0),
            a: Port::new(at(caller_port))?,
            b: Port::new(at(callee_port))?,
        };
        self.outputs.push_back(Output::Relay(create));
        let local = neighbour.local.unwrap_or(self.settings.media.address);
        let ours = Ours {
            caps,
            rtp: at(callee_port),
            h245: h245.map(|port| SocketAddr::new(local, port)),
            calling: &call.asking.calling,
            session_id: self.rng.next_u64() >> 1,
        };
        let leg = Leg::dial(&mut self.stacks, now.instant, &permit, &self.settings, &ours)?;
        match &leg {
            Leg::Sip(leg) => drop(self.by_sip.insert(leg.id(), (id, Side::Callee))),
            Leg::H323(leg) => drop(self.by_h323.insert(leg.id(), (id, Side::Callee))),
        }
        call.callee.leg = Some(leg);
        Some(())
    }

    /// Answers the caller with the codecs of the callee's flows.
    fn answer(&mut self, now: Now, id: CallId) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        let (caps, port) = (callee_caps(call), call.ports.rtp.map(|(caller, _)| caller));
        let Some((leg, port)) = call.caller.leg.as_mut().zip(port) else { return };
        let rtp = SocketAddr::new(self.settings.media.address, port);
        match leg.answer(&mut self.stacks, now.instant, &caps, rtp) {
            Some(signals) => signals.into_iter().for_each(|signal| self.on_signal(now, id, Side::Caller, signal)),
            None => self.fail(now, id, Cause::new(BEARER_NOT_IMPLEMENTED, Initiator::Border("no common codec"))),
        }
    }

    /// Keys pressed on one side go to the other, once both are in conversation.
    pub(super) fn on_keys(&mut self, now: Now, id: CallId, side: Side, keys: &str) {
        let Some(call) = self.calls.get(&id) else { return };
        for act in step(call.phase, Heard::Keys(side)).1 {
            if let (Act::PassKeys(to), Some(leg)) = (act, call.side(side.other()).leg.as_ref()) {
                debug_assert_eq!(*to, side.other());
                leg.keys(&mut self.stacks, now.instant, keys);
            }
        }
    }

    fn release(&mut self, now: Now, id: CallId, side: Side) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        let cause = call.cause.get_or_insert(Cause::new(TEMPORARY_FAILURE, Initiator::Border("unknown"))).clone();
        if let Some(leg) = call.side_mut(side).leg.as_mut() {
            leg.release(&mut self.stacks, now.instant, &cause, &self.settings.border);
        }
    }

    /// Journals the end: the join's slot comes back with it.
    pub(super) fn leave(&mut self, now: Now, id: CallId) {
        let cause = self.calls.get(&id).and_then(|call| call.cause.as_ref());
        let reason = LeaveReason {
            code: cause.map_or("unknown", |cause| code(cause.by)).to_owned(),
            q850: cause.map(|cause| cause.q850),
        };
        self.clerk.ask(now, Ticket::Leave, Request::Leave(Leave { join: join_of(id), reason }));
    }

    /// Gives ports and relay back. The wire may still drain.
    fn on_ended(&mut self, id: CallId) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        let ports = std::mem::take(&mut call.ports);
        self.live.ended(call.between());
        let cause = call.cause.clone().unwrap_or(Cause::new(TEMPORARY_FAILURE, Initiator::Border("unknown")));
        let from = call.asking.from.and_then(|index| self.settings.neighbours.get(index)).map(|from| from.name.clone());
        self.outputs.push_back(Output::Note(Note::CallEnded { call: id, from, cause }));
        ports.h245.into_iter().for_each(|port| self.h245_ports.give(port));
        if let Some((caller, callee)) = ports.rtp {
            self.rtp_ports.give(caller);
            self.rtp_ports.give(callee);
            self.relay(RelayCommand::Remove { relay: RelayId(id.0) });
        }
    }

    pub(super) fn on_deadline(&mut self, now: Now, id: CallId) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        call.armed = None;
        let Some(deadline) = call.deadline.take() else { return };
        let half_settled = call.callee.to.is_some() || call.callee.from.is_some();
        let has_media = call.caller.to.is_some() || call.caller.from.is_some();
        match call.phase {
            Phase::Ended => self.drop_undrained(id),
            // One-way media is media: whoever only sends or only receives is answered all the same.
            Phase::Settling if half_settled => self.hear(now, id, Heard::Settled),
            Phase::Connected if has_media => {}
            phase => {
                let q850 = match phase {
                    // The clerk did not answer: the gateway fails closed, as if the store were down.
                    Phase::Admitting => RESOURCE_UNAVAILABLE,
                    Phase::Ringing => NO_ANSWER,
                    _ => RECOVERY_ON_TIMER,
                };
                self.fail(now, id, Cause::new(q850, Initiator::Deadline(deadline.what)));
            }
        }
    }

    /// A stack did not forget its leg in time: a fault of ours, which must not keep anything for ever.
    fn drop_undrained(&mut self, id: CallId) {
        self.outputs.push_back(Output::Note(Note::NotDrained { call: id }));
        let Some(call) = self.calls.get_mut(&id) else { return };
        for side in Side::BOTH {
            match call.side_mut(side).leg.take() {
                Some(Leg::Sip(leg)) => drop(self.by_sip.remove(&leg.id())),
                Some(Leg::H323(leg)) => drop(self.by_h323.remove(&leg.id())),
                None => {}
            }
        }
        call.asked = false;
        self.forget_if_over(id);
    }

    /// A stack has nothing left of a leg.
    pub(super) fn on_forgotten(&mut self, id: CallId, side: Side) {
        if let Some(call) = self.calls.get_mut(&id) {
            call.side_mut(side).leg = None;
        }
        self.forget_if_over(id);
    }

    fn forget_if_over(&mut self, id: CallId) {
        if self.calls.get(&id).is_some_and(Call::is_over)
            && let Some(at) = self.calls.remove(&id).and_then(|call| call.armed)
        {
            self.timers.remove(&(at, id));
        }
    }

    /// Makes the timer index say what the call says: its one entry, armed anew after each mutation.
    pub(super) fn rearm(&mut self, id: CallId) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        let wanted = call.deadline.map(|deadline| deadline.at);
        if call.armed != wanted {
            if let Some(at) = call.armed {
                self.timers.remove(&(at, id));
            }
            call.armed = wanted;
            self.timers.extend(wanted.map(|at| (at, id)));
        }
    }
}

/// The deadline of the phase that a call has just entered.
fn deadline(now: Now, call: &Call, limits: &crate::settings::CallLimits) -> Option<Deadline> {
    let (after, what) = match call.phase {
        Phase::Admitting => (limits.admission, "admission"),
        Phase::Calling => (limits.setup, "alerting"),
        Phase::Ringing => (limits.answer, "answer"),
        Phase::Settling => (limits.media, "media of the callee"),
        // A stable phase: only the caller's media is still waited for.
        Phase::Connected => (limits.media, "media of the caller"),
        Phase::Ended => (limits.drain, "drain"),
    };
    Some(Deadline { at: now.instant + after, what })
}

/// What the caller may be told that the callee takes and sends: the codecs of its open flows, what it receives first.
fn callee_caps(call: &Call) -> Caps {
    let flows = call.callee.to.iter().chain(&call.callee.from);
    let mut codecs: Vec<_> = Vec::new();
    for (codec, _) in flows.flat_map(|flow| &flow.audio) {
        if !codecs.contains(codec) {
            codecs.push(*codec);
        }
    }
    let event = call.callee.to.as_ref().and_then(|flow| flow.telephone_event);
    Caps::of(&codecs, event.map(|_| crate::media::TELEPHONE_EVENT))
}

/// A stable word for the journal.
fn code(by: Initiator) -> &'static str {
    match by {
        Initiator::Peer(Side::Caller) => "caller",
        Initiator::Peer(Side::Callee) => "callee",
        Initiator::Regulation => "regulation",
        Initiator::Deadline(_) => "deadline",
        Initiator::Border(_) => "border",
        Initiator::Operator => "operator",
    }
}

/// Q.850 65: bearer capability not implemented.
pub(super) const BEARER_NOT_IMPLEMENTED: u8 = 65;
/// Q.850 19: no answer from the user, who was alerted.
const NO_ANSWER: u8 = 19;
/// Q.850 102: recovery on timer expiry.
const RECOVERY_ON_TIMER: u8 = 102;
