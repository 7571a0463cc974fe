//! [`Headers`]: the header fields of a message in their order, each as it was read or as it was set.
//!
//! What was read stays one shared block of octets; a field that nobody changed is written back exactly, with its own
//! spelling, folding and white space.

use super::Name;
use crate::message::{Text, scan};
use bytes::{BufMut, Bytes};
use std::fmt;
use std::ops::Range;

/// A range of the block.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::message) struct Span {
    pub(in crate::message) start: u32,
    pub(in crate::message) end: u32,
}

impl Span {
    fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The header fields of a message, in order.
#[derive(Clone, Default)]
pub struct Headers {
    /// The octets that the spans point into.
    block: Text,
    list: Vec<Entry>,
}

#[derive(Clone)]
struct Entry {
    name: Name,
    source: Source,
}

#[derive(Clone)]
enum Source {
    /// Read: the whole field with its line end, and the value, which is UTF-8 on one line.
    Span { line: Span, value: Span },
    /// Set, or read with a value that had to be unfolded; then the line as read and where it began.
    Own { line: Option<(u32, Bytes)>, value: Text },
}

/// One header field.
#[derive(Clone, Copy)]
pub struct Header<'a> {
    block: &'a Text,
    entry: &'a Entry,
}

impl<'a> Header<'a> {
    /// The name.
    pub fn name(self) -> &'a Name {
        &self.entry.name
    }

    /// The value: unfolded, without white space at its ends. What is not UTF-8 reads as replacement characters.
    pub fn value(self) -> &'a str {
        match &self.entry.source {
            Source::Span { value, .. } => &self.block[value.range()],
            Source::Own { value, .. } => value,
        }
    }

    /// The value, sharing the octets of the message.
    pub fn text(self) -> Text {
        match &self.entry.source {
            Source::Span { value, .. } => self.block.part(&self.block[value.range()]),
            Source::Own { value, .. } => value.clone(),
        }
    }

    /// The field as it was read, with its line end; `None` if it was set.
    pub fn raw(self) -> Option<Bytes> {
        match &self.entry.source {
            Source::Span { line, .. } => Some(self.block.as_bytes().slice(line.range())),
            Source::Own { line, .. } => line.as_ref().map(|(_, line)| line.clone()),
        }
    }

    /// Where the value begins in the message that was read, the line for an unfolded one; 0 for a field that was set.
    pub(in crate::message) fn offset(self) -> usize {
        match &self.entry.source {
            Source::Span { value, .. } => value.start as usize,
            Source::Own { line, .. } => line.as_ref().map_or(0, |(at, _)| *at as usize),
        }
    }
}

impl Headers {
    /// No header fields.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty list over the octets of a message that are UTF-8.
    pub(in crate::message) fn over(block: Text, capacity: usize) -> Self {
        Self { block, list: Vec::with_capacity(capacity) }
    }

    pub(in crate::message) fn push_read(&mut self, name: Name, line: Span, value: Span) {
        self.list.push(Entry { name, source: Source::Span { line, value } });
    }

    pub(in crate::message) fn push_unfolded(&mut self, name: Name, at: u32, line: Bytes, value: Text) {
        self.list.push(Entry { name, source: Source::Own { line: Some((at, line)), value } });
    }

    /// How many fields there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All fields in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Header<'_>> {
        self.list.iter().map(|entry| Header { block: &self.block, entry })
    }

    /// The fields of one name, in order.
    pub fn all(&self, name: impl Into<Name>) -> impl DoubleEndedIterator<Item = Header<'_>> {
        let name = name.into();
        self.iter().filter(move |header| *header.name() == name)
    }

    /// The first field of a name.
    pub fn first(&self, name: impl Into<Name>) -> Option<Header<'_>> {
        let name = name.into();
        self.iter().find(|header| *header.name() == name)
    }

    /// The value of the first field of a name.
    pub fn get(&self, name: impl Into<Name>) -> Option<&str> {
        self.first(name).map(Header::value)
    }

    /// Whether a field of this name is there.
    pub fn has(&self, name: impl Into<Name>) -> bool {
        self.first(name).is_some()
    }

    /// Adds a field at the end. Line ends in the value become spaces, and what is no token character falls out of the name,
    /// so that no value can bring a field of its own.
    pub fn push(&mut self, name: impl Into<Name>, value: impl Into<Text>) {
        self.list.push(Entry::own(name.into(), value.into()));
    }

    /// Adds a field before all others (a Via of our own).
    pub fn prepend(&mut self, name: impl Into<Name>, value: impl Into<Text>) {
        self.list.insert(0, Entry::own(name.into(), value.into()));
    }

    /// Sets a field: the first of that name is replaced where it stands, further ones go away; if there is none, one is
    /// added at the end.
    pub fn set(&mut self, name: impl Into<Name>, value: impl Into<Text>) {
        let entry = Entry::own(name.into(), value.into());
        match self.list.iter().position(|old| old.name == entry.name) {
            Some(at) => {
                let name = entry.name.clone();
                self.list[at] = entry;
                let mut index = 0;
                self.list.retain(|old| {
                    index += 1;
                    index - 1 == at || old.name != name
                });
            }
            None => self.list.push(entry),
        }
    }

    /// Replaces the first field of a name where it stands and leaves further ones; adds one if there is none.
    pub fn set_first(&mut self, name: impl Into<Name>, value: impl Into<Text>) {
        let entry = Entry::own(name.into(), value.into());
        match self.list.iter().position(|old| old.name == entry.name) {
            Some(at) => self.list[at] = entry,
            None => self.list.push(entry),
        }
    }

    /// Takes all fields of a name away; whether there were any.
    pub fn remove(&mut self, name: impl Into<Name>) -> bool {
        let name = name.into();
        let before = self.list.len();
        self.list.retain(|entry| entry.name != name);
        before != self.list.len()
    }

    /// Appends the fields of a name of another message, exactly as they were read there.
    pub fn copy(&mut self, name: impl Into<Name>, from: &Headers) {
        for header in from.all(name) {
            self.copy_one(header);
        }
    }

    /// Appends one field of another message, exactly as it was read there.
    pub fn copy_one(&mut self, header: Header<'_>) {
        let source = Source::Own { line: header.raw().map(|line| (0, line)), value: header.text() };
        self.list.push(Entry { name: header.name().clone(), source });
    }

    /// Writes all fields.
    pub(in crate::message) fn write(&self, out: &mut impl BufMut) {
        for header in self.iter() {
            header.write(out);
        }
    }
}

impl Header<'_> {
    fn write(self, out: &mut impl BufMut) {
        match &self.entry.source {
            Source::Span { line, .. } => out.put_slice(&self.block.as_bytes()[line.range()]),
            Source::Own { line: Some((_, line)), .. } => out.put_slice(line),
            Source::Own { line: None, value } => {
                out.put_slice(self.entry.name.as_str().as_bytes());
                out.put_slice(b": ");
                out.put_slice(value.as_bytes());
                out.put_slice(b"\r\n");
            }
        }
    }
}

impl Entry {
    fn own(name: Name, value: Text) -> Self {
        let name = match name {
            Name::Other(text) if !scan::is_token(&text) => Name::Other(
                text.chars().filter(|&c| c.is_ascii() && scan::is_token_octet(c as u8)).collect::<String>().into(),
            ),
            name => name,
        };
        let value = match memchr::memchr2(b'\r', b'\n', value.as_bytes()) {
            Some(_) => value.replace(['\r', '\n'], " ").into(),
            None => value,
        };
        Self { name, source: Source::Own { line: None, value } }
    }
}

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl fmt::Debug for Header<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name(), self.value())
    }
}
