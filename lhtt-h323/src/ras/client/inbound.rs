//! What comes in: answers to our requests, requests of the gatekeeper, deadlines.

use super::state::Happening;
use super::{Purpose, RasClient, RasClientEvent, say};
use crate::asn1::h225::{BandwidthRequest, DisengageRequest, InfoRequest, InfoRequestNakReason, RasMessage};
use crate::h235::Names;
use crate::per::Marks;
use crate::ras::Refusal;
use crate::ras::message::{self, Read};
use crate::ras::replies::{Before, Origin};
use bytes::Bytes;
use lhtt_core::io::{Input, Output};
use lhtt_core::time::{Duration, Instant};
use std::net::SocketAddr;

impl RasClient {
    /// Takes what happened. Streams, and datagrams of other listeners, are passed over.
    pub fn handle_input(&mut self, now: Instant, input: Input) {
        self.guards.tick(now);
        match input {
            Input::Datagram { listener, remote, data }
                if listener == self.config.listener && self.sources.allow(now, remote.ip()) =>
            {
                self.on_datagram(now, remote, &data);
            }
            Input::Timeout => self.on_timeout(now),
            _ => {}
        }
    }

    fn on_timeout(&mut self, now: Instant) {
        self.replies.expire(now);
        while let Some((_, purpose)) = self.requests.expired(now, &mut self.outputs) {
            match purpose {
                Purpose::Discover | Purpose::Register | Purpose::KeepAlive | Purpose::Leave => {
                    self.happen(now, Happening::Silence(purpose));
                }
                other => self.on_silence(now, other),
            }
        }
        self.report_due(now);
        if self.state.deadline().is_some_and(|deadline| deadline <= now) {
            self.happen(now, Happening::Due);
        }
    }

    fn on_datagram(&mut self, now: Instant, remote: SocketAddr, data: &Bytes) {
        let listener = self.config.listener;
        match message::read(data) {
            Read::Message(number, message, marks) if message::is_answer(&message) => {
                if self.is_proven(remote, &message, data, marks) {
                    self.on_answer(now, remote, number, *message);
                }
            }
            // Requests count only from where we are registered.
            Read::Message(..) | Read::NotUnderstood(..) if self.registration.gatekeeper != Some(remote) => {}
            Read::Message(number, message, marks) => {
                let origin = self.replies.origin(listener, remote, number, data);
                match self.replies.heard(now, origin) {
                    Before::Never if self.is_proven(remote, &message, data, marks) => {
                        self.on_request(now, origin, *message, data);
                    }
                    Before::Never => {}   // not our gatekeeper's own
                    Before::Waiting => {} // it needed no answer
                    Before::Answered(to, octets) => {
                        self.outputs.push_back(Output::Transmit { listener, remote: to, data: octets });
                    }
                }
            }
            Read::NotUnderstood(number, fault) => {
                self.events.push_back(RasClientEvent::Malformed { remote, fault });
                let stamp = self.stamp(remote);
                let octets = message::write(&message::not_understood(number, data), stamp);
                self.outputs.extend(octets.map(|its| Output::Transmit { listener, remote, data: its.into() }));
            }
            Read::Malformed(fault) => self.events.push_back(RasClientEvent::Malformed { remote, fault }),
        }
    }

    /// Whether a message is the gatekeeper's own, if it has a secret. Tells where it is not.
    fn is_proven(&mut self, remote: SocketAddr, message: &RasMessage, octets: &[u8], marks: Marks) -> bool {
        let us = message::endpoint_identifier(message).or(self.registration.endpoint_identifier.as_deref());
        let names = Names { us, ..Names::default() };
        let checked = message::check(&mut self.guards, remote, (message, octets, marks), names);
        if let Err(fault) = &checked {
            self.events.push_back(RasClientEvent::Malformed { remote, fault: fault.to_string() });
        }
        checked.is_ok()
    }

