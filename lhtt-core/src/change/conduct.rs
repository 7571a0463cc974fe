//! What changes in the course of a session (Điều 12 khoản 2 điểm b, c, 13, 14).

use crate::civil::Moment;
use crate::ids::{SessionId, SiteId};
use crate::registry::{
    AttendanceList, ClosingItem, Incident, Mark, MaterialAnswer, MaterialRequest, OutageReport, Post, Recovery,
    Rehearsal, SelfCheck, SessionEvent, SessionState, StartOverride, Stored, SuspensionCause, Transfer, Waiver,
};
use crate::request::Actor;
use serde::{Deserialize, Serialize};

/// Something happened to a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ConductChange {
    /// Which session.
    pub session: SessionId,
    /// Where it stands from then on.
    pub state: SessionState,
    /// When.
    pub at: Moment,
    /// What.
    pub happened: Happened,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Happened {
    /// A person is on duty at a post; nobody, if no name is given.
    DutyAssigned {
        /// Where.
        post: Post,
        /// Who.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// By whom.
        by: Actor,
    },
    /// A site has checked its room.
    SelfChecked {
        /// Which site.
        site: SiteId,
        /// What it found.
        check: SelfCheck,
        /// By whom.
        by: Actor,
    },
    /// A rehearsal is announced.
    RehearsalScheduled {
        /// For when.
        for_time: Moment,
        /// By whom.
        by: Actor,
    },
    /// A rehearsal has a result.
    Rehearsed(Rehearsal),
    /// Findings against the start are overridden.
    StartOverridden(StartOverride),
    /// It starts.
    Started {
        /// By whom.
        by: Actor,
    },
    /// It is suspended.
    Suspended {
        /// Why.
        cause: SuspensionCause,
        /// By whom.
        by: Actor,
    },
    /// It goes on.
    Resumed {
        /// By whom.
        by: Actor,
    },
    /// The MCU is lost for longer than the grace.
    McuLost {
        /// Since when.
        since: Moment,
        /// Why it is suspended.
        cause: SuspensionCause,
        /// By whom that was reported.
        by: Actor,
    },
    /// A site is lost.
    SiteLost {
        /// Which site.
        site: SiteId,
        /// By whom that was reported.
        by: Actor,
    },
    /// A lost site is back.
    SiteBack {
        /// Which site.
        site: SiteId,
        /// By whom that was reported.
        by: Actor,
    },
    /// An incident is reported.
    IncidentReported(Incident),
    /// The chair asks for lists of who attends.
    AttendanceAsked {
        /// Which sites.
        sites: Vec<SiteId>,
        /// By whom.
        by: Actor,
    },
    /// A site says who attends.
    AttendanceAnswered {
        /// Which site.
        site: SiteId,
        /// Who.
        list: AttendanceList,
    },
    /// A site reports an interruption.
    OutageReported {
        /// Which site.
        site: SiteId,
        /// Its report.
        report: OutageReport,
    },
    /// An item of the closing is done.
    ItemClosed {
        /// At which site; at the Centre, if at none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        site: Option<SiteId>,
        /// Which item.
        item: ClosingItem,
        /// By whom.
        by: Actor,
        /// Whether it was the last of the session.
        last: bool,
    },
    /// The items of a site, or of the Centre, need not be done.
    ItemWaived {
        /// At which site; at the Centre, if at none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        site: Option<SiteId>,
        /// By whom, and why.
        waiver: Waiver,
        /// Whether it was the last of the session.
        last: bool,
    },
    /// The documents of a secret session are got back.
    DocumentsRecovered {
        /// The record.
        recovery: Recovery,
        /// Whether it was the last item of the session.
        last: bool,
    },
    /// The chair agency asks for a recording.
    RecordingRequested {
        /// By whom.
        by: Actor,
    },
    /// Recording begins.
    RecordingStarted {
        /// By whom.
        by: Actor,
    },
    /// The recording is complete and stored.
    RecordingStored {
        /// Where, by whom, and whose it is.
        stored: Stored,
    },
    /// The chair agency asks for what is stored, after the end.
    HandoverRequested {
        /// By whom.
        by: Actor,
    },
    /// The recording is handed over.
    HandedOver {
        /// To whom, by whom.
        transfer: Transfer,
    },
    /// An agency asks for materials.
    MaterialsRequested(MaterialRequest),
    /// The chair agency answers.
    MaterialsAnswered {
        /// Which request.
        request: u32,
        /// The answer.
        answer: MaterialAnswer,
    },
    /// What was granted is handed over.
    MaterialsHanded {
        /// Which request.
        request: u32,
        /// To whom, by whom.
        transfer: Transfer,
    },
}

impl Happened {
    /// The event of the session's machine that it is; none where only the recording or a register is concerned.
    pub fn event(&self) -> Option<SessionEvent> {
        use SessionEvent as E;
        let closing = |last: bool| if last { E::ClosingDone } else { E::ClosingItem };
        Some(match self {
            Self::DutyAssigned { .. } => E::DutyAssigned,
            Self::SelfChecked { .. } => E::SelfChecked,
            Self::RehearsalScheduled { .. } => E::RehearsalScheduled,
            Self::Rehearsed(rehearsal) => match rehearsal.result {
                Mark::Pass => E::RehearsalPassed,
                Mark::Fail => E::RehearsalFailed,
            },
            Self::StartOverridden(_) => E::StartOverridden,
            Self::Started { .. } => E::Started,
            Self::Suspended { .. } => E::Suspended,
            Self::Resumed { .. } => E::Resumed,
            Self::McuLost { .. } => E::McuLost,
            Self::SiteLost { .. } => E::SiteLost,
            Self::SiteBack { .. } => E::SiteBack,
            Self::IncidentReported(_) => E::IncidentReported,
            Self::AttendanceAsked { .. } => E::AttendanceAsked,
            Self::AttendanceAnswered { .. } => E::AttendanceAnswered,
            Self::OutageReported { .. } => E::OutageReported,
            Self::ItemClosed { last, .. } | Self::ItemWaived { last, .. } | Self::DocumentsRecovered { last, .. } => {
                closing(*last)
            }
            Self::RecordingRequested { .. }
            | Self::RecordingStarted { .. }
            | Self::RecordingStored { .. }
            | Self::HandoverRequested { .. }
            | Self::HandedOver { .. }
            | Self::MaterialsRequested(_)
            | Self::MaterialsAnswered { .. }
            | Self::MaterialsHanded { .. } => return None,
        })
    }
}
