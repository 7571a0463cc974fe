//! What a gatekeeper asks and tells its owner, and what the owner answers.

use crate::AliasAddress;
use crate::asn1::h225::{
    AdmissionRequest, InfoRequestResponse, LocationRequest, NonStandardParameter, RegistrationRequest,
    ServiceControlResult, UnregRequestReason,
};
use crate::ras::Refusal;
use std::net::SocketAddr;
use std::time::Duration;

/// A registered endpoint; a registration that begins anew has another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EndpointId(pub(crate) u64);

impl EndpointId {
    /// The id as a number, for logs and indexes.
    pub const fn get(self) -> u64 {
        self.0
    }
}

/// An admitted call at one of its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AdmissionId {
    /// Who asked.
    pub endpoint: EndpointId,
    /// The call: its callIdentifier, or what stands for it at an endpoint of H.323 version 1.
    pub call: [u8; 16],
    /// Whether it is the called end.
    pub answering: bool,
}

/// A question that waits for the owner's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuestionId(pub(crate) u64);

/// What a gatekeeper tells. After an `…Asked` the owner calls the command of that name or [`refuse`](super::Gatekeeper::refuse); it may take its time
/// (`GatekeeperTimers::answer`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GatekeeperEvent {
    /// May it register? Answer with [`register`](super::Gatekeeper::register).
    RegistrationAsked {
        /// To answer with.
        question: QuestionId,
        /// Who it is.
        claim: Claim,
        /// The request as it came, with its tokens and features.
        request: Box<RegistrationRequest>,
    },
    /// May this call be made or answered? Answer with [`admit`](super::Gatekeeper::admit).
    AdmissionAsked {
        /// To answer with.
        question: QuestionId,
        /// The call.
        wanted: Wanted,
        /// The request as it came.
        request: Box<AdmissionRequest>,
    },
    /// May a neighbour or an endpoint know where this is? Answer with [`locate`](super::Gatekeeper::locate).
    LocationAsked {
        /// To answer with.
        question: QuestionId,
        /// Who asks.
        from: SocketAddr,
        /// Whether that is a configured neighbour; else it is a registered endpoint.
        neighbour: bool,
        /// What it looks for.
        aliases: Vec<AliasAddress>,
        /// Whose it is here, if anybody's.
        found: Option<EndpointId>,
        /// The request as it came.
        request: Box<LocationRequest>,
    },
    /// An endpoint is registered, or its registration has changed.
    Registered {
        /// Who.
        endpoint: EndpointId,
    },
    /// A registration is over. Its calls have ended before.
    Unregistered {
        /// Who.
        endpoint: EndpointId,
        /// Its names.
        aliases: Vec<AliasAddress>,
        /// Why.
        why: Unregistration,
    },
    /// Somebody claims an alias that another has; told once a while for each pair.
    Contested {
        /// The alias.
        alias: AliasAddress,
        /// Who has it, and keeps it.
        holder: EndpointId,
        /// Who claims it.
        from: SocketAddr,
    },
    /// A call was admitted.
    Admitted {
        /// Which.
        admission: AdmissionId,
        /// Where it is signalled to.
        to: SocketAddr,
        /// In 100 bit/s.
        bandwidth: u32,
    },
    /// A call has another bandwidth now.
    Bandwidth {
        /// Which.
        admission: AdmissionId,
        /// In 100 bit/s.
        bandwidth: u32,
    },
    /// A call is over at this end.
    Disengaged {
        /// Which.
        admission: AdmissionId,
        /// Why.
        why: Disengagement,
    },
    /// An endpoint told of its calls (IRR).
    Status {
        /// Who.
        endpoint: EndpointId,
        /// What.
        response: Box<InfoRequestResponse>,
    },
    /// An endpoint nears its limit, or has left it (RAI).
    Resources {
        /// Who.
        endpoint: EndpointId,
        /// Whether it is nearly at its limit.
        almost_out: bool,
    },
    /// An endpoint answered a service control indication.
    ServiceControl {
        /// Who.
        endpoint: EndpointId,
        /// How; None where it did not say, or nothing came.
        result: Option<ServiceControlResult>,
    },
    /// A manufacturer's message of an endpoint. It is not answered.
    NonStandard {
        /// Who.
        endpoint: EndpointId,
        /// What.
        data: Box<NonStandardParameter>,
    },
    /// A request of ours was not answered, or not granted.
    Failed {
        /// Who was asked.
        endpoint: EndpointId,
        /// For what: the message's name.
        request: &'static str,
    },
    /// A datagram that is no RAS, for counters.
    Malformed {
        /// Who sent it.
        remote: SocketAddr,
        /// What is wrong.
        fault: String,
    },
}

