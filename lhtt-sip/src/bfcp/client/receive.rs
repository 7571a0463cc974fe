//! What a client does with what the server sends.

use super::command::named_request;
use super::event::{Event, Gone, Ticket};
use super::{Ask, Client, State, Step, attribute_octets};
use crate::bfcp::answers::Seen;
use crate::bfcp::information::text;
use crate::bfcp::limits::REQUESTS_MAX;
use crate::bfcp::path::is_stun;
use crate::bfcp::requests::written;
use crate::bfcp::rto::T2;
use crate::bfcp::{Attribute, ErrorCode, FloorId, Message, Path, Primitive, RequestInformation, UserInformation};
use bytes::Bytes;
use lhtt_core::time::Instant;

impl Client {
    /// A client discards datagrams that it cannot read (RFC 8855 5.1).
    pub(super) fn on_datagram(&mut self, now: Instant, data: &Bytes) {
        let Path::Datagrams { remote, .. } = self.config.path else { return };
        if self.state == State::Gone || is_stun(data) {
            return;
        }
        match self.reassembly.take(now, T2, remote, data) {
            Some(Ok(message)) if message.version == 2 => self.on_message(now, message),
            _ => {}
        }
    }

    pub(super) fn on_data(&mut self, now: Instant, data: &[u8]) {
        self.framer.push(data);
        while self.state != State::Gone {
            match self.framer.next() {
                None => return,
                Some(Ok(message)) if message.version == 1 => self.on_message(now, message),
                Some(_) => self.step(now, Step::Lost(Gone::Malformed)),
            }
        }
    }

    /// Messages of another conference or to another user are not ours.
    fn on_message(&mut self, now: Instant, message: Message) {
        if (message.conference, message.user) != (self.config.conference, self.config.user) {
            return;
        }
        let begins = if self.config.path.is_datagrams() { !message.response } else { message.transaction.0 == 0 };
        if begins {
            return self.on_told(now, &message);
        }
        if let Some((ask, request)) = self.requests.on_response(now, &message) {
            match ask {
                Ask::Hello => self.on_greeted(now, &message),
                Ask::Goodbye => self.step(now, Step::Lost(Gone::Left)),
                Ask::Command(ticket) => self.on_answer(ticket, &request, &message),
            }
            self.flush(now);
        }
    }

    /// The server speaks by itself. Over datagrams that wants an acknowledgement, and a repetition only that.
    fn on_told(&mut self, now: Instant, message: &Message) {
        let acknowledgement = match message.primitive {
            Primitive::FloorRequestStatus => Primitive::FloorRequestStatusAck,
            Primitive::FloorStatus => Primitive::FloorStatusAck,
            Primitive::Goodbye => Primitive::GoodbyeAck,
            // Nothing else begins with a server.
            _ => return,
        };
        if self.config.path.is_datagrams() {
            match self.answers.look(message.transaction, message.primitive) {
                Seen::Again(octets) => return self.send(now, octets),
                Seen::Late => return,
                Seen::New => {
                    let octets = written(&message.answer(acknowledgement), true);
                    self.answers.keep(now, message.transaction, message.primitive, octets.clone());
                    self.send(now, octets);
                }
            }
        }
        match message.primitive {
            Primitive::FloorRequestStatus => self.tell_request(None, message),
            Primitive::FloorStatus => self.tell_floor(None, message),
            _ => self.step(now, Step::Lost(Gone::Dismissed)),
        }
    }

    fn on_greeted(&mut self, now: Instant, message: &Message) {
        match message.primitive {
            Primitive::HelloAck => {
                if self.state == State::Greeting {
                    let primitives = attribute_octets(message, |attribute| match attribute {
                        Attribute::SupportedPrimitives(numbers) => Some(numbers.to_vec()),
                        _ => None,
                    });
                    let attributes = attribute_octets(message, |attribute| match attribute {
                        Attribute::SupportedAttributes(kinds) => Some(kinds.clone()),
                        _ => None,
                    });
                    self.events.push_back(Event::Ready { primitives, attributes });
                }
                self.step(now, Step::Greeted);
            }
            _ => self.step(now, Step::Lost(Gone::Refused(error(message).0.unwrap_or(ErrorCode::Generic)))),
        }
    }

    /// Which answer fits which request (RFC 8855 10 to 12).
    fn on_answer(&mut self, ticket: Ticket, request: &Message, answer: &Message) {
        match (request.primitive, answer.primitive) {
            (
                Primitive::FloorRequest | Primitive::FloorRelease | Primitive::FloorRequestQuery,
                Primitive::FloorRequestStatus,
            ) => self.tell_request(Some(ticket), answer),
            (Primitive::FloorQuery, Primitive::FloorStatus) => self.tell_floor(Some(ticket), answer),
            (Primitive::UserQuery, Primitive::UserStatus) => {
                let user = answer.attributes.iter().find_map(|attribute| match attribute {
                    Attribute::BeneficiaryInformation(group) => Some(UserInformation::of(group)),
                    _ => None,
                });
                self.events.push_back(Event::User { ticket, user, requests: RequestInformation::all(answer) });
            }
            (Primitive::ChairAction, Primitive::ChairActionAck) => self.events.push_back(Event::Decided { ticket }),
            (_, _) => {
                let (code, info, unknown) = error(answer);
                let request = named_request(request);
                self.events.push_back(Event::Refused { ticket, request, code, info, unknown });
            }
        }
    }

    fn tell_request(&mut self, ticket: Option<Ticket>, message: &Message) {
        let Some(mut information) = RequestInformation::all(message).into_iter().next() else { return };
        match ticket {
            Some(_) => information = self.newer.remove(&information.request).unwrap_or(information),
            // In a stream nothing overtakes.
            None if self.config.path.is_datagrams() && !self.requests.is_idle() && self.newer.len() < REQUESTS_MAX => {
                self.newer.insert(information.request, information.clone());
            }
            None => {}
        }
        self.events.push_back(Event::Request { ticket, information: Box::new(information) });
    }

    fn tell_floor(&mut self, ticket: Option<Ticket>, message: &Message) {
        let floor: Option<FloorId> = message.attributes.iter().find_map(|attribute| match attribute {
            Attribute::FloorId(floor) => Some(*floor),
            _ => None,
        });
        self.events.push_back(Event::Floor { ticket, floor, requests: RequestInformation::all(message) });
    }
}

/// Code, text and unknown types of an Error.
fn error(message: &Message) -> (Option<ErrorCode>, Option<String>, Vec<u8>) {
    let mut out = (None, None, Vec::new());
    for attribute in &message.attributes {
        match attribute {
            Attribute::ErrorCode { code, details } => {
                out.0 = Some(*code);
                if *code == ErrorCode::UnknownMandatoryAttribute {
                    out.2 = details.iter().map(|octet| octet >> 1).collect();
                }
            }
            Attribute::ErrorInfo(octets) => out.1 = Some(text(octets)),
            _ => {}
        }
    }
    out
}
