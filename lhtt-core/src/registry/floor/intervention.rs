//! Requests for intervention: what a chair site asks the Centre to do for it (Điều 13 khoản 1 and 3 điểm c, A-21).

use crate::civil::Moment;
use crate::request::{Actor, Command};
use crate::submission::Member;
use serde::{Deserialize, Serialize};

/// A request for intervention ("can thiệp vượt quyền").
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Intervention {
    /// What is wanted.
    pub wanted: Wanted,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Who asks.
    pub by: Actor,
    /// When.
    pub at: Moment,
    /// Where it stands.
    #[serde(default)]
    pub state: InterventionState,
    /// Who answered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_by: Option<Actor>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<Moment>,
    /// What was said to it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub answer: String,
}

/// What the Centre is to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Wanted {
    /// The chair invites a party that is not on the list (Điều 3 khoản 6 and 7).
    AddMember(Member),
    /// The MCU starts recording.
    StartRecording,
    /// The MCU stops recording.
    StopRecording,
    /// A command that the chair's rights do not reach, or that it may not give itself.
    Command(Command),
    /// A technical incident that needs more than the delegated rights (Điều 13 khoản 3 điểm c).
    Technical,
}

/// Where a request for intervention stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum InterventionState {
    /// It waits for the MCU operator.
    #[default]
    Open,
    /// The MCU operator did it.
    Executed,
    /// The MCU operator did not, and said why.
    Declined,
    /// Whoever asked does not want it any more.
    Recalled,
}

/// What happens to a request for intervention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum InterventionEvent {
    /// It is carried out.
    Execute,
    /// It is declined.
    Decline,
    /// It is taken back.
    Recall,
}

impl InterventionEvent {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Execute, Self::Decline, Self::Recall];
}

impl InterventionState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Open, Self::Executed, Self::Declined, Self::Recalled];

    /// Where an event leads; what has been answered is over.
    pub const fn next(self, event: InterventionEvent) -> Option<Self> {
        match (self, event) {
            (Self::Open, InterventionEvent::Execute) => Some(Self::Executed),
            (Self::Open, InterventionEvent::Decline) => Some(Self::Declined),
            (Self::Open, InterventionEvent::Recall) => Some(Self::Recalled),
            (Self::Executed | Self::Declined | Self::Recalled, _) => None,
        }
    }
}
