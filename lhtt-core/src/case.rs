//! A case: facts, a time, and one request or query, as one JSON document. What `lhtt-gateway decide FILE` reads.
//!
//! Facts that the document does not give are taken from its `base`; given ones are laid over them, see [`merge`]. Requests
//! under `before` are decided and applied first, in their order, each at its own time.

mod merge;

pub use merge::merge;

use crate::civil::Moment;
use crate::decide::decide;
use crate::decision::Decision;
use crate::facts::Facts;
use crate::query::Query;
use crate::registry::Registry;
use crate::request::Request;
use crate::time::Wall;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A case. Exactly one of `request` and `query` is given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// A name for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What it is about, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// The facts that hold where the document gives none.
    #[serde(default)]
    pub base: Base,
    /// When it is decided.
    pub at: Moment,
    /// Whether the clock is to be believed.
    #[serde(default = "yes")]
    pub trusted: bool,
    /// Facts that differ from the base.
    #[serde(default)]
    pub facts: Value,
    /// What happens first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<Step>,
    /// What is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Request>,
    /// What is to be computed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<Query>,
}

/// Facts to start from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Base {
    /// The example province: agencies and sites of each kind, four peers, and session 1 on 2023-06-15 from 08:00 to 10:00.
    #[default]
    Example,
    /// Nothing.
    Empty,
}

/// A request decided before the one that is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// When.
    pub at: Moment,
    /// What.
    pub request: Request,
}

/// What a case comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The decision on its request.
    Decision(Box<Decision>),
    /// The value of its query.
    Value(Value),
}

/// A document that is no case.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BadCase {
    /// It is not of the documented form.
    #[error("{0}")]
    Form(String),
    /// Its facts contradict each other.
    #[error("facts: {0}")]
    Facts(#[from] crate::facts::BadFacts),
    /// What comes first cannot be applied.
    #[error("`before[{0}]`: {1}")]
    Before(usize, String),
    /// Neither or both of `request` and `query`.
    #[error("give either `request` or `query`")]
    Asked,
}

impl Case {
    /// Reads a case.
    ///
    /// # Errors
    /// If the text is no case; the error names the place.
    pub fn from_json(text: &str) -> Result<Self, BadCase> {
        serde_json::from_str(text).map_err(|error| BadCase::Form(error.to_string()))
    }

    /// The registry of its facts, with what comes first applied.
    ///
    /// # Errors
    /// If its facts are not of their form or contradict each other.
    pub fn registry(&self) -> Result<Registry, BadCase> {
        let form = |error: serde_json::Error| BadCase::Form(format!("facts: {error}"));
        let mut document: Value = match self.base {
            Base::Example => serde_json::from_str(EXAMPLE).map_err(form)?,
            Base::Empty => Value::Object(serde_json::Map::new()),
        };
        merge(&mut document, &self.facts);
        let facts: Facts = serde_json::from_value(document).map_err(form)?;
        let mut registry = Registry::from_facts(facts)?;
        for (at, step) in self.before.iter().enumerate() {
            let decision = decide(&registry, &step.request, Wall::trusted(step.at.unix_millis()));
            let applied = registry.apply_all(&decision.changes);
            applied.map_err(|contradiction| BadCase::Before(at, contradiction.to_string()))?;
        }
        Ok(registry)
    }

    /// Decides it, or computes it.
    ///
    /// # Errors
    /// If it is no case.
    pub fn answer(&self) -> Result<Answer, BadCase> {
        let at = Wall { unix_millis: self.at.unix_millis(), trusted: self.trusted };
        let registry = self.registry()?;
        match (&self.request, &self.query) {
            (Some(request), None) => Ok(Answer::Decision(Box::new(decide(&registry, request, at)))),
            (None, Some(query)) => Ok(Answer::Value(query.answer(&registry, at))),
            _ => Err(BadCase::Asked),
        }
    }
}

fn yes() -> bool {
    true
}

/// The facts of [`Base::Example`].
const EXAMPLE: &str = include_str!("facts/example.json");
