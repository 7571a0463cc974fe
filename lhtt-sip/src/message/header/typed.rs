//! Typed access to the headers a stack works with, read when asked for.
//!
//! A fault's offset points into the message where the field was read from one, else into the value.

use super::{CSeq, Contact, Header, Headers, Name, NameAddr, Reason, Via, Warning};
use crate::message::params::Params;
use crate::message::{Fault, FaultKind, Text, scan};

/// A media type: `type/subtype` and parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaType {
    /// `type/subtype`, as written without white space.
    pub essence: Text,
    /// The parameters.
    pub params: Params,
}

impl MediaType {
    /// Whether it is this `type/subtype`, case aside.
    pub fn is(&self, essence: &str) -> bool {
        self.essence.eq_ignore_ascii_case(essence)
    }
}

impl Headers {
    /// All Via elements, topmost first.
    pub fn via(&self) -> Result<Vec<Via>, Fault> {
        self.elements(Name::Via, Via::read_part)
    }

    /// The topmost Via.
    pub fn top_via(&self) -> Result<Via, Fault> {
        let header = self.required(Name::Via)?;
        let text = header.text();
        let end = scan::find_outside(&text, true, b',');
        let read = end.and_then(|end| Via::read_part(&text, scan::trim(&text[..end.unwrap_or(text.len())])));
        read.map_err(|fault| fault.shifted(header.offset()))
    }

    /// Replaces the topmost Via and leaves the others.
    pub fn set_top_via(&mut self, via: &Via) {
        let rest = self.get(Name::Via).and_then(|value| {
            let end = scan::find_outside(value, true, b',').ok().flatten()?;
            Some(scan::trim(&value[end + 1..]).to_owned())
        });
        match rest {
            Some(rest) => self.set_first(Name::Via, format!("{via}, {rest}")),
            None => self.set_first(Name::Via, via),
        }
    }

    /// From.
    pub fn from(&self) -> Result<NameAddr, Fault> {
        self.one(Name::From, NameAddr::read)
    }

    /// To.
    pub fn to(&self) -> Result<NameAddr, Fault> {
        self.one(Name::To, NameAddr::read)
    }

    /// CSeq.
    pub fn cseq(&self) -> Result<CSeq, Fault> {
        self.one(Name::CSeq, CSeq::read)
    }

    /// Call-ID, compared octet for octet (RFC 3261 20.8).
    pub fn call_id(&self) -> Result<Text, Fault> {
        self.one(Name::CallId, call_id)
    }

    /// All Contact elements.
    pub fn contacts(&self) -> Result<Vec<Contact>, Fault> {
        self.elements(Name::Contact, Contact::read_part)
    }

    /// All Route elements, topmost first.
    pub fn route(&self) -> Result<Vec<NameAddr>, Fault> {
        self.elements(Name::Route, NameAddr::read_part)
    }

    /// All Record-Route elements in the order of the message.
    pub fn record_route(&self) -> Result<Vec<NameAddr>, Fault> {
        self.elements(Name::RecordRoute, NameAddr::read_part)
    }

    /// Max-Forwards.
    pub fn max_forwards(&self) -> Result<Option<u8>, Fault> {
        self.optional(Name::MaxForwards, max_forwards)
    }

    /// Content-Length. Two that differ are a fault, two that agree are not.
    pub fn content_length(&self) -> Result<Option<usize>, Fault> {
        let mut length = None;
        for header in self.all(Name::ContentLength) {
            let read = number(header.value(), u64::from(u32::MAX)).map_err(|fault| fault.shifted(header.offset()))?;
            if length.is_some_and(|length| length != read as usize) {
                let text = "two Content-Length headers disagree";
                return Err(Fault::new(FaultKind::Repeated, header.offset(), text));
            }
            length = Some(read as usize);
        }
        Ok(length)
    }

    /// Content-Type.
    pub fn content_type(&self) -> Result<Option<MediaType>, Fault> {
        self.optional(Name::ContentType, media_type)
    }

    /// Expires in seconds. A number too large to hold counts as the largest (RFC 3261 20.19).
    pub fn expires(&self) -> Result<Option<u32>, Fault> {
        self.optional(Name::Expires, |text| {
            seconds(text).ok_or_else(|| Fault::malformed(0, "Expires is not a number of seconds"))
        })
    }

    /// Option tags of Require.
    pub fn require(&self) -> Result<Vec<Text>, Fault> {
        self.tokens(Name::Require)
    }

    /// Option tags of Supported. An empty header is allowed.
    pub fn supported(&self) -> Result<Vec<Text>, Fault> {
        self.tokens(Name::Supported)
    }

    /// Methods of Allow.
    pub fn allow(&self) -> Result<Vec<Text>, Fault> {
        self.tokens(Name::Allow)
    }

