//! What a computed value stands on: its clauses and the readings it relies on, written beside the value.

use crate::citation::Citation;
use crate::interpretation::InterpretationId;
use serde_json::{Value, json};

/// Clauses and readings.
pub(crate) struct Basis {
    citations: Vec<Citation>,
    interpretations: Vec<InterpretationId>,
}

impl Basis {
    pub(crate) fn on(citations: &[Citation]) -> Self {
        Self { citations: citations.to_vec(), interpretations: Vec::new() }
    }

    /// It relies on this reading of the text.
    pub(crate) fn reading(mut self, number: u16) -> Self {
        self.interpretations.push(InterpretationId::a(number));
        self.interpretations.sort_unstable();
        self
    }

    /// The object with `citations` and `interpretations` in it.
    pub(crate) fn under(self, mut value: Value) -> Value {
        value["citations"] = json!(self.citations);
        if !self.interpretations.is_empty() {
            value["interpretations"] = json!(self.interpretations);
        }
        value
    }
}
