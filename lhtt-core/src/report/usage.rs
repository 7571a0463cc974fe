//! Usage of the system in a period (Điều 15 khoản 2 điểm đ): sessions by kind, urgency, level and agency, hours, sites,
//! what was done in time, incidents, overrides.
//!
//! A session counts in the period in which it started, and so do its hours and its rehearsal; an answer, a hand-over where
//! it was due, an incident or override when it was reported. What comes after a period so counts in the next one, and a period
//! that is over keeps its figures. Secret sessions count only for whoever is cleared.

mod punctual;

use super::period::Window;
use super::table::{Cell, Column, EventId, Report, Table, column};
use crate::citation::Citation;
use crate::civil::Moment;
use crate::finding::Text;
use crate::ids::SessionId;
use crate::registry::{Registry, SessionRecord, Tier, UrgencyClass, Way};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Of which sessions a report speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Its days.
    pub window: Window,
    /// When it is made: what is not late by then and not done is not counted yet.
    pub now: Moment,
    /// Whether secret sessions count.
    pub cleared: bool,
}

impl Scope {
    /// Whether a session of this secrecy is told of.
    fn shows(&self, secret: bool) -> bool {
        self.cleared || !secret
    }
}

/// The usage of the system.
pub fn usage(registry: &Registry, scope: Scope) -> Report {
    let records: Vec<_> = records(registry).filter(|record| scope.shows(record.secret)).collect();
    let held: Vec<&SessionRecord> = records.iter().map(AsRef::as_ref).filter(|one| counts(one, scope)).collect();
    let title = ("Tình hình sử dụng Hệ thống", "Usage of the system");
    let mut report = Report::new("usage", title.0, title.1, &[POINT_DD]).reading(25);
    report.window = Some(scope.window);
    if !scope.cleared {
        report = report.without_secrets();
    }
    report.tables = vec![
        totals(&held),
        by("by_kind", ("Theo loại hình", "By kind"), KIND, &held, |one| {
            (kind_rank(&one.kind), kind_name(&one.kind))
        }),
        by("by_urgency", ("Theo tính chất", "By urgency"), URGENCY, &held, |one| {
            (one.urgency as u8, urgency(one.urgency))
        }),
        by("by_way", ("Theo cách đăng ký", "By way"), WAY, &held, |one| (one.way as u8, way(one.way))),
        by("by_tier", ("Theo cấp chủ trì", "By level of the chair"), TIER, &held, |one| {
            (one.tier as u8, tier(one.tier))
        }),
        by("by_agency", ("Theo cơ quan chủ trì", "By chairing agency"), AGENCY, &held, |one| {
            (0, registry.organization(&one.agency).map_or_else(|| one.agency.to_string(), |agency| agency.name.clone()))
        }),
        punctual::table(registry, &records, scope),
        incidents(&records, scope),
        punctual::overrides(registry, &records, scope),
    ];
    report.notes.extend(carried(&records, scope));
    report
}

/// The record of every session: as kept, or, of one that runs, as it would be kept now.
fn records(registry: &Registry) -> impl Iterator<Item = Cow<'_, SessionRecord>> {
    registry.sessions().map(|session| match registry.record().sessions.get(&session.id) {
        Some(record) => Cow::Borrowed(record),
        None => Cow::Owned(SessionRecord::of(registry, session, None)),
    })
}

/// The records of the sessions that took place in the period, as far as they are told of.
pub(super) fn held(registry: &Registry, scope: Scope) -> impl Iterator<Item = Cow<'_, SessionRecord>> {
    records(registry).filter(move |record| scope.shows(record.secret) && counts(record, scope))
}

/// Whether a session took place in the period.
fn counts(record: &SessionRecord, scope: Scope) -> bool {
    record.held && scope.window.contains(record.start)
}

