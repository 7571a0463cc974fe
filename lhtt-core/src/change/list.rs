//! The changes of a decision: most have none or one, and those need no allocation.

use super::Change;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::ops::Deref;

/// ChangeList in their order. Reads as a slice.
#[derive(Clone, Default)]
pub struct ChangeList(Kept);

#[derive(Clone, Default)]
#[expect(clippy::large_enum_variant, reason = "one change in place, without an allocation, is what this is for")]
enum Kept {
    #[default]
    None,
    One([Change; 1]),
    Many(Vec<Change>),
}

impl ChangeList {
    /// No changes.
    pub const fn new() -> Self {
        Self(Kept::None)
    }

    /// One change more.
    pub fn push(&mut self, change: Change) {
        self.0 = match std::mem::take(&mut self.0) {
            Kept::None => Kept::One([change]),
            Kept::One([first]) => Kept::Many(vec![first, change]),
            Kept::Many(mut changes) => {
                changes.push(change);
                Kept::Many(changes)
            }
        };
    }
}

impl Deref for ChangeList {
    type Target = [Change];

    fn deref(&self) -> &[Change] {
        match &self.0 {
            Kept::None => &[],
            Kept::One(change) => change,
            Kept::Many(changes) => changes,
        }
    }
}

impl From<Change> for ChangeList {
    fn from(change: Change) -> Self {
        Self(Kept::One([change]))
    }
}

impl From<Vec<Change>> for ChangeList {
    fn from(changes: Vec<Change>) -> Self {
        Self(Kept::Many(changes))
    }
}

impl Extend<Change> for ChangeList {
    fn extend<I: IntoIterator<Item = Change>>(&mut self, changes: I) {
        changes.into_iter().for_each(|change| self.push(change));
    }
}

impl FromIterator<Change> for ChangeList {
    fn from_iter<I: IntoIterator<Item = Change>>(changes: I) -> Self {
        let mut all = Self::new();
        all.extend(changes);
        all
    }
}

impl IntoIterator for ChangeList {
    type Item = Change;
    type IntoIter = std::vec::IntoIter<Change>;

    fn into_iter(self) -> Self::IntoIter {
        match self.0 {
            Kept::None => Vec::new(),
            Kept::One(change) => change.into(),
            Kept::Many(changes) => changes,
        }
        .into_iter()
    }
}

impl<'a> IntoIterator for &'a ChangeList {
    type Item = &'a Change;
    type IntoIter = std::slice::Iter<'a, Change>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl PartialEq for ChangeList {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for ChangeList {}

impl<const N: usize> PartialEq<[Change; N]> for ChangeList {
    fn eq(&self, other: &[Change; N]) -> bool {
        **self == *other
    }
}

impl PartialEq<Vec<Change>> for ChangeList {
    fn eq(&self, other: &Vec<Change>) -> bool {
        **self == **other
    }
}

impl fmt::Debug for ChangeList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Serialize for ChangeList {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for ChangeList {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::from)
    }
}
