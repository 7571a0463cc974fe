//! What a gatekeeper says, message by message (H.225.0 7.8 to 7.20).

use super::admissions::Admission;
use super::config::{Alternate, GatekeeperConfig};
use super::event::{AdmissionId, Pregranted, Refused};
use super::questions::Sought;
use super::registrations::Registration;
use crate::asn1::h225::{self, CallModel, RasMessage, RegistrationRejectReason, UnregRequestReason};
use crate::asn1::h235::AuthenticationMechanism;
use crate::call::alias::{self, transport_address};
use crate::call::say::PROTOCOL;
use crate::h235::HMAC_SHA1_96;
use crate::ras::Refusal;
use std::net::SocketAddr;
use std::time::Duration;

pub(super) fn gatekeeper_confirm(
    number: u16,
    identifier: &str,
    address: SocketAddr,
    alternates: Option<Vec<h225::AlternateGK>>,
    secret: bool,
) -> RasMessage {
    RasMessage::GatekeeperConfirm(Box::new(h225::GatekeeperConfirm {
        authentication_mode: secret.then_some(AuthenticationMechanism::PwdHash),
        algorithm_oid: secret.then_some(HMAC_SHA1_96),
        request_seq_num: number,
        protocol_identifier: PROTOCOL,
        gatekeeper_identifier: Some(identifier.to_owned()),
        ras_address: transport_address(address),
        alternate_gatekeeper: alternates,
        ..Default::default()
    }))
}

pub(super) fn gatekeeper_reject(number: u16, config: &GatekeeperConfig, why: Refusal) -> RasMessage {
    RasMessage::GatekeeperReject(Box::new(h225::GatekeeperReject {
        request_seq_num: number,
        protocol_identifier: PROTOCOL,
        gatekeeper_identifier: Some(config.identifier.clone()),
        reject_reason: why.gatekeeper(),
        alt_gk_info: elsewhere(config, why),
        ..Default::default()
    }))
}

pub(super) fn registration_confirm(
    number: u16,
    config: &GatekeeperConfig,
    identifier: String,
    its: &Registration,
    pregranted: Option<Pregranted>,
) -> RasMessage {
    let mut confirm = confirmed(number, config, identifier, its);
    confirm.terminal_alias = alias::list(&its.aliases);
    confirm.alternate_gatekeeper = alternates(&config.alternates).filter(|_| its.takes_alternates);
    confirm.supports_additive_registration = Some(());
    confirm.will_respond_to_irr = Some(true);
    confirm.pre_granted_arq = pregranted.map(|its| h225::PreGrantedArq {
        make_call: its.make,
        use_gk_call_signal_address_to_make_call: its.make && its.routed,
        answer_call: its.answer,
        use_gk_call_signal_address_to_answer: its.answer && its.routed,
        ..Default::default()
    });
    RasMessage::RegistrationConfirm(Box::new(confirm))
}

/// RCF of a keep-alive: nothing has changed, and so little is said.
pub(super) fn keep_alive_confirm(
    number: u16,
    config: &GatekeeperConfig,
    identifier: String,
    its: &Registration,
) -> RasMessage {
    RasMessage::RegistrationConfirm(Box::new(confirmed(number, config, identifier, its)))
}

fn confirmed(
    number: u16,
    config: &GatekeeperConfig,
    identifier: String,
    its: &Registration,
) -> h225::RegistrationConfirm {
    h225::RegistrationConfirm {
        request_seq_num: number,
        protocol_identifier: PROTOCOL,
        call_signal_address: config.signalling.map(transport_address).into_iter().collect(),
        gatekeeper_identifier: Some(config.identifier.clone()),
        endpoint_identifier: identifier,
        time_to_live: Some(u32::try_from(its.time_to_live.as_secs()).unwrap_or(u32::MAX).max(1)),
        ..Default::default()
    }
}

pub(super) fn registration_reject(number: u16, config: &GatekeeperConfig, why: &Refused) -> RasMessage {
    let mut reject_reason = why.why.registration();
    if let RegistrationRejectReason::DuplicateAlias(taken) = &mut reject_reason {
        *taken = why.aliases.iter().filter_map(alias::write).collect();
    }
    RasMessage::RegistrationReject(Box::new(h225::RegistrationReject {
        request_seq_num: number,
        protocol_identifier: PROTOCOL,
        reject_reason,
        gatekeeper_identifier: Some(config.identifier.clone()),
        alt_gk_info: elsewhere(config, why.why),
        ..Default::default()
    }))
}

pub(super) fn unregistration_request(
    number: u16,
    places: &[SocketAddr],
    identifier: String,
    gatekeeper: String,
    why: UnregRequestReason,
    alternates: Option<Vec<h225::AlternateGK>>,
) -> RasMessage {
    RasMessage::UnregistrationRequest(Box::new(h225::UnregistrationRequest {
        request_seq_num: number,
        call_signal_address: places.iter().copied().map(transport_address).collect(),
        endpoint_identifier: Some(identifier),
        gatekeeper_identifier: Some(gatekeeper),
        reason: Some(why),
        alternate_gatekeeper: alternates,
        ..Default::default()
    }))
}

