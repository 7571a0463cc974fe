//! Checks values and collects what is wrong, so that one run of `check-config` names everything.

use crate::settings::Network;
use std::fmt::Display;
use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use std::str::FromStr;

/// One wrong value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, as `peer[0].address`.
    pub field: String,
    /// What stands there.
    pub value: String,
    /// What may stand there.
    pub allowed: String,
}

/// Collects faults. A method that finds one returns a stand-in, and the whole is refused at the end.
#[derive(Debug, Default)]
pub(super) struct Checker {
    pub faults: Vec<Fault>,
}

impl Checker {
    /// Notes a fault.
    pub(super) fn fault(&mut self, field: impl Into<String>, value: impl Display, allowed: impl Into<String>) {
        self.faults.push(Fault { field: field.into(), value: value.to_string(), allowed: allowed.into() });
    }

    /// Notes a fault unless `right`.
    pub(super) fn ensure(&mut self, right: bool, field: impl Into<String>, value: impl Display, allowed: &str) {
        if !right {
            self.fault(field, value, allowed);
        }
    }

    /// Parses a text.
    pub(super) fn parse<T: FromStr>(&mut self, field: &str, value: &str, allowed: &str) -> Option<T> {
        let parsed = value.parse().ok();
        self.ensure(parsed.is_some(), field, value, allowed);
        parsed
    }

    /// A socket address with a port.
    pub(super) fn address(&mut self, field: &str, value: &str) -> Option<SocketAddr> {
        let address: SocketAddr = self.parse(field, value, "ip:port, as 192.0.2.1:5061 or [2001:db8::1]:5061")?;
        self.ensure(address.port() != 0, field, value, "a port of 1 to 65535");
        Some(address)
    }

    /// A number in a range, or its default.
    pub(super) fn number<T: TryFrom<i64> + Display + Copy>(
        &mut self,
        field: &str,
        value: Option<i64>,
        range: RangeInclusive<i64>,
        default: T,
    ) -> T {
        let Some(value) = value else { return default };
        match T::try_from(value) {
            Ok(number) if range.contains(&value) => number,
            _ => {
                self.fault(field, value, format!("{} to {}", range.start(), range.end()));
                default
            }
        }
    }

    /// One of a few words.
    pub(super) fn word<T: Copy>(&mut self, field: &str, value: &str, words: &[(&str, T)]) -> Option<T> {
        let found = words.iter().find(|(word, _)| *word == value).map(|&(_, meaning)| meaning);
        if found.is_none() {
            let all: Vec<_> = words.iter().map(|&(word, _)| word).collect();
            self.fault(field, value, format!("one of {}", all.join(", ")));
        }
        found
    }

    /// A network, as `10.1.0.0/16`; a bare address is a network of one.
    pub(super) fn network(&mut self, field: &str, value: &str) -> Option<Network> {
        let network = network(value);
        self.ensure(network.is_some(), field, value, "a network as 10.1.0.0/16 or 2001:db8::/32, no bits set below it");
        network
    }

    /// Something that stands in a list only once.
    pub(super) fn unique<'a>(&mut self, field: &str, values: impl IntoIterator<Item = &'a str>) {
        let mut seen = std::collections::BTreeSet::new();
        for (index, value) in values.into_iter().enumerate() {
            self.ensure(seen.insert(value), field.replace('*', &index.to_string()), value, "something used only once");
        }
    }

    /// A name for people or logs: not empty, no control characters.
    pub(super) fn name(&mut self, field: &str, value: &str) {
        let right = !value.trim().is_empty() && value.len() <= NAME_BYTES_MAX && !value.chars().any(char::is_control);
        self.ensure(right, field, value, "1 to 200 octets of text");
    }

    /// A host name or an IP address.
    pub(super) fn host(&mut self, field: &str, value: &str) {
        self.ensure(is_host(value), field, value, "a host name as hnth.example, or an IP address");
    }

    /// The written reason for something plain.
    pub(super) fn reason(&mut self, field: &str, value: Option<&str>) -> String {
        let reason = value.unwrap_or_default().trim();
        let right = reason.chars().count() >= REASON_CHARS_MIN;
        self.ensure(right, field, reason, "why this is not TLS, in at least 10 characters, for the auditor");
        reason.to_owned()
    }
}

fn network(value: &str) -> Option<Network> {
    let (address, prefix) = match value.split_once('/') {
        Some((address, prefix)) => (address.parse::<IpAddr>().ok()?, prefix.parse::<u8>().ok()?),
        None => {
            let address: IpAddr = value.parse().ok()?;
            (address, if address.is_ipv4() { 32 } else { 128 })
        }
    };
    let below = match address {
        IpAddr::V4(ip) if prefix <= 32 => u32::from(ip).checked_shl(u32::from(prefix)).unwrap_or(0) == 0,
        IpAddr::V6(ip) if prefix <= 128 => u128::from(ip).checked_shl(u32::from(prefix)).unwrap_or(0) == 0,
        _ => false,
    };
    below.then_some(Network { address, prefix })
}

fn is_host(value: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|octet| octet.is_ascii_alphanumeric() || octet == b'-')
    };
    value.parse::<IpAddr>().is_ok() || (value.len() <= 253 && value.split('.').all(label))
}

/// Longest name.
const NAME_BYTES_MAX: usize = 200;

/// Shortest reason that can be one.
const REASON_CHARS_MIN: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_and_hosts() {
        for right in ["10.1.0.0/16", "127.0.0.2", "0.0.0.0/0", "2001:db8::/32", "::1"] {
            assert!(network(right).is_some(), "{right}");
        }
        for wrong in ["10.1.0.1/16", "10.0.0.0/33", "10.0.0.0/", "example", "2001:db8::1/32", ""] {
            assert!(network(wrong).is_none(), "{wrong}");
        }
        for (host, right) in [("hnth.example", true), ("127.0.0.1", true), ("-a", false), ("a..b", false), ("", false)]
        {
            assert_eq!(is_host(host), right, "{host}");
        }
    }
}
