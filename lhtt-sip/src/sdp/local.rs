//! Our own side of a session: one audio stream at an address, as an offer or inside an answer.

use super::attribute::Direction;
use super::connection::write_host;
use super::line::Line;
use super::{AudioFormat, Fault, Sdp};
use std::net::SocketAddr;

/// What we can take, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalAudio {
    /// User of the o= line; `-` where there is none.
    pub username: String,
    /// Session id of the o= line; the same for the life of the dialog.
    pub session_id: u64,
    /// Session version of the o= line; one more with each changed description (RFC 3264 8).
    pub session_version: u64,
    /// Where we receive RTP; the address of the o= and c= lines too.
    pub rtp: SocketAddr,
    /// Where we receive RTCP, if not at the next port.
    pub rtcp: Option<SocketAddr>,
    /// Formats in preference, telephone-event among them.
    pub formats: Vec<AudioFormat>,
    /// Milliseconds of sound that we want in a packet.
    pub ptime: Option<u32>,
    /// Which ways media may flow, as we see it.
    pub direction: Direction,
}

impl LocalAudio {
    /// An audio stream both ways without ptime, RTCP at the next port, and no user name.
    pub fn new(session_id: u64, session_version: u64, rtp: SocketAddr, formats: Vec<AudioFormat>) -> Self {
        let direction = Direction::SendRecv;
        Self { username: "-".to_owned(), session_id, session_version, rtp, rtcp: None, formats, ptime: None, direction }
    }

    /// The offer that says so.
    ///
    /// # Errors
    /// [`Fault::Misuse`] where a field cannot be written, such as a user name with a line end, or without formats.
    pub fn offer(&self) -> Result<Sdp, Fault> {
        let mut lines = self.head("0 0");
        lines.extend(self.section("RTP/AVP", &self.formats, self.direction));
        Sdp::build(lines)
    }

    /// The session section, with the t= value of the offer where this is an answer (RFC 3264 6).
    pub(super) fn head(&self, times: &str) -> Vec<Line> {
        let host = write_host(self.rtp.ip());
        vec![
            Line::new(b'v', "0"),
            Line::new(b'o', format!("{} {} {} {host}", self.username, self.session_id, self.session_version)),
            Line::new(b's', "-"),
            Line::new(b'c', host),
            Line::new(b't', times),
        ]
    }

    /// The audio section with these formats.
    pub(super) fn section(&self, protocol: &str, formats: &[AudioFormat], direction: Direction) -> Vec<Line> {
        let numbers: String = formats.iter().map(|format| format!(" {}", format.payload_type)).collect();
        let mut lines = vec![Line::new(b'm', format!("audio {} {protocol}{numbers}", self.rtp.port()))];
        for AudioFormat { payload_type, encoding, clock_rate, channels, fmtp } in formats {
            let channels = if *channels == 1 { String::new() } else { format!("/{channels}") };
            lines.push(Line::new(b'a', format!("rtpmap:{payload_type} {encoding}/{clock_rate}{channels}")));
            if let Some(fmtp) = fmtp {
                lines.push(Line::new(b'a', format!("fmtp:{payload_type} {fmtp}")));
            }
        }
        lines.extend(self.ptime.map(|ptime| Line::new(b'a', format!("ptime:{ptime}"))));
        lines.extend(self.rtcp_line());
        lines.push(Line::new(b'a', direction.name()));
        lines
    }

    /// RFC 3605: said only where it is not the next port of the same address.
    fn rtcp_line(&self) -> Option<Line> {
        let rtcp = self.rtcp?;
        if rtcp.ip() != self.rtp.ip() {
            return Some(Line::new(b'a', format!("rtcp:{} {}", rtcp.port(), write_host(rtcp.ip()))));
        }
        (Some(rtcp.port()) != self.rtp.port().checked_add(1)).then(|| Line::new(b'a', format!("rtcp:{}", rtcp.port())))
    }
}
