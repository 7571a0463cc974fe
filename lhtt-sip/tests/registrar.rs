//! The registrar: conversations by data, those who would register for others, a bad network, and what a registration weighs.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test ends where its script does not fit"
)]

use bytes::Bytes;
use lhtt_core::io::{Closed, Input, ListenerId, Output, StreamId, StreamIds};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Duration, Instant};
use lhtt_sip::auth::{Account, Challenge, DigestClient, Secret, ServerKey};
use lhtt_sip::message::{Message, Name, Response, parse};
use lhtt_sip::registrar::{Event, Registrar, Settings, limits};
use std::collections::BTreeMap;
use std::net::SocketAddr;

fn secret(user: &str) -> Secret {
    Secret::Password(format!("password of {user}"))
}

fn registrar(seed: u64) -> Registrar {
    let mut rng = Rng::from_number(seed);
    let key = ServerKey::new(rng.octets());
    let mut registrar = Registrar::new(Settings::new("example.vn"), key, rng);
    for user in ["an", "binh", "chi"] {
        assert!(registrar.set_account(user, secret(user)));
    }
    registrar
}

/// A client's side: what it sends next, with credentials as soon as it was challenged.
struct Phone {
    user: &'static str,
    digest: DigestClient,
    call_id: String,
    cseq: u32,
    branch: u32,
    via: String,
}

impl Phone {
    fn new(user: &'static str, seed: u64) -> Self {
        let account = Account { username: user.to_owned(), secret: secret(user), realm: None, md5: false };
        let digest = DigestClient::new(account, Rng::from_number(seed));
        Self { user, digest, call_id: format!("{user}-{seed}"), cseq: 0, branch: 0, via: "192.0.2.7;rport".to_owned() }
    }

    fn register(&mut self, headers: &str, response: Option<&Response>) -> String {
        (self.cseq, self.branch) = (self.cseq + 1, self.branch + 1);
        let uri = "sip:example.vn";
        let credentials = match response {
            Some(response) => {
                self.digest.answer("REGISTER", uri, &Challenge::all(&response.headers, Name::WwwAuthenticate)).ok()
            }
            None => self.digest.next("example.vn", "REGISTER", uri),
        };
        let Self { user, call_id, cseq, branch, via, .. } = self;
        let authorization = credentials.map_or(String::new(), |credentials| format!("Authorization: {credentials}\n"));
        let text = format!(
            "REGISTER {uri} SIP/2.0\nVia: SIP/2.0/UDP {via};branch=z9hG4bK{call_id}{branch}\nMax-Forwards: 70\n\
             From: <sip:{user}@example.vn>;tag=1\nTo: <sip:{user}@example.vn>\nCall-ID: {call_id}\nCSeq: {cseq} REGISTER\n\
             {authorization}{headers}Content-Length: 0\n\n"
        );
        text.replace('\n', "\r\n")
    }
}

/// One phone at a registrar over datagrams.
struct Desk {
    registrar: Registrar,
    phone: Phone,
    now: Instant,
    from: SocketAddr,
}

impl Desk {
    fn new() -> Self {
        let from = "192.0.2.7:5060".parse().unwrap();
        Self { registrar: registrar(1), phone: Phone::new("an", 1), now: Instant::from_millis(1_000), from }
    }

    fn says(&mut self, text: impl Into<Bytes>) -> Vec<Response> {
        let input = Input::Datagram { listener: ListenerId(0), remote: self.from, data: text.into() };
        self.registrar.handle_input(self.now, input);
        let outputs = std::iter::from_fn(|| self.registrar.poll_output());
        outputs
            .map(|output| match output {
                Output::Transmit { data, .. } => response(data),
                output => panic!("{output:?}"),
            })
            .collect()
    }

    /// A registration with its challenge, if there is one.
    fn registers(&mut self, headers: &str) -> Response {
        let text = self.phone.register(headers, None);
        let answer = self.says(text).remove(0);
        if answer.status().get() != 401 {
            self.phone.digest.accepted("example.vn", None);
            return answer;
        }
        let text = self.phone.register(headers, Some(&answer));
        let answer = self.says(text).remove(0);
        self.phone.digest.accepted("example.vn", None);
        answer
    }

