//! What comes in: streams, their bytes cut into messages, messages to their calls, and answers to those without one.

use super::command::CallId;
use super::event::{Event, ReleaseReason, Source};
use super::streams::Purpose;
use super::{Endpoint, Timer};
use crate::call::Call;
use crate::call::fault::{self, Answer};
use crate::call::heard::{Heard, Signed};
use crate::call::say::Envelope;
use crate::call::state::Happening;
use crate::error::Malformed;
use crate::h235::Names;
use crate::q931::{CallReference, Header, Message, MessageType};
use bytes::Bytes;
use lhtt_core::io::{Input, OpenError, Output, StreamId};
use lhtt_core::time::Instant;

impl Endpoint {
    /// Takes what happened. What concerns streams that are not its own is passed over.
    pub fn handle_input(&mut self, now: Instant, input: Input) {
        self.guards.tick(now);
        match input {
            Input::Accepted { stream, listener, local, remote, .. } => {
                if self.listeners.contains_key(&listener) {
                    self.on_accepted(now, Source { stream, listener, local, remote });
                }
            }
            Input::Opened { stream, .. } => self.on_opened(now, stream),
            Input::OpenFailed { stream, why } => self.on_gone(now, stream, cause_of(&why)),
            Input::Data { stream, data } => self.on_data(now, stream, &data),
            Input::Closed { stream, .. } => self.on_gone(now, stream, fault::TEMPORARY_FAILURE),
            Input::Timeout => self.on_timeout(now),
            Input::Datagram { .. } => {} // call signalling over UDP (Annex E) is not spoken
        }
    }

    fn on_accepted(&mut self, now: Instant, source: Source) {
        let stream = source.stream;
        if self.streams.len() >= self.config.limits.streams {
            self.outputs.push_back(Output::Close { stream });
            return;
        }
        let deadline = now + self.config.timers.first_message;
        self.streams.accepted(source, deadline);
        self.timers.insert((deadline, Timer::Stream(stream)));
    }

    fn on_opened(&mut self, now: Instant, stream: StreamId) {
        match self.streams.get(stream).map(|its| its.purpose) {
            Some(Purpose::Placed { call }) => self.on_call(call, |its, _| its.on_up()),
            Some(Purpose::Control { call }) => self.on_call(call, |its, cx| its.on_control_up(now, stream, cx)),
            Some(Purpose::Accepted { .. }) | None => {}
        }
    }

    fn on_gone(&mut self, now: Instant, stream: StreamId, cause: u8) {
        let purpose = self.streams.get(stream).map(|its| its.purpose);
        self.drop_stream(stream);
        match purpose {
            Some(Purpose::Accepted { call: Some(call), .. } | Purpose::Placed { call }) => {
                self.happen(now, call, Happening::Lost { cause });
            }
            Some(Purpose::Control { call }) => self.on_call(call, |its, cx| its.on_control_lost(now, stream, cx)),
            Some(Purpose::Accepted { call: None, .. }) | None => {}
        }
    }

    fn on_timeout(&mut self, now: Instant) {
        while let Some(&(deadline, timer)) = self.timers.first()
            && deadline <= now
        {
            match timer {
                Timer::Call(call) => self.happen(now, call, Happening::Timeout),
                Timer::Stream(stream) => self.close_stream(stream),
            }
            // Every deadline that fired has moved or gone; this holds even if a machine forgot to.
            if self.timers.first() == Some(&(deadline, timer)) {
                self.timers.pop_first();
            }
        }
    }

