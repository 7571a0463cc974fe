//! Aligned PER both ways on the three messages that other codecs were measured with; Q.931 and TPKT around one of them.

use bytes::Bytes;
use criterion::{BenchmarkGroup, criterion_group, criterion_main};
use lhtt_benches::clock::{Bench, CpuTime, bench};
use lhtt_benches::{h323, yardstick};
use lhtt_h323::asn1::h225::{H323UserInformation, RasMessage};
use lhtt_h323::asn1::h245::MultimediaSystemControlMessage;
use lhtt_h323::per::Codec;
use lhtt_h323::q931::{CallReference, Element, Message, MessageType};
use lhtt_h323::tpkt::{self, Framer};
use std::hint::black_box;

fn both<T: Codec>(group: &mut BenchmarkGroup<'_, CpuTime>, name: &str, octets: &[u8]) {
    let value = T::from_per(octets).expect("the vector reads");
    assert_eq!(value.to_per().expect("it writes"), octets);
    group.bench_function(format!("{name}/decode"), |b| b.iter(|| T::from_per(black_box(octets)).expect("it reads")));
    group.bench_function(format!("{name}/encode"), |b| b.iter(|| black_box(&value).to_per().expect("it writes")));
}

fn per(criterion: &mut Bench) {
    let mut group = criterion.benchmark_group("per");
    let head = yardstick::head();
    group.bench_function("httparse", |b| b.iter(|| yardstick::read(black_box(head))));
    both::<RasMessage>(&mut group, "rrq_398", &h323::vector("RRQ-full"));
    both::<H323UserInformation>(&mut group, "setup_387", &h323::vector("Setup-fastStart"));
    both::<MultimediaSystemControlMessage>(&mut group, "tcs_714", &h323::vector("TCS-700"));
    group.finish();
}

fn q931(criterion: &mut Bench) {
    let mut group = criterion.benchmark_group("q931");
    let setup = Message::new(MessageType::Setup, CallReference::ours(4711))
        .with(Element::bearer_capability())
        .with(Element::display_of("MCU"))
        .with(Element::user_user_of(&h323::vector("Setup-fastStart")));
    let octets = Bytes::from(setup.print());
    let packet = tpkt::frame(&octets).expect("it is short enough");
    group.bench_function("parse", |b| b.iter(|| Message::parse(black_box(&octets)).expect("it reads")));
    group.bench_function("print", |b| b.iter(|| black_box(&setup).print()));
    group.bench_function("tpkt_frame", |b| b.iter(|| tpkt::frame(black_box(&octets))));
    group.bench_function("tpkt_cut", |b| {
        let mut framer = Framer::new(tpkt::PACKET_MAX);
        b.iter(|| {
            framer.push(black_box(&packet));
            framer.packet().expect("it reads").expect("it is whole")
        });
    });
    group.finish();
}

criterion_group! { name = benches; config = bench(); targets = per, q931 }
criterion_main!(benches);
