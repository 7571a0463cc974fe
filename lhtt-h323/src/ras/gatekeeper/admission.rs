//! Admission, bandwidth and the end of calls (H.323 8.1 to 8.5, H.225.0 7.11 to 7.13).

use super::admissions::{Admission, Named};
use super::event::{AdmissionId, AdmissionTerms, Destination, Disengagement, EndpointId, GatekeeperEvent, Wanted};
use super::questions::Waits;
use super::{Gatekeeper, QuestionId, say};
use crate::AliasAddress;
use crate::asn1::h225::{AdmissionRequest, BandwidthRequest, CallModel, DisengageRequest};
use crate::call::alias;
use crate::error::Misuse;
use crate::limits;
use crate::ras::Refusal;
use crate::ras::replies::Origin;
use lhtt_core::time::Instant;
use std::net::SocketAddr;

impl Gatekeeper {
    /// ARQ: what the tables forbid is refused, anything else is a question.
    pub(super) fn on_admission(&mut self, now: Instant, origin: Origin, its: Box<AdmissionRequest>) {
        let wanted = match self.wanted(origin, &its) {
            Ok(wanted) => wanted,
            Err(why) => return self.reject_admission(origin, why),
        };
        match self.question(now, origin, origin.remote, Waits::Admission(Box::new(wanted.clone()))) {
            Some(question) => {
                self.events.push_back(GatekeeperEvent::AdmissionAsked { question, wanted, request: its });
            }
            None => self.reject_admission(origin, Refusal::NoResources),
        }
    }

    /// What an ARQ asks for, checked.
    fn wanted(&self, origin: Origin, its: &AdmissionRequest) -> Result<Wanted, Refusal> {
        let endpoint = self.registrations.of(&its.endpoint_identifier, origin.remote)?;
        let named = Named {
            call: its.call_identifier.as_ref().map(|its| its.guid),
            conference: its.conference_id,
            reference: its.call_reference_value,
            answering: Some(its.answer_call),
        };
        let admission = AdmissionId { endpoint, call: named.key(), answering: its.answer_call };
        let read = |list: &[crate::asn1::h225::AliasAddress]| -> Vec<AliasAddress> {
            list.iter().take(limits::ALIASES_MAX).filter_map(alias::read).collect()
        };
        let called = read(its.destination_info.as_deref().unwrap_or_default());
        let address = if its.answer_call { &its.src_call_signal_address } else { &its.dest_call_signal_address };
        let address = address.as_ref().and_then(alias::socket_address);
        if !its.answer_call && called.is_empty() && address.is_none() {
            return Err(Refusal::IncompleteAddress);
        }
        let wanted = Wanted {
            admission,
            conference: its.conference_id,
            reference: its.call_reference_value,
            identified: named.call.is_some(),
            found: called.iter().find_map(|name| self.registrations.holder(name)),
            called,
            address,
            calling: read(&its.src_info),
            bandwidth: its.band_width,
        };
        self.has_room(&wanted).map(|()| wanted)
    }

    /// Whether there is room for one more call. One that is admitted already takes its own place.
    fn has_room(&self, wanted: &Wanted) -> Result<(), Refusal> {
        if self.admissions.get(wanted.admission).is_some() {
            return Ok(());
        }
        let limits = &self.config.limits;
        if self.admissions.len() >= limits.calls {
            return Err(Refusal::NoResources);
        }
        if self.admissions.of(wanted.admission.endpoint).nth(limits.calls_per_endpoint.saturating_sub(1)).is_some() {
            return Err(Refusal::ExceedsCallCapacity);
        }
        Ok(())
    }

    /// Admits a call. Where it goes is found here or at neighbours, as the terms say.
    ///
    /// # Errors
    /// [`Misuse::UnknownQuestion`].
    pub fn admit(&mut self, now: Instant, question: QuestionId, terms: AdmissionTerms) -> Result<(), Misuse> {
        let Some(Waits::Admission(_)) = self.questions.waits(question) else { return Err(Misuse::UnknownQuestion) };
        let Some((origin, to, Waits::Admission(wanted))) = self.questions.take(question) else { return Ok(()) };
        match self.resolve(&wanted, &terms) {
            Ok(Some(place)) => self.confirm_admission(now, origin, &wanted, &terms, place),
            Err(why) => self.reject_admission(origin, why),
            Ok(None) => self.ask_neighbours_for_call(now, origin, to, wanted, terms),
        }
        Ok(())
    }

    /// Where a call goes; None where only neighbours can know.
    fn resolve(&self, wanted: &Wanted, terms: &AdmissionTerms) -> Result<Option<SocketAddr>, Refusal> {
        let endpoint = self.registrations.get(wanted.admission.endpoint).ok_or(Refusal::NotRegistered)?;
        match terms.destination {
            Destination::At(place) => Ok(Some(place)),
            Destination::Routed => self.config.signalling.map(Some).ok_or(Refusal::NoResources),
            // The called end is told its own address: it has the call already.
            Destination::Resolve if wanted.admission.answering => Ok(endpoint.call_signal.first().copied()),
            Destination::Resolve => match wanted.called.iter().find_map(|name| self.registrations.holder(name)) {
                Some(callee) => self.place_of(callee).map(Some),
                None => Ok(wanted.address),
            },
        }
    }