    fn on_request(&mut self, now: Instant, origin: Origin, message: RasMessage, octets: &Bytes) {
        use RasMessage as M;
        match message {
            M::UnregistrationRequest(urq) => {
                self.reply(origin, &say::unregistration_answer(origin.number, self.is_registered()));
                self.happen(now, Happening::Expelled(urq));
            }
            M::DisengageRequest(drq) => self.on_disengage(origin, &drq),
            M::BandwidthRequest(brq) => self.on_bandwidth_request(origin, &brq),
            M::InfoRequest(irq) => self.on_info_request(origin, &irq),
            M::ServiceControlIndication(sci) => {
                self.reply(origin, &say::service_control_response(origin.number));
                let generic_data = sci.generic_data.unwrap_or_default();
                self.events.push_back(RasClientEvent::ServiceControl { sessions: sci.service_control, generic_data });
            }
            M::NonStandardMessage(nsm) => {
                self.events.push_back(RasClientEvent::NonStandard { data: Box::new(nsm.non_standard_data) });
            }
            _ => self.reply(origin, &message::not_understood(origin.number, octets)),
        }
    }

    /// DRQ: the call is over for RAS at once; hanging up is the owner's.
    fn on_disengage(&mut self, origin: Origin, drq: &DisengageRequest) {
        let call = drq.call_identifier.as_ref().map(|its| its.guid);
        let found = self.calls.find(call, drq.conference_id, drq.answered_call);
        // GnuGk says answeredCall false to both ends.
        let found = found.or_else(|| self.calls.find(call, drq.conference_id, None));
        self.reply(origin, &say::disengage_confirm(origin.number));
        if let Some(call) = found {
            self.calls.remove(call);
            self.events.push_back(RasClientEvent::Drop { call });
        }
    }

    /// BRQ: the gatekeeper decides; the owner is told, and keeps to it.
    fn on_bandwidth_request(&mut self, origin: Origin, brq: &BandwidthRequest) {
        let call = brq.call_identifier.as_ref().map(|its| its.guid);
        let found = self.calls.find(call, brq.conference_id, brq.answered_call);
        self.reply(origin, &say::bandwidth_answer(origin.number, found.is_some(), brq.band_width));
        if let Some(call) = found {
            self.on_bandwidth(call, brq.band_width);
        }
    }

    fn on_info_request(&mut self, origin: Origin, irq: &InfoRequest) {
        let wanted = irq.call_identifier.as_ref().map(|its| its.guid);
        let all = wanted.is_none() && irq.call_reference_value == 0;
        let is = |call: &[u8; 16], reference: u16| {
            all || wanted.map_or(reference == irq.call_reference_value, |its| its == *call)
        };
        let calls = self.calls.iter().filter(|(id, its)| is(&id.call, its.reference));
        let calls: Vec<_> = calls.map(|(id, its)| (*id, its.clone())).collect();
        let invalid = !all && calls.is_empty();
        let message = say::response(origin.number, &self.config, &self.registration, &calls, invalid);
        self.reply(origin, &message);
    }

