//! What a server does with what comes, up to the point where it is somebody's request (RFC 8855 13).
//!
//! In this order: can it be read, is its version the transport's, is it an answer, is its primitive known, is there the conference, the
//! user, is it the user's connection, are its mandatory attributes known, was it answered before.

use super::event::{Event, Left};
use super::member::Connection;
use super::{Server, Stream};
use crate::bfcp::answers::{Answers, Seen};
use crate::bfcp::information::cut;
use crate::bfcp::limits::TOLD_TEXT_BYTES_MAX;
use crate::bfcp::path::is_stun;
use crate::bfcp::requests::written;
use crate::bfcp::rto::T2;
use crate::bfcp::{Attribute, ConferenceId, ErrorCode, Fault, Message, Path, Primitive, UserId};
use bytes::Bytes;
use lhtt_core::io::{ListenerId, Output, StreamId};
use lhtt_core::time::Instant;
use std::net::{IpAddr, SocketAddr};

/// Why a message is refused: code, details, words.
pub(super) struct Refusal(pub(super) ErrorCode, pub(super) Vec<u8>, pub(super) &'static str);

impl From<(ErrorCode, &'static str)> for Refusal {
    fn from((code, words): (ErrorCode, &'static str)) -> Self {
        Self(code, Vec::new(), words)
    }
}

impl Server {
    pub(super) fn on_datagram(&mut self, now: Instant, listener: ListenerId, remote: SocketAddr, data: &Bytes) {
        let path = Path::Datagrams { listener, remote };
        if is_stun(data) {
            return self.on_sign_of_life(now, path);
        }
        match self.reassembly.take(now, T2, remote, data) {
            None => {}
            Some(Ok(message)) => self.on_message(now, path, remote.ip(), message),
            Some(Err(fault)) => self.on_fault(path, &fault),
        }
    }

    pub(super) fn on_data(&mut self, now: Instant, id: StreamId, data: &[u8]) {
        let Some(stream) = self.streams.get_mut(&id) else { return };
        stream.framer.push(data);
        while let Some(Stream { remote, framer, .. }) = self.streams.get_mut(&id) {
            let (remote, next) = (*remote, framer.next());
            match next {
                None => return,
                Some(Ok(message)) => self.on_message(now, Path::Stream(id), remote, message),
                Some(Err(fault)) => {
                    self.on_fault(Path::Stream(id), &fault);
                    // What cannot be parsed ends the stream (RFC 8855 6.1); another version is only refused.
                    if !matches!(fault, Fault::Version(_)) {
                        self.outputs.push_back(Output::Close { stream: id });
                        self.on_stream_end(now, id, Left::Malformed);
                    }
                }
            }
        }
    }

    /// Nothing answers an answer, or what has no header.
    fn on_fault(&mut self, path: Path, fault: &Fault) {
        let Some((header, code)) = fault.answer().filter(|(header, _)| !header.response) else { return };
        let request =
            Message::request(path.version(), header.primitive, header.conference, header.transaction, header.user);
        self.refuse(path, &request, &Refusal(code, Vec::new(), ""));
    }

    fn on_message(&mut self, now: Instant, path: Path, remote: IpAddr, message: Message) {
        if message.response {
            return self.on_acknowledgement(now, path, &message);
        }
        match self.admit(now, path, remote, &message) {
            Err(refusal) => self.refuse(path, &message, &refusal),
            Ok(Seen::Again(octets)) => self.outputs.extend(octets.into_iter().map(|octets| path.send(octets))),
            Ok(Seen::Late) => {}
            Ok(Seen::New) => self.on_request(now, path, &message),
        }
    }

    fn admit(&mut self, now: Instant, path: Path, remote: IpAddr, message: &Message) -> Result<Seen, Refusal> {
        if message.version != path.version() {
            return Err((ErrorCode::UnsupportedVersion, "").into());
        }
        if !SERVED.contains(&message.primitive) {
            return Err((ErrorCode::UnknownPrimitive, "").into());
        }
        let (id, user) = (message.conference, message.user);
        let conference = self.conferences.get_mut(&id).ok_or((ErrorCode::ConferenceDoesNotExist, ""))?;
        let member = conference.users.get_mut(&user).ok_or((ErrorCode::UserDoesNotExist, ""))?;
        if member.user.from.is_some_and(|from| from != remote) {
            return Err((ErrorCode::UnauthorizedOperation, "not from there").into());
        }
        match &mut member.connection {
            Some(connection) if connection.path != path => {
                return Err((ErrorCode::UnauthorizedOperation, "the user is connected elsewhere").into());
            }
            None if path.is_datagrams() && message.primitive != Primitive::Hello => {
                return Err((ErrorCode::UnauthorizedOperation, "Hello comes first").into());
            }
            _ => {}
        }
        let unknown = message.unknown_mandatory();
        if !unknown.is_empty() {
            return Err(Refusal(ErrorCode::UnknownMandatoryAttribute, unknown, ""));
        }
        if member.connection.is_none() {
            member.lost_until = None;
            let first = (self.rng.next_u32() >> 17) as u16;
            member.connection = Some(Connection::new(now, path, first));
            self.events.push_back(Event::Joined { conference: id, user });
            self.bind(path, id, user);
        }
        Ok(self.connection(id, user).map_or(Seen::Late, |connection| {
            connection.heard(now);
            match connection.answers.look(message.transaction, message.primitive) {
                _ if !path.is_datagrams() => Seen::New,
                // A client that began anew counts anew; its first word is Hello.
                Seen::Late if message.primitive == Primitive::Hello => {
                    connection.answers = Answers::default();
                    Seen::New
                }
                seen => seen,
            }
        }))
    }

    /// A stream with a user is no longer anybody's.
    fn bind(&mut self, path: Path, conference: ConferenceId, user: UserId) {
        if let Path::Stream(stream) = path
            && let Some(stream) = self.streams.get_mut(&stream)
        {
            stream.users.insert((conference, user));
            stream.unbound_until = None;
        }
    }

    /// A user left a stream; the last one ends it.
    pub(super) fn unbind(&mut self, path: Path, conference: ConferenceId, user: UserId) {
        let Path::Stream(id) = path else { return };
        let Some(stream) = self.streams.get_mut(&id) else { return };
        if stream.users.remove(&(conference, user)) && stream.users.is_empty() {
            self.streams.remove(&id);
            self.outputs.push_back(Output::Close { stream: id });
        }
    }

    pub(super) fn connection(&mut self, conference: ConferenceId, user: UserId) -> Option<&mut Connection> {
        self.conferences.get_mut(&conference)?.users.get_mut(&user)?.connection.as_mut()
    }

    /// The user heard what it was told; the next goes out.
    fn on_acknowledgement(&mut self, now: Instant, path: Path, message: &Message) {
        let member = self.conferences.get_mut(&message.conference).and_then(|at| at.users.get_mut(&message.user));
        let Some(connection) = member.and_then(|member| member.connection.as_mut()) else { return };
        if connection.path == path && connection.notices.on_response(now, message).is_some() {
            connection.heard(now);
            connection.flush(&mut self.outputs, now);
        }
    }

    fn on_sign_of_life(&mut self, now: Instant, path: Path) {
        let members = self.conferences.values_mut().flat_map(|conference| conference.users.values_mut());
        let connections = members.filter_map(|member| member.connection.as_mut());
        connections.filter(|connection| connection.path == path).for_each(|connection| connection.heard(now));
    }

    /// An Error (RFC 8855 13.8). Over datagrams it is not kept: the message that comes again is refused again.
    pub(super) fn refuse(&mut self, path: Path, request: &Message, refusal: &Refusal) {
        let answer = refused(path, request, refusal);
        let octets = written(&answer, path.is_datagrams());
        self.outputs.extend(octets.into_iter().map(|octets| path.send(octets)));
    }
}

pub(super) fn refused(path: Path, request: &Message, Refusal(code, unknown, words): &Refusal) -> Message {
    let details: Vec<u8> = unknown.iter().map(|kind| kind << 1).collect();
    let request = Message { version: path.version(), ..request.clone() };
    let mut answer =
        request.answer(Primitive::Error).with(Attribute::ErrorCode { code: *code, details: details.into() });
    if !words.is_empty() {
        answer.attributes.push(Attribute::ErrorInfo(cut(words, TOLD_TEXT_BYTES_MAX)));
    }
    answer
}

/// What a client may send to begin a transaction.
const SERVED: [Primitive; 8] = [
    Primitive::FloorRequest,
    Primitive::FloorRelease,
    Primitive::FloorRequestQuery,
    Primitive::UserQuery,
    Primitive::FloorQuery,
    Primitive::ChairAction,
    Primitive::Hello,
    Primitive::Goodbye,
];
