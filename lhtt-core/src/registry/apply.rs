//! Applies changes. Each is checked whole before anything is touched, so that nothing is ever half applied.

use super::{Joined, Registration, RegistrationState, Registry, Seat, Session, SessionEnd};
use crate::calendar::Calendar;
use crate::change::{Change, SecrecyChange};
use crate::civil::Moment;
use crate::ids::{JoinId, OrganizationId, PeerId, RegistrationId, SessionId, SiteId};
use crate::request::LeaveReason;
use std::collections::BTreeMap;

/// A change that contradicts the facts: the journal and the registry do not belong together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Contradiction {
    /// It names something that is not there.
    #[error("no {what} `{id}` is known")]
    Unknown {
        /// What.
        what: &'static str,
        /// Which.
        id: String,
    },
    /// It opens something that is there already.
    #[error("{what} `{id}` is there already")]
    Exists {
        /// What.
        what: &'static str,
        /// Which.
        id: String,
    },
    /// It is out of turn.
    #[error("{what} `{id}` is not in a state for that")]
    OutOfTurn {
        /// What.
        what: &'static str,
        /// Which.
        id: String,
    },
    /// All join slots of the member are taken.
    #[error("no free slot for join `{0}`")]
    NoSlot(JoinId),
}

impl Registry {
    /// Applies one change.
    ///
    /// # Errors
    /// If it contradicts the facts; then nothing has changed.
    pub fn apply(&mut self, change: &Change) -> Result<(), Contradiction> {
        match change {
            Change::Profile(profile) => {
                self.calendar_is_later &= self.profile.calendars().eq(profile.calendars());
                self.profile = (**profile).clone();
            }
            Change::Calendar(calendar) => {
                // Whoever configures the shipped one takes back what was configured.
                self.calendar_is_later = **calendar != *Calendar::built_in();
                self.calendar = Some((**calendar).clone());
            }
            Change::Peer(peer) => drop(self.peers.insert(peer.id.clone(), peer.clone())),
            Change::PeerRemoved(id) => remove(&mut self.peers, id, "peer", PeerId::to_string)?,
            Change::Organization(one) => drop(self.organizations.insert(one.id.clone(), one.clone())),
            Change::OrganizationRemoved(id) => {
                remove(&mut self.organizations, id, "organization", OrganizationId::to_string)?;
            }
            Change::Site(site) => drop(self.sites.insert(site.id.clone(), site.clone())),
            Change::SiteRemoved(id) => remove(&mut self.sites, id, "site", SiteId::to_string)?,
            Change::Registered(registration) => self.register(registration)?,
            Change::Overridden { registration, overridden } => {
                self.under_review(*registration)?.overridden = Some(overridden.clone());
            }
            Change::Accepted(session) => self.accept(session)?,
            Change::Rejected { registration, rejection } => {
                self.under_review(*registration)?.state = RegistrationState::Rejected(rejection.clone());
            }
            Change::SeatAdded { session, seat, .. } => self.add_seat(*session, seat)?,
            Change::Joined(joined) => self.join_session(joined)?,
            Change::Left { join, reason, at } => self.leave(*join, reason, *at)?,
            Change::Ended { session, end } => self.end(*session, end)?,
            Change::Estate(change) => self.estate.apply(change)?,
            Change::Planning(change) => self.apply_planning(change)?,
            Change::Conduct(change) => self.conduct.apply(change)?,
            Change::Floor(change) => self.floor.apply(change)?,
            Change::Secrecy(change) => self.apply_secrecy(change)?,
            Change::Record(change) => self.record.apply(change)?,
        }
        self.keep_record(change);
        Ok(())
    }

    /// Applies all changes of a decision, in order.
    ///
    /// # Errors
    /// At the first that contradicts the facts; those before it stay applied, so throw the registry away. A decision on
    /// this very registry never contradicts it.
    pub fn apply_all(&mut self, changes: &[Change]) -> Result<(), Contradiction> {
        changes.iter().try_for_each(|change| self.apply(change))
    }

    pub(super) fn register(&mut self, registration: &Registration) -> Result<(), Contradiction> {
        let id = registration.id;
        if self.registrations.contains_key(&id) {
            return Err(Contradiction::Exists { what: "registration", id: id.to_string() });
        }
        if let Some(alias) = &registration.submission.alias {
            self.by_wish.insert(alias.clone(), id);
        }
        self.registrations.insert(id, registration.clone());
        Ok(())
    }

    /// A registration that waits for the operator: not accepted, not refused.
    pub(super) fn under_review(&mut self, id: RegistrationId) -> Result<&mut Registration, Contradiction> {
        let what = "registration";
        let found = self.registrations.get_mut(&id);
        let registration = found.ok_or_else(|| Contradiction::Unknown { what, id: id.to_string() })?;
        match registration.state {
            RegistrationState::UnderReview | RegistrationState::Incomplete => Ok(registration),
            _ => Err(Contradiction::OutOfTurn { what, id: id.to_string() }),
        }
    }

