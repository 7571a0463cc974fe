//! Overrides as a table: when, by whom, why. The usage and the compliance reports show it, each of its own events.

use super::table::{Cell, Column, EventId, Table, column};
use crate::civil::Moment;
use crate::finding::Text;

/// One override: when, who, why, and what it is found by.
pub(super) type OverrideRow = (Moment, String, String, EventId);

/// The table of these overrides, whose last column is `events`.
pub(super) fn overrides_table(rows: impl IntoIterator<Item = OverrideRow>, events: Column) -> Table {
    let row = |(at, by, reason, event): OverrideRow| {
        vec![Cell::Text(at.rfc3339()), Cell::Text(by), Cell::Text(reason), Cell::Events(vec![event])]
    };
    Table {
        id: "overrides",
        title: Text { vi: "Phê duyệt ngoại lệ".into(), en: "Overrides".into() },
        columns: vec![
            column("at", "Thời điểm", "When"),
            column("by", "Người phê duyệt", "By"),
            column("reason", "Lý do", "Reason"),
            events,
        ],
        rows: rows.into_iter().map(row).collect(),
    }
}
