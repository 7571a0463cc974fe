//! What carrier and power company announce (Điều 19): recorded, and held against the sessions of that time.

use super::super::version;
use crate::change::{Change, PlanningChange};
use crate::citation::Citation;
use crate::decision::Decision;
use crate::finding::Finding;
use crate::ids::SiteId;
use crate::registry::{Outage, Registry};
use crate::request::{Announced, PlanFiled, Withdraw};
use crate::rules::article_19::{self, CLAUSE_1, CLAUSE_2};
use crate::submission::Member;
use crate::time::Wall;

pub(super) fn maintenance(registry: &Registry, announced: &Announced, at: Wall) -> Decision {
    let mut findings = stated(registry, announced, CLAUSE_1);
    findings.extend(article_19::backup_plan_there(registry));
    findings.extend(met(registry, &announced.outage, article_19::line_work));
    let change = PlanningChange::Maintenance(announced.outage.clone());
    Decision::from_findings(version(at), at, findings, vec![Change::Planning(change)]).on(&[CLAUSE_1])
}

pub(super) fn power_cut(registry: &Registry, announced: &Announced, at: Wall) -> Decision {
    let mut findings = stated(registry, announced, CLAUSE_2);
    findings.extend(met(registry, &announced.outage, article_19::power_off));
    let change = PlanningChange::PowerCut(announced.outage.clone());
    Decision::from_findings(version(at), at, findings, vec![Change::Planning(change)]).on(&[CLAUSE_2])
}

fn stated(registry: &Registry, announced: &Announced, clause: Citation) -> Vec<Finding> {
    let announcer = article_19::announcer(&announced.actor, clause);
    announcer.into_iter().chain(article_19::outage_stated(registry, &announced.outage, clause)).collect()
}

/// What the announcement means for each session of that time. Whoever announces learns nothing of secret ones.
fn met(registry: &Registry, outage: &Outage, advice: fn(&Registry, &Outage, &str, &SiteId) -> Finding) -> Vec<Finding> {
    let sessions = registry.sessions().filter(|session| session.ended.is_none() && !registry.is_or_was_secret(session));
    let found = sessions.filter_map(|session| {
        let mut sites = session.seats.iter().filter_map(|seat| match &seat.member {
            Member::Site(site) => Some(site),
            Member::Peer(_) => None,
        });
        let site = sites.find(|site| outage.touches(site, session.start, session.end))?;
        Some(advice(registry, outage, &session.alias, site))
    });
    found.collect()
}

pub(super) fn withdraw(registry: &Registry, withdraw: &Withdraw, at: Wall) -> Decision {
    let announcer = article_19::announcer(&withdraw.actor, CLAUSE_1);
    let findings = announcer.into_iter().chain(article_19::announced(registry, &withdraw.outage)).collect();
    let change = PlanningChange::Withdrawn(withdraw.outage.clone());
    Decision::from_findings(version(at), at, findings, vec![Change::Planning(change)]).on(&[CLAUSE_1])
}

pub(super) fn backup_plan(_: &Registry, filed: &PlanFiled, at: Wall) -> Decision {
    let announcer = article_19::announcer(&filed.actor, CLAUSE_1);
    let findings = announcer.into_iter().chain(article_19::plan_stated(&filed.plan, at.into())).collect();
    let change = PlanningChange::BackupPlan(filed.plan.clone());
    Decision::from_findings(version(at), at, findings, vec![Change::Planning(change)]).on(&[CLAUSE_1])
}
