//! Bounds on what a peer can make us store or do, with what happens at each.

/// Information elements in one Q.931 message; more is malformed. Table 4-1 of Q.931 has no message with half as many.
pub const ELEMENTS_MAX: usize = 64;
/// Fast start proposals looked at; the rest of the list is left alone (H.323 8.1.7 has them in the caller's preference).
pub const FAST_START_MAX: usize = 64;
/// Tunnelled H.245 messages taken from one call signalling message, and kept before the owner answers; the rest is dropped.
pub const TUNNELLED_MAX: usize = 32;
/// Entries of a peer's capability table that are looked at.
pub const CAPABILITIES_MAX: usize = 256;
/// Digits taken from one user input indication; the rest is dropped.
pub const DIGITS_MAX: usize = 64;
/// Characters kept of each name, number and alias.
pub const TEXT_MAX: usize = 256;
/// Aliases kept of each list in a Setup.
pub const ALIASES_MAX: usize = 32;
/// Logical channels a peer may have open towards us at once; a further one is rejected.
pub const CHANNELS_MAX: usize = 4;
/// Malformed H.245 messages after which a call is released.
pub const CONTROL_FAULTS_MAX: u32 = 256;
/// Malformed messages after which a stream is closed.
pub const FAULTS_PER_STREAM_MAX: u32 = 64;
/// Messages of a peer with a secret that are told apart from repetitions; beyond it the oldest times count as seen.
pub const REPLAYS_MAX: usize = 1024;

/// What an owner may set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Calls at once, both directions; a further Setup gets ReleaseComplete with cause 47.
    pub calls: usize,
    /// Accepted streams at once, with or without a call; a further one is closed at once.
    pub streams: usize,
    /// Octets of one TPKT packet, header included; a longer one closes the stream.
    pub message: usize,
    /// Octets a peer may send on one stream; past it the stream is closed.
    pub stream_octets: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { calls: 4096, streams: 8192, message: 65_535, stream_octets: 16 << 20 }
    }
}
