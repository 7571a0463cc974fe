//! The signalling border of the provincial conferencing system.
#![forbid(unsafe_code)]

pub mod relay;
pub mod store;
