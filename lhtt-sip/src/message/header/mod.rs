//! Header fields: kept raw and in order, read on demand.

mod contact;
mod cseq;
mod list;
mod name;
mod name_addr;
mod refer;
mod rseq;
mod session_expires;
mod typed;
mod via;
mod warning;

pub use contact::Contact;
pub use cseq::CSeq;
pub(super) use list::Span;
pub use list::{Header, Headers};
pub use name::Name;
pub use name_addr::NameAddr;
pub use refer::{ReferTo, Replaces};
pub use rseq::RAck;
pub use session_expires::{Refresher, SessionExpires};
pub use typed::MediaType;
pub(super) use typed::{call_id, max_forwards, media_type};
pub use via::Via;
pub use warning::{Reason, Warning};
