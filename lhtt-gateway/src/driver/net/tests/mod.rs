//! The sockets of the core thread against real peers on loopback.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests of sockets and of files")]

mod plain;
mod rig;
mod tls;