pub(super) fn unregistration_confirm(number: u16) -> RasMessage {
    let message = h225::UnregistrationConfirm { request_seq_num: number, ..Default::default() };
    RasMessage::UnregistrationConfirm(Box::new(message))
}

pub(super) fn unregistration_reject(number: u16, why: Refusal) -> RasMessage {
    RasMessage::UnregistrationReject(Box::new(h225::UnregistrationReject {
        request_seq_num: number,
        reject_reason: why.unregistration(),
        ..Default::default()
    }))
}

pub(super) fn admission_confirm(
    number: u16,
    bandwidth: u32,
    model: CallModel,
    to: SocketAddr,
    report_every: Option<Duration>,
) -> RasMessage {
    RasMessage::AdmissionConfirm(Box::new(h225::AdmissionConfirm {
        request_seq_num: number,
        band_width: bandwidth,
        call_model: model,
        dest_call_signal_address: transport_address(to),
        irr_frequency: report_every.map(|its| u16::try_from(its.as_secs()).unwrap_or(u16::MAX).max(1)),
        will_respond_to_irr: Some(true),
        uuies_requested: Some(h225::UUIEsRequested::default()),
        ..Default::default()
    }))
}

pub(super) fn admission_reject(number: u16, config: &GatekeeperConfig, why: Refusal) -> RasMessage {
    RasMessage::AdmissionReject(Box::new(h225::AdmissionReject {
        request_seq_num: number,
        reject_reason: why.admission(),
        alt_gk_info: elsewhere(config, why),
        ..Default::default()
    }))
}

pub(super) fn bandwidth_request(
    number: u16,
    endpoint_identifier: String,
    id: AdmissionId,
    its: &Admission,
    bandwidth: u32,
) -> RasMessage {
    RasMessage::BandwidthRequest(Box::new(h225::BandwidthRequest {
        request_seq_num: number,
        endpoint_identifier,
        conference_id: its.conference,
        call_reference_value: its.reference,
        band_width: bandwidth,
        call_identifier: call_identifier(id, its),
        answered_call: Some(id.answering),
        ..Default::default()
    }))
}

pub(super) fn bandwidth_confirm(number: u16, bandwidth: u32) -> RasMessage {
    RasMessage::BandwidthConfirm(Box::new(h225::BandwidthConfirm {
        request_seq_num: number,
        band_width: bandwidth,
        ..Default::default()
    }))
}

pub(super) fn bandwidth_reject(number: u16, why: Refusal, allowed: u32) -> RasMessage {
    RasMessage::BandwidthReject(Box::new(h225::BandwidthReject {
        request_seq_num: number,
        reject_reason: why.bandwidth(),
        allowed_band_width: allowed,
        ..Default::default()
    }))
}

pub(super) fn disengage_request(
    number: u16,
    endpoint_identifier: String,
    gatekeeper: String,
    id: AdmissionId,
    its: &Admission,
) -> RasMessage {
    RasMessage::DisengageRequest(Box::new(h225::DisengageRequest {
        request_seq_num: number,
        endpoint_identifier,
        conference_id: its.conference,
        call_reference_value: its.reference,
        disengage_reason: h225::DisengageReason::ForcedDrop,
        call_identifier: call_identifier(id, its),
        gatekeeper_identifier: Some(gatekeeper),
        answered_call: Some(id.answering),
        ..Default::default()
    }))
}

pub(super) fn disengage_confirm(number: u16) -> RasMessage {
    let message = h225::DisengageConfirm { request_seq_num: number, ..Default::default() };
    RasMessage::DisengageConfirm(Box::new(message))
}

pub(super) fn disengage_reject(number: u16, why: Refusal) -> RasMessage {
    RasMessage::DisengageReject(Box::new(h225::DisengageReject {
        request_seq_num: number,
        reject_reason: why.disengage(),
        ..Default::default()
    }))
}

pub(super) fn location_request(number: u16, identifier: &str, reply: SocketAddr, sought: &Sought) -> RasMessage {
    RasMessage::LocationRequest(Box::new(h225::LocationRequest {
        request_seq_num: number,
        destination_info: sought.aliases.iter().filter_map(alias::write).collect(),
        reply_address: transport_address(reply),
        gatekeeper_identifier: Some(identifier.to_owned()),
        hop_count: sought.hops,
        call_identifier: sought.call.map(|guid| h225::CallIdentifier { guid, ..Default::default() }),
        ..Default::default()
    }))
}

pub(super) fn location_confirm(number: u16, place: SocketAddr, ras: SocketAddr) -> RasMessage {
    RasMessage::LocationConfirm(Box::new(h225::LocationConfirm {
        request_seq_num: number,
        call_signal_address: transport_address(place),
        ras_address: transport_address(ras),
        ..Default::default()
    }))
}

