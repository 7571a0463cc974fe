//! Addresses with a display name: From, To, Contact, Route, Record-Route and their like (RFC 3261 20.10, 20.20, 25.1).

use crate::message::params::Params;
use crate::message::{Fault, Text, Uri, scan, uri_grammar};
use std::borrow::Cow;
use std::fmt;

/// `"Display" <uri>;params`, or `uri;params` without the brackets.
///
/// ```
/// use lhtt_sip::message::NameAddr;
/// let from: NameAddr = "\"UBND tỉnh\" <sip:0912@example.vn;user=phone>;tag=7".parse()?;
/// assert_eq!((from.display().as_deref(), from.tag()), (Some("UBND tỉnh"), Some("7")));
/// # Ok::<(), lhtt_sip::message::Fault>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameAddr {
    /// The display name as written, with its quotes.
    display: Option<Text>,
    /// The address.
    pub uri: Uri,
    /// The header's parameters, not those of the URI.
    pub params: Params,
}

impl NameAddr {
    /// An address alone.
    pub fn new(uri: Uri) -> Self {
        Self { display: None, uri, params: Params::new() }
    }

    /// The same with a display name, which is quoted as needed.
    #[must_use]
    pub fn with_display(mut self, display: &str) -> Self {
        self.display = Some(scan::quote(display).into());
        self
    }

    /// The same with a tag.
    #[must_use]
    pub fn with_tag(mut self, tag: &str) -> Self {
        self.params.set("tag", Some(tag));
        self
    }

    /// The same with a parameter.
    #[must_use]
    pub fn with_param(mut self, name: &str, value: Option<&str>) -> Self {
        self.params.set(name, value);
        self
    }

    /// The display name without quotes and escapes.
    pub fn display(&self) -> Option<Cow<'_, str>> {
        self.display.as_deref().map(scan::unquote)
    }

    /// The tag (RFC 3261 19.3).
    pub fn tag(&self) -> Option<&str> {
        self.params.get("tag").filter(|tag| !tag.is_empty())
    }

    /// Reads one address.
    pub fn read(text: &Text) -> Result<Self, Fault> {
        Self::read_part(text, text)
    }

    /// Reads one address from a part of a value, sharing its octets.
    pub(crate) fn read_part(text: &Text, part: &str) -> Result<Self, Fault> {
        match scan::find_outside(part, false, b'<')? {
            Some(open) => Self::bracketed(text, part, open),
            None => Self::bare(text, part),
        }
    }

    fn bracketed(text: &Text, part: &str, open: usize) -> Result<Self, Fault> {
        let inner = &part[open + 1..];
        let close = memchr::memchr(b'>', inner.as_bytes());
        let close = close.ok_or_else(|| Fault::malformed(open, "a `<` is not closed"))?;
        let display = scan::trim(&part[..open]);
        let uri = uri_grammar::trimmed(text, &inner[..close]);
        Ok(Self {
            display: (!display.is_empty()).then(|| text.part(display)),
            uri: Uri::read(&uri).map_err(|fault| fault.shifted(open + 1))?,
            params: Params::read(text, &inner[close + 1..]).map_err(|fault| fault.shifted(open + close + 2))?,
        })
    }

    /// Without brackets, parameters belong to the header, and the URI may hold neither `?` nor `,` (RFC 3261 20).
    fn bare(text: &Text, part: &str) -> Result<Self, Fault> {
        let end = bare_end(part);
        let uri = uri_grammar::trimmed(text, &part[..end]);
        let uri = Uri::read(&uri)?;
        if uri.headers().is_some() {
            return Err(Fault::malformed(0, "a URI with headers stands outside of `<>`"));
        }
        Ok(Self { display: None, uri, params: Params::read(text, &part[end..]).map_err(|fault| fault.shifted(end))? })
    }
}

/// Where a URI without brackets ends: at the first `;` after its user part.
fn bare_end(part: &str) -> usize {
    let semicolon = memchr::memchr(b';', part.as_bytes()).unwrap_or(part.len());
    match memchr::memchr(b'@', part.as_bytes()) {
        // `;` may stand in a user part; a `=` or a space before the `@` says that this `@` belongs to a parameter.
        Some(at) if at > semicolon && !part[semicolon..at].contains(['"', ' ', '\t']) => {
            memchr::memchr(b';', &part.as_bytes()[at..]).map_or(part.len(), |semicolon| at + semicolon)
        }
        _ => semicolon,
    }
}

impl std::str::FromStr for NameAddr {
    type Err = Fault;
    fn from_str(text: &str) -> Result<Self, Fault> {
        Self::read(&text.into())
    }
}

impl fmt::Display for NameAddr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(display) = &self.display {
            write!(f, "{display} ")?;
        }
        write!(f, "<{}>{}", self.uri, self.params)
    }
}

impl From<NameAddr> for Text {
    fn from(value: NameAddr) -> Self {
        value.to_string().into()
    }
}

impl From<&NameAddr> for Text {
    fn from(value: &NameAddr) -> Self {
        value.to_string().into()
    }
}

impl From<Uri> for NameAddr {
    fn from(uri: Uri) -> Self {
        Self::new(uri)
    }
}
