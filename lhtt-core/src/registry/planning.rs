//! Amendments, sessions convened by peers, maintenance windows, power cuts and incidents before a session: Điều 11, 12, 19.

use super::{Contradiction, Registration, RegistrationState, Registry, Session, SessionEnd, Standing};
use crate::change::PlanningChange;
use crate::civil::Moment;
use crate::ids::{RegistrationId, SessionId, SiteId};
use crate::request::Actor;
use serde::{Deserialize, Serialize};

/// The facts of this area.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Planning {
    /// Announced work on the carrier's lines (Điều 19 khoản 1).
    pub maintenance: Vec<Outage>,
    /// Announced power cuts (Điều 19 khoản 2).
    pub power_cuts: Vec<Outage>,
    /// The carrier's backup plan, the last one handed in (Điều 19 khoản 1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backup_plan: Option<BackupPlan>,
    /// Answers of the technical operator that left a registration where it stood.
    pub answers: Vec<Answer>,
    /// Overdue answers that were told.
    pub escalated: Vec<Escalation>,
}

/// A time at which lines or power are off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Outage {
    /// Its name.
    pub id: String,
    /// From when.
    pub from: Moment,
    /// Until when.
    pub until: Moment,
    /// Which sites it concerns; all where none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<SiteId>,
    /// Who announced it, and with what document.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

impl Outage {
    /// Whether it touches a site at some time between these.
    pub fn touches(&self, site: &SiteId, start: Moment, end: Moment) -> bool {
        self.from < end && start < self.until && (self.sites.is_empty() || self.sites.contains(site))
    }
}

/// A carrier's plan for sharing load and for incidents: the document, not its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BackupPlan {
    /// Whose it is.
    pub carrier: String,
    /// Number of the document.
    pub reference: String,
    /// Its date.
    pub date: Moment,
}

/// How an answer was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// By official mail ("hộp thư điện tử công vụ").
    OfficialMail,
    /// By telephone: recorded, and no answer in the sense of Điều 12 khoản 2 điểm b.
    Telephone,
}

/// An answer of the technical operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// To which registration.
    pub registration: RegistrationId,
    /// To which of its revisions.
    #[serde(default = "first")]
    pub revision: u32,
    /// When.
    pub at: Moment,
    /// By whom.
    pub actor: Actor,
    /// How.
    pub by: Channel,
}

/// An overdue answer that was told to who answers for the technical operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Escalation {
    /// Which registration.
    pub registration: RegistrationId,
    /// Which of its revisions.
    pub revision: u32,
    /// When it was found.
    pub at: Moment,
}

fn first() -> u32 {
    1
}

impl Planning {
    /// Whether a revision was answered by official mail, by itself.
    pub fn answered(&self, registration: RegistrationId, revision: u32) -> Option<&Answer> {
        let of = |answer: &&Answer| (answer.registration, answer.revision) == (registration, revision);
        self.answers.iter().find(|answer| of(answer) && answer.by == Channel::OfficialMail)
    }

    /// Announced work and power cuts, by name.
    pub fn outage(&self, id: &str) -> Option<&Outage> {
        self.maintenance.iter().chain(&self.power_cuts).find(|outage| outage.id == id)
    }

    fn withdraw(&mut self, id: &str) -> Result<(), Contradiction> {
        if self.outage(id).is_none() {
            return Err(Contradiction::Unknown { what: "outage", id: id.to_owned() });
        }
        self.maintenance.retain(|outage| outage.id != id);
        self.power_cuts.retain(|outage| outage.id != id);
        Ok(())
    }

    fn is_new(&self, outage: &Outage) -> Result<(), Contradiction> {
        match self.outage(&outage.id) {
            None => Ok(()),
            Some(_) => Err(Contradiction::Exists { what: "outage", id: outage.id.clone() }),
        }
    }
}

impl Registry {
    /// Applies one change; checked whole before anything is touched.
    pub(super) fn apply_planning(&mut self, change: &PlanningChange) -> Result<(), Contradiction> {
        match change {
            PlanningChange::Revised(registration) => {
                *self.awaiting_or_accepted(registration.id)? = (**registration).clone()
            }
            PlanningChange::Amended { registration, submission, session } => {
                self.amend(*registration, submission, session.as_deref())?;
            }
            PlanningChange::Reaccepted(session) => self.accept_again(session)?,
            PlanningChange::AmendmentRejected { registration, .. } => self.restore(*registration)?,
            PlanningChange::Cancelled { registration, cancellation } => self.cancel(*registration, cancellation)?,
            PlanningChange::Answered(answer) => {
                self.known_registration(answer.registration)?;
                self.planning.answers.push(answer.clone());
            }
            PlanningChange::Escalated(escalation) => {
                self.known_registration(escalation.registration)?;
                self.planning.escalated.push(escalation.clone());
            }
            PlanningChange::Followed { registration, sent_from, sent_to } => {
                let submission = &mut self.known_registration(*registration)?.submission;
                submission.sent_from.clone_from(sent_from);
                submission.sent_to.clone_from(sent_to);
            }
            PlanningChange::Convened { registration, session } => self.convene(registration, session)?,
            PlanningChange::Maintenance(outage) => {
                self.planning.is_new(outage)?;
                self.planning.maintenance.push(outage.clone());
            }
            PlanningChange::PowerCut(outage) => {
                self.planning.is_new(outage)?;
                self.planning.power_cuts.push(outage.clone());
            }
            PlanningChange::Withdrawn(id) => self.planning.withdraw(id)?,
            PlanningChange::BackupPlan(plan) => self.planning.backup_plan = Some(plan.clone()),
        }
        Ok(())
    }

