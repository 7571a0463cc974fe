//! Commands to the MCU, interventions, the scenario.

use crate::ids::{InterventionId, SessionId, SiteId};
use crate::registry::floor::{Scenario, Wanted};
use crate::request::Actor;
use crate::submission::Member;
use serde::{Deserialize, Serialize};

/// An act on a session that needs nothing more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OfSession {
    /// Which session.
    pub session: SessionId,
    /// Who acts.
    pub actor: Actor,
}

/// A command to the MCU. Its effect is the MCU's; here it is permitted or refused, and recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Command {
    /// All microphones but the chair's are closed.
    MuteAll,
    /// They are open again.
    UnmuteAll,
    /// One party's microphone is closed.
    Mute(Member),
    /// One party's microphone is open.
    Unmute(Member),
    /// The layout of the picture, by the MCU's name for it.
    Layout(String),
    /// One party in view of all.
    View(Member),
    /// Lecture mode on or off.
    Lecture(bool),
    /// The session is locked or open.
    Lock(bool),
    /// A listed party that waits is let in.
    Admit(Member),
    /// A party's leg is ended.
    Drop(Member),
    /// A listed party is called again.
    Redial(Member),
}

impl Command {
    /// The party it names.
    pub fn member(&self) -> Option<&Member> {
        match self {
            Self::Mute(member)
            | Self::Unmute(member)
            | Self::View(member)
            | Self::Admit(member)
            | Self::Drop(member)
            | Self::Redial(member) => Some(member),
            Self::MuteAll | Self::UnmuteAll | Self::Layout(_) | Self::Lecture(_) | Self::Lock(_) => None,
        }
    }
}

/// A command in a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GiveCommand {
    /// In which session.
    pub session: SessionId,
    /// Which command.
    pub command: Command,
    /// Who gives it.
    pub actor: Actor,
}

/// A party that is not on the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AddUnlisted {
    /// To which session.
    pub session: SessionId,
    /// Whom.
    pub member: Member,
    /// Who adds it.
    pub actor: Actor,
}

/// A request for intervention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Intervene {
    /// In which session.
    pub session: SessionId,
    /// What is wanted.
    pub wanted: Wanted,
    /// Why; for a technical incident, what it is.
    #[serde(default)]
    pub reason: String,
    /// Who asks.
    pub actor: Actor,
}

/// A word on a request for intervention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct InterventionTurn {
    /// In which session.
    pub session: SessionId,
    /// Which.
    pub intervention: InterventionId,
    /// What is said to it; whoever declines says why.
    #[serde(default)]
    pub answer: String,
    /// Where the recording lies that an executed `stop_recording` completes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Who.
    pub actor: Actor,
}

/// A scenario for a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SetScenario {
    /// Which session.
    pub session: SessionId,
    /// The scenario.
    pub scenario: Scenario,
    /// Who binds it.
    pub actor: Actor,
}

/// A recording or streaming leg of a site's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RecordBySite {
    /// In which session.
    pub session: SessionId,
    /// Which site; that of the actor where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<SiteId>,
    /// Whether it streams the session on instead of recording it.
    #[serde(default)]
    pub stream: bool,
    /// Who starts it.
    pub actor: Actor,
}
