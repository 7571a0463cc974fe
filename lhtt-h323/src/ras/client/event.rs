//! What a RAS client is asked, and what it tells.

use crate::AliasAddress;
use crate::asn1::h225::{GenericData, NonStandardParameter, ServiceControlSession, UnregRequestReason};
use crate::ras::Refusal;
use crate::ras::gatekeeper::Pregranted;
use std::net::SocketAddr;
use std::time::Duration;

/// A call at this end, as RAS knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RasCall {
    /// Its callIdentifier.
    pub call: [u8; 16],
    /// Whether it is answered here; else it is placed here.
    pub answering: bool,
}

/// A call to be admitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admission {
    /// The call.
    pub call: RasCall,
    /// The conference.
    pub conference: [u8; 16],
    /// The call reference value.
    pub reference: u16,
    /// Who is called.
    pub called: Vec<AliasAddress>,
    /// Where it would be signalled to, where that is known; of an answered call where it came from.
    pub address: Option<SocketAddr>,
    /// Who calls; of a placed call our names, if nothing is said.
    pub calling: Vec<AliasAddress>,
    /// In 100 bit/s.
    pub bandwidth: u32,
}

/// A location that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocationId(pub(crate) u64);

/// What a client tells. A refusal of `None` is silence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RasClientEvent {
    /// Registered, or registered anew after it was lost.
    Registered {
        /// The gatekeeper.
        gatekeeper: SocketAddr,
        /// What it calls us; see [`resume`](super::RasClient::resume).
        endpoint_identifier: String,
        /// The names that it took; empty where it did not say.
        aliases: Vec<AliasAddress>,
        /// How long without a keep-alive; those are sent by themselves.
        time_to_live: Option<Duration>,
        /// What need not be asked for each time.
        pregranted: Pregranted,
    },
    /// No gatekeeper registers us for now; the next try is made by itself.
    Refused {
        /// The last one's reason.
        why: Option<Refusal>,
        /// Names that somebody else has.
        taken: Vec<AliasAddress>,
        /// When the next try is made.
        retry: Duration,
    },
    /// Registered no more. Unless we left, another try is under way.
    Unregistered {
        /// Why.
        why: Lost,
    },
    /// A call is admitted: signal it to there.
    Admitted {
        /// Which.
        call: RasCall,
        /// Where to; None where no gatekeeper was asked (pre-granted, direct).
        to: Option<SocketAddr>,
        /// Whether that is the gatekeeper's own address.
        routed: bool,
        /// In 100 bit/s; not more than was asked for.
        bandwidth: u32,
    },
    /// A call is not admitted.
    NotAdmitted {
        /// Which.
        call: RasCall,
        /// Why.
        why: Option<Refusal>,
    },
    /// The gatekeeper wants a call to end: hang up. It is disengaged already.
    Drop {
        /// Which.
        call: RasCall,
    },
    /// A call is disengaged as was asked for; nothing is left of it here.
    Disengaged {
        /// Which.
        call: RasCall,
    },
    /// A call has this bandwidth now, as we or the gatekeeper wanted.
    Bandwidth {
        /// Which.
        call: RasCall,
        /// In 100 bit/s.
        bandwidth: u32,
    },
    /// A call keeps its bandwidth.
    NotBandwidth {
        /// Which.
        call: RasCall,
        /// Why.
        why: Option<Refusal>,
    },
    /// It is there.
    Located {
        /// Which question.
        location: LocationId,
        /// Its call signalling address.
        to: SocketAddr,
    },
    /// Nobody knows.
    NotLocated {
        /// Which question.
        location: LocationId,
        /// Why.
        why: Option<Refusal>,
    },
    /// The gatekeeper indicated service control; it is answered as started.
    ServiceControl {
        /// Its sessions.
        sessions: Vec<ServiceControlSession>,
        /// Features of H.460 in it.
        generic_data: Vec<GenericData>,
    },
    /// A manufacturer's message of the gatekeeper.
    NonStandard {
        /// What.
        data: Box<NonStandardParameter>,
    },
    /// A datagram that is no RAS, for counters.
    Malformed {
        /// Who sent it.
        remote: SocketAddr,
        /// What is wrong.
        fault: String,
    },
}

/// Why a registration is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// We left.
    Left,
    /// The gatekeeper ended it.
    Gatekeeper(UnregRequestReason),
    /// The gatekeeper knows nothing of it any more.
    Forgotten,
    /// The gatekeeper is silent.
    Silent,
}
