//! What is known of the leg by which a party joins: from which endpoint, over which network, how protected.
//!
//! Every field may be unknown. Nothing is concluded from an unknown field; where a rule needs it, it refuses.

use crate::ids::{CredentialId, EndpointId, LinkId};
use crate::registry::estate::{EndpointKind, Fingerprint};
use serde::{Deserialize, Serialize};

/// The facts of a leg, as whoever carries it states them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Leg {
    /// The endpoint ("thiết bị đầu cuối", Điều 3 khoản 4) that calls or is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<EndpointId>,
    /// The network it comes over (Điều 3 khoản 1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network: Option<NetworkKind>,
    /// How it is protected on its way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protection: Option<Protection>,
    /// The declared link it comes over, where its member has several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<LinkId>,
    /// Dedicated or personal, where the endpoint is not in the register.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<EndpointKind>,
    /// What the endpoint says of itself on the wire (Điều 6 khoản 6).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<Fingerprint>,
    /// The credential it used (Điều 6 khoản 7): its name, never the secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential: Option<CredentialId>,
    /// Whether its PIN was right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pin: Option<PinEntry>,
}

impl Leg {
    /// Whether nothing is known of it.
    pub fn is_unknown(&self) -> bool {
        *self == Self::default()
    }
}

/// The networks of Điều 3 khoản 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum NetworkKind {
    /// Mạng truyền số liệu chuyên dùng.
    Tslcd,
    /// Mạng nội bộ.
    Internal,
    /// Internet.
    Internet,
}

/// How a leg is protected, weakest first. What LHTT encrypts itself is never more than [`Self::Tls`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Protection {
    /// Not at all.
    None,
    /// By TLS, IPsec or the like, without cơ yếu means.
    Tls,
    /// By cơ yếu means; counts only over a link declared so, with its certificate.
    CoYeu,
}

/// A PIN that was entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PinEntry {
    /// It was right.
    Right,
    /// It was wrong.
    Wrong,
}
