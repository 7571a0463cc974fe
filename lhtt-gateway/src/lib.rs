//! The signalling border of the provincial conferencing system.
#![forbid(unsafe_code)]

pub mod admission;
pub mod call;
pub mod clerk;
pub mod config;
pub mod driver;
pub mod gateway;
pub mod inspect;
pub mod leg;
pub mod media;
pub mod ports;
pub mod relay;
pub mod settings;
pub mod signal;
pub mod sim;
pub mod store;
