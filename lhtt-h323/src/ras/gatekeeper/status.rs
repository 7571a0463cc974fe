//! What endpoints tell: their calls, resources, service control, manufacturers' messages; and answers to questions as a whole
//! (H.225.0 7.15 to 7.20).

use super::admission::REPORTS_MISSED;
use super::admissions::Named;
use super::event::{EndpointId, GatekeeperEvent, QuestionId};
use super::questions::Waits;
use super::{Gatekeeper, say};
use crate::asn1::h225::{
    InfoRequestResponse, NonStandardMessage, ResourcesAvailableIndicate, ServiceControlIndication,
};
use crate::error::Misuse;
use crate::limits;
use crate::ras::Refusal;
use crate::ras::replies::Origin;
use lhtt_core::time::Instant;
use std::net::SocketAddr;

impl Gatekeeper {
    /// Refuses what a question asks for.
    ///
    /// # Errors
    /// [`Misuse::UnknownQuestion`].
    pub fn refuse(&mut self, _now: Instant, question: QuestionId, why: Refusal) -> Result<(), Misuse> {
        self.questions.waits(question).ok_or(Misuse::UnknownQuestion)?;
        self.refuse_question(question, why);
        Ok(())
    }

    pub(super) fn refuse_question(&mut self, question: QuestionId, why: Refusal) {
        let Some((origin, to, waits)) = self.questions.take(question) else { return };
        match waits {
            Waits::Registration(_) => self.reject_registration(origin, to, &why.into()),
            Waits::Admission(_) | Waits::AdmissionAt(..) => self.reject_admission(origin, why),
            Waits::Location(_) | Waits::LocationAt(_) => self.reject_location(origin, to, why),
        }
    }

    /// A question with its two deadlines. None where there are too many.
    pub(super) fn question(
        &mut self,
        now: Instant,
        origin: Origin,
        to: SocketAddr,
        waits: Waits,
    ) -> Option<QuestionId> {
        let timers = self.config.timers;
        self.questions.ask(origin, to, (now + timers.progress, now + timers.answer), waits)
    }

    /// An IRR that nobody asked for; IACK or INAK where it wants an answer.
    pub(super) fn on_report(&mut self, now: Instant, origin: Origin, its: Box<InfoRequestResponse>) {
        let wants_answer = its.need_response == Some(true);
        match self.registrations.of(&its.endpoint_identifier, origin.remote) {
            Ok(endpoint) => {
                if wants_answer {
                    self.reply(origin, origin.remote, &say::info_ack(origin.number));
                }
                self.on_response(now, endpoint, its);
            }
            Err(why) if wants_answer => self.reply(origin, origin.remote, &say::info_nak(origin.number, why)),
            Err(_) => {}
        }
    }

    /// The calls of an endpoint: those that are reported live on.
    pub(super) fn on_response(&mut self, now: Instant, endpoint: EndpointId, its: Box<InfoRequestResponse>) {
        let silent = self.config.report_every.map(|every| now + every * REPORTS_MISSED);
        for call in its.per_call_info.iter().flatten().take(limits::CALLS_REPORTED_MAX) {
            let named = Named {
                call: call.call_identifier.as_ref().map(|its| its.guid),
                conference: call.conference_id,
                reference: call.call_reference_value,
                answering: call.originator.map(|originator| !originator),
            };
            if let Some(admission) = self.admissions.find(endpoint, &named) {
                self.admissions.change(admission, |its| its.silent = silent);
            }
        }
        self.note_capacity(endpoint, say::read_capacity(its.capacity.as_ref()));
        self.events.push_back(GatekeeperEvent::Status { endpoint, response: its });
    }

    /// RAI: RAC. From an endpoint that is not registered there is no word for it.
    pub(super) fn on_resources(&mut self, origin: Origin, its: &ResourcesAvailableIndicate) {
        let Ok(endpoint) = self.registrations.of(&its.endpoint_identifier, origin.remote) else { return };
        self.note_capacity(endpoint, say::read_capacity(its.capacity.as_ref()));
        if let Some(registration) = self.registrations.get_mut(endpoint) {
            registration.almost_out = its.almost_out_of_resources;
        }
        self.reply(origin, origin.remote, &say::resources_confirm(origin.number));
        let almost_out = its.almost_out_of_resources;
        self.events.push_back(GatekeeperEvent::Resources { endpoint, almost_out });
    }

    /// SCI of an endpoint: there is no service of ours that it could control.
    pub(super) fn on_service_control(&mut self, origin: Origin, its: &ServiceControlIndication) {
        let identifier = its.endpoint_identifier.as_deref().unwrap_or_default();
        if self.registrations.of(identifier, origin.remote).is_ok() || self.is_neighbour(origin.remote) {
            self.reply(origin, origin.remote, &say::service_control_not_available(origin.number));
        }
    }

    /// NSM: whose it is stands nowhere in it, so it is told by its address.
    pub(super) fn on_non_standard(&mut self, origin: Origin, its: NonStandardMessage) {
        if let Some(endpoint) = self.registrations.of_address(origin.remote) {
            let data = Box::new(its.non_standard_data);
            self.events.push_back(GatekeeperEvent::NonStandard { endpoint, data });
        }
    }

    fn note_capacity(&mut self, endpoint: EndpointId, capacity: Option<u32>) {
        if let (Some(capacity), Some(its)) = (capacity, self.registrations.get_mut(endpoint)) {
            its.capacity = Some(capacity);
        }
    }

    /// Whether an endpoint has said that it is nearly at its limit.
    pub fn is_almost_out(&self, endpoint: EndpointId) -> bool {
        self.registrations.get(endpoint).is_some_and(|its| its.almost_out)
    }
}
