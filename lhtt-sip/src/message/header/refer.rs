//! Refer-To (RFC 3515 2.1) with what conferencing puts into its URI (RFC 4579 5: a method, a Replaces), Replaces (RFC 3891).

use super::{Headers, Name, NameAddr};
use crate::message::params::Params;
use crate::message::{Fault, FaultKind, Method, Text, Uri, scan, uri::unescape};
use std::fmt;

/// The dialog that a new one takes the place of (RFC 3891 6.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaces {
    /// Its Call-ID.
    pub call_id: Text,
    /// The tag of whoever reads this.
    pub to_tag: String,
    /// The tag of the other end.
    pub from_tag: String,
    /// Whether it must be early still.
    pub early_only: bool,
}

impl Replaces {
    /// Reads a value.
    pub fn read(text: &Text) -> Result<Self, Fault> {
        let end = memchr::memchr(b';', text.as_bytes()).unwrap_or(text.len());
        let call_id = text.part(scan::trim(&text[..end]));
        super::call_id(&call_id)?;
        let params = Params::read(text, &text[end..]).map_err(|fault| fault.shifted(end))?;
        let tag = |name: &str| match params.get(name).filter(|tag| !tag.is_empty()) {
            Some(tag) => Ok(tag.to_owned()),
            None => Err(Fault::malformed(0, format!("a Replaces has no {name}"))),
        };
        let (to_tag, from_tag) = (tag("to-tag")?, tag("from-tag")?);
        Ok(Self { call_id, to_tag, from_tag, early_only: params.has("early-only") })
    }
}

impl fmt::Display for Replaces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{};to-tag={};from-tag={}", self.call_id, self.to_tag, self.from_tag)?;
        if self.early_only { f.write_str(";early-only") } else { Ok(()) }
    }
}

impl From<Replaces> for Text {
    fn from(value: Replaces) -> Self {
        value.to_string().into()
    }
}

/// Whom a REFER wants asked, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferTo {
    /// The address as written.
    pub address: NameAddr,
    /// INVITE unless the URI says otherwise; BYE removes from a conference (RFC 4579 5.11).
    pub method: Method,
    /// The dialog that the new one takes the place of.
    pub replaces: Option<Replaces>,
}

impl ReferTo {
    /// To call this URI.
    pub fn new(uri: Uri) -> Self {
        Self { address: NameAddr::new(uri), method: Method::Invite, replaces: None }
    }

    /// Reads a value.
    pub fn read(text: &Text) -> Result<Self, Fault> {
        let address = NameAddr::read(text)?;
        let method = address.uri.param("method").map(str::parse).transpose()?.unwrap_or(Method::Invite);
        let headers = address.uri.headers().unwrap_or_default();
        let mut fields = headers.split('&').filter_map(|field| field.split_once('='));
        let replaces = fields.find(|(name, _)| name.eq_ignore_ascii_case(Name::Replaces.as_str()));
        let replaces = replaces.map(|(_, value)| {
            let value = String::from_utf8(unescape(value));
            Replaces::read(&value.map_err(|_| Fault::malformed(0, "a Replaces is not UTF-8"))?.into())
        });
        Ok(Self { replaces: replaces.transpose()?, address, method })
    }
}

impl Headers {
    /// Refer-To, of which a REFER has exactly one (RFC 3515 2.4.1).
    pub fn refer_to(&self) -> Result<ReferTo, Fault> {
        match self.all(Name::ReferTo).nth(1) {
            Some(_) => Err(Fault::new(FaultKind::Repeated, 0, "there is more than one Refer-To")),
            None => self.one(Name::ReferTo, ReferTo::read),
        }
    }

    /// Referred-By (RFC 3892).
    pub fn referred_by(&self) -> Result<Option<NameAddr>, Fault> {
        self.optional(Name::ReferredBy, NameAddr::read)
    }

    /// Replaces (RFC 3891).
    pub fn replaces(&self) -> Result<Option<Replaces>, Fault> {
        match self.all(Name::Replaces).nth(1) {
            Some(_) => Err(Fault::new(FaultKind::Repeated, 0, "there is more than one Replaces")),
            None => self.optional(Name::Replaces, Replaces::read),
        }
    }
}
