//! Any message: what we print we read back equal (I9); any octets: no panic (I11); any portions of a stream: the same
//! messages.
#![allow(clippy::disallowed_methods, reason = "a test reads its vectors")]

use bytes::Bytes;
use lhtt_sip::message::{
    Framed, Framer, Message, Method, Name, NameAddr, Request, Response, StatusCode, Uri, Via, accept, describe, parse,
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::path::Path;
use std::sync::OnceLock;

/// The torture messages, read once.
fn torture() -> &'static [Vec<u8>] {
    static MESSAGES: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    MESSAGES.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
        let table = std::fs::read_to_string(folder.join("expect.tsv")).expect("the table is there");
        let names = table.lines().filter_map(|line| line.split('\t').next());
        names.map(|name| std::fs::read(folder.join(name)).expect("the message is there")).collect()
    })
}

fn host() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z][a-z0-9-]{0,8}[a-z0-9]\\.vn",
        any::<[u8; 4]>().prop_map(|octets| std::net::Ipv4Addr::from(octets).to_string()),
        any::<[u16; 8]>().prop_map(|words| format!("[{}]", std::net::Ipv6Addr::from(words))),
    ]
}

fn uri() -> impl Strategy<Value = Uri> {
    let user = prop::option::of(any::<String>().prop_filter("a user is not empty", |user| !user.is_empty()));
    let transport = prop::option::of("udp|tcp|tls|carrier-pigeon");
    (user, host(), prop::option::of(any::<u16>()), any::<bool>(), transport).prop_map(
        |(user, host, port, secure, transport)| {
            let build = if secure { Uri::sips } else { Uri::sip };
            let uri = build(user.as_deref(), &host, port).expect("its parts are right");
            assert_eq!(uri.user_unescaped(), user);
            match transport {
                Some(transport) => uri.with_param("transport", Some(&transport)).expect("a token"),
                None => uri,
            }
        },
    )
}

fn address() -> impl Strategy<Value = NameAddr> {
    // White space at the ends and control characters do not survive a header value.
    let display = prop::option::of("[^\\p{Cc}]{0,20}");
    let tag = prop::option::of("[A-Za-z0-9.~-]{1,12}");
    (uri(), display, tag).prop_map(|(uri, display, tag)| {
        let mut address = NameAddr::new(uri);
        if let Some(display) = &display {
            address = address.with_display(display);
            assert_eq!(address.display().as_deref(), Some(display.as_str()));
        }
        match tag {
            Some(tag) => address.with_tag(&tag),
            None => address,
        }
    })
}

fn method() -> impl Strategy<Value = Method> {
    prop_oneof![
        Just(Method::Invite),
        Just(Method::Bye),
        Just(Method::Ack),
        Just(Method::Options),
        "[A-Z]{3,9}".prop_map(|text| text.parse().expect("a token"))
    ]
}

fn request() -> impl Strategy<Value = Request> {
    let via = (host(), prop::option::of(any::<u16>()), "UDP|TCP|TLS|X", "[A-Za-z0-9]{1,9}");
    let others = prop::collection::vec(("[A-Za-z][A-Za-z0-9-]{0,14}", "[^\\p{Cc}]{0,40}"), 0..6);
    let body = prop::option::of(prop::collection::vec(any::<u8>(), 0..200));
    let vias = prop::collection::vec(via, 1..4);
    let call_id = "[!-~]{1,30}";
    (method(), uri(), vias, address(), address(), call_id, any::<u32>(), others, body).prop_map(
        |(method, uri, vias, from, to, call_id, number, others, body)| {
            let mut request = Request::new(method.clone(), uri);
            for (host, port, transport, branch) in vias {
                let sent_by = port.map_or(host.clone(), |port| format!("{host}:{port}"));
                let via = Via::new(&transport, &sent_by, &format!("z9hG4bK{branch}")).expect("its parts are right");
                request.headers.push(Name::Via, via);
            }
            let headers = &mut request.headers;
            headers.push(Name::From, from);
            headers.push(Name::To, to);
            headers.push(Name::CallId, call_id);
            headers.push(Name::CSeq, format!("{number} {method}"));
            for (name, value) in others {
                headers.push(format!("X-{name}"), value.trim());
            }
            if let Some(body) = body {
                request.set_body("application/octet-stream", body);
            }
            request
        },
    )
}

/// Names and values.
fn fields(message: &Message) -> Vec<(String, String)> {
    let fields = message.headers().iter();
    fields.map(|header| (header.name().to_string(), header.value().to_owned())).collect()
}

/// Breaks a message a little.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let edit =
        (any::<prop::sample::Index>(), 0..5_u8, prop::sample::select(b"\r\n\t :;,<>\"@%[]?=/\\SIP2.0\0\xff9".to_vec()));
    (any::<prop::sample::Index>(), prop::collection::vec(edit, 1..12)).prop_map(|(which, edits)| {
        let mut octets = which.get(torture()).clone();
        for (at, kind, octet) in edits {
            if octets.is_empty() {
                break;
            }
            let at = at.index(octets.len());
            match kind {
                0 => octets[at] = octet,
                1 => octets.insert(at, octet),
                2 => drop(octets.remove(at)),
                3 => octets.truncate(at),
                _ => octets.extend_from_within(at..(at + 40).min(octets.len())),
            }
        }
        octets
    })
}