/// What came after the period of its session was over, and so counts in this one: incidents, overrides of a start, and
/// hand-overs that were due by now.
fn carried(records: &[Cow<'_, SessionRecord>], scope: Scope) -> Option<Text> {
    let mut late = Vec::new();
    for record in records.iter().filter(|one| one.start < scope.window.from.start()) {
        let incidents = record.incidents.iter().zip(1_usize..).filter(|(one, _)| scope.window.contains(one.at));
        late.extend(incidents.map(|(_, number)| EventId::Incident(record.id, number)));
        let overridden = record.overrides.iter().any(|one| scope.window.contains(one.at));
        let handed_over = record.handover.as_ref().is_some_and(|one| punctual::judged_handover(one, scope).is_some());
        late.extend((overridden || handed_over).then_some(EventId::Session(record.id)));
    }
    late.sort_unstable();
    let events = Cell::Events(late).text();
    (!events.is_empty()).then(|| Text {
        vi: format!("Phát sinh sau khi kỳ của phiên họp đã kết thúc, tính vào kỳ này: {events}").into(),
        en: format!("Came after the period of their session was over and count in this one: {events}").into(),
    })
}

fn totals(held: &[&SessionRecord]) -> Table {
    let millis = held.iter().map(|one| one.millis()).sum();
    let attended = held.iter().flat_map(|one| &one.sites);
    let mut sites: Vec<_> = attended.clone().map(|one| &one.site).collect();
    let site_hours = attended.map(|one| one.millis).sum();
    let presences = sites.len() as u64;
    sites.sort_unstable();
    sites.dedup();
    let row = |vi, en, figure| vec![Cell::both(vi, en), figure, events(held.iter().map(|one| one.id))];
    Table {
        id: "totals",
        title: Text { vi: "Tổng số".into(), en: "Totals".into() },
        columns: vec![column("figure", "Chỉ tiêu", "Figure"), column("value", "Giá trị", "Value"), EVENTS],
        rows: vec![
            row("Số phiên họp", "Sessions", Cell::Count(held.len() as u64)),
            row("Số giờ họp", "Hours", Cell::Hours(millis)),
            row("Số điểm cầu đã tham gia", "Sites that took part", Cell::Count(sites.len() as u64)),
            row("Lượt điểm cầu tham gia", "Attendances of sites", Cell::Count(presences)),
            row("Số giờ tham gia của các điểm cầu", "Hours of attendance", Cell::Hours(site_hours)),
        ],
    }
}

/// Sessions and hours by one of their features, in the order of its rank and name.
fn by(
    id: &'static str,
    (vi, en): (&'static str, &'static str),
    feature: Column,
    held: &[&SessionRecord],
    name: impl Fn(&SessionRecord) -> (u8, String),
) -> Table {
    let mut groups: BTreeMap<(u8, String), (u64, Vec<SessionId>)> = BTreeMap::new();
    for one in held {
        let group = groups.entry(name(one)).or_default();
        group.0 += one.millis();
        group.1.push(one.id);
    }
    let row = |((_, name), (millis, ids)): ((u8, String), (u64, Vec<SessionId>))| {
        vec![Cell::Text(name), Cell::Count(ids.len() as u64), Cell::Hours(millis), events(ids.into_iter())]
    };
    Table {
        id,
        title: Text { vi: vi.into(), en: en.into() },
        columns: vec![feature, column("sessions", "Số phiên", "Sessions"), column("hours", "Số giờ", "Hours"), EVENTS],
        rows: groups.into_iter().map(row).collect(),
    }
}

fn incidents(records: &[Cow<'_, SessionRecord>], scope: Scope) -> Table {
    let mut kinds: BTreeMap<&str, Vec<EventId>> = BTreeMap::new();
    for record in records {
        for (at, incident) in record.incidents.iter().enumerate() {
            if scope.window.contains(incident.at) {
                kinds.entry(&incident.kind).or_default().push(EventId::Incident(record.id, at + 1));
            }
        }
    }
    let row = |(kind, events): (&str, Vec<EventId>)| {
        vec![Cell::Text(incident_name(kind)), Cell::Count(events.len() as u64), Cell::Events(events)]
    };
    Table {
        id: "incidents",
        title: Text { vi: "Sự cố".into(), en: "Incidents".into() },
        columns: vec![column("kind", "Loại sự cố", "Kind"), column("count", "Số lượng", "Count"), EVENTS],
        rows: kinds.into_iter().map(row).collect(),
    }
}

/// The kinds in the order of their letters; another kind and one that was not stated come last.
pub(super) fn kind_rank(kind: &str) -> u8 {
    let rank = |at: usize| u8::try_from(at).unwrap_or(u8::MAX);
    rank(KINDS.iter().position(|one| *one == kind).unwrap_or(KINDS.len()))
}

const KINDS: [&str; 7] = ["a", "b", "c", "d", "đ", "e", "other"];

pub(super) fn kind_name(kind: &str) -> String {
    let (vi, en) = match kind {
        "a" => ("a) giao ban định kỳ", "regular meetings"),
        "b" => ("b) triển khai nhiệm vụ, sơ kết, tổng kết", "tasks and reviews"),
        "c" => ("c) chuyên đề", "on one subject"),
        "d" => ("d) tập huấn", "training"),
        "đ" => ("đ) lấy ý kiến đề án, dự án, dự thảo", "opinions on drafts"),
        "e" => ("e) cuộc họp khác theo yêu cầu triệu tập", "others convened"),
        "" => ("chưa nêu loại hình", "kind not stated"),
        _ => ("loại hình khác", "another kind"),
    };
    format!("{vi} / {en}")
}

fn incident_name(kind: &str) -> String {
    let (vi, en) = match kind {
        "endpoint" => ("thiết bị đầu cuối", "terminal"),
        "line" => ("đường truyền", "line"),
        "power" => ("nguồn điện", "power"),
        "mcu" => ("MCU", "MCU"),
        other => (other, other),
    };
    format!("{vi} / {en}")
}

fn urgency(urgency: UrgencyClass) -> String {
    match urgency {
        UrgencyClass::Normal => "thông thường / normal",
        UrgencyClass::Urgent => "đột xuất, khẩn cấp / urgent",
        UrgencyClass::AdHoc => "đột xuất, không thuộc tình huống khẩn cấp / sudden, no emergency",
    }
    .to_owned()
}

fn way(way: Way) -> String {
    match way {
        Way::Registered => "đăng ký / registered",
        Way::Notified => "thông báo / notified",
        Way::Convened => "hệ thống khác triệu tập / convened by a peer",
    }
    .to_owned()
}

pub(super) fn tier(tier: Tier) -> String {
    match tier {
        Tier::Province => "cấp tỉnh / province",
        Tier::DistrictAndAffiliated => "cấp huyện, đơn vị trực thuộc / district and affiliated",
        Tier::Commune => "cấp xã / commune",
    }
    .to_owned()
}

pub(super) fn events(ids: impl Iterator<Item = SessionId>) -> Cell {
    Cell::Events(ids.map(EventId::Session).collect())
}

pub(super) const EVENTS: Column = column("events", "Phiên", "Sessions counted");
const KIND: Column = column("kind", "Loại hình", "Kind");
const URGENCY: Column = column("urgency", "Tính chất", "Urgency");
const WAY: Column = column("way", "Cách đăng ký", "Way");
const TIER: Column = column("tier", "Cấp", "Level");
const AGENCY: Column = column("agency", "Cơ quan chủ trì", "Chairing agency");
const POINT_DD: Citation = Citation::article(15).clause(2).point('đ');
