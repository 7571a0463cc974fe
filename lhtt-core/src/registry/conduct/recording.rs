//! The recording of a session and its hand-over (Điều 5 khoản 4, 14 khoản 2 and 3; ).
//!
//! The facts are the steps that were taken; the state follows from them and from the time.

use crate::civil::Moment;
use crate::ids::OrganizationId;
use crate::request::Actor;
use crate::submission::Reference;
use serde::{Deserialize, Serialize};

/// What was done about a recording.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Recording {
    /// When the chair agency asked for it; recording and hand-over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requested: Option<Moment>,
    /// When the hand-over was asked for, where that was after the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handover_requested: Option<Moment>,
    /// When recording began; the last time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started: Option<Moment>,
    /// When it was complete and stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stored: Option<Stored>,
    /// When it is due at the chair agency, where that was agreed: the first moment that is too late. Else the calendar says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Moment>,
    /// When it was handed over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handed_over: Option<Transfer>,
}

/// A stored recording: an entry of the catalogue, so that others find it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stored {
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: Actor,
    /// Where it lies.
    pub place: String,
    /// Who keeps it: the agency of the chair site (Điều 5 khoản 4).
    pub custodian: OrganizationId,
}

/// Something handed to an agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: Actor,
    /// To whom.
    pub to: OrganizationId,
    /// The record of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Reference>,
}

/// Where a recording stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RecordingState {
    /// Nobody asked for one.
    None,
    /// Asked for.
    Requested,
    /// It is being recorded.
    Running,
    /// Complete and stored.
    Stored,
    /// To be handed over before this moment.
    HandoverDue(Option<Moment>),
    /// Handed over.
    HandedOver,
    /// Not handed over in time.
    Overdue(Moment),
}

/// What happens to a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RecordingEvent {
    /// The chair agency asks for a recording.
    Requested,
    /// Recording begins.
    Started,
    /// It is complete and stored.
    Stored,
    /// The chair agency asks for the hand-over of what is stored.
    HandoverRequested,
    /// It is handed over.
    HandedOver,
}

impl Recording {
    /// Where it stands at `now`, in a session that has ended or not; its hand-over is late from `due` on.
    pub fn state(&self, ended: bool, due: Option<Moment>, now: Moment) -> RecordingState {
        let asked = self.requested.is_some() || self.handover_requested.is_some();
        match (&self.handed_over, &self.stored, due) {
            (Some(_), ..) => RecordingState::HandedOver,
            // The hand-over is due whether or not the recording has been completed.
            (None, _, Some(due)) if asked && ended && now >= due => RecordingState::Overdue(due),
            (None, Some(_), due) if asked && ended => RecordingState::HandoverDue(due),
            (None, Some(_), _) => RecordingState::Stored,
            (None, None, due) if asked && ended => RecordingState::HandoverDue(due),
            (None, None, _) if self.started.is_some() => RecordingState::Running,
            (None, None, _) if asked => RecordingState::Requested,
            (None, None, _) => RecordingState::None,
        }
    }
}

impl RecordingState {
    /// Whether `event` may happen here, in a session that has ended or not.
    pub const fn allows(self, event: RecordingEvent, ended: bool) -> bool {
        use RecordingEvent as E;
        use RecordingState as S;
        match (self, event) {
            // Until the session ends; once more is the same request.
            (S::None | S::Requested | S::Running | S::Stored, E::Requested) => !ended,
            (S::None | S::Requested | S::Stored, E::Started) => !ended,
            (S::Running, E::Stored) => true,
            (S::HandoverDue(_) | S::Overdue(_), E::Stored) => true,
            (S::Stored, E::HandoverRequested) => ended,
            (S::HandoverDue(_) | S::Overdue(_), E::HandedOver) => true,
            _ => false,
        }
    }
}
