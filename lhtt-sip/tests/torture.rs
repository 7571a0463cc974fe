//! RFC 4475 and RFC 5118: every message ends as `vectors/expect.tsv` says, with the fields of `vectors/fields.tsv`.
#![allow(clippy::disallowed_methods, reason = "a test reads its vectors")]

use bytes::Bytes;
use lhtt_sip::message::{Message, accept, describe, parse};
use std::path::{Path, PathBuf};

/// What we do with the messages that must or may be refused: the status we answer, silence, or that we take it.
///
/// I~ rows we take: more than one SP in the request line and SP at its end mean nothing else; a Date is not acted on; white
/// space inside `<>` and a display name that should have been quoted leave no doubt about the address. I~ rows we
/// refuse: an open quote, brackets or white space in the Request-URI, headers in the Request-URI (they could plant a
/// Route), and a URI with headers outside of `<>`, because there the sender and we could mean different things.
const REFUSALS: [(&str, &str); 26] = [
    ("rfc4475/badinv01.dat", "400"),
    ("rfc4475/clerr.dat", "400"),
    ("rfc4475/ncl.dat", "400"),
    ("rfc4475/scalar02.dat", "400"),
    ("rfc4475/scalarlg.dat", "silence"),
    ("rfc4475/quotbal.dat", "400"),
    ("rfc4475/ltgtruri.dat", "400"),
    ("rfc4475/lwsruri.dat", "400"),
    ("rfc4475/lwsstart.dat", "taken"),
    ("rfc4475/trws.dat", "taken"),
    ("rfc4475/escruri.dat", "400"),
    ("rfc4475/baddate.dat", "taken"),
    ("rfc4475/regbadct.dat", "400"),
    ("rfc4475/badaspec.dat", "taken"),
    ("rfc4475/baddn.dat", "taken"),
    ("rfc4475/badvers.dat", "505"),
    ("rfc4475/mismatch01.dat", "400"),
    ("rfc4475/mismatch02.dat", "400"),
    ("rfc4475/bigcode.dat", "silence"),
    ("rfc4475/insuf.dat", "400"),
    ("rfc4475/multi01.dat", "400"),
    ("rfc4475/mcl01.dat", "400"),
    ("rfc5118/ipv6-bad.dat", "400"),
    ("rfc4475/unkscm.dat", "taken"),
    ("rfc4475/novelsc.dat", "taken"),
    ("rfc4475/inv2543.dat", "taken"),
];

fn own() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors")
}

/// The shared copy of the vectors, where there is one beside the project.
fn shared() -> Option<PathBuf> {
    let ancestors = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    ancestors.map(|folder| folder.join("shared/vectors/sip-torture")).find(|folder| folder.is_dir())
}

fn rows(folder: &Path, table: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(folder.join(table)).expect("the table is there");
    text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

fn outcome(octets: &Bytes) -> String {
    match accept(octets.clone()) {
        Ok(_) => "taken".to_owned(),
        Err(refused) => refused.status().map_or("silence".to_owned(), |status| status.to_string()),
    }
}

fn check_all(folder: &Path) {
    let expected = rows(folder, "expect.tsv");
    assert_eq!(expected.len(), 61);
    let mut failures = Vec::new();
    for row in &expected {
        let (file, class) = (row[0].as_str(), row[1].as_str());
        let octets = Bytes::from(std::fs::read(folder.join(file)).expect("the message is there"));
        let outcome = outcome(&octets);
        let ours = REFUSALS.iter().find(|(name, _)| *name == file).map_or("taken", |(_, ours)| *ours);
        let allowed = match class {
            "V" | "A" => outcome == "taken",
            "I!" => outcome != "taken",
            _ => true,
        };
        if !allowed || outcome != ours {
            let why = accept(octets).err().map(|refused| refused.fault().to_string());
            failures.push(format!("{file} {class}: {outcome}, we say {ours}: {why:?}"));
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

/// Numbers are compared as numbers: one message writes them with leading zeros.
fn same(seen: &str, expected: &str) -> bool {
    match (seen.parse::<u128>(), expected.parse::<u128>()) {
        (Ok(seen), Ok(expected)) => seen == expected,
        _ => seen == expected,
    }
}

fn check_fields(folder: &Path) {
    let mut failures = Vec::new();
    for row in rows(folder, "fields.tsv") {
        let octets = std::fs::read(folder.join(&row[0])).expect("the message is there");
        let summary = describe(&octets);
        let show = |value: Option<String>| value.unwrap_or_default();
        let seen = [
            show(summary.method.or(summary.status.map(|code| code.to_string()))),
            summary.via.len().to_string(),
            show(summary.from_tag),
            show(summary.cseq.as_ref().map(|(number, _)| number.to_string())),
            show(summary.cseq.map(|(_, method)| method)),
            show(summary.call_id),
            summary.body_length.to_string(),
            summary.contact.len().to_string(),
            show(summary.max_forwards.map(|hops| hops.to_string())),
        ];
        if seen.iter().zip(&row[2..]).all(|(seen, expected)| same(seen, expected)) {
            continue;
        }
        let line = format!("{} {}:\n  {seen:?}\n  {:?}", row[0], row[1], &row[2..11]);
        failures.push(line);
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

#[test]
fn every_message_ends_as_expected() {
    check_all(&own());
}

#[test]
fn every_message_has_its_fields() {
    check_fields(&own());
}

#[test]
fn the_shared_copy_ends_the_same() {
    match shared() {
        Some(folder) => {
            check_all(&folder);
            check_fields(&folder);
        }
        None => println!("no shared vectors beside the project: skipped"),
    }
}

#[test]
fn what_is_read_is_written_back() {
    let folder = own();
    for row in rows(&folder, "expect.tsv") {
        let octets = Bytes::from(std::fs::read(folder.join(&row[0])).expect("the message is there"));
        let Ok(message) = parse(octets.clone()) else { continue };
        let written = message.to_bytes();
        assert_eq!(written, octets[..written.len()], "{}", row[0]);
        let length = message.headers().content_length().expect("it was checked");
        assert!(written.len() == octets.len() || length == Some(message.body().len()), "{}", row[0]);
    }
}

#[test]
fn a_refused_request_can_be_answered() {
    let octets = Bytes::from(std::fs::read(own().join("rfc4475/clerr.dat")).expect("the message is there"));
    let refused = parse(octets).expect_err("its Content-Length is too large");
    let answer = refused.response().expect("a request with a Via").with_to_tag("1").to_bytes();
    let text = String::from_utf8(answer.to_vec()).expect("text");
    assert_eq!(
        text,
        "SIP/2.0 400 Content-Length says 9999 octets, there are 154\r\n\
         Via: SIP/2.0/UDP host5.example.com;branch=z9hG4bK-39234-23523\r\n\
         From: sip:caller@example.net;tag=93942939o2\r\n\
         To: sip:j.user@example.com;tag=1\r\n\
         Call-ID: clerr.0ha0isndaksdjweiafasdk3\r\n\
         CSeq: 8 INVITE\r\n\
         Content-Length: 0\r\n\r\n"
    );
    let answer: Message = parse(answer).expect("our answer can be read");
    assert_eq!(answer.headers().to().expect("a To").tag(), Some("1"));
}
