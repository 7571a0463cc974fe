//! A document that is no case: where, what stands there, and what is allowed, in both languages.

use super::allowed::{Allowed, allowed};
use super::place::{self, Step};
use crate::facts::BadFacts;
use crate::finding::Text;
use serde_json::Value;
use std::fmt;

/// A document that is no case, or whose facts contradict each other. Nothing has been decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadCase {
    path: String,
    place: Option<(usize, usize)>,
    text: Text,
}

impl BadCase {
    pub(super) fn new(path: impl Into<String>, vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self { path: path.into(), place: None, text: Text { vi: vi.into().into(), en: en.into().into() } }
    }

    /// Facts that were read, and cannot all hold.
    pub(super) fn facts(path: String, bad: &BadFacts) -> Self {
        Self::new(path, format!("dữ kiện không thể đúng: {}", bad.why), format!("facts that cannot hold: {}", bad.why))
    }

    /// What a parser of `text` refused, whose steps down are `steps`.
    /// `read` parses such a document again.
    pub(super) fn parsed(
        error: &serde_json::Error,
        steps: &[Step],
        document: Option<&Value>,
        read: &dyn Fn(&Value) -> Option<serde_json::Error>,
    ) -> Self {
        let said = message(error);
        let ask = |whole: &Value| read(whole).as_ref().map(message);
        let allowed = document.filter(|_| error.is_data()).and_then(|whole| allowed(whole, steps, &said, &ask));
        let found = |steps: &[Step]| document.and_then(|whole| place::value(whole, steps));
        match allowed {
            Some(Allowed { steps, text }) => {
                let value = found(&steps).map(|found| format!(" `{}`", brief(found))).unwrap_or_default();
                let vi = format!("giá trị{value} không đúng dạng; được phép: {}", text.vi);
                Self::new(place::path(&steps), vi, format!("the value{value} is not of the form; allowed: {}", text.en))
            }
            None => Self { path: place::path(steps), place: None, text: explain(&said, error.is_data(), found(steps)) },
        }
    }

    /// The same with line and column of what is wrong in `text`, the document that the case was read from.
    #[must_use]
    pub fn in_text(self, text: &str) -> Self {
        if self.place.is_some() {
            return self;
        }
        let offset = place::offset(text, &place::steps(&self.path));
        self.at(text, offset)
    }

    pub(super) fn at(self, text: &str, offset: usize) -> Self {
        Self { place: Some(place::line_and_column(text, offset)), ..self }
    }

    /// The path of what is wrong, as in `facts.sessions[0].start`; empty where it is the whole document.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Line and column of what is wrong, from 1, where the text is known.
    pub fn line_and_column(&self) -> Option<(usize, usize)> {
        self.place
    }

    /// What is wrong and what is allowed, in both languages.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// Where and what, in Vietnamese.
    pub fn render_vi(&self) -> String {
        self.render("toàn tệp", "dòng", "cột", &self.text.vi)
    }

    /// Where and what, in English.
    pub fn render_en(&self) -> String {
        self.render("the whole document", "line", "column", &self.text.en)
    }

    fn render(&self, whole: &str, line: &str, column: &str, text: &str) -> String {
        let path = if self.path.is_empty() { whole.to_owned() } else { format!("`{}`", self.path) };
        match self.place {
            Some((at_line, at_column)) => format!("{path} ({line} {at_line}, {column} {at_column}): {text}"),
            None => format!("{path}: {text}"),
        }
    }
}

impl fmt::Display for BadCase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render_en())
    }
}

impl std::error::Error for BadCase {}

/// What the parser says, without the place.
fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let end = format!(" at line {} column {}", error.line(), error.column());
    text.strip_suffix(&end).unwrap_or(&text).to_owned()
}

/// The parser's words in both languages, with the value that stands there.
fn explain(message: &str, is_form: bool, found: Option<&Value>) -> Text {
    let both = |vi: String, en: String| Text { vi: vi.into(), en: en.into() };
    if !is_form {
        // Readable as JSON, yet out of form: two alternatives in one object, or none.
        return match found {
            Some(found) => both(
                format!("`{}`: cần đúng một trong các dạng, là đối tượng có đúng một trường", brief(found)),
                format!("`{}`: give one of the alternatives, an object with exactly one field", brief(found)),
            ),
            None => both(format!("không phải JSON hợp lệ: {message}"), format!("not JSON: {message}")),
        };
    }
    let (what, allowed) = message.split_once(", expected ").unwrap_or((message, ""));
    let allowed = allowed.strip_prefix("one of ").unwrap_or(allowed);
    let value = found.map(|found| format!(" `{}`", brief(found))).unwrap_or_default();
    let none = message.ends_with("there are no fields") || message.ends_with("there are no variants");
    let allowed_vi = if none { "không có" } else { allowed };
    let allowed_en = if none { "none" } else { allowed };
    let name = message.split('`').nth(1).unwrap_or_default();
    if message.starts_with("unknown field") {
        both(
            format!("trường `{name}` không có ở đây; được phép: {allowed_vi}"),
            format!("there is no field `{name}` here; allowed: {allowed_en}"),
        )
    } else if message.starts_with("unknown variant") {
        both(
            format!("giá trị `{name}` không có ở đây; được phép: {allowed_vi}"),
            format!("there is no value `{name}` here; allowed: {allowed_en}"),
        )
    } else if message.starts_with("missing field") {
        both(format!("thiếu trường `{name}`"), format!("the field `{name}` is missing"))
    } else if message.starts_with("duplicate field") {
        both(format!("trường `{name}` có hai lần"), format!("the field `{name}` is there twice"))
    } else if message.starts_with("invalid ") && !allowed.is_empty() {
        both(
            format!("giá trị{value} không đúng dạng ({what}); được phép: {allowed}"),
            format!("the value{value} is not of the form ({what}); allowed: {allowed}"),
        )
    } else {
        both(
            format!("giá trị{value} không được phép: {message}"),
            format!("the value{value} is not allowed: {message}"),
        )
    }
}

/// A value, cut short where it is long.
fn brief(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(BRIEF_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// Characters of a value that are shown.
const BRIEF_MAX: usize = 60;
