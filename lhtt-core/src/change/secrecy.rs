//! What changes about sessions with state secrets: Điều 5 khoản 2, 11 khoản 5, 14 khoản 4 and the law they stand on.

use crate::civil::Moment;
use crate::ids::{EndpointId, JoinId, LinkId, SessionId};
use crate::registry::{Clearance, Device, FiledDossier, Link, Read, RecordingTerms, RefusedLeg};
use crate::request::Actor;
use crate::submission::{Classification, Reference};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What can change here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SecrecyChange {
    /// A dossier was filed, new or anew.
    DossierFiled {
        /// Its name.
        id: Reference,
        /// What was filed.
        filed: FiledDossier,
    },
    /// A link was declared, new or anew.
    LinkDeclared {
        /// Its name.
        id: LinkId,
        /// What was declared.
        link: Link,
    },
    /// A link counts no more.
    LinkWithdrawn(LinkId),
    /// A device was declared, new or anew.
    DeviceDeclared {
        /// Its name.
        id: EndpointId,
        /// What was declared.
        device: Device,
    },
    /// A person was cleared, or cleared anew.
    ClearanceGranted {
        /// The document that clears.
        id: Reference,
        /// Whom, and for what.
        clearance: Clearance,
    },
    /// A person is cleared no more.
    ClearanceWithdrawn(Reference),
    /// A session has another level.
    Reclassified(Box<Reclassified>),
    /// Muted legs are to be dropped now.
    DropsConfirmed {
        /// Of which session.
        session: SessionId,
        /// Which.
        joins: Vec<JoinId>,
        /// When.
        at: Moment,
    },
    /// A session that waited for its dossier goes on.
    Resumed {
        /// Which session.
        session: SessionId,
        /// When.
        at: Moment,
    },
    /// A secret session may be recorded.
    RecordingAllowed {
        /// Which session.
        session: SessionId,
        /// On what that stands.
        terms: RecordingTerms,
    },
    /// The legs of a session were judged anew, because a link or device changed.
    LegsJudged {
        /// Of which session.
        session: SessionId,
        /// When.
        at: Moment,
        /// The legs to mute, and when each is to be dropped. A leg that is muted and not among them speaks again.
        legs: BTreeMap<JoinId, RefusedLeg>,
    },
    /// Somebody read about a secret session, or tried to.
    Read(Read),
}

/// Another level of a session, and what that does to it at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reclassified {
    /// Which session.
    pub session: SessionId,
    /// Its level before.
    pub from: Classification,
    /// Its level now.
    pub to: Classification,
    /// When.
    pub at: Moment,
    /// Who.
    pub by: Actor,
    /// The decision it stands on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Reference>,
    /// Whether the session is suspended until its dossier is complete.
    pub suspended: bool,
    /// Whether a running recording stops.
    pub recording_stops: bool,
    /// The legs to mute at once, and when each is to be dropped.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub legs: BTreeMap<JoinId, RefusedLeg>,
}
