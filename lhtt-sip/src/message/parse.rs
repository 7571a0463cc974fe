//! Reading a message from its octets (RFC 3261 7, 18.3).
//!
//! Header fields are found with memchr and kept as ranges; nothing is copied but what must be unfolded. Even when a
//! message is refused, the fields that could be read are kept, so that it can be answered.

use super::header::Span;
use super::limits::{HEADERS_MAX, MESSAGE_BYTES_MAX};
use super::refused::{Refused, StartLine};
use super::{
    Fault, FaultKind, Headers, Message, Method, Name, Request, Response, StatusCode, Text, Uri, scan, validate,
};
use bytes::Bytes;
use std::ops::Range;

/// Reads a message from a datagram. Octets after the body are dropped (RFC 3261 18.3), line ends before the message
/// are skipped (7.5).
pub fn parse(datagram: Bytes) -> Result<Message, Box<Refused>> {
    let start = blank(&datagram);
    let mut head = Head::read(datagram.slice(start..));
    let rest = head.octets.len() - head.body_at;
    if head.octets.len() > MESSAGE_BYTES_MAX {
        head.fault.get_or_insert(Fault::new(FaultKind::TooLarge, MESSAGE_BYTES_MAX, "the message is too large"));
    }
    let length = match head.headers.content_length() {
        Ok(Some(length)) if length > rest => {
            let offset = head.headers.first(Name::ContentLength).map_or(0, super::Header::offset);
            let text = format!("Content-Length says {length} octets, there are {rest}");
            head.fault.get_or_insert(Fault::new(FaultKind::Truncated, offset, text));
            rest
        }
        Ok(length) => length.unwrap_or(rest),
        Err(fault) => {
            head.fault.get_or_insert(fault);
            rest
        }
    };
    let body = head.octets.slice(head.body_at..head.body_at + length);
    head.finish(body).map_err(|mut refused| {
        refused.fault = refused.fault.shifted(start).within(datagram.len());
        refused
    })
}

/// Reads a message from a datagram and checks it: [`parse`], then [`validate`].
pub fn accept(datagram: Bytes) -> Result<Message, Box<Refused>> {
    let length = datagram.len();
    parse(datagram).and_then(checked).map_err(|mut refused| {
        refused.fault = refused.fault.within(length);
        refused
    })
}

/// Checks a message that was read.
pub(super) fn checked(message: Message) -> Result<Message, Box<Refused>> {
    match validate(&message) {
        Ok(()) => Ok(message),
        Err(fault) => Err(Box::new(refuse(message, fault))),
    }
}

fn refuse(message: Message, fault: Fault) -> Refused {
    let body_length = message.body().len();
    match message {
        Message::Request(request) => {
            let start = StartLine::Request { method: request.method().clone(), uri: request.uri().text().clone() };
            Refused { fault, start, headers: request.headers, body_length }
        }
        Message::Response(response) => {
            let start = StartLine::Response { code: response.status().to_string().into() };
            Refused { fault, start, headers: response.headers, body_length }
        }
    }
}

/// How many octets of line ends stand before the message.
fn blank(octets: &[u8]) -> usize {
    octets.chunks_exact(2).take_while(|pair| *pair == b"\r\n").count() * 2
}

/// Start line and headers of a message, as far as they could be read.
#[derive(Debug)]
pub(super) struct Head {
    octets: Bytes,
    /// As much of it as is UTF-8.
    text: Text,
    line_end: usize,
    pub(super) headers: Headers,
    body_at: usize,
    pub(super) fault: Option<Fault>,
}

impl Head {
    /// Reads as much as there is. `octets` begins with the start line.
    pub(super) fn read(octets: Bytes) -> Self {
        let mut fault = None;
        let mut lines = Lines { octets: &octets, at: 0 };
        let line_end = match lines.next() {
            Line::Field { end, .. } => end,
            Line::End { .. } | Line::Cut => {
                fault = Some(Fault::malformed(0, "there is no start line"));
                octets.len()
            }
            Line::Bad { fault: bad, end } => {
                fault = Some(bad);
                end
            }
        };
        let text = Text::prefix(&octets);
        let mut headers = Headers::over(text.clone(), 20);
        let body_at = loop {
            let start = lines.at;
            match lines.next() {
                Line::Field { end, folded } => {
                    if headers.len() == HEADERS_MAX {
                        fault.get_or_insert(Fault::malformed(start, "too many header fields"));
                        continue;
                    }
                    if let Err(bad) = field(&octets, start..end, folded || end > text.len(), &mut headers) {
                        fault.get_or_insert(bad);
                    }
                }
                Line::Bad { fault: bad, .. } => {
                    fault.get_or_insert(bad);
                }
                Line::End { end } => break end,
                Line::Cut => {
                    fault.get_or_insert(Fault::malformed(octets.len(), "the header fields do not end"));
                    break octets.len();
                }
            }
        };
        Self { octets, text, line_end, headers, body_at, fault }
    }

