//! Control of a session, its floor queue, interventions, scenario: Điều 5 khoản 6, 8 khoản 3 điểm b, 10, 13.

mod command;
mod control;
mod queue;

pub use command::{
    AddUnlisted, Command, GiveCommand, Intervene, InterventionTurn, OfSession, RecordBySite, SetScenario,
};
pub use control::{ChairLost, GrantControl, HandOver, OverrideControl, RequestControl, WithdrawControl, WithdrawGrant};
pub use queue::{AskFloor, FloorLine, FloorTurn, GrantFloor, Prioritize};

use crate::ids::SessionId;
use crate::submission::WITHHELD;
use serde::{Deserialize, Serialize};

/// What can be asked here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FloorAct {
    /// The managing authority grants control to sites.
    GrantControl(GrantControl),
    /// The managing authority withdraws a grant; whoever holds control under it alone loses it.
    WithdrawGrant(WithdrawGrant),
    /// A site asks for control of a session.
    RequestControl(RequestControl),
    /// What stands against a site's holding control, and may be overridden, is overridden.
    OverrideControl(OverrideControl),
    /// The MCU operator hands control over.
    HandOverControl(HandOver),
    /// The holder gives control back.
    ReturnControl(OfSession),
    /// The MCU operator or the managing authority takes control back.
    WithdrawControl(WithdrawControl),
    /// The chair site is lost: control goes to the Centre, or to another site of the same agency.
    ChairLost(ChairLost),
    /// The chair binds a scenario to its session.
    SetScenario(SetScenario),
    /// The chair begins the next step of the scenario.
    NextStep(OfSession),
    /// A site starts to record or stream for itself.
    RecordBySite(RecordBySite),
    /// The chair asks the Centre to intervene.
    RequestIntervention(Intervene),
    /// The MCU operator did what was asked for.
    ExecuteIntervention(InterventionTurn),
    /// The MCU operator declines it.
    DeclineIntervention(InterventionTurn),
    /// The chair takes it back.
    RecallIntervention(InterventionTurn),
    /// A party that is not on the list is added.
    AddUnlisted(AddUnlisted),
    /// A command to the MCU: sound, picture, lock, legs.
    Command(GiveCommand),
    /// A member signs up for the floor.
    AskFloor(AskFloor),
    /// The chair takes a sign-up into the queue.
    AcceptFloor(FloorTurn),
    /// The chair gives the floor.
    GrantFloor(GrantFloor),
    /// The chair refuses a sign-up.
    DenyFloor(FloorTurn),
    /// The chair takes the floor away.
    RevokeFloor(FloorTurn),
    /// The member gives the floor back.
    ReleaseFloor(FloorTurn),
    /// The member takes its sign-up back.
    CancelFloor(FloorTurn),
    /// The chair gives a sign-up another priority.
    PrioritizeFloor(Prioritize),
    /// The line of a member is down.
    LineLost(FloorLine),
    /// The line of a member is back.
    LineBack(FloorLine),
}

impl FloorAct {
    /// The session it is about; a grant of control is about none.
    pub fn session(&self) -> Option<SessionId> {
        match self {
            Self::GrantControl(_) | Self::WithdrawGrant(_) => None,
            Self::RequestControl(act) => Some(act.session),
            Self::OverrideControl(act) => Some(act.session),
            Self::HandOverControl(act) => Some(act.session),
            Self::ReturnControl(act) | Self::NextStep(act) => Some(act.session),
            Self::WithdrawControl(act) => Some(act.session),
            Self::ChairLost(act) => Some(act.session),
            Self::SetScenario(act) => Some(act.session),
            Self::RecordBySite(act) => Some(act.session),
            Self::RequestIntervention(act) => Some(act.session),
            Self::ExecuteIntervention(act) | Self::DeclineIntervention(act) | Self::RecallIntervention(act) => {
                Some(act.session)
            }
            Self::AddUnlisted(act) => Some(act.session),
            Self::Command(act) => Some(act.session),
            Self::AskFloor(act) => Some(act.session),
            Self::GrantFloor(act) => Some(act.session),
            Self::AcceptFloor(act)
            | Self::DenyFloor(act)
            | Self::RevokeFloor(act)
            | Self::ReleaseFloor(act)
            | Self::CancelFloor(act) => Some(act.session),
            Self::PrioritizeFloor(act) => Some(act.session),
            Self::LineLost(act) | Self::LineBack(act) => Some(act.session),
        }
    }

    /// The same without what people wrote, for sessions with state secrets. That something was written still shows.
    pub(crate) fn without_words(&self) -> Self {
        let mut act = self.clone();
        let withhold = |words: &mut String| {
            if !words.trim().is_empty() {
                WITHHELD.clone_into(words);
            }
        };
        match &mut act {
            Self::WithdrawControl(act) => withhold(&mut act.reason),
            Self::OverrideControl(act) => withhold(&mut act.reason),
            Self::RequestIntervention(act) => withhold(&mut act.reason),
            Self::ExecuteIntervention(act) | Self::DeclineIntervention(act) | Self::RecallIntervention(act) => {
                withhold(&mut act.answer);
                act.place.iter_mut().for_each(withhold);
            }
            Self::SetScenario(act) => act.scenario.steps.iter_mut().for_each(|step| withhold(&mut step.what)),
            _ => {}
        }
        act
    }
}
