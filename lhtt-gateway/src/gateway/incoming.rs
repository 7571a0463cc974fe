//! A call comes in: whose it is, what it asks for, and the question to the clerk. Nothing goes towards a callee here.

use super::{Gateway, Ticket, origin};
use crate::admission::{self, Asking, Route};
use crate::call::table::{Heard, Phase};
use crate::call::{Call, Deadline, Party, TakenPorts};
use crate::gateway::words::{CallId, Note, Output};
use crate::leg::Leg;
use crate::leg::h323::{self, H323Leg};
use crate::leg::sip::SipLeg;
use crate::media::{Caps, offerable};
use crate::settings::Settings;
use crate::signal::{Cause, Initiator, Side};
use lhtt_core::time::Now;
use lhtt_h323::IncomingSetup;
use lhtt_sip::message::Request;
use std::net::SocketAddr;

impl Gateway {
    /// An INVITE outside any dialog.
    pub(super) fn on_invite(&mut self, now: Now, event: lhtt_sip::Event) {
        let lhtt_sip::Event::Incoming { id, source, request, offer } = event else { return };
        let neighbour = match (source.stream, source.listener) {
            (Some(stream), _) => self.origins.by_stream(stream),
            (None, Some(listener)) => origin::by_listener(&self.settings, listener, source.remote.ip()),
            (None, None) => None,
        };
        let neighbour = neighbour.filter(|&index| may_name_itself(&self.settings, index, &request));
        let session_id = self.rng.next_u64() >> 1;
        // A stranger is refused in one way only, whatever it offers.
        let offer = offer.filter(|_| neighbour.is_some());
        match SipLeg::incoming(id, offer.as_ref(), session_id) {
            Ok((leg, caps)) => {
                let asking = Asking::new(neighbour, &user_of(&request), &calling_of(&request));
                let call = self.admit(now, asking, Leg::Sip(leg), caps);
                self.by_sip.insert(id, (call, Side::Caller));
                self.ask(now, call);
            }
            Err(bad) => {
                self.counters.malformed += u64::from(bad.status == 400);
                self.outputs.push_back(Output::Note(Note::Malformed { remote: source.remote, fault: bad.text }));
                let _ = self.stacks.sip.reject(now.instant, id, lhtt_sip::Refusal::new(bad.status));
                let _ = self.stacks.sip.let_go(now.instant, id);
            }
        }
    }

    /// A Setup.
    pub(super) fn on_setup(&mut self, now: Now, call: lhtt_h323::CallId, setup: &IncomingSetup) {
        let source = setup.source;
        let neighbour = self.origins.by_stream(source.stream);
        let asking = Asking::new(neighbour, &h323::called(setup), &h323::calling(setup));
        // Fast start that proposes nothing we allow says nothing of what H.245 will: as good as slow start.
        let allowed = &self.settings.media.codecs;
        let caps = h323::setup_caps(setup).filter(|caps| !offerable(Some(caps), allowed).audio.is_empty());
        let id = self.admit(now, asking, Leg::H323(H323Leg::incoming(call)), caps);
        self.by_h323.insert(call, (id, Side::Caller));
        if setup.h245_needed
            && let Some(port) = self.h245_ports.take()
        {
            self.stacks.h323.h245_address(call, SocketAddr::new(source.local.ip(), port));
            if let Some(call) = self.calls.get_mut(&id) {
                call.ports.h245.push(port);
            }
        }
        self.ask(now, id);
    }

    /// Makes the call; it waits for the clerk.
    fn admit(&mut self, now: Now, asking: Asking, leg: Leg, caps: Option<Caps>) -> CallId {
        let id = CallId(self.next_call);
        self.next_call += 1;
        self.counters.calls += 1;
        let call = Call {
            id,
            to: called(&asking, &self.settings),
            asking,
            phase: Phase::Admitting,
            deadline: Some(Deadline { at: now.instant + self.settings.calls.admission, what: "admission" }),
            armed: None,
            asked: false,
            permit: None,
            cause: None,
            ports: TakenPorts::default(),
            caller: Party { leg: Some(leg), caps, ..Party::default() },
            callee: Party::default(),
        };
        self.live.began(call.between());
        self.calls.insert(id, call);
        id
    }

