//! Methods. Case matters (RFC 3261 7.1); unknown ones are kept as written.

use super::{Fault, Text, scan};
use std::fmt;
use std::str::FromStr;

macro_rules! methods {
    ($($variant:ident $text:literal $doc:literal,)*) => {
        /// A request method.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Method {
            $(#[doc = $doc] $variant,)*
            /// A method that this crate does not know by name.
            Other(Text),
        }

        impl Method {
            /// As written on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Other(text) => text,
                }
            }

            fn known(text: &str) -> Option<Self> {
                match text {
                    $($text => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

methods! {
    Invite "INVITE" "RFC 3261 13",
    Ack "ACK" "RFC 3261 13.2.2.4, 17.1.1.3",
    Bye "BYE" "RFC 3261 15",
    Cancel "CANCEL" "RFC 3261 9",
    Options "OPTIONS" "RFC 3261 11",
    Register "REGISTER" "RFC 3261 10",
    Info "INFO" "RFC 6086",
    Update "UPDATE" "RFC 3311",
    Prack "PRACK" "RFC 3262",
    Refer "REFER" "RFC 3515",
    Subscribe "SUBSCRIBE" "RFC 6665",
    Notify "NOTIFY" "RFC 6665",
    Publish "PUBLISH" "RFC 3903",
    Message "MESSAGE" "RFC 3428",
}

impl Method {
    /// Reads a method, sharing the octets of `text` if it is not a known one.
    pub(crate) fn read(text: &Text, part: &str) -> Result<Self, Fault> {
        if let Some(method) = Self::known(part) {
            return Ok(method);
        }
        if !scan::is_token(part) {
            return Err(Fault::malformed(0, "the method is not a token"));
        }
        Ok(Self::Other(text.part(part)))
    }
}

impl FromStr for Method {
    type Err = Fault;
    fn from_str(text: &str) -> Result<Self, Fault> {
        let text = Text::from(text);
        Self::read(&text, &text)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
