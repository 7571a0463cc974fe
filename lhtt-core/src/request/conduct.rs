//! What can be asked of a session as it runs: rehearsal, duty, start, attendance, incidents, closing, recording, hand-over,
//! materials (Điều 12 khoản 2 điểm b, c, 13, 14). Ending it is `Request::End`.

use super::Actor;
use crate::civil::Moment;
use crate::ids::{OrganizationId, SessionId, SiteId};
use crate::registry::{ClosingItem, Mark, Material, Post, SelfCheck, SuspensionCause};
use crate::route::IncidentKind;
use crate::submission::{Reference, WITHHELD};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An act in the course of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ConductAct {
    /// Which session.
    pub session: SessionId,
    /// Who acts.
    pub actor: Actor,
    /// What is done.
    #[serde(rename = "do")]
    pub what: ConductStep,
}

impl ConductAct {
    /// The same without what people wrote, for sessions with state secrets. That something was written still shows, and so do
    /// the numbers of documents.
    pub(crate) fn without_words(&self) -> Self {
        let mut act = self.clone();
        let withhold = |words: &mut String| {
            if !words.trim().is_empty() {
                WITHHELD.clone_into(words);
            }
        };
        let number_only = |document: &mut Reference| *document = std::mem::take(document).withheld();
        match &mut act.what {
            ConductStep::RecordRehearsal { note, .. }
            | ConductStep::ReportIncident { note, .. }
            | ConductStep::AnswerMaterials { note, .. }
            | ConductStep::RequestMaterials { purpose: note, .. } => note.iter_mut().for_each(withhold),
            ConductStep::OverrideStart { reason: words }
            | ConductStep::WaiveClosing { reason: words, .. }
            | ConductStep::ReportOutage { text: words, .. }
            | ConductStep::StoreRecording { place: words } => withhold(words),
            ConductStep::AnswerAttendance { people, document, .. } => {
                people.iter_mut().for_each(withhold);
                document.iter_mut().for_each(number_only);
            }
            ConductStep::RecoverDocuments { document }
            | ConductStep::HandOver { document }
            | ConductStep::HandMaterials { document, .. } => document.iter_mut().for_each(number_only),
            _ => {}
        }
        act
    }
}

/// What is done in the course of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum ConductStep {
    /// Put a person on duty; nobody, if no name is given.
    AssignDuty {
        /// Where.
        post: Post,
        /// Who.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
    },
    /// Record a site's check of its own room.
    SelfCheck {
        /// Which site.
        site: SiteId,
        /// What was found; an item left out was not checked.
        items: SelfCheck,
    },
    /// Announce a rehearsal.
    ScheduleRehearsal {
        /// For when.
        for_time: Moment,
    },
    /// Record the result of a rehearsal.
    RecordRehearsal {
        /// Over all.
        result: Mark,
        /// Of each site that took part.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        sites: BTreeMap<SiteId, Mark>,
        /// What was seen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// Override what stands against the start now and may be overridden.
    OverrideStart {
        /// Why.
        reason: String,
    },
    /// Start the session.
    Start,
    /// Interrupt it.
    Suspend {
        /// Why.
        cause: SuspensionCause,
    },
    /// Go on.
    Resume,
    /// A site is lost.
    SiteLost {
        /// Which site.
        site: SiteId,
    },
    /// A lost site is back.
    SiteBack {
        /// Which site.
        site: SiteId,
    },
    /// The MCU does not answer.
    McuLost {
        /// Since when.
        since: Moment,
    },
    /// Report an incident.
    ReportIncident {
        /// What sort of incident it is.
        kind: IncidentKind,
        /// At which site, if at one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        site: Option<SiteId>,
        /// What was seen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// Ask for lists of who attends.
    AskAttendance {
        /// Which sites; all of the list, if none is named.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        sites: Vec<SiteId>,
    },
    /// Say who attends at a site.
    AnswerAttendance {
        /// Which site.
        site: SiteId,
        /// Who; of a secret session nobody is named here.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        people: Vec<String>,
        /// The document that names them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        document: Option<Reference>,
    },
    /// Report a site's interrupted attendance.
    ReportOutage {
        /// Which site.
        site: SiteId,
        /// What happened.
        text: String,
    },
    /// End the session because its last leg is gone for longer than the profile says.
    EndIdle,
    /// Declare an item of the closing done.
    CloseItem {
        /// At which site; at the Centre, if at none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        site: Option<SiteId>,
        /// Which item.
        item: ClosingItem,
    },
    /// Dispense with the items of a site, or with the Centre's.
    WaiveClosing {
        /// At which site; at the Centre, if at none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        site: Option<SiteId>,
        /// Why.
        reason: String,
    },
    /// Record that the documents of a secret session were got back.
    RecoverDocuments {
        /// The number of the record.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        document: Option<Reference>,
    },
    /// Ask for a recording, and its hand-over.
    RequestRecording,
    /// Begin to record.
    StartRecording,
    /// Store the recording.
    StoreRecording {
        /// Where it lies.
        place: String,
    },
    /// Ask for the hand-over of what is stored, after the end.
    RequestHandover,
    /// Hand the recording over to the chair agency.
    HandOver {
        /// The record of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        document: Option<Reference>,
    },
    /// Ask the chair agency for materials.
    RequestMaterials {
        /// The agency that asks.
        organization: OrganizationId,
        /// What is asked for.
        what: Material,
        /// What for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        purpose: Option<String>,
    },
    /// Answer a request for materials.
    AnswerMaterials {
        /// Which request.
        request: u32,
        /// Whether they are given.
        granted: bool,
        /// Why, or on what terms.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// Hand over what was granted.
    HandMaterials {
        /// Which request.
        request: u32,
        /// The record of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        document: Option<Reference>,
    },
}
