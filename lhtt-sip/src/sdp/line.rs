//! Lines of a description as they are on the wire, and the two kinds of group they form: session and media sections
//! (RFC 8866 5). Values are octets: free text may be in any character set (RFC 8866 6.10).

use super::limits::{LINE_BYTES_MAX, LINES_MAX, SDP_BYTES_MAX};
use super::{Direction, Fault};
use bytes::{BufMut, Bytes};

/// One line, `letter=value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The type, one letter.
    pub letter: u8,
    /// What follows the equals sign, without the line end.
    pub value: Bytes,
}

impl Line {
    pub(super) fn new(letter: u8, value: impl Into<String>) -> Self {
        Self { letter, value: Bytes::from(value.into()) }
    }

    /// The value as text; none where it is not UTF-8.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.value).ok()
    }

    /// For a line `a=name` or `a=name:value`, the two parts.
    pub fn attribute(&self) -> Option<(&str, Option<&str>)> {
        if self.letter != b'a' {
            return None;
        }
        let text = self.text()?;
        Some(match text.split_once(':') {
            Some((name, value)) => (name.trim_ascii(), Some(value.trim_ascii())),
            None => (text.trim_ascii(), None),
        })
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        out.put_u8(self.letter);
        out.put_u8(b'=');
        out.extend_from_slice(&self.value);
        out.extend_from_slice(b"\r\n");
    }
}

/// The lines before the first m= line, or one m= line and those after it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    pub(super) lines: Vec<Line>,
}

impl Section {
    /// All lines in order.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The first line of this letter.
    pub fn first(&self, letter: u8) -> Option<&Line> {
        self.lines.iter().find(|line| line.letter == letter)
    }

    /// Attributes in order, name and value.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.lines.iter().filter_map(Line::attribute)
    }

    /// The value of the first attribute of this name that has one. Names are case-sensitive (RFC 8866 5.13).
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes().find(|(is, value)| *is == name && value.is_some()).and_then(|(_, value)| value)
    }

    /// Whether an attribute of this name is there, with or without a value.
    pub fn has(&self, name: &str) -> bool {
        self.attributes().any(|(is, _)| is == name)
    }

    /// The direction attribute of this section (RFC 8866 6.7).
    pub fn direction(&self) -> Option<Direction> {
        self.attributes().find_map(|(name, value)| if value.is_none() { Direction::from_name(name) } else { None })
    }
}

/// Where a line stands, for faults.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// From 1.
    pub(super) line: usize,
    /// Octets before it.
    pub(super) offset: usize,
}

impl Place {
    pub(super) fn malformed(self, text: impl Into<String>) -> Fault {
        Fault::Malformed { line: self.line, offset: self.offset, text: text.into() }
    }
}

/// Cuts octets into lines. CRLF or LF ends a line, the last one may lack its end, and empty lines may follow it.
pub(super) fn split(octets: &[u8]) -> Result<Vec<(Place, Line)>, Fault> {
    if octets.len() > SDP_BYTES_MAX {
        return Err(Fault::unsupported(format!("a description of `{}` octets exceeds {SDP_BYTES_MAX}", octets.len())));
    }
    let whole = Bytes::copy_from_slice(octets);
    let end = octets.iter().rposition(|octet| !matches!(octet, b'\r' | b'\n')).map_or(0, |last| last + 1);
    let mut lines = Vec::new();
    let mut offset = 0;
    while offset < end {
        let place = Place { line: lines.len() + 1, offset };
        if lines.len() == LINES_MAX {
            return Err(Fault::unsupported(format!("a description of more than {LINES_MAX} lines")));
        }
        let rest = whole.slice(offset..end);
        let length = rest.iter().position(|octet| *octet == b'\n').unwrap_or(rest.len());
        offset += length + 1;
        let line = rest.slice(..length);
        lines.push((
            place,
            read(line.strip_suffix(b"\r").map_or(line.clone(), |line_end| line.slice_ref(line_end)), place)?,
        ));
    }
    Ok(lines)
}

fn read(line: Bytes, place: Place) -> Result<Line, Fault> {
    if line.len() > LINE_BYTES_MAX {
        return Err(Fault::unsupported(format!(
            "line {} of `{}` octets exceeds {LINE_BYTES_MAX}",
            place.line,
            line.len()
        )));
    }
    if line.iter().any(|octet| matches!(octet, 0 | b'\r' | b'\n')) {
        return Err(place.malformed("a NUL, or a line end that is neither CRLF nor LF"));
    }
    match line.as_ref() {
        [] => Err(place.malformed("an empty line inside the description")),
        [letter, b'=', ..] if letter.is_ascii_alphabetic() => Ok(Line { letter: *letter, value: line.slice(2..) }),
        _ => Err(place.malformed("a line is one letter, an equals sign and a value")),
    }
}
