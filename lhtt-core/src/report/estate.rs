//! What is kept about the estate: quotas and their use (Điều 7), gaps in the lists of who runs a site (Điều 15 khoản 2 điểm c,
//! 18 khoản 3), terminals that wait for their check (Điều 8 khoản 3 điểm c, 16 khoản 2, 18 khoản 5).
//!
//! Each is of the day on which it is made; only the use of the sites is of a period. Leaves out: names of people.

use super::table::{Cell, EventId, Report, Table, column};
use super::usage::{Scope, events, tier};
use crate::citation::{self, Citation};
use crate::civil::{Date, Moment};
use crate::finding::Text;
use crate::ids::{OrganizationId, SiteId};
use crate::registry::estate::{CheckCause, ContactDuty, Document, Endpoint, Verdict};
use crate::registry::{Organization, Registry, Site};
use crate::rules::{article_07, article_08, article_16, article_18};
use std::fmt::Display;

/// The quota register: what each agency may have and has, the sites with their use, the grants of communes.
pub fn quota(registry: &Registry, scope: Scope) -> Report {
    let today = scope.now.date();
    let title = ("Sổ theo dõi số lượng điểm cầu", "Quota register");
    let mut report = as_of(Report::new("quota", title.0, title.1, &[Citation::article(7), USE]), scope.now);
    report.window = Some(scope.window);
    let numbered = registry.organizations().map(|one| agency(registry, one, today)).collect();
    let grants = registry.estate().quota_grants.iter().map(|(id, grant)| {
        let paper = |paper: &Option<Document>| paper.as_ref().map_or_else(String::new, |one| one.number.clone());
        vec![
            Cell::Text(id.to_string()),
            Cell::Text(agency_name(registry, &grant.commune)),
            Cell::Count(grant.extra.into()),
            Cell::Text(paper(&grant.plan)),
            Cell::Text(paper(&grant.approval)),
            Cell::Day(grant.from),
            grant.until.map_or(Cell::Open, Cell::Day),
            yes(article_07::holds(registry, grant, today)),
            named(id),
        ]
    });
    let grants = grants.collect();
    report.tables = vec![
        table("agencies", ("Theo cơ quan", "By agency"), &AGENCIES, numbered),
        table("sites", ("Theo điểm cầu", "By site"), &SITES, sites(registry, scope)),
        table("grants", ("Bổ sung cho cấp xã", "Grants to communes"), &GRANTS, grants),
    ];
    report
}

/// What an agency may have and has. Agencies that share a quota show the same figures.
fn agency(registry: &Registry, one: &Organization, today: Date) -> Vec<Cell> {
    let who = [
        Cell::Text(one.id.to_string()),
        Cell::Text(one.name.clone()),
        Cell::Text(one.tier.map_or_else(|| "chưa rõ / not known".to_owned(), tier)),
    ];
    let rest = match article_07::allotment(registry, one, today) {
        Ok(allotment) => {
            let holders: Vec<_> = article_07::holders(registry, &allotment).map(|site| named_id(&site.id)).collect();
            let used = holders.len() as u64;
            let limit = |of: fn(u64, u64) -> u64| match allotment.limit {
                Some(limit) => Cell::Count(of(limit.into(), used)),
                None => Cell::both("không giới hạn", "unlimited"),
            };
            let over = allotment.limit.is_some_and(|limit| u64::from(limit) < used);
            let remark = if over { Cell::both("vượt số lượng", "over the quota") } else { Cell::Open };
            let basis = citation::join(allotment.citations, Citation::key);
            let free = limit(u64::saturating_sub);
            [limit(|limit, _| limit), Cell::Count(used), free, Cell::Text(basis), remark, Cell::Events(holders)]
        }
        Err(finding) => {
            let open = || Cell::Open;
            let basis = Cell::Text(citation::join(&finding.citations, Citation::key));
            [open(), open(), open(), basis, Cell::Both(finding.observed.clone()), Cell::Events(Vec::new())]
        }
    };
    who.into_iter().chain(rest).collect()
}

