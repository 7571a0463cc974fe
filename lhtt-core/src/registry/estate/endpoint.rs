//! Terminals ("thiết bị đầu cuối", Điều 3 khoản 4): where they stand, whether they were checked, what they look like on the
//! wire, and who may use a personal one.

use super::{Document, Verdict};
use crate::civil::{Date, Moment};
use crate::ids::{OrganizationId, SiteId};
use crate::request::Actor;
use serde::{Deserialize, Serialize};

/// A terminal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Endpoint {
    /// The site it stands at, or as which it joins.
    pub site: SiteId,
    /// Dedicated or personal.
    pub kind: EndpointKind,
    /// Whether it is in use. A personal one of which no check is due is used by its access grant alone.
    #[serde(default)]
    pub active: bool,
    /// Whether it was taken out for good.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retired: bool,
    /// The check it waits for, or had before its last activation (Điều 8 khoản 3 điểm c, Điều 18 khoản 5).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<CheckDue>,
    /// The checks it had, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<DeviceCheck>,
    /// Statements of the police that no check is needed (Điều 16 khoản 2).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waivers: Vec<DeviceWaiver>,
    /// Its number in the register of public assets (Điều 5 khoản 7).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asset: Option<String>,
    /// What it says of itself on the wire, as consented to. None: nothing to compare with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<Fingerprint>,
    /// A change that waits for consent (Điều 6 khoản 6).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<ChangeRequest>,
    /// The consents it had, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consents: Vec<Consent>,
    /// When it last differed from its fingerprint without consent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drifted: Option<Drifted>,
    /// Who may use it, where it is personal (Điều 6 khoản 8).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub access: Vec<AccessGrant>,
}

impl Endpoint {
    /// A terminal that has just been put down.
    pub(crate) fn new(site: SiteId, kind: EndpointKind) -> Self {
        Self {
            site,
            kind,
            active: false,
            retired: false,
            due: None,
            checks: Vec::new(),
            waivers: Vec::new(),
            asset: None,
            fingerprint: None,
            change: None,
            consents: Vec::new(),
            drifted: None,
            access: Vec::new(),
        }
    }

    /// The last check of what is due that the police had made by this day.
    pub fn check_made(&self, by: Date) -> Option<&DeviceCheck> {
        let since = self.due?.since;
        let made = |check: &&DeviceCheck| since <= check.date && check.date <= by && is_police(&check.checked_by);
        self.checks.iter().rev().filter(made).max_by_key(|check| check.date)
    }

    /// The waiver of what is due that the police had given by this day.
    pub fn waived(&self, by: Date) -> Option<&DeviceWaiver> {
        let since = self.due?.since;
        self.waivers.iter().find(|waiver| since <= waiver.date && waiver.date <= by && is_police(&waiver.stated_by))
    }
}

/// Whether whoever is named is of the police: a person is, as only the police enter checks; a body that is named is not another.
fn is_police(name: &str) -> bool {
    const OTHERS: [&str; 14] = [
        "sở ",
        "ban ",
        "phòng ",
        "văn phòng",
        "trung tâm",
        "công ty",
        "tập đoàn",
        "doanh nghiệp",
        "chi nhánh",
        "ubnd",
        "ủy ban",
        "uỷ ban",
        "bệnh viện",
        "viettel",
    ];
    let name = name.trim().to_lowercase();
    name.contains("công an") || !OTHERS.iter().any(|other| name.starts_with(other))
}

/// Dedicated or personal (Điều 3 khoản 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum EndpointKind {
    /// A conferencing terminal of a room (VCS).
    Dedicated,
    /// A computer, telephone or tablet.
    Personal,
}

/// Why a terminal must be checked before it is used, the least demanding first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CheckCause {
    /// It was repaired.
    Repaired,
    /// It stands in for another.
    Replaced,
    /// It was upgraded.
    Upgraded,
    /// It is new.
    New,
}

/// A check that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CheckDue {
    /// Why.
    pub cause: CheckCause,
    /// Since which day: a check before it does not count.
    pub since: Date,
}

/// A check by the provincial police.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DeviceCheck {
    /// What it found.
    pub result: Verdict,
    /// On which day.
    pub date: Date,
    /// By whom.
    pub checked_by: String,
    /// Number of its record.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub evidence: String,
}

/// A statement of the provincial police that no check is needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DeviceWaiver {
    /// On which day.
    pub date: Date,
    /// By whom.
    pub stated_by: String,
    /// Number of its record.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub evidence: String,
}

/// What a terminal says of itself on the wire. What is not known is not compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Fingerprint {
    /// SIP User-Agent or Server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// Digest of its certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
    /// H.225.0 vendor identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor: Option<String>,
    /// H.225.0 product and version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
}

impl Fingerprint {
    /// The first part that both know and that differs: its name, what was, what is.
    pub fn differs<'a>(&'a self, now: &'a Self) -> Option<(&'static str, &'a str, &'a str)> {
        let parts = [
            ("user_agent", &self.user_agent, &now.user_agent),
            ("certificate", &self.certificate, &now.certificate),
            ("vendor", &self.vendor, &now.vendor),
            ("product", &self.product, &now.product),
        ];
        parts.into_iter().find_map(|(name, was, is)| match (was, is) {
            (Some(was), Some(is)) if was != is => Some((name, was.as_str(), is.as_str())),
            _ => None,
        })
    }
}

/// A change that waits for consent (Điều 6 khoản 6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeRequest {
    /// When it was asked for.
    pub at: Moment,
    /// By whom.
    pub by: Actor,
    /// What is to be changed.
    pub what: String,
}

/// The managing authority's consent to a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: Actor,
    /// To what.
    pub what: String,
    /// Its paper.
    pub document: Document,
}

/// A difference that was seen without consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Drifted {
    /// When it was first seen.
    pub at: Moment,
    /// What the terminal said of itself then.
    pub fingerprint: Fingerprint,
}

/// Who may use a personal terminal (Điều 6 khoản 8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AccessGrant {
    /// The person's agency.
    pub organization: OrganizationId,
    /// The person.
    pub person: String,
    /// The first day; none: from when it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day.
    pub valid_until: Date,
    /// When it was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<Moment>,
}

impl AccessGrant {
    /// Whether it holds at this moment.
    pub fn holds(&self, at: Moment) -> bool {
        self.from.is_none_or(|from| from.start() <= at)
            && at < self.valid_until.end()
            && self.revoked_at.is_none_or(|revoked| at < revoked)
    }
}
