//! The register of difficulties (Điều 20 khoản 3), for the report to UBND tỉnh.

use super::period::Window;
use super::table::{Cell, Column, EventId, Report, Table};
use crate::citation::Citation;
use crate::finding::Text;
use crate::registry::{Difficulty, Registry};

/// The difficulties told in a window, or not closed before it; all of them, if none is given. Each stands as it stood at
/// the end of the window.
pub fn difficulties(registry: &Registry, window: Option<Window>) -> Report {
    let concerns = |one: &&Difficulty| {
        window.is_none_or(|window| {
            let closed = one.steps.iter().find(|step| step.to == crate::registry::DifficultyStatus::Closed);
            one.at < window.until.end() && closed.is_none_or(|step| step.at >= window.from.start())
        })
    };
    let mut report =
        Report::new("difficulties", "Khó khăn, vướng mắc", "Difficulties", &[Citation::article(20).clause(3)]);
    report.window = window;
    report.tables.push(Table {
        id: "difficulties",
        title: Text { vi: "Danh sách".into(), en: "List".into() },
        columns: COLUMNS.into_iter().map(|(id, vi, en)| Column { id, vi, en }).collect(),
        rows: registry.record().difficulties.iter().filter(concerns).map(|one| row(registry, one, window)).collect(),
    });
    report
}

fn row(registry: &Registry, one: &Difficulty, window: Option<Window>) -> Vec<Cell> {
    let status = window.map_or_else(|| one.status(), |window| one.status_before(window.until.end()));
    let agency = registry.organization(&one.organization).map_or(one.organization.as_str(), |agency| &agency.name);
    let documents = one.steps.iter().filter(|step| window.is_none_or(|window| step.at < window.until.end()));
    let documents: Vec<_> =
        documents.map(|step| step.document.as_str()).filter(|document| !document.is_empty()).collect();
    vec![
        Cell::Count(one.id),
        Cell::Day(one.at.date()),
        Cell::Text(agency.to_owned()),
        Cell::Text(one.clause.map_or_else(String::new, |clause| clause.key())),
        Cell::Text(one.text.clone()),
        Cell::both(status.vi(), status.en()),
        Cell::Text(documents.join("; ")),
        Cell::Events(vec![EventId::Named(format!("D{}", one.id))]),
    ]
}

const COLUMNS: [(&str, &str, &str); 8] = [
    ("number", "Số", "No."),
    ("day", "Ngày phản ánh", "Told"),
    ("agency", "Cơ quan", "Agency"),
    ("clause", "Điều khoản", "Clause"),
    ("text", "Nội dung", "What it is"),
    ("status", "Tình trạng", "Status"),
    ("documents", "Văn bản", "Documents"),
    ("events", "Bản ghi", "Entry"),
];
