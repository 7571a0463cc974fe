//! What the owner of a gatekeeper sets once.

use crate::limits::RasLimits;
use crate::ras::Retry;
use std::net::SocketAddr;
use std::time::Duration;

/// Configuration of a [`Gatekeeper`](super::Gatekeeper).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatekeeperConfig {
    /// Its gatekeeperIdentifier, 1 to 128 characters. Requests for another are refused.
    pub identifier: String,
    /// Where calls are signalled to that it routes; without one all calls are direct.
    pub signalling: Option<SocketAddr>,
    /// How long a registration lasts without a keep-alive, at most; an endpoint may ask for less.
    pub time_to_live: Duration,
    /// How often endpoints tell of each call (irrFrequency); a call that three reports are missing of is over.
    pub report_every: Option<Duration>,
    /// Bandwidth of all admitted calls, counted at each end, in 100 bit/s.
    pub bandwidth: u64,
    /// The most that one call is given, in 100 bit/s; who asks for more is given this.
    pub bandwidth_per_call: u32,
    /// Gatekeepers to turn to when this one is silent or full.
    pub alternates: Vec<Alternate>,
    /// Gatekeepers of other zones.
    pub neighbours: Vec<Neighbour>,
    /// Whether neighbours may locate each other's endpoints through this one.
    pub forward_locations: bool,
    /// How long it waits.
    pub timers: GatekeeperTimers,
    /// Bounds.
    pub limits: RasLimits,
}

impl GatekeeperConfig {
    /// The defaults, under this identifier.
    pub fn new(identifier: &str) -> Self {
        Self {
            identifier: identifier.to_owned(),
            signalling: None,
            time_to_live: Duration::from_secs(300),
            report_every: None,
            bandwidth: u64::MAX,
            bandwidth_per_call: u32::MAX,
            alternates: Vec::new(),
            neighbours: Vec::new(),
            forward_locations: false,
            timers: GatekeeperTimers::default(),
            limits: RasLimits::default(),
        }
    }
}

/// A gatekeeper to turn to instead (H.225.0 7.6, AlternateGK).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternate {
    /// Its RAS address.
    pub address: SocketAddr,
    /// Its identifier.
    pub identifier: Option<String>,
    /// Whether one has to register there first.
    pub register: bool,
    /// 0 is tried first, 127 last.
    pub priority: u8,
}

/// A gatekeeper of another zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// Its RAS address; location requests come from there.
    pub address: SocketAddr,
    /// Numbers it is asked for begin so; empty: everything is asked.
    pub prefixes: Vec<String>,
    /// Neighbours of one number are asked at once, then those of the next higher.
    pub order: u8,
}

/// How long a gatekeeper waits. Each waiting state has one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GatekeeperTimers {
    /// From a question to its end: past it the request is refused for want of resources.
    pub answer: Duration,
    /// From a request to RIP, which says that the answer takes longer. Shorter than any endpoint's first retransmission.
    pub progress: Duration,
    /// URQ, DRQ, BRQ, IRQ and SCI of ours.
    pub request: Retry,
    /// LRQ of ours.
    pub location: Retry,
    /// How much later than its time to live a registration ends: a keep-alive may be lost once.
    pub grace: Duration,
    /// How long a claim on somebody else's alias is not told of again.
    pub contest: Duration,
}

impl Default for GatekeeperTimers {
    fn default() -> Self {
        let (seconds, millis) = (Duration::from_secs, Duration::from_millis);
        Self {
            answer: seconds(10),
            progress: seconds(1),
            request: Retry { first: seconds(3), tries: 3 },
            location: Retry { first: millis(1500), tries: 2 },
            grace: seconds(5),
            contest: seconds(60),
        }
    }
}
