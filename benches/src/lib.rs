//! What the benches share: messages to read, peers to call, and a network in memory between them.
//!
//! `cargo bench -p lhtt-benches` measures; `-- --test` only runs each bench once. Nothing here is measured by itself, and
//! nothing opens a socket or writes a file.
#![forbid(unsafe_code)]

pub mod border;
pub mod clock;
pub mod h323;
pub mod province;
pub mod sip;
pub mod wire;
pub mod yardstick;
