//! What a decision allocates: a permitted join of one session of fifty, in a province of 500 sites, nothing. A count, not a time:
//! it fails when it grows.
//!
//! Made with dhat, whose allocator counts; it needs no unsafe code of ours.

use lhtt_benches::province::{ALIAS, Province, before, during, join, leave, submission};
use lhtt_core::{Request, decide};
use std::hint::black_box;

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

const SITES: usize = 500;
const SESSIONS: usize = 50;

fn main() {
    let mut province = Province::new(SITES, SESSIONS);
    let _profiler = dhat::Profiler::builder().testing().build();
    let (ask, register) = (join(1, ALIAS), Request::Submit(Box::new(submission(0..10, 16))));
    let joining = blocks(|| black_box(decide(&province.registry, black_box(&ask), during())).is_permit());
    let registering = blocks(|| black_box(decide(&province.registry, black_box(&register), before())).is_permit());
    province.ask(during(), ask);
    let ending = leave(1);
    let leaving = blocks(|| black_box(decide(&province.registry, black_box(&ending), during())).is_permit());
    println!("allocations: join {joining}, leave {leaving}, register {registering}");
    assert_eq!(joining, 0, "a permitted join allocates nothing");
}

/// The blocks that are allocated while this runs; it permits.
fn blocks(decides: impl FnOnce() -> bool) -> u64 {
    let before = dhat::HeapStats::get().total_blocks;
    assert!(decides());
    dhat::HeapStats::get().total_blocks - before
}
