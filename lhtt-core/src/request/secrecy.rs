//! Acts about sessions with state secrets: Điều 5 khoản 2, 11 khoản 5, 14 khoản 4 and the law they stand on.

use super::Actor;
use crate::ids::{EndpointId, JoinId, LinkId, SessionId};
use crate::registry::{Clearance, Device, Link, RecordingTerms};
use crate::submission::{Classification, Reference, SecretMeetingDossier};
use serde::{Deserialize, Serialize};

/// What can be asked here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SecrecyAct {
    /// File a dossier apart from a registration.
    FileDossier(FileDossier),
    /// Declare a link with what protects it.
    DeclareLink(DeclareLink),
    /// Take a declared link back.
    WithdrawLink(WithdrawLink),
    /// Declare a device for secret sessions.
    DeclareDevice(DeclareDevice),
    /// Clear a person for reading about secret sessions.
    GrantClearance(GrantClearance),
    /// Take a clearance back.
    WithdrawClearance(WithdrawClearance),
    /// Give a session another level, before or while it runs.
    Reclassify(Reclassify),
    /// Drop muted legs before their grace is over.
    ConfirmDrops(ConfirmDrops),
    /// Record a secret session.
    AllowRecording(AllowRecording),
    /// Judge the legs of every running secret session anew, as when a certificate has run out.
    JudgeLegs(JudgeLegs),
    /// Read about a session.
    Read(ReadSession),
}

/// A dossier, filed apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FileDossier {
    /// The name under which a registration finds it; a number of a document.
    pub id: Reference,
    /// For which session, where there is one already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// What it holds.
    #[serde(deserialize_with = "crate::text::object")]
    pub dossier: SecretMeetingDossier,
    /// Who files it.
    pub actor: Actor,
}

/// A link with what protects it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DeclareLink {
    /// Its name.
    pub id: LinkId,
    /// What is declared.
    pub link: Link,
    /// Who declares it.
    pub actor: Actor,
}

/// A link that counts no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WithdrawLink {
    /// Its name.
    pub id: LinkId,
    /// Who takes it back.
    pub actor: Actor,
}

/// A device for secret sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DeclareDevice {
    /// Its name in the register of endpoints.
    pub id: EndpointId,
    /// What is declared.
    pub device: Device,
    /// Who declares it.
    pub actor: Actor,
}

/// A person to be cleared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GrantClearance {
    /// The number of the document that clears.
    pub id: Reference,
    /// Whom, and for what.
    pub clearance: Clearance,
    /// Who clears.
    pub actor: Actor,
}

/// A person cleared no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WithdrawClearance {
    /// The number of the document that cleared.
    pub id: Reference,
    /// Who takes it back.
    pub actor: Actor,
}

/// Another level of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reclassify {
    /// Which session.
    pub session: SessionId,
    /// The level.
    pub to: Classification,
    /// The decision it stands on; to lower a level it must be there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Reference>,
    /// Who.
    pub actor: Actor,
}

/// Muted legs that are to go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ConfirmDrops {
    /// Of which session.
    pub session: SessionId,
    /// Which; all that are muted where none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joins: Vec<JoinId>,
    /// Who.
    pub actor: Actor,
}

/// The recording of a secret session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AllowRecording {
    /// Which session.
    pub session: SessionId,
    /// On what it stands.
    #[serde(default)]
    pub terms: RecordingTerms,
    /// Who.
    pub actor: Actor,
}

/// A wish to judge legs anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct JudgeLegs {
    /// Who.
    pub actor: Actor,
}

/// A wish to read about a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReadSession {
    /// Which session.
    pub session: SessionId,
    /// Who reads.
    pub actor: Actor,
}

impl SecrecyAct {
    /// The same without what is more than a reference.
    pub(crate) fn without_content(&self) -> Self {
        let mut act = self.clone();
        let withhold = |reference: &mut Reference| *reference = std::mem::take(reference).withheld();
        match &mut act {
            Self::FileDossier(file) => {
                file.dossier = file.dossier.without_content();
                withhold(&mut file.id);
            }
            Self::DeclareLink(declare) => {
                declare.link.certificate.iter_mut().chain(&mut declare.link.devices).for_each(withhold);
            }
            Self::DeclareDevice(declare) => {
                let device = &mut declare.device;
                device.co_yeu_supply.iter_mut().chain(&mut device.police_check).for_each(withhold);
            }
            Self::GrantClearance(grant) => withhold(&mut grant.id),
            Self::Reclassify(raise) => raise.document.iter_mut().for_each(withhold),
            Self::AllowRecording(allow) => {
                allow.terms.decision.iter_mut().chain(&mut allow.terms.counter_measures).for_each(withhold);
            }
            Self::WithdrawLink(_)
            | Self::WithdrawClearance(_)
            | Self::ConfirmDrops(_)
            | Self::JudgeLegs(_)
            | Self::Read(_) => {}
        }
        act
    }
}
