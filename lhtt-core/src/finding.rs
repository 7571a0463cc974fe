//! What a rule found: which clause, whose duty, what was seen, what is required, and how to mend it.

use crate::citation::Citation;
use crate::decision::Outcome;
use crate::interpretation::InterpretationId;
use crate::request::Role;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A finding. Ordered by its first citation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Finding {
    /// The places it stands on, sorted; at least one.
    pub citations: Vec<Citation>,
    /// What this finding alone leads to; a breach or advice permits.
    pub outcome: Outcome,
    /// What sort of finding it is.
    pub kind: FindingKind,
    /// A stable name of the rule, as in "12.2.a/lead".
    pub rule: Cow<'static, str>,
    /// Whose duty it is, where that matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duty_holder: Option<DutyHolder>,
    /// Who may override it; only where the outcome is `NeedsOverride`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overridable_by: Option<Role>,
    /// What was seen.
    pub observed: Text,
    /// What the clause asks for.
    pub required: Text,
    /// How to mend it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<Text>,
    /// The readings it relies on, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub interpretations: Vec<InterpretationId>,
}

/// The sorts of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FindingKind {
    /// Against the text.
    Violation,
    /// A fact that the text asks for is missing.
    MissingEvidence,
    /// A duty not kept: recorded, refuses nothing.
    Breach,
    /// Worth knowing: refuses nothing.
    Advice,
}

/// Whose duty it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DutyHolder {
    /// The chair site and its agency.
    Chair,
    /// A member site and its agency.
    Member,
    /// The technical operator (Trung tâm).
    TrungTam,
    /// Whoever runs the province's data network (TSLCD).
    Tslcd,
    /// The telecommunication company.
    Carrier,
    /// The power company.
    DienLuc,
    /// The managing authority.
    ManagingAuthority,
    /// A peer system.
    Peer,
}

/// One text in both languages; Vietnamese is the one that counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Text {
    /// In Vietnamese.
    pub vi: Cow<'static, str>,
    /// In English.
    pub en: Cow<'static, str>,
}
