//! The example province with a session in it, to which requests are put as JSON.

use crate::world::{at, summary, wall};
use lhtt_core::{Case, Decision, Query, Registry, Request, decide};
use serde_json::{Value, json};

/// A registry that grows by what is decided.
pub(crate) struct Stage {
    pub(crate) registry: Registry,
}

impl Stage {
    /// The example province with these facts laid over it.
    pub(crate) fn new(facts: Value) -> Self {
        let case: Case = serde_json::from_value(json!({"at": at("2023-06-14T08:00"), "facts": facts})).expect("a case");
        Self { registry: case.registry().unwrap_or_else(|error| panic!("{error}")) }
    }

    /// Decides and applies.
    pub(crate) fn decide(&mut self, when: &str, request: Value) -> Decision {
        let request: Request = serde_json::from_value(request).unwrap_or_else(|error| panic!("{error}"));
        let decision = decide(&self.registry, &request, wall(when));
        self.registry.apply_all(&decision.changes).expect("a decision never contradicts its facts");
        decision
    }

    /// What a request comes to, in one line.
    pub(crate) fn ask(&mut self, when: &str, request: Value) -> String {
        summary(&self.decide(when, request))
    }

    /// The answer of a query.
    pub(crate) fn query(&self, when: &str, query: Value) -> Value {
        let query: Query = serde_json::from_value(query).unwrap_or_else(|error| panic!("{error}"));
        query.answer(&self.registry, wall(when))
    }
}

/// An act of control or floor.
pub(crate) fn floor(act: &str, fields: Value) -> Value {
    json!({"floor": {act: fields}})
}

/// The operator of a site.
pub(crate) fn of_site(site: &str) -> Value {
    json!({"name": "Lê Văn An", "role": "site_operator", "site": site})
}

/// Somebody in a role that needs no site.
pub(crate) fn who(role: &str) -> Value {
    json!({"name": "Nguyễn Thị Bình", "role": role})
}
