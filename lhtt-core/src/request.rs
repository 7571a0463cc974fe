//! The questions that can be put to the regulation, in its own words: no protocol, no address.

mod conduct;
pub mod estate;
mod floor;
mod leg;
mod planning;
mod record;
mod secrecy;

pub use conduct::{ConductAct, ConductStep};
pub use estate::EstateAct;
pub use floor::{
    AddUnlisted, AskFloor, ChairLost, Command, FloorAct, FloorLine, FloorTurn, GiveCommand, GrantControl, GrantFloor,
    HandOver, Intervene, InterventionTurn, OfSession, OverrideControl, Prioritize, RecordBySite, RequestControl,
    SetScenario, WithdrawControl, WithdrawGrant,
};
pub use leg::{Leg, NetworkKind, PinEntry, Protection};
pub use planning::{
    Amend, Announced, AnswerGiven, Cancel, Changes, CheckReply, Convene, FollowUp, NoChanges, PlanFiled, PlanningAct,
    Withdraw,
};
pub use record::{Keep, MoveDifficulty, RecordAct, TellDifficulty};
pub use secrecy::{
    AllowRecording, ConfirmDrops, DeclareDevice, DeclareLink, FileDossier, GrantClearance, JudgeLegs, ReadSession,
    Reclassify, SecrecyAct, WithdrawClearance, WithdrawLink,
};

pub use crate::actor::{Actor, Role};

use crate::decision::{Decision, Disclosure};
use crate::ids::{JoinId, PeerId, RegistrationId, SessionId, SiteId};
use crate::registry::Configuration;
use crate::submission::{Member, Submission, withheld};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A question; [`crate::decide`] answers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Request {
    /// Take over the configured facts. Changes what differs, nothing else.
    Configure(#[serde(deserialize_with = "crate::text::object")] Box<Configuration>),
    /// A registration or notification is handed in.
    Submit(#[serde(deserialize_with = "crate::text::object")] Box<Submission>),
    /// The technical operator accepts a registration and gives the session its number.
    Accept(Accept),
    /// The technical operator refuses a registration.
    Reject(Reject),
    /// A named person with the named role lets a registration pass in spite of a finding that may be overridden.
    Override(Override),
    /// A leg asks to join a session.
    Join(Join),
    /// A leg has left, for whatever reason.
    Leave(Leave),
    /// A session is over.
    End(End),
    /// Sites, their rooms, quotas, endpoints, grants and contacts: Điều 3, 6, 7, 8, 9, 16, 18.
    Estate(Box<EstateAct>),
    /// Amendments, sessions convened by peers, maintenance windows, power cuts and incidents before a session: Điều 11, 12, 19.
    Planning(Box<PlanningAct>),
    /// A session as it runs: rehearsal, start, attendance, incidents, closing, recording, hand-over: Điều 12 khoản 2 điểm b, c, 13, 14.
    Conduct(Box<ConductAct>),
    /// Control of a session, its floor queue, interventions, scenario: Điều 5 khoản 6, 8 khoản 3 điểm b, 10, 13.
    Floor(Box<FloorAct>),
    /// Sessions with state secrets: Điều 5 khoản 2, 11 khoản 5, 14 khoản 4 and the law they stand on.
    Secrecy(Box<SecrecyAct>),
    /// Registers that decide nothing and are reported: plans, difficulties, training, inspections: Điều 15, 18, 19, 20.
    Record(Box<RecordAct>),
}

impl Request {
    /// The request as the journal keeps it: of a secret session nothing that tells what it is about.
    pub fn for_journal(&self) -> Cow<'_, Self> {
        match self {
            Self::Submit(submission) if !submission.classification.is_open() => {
                Cow::Owned(Self::Submit(Box::new(submission.without_content())))
            }
            Self::Secrecy(act) => Cow::Owned(Self::Secrecy(Box::new(act.without_content()))),
            Self::Planning(act) => match act.of_secret_session() {
                Some(bare) => Cow::Owned(Self::Planning(Box::new(bare))),
                None => Cow::Borrowed(self),
            },
            _ => Cow::Borrowed(self),
        }
    }
}

impl Request {
    /// The request as it is kept beside its decision: a decision of which nothing may be told keeps no words either.
    pub(crate) fn kept_with(&self, decision: &Decision) -> Cow<'_, Self> {
        match self {
            Self::Floor(act) if decision.disclosure == Disclosure::Bare => {
                Cow::Owned(Self::Floor(Box::new(act.without_words())))
            }
            Self::Conduct(act) if decision.disclosure == Disclosure::Bare => {
                Cow::Owned(Self::Conduct(Box::new(act.without_words())))
            }
            Self::Planning(act) if decision.disclosure == Disclosure::Bare => {
                Cow::Owned(Self::Planning(Box::new(act.without_content())))
            }
            Self::Reject(reject) if decision.disclosure == Disclosure::Bare => {
                Cow::Owned(Self::Reject(Reject { reason: withheld(&reject.reason), ..reject.clone() }))
            }
            Self::Override(waiver) if decision.disclosure == Disclosure::Bare => {
                Cow::Owned(Self::Override(Override { reason: withheld(&waiver.reason), ..waiver.clone() }))
            }
            _ => self.for_journal(),
        }
    }
}

