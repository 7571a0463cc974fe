//! Facts that decisions make: registrations, sessions, joins.

use crate::civil::Moment;
use crate::ids::{JoinId, OrganizationId, PeerId, RegistrationId, SessionId, SiteId};
use crate::request::{Actor, Leg};
use crate::rules::article_12::reply;
use crate::submission::{Classification, Member, Submission, one_site};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A registration or notification as received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Registration {
    /// Its number.
    pub id: RegistrationId,
    /// What was handed in.
    pub submission: Submission,
    /// When it was received.
    pub received_at: Moment,
    /// Where it stands.
    pub state: RegistrationState,
    /// Its override, if one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overridden: Option<Overridden>,
    /// Which revision this is, from 1; each has its own receipt and its own answer.
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub revision: u32,
    /// The revisions before it, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Revision>,
    /// What holds while this revision of an accepted registration awaits its answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands: Option<Box<Standing>>,
}

impl Registration {
    /// The last moment at which the operator's answer is in time (Điều 12 khoản 2 điểm b, A-08).
    pub fn reply_due(&self) -> Moment {
        reply::due(self.received_at)
    }

    /// The session that it was accepted as; also while an amendment of it awaits its answer.
    pub fn session(&self) -> Option<SessionId> {
        match &self.state {
            RegistrationState::Accepted(session) => Some(*session),
            _ => self.stands.as_ref().map(|stands| stands.session),
        }
    }
}

/// A revision that another has taken the place of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Revision {
    /// Its number, from 1.
    pub number: u32,
    /// When it was received.
    pub received_at: Moment,
    /// Whether the operator had answered it before the next one came.
    #[serde(default)]
    pub answered: bool,
}

/// An accepted registration as it stands while an amendment of it is under review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Standing {
    /// Its session.
    pub session: SessionId,
    /// What was accepted.
    pub submission: Submission,
    /// When that was received.
    pub received_at: Moment,
    /// Its override, if one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overridden: Option<Overridden>,
}

fn first() -> u32 {
    1
}

fn is_first(revision: &u32) -> bool {
    *revision == 1
}

/// Where a registration stands (regulation.md 8.3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RegistrationState {
    /// A mandatory item is missing; a further revision may complete it.
    Incomplete,
    /// Complete; the operator's answer is due.
    UnderReview,
    /// Accepted as this session.
    Accepted(SessionId),
    /// Refused.
    Rejected(Rejection),
    /// Called off by the chair agency before the session began.
    Cancelled(Cancellation),
}

/// Who called a session off, when and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Cancellation {
    /// When.
    pub at: Moment,
    /// Who.
    pub by: Actor,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// Who refused a registration, when and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rejection {
    /// When.
    pub at: Moment,
    /// Who; nobody where the rules alone refused it on receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Actor>,
    /// Why, in the operator's words; empty where the rules alone refused it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// Who let a registration pass in spite of findings, when and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Overridden {
    /// When.
    pub at: Moment,
    /// Who.
    pub by: Actor,
    /// Why.
    pub reason: String,
    /// What of a registration it covers. Journals written before this was kept do not say; there it covers whatever may be
    /// overridden, as it did when it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub covers: Option<Covered>,
}

/// What stood against a registration when it was overridden. What comes about later is another human decision.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Covered {
    /// The rules, by name.
    pub rules: BTreeSet<String>,
    /// The clashes with other sessions.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub clashes: BTreeSet<Clash>,
    /// How many ports the MCU lacked.
    #[serde(skip_serializing_if = "is_none_lacking")]
    pub ports: u32,
}

/// Another session in which a site of the list is at that time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Clash {
    /// The other session.
    pub session: SessionId,
    /// The site.
    pub site: SiteId,
    /// Whether it had begun: software never cuts a running session, so that the choice is another one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub running: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn is_none_lacking(ports: &u32) -> bool {
    *ports == 0
}

/// An accepted conference session ("phiên họp trực tuyến").
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// Its number.
    pub id: SessionId,
    /// The registration it comes from.
    pub registration: RegistrationId,
    /// The chairing agency.
    pub agency: OrganizationId,
    /// The chair site; exactly one. Of a session that a peer convenes, the province's leading site.
    #[serde(default = "one_site::none", deserialize_with = "one_site::deserialize")]
    pub chair_site: SiteId,
    /// Who may be in it, sorted by member, the chair site among them.
    pub seats: Vec<Seat>,
    /// The start.
    pub start: Moment,
    /// The planned end, stated or assumed.
    pub end: Moment,
    /// The number to call, digits.
    pub alias: String,
    /// The number of the room on the MCU.
    pub room: String,
    /// The degree of secrecy.
    #[serde(default, skip_serializing_if = "Classification::is_open")]
    pub classification: Classification,
    /// When the operator accepted it.
    pub accepted_at: Moment,
    /// Its end, once it has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<SessionEnd>,
    /// Whether it ended by being called off before it began.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cancelled: bool,
    /// The peer that convened it, where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub convened: Option<Convened>,
}

/// By whom a session was convened that is not the province's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Convened {
    /// The peer system over which it is held.
    pub peer: PeerId,
    /// Who convenes it, in the peer's words.
    pub convener: String,
    /// The peer's reference: number and date of its document.
    pub reference: String,
}

impl Session {
    /// The seat of a member on its list.
    pub fn seat(&self, member: &Member) -> Option<&Seat> {
        self.seat_index(member).map(|at| &self.seats[at])
    }

    pub(crate) fn seat_index(&self, member: &Member) -> Option<usize> {
        self.seats.binary_search_by(|seat| seat.member.cmp(member)).ok()
    }
}

/// One party on a session's list, and its join slots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Seat {
    /// Who.
    pub member: Member,
    /// How many legs it may have at once.
    pub legs: u16,
    /// How many it has.
    #[serde(default)]
    pub taken: u16,
}

/// The end of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SessionEnd {
    /// When.
    pub at: Moment,
    /// Who ended it.
    pub by: Actor,
}

/// A leg that is in a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Joined {
    /// Its number.
    pub join: JoinId,
    /// The session.
    pub session: SessionId,
    /// As which member of the list.
    pub member: Member,
    /// Who called whom.
    pub direction: Direction,
    /// Since when.
    pub at: Moment,
    /// What is known of the leg.
    #[serde(default, skip_serializing_if = "Leg::is_unknown")]
    pub leg: Leg,
}

/// Who called whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The party called the session.
    Inbound,
    /// The MCU called the party.
    DialOut,
}
