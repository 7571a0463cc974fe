//! What a registrar hears: octets from anybody, and headers from a user who knows its password (RFC 3261 10.3, RFC 5626).

use bytes::Bytes;
use lhtt_core::io::{Closed, Input, ListenerId, Output, StreamIds};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Duration, Instant};
use lhtt_sip::auth::{Account, Challenge, DigestClient, Secret, ServerKey};
use lhtt_sip::message::{Message, Name, Response, parse};
use lhtt_sip::registrar::{Registrar, Settings, limits};
use std::net::SocketAddr;

const URI: &str = "sip:example.vn";
const ADDRESS: &str = "sip:an@example.vn";

/// Octets without a password bind nothing and leave nothing. Behind a password, a refusal changes nothing and a 200 names every binding;
/// there are no more than the limits say, and in the end none.
pub fn registrar(data: &[u8]) -> bool {
    let mut desk = Desk::new();
    desk.hears(Bytes::copy_from_slice(data));
    desk.streams(data);
    assert!(desk.registrar.is_quiescent(), "who proves nothing leaves nothing");
    let Ok(text) = std::str::from_utf8(data) else { return false };
    // The seeds have lines as editors write them. An empty one would end the headers.
    let headers: String =
        text.split(['\r', '\n']).filter(|line| !line.is_empty()).map(|line| format!("{line}\r\n")).collect();
    let understood = desk.registers(&headers);
    desk.registers("Contact: <sip:an@192.0.2.9>;expires=60\r\n");
    let later = desk.registers(&headers);
    desk.ends();
    understood | later
}

struct Desk {
    registrar: Registrar,
    client: DigestClient,
    cseq: u32,
    now: Instant,
}

impl Desk {
    fn new() -> Self {
        let secret = || Secret::Password("x".to_owned());
        let mut registrar = Registrar::new(Settings::new("example.vn"), ServerKey::new([7; 32]), Rng::from_number(1));
        assert!(registrar.set_account("an", secret()), "it is the first");
        let account = Account { username: "an".to_owned(), secret: secret(), realm: None, md5: false };
        let client = DigestClient::new(account, Rng::from_number(2));
        Self { registrar, client, cseq: 0, now: Instant::from_millis(1) }
    }

    fn hears(&mut self, data: Bytes) -> Option<Response> {
        let remote = SocketAddr::from(([192, 0, 2, 7], 5060));
        self.registrar.handle_input(self.now, Input::Datagram { listener: ListenerId(0), remote, data });
        let said: Vec<Output> = std::iter::from_fn(|| self.registrar.poll_output()).collect();
        assert!(said.len() <= 1, "one datagram, {} answers", said.len());
        match said.into_iter().next() {
            Some(Output::Transmit { data, .. }) => match parse(data) {
                Ok(Message::Response(response)) => Some(response),
                // A keep-alive is answered with what is not SIP.
                _ => None,
            },
            _ => None,
        }
    }

    fn streams(&mut self, data: &[u8]) {
        let (stream, remote) = (StreamIds::new(0).allocate(), SocketAddr::from(([192, 0, 2, 7], 40_000)));
        let opened = Input::Accepted { stream, listener: ListenerId(1), local: remote, remote, tls: None };
        self.registrar.handle_input(self.now, opened);
        for octets in data.chunks(97) {
            self.registrar.handle_input(self.now, Input::Data { stream, data: Bytes::copy_from_slice(octets) });
        }
        while self.registrar.poll_output().is_some() {}
        self.registrar.handle_input(self.now, Input::Closed { stream, why: Closed::Reset });
    }

    /// Asks with these headers and proves who it is; whether it was let in.
    fn registers(&mut self, headers: &str) -> bool {
        let before = self.bindings();
        let request = self.request(headers, "");
        let Some(challenge) = self.hears(request).filter(|response| response.status().get() == 401) else {
            return false;
        };
        assert_eq!(self.bindings(), before, "a challenge changes nothing");
        let challenges = Challenge::all(&challenge.headers, Name::WwwAuthenticate);
        let credentials = self.client.answer("REGISTER", URI, &challenges).expect("it knows the password");
        let request = self.request(headers, &format!("Authorization: {credentials}\r\n"));
        let Some(answer) = self.hears(request) else { return false };
        self.client.accepted("example.vn", None);
        let (after, told) = (self.bindings(), answer.headers.all(Name::Contact).count());
        assert!(after.len() <= limits::CONTACTS_PER_ADDRESS_MAX, "{} bindings", after.len());
        match answer.status().get() {
            200 => assert_eq!(told, after.len(), "the answer names every binding"),
            _ => assert_eq!(after, before, "a refusal changes nothing"),
        }
        answer.status().get() == 200
    }

    fn request(&mut self, headers: &str, authorization: &str) -> Bytes {
        self.cseq += 1;
        let cseq = self.cseq;
        format!(
            "REGISTER {URI} SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK{cseq}\r\nMax-Forwards: 70\r\n\
             From: <{ADDRESS}>;tag=1\r\nTo: <{ADDRESS}>\r\nCall-ID: 1\r\nCSeq: {cseq} REGISTER\r\n\
             {authorization}{headers}Content-Length: 0\r\n\r\n"
        )
        .into()
    }

    fn bindings(&self) -> Vec<String> {
        let location = self.registrar.location();
        let all = location.bindings(self.now, ADDRESS);
        assert_eq!(all.len(), location.len(), "nobody else has any");
        all.iter().map(|binding| format!("{} {} {:?}", binding.contact, binding.path, binding.expires)).collect()
    }

    fn ends(mut self) {
        while let Some(due) = self.registrar.poll_timeout() {
            assert!(due <= self.now + Duration::from_secs(3_600), "everything that waits has an end");
            self.registrar.handle_input(due, Input::Timeout);
        }
        assert!(self.registrar.is_quiescent(), "nothing is left: {:?}", self.registrar);
    }
}
