//! What a client says, message by message (H.225.0 7.8 to 7.20).

use super::calls::Call;
use super::registration::Registration;
use super::{Admission, RasCall, RasClientConfig, TerminalKind};
use crate::AliasAddress;
use crate::asn1::h225::{self, RasMessage};
use crate::asn1::h235::AuthenticationMechanism;
use crate::call::alias::{self, transport_address};
use crate::call::say::{PROTOCOL, endpoint_type};
use crate::h235::HMAC_SHA1_96;
use crate::limits;
use std::net::SocketAddr;

pub(super) fn gatekeeper_request(number: u16, config: &RasClientConfig, secret: bool) -> RasMessage {
    RasMessage::GatekeeperRequest(Box::new(h225::GatekeeperRequest {
        authentication_capability: secret.then(|| vec![AuthenticationMechanism::PwdHash]),
        algorithm_oids: secret.then(|| vec![HMAC_SHA1_96]),
        request_seq_num: number,
        protocol_identifier: PROTOCOL,
        ras_address: transport_address(config.ras),
        endpoint_type: terminal(config),
        gatekeeper_identifier: config.gatekeeper.clone(),
        endpoint_alias: alias::list(&config.aliases),
        supports_alt_gk: Some(()),
        ..Default::default()
    }))
}

/// RRQ: full, or with `keep_alive` what goes on with a registration.
pub(super) fn registration_request(
    number: u16,
    config: &RasClientConfig,
    its: &Registration,
    keep_alive: bool,
) -> RasMessage {
    let terminal_type = terminal(config);
    let seconds = config.time_to_live.map(|its| u32::try_from(its.as_secs()).unwrap_or(u32::MAX).max(1));
    RasMessage::RegistrationRequest(Box::new(h225::RegistrationRequest {
        request_seq_num: number,
        protocol_identifier: PROTOCOL,
        discovery_complete: its.gatekeeper_identifier.is_some(),
        call_signal_address: config.call_signal.iter().copied().map(transport_address).collect(),
        ras_address: vec![transport_address(config.ras)],
        endpoint_vendor: terminal_type.vendor.clone().unwrap_or_default(),
        terminal_type,
        terminal_alias: alias::list(&config.aliases).filter(|_| !keep_alive),
        gatekeeper_identifier: its.gatekeeper_identifier.clone().or_else(|| config.gatekeeper.clone()),
        time_to_live: seconds,
        keep_alive: Some(keep_alive),
        endpoint_identifier: its.endpoint_identifier.clone(),
        will_supply_uuies: Some(false),
        maintain_connection: Some(false),
        supports_alt_gk: Some(()),
        ..Default::default()
    }))
}

pub(super) fn unregistration_request(number: u16, config: &RasClientConfig, its: &Registration) -> RasMessage {
    RasMessage::UnregistrationRequest(Box::new(h225::UnregistrationRequest {
        request_seq_num: number,
        call_signal_address: config.call_signal.iter().copied().map(transport_address).collect(),
        endpoint_alias: alias::list(&config.aliases),
        endpoint_identifier: its.endpoint_identifier.clone(),
        gatekeeper_identifier: its.gatekeeper_identifier.clone(),
        ..Default::default()
    }))
}

/// UCF; URJ where there is nothing to end.
pub(super) fn unregistration_answer(number: u16, registered: bool) -> RasMessage {
    if registered {
        let confirm = h225::UnregistrationConfirm { request_seq_num: number, ..Default::default() };
        return RasMessage::UnregistrationConfirm(Box::new(confirm));
    }
    RasMessage::UnregistrationReject(Box::new(h225::UnregistrationReject {
        request_seq_num: number,
        reject_reason: crate::ras::Refusal::NotRegistered.unregistration(),
        ..Default::default()
    }))
}

