//! Which profile holds: that of the time of the act. Leaves out: what is in one, see [`Profile`].

use super::Profile;
use crate::civil::Moment;

impl Profile {
    /// The profile that holds at a moment: the last of them that has begun, else the first.
    pub fn at(&self, act: Moment) -> &Self {
        let begun = self.later.iter().filter(|one| one.effective_from <= act);
        begun.max_by_key(|one| one.effective_from).unwrap_or(self)
    }
}
