//! Calls as RAS knows them: admission, bandwidth, reports, disengagement; and locations (H.323 8.1 to 8.5).

use super::{Admission, LocationId, Purpose, RasCall, RasClient, RasClientEvent, say};
use crate::AliasAddress;
use crate::asn1::h225::{AdmissionConfirm, CallModel, NonStandardParameter, RasMessage};
use crate::call::alias;
use crate::error::Misuse;
use crate::ras::message;
use lhtt_core::io::Output;
use lhtt_core::time::{Duration, Instant};
use std::collections::{BTreeMap, BTreeSet};

/// A call that is not disengaged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Call {
    pub(super) conference: [u8; 16],
    pub(super) reference: u16,
    pub(super) bandwidth: u32,
    pub(super) routed: bool,
    pub(super) stage: Stage,
    /// How often it is reported, and when next.
    report: Option<(Duration, Instant)>,
}

/// How far a call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// ARQ is out.
    Asking,
    /// It is admitted.
    Admitted,
    /// DRQ is out.
    Leaving,
}

/// The calls.
#[derive(Debug, Default)]
pub(super) struct Calls {
    all: BTreeMap<RasCall, Call>,
    reports: BTreeSet<(Instant, RasCall)>,
    last_location: u64,
}

impl Calls {
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn get(&self, call: RasCall) -> Option<&Call> {
        self.all.get(&call)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&RasCall, &Call)> {
        self.all.iter().filter(|(_, its)| its.stage != Stage::Asking)
    }

    pub(super) fn deadline(&self) -> Option<Instant> {
        self.reports.first().map(|(at, _)| *at)
    }

    /// The call with this identifier, or this conference and reference.
    pub(super) fn find(
        &self,
        call: Option<[u8; 16]>,
        conference: [u8; 16],
        answering: Option<bool>,
    ) -> Option<RasCall> {
        let is = |(id, its): &(&RasCall, &Call)| {
            answering.is_none_or(|end| end == id.answering)
                && call.map_or(its.conference == conference, |call| call == id.call)
        };
        self.all.iter().find(is).map(|(id, _)| *id)
    }

    pub(super) fn insert(&mut self, id: RasCall, call: Call) {
        self.remove(id);
        self.reports.extend(call.report.map(|(_, at)| (at, id)));
        self.all.insert(id, call);
    }

    pub(super) fn remove(&mut self, id: RasCall) -> Option<Call> {
        let its = self.all.remove(&id)?;
        if let Some((_, at)) = its.report {
            self.reports.remove(&(at, id));
        }
        Some(its)
    }

    fn change(&mut self, id: RasCall, change: impl FnOnce(&mut Call)) {
        let Some(mut its) = self.remove(id) else { return };
        change(&mut its);
        self.insert(id, its);
    }
}

impl RasClient {
    /// Asks for a call to be admitted; told as `Admitted` or `NotAdmitted`. A pre-granted call is admitted at once.
    ///
    /// # Errors
    /// [`Misuse::UnknownEndpoint`] where it is not registered, [`Misuse::WrongState`] for a call that was asked for, [`Misuse::TooManyCalls`],
    /// [`Misuse::TooManyRequests`].
    pub fn admit(&mut self, now: Instant, admission: Admission) -> Result<(), Misuse> {
        if self.calls.len() >= self.config.limits.calls {
            return Err(Misuse::TooManyCalls);
        }
        if self.calls.get(admission.call).is_some() {
            return Err(Misuse::WrongState("admit"));
        }
        let id = admission.call;
        let mut call = Call {
            conference: admission.conference,
            reference: admission.reference,
            bandwidth: admission.bandwidth,
            routed: false,
            stage: Stage::Asking,
            report: None,
        };
        let granted = self.registration.pregranted;
        if self.is_registered() && if id.answering { granted.answer } else { granted.make } {
            (call.stage, call.routed) = (Stage::Admitted, granted.routed);
            let to = self.registration.signalling.filter(|_| granted.routed).or(admission.address);
            self.calls.insert(id, call);
            let (routed, bandwidth) = (granted.routed, admission.bandwidth);
            self.events.push_back(RasClientEvent::Admitted { call: id, to, routed, bandwidth });
            return Ok(());
        }
        let (config, its) = (self.config.clone(), self.registration.clone());
        self.ask(now, Purpose::Admit(id), |number| say::admission_request(number, &config, &its, &admission))?;
        self.calls.insert(id, call);
        Ok(())
    }

    /// Asks for another bandwidth; told as `Bandwidth` or `NotBandwidth`.
    ///
    /// # Errors
    /// [`Misuse::UnknownCall`], [`Misuse::UnknownEndpoint`] where it is not registered, [`Misuse::TooManyRequests`].
    pub fn set_bandwidth(&mut self, now: Instant, call: RasCall, bandwidth: u32) -> Result<(), Misuse> {
        let its = self.admitted(call)?.clone();
        let registration = self.registration.clone();
        let purpose = Purpose::Bandwidth(call, bandwidth);
        self.ask(now, purpose, |number| say::bandwidth_request(number, &registration, call, &its, bandwidth))
    }

