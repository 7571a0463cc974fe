//! What an owner does with a server.

use super::conference::Conference;
use super::member::{Member, Notice};
use super::{Decision, Event, Floor, Left, Misuse, Server, User};
use crate::bfcp::limits::{CONFERENCES_MAX, FLOORS_MAX, USERS_MAX};
use crate::bfcp::{ConferenceId, FloorRequestId, Message, Path, Primitive, RequestStatus, TransactionId, UserId};
use lhtt_core::time::Instant;

impl Server {
    /// Adds a conference. Its number should be random (RFC 8855 5.1).
    ///
    /// # Errors
    /// [`Misuse`].
    pub fn add_conference(&mut self, id: ConferenceId, floors: Vec<Floor>) -> Result<(), Misuse> {
        match () {
            () if self.conferences.contains_key(&id) => Err(Misuse::There("conference")),
            () if self.conferences.len() >= CONFERENCES_MAX => Err(Misuse::Full("conferences")),
            () if floors.len() > FLOORS_MAX => Err(Misuse::Full("floors")),
            () => {
                self.conferences.insert(id, Conference::new(floors));
                Ok(())
            }
        }
    }

    /// Adds a user.
    ///
    /// # Errors
    /// [`Misuse`].
    pub fn add_user(&mut self, conference: ConferenceId, user: User) -> Result<(), Misuse> {
        let users = &mut self.conferences.get_mut(&conference).ok_or(Misuse::NoConference(conference))?.users;
        match () {
            () if users.contains_key(&user.id) => Err(Misuse::There("user")),
            () if users.len() >= USERS_MAX => Err(Misuse::Full("users")),
            () => {
                users.insert(user.id, Member::new(user));
                Ok(())
            }
        }
    }

    /// Takes a user out: what it asked for is withdrawn, and it hears Goodbye or the end of its stream (RFC 8855 6.1, 6.2). That Goodbye
    /// goes out once: whoever misses it is refused as unknown.
    ///
    /// # Errors
    /// [`Misuse`].
    pub fn dismiss(&mut self, now: Instant, conference: ConferenceId, user: UserId) -> Result<(), Misuse> {
        let at = self.conferences.get_mut(&conference).ok_or(Misuse::NoConference(conference))?;
        let member = at.users.get_mut(&user).ok_or(Misuse::NoUser(user))?;
        if let Some(connection) = &mut member.connection {
            let path = connection.path;
            if path.is_datagrams() {
                let goodbye = Message::request(2, Primitive::Goodbye, conference, TransactionId(0), user);
                connection.notices.put_only(Notice::Goodbye, goodbye);
                connection.flush(&mut self.outputs, now);
            }
            self.part(now, conference, user, Left::Dismissed);
            self.unbind(path, conference, user);
        }
        if let Some(at) = self.conferences.get_mut(&conference) {
            at.withdraw_all(user);
            at.users.remove(&user);
        }
        self.settle(now, conference, None);
        Ok(())
    }

    /// Takes a conference out, and all its users.
    ///
    /// # Errors
    /// [`Misuse`].
    pub fn remove_conference(&mut self, now: Instant, conference: ConferenceId) -> Result<(), Misuse> {
        let at = self.conferences.get(&conference).ok_or(Misuse::NoConference(conference))?;
        for user in at.users.keys().copied().collect::<Vec<_>>() {
            self.dismiss(now, conference, user)?;
        }
        self.conferences.remove(&conference);
        Ok(())
    }

    /// Decides about all floors of a request, whatever their policy.
    ///
    /// # Errors
    /// [`Misuse`].
    pub fn decide(
        &mut self,
        now: Instant,
        conference: ConferenceId,
        request: FloorRequestId,
        decision: Decision,
        said: Option<String>,
    ) -> Result<(), Misuse> {
        let at = self.conferences.get_mut(&conference).ok_or(Misuse::NoConference(conference))?;
        let status = match decision {
            Decision::Approve => RequestStatus::Accepted,
            Decision::Deny => RequestStatus::Denied,
            Decision::Revoke => RequestStatus::Revoked,
        };
        let floors = at.requests.get(&request).ok_or(Misuse::Request(request))?.floors.clone();
        let floors: Vec<_> = floors.into_iter().map(|floor| (floor, status, 0)).collect();
        at.decide(request, &floors, said).map_err(|_| Misuse::Request(request))?;
        self.settle(now, conference, None);
        Ok(())
    }

    /// A user's connection ends. Where it broke, what it asked for waits for it.
    pub(super) fn part(&mut self, now: Instant, conference: ConferenceId, user: UserId, how: Left) {
        let Some(at) = self.conferences.get_mut(&conference) else { return };
        let Some(member) = at.users.get_mut(&user) else { return };
        let Some(connection) = member.connection.take() else { return };
        if let Path::Datagrams { remote, .. } = connection.path {
            self.reassembly.forget(remote);
        }
        self.events.push_back(Event::Left { conference, user, how });
        match how {
            Left::Broken | Left::Malformed => member.lost_until = Some(now + super::RECONNECT_GRACE),
            Left::Goodbye | Left::Dismissed => at.withdraw_all(user),
        }
        self.settle(now, conference, None);
    }
}
