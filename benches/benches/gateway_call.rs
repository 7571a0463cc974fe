//! Whole calls through the gateway: the government's system calls over TLS, the MCU is called by H.323 with fast start,
//! tunnelled. Both peers are the project's own stacks and are measured with it.

use criterion::{criterion_group, criterion_main};
use lhtt_benches::border::{Border, GATEWAY, GOVERNMENT, MCU};
use lhtt_benches::clock::{Bench, bench};
use lhtt_benches::province::{ALIAS, Province, UNKNOWN_ALIAS, during};
use lhtt_benches::wire::Wire;
use lhtt_benches::{h323, sip};
use lhtt_core::io::Transport;
use lhtt_core::time::Duration;

const PACE: Duration = Duration::from_millis(20);

struct World {
    wire: Wire,
    border: Border,
    government: sip::Phone,
    mcu: h323::Terminal,
}

impl World {
    fn new() -> Self {
        let mut wire = Wire::new(during());
        for place in [GATEWAY, GOVERNMENT] {
            wire.listen(place, sip::LISTENER, Transport::Tls, sip::port(Transport::Tls));
        }
        for place in [GATEWAY, MCU] {
            wire.listen(place, h323::LISTENER, Transport::Tcp, h323::PORT);
        }
        let border = Border::new(Province::new(500, 50));
        let government = sip::Phone::new(GOVERNMENT, Transport::Tls);
        Self { wire, border, government, mcu: h323::Terminal::new(MCU, true, true) }
    }

    fn call(&mut self, alias: &str) {
        let Self { wire, border, government, mcu } = self;
        wire.pass(&mut [border, government, mcu], PACE);
        government.call(wire.now(), GATEWAY, alias);
        wire.settle(&mut [border, government, mcu]);
    }

    /// A call that is connected both ways, then ended by the caller.
    fn connect(&mut self) {
        self.call(ALIAS);
        let Self { wire, border, government, mcu } = self;
        assert_eq!((government.up, border.directed), (mcu.channels, 2 * mcu.channels));
        government.hang_up(wire.now());
        wire.settle(&mut [border, government, mcu]);
        // The end of the call is written with the next question, at the latest after 100 ms.
        assert!(mcu.forgotten == government.up && (2 * government.up).abs_diff(border.entries) <= 1);
    }

    /// A call that the regulation refuses.
    fn refuse(&mut self) {
        self.call(UNKNOWN_ALIAS);
        assert_eq!(self.government.refused, self.border.entries);
    }
}

fn gateway_call(criterion: &mut Bench) {
    let mut group = criterion.benchmark_group("gateway_call");
    let mut world = World::new();
    group.bench_function("sip_to_h323", |b| b.iter(|| world.connect()));
    let mut world = World::new();
    group.bench_function("refused", |b| b.iter(|| world.refuse()));
    group.finish();
}

criterion_group! { name = benches; config = bench(); targets = gateway_call }
criterion_main!(benches);