    fn known_registration(&mut self, id: RegistrationId) -> Result<&mut Registration, Contradiction> {
        let unknown = || Contradiction::Unknown { what: "registration", id: id.to_string() };
        self.registrations.get_mut(&id).ok_or_else(unknown)
    }

    /// A registration that is not over: it waits for its answer, or was accepted.
    fn awaiting_or_accepted(&mut self, id: RegistrationId) -> Result<&mut Registration, Contradiction> {
        let registration = self.known_registration(id)?;
        match registration.state {
            RegistrationState::Rejected(_) | RegistrationState::Cancelled(_) => {
                Err(Contradiction::OutOfTurn { what: "registration", id: id.to_string() })
            }
            _ => Ok(registration),
        }
    }

    fn open_session(&mut self, id: SessionId) -> Result<&mut Session, Contradiction> {
        let unknown = || Contradiction::Unknown { what: "session", id: id.to_string() };
        let session = self.sessions.get_mut(&id).ok_or_else(unknown)?;
        match session.ended {
            None => Ok(session),
            Some(_) => Err(Contradiction::OutOfTurn { what: "session", id: id.to_string() }),
        }
    }

    fn amend(
        &mut self,
        id: RegistrationId,
        submission: &crate::submission::Submission,
        session: Option<&Session>,
    ) -> Result<(), Contradiction> {
        if let Some(session) = session {
            self.open_session(session.id)?;
        }
        self.awaiting_or_accepted(id)?.submission = submission.clone();
        session.map_or(Ok(()), |session| self.replace_session(session))
    }

    /// The session with other times, sites or numbers; the slots that are taken stay taken.
    fn replace_session(&mut self, session: &Session) -> Result<(), Contradiction> {
        let mut new = session.clone();
        for seat in &mut new.seats {
            let open = self.joins.values().filter(|join| join.session == session.id && join.member == seat.member);
            seat.taken = u16::try_from(open.count()).unwrap_or(u16::MAX);
            seat.legs = seat.legs.max(seat.taken);
        }
        let have = self.open_session(session.id)?;
        let old_alias = std::mem::replace(have, new).alias;
        if old_alias != session.alias {
            if let Some(list) = self.by_alias.get_mut(&old_alias) {
                list.retain(|one| *one != session.id);
            }
            let list = self.by_alias.entry(session.alias.clone()).or_default();
            list.push(session.id);
            list.sort_unstable();
        }
        Ok(())
    }

    fn accept_again(&mut self, session: &Session) -> Result<(), Contradiction> {
        self.open_session(session.id)?;
        let registration = self.under_review(session.registration)?;
        registration.state = RegistrationState::Accepted(session.id);
        registration.stands = None;
        self.replace_session(session)
    }

    fn restore(&mut self, id: RegistrationId) -> Result<(), Contradiction> {
        let registration = self.under_review(id)?;
        let Some(stands) = registration.stands.take() else {
            return Err(Contradiction::OutOfTurn { what: "registration", id: id.to_string() });
        };
        let Standing { session, submission, received_at, overridden } = *stands;
        registration.state = RegistrationState::Accepted(session);
        (registration.submission, registration.received_at, registration.overridden) =
            (submission, received_at, overridden);
        Ok(())
    }

    fn cancel(&mut self, id: RegistrationId, cancellation: &super::Cancellation) -> Result<(), Contradiction> {
        let session = self.awaiting_or_accepted(id)?.session();
        if let Some(session) = session {
            let session = self.open_session(session)?;
            session.ended = Some(SessionEnd { at: cancellation.at, by: cancellation.by.clone() });
            session.cancelled = true;
            let session = session.clone();
            self.conduct.agree_with(&session);
        }
        let registration = self.known_registration(id)?;
        registration.state = RegistrationState::Cancelled(cancellation.clone());
        registration.stands = None;
        Ok(())
    }

    fn convene(&mut self, registration: &Registration, session: &Session) -> Result<(), Contradiction> {
        if self.sessions.contains_key(&session.id) {
            return Err(Contradiction::Exists { what: "session", id: session.id.to_string() });
        }
        self.register(registration)?;
        self.by_alias.entry(session.alias.clone()).or_default().push(session.id);
        self.sessions.insert(session.id, session.clone());
        self.conduct.agree_with(session);
        Ok(())
    }
}