/// Each site with its state, whether it holds a slot, and its use in the period.
fn sites(registry: &Registry, scope: Scope) -> Vec<Vec<Cell>> {
    let mut used = super::sites::used(registry, scope);
    let row = |site: &Site| {
        let state = registry.site_state(&site.id);
        let (millis, sessions) = used.remove(&site.id).unwrap_or_default();
        vec![
            Cell::Text(site.id.to_string()),
            Cell::Text(site.name.clone()),
            Cell::Text(agency_name(registry, &site.organization)),
            state.map_or(Cell::Open, |state| Cell::both(state.vi(), state.en())),
            yes(state.is_some_and(|state| state.holds_slot())),
            Cell::Count(sessions.len() as u64),
            Cell::Hours(millis),
            events(sessions.into_iter()),
        ]
    };
    registry.sites().map(row).collect()
}

/// The sites of the system that lack a leader or a technician.
pub fn roster_gaps(registry: &Registry, now: Moment) -> Report {
    let row = |(id, lacks): (SiteId, Vec<ContactDuty>)| {
        let (vi, en) = match lacks[..] {
            [ContactDuty::Leader] => ("lãnh đạo Văn phòng hoặc tương đương", "a leader of the office"),
            [ContactDuty::Technician] => ("cán bộ kỹ thuật", "a technician"),
            _ => ("lãnh đạo Văn phòng; cán bộ kỹ thuật", "a leader of the office; a technician"),
        };
        let [name, agency] = of_site(registry, &id);
        vec![Cell::Text(id.to_string()), name, agency, Cell::both(vi, en), named(&id)]
    };
    let title = ("Điểm cầu chưa đủ người phụ trách", "Sites without those who run them");
    let report = Report::new("roster_gaps", title.0, title.1, &[ROSTER, article_18::CLAUSE_3]);
    let rows = registry.roster_gaps().into_iter().map(row).collect();
    with(as_of(report, now), table("gaps", ("Danh sách", "List"), &GAPS, rows))
}

/// The terminals that wait for their check or for being put into use after it.
pub fn device_checks(registry: &Registry, now: Moment) -> Report {
    let today = now.date();
    let row = |(id, endpoint): (_, &Endpoint)| {
        let due = endpoint.due?;
        let check = endpoint.check_made(today);
        let repaired_or_replaced = matches!(due.cause, CheckCause::Repaired | CheckCause::Replaced);
        let result = match (check.map(|check| check.result), endpoint.waived(today)) {
            (Some(Verdict::Pass), _) => Cell::both("đạt", "passed"),
            (Some(Verdict::Fail), _) => Cell::both("không đạt", "failed"),
            (None, Some(_)) if repaired_or_replaced => Cell::both("không cần thiết", "not needed"),
            (None, _) => Cell::both("chưa kiểm tra", "not checked"),
        };
        let ready = article_18::awaits_check(registry, id, endpoint, today).is_none();
        let [name, agency] = of_site(registry, &endpoint.site);
        let cause = cause(due.cause);
        let checked = check.map_or(Cell::Open, |check| Cell::Day(check.date));
        Some(vec![
            Cell::Text(id.to_string()),
            name,
            agency,
            cause,
            Cell::Day(due.since),
            checked,
            result,
            yes(ready),
            named(id),
        ])
    };
    let title = ("Thiết bị chờ kiểm tra an ninh", "Terminals that wait for their check");
    let citations = [&article_08::NEW_DEVICE[..1], &[article_16::CLAUSE_2, article_18::CLAUSE_5]].concat();
    let report = Report::new("device_checks", title.0, title.1, &citations).reading(10);
    let rows = registry.devices_due().filter_map(row).collect();
    with(as_of(report, now), table("devices", ("Danh sách", "List"), &DEVICES, rows))
}

fn cause(cause: CheckCause) -> Cell {
    match cause {
        CheckCause::New => Cell::both("đầu tư mới", "new"),
        CheckCause::Upgraded => Cell::both("nâng cấp", "upgraded"),
        CheckCause::Replaced => Cell::both("thay thế", "replaced"),
        CheckCause::Repaired => Cell::both("sửa chữa", "repaired"),
    }
}

