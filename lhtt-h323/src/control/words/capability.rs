//! Capability sets and audio formats between H.245 and the neutral words (H.245 B.2).

use crate::asn1::h245::{self, AudioCapability, UserInputCapability};
use crate::capability::{Capability, Codec};
use crate::control::pdu::CapabilitySet;
use crate::limits;

/// The audio format, if it is one of ours. Annex B variants are left out: a peer that has only those wants their name.
pub(crate) fn read_audio(audio: &AudioCapability) -> Option<(Codec, u8)> {
    let (codec, frames) = match audio {
        AudioCapability::G711Alaw64k(frames) => (Codec::G711A, *frames),
        AudioCapability::G711Ulaw64k(frames) => (Codec::G711U, *frames),
        AudioCapability::G72264k(frames) => (Codec::G722, *frames),
        AudioCapability::G7231(its) => (Codec::G7231, its.max_al_sdu_audio_frames),
        AudioCapability::G728(frames) => (Codec::G728, *frames),
        AudioCapability::G729(frames) => (Codec::G729, *frames),
        AudioCapability::G729AnnexA(frames) => (Codec::G729A, *frames),
        _ => return None,
    };
    Some((codec, u8::try_from(frames).unwrap_or(u8::MAX)))
}

/// The format in ASN.1.
pub(crate) fn audio(codec: Codec, frames: u8) -> AudioCapability {
    let frames = u16::from(frames.max(1));
    match codec {
        Codec::G711A => AudioCapability::G711Alaw64k(frames),
        Codec::G711U => AudioCapability::G711Ulaw64k(frames),
        Codec::G722 => AudioCapability::G72264k(frames),
        Codec::G7231 => AudioCapability::G7231(h245::G7231Capability {
            max_al_sdu_audio_frames: frames,
            silence_suppression: false,
        }),
        Codec::G728 => AudioCapability::G728(frames),
        Codec::G729 => AudioCapability::G729(frames),
        Codec::G729A => AudioCapability::G729AnnexA(frames),
    }
}

pub(super) fn read_set(set: &h245::TerminalCapabilitySet) -> CapabilitySet {
    let table = set.capability_table.as_deref().unwrap_or_default();
    let descriptors = set.capability_descriptors.as_deref();
    let entries = table.iter().take(limits::CAPABILITIES_MAX);
    let described = descriptors.map(|descriptors| {
        let sets = descriptors.iter().flat_map(|d| d.simultaneous_capabilities.iter().flatten());
        sets.flatten().copied().take(limits::CAPABILITIES_MAX).collect()
    });
    CapabilitySet {
        sequence: set.sequence_number,
        empty: table.is_empty() && descriptors.is_none_or(<[_]>::is_empty),
        entries: entries
            .clone()
            .map(|entry| (entry.capability_table_entry_number, entry.capability.as_ref().and_then(read_entry)))
            .collect(),
        described,
        key_signals: entries.filter_map(|entry| entry.capability.as_ref()).any(takes_signals),
    }
}

fn read_entry(capability: &h245::Capability) -> Option<Capability> {
    match capability {
        h245::Capability::ReceiveAudioCapability(audio)
        | h245::Capability::ReceiveAndTransmitAudioCapability(audio) => {
            read_audio(audio).map(|(codec, frames)| Capability::Audio { codec, frames })
        }
        h245::Capability::ReceiveRtpAudioTelephonyEventCapability(events) => {
            Some(Capability::TelephoneEvent { payload_type: events.dynamic_rtp_payload_type })
        }
        _ => None,
    }
}

fn takes_signals(capability: &h245::Capability) -> bool {
    matches!(
        capability,
        h245::Capability::ReceiveUserInputCapability(UserInputCapability::Dtmf)
            | h245::Capability::ReceiveAndTransmitUserInputCapability(UserInputCapability::Dtmf)
    )
}

/// Our set: the audio formats as alternatives, everything else beside them.
pub(super) fn set(set: &CapabilitySet) -> h245::TerminalCapabilitySet {
    let mut whole = h245::TerminalCapabilitySet {
        sequence_number: set.sequence,
        protocol_identifier: h245::PROTOCOL_IDENTIFIER,
        ..Default::default()
    };
    if set.empty {
        return whole;
    }
    let (mut table, mut audio_entries, mut simultaneous) = (Vec::new(), Vec::new(), Vec::new());
    for (number, capability) in set.entries.iter().filter_map(|(number, entry)| Some((*number, (*entry)?))) {
        match capability {
            Capability::Audio { .. } => audio_entries.push(number),
            Capability::TelephoneEvent { .. } => simultaneous.push(vec![number]),
        }
        table.push(entry(number, said(capability)));
    }
    if !audio_entries.is_empty() {
        simultaneous.insert(0, audio_entries);
    }
    for keys in [UserInputCapability::BasicString, UserInputCapability::Dtmf] {
        let number = table.len() as u16 + 1;
        table.push(entry(number, h245::Capability::ReceiveAndTransmitUserInputCapability(keys)));
        simultaneous.push(vec![number]);
    }
    whole.multiplex_capability = Some(h245::MultiplexCapability::H2250Capability(Box::new(multiplex())));
    whole.capability_table = Some(table);
    whole.capability_descriptors = Some(vec![h245::CapabilityDescriptor {
        capability_descriptor_number: 0,
        simultaneous_capabilities: Some(simultaneous),
    }]);
    whole
}

fn entry(number: u16, capability: h245::Capability) -> h245::CapabilityTableEntry {
    h245::CapabilityTableEntry { capability_table_entry_number: number, capability: Some(capability) }
}

fn said(capability: Capability) -> h245::Capability {
    match capability {
        Capability::Audio { codec, frames } => h245::Capability::ReceiveAudioCapability(audio(codec, frames)),
        Capability::TelephoneEvent { payload_type } => {
            h245::Capability::ReceiveRtpAudioTelephonyEventCapability(h245::AudioTelephonyEventCapability {
                dynamic_rtp_payload_type: payload_type,
                audio_telephone_event: "0-16".to_owned(),
                ..Default::default()
            })
        }
    }
}

/// Point to point, and centralized conferences as any terminal can join.
fn multiplex() -> h245::H2250Capability {
    let multipoint = h245::MultipointCapability {
        media_distribution_capability: vec![h245::MediaDistributionCapability {
            centralized_control: true,
            centralized_audio: true,
            ..Default::default()
        }],
        ..Default::default()
    };
    h245::H2250Capability {
        maximum_audio_delay_jitter: 60,
        receive_multipoint_capability: multipoint.clone(),
        transmit_multipoint_capability: multipoint.clone(),
        receive_and_transmit_multipoint_capability: multipoint,
        ..Default::default()
    }
}
