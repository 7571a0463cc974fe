//! One conference: its floors, its users, its requests and their queue. Pure: who is told what is the server's.

use super::floor_request::{FloorRequest, Move};
use super::member::Member;
use super::{Floor, Policy};
use crate::bfcp::limits::{REQUESTS_MAX, REQUESTS_PER_USER_AND_FLOOR_MAX};
use crate::bfcp::{ErrorCode, FloorId, FloorRequestId, Priority, RequestInformation, RequestStatus, UserId};
use lhtt_core::time::{Duration, Instant, soonest};
use std::collections::{BTreeMap, BTreeSet};

/// How long a request waits for a decision before it is denied: longer than a chair needs, shorter than an agenda item.
pub const DECISION_DEADLINE: Duration = Duration::from_secs(120);

#[derive(Debug)]
pub(super) struct Conference {
    pub(super) floors: BTreeMap<FloorId, Floor>,
    pub(super) users: BTreeMap<UserId, Member>,
    pub(super) requests: BTreeMap<FloorRequestId, FloorRequest>,
    /// Accepted requests, first come first.
    queue: Vec<FloorRequestId>,
    last: u16,
    /// Requests whose status changed, in order, and floors about which something changed, since somebody was told.
    pub(super) moved: Vec<FloorRequestId>,
    pub(super) stirred: BTreeSet<FloorId>,
}

/// A new request as its message says it.
pub(super) struct Wish {
    pub(super) user: UserId,
    pub(super) beneficiary: UserId,
    pub(super) floors: Vec<FloorId>,
    pub(super) priority: Priority,
    pub(super) info: Option<String>,
}

impl Conference {
    pub(super) fn new(floors: impl IntoIterator<Item = Floor>) -> Self {
        Self {
            floors: floors.into_iter().map(|floor| (floor.id, floor)).collect(),
            users: BTreeMap::new(),
            requests: BTreeMap::new(),
            queue: Vec::new(),
            last: 0,
            moved: Vec::new(),
            stirred: BTreeSet::new(),
        }
    }

    /// Takes a request in (RFC 8855 13.1). Floors whose policy grants by itself are decided at once.
    pub(super) fn request(&mut self, now: Instant, wish: Wish) -> Result<FloorRequestId, (ErrorCode, &'static str)> {
        let Wish { user, beneficiary, floors, priority, info } = wish;
        if floors.iter().any(|floor| !self.floors.contains_key(floor)) {
            return Err((ErrorCode::InvalidFloorId, "no such floor"));
        }
        let third = beneficiary != user && !floors.iter().all(|floor| self.chairs(user, *floor));
        if third {
            return Err((ErrorCode::UnauthorizedOperation, "only a chair asks for others"));
        }
        let of_user = |floor: &FloorId| {
            self.requests.values().filter(|request| request.user == user && request.floors.contains(floor)).count()
        };
        if floors.iter().any(|floor| of_user(floor) >= REQUESTS_PER_USER_AND_FLOOR_MAX) {
            return Err((ErrorCode::MaximumReached, "too many requests for this floor"));
        }
        if self.requests.len() >= REQUESTS_MAX {
            return Err((ErrorCode::Generic, "the conference has too many requests"));
        }
        let id = self.next_id();
        let asks = |floor: &&FloorId| self.floors[*floor].policy != Policy::Automatic && !self.chairs(user, **floor);
        let undecided: BTreeSet<FloorId> = floors.iter().filter(asks).copied().collect();
        let decided = undecided.is_empty();
        let most = self.users.get(&user).map_or(Priority::Normal, |member| member.user.priority_max);
        let request = FloorRequest {
            id,
            user,
            beneficiary,
            floors,
            priority: priority.min(most),
            info,
            status: RequestStatus::Pending,
            undecided,
            said: None,
            decide_by: Some(now + DECISION_DEADLINE),
        };
        self.requests.insert(id, request);
        self.note(id);
        if decided {
            self.shift(id, Move::Approve);
        }
        self.grant();
        Ok(id)
    }

    /// A participant gives back or takes back (RFC 8855 13.4).
    pub(super) fn release(&mut self, user: UserId, id: FloorRequestId) -> Result<(), (ErrorCode, &'static str)> {
        let request = self.requests.get(&id).ok_or((ErrorCode::FloorRequestIdDoesNotExist, "no such request"))?;
        if !request.concerns(user) {
            return Err((ErrorCode::UnauthorizedOperation, "the request is another's"));
        }
        self.shift(id, Move::Withdraw);
        self.grant();
        Ok(())
    }

    /// Somebody decides about floors of a request (RFC 8855 11.1, 13.6). A decision for all floors is made once each floor has its own;
    /// one refusal refuses all.
    pub(super) fn decide(
        &mut self,
        id: FloorRequestId,
        floors: &[(FloorId, RequestStatus, u8)],
        said: Option<String>,
    ) -> Result<(), (ErrorCode, &'static str)> {
        let request = self.requests.get_mut(&id).ok_or((ErrorCode::FloorRequestIdDoesNotExist, "no such request"))?;
        if floors.iter().any(|(floor, ..)| !request.floors.contains(floor)) {
            return Err((ErrorCode::InvalidFloorId, "the request is not for this floor"));
        }
        let fits = |status| match status {
            RequestStatus::Accepted | RequestStatus::Granted => request.status.is_ongoing(),
            RequestStatus::Denied => FloorRequest::after(request.status, Move::Refuse).is_some(),
            RequestStatus::Revoked => FloorRequest::after(request.status, Move::Revoke).is_some(),
            // The others are not a chair's to set.
            RequestStatus::Pending | RequestStatus::Cancelled | RequestStatus::Released | RequestStatus::Other(_) => {
                false
            }
        };
        if !floors.iter().all(|(_, status, _)| fits(*status)) {
            return Err((ErrorCode::UnauthorizedOperation, "a status that does not fit the request"));
        }
        request.said = said.or(request.said.take());
        for (floor, status, position) in floors {
            match status {
                RequestStatus::Denied => self.shift(id, Move::Refuse),
                RequestStatus::Revoked => self.shift(id, Move::Revoke),
                _ => self.approve(id, *floor, *status, *position),
            }
        }
        self.grant();
        Ok(())
    }

