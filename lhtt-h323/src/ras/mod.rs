//! RAS: registration, admission and status between endpoints and gatekeepers (H.225.0 7.7 to 7.20, H.323 7 and 8.1).
//!
//! Two machines without I/O, each with the face of [`Endpoint`](crate::Endpoint): [`Gatekeeper`] for a zone, [`RasClient`] for one endpoint
//! of somebody's zone. Both take datagrams and time, and give datagrams and events. The run loop of either:
//!
//! ```text
//! loop {
//!     while let Some(Output::Transmit { listener, remote, data }) = machine.poll_output() { socket(listener).send_to(&data, remote); }
//!     while let Some(event) = machine.poll_event() { decide, and command the machine }      // then outputs again
//!     wait until machine.poll_timeout() or a datagram;
//!     machine.handle_input(now, Input::Timeout or Input::Datagram { listener, remote, data });
//! }
//! ```
//! A registered endpoint's call: [`RasClient::admit`] before [`Endpoint::place`](crate::Endpoint::place), which goes to the address that `Admitted` tells; the called end
//! asks with `answering` when its call comes in; both [`RasClient::disengage`] once the call is released, and release it when `Drop` is told.
//! `examples/gatekeeper.rs` and `examples/register.rs` are whole programs around them.
//!
//! Every table is bounded ([`RasLimits`](crate::limits::RasLimits)), every request has an end, and no datagram is answered
//! to another host than the one it came from. Leaves out: H.235 tokens (who verifies them stands before `handle_input`), H.460
//! features, RAS over TCP or Annex E, H.501 between domains.

pub mod client;
mod exchange;
pub mod gatekeeper;
mod message;
mod refusal;
mod replies;
mod sources;

pub use client::RasClient;
pub use exchange::Retry;
pub use gatekeeper::Gatekeeper;
pub use refusal::Refusal;