fn of_site(registry: &Registry, id: &SiteId) -> [Cell; 2] {
    let agency = registry.site(id).map(|site| agency_name(registry, &site.organization));
    [Cell::Text(article_18::name_of(registry, id)), Cell::Text(agency.unwrap_or_default())]
}

fn agency_name(registry: &Registry, id: &OrganizationId) -> String {
    registry.organization(id).map_or_else(|| id.to_string(), |one| one.name.clone())
}

fn as_of(mut report: Report, now: Moment) -> Report {
    let day = now.date();
    report
        .notes
        .push(Text { vi: format!("Tính đến ngày {}", day.vi()).into(), en: format!("As of {day}").into() });
    report
}

fn with(mut report: Report, table: Table) -> Report {
    report.tables.push(table);
    report
}

type Headings = [(&'static str, &'static str, &'static str)];

fn table(id: &'static str, (vi, en): (&'static str, &'static str), columns: &Headings, rows: Vec<Vec<Cell>>) -> Table {
    let columns = columns.iter().map(|(id, vi, en)| column(id, vi, en)).collect();
    Table { id, title: Text { vi: vi.into(), en: en.into() }, columns, rows }
}

fn yes(is: bool) -> Cell {
    if is { Cell::both("có", "yes") } else { Cell::both("không", "no") }
}

fn named_id(id: &impl Display) -> EventId {
    EventId::Named(id.to_string())
}

fn named(id: &impl Display) -> Cell {
    Cell::Events(vec![named_id(id)])
}

const ROSTER: Citation = Citation::article(15).clause(2).point('c');
const USE: Citation = Citation::article(18).clause(2);
const AGENCY: (&str, &str, &str) = ("agency", "Cơ quan", "Agency");
const SITE: (&str, &str, &str) = ("name", "Điểm cầu", "Site");
const SITE_ID: (&str, &str, &str) = ("site", "Mã", "Id");
const AGENCIES: [(&str, &str, &str); 9] = [
    ("organization", "Mã", "Id"),
    AGENCY,
    ("tier", "Cấp", "Level"),
    ("allowed", "Được bố trí", "Allowed"),
    ("used", "Đã bố trí", "Used"),
    ("free", "Còn lại", "Free"),
    ("basis", "Căn cứ", "Basis"),
    ("remark", "Ghi chú", "Remark"),
    ("events", "Điểm cầu được tính", "Sites counted"),
];
const SITES: [(&str, &str, &str); 8] = [
    SITE_ID,
    SITE,
    AGENCY,
    ("state", "Tình trạng", "State"),
    ("counted", "Tính vào số lượng", "Counted"),
    ("sessions", "Số phiên", "Sessions"),
    ("hours", "Số giờ", "Hours"),
    ("events", "Phiên", "Sessions counted"),
];
const GRANTS: [(&str, &str, &str); 9] = [
    ("grant", "Mã", "Id"),
    ("commune", "Xã", "Commune"),
    ("extra", "Số điểm cầu thêm", "Further sites"),
    ("plan", "Kế hoạch của UBND huyện", "Plan of the district"),
    ("approval", "Chấp thuận của UBND tỉnh", "Approval of the province"),
    ("from", "Từ ngày", "From"),
    ("until", "Đến ngày", "Until"),
    ("holds", "Có hiệu lực", "Holds"),
    ("events", "Bản ghi", "Entry"),
];
const GAPS: [(&str, &str, &str); 5] =
    [SITE_ID, SITE, AGENCY, ("lacks", "Còn thiếu", "Lacks"), ("events", "Bản ghi", "Entry")];
const DEVICES: [(&str, &str, &str); 9] = [
    ("endpoint", "Thiết bị", "Terminal"),
    SITE,
    AGENCY,
    ("cause", "Lý do", "Cause"),
    ("since", "Từ ngày", "Since"),
    ("checked", "Ngày kiểm tra", "Checked"),
    ("result", "Kết quả", "Result"),
    ("ready", "Được đưa vào sử dụng", "May be used"),
    ("events", "Bản ghi", "Entry"),
];
