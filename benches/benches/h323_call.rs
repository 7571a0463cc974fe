//! H.323 calls from Setup to ReleaseComplete, both sides, tunnelled, without sockets.

use criterion::{criterion_group, criterion_main};
use lhtt_benches::clock::{Bench, bench};
use lhtt_benches::h323::{LISTENER, PORT, Terminal};
use lhtt_benches::province;
use lhtt_benches::wire::Wire;
use lhtt_core::io::Transport;
use lhtt_core::time::Duration;

const PACE: Duration = Duration::from_millis(20);

struct World {
    wire: Wire,
    caller: Terminal,
    callee: Terminal,
}

impl World {
    fn new(fast_start: bool, h245: bool) -> Self {
        let mut wire = Wire::new(province::during());
        wire.listen(1, LISTENER, Transport::Tcp, PORT);
        Self { wire, caller: Terminal::new(0, fast_start, h245), callee: Terminal::new(1, fast_start, h245) }
    }

    fn call(&mut self) {
        let Self { wire, caller, callee } = self;
        wire.pass(&mut [caller, callee], PACE);
        caller.call(wire.now(), 1, "600");
        wire.settle(&mut [caller, callee]);
        caller.hang_up(wire.now());
        wire.settle(&mut [caller, callee]);
        assert_eq!((caller.up, caller.channels, callee.channels), (callee.forgotten, caller.up, caller.up));
        assert_eq!((caller.released, caller.forgotten, wire.streams()), (caller.up, caller.up, 0));
    }
}

fn h323_call(criterion: &mut Bench) {
    let mut group = criterion.benchmark_group("h323_call");
    let kinds = [("fast_start", true, false), ("fast_start_and_h245", true, true), ("slow_start", false, true)];
    for (name, fast_start, h245) in kinds {
        let mut world = World::new(fast_start, h245);
        group.bench_function(name, |b| b.iter(|| world.call()));
    }
    group.finish();
}

criterion_group! { name = benches; config = bench(); targets = h323_call }
criterion_main!(benches);
