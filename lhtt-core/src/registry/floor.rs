//! Control of a session, its floor queue, interventions and scenario: Điều 5 khoản 6, 8 khoản 3 điểm b, 10, 13.
//!
//! What is not written here for a session: its chair site controls it if Điều 10 lets it, else the Centre operates it; nobody
//! signed up, nothing was asked for.

mod apply;
mod control;
mod intervention;
mod profile;
mod queue;
mod scenario;

pub use control::{ControlAsked, ControlEvent, ControlGrant, ControlMode, ControlState, GrantWithdrawn};
pub use intervention::{Intervention, InterventionEvent, InterventionState, Wanted};
pub use profile::{AffiliatedControl, ControlProfile, FloorProfile};
pub use queue::{FloorEvent, FloorKind, FloorPriority, FloorRequest, FloorState, Queue};
pub use scenario::{MemberAct, Scenario, ScenarioStep};

use crate::ids::{ControlGrantId, FloorRequestId, InterventionId, SessionId, SiteId};
use crate::registry::Overridden;
use crate::request::Command;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The facts of this area.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Floor {
    /// The managing authority's grants of control, by name.
    pub grants: BTreeMap<ControlGrantId, ControlGrant>,
    /// Sessions of which there is anything to say, by number.
    pub sessions: BTreeMap<SessionId, SessionFloor>,
}

/// What is known here about one session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SessionFloor {
    /// Who controls it, where that was decided; else Điều 10 says, see [`crate::Registry::control_state`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub control: Option<ControlState>,
    /// A request for control that nobody answered yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<ControlAsked>,
    /// For which sites findings against their holding control were overridden.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub overridden: BTreeMap<SiteId, Overridden>,
    /// Its scenario ("kịch bản"), where one is bound to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scenario: Option<Scenario>,
    /// Sign-ups for the floor, by number; those that are over stay.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub requests: BTreeMap<FloorRequestId, FloorRequest>,
    /// Requests for intervention, by number; those that are over stay.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub interventions: BTreeMap<InterventionId, Intervention>,
    /// The last of each sort of command that holds until another: lock, lecture mode, layout.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub standing: Vec<Command>,
}

impl Floor {
    /// What is known about a session; nothing is the default.
    pub fn session(&self, id: SessionId) -> Option<&SessionFloor> {
        self.sessions.get(&id)
    }

    /// Who controls a session, as it was last decided; nothing, if nobody decided. Who does at a moment is
    /// [`crate::Registry::control_holder`].
    pub fn control(&self, id: SessionId) -> Option<&ControlState> {
        self.sessions.get(&id)?.control.as_ref()
    }

    /// The site to which control of a session was handed, whether or not it may still use it.
    pub(crate) fn delegated(&self, id: SessionId) -> Option<&SiteId> {
        self.control(id)?.holder()
    }
}

impl SessionFloor {
    pub(crate) fn next_request(&self) -> FloorRequestId {
        FloorRequestId(self.requests.last_key_value().map_or(0, |(id, _)| id.0) + 1)
    }

    pub(crate) fn next_intervention(&self) -> InterventionId {
        InterventionId(self.interventions.last_key_value().map_or(0, |(id, _)| id.0) + 1)
    }
}
