//! RAS messages as octets: their number, what kind they are, reading and writing (H.225.0 7.7, 7.19).

use crate::asn1::h225::{self, RasMessage};
use crate::h235::{Guards, Names, Proof, SecurityFault, Stamp};
use crate::limits;
use crate::per::{Codec as _, Int, Marks, Reader, Spec};
use std::net::SocketAddr;

/// A message read, or what can be said about octets that are none.
#[derive(Debug)]
pub(crate) enum Read {
    /// A message we know.
    Message(u16, Box<RasMessage>, Marks),
    /// A request that is not whole, or a message of later times: XRS answers it (H.225.0 7.19).
    NotUnderstood(u16, String),
    /// Not RAS, or a broken answer: nobody is told.
    Malformed(String),
}

/// Reads a datagram.
pub(crate) fn read(octets: &[u8]) -> Read {
    if octets.len() > limits::RAS_OCTETS_MAX {
        return Read::Malformed(format!("a datagram of {} octets", octets.len()));
    }
    match RasMessage::from_per_marked(octets) {
        Ok((message, marks)) => match sequence_number(&message) {
            Some(number) => Read::Message(number, Box::new(message), marks),
            // Its number cannot be read, and XRS has to have one (1 to 65535).
            None => Read::NotUnderstood(1, "an unknown message".to_owned()),
        },
        Err(fault) => match head(octets) {
            Some(number) => Read::NotUnderstood(number, fault.to_string()),
            None => Read::Malformed(fault.to_string()),
        },
    }
}

/// The octets of a message of ours, with a hash where its receiver has a secret; None where a value of our owner cannot be
/// encoded.
pub(crate) fn write(message: &RasMessage, stamp: Option<Stamp>) -> Option<Vec<u8>> {
    match stamp.filter(|_| !is_discovery(message)) {
        None => message.to_per().ok(),
        Some(stamp) => stamp.write(message.clone(), RasMessage::crypto_tokens_mut),
    }
}

/// Whether a message belongs to discovery, where it is agreed that hashes follow: it carries none (H.235.1 6).
fn is_discovery(message: &RasMessage) -> bool {
    use RasMessage as M;
    matches!(message, M::GatekeeperRequest(_) | M::GatekeeperConfirm(_) | M::GatekeeperReject(_))
}

/// Whether a message that came as these octets is its sender's own, if the sender has a secret.
pub(crate) fn check(
    guards: &mut Guards,
    from: SocketAddr,
    (message, octets, marks): (&RasMessage, &[u8], Marks),
    names: Names<'_>,
) -> Result<(), SecurityFault> {
    let tokens = message.crypto_tokens();
    let proof = (!tokens.is_empty()).then_some(Proof { octets, marks, tokens });
    if is_discovery(message) { Ok(()) } else { guards.check(from.ip(), proof, names) }
}

/// By which identifier a message names the endpoint that says it or that it is for.
pub(crate) fn endpoint_identifier(message: &RasMessage) -> Option<&str> {
    use RasMessage as M;
    match message {
        M::RegistrationConfirm(its) => Some(&its.endpoint_identifier),
        M::RegistrationRequest(its) => its.endpoint_identifier.as_deref(),
        M::UnregistrationRequest(its) => its.endpoint_identifier.as_deref(),
        M::AdmissionRequest(its) => Some(&its.endpoint_identifier),
        M::BandwidthRequest(its) => Some(&its.endpoint_identifier),
        M::DisengageRequest(its) => Some(&its.endpoint_identifier),
        M::InfoRequestResponse(its) => Some(&its.endpoint_identifier),
        M::ResourcesAvailableIndicate(its) => Some(&its.endpoint_identifier),
        _ => None,
    }
}

/// XRS, with the message where it is short.
pub(crate) fn not_understood(number: u16, octets: &[u8]) -> RasMessage {
    RasMessage::UnknownMessageResponse(Box::new(h225::UnknownMessageResponse {
        request_seq_num: number.max(1),
        message_not_understood: (octets.len() <= limits::NOT_UNDERSTOOD_MAX).then(|| octets.to_vec()),
        ..Default::default()
    }))
}

