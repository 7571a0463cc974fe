//! Who and where: transport and alias addresses, party numbers (H.225.0 7.6).

use super::NonStandardParameter;
use crate::per::{Bmp, Chars, Dialled, Ia5, Int, Isup, Octets, Tbcd, choice, enumerated, sequence};

choice! {
    /// Where to send: an address and a port (H.225.0 `TransportAddress`).
    TransportAddress {
        IpAddress(IpAddress),
        IpSourceRoute(IpSourceRoute),
        IpxAddress(IpxAddress),
        Ip6Address(Ip6Address),
        NetBios([u8; 16]),
        Nsap(Vec<u8> as Octets<1, 20>),
        NonStandardAddress(NonStandardParameter),
        ..
    }
}

sequence! {
    /// An IPv4 address and port (H.225.0 `TransportAddress.ipAddress`).
    IpAddress {
        ip: [u8; 4],
        port: u16 as Int<0, 65535>,
    }

    /// An IPv4 address with a source route (H.225.0 `TransportAddress.ipSourceRoute`).
    IpSourceRoute {
        ip: [u8; 4],
        port: u16 as Int<0, 65535>,
        route: Vec<[u8; 4]>,
        routing: IpSourceRouting,
        ..
    }
}

choice! {
    /// `routing` in H.225.0 `TransportAddress.ipSourceRoute`.
    IpSourceRouting { Strict, Loose, .. }
}

sequence! {
    /// An IPX address and port (H.225.0 `TransportAddress.ipxAddress`).
    IpxAddress {
        node: [u8; 6],
        netnum: [u8; 4],
        port: [u8; 2],
    }

    /// An IPv6 address and port (H.225.0 `TransportAddress.ip6Address`).
    Ip6Address {
        ip: [u8; 16],
        port: u16 as Int<0, 65535>,
        ..
    }
}

choice! {
    /// A name or number of an endpoint (H.225.0 `AliasAddress`).
    AliasAddress {
        DialledDigits(String as Chars<Dialled, 1, 128>),
        H323Id(String as Bmp<1, 256>),
        ..
        UrlId(String as Ia5<1, 512>),
        TransportId(Box<TransportAddress>),
        EmailId(String as Ia5<1, 512>),
        PartyNumber(PartyNumber),
        MobileUim(MobileUIM),
        IsupNumber(IsupNumber),
    }
}

sequence! {
    /// An alias with its presentation and screening (H.225.0 `ExtendedAliasAddress`).
    ExtendedAliasAddress {
        address: AliasAddress,
        presentation_indicator: Option<PresentationIndicator>,
        screening_indicator: Option<ScreeningIndicator>,
        ..
    }
}

choice! {
    /// Which aliases: a prefix or a range (H.225.0 `AddressPattern`).
    AddressPattern { Wildcard(Box<AliasAddress>), Range(Box<AddressPatternRange>), .. }
}

sequence! {
    /// `range` in H.225.0 `AddressPattern`.
    AddressPatternRange {
        start_of_range: PartyNumber,
        end_of_range: PartyNumber,
    }
}

choice! {
    /// A number with its plan (H.225.0 `PartyNumber`).
    PartyNumber {
        E164Number(PublicPartyNumber),
        DataPartyNumber(String as Chars<Dialled, 1, 128>),
        TelexPartyNumber(String as Chars<Dialled, 1, 128>),
        PrivateNumber(PrivatePartyNumber),
        NationalStandardPartyNumber(String as Chars<Dialled, 1, 128>),
        ..
    }
}

sequence! {
    /// A number of the E.164 plan (H.225.0 `PublicPartyNumber`).
    PublicPartyNumber {
        public_type_of_number: PublicTypeOfNumber,
        public_number_digits: String as Chars<Dialled, 1, 128>,
    }

    /// A number of a private plan (H.225.0 `PrivatePartyNumber`).
    PrivatePartyNumber {
        private_type_of_number: PrivateTypeOfNumber,
        private_number_digits: String as Chars<Dialled, 1, 128>,
    }
}