    fn on_data(&mut self, now: Instant, stream: StreamId, data: &[u8]) {
        let Some(its) = self.streams.get_mut(stream) else { return };
        if !its.push(data) {
            return self.break_stream(now, stream, "more octets than a stream may carry".to_owned());
        }
        // The stream may go while its messages are handled.
        while let Some(its) = self.streams.get_mut(stream) {
            let purpose = its.purpose;
            match (its.message(), purpose) {
                (Ok(None), _) => return,
                (Ok(Some(octets)), Purpose::Control { call }) => {
                    self.on_call(call, |its, cx| its.on_control_data(now, &octets, cx));
                }
                (Ok(Some(octets)), _) => self.on_signalling(now, stream, &octets),
                (Err(fault), _) => return self.break_stream(now, stream, fault.to_string()),
            }
        }
    }

    fn on_signalling(&mut self, now: Instant, stream: StreamId, octets: &Bytes) {
        let message = match Message::parse(octets) {
            Ok(message) => message,
            Err(fault) => return self.on_unreadable(now, stream, octets, &fault),
        };
        let reference = message.call_reference;
        if reference.is_global() {
            return; // Restart and the like, which H.225.0 does not use
        }
        match self.call_on(stream) {
            Some((call, its)) if its.value == reference.value => self.on_message(now, stream, call, &message),
            Some(_) if message.message_type == MessageType::Setup => {
                let answer = Answer::Release(fault::NO_RESOURCE, Some(ReleaseReason::NewConnectionNeeded));
                self.say(stream, reference, answer);
            }
            None if message.message_type == MessageType::Setup && !reference.to_originator => {
                self.on_setup(now, stream, &message);
            }
            _ => self.say(stream, reference, fault::without_call(message.message_type)),
        }
    }

    fn on_message(&mut self, now: Instant, stream: StreamId, call: CallId, message: &Message) {
        match Heard::of(message) {
            Ok(heard) if self.is_proven(stream, &heard) => self.happen(now, call, Happening::Heard(Box::new(heard))),
            Ok(_) => self.happen(now, call, Happening::Unproven),
            Err(fault) => {
                let (message_type, cause) = (message.message_type, message.cause());
                if self.note_fault(now, stream, &fault) {
                    self.happen(now, call, Happening::Malformed { message_type, cause });
                }
            }
        }
    }

    fn on_setup(&mut self, now: Instant, stream: StreamId, message: &Message) {
        let reference = message.call_reference;
        let heard = match Heard::of(message) {
            Ok(heard) => heard,
            Err(fault) => {
                if self.note_fault(now, stream, &fault) {
                    let answer = fault::malformed_without_call(MessageType::Setup, &fault);
                    self.say(stream, reference, answer);
                }
                return;
            }
        };
        if !self.is_proven(stream, &heard) {
            return self.say(stream, reference, fault::UNPROVEN);
        }
        if self.calls.len() >= self.config.limits.calls {
            let answer = Answer::Release(fault::NO_RESOURCE, Some(ReleaseReason::GatewayResources));
            return self.say(stream, reference, answer);
        }
        let id = self.next_call();
        let Some(its) = self.streams.get_mut(stream) else { return };
        let Purpose::Accepted { source, .. } = its.purpose else { return };
        let rng = self.rng.fork();
        let Some(call) = Call::offered(now, id, source, reference, heard, rng, &mut self.context().1) else { return };
        self.calls.insert(id, call);
        self.arm(id);
        if let Some(its) = self.streams.get_mut(stream) {
            its.purpose = Purpose::Accepted { source, call: Some(id) };
            if let Some(deadline) = its.deadline.take() {
                self.timers.remove(&(deadline, Timer::Stream(stream)));
            }
        }
    }

    /// A message that is not Q.931 past its header, or not even there.
    fn on_unreadable(&mut self, now: Instant, stream: StreamId, octets: &[u8], fault: &Malformed) {
        if !self.note_fault(now, stream, fault) {
            return;
        }
        let header = Header::parse(octets).ok().map(|(header, _)| header);
        match (self.call_on(stream), header) {
            (Some((call, its)), Some(header)) if its.value == header.call_reference.value => {
                let happening = Happening::Malformed { message_type: header.message_type, cause: None };
                self.happen(now, call, happening);
            }
            (Some(_), None) => {} // not for any call (Q.931 5.8.1)
            (_, Some(header)) => {
                let answer = fault::malformed_without_call(header.message_type, fault);
                self.say(stream, header.call_reference, answer);
            }
            (None, None) => self.close_stream(stream),
        }
    }