/// Reads everything there is to read.
fn read_all(message: &Message) {
    let headers = message.headers();
    let _ = (headers.via(), headers.from(), headers.to(), headers.cseq(), headers.call_id(), headers.contacts());
    let _ = (headers.route(), headers.record_route(), headers.max_forwards(), headers.content_length());
    let _ = (headers.content_type(), headers.expires(), headers.require(), headers.supported(), headers.allow());
    let _ = (headers.reasons(), headers.warnings());
    for contact in headers.contacts().unwrap_or_default() {
        let _ = (contact.expires(), contact.address().map(|address| address.uri.equivalent(&address.uri)));
    }
}

/// What a framer gives, as text: each message written back, pings, refusals.
fn frame(stream: &[u8], cuts: &[usize]) -> Vec<String> {
    let mut framer = Framer::new();
    let mut seen = Vec::new();
    let mut start = 0;
    for end in cuts.iter().copied().chain([stream.len()]) {
        framer.push(&stream[start..end]);
        start = end;
        while let Some(framed) = framer.next() {
            seen.push(match framed {
                Framed::Message(message) => format!("{:?}", message.to_bytes()),
                Framed::Refused(refused) => format!("{:?} {}", refused.status(), refused.fault().text()),
                Framed::Ping => "ping".to_owned(),
            });
        }
    }
    seen.push(format!("broken: {}", framer.is_broken()));
    seen
}

/// A stream of messages, pings and line ends.
fn stream() -> impl Strategy<Value = Vec<u8>> {
    let whole = request().prop_map(|request| request.to_bytes().to_vec());
    let part = prop_oneof![
        6 => whole,
        1 => Just(b"\r\n\r\n".to_vec()),
        1 => Just(b"\r\n".to_vec()),
        1 => mutated(),
    ];
    prop::collection::vec(part, 1..6).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, rng_seed: RngSeed::Fixed(4475), ..ProptestConfig::default() })]

    #[test]
    fn what_we_print_we_read_back(request in request()) {
        let octets = request.to_bytes();
        let read = accept(octets.clone()).map_err(|refused| TestCaseError::fail(refused.to_string()))?;
        prop_assert_eq!(read.to_bytes(), octets);
        prop_assert_eq!(read.body(), request.body());
        let mut expected = fields(&Message::from(request.clone()));
        if !request.headers.has(Name::ContentLength) {
            expected.push(("Content-Length".to_owned(), "0".to_owned()));
        }
        prop_assert_eq!(fields(&read), expected);
        let read = read.into_request().expect("a request");
        prop_assert_eq!((read.method(), read.uri()), (request.method(), request.uri()));
        prop_assert_eq!(read.headers.from(), request.headers.from());
        prop_assert_eq!(read.headers.via(), request.headers.via());
        let response = Response::to_request(&read, StatusCode::RINGING).with_to_tag("t").to_bytes();
        let response = accept(response).map_err(|refused| TestCaseError::fail(refused.to_string()))?;
        prop_assert_eq!(response.headers().cseq(), request.headers.cseq());
        prop_assert!(response.headers().to().is_ok_and(|to| to.tag().is_some()));
    }

    #[test]
    fn uris_are_equivalent_to_themselves(uri in uri()) {
        let again: Uri = uri.as_str().to_uppercase().parse().unwrap_or_else(|_| uri.clone());
        prop_assert!(uri.equivalent(&uri));
        prop_assert_eq!(uri.equivalent(&again), again.equivalent(&uri));
    }

    #[test]
    fn any_portions_give_the_same_messages(stream in stream(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..9)) {
        let whole = frame(&stream, &[]);
        let mut cuts: Vec<_> = cuts.iter().map(|cut| cut.index(stream.len() + 1)).collect();
        cuts.sort_unstable();
        prop_assert_eq!(&frame(&stream, &cuts), &whole);
        let single: Vec<_> = (0..stream.len()).collect();
        prop_assert_eq!(&frame(&stream, &single), &whole);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, rng_seed: RngSeed::Fixed(4475), ..ProptestConfig::default() })]

    #[test]
    fn broken_messages_do_not_break_us(octets in mutated()) {
        let octets = Bytes::from(octets);
        let _ = describe(&octets);
        match parse(octets.clone()) {
            Ok(message) => {
                read_all(&message);
                let written = message.to_bytes();
                let skipped = octets.len() - octets.windows(written.len()).position(|part| part == written).map_or(0, |at| octets.len() - at);
                prop_assert!(octets[skipped..].starts_with(&written), "an unchanged message is written back exactly");
                let again = parse(written).map_err(|refused| TestCaseError::fail(refused.to_string()))?;
                prop_assert_eq!(fields(&again), fields(&message));
            }
            Err(refused) => {
                prop_assert!(refused.fault().offset() <= octets.len());
                if let Some(answer) = refused.response() {
                    let answer = parse(answer.to_bytes());
                    prop_assert!(answer.is_ok(), "{:?}", answer.err());
                }
            }
        }
        let _ = frame(&octets, &[]);
    }

    #[test]
    fn any_octets_do_not_break_us(octets in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = describe(&octets);
        let _ = frame(&octets, &[]);
    }
}
