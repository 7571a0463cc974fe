//! Contradictions among the facts of sessions with state secrets. A link of somebody who is not configured
//! and a dossier of a session that is not there are none: they protect nobody.

use super::{BadFacts, Index, known};
use crate::facts::Facts;

pub(super) fn consistent(facts: &Facts, index: &Index<'_>) -> Result<(), BadFacts> {
    let secrecy = &facts.secrecy;
    for (id, link) in &secrecy.links {
        if let (Some(from), Some(until)) = (link.from, link.until)
            && until <= from
        {
            let why = format!("is {until}, at or before `from`, which is {from}; it must be later");
            return Err(BadFacts::new(format!("secrecy.links.{id}.until"), why));
        }
    }
    for (id, clearance) in &secrecy.clearances {
        let field = |name: &str| format!("secrecy.clearances.{}.{name}", id.as_str());
        if clearance.level.is_open() {
            return Err(BadFacts::new(field("level"), "is `open`; allowed are `mat`, `toi_mat` and `tuyet_mat`"));
        }
        if clearance.name.trim().is_empty() {
            return Err(BadFacts::new(field("name"), "is empty; a clearance is a person's"));
        }
    }
    for (id, secret) in &secrecy.sessions {
        known(index.sessions.contains_key(id), || format!("secrecy.sessions.{id}"), id)?;
        for (join, leg) in &secret.refused_legs {
            let field = || format!("secrecy.sessions.{id}.refused_legs.{join}");
            known(index.joins.get(join).is_some_and(|one| one.session == *id), field, join)?;
            if leg.drop_at < leg.muted_at {
                let why = format!("is {}, before it is muted at {}", leg.drop_at, leg.muted_at);
                return Err(BadFacts::new(format!("{}.drop_at", field()), why));
            }
        }
    }
    for (id, read) in &secrecy.reads {
        if read.id != *id {
            return Err(BadFacts::new(format!("secrecy.reads.{id}.id"), format!("is {}; it must be {id}", read.id)));
        }
    }
    Ok(())
}
