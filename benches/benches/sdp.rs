//! Session descriptions: the one of the INVITE and one of a room system read, written and answered.

use criterion::{criterion_group, criterion_main};
use lhtt_benches::clock::{Bench, bench};
use lhtt_benches::sip::{INVITE, local};
use lhtt_benches::yardstick;
use lhtt_sip::sdp::{Sdp, accept_answer, answer, offered_audio};
use std::hint::black_box;

fn sdp(criterion: &mut Bench) {
    let mut group = criterion.benchmark_group("sdp");
    let head = yardstick::head();
    group.bench_function("httparse", |b| b.iter(|| yardstick::read(black_box(head))));

    let body = INVITE.windows(4).position(|window| window == b"\r\n\r\n").expect("the INVITE has a body") + 4;
    let room = include_bytes!("../../lhtt-sip/tests/vectors/sdp/cisco-room.sdp");
    for (name, octets) in [("audio", &INVITE[body..]), ("room", &room[..])] {
        let offer = Sdp::parse(octets).expect("it reads");
        let ours = local(0);
        assert!(answer(&offer, &ours).is_ok(), "{name}");
        group.bench_function(format!("{name}/parse"), |b| b.iter(|| Sdp::parse(black_box(octets)).expect("it reads")));
        group.bench_function(format!("{name}/write"), |b| b.iter(|| black_box(&offer).to_bytes()));
        group.bench_function(format!("{name}/read_audio"), |b| b.iter(|| offered_audio(black_box(&offer))));
        group.bench_function(format!("{name}/answer"), |b| b.iter(|| answer(black_box(&offer), &ours)));
        group.bench_function(format!("{name}/parse_answer_write"), |b| {
            b.iter(|| {
                let offer = Sdp::parse(black_box(octets)).expect("it reads");
                answer(&offer, &ours).expect("there is a common codec").sdp.to_bytes()
            });
        });
    }
    let ours = local(0);
    let offer = ours.offer().expect("it has formats");
    let theirs = answer(&offer, &local(1)).expect("there is a common codec").sdp;
    group.bench_function("offer", |b| b.iter(|| black_box(&ours).offer()));
    group.bench_function("accept_answer", |b| b.iter(|| accept_answer(black_box(&offer), &theirs)));
    group.finish();
}

criterion_group! { name = benches; config = bench(); targets = sdp }
criterion_main!(benches);
