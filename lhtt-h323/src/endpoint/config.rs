//! What an owner sets once: identity, timers, limits, habits.

use crate::limits::Limits;
use std::time::Duration;

/// Configuration of an [`Endpoint`](crate::Endpoint).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The owner number of stream ids it allocates; the driver is 0.
    pub stream_owner: u8,
    /// How it names itself to peers.
    pub vendor: Vendor,
    /// How long it waits for what.
    pub timers: Timers,
    /// Bounds on peers.
    pub limits: Limits,
}

impl Config {
    /// The defaults, with stream ids of this owner.
    pub fn new(stream_owner: u8) -> Self {
        Self { stream_owner, vendor: Vendor::default(), timers: Timers::default(), limits: Limits::default() }
    }
}

/// Who made us (H.225.0 7.6, VendorIdentifier). Empty names stay off the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vendor {
    /// T.35 country code; 184 is Viet Nam.
    pub country: u8,
    /// T.35 extension.
    pub extension: u8,
    /// Manufacturer code within the country.
    pub manufacturer: u16,
    /// Product name.
    pub product: String,
    /// Version.
    pub version: String,
}

impl Default for Vendor {
    fn default() -> Self {
        Self { country: 184, extension: 0, manufacturer: 1, product: String::new(), version: String::new() }
    }
}

/// How long the endpoint waits. Each waiting state has one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timers {
    /// T303: from Setup (its connection included) to a first answer. Q.931 says 4 s; a TLS handshake may be in it.
    pub t303: Duration,
    /// T310: from CallProceeding to Alerting or Connect (Q.931 table 9-2 leaves it to the network, H.225.0 7.4 too).
    pub t310: Duration,
    /// T301: from Alerting to Connect, as caller.
    pub t301: Duration,
    /// From an incoming Setup to our owner's answer or release.
    pub answer: Duration,
    /// From an accepted stream to its Setup.
    pub first_message: Duration,
    /// From an offered or given H.245 address to the connection.
    pub h245_connection: Duration,
    /// For each answer in H.245: T101, T103, T106, T108 and the like (H.245 leaves the values open).
    pub h245_response: Duration,
    /// From our endSession to the peer's, and from the peer's to its ReleaseComplete.
    pub end_session: Duration,
}

impl Default for Timers {
    fn default() -> Self {
        Self {
            t303: Duration::from_secs(15),
            t310: Duration::from_secs(60),
            t301: Duration::from_secs(180),
            answer: Duration::from_secs(240),
            first_message: Duration::from_secs(10),
            h245_connection: Duration::from_secs(15),
            h245_response: Duration::from_secs(15),
            end_session: Duration::from_secs(2),
        }
    }
}

/// Habits that the Recommendations leave open; see [`Endpoint::with_habits`](crate::Endpoint::with_habits).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Habits {
    /// As caller with tunnelling, put the capability set and the determination into Setup. Off by default: some stacks
    /// of H.323 version 2 and 3 refuse fast start beside it.
    pub h245_in_setup: bool,
    /// Where fast start was accepted and H.245 is tunnelled, start H.245 after Connect all the same, as most stacks do.
    pub h245_after_fast_start: bool,
}

impl Default for Habits {
    fn default() -> Self {
        Self { h245_in_setup: false, h245_after_fast_start: true }
    }
}
