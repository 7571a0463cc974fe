//! H.245 messages between ASN.1 and the machines' own words. A message we do not know is kept to be sent back.

mod capability;
mod channel;

pub(crate) use capability::{audio, read_audio};
pub(crate) use channel::{read_h2250, transport_address};

use super::pdu::{KeyInput, Pdu};
use crate::asn1::h245::{self, CommandMessage, IndicationMessage, RequestMessage, ResponseMessage};
use crate::asn1::h245::{FunctionNotUnderstood, MultimediaSystemControlMessage};
use crate::error::Malformed;
use crate::limits;
use crate::per::Codec as _;

/// Reads one message.
pub(crate) fn read(octets: &[u8]) -> Result<Pdu, Malformed> {
    let message = MultimediaSystemControlMessage::from_per(octets)
        .map_err(|error| Malformed::Per { what: "H.245 message", why: error.to_string() })?;
    Ok(match message {
        MultimediaSystemControlMessage::Request(request) => read_request(*request),
        MultimediaSystemControlMessage::Response(response) => read_response(*response),
        MultimediaSystemControlMessage::Command(command) => read_command(*command),
        MultimediaSystemControlMessage::Indication(indication) => read_indication(*indication),
        // Nothing names the kind, so nothing can be sent back.
        MultimediaSystemControlMessage::Unknown { .. } => Pdu::Ignored,
    })
}

/// Writes one message; the error names what could not be said.
pub(crate) fn write(pdu: &Pdu) -> Result<Vec<u8>, String> {
    let message = message(pdu).ok_or_else(|| "a message that is only ever read".to_owned())?;
    message.to_per().map_err(|error| error.to_string())
}

fn read_request(request: RequestMessage) -> Pdu {
    match request {
        RequestMessage::TerminalCapabilitySet(set) => Pdu::Capabilities(capability::read_set(&set)),
        RequestMessage::MasterSlaveDetermination(m) => {
            Pdu::Determination { terminal_type: m.terminal_type, number: m.status_determination_number }
        }
        RequestMessage::OpenLogicalChannel(open) => Pdu::Open(Box::new(channel::read_open(&open))),
        RequestMessage::CloseLogicalChannel(m) => Pdu::Close { number: m.forward_logical_channel_number },
        RequestMessage::RequestChannelClose(m) => Pdu::RequestClose { number: m.forward_logical_channel_number },
        RequestMessage::RequestMode(m) => Pdu::RequestMode { sequence: m.sequence_number },
        RequestMessage::RoundTripDelayRequest(m) => Pdu::RoundTrip { sequence: m.sequence_number },
        other => not_understood(FunctionNotUnderstood::Request(Box::new(other))),
    }
}

fn read_response(response: ResponseMessage) -> Pdu {
    match response {
        ResponseMessage::TerminalCapabilitySetAck(m) => Pdu::CapabilitiesAck { sequence: m.sequence_number },
        ResponseMessage::TerminalCapabilitySetReject(m) => Pdu::CapabilitiesReject { sequence: m.sequence_number },
        ResponseMessage::MasterSlaveDeterminationAck(m) => Pdu::DeterminationAck {
            receiver_is_master: m.decision == h245::MasterSlaveDeterminationAckDecision::Master,
        },
        ResponseMessage::MasterSlaveDeterminationReject(_) => Pdu::DeterminationReject,
        ResponseMessage::OpenLogicalChannelAck(ack) => Pdu::OpenAck(Box::new(channel::read_ack(&ack))),
        ResponseMessage::OpenLogicalChannelReject(m) => {
            let cause = channel::read_refusal(&m.cause);
            Pdu::OpenReject { number: m.forward_logical_channel_number, cause }
        }
        ResponseMessage::CloseLogicalChannelAck(m) => Pdu::CloseAck { number: m.forward_logical_channel_number },
        ResponseMessage::RoundTripDelayResponse(m) => Pdu::RoundTripAnswer { sequence: m.sequence_number },
        unknown @ ResponseMessage::Unknown { .. } => not_understood(FunctionNotUnderstood::Response(Box::new(unknown))),
        _ => Pdu::Ignored, // answers to requests that we never make
    }
}

fn read_command(command: CommandMessage) -> Pdu {
    match command {
        CommandMessage::EndSessionCommand(_) => Pdu::EndSession,
        CommandMessage::SendTerminalCapabilitySet(_) => Pdu::SendCapabilities,
        unknown @ CommandMessage::Unknown { .. } => not_understood(FunctionNotUnderstood::Command(Box::new(unknown))),
        _ => Pdu::Ignored, // flow control, video and conference commands concern nothing we have
    }
}

fn read_indication(indication: IndicationMessage) -> Pdu {
    match indication {
        IndicationMessage::MasterSlaveDeterminationRelease(_) => Pdu::DeterminationRelease,
        IndicationMessage::TerminalCapabilitySetRelease(_) => Pdu::CapabilitiesRelease,
        IndicationMessage::OpenLogicalChannelConfirm(_) => Pdu::OpenConfirm,
        IndicationMessage::UserInput(input) => read_keys(input),
        _ => Pdu::Ignored,
    }
}

fn read_keys(input: h245::UserInputIndication) -> Pdu {
    match input {
        h245::UserInputIndication::Alphanumeric(mut text) => {
            text.truncate(text.floor_char_boundary(limits::DIGITS_MAX));
            Pdu::Keys(KeyInput::Text(text))
        }
        h245::UserInputIndication::Signal(signal) => match signal.signal_type.chars().next() {
            Some(key) => Pdu::Keys(KeyInput::Signal { key, duration: signal.duration }),
            None => Pdu::Ignored,
        },
        h245::UserInputIndication::SignalUpdate(update) => {
            Pdu::Keys(KeyInput::SignalUpdate { duration: update.duration })
        }
        _ => Pdu::Ignored,
    }
}