    /// The message with its body, or why there is none.
    pub(super) fn finish(self, body: Bytes) -> Result<Message, Box<Refused>> {
        let line = self.octets.slice(..self.line_end);
        let (start, read) = self.start_line();
        let fault = match (read, self.fault) {
            (Ok(Start::Request(method, uri)), None) => {
                return Ok(Request::read(method, uri, line, self.headers, body).into());
            }
            (Ok(Start::Response(status, reason)), None) => {
                return Ok(Response::read(status, reason, line, self.headers, body).into());
            }
            (Err(fault), _) | (Ok(_), Some(fault)) => fault,
        };
        Err(refused(start, fault, self.headers, body.len()))
    }

    /// The refusal of the message for a fault of ours.
    pub(super) fn refuse(self, fault: Fault) -> Box<Refused> {
        let (start, _) = self.start_line();
        refused(start, fault, self.headers, 0)
    }

    /// Reads the start line: what can be said about it in any case, and its parts or what is wrong.
    ///
    /// A reason phrase that is not UTF-8 is read with replacement characters; a request line must be UTF-8.
    fn start_line(&self) -> (StartLine, Result<Start, Fault>) {
        let end = line_length(&self.octets[..self.line_end]);
        let fault = (end > self.text.len()).then_some(self.text.len());
        let text = match fault {
            None => self.text.part(&self.text[..end]),
            Some(_) => Text::from_octets(self.octets.slice(..end)),
        };
        match text.get(..4) {
            Some(start) if start.eq_ignore_ascii_case("SIP/") => status_line(&text),
            _ => {
                let (start, read) = request_line(&text);
                (start, fault.map_or(read, |at| Err(Fault::malformed(at, "the request line is not UTF-8"))))
            }
        }
    }

    /// Where the body begins.
    pub(super) const fn body_at(&self) -> usize {
        self.body_at
    }
}

fn refused(start: StartLine, fault: Fault, headers: Headers, body_length: usize) -> Box<Refused> {
    let response = matches!(start, StartLine::Response { .. });
    let fault = if response { fault.in_response() } else { fault };
    Box::new(Refused { fault, start, headers, body_length })
}

/// Without the line end.
fn line_length(line: &[u8]) -> usize {
    line.strip_suffix(b"\r\n").map_or(line.len(), <[u8]>::len)
}

enum Start {
    Request(Method, Uri),
    Response(StatusCode, Text),
}

fn status_line(text: &Text) -> (StartLine, Result<Start, Fault>) {
    let (version, rest) = text.split_once(' ').unwrap_or((text, ""));
    let (code, reason) = rest.split_once(' ').unwrap_or((rest, ""));
    let start = StartLine::Response { code: text.part(code) };
    if !version.eq_ignore_ascii_case("SIP/2.0") {
        return (start, Err(Fault::new(FaultKind::Version, 0, "the version is not SIP/2.0").in_response()));
    }
    let digits = code.len() == 3 && code.bytes().all(|octet| octet.is_ascii_digit());
    let status = if digits { code.parse().ok().and_then(StatusCode::new) } else { None };
    let bad = || Fault::malformed(version.len() + 1, "the status code is not 100 to 699").in_response();
    (start, status.map(|status| Start::Response(status, text.part(reason))).ok_or_else(bad))
}

