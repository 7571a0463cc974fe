//! H.323: aligned PER both ways on the three messages that other codecs were measured with, and Q.931 around one.

use bytes::Bytes;
use criterion::{Criterion, criterion_group, criterion_main};
use lhtt_h323::asn1::h225::{H323UserInformation, RasMessage};
use lhtt_h323::asn1::h245::MultimediaSystemControlMessage;
use lhtt_h323::per::Codec;
use lhtt_h323::q931::{CallReference, Element, Message, MessageType};
use std::hint::black_box;

fn both<T: Codec>(criterion: &mut Criterion, name: &str, octets: &'static [u8]) {
    let value = T::from_per(octets).expect("the vector reads");
    criterion.bench_function(&format!("per/{name}/decode"), |b| {
        b.iter(|| T::from_per(black_box(octets)).expect("it reads"))
    });
    criterion
        .bench_function(&format!("per/{name}/encode"), |b| b.iter(|| black_box(&value).to_per().expect("it writes")));
}

fn per(criterion: &mut Criterion) {
    both::<RasMessage>(criterion, "rrq_398", include_bytes!("../data/rrq.per"));
    both::<H323UserInformation>(criterion, "setup_387", include_bytes!("../data/setup.per"));
    both::<MultimediaSystemControlMessage>(criterion, "tcs_714", include_bytes!("../data/tcs.per"));
}

fn q931(criterion: &mut Criterion) {
    let setup = Message::new(MessageType::Setup, CallReference::ours(4711))
        .with(Element::bearer_capability())
        .with(Element::display_of("MCU"))
        .with(Element::user_user_of(include_bytes!("../data/setup.per")));
    let octets = Bytes::from(setup.print());
    criterion.bench_function("q931/setup/parse", |b| b.iter(|| Message::parse(black_box(&octets)).expect("it reads")));
    criterion.bench_function("q931/setup/print", |b| b.iter(|| black_box(&setup).print()));
}

criterion_group!(benches, per, q931);
criterion_main!(benches);
