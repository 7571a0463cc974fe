//! The regulation of the provincial online conference system as a library, and the vocabulary that every sans-I/O part
//! of LHTT speaks.
//!
//! With default features off this crate is [`io`], [`time`] and [`rng`] only: what a protocol stack needs, and no law.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod io;
pub mod rng;
pub mod time;
