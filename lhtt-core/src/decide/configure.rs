//! Taking over the configured facts: what differs is changed, what is gone is removed, what is equal is left alone. A site
//! that goes its way to admission (Điều 9) is not the configuration's to remove, nor is its agency.
//!
//! The configuration states facts and asks nothing of the regulation's deadlines, so it needs no version in force. Who changes it is named
//! and says why (Điều 8 khoản 2); a system that takes its own over at the start may name nobody, which is noted.

use super::version;
use crate::actor::action::Action;
use crate::change::Change;
use crate::decision::Decision;
use crate::finding::Finding;
use crate::registry::{Configuration, Registry, Site};
use crate::rules::{article_02, article_03, article_05, article_08, article_15, role};
use crate::time::Wall;

pub(super) fn configure(registry: &Registry, configuration: &Configuration, at: Wall) -> Decision {
    let mut findings = consistent(configuration);
    if let Some(actor) = &configuration.actor {
        findings.extend(role::may(registry, actor, None, Action::ConfigureSystem, at));
        findings.extend(article_08::configured_for_a_reason(&configuration.reason));
    }
    let held = configuration.profile.at(at.into());
    findings.extend(configuration.organizations.iter().filter_map(|one| article_03::tier_enabled(held, one)));
    let changes = differences(registry, configuration);
    let refused = findings.iter().any(Finding::refuses);
    if configuration.actor.is_none() && !changes.is_empty() && !refused {
        findings.push(article_08::nobody_configured());
    }
    Decision::from_findings(version(at), at, findings, changes).on(&[article_15::CLAUSE_1])
}

fn consistent(configuration: &Configuration) -> Vec<Finding> {
    let Configuration { peers, organizations, sites, .. } = configuration;
    let mut findings = Vec::new();
    findings.extend(twice(peers.iter().map(|peer| &peer.id)).map(|id| article_05::named_once(id.as_str())));
    findings.extend(twice(organizations.iter().map(|one| &one.id)).map(|id| article_02::named_once(id.as_str())));
    findings.extend(twice(sites.iter().map(|site| &site.id)).map(|id| article_03::site_named_once(id.as_str())));
    findings.extend(organizations.iter().filter_map(article_03::tier_of_kind));
    findings.extend(sites.iter().filter_map(|site| article_03::site_has_agency(site, organizations)));
    findings
}

/// The ids that stand there more than once.
fn twice<'a, T: Ord + 'a>(ids: impl Iterator<Item = &'a T>) -> impl Iterator<Item = &'a T> {
    let mut sorted: Vec<_> = ids.collect();
    sorted.sort_unstable();
    let repeated: Vec<_> = sorted.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
    repeated.into_iter()
}

fn differences(registry: &Registry, configuration: &Configuration) -> Vec<Change> {
    let Configuration { profile, calendar, peers, organizations, sites, .. } = configuration;
    let mut changes = Vec::new();
    // The calendar first: of what is configured together, the profile's own goes before.
    let other = calendar.iter().filter(|calendar| registry.calendar.as_ref() != Some(calendar));
    changes.extend(other.map(|calendar| Change::Calendar(Box::new(calendar.clone()))));
    if registry.profile() != profile {
        changes.push(Change::Profile(Box::new(profile.clone())));
    }
    let new = peers.iter().filter(|peer| registry.peer(&peer.id) != Some(peer));
    changes.extend(new.cloned().map(Change::Peer));
    let new = organizations.iter().filter(|one| registry.organization(&one.id) != Some(one));
    changes.extend(new.cloned().map(Change::Organization));
    let new = sites.iter().filter(|site| registry.site(&site.id) != Some(site));
    changes.extend(new.cloned().map(Change::Site));
    let gone = registry.peers().filter(|peer| peers.iter().all(|one| one.id != peer.id));
    changes.extend(gone.map(|peer| Change::PeerRemoved(peer.id.clone())));
    let own_way = |site: &&Site| registry.estate().site(&site.id).is_some_and(|record| record.state.is_some());
    let gone = registry.sites().filter(|site| sites.iter().all(|one| one.id != site.id) && !own_way(site));
    changes.extend(gone.map(|site| Change::SiteRemoved(site.id.clone())));
    let kept: Vec<_> = registry.sites().filter(own_way).map(|site| &site.organization).collect();
    let gone = registry.organizations().filter(|have| organizations.iter().all(|one| one.id != have.id));
    let gone = gone.filter(|have| !kept.contains(&&have.id));
    changes.extend(gone.map(|have| Change::OrganizationRemoved(have.id.clone())));
    changes
}
