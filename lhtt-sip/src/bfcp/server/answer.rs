//! What each request of a user does and how it is answered (RFC 8855 13.1 to 13.7).

use super::conference::{Conference, Wish};
use super::member::Notice;
use super::receive::{Refusal, refused};
use super::{Left, Server};
use crate::bfcp::information::text;
use crate::bfcp::limits::FLOORS_PER_REQUEST_MAX;
use crate::bfcp::requests::written;
use crate::bfcp::{
    Attribute, ErrorCode, FloorId, FloorRequestId, Message, Path, Primitive, Priority, RequestInformation, UserId,
    UserInformation,
};
use lhtt_core::time::Instant;

/// An answer, and what it tells already.
type Answer = Result<(Message, Option<Notice>), Refusal>;

impl Server {
    /// Answers, then tells everybody of what changed.
    pub(super) fn on_request(&mut self, now: Instant, path: Path, message: &Message) {
        let (id, user) = (message.conference, message.user);
        let Some(conference) = self.conferences.get_mut(&id) else { return };
        let answer = match message.primitive {
            Primitive::FloorRequest => conference.on_floor_request(now, message),
            Primitive::FloorRelease => conference.on_release(message),
            Primitive::FloorRequestQuery => conference.on_request_query(message),
            Primitive::UserQuery => conference.on_user_query(message),
            Primitive::FloorQuery => conference.on_floor_query(message),
            Primitive::ChairAction => conference.on_chair_action(message),
            Primitive::Hello => Ok((hello_ack(message), None)),
            // Goodbye: nothing else is let through. In a stream it is as good as its end.
            _ => Ok((message.answer(Primitive::GoodbyeAck), None)),
        };
        let (answer, told) = answer.unwrap_or_else(|refusal| (refused(path, message, &refusal), None));
        let octets = written(&answer, path.is_datagrams());
        if let (true, Some(connection)) = (path.is_datagrams(), self.connection(id, user)) {
            connection.answers.keep(now, message.transaction, message.primitive, octets.clone());
        }
        self.outputs.extend(octets.into_iter().map(|octets| path.send(octets)));
        self.settle(now, id, told.map(|notice| (user, notice)));
        self.begin_watching(now, message, told);
        if message.primitive == Primitive::Goodbye {
            self.part(now, id, user, Left::Goodbye);
            self.unbind(path, id, user);
        }
    }

    /// The floors of a FloorQuery beyond the first are told by notices (RFC 8855 13.5.2).
    fn begin_watching(&mut self, now: Instant, message: &Message, told: Option<Notice>) {
        if let (Primitive::FloorQuery, Some(Notice::Floor(first))) = (message.primitive, told)
            && let Some(conference) = self.conferences.get_mut(&message.conference)
        {
            let connection = conference.users.get(&message.user).and_then(|member| member.connection.as_ref());
            let others: Vec<FloorId> =
                connection.into_iter().flat_map(|it| &it.floors).copied().filter(|floor| *floor != first).collect();
            for floor in others {
                let status = conference.floor_status(message.conference, message.user, Some(floor));
                let member = conference.users.get_mut(&message.user);
                let connection = member.and_then(|member| member.connection.as_mut());
                connection
                    .into_iter()
                    .for_each(|it| it.tell(&mut self.outputs, now, Notice::Floor(floor), status.clone()));
            }
        }
    }
}

impl Conference {
    fn on_floor_request(&mut self, now: Instant, message: &Message) -> Answer {
        let (mut floors, mut priority, mut info) = (floors(message), Priority::Normal, None);
        for attribute in &message.attributes {
            match attribute {
                Attribute::Priority(said) => priority = *said,
                Attribute::ParticipantProvidedInfo(octets) => info = Some(text(octets)),
                _ => {}
            }
        }
        floors.dedup();
        if floors.is_empty() {
            return Err((ErrorCode::UnableToParse, "a FloorRequest without a floor").into());
        }
        if floors.len() > FLOORS_PER_REQUEST_MAX {
            return Err((ErrorCode::Generic, "too many floors in one request").into());
        }
        let beneficiary = beneficiary(message).unwrap_or(message.user);
        if !self.users.contains_key(&beneficiary) {
            return Err((ErrorCode::UserDoesNotExist, "no such beneficiary").into());
        }
        let wish = Wish { user: message.user, beneficiary, floors, priority, info };
        let id = self.request(now, wish)?;
        Ok(self.status(message, id))
    }

    fn on_release(&mut self, message: &Message) -> Answer {
        let id = request_id(message)?;
        self.release(message.user, id)?;
        Ok(self.status(message, id))
    }

