//! Types of H.245 version 16.

mod address;
mod audio;
mod capability;
mod channel;
mod conference;
mod control;
mod data;
mod message;
mod mode;
mod multilink;
mod multiplex;
mod security;
mod session;
mod video;

pub use address::*;
pub use audio::*;
pub use capability::*;
pub use channel::*;
pub use conference::*;
pub use control::*;
pub use data::*;
pub use message::*;
pub use mode::*;
pub use multilink::*;
pub use multiplex::*;
pub use security::*;
pub use session::*;
pub use video::*;

use crate::per::{Codec, Oid};

/// The protocol identifier of H.245 version 16, which these types are of.
pub const PROTOCOL_IDENTIFIER: Oid = Oid::new(&[0, 0, 8, 245, 0, 16]);

impl Codec for MultimediaSystemControlMessage {}
impl Codec for OpenLogicalChannel {}
