//! Taking over the configured facts: what differs is changed, what is gone is removed, what is equal is left alone.
//!
//! The configuration states facts and asks nothing of the regulation's deadlines, so it needs no version in force.

use super::version;
use crate::change::Change;
use crate::decision::Decision;
use crate::finding::Finding;
use crate::registry::{Configuration, Registry};
use crate::rules::{article_02, article_03, article_05};
use crate::time::Wall;

pub(super) fn configure(registry: &Registry, configuration: &Configuration, at: Wall) -> Decision {
    let mut findings = consistent(configuration);
    let held = configuration.profile.at(at.into());
    findings.extend(configuration.organizations.iter().filter_map(|one| article_03::tier_enabled(held, one)));
    Decision::from_findings(version(at), at, findings, differences(registry, configuration))
}

fn consistent(configuration: &Configuration) -> Vec<Finding> {
    let Configuration { peers, organizations, sites, .. } = configuration;
    let mut findings = Vec::new();
    findings.extend(twice(peers.iter().map(|peer| &peer.id)).map(|id| article_05::named_once(id.as_str())));
    findings.extend(twice(organizations.iter().map(|one| &one.id)).map(|id| article_02::named_once(id.as_str())));
    findings.extend(twice(sites.iter().map(|site| &site.id)).map(|id| article_03::site_named_once(id.as_str())));
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
    let Configuration { profile, calendar, peers, organizations, sites } = configuration;
    let mut changes = Vec::new();
    if registry.profile() != profile {
        changes.push(Change::Profile(Box::new(profile.clone())));
    }
    let other = calendar.iter().filter(|calendar| registry.calendar.as_ref() != Some(calendar));
    changes.extend(other.map(|calendar| Change::Calendar(Box::new(calendar.clone()))));
    let new = peers.iter().filter(|peer| registry.peer(&peer.id) != Some(peer));
    changes.extend(new.cloned().map(Change::Peer));
    let new = organizations.iter().filter(|one| registry.organization(&one.id) != Some(one));
    changes.extend(new.cloned().map(Change::Organization));
    let new = sites.iter().filter(|site| registry.site(&site.id) != Some(site));
    changes.extend(new.cloned().map(Change::Site));
    let gone = registry.peers().filter(|peer| peers.iter().all(|one| one.id != peer.id));
    changes.extend(gone.map(|peer| Change::PeerRemoved(peer.id.clone())));
    let gone = registry.sites().filter(|site| sites.iter().all(|one| one.id != site.id));
    changes.extend(gone.map(|site| Change::SiteRemoved(site.id.clone())));
    let gone = registry.organizations().filter(|have| organizations.iter().all(|one| one.id != have.id));
    changes.extend(gone.map(|have| Change::OrganizationRemoved(have.id.clone())));
    changes
}
