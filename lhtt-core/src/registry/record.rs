//! Registers that decide nothing and are reported: plans, difficulties, training, inspections: Điều 15, 18, 20.

mod difficulty;
mod entry;
pub(crate) mod session;

pub use difficulty::{Difficulty, DifficultyStatus, DifficultyStep};
pub use entry::{Acknowledgement, Guidance, Inspection, Kept, Plan, PlanKind, RegisterEntry, Training};
pub use session::{HandoverRecord, IncidentRecord, OverrideRecord, SessionRecord, SiteTime, UrgencyClass, Way};

use super::{Contradiction, Registry, Session};
use crate::change::{Change, RecordChange};
use crate::ids::SessionId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The facts of this area.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Record {
    /// Entries of the registers, in the order in which they were made, numbered from 1.
    pub entries: Vec<Kept>,
    /// Difficulties, in the order in which they were told, numbered from 1.
    pub difficulties: Vec<Difficulty>,
    /// What the reports need of each session that has ended.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sessions: BTreeMap<SessionId, SessionRecord>,
}

impl Record {
    /// A difficulty by its number.
    pub fn difficulty(&self, id: u64) -> Option<&Difficulty> {
        self.difficulties.iter().find(|one| one.id == id)
    }

    pub(crate) fn next_entry(&self) -> u64 {
        self.entries.iter().map(|one| one.id).max().unwrap_or(0) + 1
    }

    pub(crate) fn next_difficulty(&self) -> u64 {
        self.difficulties.iter().map(|one| one.id).max().unwrap_or(0) + 1
    }

    /// Applies one change; checked whole before anything is touched.
    pub(crate) fn apply(&mut self, change: &RecordChange) -> Result<(), Contradiction> {
        match change {
            RecordChange::Kept(kept) => {
                if self.entries.iter().any(|one| one.id == kept.id) {
                    return Err(Contradiction::Exists { what: "register entry", id: kept.id.to_string() });
                }
                self.entries.push((**kept).clone());
            }
            RecordChange::DifficultyTold(difficulty) => {
                if self.difficulty(difficulty.id).is_some() {
                    return Err(Contradiction::Exists { what: "difficulty", id: difficulty.id.to_string() });
                }
                self.difficulties.push((**difficulty).clone());
            }
            RecordChange::DifficultyMoved { difficulty: id, step } => {
                let found = self.difficulties.iter_mut().find(|one| one.id == *id);
                let unknown = || Contradiction::Unknown { what: "difficulty", id: id.to_string() };
                let difficulty = found.ok_or_else(unknown)?;
                if !difficulty.status().may_become(step.to) {
                    return Err(Contradiction::OutOfTurn { what: "difficulty", id: id.to_string() });
                }
                difficulty.steps.push((**step).clone());
            }
        }
        Ok(())
    }
}

impl Registry {
    /// Keeps what the reports need of a session that has ended: when it ends, and anew with what is recorded afterwards.
    pub(crate) fn keep_record(&mut self, change: &Change) {
        let id = match change {
            Change::Ended { session, .. } => *session,
            Change::Conduct(change) => change.session,
            _ => return,
        };
        self.keep_record_of(id);
    }

    /// Keeps the records of ended sessions that have none, as in facts that people write. One that was called off was never held
    /// and gets none when it is, either.
    pub(crate) fn keep_missing_records(&mut self) {
        let over = |session: &&Session| session.ended.is_some() && !session.cancelled;
        let ended = self.sessions().filter(over).map(|session| session.id);
        let missing: Vec<_> = ended.filter(|id| !self.record.sessions.contains_key(id)).collect();
        missing.into_iter().for_each(|id| self.keep_record_of(id));
    }

    fn keep_record_of(&mut self, id: SessionId) {
        let Some(session) = self.session(id).filter(|session| session.ended.is_some()) else { return };
        let record = SessionRecord::of(self, session, self.record.sessions.get(&id));
        self.record.sessions.insert(id, record);
    }
}
