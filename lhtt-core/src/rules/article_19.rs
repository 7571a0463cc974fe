//! Điều 19: the carrier (clause 1) and the power company (clause 2). Decides what is worth knowing of announced work on the
//! lines, power cuts and a missing backup plan; refuses only an announcement that says nothing.
//!
//! Leaves out: whom an incident goes to, see [`crate::route`].

use crate::actor::{Actor, Role};
use crate::citation::Citation;
use crate::civil::Moment;
use crate::finding::{DutyHolder, Finding};
use crate::ids::SiteId;
use crate::registry::{BackupPlan, Outage, Registry};

pub(crate) const CLAUSE_1: Citation = Citation::article(19).clause(1);
pub(crate) const CLAUSE_2: Citation = Citation::article(19).clause(2);

/// Clause 1: the carrier works on lines while a session needs them.
pub(crate) fn maintenance(registry: &Registry, site: &SiteId, start: Moment, end: Moment) -> Option<Finding> {
    let outage = registry.planning().maintenance.iter().find(|outage| outage.touches(site, start, end))?;
    Some(line_work(registry, outage, "", site))
}

/// Clause 2: power will be off at a site while a session needs it.
pub(crate) fn power_cut(registry: &Registry, site: &SiteId, start: Moment, end: Moment) -> Option<Finding> {
    let outage = registry.planning().power_cuts.iter().find(|outage| outage.touches(site, start, end))?;
    Some(power_off(registry, outage, "", site))
}

/// Clause 1: the same, said of a session by its number, or of none.
pub(crate) fn line_work(registry: &Registry, outage: &Outage, session: &str, site: &SiteId) -> Finding {
    let (name, of) = (site_name(registry, site), of_session(session));
    Finding::advice("19.1/maintenance", &[CLAUSE_1])
        .observed(
            format!(
                "bảo dưỡng đường truyền từ {} đến {} trùng giờ họp{} (điểm cầu “{name}”)",
                outage.from.vi(),
                outage.until.vi(),
                of.0
            ),
            format!(
                "work on the lines from {} to {} meets the session{} (site `{name}`)",
                outage.from, outage.until, of.1
            ),
        )
        .required("đường truyền hoạt động trong giờ họp", "lines that work while the session is held")
        .remedy(
            "đề nghị doanh nghiệp dời lịch bảo dưỡng, hoặc dời phiên họp",
            "ask the carrier to move its work, or move the session",
        )
        .duty_of(DutyHolder::Carrier)
}

/// Clause 2: the same of power.
pub(crate) fn power_off(registry: &Registry, outage: &Outage, session: &str, site: &SiteId) -> Finding {
    let (name, of) = (site_name(registry, site), of_session(session));
    Finding::advice("19.2/power-cut", &[CLAUSE_2])
        .observed(
            format!(
                "cắt điện từ {} đến {} trùng giờ họp{} (điểm cầu “{name}”)",
                outage.from.vi(),
                outage.until.vi(),
                of.0
            ),
            format!("power is off from {} to {} during the session{} (site `{name}`)", outage.from, outage.until, of.1),
        )
        .required("điện ổn định trong giờ họp", "power while the session is held")
        .remedy(
            "đề nghị Điện lực dời lịch cắt điện, hoặc chuẩn bị điện dự phòng",
            "ask the power company to move the cut, or see to backup power",
        )
        .duty_of(DutyHolder::DienLuc)
}

fn site_name<'a>(registry: &'a Registry, site: &'a SiteId) -> &'a str {
    registry.site(site).map_or(site.as_str(), |site| &site.name)
}

fn of_session(number: &str) -> (String, String) {
    match number.is_empty() {
        true => (String::new(), String::new()),
        false => (format!(" số {number}"), format!(" {number}")),
    }
}

