//! What a media section says about floor control (RFC 8856 4 and 5, peers of RFC 4583 too), and how others point at it: `label`
//! (RFC 4574) and `content` (RFC 4796).

use super::{Host, Media, Sdp};
use crate::bfcp::{ConferenceId, FloorId, UserId};
use std::net::SocketAddr;

/// What carries BFCP (RFC 8856 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloorTransport {
    /// `TCP/BFCP`
    Tcp,
    /// `TCP/TLS/BFCP`
    TcpTls,
    /// `TCP/DTLS/BFCP`, for ICE; never agreed to here.
    TcpDtls,
    /// `UDP/BFCP`
    Udp,
    /// `UDP/TLS/BFCP`: DTLS, which the owner has to bring.
    UdpTls,
}

impl FloorTransport {
    fn of(protocol: &str) -> Option<Self> {
        let all = [Self::Tcp, Self::TcpTls, Self::TcpDtls, Self::Udp, Self::UdpTls];
        all.into_iter().find(|transport| transport.name().eq_ignore_ascii_case(protocol))
    }

    /// As an m= line has it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tcp => "TCP/BFCP",
            Self::TcpTls => "TCP/TLS/BFCP",
            Self::TcpDtls => "TCP/DTLS/BFCP",
            Self::Udp => "UDP/BFCP",
            Self::UdpTls => "UDP/TLS/BFCP",
        }
    }

    /// Whether a stream is opened, so that `setup` and `connection` count.
    pub const fn is_stream(self) -> bool {
        matches!(self, Self::Tcp | Self::TcpTls | Self::TcpDtls)
    }

    /// The version where `bfcpver` says nothing (RFC 8856 5.5).
    pub const fn version(self) -> u8 {
        if self.is_stream() { 1 } else { 2 }
    }
}

/// Which sides of floor control one is ready to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FloorRoles {
    /// Client: `c-only`.
    pub client: bool,
    /// Server: `s-only`.
    pub server: bool,
}

impl FloorRoles {
    /// `c-s` of RFC 4583 means both (RFC 8856 5.1); words that we do not know mean nothing.
    fn read(value: &str) -> Self {
        let says = |role| value.split_ascii_whitespace().any(|word| word == role || word == "c-s");
        Self { client: says("c-only"), server: says("s-only") }
    }

    /// The attribute's value; empty where no role is taken.
    pub fn value(self) -> &'static str {
        match (self.client, self.server) {
            (true, true) => "c-only s-only",
            (true, false) => "c-only",
            (false, true) => "s-only",
            (false, false) => "",
        }
    }
}

/// Who opens a connection (RFC 4145 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setup {
    /// The one who says so.
    Active,
    /// The other.
    Passive,
    /// Either: the answerer chooses.
    ActPass,
    /// Nobody for now.
    HoldConn,
}

impl Setup {
    fn read(value: &str) -> Option<Self> {
        [Self::Active, Self::Passive, Self::ActPass, Self::HoldConn].into_iter().find(|setup| setup.name() == value)
    }

    /// The attribute's value.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Passive => "passive",
            Self::ActPass => "actpass",
            Self::HoldConn => "holdconn",
        }
    }
}

/// A floor and the labels of the media it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FloorMedia {
    /// The floor.
    pub floor: FloorId,
    /// Labels of media sections.
    pub labels: Vec<String>,
}

impl FloorMedia {
    /// `m-stream` is `mstrm` of an example that many followed (RFC 8856 5.4). A floor without streams is read too.
    fn read(value: &str) -> Option<Self> {
        let mut words = value.split_ascii_whitespace();
        let floor = FloorId(words.next()?.parse().ok()?);
        let first =
            words.next().map(|word| word.split_once(':').filter(|(name, _)| matches!(*name, "mstrm" | "m-stream")));
        let labels = match first {
            Some(Some((_, label))) => Some(label).into_iter().chain(words).filter(|label| !label.is_empty()),
            Some(None) => return None,
            None => return Some(Self { floor, labels: Vec::new() }),
        };
        Some(Self { floor, labels: labels.map(str::to_owned).collect() })
    }
}

/// A floor control stream as a description has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FloorStream {
    /// What carries it.
    pub transport: FloorTransport,
    /// Where its author is reached; none where the port is 0 or the address a name.
    pub address: Option<SocketAddr>,
    /// `floorctrl`; none where it is not said.
    pub roles: Option<FloorRoles>,
    /// `confid`
    pub conference: Option<ConferenceId>,
    /// `userid`
    pub user: Option<UserId>,
    /// `floorid`
    pub floors: Vec<FloorMedia>,
    /// `bfcpver`, or the transport's.
    pub versions: Vec<u8>,
    /// `setup`
    pub setup: Option<Setup>,
    /// `connection:existing`: the connection that is there goes on.
    pub existing: bool,
}

impl FloorStream {
    /// The floor control stream of a media section, if it is one: `m=application` over one of BFCP's protocols. Numbers that cannot be
    /// read are as good as not there, and so are streams of a floor without their word.
    pub fn of(sdp: &Sdp, media: &Media) -> Option<Self> {
        let application = media.kind().eq_ignore_ascii_case("application");
        let transport = FloorTransport::of(media.protocol()).filter(|_| application)?;
        let section = media.section();
        let number = |name| section.attribute(name);
        let ip = sdp.connection_of(media).and_then(|connection| match connection.host {
            Host::Ip(ip) => Some(ip),
            Host::Name(_) => None,
        });
        let floors = section
            .attributes()
            .filter(|(name, _)| *name == "floorid")
            .filter_map(|(_, value)| FloorMedia::read(value?));
        let said = number("bfcpver")
            .map(|value| value.split_ascii_whitespace().filter_map(|word| word.parse().ok()).collect());
        Some(Self {
            transport,
            address: ip.filter(|_| media.port() != 0).map(|ip| SocketAddr::new(ip, media.port())),
            roles: section.attribute("floorctrl").map(FloorRoles::read),
            conference: number("confid").and_then(|value| value.parse().ok()).map(ConferenceId),
            user: number("userid").and_then(|value| value.parse().ok()).map(UserId),
            floors: floors.collect(),
            versions: said.unwrap_or_else(|| vec![transport.version()]),
            setup: section.attribute("setup").and_then(Setup::read),
            existing: section.attribute("connection") == Some("existing"),
        })
    }
}

impl Media {
    /// What others call this section (RFC 4574): floors point at it.
    pub fn label(&self) -> Option<&str> {
        self.section().attribute("label")
    }

    /// What the section shows (RFC 4796), in order: `slides`, `speaker`, `main`, `alt` …
    pub fn content(&self) -> impl Iterator<Item = &str> {
        self.section().attribute("content").into_iter().flat_map(|value| value.split(',').map(str::trim_ascii))
    }
}
