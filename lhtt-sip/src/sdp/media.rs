//! One media section: the m= line and the lines after it (RFC 8866 5.14).

use super::attribute::{Direction, Fmtp, Rtcp, RtpMap, read_payload_type};
use super::connection::{Connection, read_connection};
use super::limits::FORMATS_MAX;
use super::line::{Line, Place, Section};
use super::{AudioFormat, Fault};

/// What the protocol field of an m= line means to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// RTP without keys: `RTP/AVP`.
    Avp,
    /// RTP without keys, with early feedback: `RTP/AVPF` (RFC 4585).
    Avpf,
    /// SRTP keyed in SDP: `RTP/SAVP`, `RTP/SAVPF`.
    Srtp,
    /// SRTP keyed by DTLS: `UDP/TLS/RTP/SAVP`, `UDP/TLS/RTP/SAVPF` (RFC 5764).
    DtlsSrtp,
    /// Anything else, such as `TCP/BFCP` or `udptl`.
    Other,
}

impl Profile {
    /// Whether it is RTP that needs no keys.
    pub const fn is_plain_rtp(self) -> bool {
        matches!(self, Self::Avp | Self::Avpf)
    }

    fn of(protocol: &str) -> Self {
        match protocol.to_ascii_uppercase().as_str() {
            "RTP/AVP" => Self::Avp,
            "RTP/AVPF" => Self::Avpf,
            "RTP/SAVP" | "RTP/SAVPF" => Self::Srtp,
            "UDP/TLS/RTP/SAVP" | "UDP/TLS/RTP/SAVPF" => Self::DtlsSrtp,
            _ => Self::Other,
        }
    }
}

/// An m= line and what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Media {
    kind: String,
    port: u16,
    ports: u16,
    protocol: String,
    formats: Vec<String>,
    connection: Option<Connection>,
    section: Section,
}

impl Media {
    /// `audio`, `video`, `application` …
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// The transport port; 0 declines or disables the media (RFC 3264 6).
    pub fn port(&self) -> u16 {
        self.port
    }

    /// How many port pairs, 1 but for layered streams.
    pub fn ports(&self) -> u16 {
        self.ports
    }

    /// The protocol as written.
    pub fn protocol(&self) -> &str {
        &self.protocol
    }

    /// The protocol as we understand it.
    pub fn profile(&self) -> Profile {
        Profile::of(&self.protocol)
    }

    /// The formats as written, in preference.
    pub fn formats(&self) -> &[String] {
        &self.formats
    }

    /// The section's own first c= line.
    pub fn connection(&self) -> Option<&Connection> {
        self.connection.as_ref()
    }

    /// The section's lines, the m= line first.
    pub fn section(&self) -> &Section {
        &self.section
    }

    /// Whether RTP and RTCP may share a port (RFC 5761).
    pub fn rtcp_mux(&self) -> bool {
        self.section.has("rtcp-mux")
    }

    /// Where RTCP is wanted, if the section says.
    pub fn rtcp(&self) -> Option<Rtcp> {
        self.section.attribute("rtcp").and_then(Rtcp::read)
    }

    /// Milliseconds of sound in a packet.
    pub fn ptime(&self) -> Option<u32> {
        self.section.attribute("ptime").and_then(|value| value.parse().ok())
    }

    /// The section's own direction.
    pub fn direction(&self) -> Option<Direction> {
        self.section.direction()
    }

    /// The formats of an RTP audio section that have a known meaning, in preference.
    pub fn audio_formats(&self) -> Vec<AudioFormat> {
        let maps: Vec<RtpMap> = self.values("rtpmap").filter_map(RtpMap::read).collect();
        let fmtps: Vec<Fmtp> = self.values("fmtp").filter_map(Fmtp::read).collect();
        let read = |format: &String| {
            let payload_type = read_payload_type(format)?;
            let fmtp = fmtps.iter().find(|fmtp| fmtp.format == *format).map(|fmtp| fmtp.parameters.clone());
            match maps.iter().find(|map| map.payload_type == payload_type) {
                Some(map) => Some(AudioFormat::of_map(map.clone(), fmtp)),
                None => AudioFormat::of_static(payload_type).map(|format| AudioFormat { fmtp, ..format }),
            }
        };
        self.formats.iter().filter_map(read).collect()
    }

    fn values(&self, name: &'static str) -> impl Iterator<Item = &str> {
        self.section.attributes().filter_map(move |(is, value)| if is == name { value } else { None })
    }

    pub(super) fn begin(line: Line, place: Place) -> Result<Self, Fault> {
        let text = line.text().ok_or_else(|| place.malformed("an m= line that is not UTF-8"))?;
        let mut fields = text.split_ascii_whitespace().map(str::to_owned);
        let (Some(kind), Some(port), Some(protocol)) = (fields.next(), fields.next(), fields.next()) else {
            return Err(place.malformed(format!("`m={text}` is not media, port, protocol and formats")));
        };
        let formats: Vec<String> = fields.collect();
        let (port, ports) = read_port(&port).ok_or_else(|| place.malformed(format!("port `{port}` of an m= line")))?;
        // Seen in answers that decline: no format after the protocol. With a port it would be a stream of nothing.
        if formats.is_empty() && port != 0 {
            return Err(place.malformed(format!("`m={text}` has no format")));
        }
        if formats.len() > FORMATS_MAX {
            return Err(Fault::unsupported(format!("an m= line with more than {FORMATS_MAX} formats")));
        }
        let section = Section { lines: vec![line] };
        Ok(Self { kind, port, ports, protocol, formats, connection: None, section })
    }

    pub(super) fn push(&mut self, line: Line, place: Place) -> Result<(), Fault> {
        if line.letter == b'c' && self.connection.is_none() {
            self.connection = Some(connection(&line, place)?);
        }
        self.section.lines.push(line);
        Ok(())
    }
}

pub(super) fn connection(line: &Line, place: Place) -> Result<Connection, Fault> {
    let text = line.text().ok_or_else(|| place.malformed("a c= line that is not UTF-8"))?;
    read_connection(text).map_err(|text| place.malformed(text))
}

fn read_port(text: &str) -> Option<(u16, u16)> {
    match text.split_once('/') {
        Some((port, count)) => Some((port.parse().ok()?, count.parse().ok().filter(|count| *count > 0)?)),
        None => Some((text.parse().ok()?, 1)),
    }
}
