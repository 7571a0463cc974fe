//! Reading, changing and writing messages, at the boundary: octets in, octets out.
#![allow(clippy::panic, clippy::unwrap_used, reason = "tests fail loudly")]

use bytes::Bytes;
use lhtt_sip::message::{
    FaultKind, Framed, Framer, Message, Method, Name, NameAddr, Reason, Request, Response, StatusCode, Via, Warning,
    accept, check_scheme, limits, parse, validate,
};

const HEAD: &str = "Via: SIP/2.0/UDP a;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: 1\r\n";

/// An OPTIONS with these lines after the required ones.
fn options(lines: &str) -> Bytes {
    format!("OPTIONS sip:c@d SIP/2.0\r\n{HEAD}CSeq: 1 OPTIONS\r\n{lines}\r\n").into()
}

fn read(octets: impl Into<Bytes>) -> Message {
    accept(octets.into()).unwrap_or_else(|refused| panic!("{}", refused.fault()))
}

#[test]
fn one_change_leaves_the_rest_as_it_was() {
    let octets =
        options("x-A :  one\r\n two\r\nv: SIP/2.0/TCP e;branch=2 , SIP / 2.0 / TLS f\r\nMAX-FORWARDS: 7\r\nl:0\r\n");
    let mut message = read(octets.clone());
    assert_eq!(message.to_bytes(), octets);
    let headers = message.headers_mut();
    assert_eq!(headers.get("X-a"), Some("one two"));
    let hops = headers.max_forwards().unwrap().unwrap();
    headers.set(Name::MaxForwards, (hops - 1).to_string());
    headers.prepend(Name::Via, Via::new("TLS", "[2001:db8::1]:5061", "z9hG4bK9").unwrap());
    let text = String::from_utf8(octets.to_vec()).unwrap();
    let expected = text
        .replace("SIP/2.0\r\nVia:", "SIP/2.0\r\nVia: SIP/2.0/TLS [2001:db8::1]:5061;branch=z9hG4bK9\r\nVia:")
        .replace("MAX-FORWARDS: 7", "Max-Forwards: 6");
    assert_eq!(message.to_bytes(), expected);
    let vias: Vec<_> = message.headers().via().unwrap().iter().map(Via::sent_by).collect();
    assert_eq!(vias, ["[2001:db8::1]:5061", "a", "e", "f"]);
}

#[test]
fn headers_are_set_added_and_removed() {
    let mut request = Request::new(Method::Info, "sip:a@b".parse().unwrap())
        .with("X-One", "1")
        .with("X-\r\nTwo:", "2\r\nInjected: yes")
        .with("x-one", "3");
    request.headers.set("X-ONE", "4");
    assert_eq!(
        request.to_bytes(),
        "INFO sip:a@b SIP/2.0\r\nX-ONE: 4\r\nX-Two: 2  Injected: yes\r\nContent-Length: 0\r\n\r\n"
    );
    assert!(request.headers.remove("X-Two") && !request.headers.remove("X-Two"));
    request.set_body("text/plain", "xin chào");
    assert_eq!(
        request.to_bytes(),
        "INFO sip:a@b SIP/2.0\r\nX-ONE: 4\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nxin chào"
    );
}

#[test]
fn the_topmost_via_alone_is_stamped() {
    let mut message = read(options("Via: SIP/2.0/UDP z\r\n"));
    let mut via = message.headers().top_via().unwrap();
    via.params.set("rport", None);
    assert!(via.stamp("[2001:db8::7]:4000".parse().unwrap()));
    message.headers_mut().set_top_via(&via);
    assert_eq!(via.to_string(), "SIP/2.0/UDP a;branch=z9hG4bK1;rport=4000;received=2001:db8::7");
    assert_eq!((via.rport(), via.received()), (Some(Some(4000)), Some("2001:db8::7".parse().unwrap())));
    assert_eq!(message.headers().via().unwrap()[1].host, "z");
    let octets = options("").to_vec();
    let listed = String::from_utf8(octets).unwrap().replace("branch=z9hG4bK1", "branch=z9hG4bK1, SIP/2.0/UDP y");
    let mut message = read(listed);
    message.headers_mut().set_top_via(&via);
    assert_eq!(message.headers().get(Name::Via), Some(format!("{via}, SIP/2.0/UDP y").as_str()));
}

