//! Checks a chain of lines, and replays it.

use super::{BadLine, Clear, Entry, Hash, Head};
use crate::registry::{Contradiction, Registry};

/// Where and how a journal is broken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("entry {seq}: {why}")]
pub struct Broken {
    /// The number that the entry at this place should have.
    pub seq: u64,
    /// How.
    pub why: Why,
}

/// How a journal is broken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Why {
    /// A line was changed, or is no line of a journal.
    #[error(transparent)]
    Line(#[from] BadLine),
    /// An entry is missing, or out of its place.
    #[error("its number is `{found}`: entries were deleted, inserted or moved")]
    Sequence {
        /// The number found.
        found: u64,
    },
    /// An entry does not follow from the one before.
    #[error("it does not follow from the entry before it")]
    Chain,
    /// The journal ends before the entry that is known to have been written.
    #[error("the journal was cut off: it is known to have reached entry {expected}")]
    Truncated {
        /// How far it is known to have gone.
        expected: u64,
    },
    /// The entry at the known head is another one.
    #[error("it is another entry than the one known: the journal was written anew")]
    Rewritten,
    /// The changes contradict each other, though every hash is right.
    #[error("its changes contradict the entries before it: {0}")]
    Contradiction(#[from] Contradiction),
}

/// Checks a whole journal; its head.
///
/// # Errors
/// At the first line that is not as it was written. Lines cut off at the end do not show: see [`verify_to`].
pub fn verify<L: AsRef<str>>(lines: impl IntoIterator<Item = L>) -> Result<Head, Broken> {
    verify_from(&Head::default(), lines)
}

/// Checks the part of a journal that follows `head`.
///
/// # Errors
/// As [`verify`].
pub fn verify_from<L: AsRef<str>>(head: &Head, lines: impl IntoIterator<Item = L>) -> Result<Head, Broken> {
    walk(*head, lines, None, |_| Ok(()))
}

/// Checks a whole journal, and that it holds the entry of `expected`, a head noted earlier and kept elsewhere.
///
/// # Errors
/// As [`verify`], and if the journal ends before `expected` or has another entry at its place.
pub fn verify_to<L: AsRef<str>>(lines: impl IntoIterator<Item = L>, expected: &Head) -> Result<Head, Broken> {
    let head =
        walk(Head::default(), lines, None, |entry| match entry.seq() == expected.seq && entry.head() != *expected {
            true => Err(Why::Rewritten),
            false => Ok(()),
        })?;
    match head.seq < expected.seq {
        true => Err(Broken { seq: head.seq + 1, why: Why::Truncated { expected: expected.seq } }),
        false => Ok(head),
    }
}

/// Checks a whole journal and gives the registry that its changes make, with its head.
///
/// # Errors
/// As [`verify`], and if a change contradicts those before it.
pub fn replay<L: AsRef<str>>(lines: impl IntoIterator<Item = L>) -> Result<(Registry, Head), Broken> {
    let mut registry = Registry::default();
    let head = walk(Head::default(), lines, None, |entry| Ok(registry.apply_all(&entry.decision().changes)?))?;
    Ok((registry, head))
}

/// As [`replay`], with the personal data that stand beside the chain; those that were erased show as such.
///
/// # Errors
/// As [`replay`].
pub fn replay_with<L: AsRef<str>>(
    lines: impl IntoIterator<Item = L>,
    clear: &Clear,
) -> Result<(Registry, Head), Broken> {
    super::resume((Registry::default(), Head::default()), lines, clear)
}

pub(super) fn walk<L: AsRef<str>>(
    mut head: Head,
    lines: impl IntoIterator<Item = L>,
    clear: Option<&Clear>,
    mut each: impl FnMut(&Entry) -> Result<(), Why>,
) -> Result<Head, Broken> {
    for line in lines {
        let seq = head.seq + 1;
        let entry = follow(&head, line.as_ref(), clear).and_then(|entry| each(&entry).map(|()| entry));
        head = entry.map_err(|why| Broken { seq, why })?.head();
    }
    Ok(head)
}

/// Reads the line that follows `head`.
fn follow(head: &Head, line: &str, clear: Option<&Clear>) -> Result<Entry, Why> {
    let entry = Entry::read(line.trim_end_matches(['\r', '\n']), clear)?;
    let expected: (u64, Hash) = (head.seq + 1, head.hash);
    match (entry.seq() == expected.0, entry.prev() == expected.1) {
        (true, true) => Ok(entry),
        (false, _) => Err(Why::Sequence { found: entry.seq() }),
        (true, false) => Err(Why::Chain),
    }
}