pub(super) fn admission_request(
    number: u16,
    config: &RasClientConfig,
    its: &Registration,
    call: &Admission,
) -> RasMessage {
    let answering = call.call.answering;
    let ours = if call.calling.is_empty() && !answering { &config.aliases } else { &call.calling };
    let address = call.address.map(transport_address);
    let here = config.call_signal.first().copied().map(transport_address);
    let (source, destination) = if answering { (address, here) } else { (here, address) };
    RasMessage::AdmissionRequest(Box::new(h225::AdmissionRequest {
        request_seq_num: number,
        call_model: Some(h225::CallModel::Direct),
        endpoint_identifier: its.endpoint_identifier.clone().unwrap_or_default(),
        destination_info: alias::list(&call.called),
        dest_call_signal_address: destination,
        src_info: ours.iter().filter_map(alias::write).collect(),
        src_call_signal_address: source,
        band_width: call.bandwidth,
        call_reference_value: call.reference,
        conference_id: call.conference,
        answer_call: answering,
        can_map_alias: Some(false),
        call_identifier: Some(call_identifier(call.call)),
        gatekeeper_identifier: its.gatekeeper_identifier.clone(),
        will_supply_uuies: Some(false),
        ..Default::default()
    }))
}

pub(super) fn bandwidth_request(
    number: u16,
    its: &Registration,
    id: RasCall,
    call: &Call,
    bandwidth: u32,
) -> RasMessage {
    RasMessage::BandwidthRequest(Box::new(h225::BandwidthRequest {
        request_seq_num: number,
        endpoint_identifier: its.endpoint_identifier.clone().unwrap_or_default(),
        conference_id: call.conference,
        call_reference_value: call.reference,
        band_width: bandwidth,
        call_identifier: Some(call_identifier(id)),
        gatekeeper_identifier: its.gatekeeper_identifier.clone(),
        answered_call: Some(id.answering),
        ..Default::default()
    }))
}

pub(super) fn bandwidth_answer(number: u16, known: bool, bandwidth: u32) -> RasMessage {
    if known {
        let confirm = h225::BandwidthConfirm { request_seq_num: number, band_width: bandwidth, ..Default::default() };
        return RasMessage::BandwidthConfirm(Box::new(confirm));
    }
    RasMessage::BandwidthReject(Box::new(h225::BandwidthReject {
        request_seq_num: number,
        reject_reason: crate::ras::Refusal::UnknownCall.bandwidth(),
        ..Default::default()
    }))
}

pub(super) fn disengage_request(number: u16, its: &Registration, id: RasCall, call: &Call) -> RasMessage {
    RasMessage::DisengageRequest(Box::new(h225::DisengageRequest {
        request_seq_num: number,
        endpoint_identifier: its.endpoint_identifier.clone().unwrap_or_default(),
        conference_id: call.conference,
        call_reference_value: call.reference,
        disengage_reason: h225::DisengageReason::NormalDrop,
        call_identifier: Some(call_identifier(id)),
        gatekeeper_identifier: its.gatekeeper_identifier.clone(),
        answered_call: Some(id.answering),
        ..Default::default()
    }))
}

pub(super) fn disengage_confirm(number: u16) -> RasMessage {
    let message = h225::DisengageConfirm { request_seq_num: number, ..Default::default() };
    RasMessage::DisengageConfirm(Box::new(message))
}

pub(super) fn location_request(
    number: u16,
    ras: SocketAddr,
    its: &Registration,
    aliases: &[AliasAddress],
) -> RasMessage {
    RasMessage::LocationRequest(Box::new(h225::LocationRequest {
        request_seq_num: number,
        endpoint_identifier: its.endpoint_identifier.clone(),
        destination_info: aliases.iter().filter_map(alias::write).collect(),
        reply_address: transport_address(ras),
        gatekeeper_identifier: its.gatekeeper_identifier.clone(),
        ..Default::default()
    }))
}

