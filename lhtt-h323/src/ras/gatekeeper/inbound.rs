//! What comes in: datagrams to messages, messages to their handlers, deadlines to theirs.

use super::event::{Disengagement, GatekeeperEvent, Unregistration};
use super::{Gatekeeper, say};
use crate::asn1::h225::{RasMessage, UnregRequestReason};
use crate::h235::Names;
use crate::per::Marks;
use crate::ras::Refusal;
use crate::ras::message::{self, Read};
use crate::ras::replies::{Before, Origin};
use bytes::Bytes;
use lhtt_core::io::{Input, ListenerId};
use lhtt_core::time::{Duration, Instant};
use std::net::SocketAddr;

impl Gatekeeper {
    /// Takes what happened. Streams, and datagrams of other listeners, are passed over.
    pub fn handle_input(&mut self, now: Instant, input: Input) {
        self.guards.tick(now);
        match input {
            Input::Datagram { listener, remote, data } if self.listeners.contains_key(&listener) => {
                self.counters.heard += 1;
                let neighbour = self.is_neighbour(remote);
                if neighbour || self.sources.allow(now, remote.ip()) {
                    self.on_datagram(now, listener, remote, &data);
                } else {
                    self.counters.too_fast += 1;
                }
            }
            Input::Timeout => self.on_timeout(now),
            _ => {}
        }
    }

    fn on_datagram(&mut self, now: Instant, listener: ListenerId, remote: SocketAddr, data: &Bytes) {
        match message::read(data) {
            Read::Message(number, message, marks) if message::is_answer(&message) => {
                if self.is_proven(remote, &message, data, marks) {
                    self.on_answer(now, remote, number, *message);
                }
            }
            Read::Message(number, message, marks) => {
                let origin = self.replies.origin(listener, remote, number, data);
                match self.replies.heard(now, origin) {
                    Before::Never if self.is_proven(remote, &message, data, marks) => {
                        self.on_request(now, origin, *message, data);
                    }
                    Before::Never => {
                        if let Some(reject) = say::refused(&message, number, &self.config, Refusal::Security) {
                            self.reply(origin, remote, &reject);
                        }
                    }
                    Before::Waiting => self.counters.again += 1,
                    Before::Answered(to, octets) => {
                        self.counters.again += 1;
                        self.transmit(listener, to, octets);
                    }
                }
            }
            Read::NotUnderstood(number, fault) => {
                self.malformed(remote, fault);
                let stamp = self.guards.stamp(remote.ip());
                if let Some(octets) = message::write(&message::not_understood(number, data), stamp) {
                    self.transmit(listener, remote, octets.into());
                }
            }
            Read::Malformed(fault) => self.malformed(remote, fault),
        }
    }

    /// Whether a message is its sender's own, if the sender has a secret. Tells where it is not.
    fn is_proven(&mut self, remote: SocketAddr, message: &RasMessage, octets: &[u8], marks: Marks) -> bool {
        let names = Names { them: message::endpoint_identifier(message), ..Names::default() };
        let checked = message::check(&mut self.guards, remote, (message, octets, marks), names);
        if let Err(fault) = &checked {
            self.malformed(remote, fault.to_string());
        }
        checked.is_ok()
    }

    fn malformed(&mut self, remote: SocketAddr, fault: String) {
        self.counters.malformed += 1;
        self.events.push_back(GatekeeperEvent::Malformed { remote, fault });
    }

    /// A request that was not heard before.
    fn on_request(&mut self, now: Instant, origin: Origin, message: RasMessage, octets: &Bytes) {
        use RasMessage as M;
        match message {
            M::GatekeeperRequest(its) => self.on_discovery(origin, &its),
            M::RegistrationRequest(its) => self.on_registration(now, origin, its),
            M::UnregistrationRequest(its) => self.on_unregistration(origin, &its),
            M::AdmissionRequest(its) => self.on_admission(now, origin, its),
            M::BandwidthRequest(its) => self.on_bandwidth(origin, &its),
            M::DisengageRequest(its) => self.on_disengage(origin, &its),
            M::LocationRequest(its) => self.on_location(now, origin, its),
            M::InfoRequestResponse(its) => self.on_report(now, origin, its),
            M::ResourcesAvailableIndicate(its) => self.on_resources(origin, &its),
            M::ServiceControlIndication(its) => self.on_service_control(origin, &its),
            M::NonStandardMessage(its) => self.on_non_standard(origin, *its),
            // Nobody asks a gatekeeper for its calls; and what is new since version 7.
            _ => self.reply(origin, origin.remote, &message::not_understood(origin.number, octets)),
        }
    }

    fn on_timeout(&mut self, now: Instant) {
        while let Some(endpoint) = self.registrations.ended(now) {
            self.ask_to_leave(now, endpoint, UnregRequestReason::TtlExpired);
            self.end_registration(endpoint, Unregistration::Expired);
        }
        while let Some(admission) = self.admissions.silent(now) {
            self.ask_to_drop(now, admission);
            self.end_admission(admission, Disengagement::Silent);
        }
        while let Some((_, purpose)) = self.requests.expired(now, &mut self.outputs) {
            self.on_no_answer(now, purpose);
        }
        while let Some((id, over)) = self.questions.due(now) {
            if over {
                self.refuse_question(id, Refusal::NoResources);
            } else if let Some((origin, to)) = self.questions.asker(id) {
                let delay = self.config.timers.answer.max(Duration::from_millis(1));
                let stamp = self.guards.stamp(to.ip());
                if let Some(octets) = message::write(&say::in_progress(origin.number, delay), stamp) {
                    self.transmit(origin.listener, to, octets.into());
                }
            }
        }
        self.replies.expire(now);
        self.contests.retain(|(until, ..)| *until > now);
    }
}
