//! Sites, their rooms, quotas, endpoints, grants and contacts: Điều 3, 6, 7, 8, 9, 16, 18.

use crate::civil::Moment;
use crate::ids::{EndpointId, OrganizationId, SiteId};
use crate::registry::estate::{ContactDuty, Endpoint};
use crate::registry::{OrganizationKind, Registry};
use crate::rules::{article_02, article_07};
use crate::time::Wall;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What can be computed here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum EstateQuery {
    /// The level of an organisation (Điều 3 khoản 2).
    Classify(Classify),
    /// How many sites an organisation may have and has (Điều 7).
    Quota {
        /// Which organisation.
        organization: OrganizationId,
    },
    /// Where a site stands (Điều 9).
    Site {
        /// Which site.
        site: SiteId,
    },
    /// Sites of the system that lack a leader or a technician (Điều 18 khoản 3).
    RosterGaps {},
    /// Terminals that wait for their check (Điều 8 khoản 3 điểm c, Điều 16 khoản 2, Điều 18 khoản 5).
    DevicesDue {},
}

/// Of which organisation the level is asked: a known one, or one of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Classify {
    /// A known one.
    Organization(OrganizationId),
    /// Any one of this kind.
    Kind(OrganizationKind),
}

impl EstateQuery {
    pub(super) fn answer(&self, registry: &Registry, at: Wall) -> Value {
        match self {
            Self::Classify(asked) => classify(registry, asked),
            Self::Quota { organization } => quota(registry, organization, at),
            Self::Site { site } => stands(registry, site),
            Self::RosterGaps {} => roster_gaps(registry),
            Self::DevicesDue {} => devices_due(registry),
        }
    }
}

fn classify(registry: &Registry, asked: &Classify) -> Value {
    let (kind, tier) = match asked {
        Classify::Kind(kind) => (*kind, kind.tier()),
        Classify::Organization(id) => match registry.organization(id) {
            Some(one) => (one.kind, one.tier),
            None => return json!({ "organization": id, "tier": null }),
        },
    };
    let readings: &[&str] = if kind == OrganizationKind::AffiliatedUnit { &["A-04"] } else { &[] };
    let citation = tier.map(crate::registry::Tier::citation);
    json!({ "kind": kind, "tier": tier, "citation": citation, "interpretations": readings })
}

fn quota(registry: &Registry, id: &OrganizationId, at: Wall) -> Value {
    let Some(organization) = registry.organization(id) else {
        let finding = article_02::known_organization(registry, id);
        return json!({ "organization": id, "allowed": null, "finding": finding });
    };
    let allotment = match article_07::allotment(registry, organization, Moment::from(at).date()) {
        Ok(allotment) => allotment,
        Err(finding) => return json!({ "organization": id, "allowed": null, "finding": finding }),
    };
    let used = article_07::used(registry, &allotment, None);
    let readings: Vec<_> = allotment.readings.iter().map(|one| format!("A-{one:02}")).collect();
    json!({
        "organization": id,
        "allowed": allotment.limit.map_or_else(|| json!("unlimited"), |limit| json!(limit)),
        "used": used,
        "free": allotment.limit.map_or_else(|| json!("unlimited"), |limit| json!(limit.saturating_sub(used))),
        "counted": allotment.counted,
        "citations": allotment.citations,
        "interpretations": readings,
    })
}

fn stands(registry: &Registry, id: &SiteId) -> Value {
    let state = registry.site_state(id);
    let holds = state.is_some_and(|state| state.holds_slot());
    json!({
        "site": id,
        "organization": registry.site(id).map(|site| &site.organization),
        "state": state,
        "holds_slot": holds,
        "record": registry.estate().site(id),
    })
}

fn roster_gaps(registry: &Registry) -> Value {
    let gaps = registry.roster_gaps();
    let gap = |(site, lacks): &(SiteId, Vec<ContactDuty>)| json!({ "site": site, "lacks": lacks });
    Value::Array(gaps.iter().map(gap).collect())
}

fn devices_due(registry: &Registry) -> Value {
    let waiting = registry.devices_due().filter_map(|(id, one)| one.due.map(|due| (id, one, due)));
    let row = |(id, one, due)| {
        let (one, due): (&crate::registry::estate::Endpoint, crate::registry::estate::CheckDue) = (one, due);
        json!({ "endpoint": id, "site": one.site, "cause": due.cause, "since": due.since })
    };
    Value::Array(waiting.map(row).collect())
}

impl Registry {
    /// The terminals that wait for their check, or for being put into use after it, by their ids.
    pub fn devices_due(&self) -> impl Iterator<Item = (&EndpointId, &Endpoint)> {
        self.estate().endpoints.iter().filter(|(_, one)| one.due.is_some() && !one.active && !one.retired)
    }

    /// The sites of the system that lack a leader or a technician, with what they lack (Điều 18 khoản 3).
    pub fn roster_gaps(&self) -> Vec<(SiteId, Vec<ContactDuty>)> {
        let admitted = self.sites().filter(|site| self.site_state(&site.id).is_some_and(|state| state.in_system()));
        let lacks = |id: &SiteId| {
            let contacts = self.estate().site(id).map_or(&[][..], |record| &record.contacts);
            let missing =
                |duty: &ContactDuty| !contacts.iter().any(|one| one.duty == *duty && !one.name.trim().is_empty());
            [ContactDuty::Leader, ContactDuty::Technician].into_iter().filter(missing).collect::<Vec<_>>()
        };
        let gaps = admitted.map(|site| (site.id.clone(), lacks(&site.id)));
        gaps.filter(|(_, lacks)| !lacks.is_empty()).collect()
    }
}
