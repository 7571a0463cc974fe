//! What the gatekeeper asks of others: leave, drop a call, change a bandwidth, report, take service control; and what comes back.

use super::event::{AdmissionId, Disengagement, EndpointId, GatekeeperEvent, QuestionId, Unregistration};
use super::{Gatekeeper, say};
use crate::asn1::h225::{GenericData, RasMessage, ServiceControlSession, UnregRequestReason};
use crate::error::Misuse;
use crate::ras::exchange::To;
use crate::ras::message;
use lhtt_core::time::{Duration, Instant};
use std::net::SocketAddr;

/// What a request of ours is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Unregister(EndpointId),
    Disengage(EndpointId),
    Bandwidth(AdmissionId, u32),
    Inquire(EndpointId),
    ServiceControl(EndpointId),
    Locate(QuestionId, SocketAddr),
}

impl Gatekeeper {
    /// Ends a registration and its calls, and tells the endpoint (URQ).
    ///
    /// # Errors
    /// [`Misuse::UnknownEndpoint`].
    pub fn unregister(&mut self, now: Instant, endpoint: EndpointId, why: UnregRequestReason) -> Result<(), Misuse> {
        self.to(endpoint)?;
        self.ask_to_leave(now, endpoint, why.clone());
        self.end_registration(endpoint, Unregistration::Owner(why));
        Ok(())
    }

    /// Ends all registrations, as a gatekeeper does that goes.
    pub fn unregister_all(&mut self, now: Instant, why: &UnregRequestReason) {
        for endpoint in self.registrations.ids() {
            self.ask_to_leave(now, endpoint, why.clone());
            self.end_registration(endpoint, Unregistration::Owner(why.clone()));
        }
    }

    /// Ends a call at this end, and tells the endpoint to drop it (DRQ forcedDrop).
    ///
    /// # Errors
    /// [`Misuse::UnknownCall`].
    pub fn disengage(&mut self, now: Instant, admission: AdmissionId) -> Result<(), Misuse> {
        self.admissions.get(admission).ok_or(Misuse::UnknownCall)?;
        self.ask_to_drop(now, admission);
        self.end_admission(admission, Disengagement::Owner);
        Ok(())
    }

    /// Asks an endpoint to use another bandwidth (BRQ); told as `Bandwidth` when it agrees, as `Failed` when not.
    ///
    /// # Errors
    /// [`Misuse::UnknownCall`], [`Misuse::TooManyRequests`].
    pub fn set_bandwidth(&mut self, now: Instant, admission: AdmissionId, bandwidth: u32) -> Result<(), Misuse> {
        let its = self.admissions.get(admission).ok_or(Misuse::UnknownCall)?.clone();
        let identifier = self.registrations.identifier(admission.endpoint);
        let purpose = Purpose::Bandwidth(admission, bandwidth);
        self.ask(now, admission.endpoint, purpose, |number| {
            say::bandwidth_request(number, identifier, admission, &its, bandwidth)
        })
    }

    /// Asks an endpoint how its calls are, or one of them (IRQ); told as `Status`.
    ///
    /// # Errors
    /// [`Misuse::UnknownEndpoint`], [`Misuse::TooManyRequests`].
    pub fn inquire(&mut self, now: Instant, endpoint: EndpointId, of: Option<AdmissionId>) -> Result<(), Misuse> {
        let of = of.and_then(|id| Some((id, self.admissions.get(id)?.clone())));
        self.ask(now, endpoint, Purpose::Inquire(endpoint), |number| say::info_request(number, of))
    }

    /// Sends an endpoint a service control indication (SCI); told as `ServiceControl`.
    ///
    /// # Errors
    /// [`Misuse::UnknownEndpoint`], [`Misuse::TooManyRequests`].
    pub fn service_control(
        &mut self,
        now: Instant,
        endpoint: EndpointId,
        sessions: Vec<ServiceControlSession>,
        generic_data: Vec<GenericData>,
    ) -> Result<(), Misuse> {
        let identifier = self.registrations.identifier(endpoint);
        let generic_data = (!generic_data.is_empty()).then_some(generic_data);
        self.ask(now, endpoint, Purpose::ServiceControl(endpoint), |number| {
            say::service_control(number, identifier, sessions, generic_data)
        })
    }

    /// Sends a request to a registered endpoint.
    fn ask(
        &mut self,
        now: Instant,
        endpoint: EndpointId,
        purpose: Purpose,
        build: impl FnOnce(u16) -> RasMessage,
    ) -> Result<(), Misuse> {
        let to = self.to(endpoint)?;
        let retry = self.config.timers.request;
        self.guards.tick(now);
        let stamp = self.guards.stamp(to.remote.ip());
        let build = |number| message::write(&build(number), stamp);
        let asked = self.requests.ask(now, to, retry, purpose, build, &mut self.outputs);
        asked.map(|_| self.counters.sent += 1).ok_or(Misuse::TooManyRequests)
    }

