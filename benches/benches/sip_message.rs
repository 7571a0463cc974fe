//! SIP messages: an INVITE of 1,176 octets read whole, header by header, written, and cut out of a stream.

use bytes::{Bytes, BytesMut};
use criterion::{criterion_group, criterion_main};
use lhtt_benches::clock::{Bench, bench};
use lhtt_benches::sip::INVITE;
use lhtt_benches::yardstick;
use lhtt_sip::message::{
    CSeq, Contact, Fault, Framed, Framer, Message, Method, Name, NameAddr, Request, Response, StatusCode, Text, Via,
    accept, parse,
};
use std::hint::black_box;

/// The ten headers that every part of a stack needs, typed.
struct Typed {
    via: Vec<Via>,
    from: NameAddr,
    to: NameAddr,
    cseq: CSeq,
    call_id: Text,
    max_forwards: Option<u8>,
    content_length: Option<usize>,
    contact: Vec<Contact>,
    route: Vec<NameAddr>,
    record_route: Vec<NameAddr>,
}

fn typed(message: &Message) -> Result<Typed, Fault> {
    let headers = message.headers();
    Ok(Typed {
        via: headers.via()?,
        from: headers.from()?,
        to: headers.to()?,
        cseq: headers.cseq()?,
        call_id: headers.call_id()?,
        max_forwards: headers.max_forwards()?,
        content_length: headers.content_length()?,
        contact: headers.contacts()?,
        route: headers.route()?,
        record_route: headers.record_route()?,
    })
}

/// The INVITE anew: every field set by its text, as for a request of ours.
fn composed(like: &Request) -> Request {
    let mut request = Request::new(Method::Invite, like.uri().clone());
    for header in like.headers.iter() {
        request.headers.push(header.name().clone(), header.value().to_owned());
    }
    request.set_body("application/sdp", like.body().clone());
    request
}

fn sip_message(criterion: &mut Bench) {
    let mut group = criterion.benchmark_group("sip_message");
    let head = yardstick::head();
    group.bench_function("httparse", |b| b.iter(|| yardstick::read(black_box(head))));

    let octets = Bytes::from_static(INVITE);
    let message = parse(octets.clone()).expect("the message is good");
    let all = typed(&message).expect("every header is good");
    assert_eq!((all.via.len(), all.contact.len(), all.route.len(), all.record_route.len()), (2, 1, 1, 1));
    assert_eq!((all.max_forwards, all.content_length, all.cseq.number), (Some(69), Some(262), 314_159));
    assert!(all.from.tag().is_some() && all.to.tag().is_none() && all.call_id.len() == 26);
    group.bench_function("parse", |b| {
        b.iter(|| {
            let message = parse(black_box(octets.clone())).expect("it reads");
            let typed = typed(&message).expect("it reads");
            (message, typed)
        });
    });
    group.bench_function("parse_unread", |b| b.iter(|| parse(black_box(octets.clone())).expect("it reads")));
    group.bench_function("accept", |b| b.iter(|| accept(black_box(octets.clone())).expect("it is valid")));

    let invite = message.into_request().expect("the INVITE is a request");
    let request = composed(&invite);
    assert_eq!(request.to_bytes(), octets);
    group.bench_function("write", |b| b.iter(|| black_box(&request).to_bytes()));
    group.bench_function("write_as_read", |b| b.iter(|| black_box(&invite).to_bytes()));
    group.bench_function("compose_and_write", |b| b.iter(|| composed(black_box(&invite)).to_bytes()));
    group.bench_function("answer_and_write", |b| {
        b.iter(|| {
            let mut response = Response::to_request(black_box(&invite), StatusCode::OK).with_to_tag("a6c85cf4b2e0d113");
            response.headers.copy(Name::RecordRoute, &invite.headers);
            response.headers.push(Name::Contact, "<sip:600@192.0.2.1:5061;transport=tls>");
            response.with_body("application/sdp", invite.body().clone()).to_bytes()
        });
    });
    group.finish();
}

fn framer(criterion: &mut Bench) {
    let mut group = criterion.benchmark_group("sip_framer");
    let two = [INVITE, INVITE].concat();
    for (name, portion) in [("whole", INVITE.len()), ("portions_of_100", 100), ("two_at_once", two.len())] {
        let stream = if portion > INVITE.len() { &two[..] } else { INVITE };
        group.bench_function(name, |b| {
            let mut framer = Framer::new();
            b.iter(|| {
                let mut messages = 0;
                for portion in black_box(stream).chunks(portion) {
                    framer.push(portion);
                    while let Some(framed) = framer.next() {
                        assert!(matches!(framed, Framed::Message(_)));
                        messages += 1;
                    }
                }
                assert_eq!(messages, stream.len() / INVITE.len());
            });
        });
    }
    // The floor under any writer: the octets copied once.
    group.bench_function("copy", |b| b.iter(|| BytesMut::from(black_box(INVITE)).freeze()));
    group.finish();
}

criterion_group! { name = benches; config = bench(); targets = sip_message, framer }
criterion_main!(benches);
