//! Use of each site (Điều 7 khoản 3, 18 khoản 2), and the yearly data on meetings (Điều 18 khoản 6).

use super::period::{Cycle, Period};
use super::table::{Cell, Report, Table, column};
use super::usage::{EVENTS, Scope, events, held, kind_name, kind_rank, tier};
use crate::citation::Citation;
use crate::finding::Text;
use crate::ids::{SessionId, SiteId};
use crate::registry::{Registry, Tier};
use std::collections::BTreeMap;

/// Sessions and hours of each site: of all that are configured, and of those that were there.
pub fn utilisation(registry: &Registry, scope: Scope) -> Report {
    let mut sites = used(registry, scope);
    for site in registry.sites() {
        sites.entry(site.id.clone()).or_default();
    }
    let row = |(id, (millis, ids)): (SiteId, (u64, Vec<SessionId>))| {
        let site = registry.site(&id);
        let agency = site.and_then(|site| registry.organization(&site.organization));
        vec![
            Cell::Text(id.to_string()),
            Cell::Text(site.map_or_else(String::new, |site| site.name.clone())),
            Cell::Text(agency.map_or_else(String::new, |agency| agency.name.clone())),
            Cell::Count(ids.len() as u64),
            Cell::Hours(millis),
            events(ids.into_iter()),
        ]
    };
    let mut report = Report::new("utilisation", "Mức độ sử dụng điểm cầu", "Use of the sites", &[QUOTA, USE]);
    report.window = Some(scope.window);
    report.tables.push(Table {
        id: "sites",
        title: Text { vi: "Theo điểm cầu".into(), en: "By site".into() },
        columns: vec![
            column("site", "Mã", "Id"),
            column("name", "Điểm cầu", "Site"),
            column("agency", "Cơ quan", "Agency"),
            column("sessions", "Số phiên", "Sessions"),
            column("hours", "Số giờ", "Hours"),
            EVENTS,
        ],
        rows: sites.into_iter().map(row).collect(),
    });
    report
}

/// How long each site was used in a period, and in which sessions; sites that were not are left out.
pub(super) fn used(registry: &Registry, scope: Scope) -> BTreeMap<SiteId, (u64, Vec<SessionId>)> {
    let mut sites: BTreeMap<SiteId, (u64, Vec<SessionId>)> = BTreeMap::new();
    for record in held(registry, scope) {
        for time in &record.sites {
            let site = sites.entry(time.site.clone()).or_default();
            site.0 += time.millis;
            site.1.push(record.id);
        }
    }
    sites
}

/// The yearly data: how many meetings of which kind, online ones counted, those in person left to be filled in.
///
/// The window is that of Nghị định 09/2019, whatever the window of the scope.
pub fn yearly_data(registry: &Registry, year: i16, scope: Scope) -> Report {
    let scope = Scope { window: Period::Year(year).window(Cycle::Nd09), ..scope };
    let mut rows: BTreeMap<(Tier, u8, String), Vec<SessionId>> = BTreeMap::new();
    for record in held(registry, scope) {
        rows.entry((record.tier, kind_rank(&record.kind), record.kind.clone())).or_default().push(record.id);
    }
    let row = |((level, _, kind), ids): ((Tier, u8, String), Vec<SessionId>)| {
        vec![
            Cell::Text(tier(level)),
            Cell::Text(kind_name(&kind)),
            Cell::Count(ids.len() as u64),
            Cell::Open,
            Cell::Open,
            events(ids.into_iter()),
        ]
    };
    let mut report =
        Report::new("yearly_data", "Số liệu cuộc họp hằng năm", "Yearly data on meetings", &[YEARLY_DATA]).reading(14);
    report.window = Some(scope.window);
    report.notes.push(Text {
        vi: "Biểu theo Điều 11 Thông tư 01/2020/TT-VPCP; cột họp trực tiếp để nhập".into(),
        en: "After Thông tư 01/2020/TT-VPCP, Article 11; the column of meetings in person is to be filled in".into(),
    });
    report.tables.push(Table {
        id: "meetings",
        title: Text { vi: "Số lượng, loại hình, hình thức".into(), en: "Number, kind, form".into() },
        columns: vec![
            column("tier", "Cấp chủ trì", "Level"),
            column("kind", "Loại hình", "Kind"),
            column("online", "Trực tuyến", "Online"),
            column("in_person", "Trực tiếp", "In person"),
            column("total", "Tổng số", "Total"),
            EVENTS,
        ],
        rows: rows.into_iter().map(row).collect(),
    });
    report
}

const QUOTA: Citation = Citation::article(7).clause(3);
const USE: Citation = Citation::article(18).clause(2);
const YEARLY_DATA: Citation = Citation::article(18).clause(6);