fn not_understood(what: FunctionNotUnderstood) -> Pdu {
    Pdu::NotUnderstood(Box::new(what))
}

fn message(pdu: &Pdu) -> Option<MultimediaSystemControlMessage> {
    if let Some(message) = request(pdu) {
        return Some(MultimediaSystemControlMessage::Request(Box::new(message)));
    }
    if let Some(message) = response(pdu) {
        return Some(MultimediaSystemControlMessage::Response(Box::new(message)));
    }
    if let Some(message) = indication(pdu) {
        return Some(MultimediaSystemControlMessage::Indication(Box::new(message)));
    }
    let end = || CommandMessage::EndSessionCommand(h245::EndSessionCommand::Disconnect);
    (*pdu == Pdu::EndSession).then(|| MultimediaSystemControlMessage::Command(Box::new(end())))
}

fn request(pdu: &Pdu) -> Option<RequestMessage> {
    Some(match pdu {
        Pdu::Capabilities(set) => RequestMessage::TerminalCapabilitySet(Box::new(capability::set(set))),
        Pdu::Determination { terminal_type, number } => {
            RequestMessage::MasterSlaveDetermination(h245::MasterSlaveDetermination {
                terminal_type: *terminal_type,
                status_determination_number: *number,
                ..Default::default()
            })
        }
        Pdu::Open(open) => RequestMessage::OpenLogicalChannel(Box::new(channel::open(open)?)),
        Pdu::Close { number } => RequestMessage::CloseLogicalChannel(h245::CloseLogicalChannel {
            forward_logical_channel_number: *number,
            source: h245::CloseLogicalChannelSource::User,
            ..Default::default()
        }),
        _ => return None,
    })
}

fn response(pdu: &Pdu) -> Option<ResponseMessage> {
    Some(match pdu {
        Pdu::CapabilitiesAck { sequence } => {
            let ack = h245::TerminalCapabilitySetAck { sequence_number: *sequence, ..Default::default() };
            ResponseMessage::TerminalCapabilitySetAck(ack)
        }
        Pdu::DeterminationAck { receiver_is_master } => {
            use h245::MasterSlaveDeterminationAckDecision::{Master, Slave};
            let decision = if *receiver_is_master { Master } else { Slave };
            let ack = h245::MasterSlaveDeterminationAck { decision, ..Default::default() };
            ResponseMessage::MasterSlaveDeterminationAck(ack)
        }
        Pdu::DeterminationReject => {
            ResponseMessage::MasterSlaveDeterminationReject(h245::MasterSlaveDeterminationReject {
                cause: h245::MasterSlaveDeterminationRejectCause::IdenticalNumbers,
                ..Default::default()
            })
        }
        Pdu::OpenAck(ack) => ResponseMessage::OpenLogicalChannelAck(Box::new(channel::ack(ack))),
        Pdu::OpenReject { number, cause } => {
            ResponseMessage::OpenLogicalChannelReject(h245::OpenLogicalChannelReject {
                forward_logical_channel_number: *number,
                cause: channel::refusal(*cause),
                ..Default::default()
            })
        }
        Pdu::CloseAck { number: forward_logical_channel_number } => {
            let forward_logical_channel_number = *forward_logical_channel_number;
            ResponseMessage::CloseLogicalChannelAck(h245::CloseLogicalChannelAck {
                forward_logical_channel_number,
                ..Default::default()
            })
        }
        Pdu::RequestCloseAck { number } => ResponseMessage::RequestChannelCloseAck(h245::RequestChannelCloseAck {
            forward_logical_channel_number: *number,
            ..Default::default()
        }),
        Pdu::RequestCloseReject { number } => {
            ResponseMessage::RequestChannelCloseReject(h245::RequestChannelCloseReject {
                forward_logical_channel_number: *number,
                cause: h245::RequestChannelCloseRejectCause::Unspecified,
                ..Default::default()
            })
        }
        Pdu::RequestModeReject { sequence } => ResponseMessage::RequestModeReject(h245::RequestModeReject {
            sequence_number: *sequence,
            cause: h245::RequestModeRejectCause::RequestDenied,
            ..Default::default()
        }),
        Pdu::RoundTripAnswer { sequence } => {
            let answer = h245::RoundTripDelayResponse { sequence_number: *sequence, ..Default::default() };
            ResponseMessage::RoundTripDelayResponse(answer)
        }
        _ => return None,
    })
}

fn indication(pdu: &Pdu) -> Option<IndicationMessage> {
    Some(match pdu {
        Pdu::CapabilitiesRelease => IndicationMessage::TerminalCapabilitySetRelease(Default::default()),
        Pdu::DeterminationRelease => IndicationMessage::MasterSlaveDeterminationRelease(Default::default()),
        Pdu::NotUnderstood(what) => IndicationMessage::FunctionNotUnderstood((**what).clone()),
        Pdu::Keys(keys) => IndicationMessage::UserInput(match keys {
            KeyInput::Text(text) => h245::UserInputIndication::Alphanumeric(text.clone()),
            KeyInput::Signal { key, duration } => h245::UserInputIndication::Signal(Box::new(h245::UserInputSignal {
                signal_type: key.to_string(),
                duration: *duration,
                ..Default::default()
            })),
            KeyInput::SignalUpdate { duration } => {
                let update = h245::UserInputSignalUpdate { duration: *duration, ..Default::default() };
                h245::UserInputIndication::SignalUpdate(update)
            }
        }),
        _ => return None,
    })
}
