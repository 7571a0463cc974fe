//! What the examples share: a driver for one sans-I/O endpoint over loopback, with nothing but std.
//!
//! The examples are in `src/bin`: `cargo run -p lhtt-examples --bin sip_call`.
#![forbid(unsafe_code)]

pub mod loopback;
