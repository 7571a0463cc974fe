//! Amendments, sessions convened by peers, maintenance windows, power cuts and incidents before a session: Điều 11, 12, 19.

mod changes;

pub use changes::{Changes, NoChanges};

use crate::actor::Actor;
use crate::civil::Moment;
use crate::ids::{PeerId, RegistrationId, SiteId};
use crate::registry::{BackupPlan, Channel, Outage};
use crate::submission::{Classification, Invitee, Receipt};
use serde::{Deserialize, Serialize};

/// What can be asked here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PlanningAct {
    /// The chair agency changes a registration, or completes an incomplete one.
    Amend(Amend),
    /// The chair agency calls a session off before it begins.
    Cancel(Cancel),
    /// The technical operator answers a registration without accepting or refusing it.
    Answer(AnswerGiven),
    /// Time passes: whether the answer to a registration is overdue.
    CheckReply(CheckReply),
    /// The mail that follows an oral request.
    FollowUp(FollowUp),
    /// A peer convenes a session in which the province takes part.
    Convene(Convene),
    /// The carrier announces work on its lines (Điều 19 khoản 1).
    Maintenance(Announced),
    /// The power company announces a power cut (Điều 19 khoản 2).
    PowerCut(Announced),
    /// What was announced is called off.
    Withdraw(Withdraw),
    /// The carrier hands in its backup plan (Điều 19 khoản 1).
    BackupPlan(PlanFiled),
}

impl PlanningAct {
    /// The same without free text about the meeting.
    pub(crate) fn without_content(&self) -> Self {
        match self {
            Self::Amend(amend) => Self::Amend(Amend { changes: amend.changes.without_content(), ..amend.clone() }),
            Self::Cancel(cancel) => Self::Cancel(Cancel { reason: String::new(), ..cancel.clone() }),
            other => other.clone(),
        }
    }

    /// The same without free text, where the act itself says that the session is secret.
    pub(crate) fn of_secret_session(&self) -> Option<Self> {
        match self {
            Self::Amend(amend) if !amend.changes.alone().classification.is_open() => Some(self.without_content()),
            _ => None,
        }
    }
}

/// A revision of a registration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Amend {
    /// Which one.
    pub registration: RegistrationId,
    /// Who amends: of the chair agency, or of the office that notified.
    pub actor: Actor,
    /// The mailbox it came from; that of the registration where not stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_from: Option<String>,
    /// The address it was sent to; that of the registration where not stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_to: Option<String>,
    /// What the technical operator states about its receipt. Without it, receipt is the moment of the decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Receipt>,
    /// Fields of the registration that are something else now, `null` for none.
    #[serde(default, skip_serializing_if = "Changes::is_empty")]
    pub changes: Changes,
    /// Members to add.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub add: Vec<Invitee>,
    /// Members to leave out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remove: Vec<Invitee>,
}

/// A session called off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Cancel {
    /// Which registration.
    pub registration: RegistrationId,
    /// Who: of the chair agency, or of the office that notified.
    pub actor: Actor,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// An answer that leaves the registration where it stands: what it lacks, by mail; anything, by telephone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AnswerGiven {
    /// Which registration.
    pub registration: RegistrationId,
    /// Which of its revisions; the last where not stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
    /// Who answers.
    pub actor: Actor,
    /// How.
    pub by: Channel,
}

/// The timer of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CheckReply {
    /// Which registration.
    pub registration: RegistrationId,
}

/// The mail that follows an oral request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// Which registration.
    pub registration: RegistrationId,
    /// The mailbox it came from.
    pub sent_from: String,
    /// The address it was sent to.
    pub sent_to: String,
}

/// A session convened by a peer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Convene {
    /// The peer system.
    pub peer: PeerId,
    /// Who of the technical operator enters it.
    pub actor: Actor,
    /// Who convenes it, in the peer's words.
    #[serde(default)]
    pub convener: String,
    /// The peer's reference: number and date of its document.
    #[serde(default)]
    pub reference: String,
    /// The province's leading site.
    pub site: SiteId,
    /// The province's other sites, and other peers that take part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Invitee>,
    /// The start.
    pub start: Moment,
    /// The end; the usual length where not stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Moment>,
    /// The number of the session, digits.
    pub alias: String,
    /// The number of the room on the MCU, where it differs from the alias.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<String>,
    /// The degree of secrecy.
    #[serde(default, skip_serializing_if = "Classification::is_open")]
    pub classification: Classification,
}

/// Lines or power that will be off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Announced {
    /// Who announces it: the carrier, or for the power company the technical operator.
    pub actor: Actor,
    /// When, and where.
    pub outage: Outage,
}

/// What was announced is called off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Withdraw {
    /// Who calls it off.
    pub actor: Actor,
    /// Which one, by its id.
    pub outage: String,
}

/// The carrier's backup plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PlanFiled {
    /// Who hands it in.
    pub actor: Actor,
    /// The document.
    pub plan: BackupPlan,
}
