//! Personal data beside the chain: names and telephone numbers stand in a line as salted digests, and in the clear in records
//! that can be erased. The chain verifies with and without them.
//!
//! Personal is the `name` of whoever acts (an object with a `role`), `name`, `phone` and `email` of a contact (an object with
//! a `phone`), the `name` put at a `post`, the names in `override_heads` and of `people` who attend, and each of these where a
//! finding's text repeats it. What a session is about (its content, place and support, the basis of its kind, the reason of its
//! urgency) stands apart likewise: a session may become secret later, and its title is then erased as a name is (Điều 5 khoản
//! 2). Without its salt a digest cannot be told from those of other texts, so the salt is erased with the text. Leaves out: where records are kept.

use super::Hash;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::ops::Range;

/// A text that stands in a line as its digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Personal {
    /// What stands in the line, behind `personal:`.
    pub digest: Hash,
    /// What makes the digest unguessable; used once.
    pub salt: Hash,
    /// The text.
    pub text: String,
}

impl Personal {
    fn new(salt: Hash, text: String) -> Self {
        Self { digest: digest(&salt, &text), salt, text }
    }

    /// Whether the digest is that of the text.
    pub fn holds(&self) -> bool {
        digest(&self.salt, &self.text) == self.digest
    }
}

/// The texts that are still there, by digest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clear(BTreeMap<Hash, String>);

impl Clear {
    /// The texts of these records.
    ///
    /// # Errors
    /// The digest of a record whose text or salt is not what was digested.
    pub fn new(records: impl IntoIterator<Item = Personal>) -> Result<Self, Hash> {
        let texts = records.into_iter().map(|one| match one.holds() {
            true => Ok((one.digest, one.text)),
            false => Err(one.digest),
        });
        texts.collect::<Result<_, _>>().map(Self)
    }

    /// A line with its texts back in it. What was erased shows as such.
    pub(super) fn restore(&self, line: &str) -> String {
        let (mut restored, mut rest) = (String::with_capacity(line.len()), line);
        while let Some((at, digest)) = find_token(rest) {
            restored.push_str(&rest[..at]);
            let text = self.0.get(&digest).map_or_else(|| erased(&digest), Clone::clone);
            let quoted = quoted(&text);
            restored.push_str(&quoted[1..quoted.len() - 1]);
            rest = &rest[at + TOKEN_OCTETS..];
        }
        restored.push_str(rest);
        restored
    }
}

/// What stands for a text that was erased: its digest's first digits tell persons apart.
fn erased(digest: &Hash) -> String {
    format!("[đã xóa {}]", &digest.hex()[..8])
}

/// JSON with its personal texts replaced, and the records of them.
pub(super) fn set_apart(json: &str, secret: &[u8; 32]) -> (String, Vec<Personal>) {
    if !MARKS.iter().any(|mark| json.contains(mark)) && find_token(json).is_none() {
        return (json.to_owned(), Vec::new());
    }
    let strings = strings(json);
    let mut records: Vec<Personal> = Vec::new();
    for string in strings.iter().filter(|string| string.is_personal) {
        if !string.text.is_empty() && records.iter().all(|one| one.text != string.text) {
            records.push(Personal::new(salt(secret, records.len()), string.text.clone()));
        }
    }
    // Longer texts first: one may be a part of another.
    let mut order: Vec<&Personal> = records.iter().collect();
    order.sort_by_key(|one| std::cmp::Reverse(one.text.len()));
    let (mut line, mut done) = (String::with_capacity(json.len()), 0);
    for string in &strings {
        let replaced = match string.is_personal {
            true => order.iter().find(|one| one.text == string.text).map(|one| token(&one.digest)),
            false if string.is_told => Some(hide(&string.text, &order)).filter(|hidden| *hidden != string.text),
            false => None,
        };
        if let Some(replaced) = replaced {
            line.push_str(&json[done..string.place.start]);
            line.push_str(&quoted(&replaced));
            done = string.place.end;
        }
    }
    line.push_str(&json[done..]);
    (line, records)
}

/// A told text with the digests of the texts in it, which are given the longest first. What was put in is not looked through:
/// a number could be part of a digest.
fn hide(text: &str, records: &[&Personal]) -> String {
    let mut hidden = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let before = text[..text.len() - rest.len()].chars().next_back();
        let found = records.iter().find(|one| rest.starts_with(&one.text) && stands_alone(&one.text, before, rest));
        let done = match found {
            Some(one) => {
                hidden.push_str(&token(&one.digest));
                one.text.len()
            }
            None => {
                hidden.push(next);
                next.len_utf8()
            }
        };
        rest = &rest[done..];
    }
    hidden
}

/// Whether a text at the beginning of `rest` is a word of its own there. Only of a short one it matters.
fn stands_alone(text: &str, before: Option<char>, rest: &str) -> bool {
    let in_word = |one: Option<char>| one.is_some_and(char::is_alphanumeric);
    text.chars().count() >= PART_OF_WORD_MIN || !in_word(before) && !in_word(rest[text.len()..].chars().next())
}

/// A string value of a document.
struct StringValue {
    place: Range<usize>,
    text: String,
    is_personal: bool,
    /// Whether it is a text for people.
    is_told: bool,
}

/// A container that is open.
#[derive(Default)]
struct Open {
    is_list: bool,
    name: Option<String>,
    /// The strings of this object that are personal if it is a person.
    held: Vec<usize>,
    is_person: bool,
    is_heads: bool,
}

