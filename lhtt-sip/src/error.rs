//! What the owner of an endpoint can do wrong. What peers do wrong is answered on the wire: see
//! [`crate::message::Fault`] for messages and the endpoint's screen for requests.

use crate::endpoint::InviteId;

/// A command that does not fit. Nothing was sent and nothing changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misuse {
    /// No such INVITE session: never was, or already forgotten.
    #[error("there is no INVITE session {}", .0.get())]
    Unknown(InviteId),
    /// The session is not where the command belongs; often it has just ended, which its events say.
    #[error("`{0}` does not fit the state of the session")]
    State(&'static str),
    /// A status of the wrong class.
    #[error("status `{status}` is not allowed in `{command}`")]
    Status {
        /// The command.
        command: &'static str,
        /// The status given.
        status: u16,
    },
    /// A header name or value that cannot be written as one line, or a header that the endpoint itself writes.
    #[error("header `{0}` cannot be set")]
    Header(String),
    /// A target without what its transport needs: UDP wants a registered listener.
    #[error("the target names no registered UDP listener")]
    Target,
    /// A bound of [`crate::Limits`] is reached.
    #[error("the endpoint is full: `{0}`")]
    Full(&'static str),
}