/// Who wants to be registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Where the request came from.
    pub from: SocketAddr,
    /// Where it wants RAS to be sent; on the same host.
    pub ras: SocketAddr,
    /// Where it takes calls.
    pub call_signal: Vec<SocketAddr>,
    /// Its names.
    pub aliases: Vec<AliasAddress>,
    /// The registration that this one goes on with or replaces.
    pub replaces: Option<EndpointId>,
    /// Whether the names are added to those it has.
    pub additive: bool,
    /// How long it wants to be registered.
    pub time_to_live: Option<Duration>,
    /// How many calls it has room for, if it says so.
    pub capacity: Option<u32>,
    /// Whether it knows what alternate gatekeepers are.
    pub(crate) takes_alternates: bool,
}

/// How an endpoint is registered. The default is as it asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegistrationTerms {
    /// Other names than it claimed.
    pub aliases: Option<Vec<AliasAddress>>,
    /// A shorter time than both sides have said.
    pub time_to_live: Option<Duration>,
    /// What it need not ask for each time.
    pub pregranted: Option<Pregranted>,
}

/// Calls that are admitted without ARQ (H.323 7.2.4). They are not counted: nothing is heard of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pregranted {
    /// It may place calls.
    pub make: bool,
    /// It may answer calls.
    pub answer: bool,
    /// Both through the gatekeeper's signalling address.
    pub routed: bool,
}

/// A call that is to be admitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The call.
    pub admission: AdmissionId,
    /// The conference.
    pub conference: [u8; 16],
    /// The call reference value.
    pub reference: u16,
    /// Whether the call has a callIdentifier; H.323 version 1 has none.
    pub identified: bool,
    /// Who is called.
    pub called: Vec<AliasAddress>,
    /// Where the endpoint itself wants to signal to, or is called from.
    pub address: Option<SocketAddr>,
    /// Who calls.
    pub calling: Vec<AliasAddress>,
    /// In 100 bit/s.
    pub bandwidth: u32,
    /// Whose the called name is here, if anybody's.
    pub found: Option<EndpointId>,
}

/// How a call is admitted. The default: to whom it is for, here or at a neighbour, directly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AdmissionTerms {
    /// Where it goes.
    pub destination: Destination,
    /// Less than it asked for.
    pub bandwidth: Option<u32>,
}

/// Where a call goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Destination {
    /// Where the called name is, here or at a neighbour.
    #[default]
    Resolve,
    /// There.
    At(SocketAddr),
    /// Through our own signalling address, whoever is called.
    Routed,
}

/// Why a registration is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unregistration {
    /// The endpoint left.
    Endpoint,
    /// Nothing was heard of it for its time to live.
    Expired,
    /// It registered anew.
    Replaced(EndpointId),
    /// Our owner wanted it.
    Owner(UnregRequestReason),
}

/// Why a call is over at one end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disengagement {
    /// The endpoint said so.
    Endpoint,
    /// The endpoint is registered no more.
    Unregistered,
    /// Reports of the call are missing.
    Silent,
    /// Our owner wanted it.
    Owner,
}

/// An answer to the outside: refused, and the aliases it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) why: Refusal,
    pub(crate) aliases: Vec<AliasAddress>,
}

impl From<Refusal> for Refused {
    fn from(why: Refusal) -> Self {
        Self { why, aliases: Vec::new() }
    }
}
