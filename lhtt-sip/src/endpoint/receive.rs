//! What arrives: octets to messages, messages to whom they concern. RFC 3261 8.2, 17.2.3, 18.2.1.

use super::carriers::{Path, ReplyPath};
use super::screen::{ACCEPT, Rejection, SUPPORTED, screen_session};
use super::{Endpoint, Event, Source};
use crate::invite::Phase;
use crate::limits::{IDENTIFIER_BYTES_MAX, TRANSACTIONS_RESERVED};
use crate::message::{
    Fault, Framed, Headers, Message, Method, Name, Refused, Request, Response, StatusCode, Text, Via, accept,
};
use crate::transaction::table::RequestKeys;
use bytes::Bytes;
use lhtt_core::io::{ListenerId, StreamId, Transport};
use lhtt_core::time::Instant;
use std::hash::BuildHasher;
use std::net::SocketAddr;

/// A request that is being sorted.
#[derive(Debug)]
pub(super) struct Incoming {
    pub(super) request: Box<Request>,
    pub(super) head: Head,
    pub(super) keys: RequestKeys,
    pub(super) reply: ReplyPath,
}

/// What every request says about itself, read once.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) call_id: Text,
    pub(super) from_tag: String,
    pub(super) to_tag: Option<String>,
    pub(super) cseq: u32,
    via: Via,
}

impl Head {
    fn read(headers: &Headers) -> Result<Self, Fault> {
        let (from, to) = (headers.from()?, headers.to()?);
        let head = Self {
            call_id: headers.call_id()?,
            from_tag: from.tag().unwrap_or_default().to_owned(),
            to_tag: to.tag().map(str::to_owned),
            cseq: headers.cseq()?.number,
            via: headers.top_via()?,
        };
        let lengths = [
            head.call_id.len(),
            head.from_tag.len(),
            head.to_tag.as_ref().map_or(0, String::len),
            head.via.branch().map_or(0, str::len),
        ];
        match lengths.iter().all(|&length| length <= IDENTIFIER_BYTES_MAX) {
            true => Ok(head),
            false => Err(Fault::new(crate::message::FaultKind::TooLarge, 0, "an identifier is too long")),
        }
    }
}

impl Endpoint {
    pub(super) fn on_datagram(&mut self, now: Instant, listener: ListenerId, remote: SocketAddr, data: Bytes) {
        // Keep-alives of NATs are a few octets of no message (RFC 5626 4.4.2 and older habits).
        if !self.carriers.is_datagram_listener(listener) || data.iter().all(|octet| matches!(octet, b'\r' | b'\n' | 0))
        {
            return;
        }
        let source = Source { transport: Transport::Udp, listener: Some(listener), stream: None, local: None, remote };
        match accept(data) {
            Ok(message) => self.on_message(now, source, message),
            Err(refused) => self.on_refused(now, source, &refused),
        }
    }

    pub(super) fn on_data(&mut self, now: Instant, id: StreamId, data: &[u8]) {
        let Some(source) = self.carriers.source(id) else { return };
        if let Some(stream) = self.carriers.stream_mut(id) {
            stream.framer.push(data);
        }
        // A message may close the stream, so it is looked up anew each time.
        while let Some(framed) = self.carriers.stream_mut(id).and_then(|stream| stream.framer.next()) {
            match framed {
                Framed::Message(message) => self.on_message(now, source.clone(), message),
                Framed::Refused(refused) => self.on_refused(now, source.clone(), &refused),
                Framed::Ping => self.carriers.send(Path::Stream(id), Bytes::from_static(b"\r\n")),
            }
        }
        if self.carriers.stream_mut(id).is_some_and(|stream| stream.framer.is_broken())
            && let Some(stream) = self.carriers.close(id, &mut self.schedule)
        {
            self.on_stranded(now, stream);
        }
    }

    pub(super) fn on_stream_gone(&mut self, now: Instant, id: StreamId) {
        if let Some(stream) = self.carriers.gone(id, &mut self.schedule) {
            self.on_stranded(now, stream);
        }
    }

    /// A stream is gone: requests of ours on it fail, and where it was TLS, so do unanswered INVITEs, because no other way
    /// leads to their callers. Dialogs go on.
    fn on_stranded(&mut self, now: Instant, stream: super::carriers::Stream) {
        for &client in &stream.clients {
            self.on_client_stranded(now, client);
        }
        if stream.transport() != Transport::Tls {
            return;
        }
        for id in &stream.sessions {
            let offered = self.sessions.get(id).filter(|session| session.phase == Phase::Offered);
            if let Some(invite) = offered.and_then(|session| session.invite) {
                self.on_server_stranded(now, invite);
            }
        }
    }

    fn on_message(&mut self, now: Instant, source: Source, message: Message) {
        match message {
            Message::Request(request) => self.on_request(now, source, Box::new(request)),
            Message::Response(response) => self.on_response(now, &source, response),
        }
    }

