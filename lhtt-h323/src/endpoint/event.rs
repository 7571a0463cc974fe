//! What an endpoint tells its owner.

use crate::capability::{Capability, Codec};
use crate::endpoint::command::{AliasAddress, CallId};
use lhtt_core::io::{ListenerId, StreamId};
use std::net::SocketAddr;

/// Where a call came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The stream it came on.
    pub stream: StreamId,
    /// The listener that accepted the stream.
    pub listener: ListenerId,
    /// Our end.
    pub local: SocketAddr,
    /// Their end.
    pub remote: SocketAddr,
}

/// What a Setup says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncomingSetup {
    /// Where it came from.
    pub source: Source,
    /// Who is called: destinationAddress.
    pub called: Vec<AliasAddress>,
    /// The called party number element.
    pub called_number: Option<String>,
    /// Who calls: sourceAddress.
    pub calling: Vec<AliasAddress>,
    /// The calling party number element.
    pub calling_number: Option<String>,
    /// The display element.
    pub display: Option<String>,
    /// The caller's identifier of the call; absent from version 1 peers.
    pub call_identifier: Option<[u8; 16]>,
    /// The conference identifier.
    pub conference_id: [u8; 16],
    /// Fast start: the codecs the caller proposes to receive, in its order. Empty without fast start.
    pub fast: Vec<Codec>,
    /// Fast start: the codecs the caller proposes to send, in its order.
    pub fast_sending: Vec<Codec>,
    /// Whether H.245 goes inside call signalling.
    pub tunnelling: bool,
    /// A separate H.245 channel may be needed: reserve an address and give it with `Endpoint::h245_address` at once.
    pub h245_needed: bool,
    /// The caller's product name, if it says one.
    pub product: Option<String>,
}

/// Which way media goes, seen from us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// We send it.
    Outgoing,
    /// We receive it.
    Incoming,
}

/// Who ended a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReleasedBy {
    /// Our owner.
    Us,
    /// The peer, in order.
    Peer,
    /// The stream failed or was closed.
    Stream,
    /// Something did not come in time; the name of the timer.
    Deadline(&'static str),
    /// The peer broke the protocol beyond repair.
    Violation,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A call came in. Answer with `proceed`, `alert`, `answer` or `release`.
    Incoming {
        /// The call.
        call: CallId,
        /// What its Setup says.
        setup: Box<IncomingSetup>,
    },
    /// The peer goes on with the call.
    Proceeding {
        /// The call.
        call: CallId,
    },
    /// The peer rings.
    Alerting {
        /// The call.
        call: CallId,
    },
    /// The peer answered.
    Connected {
        /// The call.
        call: CallId,
    },
    /// What the peer can receive, each time it says so; empty means that we are to stop sending (hold).
    Capabilities {
        /// The call.
        call: CallId,
        /// In the peer's order.
        capabilities: Vec<Capability>,
    },
    /// A channel is open.
    Channel {
        /// The call.
        call: CallId,
        /// Which way.
        direction: Direction,
        /// What it carries.
        codec: Codec,
        /// With which payload type.
        payload_type: u8,
        /// Where the peer wants RTP (outgoing), or sends it from as far as known.
        remote_rtp: Option<SocketAddr>,
        /// Where the peer wants RTCP.
        remote_rtcp: Option<SocketAddr>,
        /// With which payload type telephone events go on it, if the receiver takes them.
        event_payload_type: Option<u8>,
    },
    /// A channel is closed.
    ChannelClosed {
        /// The call.
        call: CallId,
        /// Which way.
        direction: Direction,
    },
    /// Keys were pressed.
    UserInput {
        /// The call.
        call: CallId,
        /// One character a key: 0-9, A-D, `*`, `#`; `!` is a hook flash.
        digits: String,
    },
    /// The call has ended: no more of its media. Exactly one a call.
    Released {
        /// The call.
        call: CallId,
        /// Q.850 cause.
        cause: u8,
        /// The H.225.0 reason, if one was said.
        reason: Option<ReleaseReason>,
        /// Who ended it.
        by: ReleasedBy,
    },
    /// Nothing of the call is left. The last event of a call, exactly one.
    Forgotten {
        /// The call.
        call: CallId,
    },
    /// Something came that is not the language. For counters and logs.
    Malformed {
        /// Who sent it.
        remote: SocketAddr,
        /// What is wrong with it.
        fault: String,
    },
}

/// Why a call was released, in H.225.0 words (7.6, ReleaseCompleteReason).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are H.225.0's and say it")]
pub enum ReleaseReason {
    NoBandwidth,
    GatekeeperResources,
    UnreachableDestination,
    DestinationRejection,
    InvalidRevision,
    NoPermission,
    UnreachableGatekeeper,
    GatewayResources,
    BadFormatAddress,
    AdaptiveBusy,
    InConf,
    UndefinedReason,
    FacilityCallDeflection,
    SecurityDenied,
    CalledPartyNotRegistered,
    CallerNotRegistered,
    NewConnectionNeeded,
    NonStandardReason,
    ReplaceWithConferenceInvite,
    GenericDataReason,
    NeededFeatureNotSupported,
    TunnelledSignallingRejected,
    InvalidCid,
    SecurityError,
    HopCountExceeded,
}

impl ReleaseReason {
    /// The Q.850 cause that goes with it (H.225.0 table 5).
    pub const fn cause(self) -> u8 {
        match self {
            Self::NoBandwidth => 34,
            Self::GatekeeperResources => 47,
            Self::UnreachableDestination => 3,
            Self::DestinationRejection | Self::FacilityCallDeflection | Self::ReplaceWithConferenceInvite => 16,
            Self::InvalidRevision => 88,
            Self::NoPermission | Self::TunnelledSignallingRejected => 111,
            Self::UnreachableGatekeeper => 38,
            Self::GatewayResources => 42,
            Self::BadFormatAddress => 28,
            Self::AdaptiveBusy => 41,
            Self::InConf => 17,
            Self::CalledPartyNotRegistered => 20,
            Self::NewConnectionNeeded => 47,
            Self::HopCountExceeded => 25,
            Self::UndefinedReason
            | Self::SecurityDenied
            | Self::CallerNotRegistered
            | Self::NonStandardReason
            | Self::GenericDataReason
            | Self::NeededFeatureNotSupported
            | Self::InvalidCid
            | Self::SecurityError => 31,
        }
    }

    /// The reason that says most about a cause, where one does.
    pub const fn of_cause(cause: u8) -> Option<Self> {
        Some(match cause {
            1..=3 => Self::UnreachableDestination,
            17 => Self::InConf,
            20 => Self::CalledPartyNotRegistered,
            25 => Self::HopCountExceeded,
            28 => Self::BadFormatAddress,
            34 => Self::NoBandwidth,
            41 => Self::AdaptiveBusy,
            42 => Self::GatewayResources,
            47 => Self::GatekeeperResources,
            88 => Self::InvalidRevision,
            // 111 is noPermission's cause, but a protocol error is none: who refuses says so itself.
            31 | 95..=101 | 111 => Self::UndefinedReason,
            _ => return None,
        })
    }
}