    /// Status and bindings in a line.
    fn line(&mut self, headers: &str) -> String {
        let answer = self.registers(headers);
        let contacts: Vec<String> = answer.headers.all(Name::Contact).map(|header| header.value().to_owned()).collect();
        format!("{} {}", answer.status().get(), contacts.join(" ")).trim_end().to_owned()
    }
}

fn response(data: Bytes) -> Response {
    match parse(data).unwrap() {
        Message::Response(response) => response,
        Message::Request(request) => panic!("{request:?}"),
    }
}

#[test]
fn contacts_come_are_refreshed_and_go() {
    let mut desk = Desk::new();
    assert_eq!(desk.line("Contact: <sip:an@192.0.2.7>;q=0.5\n"), "200 <sip:an@192.0.2.7>;q=0.5;expires=3600");
    desk.now += Duration::from_secs(100);
    let two = desk.line("Contact: <sip:an@192.0.2.8>;expires=120\n");
    assert_eq!(
        two, "200 <sip:an@192.0.2.8>;expires=120 <sip:an@192.0.2.7>;q=0.5;expires=3500",
        "the most preferred first"
    );
    assert_eq!(desk.line(""), two, "asking changes nothing");
    desk.now += Duration::from_millis(119_500);
    assert!(desk.line("").contains("<sip:an@192.0.2.8>;expires=1 "), "rounded up");
    desk.now += Duration::from_secs(1);
    assert_eq!(desk.line(""), "200 <sip:an@192.0.2.7>;q=0.5;expires=3380");
    assert_eq!(desk.line("Contact: <sip:AN@192.0.2.7>\n").matches("sip:").count(), 2, "users are told apart by case");
    assert_eq!(desk.line("Contact: <sip:an@192.0.2.7>, <sip:AN@192.0.2.7>\nExpires: 0\n"), "200");
    assert!(desk.registrar.location().is_empty());
}

/// RFC 3261 10.3 step 6.
#[test]
fn a_star_stands_alone_and_takes_all() {
    let mut desk = Desk::new();
    desk.line("Contact: <sip:a@192.0.2.7>, <sip:b@192.0.2.7>\n");
    assert_eq!(desk.line("Contact: *\n"), "400");
    assert_eq!(desk.line("Contact: *\nExpires: 60\n"), "400");
    assert_eq!(desk.line("Contact: *, <sip:a@192.0.2.7>\nExpires: 0\n"), "400");
    assert_eq!(desk.registrar.location().len(), 2);
    assert_eq!(desk.line("Contact: *\nExpires: 0\n"), "200");
    assert!(desk.registrar.location().is_empty());
}

#[test]
fn lives_are_within_bounds() {
    let mut desk = Desk::new();
    let brief = desk.registers("Contact: <sip:a@192.0.2.7>;expires=59\n");
    assert_eq!((brief.status().get(), brief.headers.get(Name::MinExpires)), (423, Some("60")));
    assert_eq!(desk.line("Contact: <sip:a@192.0.2.7>;expires=99999\n"), "200 <sip:a@192.0.2.7>;expires=3600");
    assert_eq!(desk.line("Contact: <sip:a@192.0.2.7>\nExpires: 61\n"), "200 <sip:a@192.0.2.7>;expires=61");
    assert_eq!(desk.line("Contact: <sip:a@192.0.2.7>\nExpires: soon\n"), "400");
    // One that is too brief changes nothing of the other.
    assert_eq!(desk.line("Contact: <sip:b@192.0.2.7>, <sip:c@192.0.2.7>;expires=1\n"), "423");
    assert_eq!(desk.registrar.location().len(), 1);
}

