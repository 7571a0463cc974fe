//! Where in a JSON document something stands: as a path (`sessions[0].start`) and as line and column.
//!
//! Reads JSON that a parser has accepted, up to the place asked for; of anything else it says as much as it can. Leaves out:
//! checking the document.

use serde_json::Value;

/// One step down into a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    /// Into a field.
    Field(String),
    /// Into an element of a list.
    Element(usize),
}

/// A path as people write it: `facts.sessions[0].start`; of the whole document, nothing.
pub(crate) fn path(steps: &[Step]) -> String {
    let mut text = String::new();
    for step in steps {
        match step {
            Step::Field(name) if text.is_empty() => text.push_str(name),
            Step::Field(name) => text.push_str(&format!(".{name}")),
            Step::Element(at) => text.push_str(&format!("[{at}]")),
        }
    }
    text
}

/// A path that [`path`] wrote.
pub(crate) fn steps(path: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for part in path.split('.').filter(|part| !part.is_empty()) {
        let (name, indexes) = part.split_once('[').unwrap_or((part, ""));
        if !name.is_empty() {
            steps.push(Step::Field(name.to_owned()));
        }
        let indexes = indexes.split('[').filter_map(|index| index.trim_end_matches(']').parse().ok());
        steps.extend(indexes.map(Step::Element));
    }
    steps
}

/// The value there.
pub(crate) fn value<'a>(document: &'a Value, steps: &[Step]) -> Option<&'a Value> {
    steps.iter().try_fold(document, |value, step| match step {
        Step::Field(name) => value.get(name),
        Step::Element(at) => value.get(at),
    })
}

/// What was read last in front of `offset`: a value, or the name of a field.
pub(crate) fn at(text: &str, offset: usize) -> Vec<Step> {
    let mut reader = Reader::new(text);
    let mut last = Vec::new();
    while let Some((steps, end)) = reader.next() {
        if end > offset {
            // An error is told after the last octet of what is wrong, or on it.
            return if reader.token < offset { steps } else { last };
        }
        last = steps;
    }
    last
}

/// The offset at which the value of a path begins; of the nearest value above it, if it is not there.
pub(crate) fn offset(text: &str, wanted: &[Step]) -> usize {
    let (mut reader, mut best) = (Reader::new(text), (0, 0));
    while let Some((steps, _)) = reader.next() {
        if wanted.starts_with(&steps) && (best == (0, 0) || steps.len() > best.0) {
            best = (steps.len(), reader.began);
        }
    }
    best.1
}

/// Line and column of an offset, both from 1, the column in characters.
pub(crate) fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let front = text.get(..offset).unwrap_or(text);
    let line_start = front.rfind('\n').map_or(0, |at| at + 1);
    (front.matches('\n').count() + 1, front[line_start..].chars().count() + 1)
}

/// The offset of a line and a column in octets, as the parser tells it.
pub(crate) fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (before + column).min(text.len())
}

/// The first field that stands twice in one object.
pub(crate) fn repeated(text: &str) -> Option<(Vec<Step>, usize)> {
    let (mut reader, mut seen) = (Reader::new(text), std::collections::BTreeSet::new());
    while let Some((steps, _)) = reader.next() {
        if reader.is_name && !seen.insert(steps.clone()) {
            return Some((steps, reader.began));
        }
    }
    None
}

/// Gives every name and value with its path, a container when it opens and when it closes.
struct Reader<'a> {
    text: &'a str,
    position: usize,
    /// Where the octets read last begin.
    token: usize,
    /// Where what was given last began.
    began: usize,
    /// Whether what was given last is the name of a field.
    is_name: bool,
    open: Vec<Open>,
}

