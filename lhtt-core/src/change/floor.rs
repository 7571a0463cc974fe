//! Control of a session, its floor queue, interventions, scenario: Điều 5 khoản 6, 8 khoản 3 điểm b, 10, 13.

use crate::civil::Moment;
use crate::ids::{ControlGrantId, FloorRequestId, InterventionId, SessionId, SiteId};
use crate::registry::Overridden;
use crate::registry::floor::{
    ControlAsked, ControlGrant, ControlState, FloorPriority, FloorRequest, FloorState, GrantWithdrawn, Intervention,
    InterventionState, Scenario,
};
use crate::request::{Actor, Command};
use crate::submission::Member;
use serde::{Deserialize, Serialize};

/// What can change here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FloorChange {
    /// The managing authority granted control.
    ControlGranted {
        /// Under this name.
        id: ControlGrantId,
        /// To whom, and for how long.
        grant: Box<ControlGrant>,
    },
    /// A grant was withdrawn.
    GrantWithdrawn {
        /// Which.
        id: ControlGrantId,
        /// When, by whom and why.
        withdrawn: GrantWithdrawn,
    },
    /// A site asked for control.
    ControlAsked {
        /// Of which session.
        session: SessionId,
        /// Which site, who and when.
        asked: ControlAsked,
    },
    /// What stood against a site's holding control was overridden.
    ControlOverridden {
        /// Of which session.
        session: SessionId,
        /// Which site.
        site: SiteId,
        /// By whom, when and why.
        overridden: Overridden,
    },
    /// Control is in these hands now.
    Control {
        /// Of which session.
        session: SessionId,
        /// Whose.
        state: ControlState,
        /// Who moved it; nobody where the loss of its holder did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Actor>,
        /// When.
        at: Moment,
        /// Why.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// A session has this scenario now.
    Scenario {
        /// Which session.
        session: SessionId,
        /// Its scenario, with the step it is at.
        scenario: Box<Scenario>,
    },
    /// A member signed up for the floor.
    FloorAsked {
        /// Of which session.
        session: SessionId,
        /// Its number.
        id: FloorRequestId,
        /// The sign-up.
        request: Box<FloorRequest>,
    },
    /// A sign-up stands here now.
    Floor {
        /// Of which session.
        session: SessionId,
        /// Which.
        id: FloorRequestId,
        /// Where it stands.
        state: FloorState,
        /// With this priority.
        priority: FloorPriority,
        /// Until when it is granted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Moment>,
        /// Who said so; nobody where time did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Actor>,
        /// The chair that decided what the Centre carried out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        decided_by: Option<Actor>,
        /// When.
        at: Moment,
    },
    /// The line of a member who signed up is down, or back.
    FloorLine {
        /// Of which session.
        session: SessionId,
        /// Whose.
        member: Member,
        /// Whether it is down.
        down: bool,
        /// When.
        at: Moment,
        /// Back too late for its place: it goes to the back of the queue.
        #[serde(default)]
        requeued: bool,
    },
    /// An intervention was asked for.
    InterventionAsked {
        /// For which session.
        session: SessionId,
        /// Its number.
        id: InterventionId,
        /// What, by whom and why.
        intervention: Box<Intervention>,
    },
    /// A request for intervention was answered.
    InterventionAnswered {
        /// For which session.
        session: SessionId,
        /// Which.
        id: InterventionId,
        /// What became of it.
        state: InterventionState,
        /// Who answered.
        by: Actor,
        /// When.
        at: Moment,
        /// In which words.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        answer: String,
    },
    /// A command was given.
    Commanded {
        /// In which session.
        session: SessionId,
        /// Which.
        command: Command,
        /// By whom.
        by: Actor,
        /// When.
        at: Moment,
    },
    /// A site records or streams for itself, as the scenario lets it.
    SiteRecords {
        /// In which session.
        session: SessionId,
        /// Who started it.
        by: Actor,
        /// Whether it streams the session on.
        stream: bool,
        /// When.
        at: Moment,
    },
}
