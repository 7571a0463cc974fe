//! The states of a call, what happens to it, and what is true of its parts.

use super::heard::Heard;
use crate::endpoint::event::{ReleaseReason, ReleasedBy};
use crate::q931::MessageType;
use lhtt_core::io::StreamId;
use lhtt_core::time::Instant;

/// What a call waits for. Every state but `Active` and `Over` has a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Caller: Setup is sent, or waits for its stream (T303).
    Calling { deadline: Instant },
    /// Caller: the peer goes on with it (T310).
    Proceeding { deadline: Instant },
    /// Caller: the peer rings (T301).
    Ringing { deadline: Instant },
    /// Callee: our owner is to answer.
    Offered { deadline: Instant, said: Said },
    /// Connected.
    Active,
    /// We said endSession, and wait for the peer's; the owner has been told already.
    Ending { deadline: Instant, cause: u8, reason: Option<ReleaseReason> },
    /// The peer said endSession, or its H.245 connection went; its ReleaseComplete is to follow.
    PeerEnding { deadline: Instant, cause: u8, by: ReleasedBy },
    /// Nothing is left but to be forgotten.
    Over,
}

/// What a callee has said so far. H.245 does not leave us before something was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Said {
    Nothing,
    Proceeding,
    Alerting,
}

/// What happens to a call.
#[derive(Debug)]
pub(crate) enum Happening {
    Proceed,
    Alert,
    Answer,
    Release {
        cause: u8,
        reason: Option<ReleaseReason>,
    },
    Heard(Box<Heard>),
    /// The call signalling stream is gone.
    Lost {
        cause: u8,
    },
    /// The peer's stream is no longer the language.
    Broken,
    /// A message whose inside could not be read; the cause element, if that could.
    Malformed {
        message_type: MessageType,
        cause: Option<u8>,
    },
    /// A message that is not proven to be the peer's, which has a secret.
    Unproven,
    Timeout,
}

impl State {
    pub(crate) fn deadline(self) -> Option<Instant> {
        match self {
            Self::Calling { deadline }
            | Self::Proceeding { deadline }
            | Self::Ringing { deadline }
            | Self::Offered { deadline, .. }
            | Self::Ending { deadline, .. }
            | Self::PeerEnding { deadline, .. } => Some(deadline),
            Self::Active | Self::Over => None,
        }
    }

    /// The name of the timer that runs in this state.
    pub(crate) fn timer(self) -> &'static str {
        match self {
            Self::Calling { .. } => "T303",
            Self::Proceeding { .. } => "T310",
            Self::Ringing { .. } => "T301",
            Self::Offered { .. } => "answer",
            Self::Ending { .. } | Self::PeerEnding { .. } => "end session",
            Self::Active | Self::Over => "none",
        }
    }

    /// The Q.931 call state (Q.931 2.2, as H.225.0 7.2.2.6 numbers it), for Status.
    pub(crate) fn q931(self) -> u8 {
        match self {
            Self::Calling { .. } => 1,
            Self::Proceeding { .. } => 3,
            Self::Ringing { .. } => 4,
            Self::Offered { said: Said::Nothing, .. } => 6,
            Self::Offered { said: Said::Proceeding, .. } => 9,
            Self::Offered { said: Said::Alerting, .. } => 7,
            Self::Active => 10,
            Self::Ending { .. } | Self::PeerEnding { .. } => 19,
            Self::Over => 0,
        }
    }

    /// Whether the setup phase is over, or never was ours to answer.
    pub(crate) fn is_caller_waiting(self) -> bool {
        matches!(self, Self::Calling { .. } | Self::Proceeding { .. } | Self::Ringing { .. })
    }
}

/// What carries H.245.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carrier {
    /// Nothing yet.
    None,
    /// Call signalling.
    Tunnel,
    /// A connection of its own that is to come up: ours to the peer, the peer's to us, or whichever is first.
    Waiting { ours: Option<StreamId>, theirs: Option<StreamId>, deadline: Instant },
    /// A connection of its own.
    Stream(StreamId),
}
