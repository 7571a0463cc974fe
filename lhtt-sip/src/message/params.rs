//! Parameters: `;name=value` lists of URIs and headers, in order, as written.

use super::{Fault, Text, scan};
use std::fmt;

/// A parameter list, kept as written. Names are compared without case (RFC 3261 7.3.1).
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Params(Text);

impl Params {
    /// No parameters.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads what stands after a value: nothing, or `;a;b=c`. White space around `;` and `=` is allowed.
    pub(crate) fn read(text: &Text, part: &str) -> Result<Self, Fault> {
        let part = scan::trim(part);
        if part.is_empty() {
            return Ok(Self::default());
        }
        if !part.starts_with(';') {
            return Err(Fault::malformed(0, "something stands between the value and its parameters"));
        }
        let mut rest = &part[1..];
        let mut offset = 1;
        loop {
            let end = scan::find_outside(rest, false, b';').map_err(|fault| fault.shifted(offset))?;
            check(&rest[..end.unwrap_or(rest.len())]).map_err(|fault| fault.shifted(offset))?;
            let Some(end) = end else { return Ok(Self(text.part(part))) };
            rest = &rest[end + 1..];
            offset += end + 1;
        }
    }

    /// As written, with the leading `;`; empty if there are none.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Names and values in order. Values are as written: quoted strings keep their quotes.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        let mut rest = self.0.strip_prefix(';');
        std::iter::from_fn(move || {
            let text = rest?;
            let end = scan::find_outside(text, false, b';').ok().flatten();
            rest = end.map(|end| &text[end + 1..]);
            Some(pair(&text[..end.unwrap_or(text.len())]))
        })
    }

    /// The value of a parameter; an empty one if it has none. `None` if it is not there.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.unwrap_or(""))
    }

    /// Whether a parameter is there, with or without value.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Sets or replaces a parameter. The value goes out as it is: quote it first if it is not a token.
    pub fn set(&mut self, name: &str, value: Option<&str>) {
        let mut out = String::with_capacity(self.0.len() + name.len() + value.map_or(0, str::len) + 2);
        let mut done = false;
        for (known, old) in self.iter() {
            if !known.eq_ignore_ascii_case(name) {
                push(&mut out, known, old);
            } else if !done {
                push(&mut out, name, value);
                done = true;
            }
        }
        if !done {
            push(&mut out, name, value);
        }
        self.0 = out.into();
    }

    /// Takes a parameter out.
    pub fn remove(&mut self, name: &str) {
        if !self.has(name) {
            return;
        }
        let mut out = String::with_capacity(self.0.len());
        for (known, value) in self.iter().filter(|(known, _)| !known.eq_ignore_ascii_case(name)) {
            push(&mut out, known, value);
        }
        self.0 = out.into();
    }
}

fn push(out: &mut String, name: &str, value: Option<&str>) {
    out.push(';');
    out.push_str(name);
    if let Some(value) = value {
        out.push('=');
        out.push_str(value);
    }
}

/// Splits `name = value`.
fn pair(text: &str) -> (&str, Option<&str>) {
    match memchr::memchr(b'=', text.as_bytes()) {
        Some(at) => (scan::trim(&text[..at]), Some(scan::trim(&text[at + 1..]))),
        None => (scan::trim(text), None),
    }
}

/// Checks one parameter: a name without separators, and a value that is a quoted string or has no white space in it.
fn check(text: &str) -> Result<(), Fault> {
    let separator = |octet: u8| octet <= b' ' || matches!(octet, b'"' | b'<' | b'>' | b',');
    let (name, value) = pair(text);
    if name.is_empty() {
        return Err(Fault::malformed(0, "a parameter has no name"));
    }
    if name.bytes().any(|octet| separator(octet) || octet == b'@') {
        return Err(Fault::malformed(0, "a parameter name is not a token"));
    }
    match value {
        Some(value) if value.starts_with('"') => match scan::quoted(value.as_bytes()) == Some(value.len()) {
            true => Ok(()),
            false => Err(Fault::malformed(0, "something follows a quoted parameter value")),
        },
        Some(value) if value.bytes().any(separator) => {
            Err(Fault::malformed(0, "a parameter value is neither a token nor quoted"))
        }
        _ => Ok(()),
    }
}

impl fmt::Display for Params {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Params {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl Params {
    /// Parameters of a URI that was checked with [`check_uri`].
    pub(super) fn of_uri(text: Text) -> Self {
        Self(text)
    }
}

/// The value of a parameter in URI parameters, where nothing is quoted.
pub(super) fn find<'a>(params: &'a str, name: &str) -> Option<&'a str> {
    let mut list = params.strip_prefix(';')?.split(';').map(pair);
    list.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.unwrap_or(""))
}

/// Checks the parameters of a URI: empty, or `;name[=value]…` with no empty name.
pub(super) fn check_uri(params: &str) -> Result<(), Fault> {
    let Some(list) = params.strip_prefix(';') else { return Ok(()) };
    match list.split(';').all(|param| !pair(param).0.is_empty()) {
        true => Ok(()),
        false => Err(Fault::malformed(0, "a parameter of a URI has no name")),
    }
}
