//! What an owner asks of an endpoint.

use crate::capability::{Capability, MediaPorts};
use lhtt_core::io::Transport;
use std::net::{IpAddr, SocketAddr};

/// One call of one endpoint, never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallId(pub(crate) u64);

impl CallId {
    /// The id as a number, for logs and indexes.
    pub const fn get(self) -> u64 {
        self.0
    }
}

/// A name somebody is reached by (H.225.0 7.6, AliasAddress), without its encoding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AliasAddress {
    /// Digits, `*`, `#` and commas.
    DialledDigits(String),
    /// Free text.
    H323Id(String),
    /// A URL, such as `h323:` or `sip:`.
    UrlId(String),
    /// An e-mail address.
    EmailId(String),
    /// A transport address.
    TransportId(SocketAddr),
    /// An E.164 or private number with its type left out.
    PartyNumber(String),
}

impl AliasAddress {
    /// Digits if it is made of them, else free text.
    pub fn of(text: &str) -> Self {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b"*#,".contains(&b));
        if digits { Self::DialledDigits(text.to_owned()) } else { Self::H323Id(text.to_owned()) }
    }

    /// Its text, if it has one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::DialledDigits(t) | Self::H323Id(t) | Self::UrlId(t) | Self::EmailId(t) | Self::PartyNumber(t) => {
                Some(t)
            }
            Self::TransportId(_) => None,
        }
    }
}

/// A call to place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The peer's call signalling address.
    pub remote: SocketAddr,
    /// TCP or TLS.
    pub transport: Transport,
    /// The address to bind, if it matters.
    pub local: Option<IpAddr>,
    /// The name the peer's certificate must bear, for TLS.
    pub server_name: Option<String>,
    /// Who is called (destinationAddress).
    pub called: Vec<AliasAddress>,
    /// The called party number element; digits.
    pub called_number: Option<String>,
    /// Who calls (sourceAddress).
    pub calling: Vec<AliasAddress>,
    /// The calling party number element; digits.
    pub calling_number: Option<String>,
    /// The display element.
    pub display: Option<String>,
    /// The globally unique identifier of the call; one is drawn if absent.
    pub call_identifier: Option<[u8; 16]>,
    /// What we can receive, in preference.
    pub capabilities: Vec<Capability>,
    /// Where we want to receive it.
    pub media: MediaPorts,
    /// Propose channels in Setup.
    pub fast_start: bool,
    /// Offer H.245 inside call signalling.
    pub tunnelling: bool,
    /// Our reserved address for a separate H.245 channel, in case the peer offers none.
    pub h245: Option<SocketAddr>,
}

/// The answer to an incoming call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What we can receive, in preference; fast start proposals are taken by it.
    pub capabilities: Vec<Capability>,
    /// Where we want to receive it.
    pub media: MediaPorts,
}