/// All string values of JSON that was just written.
fn strings(json: &str) -> Vec<StringValue> {
    let (mut strings, mut open): (Vec<StringValue>, Vec<Open>) = (Vec::new(), Vec::new());
    let octets = json.as_bytes();
    let mut at = 0;
    while let Some(octet) = octets.get(at) {
        match octet {
            b'{' | b'[' => {
                let name = open.last().and_then(|one| one.name.as_deref());
                let is_heads = matches!(name, Some("override_heads" | "people"));
                open.push(Open { is_list: *octet == b'[', is_heads, ..Open::default() });
            }
            b'}' | b']' => {
                let closed = open.pop().unwrap_or_default();
                closed.held.iter().filter(|_| closed.is_person).for_each(|held| strings[*held].is_personal = true);
            }
            b',' => {
                if let Some(one) = open.last_mut() {
                    one.name = None;
                }
            }
            b'"' => {
                let end = end_of_string(octets, at);
                let text: String = serde_json::from_str(&json[at..end]).unwrap_or_default();
                match open.last_mut() {
                    Some(one) if !one.is_list && one.name.is_none() => {
                        one.is_person |= matches!(text.as_str(), "role" | "phone" | "post");
                        one.name = Some(text);
                    }
                    one => strings.push(string(one, strings.len(), at..end, text)),
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    strings
}

/// The string value that stands in `open`.
fn string(open: Option<&mut Open>, number: usize, place: Range<usize>, text: String) -> StringValue {
    let mut is_personal = find_token(&text).is_some();
    let mut is_told = false;
    if let Some(open) = open {
        is_personal |= open.is_list && open.is_heads;
        match open.name.as_deref() {
            Some("name" | "phone" | "email") => open.held.push(number),
            Some(name) if APART.contains(&name) => is_personal = true,
            Some("vi" | "en") => is_told = true,
            _ => {}
        }
    }
    StringValue { place, text, is_personal, is_told }
}

/// The offset behind the string that begins at `start`.
fn end_of_string(octets: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(octet) = octets.get(at) {
        match octet {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    octets.len()
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a text always serialises")
}

fn token(digest: &Hash) -> String {
    format!("{TOKEN}{}", digest.hex())
}

/// The first digest that stands in a text, and where.
fn find_token(text: &str) -> Option<(usize, Hash)> {
    text.match_indices(TOKEN).find_map(|(at, _)| {
        let hex = text.get(at + TOKEN.len()..at + TOKEN_OCTETS)?;
        Some((at, Hash::from_hex(hex)?))
    })
}

fn digest(salt: &Hash, text: &str) -> Hash {
    let digest = Sha256::new().chain_update(TOKEN).chain_update(salt.0).chain_update(text);
    Hash(digest.finalize().into())
}

/// A salt of its own for each text, so that erasing one gives away nothing of another.
fn salt(secret: &[u8; 32], number: usize) -> Hash {
    let number = (number as u64).to_be_bytes();
    Hash(Sha256::new().chain_update(secret).chain_update(number).finalize().into())
}

/// Stands in front of a digest.
const TOKEN: &str = "personal:";

const TOKEN_OCTETS: usize = TOKEN.len() + 64;

/// JSON without any of these holds nothing personal.
const MARKS: [&str; 12] = [
    "\"role\":",
    "\"phone\":",
    "\"override_heads\":[\"",
    "\"person\":\"",
    "\"assessed_by\":\"",
    "\"checked_by\":\"",
    "\"stated_by\":\"",
    "\"content\":\"",
    "\"place\":\"",
    "\"support\":\"",
    "\"urgent\":\"",
    "\"basis\":\"",
];

/// Fields whose text is a person's name wherever they stand, or tells what a session is about.
const APART: [&str; 9] =
    ["person", "assessed_by", "checked_by", "stated_by", "content", "place", "support", "urgent", "basis"];

/// Texts shorter than this are parts of other words; in findings they are hidden where they stand alone.
const PART_OF_WORD_MIN: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: &str = r#"{"actor":{"role":"office","name":"Lê \"An\""},"site":{"name":"Sở"},"contact":{"name":"Lan","phone":"09"},"override_heads":["Lan"],"observed":{"vi":"Lan đã ký"},"note":"Lan","content":"Giao ban"}"#;

    #[test]
    fn persons_are_set_apart_and_come_back_until_erased() {
        let (line, records) = set_apart(JSON, &[7; 32]);
        let texts: Vec<_> = records.iter().map(|one| one.text.as_str()).collect();
        assert_eq!(texts, ["Lê \"An\"", "Lan", "09", "Giao ban"]);
        assert!(records.iter().all(Personal::holds));
        assert!(!line.contains("Lê") && !line.contains("Lan đã") && line.contains("Sở"), "{line}");
        assert!(line.contains("\"note\":\"Lan\""), "only texts about persons: {line}");
        assert!(!line.contains("Giao ban"), "what it is about, too: {line}");
        assert_eq!(Clear::new(records.clone()).unwrap().restore(&line), JSON);
        let kept = Clear::new(records[1..].to_vec()).unwrap().restore(&line);
        assert!(kept.contains("[đã xóa ") && kept.contains("Lan đã ký"), "{kept}");
        let wrong = Personal { text: "Lam".to_owned(), ..records[1].clone() };
        assert_eq!(Clear::new([wrong]), Err(records[1].digest));
    }

    #[test]
    fn a_text_that_looks_like_a_digest_is_set_apart_too() {
        let forged = format!(r#"{{"content":"see {}"}}"#, token(&Hash([1; 32])));
        let (line, records) = set_apart(&forged, &[7; 32]);
        assert_eq!((records.len(), Clear::new(records).unwrap().restore(&line)), (1, forged));
    }

    #[test]
    fn salts_differ_so_digests_do() {
        let first = set_apart(JSON, &[1; 32]);
        assert_ne!(first.0, set_apart(JSON, &[2; 32]).0);
        assert_ne!(first.1[0].salt, first.1[1].salt);
    }
}
