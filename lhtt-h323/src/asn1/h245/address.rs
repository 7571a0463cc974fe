//! Transport addresses and terminal labels of H.245 (H.245 B.3).

use super::NonStandardParameter;
use crate::per::{Int, Octets, choice, sequence};

choice! {
    /// Where media or a channel goes (H.245 `TransportAddress`).
    TransportAddress { UnicastAddress(UnicastAddress), MulticastAddress(MulticastAddress), .. }

    /// The address and port of one receiver (H.245 `UnicastAddress`).
    UnicastAddress {
        IpAddress(UnicastIpAddress),
        IpxAddress(UnicastIpxAddress),
        Ip6Address(UnicastIp6Address),
        NetBios([u8; 16]),
        IpSourceRouteAddress(UnicastIpSourceRoute),
        ..
        Nsap(Vec<u8> as Octets<1, 20>),
        NonStandardAddress(NonStandardParameter),
    }
}

sequence! {
    /// `iPAddress` in H.245 `UnicastAddress`.
    UnicastIpAddress {
        network: [u8; 4],
        tsap_identifier: u16 as Int<0, 65535>,
        ..
    }

    /// `iPXAddress` in H.245 `UnicastAddress`.
    UnicastIpxAddress {
        node: [u8; 6],
        netnum: [u8; 4],
        tsap_identifier: [u8; 2],
        ..
    }

    /// `iP6Address` in H.245 `UnicastAddress`.
    UnicastIp6Address {
        network: [u8; 16],
        tsap_identifier: u16 as Int<0, 65535>,
        ..
    }

    /// `iPSourceRouteAddress` in H.245 `UnicastAddress`.
    UnicastIpSourceRoute {
        routing: UnicastIpSourceRouting,
        network: [u8; 4],
        tsap_identifier: u16 as Int<0, 65535>,
        route: Vec<[u8; 4]>,
        ..
    }
}

choice! {
    /// `routing` in H.245 `UnicastAddress.iPSourceRouteAddress`.
    UnicastIpSourceRouting { Strict, Loose, }

    /// The address and port of a group (H.245 `MulticastAddress`).
    MulticastAddress {
        IpAddress(MulticastIpAddress),
        Ip6Address(MulticastIp6Address),
        ..
        Nsap(Vec<u8> as Octets<1, 20>),
        NonStandardAddress(NonStandardParameter),
    }
}

sequence! {
    /// `iPAddress` in H.245 `MulticastAddress`.
    MulticastIpAddress {
        network: [u8; 4],
        tsap_identifier: u16 as Int<0, 65535>,
        ..
    }

    /// `iP6Address` in H.245 `MulticastAddress`.
    MulticastIp6Address {
        network: [u8; 16],
        tsap_identifier: u16 as Int<0, 65535>,
        ..
    }

    /// A terminal in a conference: MCU number and terminal number (H.245 `TerminalLabel`).
    TerminalLabel {
        mcu_number: u8 as Int<0, 192>,
        terminal_number: u8 as Int<0, 192>,
        ..
    }
}
