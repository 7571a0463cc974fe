//! Types of H.225.0 version 7: call signalling (7.3) and RAS (7.7 onwards).

mod address;
mod admission;
mod call;
mod common;
mod endpoint;
mod ras;
mod security;
mod status;
mod tokens;

pub use address::*;
pub use admission::*;
pub use call::*;
pub use common::*;
pub use endpoint::*;
pub use ras::*;
pub use security::*;
pub use status::*;

use crate::per::{Codec, Oid};

/// The protocol identifier of H.225.0 version 7, which these types are of.
pub const PROTOCOL_IDENTIFIER: Oid = Oid::new(&[0, 0, 8, 2250, 0, 7]);

impl Codec for H323UserInformation {}
impl Codec for RasMessage {}
