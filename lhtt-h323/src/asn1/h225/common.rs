//! What many messages carry: non-standard data, vendor, call identity, circuits, features, generic data (H.225.0 7.6).

use super::{AliasAddress, SecurityErrors, TransportAddress};
use crate::per::{Bmp, Each, Ia5, Int, IntExt, List, Octets, Oid, choice, sequence};

sequence! {
    /// Data of a manufacturer (H.225.0 `NonStandardParameter`).
    NonStandardParameter {
        non_standard_identifier: NonStandardIdentifier,
        data: Vec<u8>,
    }
}

choice! {
    /// Whose data it is (H.225.0 `NonStandardIdentifier`).
    NonStandardIdentifier { Object(Oid), H221NonStandard(H221NonStandard), .. }
}

sequence! {
    /// A manufacturer by T.35 country code (H.225.0 `H221NonStandard`).
    H221NonStandard {
        t35_country_code: u8 as Int<0, 255>,
        t35_extension: u8 as Int<0, 255>,
        manufacturer_code: u16 as Int<0, 65535>,
        ..
    }

    /// Maker, product and version (H.225.0 `VendorIdentifier`).
    VendorIdentifier {
        vendor: H221NonStandard,
        product_id: Option<Vec<u8>> as Octets<1, 256>,
        version_id: Option<Vec<u8>> as Octets<1, 256>,
        ..
        enterprise_number: Option<Oid>,
    }

    /// Names a call for all its messages (H.225.0 `CallIdentifier`).
    CallIdentifier {
        guid: [u8; 16],
        ..
    }

    /// Links calls that belong together (H.225.0 `CallLinkage`).
    CallLinkage {
        global_call_id: Option<[u8; 16]>,
        thread_id: Option<[u8; 16]>,
        ..
    }
}

choice! {
    /// How many take part (H.225.0 `CallType`).
    CallType { PointToPoint, OneToN, NToOne, NToN, .. }

    /// Direct or routed by the gatekeeper (H.225.0 `CallModel`).
    CallModel { Direct, GatekeeperRouted, .. }
}

sequence! {
    /// A signalling protocol tunnelled in H.225.0 (H.225.0 `TunnelledProtocol`).
    TunnelledProtocol {
        id: TunnelledProtocolId,
        sub_identifier: Option<String> as Ia5<1, 64>,
        ..
    }
}

choice! {
    /// `id` in H.225.0 `TunnelledProtocol`.
    TunnelledProtocolId {
        TunnelledProtocolObjectId(Oid),
        TunnelledProtocolAlternateId(TunnelledProtocolAlternateIdentifier),
        ..
    }
}

sequence! {
    /// H.225.0 `TunnelledProtocolAlternateIdentifier`.
    TunnelledProtocolAlternateIdentifier {
        protocol_type: String as Ia5<1, 64>,
        protocol_variant: Option<String> as Ia5<1, 64>,
        ..
    }

    /// Circuits of a gateway's call (H.225.0 `CircuitInfo`).
    CircuitInfo {
        source_circuit_id: Option<Box<CircuitIdentifier>>,
        destination_circuit_id: Option<Box<CircuitIdentifier>>,
        generic_data: Option<Vec<GenericData>>,
        ..
    }

    /// H.225.0 `CircuitIdentifier`.
    CircuitIdentifier {
        cic: Option<CicInfo>,
        group: Option<GroupID>,
        ..
        carrier: Option<CarrierInfo>,
    }

    /// H.225.0 `CicInfo`.
    CicInfo {
        cic: Vec<Vec<u8>> as Each<Octets<2, 4>>,
        point_code: Vec<u8> as Octets<2, 5>,
        ..
    }

    /// H.225.0 `GroupID`.
    GroupID {
        member: Option<Vec<u16>> as Each<Int<0, 65535>>,
        group: String as Ia5<1, 128>,
        ..
    }

    /// H.225.0 `CarrierInfo`.
    CarrierInfo {
        carrier_identification_code: Option<Vec<u8>> as Octets<3, 4>,
        carrier_name: Option<String> as Ia5<1, 128>,
        ..
    }

    /// Data of a generic extension, H.460.1 (H.225.0 `GenericData`).
    GenericData {
        id: GenericIdentifier,
        parameters: Option<Vec<EnumeratedParameter>> as List<1, 512>,
        ..
    }
}

choice! {
    /// Names a generic extension or a parameter of one (H.225.0 `GenericIdentifier`).
    GenericIdentifier { Standard(u16 as IntExt<0, 16383>), Oid(Oid), NonStandard([u8; 16]), .. }
}

sequence! {
    /// A parameter of a generic extension (H.225.0 `EnumeratedParameter`).
    EnumeratedParameter {
        id: GenericIdentifier,
        content: Option<Content>,
        ..
    }
}

