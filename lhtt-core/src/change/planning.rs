//! Amendments, sessions convened by peers, maintenance windows, power cuts and incidents before a session: Điều 11, 12, 19.

use crate::ids::RegistrationId;
use crate::registry::{Answer, BackupPlan, Cancellation, Escalation, Outage, Registration, Rejection, Session};
use crate::submission::Submission;
use serde::{Deserialize, Serialize};

/// What can change here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PlanningChange {
    /// A registration is this revision now; its session, where it has one, goes on as it was.
    Revised(Box<Registration>),
    /// A registration is changed without a new evaluation, and its session with it.
    Amended {
        /// The registration.
        registration: RegistrationId,
        /// What it says now.
        submission: Box<Submission>,
        /// What its session is now, where it has one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        session: Option<Box<Session>>,
    },
    /// An amendment was accepted: this is what its session is now.
    Reaccepted(Box<Session>),
    /// An amendment was refused: what was accepted before stands.
    AmendmentRejected {
        /// Which registration.
        registration: RegistrationId,
        /// By whom, when and why.
        rejection: Rejection,
    },
    /// A session was called off.
    Cancelled {
        /// Which registration.
        registration: RegistrationId,
        /// By whom, when and why.
        cancellation: Cancellation,
    },
    /// The technical operator has answered.
    Answered(Answer),
    /// An answer is overdue, and this was told.
    Escalated(Escalation),
    /// The mail of an oral request has come.
    Followed {
        /// Which registration.
        registration: RegistrationId,
        /// The mailbox it came from.
        sent_from: String,
        /// The address it was sent to.
        sent_to: String,
    },
    /// A peer convened a session: its registration and itself.
    Convened {
        /// What stands for the registration.
        registration: Box<Registration>,
        /// The session.
        session: Box<Session>,
    },
    /// Lines will be off.
    Maintenance(Outage),
    /// Power will be off.
    PowerCut(Outage),
    /// It was called off.
    Withdrawn(String),
    /// The carrier's backup plan.
    BackupPlan(BackupPlan),
}