#[test]
fn a_response_copies_what_it_must() {
    let request =
        read(options("Timestamp: 54\r\nRecord-Route: <sip:p;lr>\r\nv: SIP/2.0/UDP z\r\n")).into_request().unwrap();
    let trying = Response::to_request(&request, StatusCode::TRYING);
    let expected = format!("SIP/2.0 100 Trying\r\n{HEAD}CSeq: 1 OPTIONS\r\nTimestamp: 54\r\nContent-Length: 0\r\n\r\n");
    assert_eq!(trying.to_bytes(), expected.replace("\r\nFrom", "\r\nv: SIP/2.0/UDP z\r\nFrom"));
    let mut refusal = Response::to_request(&request, StatusCode::FORBIDDEN).with_to_tag("x");
    let again = refusal.clone().with_to_tag("y");
    assert_eq!(again.headers.to().unwrap().tag(), Some("x"), "a tag that is there stays");
    let why = Warning { code: 399, agent: "lhtt".into(), text: "Dieu 12 khoan 2 \"a\"".to_owned() };
    refusal.headers.push(Name::Warning, why.clone());
    refusal.headers.push(Name::Reason, Reason::new("Q.850", 21, Some("Dieu 12")));
    let read = read(refusal.to_bytes());
    assert_eq!(read.headers().warnings().unwrap(), [why]);
    let reason = &read.headers().reasons().unwrap()[0];
    assert_eq!((&*reason.protocol, reason.cause(), reason.text().as_deref()), ("Q.850", Some(21), Some("Dieu 12")));
}

#[test]
fn lists_and_tokens() {
    let message = read(options(
        "m: \"A, B\" <sip:a@b?h=1,2>;q=0.5;expires=60, <sip:c@d>;expires=99999999999\r\nContact: *\r\n\
         Require: a, b\r\nk:\r\nSupported: timer ,100rel\r\nc: Application / SDP ;charset=x\r\nExpires: 5\r\n",
    ));
    let headers = message.headers();
    let contacts = headers.contacts().unwrap();
    let expires: Vec<_> = contacts.iter().map(|contact| contact.expires()).collect();
    assert_eq!(expires, [Some(60), Some(u32::MAX), None]);
    let tags = |list: Vec<lhtt_sip::message::Text>| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(tags(headers.require().unwrap()), ["a", "b"]);
    assert_eq!(tags(headers.supported().unwrap()), ["timer", "100rel"]);
    let kind = headers.content_type().unwrap().unwrap();
    assert!(kind.is("application/sdp") && kind.params.get("Charset") == Some("x"));
    assert_eq!(headers.expires().unwrap(), Some(5));
}

#[test]
fn octets_that_are_not_utf_8_are_kept() {
    let mut octets = b"OPTIONS sip:c@d SIP/2.0\r\nSubject: caf\xe9\r\n".to_vec();
    octets.extend_from_slice(&options("")[25..]);
    let message = read(octets.clone());
    assert_eq!(message.headers().get(Name::Subject), Some("caf\u{fffd}"));
    assert_eq!(message.to_bytes(), octets);
}

/// What is refused, as `kind status`, or taken.
fn outcome(octets: impl Into<Bytes>) -> String {
    match accept(octets.into()) {
        Ok(_) => "taken".to_owned(),
        Err(refused) => format!("{:?} {:?}", refused.fault().kind(), refused.status().map(StatusCode::get)),
    }
}