    /// Where an endpoint takes a call, if it has room for one by its own word.
    pub(super) fn place_of(&self, endpoint: EndpointId) -> Result<SocketAddr, Refusal> {
        let its = self.registrations.get(endpoint).ok_or(Refusal::CalledPartyNotRegistered)?;
        if its.capacity == Some(0) {
            return Err(Refusal::ExceedsCallCapacity);
        }
        its.call_signal.first().copied().ok_or(Refusal::NoRoute)
    }

    pub(super) fn confirm_admission(
        &mut self,
        now: Instant,
        origin: Origin,
        wanted: &Wanted,
        terms: &AdmissionTerms,
        to: SocketAddr,
    ) {
        let bandwidth = match self.enter_call(now, wanted, terms.bandwidth) {
            Ok(bandwidth) => bandwidth,
            Err(why) => return self.reject_admission(origin, why),
        };
        let routed = Some(to) == self.config.signalling;
        let model = if routed { CallModel::GatekeeperRouted } else { CallModel::Direct };
        let message = say::admission_confirm(origin.number, bandwidth, model, to, self.config.report_every);
        self.reply(origin, origin.remote, &message);
        self.events.push_back(GatekeeperEvent::Admitted { admission: wanted.admission, to, bandwidth });
    }

    /// Puts a call into the table, with the bandwidth that it gets.
    fn enter_call(&mut self, now: Instant, wanted: &Wanted, most: Option<u32>) -> Result<u32, Refusal> {
        let id = wanted.admission;
        self.registrations.get(id.endpoint).ok_or(Refusal::NotRegistered)?;
        self.has_room(wanted)?;
        let former = self.admissions.get(id).map_or(0, |its| its.bandwidth);
        let bandwidth = wanted.bandwidth.min(most.unwrap_or(u32::MAX)).min(self.config.bandwidth_per_call);
        if !self.bandwidth_fits(former, bandwidth) {
            return Err(Refusal::Denied); // requestDenied is ARJ's word for it
        }
        let silent = self.config.report_every.map(|every| now + every * REPORTS_MISSED);
        let Wanted { conference, reference, identified, .. } = *wanted;
        self.admissions.insert(id, Admission { conference, reference, identified, bandwidth, silent });
        Ok(bandwidth)
    }

    fn bandwidth_fits(&self, former: u32, bandwidth: u32) -> bool {
        let others = self.admissions.bandwidth() - u64::from(former);
        others.saturating_add(bandwidth.into()) <= self.config.bandwidth
    }

    /// BRQ of an endpoint: within the limits it is confirmed.
    pub(super) fn on_bandwidth(&mut self, origin: Origin, its: &BandwidthRequest) {
        let named = Named {
            call: its.call_identifier.as_ref().map(|its| its.guid),
            conference: its.conference_id,
            reference: its.call_reference_value,
            answering: its.answered_call,
        };
        let endpoint = self.registrations.of(&its.endpoint_identifier, origin.remote);
        let found = endpoint.and_then(|id| self.admissions.find(id, &named).ok_or(Refusal::UnknownCall));
        let message = match found {
            Err(why) => say::bandwidth_reject(origin.number, why, 0),
            Ok(admission) => {
                let former = self.admissions.get(admission).map_or(0, |its| its.bandwidth);
                let bandwidth = its.band_width.min(self.config.bandwidth_per_call);
                if self.bandwidth_fits(former, bandwidth) {
                    self.change_bandwidth(admission, bandwidth);
                    say::bandwidth_confirm(origin.number, bandwidth)
                } else {
                    say::bandwidth_reject(origin.number, Refusal::NoResources, former)
                }
            }
        };
        self.reply(origin, origin.remote, &message);
    }

    pub(super) fn change_bandwidth(&mut self, admission: AdmissionId, bandwidth: u32) {
        if self.admissions.get(admission).is_some_and(|its| its.bandwidth != bandwidth) {
            self.admissions.change(admission, |its| its.bandwidth = bandwidth);
            self.events.push_back(GatekeeperEvent::Bandwidth { admission, bandwidth });
        }
    }

    /// DRQ of an endpoint. A call that is not known is over already, which is what was wanted: endpoints send DRQ
    /// of their own after the gatekeeper's (H.323Plus does).
    pub(super) fn on_disengage(&mut self, origin: Origin, its: &DisengageRequest) {
        let named = Named {
            call: its.call_identifier.as_ref().map(|its| its.guid),
            conference: its.conference_id,
            reference: its.call_reference_value,
            answering: its.answered_call,
        };
        let message = match self.registrations.of(&its.endpoint_identifier, origin.remote) {
            Err(why) => say::disengage_reject(origin.number, why),
            Ok(endpoint) => {
                if let Some(admission) = self.admissions.find(endpoint, &named) {
                    self.end_admission(admission, Disengagement::Endpoint);
                }
                say::disengage_confirm(origin.number)
            }
        };
        self.reply(origin, origin.remote, &message);
    }

    pub(super) fn end_admission(&mut self, admission: AdmissionId, why: Disengagement) {
        if self.admissions.remove(admission).is_some() {
            self.events.push_back(GatekeeperEvent::Disengaged { admission, why });
        }
    }

    pub(super) fn reject_admission(&mut self, origin: Origin, why: Refusal) {
        self.reply(origin, origin.remote, &say::admission_reject(origin.number, &self.config, why));
    }
}

/// Reports of a call that may be lost before it counts as over.
pub(super) const REPORTS_MISSED: u32 = 3;
