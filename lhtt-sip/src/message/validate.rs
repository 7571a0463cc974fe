//! Whether a message that could be read is one that RFC 3261 allows.
//!
//! Apart from the reader on purpose: a tool may look at what a stack must refuse. What only an application can decide
//! (unknown schemes, extensions, body types, Max-Forwards 0) is not decided here.
//!
//! Lenient where refusing helps nobody: Max-Forwards, From tag and Contact may be missing (RFC 2543 senders), and
//! headers that the stack does not act on are not read.

use super::{Fault, FaultKind, Headers, Message, Method, Name, Request, Scheme};

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

/// Headers that may appear once (RFC 3261 7.3.1, 20).
const SINGLE: [Name; 7] =
    [Name::From, Name::To, Name::CallId, Name::CSeq, Name::MaxForwards, Name::ContentType, Name::Expires];

fn headers(headers: &Headers, method: Option<&Method>) -> Result<(), Fault> {
    for name in SINGLE {
        if let Some(second) = headers.all(&name).nth(1) {
            let text = format!("there is more than one {name} header");
            return Err(Fault::new(FaultKind::Repeated, second.offset(), text));
        }
    }
    if headers.via()?.is_empty() {
        return Err(Fault::new(FaultKind::Missing, 0, "there is no Via header"));
    }
    headers.from()?;
    headers.to()?;
    headers.call_id()?;
    let cseq = headers.cseq()?;
    if let Some(method) = method
        && cseq.method != *method
    {
        let offset = headers.first(Name::CSeq).map_or(0, super::Header::offset);
        let text = format!("the CSeq method is `{}`, the request is `{method}`", cseq.method);
        return Err(Fault::new(FaultKind::MethodMismatch, offset, text));
    }
    headers.max_forwards()?;
    headers.content_length()?;
    headers.contacts()?;
    headers.route()?;
    headers.record_route()?;
    headers.content_type()?;
    Ok(())
}