/// Whether a message answers a request; the others ask or tell.
pub(crate) fn is_answer(message: &RasMessage) -> bool {
    use RasMessage as M;
    match message {
        M::GatekeeperRequest(_)
        | M::RegistrationRequest(_)
        | M::UnregistrationRequest(_)
        | M::AdmissionRequest(_)
        | M::BandwidthRequest(_)
        | M::DisengageRequest(_)
        | M::LocationRequest(_)
        | M::InfoRequest(_)
        | M::ResourcesAvailableIndicate(_)
        | M::ServiceControlIndication(_)
        | M::NonStandardMessage(_)
        | M::Unknown { .. } => false,
        M::InfoRequestResponse(its) => its.unsolicited != Some(true) && its.need_response != Some(true),
        _ => true,
    }
}

/// The number of a request that does not decode, from its head. The numbers of answers are not looked for, so that
/// nobody can make us answer an answer.
fn head(octets: &[u8]) -> Option<u16> {
    let mut reader = Reader::new(octets);
    let alternative = reader.alternative(ROOT_MESSAGES, true).ok()?;
    let (_, optionals) = REQUESTS.iter().find(|(request, _)| *request == alternative)?;
    reader.bit().ok()?;
    reader.bitmap(*optionals).ok()?;
    <Int<1, 65535> as Spec<u16>>::read(&mut reader).ok()
}

/// Alternatives of RasMessage before its extension marker.
const ROOT_MESSAGES: u32 = 25;

/// Requests that begin with their number: place in RasMessage, OPTIONAL components of the root.
const REQUESTS: &[(u32, u32)] = &[(0, 4), (3, 3), (6, 3), (9, 7), (12, 2), (15, 1), (18, 2), (21, 2)];

/// The number of a message; None for a message of later times.
pub(crate) fn sequence_number(message: &RasMessage) -> Option<u16> {
    use RasMessage as M;
    Some(match message {
        M::GatekeeperRequest(its) => its.request_seq_num,
        M::GatekeeperConfirm(its) => its.request_seq_num,
        M::GatekeeperReject(its) => its.request_seq_num,
        M::RegistrationRequest(its) => its.request_seq_num,
        M::RegistrationConfirm(its) => its.request_seq_num,
        M::RegistrationReject(its) => its.request_seq_num,
        M::UnregistrationRequest(its) => its.request_seq_num,
        M::UnregistrationConfirm(its) => its.request_seq_num,
        M::UnregistrationReject(its) => its.request_seq_num,
        M::AdmissionRequest(its) => its.request_seq_num,
        M::AdmissionConfirm(its) => its.request_seq_num,
        M::AdmissionReject(its) => its.request_seq_num,
        M::BandwidthRequest(its) => its.request_seq_num,
        M::BandwidthConfirm(its) => its.request_seq_num,
        M::BandwidthReject(its) => its.request_seq_num,
        M::DisengageRequest(its) => its.request_seq_num,
        M::DisengageConfirm(its) => its.request_seq_num,
        M::DisengageReject(its) => its.request_seq_num,
        M::LocationRequest(its) => its.request_seq_num,
        M::LocationConfirm(its) => its.request_seq_num,
        M::LocationReject(its) => its.request_seq_num,
        M::InfoRequest(its) => its.request_seq_num,
        M::InfoRequestResponse(its) => its.request_seq_num,
        M::NonStandardMessage(its) => its.request_seq_num,
        M::UnknownMessageResponse(its) => its.request_seq_num,
        M::RequestInProgress(its) => its.request_seq_num,
        M::ResourcesAvailableIndicate(its) => its.request_seq_num,
        M::ResourcesAvailableConfirm(its) => its.request_seq_num,
        M::InfoRequestAck(its) => its.request_seq_num,
        M::InfoRequestNak(its) => its.request_seq_num,
        M::ServiceControlIndication(its) => its.request_seq_num,
        M::ServiceControlResponse(its) => its.request_seq_num,
        M::AdmissionConfirmSequence(all) => all.first()?.request_seq_num,
        M::Unknown { .. } => return None,
    })
}
