//! Any value as JSON by way of its derived `Debug` text: structs become objects without the fields that are `None`,
//! alternatives with content become objects of one key, others strings, and octet strings hexadecimal text.
//!
//! It reads Rust's notation for derived types, which is all the ASN.1 types have; what it cannot read becomes the text
//! itself. It serves people and tests: nothing is ever decided by it.

use super::hex;
use serde_json::{Map, Value};
use std::fmt::Debug;

/// Nesting beyond what a decoder lets in.
const DEPTH_MAX: usize = 200;

/// SEQUENCE OF INTEGER fields and alternatives: their numbers stay numbers. Other lists of small numbers are octets.
const NUMBER_LISTS: [&str; 12] = [
    "OneOfCapabilities",
    "PixelAspectCode",
    "capabilities",
    "capability_descriptor_numbers",
    "capability_on_mux_stream",
    "capability_table_entry_numbers",
    "contained_threads",
    "entry_numbers",
    "frame_sequence",
    "multiplex_table_entry_number",
    "secondary_encoding",
    "simultaneous_capabilities",
];

pub(super) fn of_debug(value: &impl Debug) -> Value {
    let text = format!("{value:?}");
    let mut notation = Notation { rest: &text };
    match notation.value("", 0) {
        Some(value) if notation.rest.is_empty() => value,
        _ => Value::String(text),
    }
}

struct Notation<'a> {
    rest: &'a str,
}

impl<'a> Notation<'a> {
    /// One value, where `field` is the name of the nearest field or alternative.
    fn value(&mut self, field: &str, depth: usize) -> Option<Value> {
        if depth > DEPTH_MAX {
            return None;
        }
        if self.take("b\"") {
            return Some(Value::String(hex::write(
                &self.quoted('"')?.into_iter().map(|c| c as u8).collect::<Vec<_>>(),
            )));
        }
        if self.take("\"") {
            return Some(Value::String(self.quoted('"')?.into_iter().collect()));
        }
        if self.take("'") {
            return Some(Value::String(self.quoted('\'')?.into_iter().collect()));
        }
        if self.take("[") {
            return Some(list(self.items("]", field, depth)?, field));
        }
        if self.take("(") {
            return Some(Value::Array(self.items(")", field, depth)?));
        }
        let word = self.word();
        if self.take(" {") {
            let fields = self.fields(depth)?;
            // The one alternative that is declared with named fields.
            let named = word == "Unknown";
            return Some(if named { tagged(word, Value::Object(fields)) } else { Value::Object(fields) });
        }
        if self.take("(") {
            let inner = if word == "Some" { field } else { word };
            let mut items = self.items(")", inner, depth)?;
            let content = if items.len() == 1 { items.remove(0) } else { Value::Array(items) };
            return Some(if word == "Some" { content } else { tagged(word, content) });
        }
        (!word.is_empty()).then(|| scalar(word))
    }

    fn items(&mut self, end: &str, field: &str, depth: usize) -> Option<Vec<Value>> {
        let mut items = Vec::new();
        while !self.take(end) {
            items.push(self.value(field, depth + 1)?);
            if !self.take(", ") && !self.rest.starts_with(end) {
                return None;
            }
        }
        Some(items)
    }

    fn fields(&mut self, depth: usize) -> Option<Map<String, Value>> {
        let mut fields = Map::new();
        while !self.take(" }") {
            self.take(" ");
            let (name, rest) = self.rest.split_once(": ")?;
            self.rest = rest;
            let value = self.value(name, depth + 1)?;
            match (name, value) {
                (_, Value::Null) => {}
                ("ext", memory) => {
                    if let Some(additions) = memory.pointer("/unknown/additions") {
                        fields.insert("unknown_additions".to_owned(), additions.clone());
                    }
                }
                (name, value) => {
                    fields.insert(name.to_owned(), value);
                }
            }
            self.take(",");
        }
        Some(fields)
    }

