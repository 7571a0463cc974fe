//! What an endpoint or gatekeeper is and can do (H.225.0 7.6).

use super::{
    AliasAddress, AlternateTransportAddresses, CarrierInfo, CircuitInfo, CryptoH323Token, DataRate, FeatureSet,
    NonStandardParameter, SupportedPrefix, TransportAddress, TunnelledProtocol, VendorIdentifier,
};
use crate::asn1::h235::ClearToken;
use crate::asn1::h245::{DataProtocolCapability, QOSCapability, T38FaxProfile};
use crate::per::{BitString, Bits, Bmp, Ia5, Int, List, choice, sequence};

sequence! {
    /// What kind of thing an endpoint is (H.225.0 `EndpointType`).
    EndpointType {
        non_standard_data: Option<NonStandardParameter>,
        vendor: Option<VendorIdentifier>,
        gatekeeper: Option<GatekeeperInfo>,
        gateway: Option<GatewayInfo>,
        mcu: Option<McuInfo>,
        terminal: Option<TerminalInfo>,
        mc: bool,
        undefined_node: bool,
        ..
        set: Option<BitString> as Bits<32, 32>,
        supported_tunnelled_protocols: Option<Vec<TunnelledProtocol>>,
    }

    /// About a gatekeeper (H.225.0 `GatekeeperInfo`).
    GatekeeperInfo {
        non_standard_data: Option<NonStandardParameter>,
        ..
    }

    /// About a gateway (H.225.0 `GatewayInfo`).
    GatewayInfo {
        protocol: Option<Vec<SupportedProtocols>>,
        non_standard_data: Option<NonStandardParameter>,
        ..
    }

    /// About an MCU (H.225.0 `McuInfo`).
    McuInfo {
        non_standard_data: Option<NonStandardParameter>,
        ..
        protocol: Option<Vec<SupportedProtocols>>,
    }

    /// About a terminal (H.225.0 `TerminalInfo`).
    TerminalInfo {
        non_standard_data: Option<NonStandardParameter>,
        ..
    }
}

choice! {
    /// A protocol that a gateway or MCU speaks (H.225.0 `SupportedProtocols`).
    SupportedProtocols {
        NonStandardData(NonStandardParameter),
        H310(Box<H310Caps>),
        H320(Box<H320Caps>),
        H321(Box<H321Caps>),
        H322(Box<H322Caps>),
        H323(Box<H323Caps>),
        H324(Box<H324Caps>),
        Voice(Box<VoiceCaps>),
        T120Only(Box<T120OnlyCaps>),
        ..
        NonStandardProtocol(Box<NonStandardProtocol>),
        T38FaxAnnexbOnly(Box<T38FaxAnnexbOnlyCaps>),
        Sip(Box<SIPCaps>),
    }
}

