//! Offer and answer for one audio stream (RFC 3264), as values: nothing is remembered between calls.
//!
//! [`offered_audio`] says what an offer's author can take, [`answer`] answers it, [`accept_answer`] reads the answer to
//! an offer of ours. Anything but plain RTP audio is declined with port 0. Leaves out: when to offer (RFC 6337), which is
//! the INVITE session's business, and what to do with more than one audio stream: the first that fits is taken.

mod answer;
mod stream;

pub use answer::{Answer, accept_answer, answer};
pub use stream::{AgreedFormat, AudioStream, offered_audio};