    fn on_answer(&mut self, now: Instant, from: SocketAddr, number: u16, message: RasMessage) {
        use {Happening as H, Purpose as P, RasMessage as M};
        if let M::RequestInProgress(rip) = &message {
            return self.requests.progress(now, from, number, Duration::from_millis(rip.delay.into()));
        }
        let Some(purpose) = self.requests.purpose(from, number).copied() else { return };
        let registered = self.is_registered();
        match (purpose, message) {
            (P::Discover, M::GatekeeperConfirm(gcf)) => self.happen(now, H::Offered(from, gcf)),
            (P::Discover, M::GatekeeperReject(grj)) => self.happen(now, H::Declined(grj)),
            (P::Register | P::KeepAlive, M::RegistrationConfirm(rcf)) => self.happen(now, H::Confirmed(rcf)),
            (P::Register | P::KeepAlive, M::RegistrationReject(rrj)) => self.happen(now, H::Refused(rrj)),
            (P::Leave, M::UnregistrationConfirm(_) | M::UnregistrationReject(_)) => self.happen(now, H::Left),
            (P::Admit(call), M::AdmissionConfirm(acf)) => self.on_admitted(now, call, &acf),
            (P::Admit(call), M::AdmissionReject(arj)) => {
                let why = Refusal::of_admission(&arj.reject_reason);
                self.not_admitted(call, Some(why));
                if registered && why == Refusal::NotRegistered {
                    self.happen(now, H::Unknown);
                }
            }
            (P::Bandwidth(call, asked), M::BandwidthConfirm(bcf)) => self.on_bandwidth(call, bcf.band_width.min(asked)),
            (P::Bandwidth(call, _), M::BandwidthReject(brj)) => {
                let why = Some(Refusal::of_bandwidth(&brj.reject_reason));
                self.events.push_back(RasClientEvent::NotBandwidth { call, why });
            }
            (P::Disengage(_), M::DisengageConfirm(_) | M::DisengageReject(_)) => self.come_to_nothing(purpose),
            (P::Locate(location), M::LocationConfirm(lcf)) => {
                self.events.push_back(match crate::call::alias::socket_address(&lcf.call_signal_address) {
                    Some(to) => RasClientEvent::Located { location, to },
                    None => RasClientEvent::NotLocated { location, why: Some(Refusal::NoRoute) },
                });
            }
            (P::Locate(location), M::LocationReject(lrj)) => {
                let why = Some(Refusal::of_location(&lrj.reject_reason));
                self.events.push_back(RasClientEvent::NotLocated { location, why });
            }
            (P::Report, M::InfoRequestNak(nak)) if nak.nak_reason == InfoRequestNakReason::NotRegistered => {
                self.happen(now, H::Unknown);
            }
            (P::Report, M::InfoRequestAck(_) | M::InfoRequestNak(_))
            | (P::Resources, M::ResourcesAvailableConfirm(_)) => {}
            // The gatekeeper does not know the message.
            (P::Discover | P::Register | P::KeepAlive | P::Leave, M::UnknownMessageResponse(_)) => {
                self.happen(now, H::Silence(purpose));
            }
            (_, M::UnknownMessageResponse(_)) => self.come_to_nothing(purpose),
            // An answer of another kind than the request: somebody's guess, and the right one may still come.
            _ => return,
        }
        self.requests.answered(from, number);
    }

    pub(super) fn not_admitted(&mut self, call: super::RasCall, why: Option<Refusal>) {
        if self.calls.remove(call).is_some() {
            self.events.push_back(RasClientEvent::NotAdmitted { call, why });
        }
    }

    /// A request that nobody answered. The gatekeeper may have admitted a call and its word been lost: it is told that the call is not.
    fn on_silence(&mut self, now: Instant, purpose: Purpose) {
        if let Purpose::Admit(id) = purpose
            && let Some(call) = self.calls.get(id).cloned()
        {
            let its = self.registration.clone();
            let _ = self.ask(now, Purpose::Disengage(id), |number| say::disengage_request(number, &its, id, &call));
        }
        self.come_to_nothing(purpose);
    }

    /// A request without an answer, or one whose answer says no more than that it is over.
    pub(super) fn come_to_nothing(&mut self, purpose: Purpose) {
        match purpose {
            Purpose::Admit(call) => self.not_admitted(call, None),
            Purpose::Bandwidth(call, _) => self.events.push_back(RasClientEvent::NotBandwidth { call, why: None }),
            Purpose::Disengage(call) => {
                if self.calls.remove(call).is_some() {
                    self.events.push_back(RasClientEvent::Disengaged { call });
                }
            }
            Purpose::Locate(location) => {
                self.events.push_back(RasClientEvent::NotLocated { location, why: None });
            }
            Purpose::Discover | Purpose::Register | Purpose::KeepAlive | Purpose::Leave => {}
            Purpose::Report | Purpose::Resources => {} // the next one tells again
        }
    }
}
