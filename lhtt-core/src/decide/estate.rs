//! Sites, their rooms, quotas, endpoints, grants and contacts: Điều 3, 6, 7, 8, 9, 16, 18.
//!
//! Each act is answered by one function of the module for its matter: [`admission`], [`grants`], [`devices`], [`papers`]. An
//! override answers another act in spite of what may be overridden, and the site remembers it.

mod admission;
mod devices;
mod grants;
mod papers;

use super::version;
use crate::actor::Actor;
use crate::actor::action::{Action, Permission, permission};
use crate::change::{Change, EstateChange};
use crate::citation::Citation;
use crate::civil::{Date, Moment};
use crate::decision::{Decision, Outcome};
use crate::finding::Finding;
use crate::ids::{OrganizationId, SiteId};
use crate::registry::estate::SiteRecord;
use crate::registry::{Overridden, Registry};
use crate::request::EstateAct;
use crate::request::estate::OverrideEstate;
use crate::rules::{article_02, article_15, article_18, role};
use crate::time::Wall;

pub(super) fn decide(registry: &Registry, act: &EstateAct, at: Wall) -> Decision {
    let Answer { mut findings, changes, basis, readings, more_readings } = answer(&Asked { registry, at }, act);
    findings.extend(article_15::clock_trusted(at.trusted));
    Decision::from_findings(version(at), at, findings, changes).on(basis).relying_on(readings).relying_on(more_readings)
}

/// What an act is asked of.
struct Asked<'a> {
    registry: &'a Registry,
    at: Wall,
}

/// What stands against an act, what it changes, and what its permit stands on.
#[derive(Default)]
struct Answer {
    findings: Vec<Finding>,
    changes: Vec<Change>,
    basis: &'static [Citation],
    readings: &'static [u16],
    more_readings: &'static [u16],
}

impl Answer {
    fn refused(finding: Finding) -> Self {
        Self { findings: vec![finding], ..Self::default() }
    }

    fn change(mut self, change: EstateChange) -> Self {
        self.changes.push(Change::Estate(change));
        self
    }

    fn on(self, basis: &'static [Citation]) -> Self {
        Self { basis, ..self }
    }

    fn relying_on(self, readings: &'static [u16]) -> Self {
        Self { readings, ..self }
    }

    /// Readings that come with the case.
    fn also_on(self, more_readings: &'static [u16]) -> Self {
        Self { more_readings, ..self }
    }
}

impl Asked<'_> {
    fn now(&self) -> Moment {
        self.at.into()
    }

    fn today(&self) -> Date {
        self.now().date()
    }

    /// What is known of a site so far.
    fn record(&self, site: &SiteId) -> SiteRecord {
        self.registry.estate().site(site).cloned().unwrap_or_default()
    }

    /// Whether somebody may do this about a site of this agency.
    fn may(&self, actor: &Actor, action: Action, owner: Option<&OrganizationId>) -> Vec<Finding> {
        let mut findings: Vec<_> = role::may(self.registry, actor, None, action, self.at).into_iter().collect();
        let own = permission(role::capacity(self.registry, actor, None, self.at), action) == Permission::Own;
        if let Some(owner) = owner {
            match self.registry.organization(owner) {
                Some(owner) if own => {
                    let stranger = actor.organization.as_ref();
                    let stranger = stranger.and_then(|id| article_02::known_organization(self.registry, id));
                    findings.extend(stranger.or_else(|| article_18::own_site(self.registry, actor, owner)));
                }
                Some(_) => {}
                None => findings.extend(article_02::known_organization(self.registry, owner)),
            }
        }
        findings
    }

    /// The same about a site that is known.
    fn may_at(&self, actor: &Actor, action: Action, site: &SiteId) -> Vec<Finding> {
        self.may(actor, action, self.registry.site(site).map(|site| &site.organization))
    }
}

fn answer(asked: &Asked<'_>, act: &EstateAct) -> Answer {
    match act {
        EstateAct::Propose(act) => admission::propose(asked, act),
        EstateAct::CheckRoom(act) => admission::check_room(asked, act),
        EstateAct::Arrange(act) => admission::arrange(asked, act),
        EstateAct::Apply(act) => admission::apply(asked, act),
        EstateAct::ApproveNetwork(act) => admission::approve_network(asked, act),
        EstateAct::Assess(act) => admission::assess(asked, act),
        EstateAct::Admit(act) => admission::admit(asked, act),
        EstateAct::Suspend(act) => admission::suspend(asked, act),
        EstateAct::Resume(act) => admission::resume(asked, act),
        EstateAct::Withdraw(act) => admission::withdraw(asked, act),
        EstateAct::Review(act) => admission::review(asked, act),
        EstateAct::Override(act) => overridden(asked, act),
        EstateAct::PlanSites(act) => grants::plan_sites(asked, act),
        EstateAct::ApprovePlan(act) => grants::approve_plan(asked, act),
        EstateAct::GrantAccess(act) => grants::grant_access(asked, act),
        EstateAct::RevokeAccess(act) => grants::revoke_access(asked, act),
        EstateAct::IssueCredential(act) => grants::issue_credential(asked, act),
        EstateAct::RotateCredential(act) => grants::rotate_credential(asked, act),
        EstateAct::RevokeCredential(act) => grants::revoke_credential(asked, act),
        EstateAct::Unlock(act) => grants::unlock(asked, act),
        EstateAct::AllowInternet(act) => grants::allow_internet(asked, act),
        EstateAct::Commission(act) => devices::commission(asked, act),
        EstateAct::Service(act) => devices::service(asked, act),
        EstateAct::CheckDevice(act) => devices::check(asked, act),
        EstateAct::WaiveCheck(act) => devices::waive(asked, act),
        EstateAct::Activate(act) => devices::activate(asked, act),
        EstateAct::Retire(act) => devices::retire(asked, act),
        EstateAct::RequestChange(act) => devices::request_change(asked, act),
        EstateAct::ConsentChange(act) => devices::consent_change(asked, act),
        EstateAct::SetContacts(act) => papers::set_contacts(asked, act),
        EstateAct::RegisterMcu(act) => papers::register_mcu(asked, act),
    }
}

/// Another act in spite of what may be overridden. The site remembers which rules were, for its further steps.
fn overridden(asked: &Asked<'_>, act: &OverrideEstate) -> Answer {
    let Answer { findings, mut changes, basis, readings, more_readings } = answer(asked, &act.act);
    let refused = article_15::may_override(asked.registry.profile_at(asked.at.into()), &act.actor)
        .into_iter()
        .chain(article_15::override_reason(&act.actor, &act.reason));
    let overridable = findings.iter().filter(|one| one.outcome == Outcome::NeedsOverride);
    let rules: Vec<_> = overridable.map(|one| one.rule.clone()).collect();
    let needless = article_15::something_to_override(&findings);
    let mut findings: Vec<_> = findings.into_iter().map(Finding::once_overridden).collect();
    findings.extend(needless.into_iter().chain(refused));
    for change in &mut changes {
        if let Change::Estate(EstateChange::SiteState { site, state }) = change {
            let mut record = SiteRecord { state: Some(*state), ..asked.record(site) };
            let overridden = || Overridden { at: asked.now(), by: act.actor.clone(), reason: act.reason.clone() };
            record.overridden.extend(rules.iter().map(|rule| (rule.to_string(), overridden())));
            *change = Change::Estate(EstateChange::Site { site: site.clone(), record: Box::new(record) });
        }
    }
    Answer { findings, changes, basis, readings, more_readings }
}
