//! What peers can make an endpoint hold, and what happens at each bound. The bounds on one message are in
//! [`crate::message`].

/// Bounds of one endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Transactions alive, client and server. At the bound a new request is answered 503 with Retry-After, holding nothing
    /// for it; requests of confirmed dialogs still get [`TRANSACTIONS_RESERVED`] more. Default 40,000.
    pub transactions: usize,
    /// Server transactions of one host, by its address: a part of [`Limits::transactions`], so that no single peer takes the
    /// room of all. At the bound its new requests outside of dialogs are answered as above. Default 10,000.
    pub transactions_per_host: usize,
    /// INVITE sessions not yet forgotten. At the bound a new INVITE is answered 503 with Retry-After. A session outlives
    /// its call by 32 s, so this is about calls a second × (call length + 32 s). Default 10,000.
    pub calls: usize,
    /// Streams open or opening. At the bound an accepted stream is closed at once, and a request that needs a new one
    /// fails with 503. Default 4,096.
    pub streams: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { transactions: 40_000, transactions_per_host: 10_000, calls: 10_000, streams: 4_096 }
    }
}

/// Transactions that requests within dialogs may use beyond [`Limits::transactions`], so that a flood of new calls cannot
/// keep running ones from ending.
pub const TRANSACTIONS_RESERVED: usize = 4_000;

/// What Retry-After says with our 503, in seconds.
pub const RETRY_AFTER_SECONDS: u32 = 10;

/// Early dialogs of one INVITE of ours. Provisional responses of further forks are not reported.
pub const FORKS_MAX: usize = 16;

/// 2xx of further forks that one INVITE of ours acknowledges and hangs up. Later ones are ignored: their callees give up
/// after 64 × T1 without an ACK.
pub const STRAYS_MAX: usize = 16;

/// How often a request of ours is sent again because of what the peer answered: after 491, 500 with Retry-After, and, over the
/// whole session, after 422. Then it has failed.
pub const RETRIES_MAX: u8 = 4;

/// Reliable provisional responses that wait for the PRACK of an earlier one. More are [`crate::Misuse::Full`].
pub const RELIABLE_QUEUE_MAX: usize = 8;

/// REFERs of a peer within one call that are not over, and ours. More are refused with 480 (ours: [`crate::Misuse::State`]).
pub const REFERRALS_MAX: usize = 4;

/// Route set entries that a dialog keeps. An INVITE, or a 2xx, with more is refused (a 2xx: by ACK and BYE).
pub const ROUTES_MAX: usize = 32;

/// Octets of the header values that name a transaction or dialog (branch, Call-ID, tags). Longer ones are refused with 400.
pub const IDENTIFIER_BYTES_MAX: usize = 1_024;
