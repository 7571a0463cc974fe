//! Digest authentication (RFC 3261 22, RFC 7616, RFC 8760): the headers, a client that answers challenges and a server that makes and
//! judges them. Both are pure: randomness, time, keys and passwords are arguments.
//!
//! Leaves out: Basic, which SIP forbids (RFC 8760 2.6); `auth-int`, which is refused by name; `userhash`; credentials without `qop`, which
//! nothing protects from being played again.

mod algorithm;
mod challenge;
mod client;
mod compute;
mod credentials;
mod info;
pub mod limits;
mod nonce;
mod params;
mod replay;
mod secret;
mod server;

pub use algorithm::{Algorithm, Hash};
pub use challenge::Challenge;
pub use client::{Account, DigestClient, Unanswerable};
pub use compute::{Facts, response};
pub use credentials::Credentials;
pub use info::AuthenticationInfo;
pub use nonce::ServerKey;
pub use secret::Secret;
pub use server::{Asked, DigestServer, Policy, Refused, Verdict};
