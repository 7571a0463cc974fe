//! Tables of a report, and their three forms: JSON, CSV (RFC 4180) and Markdown.

use crate::citation::{self, Citation};
use crate::civil::Date;
use crate::finding::Text;
use crate::ids::{RegistrationId, SessionId};
use crate::interpretation::InterpretationId;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt;

use super::period::Window;

/// A report: some tables, what they are about, and what they stand on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// A stable name.
    pub id: &'static str,
    /// What it is called.
    pub title: Text,
    /// Its period, where it has one.
    pub window: Option<Window>,
    /// The clauses that ask for it.
    pub citations: Vec<Citation>,
    /// The readings it relies on.
    pub interpretations: Vec<InterpretationId>,
    /// What a reader should know.
    pub notes: Vec<Text>,
    /// Its tables.
    pub tables: Vec<Table>,
}

/// One table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Table {
    /// A stable name.
    pub id: &'static str,
    /// What it is called.
    pub title: Text,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, as many cells each as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// A stable name.
    pub id: &'static str,
    /// In Vietnamese.
    pub vi: &'static str,
    /// In English.
    pub en: &'static str,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cell {
    /// A text.
    Text(String),
    /// A text in both languages.
    Both(Text),
    /// How many.
    Count(u64),
    /// How long, in milliseconds; shown in hours.
    Hours(u64),
    /// How many of how many; shown as both and in per cent. Nothing of nothing has no percentage.
    Share {
        /// How many.
        part: u64,
        /// Of how many.
        of: u64,
    },
    /// A day.
    Day(Date),
    /// The events that the figures of the row count, in order.
    Events(Vec<EventId>),
    /// Left for somebody to fill in.
    Open,
}

/// What a figure counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum EventId {
    /// An entry of the journal, by its number.
    Entry(u64),
    /// A registration.
    Registration(RegistrationId),
    /// A session.
    Session(SessionId),
    /// An incident of a session, by its place among them from 1.
    Incident(SessionId, usize),
    /// An entry of a register, an object of the estate: by name.
    Named(String),
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entry(seq) => write!(f, "#{seq}"),
            Self::Registration(id) => write!(f, "R{id}"),
            Self::Session(id) => write!(f, "S{id}"),
            Self::Incident(id, number) => write!(f, "S{id}/{number}"),
            Self::Named(name) => f.write_str(name),
        }
    }
}

impl EventId {
    /// Whether `other` is the one right after this, so that both are written as one range.
    fn is_before(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Entry(one), Self::Entry(next)) => one + 1 == *next,
            (Self::Registration(one), Self::Registration(next)) => one.0 + 1 == next.0,
            (Self::Session(one), Self::Session(next)) => one.0 + 1 == next.0,
            _ => false,
        }
    }
}

/// `S1-S3; S7`.
fn ranges(events: &[EventId]) -> String {
    let mut text = String::new();
    let mut rest = events;
    while let Some(first) = rest.first() {
        let run = 1 + rest.windows(2).take_while(|pair| pair[0].is_before(&pair[1])).count();
        if !text.is_empty() {
            text.push_str("; ");
        }
        text.push_str(&first.to_string());
        if run > 1 {
            text.push_str(&format!("-{}", rest[run - 1]));
        }
        rest = &rest[run..];
    }
    text
}

impl Cell {
    /// A text in both languages.
    pub(crate) fn both(vi: &'static str, en: &'static str) -> Self {
        Self::Both(Text { vi: vi.into(), en: en.into() })
    }

    /// As it is shown to people.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Both(text) => format!("{} / {}", text.vi, text.en),
            Self::Count(count) => count.to_string(),
            Self::Hours(millis) => hours(*millis),
            Self::Share { part, of: 0 } => format!("{part}/0"),
            Self::Share { part, of } => format!("{part}/{of} ({})", percent(*part, *of)),
            Self::Day(date) => date.to_string(),
            Self::Events(events) => ranges(events),
            Self::Open => String::new(),
        }
    }

    fn json(&self) -> Value {
        match self {
            Self::Text(text) => json!(text),
            Self::Both(text) => json!(text),
            Self::Count(count) => json!(count),
            Self::Hours(millis) => json!(hours(*millis)),
            Self::Share { part, of: 0 } => json!({ "part": part, "of": 0 }),
            Self::Share { part, of } => json!({ "part": part, "of": of, "percent": percent(*part, *of) }),
            Self::Day(date) => json!(date),
            Self::Events(events) => events.iter().map(ToString::to_string).collect(),
            Self::Open => Value::Null,
        }
    }
}

