//! Codecs and capabilities in neutral words: what a side can receive. How H.245 says them is in `control::words`.

use std::net::SocketAddr;

/// An audio codec with a static payload type (RFC 3551 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Codec {
    /// G.711 µ-law, 64 kbit/s.
    G711U,
    /// G.711 A-law, 64 kbit/s.
    G711A,
    /// G.722, 64 kbit/s.
    G722,
    /// G.723.1, both rates.
    G7231,
    /// G.728.
    G728,
    /// G.729.
    G729,
    /// G.729 Annex A; on the wire the same payload type as G.729.
    G729A,
}

impl Codec {
    /// All of them.
    pub const ALL: [Self; 7] = [Self::G711U, Self::G711A, Self::G722, Self::G7231, Self::G728, Self::G729, Self::G729A];

    /// The static RTP payload type.
    pub const fn payload_type(self) -> u8 {
        match self {
            Self::G711U => 0,
            Self::G7231 => 4,
            Self::G711A => 8,
            Self::G722 => 9,
            Self::G728 => 15,
            Self::G729 | Self::G729A => 18,
        }
    }

    /// The RTP clock rate in hertz; 8000 for G.722 too (RFC 3551 4.5.2).
    pub const fn clock_rate(self) -> u32 {
        8000
    }

    /// The encoding name of RFC 3551.
    pub const fn encoding_name(self) -> &'static str {
        match self {
            Self::G711U => "PCMU",
            Self::G711A => "PCMA",
            Self::G722 => "G722",
            Self::G7231 => "G723",
            Self::G728 => "G728",
            Self::G729 | Self::G729A => "G729",
        }
    }

    /// The usual count that goes with it in H.245: milliseconds for G.711 and G.722, frames for the others.
    pub const fn usual_frames(self) -> u8 {
        match self {
            Self::G711U | Self::G711A | Self::G722 => 20,
            Self::G7231 => 1,
            Self::G728 => 8,
            Self::G729 | Self::G729A => 2,
        }
    }
}

/// Something a side can receive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Capability {
    /// Audio of one codec.
    Audio {
        /// The codec.
        codec: Codec,
        /// The largest packet: milliseconds (G.711, G.722) or frames (the others), as in H.245.
        frames: u8,
    },
    /// Telephone events in the audio stream (RFC 4733; H.245 receiveRTPAudioTelephonyEventCapability).
    TelephoneEvent {
        /// The payload type the receiver wants them with, 96 to 127.
        payload_type: u8,
    },
}

impl Capability {
    /// Audio of a codec with the usual packet size.
    pub const fn audio(codec: Codec) -> Self {
        Self::Audio { codec, frames: codec.usual_frames() }
    }

    /// Telephone events at this payload type.
    pub const fn telephone_event(payload_type: u8) -> Self {
        Self::TelephoneEvent { payload_type }
    }

    /// The codec, if it is audio.
    pub const fn codec(self) -> Option<Codec> {
        match self {
            Self::Audio { codec, .. } => Some(codec),
            Self::TelephoneEvent { .. } => None,
        }
    }
}

/// Where one side wants its media: an RTP and an RTCP address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MediaPorts {
    /// Where RTP is to be sent.
    pub rtp: SocketAddr,
    /// Where RTCP is to be sent.
    pub rtcp: SocketAddr,
}
