//! The Binary Floor Control Protocol (RFC 8855, with peers that still speak RFC 4582): who may present.
//!
//! [`Message`] and [`Framer`] read and write messages; [`client::Client`] asks for floors, [`server::Server`] gives them. Both are
//! machines without I/O, over streams (TCP, TLS) and over datagrams, where requests are repeated (T1), responses kept (T2) and long
//! messages cut into fragments. What SDP says about a floor control stream is in [`crate::sdp`].
//!
//! Leaves out: DTLS and ICE, which are the owner's transport; digest and nonce attributes of drafts before RFC 4582.

mod answers;
mod attribute;
mod attribute_codec;
pub mod client;
mod fault;
mod fragment;
mod frame;
mod header;
mod ids;
mod information;
pub mod limits;
mod message;
mod path;
mod primitive;
mod requests;
mod rto;
pub mod server;
mod values;

pub use attribute::{Attribute, Group};
pub use attribute_codec::TooLong;
pub use fault::Fault;
pub use fragment::{Reassembly, datagrams};
pub use frame::Framer;
pub use header::{Fragment, Header};
pub use ids::{ConferenceId, FloorId, FloorRequestId, TransactionId, UserId};
pub use information::{RequestInformation, Standing, UserInformation};
pub use message::Message;
pub use path::Path;
pub use primitive::Primitive;
pub use rto::{RETRANSMISSIONS, T1, T1_MAX, T2};
pub use values::{ErrorCode, Priority, RequestStatus};
