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
/// Apply the decision's changes with [`Registry::apply`] before the next is decided.
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

/// An act of a time whose rules are not here is answered by no rule that is. A registration is judged once more
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
