//! Small pieces of the grammar of RFC 3261 25.1 that every reader needs: tokens, white space, quotes, lists.
//!
//! Values are unfolded before they come here, so white space is SP and HTAB only.

use super::Fault;
use super::limits::LIST_MAX;

/// `token` characters.
pub(crate) const fn is_token_octet(octet: u8) -> bool {
    octet.is_ascii_alphanumeric()
        || matches!(octet, b'-' | b'.' | b'!' | b'%' | b'*' | b'_' | b'+' | b'`' | b'\'' | b'~')
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
    text.trim_matches([' ', '\t'])
}

/// The index of the first octet that `wanted` likes outside quoted strings and, if `angle`, outside `<>`.
pub(crate) fn find_outside(text: &str, angle: bool, wanted: impl Fn(u8) -> bool) -> Result<Option<usize>, Fault> {
    let (mut quoted, mut inside, mut escaped) = (false, false, false);
    let mut opened = 0;
    for (index, octet) in text.bytes().enumerate() {
        if quoted {
            match octet {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => quoted = false,
                _ => {}
            }
            continue;
        }
        if inside {
            inside = octet != b'>';
            continue;
        }
        if wanted(octet) {
            return Ok(Some(index));
        }
        match octet {
            b'"' => (quoted, opened) = (true, index),
            b'<' if angle => (inside, opened) = (true, index),
            _ => {}
        }
    }
    match (quoted, inside) {
        (true, _) => Err(Fault::malformed(opened, "a quoted string does not end")),
        (_, true) => Err(Fault::malformed(opened, "a `<` is not closed")),
        _ => Ok(None),
    }
}

/// The elements of a list, split at `separator` outside quoted strings and `<>`, white space trimmed, with the offset
/// of each. Empty elements are reported as they are.
pub(crate) fn split(text: &str, separator: u8) -> Result<Vec<(usize, &str)>, Fault> {
    let mut parts = Vec::with_capacity(1);
    let mut start = 0;
    loop {
        let rest = &text[start..];
        let end = find_outside(rest, true, |octet| octet == separator).map_err(|fault| fault.shifted(start))?;
        let part = &rest[..end.unwrap_or(rest.len())];
        let trimmed = part.trim_start_matches([' ', '\t']);
        parts.push((start + part.len() - trimmed.len(), trim(trimmed)));
        if parts.len() > LIST_MAX {
            return Err(Fault::malformed(start, "too many elements in a list"));
        }
        match end {
            Some(end) => start += end + 1,
            None => return Ok(parts),
        }
    }
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
