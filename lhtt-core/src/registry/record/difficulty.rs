//! Difficulties in carrying the regulation out (Điều 20 khoản 3): told to the managing authority, reported by it to UBND
//! tỉnh, decided there, closed.

use crate::citation::Citation;
use crate::civil::Moment;
use crate::ids::OrganizationId;
use crate::request::Actor;
use serde::{Deserialize, Serialize};

/// A difficulty, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Difficulty {
    /// Its number.
    pub id: u64,
    /// When it was told.
    pub at: Moment,
    /// By whom.
    pub by: Actor,
    /// Whose it is.
    pub organization: OrganizationId,
    /// What it is.
    pub text: String,
    /// The clause it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<Citation>,
    /// What became of it, step by step.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<DifficultyStep>,
}

/// A step of a difficulty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DifficultyStep {
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: Actor,
    /// Where it stands from then on.
    pub to: DifficultyStatus,
    /// The report or the decision.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub document: String,
    /// What was done.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// Where a difficulty stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DifficultyStatus {
    /// Told.
    Open,
    /// Reported to UBND tỉnh.
    Reported,
    /// UBND tỉnh has decided.
    Decided,
    /// Done with.
    Closed,
}

impl Difficulty {
    /// Where it stands.
    pub fn status(&self) -> DifficultyStatus {
        self.steps.last().map_or(DifficultyStatus::Open, |step| step.to)
    }

    /// Where it stood at the end of a stretch of time.
    pub fn status_before(&self, end: Moment) -> DifficultyStatus {
        let last = self.steps.iter().rev().find(|step| step.at < end);
        last.map_or(DifficultyStatus::Open, |step| step.to)
    }
}

impl DifficultyStatus {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Open, Self::Reported, Self::Decided, Self::Closed];

    /// Whether it may stand there next. What was settled without a report may be closed at once.
    pub const fn may_become(self, next: Self) -> bool {
        use DifficultyStatus as S;
        match (self, next) {
            (S::Open, S::Reported | S::Closed) | (S::Reported, S::Decided) | (S::Decided, S::Closed) => true,
            (S::Open, S::Open | S::Decided)
            | (S::Reported, S::Open | S::Reported | S::Closed)
            | (S::Decided, S::Open | S::Reported | S::Decided)
            | (S::Closed, _) => false,
        }
    }

    /// In Vietnamese.
    pub const fn vi(self) -> &'static str {
        match self {
            Self::Open => "mới phản ánh",
            Self::Reported => "đã báo cáo UBND tỉnh",
            Self::Decided => "UBND tỉnh đã quyết định",
            Self::Closed => "đã kết thúc",
        }
    }

    /// In English.
    pub const fn en(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Reported => "reported",
            Self::Decided => "decided",
            Self::Closed => "closed",
        }
    }
}
