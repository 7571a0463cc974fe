//! A registrar and its location service: RFC 3261 10.3, with Path (RFC 3327) and flows of clients (RFC 5626), behind the digest server
//! of [`crate::auth`].
//!
//! [`Registrar`] is a machine without I/O like [`crate::Endpoint`], for listeners of its own: it takes REGISTER, answers OPTIONS and
//! refuses everything else. [`Location`] alone is the table, for an owner that has its own way to take requests.
//!
//! Leaves out: third-party registration, which an account would have to allow; GRUUs, whose instances are kept but which are not made;
//! forwarding of requests to the bindings, which is a proxy's.

mod binding;
mod judge;
pub mod limits;
mod location;
mod machine;
mod refusal;
mod stun;

pub use binding::{Binding, Flow};
pub use judge::Settings;
pub use location::{Change, Location, Unbound};
pub use machine::{Event, Registrar};
pub use refusal::Refusal;
