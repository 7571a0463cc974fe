//! Identifiers of the regulation's objects. Names are shared text (a copy is a pointer), numbers are given by whoever
//! opens the object. Leaves out: what the objects are, see [`crate::registry`].

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

macro_rules! text_id {
    ($(#[doc = $doc:literal])* $name:ident) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id of this name.
            pub fn new(name: &str) -> Self {
                Self(Arc::from(name))
            }

            /// The name.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(name: &str) -> Self {
                Self::new(name)
            }
        }

        /// A map by this id is asked with the plain name, too. Both are equal, ordered and hashed alike.
        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "description": concat!($($doc),*).trim() })
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(|name| Self(Arc::from(name)))
            }
        }
    };
}

macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

text_id!(
    /// A peer system (Điều 5 khoản 5), by its name in the configuration.
    PeerId
);
text_id!(
    /// An agency or unit ("cơ quan, đơn vị", Điều 2), by its name in the configuration.
    OrganizationId
);
text_id!(
    /// A site ("điểm cầu", Điều 3 khoản 5), by its name in the configuration.
    SiteId
);
text_id!(
    /// An endpoint ("thiết bị đầu cuối", Điều 3 khoản 4), by its name in the register of endpoints.
    EndpointId
);
text_id!(
    /// A link to a site or peer, by its name in the register of protected links.
    LinkId
);
text_id!(
    /// An administrative unit ("đơn vị hành chính": huyện, thành phố), by its name in the configuration.
    UnitId
);
text_id!(
    /// A plan for further sites of a commune and its approval (Điều 7 khoản 3).
    QuotaGrantId
);
text_id!(
    /// A credential of a site in the register of credentials (Điều 6 khoản 7): its name, never the secret.
    CredentialId
);
text_id!(
    /// A multipoint control unit (Điều 3 khoản 3).
    McuId
);
number_id!(
    /// A registration ("đăng ký lịch họp", Điều 12 khoản 2), numbered from 1 in the order of receipt.
    RegistrationId
);
number_id!(
    /// A conference session ("phiên họp trực tuyến"), numbered from 1 in the order of acceptance.
    SessionId
);
number_id!(
    /// One reading about a secret session, numbered from 1.
    ReadId
);
number_id!(
    /// One leg asking to join, or being in, a session. The gateway gives it; see [`crate::registry::Registry::next_join`].
    JoinId
);
text_id!(
    /// A grant of control (Điều 10, A-31), by the name the managing authority gives it.
    ControlGrantId
);
number_id!(
    /// A sign-up for the floor of a session ("đăng ký phát biểu"), numbered from 1 in each session in the order of receipt.
    FloorRequestId
);
number_id!(
    /// A request for intervention (Điều 13 khoản 3 điểm c, A-21), numbered from 1 in each session.
    InterventionId
);
