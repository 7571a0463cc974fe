//! Writing messages: what was read and not changed goes out as it came, the rest in the usual form.

use super::{Headers, Message, Name, Request, Response};
use bytes::{BufMut, Bytes, BytesMut};

impl Request {
    /// Appends the message to a buffer.
    pub fn write(&self, out: &mut impl BufMut) {
        match &self.line {
            Some(line) => out.put_slice(line),
            None => {
                put(out, &[self.method().as_str(), " ", self.uri().as_str(), " SIP/2.0\r\n"]);
            }
        }
        rest(&self.headers, self.line.is_none(), self.body(), out);
    }

    /// The message as octets.
    pub fn to_bytes(&self) -> Bytes {
        let mut out = BytesMut::with_capacity(capacity(&self.headers, self.body()));
        self.write(&mut out);
        out.freeze()
    }
}

impl Response {
    /// Appends the message to a buffer.
    pub fn write(&self, out: &mut impl BufMut) {
        match &self.line {
            Some(line) => out.put_slice(line),
            None => {
                let status = self.status().get();
                let digits = [status / 100, status / 10 % 10, status % 10].map(|digit| b'0' + digit as u8);
                out.put_slice(b"SIP/2.0 ");
                out.put_slice(&digits);
                put(out, &[" ", self.reason(), "\r\n"]);
            }
        }
        rest(&self.headers, self.line.is_none(), self.body(), out);
    }

    /// The message as octets.
    pub fn to_bytes(&self) -> Bytes {
        let mut out = BytesMut::with_capacity(capacity(&self.headers, self.body()));
        self.write(&mut out);
        out.freeze()
    }
}

impl Message {
    /// Appends the message to a buffer.
    pub fn write(&self, out: &mut impl BufMut) {
        match self {
            Self::Request(request) => request.write(out),
            Self::Response(response) => response.write(out),
        }
    }

    /// The message as octets.
    pub fn to_bytes(&self) -> Bytes {
        match self {
            Self::Request(request) => request.to_bytes(),
            Self::Response(response) => response.to_bytes(),
        }
    }
}

fn put(out: &mut impl BufMut, texts: &[&str]) {
    for text in texts {
        out.put_slice(text.as_bytes());
    }
}

/// Headers and body. A message of ours always has a Content-Length (RFC 3261 20.14).
fn rest(headers: &Headers, ours: bool, body: &Bytes, out: &mut impl BufMut) {
    headers.write(out);
    if ours && !headers.has(Name::ContentLength) {
        put(out, &["Content-Length: ", &body.len().to_string(), "\r\n"]);
    }
    out.put_slice(b"\r\n");
    out.put_slice(body);
}

/// About what the message needs.
fn capacity(headers: &Headers, body: &Bytes) -> usize {
    let fields: usize = headers.iter().map(|header| header.value().len() + 24).sum();
    256 + fields + body.len()
}