/// IRR to an IRQ.
pub(super) fn response(
    number: u16,
    config: &RasClientConfig,
    its: &Registration,
    calls: &[(RasCall, Call)],
    invalid: bool,
) -> RasMessage {
    let mut message = information(number, config, its, calls);
    message.irr_status = Some(match calls.len() > limits::CALLS_PER_REPORT_MAX {
        _ if invalid => h225::InfoRequestResponseStatus::InvalidCall,
        true => h225::InfoRequestResponseStatus::Incomplete,
        false => h225::InfoRequestResponseStatus::Complete,
    });
    RasMessage::InfoRequestResponse(Box::new(message))
}

/// IRR that nobody asked for.
pub(super) fn report(
    number: u16,
    config: &RasClientConfig,
    its: &Registration,
    calls: &[(RasCall, Call)],
    wants_answer: bool,
) -> RasMessage {
    let mut message = information(number, config, its, calls);
    (message.need_response, message.unsolicited) = (Some(wants_answer), Some(true));
    RasMessage::InfoRequestResponse(Box::new(message))
}

fn information(
    number: u16,
    config: &RasClientConfig,
    its: &Registration,
    calls: &[(RasCall, Call)],
) -> h225::InfoRequestResponse {
    let of = |(id, call): &(RasCall, Call)| h225::PerCallInfo {
        call_reference_value: call.reference,
        conference_id: call.conference,
        originator: Some(!id.answering),
        band_width: call.bandwidth,
        call_model: if call.routed { h225::CallModel::GatekeeperRouted } else { h225::CallModel::Direct },
        call_identifier: Some(call_identifier(*id)),
        ..Default::default()
    };
    let per_call: Vec<_> = calls.iter().take(limits::CALLS_PER_REPORT_MAX).map(of).collect();
    h225::InfoRequestResponse {
        request_seq_num: number,
        endpoint_type: terminal(config),
        endpoint_identifier: its.endpoint_identifier.clone().unwrap_or_default(),
        ras_address: transport_address(config.ras),
        call_signal_address: config.call_signal.iter().copied().map(transport_address).collect(),
        endpoint_alias: alias::list(&config.aliases),
        per_call_info: (!per_call.is_empty()).then_some(per_call),
        ..Default::default()
    }
}

pub(super) fn resources(number: u16, its: &Registration, almost_out: bool) -> RasMessage {
    RasMessage::ResourcesAvailableIndicate(Box::new(h225::ResourcesAvailableIndicate {
        request_seq_num: number,
        protocol_identifier: PROTOCOL,
        endpoint_identifier: its.endpoint_identifier.clone().unwrap_or_default(),
        almost_out_of_resources: almost_out,
        ..Default::default()
    }))
}

pub(super) fn service_control_response(number: u16) -> RasMessage {
    RasMessage::ServiceControlResponse(Box::new(h225::ServiceControlResponse {
        request_seq_num: number,
        result: Some(h225::ServiceControlResult::Started),
        ..Default::default()
    }))
}

pub(super) fn non_standard(number: u16, data: h225::NonStandardParameter) -> RasMessage {
    RasMessage::NonStandardMessage(Box::new(h225::NonStandardMessage {
        request_seq_num: number,
        non_standard_data: data,
        ..Default::default()
    }))
}

fn terminal(config: &RasClientConfig) -> h225::EndpointType {
    let vendor = endpoint_type(&config.vendor).vendor;
    let mut its = h225::EndpointType { vendor, ..Default::default() };
    match config.kind {
        TerminalKind::Terminal => its.terminal = Some(h225::TerminalInfo::default()),
        TerminalKind::Gateway => its.gateway = Some(h225::GatewayInfo::default()),
        TerminalKind::Mcu => its.mcu = Some(h225::McuInfo::default()),
    }
    its
}

fn call_identifier(id: RasCall) -> h225::CallIdentifier {
    h225::CallIdentifier { guid: id.call, ..Default::default() }
}