choice! {
    /// H.225.0 `PublicTypeOfNumber`.
    PublicTypeOfNumber {
        NotKnown,
        InternationalNumber,
        NationalNumber,
        NetworkSpecificNumber,
        SubscriberNumber,
        AbbreviatedNumber,
        ..
    }

    /// H.225.0 `PrivateTypeOfNumber`.
    PrivateTypeOfNumber {
        NotKnown,
        Level2RegionalNumber,
        Level1RegionalNumber,
        PisnSpecificNumber,
        LocalNumber,
        AbbreviatedNumber,
        ..
    }

    /// H.225.0 `IsupNumber`.
    IsupNumber {
        E164Number(IsupPublicPartyNumber),
        DataPartyNumber(String as Chars<Isup, 1, 128>),
        TelexPartyNumber(String as Chars<Isup, 1, 128>),
        PrivateNumber(IsupPrivatePartyNumber),
        NationalStandardPartyNumber(String as Chars<Isup, 1, 128>),
        ..
    }
}

sequence! {
    /// H.225.0 `IsupPublicPartyNumber`.
    IsupPublicPartyNumber {
        nature_of_address: NatureOfAddress,
        address: String as Chars<Isup, 1, 128>,
        ..
    }

    /// H.225.0 `IsupPrivatePartyNumber`.
    IsupPrivatePartyNumber {
        private_type_of_number: PrivateTypeOfNumber,
        address: String as Chars<Isup, 1, 128>,
        ..
    }
}

choice! {
    /// H.225.0 `NatureOfAddress`.
    NatureOfAddress {
        NotKnown,
        SubscriberNumber,
        NationalNumber,
        InternationalNumber,
        NetworkSpecificNumber,
        RoutingNumberNationalFormat,
        RoutingNumberNetworkSpecificFormat,
        RoutingNumberWithCalledDirectoryNumber,
        ..
    }

    /// H.225.0 `MobileUIM`.
    MobileUIM { Ansi41Uim(Box<Ansi41Uim>), GsmUim(Box<GsmUim>), .. }
}

sequence! {
    /// H.225.0 `ANSI-41-UIM`.
    Ansi41Uim {
        imsi: Option<String> as Chars<Tbcd, 3, 16>,
        min: Option<String> as Chars<Tbcd, 3, 16>,
        mdn: Option<String> as Chars<Tbcd, 3, 16>,
        msisdn: Option<String> as Chars<Tbcd, 3, 16>,
        esn: Option<String> as Chars<Tbcd, 16, 16>,
        mscid: Option<String> as Chars<Tbcd, 3, 16>,
        system_id: Ansi41UimSystemId,
        system_my_type_code: Option<[u8; 1]>,
        system_access_type: Option<[u8; 1]>,
        qualification_information_code: Option<[u8; 1]>,
        sesn: Option<String> as Chars<Tbcd, 16, 16>,
        soc: Option<String> as Chars<Tbcd, 3, 16>,
        ..
    }
}

choice! {
    /// `system-id` in H.225.0 `ANSI-41-UIM`.
    Ansi41UimSystemId { Sid(String as Chars<Tbcd, 1, 4>), Mid(String as Chars<Tbcd, 1, 4>), .. }
}

sequence! {
    /// H.225.0 `GSM-UIM`.
    GsmUim {
        imsi: Option<String> as Chars<Tbcd, 3, 16>,
        tmsi: Option<Vec<u8>> as Octets<1, 4>,
        msisdn: Option<String> as Chars<Tbcd, 3, 16>,
        imei: Option<String> as Chars<Tbcd, 15, 16>,
        hplmn: Option<String> as Chars<Tbcd, 1, 4>,
        vplmn: Option<String> as Chars<Tbcd, 1, 4>,
        ..
    }

    /// The same place over other transports (H.225.0 `AlternateTransportAddresses`).
    AlternateTransportAddresses {
        annex_e: Option<Vec<TransportAddress>>,
        ..
        sctp: Option<Vec<TransportAddress>>,
    }

    /// A name to show, with its language (H.225.0 `DisplayName`).
    DisplayName {
        language: Option<String> as Ia5,
        name: String as Bmp<1, 80>,
    }
}

enumerated! {
    /// Whether the network looked at a number (H.225.0 `ScreeningIndicator`).
    ScreeningIndicator {
        UserProvidedNotScreened,
        UserProvidedVerifiedAndPassed,
        UserProvidedVerifiedAndFailed,
        NetworkProvided,
        ..
    }
}

choice! {
    /// Whether a number may be shown (H.225.0 `PresentationIndicator`).
    PresentationIndicator { PresentationAllowed, PresentationRestricted, AddressNotAvailable, .. }
}
