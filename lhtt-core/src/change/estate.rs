//! Sites, their rooms, quotas, endpoints, grants and contacts: Điều 3, 6, 7, 8, 9, 16, 18.

use crate::ids::{CredentialId, EndpointId, McuId, QuotaGrantId, SiteId};
use crate::registry::estate::{Credential, Drifted, Endpoint, Mcu, Pin, QuotaGrant, SiteRecord, SiteState};
use serde::{Deserialize, Serialize};

/// What can change here. A record is given whole: it is this now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum EstateChange {
    /// What is known of a site is this now.
    Site {
        /// Which site.
        site: SiteId,
        /// What is known of it.
        record: Box<SiteRecord>,
    },
    /// A site stands here now.
    SiteState {
        /// Which site.
        site: SiteId,
        /// Where.
        state: SiteState,
    },
    /// A site's wrong PINs are these now.
    Pin {
        /// Which site.
        site: SiteId,
        /// Its wrong PINs.
        pin: Pin,
    },
    /// What is known of a terminal is this now.
    Endpoint {
        /// Which terminal.
        endpoint: EndpointId,
        /// What is known of it.
        record: Box<Endpoint>,
    },
    /// A terminal was seen to differ from its fingerprint.
    Drifted {
        /// Which terminal.
        endpoint: EndpointId,
        /// When, and what it said of itself.
        drifted: Drifted,
    },
    /// A grant of further sites is this now.
    QuotaGrant {
        /// Which grant.
        grant: QuotaGrantId,
        /// What it says.
        record: Box<QuotaGrant>,
    },
    /// A credential is this now.
    Credential {
        /// Which credential.
        credential: CredentialId,
        /// What is known of it.
        record: Credential,
    },
    /// A control unit is this now.
    Mcu {
        /// Which one.
        mcu: McuId,
        /// What is known of it.
        record: Mcu,
    },
}