/// RFC 3261 10.3 step 7: within a Call-ID the CSeq decides, whoever comes last.
#[test]
fn an_older_request_changes_nothing() {
    let mut desk = Desk::new();
    desk.line("Contact: <sip:a@192.0.2.7>;expires=600\n");
    desk.phone.cseq = 0;
    assert_eq!(desk.line("Contact: <sip:a@192.0.2.7>;expires=0\n"), "500");
    assert_eq!(desk.registrar.location().len(), 1);
    desk.phone.call_id = "after a restart".replace(' ', "-");
    assert_eq!(desk.line("Contact: <sip:a@192.0.2.7>;expires=0\n"), "200");
}

#[test]
fn an_address_has_only_so_many_contacts() {
    let mut desk = Desk::new();
    for index in 0..limits::CONTACTS_PER_ADDRESS_MAX {
        assert!(desk.line(&format!("Contact: <sip:a{index}@192.0.2.7>\n")).starts_with("200"));
    }
    assert_eq!(desk.line("Contact: <sip:more@192.0.2.7>\n"), "403");
    assert!(
        desk.line("Contact: <sip:a0@192.0.2.7>;expires=0, <sip:more@192.0.2.7>\n").starts_with("200"),
        "one for another"
    );
    let long = format!("Contact: <sip:{}@192.0.2.7>\n", "a".repeat(limits::CONTACT_BYTES_MAX));
    assert_eq!(desk.line(&long), "400");
}

/// RFC 3327, and what Kamailio's `path` does where the client knows nothing of it.
#[test]
fn the_path_is_kept_and_told() {
    let mut desk = Desk::new();
    desk.phone.via = "192.0.2.50:5060;branch=z9hG4bKp, SIP/2.0/UDP 192.0.2.7;rport".to_owned();
    let answer =
        desk.registers("Path: <sip:p1.example.vn;lr>\nPath: <sip:p2.example.vn;lr>\nContact: <sip:an@10.0.0.7>\n");
    assert_eq!(answer.headers.all(Name::Path).count(), 2);
    let bindings = desk.registrar.location().bindings(desk.now, "sip:an@example.vn");
    assert_eq!(&*bindings[0].path, "<sip:p1.example.vn;lr>, <sip:p2.example.vn;lr>");
    assert_eq!(bindings[0].flow, None, "a proxy stands between");
}

const INSTANCE: &str = "+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-000A95A0E128>\"";

/// RFC 5626 6: the flow of an instance is replaced whatever its contact says; a second flow stands beside it.
#[test]
fn flows_of_an_instance() {
    let mut desk = Desk::new();
    let first = desk.registers(&format!("Supported: path, outbound\nContact: <sip:an@10.0.0.7>;reg-id=1;{INSTANCE}\n"));
    assert_eq!(
        (first.headers.get(Name::Require), first.headers.get(Name::from("Flow-Timer"))),
        (Some("outbound"), Some("120"))
    );
    desk.registers(&format!("Supported: outbound\nContact: <sip:an@10.0.0.99>;reg-id=1;{INSTANCE}\n"));
    assert_eq!(desk.registrar.location().len(), 1, "the same flow from elsewhere");
    desk.registers(&format!("Supported: outbound\nContact: <sip:an@10.0.0.99>;reg-id=2;{INSTANCE}\n"));
    let bindings = desk.registrar.location().bindings(desk.now, "sip:an@example.vn");
    let flows: Vec<_> =
        bindings.iter().map(|binding| (binding.reg_id().unwrap(), binding.contact.uri.host())).collect();
    assert_eq!(flows, [("2", "10.0.0.99"), ("1", "10.0.0.99")]);
    assert!(bindings.iter().all(|binding| binding.flow.is_some() && binding.instance().is_some()));
    // Not asked for: reg-id means nothing, and the contact is one more.
    let plain = desk.registers(&format!("Contact: <sip:an@10.0.0.5>;reg-id=1;{INSTANCE}\n"));
    assert_eq!((plain.headers.get(Name::Require), desk.registrar.location().len()), (None, 3));
    let beside = format!("Supported: outbound\nContact: <sip:an@10.0.0.7>;reg-id=3;{INSTANCE}, <sip:an@10.0.0.8>\n");
    assert_eq!(desk.line(&beside), "400");
    // A first hop that does not do it.
    desk.phone.via = "192.0.2.50;branch=z9hG4bKp, SIP/2.0/UDP 192.0.2.7".to_owned();
    let behind = |ob: &str| {
        format!(
            "Supported: outbound\nPath: <sip:edge.example.vn;lr{ob}>\nContact: <sip:an@10.0.0.7>;reg-id=4;{INSTANCE}\n"
        )
    };
    assert_eq!(desk.line(&behind("")), "439");
    desk.phone.via = desk.phone.via.replace("bKp", "bKq");
    assert!(desk.line(&behind(";ob")).starts_with("200"));
}

