//! What a message says, in one flat summary, for people and tools: also of messages that must be refused.

use super::parse::accept;
use super::refused::{Refused, StartLine};
use super::{Fault, Header, Headers, Message, Name, scan};
use bytes::Bytes;

/// What a message says, as far as it can be read. Numbers that are too large for the protocol are still shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// `request`, `response`, or `unreadable`.
    pub kind: &'static str,
    /// The method of a request.
    pub method: Option<String>,
    /// The status code of a response.
    pub status: Option<u64>,
    /// The Request-URI.
    pub uri: Option<String>,
    /// The Via elements, topmost first; as written where they cannot be read.
    pub via: Vec<String>,
    /// The tag of From.
    pub from_tag: Option<String>,
    /// The tag of To.
    pub to_tag: Option<String>,
    /// The number and the method of CSeq.
    pub cseq: Option<(u128, String)>,
    /// Call-ID.
    pub call_id: Option<String>,
    /// Max-Forwards.
    pub max_forwards: Option<u64>,
    /// The Contact elements; as written where they cannot be read.
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
    pub const fn is_silent(&self) -> bool {
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
            Summary { kind: "response", status: Some(response.status().get().into()), ..summary }
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
        StartLine::Response { code } => Summary { kind: "response", status: code.parse().ok(), ..summary },
        StartLine::Unreadable => Summary { kind: "unreadable", ..summary },
    }
}

fn of_headers(headers: &Headers, body: usize) -> Summary {
    let tag = |address: Result<super::NameAddr, Fault>| Some(address.ok()?.tag()?.to_owned());
    let number = |name| headers.get(name)?.parse::<u64>().ok();
    Summary {
        via: elements(headers, Name::Via),
        from_tag: tag(headers.from()),
        to_tag: tag(headers.to()),
        cseq: headers.get(Name::CSeq).and_then(cseq),
        call_id: headers.get(Name::CallId).map(str::to_owned),
        max_forwards: number(Name::MaxForwards),
        contact: elements(headers, Name::Contact),
        body_length: number(Name::ContentLength).map_or(body, |length| body.min(length as usize)),
        ..Summary::default()
    }
}

fn cseq(value: &str) -> Option<(u128, String)> {
    let (number, method) = value.split_once([' ', '\t'])?;
    Some((number.parse().ok()?, scan::trim(method).to_owned()))
}

/// The elements of a list: in the usual form where they can be read, else as written.
fn elements(headers: &Headers, name: Name) -> Vec<String> {
    let usual = match name {
        Name::Via => headers.via().map(|list| list.iter().map(ToString::to_string).collect()),
        _ => headers.contacts().map(|list| list.iter().map(ToString::to_string).collect()),
    };
    let written = |header: Header<'_>| {
        let mut parts = Vec::new();
        let split = scan::split(header.value(), |_, part| {
            parts.push(part.to_owned());
            Ok(())
        });
        if split.is_err() {
            parts = vec![header.value().to_owned()];
        }
        parts
    };
    usual.unwrap_or_else(|_| headers.all(name).flat_map(written).collect())
}
