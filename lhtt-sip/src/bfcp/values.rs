//! Small numbers with names: request status, priority and error code (RFC 8855 5.2.4 to 5.2.6).

/// How a floor request stands (RFC 8855 table 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RequestStatus {
    /// A chair has to decide.
    Pending,
    /// It waits in the queue for its floors.
    Accepted,
    /// The beneficiary has the floors.
    Granted,
    /// It was refused.
    Denied,
    /// The participant took it back before it was granted.
    Cancelled,
    /// The participant gave the floors back.
    Released,
    /// The floors were taken away.
    Revoked,
    /// A status that we do not know; it is reported as it came (RFC 8855 10.1.2).
    Other(u8),
}

impl RequestStatus {
    /// The status of a number.
    pub const fn of(number: u8) -> Self {
        match number {
            1 => Self::Pending,
            2 => Self::Accepted,
            3 => Self::Granted,
            4 => Self::Denied,
            5 => Self::Cancelled,
            6 => Self::Released,
            7 => Self::Revoked,
            other => Self::Other(other),
        }
    }

    /// The number on the wire.
    pub const fn number(self) -> u8 {
        match self {
            Self::Pending => 1,
            Self::Accepted => 2,
            Self::Granted => 3,
            Self::Denied => 4,
            Self::Cancelled => 5,
            Self::Released => 6,
            Self::Revoked => 7,
            Self::Other(number) => number,
        }
    }

    /// Whether a request with this status goes on (RFC 8855 10.1.2).
    pub const fn is_ongoing(self) -> bool {
        matches!(self, Self::Pending | Self::Accepted | Self::Granted)
    }
}

/// How urgent a request is (RFC 8855 table 3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// 0
    Lowest,
    /// 1
    Low,
    /// 2, which holds where nothing is said.
    #[default]
    Normal,
    /// 3
    High,
    /// 4, and whatever is above it.
    Highest,
}

impl Priority {
    /// The priority of a number.
    pub const fn of(number: u8) -> Self {
        match number {
            0 => Self::Lowest,
            1 => Self::Low,
            2 => Self::Normal,
            3 => Self::High,
            _ => Self::Highest,
        }
    }

    /// The number on the wire.
    pub const fn number(self) -> u8 {
        self as u8
    }
}

macro_rules! codes {
    ($($name:ident $number:literal $doc:literal,)*) => {
        /// Why a server could not do what a message asked (RFC 8855 table 5).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ErrorCode {
            $(#[doc = $doc] $name,)*
            /// A code that we do not know: some error (RFC 8855 5.2.6).
            Other(u8),
        }

        impl ErrorCode {
            /// The code of a number.
            pub const fn of(number: u8) -> Self {
                match number {
                    $($number => Self::$name,)*
                    other => Self::Other(other),
                }
            }

            /// The number on the wire.
            pub const fn number(self) -> u8 {
                match self {
                    $(Self::$name => $number,)*
                    Self::Other(number) => number,
                }
            }
        }
    };
}

codes! {
    ConferenceDoesNotExist 1 "There is no such conference.",
    UserDoesNotExist 2 "The conference has no such user.",
    UnknownPrimitive 3 "A primitive that the server does not know.",
    UnknownMandatoryAttribute 4 "Attributes that must be understood and are not; the details list their types.",
    UnauthorizedOperation 5 "This user may not do that, or not from there.",
    InvalidFloorId 6 "The conference has no such floor.",
    FloorRequestIdDoesNotExist 7 "There is no such request.",
    MaximumReached 8 "The user has as many requests for the floor as it may.",
    UseTls 9 "The server wants TLS.",
    UnableToParse 10 "The message is not the language.",
    UseDtls 11 "The server wants DTLS.",
    UnsupportedVersion 12 "A version that the server does not speak over this transport.",
    IncorrectLength 13 "The length in the header is not the message's.",
    Generic 14 "None of the others.",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_kept() {
        assert!((0..=255).all(|number| RequestStatus::of(number).number() == number));
        assert!((0..=255).all(|number| ErrorCode::of(number).number() == number));
        assert!((0..=7).all(|number| Priority::of(number).number() == number.min(4)));
    }
}
