//! Conversions between our [`Message`] and [`rsip::SipMessage`], for integrators who have rsip in their code
//! (docs/adr/0001). Only with the feature `rsip`.
//!
//! What rsip cannot hold (unknown methods, IPv6 hosts, unknown schemes) is an error, never a message that says something
//! else. Compact names and folding are written out for it, and bodies are handed over as octets, because rsip's own printer
//! puts replacement characters into what is not UTF-8.

use crate::message::{Fault, Message, Name, Refused, StatusCode, accept};
use std::fmt::Write as _;

impl TryFrom<&Message> for rsip::SipMessage {
    type Error = rsip::Error;

    fn try_from(message: &Message) -> Result<Self, rsip::Error> {
        let mut head = match message {
            Message::Request(request) => format!("{} {} SIP/2.0\r\n", request.method(), request.uri()),
            Message::Response(response) => format!("SIP/2.0 {} {}\r\n", response.status(), response.reason()),
        };
        let start = head.clone();
        for header in message.headers().iter() {
            let _ = write!(head, "{}: {}\r\n", header.name(), header.value());
        }
        head.push_str("\r\n");
        let mut theirs = Self::try_from(head.as_bytes())?;
        *theirs.body_mut() = message.body().to_vec();
        held(theirs, &start)
    }
}

/// The message, if rsip understood the start line as it is.
fn held(theirs: rsip::SipMessage, start: &str) -> Result<rsip::SipMessage, rsip::Error> {
    let same = match &theirs {
        rsip::SipMessage::Request(request) => {
            start == format!("{} {} {}\r\n", request.method(), request.uri(), request.version())
        }
        // rsip keeps no reason phrase of its own.
        rsip::SipMessage::Response(_) => true,
    };
    if same { Ok(theirs) } else { Err(rsip::Error::Unexpected(format!("rsip cannot hold `{}`", start.trim_end()))) }
}

impl TryFrom<Message> for rsip::SipMessage {
    type Error = rsip::Error;

    fn try_from(message: Message) -> Result<Self, rsip::Error> {
        Self::try_from(&message)
    }
}

impl TryFrom<&rsip::SipMessage> for Message {
    type Error = Fault;

    /// Content-Length is written anew from the body.
    fn try_from(theirs: &rsip::SipMessage) -> Result<Self, Fault> {
        use rsip::message::HasHeaders as _;
        let mut head = match theirs {
            rsip::SipMessage::Request(request) => {
                format!("{} {} {}\r\n", request.method(), request.uri(), request.version())
            }
            rsip::SipMessage::Response(response) => {
                let status = response.status_code();
                format!("{} {} {}\r\n", response.version(), status.code(), reason(status))
            }
        };
        for header in theirs.headers().iter().filter(|header| !matches!(header, rsip::Header::ContentLength(_))) {
            let _ = write!(head, "{}\r\n", header.to_string().replace(['\r', '\n'], " "));
        }
        let body = theirs.body();
        let _ = write!(head, "{}: {}\r\n\r\n", Name::ContentLength, body.len());
        let mut octets = head.into_bytes();
        octets.extend_from_slice(body);
        accept(octets.into()).map_err(|refused: Box<Refused>| refused.fault().clone())
    }
}

/// rsip keeps the phrase only of codes that it does not know, and prints the others without spaces.
fn reason(status: &rsip::StatusCode) -> String {
    match (status, StatusCode::new(status.code())) {
        (rsip::StatusCode::Other(_, reason), _) => reason.replace(['\r', '\n'], " "),
        (_, Some(known)) => known.reason().to_owned(),
        (_, None) => String::new(),
    }
}

impl TryFrom<rsip::SipMessage> for Message {
    type Error = Fault;

    fn try_from(theirs: rsip::SipMessage) -> Result<Self, Fault> {
        Self::try_from(&theirs)
    }
}
