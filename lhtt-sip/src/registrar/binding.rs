//! One binding of an address of record to a contact (RFC 3261 10.3, RFC 5626 6).

use crate::message::NameAddr;
use lhtt_core::io::{ListenerId, StreamId};
use lhtt_core::time::{Duration, Instant};
use std::net::SocketAddr;

/// Where an address of record is reached. Holds copies alone, nothing of the message that brought it.
#[derive(Clone, Debug)]
pub struct Binding {
    /// The contact, with its parameters.
    pub contact: NameAddr,
    /// Path values in their order, as one header value; empty where there are none (RFC 3327 5.3).
    pub path: Box<str>,
    /// The way its registration came, where no proxy stands between: requests go back on it (RFC 5626 7).
    pub flow: Option<Flow>,
    /// When it ends.
    pub expires: Instant,
    /// Whether it is one flow of an instance, told apart by `reg-id` (RFC 5626 6).
    pub outbound: bool,
    pub(super) call_id: Box<str>,
    pub(super) cseq: u32,
}

/// A connection or a pair of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flow {
    /// Datagrams between a listener of ours and an address.
    Datagrams {
        /// Ours.
        listener: ListenerId,
        /// Theirs.
        remote: SocketAddr,
    },
    /// A stream.
    Stream(StreamId),
}

impl Binding {
    /// Its preference in thousandths; the whole where nothing is said (RFC 3261 20.10).
    pub fn preference(&self) -> u16 {
        self.contact.params.get("q").and_then(thousandths).unwrap_or(1_000)
    }

    /// The instance that registered (RFC 5626 4.1), as written.
    pub fn instance(&self) -> Option<&str> {
        self.contact.params.get("+sip.instance")
    }

    /// Which flow of the instance it is (RFC 5626 4.2).
    pub fn reg_id(&self) -> Option<&str> {
        self.contact.params.get("reg-id")
    }

    /// Seconds until it ends, rounded up.
    pub fn remaining(&self, now: Instant) -> u64 {
        (self.expires - now).as_nanos().div_ceil(Duration::from_secs(1).as_nanos()) as u64
    }

    /// Whether a contact replaces this one: the same flow of the same instance, else an equivalent URI (RFC 3261 10.3 step 7).
    pub(super) fn is_replaced_by(&self, contact: &NameAddr, outbound: bool) -> bool {
        match outbound && self.outbound {
            true => {
                let of = |name| contact.params.get(name);
                self.instance() == of("+sip.instance") && self.reg_id() == of("reg-id")
            }
            false => self.outbound == outbound && self.contact.uri.equivalent(&contact.uri),
        }
    }
}

/// `0`, `1`, or a fraction of up to three digits; what is not so means nothing.
fn thousandths(q: &str) -> Option<u16> {
    let (whole, fraction) = q.split_once('.').unwrap_or((q, ""));
    let digits = fraction.len() <= 3 && fraction.bytes().all(|octet| octet.is_ascii_digit());
    let fraction: u16 = if digits { format!("{fraction:0<3}").parse().ok()? } else { return None };
    match whole {
        "0" => Some(fraction),
        "1" if fraction == 0 => Some(1_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::thousandths;

    #[test]
    fn preferences_are_thousandths() {
        let read = ["0", "0.5", "0.125", "1", "1.0", "1.000", "1.1", "0.1234", "2", "", "x"].map(thousandths);
        let expected =
            [Some(0), Some(500), Some(125), Some(1_000), Some(1_000), Some(1_000), None, None, None, None, None];
        assert_eq!(read, expected);
    }
}
