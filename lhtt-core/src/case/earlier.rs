//! What came of the steps under `before`: told where one of them was refused, so that it does not pass unseen.

use crate::citation::{self, Citation};
use crate::decision::Outcome;
use crate::journal::Entry;
use crate::render::{word_en, word_vi};
use serde::Serialize;

/// What came of one step under `before`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Earlier {
    /// Its outcome.
    pub outcome: Outcome,
    /// The places it stands on.
    pub citations: Vec<Citation>,
}

impl Earlier {
    pub(super) fn of(entry: &Entry) -> Self {
        let decision = entry.decision();
        Self { outcome: decision.outcome, citations: decision.citations() }
    }

    /// A line in Vietnamese about the step of this number.
    pub fn render_vi(&self, at: usize) -> String {
        format!("before[{at}]: {}{}", word_vi(self.outcome), self.places(Citation::short))
    }

    /// A line in English about the step of this number.
    pub fn render_en(&self, at: usize) -> String {
        format!("before[{at}]: {}{}", word_en(self.outcome), self.places(Citation::key))
    }

    fn places(&self, form: fn(&Citation) -> String) -> String {
        match self.citations.is_empty() {
            true => ".".to_owned(),
            false => format!(" — {}.", citation::join(&self.citations, form)),
        }
    }
}
