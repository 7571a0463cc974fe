//! A sans-I/O H.323 stack: TPKT, Q.931 and H.225.0 call signalling, H.245 tunnelled or separate, fast start, RAS.
//!
//! [`Endpoint`] is the whole of it for calls: bytes and time in, bytes and events out; [`ras`] has the gatekeeper of a zone and
//! an endpoint's registration with one. Leaves out: sockets and clocks (the owner's), H.235 beyond [`h235`], H.450, video and
//! data channels.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod asn1;
mod call;
pub mod capability;
mod control;
pub mod endpoint;
pub mod error;
pub mod h235;
pub mod limits;
pub mod per;
pub mod q931;
pub mod ras;
pub mod tpkt;

pub use capability::{Capability, Codec, MediaPorts};
pub use control::KeyInput;
pub use endpoint::Endpoint;
pub use endpoint::command::{AliasAddress, Answer, CallId, Place};
pub use endpoint::config::{Config, Habits, Timers, Vendor};
pub use endpoint::event::{Direction, Event, IncomingSetup, ReleaseReason, ReleasedBy, Source};
pub use error::{Malformed, Misuse};
pub use limits::Limits;
