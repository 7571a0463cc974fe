//! What a description says about one audio stream: where its author wants RTP and RTCP, in which formats and directions.

use crate::sdp::attribute::Rtcp;
use crate::sdp::{AudioFormat, Connection, Direction, Fault, Media, Profile, Sdp};
use std::net::{IpAddr, SocketAddr};

/// A format that both sides have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreedFormat {
    /// As the peer wants to receive it: its payload type is the one to send with, its fmtp the one to obey.
    pub format: AudioFormat,
    /// The payload type that the peer sends with, which we announced. Mostly the same number.
    pub receive: u8,
}

/// An audio stream as the peer described it, seen from our side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AudioStream {
    /// Which m= line of the description, from 0.
    pub index: usize,
    /// Where the peer receives RTP. May be an address of hold: see [`Self::send_to`].
    pub remote_rtp: SocketAddr,
    /// Where the peer receives RTCP.
    pub remote_rtcp: SocketAddr,
    /// Formats of sound in the peer's preference.
    pub formats: Vec<AgreedFormat>,
    /// RTP events, if both have them.
    pub telephone_event: Option<AgreedFormat>,
    /// Which ways media flows, as we see it: [`Direction::RecvOnly`] where the peer holds us.
    pub direction: Direction,
    /// Milliseconds of sound that the peer wants in a packet.
    pub ptime: Option<u32>,
}

impl AudioStream {
    /// Where to send RTP; none while we must not send.
    pub fn send_to(&self) -> Option<SocketAddr> {
        let held = self.remote_rtp.ip().is_unspecified() || self.remote_rtp.port() == 0;
        (self.direction.sends() && !held).then_some(self.remote_rtp)
    }

    pub(super) fn of(sdp: &Sdp, index: usize, media: &Media) -> Result<Self, Fault> {
        let ip = remote_ip(sdp.connection_of(media))?;
        let Rtcp { port, ip: rtcp_ip } =
            media.rtcp().unwrap_or(Rtcp { port: media.port().saturating_add(1), ip: None });
        Ok(Self {
            index,
            remote_rtp: SocketAddr::new(ip, media.port()),
            remote_rtcp: SocketAddr::new(rtcp_ip.filter(|ip| usable(*ip)).unwrap_or(ip), port),
            formats: Vec::new(),
            telephone_event: None,
            direction: sdp.direction_of(media).reversed(),
            ptime: media.ptime(),
        })
    }
}

/// What the author of an offer can take: every sound format of its first audio stream that we could answer, before we
/// know what we want of it.
///
/// # Errors
/// [`Fault::Unsupported`] or [`Fault::Violation`] where the offer has no audio that we could take part in.
pub fn offered_audio(offer: &Sdp) -> Result<AudioStream, Fault> {
    candidates(offer, |index, media| {
        let mut stream = AudioStream::of(offer, index, media)?;
        let all = media.audio_formats().into_iter().map(|format| AgreedFormat { receive: format.payload_type, format });
        let (events, sounds): (Vec<_>, Vec<_>) = all.partition(|agreed| agreed.format.is_telephone_event());
        stream.formats = sounds.into_iter().filter(|agreed| !agreed.format.is_comfort_noise()).collect();
        // Of several clocks (RFC 4733 2.1) the telephone codecs' one is the one that will be wanted.
        let usual = events.iter().position(|event| event.format.clock_rate == TELEPHONE_CLOCK).unwrap_or(0);
        stream.telephone_event = events.into_iter().nth(usual);
        if stream.formats.is_empty() { Err(no_common_format(media)) } else { Ok(stream) }
    })
}

/// Tries the audio sections in order and gives the first success, or the reason of the first failure that says most.
pub(super) fn candidates<T>(
    offer: &Sdp,
    mut attempt: impl FnMut(usize, &Media) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let (mut secured, mut failure) = (None, None);
    for (index, media) in offer.media().iter().enumerate() {
        if media.kind() != "audio" || media.port() == 0 {
            continue;
        }
        match media.profile() {
            Profile::Avp | Profile::Avpf => match attempt(index, media) {
                Ok(taken) => return Ok(taken),
                Err(fault) => failure = failure.or(Some(fault)),
            },
            Profile::Srtp | Profile::DtlsSrtp => secured = secured.or(Some(media.protocol())),
            Profile::Other => {}
        }
    }
    Err(match (failure, secured) {
        (Some(fault), _) => fault,
        (None, Some(protocol)) => {
            Fault::unsupported(format!("audio is offered over SRTP only (`{protocol}`), which is not supported"))
        }
        (None, None) => Fault::unsupported("no audio over RTP/AVP is offered"),
    })
}

pub(super) fn no_common_format(media: &Media) -> Fault {
    Fault::unsupported(format!("no common audio format among `{}`", media.formats().join(" ")))
}

fn remote_ip(connection: Option<&Connection>) -> Result<IpAddr, Fault> {
    let Some(connection) = connection else {
        let text = "an audio section without a c= line, and none for the session".to_owned();
        return Err(Fault::Violation { clause: "RFC 8866 5.7", text });
    };
    match connection.ip() {
        Some(ip) if usable(ip) || ip.is_unspecified() => Ok(ip),
        Some(ip) => Err(Fault::unsupported(format!("audio to the multicast or broadcast address `{ip}`"))),
        None => Err(Fault::unsupported(format!("an address that is not an IP literal: `{:?}`", connection.host))),
    }
}

/// An address that one host has.
fn usable(ip: IpAddr) -> bool {
    let broadcast = matches!(ip, IpAddr::V4(v4) if v4.is_broadcast());
    !(ip.is_multicast() || ip.is_unspecified() || broadcast)
}

/// Hertz of G.711, G.722, G.728 and G.729 in RTP.
const TELEPHONE_CLOCK: u32 = 8000;