    /// Says that a call is over; told as `Disengaged`, also where nobody answers.
    ///
    /// # Errors
    /// [`Misuse::UnknownCall`].
    pub fn disengage(&mut self, now: Instant, call: RasCall) -> Result<(), Misuse> {
        let its = self.admitted(call)?.clone();
        let registration = self.registration.clone();
        self.calls.change(call, |its| (its.stage, its.report) = (Stage::Leaving, None));
        let purpose = Purpose::Disengage(call);
        let asked = self.ask(now, purpose, |number| say::disengage_request(number, &registration, call, &its));
        if asked.is_err() {
            self.come_to_nothing(purpose); // there is no gatekeeper to tell
        }
        Ok(())
    }

    /// Asks where an alias is; told as `Located` or `NotLocated`.
    ///
    /// # Errors
    /// [`Misuse::UnknownEndpoint`] where it is not registered, [`Misuse::TooManyRequests`].
    pub fn locate(&mut self, now: Instant, aliases: &[AliasAddress]) -> Result<LocationId, Misuse> {
        self.calls.last_location += 1;
        let location = LocationId(self.calls.last_location);
        let (ras, its) = (self.config.ras, self.registration.clone());
        let build = |number| say::location_request(number, ras, &its, aliases);
        self.ask(now, Purpose::Locate(location), build).map(|()| location)
    }

    /// Tells that resources are nearly used up, or are not any more (RAI).
    ///
    /// # Errors
    /// [`Misuse::UnknownEndpoint`] where it is not registered, [`Misuse::TooManyRequests`].
    pub fn resources(&mut self, now: Instant, almost_out: bool) -> Result<(), Misuse> {
        let its = self.registration.clone();
        self.ask(now, Purpose::Resources, |number| say::resources(number, &its, almost_out))
    }

    /// Sends a manufacturer's message; nothing answers it.
    ///
    /// # Errors
    /// [`Misuse::UnknownEndpoint`] where it is not registered, [`Misuse::Value`] where it cannot be encoded.
    pub fn non_standard(&mut self, data: NonStandardParameter) -> Result<(), Misuse> {
        let remote = self.gatekeeper().ok_or(Misuse::UnknownEndpoint)?;
        let stamp = self.stamp(remote);
        let message = say::non_standard(self.requests.next(), data);
        let octets = message::write(&message, stamp).ok_or(Misuse::Value("data"))?;
        self.outputs.push_back(Output::Transmit { listener: self.config.listener, remote, data: octets.into() });
        Ok(())
    }

    fn admitted(&self, call: RasCall) -> Result<&Call, Misuse> {
        self.calls.get(call).filter(|its| its.stage == Stage::Admitted).ok_or(Misuse::UnknownCall)
    }

    /// ACF.
    pub(super) fn on_admitted(&mut self, now: Instant, call: RasCall, acf: &AdmissionConfirm) {
        let Some(to) = alias::socket_address(&acf.dest_call_signal_address) else {
            self.calls.remove(call);
            self.events.push_back(RasClientEvent::NotAdmitted { call, why: Some(crate::ras::Refusal::NoRoute) });
            return;
        };
        let routed = acf.call_model == CallModel::GatekeeperRouted;
        let report = acf.irr_frequency.map(|seconds| Duration::from_secs(seconds.into()));
        self.calls.change(call, |its| {
            (its.stage, its.routed, its.bandwidth) = (Stage::Admitted, routed, acf.band_width.min(its.bandwidth));
            its.report = report.map(|every| (every, now + every));
        });
        let bandwidth = self.calls.get(call).map_or(0, |its| its.bandwidth);
        self.events.push_back(RasClientEvent::Admitted { call, to: Some(to), routed, bandwidth });
    }

    pub(super) fn on_bandwidth(&mut self, call: RasCall, bandwidth: u32) {
        if self.calls.get(call).is_some() {
            self.calls.change(call, |its| its.bandwidth = bandwidth);
            self.events.push_back(RasClientEvent::Bandwidth { call, bandwidth });
        }
    }

    /// Reports of calls that are due (irrFrequency).
    pub(super) fn report_due(&mut self, now: Instant) {
        while let Some(&(at, id)) = self.calls.reports.first()
            && at <= now
        {
            self.calls.change(id, |its| its.report = its.report.map(|(every, _)| (every, now + every)));
            let wants_answer = self.registration.answers_reports;
            let (config, registration) = (self.config.clone(), self.registration.clone());
            let calls: Vec<_> = self.calls.get(id).map(|its| (id, its.clone())).into_iter().collect();
            let build = |number| say::report(number, &config, &registration, &calls, wants_answer);
            if wants_answer {
                let _ = self.ask(now, Purpose::Report, build); // without a gatekeeper nobody misses it
            } else if let Some(remote) = self.gatekeeper() {
                self.tell(remote, build);
            }
        }
    }

    fn tell(&mut self, remote: std::net::SocketAddr, build: impl FnOnce(u16) -> RasMessage) {
        let message = build(self.requests.next());
        let stamp = self.stamp(remote);
        if let Some(octets) = message::write(&message, stamp) {
            self.outputs.push_back(Output::Transmit { listener: self.config.listener, remote, data: octets.into() });
        }
    }
}