/// RFC 5626 8: a keep-alive of STUN is answered where SIP is; other STUN and cut octets are not.
#[test]
fn a_stun_keep_alive_is_answered() {
    let mut desk = Desk::new();
    let request = [&[0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42][..], &[7; 12]].concat();
    let mut answers = |data: &[u8]| {
        let data = Bytes::copy_from_slice(data);
        let input = Input::Datagram { listener: ListenerId(0), remote: desk.from, data };
        desk.registrar.handle_input(desk.now, input);
        std::iter::from_fn(|| desk.registrar.poll_output()).count()
    };
    assert_eq!(answers(&request), 1);
    assert_eq!((answers(&request[..19]), answers(&[0x11, 1])), (0, 0));
    assert!(desk.registrar.is_quiescent());
}

/// The last word of a request about a contact counts, and takes one place.
#[test]
fn one_contact_twice_in_a_request() {
    let mut desk = Desk::new();
    let twice = "Contact: <sip:an@192.0.2.7>;expires=60, <sip:an@192.0.2.7>;expires=120\n";
    assert_eq!(desk.line(twice), "200 <sip:an@192.0.2.7>;expires=120");
}

/// RFC 2543 has no branch that tells transactions apart: the next registration is not taken for the one before.
#[test]
fn a_peer_without_branches_registers_again() {
    let mut desk = Desk::new();
    let text = desk.phone.register("", None);
    let challenge = desk.says(text).remove(0);
    for (contact, challenge) in [("a", Some(&challenge)), ("b", None)] {
        let headers = format!("Contact: <sip:{contact}@192.0.2.7>\n");
        let text = desk.phone.register(&headers, challenge);
        let (before, after) = (text.find(";branch").unwrap(), text.find("\r\nMax-Forwards").unwrap());
        let answer = desk.says(format!("{}{}", &text[..before], &text[after..])).remove(0);
        assert_eq!((answer.status().get(), answer.headers.cseq().unwrap().number), (200, desk.phone.cseq), "{contact}");
        desk.phone.digest.accepted("example.vn", None);
    }
    assert_eq!(desk.registrar.location().len(), 2);
}

/// Over a stream: pings, and the flow that goes with its stream.
#[test]
fn a_flow_ends_with_its_stream() {
    let (mut registrar, mut phone, now) = (registrar(1), Phone::new("an", 1), Instant::from_millis(1));
    let stream = StreamIds::new(0).allocate();
    let address = "192.0.2.7:40000".parse().unwrap();
    registrar.handle_input(
        now,
        Input::Accepted { stream, listener: ListenerId(1), local: address, remote: address, tls: None },
    );
    let say = |registrar: &mut Registrar, data: Bytes| {
        registrar.handle_input(now, Input::Data { stream, data });
        let Some(Output::Send { data, .. }) = registrar.poll_output() else { panic!("nothing said") };
        data
    };
    assert_eq!(say(&mut registrar, Bytes::from_static(b"\r\n\r\n")), Bytes::from_static(b"\r\n"));
    let headers = format!("Supported: outbound\nContact: <sip:an@10.0.0.7>;reg-id=1;{INSTANCE}\n");
    let challenge = response(say(&mut registrar, phone.register(&headers, None).into()));
    let done = response(say(&mut registrar, phone.register(&headers, Some(&challenge)).into()));
    assert_eq!((done.status().get(), registrar.location().len()), (200, 1));
    registrar.handle_input(now, Input::Closed { stream, why: Closed::Reset });
    assert!(registrar.is_quiescent());
    let told: Vec<Event> = std::iter::from_fn(|| registrar.poll_event()).collect();
    assert!(
        matches!(&told[..], [Event::Registered { .. }, Event::Unbound(gone)] if &*gone.address == "sip:an@example.vn")
    );
}

