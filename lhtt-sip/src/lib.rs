//! A sans-I/O SIP stack: messages read lossless and written back, transactions, dialogs, INVITE sessions, SDP.
//!
//! No part of it opens a socket, reads a clock or spawns a thread: bytes and time come in as arguments, bytes to send
//! come out. Start at [`Endpoint`] to make and take calls, at [`registrar::Registrar`] to take registrations, at
//! [`message`] to read and write messages.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod auth;
pub mod bfcp;
mod dialog;
pub mod endpoint;
pub mod error;
mod invite;
pub mod limits;
pub mod message;
mod peer;
pub mod registrar;
pub mod sdp;
mod session_timer;
mod transaction;

#[cfg(feature = "rsip")]
mod rsip_compat;

pub use endpoint::{Config, EndedHow, Endpoint, Event, Invite, InviteId, OptionsId, ReferId, Refusal, Source, Target};
pub use error::Misuse;
pub use limits::Limits;
pub use transaction::Timers;
