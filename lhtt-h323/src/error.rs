//! Errors by fault: whose mistake it was. What goes on the wire for each is decided in `call::fault`, nowhere else.

use thiserror::Error;

/// The octets are not the language.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Malformed {
    /// A TPKT header that cannot be (RFC 1006 6): the stream is lost.
    #[error("tpkt header `{0:02x?}` is not version 3 with a length of 4 to 65535")]
    Tpkt([u8; 4]),
    /// Not a Q.931 message: another protocol discriminator, or no call reference or message type.
    #[error("q.931 header: {0}")]
    Header(&'static str),
    /// An information element runs past the end of its message.
    #[error("q.931 element `{id:#04x}` claims {claimed} octets where {left} are left")]
    Overrun {
        /// Its identifier.
        id: u8,
        /// The length it claims.
        claimed: usize,
        /// What the message has left.
        left: usize,
    },
    /// More elements than a message may have.
    #[error("more than {0} information elements")]
    TooManyElements(usize),
    /// A user-user element that is empty or not for X.208/X.209 (protocol discriminator 5).
    #[error("user-user element: {0}")]
    UserUser(&'static str),
    /// The PER inside does not decode.
    #[error("{what}: {why}")]
    Per {
        /// Which value.
        what: &'static str,
        /// What the decoder said.
        why: String,
    },
}

/// Our caller asked for what cannot be done.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum Misuse {
    /// No such call, or it has ended.
    #[error("no such call")]
    UnknownCall,
    /// The call is not in a state for that.
    #[error("the call is not in a state for `{0}`")]
    WrongState(&'static str),
    /// As many calls as the limits allow.
    #[error("as many calls as the limits allow")]
    TooManyCalls,
    /// Nothing of that kind is asked, or it was answered or given up.
    #[error("no such question")]
    UnknownQuestion,
    /// No such registration.
    #[error("no such registration")]
    UnknownEndpoint,
    /// As many requests without an answer as the limits allow.
    #[error("as many requests as the limits allow")]
    TooManyRequests,
    /// The value cannot be said in H.323.
    #[error("`{0}` cannot be said in H.323")]
    Value(&'static str),
}
