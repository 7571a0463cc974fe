//! Why a request is refused: one table from our words to the reasons of each reject message, and back (H.225.0 7.8 to 7.14).
//!
//! A row is a refusal, and what it is called in GRJ, RRJ, URJ, ARJ, BRJ, DRJ, LRJ and INAK. Where a message lacks the word,
//! the nearest stands; `back` names the messages in which a reason is read as this refusal. Nothing else picks reasons.

use crate::asn1::h225::{
    AdmissionRejectReason as A, BandRejectReason as B, DisengageRejectReason as D, GatekeeperRejectReason as G,
    InfoRequestNakReason as I, LocationRejectReason as L, RegistrationRejectReason as R, UnregRejectReason as U,
};

macro_rules! table {
    ($($(#[$doc:meta])* $name:ident: $g:ident $r:ident $u:ident $a:ident $b:ident $d:ident $l:ident $i:ident;)*) => {
        /// Why somebody was refused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Refusal { $($(#[$doc])* $name,)* }

        impl Refusal {
            /// All of them, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            pub(crate) fn gatekeeper(self) -> G { match self { $(Self::$name => reason!(G $g),)* } }
            pub(crate) fn registration(self) -> R { match self { $(Self::$name => reason!(R $r),)* } }
            pub(crate) fn unregistration(self) -> U { match self { $(Self::$name => reason!(U $u),)* } }
            pub(crate) fn admission(self) -> A { match self { $(Self::$name => reason!(A $a),)* } }
            pub(crate) fn bandwidth(self) -> B { match self { $(Self::$name => reason!(B $b),)* } }
            pub(crate) fn disengage(self) -> D { match self { $(Self::$name => reason!(D $d),)* } }
            pub(crate) fn location(self) -> L { match self { $(Self::$name => reason!(L $l),)* } }
            pub(crate) fn information(self) -> I { match self { $(Self::$name => reason!(I $i),)* } }
        }
    };
}

macro_rules! reason {
    (R DuplicateAlias) => {
        R::DuplicateAlias(Vec::new())
    };
    (R InvalidTerminalAliases) => {
        R::InvalidTerminalAliases(Box::default())
    };
    (A RouteCallToScn) => {
        A::RouteCallToScn(vec![emergency()])
    };
    (L RouteCalltoScn) => {
        L::RouteCalltoScn(vec![emergency()])
    };
    ($message:ident SecurityError) => {
        $message::SecurityError(Default::default())
    };
    ($message:ident $name:ident) => {
        $message::$name
    };
}

/// A reject that tells to call over the telephone network has to name a number; where the owner names none, this one.
fn emergency() -> crate::asn1::h225::PartyNumber {
    crate::asn1::h225::PartyNumber::E164Number(crate::asn1::h225::PublicPartyNumber {
        public_number_digits: "112".to_owned(),
        ..Default::default()
    })
}

table! {
    // refusal                GRJ RRJ URJ ARJ BRJ DRJ LRJ INAK
    /// No word fits, or the policy keeps its reason.
    Undefined: UndefinedReason UndefinedReason UndefinedReason UndefinedReason UndefinedReason RequestToDropOther UndefinedReason UndefinedReason;
    /// Whoever asks is not registered here.
    NotRegistered: TerminalExcluded FullRegistrationRequired NotCurrentlyRegistered CallerNotRegistered NotBound NotRegistered InvalidPermission NotRegistered;
    /// A keep-alive of a registration that is not there (any more).
    FullRegistrationRequired: TerminalExcluded FullRegistrationRequired NotCurrentlyRegistered CallerNotRegistered NotBound NotRegistered InvalidPermission NotRegistered;
    /// The gatekeeper is another than the one asked for.
    DiscoveryRequired: TerminalExcluded DiscoveryRequired NotCurrentlyRegistered CallerNotRegistered NotBound NotRegistered RequestDenied NotRegistered;
    /// This terminal may not come here.
    Excluded: TerminalExcluded SecurityDenial PermissionDenied InvalidPermission InvalidPermission RequestToDropOther InvalidPermission UndefinedReason;
    /// It speaks no H.225.0 that we know.
    InvalidRevision: InvalidRevision InvalidRevision UndefinedReason UndefinedReason InvalidRevision RequestToDropOther UndefinedReason UndefinedReason;
    /// No call signalling address that one can connect to.
    InvalidCallSignalAddress: UndefinedReason InvalidCallSignalAddress UndefinedReason UndefinedReason UndefinedReason RequestToDropOther UndefinedReason UndefinedReason;
    /// No RAS address that one can send to.
    InvalidRasAddress: UndefinedReason InvalidRasAddress UndefinedReason UndefinedReason UndefinedReason RequestToDropOther UndefinedReason UndefinedReason;
    /// An alias that cannot be, or too many.
    InvalidAlias: UndefinedReason InvalidAlias UndefinedReason IncompleteAddress UndefinedReason RequestToDropOther IncompleteAddress UndefinedReason;
    /// An alias that somebody else has.
    DuplicateAlias: TerminalExcluded DuplicateAlias UndefinedReason AliasesInconsistent UndefinedReason RequestToDropOther AliasesInconsistent UndefinedReason;
    /// A kind of terminal that is not taken.
    InvalidTerminalType: TerminalExcluded InvalidTerminalType UndefinedReason UndefinedReason UndefinedReason RequestToDropOther UndefinedReason UndefinedReason;
    /// A transport that is not spoken.
    TransportNotSupported: UndefinedReason TransportNotSupported UndefinedReason UndefinedReason UndefinedReason RequestToDropOther UndefinedReason UndefinedReason;
    /// No registration that more could be added to.
    AdditiveNotSupported: UndefinedReason AdditiveRegistrationNotSupported UndefinedReason UndefinedReason UndefinedReason RequestToDropOther UndefinedReason UndefinedReason;
    /// A table is full.
    NoResources: ResourceUnavailable ResourceUnavailable UndefinedReason ResourceUnavailable InsufficientResources RequestToDropOther ResourceUnavailable UndefinedReason;
    /// More calls than there is capacity for.
    ExceedsCallCapacity: ResourceUnavailable ResourceUnavailable UndefinedReason ExceedsCallCapacity InsufficientResources RequestToDropOther ResourceUnavailable UndefinedReason;
    /// It comes from an address that is not the registered one, or its security does not hold.
    Security: SecurityDenial SecurityDenial SecurityDenial SecurityDenial SecurityDenial SecurityDenial SecurityDenial SecurityDenial;
    /// The policy does not allow it.
    NoPermission: TerminalExcluded SecurityDenial PermissionDenied InvalidPermission InvalidPermission RequestToDropOther InvalidPermission UndefinedReason;
    /// Denied for now; also where bandwidth is lacking.
    Denied: UndefinedReason UndefinedReason UndefinedReason RequestDenied InsufficientResources RequestToDropOther RequestDenied UndefinedReason;
    /// A call that nobody knows.
    UnknownCall: UndefinedReason UndefinedReason UndefinedReason UndefinedReason InvalidConferenceId RequestToDropOther UndefinedReason UndefinedReason;
    /// Calls go on.
    CallInProgress: UndefinedReason UndefinedReason CallInProgress UndefinedReason UndefinedReason RequestToDropOther UndefinedReason UndefinedReason;
    /// The called alias is nobody's.
    CalledPartyNotRegistered: UndefinedReason UndefinedReason UndefinedReason CalledPartyNotRegistered UndefinedReason RequestToDropOther NotRegistered UndefinedReason;
    /// The called address is not whole.
    IncompleteAddress: UndefinedReason InvalidAlias UndefinedReason IncompleteAddress UndefinedReason RequestToDropOther IncompleteAddress UndefinedReason;
    /// Aliases that belong to different parties.
    AliasesInconsistent: UndefinedReason InvalidAlias UndefinedReason AliasesInconsistent UndefinedReason RequestToDropOther AliasesInconsistent UndefinedReason;
    /// Nobody knows a way there.
    NoRoute: UndefinedReason UndefinedReason UndefinedReason NoRouteToDestination UndefinedReason RequestToDropOther NoRouteToDestination UndefinedReason;
    /// A number that is not in use.
    UnallocatedNumber: UndefinedReason InvalidAlias UndefinedReason UnallocatedNumber UndefinedReason RequestToDropOther UnallocatedNumber UndefinedReason;
    /// It has to be signalled through the gatekeeper.
    RouteCallToGatekeeper: UndefinedReason UndefinedReason UndefinedReason RouteCallToGatekeeper UndefinedReason RequestToDropOther RequestDenied UndefinedReason;
    /// It has to be called over the telephone network.
    RouteCallToScn: UndefinedReason UndefinedReason UndefinedReason RouteCallToScn UndefinedReason RequestToDropOther RouteCalltoScn UndefinedReason;
    /// An identifier that is nobody's.
    InvalidEndpointIdentifier: UndefinedReason FullRegistrationRequired NotCurrentlyRegistered InvalidEndpointIdentifier NotBound NotRegistered InvalidPermission NotRegistered;
    /// Quality of service cannot be controlled as asked.
    QosNotSupported: UndefinedReason TransportQosNotSupported UndefinedReason QosControlNotSupported UndefinedReason RequestToDropOther UndefinedReason UndefinedReason;
    /// The caller has to be asked whom it calls.
    CollectDestination: UndefinedReason UndefinedReason UndefinedReason CollectDestination UndefinedReason RequestToDropOther IncompleteAddress UndefinedReason;
    /// The caller has to be asked for a PIN.
    CollectPin: UndefinedReason UndefinedReason UndefinedReason CollectPin UndefinedReason RequestToDropOther RequestDenied UndefinedReason;
    /// A generic extension says why.
    GenericData: GenericDataReason GenericDataReason UndefinedReason GenericDataReason UndefinedReason RequestToDropOther GenericDataReason UndefinedReason;
    /// A feature that is needed is not there.
    NeededFeature: NeededFeatureNotSupported NeededFeatureNotSupported UndefinedReason NeededFeatureNotSupported UndefinedReason RequestToDropOther NeededFeatureNotSupported UndefinedReason;
    /// A location request made all its hops.
    HopCountExceeded: UndefinedReason UndefinedReason UndefinedReason NoRouteToDestination UndefinedReason RequestToDropOther HopCountExceeded UndefinedReason;
    /// It belongs to another gatekeeper.
    RegisterWithAssignedGatekeeper: TerminalExcluded RegisterWithAssignedGk UndefinedReason RegisterWithAssignedGk UndefinedReason RequestToDropOther RequestDenied UndefinedReason;
    /// Diffie-Hellman parameters do not match.
    SecurityDhMismatch: SecurityDenial SecurityDenial SecurityDenial SecurityDhMismatch SecurityDenial SecurityDenial SecurityDhMismatch SecurityDenial;
    /// A security check failed of something that is named.
    SecurityError: SecurityError SecurityError SecurityError SecurityError SecurityError SecurityError SecurityError SecurityError;
}

/// The refusal that a reason is read as: the row that stands nearest to its own word.
macro_rules! back {
    ($($(#[$doc:meta])* $name:ident($type:ident, $column:ident) $($first:ident)*;)*) => {
        impl Refusal {$(
            $(#[$doc])*
            pub(crate) fn $name(reason: &$type) -> Self {
                let same = |refusal: &&Self| {
                    std::mem::discriminant(&refusal.$column()) == std::mem::discriminant(reason)
                };
                // Words that several rows share: the plainest row is read.
                let plain = [$(Self::$first,)* Self::Undefined];
                plain.iter().find(same).or_else(|| Self::ALL.iter().find(same)).copied().unwrap_or(Self::Undefined)
            }
        )*}
    };
}

back! {
    of_gatekeeper(G, gatekeeper) NoResources Excluded Security;
    of_registration(R, registration) NoResources FullRegistrationRequired InvalidAlias Security;
    of_admission(A, admission) NotRegistered NoPermission NoResources IncompleteAddress AliasesInconsistent NoRoute Security;
    of_bandwidth(B, bandwidth) NotRegistered NoPermission NoResources Security;
    of_location(L, location) CalledPartyNotRegistered NoPermission NoResources Denied IncompleteAddress AliasesInconsistent Security;
}
