//! What authentication may cost us, and what happens at each bound.

use lhtt_core::time::Duration;

/// Parameters of one header. A challenge or credentials with more are malformed.
pub const PARAMETERS_MAX: usize = 32;

/// Octets of one parameter's value. Longer ones are malformed.
pub const VALUE_BYTES_MAX: usize = 1_024;

/// Challenges of one message that are looked at: two headers of a few algorithms. Further ones are not.
pub const CHALLENGES_MAX: usize = 16;

/// Authorization headers of one request that are looked at. Further ones are not.
pub const CREDENTIALS_MAX: usize = 8;

/// How long a nonce may be used: longer than a registration needs to be refreshed twice would let stolen ones live.
pub const NONCE_LIFETIME: Duration = Duration::from_secs(300);

/// Nonces in use whose counts are kept. Only who knows a password makes us keep one. Beyond it the oldest goes, and with it all that are
/// older: they are answered as stale.
pub const NONCES_MAX: usize = 16_384;

/// Realms that a client keeps a nonce of. Beyond it the first goes.
pub const REALMS_MAX: usize = 8;

/// Stale nonces in a row before a client takes the server's word for a refusal.
pub const STALE_MAX: u8 = 2;