/// Who proves to be one user and registers for another, and requests that are none of ours.
#[test]
fn nobody_registers_for_another() {
    let rows: &[(&str, &str, &str, u16)] = &[
        ("another's address", "To: <sip:an@example.vn>", "To: <sip:binh@example.vn>", 403),
        ("another domain's address", "To: <sip:an@example.vn>", "To: <sip:an@other.vn>", 404),
        ("another domain", "REGISTER sip:example.vn", "REGISTER sip:other.vn", 404),
        ("the digest of another method", "REGISTER sip:example.vn SIP/2.0", "INVITE sip:example.vn SIP/2.0", 400),
        ("another Request-URI than was hashed", "REGISTER sip:example.vn ", "REGISTER sip:example.vn:5070 ", 400),
        ("auth-int", "qop=auth,", "qop=auth-int,", 400),
        ("extensions", "Max-Forwards", "Require: path, gruu, 100rel\nMax-Forwards", 420),
        ("no words behind Digest", "Digest username", "Digest ,username=, username", 400),
        ("no contact that can be read", "Contact: <sip:an@10.0.0.7>", "Contact: <sip:", 400),
    ];
    for (name, from, to, status) in rows {
        let mut desk = Desk::new();
        let headers = "Contact: <sip:an@10.0.0.7>\n";
        let text = desk.phone.register(headers, None);
        let challenge = desk.says(text).remove(0);
        let text = desk.phone.register(headers, Some(&challenge)).replacen(from, &to.replace('\n', "\r\n"), 1);
        assert_eq!(desk.says(text)[0].status().get(), *status, "{name}");
        assert!(desk.registrar.location().is_empty(), "{name}");
    }
}

/// The octets of a registration again, from its own address and another's: answered as before, and not believed.
#[test]
fn a_registration_is_not_played_again() {
    let mut desk = Desk::new();
    let text = desk.phone.register("Contact: <sip:an@10.0.0.7>\n", None);
    let challenge = desk.says(text).remove(0);
    let text = desk.phone.register("Contact: <sip:an@10.0.0.7>\n", Some(&challenge));
    assert_eq!(desk.says(text.clone())[0].status().get(), 200);
    assert_eq!(desk.says(text.clone())[0].status().get(), 200, "the same response again: a repeated datagram");
    let replayed = text.replace("branch=z9hG4bK", "branch=z9hG4bKx").replace("10.0.0.7", "10.6.6.6");
    let answer = desk.says(replayed.clone()).remove(0);
    assert_eq!(answer.status().get(), 401);
    desk.from = "192.0.2.66:5060".parse().unwrap();
    assert_eq!(desk.says(replayed)[0].status().get(), 401);
    let bindings = desk.registrar.location().bindings(desk.now, "sip:an@example.vn");
    assert!(bindings.len() == 1 && bindings[0].contact.uri.host() == "10.0.0.7");
}

/// 50,000 REGISTERs without a password, of 600 octets each: all are challenged, and nothing is kept.
#[test]
fn a_flood_without_a_password_keeps_nothing() {
    let mut desk = Desk::new();
    for index in 0..50_000_u32 {
        desk.phone.branch = index;
        let text = desk.phone.register("Contact: <sip:an@10.0.0.7>\n", None);
        desk.registrar
            .handle_input(desk.now, Input::Datagram { listener: ListenerId(0), remote: desk.from, data: text.into() });
        assert!(matches!(desk.registrar.poll_output(), Some(Output::Transmit { .. })));
    }
    assert!(desk.registrar.is_quiescent() && desk.registrar.poll_timeout().is_none());
}

