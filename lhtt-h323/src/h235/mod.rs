//! H.235.1, procedure I: each message carries a hash over the whole of it, made with a secret that both sides know.
//!
//! [`Security`] is what an owner sets for a peer; [`Guard`] is what is kept of the peer: it stamps what we say and checks
//! what the peer says. HMAC-SHA1-96 is H.235.1's only algorithm; hash and key derivation are its sections 7 and 8. The hash
//! is put in and checked in place ([`crate::per::Marks`]): a message is never written again for it.
//! Leaves out: procedure IA (authentication without integrity), which protects no content; H.235.2 and H.235.3 (signatures);
//! media encryption (H.235.6, H.235.8), which is answered as if it were not offered.

mod fault;
mod guard;
mod guards;
mod key;
mod replay;

pub use fault::SecurityFault;
pub use guard::{Guard, Names, Proof, Security, Stamp, Tokens};
pub(crate) use guards::Guards;
pub use key::Key;

use crate::per::Oid;

/// What the hash covers: every field (H.235.1 table 2, "A").
pub const ALL_FIELDS: Oid = Oid::new(&[0, 0, 8, 235, 0, 2, 1]);
/// The clear part of the token ("T").
pub const CLEAR_TOKEN: Oid = Oid::new(&[0, 0, 8, 235, 0, 2, 5]);
/// HMAC-SHA1-96 ("U").
pub const HMAC_SHA1_96: Oid = Oid::new(&[0, 0, 8, 235, 0, 2, 6]);
