//! Octets as hexadecimal text, both ways.

use std::fmt::Write;

/// Reads hexadecimal text. White space and colons between octets are passed over, so that a dump can be pasted.
///
/// # Errors
/// The text, as `{"error": …}`: a character that is no digit, or half an octet.
pub fn octets_of_hex(text: &[u8]) -> Result<Vec<u8>, serde_json::Value> {
    read(text).map_err(|fault| serde_json::json!({ "error": fault.json() }))
}

pub(super) fn read(text: &[u8]) -> Result<Vec<u8>, super::Shown> {
    let mut octets = Vec::with_capacity(text.len() / 2);
    let mut high = None;
    for (offset, character) in text.iter().enumerate() {
        let Some(digit) = char::from(*character).to_digit(16).map(|digit| digit as u8) else {
            if high.is_none() && (character.is_ascii_whitespace() || *character == b':') {
                continue;
            }
            let text = format!("`{}` is not a hexadecimal digit", character.escape_ascii());
            return Err(super::Shown::malformed(offset, text));
        };
        match high.take() {
            None => high = Some(digit),
            Some(high) => octets.push(high << 4 | digit),
        }
    }
    match high {
        None => Ok(octets),
        Some(_) => Err(super::Shown::malformed(text.len(), "the last octet has one digit")),
    }
}

pub(super) fn write(octets: &[u8]) -> String {
    octets.iter().fold(String::with_capacity(octets.len() * 2), |mut text, octet| {
        // Writing to a String does not fail.
        let _ = write!(text, "{octet:02x}");
        text
    })
}
