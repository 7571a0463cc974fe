//! Addresses between H.225.0 and the neutral words (H.225.0 7.6). A value that its ASN.1 type cannot hold is left out.

use super::heard::cut;
use crate::asn1::h225;
use crate::endpoint::command::AliasAddress;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

/// The longest of the alias forms: dialled digits, H.323 ID, URL.
const DIGITS_MAX: usize = 128;
const ID_MAX: usize = 256;
const URL_MAX: usize = 512;

pub(crate) fn read(alias: &h225::AliasAddress) -> Option<AliasAddress> {
    Some(match alias {
        h225::AliasAddress::DialledDigits(text) => AliasAddress::DialledDigits(text.clone()),
        h225::AliasAddress::H323Id(text) => AliasAddress::H323Id(cut(text.trim_end_matches('\0').to_owned())),
        h225::AliasAddress::UrlId(text) => AliasAddress::UrlId(cut(text.clone())),
        h225::AliasAddress::EmailId(text) => AliasAddress::EmailId(cut(text.clone())),
        h225::AliasAddress::TransportId(address) => AliasAddress::TransportId(socket_address(address)?),
        h225::AliasAddress::PartyNumber(number) => AliasAddress::PartyNumber(digits(number)?),
        _ => return None,
    })
}

pub(crate) fn write(alias: &AliasAddress) -> Option<h225::AliasAddress> {
    let fits = |text: &str, longest| (1..=longest).contains(&text.encode_utf16().count());
    let ascii = |text: &str| text.is_ascii() && fits(text, URL_MAX);
    Some(match alias {
        AliasAddress::DialledDigits(text) if is_dialled(text) => h225::AliasAddress::DialledDigits(text.clone()),
        AliasAddress::H323Id(text) if fits(text, ID_MAX) => h225::AliasAddress::H323Id(text.clone()),
        AliasAddress::UrlId(text) if ascii(text) => h225::AliasAddress::UrlId(text.clone()),
        AliasAddress::EmailId(text) if ascii(text) => h225::AliasAddress::EmailId(text.clone()),
        AliasAddress::TransportId(address) => h225::AliasAddress::TransportId(Box::new(transport_address(*address))),
        AliasAddress::PartyNumber(text) if is_dialled(text) => {
            h225::AliasAddress::PartyNumber(h225::PartyNumber::E164Number(h225::PublicPartyNumber {
                public_type_of_number: h225::PublicTypeOfNumber::NotKnown,
                public_number_digits: text.clone(),
            }))
        }
        _ => return None,
    })
}

pub(crate) fn list(aliases: &[AliasAddress]) -> Option<Vec<h225::AliasAddress>> {
    let list: Vec<_> = aliases.iter().filter_map(write).collect();
    (!list.is_empty()).then_some(list)
}

fn is_dialled(text: &str) -> bool {
    (1..=DIGITS_MAX).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit() || b"#*,".contains(&b))
}

fn digits(number: &h225::PartyNumber) -> Option<String> {
    match number {
        h225::PartyNumber::E164Number(its) => Some(its.public_number_digits.clone()),
        h225::PartyNumber::PrivateNumber(its) => Some(its.private_number_digits.clone()),
        h225::PartyNumber::DataPartyNumber(text)
        | h225::PartyNumber::TelexPartyNumber(text)
        | h225::PartyNumber::NationalStandardPartyNumber(text) => Some(text.clone()),
        _ => None,
    }
}

/// An IP address one can connect to.
pub(crate) fn socket_address(address: &h225::TransportAddress) -> Option<SocketAddr> {
    let address = match address {
        h225::TransportAddress::IpAddress(its) => SocketAddr::from((Ipv4Addr::from(its.ip), its.port)),
        h225::TransportAddress::Ip6Address(its) => SocketAddr::from((Ipv6Addr::from(its.ip), its.port)),
        _ => return None,
    };
    let usable = address.port() != 0 && !address.ip().is_unspecified() && !address.ip().is_multicast();
    usable.then_some(address)
}

pub(crate) fn transport_address(address: SocketAddr) -> h225::TransportAddress {
    let port = address.port();
    match address {
        SocketAddr::V4(v4) => h225::TransportAddress::IpAddress(h225::IpAddress { ip: v4.ip().octets(), port }),
        SocketAddr::V6(v6) => {
            let ip = v6.ip().octets();
            h225::TransportAddress::Ip6Address(h225::Ip6Address { ip, port, ..Default::default() })
        }
    }
}