/// A column of this id and these headings.
pub(super) const fn column(id: &'static str, vi: &'static str, en: &'static str) -> Column {
    Column { id, vi, en }
}

/// Hours with two decimals, rounded half up: whole numbers only, so that every machine rounds alike.
fn hours(millis: u64) -> String {
    let hundredths = (millis + 18_000) / 36_000;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// Per cent with two decimals, rounded half up.
fn percent(part: u64, of: u64) -> String {
    let hundredths = (part * 20_000 + of) / (2 * of);
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

impl Table {
    /// RFC 4180, one heading line, in which each heading is in both languages.
    pub fn csv(&self) -> String {
        let heading = self.columns.iter().map(|column| format!("{} / {}", column.vi, column.en));
        let mut text = csv_line(heading);
        for row in &self.rows {
            text.push_str(&csv_line(row.iter().map(Cell::text)));
        }
        text
    }

    /// A Markdown table under its title.
    pub fn markdown(&self) -> String {
        let cell = |text: String| text.replace('|', "\\|").replace(['\n', '\r'], " ");
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let mut text = format!("## {} / {}\n\n", self.title.vi, self.title.en);
        text.push_str(&line(self.columns.iter().map(|column| format!("{} / {}", column.vi, column.en)).collect()));
        text.push_str(&line(self.columns.iter().map(|_| "---".to_owned()).collect()));
        for row in &self.rows {
            text.push_str(&line(row.iter().map(|one| cell(one.text())).collect()));
        }
        text
    }

    /// Its rows as objects, by the names of the columns.
    pub fn json(&self) -> Value {
        let object = |row: &Vec<Cell>| {
            let fields = self.columns.iter().zip(row).map(|(column, cell)| (column.id.to_owned(), cell.json()));
            Value::Object(fields.collect::<Map<_, _>>())
        };
        self.rows.iter().map(object).collect()
    }
}

impl Report {
    /// A report without tables.
    pub(crate) fn new(id: &'static str, vi: &'static str, en: &'static str, citations: &[Citation]) -> Self {
        let title = Text { vi: vi.into(), en: en.into() };
        let citations = citations.to_vec();
        Self { id, title, window: None, citations, interpretations: Vec::new(), notes: Vec::new(), tables: Vec::new() }
    }

    /// It relies on this reading of the text.
    pub(crate) fn reading(mut self, number: u16) -> Self {
        self.interpretations.push(InterpretationId::a(number));
        self.interpretations.sort_unstable();
        self
    }

    /// Secret sessions are not in it, nor in any count of it, and it says so.
    pub(crate) fn without_secrets(mut self) -> Self {
        self.notes.push(Text {
            vi: "Không tính phiên họp có nội dung bí mật nhà nước".into(),
            en: "Sessions with state secrets are not counted".into(),
        });
        self.reading(13)
    }

    /// All tables as CSV, each under a line with its name, an empty line between them.
    pub fn csv(&self) -> String {
        let tables = self.tables.iter().map(|table| {
            let title = format!("{} / {}", table.title.vi, table.title.en);
            csv_line([title].into_iter()) + &table.csv()
        });
        tables.collect::<Vec<_>>().join("\r\n")
    }

    /// All of it as Markdown.
    pub fn markdown(&self) -> String {
        let mut text = format!("# {} / {}\n\n", self.title.vi, self.title.en);
        if let Some(Window { from, until }) = self.window {
            text.push_str(&format!("Kỳ / Period: {} – {} ({from} – {until})\n\n", from.vi(), until.vi()));
        }
        let basis = citation::join(&self.citations, Citation::key);
        text.push_str(&format!("Căn cứ / Basis: {basis}\n\n"));
        for note in &self.notes {
            text.push_str(&format!("- {} / {}\n", note.vi, note.en));
        }
        if !self.notes.is_empty() {
            text.push('\n');
        }
        text.push_str(&self.tables.iter().map(Table::markdown).collect::<Vec<_>>().join("\n"));
        text
    }

    /// All of it as JSON.
    pub fn json(&self) -> Value {
        let tables = self.tables.iter().map(|table| (table.id.to_owned(), table.json()));
        let mut value = json!({
            "report": self.id,
            "title": self.title,
            "citations": self.citations,
            "tables": Value::Object(tables.collect()),
        });
        if let Some(window) = &self.window {
            value["period"] = json!(window);
        }
        for (name, list) in [("interpretations", json!(self.interpretations)), ("notes", json!(self.notes))] {
            if list.as_array().is_some_and(|list| !list.is_empty()) {
                value[name] = list;
            }
        }
        value
    }
}

/// The events of each row of a report: what its counts count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts(BTreeMap<String, Vec<EventId>>);

impl Report {
    /// The events that each row counts, sorted, by table, the texts of the row and the column. Empty ones are left out.
    pub fn counts(&self) -> Counts {
        let mut counts: BTreeMap<String, Vec<EventId>> = BTreeMap::new();
        for table in &self.tables {
            for row in &table.rows {
                let names = row.iter().filter(|cell| matches!(cell, Cell::Text(_) | Cell::Both(_))).map(Cell::text);
                let name = names.collect::<Vec<_>>().join(", ");
                for (column, cell) in table.columns.iter().zip(row) {
                    let Cell::Events(events) = cell else { continue };
                    let key = format!("{}/{name}/{}", table.id, column.id);
                    counts.entry(key).or_default().extend(events.iter().cloned());
                }
            }
        }
        counts.retain(|_, events| !events.is_empty());
        counts.values_mut().for_each(|events| events.sort_unstable());
        Counts(counts)
    }
}

impl Counts {
    /// Both together; what both count is there twice.
    #[must_use]
    pub fn merged(mut self, other: &Self) -> Self {
        for (name, events) in &other.0 {
            let together = self.0.entry(name.clone()).or_default();
            together.extend(events.iter().cloned());
            together.sort_unstable();
        }
        self
    }

    /// How many events each row counts.
    pub fn json(&self) -> Value {
        Value::Object(self.0.iter().map(|(name, events)| (name.clone(), json!(events.len()))).collect())
    }
}

/// One line of CSV. What a spreadsheet would take for a formula is marked as text.
fn csv_line(cells: impl Iterator<Item = String>) -> String {
    let quoted = cells.map(|cell| {
        let cell = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell };
        match cell.contains([',', '"', '\n', '\r']) {
            true => format!("\"{}\"", cell.replace('"', "\"\"")),
            false => cell,
        }
    });
    quoted.collect::<Vec<_>>().join(",") + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let sessions = |ids: &[u64]| Cell::Events(ids.iter().map(|id| EventId::Session(SessionId(*id))).collect());
        Table {
            id: "by_kind",
            title: Text { vi: "Theo loại hình".into(), en: "By kind".into() },
            columns: vec![
                column("kind", "Loại hình", "Kind"),
                column("share", "Tỷ lệ", "Share"),
                column("hours", "Giờ", "Hours"),
                column("events", "Sự kiện", "Events"),
            ],
            rows: vec![
                vec![
                    Cell::Text("=giao ban, \"a\"|b".into()),
                    Cell::Share { part: 2, of: 3 },
                    Cell::Hours(5_400_000),
                    sessions(&[1, 2, 3, 7]),
                ],
                vec![Cell::both("khác", "other"), Cell::Share { part: 0, of: 0 }, Cell::Open, sessions(&[])],
            ],
        }
    }

    #[test]
    fn csv_quotes_and_marks_what_a_spreadsheet_would_run() {
        let expected = "Loại hình / Kind,Tỷ lệ / Share,Giờ / Hours,Sự kiện / Events\r\n\
                        \"'=giao ban, \"\"a\"\"|b\",2/3 (66.67%),1.50,S1-S3; S7\r\nkhác / other,0/0,,\r\n";
        assert_eq!(table().csv(), expected);
    }

    #[test]
    fn markdown_keeps_its_columns() {
        let expected = "## Theo loại hình / By kind\n\n| Loại hình / Kind | Tỷ lệ / Share | Giờ / Hours | Sự kiện / Events |\n\
                        | --- | --- | --- | --- |\n| =giao ban, \"a\"\\|b | 2/3 (66.67%) | 1.50 | S1-S3; S7 |\n\
                        | khác / other | 0/0 |  |  |\n";
        assert_eq!(table().markdown(), expected);
    }

    #[test]
    fn json_lists_every_event() {
        let rows = table().json();
        assert_eq!(rows[0]["events"], json!(["S1", "S2", "S3", "S7"]));
        assert_eq!(rows[0]["share"], json!({ "part": 2, "of": 3, "percent": "66.67%" }));
        assert_eq!(rows[1]["hours"], Value::Null);
    }
}