/// `Method SP Request-URI SP SIP-Version`; more white space than the one SP is let through.
fn request_line(text: &Text) -> (StartLine, Result<Start, Fault>) {
    let line = text.trim_end_matches([' ', '\t']);
    let (method, rest) = line.split_once(' ').unwrap_or((line, ""));
    let (uri, version) = rest.rsplit_once(' ').unwrap_or((rest, ""));
    let uri = scan::trim(uri);
    let method = match Method::read(text, method) {
        Ok(method) => method,
        Err(fault) => return (StartLine::Unreadable, Err(fault)),
    };
    let start = StartLine::Request { method: method.clone(), uri: text.part(uri) };
    if !version.eq_ignore_ascii_case("SIP/2.0") {
        let at = line.len() - version.len();
        let sip = version.get(..4).is_some_and(|name| name.eq_ignore_ascii_case("SIP/"));
        let fault = match sip {
            true => Fault::new(FaultKind::Version, at, format!("the version is `{version}`, not SIP/2.0")),
            false => Fault::malformed(at, "the request line does not end in a SIP version"),
        };
        return (start, Err(fault));
    }
    let at = line.len() - rest.len();
    let read = Uri::read(&text.part(uri)).map_err(|fault| fault.shifted(at));
    (start, read.map(|uri| Start::Request(method, uri)))
}

/// Adds one header field. `copied` says that its value cannot be kept as a range: it is folded, or not UTF-8.
fn field(octets: &Bytes, range: Range<usize>, copied: bool, headers: &mut Headers) -> Result<(), Fault> {
    let start = range.start;
    let line = &octets[range.clone()];
    let text = &line[..line_length(line)];
    let name_end = text.iter().position(|&octet| !scan::is_token_octet(octet)).unwrap_or(text.len());
    let gap = text[name_end..].iter().take_while(|&&octet| octet.is_ascii_whitespace()).count();
    let colon = name_end + gap;
    if name_end == 0 || text.get(colon) != Some(&b':') {
        return Err(Fault::malformed(start, "a header field is not a name, a colon and a value"));
    }
    let name = Name::known(&text[..name_end])
        .unwrap_or_else(|| Name::Other(Text::from_octets(octets.slice(start..start + name_end))));
    let rest = &text[colon + 1..];
    let value = rest.trim_ascii();
    if copied {
        headers.push_unfolded(name, start as u32, octets.slice(range), unfold(value));
        return Ok(());
    }
    let value_start = start + colon + 1 + (rest.len() - rest.trim_ascii_start().len());
    let value = Span { start: value_start as u32, end: (value_start + value.len()) as u32 };
    headers.push_read(name, Span { start: start as u32, end: range.end as u32 }, value);
    Ok(())
}

/// A value on one line: each fold becomes one space (RFC 3261 7.3.1).
fn unfold(value: &[u8]) -> Text {
    let mut out = Vec::with_capacity(value.len());
    for line in value.split(|&octet| octet == b'\n') {
        if !out.is_empty() {
            out.push(b' ');
        }
        out.extend_from_slice(line.trim_ascii());
    }
    Text::from_octets(out.into())
}

/// One logical line of a head.
enum Line {
    /// A line with its continuation lines and its line end.
    Field { end: usize, folded: bool },
    /// A line that cannot be one.
    Bad { fault: Fault, end: usize },
    /// The empty line.
    End { end: usize },
    /// The octets end before the empty line.
    Cut,
}

/// Splits a head into logical lines.
struct Lines<'a> {
    octets: &'a [u8],
    at: usize,
}

impl Lines<'_> {
    fn next(&mut self) -> Line {
        let start = self.at;
        let mut folded = false;
        loop {
            let line = self.at;
            let Some(length) = memchr::memchr2(b'\r', b'\n', &self.octets[line..]) else {
                self.at = self.octets.len();
                return Line::Cut;
            };
            let end = line + length + 2;
            match self.octets.get(line + length..end) {
                Some(b"\r\n") => self.at = end,
                _ => return self.bad(line + length),
            }
            match self.octets.get(end) {
                _ if length == 0 => return Line::End { end },
                Some(b' ' | b'\t') if start > 0 => folded = true,
                _ => return Line::Field { end, folded },
            }
        }
    }

    /// A lone CR or LF at `at`: the line goes on to the next line end that is one, or to where the octets end.
    fn bad(&mut self, at: usize) -> Line {
        let fault = Fault::malformed(at, "a line does not end in CR LF");
        let length = memchr::memmem::find(&self.octets[at..], b"\r\n");
        self.at = length.map_or(self.octets.len(), |length| at + length + 2);
        Line::Bad { fault, end: self.at }
    }
}

/// Where a head ends, searching from an index before which no end was found.
pub(super) fn head_end(octets: &[u8], from: usize) -> Option<usize> {
    memchr::memmem::find(&octets[from.saturating_sub(3)..], b"\r\n\r\n").map(|at| from.saturating_sub(3) + at + 4)
}
