//! Parameters of the authentication headers: `name=value` with commas between, values quoted or not (RFC 3261 25.1, `auth-param`).

use super::limits::{PARAMETERS_MAX, VALUE_BYTES_MAX};
use crate::message::{Fault, scan};

/// Names in lower case, values without their quotes. A name that comes twice is malformed: two readers could take different ones.
pub(super) struct Params(Vec<(String, String)>);

impl Params {
    /// Reads what stands behind `Digest`, or a whole Authentication-Info.
    pub(super) fn read(text: &str) -> Result<Self, Fault> {
        let mut list: Vec<(String, String)> = Vec::new();
        scan::split(text, |offset, part| {
            if part.is_empty() {
                return Ok(());
            }
            let fault = |text: &'static str| Fault::malformed(offset, text);
            let (name, value) =
                part.split_once('=').ok_or_else(|| fault("an authentication parameter has no value"))?;
            let (name, value) = (scan::trim(name).to_ascii_lowercase(), scan::trim(value));
            let whole = match value.starts_with('"') {
                true => scan::quoted(value.as_bytes()) == Some(value.len()),
                false => !value.bytes().any(|octet| octet <= b' ' || octet == b'"'),
            };
            if !scan::is_token(&name) || !whole {
                return Err(fault("an authentication parameter is not `name=value`"));
            }
            if value.len() > VALUE_BYTES_MAX || list.len() == PARAMETERS_MAX {
                return Err(fault("authentication parameters are too long or too many"));
            }
            if list.iter().any(|(known, _)| *known == name) {
                return Err(fault("an authentication parameter comes twice"));
            }
            list.push((name, scan::unquote(value).into_owned()));
            Ok(())
        })?;
        Ok(Self(list))
    }

    /// The same of a header whose scheme is Digest; `None` for other schemes, which are not ours to judge.
    pub(super) fn of_digest(text: &str) -> Result<Option<Self>, Fault> {
        match text.split_once([' ', '\t']) {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("Digest") => Self::read(rest).map(Some),
            _ => Ok(None),
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn required(&self, name: &'static str) -> Result<String, Fault> {
        let missing = || Fault::malformed(0, format!("digest authentication without `{name}`"));
        self.get(name).map(str::to_owned).ok_or_else(missing)
    }
}

/// Writes parameters one after another.
#[derive(Default)]
pub(super) struct Writer(String);

impl Writer {
    pub(super) fn quoted(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.plain(name, Some(&scan::quote(value))),
            None => self,
        }
    }

    pub(super) fn plain(mut self, name: &str, value: Option<&str>) -> Self {
        if let Some(value) = value {
            let gap = if self.0.is_empty() { "" } else { ", " };
            self.0.extend([gap, name, "=", value]);
        }
        self
    }

    pub(super) fn text(self) -> String {
        self.0
    }
}