/// Other methods, answers that nobody asked for, and what is not SIP.
#[test]
fn what_is_not_a_registration() {
    let mut desk = Desk::new();
    let register = desk.phone.register("", None);
    for (method, status) in [("OPTIONS", 200), ("INVITE", 405), ("MESSAGE", 405), ("SUBSCRIBE", 405)] {
        let answer = desk.says(register.replace("REGISTER", method)).remove(0);
        assert_eq!(
            (answer.status().get(), answer.headers.get(Name::Allow)),
            (status, Some("REGISTER, OPTIONS")),
            "{method}"
        );
    }
    assert!(desk.says(register.replace("REGISTER", "ACK")).is_empty());
    assert!(desk.says(register.replace("REGISTER sip:example.vn SIP/2.0", "SIP/2.0 200 OK")).is_empty());
    assert_eq!(desk.says(register.replace("Call-ID: ", "X: "))[0].status().get(), 400);
    assert!(desk.says("\u{0}\u{1}\u{2}").is_empty() && desk.registrar.is_quiescent());
}

/// A network that loses, doubles and delays datagrams, both ways.
struct Wire {
    rng: Rng,
    loss: u64,
    duplication: u64,
    delay: u64,
    sequence: u64,
    /// By arrival: the phone's side, whether it goes to the registrar, and the octets.
    queue: BTreeMap<(Instant, u64), (SocketAddr, bool, Bytes)>,
}

impl Wire {
    fn carry(&mut self, now: Instant, phone: SocketAddr, to_registrar: bool, data: &Bytes) {
        let copies = u64::from(self.rng.below(100) >= self.loss) + u64::from(self.rng.below(100) < self.duplication);
        for _ in 0..copies {
            self.sequence += 1;
            let at = now + Duration::from_millis(1 + self.rng.below(self.delay));
            self.queue.insert((at, self.sequence), (phone, to_registrar, data.clone()));
        }
    }
}

/// Three phones and a registrar on a wire, one phone at work at a time.
struct Town {
    registrar: Registrar,
    phones: Vec<Phone>,
    wire: Wire,
    now: Instant,
}

impl Town {
    fn new(seed: u64, [loss, duplication, delay]: [u64; 3]) -> Self {
        let phones = ["an", "binh", "chi"].into_iter().map(|user| Phone::new(user, seed)).collect();
        let rng = Rng::from_number(seed);
        let wire = Wire { rng, loss, duplication, delay, sequence: 0, queue: BTreeMap::new() };
        Self { registrar: registrar(seed), phones, wire, now: Instant::ZERO }
    }

    fn address(index: usize) -> SocketAddr {
        SocketAddr::from(([192, 0, 2, 10 + index as u8], 5060))
    }

    /// The status in the end; `None` where nobody answered within 32 s (RFC 3261 17.1.2.2, timer F). A challenge is answered once.
    fn registers(&mut self, index: usize, seconds: u64) -> Option<u16> {
        let host = Self::address(index).ip();
        let headers = format!("Contact: <sip:{}@{host}>;expires={seconds}\n", self.phones[index].user);
        let text = self.phones[index].register(&headers, None);
        let answer = self.transacts(index, text)?;
        if answer.status().get() != 401 {
            return Some(answer.status().get());
        }
        let text = self.phones[index].register(&headers, Some(&answer));
        self.transacts(index, text).map(|answer| answer.status().get())
    }

    /// Sends every four seconds until an answer to this request comes.
    fn transacts(&mut self, index: usize, request: String) -> Option<Response> {
        let request = Bytes::from(request);
        for _ in 0..8 {
            self.wire.carry(self.now, Self::address(index), true, &request);
            let until = self.now + Duration::from_secs(4);
            while let Some(entry) = self.wire.queue.first_entry().filter(|entry| entry.key().0 <= until) {
                let ((at, _), (phone, to_registrar, data)) = entry.remove_entry();
                self.now = self.now.max(at);
                let answer = self.arrives(phone, to_registrar, data).filter(|_| phone == Self::address(index));
                let own = |answer: &Response| answer.headers.cseq().unwrap().number == self.phones[index].cseq;
                if let Some(answer) = answer.filter(own) {
                    return Some(answer);
                }
            }
            self.now = self.now.max(until);
            self.registrar.handle_input(self.now, Input::Timeout);
        }
        None
    }

