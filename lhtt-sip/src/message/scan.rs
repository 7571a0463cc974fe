//! Small pieces of the grammar of RFC 3261 25.1 that every reader needs: tokens, white space, quotes, lists.
//!
//! Values are unfolded before they come here, so white space is SP and HTAB only.

use super::Fault;
use super::limits::LIST_MAX;

/// `token` characters.
const TOKEN: [bool; 256] = {
    let mut table = [false; 256];
    let mut octet = 0;
    while octet < 128 {
        let kept = matches!(octet as u8, b'-' | b'.' | b'!' | b'%' | b'*' | b'_' | b'+' | b'`' | b'\'' | b'~');
        table[octet] = (octet as u8).is_ascii_alphanumeric() || kept;
        octet += 1;
    }
    table
};

/// Whether an octet is a `token` character.
pub(crate) const fn is_token_octet(octet: u8) -> bool {
    TOKEN[octet as usize]
}

/// A non-empty token.
pub(crate) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(is_token_octet)
}

/// Linear white space of an unfolded value.
pub(crate) const fn is_space(octet: u8) -> bool {
    matches!(octet, b' ' | b'\t')
}

/// `text` without white space at either end.
pub(crate) fn trim(text: &str) -> &str {
    let octets = text.as_bytes();
    match (octets.first(), octets.last()) {
        (Some(&first), Some(&last)) if is_space(first) || is_space(last) => text.trim_matches([' ', '\t']),
        _ => text,
    }
}

/// The index of the first `wanted` outside quoted strings and, if `angle`, outside `<>`.
pub(crate) fn find_outside(text: &str, angle: bool, wanted: u8) -> Result<Option<usize>, Fault> {
    let octets = text.as_bytes();
    let bracket = if angle { b'<' } else { b'"' };
    let mut at = 0;
    while let Some(next) = memchr::memchr3(wanted, b'"', bracket, &octets[at..]) {
        at += next;
        match octets[at] {
            octet if octet == wanted => return Ok(Some(at)),
            b'"' => at += quoted(&octets[at..]).ok_or_else(|| Fault::malformed(at, "a quoted string does not end"))?,
            _ => {
                let close = memchr::memchr(b'>', &octets[at..]);
                at += close.ok_or_else(|| Fault::malformed(at, "a `<` is not closed"))?;
            }
        }
    }
    Ok(None)
}

/// The length of the quoted string at the start, with both quotes.
pub(crate) fn quoted(octets: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        at += memchr::memchr2(b'"', b'\\', octets.get(at..)?)?;
        match octets[at] {
            b'"' => return Some(at + 1),
            _ => at += 2,
        }
    }
}

/// Hands out the elements of a list, split at `,` outside quoted strings and `<>`, white space trimmed, with the offset of
/// each. Empty elements are reported as they are.
pub(crate) fn split<'a>(text: &'a str, mut each: impl FnMut(usize, &'a str) -> Result<(), Fault>) -> Result<(), Fault> {
    let mut start = 0;
    for _ in 0..LIST_MAX {
        let rest = &text[start..];
        let end = find_outside(rest, true, b',').map_err(|fault| fault.shifted(start))?;
        let part = &rest[..end.unwrap_or(rest.len())];
        let gap = part.bytes().take_while(|&octet| is_space(octet)).count();
        each(start + gap, trim(&part[gap..]))?;
        match end {
            Some(end) => start += end + 1,
            None => return Ok(()),
        }
    }
    Err(Fault::malformed(start, "too many elements in a list"))
}

/// What a quoted string says: without its quotes and escapes. Text that is not quoted comes back as it is.
pub(crate) fn unquote(text: &str) -> std::borrow::Cow<'_, str> {
    let Some(inner) = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return text.into();
    };
    if !inner.contains('\\') {
        return inner.into();
    }
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        out.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    out.into()
}

/// `text` as a quoted string.
pub(crate) fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\r' | '\n' => out.push(' '),
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}
