//! Acts on the floor queue.

use crate::ids::{FloorRequestId, SessionId};
use crate::registry::floor::{FloorKind, FloorPriority};
use crate::request::Actor;
use crate::submission::Member;
use serde::{Deserialize, Serialize};

/// A sign-up for the floor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AskFloor {
    /// In which session.
    pub session: SessionId,
    /// For whom; for the site of the actor where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<Member>,
    /// Which floor.
    #[serde(default)]
    pub floor: FloorKind,
    /// Who signs up.
    pub actor: Actor,
}

/// A word on one sign-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FloorTurn {
    /// In which session.
    pub session: SessionId,
    /// Which sign-up.
    pub request: FloorRequestId,
    /// Who says so.
    pub actor: Actor,
    /// The chair that decided, where the Centre carries it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<Actor>,
}

/// The floor is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GrantFloor {
    /// In which session.
    pub session: SessionId,
    /// To which sign-up; to the first in the queue where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<FloorRequestId>,
    /// Which floor, where the sign-up is not said.
    #[serde(default)]
    pub floor: FloorKind,
    /// For how long, seconds; the profile's limit where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit_s: Option<u32>,
    /// Who gives it.
    pub actor: Actor,
    /// The chair that decided, where the Centre carries it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<Actor>,
}

/// Another priority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Prioritize {
    /// In which session.
    pub session: SessionId,
    /// Which sign-up.
    pub request: FloorRequestId,
    /// Its priority from now on.
    pub priority: FloorPriority,
    /// Who says so.
    pub actor: Actor,
    /// The chair that decided, where the Centre carries it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<Actor>,
}

/// The line of a member, down or back. Legs that leave and join say the same by themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FloorLine {
    /// In which session.
    pub session: SessionId,
    /// Whose.
    pub member: Member,
    /// Who reports it.
    pub actor: Actor,
}