    fn on_request_query(&mut self, message: &Message) -> Answer {
        let id = request_id(message)?;
        if !self.requests.contains_key(&id) {
            return Err((ErrorCode::FloorRequestIdDoesNotExist, "no such request").into());
        }
        Ok((self.status(message, id).0, None))
    }

    fn status(&self, message: &Message, id: FloorRequestId) -> (Message, Option<Notice>) {
        let mut answer = message.answer(Primitive::FloorRequestStatus);
        answer.attributes.extend(self.information(id).map(|information| information.attribute()));
        (answer, Some(Notice::Request(id)))
    }

    fn on_user_query(&mut self, message: &Message) -> Answer {
        let named = beneficiary(message);
        let user = named.unwrap_or(message.user);
        let about = &self.users.get(&user).ok_or((ErrorCode::UserDoesNotExist, "no such user"))?.user;
        let (display_name, uri) = (about.display_name.clone(), about.uri.clone());
        let mut answer =
            message.answer(Primitive::UserStatus).with(UserInformation { user, display_name, uri }.whole());
        let theirs = self.requests.values().filter(|request| request.concerns(user));
        let told = theirs.filter_map(|request| self.information(request.id));
        answer.attributes.extend(told.map(|information| information.attribute()));
        Ok((answer, None))
    }

    /// From now on the user is told about these floors alone (RFC 8855 12.1.1).
    fn on_floor_query(&mut self, message: &Message) -> Answer {
        let floors = floors(message);
        if floors.iter().any(|floor| !self.floors.contains_key(floor)) {
            return Err((ErrorCode::InvalidFloorId, "no such floor").into());
        }
        let first = floors.first().copied();
        if let Some(connection) = self.users.get_mut(&message.user).and_then(|member| member.connection.as_mut()) {
            connection.floors = floors.into_iter().collect();
        }
        let mut answer = message.answer(Primitive::FloorStatus);
        answer.attributes = self.floor_status(message.conference, message.user, first).attributes;
        Ok((answer, first.map(Notice::Floor)))
    }

    /// A chair speaks for its own floors alone.
    fn on_chair_action(&mut self, message: &Message) -> Answer {
        let told = RequestInformation::all(message).into_iter().next();
        let told = told.ok_or((ErrorCode::UnableToParse, "a ChairAction without a request"))?;
        if told.floors.is_empty() {
            return Err((ErrorCode::UnableToParse, "a ChairAction without a floor").into());
        }
        if !self.requests.contains_key(&told.request) {
            return Err((ErrorCode::FloorRequestIdDoesNotExist, "no such request").into());
        }
        let mut decided = Vec::new();
        let mut said = told.overall.info.clone();
        for (floor, standing) in told.floors {
            if !self.floors.contains_key(&floor) {
                return Err((ErrorCode::InvalidFloorId, "no such floor").into());
            }
            if !self.chairs(message.user, floor) {
                return Err((ErrorCode::UnauthorizedOperation, "the floor is another chair's").into());
            }
            let status = standing.status.ok_or((ErrorCode::UnableToParse, "a floor without a status"))?;
            said = said.or(standing.info);
            decided.push((floor, status, standing.queue_position));
        }
        self.decide(told.request, &decided, said)?;
        Ok((message.answer(Primitive::ChairActionAck), None))
    }
}

/// What the server knows (RFC 8855 13.7).
fn hello_ack(message: &Message) -> Message {
    let primitives: Vec<u8> = Primitive::KNOWN.iter().map(|primitive| primitive.number()).collect();
    let attributes: Vec<u8> = Attribute::KNOWN.collect();
    let answer = message.answer(Primitive::HelloAck);
    answer.with(Attribute::SupportedPrimitives(primitives.into())).with(Attribute::SupportedAttributes(attributes))
}

fn floors(message: &Message) -> Vec<FloorId> {
    let mut out = Vec::new();
    for attribute in &message.attributes {
        match attribute {
            Attribute::FloorId(floor) if !out.contains(floor) => out.push(*floor),
            _ => {}
        }
    }
    out
}

fn beneficiary(message: &Message) -> Option<UserId> {
    message.attributes.iter().find_map(|attribute| match attribute {
        Attribute::BeneficiaryId(user) => Some(*user),
        _ => None,
    })
}

fn request_id(message: &Message) -> Result<FloorRequestId, Refusal> {
    let id = message.attributes.iter().find_map(|attribute| match attribute {
        Attribute::FloorRequestId(id) => Some(*id),
        _ => None,
    });
    id.ok_or_else(|| (ErrorCode::UnableToParse, "no FLOOR-REQUEST-ID").into())
}
