//! Checked against rsip 0.4.0 on what it can read; the facts of docs/adr/0001; the conversions of the feature `rsip`.
#![allow(clippy::disallowed_methods, reason = "a test reads its vectors")]

use lhtt_sip::message::{Message, Name, Response, StatusCode, accept, parse};
use rsip::SipMessage;
use rsip::headers::UntypedHeader as _;
use rsip::message::{HasHeaders as _, HeadersExt as _};
use std::path::Path;

/// The torture messages and a few of everyday life.
fn corpus() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let table = std::fs::read_to_string(folder.join("expect.tsv")).expect("the table is there");
    let names = table.lines().filter_map(|line| line.split('\t').next());
    let torture = names.map(|name| (name.to_owned(), std::fs::read(folder.join(name)).expect("the message is there")));
    torture.chain(everyday()).collect()
}

fn everyday() -> impl Iterator<Item = (String, Vec<u8>)> {
    let head = |start: &str, cseq: &str, rest: &str| {
        format!(
            "{start}\r\nVia: SIP/2.0/TLS gw.example.vn:5061;branch=z9hG4bK77;rport\r\nMax-Forwards: 70\r\n\
             From: \"So TTTT\" <sip:0203@example.vn>;tag=a1\r\nTo: <sip:600@mcu.example.vn>\r\nCall-ID: x1@gw\r\n\
             CSeq: {cseq}\r\nContact: <sip:gw.example.vn:5061;transport=tls>\r\n{rest}"
        )
    };
    let sdp = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\n";
    let body = format!("Content-Type: application/sdp\r\nContent-Length: {}\r\n\r\n{sdp}", sdp.len());
    let list = [
        ("invite", head("INVITE sip:600@mcu.example.vn SIP/2.0", "1 INVITE", &body)),
        ("bye", head("BYE sip:600@mcu.example.vn:5060 SIP/2.0", "2 BYE", "Content-Length: 0\r\n\r\n")),
        ("busy", head("SIP/2.0 486 Busy Here", "1 INVITE", "Reason: Q.850;cause=17\r\nContent-Length: 0\r\n\r\n")),
        ("ok", head("SIP/2.0 200 OK", "1 INVITE", &body)),
    ];
    list.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes()))
}

/// What both say about a message; `None` where rsip cannot say it.
fn compare(ours: &Message, theirs: &SipMessage) -> Result<usize, String> {
    let headers = ours.headers();
    let mut agreed = 0;
    let mut same = |what: &str, ours: Option<String>, theirs: Option<String>| match (ours, theirs) {
        (_, None) => Ok(()),
        (ours, theirs) if ours == theirs => {
            agreed += 1;
            Ok(())
        }
        (ours, theirs) => Err(format!("{what}: {ours:?} {theirs:?}")),
    };
    match (ours, theirs) {
        (Message::Request(ours), SipMessage::Request(theirs)) => {
            same("method", Some(ours.method().to_string()), Some(theirs.method().to_string()))?;
            same("uri", Some(ours.uri().to_string()), Some(theirs.uri().to_string()))?;
        }
        (Message::Response(ours), SipMessage::Response(theirs)) => {
            same("status", Some(ours.status().to_string()), Some(theirs.status_code().code().to_string()))?;
        }
        _ => return Err("one is a request, the other a response".to_owned()),
    }
    let tag = |tag: Option<rsip::param::Tag>| tag.map(|tag| tag.value().to_owned());
    let from = theirs.from_header().and_then(|from| from.tag());
    let to = theirs.to_header().and_then(|to| to.tag());
    same("From tag", headers.from().ok().and_then(|from| from.tag().map(str::to_owned)), from.ok().and_then(tag))?;
    same("To tag", headers.to().ok().and_then(|to| to.tag().map(str::to_owned)), to.ok().and_then(tag))?;
    let call_id = theirs.call_id_header().ok().map(|header| header.value().to_owned());
    same("Call-ID", headers.call_id().ok().map(|id| id.to_string()), call_id)?;
    let number = theirs.cseq_header().and_then(|header| header.seq()).ok().map(|number| number.to_string());
    same("CSeq", headers.cseq().ok().map(|cseq| cseq.number.to_string()), number)?;
    // rsip reads the last `branch` of a comma-separated Via, and IPv6 hosts not at all: fields with one element only.
    let one = headers.get(Name::Via).is_some_and(|value| !value.contains(','));
    let branch = theirs.via_header().and_then(|via| via.typed()).ok().filter(|_| one);
    let branch = branch.and_then(|via| via.branch().map(|branch| branch.value().to_owned()));
    same("branch", headers.top_via().ok().and_then(|via| via.branch().map(str::to_owned)), branch)?;
    Ok(agreed)
}

trait Typed {
    fn typed(&self) -> Result<rsip::typed::Via, rsip::Error>;
}

impl Typed for rsip::headers::Via {
    fn typed(&self) -> Result<rsip::typed::Via, rsip::Error> {
        rsip::headers::ToTypedHeader::typed(self)
    }
}

