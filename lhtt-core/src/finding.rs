//! What a rule found: which clause, whose duty, what was seen, what is required, and how to mend it.

use crate::citation::Citation;
use crate::decision::Outcome;
use crate::interpretation::InterpretationId;
use crate::request::Role;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A finding. Ordered by its first citation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// Whether it stands on a law of which it is not confirmed yet which article says so.
    #[serde(default, skip_serializing_if = "is_false")]
    pub unconfirmed: bool,
}

fn is_false(value: &bool) -> bool {
    !value
}

/// The sorts of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

impl DutyHolder {
    /// Its name in both languages.
    pub fn name(self) -> Text {
        let (vi, en) = match self {
            Self::Chair => ("Điểm cầu chủ trì", "the chair site"),
            Self::Member => ("Điểm cầu thành phần", "the member site"),
            Self::TrungTam => ("Đơn vị vận hành kỹ thuật", "the technical operator"),
            Self::Tslcd => ("Đơn vị quản lý, vận hành mạng TSLCD", "the operator of the data network"),
            Self::Carrier => ("Doanh nghiệp viễn thông", "the carrier"),
            Self::DienLuc => ("Điện lực", "the power company"),
            Self::ManagingAuthority => ("Cơ quan quản lý, vận hành", "the managing authority"),
            Self::Peer => ("Hệ thống kết nối", "the peer system"),
        };
        Text { vi: vi.into(), en: en.into() }
    }
}

/// One text in both languages; Vietnamese is the one that counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Text {
    /// In Vietnamese.
    pub vi: Cow<'static, str>,
    /// In English.
    pub en: Cow<'static, str>,
}

impl Finding {
    /// A finding of `rule` at these places. What it leads to is said by the caller, nothing is assumed.
    pub(crate) fn new(rule: &'static str, kind: FindingKind, outcome: Outcome, citations: &[Citation]) -> Self {
        let mut citations = citations.to_vec();
        citations.sort_unstable();
        citations.dedup();
        let unconfirmed = citations.iter().any(|one| !one.instrument().is_confirmed());
        Self {
            citations,
            unconfirmed,
            outcome,
            kind,
            rule: Cow::Borrowed(rule),
            duty_holder: None,
            overridable_by: None,
            observed: Text::default(),
            required: Text::default(),
            remedy: None,
            interpretations: Vec::new(),
        }
    }

    /// Against the text, and refused.
    pub(crate) fn violation(rule: &'static str, citations: &[Citation]) -> Self {
        Self::new(rule, FindingKind::Violation, Outcome::Deny, citations)
    }

    /// A fact is missing, and it is refused.
    pub(crate) fn missing(rule: &'static str, citations: &[Citation]) -> Self {
        Self::new(rule, FindingKind::MissingEvidence, Outcome::Deny, citations)
    }

    /// An item of a registration is missing: hand it in again.
    pub(crate) fn incomplete(rule: &'static str, citations: &[Citation]) -> Self {
        Self::new(rule, FindingKind::MissingEvidence, Outcome::Incomplete, citations)
    }

    /// Against the text, and refused unless a named person overrides it.
    pub(crate) fn overridable(rule: &'static str, citations: &[Citation]) -> Self {
        let finding = Self::new(rule, FindingKind::Violation, Outcome::NeedsOverride, citations);
        Self { overridable_by: Some(Role::HeadOfTechnicalOperator), ..finding }.reading(32)
    }

    /// A duty not kept; it refuses nothing.
    pub(crate) fn breach(rule: &'static str, citations: &[Citation]) -> Self {
        Self::new(rule, FindingKind::Breach, Outcome::Permit, citations)
    }

    /// Worth knowing; it refuses nothing.
    pub(crate) fn advice(rule: &'static str, citations: &[Citation]) -> Self {
        Self::new(rule, FindingKind::Advice, Outcome::Permit, citations)
    }

    pub(crate) fn observed(mut self, vi: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        self.observed = Text { vi: vi.into(), en: en.into() };
        self
    }

    pub(crate) fn required(mut self, vi: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        self.required = Text { vi: vi.into(), en: en.into() };
        self
    }

    pub(crate) fn remedy(mut self, vi: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        self.remedy = Some(Text { vi: vi.into(), en: en.into() });
        self
    }

    pub(crate) fn duty_of(mut self, holder: DutyHolder) -> Self {
        self.duty_holder = Some(holder);
        self
    }

    /// It relies on this reading of the text.
    pub(crate) fn reading(mut self, number: u16) -> Self {
        self.interpretations.push(InterpretationId::a(number));
        self.interpretations.sort_unstable();
        self.interpretations.dedup();
        self
    }

    /// Whether it refuses.
    pub fn refuses(&self) -> bool {
        self.outcome != Outcome::Permit
    }

    /// The same finding once it has been overridden: a recorded breach, if nothing else refuses; see [`Self::settled`].
    pub(crate) fn once_overridden(self) -> Self {
        match self.outcome {
            Outcome::NeedsOverride => Self { outcome: Outcome::Permit, kind: FindingKind::Breach, ..self },
            _ => self,
        }
    }

    /// The same finding in a decision that permits or refuses: what was overridden is a breach only if it was let pass.
    pub(crate) fn settled(self, permitted: bool) -> Self {
        match (self.kind, self.overridable_by.is_some(), permitted) {
            (FindingKind::Breach, true, true) => Self { overridable_by: None, ..self },
            (FindingKind::Breach, true, false) => {
                Self { outcome: Outcome::NeedsOverride, kind: FindingKind::Violation, ..self }
            }
            _ => self,
        }
    }

    /// The same finding as a recorded breach, for what is looked at and not asked.
    pub(crate) fn into_breach(self) -> Self {
        Self { outcome: Outcome::Permit, kind: FindingKind::Breach, overridable_by: None, ..self }
    }
}