pub(super) fn location_reject(number: u16, why: Refusal) -> RasMessage {
    RasMessage::LocationReject(Box::new(h225::LocationReject {
        request_seq_num: number,
        reject_reason: why.location(),
        ..Default::default()
    }))
}

/// The reject of a request that is not looked into; none for what has no reject.
pub(super) fn refused(
    request: &RasMessage,
    number: u16,
    config: &GatekeeperConfig,
    why: Refusal,
) -> Option<RasMessage> {
    use RasMessage as M;
    Some(match request {
        M::RegistrationRequest(_) => registration_reject(number, config, &why.into()),
        M::UnregistrationRequest(_) => unregistration_reject(number, why),
        M::AdmissionRequest(_) => admission_reject(number, config, why),
        M::BandwidthRequest(_) => bandwidth_reject(number, why, 0),
        M::DisengageRequest(_) => disengage_reject(number, why),
        M::LocationRequest(_) => location_reject(number, why),
        _ => return None,
    })
}

/// IRQ for one call, or with reference 0 for all of them.
pub(super) fn info_request(number: u16, of: Option<(AdmissionId, Admission)>) -> RasMessage {
    RasMessage::InfoRequest(Box::new(h225::InfoRequest {
        request_seq_num: number,
        call_reference_value: of.as_ref().map_or(0, |(_, its)| its.reference),
        call_identifier: of.and_then(|(id, its)| call_identifier(id, &its)),
        ..Default::default()
    }))
}

pub(super) fn info_ack(number: u16) -> RasMessage {
    RasMessage::InfoRequestAck(Box::new(h225::InfoRequestAck { request_seq_num: number, ..Default::default() }))
}

pub(super) fn info_nak(number: u16, why: Refusal) -> RasMessage {
    RasMessage::InfoRequestNak(Box::new(h225::InfoRequestNak {
        request_seq_num: number,
        nak_reason: why.information(),
        ..Default::default()
    }))
}

pub(super) fn resources_confirm(number: u16) -> RasMessage {
    RasMessage::ResourcesAvailableConfirm(Box::new(h225::ResourcesAvailableConfirm {
        request_seq_num: number,
        protocol_identifier: PROTOCOL,
        ..Default::default()
    }))
}

pub(super) fn service_control(
    number: u16,
    endpoint_identifier: String,
    service_control: Vec<h225::ServiceControlSession>,
    generic_data: Option<Vec<h225::GenericData>>,
) -> RasMessage {
    RasMessage::ServiceControlIndication(Box::new(h225::ServiceControlIndication {
        request_seq_num: number,
        service_control,
        endpoint_identifier: Some(endpoint_identifier),
        generic_data,
        ..Default::default()
    }))
}

pub(super) fn service_control_not_available(number: u16) -> RasMessage {
    RasMessage::ServiceControlResponse(Box::new(h225::ServiceControlResponse {
        request_seq_num: number,
        result: Some(h225::ServiceControlResult::NotAvailable),
        ..Default::default()
    }))
}

pub(super) fn in_progress(number: u16, delay: Duration) -> RasMessage {
    RasMessage::RequestInProgress(Box::new(h225::RequestInProgress {
        request_seq_num: number,
        delay: u16::try_from(delay.as_millis()).unwrap_or(u16::MAX).max(1),
        ..Default::default()
    }))
}

/// The alternates as they stand in GCF, RCF and URQ.
pub(super) fn alternates(all: &[Alternate]) -> Option<Vec<h225::AlternateGK>> {
    let one = |its: &Alternate| h225::AlternateGK {
        ras_address: transport_address(its.address),
        gatekeeper_identifier: its.identifier.clone(),
        need_to_register: its.register,
        priority: its.priority.min(127),
        ..Default::default()
    };
    (!all.is_empty()).then(|| all.iter().map(one).collect())
}

/// Where else to ask; only where it is full here.
fn elsewhere(config: &GatekeeperConfig, why: Refusal) -> Option<h225::AltGKInfo> {
    let full = matches!(why, Refusal::NoResources | Refusal::ExceedsCallCapacity);
    let alternate_gatekeeper = alternates(&config.alternates).filter(|_| full)?;
    Some(h225::AltGKInfo { alternate_gatekeeper, alt_gk_is_permanent: false, ..Default::default() })
}

/// How many more calls an endpoint takes, if it says so; of what kind does not matter here.
pub(super) fn read_capacity(capacity: Option<&h225::CallCapacity>) -> Option<u32> {
    let its = capacity?.current_call_capacity.as_deref()?;
    let kinds = [
        &its.voice_gw_calls_available,
        &its.h320_gw_calls_available,
        &its.h323_gw_calls_available,
        &its.terminal_calls_available,
        &its.mcu_calls_available,
        &its.sip_gw_calls_available,
    ];
    let said = kinds.into_iter().flatten().flatten();
    said.map(|its| its.calls).reduce(u32::saturating_add)
}

fn call_identifier(id: AdmissionId, its: &Admission) -> Option<h225::CallIdentifier> {
    its.identified.then(|| h225::CallIdentifier { guid: id.call, ..Default::default() })
}
