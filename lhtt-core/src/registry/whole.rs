//! Whether a registry that was read hangs together: what is looked up in it by one name is what bears that name. Holds of every
//! registry that changes have made; leaves out what a configuration may take away from under old sessions.

use super::{Registry, Session};

impl Registry {
    /// Whether every object stands under its own name, and every index leads to one.
    pub(crate) fn is_whole(&self) -> bool {
        let named = self.peers.iter().all(|(id, one)| *id == one.id)
            && self.organizations.iter().all(|(id, one)| *id == one.id)
            && self.sites.iter().all(|(id, one)| *id == one.id)
            && self.registrations.iter().all(|(id, one)| *id == one.id)
            && self.sessions.iter().all(|(id, one)| *id == one.id)
            && self.joins.iter().all(|(id, one)| *id == one.join);
        let led = self.by_alias.values().flatten().all(|id| self.sessions.contains_key(id))
            && self.by_wish.values().all(|id| self.registrations.contains_key(id))
            && self.joins.values().all(|one| self.sessions.contains_key(&one.session))
            && self.joins.last_key_value().is_none_or(|(last, _)| *last <= self.last_join);
        named && led && self.sessions.values().all(seated)
    }
}

/// A list is searched by halves, so it is sorted; nobody has more legs than slots.
fn seated(session: &Session) -> bool {
    session.start < session.end
        && session.seats.windows(2).all(|pair| pair[0].member < pair[1].member)
        && session.seats.iter().all(|seat| seat.taken <= seat.legs)
}