#[test]
fn refusals() {
    let start = |line: &str| format!("{line}\r\n{HEAD}CSeq: 1 OPTIONS\r\n\r\n");
    let many = "X: y\r\n".repeat(limits::HEADERS_MAX);
    let list = format!("Route: {}\r\n", "<sip:a>,".repeat(limits::LIST_MAX + 1));
    for (octets, expected) in [
        (start("OPTIONS sip:c@d sip/2.0"), "taken"),
        (start("OPTIONS sip:c@d SIP/3.0"), "Version Some(505)"),
        (start("OPTIONS sip:c@d HTTP/1.1"), "Malformed Some(400)"),
        (start("OPTIONS sip:c@d"), "Malformed Some(400)"),
        (start("OPT:IONS sip:c@d SIP/2.0"), "Malformed None"),
        (start("ACK sip:c@d SIP/2.0"), "MethodMismatch None"),
        (start("SIP/2.0 99 No"), "Malformed None"),
        (start("SIP/2.0 700 No"), "Malformed None"),
        (start("SIP/2.0 200"), "taken"),
        (start(""), "Malformed None"),
        (format!("\r\n\r\n{}", start("OPTIONS sip:c@d SIP/2.0")), "taken"),
        (format!("OPTIONS sip:c@d SIP/2.0\r\n{HEAD}"), "Malformed Some(400)"),
        (format!("OPTIONS sip:c@d SIP/2.0\r\n{HEAD}CSeq: 1\r\n\r\n"), "Malformed Some(400)"),
        (format!("OPTIONS sip:c@d SIP/2.0\r\n{HEAD}\r\n"), "Missing Some(400)"),
        (format!("OPTIONS sip:c@d SIP/2.0\r\n folded\r\n{HEAD}CSeq: 1 OPTIONS\r\n\r\n"), "Malformed Some(400)"),
        (format!("OPTIONS sip:c@d SIP/2.0\n{HEAD}CSeq: 1 OPTIONS\r\n\r\n"), "Malformed None"),
        (String::new(), "Malformed None"),
        ("\0".repeat(50), "Malformed None"),
    ] {
        assert_eq!(outcome(octets.clone()), expected, "{octets}");
    }
    for (lines, expected) in [
        ("no colon\r\n", "Malformed Some(400)"),
        (": x\r\n", "Malformed Some(400)"),
        ("a b: x\r\n", "Malformed Some(400)"),
        ("X: a\rb\r\n", "Malformed Some(400)"),
        ("X: a\nb\r\n", "Malformed Some(400)"),
        ("t: <sip:e@f>\r\n", "Repeated Some(400)"),
        ("l: 0\r\nContent-Length: 0\r\n", "taken"),
        ("l: 0\r\nContent-Length: 1\r\n", "Repeated Some(400)"),
        ("l: +0\r\n", "Malformed Some(400)"),
        ("l: 1\r\n", "Truncated Some(400)"),
        ("Max-Forwards: 256\r\n", "Malformed Some(400)"),
        ("Contact: sip:a@b,\r\n", "Malformed Some(400)"),
        (&many, "Malformed Some(400)"),
        (&list, "Malformed Some(400)"),
    ] {
        assert_eq!(outcome(options(lines)), expected, "{lines}");
    }
    let large = format!("l: {0}\r\n\r\n{1}", limits::MESSAGE_BYTES_MAX, "x".repeat(limits::MESSAGE_BYTES_MAX));
    let large = format!("OPTIONS sip:c@d SIP/2.0\r\n{HEAD}CSeq: 1 OPTIONS\r\n{large}");
    assert_eq!(outcome(large), "TooLarge Some(513)");
}