/// Acceptance of a registration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Accept {
    /// Which one.
    pub registration: RegistrationId,
    /// Who accepts.
    pub actor: Actor,
    /// The number of the session, digits: user part of its SIP URI and its E.164 number.
    pub alias: String,
    /// The number of the room on the MCU, where it differs from the alias.
    pub room: Option<String>,
}

/// Refusal of a registration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reject {
    /// Which one.
    pub registration: RegistrationId,
    /// Who refuses.
    pub actor: Actor,
    /// Why, in the operator's words.
    pub reason: String,
}

/// An override of findings that may be overridden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// Which registration.
    pub registration: RegistrationId,
    /// Who overrides.
    pub actor: Actor,
    /// Why.
    pub reason: String,
}

/// A leg that asks to join.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Join {
    /// The number the gateway gives to this leg; not one that is in a session now.
    pub join: JoinId,
    /// Who calls.
    pub party: Party,
    /// Whom.
    pub called: Called,
    /// What is known of the leg; only some rules ask.
    #[serde(default, deserialize_with = "crate::text::object", skip_serializing_if = "Leg::is_unknown")]
    pub leg: Leg,
}

impl Join {
    /// A leg of which nothing more is known.
    pub fn new(join: JoinId, party: Party, called: Called) -> Self {
        Self { join, party, called, leg: Leg::default() }
    }
}

/// Who a caller was found to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Party {
    /// A configured peer system, proved.
    Peer(PeerId),
    /// A configured site, proved.
    Site(SiteId),
    /// The province's own MCU (Điều 3 khoản 3), proved.
    Mcu,
    /// Nobody known.
    Stranger,
}

impl Party {
    /// The member of a session's list this party could be.
    pub fn member(&self) -> Option<Member> {
        match self {
            Self::Peer(peer) => Some(Member::Peer(peer.clone())),
            Self::Site(site) => Some(Member::Site(site.clone())),
            Self::Mcu | Self::Stranger => None,
        }
    }
}

/// What a leg asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Called {
    /// A party calls the session with this number.
    Alias(String),
    /// The MCU calls a party into a session.
    DialOut {
        /// The number from which the MCU says it calls: a session's alias or room.
        calling: Option<String>,
        /// Whom it calls.
        to: Party,
    },
}

/// A leg that has left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Leave {
    /// Which leg.
    pub join: JoinId,
    /// Why.
    pub reason: LeaveReason,
}

/// Why a leg left.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LeaveReason {
    /// A stable word, as in "hang_up", "busy", "restart".
    pub code: String,
    /// The cause of Q.850, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q850: Option<u8>,
}

impl LeaveReason {
    /// The code of legs that were open when the gateway died.
    pub const RESTART: &'static str = "restart";

    /// Whether the leg was lost, rather than ended by somebody: by its cause, where there is one, else by its code.
    pub fn is_loss(&self) -> bool {
        let ended = match self.q850 {
            Some(cause) => matches!(cause, NORMAL_CLEARING | NORMAL_UNSPECIFIED),
            None => matches!(self.code.as_str(), "hang_up" | "caller" | "callee"),
        };
        !ended && !matches!(self.code.as_str(), "operator" | "regulation")
    }

    /// A reason by code alone.
    pub fn new(code: &str) -> Self {
        Self { code: code.to_owned(), q850: None }
    }
}

/// Q.850 16: normal call clearing.
const NORMAL_CLEARING: u8 = 16;
/// Q.850 31: normal, unspecified.
const NORMAL_UNSPECIFIED: u8 = 31;

/// The end of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct End {
    /// Which session.
    pub session: SessionId,
    /// Who ends it.
    pub actor: Actor,
}
