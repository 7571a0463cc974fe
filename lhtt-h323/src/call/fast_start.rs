//! Fast connect (H.323 8.1.7): proposals in Setup, and what of them is taken.
//!
//! A proposal is an openLogicalChannel. Seen from the caller, a forward one carries what the caller sends and its RTCP
//! address; a reverse one carries what the caller receives, and where. The callee returns those it takes, forward ones
//! with its own addresses filled in.

use crate::asn1::h245::{self, DataType, ForwardMultiplexParameters, H2250LogicalChannelParameters};
use crate::asn1::h245::{OpenLogicalChannel, ReverseMultiplexParameters};
use crate::capability::{Capability, Codec, MediaPorts};
use crate::control::words::{audio, read_audio, read_h2250, transport_address};
use crate::control::{AUDIO_SESSION, OpenedChannel, rtcp_beside};
use crate::endpoint::event::Direction;
use crate::per::Codec as _;
use std::net::SocketAddr;

/// Where fast connect stands.
#[derive(Clone, Debug, Default)]
pub(crate) enum FastStart {
    /// Not proposed, refused or given up.
    #[default]
    None,
    /// Caller: proposed, and not answered yet.
    Proposed,
    /// Callee: the peer's proposals.
    Offered(Vec<Proposal>),
    /// Agreed.
    Taken,
}

/// A proposal for audio.
#[derive(Clone, Debug)]
pub(crate) struct Proposal {
    open: OpenLogicalChannel,
    /// The caller receives on it.
    reverse: bool,
    pub(crate) codec: Codec,
    media: Option<SocketAddr>,
    media_control: Option<SocketAddr>,
    payload_type: Option<u8>,
}

/// A channel that was agreed on, with its number.
pub(crate) type Agreed = (u16, OpenedChannel);

/// Our proposals, both ways for each codec, in preference. `number` gives channel numbers.
pub(crate) fn propose(capabilities: &[Capability], media: MediaPorts, mut number: impl FnMut() -> u16) -> Vec<Vec<u8>> {
    let mut proposals = Vec::with_capacity(2 * capabilities.len());
    for capability in capabilities {
        let Capability::Audio { codec, frames } = *capability else { continue };
        let data_type = DataType::AudioData(audio(codec, frames));
        let its = session(media);
        let reverse = {
            let its =
                H2250LogicalChannelParameters { media_channel: Some(transport_address(media.rtp)), ..its.clone() };
            reverse_channel(number(), data_type.clone(), its)
        };
        let forward = forward_channel(number(), data_type, its);
        proposals.extend([reverse, forward].iter().filter_map(|open| open.to_per().ok()));
    }
    proposals
}

/// The audio proposals among these, in order. One that does not decode is passed over.
pub(crate) fn read(list: &[Vec<u8>]) -> Vec<Proposal> {
    list.iter().filter_map(|octets| read_one(OpenLogicalChannel::from_per(octets).ok()?)).collect()
}

/// The codecs of the proposals one way, in order.
pub(crate) fn codecs(proposals: &[Proposal], reverse: bool) -> Vec<Codec> {
    let mut codecs = Vec::new();
    for proposal in proposals.iter().filter(|proposal| proposal.reverse == reverse) {
        if !codecs.contains(&proposal.codec) {
            codecs.push(proposal.codec);
        }
    }
    codecs
}

/// Caller: what the callee took, at most one channel each way.
pub(crate) fn accepted(list: &[Vec<u8>], ours: &[Capability]) -> Vec<Agreed> {
    let mut agreed: Vec<Agreed> = Vec::with_capacity(2);
    for taken in read(list) {
        let direction = if taken.reverse { Direction::Incoming } else { Direction::Outgoing };
        let known = ours.iter().any(|capability| capability.codec() == Some(taken.codec));
        let repeated = agreed.iter().any(|(_, channel)| channel.direction == direction);
        // A channel we are to send on is of no use without an address.
        if !known || repeated || (direction == Direction::Outgoing && taken.media.is_none()) {
            continue;
        }
        agreed.push((taken.open.forward_logical_channel_number, taken.channel(direction, ours)));
    }
    agreed
}

/// Callee: takes the first capability that is proposed both ways, else the first each way. Gives the elements to return
/// and the channels.
pub(crate) fn take(
    proposals: &[Proposal],
    ours: &[Capability],
    media: MediaPorts,
    mut number: impl FnMut() -> u16,
) -> (Vec<Vec<u8>>, Vec<Agreed>) {
    let find = |codec: Codec, reverse: bool| {
        let fits = |proposal: &&Proposal| proposal.codec == codec && proposal.reverse == reverse;
        // What we are to send needs an address.
        proposals.iter().find(|proposal| fits(proposal) && (!reverse || proposal.media.is_some()))
    };
    let codecs = || ours.iter().filter_map(|capability| capability.codec());
    let both = codecs().find_map(|codec| Some((find(codec, false)?, find(codec, true)?)));
    let (forward, reverse) = match both {
        Some((forward, reverse)) => (Some(forward), Some(reverse)),
        None => (codecs().find_map(|codec| find(codec, false)), codecs().find_map(|codec| find(codec, true))),
    };
    let (mut elements, mut agreed) = (Vec::with_capacity(2), Vec::with_capacity(2));
    if let Some(octets) = forward.and_then(|proposal| proposal.returned(None, media)) {
        elements.push(octets);
        agreed.extend(forward.map(|p| (p.open.forward_logical_channel_number, p.channel(Direction::Incoming, ours))));
    }
    // A reverse channel is ours to number (H.323 8.1.7.1).
    let ours_to_number = number();
    if let Some(octets) = reverse.and_then(|proposal| proposal.returned(Some(ours_to_number), media)) {
        elements.push(octets);
        agreed.extend(reverse.map(|p| (ours_to_number, p.channel(Direction::Outgoing, &[]))));
    }
    (elements, agreed)
}