/// A container that is not closed yet.
struct Open {
    began: usize,
    step: Option<Step>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, position: 0, token: 0, began: 0, is_name: false, open: Vec::new() }
    }

    fn steps(&self) -> Vec<Step> {
        self.open.iter().filter_map(|open| open.step.clone()).collect()
    }

    /// The path of what comes next in the text, and the offset behind it.
    fn next(&mut self) -> Option<(Vec<Step>, usize)> {
        loop {
            let octet = *self.text.as_bytes().get(self.position)?;
            let start = self.position;
            (self.token, self.position) = (start, start + 1);
            match octet {
                b'{' | b'[' => {
                    let steps = self.steps();
                    let step = (octet == b'[').then_some(Step::Element(0));
                    self.open.push(Open { began: start, step });
                    return Some(self.gives(start, false, steps));
                }
                b'}' | b']' => {
                    let began = self.open.pop()?.began;
                    let steps = self.steps();
                    return Some(self.gives(began, false, steps));
                }
                b',' => self.separate(),
                b'"' => return Some(self.string(start)),
                b' ' | b'\t' | b'\r' | b'\n' | b':' => {}
                _ => {
                    let rest = &self.text.as_bytes()[start..];
                    let length = rest.iter().position(|octet| b",]}: \t\r\n".contains(octet)).unwrap_or(rest.len());
                    self.position = start + length.max(1);
                    let steps = self.steps();
                    return Some(self.gives(start, false, steps));
                }
            }
        }
    }

    /// After a comma the next name or element comes.
    fn separate(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.step = match open.step {
                Some(Step::Element(at)) => Some(Step::Element(at + 1)),
                _ => None,
            };
        }
    }

    /// A string that began at `start`: a name where an object has none yet, else a value.
    fn string(&mut self, start: usize) -> (Vec<Step>, usize) {
        let octets = self.text.as_bytes();
        while let Some(octet) = octets.get(self.position) {
            self.position += 1;
            match octet {
                b'\\' => self.position += 1,
                b'"' => break,
                _ => {}
            }
        }
        let is_name = matches!(self.open.last(), Some(Open { step: None, .. }));
        if is_name && let Some(open) = self.open.last_mut() {
            let written = self.text.get(start..self.position).unwrap_or_default();
            let name = serde_json::from_str(written).unwrap_or_else(|_| written.trim_matches('"').to_owned());
            open.step = Some(Step::Field(name));
        }
        let steps = self.steps();
        self.gives(start, is_name, steps)
    }

    fn gives(&mut self, began: usize, is_name: bool, steps: Vec<Step>) -> (Vec<Step>, usize) {
        (self.began, self.is_name) = (began, is_name);
        (steps, self.position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{\n  \"a\": [1, {\"b\": \"é\", \"c\": null}],\n  \"d\": {}\n}";

    fn path_at(needle: &str) -> String {
        path(&at(TEXT, TEXT.find(needle).unwrap() + needle.len()))
    }

    #[test]
    fn an_offset_has_a_path() {
        let rows = [("\"a\"", "a"), ("[1", "a[0]"), ("\"b\"", "a[1].b"), ("\"é\"", "a[1].b"), ("null", "a[1].c")];
        for (needle, expected) in rows.into_iter().chain([("null}", "a[1]"), ("}]", "a"), ("{}", "d"), ("{}\n}", "")]) {
            assert_eq!(path_at(needle), expected, "{needle}");
        }
    }

    #[test]
    fn a_path_has_an_offset_and_a_line() {
        let rows = [("a", (2, 3)), ("a[1].c", (2, 23)), ("d", (3, 3)), ("a[1].nowhere", (2, 12)), ("", (1, 1))];
        for (written, expected) in rows {
            assert_eq!(path(&steps(written)), written);
            assert_eq!(line_and_column(TEXT, offset(TEXT, &steps(written))), expected, "{written}");
        }
    }

    #[test]
    fn a_field_that_stands_twice_is_found() {
        assert_eq!(repeated(TEXT), None);
        let (steps, _) = repeated(r#"{"a": [{"b": 1}, {"b": 1}], "c": {"x": 1, "x": 2}}"#).unwrap();
        assert_eq!(path(&steps), "c.x");
    }

    #[test]
    fn anything_is_read_without_panic() {
        for text in ["", "}", "[}]", "{\"", "\"\\", "{\"a\\u12\": ", "nul", "é", "{,,}", "[1 2]"] {
            for offset in 0..=text.len() + 1 {
                let _ = (at(text, offset), line_and_column(text, offset), repeated(text));
            }
        }
    }
}
