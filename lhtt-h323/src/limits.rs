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

/// Octets of one RAS message; a longer datagram is malformed. RAS is not fragmented: 1,472 fit an Ethernet frame, the longest captured has 500.
pub const RAS_OCTETS_MAX: usize = 8192;
/// Addresses kept of each list of transport addresses in RAS.
pub const ADDRESSES_MAX: usize = 8;
/// Octets of an unknown message that XRS says back; of a longer one, none.
pub const NOT_UNDERSTOOD_MAX: usize = 512;
/// Calls that one IRR of ours speaks of; the rest is left to the next IRQ.
pub const CALLS_PER_REPORT_MAX: usize = 16;
/// Calls of one IRR that are looked at; the rest is left alone.
pub const CALLS_REPORTED_MAX: usize = 256;
/// Gatekeepers to turn to that are kept of what a gatekeeper names; the rest of the list is left alone.
pub const ALTERNATES_MAX: usize = 8;
/// Contests over aliases that are remembered, so that they are told once a while; the oldest goes.
pub const CONTESTS_MAX: usize = 256;
/// Neighbours that one location is asked of; the configuration may have more, which are then not asked.
pub const NEIGHBOURS_ASKED_MAX: usize = 16;
/// Hops a location request of anybody may still make when it goes through us (H.323 7.2.3).
pub const HOPS_MAX: u8 = 8;

/// Bounds on RAS that an owner may set, of a gatekeeper and of an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RasLimits {
    /// Registrations at once; a further one gets RRJ resourceUnavailable.
    pub registrations: usize,
    /// Registrations from one host; a further one gets RRJ resourceUnavailable.
    pub registrations_per_host: usize,
    /// Admitted calls at once, counted at each end; a further one gets ARJ resourceUnavailable.
    pub calls: usize,
    /// Admitted calls of one endpoint; a further one gets ARJ exceedsCallCapacity.
    pub calls_per_endpoint: usize,
    /// Questions to the owner and to neighbours at once; a further request is refused for want of resources.
    pub questions: usize,
    /// Requests of ours without an answer at once; a further one is not made.
    pub requests: usize,
    /// Answers kept for retransmissions; the oldest goes.
    pub replies: usize,
    /// Hosts whose rate is known; the one heard of longest ago goes.
    pub hosts: usize,
    /// Datagrams a second from one host that is no neighbour; what is over it is passed over in silence.
    pub datagrams_per_second: u32,
    /// Datagrams at once from such a host.
    pub burst: u32,
}

impl Default for RasLimits {
    fn default() -> Self {
        Self {
            registrations: 20_000,
            registrations_per_host: 1024,
            calls: 20_000,
            calls_per_endpoint: 1024,
            questions: 4096,
            requests: 16_384,
            replies: 16_384,
            hosts: 8192,
            datagrams_per_second: 200,
            burst: 400,
        }
    }
}

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
