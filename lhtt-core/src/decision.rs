//! The answer of the regulation: an outcome, every finding with its citation, and the changes it makes.

use crate::change::{Change, ChangeList, SecrecyChange};
use crate::citation::Citation;
use crate::civil;
use crate::finding::Finding;
use crate::ids::JoinId;
use crate::interpretation::InterpretationId;
use crate::journal::FactsDigest;
use crate::registry::Joined;
use crate::time::Wall;
use crate::version::Version;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// An answer. Only `Permit` carries changes that open something; a refusal may record (an incomplete registration).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Decision {
    /// The worst of the findings' outcomes; `Permit` if there are none.
    pub outcome: Outcome,
    /// All findings, in the order of their citations, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// The clauses that a permit stands on; a refusal stands on its findings.
    #[serde(default, skip_serializing_if = "<[Citation]>::is_empty")]
    pub basis: Cow<'static, [Citation]>,
    /// How much of it the other side may be told.
    #[serde(default, skip_serializing_if = "Disclosure::is_article")]
    pub disclosure: Disclosure,
    /// The readings the findings rely on, sorted, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub interpretations: Vec<InterpretationId>,
    /// The version of the regulation that governs the act.
    pub version: Version,
    /// When it was decided.
    #[serde(with = "civil::wall")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub at: Wall,
    /// What it makes of the registry, in order.
    #[serde(default, skip_serializing_if = "<[Change]>::is_empty")]
    pub changes: ChangeList,
    /// On which facts: told once the decision is sealed into the journal, or is that of a case. Stands last, where sealing puts
    /// it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts_digest: Option<FactsDigest>,
}

/// Outcomes, worst first: the outcome of a decision is the least of its findings'.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// The rules of the version in force at the act are not known. Nothing is permitted on it.
    NotEvaluable,
    /// Refused.
    Deny,
    /// Refused now; complete it and hand it in again.
    Incomplete,
    /// Refused now; a named role may override with a reason.
    NeedsOverride,
    /// Permitted.
    Permit,
}

/// How much of a decision the other side may be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Disclosure {
    /// The articles it stands on.
    #[default]
    Article,
    /// That it is refused, and no more.
    Bare,
}

impl Disclosure {
    fn is_article(&self) -> bool {
        *self == Self::Article
    }
}

impl Decision {
    /// The decision that follows from these findings. `changes` are made only on a permit.
    pub(crate) fn from_findings(version: Version, at: Wall, findings: Vec<Finding>, changes: Vec<Change>) -> Self {
        let mut decision = Self::with_changes(version, at, findings, Vec::new());
        if decision.is_permit() {
            decision.changes = changes.into();
        }
        decision
    }

    /// As [`Self::from_findings`] for what is decided for each call: a list of one change is not allocated.
    pub(crate) fn permitting(version: Version, at: Wall, findings: Vec<Finding>, changes: ChangeList) -> Self {
        let mut decision = Self::with_changes(version, at, findings, Vec::new());
        if decision.is_permit() {
            decision.changes = changes;
        }
        decision
    }

    /// The decision that follows from these findings, which makes `changes` whatever its outcome.
    pub(crate) fn with_changes(version: Version, at: Wall, findings: Vec<Finding>, changes: Vec<Change>) -> Self {
        let changes = changes.into();
        let outcome = findings.iter().map(|finding| finding.outcome).min().unwrap_or(Outcome::Permit);
        let settled = findings.into_iter().map(|finding| finding.settled(outcome == Outcome::Permit));
        let mut findings: Vec<_> = settled.collect();
        findings.sort_unstable();
        findings.dedup();
        let mut interpretations: Vec<_> =
            findings.iter().flat_map(|finding| finding.interpretations.iter().copied()).collect();
        interpretations.sort_unstable();
        interpretations.dedup();
        let basis = Cow::Borrowed(&[][..]);
        let disclosure = Disclosure::Article;
        Self { outcome, findings, basis, disclosure, interpretations, version, at, changes, facts_digest: None }
    }

    /// The same decision; if it permits, it stands on these clauses.
    pub(crate) fn on(mut self, basis: &'static [Citation]) -> Self {
        if self.is_permit() {
            self.basis = Cow::Borrowed(basis);
        }
        self
    }

    /// The same decision; if it permits, it stands on these clauses, which are data.
    pub(crate) fn on_clauses(mut self, clauses: Vec<Citation>) -> Self {
        if self.is_permit() {
            self.basis = Cow::Owned(clauses);
        }
        self
    }

    /// The same decision; if it permits, it stands on this clause.
    pub(crate) fn on_clause(self, clause: Citation) -> Self {
        self.on_clauses(vec![clause])
    }

    /// The same decision; if it permits, it relies on these readings too.
    pub(crate) fn relying_on(mut self, readings: &[u16]) -> Self {
        if self.is_permit() {
            self.interpretations.extend(readings.iter().map(|number| InterpretationId::a(*number)));
            self.interpretations.sort_unstable();
            self.interpretations.dedup();
        }
        self
    }

    /// The same decision, of which the other side learns no more than that it is refused.
    pub(crate) fn bare(self) -> Self {
        Self { disclosure: Disclosure::Bare, ..self }
    }

    /// Whether what was asked may be done.
    pub fn is_permit(&self) -> bool {
        self.outcome == Outcome::Permit
    }

    /// The join that this decision opens, if it does.
    pub fn joined(&self) -> Option<&Joined> {
        self.changes.iter().find_map(|change| match change {
            Change::Joined(joined) => Some(joined),
            _ => None,
        })
    }

    /// The legs that are muted from this decision on, because the level of their session was raised, or what protects them
    /// is gone.
    pub fn to_mute(&self) -> impl Iterator<Item = JoinId> {
        let legs = self.changes.iter().filter_map(|change| match change {
            Change::Secrecy(SecrecyChange::Reclassified(raised)) => Some(&raised.legs),
            Change::Secrecy(SecrecyChange::LegsJudged { legs, .. }) => Some(legs),
            _ => None,
        });
        legs.flat_map(|legs| legs.keys().copied())
    }

    /// The places of all findings, sorted, each once; of a permit without findings, what it stands on.
    pub fn citations(&self) -> Vec<Citation> {
        let found = self.findings.iter().flat_map(|finding| finding.citations.iter().copied());
        let mut citations: Vec<_> = match self.findings.is_empty() {
            true => self.basis.to_vec(),
            false => found.collect(),
        };
        citations.sort_unstable();
        citations.dedup();
        citations
    }
}