    /// One floor is decided. The last one puts the request into the queue: where the chair said, in front if it said Granted.
    fn approve(&mut self, id: FloorRequestId, floor: FloorId, status: RequestStatus, position: u8) {
        let Some(request) = self.requests.get_mut(&id) else { return };
        request.undecided.remove(&floor);
        self.stirred.insert(floor);
        if request.undecided.is_empty() {
            self.shift(id, Move::Approve);
        }
        let place = if status == RequestStatus::Granted { 1 } else { usize::from(position) };
        if let (Some(at), 1..) = (self.queue.iter().position(|queued| *queued == id), place) {
            self.queue.remove(at);
            self.queue.insert((place - 1).min(self.queue.len()), id);
        }
    }

    /// Withdraws all that a user asked for.
    pub(super) fn withdraw_all(&mut self, user: UserId) {
        let theirs: Vec<_> =
            self.requests.values().filter(|request| request.user == user).map(|request| request.id).collect();
        theirs.into_iter().for_each(|id| self.shift(id, Move::Withdraw));
        self.grant();
    }

    /// Denies what nobody decided in time.
    pub(super) fn expire(&mut self, now: Instant) {
        let late = |request: &&mut FloorRequest| request.decide_by.is_some_and(|by| by <= now);
        let mut over = Vec::new();
        for request in self.requests.values_mut().filter(late) {
            request.said = Some("no decision in time".to_owned());
            over.push(request.id);
        }
        over.into_iter().for_each(|id| self.shift(id, Move::Refuse));
    }

    pub(super) fn poll_timeout(&self) -> Option<Instant> {
        let requests = self.requests.values().filter_map(|request| request.decide_by).min();
        soonest(requests, self.users.values().filter_map(Member::poll_timeout).min())
    }

    /// Forgets what is over, once it was told.
    pub(super) fn sweep(&mut self) {
        self.requests.retain(|_, request| request.status.is_ongoing());
    }

    /// Whether a user decides about a floor.
    pub(super) fn chairs(&self, user: UserId, floor: FloorId) -> bool {
        self.floors.get(&floor).is_some_and(|floor| floor.policy == Policy::Chair(user))
    }

    /// What is told about a request.
    pub(super) fn information(&self, id: FloorRequestId) -> Option<RequestInformation> {
        let request = self.requests.get(&id)?;
        let position = self.queue.iter().position(|queued| *queued == id).map_or(0, |at| at + 1);
        let name = self.users.get(&request.beneficiary).and_then(|member| member.user.display_name.clone());
        Some(request.information(u8::try_from(position).unwrap_or(u8::MAX), name))
    }

    /// Grants what is first in the queue at all its floors; nobody overtakes at a floor, so that a request for several comes to its turn.
    fn grant(&mut self) {
        let mut left: BTreeMap<FloorId, usize> =
            self.floors.values().map(|floor| (floor.id, floor.holders_max)).collect();
        let granted = self.requests.values().filter(|request| request.status == RequestStatus::Granted);
        for floor in granted.flat_map(|request| &request.floors) {
            left.entry(*floor).and_modify(|room| *room = room.saturating_sub(1));
        }
        let mut first = Vec::new();
        for id in &self.queue {
            let floors = &self.requests[id].floors;
            if floors.iter().all(|floor| left.get(floor).is_some_and(|room| *room > 0)) {
                first.push(*id);
                left.iter_mut().filter(|(floor, _)| floors.contains(floor)).for_each(|(_, room)| *room -= 1);
            } else {
                left.extend(floors.iter().map(|floor| (*floor, 0)));
            }
        }
        first.into_iter().for_each(|id| self.shift(id, Move::Grant));
    }

    /// The one place where a status changes.
    fn shift(&mut self, id: FloorRequestId, it: Move) {
        let Some(request) = self.requests.get_mut(&id) else { return };
        let Some(status) = FloorRequest::after(request.status, it) else { return };
        request.status = status;
        let priority = request.priority;
        match status {
            RequestStatus::Accepted => {
                request.decide_by = None;
                let behind = |queued: &FloorRequestId| self.requests[queued].priority < priority;
                let at = self.queue.iter().position(behind).unwrap_or(self.queue.len());
                self.queue.insert(at, id);
            }
            _ => {
                request.decide_by = None;
                self.queue.retain(|queued| *queued != id);
            }
        }
        self.note(id);
    }

    fn note(&mut self, id: FloorRequestId) {
        if !self.moved.contains(&id) {
            self.moved.push(id);
        }
        self.stirred.extend(self.requests.get(&id).into_iter().flat_map(|request| &request.floors));
    }

    /// An id that no request has: there are far fewer than numbers.
    fn next_id(&mut self) -> FloorRequestId {
        loop {
            self.last = self.last.checked_add(1).unwrap_or(1);
            let id = FloorRequestId(self.last);
            if !self.requests.contains_key(&id) {
                return id;
            }
        }
    }
}