#[test]
fn we_agree_with_rsip_where_it_can_read() {
    let (mut read, mut agreed) = (0, 0);
    for (name, octets) in corpus() {
        let (Ok(ours), Ok(theirs)) = (parse(octets.clone().into()), SipMessage::try_from(octets)) else { continue };
        agreed += compare(&ours, &theirs).unwrap_or_else(|difference| panic!("{name}: {difference}"));
        read += 1;
    }
    println!("rsip read {read} of the messages we read; {agreed} values compared");
    assert!(read >= 30 && agreed >= 150, "{read} messages, {agreed} values");
}

fn vector(name: &str) -> Vec<u8> {
    corpus().into_iter().find(|(known, _)| known == name).map(|(_, octets)| octets).expect("a vector of this name")
}

#[test]
fn adr_0001_content_length_is_ignored() {
    let octets = vector("rfc4475/dblreq.dat");
    let theirs = SipMessage::try_from(octets.clone()).expect("rsip reads it");
    assert!(theirs.body().len() > 400, "a second request has become the body of the first");
    assert!(accept(octets.into()).expect("so do we").body().is_empty());
}

#[test]
fn adr_0001_no_folding_no_compact_names() {
    assert!(SipMessage::try_from(vector("rfc4475/wsinv.dat")).is_err());
    let theirs = SipMessage::try_from(vector("rfc4475/dblreq.dat")).expect("rsip reads it");
    assert!(theirs.call_id_header().is_err(), "the Call-ID is there as `I`");
}

#[test]
fn adr_0001_no_ipv6() {
    let octets = vector("rfc5118/ipv6-in-sdp.dat");
    let theirs = SipMessage::try_from(octets.clone());
    let ours = accept(octets.into()).expect("we read it");
    let wrong = |theirs: &SipMessage| theirs.via_header().and_then(|via| via.typed()).is_err();
    assert!(theirs.as_ref().map_or(true, wrong));
    assert_eq!(ours.headers().top_via().expect("a Via").host, "[2001:db8::20]");
}

#[test]
fn adr_0001_methods_are_a_closed_set() {
    assert!(SipMessage::try_from(vector("rfc4475/esc02.dat")).is_err());
    assert!(SipMessage::try_from("INVIT sip:a@b SIP/2.0\r\nVia: x\r\n\r\n").is_err());
}

#[test]
fn adr_0001_bodies_are_corrupted_when_printed() {
    let octets = vector("rfc4475/mpart01.dat");
    let theirs = SipMessage::try_from(octets.clone()).expect("rsip reads it");
    assert_ne!(theirs.to_string().as_bytes(), &octets[..]);
    assert!(theirs.to_string().contains('\u{fffd}'));
    assert_eq!(accept(octets.clone().into()).expect("so do we").to_bytes(), octets);
}

#[test]
fn what_rsip_can_hold_goes_there_and_back() {
    let mut held = 0;
    for (name, octets) in corpus() {
        let Ok(ours) = accept(octets.into()) else { continue };
        let Ok(theirs) = SipMessage::try_from(&ours) else { continue };
        assert_eq!(theirs.body(), ours.body(), "{name}");
        assert_eq!(theirs.headers().iter().count(), ours.headers().len(), "{name}");
        compare(&ours, &theirs).unwrap_or_else(|difference| panic!("{name}: {difference}"));
        let back = Message::try_from(&theirs).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        compare(&back, &theirs).unwrap_or_else(|difference| panic!("{name}: {difference}"));
        assert_eq!(back.body(), ours.body(), "{name}");
        let list = |message: &Message| -> Vec<(Name, String)> {
            let others = message.headers().iter().filter(|header| *header.name() != Name::ContentLength);
            others.map(|header| (header.name().clone(), header.value().to_owned())).collect()
        };
        assert_eq!(list(&back), list(&ours), "{name}");
        held += 1;
    }
    println!("{held} messages went to rsip and back");
    assert!(held >= 25, "{held}");
}

#[test]
fn what_rsip_cannot_hold_is_an_error() {
    for name in ["rfc4475/esc02.dat", "rfc4475/intmeth.dat", "rfc4475/unkscm.dat", "rfc5118/port-unambiguous.dat"] {
        let ours = accept(vector(name).into()).expect("we read it");
        assert!(SipMessage::try_from(&ours).is_err(), "{name}");
    }
}

#[test]
fn a_response_built_by_us_is_read_by_rsip() {
    let request = accept(vector("invite").into()).ok().and_then(Message::into_request).expect("a request");
    let response = Response::to_request(&request, StatusCode::BUSY_HERE).with_to_tag("b2").to_bytes();
    let theirs = SipMessage::try_from(&response[..]).expect("rsip reads it");
    assert_eq!(
        theirs.to_header().and_then(|to| to.tag()).expect("a To").map(|tag| tag.value().to_owned()),
        Some("b2".into())
    );
}

#[test]
fn adr_0001_sha_256_has_the_wrong_name() {
    assert_eq!(rsip::headers::auth::Algorithm::Sha256.to_string(), "SHA256", "RFC 7616 says SHA-256");
}