    fn arrives(&mut self, phone: SocketAddr, to_registrar: bool, data: Bytes) -> Option<Response> {
        if !to_registrar {
            return Some(response(data));
        }
        self.registrar.handle_input(self.now, Input::Datagram { listener: ListenerId(0), remote: phone, data });
        while let Some(Output::Transmit { remote, data, .. }) = self.registrar.poll_output() {
            self.wire.carry(self.now, remote, false, &data);
        }
        None
    }
}

/// What a phone knows: that it is registered until one time and surely no more after another.
type Belief = Option<(Instant, Instant)>;

/// Whoever knows to be registered is, and whoever knows to have left is not; when all lives are over nothing is left.
fn play(seed: u64, faults: [u64; 3]) -> String {
    let (mut town, mut log, mut script) = (Town::new(seed, faults), String::new(), Rng::from_number(seed ^ 0xff));
    let mut believed: [Belief; 3] = [Some((Instant::ZERO, Instant::ZERO)); 3];
    for _ in 0..40 {
        let (index, seconds) = (script.below(3) as usize, [0, 60, 120, 3_600][script.below(4) as usize]);
        let began = town.now;
        let status = town.registers(index, seconds);
        log.push_str(&format!("{} {index} {seconds} {status:?}\n", town.now.as_nanos()));
        // Whoever was not answered knows nothing.
        believed[index] = None;
        if status == Some(200) {
            town.phones[index].digest.accepted("example.vn", None);
            let life = Duration::from_secs(seconds);
            let surely = if seconds == 0 { town.now } else { began + life };
            believed[index] = Some((surely, town.now + life));
        }
        for (phone, belief) in town.phones.iter().zip(believed) {
            let address = format!("sip:{}@example.vn", phone.user);
            let bound = town.registrar.location().bindings(town.now, &address).len();
            let Some((surely, at_most)) = belief else { continue };
            assert!(town.now >= surely || bound == 1, "seed {seed}: {address} is lost\n{log}");
            assert!(town.now < at_most || bound == 0, "seed {seed}: {address} is still there\n{log}");
        }
        town.now += Duration::from_secs(script.below(100));
    }
    town.registrar.handle_input(town.now + Duration::from_secs(3_600), Input::Timeout);
    assert!(town.registrar.is_quiescent(), "seed {seed}: {:?}", town.registrar);
    log
}

/// Per cent lost and doubled, and milliseconds of delay.
const BAD: [u64; 3] = [30, 20, 1_500];

#[test]
fn phones_on_a_bad_network() {
    for seed in 0..60 {
        let log = play(seed, [0, 0, 20]);
        assert_eq!(log.matches("Some(200)").count(), 40, "seed {seed}\n{log}");
        let log = play(seed, BAD);
        assert!(log.matches("Some(200)").count() >= 35, "seed {seed}\n{log}");
    }
}

#[test]
fn one_seed_is_one_run() {
    assert_eq!(play(7, BAD), play(7, BAD));
    assert_ne!(play(7, BAD), play(8, BAD));
}

#[test]
fn streams_are_bounded() {
    let (mut registrar, mut ids) = (registrar(1), StreamIds::new(0));
    let address = "192.0.2.7:1".parse().unwrap();
    let mut closed: Vec<StreamId> = Vec::new();
    for _ in 0..limits::STREAMS_MAX + 10 {
        registrar.handle_input(
            Instant::ZERO,
            Input::Accepted {
                stream: ids.allocate(),
                listener: ListenerId(1),
                local: address,
                remote: address,
                tls: None,
            },
        );
        while let Some(Output::Close { stream }) = registrar.poll_output() {
            closed.push(stream);
        }
    }
    assert_eq!(closed.len(), 10);
    registrar.handle_input(Instant::ZERO + limits::STREAM_SILENCE_MAX, Input::Timeout);
    assert_eq!(std::iter::from_fn(|| registrar.poll_output()).count(), limits::STREAMS_MAX);
    assert!(registrar.is_quiescent());
}