    /// The characters up to the closing quote, without Rust's escapes.
    fn quoted(&mut self, end: char) -> Option<Vec<char>> {
        let mut out = Vec::new();
        let mut characters = self.rest.chars();
        loop {
            match characters.next()? {
                '\\' => out.push(match characters.next()? {
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    '0' => '\0',
                    'x' => char::from(u8::from_str_radix(characters.as_str().get(..2)?, 16).ok().inspect(|_| {
                        characters.nth(1);
                    })?),
                    'u' => {
                        let (code, rest) = characters.as_str().strip_prefix('{')?.split_once('}')?;
                        characters = rest.chars();
                        char::from_u32(u32::from_str_radix(code, 16).ok()?)?
                    }
                    other => other,
                }),
                character if character == end => break,
                character => out.push(character),
            }
        }
        self.rest = characters.as_str();
        Some(out)
    }

    fn word(&mut self) -> &'a str {
        let end = self.rest.find([',', '(', ')', '[', ']', '{', '}', ' ', '"']).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    fn take(&mut self, prefix: &str) -> bool {
        self.rest.strip_prefix(prefix).map(|rest| self.rest = rest).is_some()
    }
}

fn tagged(word: &str, content: Value) -> Value {
    Value::Object(Map::from_iter([(word.to_owned(), content)]))
}

fn scalar(word: &str) -> Value {
    match word {
        "None" => Value::Null,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => word
            .parse::<u64>()
            .map(Value::from)
            .or_else(|_| word.parse::<i64>().map(Value::from))
            .unwrap_or_else(|_| Value::String(word.to_owned())),
    }
}

fn list(items: Vec<Value>, field: &str) -> Value {
    let octets: Option<Vec<u8>> =
        items.iter().map(|item| item.as_u64().and_then(|number| u8::try_from(number).ok())).collect();
    match octets {
        Some(octets) if !octets.is_empty() && !NUMBER_LISTS.contains(&field) => Value::String(hex::write(&octets)),
        _ => Value::Array(items),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[derive(Debug)]
    #[expect(dead_code, reason = "read through Debug")]
    enum Choice {
        Nothing,
        Text(String),
        Pair(u8, i32),
        Unknown { index: u32, octets: Vec<u8> },
    }

    #[derive(Debug)]
    #[expect(dead_code, reason = "read through Debug")]
    struct Sequence {
        flag: bool,
        absent: Option<u8>,
        choices: Vec<Choice>,
        simultaneous_capabilities: Vec<Vec<u16>>,
        empty: Empty,
        wide: [u16; 2],
        present: Option<Box<Choice>>,
    }

    #[derive(Debug)]
    struct Empty {}

    #[test]
    fn structs_choices_lists_and_octets() {
        let value = Sequence {
            flag: true,
            absent: None,
            choices: vec![
                Choice::Nothing,
                Choice::Text("phòng \"A\", {1}\n\u{1}".to_owned()),
                Choice::Pair(1, -2),
                Choice::Unknown { index: 7, octets: vec![0, 255] },
            ],
            simultaneous_capabilities: vec![vec![1, 2], vec![300]],
            empty: Empty {},
            wide: [1, 256],
            present: Some(Box::new(Choice::Text(String::new()))),
        };
        let expected = json!({
            "flag": true,
            "choices": ["Nothing", {"Text": "phòng \"A\", {1}\n\u{1}"}, {"Pair": [1, -2]}, {"Unknown": {"index": 7, "octets": "00ff"}}],
            "simultaneous_capabilities": [[1, 2], [300]],
            "empty": "Empty",
            "wide": [1, 256],
            "present": {"Text": ""},
        });
        assert_eq!(of_debug(&value), expected);
    }

    #[test]
    fn octet_literals_and_what_is_no_derived_notation() {
        assert_eq!(of_debug(&bytes::Bytes::from_static(b"\x00a\"\xff\n")), json!("006122ff0a"));
        assert_eq!(of_debug(&format_args!("a: b")), json!("a: b"));
    }
}
