//! What a check fails of, and what the peer is told in call signalling; in RAS that is `ras::Refusal::Security`.

use crate::endpoint::event::ReleaseReason;
use thiserror::Error;

/// Why a message of a peer that has a secret is not taken. The peer's fault, or an intruder's.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum SecurityFault {
    /// No token, or none that H.235.1 procedure I knows.
    #[error("it carries no H.235.1 hash")]
    Unsigned,
    /// The hash is not that of the message: another secret, or changed on the way.
    #[error("its hash is wrong")]
    Integrity,
    /// Meant for somebody else.
    #[error("it is for somebody else (generalID)")]
    GeneralId,
    /// From somebody else.
    #[error("it is from somebody else (sendersID)")]
    SendersId,
    /// Its clock and ours are too far apart, or it lay on the way.
    #[error("its time is not ours")]
    Time,
    /// It came before.
    #[error("it came before")]
    Replay,
}

impl SecurityFault {
    /// The reason of a ReleaseComplete, whatever the fault: a stranger learns nothing but that it is refused.
    pub const RELEASE: ReleaseReason = ReleaseReason::SecurityDenied;
}
