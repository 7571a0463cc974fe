//! What a side can receive, which flows are open, and the pure function that joins two sides without transcoding.
//!
//! Payload types differ by side: SDP's are the receiver's (RFC 3264 5.1), H.245's the sender's, so a [`Flow`] carries
//! the numbers of its own direction and [`payload_table`] pairs them for the relay. Leaves out: video and content,
//! and mid-call changes of the plan.

use std::net::SocketAddr;

/// An audio codec, neutral between the protocols.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Codec {
    /// G.711 µ-law.
    Pcmu,
    /// G.711 A-law.
    Pcma,
    /// G.722 at 64 kbit/s.
    G722,
    /// G.728.
    G728,
    /// G.729 without annexes, or with annex A.
    G729,
    /// G.723.1.
    G7231,
}

impl Codec {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Pcmu, Self::Pcma, Self::G722, Self::G728, Self::G729, Self::G7231];

    /// The encoding name of RFC 3551.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pcmu => "PCMU",
            Self::Pcma => "PCMA",
            Self::G722 => "G722",
            Self::G728 => "G728",
            Self::G729 => "G729",
            Self::G7231 => "G723",
        }
    }

    /// The static payload type of RFC 3551 table 4.
    pub const fn payload_type(self) -> u8 {
        match self {
            Self::Pcmu => 0,
            Self::G7231 => 4,
            Self::Pcma => 8,
            Self::G722 => 9,
            Self::G728 => 15,
            Self::G729 => 18,
        }
    }

    /// The codec of this encoding name, any case.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|codec| codec.name().eq_ignore_ascii_case(name))
    }
}

/// What a side can receive, in its order of preference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caps {
    /// Codecs, each with the payload type it asks for.
    pub audio: Vec<(Codec, u8)>,
    /// Payload type of telephone events (RFC 4733), if it takes them.
    pub telephone_event: Option<u8>,
}

impl Caps {
    /// These codecs with their static payload types.
    pub fn of(codecs: &[Codec], telephone_event: Option<u8>) -> Self {
        Self { audio: codecs.iter().map(|&codec| (codec, codec.payload_type())).collect(), telephone_event }
    }

    /// The codecs alone.
    pub fn codecs(&self) -> Vec<Codec> {
        self.audio.iter().map(|&(codec, _)| codec).collect()
    }
}

/// Which way a flow goes, seen from us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// From us to the peer of that side.
    ToPeer,
    /// From the peer to us.
    FromPeer,
}

/// One open one-way RTP flow between us and the peer of one side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Which way.
    pub direction: Direction,
    /// Where the peer takes RTP ([`Direction::ToPeer`]).
    pub remote: Option<SocketAddr>,
    /// Where the peer takes RTCP.
    pub remote_rtcp: Option<SocketAddr>,
    /// The codecs that may be on it, with their payload types on this wire; the first is preferred.
    pub audio: Vec<(Codec, u8)>,
    /// Payload type of telephone events on it.
    pub telephone_event: Option<u8>,
}

/// What two sides have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Codecs that both can receive and we allow, in the caller's order.
    pub codecs: Vec<Codec>,
    /// Whether both take telephone events.
    pub telephone_event: bool,
}

/// What both sides can receive, of what we allow. Pure; an empty plan means that the call cannot have media.
pub fn plan(caller: &Caps, callee: &Caps, allowed: &[Codec]) -> Plan {
    let theirs = callee.codecs();
    let codecs =
        caller.codecs().into_iter().filter(|codec| allowed.contains(codec) && theirs.contains(codec)).collect();
    Plan { codecs, telephone_event: caller.telephone_event.is_some() && callee.telephone_event.is_some() }
}

/// What a side may be offered: what the other side can receive and we allow, never more.
pub fn offerable(other: Option<&Caps>, allowed: &[Codec]) -> Caps {
    match other {
        Some(caps) => {
            let codecs: Vec<_> = caps.codecs().into_iter().filter(|codec| allowed.contains(codec)).collect();
            Caps::of(&codecs, caps.telephone_event.map(|_| TELEPHONE_EVENT))
        }
        None => Caps::of(allowed, Some(TELEPHONE_EVENT)),
    }
}

/// Pairs the payload types of a flow that comes in on one side with one that leaves on the other.
pub fn payload_table(from: &Flow, to: &Flow) -> Vec<(u8, u8)> {
    let audio = from.audio.iter().filter_map(|&(codec, here)| {
        to.audio.iter().find(|&&(other, _)| other == codec).map(|&(_, there)| (here, there))
    });
    audio.chain(from.telephone_event.zip(to.telephone_event)).collect()
}

/// The dynamic payload type that we ask for telephone events: the number most equipment uses by default.
pub const TELEPHONE_EVENT: u8 = 101;

#[cfg(test)]
mod tests {
    use super::*;

    fn caps(codecs: &[Codec], event: Option<u8>) -> Caps {
        Caps::of(codecs, event)
    }

    #[test]
    fn a_plan_keeps_the_callers_order_and_our_limits() {
        use Codec::{G722, G729, Pcma, Pcmu};
        let cases: [[&[Codec]; 4]; 4] = [
            [&[Pcma, Pcmu], &[Pcmu, Pcma], &[Pcma, Pcmu], &[Pcma, Pcmu]],
            [&[G722, Pcma], &[Pcma, G722], &[Pcma], &[Pcma]],
            [&[G729], &[Pcma], &[Pcma, G729], &[]],
            [&[], &[Pcma], &[Pcma], &[]],
        ];
        for [caller, callee, allowed, expected] in cases {
            assert_eq!(plan(&caps(caller, None), &caps(callee, None), allowed).codecs, expected);
        }
    }

    #[test]
    fn events_need_both_sides() {
        let with = caps(&[Codec::Pcma], Some(101));
        let without = caps(&[Codec::Pcma], None);
        assert!(plan(&with, &with, &Codec::ALL).telephone_event);
        assert!(!plan(&with, &without, &Codec::ALL).telephone_event);
    }

    #[test]
    fn a_side_is_offered_only_what_the_other_can_receive() {
        let other = caps(&[Codec::G729, Codec::Pcma], None);
        assert_eq!(offerable(Some(&other), &[Codec::Pcma, Codec::Pcmu]), caps(&[Codec::Pcma], None));
        assert_eq!(offerable(None, &[Codec::Pcmu]), caps(&[Codec::Pcmu], Some(TELEPHONE_EVENT)));
    }

    #[test]
    fn payload_types_are_paired_by_codec() {
        let flow = |direction, audio: &[(Codec, u8)], telephone_event| Flow {
            direction,
            remote: None,
            remote_rtcp: None,
            audio: audio.to_vec(),
            telephone_event,
        };
        let from = flow(Direction::FromPeer, &[(Codec::Pcma, 8), (Codec::G722, 9)], Some(96));
        let to = flow(Direction::ToPeer, &[(Codec::G722, 120)], Some(101));
        assert_eq!(payload_table(&from, &to), [(9, 120), (96, 101)]);
    }
}
