//! A snapshot: a registry and the head of the journal that made it, so that a restart replays only what follows.
//!
//! One line of JSON with its own hash. It proves nothing by itself: it counts only if its head is that of an entry of the
//! chain, and [`resume`] refuses it otherwise. Names are in it in the clear, so erasing personal data erases snapshots too.
//! Leaves out: where it is kept, and when it is taken.

use super::entry::{BadLine, HASH_FIELD, hash_of, split};
use super::verify::{Broken, Why, walk};
use super::{Clear, Entry, Head};
use crate::registry::Registry;
use serde::{Deserialize, Serialize};

/// The form of snapshots that this crate writes; others are refused, and the journal replayed whole.
pub const SNAPSHOT_SCHEMA: u32 = 1;

/// Why a snapshot is not to be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BadSnapshot {
    /// It is not as it was written.
    #[error("the snapshot: {0}")]
    Line(#[from] BadLine),
    /// What is looked up in its registry by one name is something else.
    #[error("the snapshot's registry does not hang together")]
    Broken,
    /// The entry at its head is another one, or is not there.
    #[error("the snapshot's head is not in the chain at entry {seq}")]
    Head {
        /// The entry it names.
        seq: u64,
    },
}

#[derive(Serialize)]
struct Written<'a> {
    snapshot: u32,
    head: &'a Head,
    registry: &'a Registry,
}

#[derive(Deserialize)]
struct Read {
    snapshot: u32,
    head: Head,
    registry: Registry,
}

/// The snapshot of a registry whose journal ends at `head`, as a line.
///
/// # Errors
/// If the registry does not serialise.
pub fn snapshot(registry: &Registry, head: &Head) -> Result<String, serde_json::Error> {
    let mut line = serde_json::to_string(&Written { snapshot: SNAPSHOT_SCHEMA, head, registry })?;
    line.pop();
    let hash = hash_of(&line);
    line.push_str(HASH_FIELD);
    line.push_str(&hash.hex());
    line.push_str("\"}");
    Ok(line)
}

/// Reads a snapshot; `entry` is the line of the journal with the number of its head.
///
/// # Errors
/// If it is not as it was written, its head is not that of `entry`, or its registry does not hang
/// together.
pub fn read_snapshot(line: &str, entry: impl FnOnce(u64) -> Option<String>) -> Result<(Registry, Head), BadSnapshot> {
    let (body, hash) = split(line).ok_or(BadLine::Hash)?;
    if hash_of(body) != hash {
        return Err(BadLine::Hash.into());
    }
    let read: Read = serde_json::from_str(line).map_err(|error| BadLine::Form(error.to_string()))?;
    if read.snapshot != SNAPSHOT_SCHEMA {
        return Err(BadLine::Schema(read.snapshot.into()).into());
    }
    let found = entry(read.head.seq).and_then(|line| Entry::from_line(&line).ok());
    if found.is_none_or(|entry| entry.head() != read.head) {
        return Err(BadSnapshot::Head { seq: read.head.seq });
    }
    // Its hash is its own: whoever can write it can make one. What is looked up in it must be what it is called all the same.
    match read.registry.is_whole() {
        true => Ok((read.registry, read.head)),
        false => Err(BadSnapshot::Broken),
    }
}

/// Goes on from a registry and its head with the lines that follow.
///
/// # Errors
/// As [`super::replay`].
pub fn resume<L: AsRef<str>>(
    from: (Registry, Head),
    lines: impl IntoIterator<Item = L>,
    clear: &Clear,
) -> Result<(Registry, Head), Broken> {
    let (mut registry, head) = from;
    let head = walk(head, lines, Some(clear), |entry| {
        registry.apply_all(&entry.decision().changes).map_err(Why::Contradiction)
    })?;
    Ok((registry, head))
}
