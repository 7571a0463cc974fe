//! Entries of the registers: references to documents, with their dates. Leaves out the documents themselves.

use crate::citation::Citation;
use crate::civil::{Date, Moment};
use crate::ids::{OrganizationId, SiteId};
use crate::request::Actor;
use serde::{Deserialize, Serialize};

/// An entry, with who made it and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// Its number.
    pub id: u64,
    /// When it was made.
    pub at: Moment,
    /// By whom.
    pub by: Actor,
    /// What it says.
    pub entry: RegisterEntry,
}

/// What the registers hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RegisterEntry {
    /// A yearly plan (Điều 15 khoản 2 điểm e, 18 khoản 4).
    Plan(Plan),
    /// A training of operators (Điều 15 khoản 2 điểm c).
    Training(Training),
    /// An inspection, together with Công an tỉnh (Điều 15 khoản 3).
    Inspection(Inspection),
    /// Guidance to the agencies (Điều 5 khoản 8, 15 khoản 2 điểm a, 16 khoản 1).
    Guidance(Guidance),
    /// An agency has taken note of the rules on safety (Điều 8 khoản 3 điểm a).
    Acknowledgement(Acknowledgement),
}

/// A yearly plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// For which year.
    pub year: i16,
    /// What it plans.
    pub kind: PlanKind,
    /// Whose it is; the managing authority's, where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<OrganizationId>,
    /// Number and date of the document.
    pub document: String,
}

/// What a plan plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PlanKind {
    /// Investment and upkeep of the system, by the managing authority (Điều 15 khoản 2 điểm e).
    System,
    /// Upkeep and purchase of terminals, by an agency (Điều 18 khoản 4).
    Terminals,
}

/// A training.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Training {
    /// When.
    pub date: Date,
    /// What was taught.
    pub subject: String,
    /// Operators of which sites were there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<SiteId>,
    /// How many took part.
    #[serde(default)]
    pub participants: u32,
    /// Number and date of the document.
    pub document: String,
}

/// An inspection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Inspection {
    /// When.
    pub date: Date,
    /// Of which agency.
    pub organization: OrganizationId,
    /// Whether Công an tỉnh took part.
    #[serde(default)]
    pub with_police: bool,
    /// What was found.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub result: String,
    /// Number and date of the document.
    pub document: String,
}

/// Guidance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Guidance {
    /// When it was given.
    pub date: Date,
    /// About what.
    pub subject: String,
    /// Whether it is about sessions with state secrets (Điều 16 khoản 1).
    #[serde(default)]
    pub secret_sessions: bool,
    /// Number and date of the document.
    pub document: String,
}

/// An agency's statement that it knows the rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Acknowledgement {
    /// Which agency.
    pub organization: OrganizationId,
    /// When.
    pub date: Date,
    /// Number and date of the document.
    pub document: String,
}

impl RegisterEntry {
    /// The document it refers to.
    pub fn document(&self) -> &str {
        match self {
            Self::Plan(one) => &one.document,
            Self::Training(one) => &one.document,
            Self::Inspection(one) => &one.document,
            Self::Guidance(one) => &one.document,
            Self::Acknowledgement(one) => &one.document,
        }
    }

    /// The agency it is about, if it is about one.
    pub fn organization(&self) -> Option<&OrganizationId> {
        match self {
            Self::Plan(one) => one.organization.as_ref(),
            Self::Inspection(one) => Some(&one.organization),
            Self::Acknowledgement(one) => Some(&one.organization),
            Self::Training(_) | Self::Guidance(_) => None,
        }
    }

    /// The day it is about, if it has happened.
    pub fn date(&self) -> Option<Date> {
        match self {
            Self::Plan(_) => None,
            Self::Training(one) => Some(one.date),
            Self::Inspection(one) => Some(one.date),
            Self::Guidance(one) => Some(one.date),
            Self::Acknowledgement(one) => Some(one.date),
        }
    }

    /// The clause that asks for it.
    pub const fn basis(&self) -> &'static [Citation] {
        match self {
            Self::Plan(Plan { kind: PlanKind::System, .. }) => const { &[Citation::article(15).clause(2).point('e')] },
            Self::Plan(Plan { kind: PlanKind::Terminals, .. }) => const { &[Citation::article(18).clause(4)] },
            Self::Training(_) => const { &[Citation::article(15).clause(2).point('c')] },
            Self::Inspection(_) => const { &[Citation::article(15).clause(3)] },
            Self::Guidance(Guidance { secret_sessions: true, .. }) => const { &[Citation::article(16).clause(1)] },
            Self::Guidance(_) => const { &[Citation::article(15).clause(2).point('a')] },
            Self::Acknowledgement(_) => const { &[Citation::article(8).clause(3).point('a')] },
        }
    }
}
