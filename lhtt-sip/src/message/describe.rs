//! What a message says, in one flat summary, for people and tools: also of messages that must be refused.

use super::parse::accept;
use super::refused::{Refused, StartLine};
use super::{CSeq, Fault, Headers, Message, Text};
use bytes::Bytes;

/// What a message says, as far as it can be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// `request`, `response`, or `unreadable`.
    pub kind: &'static str,
    /// The method of a request.
    pub method: Option<String>,
    /// The status code of a response, as written.
    pub status: Option<String>,
    /// The Request-URI.
    pub uri: Option<String>,
    /// The Via elements, topmost first.
    pub via: Vec<String>,
    /// The tag of From.
    pub from_tag: Option<String>,
    /// The tag of To.
    pub to_tag: Option<String>,
    /// The sequence number.
    pub cseq: Option<CSeq>,
    /// Call-ID.
    pub call_id: Option<String>,
    /// Max-Forwards.
    pub max_forwards: Option<u8>,
    /// The Contact elements.
    pub contact: Vec<String>,
    /// Octets of the body.
    pub body_length: usize,
    /// The status to refuse it with, where it must be refused and can be answered.
    pub refuse: Option<u16>,
    /// What is wrong with it, if anything.
    pub fault: Option<Fault>,
}

impl Summary {
    /// Whether the message must be dropped in silence: it is at fault and nothing could be answered on the wire.
    pub fn is_silent(&self) -> bool {
        self.fault.is_some() && self.refuse.is_none()
    }
}

/// Says what a message in a datagram says, whether or not it must be refused.
pub fn describe(datagram: &[u8]) -> Summary {
    match accept(Bytes::copy_from_slice(datagram)) {
        Ok(message) => of_message(&message),
        Err(refused) => of_refused(&refused),
    }
}

fn of_message(message: &Message) -> Summary {
    let summary = of_headers(message.headers(), message.body().len());
    match message {
        Message::Request(request) => Summary {
            kind: "request",
            method: Some(request.method().to_string()),
            uri: Some(request.uri().to_string()),
            ..summary
        },
        Message::Response(response) => {
            Summary { kind: "response", status: Some(response.status().to_string()), ..summary }
        }
    }
}

fn of_refused(refused: &Refused) -> Summary {
    let summary = Summary {
        refuse: refused.status().map(u16::from),
        fault: Some(refused.fault().clone()),
        ..of_headers(&refused.headers, refused.body_length)
    };
    match &refused.start {
        StartLine::Request { method, uri } => {
            Summary { kind: "request", method: Some(method.to_string()), uri: Some(uri.to_string()), ..summary }
        }
        StartLine::Response { code } => Summary { kind: "response", status: Some(code.to_string()), ..summary },
        StartLine::Unreadable => Summary { kind: "unreadable", ..summary },
    }
}

fn of_headers(headers: &Headers, body_length: usize) -> Summary {
    let tag = |address: Result<super::NameAddr, Fault>| Some(address.ok()?.tag()?.to_owned());
    let list = |list: Vec<String>| list;
    Summary {
        via: list(headers.via().map(|list| list.iter().map(ToString::to_string).collect()).unwrap_or_default()),
        from_tag: tag(headers.from()),
        to_tag: tag(headers.to()),
        cseq: headers.cseq().ok(),
        call_id: headers.call_id().ok().map(|text: Text| text.to_string()),
        max_forwards: headers.max_forwards().ok().flatten(),
        contact: headers.contacts().map(|list| list.iter().map(ToString::to_string).collect()).unwrap_or_default(),
        body_length,
        ..Summary::default()
    }
}
