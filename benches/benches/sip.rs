//! SIP: an INVITE of 1,176 octets with a description, read whole, read header by header, written, framed.

use bytes::Bytes;
use criterion::{Criterion, criterion_group, criterion_main};
use lhtt_sip::message::{Framer, accept, parse};
use lhtt_sip::sdp::Sdp;
use std::hint::black_box;

const INVITE: &[u8] = include_bytes!("../data/invite.sip");

fn messages(criterion: &mut Criterion) {
    let octets = Bytes::from_static(INVITE);
    let body = accept(octets.clone()).expect("the message is good").body().clone();
    let message = parse(octets.clone()).expect("the message is good");
    criterion.bench_function("sip/invite/parse", |b| b.iter(|| parse(black_box(octets.clone())).expect("it reads")));
    criterion
        .bench_function("sip/invite/accept", |b| b.iter(|| accept(black_box(octets.clone())).expect("it is valid")));
    criterion.bench_function("sip/invite/print", |b| b.iter(|| black_box(&message).to_bytes()));
    criterion.bench_function("sip/sdp/parse", |b| b.iter(|| Sdp::parse(black_box(&body)).expect("it reads")));
    criterion.bench_function("sip/stream/frame", |b| {
        b.iter(|| {
            let mut framer = Framer::new();
            framer.push(black_box(INVITE));
            framer.next().expect("a whole message")
        });
    });
}

criterion_group!(benches, messages);
criterion_main!(benches);