fn read_one(open: OpenLogicalChannel) -> Option<Proposal> {
    let reverse = open.forward_logical_channel_parameters.data_type == DataType::NullData;
    let (data_type, its) = if reverse {
        let parameters = open.reverse_logical_channel_parameters.as_ref()?;
        match parameters.multiplex_parameters.as_ref()? {
            ReverseMultiplexParameters::H2250LogicalChannelParameters(its) => (&parameters.data_type, its),
            _ => return None,
        }
    } else {
        let parameters = &open.forward_logical_channel_parameters;
        match &parameters.multiplex_parameters {
            ForwardMultiplexParameters::H2250LogicalChannelParameters(its) => (&parameters.data_type, its),
            _ => return None,
        }
    };
    let DataType::AudioData(format) = data_type else { return None };
    let (codec, _) = read_audio(format)?;
    let (session, media, media_control, payload_type) = read_h2250(its);
    let bidirectional = !reverse && open.reverse_logical_channel_parameters.is_some();
    if session != AUDIO_SESSION || bidirectional {
        return None;
    }
    Some(Proposal { open, reverse, codec, media, media_control, payload_type })
}

impl Proposal {
    fn channel(&self, direction: Direction, ours: &[Capability]) -> OpenedChannel {
        let events = ours.iter().find_map(|capability| match capability {
            Capability::TelephoneEvent { payload_type } => Some(*payload_type),
            Capability::Audio { .. } => None,
        });
        OpenedChannel {
            direction,
            codec: self.codec,
            payload_type: self.payload_type.unwrap_or(self.codec.payload_type()),
            remote_rtp: if direction == Direction::Outgoing { self.media } else { None },
            remote_rtcp: self
                .media_control
                .or_else(|| self.media.filter(|_| direction == Direction::Outgoing).map(rtcp_beside)),
            event_payload_type: events.filter(|_| direction == Direction::Incoming),
        }
    }

    /// The element that says it is taken.
    fn returned(&self, number: Option<u16>, media: MediaPorts) -> Option<Vec<u8>> {
        let mut open = self.open.clone();
        if let Some(number) = number {
            open.forward_logical_channel_number = number;
            let parameters = open.reverse_logical_channel_parameters.as_mut()?;
            if let Some(ReverseMultiplexParameters::H2250LogicalChannelParameters(its)) =
                &mut parameters.multiplex_parameters
            {
                its.media_control_channel = Some(transport_address(media.rtcp));
            }
        } else if let ForwardMultiplexParameters::H2250LogicalChannelParameters(its) =
            &mut open.forward_logical_channel_parameters.multiplex_parameters
        {
            its.media_channel = Some(transport_address(media.rtp));
            its.media_control_channel = Some(transport_address(media.rtcp));
        }
        open.to_per().ok()
    }
}

fn session(media: MediaPorts) -> H2250LogicalChannelParameters {
    H2250LogicalChannelParameters {
        session_id: AUDIO_SESSION,
        media_control_channel: Some(transport_address(media.rtcp)),
        silence_suppression: Some(false),
        ..Default::default()
    }
}

fn forward_channel(number: u16, data_type: DataType, its: H2250LogicalChannelParameters) -> OpenLogicalChannel {
    OpenLogicalChannel {
        forward_logical_channel_number: number,
        forward_logical_channel_parameters: h245::ForwardLogicalChannelParameters {
            data_type,
            multiplex_parameters: ForwardMultiplexParameters::H2250LogicalChannelParameters(Box::new(its)),
            ..Default::default()
        },
        ..Default::default()
    }
}

fn reverse_channel(number: u16, data_type: DataType, its: H2250LogicalChannelParameters) -> OpenLogicalChannel {
    OpenLogicalChannel {
        forward_logical_channel_number: number,
        forward_logical_channel_parameters: h245::ForwardLogicalChannelParameters {
            data_type: DataType::NullData,
            multiplex_parameters: ForwardMultiplexParameters::None,
            ..Default::default()
        },
        reverse_logical_channel_parameters: Some(h245::ReverseLogicalChannelParameters {
            data_type,
            multiplex_parameters: Some(ReverseMultiplexParameters::H2250LogicalChannelParameters(Box::new(its))),
            ..Default::default()
        }),
        ..Default::default()
    }
}