    /// Puts the call's question to the clerk, unless a limit, or a number that nobody has, answers it.
    fn ask(&mut self, now: Now, id: CallId) {
        let Some(call) = self.calls.get(&id) else { return };
        let asking = call.asking.clone();
        self.counters.strangers += u64::from(asking.from.is_none());
        if let Some(cause) = self.limit(now, &asking) {
            let under_load = cause.q850 != UNALLOCATED;
            self.answered(id, cause);
            self.hear(now, id, Heard::Unavailable);
            return if under_load {
                self.let_go(now, id)
            };
        }
        let question = admission::question(crate::call::join_of(id), &asking, &self.settings);
        if let Some(call) = self.calls.get_mut(&id) {
            call.asked = true;
        }
        self.clerk.ask(now, Ticket::Join(id), question);
        self.rearm(id);
    }

    /// Keeps nothing of a call that a limit refused, so that whoever causes the load takes nobody's room (I10).
    fn let_go(&mut self, now: Now, id: CallId) {
        if let Some(Leg::Sip(leg)) = self.calls.get(&id).and_then(|call| call.caller.leg.as_ref()) {
            let _ = self.stacks.sip.let_go(now.instant, leg.id());
        }
    }

    /// What answers a call before the regulation is asked.
    fn limit(&mut self, now: Now, asking: &Asking) -> Option<Cause> {
        let overload = |what| Some(Cause::new(OVERLOAD, Initiator::Border(what)));
        let in_rate = self.origins.admits(now.instant, asking.from, &self.settings);
        let neighbour = asking.from.and_then(|index| self.settings.neighbours.get(index));
        // Calls that ended hold neither ports nor slots, and refused ones are among them: they take nobody's place.
        let to = called(asking, &self.settings);
        let full = [asking.from, to].into_iter().flatten().any(|index| {
            self.settings.neighbours.get(index).is_some_and(|found| self.live.with(index) > found.calls_max)
        });
        let cause = match neighbour {
            // A stranger beyond the rate gets the same bare refusal as any other, unjournalled.
            None if !in_rate => return Some(Cause::new(super::CALL_REJECTED, Initiator::Regulation)),
            _ if self.stopping => overload("stopping"),
            Some(_) if !in_rate => overload("calls per second"),
            _ if full => overload("calls of the neighbour"),
            _ if self.live.all() > self.settings.calls.calls_max => overload("calls"),
            _ if admission::route(asking, &self.settings) == Route::Nowhere => {
                return Some(Cause::new(UNALLOCATED, Initiator::Border("no such number")));
            }
            _ => None,
        };
        self.counters.overloaded += u64::from(cause.is_some());
        cause
    }
}

/// The neighbour that the MCU calls. The MCU's own room for calls is the limit of all calls.
fn called(asking: &Asking, settings: &Settings) -> Option<usize> {
    match admission::route(asking, settings) {
        Route::Neighbour(index) => Some(index),
        Route::Room | Route::Nowhere => None,
    }
}

/// Whether From names a host of the neighbour's (G-2): one of its domains. Where none is configured, any will do.
fn may_name_itself(settings: &Settings, index: usize, request: &Request) -> bool {
    let Some(neighbour) = settings.neighbours.get(index) else { return false };
    let Ok(from) = request.headers.from() else { return false };
    let host = from.uri.host();
    neighbour.domains.is_empty() || neighbour.domains.iter().any(|domain| domain.eq_ignore_ascii_case(host))
}

fn user_of(request: &Request) -> String {
    request.uri().user_unescaped().unwrap_or_default()
}

fn calling_of(request: &Request) -> String {
    request.headers.from().ok().and_then(|from| from.uri.user_unescaped()).unwrap_or_default()
}

/// Q.850 42: switching equipment congestion, which SIP says as 503.
const OVERLOAD: u8 = 42;
/// Q.850 1: unallocated number.
const UNALLOCATED: u8 = 1;