    /// What cannot be taken is answered without holding anything for it (RFC 3261 8.2.7), if it can be answered.
    fn on_refused(&mut self, now: Instant, source: Source, refused: &Refused) {
        let fault = refused.fault().to_string();
        if let (Some(response), Ok(via)) = (refused.response(), refused.headers().top_via()) {
            self.reply_stateless(now, source.clone(), via, refused.headers(), response);
        }
        self.events.push_back(Event::Malformed { source, fault });
    }

    fn reply_stateless(&mut self, now: Instant, source: Source, mut via: Via, headers: &Headers, response: Response) {
        let reply = ReplyPath::new(source, &via);
        let mut response = response.with_to_tag(&self.stateless_tag(headers));
        if via.stamp(reply.source.remote) {
            response.headers.set_top_via(&via);
        }
        if let Some(agent) = &self.config.user_agent {
            response.headers.push(Name::Server, agent);
        }
        self.carriers.reply(now, &reply, response.to_bytes(), &mut self.schedule);
    }

    /// A To tag that a repeated request gets again.
    pub(super) fn stateless_tag(&self, headers: &Headers) -> String {
        let seen = [Name::CallId, Name::From, Name::CSeq].map(|name| headers.get(name).unwrap_or_default().to_owned());
        format!("{:016x}", self.salt.hash_one(seen))
    }

    fn on_request(&mut self, now: Instant, source: Source, mut request: Box<Request>) {
        let mut head = match Head::read(&request.headers) {
            Ok(head) => head,
            Err(fault) => {
                let response = Response::to_request(&request, StatusCode::BAD_REQUEST);
                if let (Ok(via), false) = (request.headers.top_via(), *request.method() == Method::Ack) {
                    self.reply_stateless(now, source.clone(), via, &request.headers, response);
                }
                return self.events.push_back(Event::Malformed { source, fault: fault.to_string() });
            }
        };
        let keys = RequestKeys::new(&request, &head.via, &head.from_tag, &head.call_id, head.cseq);
        if let Some(id) = self.transactions.find_server(&keys.own) {
            let ack = *request.method() == Method::Ack;
            if self.on_server_request(now, id, ack) {
                self.on_ack(now, &source, &head, &request);
            }
            return;
        }
        let reply = ReplyPath::new(source, &head.via);
        if head.via.stamp(reply.source.remote) {
            request.headers.set_top_via(&head.via);
        }
        let incoming = Incoming { request, head, keys, reply };
        match incoming.request.method() {
            Method::Ack => self.on_ack(now, &incoming.reply.source, &incoming.head, &incoming.request),
            _ if self.is_overloaded(&incoming) => self.refuse_stateless(now, &incoming, Rejection::overload()),
            Method::Cancel => self.on_cancel(now, incoming),
            _ if incoming.head.to_tag.is_some() => self.on_request_within(now, incoming),
            _ => self.on_request_outside(now, incoming),
        }
    }

    fn is_overloaded(&self, incoming: &Incoming) -> bool {
        let limits = &self.config.limits;
        let new_call = *incoming.request.method() == Method::Invite && incoming.head.to_tag.is_none();
        let ends = incoming.head.to_tag.is_some() || *incoming.request.method() == Method::Cancel;
        let reserved = if ends { TRANSACTIONS_RESERVED } else { 0 };
        let host_is_full = !ends && self.transactions.of_host(incoming.reply.host()) >= limits.transactions_per_host;
        let full = self.transactions.len() >= limits.transactions + reserved;
        full || host_is_full || new_call && self.sessions.len() >= limits.calls
    }

    pub(super) fn refuse_stateless(&mut self, now: Instant, incoming: &Incoming, rejection: Rejection) {
        let response = rejection.response(&incoming.request);
        let (source, via) = (incoming.reply.source.clone(), incoming.head.via.clone());
        self.reply_stateless(now, source, via, &incoming.request.headers, response);
    }

    fn on_request_outside(&mut self, now: Instant, incoming: Incoming) {
        if let Err(rejection) = screen_session(&incoming.request, self.bounds_of_all()) {
            return self.refuse(now, incoming, rejection);
        }
        if self.transactions.is_merged(&incoming.keys.merge) {
            return self.refuse(now, incoming, Rejection::new(StatusCode::LOOP_DETECTED));
        }
        match incoming.request.method() {
            Method::Invite => self.on_invite(now, incoming),
            Method::Options => {
                let response = capabilities(&incoming.request, self.allow());
                self.answer(now, incoming, None, response);
            }
            _ => self.refuse(now, incoming, Rejection::new(StatusCode::CALL_DOES_NOT_EXIST)),
        }
    }
}

/// The answer to an OPTIONS (RFC 3261 11.2).
pub(super) fn capabilities(request: &Request, allow: Text) -> Response {
    Response::to_request(request, StatusCode::OK)
        .with(Name::Allow, allow)
        .with(Name::Accept, ACCEPT)
        .with(Name::AcceptEncoding, "identity")
        .with(Name::AcceptLanguage, "vi, en")
        .with(Name::Supported, Text::from_static(SUPPORTED))
}
