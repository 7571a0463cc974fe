//! Whether a message that could be read is one that RFC 3261 allows.
//!
//! Apart from the reader on purpose: a tool may look at what a stack must refuse. What only an application can decide
//! (unknown schemes, extensions, body types, Max-Forwards 0) is not decided here.
//!
//! Lenient where refusing helps nobody: Max-Forwards, From tag and Contact may be missing (RFC 2543 senders), and
//! headers that the stack does not act on are not read.

use super::header::{call_id, max_forwards, media_type};
use super::{CSeq, Contact, Fault, FaultKind, Header, Headers, Message, Method, Name, NameAddr, Request, Scheme, Via};

/// Checks a message.
pub fn validate(message: &Message) -> Result<(), Fault> {
    match message {
        Message::Request(request) => {
            if request.uri().headers().is_some() {
                return Err(Fault::malformed(0, "the Request-URI has headers"));
            }
            headers(&request.headers, Some(request.method()))
        }
        Message::Response(response) => headers(&response.headers, None).map_err(Fault::in_response),
    }
}

/// Whether the Request-URI has a scheme that SIP can route: 416 otherwise (RFC 3261 8.2.2.1).
pub fn check_scheme(request: &Request) -> Result<(), Fault> {
    match request.uri().scheme() {
        Scheme::Sip | Scheme::Sips | Scheme::Tel => Ok(()),
        Scheme::Other => {
            let text = format!("the scheme `{}` is not supported", request.uri().scheme_str());
            Err(Fault::new(FaultKind::Scheme, request.method().as_str().len() + 1, text))
        }
    }
}

/// Headers that may appear once (RFC 3261 7.3.1, 20). Content-Length has a rule of its own.
const SINGLE: [Name; 7] =
    [Name::From, Name::To, Name::CallId, Name::CSeq, Name::MaxForwards, Name::ContentType, Name::Expires];

/// Headers that must be there (RFC 3261 8.1.1; Max-Forwards for the sake of RFC 2543 senders not).
const REQUIRED: [Name; 5] = [Name::Via, Name::From, Name::To, Name::CallId, Name::CSeq];

/// A bit for each known name; none for others.
fn bit(name: &Name) -> u128 {
    1_u128.checked_shl(name.index().into()).unwrap_or(0)
}

fn headers(headers: &Headers, method: Option<&Method>) -> Result<(), Fault> {
    let once = SINGLE.iter().fold(0, |set, name| set | bit(name));
    let mut seen = 0;
    for header in headers.iter() {
        let bit = bit(header.name());
        if seen & bit & once != 0 {
            let text = format!("there is more than one {} header", header.name());
            return Err(Fault::new(FaultKind::Repeated, header.offset(), text));
        }
        seen |= bit;
        value(header, method)?;
    }
    if let Some(name) = REQUIRED.iter().find(|name| seen & bit(name) == 0) {
        return Err(Fault::new(FaultKind::Missing, 0, format!("there is no {name} header")));
    }
    headers.content_length().map(|_| ())
}

/// Reads the value of a header that the stack acts on.
fn value(header: Header<'_>, method: Option<&Method>) -> Result<(), Fault> {
    match header.name() {
        Name::Via => header.each(Via::read_part, drop),
        Name::Contact => header.each(Contact::read_part, drop),
        Name::Route | Name::RecordRoute => header.each(NameAddr::read_part, drop),
        Name::From | Name::To => header.read(NameAddr::read).map(drop),
        Name::CallId => header.read(call_id).map(drop),
        Name::MaxForwards => header.read(max_forwards).map(drop),
        Name::ContentType => header.read(media_type).map(drop),
        Name::CSeq => {
            let cseq = header.read(CSeq::read)?;
            match method {
                Some(method) if cseq.method != *method => {
                    let text = format!("the CSeq method is `{}`, the request is `{method}`", cseq.method);
                    Err(Fault::new(FaultKind::MethodMismatch, header.offset(), text))
                }
                _ => Ok(()),
            }
        }
        _ => Ok(()),
    }
}
