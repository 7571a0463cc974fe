//! Attributes that audio needs: rtpmap and fmtp (RFC 8866 6.6, 6.15), directions (6.7), rtcp (RFC 3605).
//!
//! An attribute that cannot be read is as good as unknown: it stays among the lines, and the media goes without it.

use super::connection::{Host, read_host};
use std::net::IpAddr;

/// `a=rtpmap:payload-type encoding/clock-rate[/channels]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RtpMap {
    /// The RTP payload type.
    pub payload_type: u8,
    /// The encoding name; compared without regard to case.
    pub encoding: String,
    /// Hertz.
    pub clock_rate: u32,
    /// 1 where it is not said.
    pub channels: u8,
}

impl RtpMap {
    pub(super) fn read(value: &str) -> Option<Self> {
        let (payload_type, rest) = value.split_once(' ')?;
        let mut parts = rest.trim_ascii().split('/');
        let (encoding, clock_rate, channels) = (parts.next()?, parts.next()?, parts.next());
        Some(Self {
            payload_type: read_payload_type(payload_type)?,
            encoding: encoding.to_owned(),
            clock_rate: clock_rate.trim_ascii().parse().ok()?,
            channels: channels.map_or(Some(1), |channels| channels.trim_ascii().parse().ok())?,
        })
    }
}

/// `a=fmtp:format parameters`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fmtp {
    /// The format, for RTP a payload type.
    pub format: String,
    /// The rest, not taken apart.
    pub parameters: String,
}

impl Fmtp {
    pub(super) fn read(value: &str) -> Option<Self> {
        let (format, parameters) = value.split_once(' ')?;
        Some(Self { format: format.to_owned(), parameters: parameters.trim_ascii().to_owned() })
    }
}

/// `a=rtcp:port [network-type address-type address]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rtcp {
    /// Where RTCP is received.
    pub port: u16,
    /// Where it is not the address of the c= line.
    pub ip: Option<IpAddr>,
}

impl Rtcp {
    pub(super) fn read(value: &str) -> Option<Self> {
        let mut fields = value.split_ascii_whitespace();
        let port = fields.next()?.parse().ok().filter(|port| *port != 0)?;
        let ip = match (fields.next(), fields.next(), fields.next()) {
            (None, ..) => None,
            (Some(network), Some(kind), Some(address)) => match read_host(network, kind, address).ok()? {
                Host::Ip(ip) => Some(ip),
                Host::Name(_) => return None,
            },
            _ => return None,
        };
        Some(Self { port, ip })
    }
}

/// Which ways media flows, as the one who says it sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// Both ways.
    #[default]
    SendRecv,
    /// Out only.
    SendOnly,
    /// In only.
    RecvOnly,
    /// Neither.
    Inactive,
}

impl Direction {
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "sendrecv" => Self::SendRecv,
            "sendonly" => Self::SendOnly,
            "recvonly" => Self::RecvOnly,
            "inactive" => Self::Inactive,
            _ => return None,
        })
    }

    /// The attribute's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SendRecv => "sendrecv",
            Self::SendOnly => "sendonly",
            Self::RecvOnly => "recvonly",
            Self::Inactive => "inactive",
        }
    }

    /// The direction that sends and receives as told.
    pub const fn of(sends: bool, receives: bool) -> Self {
        match (sends, receives) {
            (true, true) => Self::SendRecv,
            (true, false) => Self::SendOnly,
            (false, true) => Self::RecvOnly,
            (false, false) => Self::Inactive,
        }
    }

    /// Whether the one who says it sends.
    pub const fn sends(self) -> bool {
        matches!(self, Self::SendRecv | Self::SendOnly)
    }

    /// Whether the one who says it receives.
    pub const fn receives(self) -> bool {
        matches!(self, Self::SendRecv | Self::RecvOnly)
    }

    /// The same flows seen from the other end.
    pub const fn reversed(self) -> Self {
        Self::of(self.receives(), self.sends())
    }

    /// The flows that both directions have.
    pub const fn and(self, other: Self) -> Self {
        Self::of(self.sends() && other.sends(), self.receives() && other.receives())
    }
}

/// RTP payload types have seven bits.
pub(super) fn read_payload_type(text: &str) -> Option<u8> {
    text.parse().ok().filter(|payload_type| *payload_type < 128)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_are_seen_from_the_other_side() {
        assert_eq!(Direction::SendOnly.reversed(), Direction::RecvOnly);
        assert_eq!(Direction::SendRecv.and(Direction::RecvOnly), Direction::RecvOnly);
        assert_eq!(Direction::SendOnly.and(Direction::RecvOnly), Direction::Inactive);
    }
}
