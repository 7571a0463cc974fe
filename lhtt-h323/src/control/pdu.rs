//! H.245 messages in the words of the machines: no more than they act on. `words` says them in ASN.1.

use crate::asn1::h245;
use crate::capability::{Capability, Codec};
use std::net::SocketAddr;

/// A message, either way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Pdu {
    Capabilities(CapabilitySet),
    CapabilitiesAck {
        sequence: u8,
    },
    CapabilitiesReject {
        sequence: u8,
    },
    CapabilitiesRelease,
    /// The sender wants our set.
    SendCapabilities,
    Determination {
        terminal_type: u8,
        number: u32,
    },
    /// The receiver of this is master, or slave.
    DeterminationAck {
        receiver_is_master: bool,
    },
    DeterminationReject,
    DeterminationRelease,
    Open(Box<OpenChannel>),
    OpenAck(Box<OpenAck>),
    OpenReject {
        number: u16,
        cause: OpenRefusal,
    },
    OpenConfirm,
    Close {
        number: u16,
    },
    CloseAck {
        number: u16,
    },
    RequestClose {
        number: u16,
    },
    RequestCloseAck {
        number: u16,
    },
    RequestCloseReject {
        number: u16,
    },
    RequestMode {
        sequence: u8,
    },
    RequestModeReject {
        sequence: u8,
    },
    RoundTrip {
        sequence: u8,
    },
    RoundTripAnswer {
        sequence: u8,
    },
    Keys(KeyInput),
    EndSession,
    /// A request, response or command that is not known, to be sent back in a FunctionNotUnderstood.
    NotUnderstood(Box<h245::FunctionNotUnderstood>),
    /// Known, and nothing to act on.
    Ignored,
}

/// Key presses as H.245 user input (H.245 7.12.9).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyInput {
    /// Characters, alphanumeric.
    Text(String),
    /// One key with its duration in milliseconds, if known: signal.
    Signal {
        /// 0-9, A-D, `*`, `#` or `!` for a hook flash.
        key: char,
        /// How long.
        duration: Option<u16>,
    },
    /// The key pressed last goes on for this many milliseconds: signalUpdate.
    SignalUpdate {
        /// How long in all.
        duration: u16,
    },
}

/// A terminal capability set (H.245 7.2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CapabilitySet {
    pub(crate) sequence: u8,
    /// No table, no descriptors: stop sending (H.323 8.4.6).
    pub(crate) empty: bool,
    /// What each entry says: none where it is withdrawn or nothing we know.
    pub(crate) entries: Vec<(u16, Option<Capability>)>,
    /// Entry numbers that a descriptor names; none without descriptors.
    pub(crate) described: Option<Vec<u16>>,
    /// The sender takes keys as signals.
    pub(crate) key_signals: bool,
}

/// What a channel is asked to carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carries {
    Audio { codec: Codec, frames: u8 },
    Other,
}

/// An openLogicalChannel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OpenChannel {
    pub(crate) number: u16,
    pub(crate) carries: Carries,
    pub(crate) session: u8,
    /// It has reverse parameters: bidirectional.
    pub(crate) reverse: bool,
    pub(crate) media: Option<SocketAddr>,
    pub(crate) media_control: Option<SocketAddr>,
    pub(crate) payload_type: Option<u8>,
}

/// An openLogicalChannelAck.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OpenAck {
    pub(crate) number: u16,
    pub(crate) session: u8,
    pub(crate) media: Option<SocketAddr>,
    pub(crate) media_control: Option<SocketAddr>,
    pub(crate) payload_type: Option<u8>,
}

/// Why a channel is refused (H.245 7.3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OpenRefusal {
    Unspecified,
    UnsuitableReverse,
    DataTypeNotSupported,
    DataTypeNotAvailable,
    InvalidSession,
}