choice! {
    /// The value of a generic parameter (H.225.0 `Content`).
    Content {
        Raw(Vec<u8>),
        Text(String as Ia5),
        Unicode(String as Bmp),
        Bool(bool),
        Number8(u8 as Int<0, 255>),
        Number16(u16 as Int<0, 65535>),
        Number32(u32 as Int<0, 4294967295>),
        Id(GenericIdentifier),
        Alias(Box<AliasAddress>),
        Transport(Box<TransportAddress>),
        Compound(Vec<EnumeratedParameter> as List<1, 512>),
        Nested(Vec<GenericData> as List<1, 16>),
        ..
    }
}

sequence! {
    /// Features needed, desired, supported, H.460.1 (H.225.0 `FeatureSet`).
    FeatureSet {
        replacement_feature_set: bool,
        needed_features: Option<Vec<FeatureDescriptor>>,
        desired_features: Option<Vec<FeatureDescriptor>>,
        supported_features: Option<Vec<FeatureDescriptor>>,
        ..
    }

    /// A feature: the same as generic data (H.225.0 `FeatureDescriptor`).
    FeatureDescriptor {
        id: GenericIdentifier,
        parameters: Option<Vec<EnumeratedParameter>> as List<1, 512>,
        ..
    }

    /// H.225.0 `QseriesOptions`.
    QseriesOptions {
        q932_full: bool,
        q951_full: bool,
        q952_full: bool,
        q953_full: bool,
        q955_full: bool,
        q956_full: bool,
        q957_full: bool,
        q954_info: Q954Details,
        ..
    }

    /// H.225.0 `Q954Details`.
    Q954Details {
        conference_calling: bool,
        three_party_service: bool,
        ..
    }

    /// H.225.0 `DataRate`.
    DataRate {
        non_standard_data: Option<NonStandardParameter>,
        channel_rate: u32 as Int<0, 4294967295>,
        channel_multiplier: Option<u16> as Int<1, 256>,
        ..
    }

    /// H.225.0 `SupportedPrefix`.
    SupportedPrefix {
        non_standard_data: Option<NonStandardParameter>,
        prefix: AliasAddress,
        ..
    }

    /// A service control session (H.225.0 `ServiceControlSession`).
    ServiceControlSession {
        session_id: u8 as Int<0, 255>,
        contents: Option<ServiceControlDescriptor>,
        reason: ServiceControlSessionReason,
        ..
    }
}

choice! {
    /// `reason` in H.225.0 `ServiceControlSession`.
    ServiceControlSessionReason { Open, Refresh, Close, .. }

    /// What a service control session offers (H.225.0 `ServiceControlDescriptor`).
    ServiceControlDescriptor {
        Url(String as Ia5<0, 512>),
        Signal(Vec<u8>),
        NonStandard(NonStandardParameter),
        CallCreditServiceControl(Box<CallCreditServiceControl>),
        ..
    }
}

sequence! {
    /// H.225.0 `CallCreditServiceControl`.
    CallCreditServiceControl {
        amount_string: Option<String> as Bmp<1, 512>,
        billing_mode: Option<BillingMode>,
        call_duration_limit: Option<u32> as Int<1, 4294967295>,
        enforce_call_duration_limit: Option<bool>,
        call_starting_point: Option<CreditStartingPoint>,
        ..
    }
}

choice! {
    /// `billingMode` in H.225.0 `CallCreditServiceControl`.
    BillingMode { Credit, Debit, .. }

    /// `callStartingPoint` in H.225.0 `CallCreditServiceControl`.
    CreditStartingPoint { Alerting, Connect, .. }

    /// Why a call ended, as told to the gatekeeper (H.225.0 `CallTerminationCause`).
    CallTerminationCause {
        ReleaseCompleteReason(ReleaseCompleteReason),
        ReleaseCompleteCauseIe(Vec<u8> as Octets<2, 32>),
        ..
    }

    /// Why a call was released; it stands in for a Q.850 cause (H.225.0 `ReleaseCompleteReason`).
    ReleaseCompleteReason {
        NoBandwidth,
        GatekeeperResources,
        UnreachableDestination,
        DestinationRejection,
        InvalidRevision,
        NoPermission,
        UnreachableGatekeeper,
        GatewayResources,
        BadFormatAddress,
        AdaptiveBusy,
        InConf,
        UndefinedReason,
        ..
        FacilityCallDeflection,
        SecurityDenied,
        CalledPartyNotRegistered,
        CallerNotRegistered,
        NewConnectionNeeded,
        NonStandardReason(NonStandardParameter),
        ReplaceWithConferenceInvite([u8; 16]),
        GenericDataReason,
        NeededFeatureNotSupported,
        TunnelledSignallingRejected,
        InvalidCid,
        SecurityError(SecurityErrors),
        HopCountExceeded,
    }
}
