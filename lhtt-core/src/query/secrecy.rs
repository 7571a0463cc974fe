//! Values about sessions with state secrets: which law is cited when, what a reader who was let in is shown, the public list.

use crate::civil::Moment;
use crate::finding::Finding;
use crate::ids::ReadId;
use crate::registry::{Registry, Session};
use crate::rules::article_05::law::{Law, Requirement};
use crate::rules::article_05::recording;
use crate::submission::Member;
use crate::time::Wall;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// What can be computed here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum SecrecyQuery {
    /// Where the law in force says what.
    Law {},
    /// What a permitted reading shows: numbers, times and names of sites, and nothing of what the session is about.
    Metadata {
        /// The reading.
        read: ReadId,
    },
}

impl SecrecyQuery {
    pub(super) fn answer(&self, registry: &Registry, at: Wall) -> Value {
        match self {
            Self::Law {} => law_at(Law::at(registry, at.into())),
            Self::Metadata { read } => metadata(registry, *read),
        }
    }
}

fn law_at(law: Law<'_>) -> Value {
    let requirements: Map<_, _> = Requirement::ALL
        .into_iter()
        .map(|requirement| (requirement.name().to_owned(), json!(law.cites(requirement))))
        .collect();
    let full: Vec<_> = law.basis().iter().map(crate::citation::Citation::full).collect();
    json!({ "basis": law.basis(), "full": full, "confirmed": law.confirmed(), "requirements": requirements })
}

/// Nothing, where the reading was refused or never asked for.
fn metadata(registry: &Registry, read: ReadId) -> Value {
    let entry = registry.secrecy().reads.get(&read).filter(|entry| entry.permitted);
    let session = entry.and_then(|entry| registry.session(entry.session));
    session.map_or(Value::Null, |session| view(registry, session))
}

fn view(registry: &Registry, session: &Session) -> Value {
    let legs: Vec<_> = registry
        .joins()
        .filter(|joined| joined.session == session.id)
        .map(|joined| json!({ "join": joined.join, "member": joined.member, "since": joined.at }))
        .collect();
    let members: Vec<&Member> = session.seats.iter().map(|seat| &seat.member).collect();
    json!({
        "session": session.id,
        "registration": session.registration,
        "classification": session.classification,
        "chair_site": session.chair_site,
        "members": members,
        "start": session.start,
        "end": session.end,
        "ended_at": session.ended.as_ref().map(|end| end.at),
        "suspended_since": registry.secrecy().suspended_since(session.id),
        "legs": legs,
    })
}

impl Registry {
    /// What stands against recording this session at `at`; nothing for a session without state secrets.
    pub fn against_recording(&self, session: &Session, at: Moment) -> Vec<Finding> {
        recording::may_start(self, session, at)
    }
}