/// Clause 1: the carrier has a plan for sharing load and for incidents.
pub(crate) fn backup_plan_there(registry: &Registry) -> Option<Finding> {
    if registry.planning().backup_plan.is_some() {
        return None;
    }
    let finding = Finding::advice("19.1/backup-plan", &[CLAUSE_1])
        .observed("doanh nghiệp chưa gửi phương án dự phòng", "the carrier has handed in no backup plan")
        .required("phương án dự phòng: số văn bản và ngày", "a backup plan: number and date of the document")
        .remedy("đề nghị doanh nghiệp gửi phương án", "ask the carrier for its plan")
        .duty_of(DutyHolder::Carrier);
    Some(finding)
}

/// Clause 1: a plan is a document with a number, of a carrier.
pub(crate) fn plan_stated(plan: &BackupPlan, at: Moment) -> Option<Finding> {
    let stated = !plan.reference.trim().is_empty() && !plan.carrier.trim().is_empty() && plan.date <= at;
    if stated {
        return None;
    }
    let finding = Finding::missing("19.1/plan-document", &[CLAUSE_1])
        .observed(
            "phương án thiếu tên doanh nghiệp, số văn bản, hoặc có ngày ở tương lai",
            "the plan lacks its carrier or number, or is dated in the future",
        )
        .required("tên doanh nghiệp, số văn bản, ngày văn bản", "the carrier, the number and the date of the document")
        .duty_of(DutyHolder::Carrier);
    Some(finding)
}

/// Who announces: the carrier itself, or whoever of the technical operator or the managing authority took it down.
pub(crate) fn announcer(actor: &Actor, clause: Citation) -> Option<Finding> {
    if actor.role.of_technical_operator()
        || matches!(actor.role, Role::Carrier | Role::ManagingAuthority | Role::NetworkOperator)
    {
        return None;
    }
    let finding = Finding::violation("19.1/announcer", &[clause])
        .observed(
            format!("{} ghi nhận với vai trò {}", actor.name, actor.role.vi()),
            format!("{} announces as {}", actor.name, actor.role.en()),
        )
        .required(
            "doanh nghiệp, đầu mối mạng, cơ quan quản lý hoặc đơn vị vận hành kỹ thuật",
            "the carrier, the network's operator, the managing authority or the technical operator",
        );
    Some(finding)
}

/// An outage has a name of its own, an end after its beginning, and sites that there are.
pub(crate) fn outage_stated(registry: &Registry, outage: &Outage, clause: Citation) -> Option<Finding> {
    let unknown = outage.sites.iter().find(|site| registry.site(site).is_none());
    let (vi, en) = if outage.id.trim().is_empty() || registry.planning().outage(&outage.id).is_some() {
        (format!("tên “{}” trống hoặc đã dùng", outage.id), format!("the name `{}` is empty or taken", outage.id))
    } else if outage.until <= outage.from {
        (
            format!("kết thúc {} không sau bắt đầu {}", outage.until.vi(), outage.from.vi()),
            format!("the end, {}, is not after the beginning, {}", outage.until, outage.from),
        )
    } else if let Some(site) = unknown {
        (format!("không có điểm cầu “{site}”"), format!("there is no site `{site}`"))
    } else {
        return None;
    };
    let finding = Finding::missing("19.1/outage", &[clause]).observed(vi, en).required(
        "tên riêng, thời gian bắt đầu và kết thúc, điểm cầu có trong Hệ thống",
        "a name of its own, a beginning and a later end, sites of the system",
    );
    Some(finding)
}

/// What is called off was announced.
pub(crate) fn announced(registry: &Registry, id: &str) -> Option<Finding> {
    if registry.planning().outage(id).is_some() {
        return None;
    }
    let finding = Finding::missing("19.1/announced", &[CLAUSE_1])
        .observed(format!("không có thông báo nào tên “{id}”"), format!("nothing named `{id}` was announced"))
        .required("một thông báo bảo dưỡng hoặc cắt điện", "announced work or an announced power cut");
    Some(finding)
}
