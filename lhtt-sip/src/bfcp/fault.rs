//! What is wrong with a message, and the one place that says which error code answers it.

use super::{ErrorCode, Header};

/// Why a message cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Fewer octets than a header: nobody can be answered.
    #[error("`{0}` octets are no header")]
    Short(usize),
    /// A version that is neither 1 nor 2, or not the one of the transport.
    #[error("version `{}`", .0.version)]
    Version(Header),
    /// The payload length, or what the fragments say, is not what came (RFC 8855 5.1).
    #[error("payload length `{}` in 4-octet units, {came} octets came", .header.payload_length)]
    Length {
        /// The header.
        header: Header,
        /// Octets that came behind it.
        came: usize,
    },
    /// The attributes are not the language of RFC 8855 5.2.
    #[error("{text} (octet {offset})")]
    Malformed {
        /// The header.
        header: Header,
        /// Where, in octets from the start of the message.
        offset: usize,
        /// What.
        text: &'static str,
    },
}

impl Fault {
    /// What answers it (RFC 8855 5.1, 6.2), if anybody can be answered.
    pub fn answer(&self) -> Option<(&Header, ErrorCode)> {
        match self {
            Self::Short(_) => None,
            Self::Version(header) => Some((header, ErrorCode::UnsupportedVersion)),
            Self::Length { header, .. } => Some((header, ErrorCode::IncorrectLength)),
            Self::Malformed { header, .. } => Some((header, ErrorCode::UnableToParse)),
        }
    }
}
