//! Facts of the estate that contradict each other or name what is not there.

use super::{BadFacts, Index, known};
use crate::facts::Facts;
use crate::ids::{OrganizationId, SiteId};

pub(super) fn consistent(facts: &Facts, index: &Index<'_>) -> Result<(), BadFacts> {
    let estate = &facts.estate;
    let site = |id: &SiteId| index.sites.contains(id);
    let organization = |id: &OrganizationId| index.organizations.contains(id);
    for (at, one) in facts.organizations.iter().enumerate() {
        if let Some(parent) = &one.parent {
            known(organization(parent), || format!("organizations[{at}].parent"), parent)?;
        }
    }
    for id in estate.sites.keys() {
        known(site(id), || format!("estate.sites.{id}"), id)?;
    }
    for (id, endpoint) in &estate.endpoints {
        known(site(&endpoint.site), || format!("estate.endpoints.{id}.site"), &endpoint.site)?;
        for (at, grant) in endpoint.access.iter().enumerate() {
            let field = |name: &str| format!("estate.endpoints.{id}.access[{at}].{name}");
            known(organization(&grant.organization), || field("organization"), &grant.organization)?;
            if grant.from.is_some_and(|from| grant.valid_until < from) {
                return Err(BadFacts::new(field("valid_until"), "is before `from`"));
            }
        }
        if endpoint.active && endpoint.retired {
            return Err(BadFacts::new(format!("estate.endpoints.{id}.active"), "is true of a retired terminal"));
        }
    }
    for (id, grant) in &estate.quota_grants {
        let field = |name: &str| format!("estate.quota_grants.{id}.{name}");
        known(organization(&grant.commune), || field("commune"), &grant.commune)?;
        if grant.extra == 0 {
            return Err(BadFacts::new(field("extra"), "is 0; 1 or more"));
        }
        if grant.until.is_some_and(|until| until < grant.from) {
            return Err(BadFacts::new(field("until"), "is before `from`"));
        }
    }
    for (id, credential) in &estate.credentials {
        known(site(&credential.site), || format!("estate.credentials.{id}.site"), &credential.site)?;
    }
    Ok(())
}