    fn accept(&mut self, session: &Session) -> Result<(), Contradiction> {
        if self.sessions.contains_key(&session.id) {
            return Err(Contradiction::Exists { what: "session", id: session.id.to_string() });
        }
        self.under_review(session.registration)?.state = RegistrationState::Accepted(session.id);
        self.secrecy.at_level(session.id, session.classification);
        self.by_alias.entry(session.alias.clone()).or_default().push(session.id);
        self.sessions.insert(session.id, session.clone());
        Ok(())
    }

    /// The list stays sorted by member.
    fn add_seat(&mut self, id: SessionId, seat: &Seat) -> Result<(), Contradiction> {
        let session = open_session(&mut self.sessions, id)?;
        match session.seats.binary_search_by(|one| one.member.cmp(&seat.member)) {
            Ok(_) => Err(Contradiction::Exists { what: "seat", id: seat.member.id().to_owned() }),
            Err(place) => {
                session.seats.insert(place, seat.clone());
                Ok(())
            }
        }
    }

    fn join_session(&mut self, joined: &Joined) -> Result<(), Contradiction> {
        if self.joins.contains_key(&joined.join) {
            return Err(Contradiction::Exists { what: "join", id: joined.join.to_string() });
        }
        let session = open_session(&mut self.sessions, joined.session)?;
        let at = session.seat_index(&joined.member);
        let seat = at.and_then(|at| session.seats.get_mut(at)).filter(|seat| seat.taken < seat.legs);
        let seat = seat.ok_or(Contradiction::NoSlot(joined.join))?;
        seat.taken += 1;
        self.conduct.on_joined(joined, seat.taken == 1);
        self.last_join = self.last_join.max(joined.join);
        self.joins.insert(joined.join, joined.clone());
        Ok(())
    }

    /// The leg goes, and its slot comes back; also when its session has ended before it.
    fn leave(&mut self, join: JoinId, reason: &LeaveReason, at: Option<Moment>) -> Result<(), Contradiction> {
        let unknown = || Contradiction::Unknown { what: "join", id: join.to_string() };
        let joined = self.joins.remove(&join).ok_or_else(unknown)?;
        self.secrecy.left(joined.session, join);
        let Some(session) = self.sessions.get_mut(&joined.session) else { return Ok(()) };
        let seat = session.seat_index(&joined.member).and_then(|at| session.seats.get_mut(at));
        let last = seat.is_some_and(|seat| {
            seat.taken = seat.taken.saturating_sub(1);
            seat.taken == 0
        });
        let empty = session.seats.iter().all(|seat| seat.taken == 0);
        self.conduct.on_left(&joined, at, reason.is_loss(), last, empty);
        Ok(())
    }

    /// A change of secrecy; another level is the session's own, and takes the free text out of its registration.
    fn apply_secrecy(&mut self, change: &SecrecyChange) -> Result<(), Contradiction> {
        if let SecrecyChange::Reclassified(raise) = change {
            let session = open_session(&mut self.sessions, raise.session)?;
            session.classification = raise.to;
            let registration = self.registrations.get_mut(&session.registration).filter(|_| !raise.to.is_open());
            if let Some(registration) = registration {
                registration.submission = registration.submission.without_content();
                registration.submission.classification = raise.to;
            }
        }
        self.secrecy.apply(change)?;
        self.conduct_of_secrecy(change);
        Ok(())
    }

    /// What becomes of a running session that waits for its dossier.
    fn conduct_of_secrecy(&mut self, change: &SecrecyChange) {
        match change {
            SecrecyChange::Reclassified(raise) if raise.suspended => {
                self.conduct.suspend_for_secrecy(raise.session, raise.at, &raise.by);
            }
            SecrecyChange::Resumed { session, at } => self.conduct.resume_from_secrecy(*session, *at),
            _ => {}
        }
    }

    fn end(&mut self, id: SessionId, end: &SessionEnd) -> Result<(), Contradiction> {
        open_session(&mut self.sessions, id)?.ended = Some(end.clone());
        self.conduct.on_ended(id, end.at);
        Ok(())
    }
}

fn open_session(sessions: &mut BTreeMap<SessionId, Session>, id: SessionId) -> Result<&mut Session, Contradiction> {
    let what = "session";
    let session = sessions.get_mut(&id).ok_or_else(|| Contradiction::Unknown { what, id: id.to_string() })?;
    match session.ended {
        None => Ok(session),
        Some(_) => Err(Contradiction::OutOfTurn { what, id: id.to_string() }),
    }
}

fn remove<K: Ord, V>(
    map: &mut BTreeMap<K, V>,
    id: &K,
    what: &'static str,
    name: fn(&K) -> String,
) -> Result<(), Contradiction> {
    match map.remove(id) {
        Some(_) => Ok(()),
        None => Err(Contradiction::Unknown { what, id: name(id) }),
    }
}
