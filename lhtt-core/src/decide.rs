//! Puts a request to the rules: which of them it concerns, and what changes on a permit. No rule is written here.

mod conduct;
mod configure;
mod end;
mod estate;
mod floor;
mod join;
mod planning;
mod record;
mod registration;
mod review;
mod secrecy;

use crate::civil::Moment;
use crate::decision::Decision;
use crate::registry::Registry;
use crate::request::Request;
use crate::rules::in_force;
use crate::time::Wall;
use crate::version::Version;

/// Answers a request from the facts. Pure and total: it reads no clock, never fails, and refuses what no rule permits.
///
/// Apply the decision's changes with [`Registry::apply_all`] before the next is decided.
///
/// ```
/// use lhtt_core::time::Wall;
/// use lhtt_core::{Moment, Outcome, Registry, Request, decide};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// // What a registry holds can be told by facts; a running system makes it of its journal.
/// let facts = r#"{
///     "organizations": [{ "id": "so-y-te", "name": "Sở Y tế", "kind": "department" }],
///     "sites": [{ "id": "so-y-te", "name": "Sở Y tế", "organization": "so-y-te", "admitted": true },
///               { "id": "da-lat", "name": "Đà Lạt", "organization": "so-y-te", "admitted": true }],
///     "sessions": [{ "id": 1, "registration": 1, "agency": "so-y-te", "chair_site": "so-y-te", "alias": "1001", "room": "1001",
///         "seats": [{ "member": { "site": "da-lat" }, "legs": 1, "taken": 0 }],
///         "start": "2023-06-15T08:00:00+07:00", "end": "2023-06-15T10:00:00+07:00",
///         "accepted_at": "2023-06-13T08:00:00+07:00" }],
///     "registrations": [{ "id": 1, "received_at": "2023-06-13T08:00:00+07:00", "state": { "accepted": 1 },
///         "submission": { "agency": "so-y-te" } }]
/// }"#;
/// let mut registry = Registry::from_facts(serde_json::from_str(facts)?)?;
/// let at = Wall::trusted(Moment::parse("2023-06-15T08:05:00+07:00")?.unix_millis());
/// let join: Request = serde_json::from_str(
///     r#"{ "join": { "join": 1, "party": { "site": "da-lat" }, "called": { "alias": "1001" } } }"#,
/// )?;
///
/// let first = decide(&registry, &join, at);
/// assert!(first.is_permit(), "{}", first.render_en());
/// registry.apply_all(&first.changes)?;
///
/// // It holds its one seat now: a second leg of it is refused.
/// let second: Request = serde_json::from_str(
///     r#"{ "join": { "join": 2, "party": { "site": "da-lat" }, "called": { "alias": "1001" } } }"#,
/// )?;
/// assert_eq!(decide(&registry, &second, at).outcome, Outcome::Deny);
/// # Ok(())
/// # }
/// ```
pub fn decide(registry: &Registry, request: &Request, at: Wall) -> Decision {
    if let Some(decision) = no_rules(request, at) {
        return decision;
    }
    match request {
        Request::Join(join) => join::join(registry, join, at),
        Request::Leave(leave) => end::leave(registry, leave, at),
        Request::Submit(submission) => registration::submit(registry, submission, at),
        Request::Accept(accept) => review::accept(registry, accept, at),
        Request::Reject(reject) => review::reject(registry, reject, at),
        Request::Override(waiver) => review::waive(registry, waiver, at),
        Request::End(end) => end::end(registry, end, at),
        Request::Configure(configuration) => configure::configure(registry, configuration, at),
        Request::Estate(act) => estate::decide(registry, act, at),
        Request::Planning(act) => planning::decide(registry, act, at),
        Request::Conduct(act) => conduct::decide(registry, act, at),
        Request::Floor(act) => floor::decide(registry, act, at),
        Request::Secrecy(act) => secrecy::decide(registry, act, at),
        Request::Record(act) => record::decide(registry, act, at),
    }
}

/// An act of a time whose rules are not here is answered by no rule that is (A-20, A-41). A registration is judged once more
/// by its receipt, which may lie before the act.
///
/// A leg that leaves is always recorded. The configuration states what the province is, before and whatever its rules are:
/// without it nothing could be set up for the day they come into force. By an untrusted clock no time is judged.
fn no_rules(request: &Request, at: Wall) -> Option<Decision> {
    if !at.trusted || matches!(request, Request::Leave(_) | Request::Configure(_)) {
        return None;
    }
    let decision = not_evaluable(at.into(), at)?;
    // Who calls from outside learns no more than that it is refused.
    Some(if matches!(request, Request::Join(_)) { decision.bare() } else { decision })
}

/// The answer to an act of that time, if its rules are not known.
fn not_evaluable(act: Moment, at: Wall) -> Option<Decision> {
    let (version, finding) = *in_force::rules_known(act).err()?;
    Some(Decision::from_findings(version, at, vec![finding], Vec::new()))
}

/// The version that a decision at `at` stands under. By an untrusted clock it cannot be told; then it is the version
/// under which everything in the registry was accepted.
fn version(at: Wall) -> Version {
    if at.trusted { Version::at(at.into()) } else { Version::Decision1095 }
}
