//! What can be wrong with a session description, by whose fault, and the SIP status that says so.

/// Why a description cannot be read, or leads to no media.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The octets are not a session description.
    #[error("SDP line {line}: {text}")]
    Malformed {
        /// Number of the line, from 1.
        line: usize,
        /// Octets before the line.
        offset: usize,
        /// What is wrong with it.
        text: String,
    },
    /// The peer broke a rule of the negotiation.
    #[error("{text} ({clause})")]
    Violation {
        /// The rule, as in "RFC 3264 6".
        clause: &'static str,
        /// What it did.
        text: String,
    },
    /// Legal, and nothing we can take part in.
    #[error("{0}")]
    Unsupported(String),
    /// Our own caller asked for a description that cannot be written.
    #[error("{0}")]
    Misuse(String),
}

impl Fault {
    /// The SIP status of a request whose body has this fault: 400 where it cannot be read, 488 where its session is
    /// not acceptable here (RFC 3261 21.4.26), 500 where the fault is ours.
    pub fn status(&self) -> u16 {
        match self {
            Self::Malformed { .. } => 400,
            Self::Violation { .. } | Self::Unsupported(_) => 488,
            Self::Misuse(_) => 500,
        }
    }

    /// Where in the octets, if the fault has a place.
    pub fn offset(&self) -> Option<usize> {
        match self {
            Self::Malformed { offset, .. } => Some(*offset),
            _ => None,
        }
    }

    pub(super) fn unsupported(text: impl Into<String>) -> Self {
        Self::Unsupported(text.into())
    }
}
