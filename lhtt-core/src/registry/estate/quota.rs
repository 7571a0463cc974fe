//! Documents, and grants of further sites to communes (Điều 7 khoản 3).

use crate::civil::Date;
use crate::ids::OrganizationId;
use serde::{Deserialize, Serialize};

/// A paper that a fact rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Its number.
    pub number: String,
    /// Its day.
    pub date: Date,
    /// Who issued it, in words.
    pub issued_by: String,
}

impl Document {
    /// Whether its number and issuer are said.
    pub fn is_named(&self) -> bool {
        !self.number.trim().is_empty() && !self.issued_by.trim().is_empty()
    }
}

/// Further sites of a commune: planned by the district, approved by the province.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct QuotaGrant {
    /// The commune.
    pub commune: OrganizationId,
    /// How many more sites.
    pub extra: u32,
    /// The plan of UBND huyện, thành phố, which invests in the equipment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Document>,
    /// The approval of UBND tỉnh.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<Document>,
    /// The first day.
    pub from: Date,
    /// The last day; none: without an end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

impl QuotaGrant {
    /// Whether both papers are there.
    pub fn is_approved(&self) -> bool {
        [&self.plan, &self.approval].into_iter().all(|paper| paper.as_ref().is_some_and(Document::is_named))
    }

    /// Whether both papers were there by this day.
    pub fn is_approved_by(&self, day: Date) -> bool {
        self.is_approved() && [&self.plan, &self.approval].into_iter().flatten().all(|paper| paper.date <= day)
    }

    /// Whether it holds on this day.
    pub fn covers(&self, day: Date) -> bool {
        self.is_approved_by(day) && self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}
