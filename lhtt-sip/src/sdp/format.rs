//! One audio format of an m= line, neutral of any stack: what rtpmap and fmtp say, or what RFC 3551 says of a static
//! payload type without rtpmap; and when two descriptions of a format mean the same codec.

use super::attribute::RtpMap;
use super::events::EventSet;

/// A payload type and what it carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AudioFormat {
    /// The RTP payload type, as the one who describes it wants to receive it.
    pub payload_type: u8,
    /// The encoding name of RFC 3551 or its registration, such as `PCMA`; compared without regard to case.
    pub encoding: String,
    /// Hertz of the RTP clock. G722 has 8000 here (RFC 3551 4.5.2).
    pub clock_rate: u32,
    /// Channels, mostly 1.
    pub channels: u8,
    /// The format's parameters as in fmtp.
    pub fmtp: Option<String>,
}

impl AudioFormat {
    /// A format with one channel and no parameters.
    pub fn new(payload_type: u8, encoding: &str, clock_rate: u32) -> Self {
        Self { payload_type, encoding: encoding.to_owned(), clock_rate, channels: 1, fmtp: None }
    }

    /// What a static payload type means without rtpmap (RFC 3551 6), for those that endpoints use so.
    pub fn of_static(payload_type: u8) -> Option<Self> {
        STATIC.iter().find(|(is, ..)| *is == payload_type).map(|(_, name, clock)| Self::new(payload_type, name, *clock))
    }

    /// G.711 µ-law.
    pub fn pcmu() -> Self {
        Self::new(0, "PCMU", 8000)
    }

    /// G.711 A-law.
    pub fn pcma() -> Self {
        Self::new(8, "PCMA", 8000)
    }

    /// G.722 at 64 kbit/s.
    pub fn g722() -> Self {
        Self::new(9, "G722", 8000)
    }

    /// G.728.
    pub fn g728() -> Self {
        Self::new(15, "G728", 8000)
    }

    /// G.729; without Annex B where `silence` is false.
    pub fn g729(silence: bool) -> Self {
        let fmtp = if silence { None } else { Some("annexb=no".to_owned()) };
        Self { fmtp, ..Self::new(18, "G729", 8000) }
    }

    /// DTMF as RTP events (RFC 4733).
    pub fn telephone_event(payload_type: u8) -> Self {
        let fmtp = Some(EventSet::DTMF.to_string());
        Self { fmtp, ..Self::new(payload_type, TELEPHONE_EVENT, 8000) }
    }

    /// Whether it carries RTP events and not sound.
    pub fn is_telephone_event(&self) -> bool {
        self.encoding.eq_ignore_ascii_case(TELEPHONE_EVENT)
    }

    /// Whether it carries comfort noise (RFC 3389) and not sound.
    pub fn is_comfort_noise(&self) -> bool {
        self.encoding.eq_ignore_ascii_case("CN")
    }

    /// The events, if it carries RTP events.
    pub fn events(&self) -> Option<EventSet> {
        self.is_telephone_event().then(|| EventSet::read(self.fmtp.as_deref()))
    }

    /// The value of one fmtp parameter written `name=value` between semicolons.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let items = self.fmtp.as_deref()?.split(';');
        items
            .filter_map(|item| item.split_once('='))
            .find(|(is, _)| is.trim_ascii().eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim_ascii())
    }

    /// The parameters that we answer with, where `theirs` means the codec that this one of ours means; none where the
    /// two are different codecs. Payload types do not matter.
    pub fn matches(&self, theirs: &Self) -> Option<Option<String>> {
        let same = self.encoding.eq_ignore_ascii_case(&theirs.encoding)
            && self.clock_rate == theirs.clock_rate
            && self.channels == theirs.channels;
        if !same {
            return None;
        }
        match self.encoding.to_ascii_uppercase().as_str() {
            // Either side may rule the annex out (RFC 4856 2.1.9, RFC 3555 4.1.7 before it).
            "G729" => Some(self.without_annex(theirs, "annexb")),
            "G723" => Some(self.without_annex(theirs, "annexa")),
            // The rate is part of the codec (RFC 5577 4.1).
            "G7221" => self.equal_parameter(theirs, "bitrate", ""),
            // The two packings are as good as two codecs (RFC 4867 8.3.1).
            "AMR" | "AMR-WB" => self.equal_parameter(theirs, "octet-align", "0"),
            "TELEPHONE-EVENT" => {
                let both = EventSet::read(self.fmtp.as_deref()).and(&EventSet::read(theirs.fmtp.as_deref()));
                (!both.is_empty()).then(|| Some(both.to_string()))
            }
            _ => Some(self.fmtp.clone()),
        }
    }

    pub(super) fn of_map(map: RtpMap, fmtp: Option<String>) -> Self {
        let RtpMap { payload_type, encoding, clock_rate, channels } = map;
        Self { payload_type, encoding, clock_rate, channels, fmtp }
    }

    fn without_annex(&self, theirs: &Self, annex: &str) -> Option<String> {
        let no = |format: &Self| format.parameter(annex).is_some_and(|value| value.eq_ignore_ascii_case("no"));
        if no(self) || no(theirs) { Some(format!("{annex}=no")) } else { self.fmtp.clone() }
    }

    fn equal_parameter(&self, theirs: &Self, name: &str, default: &str) -> Option<Option<String>> {
        let equal = self.parameter(name).unwrap_or(default) == theirs.parameter(name).unwrap_or(default);
        equal.then(|| self.fmtp.clone())
    }
}

const TELEPHONE_EVENT: &str = "telephone-event";

/// RFC 3551 6, tables 4 and 5; 13 is RFC 3389.
const STATIC: [(u8, &str, u32); 8] = [
    (0, "PCMU", 8000),
    (3, "GSM", 8000),
    (4, "G723", 8000),
    (8, "PCMA", 8000),
    (9, "G722", 8000),
    (13, "CN", 8000),
    (15, "G728", 8000),
    (18, "G729", 8000),
];
