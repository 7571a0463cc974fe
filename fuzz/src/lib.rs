//! What every fuzz target asserts, as plain functions, so that a test can replay the seeds without a fuzzer.
//!
//! A target never only survives: what was read is written and read again equal (I9), a stream gives the same messages however it is cut,
//! a refusal can itself be read, a fault names its field.
#![forbid(unsafe_code)]

mod commands;
mod digest;
mod floor;
mod law;
mod ras;
mod registrar;
mod signalling;
mod stored;
mod text;

pub use commands::commands;
pub use digest::digest;
pub use floor::bfcp;
pub use law::{case, facts};
pub use ras::ras_endpoint;
pub use registrar::registrar;
pub use signalling::{h225, h245, q931, ras, sip_message, sip_stream, tpkt};
pub use stored::{profile, restore};
pub use text::{citation, config, journal, sdp};

/// The targets by name; each tells whether it understood its input.
pub const TARGETS: &[(&str, fn(&[u8]) -> bool)] = &[
    ("sip_message", sip_message),
    ("sip_stream", sip_stream),
    ("sdp", sdp),
    ("bfcp", bfcp),
    ("digest", digest),
    ("registrar", registrar),
    ("tpkt", tpkt),
    ("q931", q931),
    ("h225", h225),
    ("ras", ras),
    ("ras_endpoint", ras_endpoint),
    ("h245", h245),
    ("config", config),
    ("journal", journal),
    ("citation", citation),
    ("case", case),
    ("facts", facts),
    ("commands", commands),
    ("profile", profile),
    ("snapshot", restore),
];
