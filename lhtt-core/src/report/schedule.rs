//! The public schedule (Điều 15 khoản 2 điểm b): times, agencies and sites. Secret sessions are not in it, nor in any count
//! of it, and of the others no content.

use super::period::Window;
use super::table::{Cell, Column, EventId, Report, Table};
use crate::citation::Citation;
use crate::finding::Text;
use crate::registry::{Registry, Session};
use crate::submission::Member;

/// The open sessions that start in these days and have not been called off, by their start.
pub fn public_schedule(registry: &Registry, window: Window) -> Report {
    let mut sessions: Vec<_> = registry.sessions().filter(|session| shown(registry, session, window)).collect();
    sessions.sort_by_key(|session| (session.start, session.id));
    let mut report =
        Report::new("public_schedule", "Lịch họp trực tuyến", "Schedule of online sessions", &[POINT_B]).reading(13);
    report.window = Some(window);
    report.tables.push(Table {
        id: "sessions",
        title: Text { vi: "Các phiên họp".into(), en: "Sessions".into() },
        columns: COLUMNS.into_iter().map(|(id, vi, en)| Column { id, vi, en }).collect(),
        rows: sessions.into_iter().map(|session| row(registry, session)).collect(),
    });
    report
}

fn shown(registry: &Registry, session: &Session, window: Window) -> bool {
    !registry.is_or_was_secret(session) && !session.cancelled && window.contains(session.start)
}

fn row(registry: &Registry, session: &Session) -> Vec<Cell> {
    let agency = registry.organization(&session.agency).map_or(session.agency.as_str(), |one| &one.name);
    let chair = registry.site(&session.chair_site).map_or(session.chair_site.as_str(), |one| &one.name);
    let members = session.seats.iter().filter_map(|seat| match &seat.member {
        Member::Site(id) if *id == session.chair_site => None,
        Member::Site(id) => Some(registry.site(id).map_or(id.as_str(), |one| &one.name)),
        Member::Peer(id) => Some(registry.peer(id).map_or(id.as_str(), |one| &one.name)),
    });
    vec![
        Cell::Day(session.start.date()),
        Cell::Text(format!("{}–{}", session.start.clock_short(), session.end.clock_short())),
        Cell::Text(agency.to_owned()),
        Cell::Text(chair.to_owned()),
        Cell::Text(members.collect::<Vec<_>>().join(", ")),
        Cell::Events(vec![EventId::Session(session.id)]),
    ]
}

const COLUMNS: [(&str, &str, &str); 6] = [
    ("day", "Ngày", "Day"),
    ("time", "Giờ", "Time"),
    ("agency", "Cơ quan chủ trì", "Chairing agency"),
    ("chair_site", "Điểm cầu chủ trì", "Chair site"),
    ("members", "Điểm cầu thành phần", "Member sites"),
    ("events", "Phiên", "Session"),
];
const POINT_B: Citation = Citation::article(15).clause(2).point('b');
