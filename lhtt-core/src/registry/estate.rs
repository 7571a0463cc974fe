//! Sites, their rooms, quotas, endpoints, grants and contacts: Điều 3, 6, 7, 8, 9, 16, 18.
//!
//! Names and agencies of sites stand in the registry; here stands what the regulation asks about them. A configured site
//! without a state of its own has the one its configuration says.

mod endpoint;
mod quota;
mod room;
mod site;

pub use endpoint::{
    AccessGrant, ChangeRequest, CheckCause, CheckDue, Consent, DeviceCheck, DeviceWaiver, Drifted, Endpoint,
    EndpointKind, Fingerprint,
};
pub use quota::{Document, QuotaGrant};
pub use room::{Condition, RoomCheck, RoomChecklist, Verdict};
pub use site::{
    Assessment, Contact, ContactDuty, Credential, InternetLeave, Mcu, McuRole, Pin, SiteEvent, SiteRecord, SiteState,
};

use super::{Contradiction, Registry, Site};
use crate::change::EstateChange;
use crate::ids::{CredentialId, EndpointId, McuId, QuotaGrantId, SiteId};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::{BTreeMap, btree_map};
use std::iter::Peekable;

/// The facts of this area.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Estate {
    /// What is known of each site beyond its name and agency.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sites: BTreeMap<SiteId, SiteRecord>,
    /// The terminals ("thiết bị đầu cuối", Điều 3 khoản 4).
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub endpoints: BTreeMap<EndpointId, Endpoint>,
    /// Plans for further sites of communes, and their approvals (Điều 7 khoản 3).
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub quota_grants: BTreeMap<QuotaGrantId, QuotaGrant>,
    /// The register of credentials (Điều 6 khoản 7). The secrets are elsewhere.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub credentials: BTreeMap<CredentialId, Credential>,
    /// The control units (Điều 3 khoản 3).
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub mcus: BTreeMap<McuId, Mcu>,
}

impl Estate {
    /// What is known of a site.
    pub fn site(&self, id: &SiteId) -> Option<&SiteRecord> {
        self.sites.get(id)
    }

    /// A registered terminal.
    pub fn endpoint(&self, id: &EndpointId) -> Option<&Endpoint> {
        self.endpoints.get(id)
    }

    /// Applies one change; checked whole before anything is touched.
    pub(crate) fn apply(&mut self, change: &EstateChange) -> Result<(), Contradiction> {
        match change {
            EstateChange::Site { site, record } => drop(self.sites.insert(site.clone(), (**record).clone())),
            EstateChange::SiteState { site, state } => {
                self.sites.entry(site.clone()).or_default().state = Some(*state);
            }
            EstateChange::Pin { site, pin } => self.sites.entry(site.clone()).or_default().pin = pin.clone(),
            EstateChange::Endpoint { endpoint, record } => {
                self.endpoints.insert(endpoint.clone(), (**record).clone());
            }
            EstateChange::Drifted { endpoint, drifted } => {
                let unknown = || Contradiction::Unknown { what: "endpoint", id: endpoint.to_string() };
                self.endpoints.get_mut(endpoint).ok_or_else(unknown)?.drifted = Some(drifted.clone());
            }
            EstateChange::QuotaGrant { grant, record } => {
                self.quota_grants.insert(grant.clone(), (**record).clone());
            }
            EstateChange::Credential { credential, record } => {
                self.credentials.insert(credential.clone(), record.clone());
            }
            EstateChange::Mcu { mcu, record } => drop(self.mcus.insert(mcu.clone(), record.clone())),
        }
        Ok(())
    }
}

/// The sites beside a list in their order: a long list is looked through in one walk instead of a search for each of its members.
pub(crate) struct Admissions<'a> {
    sites: Peekable<btree_map::Values<'a, SiteId, Site>>,
    records: Peekable<btree_map::Iter<'a, SiteId, SiteRecord>>,
}

impl Admissions<'_> {
    /// Whether this site, which comes after those asked for before, is found to be admitted. If not, nothing is said.
    pub(crate) fn passes(&mut self, id: &SiteId) -> bool {
        let Some(site) = up_to(&mut self.sites, |site| site.id.cmp(id)) else { return false };
        let record = up_to(&mut self.records, |(other, _)| (*other).cmp(id));
        match record {
            // What was found of a site since is for the rule to look at.
            Some((_, record)) if record.assessment.is_some() => false,
            Some((_, SiteRecord { state: Some(state), .. })) => *state == SiteState::Admitted,
            _ => site.admitted,
        }
    }
}

/// Walks on to the item that is meant, past those that come before it. What comes after it stays.
fn up_to<I: Iterator>(walk: &mut Peekable<I>, stands: impl Fn(&I::Item) -> Ordering) -> Option<I::Item> {
    loop {
        match stands(walk.peek()?) {
            Ordering::Less => drop(walk.next()),
            Ordering::Equal => return walk.next(),
            Ordering::Greater => return None,
        }
    }
}

impl Registry {
    /// A walk along the sites, for a list of so many; none where a search for each is less.
    pub(crate) fn admissions(&self, listed: usize) -> Option<Admissions<'_>> {
        (listed.saturating_mul(SEARCH_COSTS) >= self.sites.len())
            .then(|| Admissions { sites: self.sites.values().peekable(), records: self.estate.sites.iter().peekable() })
    }

    /// Where a site stands (Điều 9); none of a site that is not in the system.
    pub fn site_state(&self, id: &SiteId) -> Option<SiteState> {
        // What is on file of a site that was taken out of the configuration does not keep it in the system.
        let site = self.site(id)?;
        let own = self.estate.sites.get(id).and_then(|record| record.state);
        own.or_else(|| site.admitted.then_some(SiteState::Admitted))
    }
}

/// How many steps of a walk cost as much as one search.
const SEARCH_COSTS: usize = 8;