#[test]
fn reading_is_more_liberal_than_validating() {
    let message = parse(options("Contact: <broken\r\n")).expect("it can be read");
    let fault = validate(&message).expect_err("but not taken");
    let octets = options("Contact: <broken\r\n");
    assert_eq!((fault.kind(), &octets[fault.offset()..fault.offset() + 7]), (FaultKind::Malformed, &b"<broken"[..]));
    let request = read(start_with("urn:service:sos")).into_request().unwrap();
    assert_eq!(check_scheme(&request).expect_err("we route sip and tel").status(), Some(416));
    assert!(check_scheme(&read(start_with("tel:+84203")).into_request().unwrap()).is_ok());
}

fn start_with(uri: &str) -> String {
    format!("OPTIONS {uri} SIP/2.0\r\n{HEAD}CSeq: 1 OPTIONS\r\n\r\n")
}

/// What a stream gives, one word each.
fn frame(stream: &str) -> (Vec<String>, bool) {
    let mut framer = Framer::new();
    framer.push(stream.as_bytes());
    let words = std::iter::from_fn(|| framer.next()).map(|framed| match framed {
        Framed::Message(message) => format!("body {}", message.body().len()),
        Framed::Refused(refused) => format!("{:?} {:?}", refused.fault().kind(), refused.status().map(StatusCode::get)),
        Framed::Ping => "ping".to_owned(),
    });
    let words = words.collect();
    (words, framer.is_broken())
}

#[test]
fn streams() {
    let message =
        |lines: &str, body: &str| format!("OPTIONS sip:c@d SIP/2.0\r\n{HEAD}CSeq: 1 OPTIONS\r\n{lines}\r\n{body}");
    let (empty, three) = (message("l: 0\r\n", ""), message("l: 3\r\n", "abc"));
    let bad = message("Contact: <\r\nl: 2\r\n", "ab");
    let huge = message(&format!("l: {}\r\n", limits::MESSAGE_BYTES_MAX), "");
    let endless = format!("OPTIONS sip:c@d SIP/2.0\r\n{HEAD}X: {}", "y".repeat(limits::MESSAGE_BYTES_MAX));
    for (stream, words, broken) in [
        (format!("{empty}{three}"), &["body 0", "body 3"][..], false),
        (format!("\r\n{empty}\r\n\r\n\r\n{three}\r\n\r\n"), &["body 0", "ping", "body 3", "ping"], false),
        (format!("{bad}{three}"), &["Malformed Some(400)", "body 3"], false),
        (three[..three.len() - 1].to_owned(), &[], false),
        (format!("{}{three}", message("", "")), &["Missing Some(400)"], true),
        (format!("{}{three}", message("l: x\r\n", "")), &["Malformed Some(400)"], true),
        (format!("{}{three}", message("l: 1\r\nl: 2\r\n", "")), &["Repeated Some(400)"], true),
        (huge, &["TooLarge Some(513)"], true),
        (endless, &["TooLarge Some(513)"], true),
        ("garbage\r\n\r\n".to_owned(), &["Missing None"], true),
    ] {
        let (seen, is_broken) = frame(&stream);
        assert_eq!(
            (seen.as_slice(), is_broken),
            (&words.iter().map(ToString::to_string).collect::<Vec<_>>()[..], broken),
            "{stream:.300}"
        );
    }
}

#[test]
fn requests_of_ours() {
    let to = NameAddr::new("sip:600@mcu.vn".parse().unwrap());
    let from = NameAddr::new("sip:lhtt@gw.vn".parse().unwrap()).with_display("Sở \"TTTT\"").with_tag("9");
    let request = Request::new(Method::Invite, to.uri.clone())
        .with(Name::From, from)
        .with(Name::To, to)
        .with(Name::CSeq, lhtt_sip::message::CSeq::new(1, Method::Invite));
    assert_eq!(
        String::from_utf8(request.to_bytes().to_vec()).unwrap(),
        "INVITE sip:600@mcu.vn SIP/2.0\r\nFrom: \"Sở \\\"TTTT\\\"\" <sip:lhtt@gw.vn>;tag=9\r\nTo: <sip:600@mcu.vn>\r\n\
         CSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n"
    );
}