sequence! {
    /// H.225.0 `H310Caps`.
    H310Caps {
        non_standard_data: Option<NonStandardParameter>,
        ..
        data_rates_supported: Option<Vec<DataRate>>,
        supported_prefixes: Option<Vec<SupportedPrefix>>,
    }

    /// H.225.0 `H320Caps`.
    H320Caps {
        non_standard_data: Option<NonStandardParameter>,
        ..
        data_rates_supported: Option<Vec<DataRate>>,
        supported_prefixes: Option<Vec<SupportedPrefix>>,
    }

    /// H.225.0 `H321Caps`.
    H321Caps {
        non_standard_data: Option<NonStandardParameter>,
        ..
        data_rates_supported: Option<Vec<DataRate>>,
        supported_prefixes: Option<Vec<SupportedPrefix>>,
    }

    /// H.225.0 `H322Caps`.
    H322Caps {
        non_standard_data: Option<NonStandardParameter>,
        ..
        data_rates_supported: Option<Vec<DataRate>>,
        supported_prefixes: Option<Vec<SupportedPrefix>>,
    }

    /// H.225.0 `H323Caps`.
    H323Caps {
        non_standard_data: Option<NonStandardParameter>,
        ..
        data_rates_supported: Option<Vec<DataRate>>,
        supported_prefixes: Option<Vec<SupportedPrefix>>,
    }

    /// H.225.0 `H324Caps`.
    H324Caps {
        non_standard_data: Option<NonStandardParameter>,
        ..
        data_rates_supported: Option<Vec<DataRate>>,
        supported_prefixes: Option<Vec<SupportedPrefix>>,
    }

    /// H.225.0 `VoiceCaps`.
    VoiceCaps {
        non_standard_data: Option<NonStandardParameter>,
        ..
        data_rates_supported: Option<Vec<DataRate>>,
        supported_prefixes: Option<Vec<SupportedPrefix>>,
    }

    /// H.225.0 `T120OnlyCaps`.
    T120OnlyCaps {
        non_standard_data: Option<NonStandardParameter>,
        ..
        data_rates_supported: Option<Vec<DataRate>>,
        supported_prefixes: Option<Vec<SupportedPrefix>>,
    }

    /// H.225.0 `NonStandardProtocol`.
    NonStandardProtocol {
        non_standard_data: Option<NonStandardParameter>,
        data_rates_supported: Option<Vec<DataRate>>,
        supported_prefixes: Vec<SupportedPrefix>,
        ..
    }

    /// H.225.0 `T38FaxAnnexbOnlyCaps`.
    T38FaxAnnexbOnlyCaps {
        non_standard_data: Option<NonStandardParameter>,
        data_rates_supported: Option<Vec<DataRate>>,
        supported_prefixes: Vec<SupportedPrefix>,
        t38_fax_protocol: DataProtocolCapability,
        t38_fax_profile: T38FaxProfile,
        ..
    }

    /// H.225.0 `SIPCaps`.
    SIPCaps {
        non_standard_data: Option<NonStandardParameter>,
        data_rates_supported: Option<Vec<DataRate>>,
        supported_prefixes: Option<Vec<SupportedPrefix>>,
        ..
    }

    /// An endpoint that can take a call instead (H.225.0 `Endpoint`).
    Endpoint {
        non_standard_data: Option<NonStandardParameter>,
        alias_address: Option<Vec<AliasAddress>>,
        call_signal_address: Option<Vec<TransportAddress>>,
        ras_address: Option<Vec<TransportAddress>>,
        endpoint_type: Option<EndpointType>,
        tokens: Option<Vec<ClearToken>>,
        crypto_tokens: Option<Vec<CryptoH323Token>>,
        priority: Option<u8> as Int<0, 127>,
        remote_extension_address: Option<Vec<AliasAddress>>,
        dest_extra_call_info: Option<Vec<AliasAddress>>,
        ..
        alternate_transport_addresses: Option<AlternateTransportAddresses>,
        circuit_info: Option<CircuitInfo>,
        feature_set: Option<FeatureSet>,
    }

    /// A gatekeeper to turn to (H.225.0 `AlternateGK`).
    AlternateGK {
        ras_address: TransportAddress,
        gatekeeper_identifier: Option<String> as Bmp<1, 128>,
        need_to_register: bool,
        priority: u8 as Int<0, 127>,
        ..
    }

    /// Gatekeepers to turn to after a rejection (H.225.0 `AltGKInfo`).
    AltGKInfo {
        alternate_gatekeeper: Vec<AlternateGK>,
        alt_gk_is_permanent: bool,
        ..
    }

    /// How many calls there is room for (H.225.0 `CallCapacity`).
    CallCapacity {
        maximum_call_capacity: Option<Box<CallCapacityInfo>>,
        current_call_capacity: Option<Box<CallCapacityInfo>>,
        ..
    }

    /// H.225.0 `CallCapacityInfo`.
    CallCapacityInfo {
        voice_gw_calls_available: Option<Vec<CallsAvailable>>,
        h310_gw_calls_available: Option<Vec<CallsAvailable>>,
        h320_gw_calls_available: Option<Vec<CallsAvailable>>,
        h321_gw_calls_available: Option<Vec<CallsAvailable>>,
        h322_gw_calls_available: Option<Vec<CallsAvailable>>,
        h323_gw_calls_available: Option<Vec<CallsAvailable>>,
        h324_gw_calls_available: Option<Vec<CallsAvailable>>,
        t120_only_gw_calls_available: Option<Vec<CallsAvailable>>,
        t38_fax_annexb_only_gw_calls_available: Option<Vec<CallsAvailable>>,
        terminal_calls_available: Option<Vec<CallsAvailable>>,
        mcu_calls_available: Option<Vec<CallsAvailable>>,
        ..
        sip_gw_calls_available: Option<Vec<CallsAvailable>>,
    }

    /// H.225.0 `CallsAvailable`.
    CallsAvailable {
        calls: u32 as Int<0, 4294967295>,
        group: Option<String> as Ia5<1, 128>,
        ..
        carrier: Option<CarrierInfo>,
    }

    /// H.225.0 `CapacityReportingCapability`.
    CapacityReportingCapability {
        can_report_call_capacity: bool,
        ..
    }

    /// H.225.0 `CapacityReportingSpecification`.
    CapacityReportingSpecification {
        when: CapacityReportingWhen,
        ..
    }

    /// `when` in H.225.0 `CapacityReportingSpecification`.
    CapacityReportingWhen {
        call_start: Option<()>,
        call_end: Option<()>,
        ..
    }
}

choice! {
    /// Who reserves resources (H.225.0 `TransportQOS`).
    TransportQOS {
        EndpointControlled,
        GatekeeperControlled,
        NoControl,
        ..
        QosCapabilities(Vec<QOSCapability> as List<1, 256>),
    }

    /// H.225.0 `UseSpecifiedTransport`.
    UseSpecifiedTransport { Tcp, AnnexE, .. Sctp, }
}

sequence! {
    /// H.225.0 `CallCreditCapability`.
    CallCreditCapability {
        can_display_amount_string: Option<bool>,
        can_enforce_duration_limit: Option<bool>,
        ..
    }
}