    fn to(&self, endpoint: EndpointId) -> Result<To, Misuse> {
        let its = self.registrations.get(endpoint).ok_or(Misuse::UnknownEndpoint)?;
        Ok(To { listener: its.listener, remote: its.ras })
    }

    /// URQ. Where there are too many requests already the endpoint finds out at its next keep-alive.
    pub(super) fn ask_to_leave(&mut self, now: Instant, endpoint: EndpointId, why: UnregRequestReason) {
        let Some(its) = self.registrations.get(endpoint) else { return };
        let places = its.call_signal.clone();
        let identifier = self.registrations.identifier(endpoint);
        let gatekeeper = self.config.identifier.clone();
        let alternates = say::alternates(&self.config.alternates).filter(|_| its.takes_alternates);
        let _ = self.ask(now, endpoint, Purpose::Unregister(endpoint), |number| {
            say::unregistration_request(number, &places, identifier, gatekeeper, why, alternates)
        });
    }

    /// DRQ. Where there are too many requests already the call's own end is still told to the owner.
    pub(super) fn ask_to_drop(&mut self, now: Instant, admission: AdmissionId) {
        let Some(its) = self.admissions.get(admission).cloned() else { return };
        let identifier = self.registrations.identifier(admission.endpoint);
        let gatekeeper = self.config.identifier.clone();
        let _ = self.ask(now, admission.endpoint, Purpose::Disengage(admission.endpoint), |number| {
            say::disengage_request(number, identifier, gatekeeper, admission, &its)
        });
    }

    /// An answer; to no request of ours it is passed over.
    pub(super) fn on_answer(&mut self, now: Instant, from: SocketAddr, number: u16, message: RasMessage) {
        use RasMessage as M;
        match (self.requests.purpose(from, number).copied(), message) {
            (_, M::RequestInProgress(its)) => {
                self.requests.progress(now, from, number, Duration::from_millis(its.delay.into()));
            }
            (Some(Purpose::Unregister(_)), M::UnregistrationConfirm(_) | M::UnregistrationReject(_))
            | (Some(Purpose::Disengage(_)), M::DisengageConfirm(_) | M::DisengageReject(_)) => {
                self.requests.answered(from, number);
            }
            (Some(Purpose::Bandwidth(admission, bandwidth)), M::BandwidthConfirm(_)) => {
                self.requests.answered(from, number);
                self.change_bandwidth(admission, bandwidth);
            }
            (Some(Purpose::Inquire(endpoint)), M::InfoRequestResponse(its)) => {
                self.requests.answered(from, number);
                self.on_response(now, endpoint, its);
            }
            // Nobody asked for it: a report of an endpoint of before version 4, which has no word to say so.
            (_, M::InfoRequestResponse(its)) => {
                if let Ok(endpoint) = self.registrations.of(&its.endpoint_identifier, from) {
                    self.on_response(now, endpoint, its);
                }
            }
            (Some(Purpose::ServiceControl(endpoint)), M::ServiceControlResponse(its)) => {
                self.requests.answered(from, number);
                self.events.push_back(GatekeeperEvent::ServiceControl { endpoint, result: its.result });
            }
            (Some(Purpose::Locate(question, _)), M::LocationConfirm(its)) => {
                self.requests.answered(from, number);
                self.on_found(now, question, &its);
            }
            (Some(purpose), M::LocationReject(_) | M::BandwidthReject(_) | M::UnknownMessageResponse(_)) => {
                self.requests.answered(from, number);
                self.on_no_answer(now, purpose);
            }
            // An answer of another kind than the request, or to none of ours: a late one, or somebody's guess.
            _ => {}
        }
    }

    /// A request of ours came to nothing.
    pub(super) fn on_no_answer(&mut self, now: Instant, purpose: Purpose) {
        let (endpoint, request) = match purpose {
            // The registration or call is over here whatever the endpoint says.
            Purpose::Unregister(_) | Purpose::Disengage(_) => return,
            Purpose::Locate(question, _) => return self.on_not_found(now, question),
            Purpose::Bandwidth(admission, _) => (admission.endpoint, "bandwidthRequest"),
            Purpose::Inquire(endpoint) => (endpoint, "infoRequest"),
            Purpose::ServiceControl(endpoint) => (endpoint, "serviceControlIndication"),
        };
        self.events.push_back(GatekeeperEvent::Failed { endpoint, request });
    }
}
