//! The floor machine and its queue (Điều 13 khoản 3 điểm b), with the names of RFC 8855.

use crate::civil::Moment;
use crate::ids::FloorRequestId;
use crate::request::Actor;
use crate::submission::Member;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// A sign-up for the floor ("đăng ký phát biểu").
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FloorRequest {
    /// Who wants it.
    pub member: Member,
    /// Which floor.
    #[serde(default)]
    pub floor: FloorKind,
    /// Who signed up for the member.
    pub by: Actor,
    /// When it was received.
    pub received_at: Moment,
    /// When it went to the back of the queue because its member was away longer than the grace; its place counts from then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requeued_at: Option<Moment>,
    /// Since when its member's line is down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub away_since: Option<Moment>,
    /// How urgent the chair finds it.
    #[serde(default)]
    pub priority: FloorPriority,
    /// Where it stands.
    #[serde(default)]
    pub state: FloorState,
    /// Until when it is granted, if there is a limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Moment>,
}

/// Which floor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FloorKind {
    /// To speak.
    #[default]
    Speech,
    /// To present: the one content channel of the session (I5).
    Content,
}

/// How urgent, in the order of RFC 8855 5.2.4.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum FloorPriority {
    Lowest,
    Low,
    #[default]
    Normal,
    High,
    Highest,
}

/// Where a sign-up stands. The last four are ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FloorState {
    /// Received; the chair has not said anything.
    #[default]
    Pending,
    /// In the queue by the chair's word.
    Accepted,
    /// The member has the floor.
    Granted,
    /// The member gave it back.
    Released,
    /// It was taken from the member.
    Revoked,
    /// The chair refused.
    Denied,
    /// The member took it back before its turn.
    Cancelled,
}

/// What happens to a sign-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FloorEvent {
    /// The chair takes it into the queue.
    Accept,
    /// The chair gives the floor.
    Grant,
    /// The chair refuses.
    Deny,
    /// The member gives the floor back.
    Release,
    /// The chair takes the floor away; also when its time is over and the next one's turn comes.
    Revoke,
    /// The member does not want it any more.
    Cancel,
    /// The chair gives it another priority.
    Prioritize,
}

impl FloorEvent {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Accept, Self::Grant, Self::Deny, Self::Release, Self::Revoke, Self::Cancel, Self::Prioritize];
}

impl FloorState {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Pending, Self::Accepted, Self::Granted, Self::Released, Self::Revoked, Self::Denied, Self::Cancelled];

    /// The floor machine: where an event leads; nowhere if it is out of turn.
    ///
    /// | state | accept | grant | deny | release | revoke | cancel | prioritize |
    /// |---|---|---|---|---|---|---|---|
    /// | pending | accepted | granted | denied | – | – | cancelled | stays |
    /// | accepted | – | granted | denied | – | – | cancelled | stays |
    /// | granted | – | – | – | released | revoked | – | – |
    pub const fn next(self, event: FloorEvent) -> Option<Self> {
        use FloorEvent as E;
        match (self, event) {
            (Self::Pending, E::Accept) => Some(Self::Accepted),
            (Self::Pending | Self::Accepted, E::Grant) => Some(Self::Granted),
            (Self::Pending | Self::Accepted, E::Deny) => Some(Self::Denied),
            (Self::Pending | Self::Accepted, E::Cancel) => Some(Self::Cancelled),
            (Self::Pending | Self::Accepted, E::Prioritize) => Some(self),
            (Self::Granted, E::Release) => Some(Self::Released),
            (Self::Granted, E::Revoke) => Some(Self::Revoked),
            // It is in the queue already.
            (Self::Accepted, E::Accept) => None,
            // Nothing is held that could be given back or taken.
            (Self::Pending | Self::Accepted, E::Release | E::Revoke) => None,
            // Its turn has come: the way out is to release or to revoke.
            (Self::Granted, E::Accept | E::Grant | E::Deny | E::Cancel | E::Prioritize) => None,
            // What is over is over; sign up again.
            (Self::Released | Self::Revoked | Self::Denied | Self::Cancelled, _) => None,
        }
    }

    /// Whether it waits for its turn.
    pub const fn waits(self) -> bool {
        matches!(self, Self::Pending | Self::Accepted)
    }

    /// Whether it is over.
    pub const fn over(self) -> bool {
        matches!(self, Self::Released | Self::Revoked | Self::Denied | Self::Cancelled)
    }
}

impl FloorRequest {
    /// Whether its member has been away longer than the grace.
    pub fn lost(&self, grace_s: u32, at: Moment) -> bool {
        self.away_since.is_some_and(|since| at > since.plus_seconds(i64::from(grace_s)))
    }

    /// Whether the floor is this member's now: granted, within its time, and there.
    pub fn holds(&self, grace_s: u32, at: Moment) -> bool {
        self.state == FloorState::Granted && self.until.is_none_or(|until| at <= until) && !self.lost(grace_s, at)
    }
}

/// The order of those who wait for one floor.
pub struct Queue;

impl Queue {
    /// Those who wait, first first: by priority, by receipt, by number; who is away longer than the grace comes last.
    pub fn of<'a>(
        requests: impl Iterator<Item = (&'a FloorRequestId, &'a FloorRequest)>,
        floor: FloorKind,
        grace_s: u32,
        at: Moment,
    ) -> Vec<(FloorRequestId, &'a FloorRequest)> {
        let waiting = requests.filter(|(_, one)| one.floor == floor && one.state.waits());
        let mut queue: Vec<_> = waiting.map(|(id, one)| (*id, one)).collect();
        queue.sort_by_key(|(id, one)| {
            let placed = one.requeued_at.unwrap_or(one.received_at);
            (one.lost(grace_s, at), Reverse(one.priority), placed, *id)
        });
        queue
    }
}