    /// Reason values (RFC 3326).
    pub fn reasons(&self) -> Result<Vec<Reason>, Fault> {
        self.elements(Name::Reason, Reason::read_part)
    }

    /// Warning values.
    pub fn warnings(&self) -> Result<Vec<Warning>, Fault> {
        self.elements(Name::Warning, Warning::read_part)
    }

    /// The words of a header that is a comma-separated list of tokens, over all its fields.
    pub fn tokens(&self, name: Name) -> Result<Vec<Text>, Fault> {
        let mut out = Vec::new();
        for header in self.all(name) {
            let text = header.text();
            let each = |offset, part: &str| match part {
                "" => Ok(()),
                part if scan::is_token(part) => {
                    out.push(text.part(part));
                    Ok(())
                }
                _ => Err(Fault::malformed(offset, "an element is not a token")),
            };
            scan::split(&text, each).map_err(|fault| fault.shifted(header.offset()))?;
        }
        Ok(out)
    }

    /// The addresses of any header that is a list of them (P-Asserted-Identity, Path …).
    pub fn addresses(&self, name: impl Into<Name>) -> Result<Vec<NameAddr>, Fault> {
        self.elements(name.into(), NameAddr::read_part)
    }

    fn elements<T>(&self, name: Name, read: impl Fn(&Text, &str) -> Result<T, Fault>) -> Result<Vec<T>, Fault> {
        let mut out = Vec::new();
        for header in self.all(name) {
            header.each(&read, |element| out.push(element))?;
        }
        Ok(out)
    }

    fn required(&self, name: Name) -> Result<Header<'_>, Fault> {
        let missing = || Fault::new(FaultKind::Missing, 0, format!("there is no {name} header"));
        self.first(&name).ok_or_else(missing)
    }

    pub(super) fn one<T>(&self, name: Name, read: impl Fn(&Text) -> Result<T, Fault>) -> Result<T, Fault> {
        self.required(name)?.read(read)
    }

    pub(super) fn optional<T>(&self, name: Name, read: impl Fn(&Text) -> Result<T, Fault>) -> Result<Option<T>, Fault> {
        self.first(name).map(|header| header.read(read)).transpose()
    }
}

impl Header<'_> {
    /// Reads the whole value.
    pub(in crate::message) fn read<T>(self, read: impl Fn(&Text) -> Result<T, Fault>) -> Result<T, Fault> {
        read(&self.text()).map_err(|fault| fault.shifted(self.offset()))
    }

    /// Reads the value as a list.
    pub(in crate::message) fn each<T>(
        self,
        read: impl Fn(&Text, &str) -> Result<T, Fault>,
        mut take: impl FnMut(T),
    ) -> Result<(), Fault> {
        let text = self.text();
        let each = |offset, part: &str| {
            take(read(&text, part).map_err(|fault| fault.shifted(offset))?);
            Ok(())
        };
        scan::split(&text, each).map_err(|fault| fault.shifted(self.offset()))
    }
}

/// Reads a Call-ID value.
pub(in crate::message) fn call_id(text: &Text) -> Result<Text, Fault> {
    match text.is_empty() || text.bytes().any(scan::is_space) {
        true => Err(Fault::malformed(0, "a Call-ID is not one word")),
        false => Ok(text.clone()),
    }
}

/// Reads a Max-Forwards value.
pub(in crate::message) fn max_forwards(text: &Text) -> Result<u8, Fault> {
    number(text, u64::from(u8::MAX)).map(|number| number as u8)
}

/// A number of seconds; one too large counts as the largest.
pub(super) fn seconds(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|octet| octet.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u32::MAX))
}

pub(super) fn number(text: &str, max: u64) -> Result<u64, Fault> {
    let digits = !text.is_empty() && text.bytes().all(|octet| octet.is_ascii_digit());
    let number = if digits { text.parse().ok() } else { None };
    number
        .filter(|&number| number <= max)
        .ok_or_else(|| Fault::malformed(0, format!("`{text}` is not a number from 0 to {max}")))
}

/// Reads a Content-Type value.
pub(in crate::message) fn media_type(text: &Text) -> Result<MediaType, Fault> {
    let whole = text.as_str();
    let end = memchr::memchr(b';', whole.as_bytes()).unwrap_or(whole.len());
    let essence = scan::trim(&whole[..end]);
    match essence.split_once('/') {
        Some((kind, subtype)) if scan::is_token(scan::trim(kind)) && scan::is_token(scan::trim(subtype)) => {
            let spaced = essence.contains([' ', '\t']);
            let essence = if spaced { essence.replace([' ', '\t'], "").into() } else { text.part(essence) };
            let params = Params::read(text, &whole[end..]).map_err(|fault| fault.shifted(end))?;
            Ok(MediaType { essence, params })
        }
        _ => Err(Fault::malformed(0, "a media type is not `type/subtype`")),
    }
}
