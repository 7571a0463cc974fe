//! SIP calls from INVITE to BYE without sockets, 50 a second of virtual time, so that the traces of earlier calls are
//! there as they are on a busy day.

use criterion::{criterion_group, criterion_main};
use lhtt_benches::clock::{Bench, bench};
use lhtt_benches::sip::{LISTENER, Phone, Script, port};
use lhtt_benches::wire::{self, Party, Wire};
use lhtt_benches::{province, yardstick};
use lhtt_core::io::{Input, Output, StreamId, StreamIds, Transport};
use lhtt_core::time::{Duration, Instant, Now};
use std::hint::black_box;

const PACE: Duration = Duration::from_millis(20);

/// One callee opposite a script: what a UAS leg costs.
struct Leg {
    phone: Phone,
    script: Script,
    now: Now,
    stream: Option<StreamId>,
    calls: u32,
    octets: u64,
}

impl Leg {
    fn new(transport: Transport, phone: Phone) -> Self {
        let now = Now { instant: Instant::from_millis(1_000), wall: province::during() };
        let script = Script::new(transport);
        let mut leg = Self { phone, script, now, stream: None, calls: 0, octets: 0 };
        if transport != Transport::Udp {
            let stream = StreamIds::new(0).allocate();
            let (local, remote) = (wire::at(0, port(transport)), wire::at(1, 40_000));
            leg.phone.handle_input(now, Input::Accepted { stream, listener: LISTENER, local, remote, tls: None });
            leg.stream = Some(stream);
        }
        leg
    }

    fn say(&mut self, data: bytes::Bytes) {
        let input = match self.stream {
            Some(stream) => Input::Data { stream, data },
            None => Input::Datagram { listener: LISTENER, remote: wire::at(1, port(Transport::Udp)), data },
        };
        self.phone.handle_input(self.now, input);
    }

    /// The last message of the callee's.
    fn heard(&mut self) -> Option<bytes::Bytes> {
        let mut last = None;
        while let Some(output) = self.phone.poll_output() {
            if let Output::Transmit { data, .. } | Output::Send { data, .. } = output {
                self.octets += data.len() as u64;
                last = Some(data);
            }
        }
        last
    }

    fn call(&mut self) {
        self.calls = (self.calls + 1) % 100_000_000;
        self.now.instant += PACE;
        if self.phone.poll_timeout().is_some_and(|at| at <= self.now.instant) {
            self.phone.handle_input(self.now, Input::Timeout);
        }
        let invite = self.script.invite(self.calls);
        self.say(invite);
        let answer = self.heard().expect("a call is answered");
        let tag = self.script.tag(&answer);
        let [ack, bye] = self.script.rest(self.calls, &tag);
        self.say(ack);
        self.say(bye);
        assert!(self.heard().is_some_and(|answer| answer.starts_with(b"SIP/2.0 200 ")));
        assert_eq!((self.phone.up, self.phone.ended), (u64::from(self.calls), u64::from(self.calls)));
    }
}

/// Two endpoints: both sides of a call.
struct World {
    wire: Wire,
    caller: Phone,
    callee: Phone,
}

impl World {
    fn new(transport: Transport) -> Self {
        let mut wire = Wire::new(province::during());
        for place in [0, 1] {
            wire.listen(place, LISTENER, transport, port(transport));
        }
        Self { wire, caller: Phone::new(0, transport), callee: Phone::new(1, transport) }
    }

    fn call(&mut self) {
        let Self { wire, caller, callee } = self;
        wire.pass(&mut [caller, callee], PACE);
        caller.call(wire.now(), 1, "600");
        wire.settle(&mut [caller, callee]);
        caller.hang_up(wire.now());
        wire.settle(&mut [caller, callee]);
        assert_eq!((caller.up, callee.up), (callee.ended, callee.ended));
    }
}

fn sip_call(criterion: &mut Bench) {
    let mut group = criterion.benchmark_group("sip_call");
    let head = yardstick::head();
    group.bench_function("httparse", |b| b.iter(|| yardstick::read(black_box(head))));
    for (name, transport) in [("udp", Transport::Udp), ("stream", Transport::Tls)] {
        let mut leg = Leg::new(transport, Phone::new(0, transport).with_ready_answer());
        group.bench_function(format!("uas_leg/{name}"), |b| b.iter(|| leg.call()));
        let mut leg = Leg::new(transport, Phone::new(0, transport));
        group.bench_function(format!("uas_leg_with_negotiation/{name}"), |b| b.iter(|| leg.call()));
        let script = Script::new(transport);
        group.bench_function(format!("script/{name}"), |b| {
            b.iter(|| (script.invite(black_box(7)), script.rest(black_box(7), b"0123456789abcdef")));
        });
        let mut world = World::new(transport);
        group.bench_function(format!("both_sides/{name}"), |b| b.iter(|| world.call()));
    }
    group.finish();
}

criterion_group! { name = benches; config = bench(); targets = sip_call }
criterion_main!(benches);
