//! Transactions: RFC 3261 17 with RFC 6026.

mod timers;

pub use timers::Timers;
