//! What registrations may cost us, and what happens at each bound.

use lhtt_core::time::Duration;

/// Bindings of one address of record: a room system, a telephone and a computer with two flows each. Beyond it a registration is
/// answered 403.
pub const CONTACTS_PER_ADDRESS_MAX: usize = 8;

/// Octets of one contact with its parameters, and of all of one registration's Path. Longer ones are answered 400.
pub const CONTACT_BYTES_MAX: usize = 512;

/// Octets of a Call-ID that is kept. Longer ones are answered 400.
pub const CALL_ID_BYTES_MAX: usize = 128;

/// Bindings of all. Beyond it a registration is answered 503 with Retry-After.
pub const BINDINGS_MAX: usize = 100_000;

/// Accounts. Beyond it adding one does nothing and says so.
pub const ACCOUNTS_MAX: usize = 100_000;

/// Responses over datagrams that are kept to answer repeated requests. Beyond it the oldest goes.
pub const ANSWERS_MAX: usize = 20_000;

/// Octets of a response that is kept, with what names its transaction. A request whose response is longer is answered anew: 401, for its nonce count was used.
pub const ANSWER_BYTES_MAX: usize = 4_096;

/// How long they are kept: 64 × T1 (RFC 3261 17.2.2, timer J).
pub const ANSWER_LIFETIME: Duration = Duration::from_secs(32);

/// Streams. Beyond it an accepted one is closed at once.
pub const STREAMS_MAX: usize = 4_096;

/// How long a stream may say nothing: the longest silence between pings that we ask for, five times (RFC 5626 4.4.1).
pub const STREAM_SILENCE_MAX: Duration = Duration::from_secs(600);

/// What Flow-Timer asks for, in seconds (RFC 5626 4.4.1, 10).
pub const FLOW_TIMER_SECONDS: u32 = 120;
