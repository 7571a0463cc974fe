//! The one table from faults to the wire: which Q.850 cause, and whether Status, ReleaseComplete or the end of the stream.

use crate::endpoint::event::ReleaseReason;
use crate::error::Malformed;
use crate::h235::SecurityFault;
use crate::q931::MessageType;

/// Q.850: normal call clearing.
pub(crate) const NORMAL: u8 = 16;
/// Q.850: no user responding.
pub(crate) const NO_RESPONSE: u8 = 18;
/// Q.850: no answer from user.
pub(crate) const NO_ANSWER: u8 = 19;
/// Q.850: destination out of order.
pub(crate) const OUT_OF_ORDER: u8 = 27;
/// Q.850: response to status inquiry.
pub(crate) const RESPONSE_TO_STATUS_INQUIRY: u8 = 30;
/// Q.850: normal, unspecified.
pub(crate) const UNSPECIFIED: u8 = 31;
/// Q.850: temporary failure.
pub(crate) const TEMPORARY_FAILURE: u8 = 41;
/// Q.850: resource unavailable.
pub(crate) const NO_RESOURCE: u8 = 47;
/// Q.850: invalid call reference value.
pub(crate) const INVALID_CALL_REFERENCE: u8 = 81;
/// Q.850: message type non-existent or not implemented.
pub(crate) const MESSAGE_TYPE_UNKNOWN: u8 = 97;
/// Q.850: invalid information element contents.
pub(crate) const INVALID_ELEMENT: u8 = 100;
/// Q.850: message not compatible with call state.
pub(crate) const WRONG_STATE: u8 = 101;
/// Q.850: recovery on timer expiry.
pub(crate) const TIMER_EXPIRED: u8 = 102;
/// Q.850: protocol error, unspecified.
pub(crate) const PROTOCOL_ERROR: u8 = 111;

/// What goes out for a message that belongs to no call, or could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Nothing.
    Silence,
    /// Status with this cause.
    Status(u8),
    /// ReleaseComplete with this cause and reason.
    Release(u8, Option<ReleaseReason>),
    /// Nothing that could be said: the stream ends.
    Close,
}

/// For a Setup without a good hash from a peer that has a secret.
pub(crate) const UNPROVEN: Answer = Answer::Release(UNSPECIFIED, Some(SecurityFault::RELEASE));

/// For a message without a call that could be read.
pub(crate) fn without_call(message_type: MessageType) -> Answer {
    match message_type {
        MessageType::ReleaseComplete | MessageType::Status => Answer::Silence,
        MessageType::StatusInquiry => Answer::Status(RESPONSE_TO_STATUS_INQUIRY),
        MessageType::Other(_) => Answer::Release(MESSAGE_TYPE_UNKNOWN, Some(ReleaseReason::UndefinedReason)),
        _ => Answer::Release(INVALID_CALL_REFERENCE, Some(ReleaseReason::UndefinedReason)), // Q.931 5.8.3.2
    }
}

/// For a message without a call that could not be read past its header.
pub(crate) fn malformed_without_call(message_type: MessageType, fault: &Malformed) -> Answer {
    match (fault, message_type) {
        (Malformed::Tpkt(_) | Malformed::Header(_), _) => Answer::Close,
        (_, MessageType::ReleaseComplete | MessageType::Status) => Answer::Silence,
        _ => Answer::Release(INVALID_ELEMENT, Some(ReleaseReason::UndefinedReason)),
    }
}
