//! Which requests are refused for what they are, and with what: the one table from a rule of RFC 3261 8.2 to a status.
//!
//! What depends on state (unknown dialogs, sequence numbers, merged requests, overload) is decided where the state is.

use crate::limits::RETRY_AFTER_SECONDS;
use crate::message::{Method, Name, Request, Response, StatusCode, Text, check_scheme};
use crate::session_timer::{Asked, Bounds};

/// The methods we answer.
pub const ALLOW: &str = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK";

/// The same where the owner takes REFER.
pub(crate) const ALLOW_REFERRALS: &str = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK, REFER, NOTIFY";

/// The extensions that a request may require of us.
pub const SUPPORTED: &str = "100rel, timer";

/// The body type we read.
pub const ACCEPT: &str = "application/sdp";

/// A refusal that a rule asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// The status.
    pub status: StatusCode,
    /// The header that the status needs.
    pub header: Option<(Name, Text)>,
}

impl Rejection {
    /// One that says no more than its status.
    pub(crate) const fn new(status: StatusCode) -> Self {
        Self { status, header: None }
    }

    fn with(status: StatusCode, name: Name, value: impl Into<Text>) -> Self {
        Self { status, header: Some((name, value.into())) }
    }

    /// 503 for a while (RFC 3261 21.5.4).
    pub(crate) fn overload() -> Self {
        Self::with(StatusCode::SERVICE_UNAVAILABLE, Name::RetryAfter, RETRY_AFTER_SECONDS.to_string())
    }

    /// 500 because an earlier request of the dialog waits (RFC 3261 14.2).
    pub(crate) fn busy(seconds: u64) -> Self {
        Self::with(StatusCode::SERVER_INTERNAL_ERROR, Name::RetryAfter, seconds.to_string())
    }

    /// The response, without To tag.
    pub(crate) fn response(self, request: &Request) -> Response {
        let response = Response::to_request(request, self.status);
        match self.header {
            Some((name, value)) => response.with(name, value),
            None => response,
        }
    }
}

/// Looks at a request outside of a dialog, in the order of RFC 3261 8.2: method, Request-URI, extensions, content.
pub fn screen(request: &Request) -> Result<(), Rejection> {
    screen_method(request.method())?;
    if check_scheme(request).is_err() {
        return Err(Rejection::new(StatusCode::UNSUPPORTED_URI_SCHEME));
    }
    if *request.method() == Method::Invite && request.headers.max_forwards().is_ok_and(|hops| hops == Some(0)) {
        return Err(Rejection::new(StatusCode::TOO_MANY_HOPS));
    }
    screen_extensions(request)?;
    screen_content(request)
}

/// The same for an endpoint that keeps session timers within these bounds.
pub(crate) fn screen_session(request: &Request, bounds: Option<Bounds>) -> Result<(), Rejection> {
    screen(request)?;
    screen_timer(request, bounds)
}

/// Looks at a request within a dialog: its Request-URI is our Contact, whatever it says.
pub(crate) fn screen_within(request: &Request, bounds: Option<Bounds>) -> Result<(), Rejection> {
    if !matches!(request.method(), Method::Refer | Method::Notify) {
        screen_method(request.method())?;
    }
    screen_extensions(request)?;
    screen_content(request)?;
    screen_timer(request, bounds)
}

/// 422 with Min-SE for an interval that is too short (RFC 4028 9).
fn screen_timer(request: &Request, bounds: Option<Bounds>) -> Result<(), Rejection> {
    let refreshes = matches!(request.method(), Method::Invite | Method::Update);
    match bounds.filter(|_| refreshes && request.headers.has(Name::SessionExpires)) {
        Some(bounds) if Asked::read(&request.headers).is_too_short(bounds) => {
            Err(Rejection::with(StatusCode::SESSION_INTERVAL_TOO_SMALL, Name::MinSe, bounds.min.to_string()))
        }
        _ => Ok(()),
    }
}

/// 405 for methods that we know and do not take, 501 for others (RFC 3261 8.2.1, 21.5.2).
fn screen_method(method: &Method) -> Result<(), Rejection> {
    match method {
        Method::Invite | Method::Ack | Method::Cancel | Method::Bye => Ok(()),
        Method::Options | Method::Info | Method::Update | Method::Prack => Ok(()),
        Method::Register | Method::Refer | Method::Subscribe => Err(not_allowed()),
        Method::Notify | Method::Publish | Method::Message => Err(not_allowed()),
        Method::Other(_) => Err(Rejection::with(StatusCode::NOT_IMPLEMENTED, Name::Allow, ALLOW)),
    }
}

fn not_allowed() -> Rejection {
    Rejection::with(StatusCode::METHOD_NOT_ALLOWED, Name::Allow, ALLOW)
}

/// Option tags in Require that we do not know are told (RFC 3261 8.2.2.3).
fn screen_extensions(request: &Request) -> Result<(), Rejection> {
    let known = |tag: &str| SUPPORTED.split(", ").any(|known| known.eq_ignore_ascii_case(tag));
    match request.headers.require() {
        Ok(tags) if tags.iter().all(|tag| known(tag)) => Ok(()),
        Ok(tags) => {
            let tags: Vec<&str> = tags.iter().map(|tag| &**tag).filter(|tag| !known(tag)).collect();
            Err(Rejection::with(StatusCode::BAD_EXTENSION, Name::Unsupported, tags.join(", ")))
        }
        Err(_) => Err(Rejection::new(StatusCode::BAD_REQUEST)),
    }
}

/// Bodies that matter must be SDP as it is (RFC 3261 8.2.3, 13.3.1), and SDP must be welcome in the answer (20.1).
fn screen_content(request: &Request) -> Result<(), Rejection> {
    if !matches!(request.method(), Method::Invite | Method::Update) {
        return Ok(());
    }
    let headers = &request.headers;
    let has_body = !request.body().is_empty();
    let encoded = headers.get(Name::ContentEncoding).is_some_and(|value| !value.eq_ignore_ascii_case("identity"));
    if has_body && encoded {
        return Err(Rejection::with(StatusCode::UNSUPPORTED_MEDIA_TYPE, Name::AcceptEncoding, "identity"));
    }
    if has_body && !is_sdp(request) && !is_optional(request) {
        return Err(Rejection::with(StatusCode::UNSUPPORTED_MEDIA_TYPE, Name::Accept, ACCEPT));
    }
    if !headers.all(Name::Accept).all(|header| header.value().is_empty())
        && !headers.all(Name::Accept).any(welcomes_sdp)
    {
        return Err(Rejection::with(StatusCode::NOT_ACCEPTABLE, Name::Accept, ACCEPT));
    }
    Ok(())
}

/// Whether the body is SDP.
pub(crate) fn is_sdp(request: &Request) -> bool {
    request.headers.content_type().is_ok_and(|found| found.is_some_and(|found| found.is(ACCEPT)))
}

/// Whether the sender does not mind that a body is not understood (RFC 3261 20.11).
fn is_optional(request: &Request) -> bool {
    let disposition = request.headers.get(Name::ContentDisposition).unwrap_or_default();
    disposition.split(';').skip(1).any(|param| param.replace([' ', '\t'], "").eq_ignore_ascii_case("handling=optional"))
}

fn welcomes_sdp(header: crate::message::Header<'_>) -> bool {
    header.value().split(',').any(|range| {
        let essence = range.split(';').next().unwrap_or_default().replace([' ', '\t'], "");
        ["application/sdp", "application/*", "*/*"].iter().any(|known| known.eq_ignore_ascii_case(&essence))
    })
}
