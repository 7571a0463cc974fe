//! BFCP: messages against octets that others wrote, conversations word by word, hostile peers, and whole conferences on a bad network.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests read their vectors and fail loudly"
)]

mod conversations;
mod hostile;
mod messages;
mod network;
mod support;
