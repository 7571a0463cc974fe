//! The profile as a document: names, sources and status of what the regulation leaves open, and which profile holds when.
//!
//! An act is judged by the profile of its own time. Leaves out: what each value does, see [`Profile`] and the rules.

mod keys;
mod read;
mod secret_law;
mod sources;

pub use read::{BadProfile, ProfileFault};
pub use secret_law::{SecretCitations, SecretLaw};

use super::{Profile, Tier};
use crate::calendar::Calendar;
use crate::civil::Moment;
use crate::finding::Finding;
use crate::rules::in_force;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// How sure a value is, as the specification marks it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Status {
    /// The regulation's own text.
    Text,
    /// Read in a public source.
    Source,
    /// General knowledge, not checked again.
    Known,
    /// The text leaves it open; it was chosen.
    Chosen,
    /// Looked for and not confirmed.
    #[default]
    Unconfirmed,
}

/// How sure a value is, and where it is from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Provenance {
    /// How sure.
    pub status: Status,
    /// Where from.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source: String,
}

/// Who is who, by the names that people write. They decide nothing; notices and texts use them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Authority {
    /// Cơ quan quản lý, vận hành (Điều 3 khoản 8).
    pub managing: String,
    /// Đơn vị vận hành kỹ thuật (Điều 3 khoản 9).
    pub technical_operator: String,
    /// Đầu mối mạng truyền số liệu chuyên dùng.
    pub tslcd: String,
    /// The body that approves further commune sites (Điều 7 khoản 3).
    pub quota_approver: String,
    /// The power company (Điều 19 khoản 2).
    pub power_company: String,
}

impl Default for Authority {
    fn default() -> Self {
        Self {
            managing: "Sở Thông tin và Truyền thông".to_owned(),
            technical_operator: "Trung tâm Tích hợp dữ liệu và Chuyển đổi số tỉnh".to_owned(),
            tslcd: "Sở Thông tin và Truyền thông".to_owned(),
            quota_approver: "Ủy ban nhân dân tỉnh".to_owned(),
            power_company: "Công ty Điện lực Lâm Đồng".to_owned(),
        }
    }
}

/// Which levels there are (Điều 3 khoản 2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Tiers {
    /// Those that exist; an agency of another is told of when the configuration is taken over.
    pub enabled: Vec<Tier>,
}

impl Default for Tiers {
    fn default() -> Self {
        Self { enabled: vec![Tier::Province, Tier::DistrictAndAffiliated, Tier::Commune] }
    }
}

/// What the Government's process asks of sessions that it convenes (QĐ 1594/QĐ-BTTTT, whose times are not confirmed).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct GovPeer {
    /// How many seconds before the start the rehearsal is over; as for every other session where not stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rehearsal_lead: Option<u32>,
}

/// How long before its start a session is registered (Điều 12 khoản 2 điểm a). Here the text itself says the hours; they are data
/// for a province whose own text says others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Lead {
    /// Hours before the start of a normal session.
    pub normal_hours: u32,
    /// Hours before the start of an urgent session.
    pub urgent_hours: u32,
}

impl Default for Lead {
    fn default() -> Self {
        Self { normal_hours: 24, urgent_hours: 6 }
    }
}

/// What the operator keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Audit {
    /// For how many days the journal is kept at least; for good where not stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retention_days: Option<u32>,
}

impl Profile {
    /// The profile that holds at a moment: the last of them that has begun, else the first.
    pub fn at(&self, act: Moment) -> &Self {
        let begun = self.later.iter().filter(|one| one.effective_from <= act);
        begun.max_by_key(|one| one.effective_from).unwrap_or(self)
    }

    /// The calendars of this profile and those that follow, as far as they state one.
    pub(crate) fn calendars(&self) -> impl Iterator<Item = Option<&Calendar>> {
        std::iter::once(self).chain(&self.later).map(|profile| profile.calendar.as_ref())
    }

    /// What is worth knowing of it when the system starts: that it may be superseded, that it is not confirmed (QĐ Đ2, A-26).
    pub fn warnings(&self, now: Moment) -> Vec<Finding> {
        in_force::warnings(self, now)
    }

    /// The field that a key of a profile document means.
    pub(crate) fn field(key: &str) -> String {
        keys::field(key)
    }

    /// All its values by their fields, those that are as built in too.
    pub(crate) fn document(&self) -> Value {
        let mut document = json!(self);
        for (field, value) in [
            ("authority", json!(self.authority)),
            ("tiers", json!(self.tiers)),
            ("gov_peer", json!(self.gov_peer)),
            ("audit", json!(self.audit)),
            ("lead", json!(self.lead)),
            ("secret_grace_s", json!(self.secret_grace_s)),
            ("secret_citations", json!(self.secret_citations)),
            ("reporting", json!(self.reporting)),
        ] {
            document[field] = value;
        }
        document
    }

    /// Where a profile document has no such key: the keys that it has there.
    pub(crate) fn keys_beside(key: &str) -> Option<String> {
        read::keys_beside(key)
    }

    /// How sure a value is, by its key as in `quota.commune`: as stated for it, for what holds it, or for the whole profile. Of the
    /// built-in profile, as its document states.
    pub fn provenance(&self, key: &str) -> Provenance {
        let mut place = key;
        let built_in = self.id == Self::default().id;
        loop {
            if let Some(found) = self.provenance.get(place) {
                return found.clone();
            }
            if let Some((_, status, source)) = sources::BUILT_IN.iter().find(|one| built_in && one.0 == place) {
                return Provenance { status: *status, source: (*source).to_owned() };
            }
            match place.rsplit_once('.') {
                Some((outer, _)) => place = outer,
                None => return Provenance { status: self.status, source: self.source.clone() },
            }
        }
    }

    /// One profile out of several, each in force from its own time until the next.
    ///
    /// # Errors
    /// If there is none, or two begin at the same time.
    pub fn succession(profiles: Vec<Self>) -> Result<Self, BadProfile> {
        let mut all: Vec<Self> = Vec::new();
        for mut profile in profiles {
            all.append(&mut profile.later);
            all.push(profile);
        }
        all.sort_by_key(|profile| profile.effective_from);
        if let Some(pair) = all.windows(2).find(|pair| pair[0].effective_from == pair[1].effective_from) {
            let allowed = format!("another time than that of `{}`", pair[0].id);
            return Err(BadProfile::one("effective_from", pair[1].effective_from, allowed));
        }
        let mut all = all.into_iter();
        let mut first = all.next().ok_or_else(|| BadProfile::one("profile", "[]", "at least one profile"))?;
        first.later = all.collect();
        Ok(first)
    }
}

/// The most readable form of the profile that is built in: what [`Profile::default`] says, value by value with its source.
pub const LD_1095_2023: &str = include_str!("../../profiles/ld-1095-2023.toml");

/// An example of a profile for a province without districts. Not confirmed: it shows the keys, not the law.
pub const TWO_TIER: &str = include_str!("../../profiles/two-tier.toml");

macro_rules! told_where_it_differs {
    ($($name:ident)*) => {$(
        impl $name {
            pub(super) fn is_default(&self) -> bool {
                *self == Self::default()
            }
        }
    )*};
}

told_where_it_differs!(Authority Tiers GovPeer Lead Audit);
