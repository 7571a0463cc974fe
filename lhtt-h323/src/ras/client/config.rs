//! What the owner of a RAS client sets once.

use crate::limits::RasLimits;
use crate::ras::Retry;
use crate::ras::gatekeeper::Alternate;
use crate::{AliasAddress, Vendor};
use lhtt_core::io::ListenerId;
use std::net::SocketAddr;
use std::time::Duration;

/// Configuration of a [`RasClient`](super::RasClient).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RasClientConfig {
    /// The socket it talks from.
    pub listener: ListenerId,
    /// That socket's address, as it is said to the gatekeeper.
    pub ras: SocketAddr,
    /// Where calls are taken.
    pub call_signal: Vec<SocketAddr>,
    /// The names to register.
    pub aliases: Vec<AliasAddress>,
    /// What it is.
    pub kind: TerminalKind,
    /// Who made it.
    pub vendor: Vendor,
    /// How its gatekeeper is found.
    pub discovery: Discovery,
    /// The gatekeeper's identifier, where only that one will do.
    pub gatekeeper: Option<String>,
    /// Where else to register, besides what the gatekeeper names.
    pub alternates: Vec<Alternate>,
    /// How long a registration is to last without a keep-alive.
    pub time_to_live: Option<Duration>,
    /// How long it waits.
    pub timers: RasClientTimers,
    /// Bounds.
    pub limits: RasLimits,
}

impl RasClientConfig {
    /// The defaults, for a terminal with these addresses and its gatekeeper there.
    pub fn new(listener: ListenerId, ras: SocketAddr, call_signal: SocketAddr, gatekeeper: SocketAddr) -> Self {
        Self {
            listener,
            ras,
            call_signal: vec![call_signal],
            aliases: Vec::new(),
            kind: TerminalKind::Terminal,
            vendor: Vendor::default(),
            discovery: Discovery::Unicast(gatekeeper),
            gatekeeper: None,
            alternates: Vec::new(),
            time_to_live: None,
            timers: RasClientTimers::default(),
            limits: RasLimits::default(),
        }
    }
}

/// How a gatekeeper is found (H.323 7.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Discovery {
    /// It is asked first (GRQ).
    Unicast(SocketAddr),
    /// Whoever answers at the group's address, 224.0.1.41:1718.
    Multicast,
    /// It is known: registration follows at once.
    Known(SocketAddr),
}

/// What an endpoint is (H.225.0 7.6, EndpointType).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TerminalKind {
    /// A terminal.
    #[default]
    Terminal,
    /// A gateway.
    Gateway,
    /// A multipoint control unit.
    Mcu,
}

/// How long a client waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RasClientTimers {
    /// GRQ.
    pub discovery: Retry,
    /// Everything else.
    pub request: Retry,
    /// From the first failed registration to the next try; each next wait is twice as long.
    pub back_off: Duration,
    /// The longest of these waits.
    pub back_off_max: Duration,
    /// A registration that lasted so long has succeeded: the next failure begins with the first wait again.
    pub stable: Duration,
}

impl Default for RasClientTimers {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self {
            discovery: Retry { first: seconds(2), tries: 2 },
            request: Retry { first: seconds(3), tries: 3 },
            back_off: seconds(5),
            back_off_max: seconds(300),
            stable: seconds(10),
        }
    }
}
