//! Who is told of what changed (RFC 8855 13.1.2, 13.5.2), and what the clock brings.
//!
//! A participant hears of its requests whenever their status changes, whoever asked about a floor whenever something about it does.
//! Requests that wait for a decision are told to those alone who made them and who decide (RFC 8855 13.5).

use super::conference::Conference;
use super::member::{Connection, Notice};
use super::{Event, Left, Server};
use crate::bfcp::limits::{FLOORS_MAX, REQUESTS_MAX};
use crate::bfcp::requests::{Overdue, written};
use crate::bfcp::{
    Attribute, ConferenceId, FloorId, FloorRequestId, Message, Path, Primitive, RequestStatus, TransactionId, UserId,
};
use lhtt_core::io::Output;
use lhtt_core::time::Instant;
use std::collections::VecDeque;

impl Server {
    /// Tells of all that changed. Whoever just asked hears of it in the answer already: a request's status, or a floor.
    pub(super) fn settle(&mut self, now: Instant, id: ConferenceId, answered: Option<(UserId, Notice)>) {
        let Some(conference) = self.conferences.get_mut(&id) else { return };
        let (moved, stirred) = (std::mem::take(&mut conference.moved), std::mem::take(&mut conference.stirred));
        let mut notices: Vec<(UserId, Notice, Message)> = Vec::new();
        for request in moved {
            let Some(information) = conference.information(request) else { continue };
            let about = &conference.requests[&request];
            let mut told = vec![about.user, about.beneficiary];
            told.dedup();
            for user in told {
                notices.push((user, Notice::Request(request), conference.request_status(id, user, request)));
            }
            self.events.push_back(Event::Request { conference: id, information: Box::new(information) });
        }
        for floor in stirred {
            for user in conference.watchers(floor) {
                notices.push((user, Notice::Floor(floor), conference.floor_status(id, user, Some(floor))));
            }
        }
        conference.sweep();
        for (user, notice, message) in notices {
            if answered != Some((user, notice)) {
                let connection = conference.users.get_mut(&user).and_then(|member| member.connection.as_mut());
                connection
                    .into_iter()
                    .for_each(|connection| connection.tell(&mut self.outputs, now, notice, message.clone()));
            }
        }
    }

    pub(super) fn on_conference_timeout(&mut self, now: Instant, id: ConferenceId) {
        let Some(conference) = self.conferences.get_mut(&id) else { return };
        conference.expire(now);
        let (mut broken, mut gone) = (Vec::new(), Vec::new());
        for member in conference.users.values_mut() {
            if let Some(connection) = &mut member.connection {
                match connection.notices.on_deadline(now) {
                    Overdue::No if connection.silent_at.is_some_and(|at| at <= now) => broken.push(member.user.id),
                    Overdue::No => {}
                    Overdue::Repeat(octets) => {
                        self.outputs.extend(octets.into_iter().map(|octets| connection.path.send(octets)));
                    }
                    Overdue::Broken => broken.push(member.user.id),
                }
            }
            if member.lost_until.take_if(|at| *at <= now).is_some() {
                gone.push(member.user.id);
            }
        }
        gone.into_iter().for_each(|user| conference.withdraw_all(user));
        broken.into_iter().for_each(|user| self.part(now, id, user, Left::Broken));
        self.settle(now, id, None);
    }
}

impl Connection {
    /// Over a stream a notice goes out at once, as transaction 0 (RFC 8855 8.2); over datagrams in its turn. Whoever lets more wait
    /// than there can be requests and floors does not listen, and the next deadline ends it.
    pub(super) fn tell(&mut self, outputs: &mut VecDeque<Output>, now: Instant, notice: Notice, message: Message) {
        match self.path {
            Path::Stream(stream) => {
                outputs.extend(written(&message, false).into_iter().map(|data| Output::Send { stream, data }));
            }
            Path::Datagrams { .. } if self.notices.waiting() > REQUESTS_MAX + FLOORS_MAX => self.silent_at = Some(now),
            Path::Datagrams { .. } => {
                self.notices.put(notice, message);
                self.flush(outputs, now);
            }
        }
    }

    /// Sends the next notice if none is under way.
    pub(super) fn flush(&mut self, outputs: &mut VecDeque<Output>, now: Instant) {
        outputs.extend(self.notices.begin(now).into_iter().map(|octets| self.path.send(octets)));
    }
}

impl Conference {
    /// Who wants to be told about a floor.
    fn watchers(&self, floor: FloorId) -> Vec<UserId> {
        let watches = |connection: &Connection| connection.floors.contains(&floor);
        let users = self.users.values().filter(|member| member.connection.as_ref().is_some_and(watches));
        users.map(|member| member.user.id).collect()
    }

    /// A FloorRequestStatus for a user.
    pub(super) fn request_status(&self, id: ConferenceId, user: UserId, request: FloorRequestId) -> Message {
        let mut message = self.notice(Primitive::FloorRequestStatus, id, user);
        message.attributes.extend(self.information(request).map(|information| information.attribute()));
        message
    }

    /// A FloorStatus for a user: granted requests first, then the queue, then those that wait for a decision.
    pub(super) fn floor_status(&self, id: ConferenceId, user: UserId, floor: Option<FloorId>) -> Message {
        let mut message = self.notice(Primitive::FloorStatus, id, user);
        let Some(floor) = floor else { return message };
        message.attributes.push(Attribute::FloorId(floor));
        let shown = |request: &&super::floor_request::FloorRequest| {
            let waits = request.status == RequestStatus::Pending;
            let theirs = request.concerns(user) || self.chairs(user, floor);
            request.floors.contains(&floor) && request.status.is_ongoing() && (!waits || theirs)
        };
        let mut shown: Vec<_> =
            self.requests.values().filter(shown).filter_map(|request| self.information(request.id)).collect();
        let rank = |status| match status {
            Some(RequestStatus::Granted) => 0,
            Some(RequestStatus::Accepted) => 1,
            _ => 2,
        };
        shown.sort_by_key(|information| (rank(information.overall.status), information.overall.queue_position));
        message.attributes.extend(shown.iter().map(crate::bfcp::RequestInformation::attribute));
        message
    }

    fn notice(&self, primitive: Primitive, id: ConferenceId, user: UserId) -> Message {
        let connection = self.users.get(&user).and_then(|member| member.connection.as_ref());
        let version = connection.map_or(1, |connection| connection.path.version());
        Message::request(version, primitive, id, TransactionId(0), user)
    }
}