    /// Says an answer that belongs to no call.
    fn say(&mut self, stream: StreamId, reference: CallReference, answer: Answer) {
        let remote = self.streams.get(stream).map(|its| its.remote.ip());
        let stamp = remote.and_then(|peer| self.guards.stamp(peer));
        let envelope = Envelope { reference: reference.reply(), tunnelling: false, h245: Vec::new(), stamp };
        let message = match answer {
            Answer::Silence => return,
            Answer::Close => return self.close_stream(stream),
            Answer::Status(cause) => envelope.status(None, cause, 0),
            Answer::Release(cause, reason) => envelope.release_complete(None, cause, reason),
        };
        if let Some(message) = message {
            self.context().1.send(stream, &message);
        }
    }

    /// Whether a message is the peer's own, if the peer has a secret. Tells where it is not.
    fn is_proven(&mut self, stream: StreamId, heard: &Heard) -> bool {
        let Some(remote) = self.streams.get(stream).map(|its| its.remote) else { return false };
        let checked = self.guards.check(remote.ip(), heard.signed.as_ref().map(Signed::proof), Names::default());
        if let Err(fault) = &checked {
            self.events.push_back(Event::Malformed { remote, fault: fault.to_string() });
        }
        checked.is_ok()
    }

    /// Tells of a fault and counts it. False where the stream has ended by it.
    fn note_fault(&mut self, now: Instant, stream: StreamId, fault: &Malformed) -> bool {
        let Some(its) = self.streams.get_mut(stream) else { return false };
        if !its.bear_fault() {
            self.break_stream(now, stream, "too many malformed messages".to_owned());
            return false;
        }
        let remote = its.remote;
        self.events.push_back(Event::Malformed { remote, fault: fault.to_string() });
        true
    }

    /// Ends a stream that is no longer the language, and what lives on it.
    fn break_stream(&mut self, now: Instant, stream: StreamId, fault: String) {
        let Some(its) = self.streams.get(stream) else { return };
        let (purpose, remote) = (its.purpose, its.remote);
        self.events.push_back(Event::Malformed { remote, fault });
        self.close_stream(stream);
        match purpose {
            Purpose::Accepted { call: Some(call), .. } | Purpose::Placed { call } => {
                self.happen(now, call, Happening::Broken);
            }
            Purpose::Control { call } => self.on_call(call, |its, cx| its.on_control_lost(now, stream, cx)),
            Purpose::Accepted { call: None, .. } => {}
        }
    }

    fn close_stream(&mut self, stream: StreamId) {
        if self.drop_stream(stream) {
            self.outputs.push_back(Output::Close { stream });
        }
    }

    fn drop_stream(&mut self, stream: StreamId) -> bool {
        let deadline = self.streams.get(stream).and_then(|its| its.deadline);
        if let Some(deadline) = deadline {
            self.timers.remove(&(deadline, Timer::Stream(stream)));
        }
        self.streams.forget(stream)
    }

    /// The call whose signalling a stream carries, and its reference.
    fn call_on(&self, stream: StreamId) -> Option<(CallId, CallReference)> {
        let id = self.streams.get(stream)?.call()?;
        Some((id, self.calls.get(&id)?.reference()))
    }
}

/// The Q.850 cause of a stream that did not come up.
fn cause_of(why: &OpenError) -> u8 {
    match why {
        OpenError::Unreachable | OpenError::Refused | OpenError::Tls(_) => fault::OUT_OF_ORDER,
        OpenError::TimedOut => fault::TIMER_EXPIRED,
        OpenError::Local => fault::NO_RESOURCE,
    }
}
