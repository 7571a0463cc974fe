//! Registers that decide nothing and are reported: plans, difficulties, training, inspections: Điều 15, 18, 20.

use super::version;
use crate::actor::Actor;
use crate::actor::action::Action;
use crate::change::{Change, RecordChange};
use crate::decision::Decision;
use crate::finding::Finding;
use crate::ids::OrganizationId;
use crate::registry::{Difficulty, DifficultyStep, Kept, Registry};
use crate::request::{Keep, MoveDifficulty, RecordAct, TellDifficulty};
use crate::rules::{article_02, article_15, article_20, role};
use crate::time::Wall;

pub(super) fn decide(registry: &Registry, act: &RecordAct, at: Wall) -> Decision {
    match act {
        RecordAct::Keep(keep) => self::keep(registry, keep, at),
        RecordAct::TellDifficulty(told) => tell(registry, told, at),
        RecordAct::MoveDifficulty(step) => take_step(registry, step, at),
    }
}

fn keep(registry: &Registry, keep: &Keep, at: Wall) -> Decision {
    let Keep { actor, entry } = keep;
    let mut findings = Vec::new();
    findings.extend(role::may(registry, actor, None, Action::KeepRegisters, at));
    findings.extend(entry.organization().and_then(|id| article_02::known_organization(registry, id)));
    findings.extend(article_15::entry_documented(entry));
    findings.extend(article_15::entry_happened(entry, at.into()));
    let kept = Kept { id: registry.record().next_entry(), at: at.into(), by: actor.clone(), entry: entry.clone() };
    let change = Change::Record(RecordChange::Kept(Box::new(kept)));
    Decision::from_findings(version(at), at, findings, vec![change]).on(entry.basis())
}

fn tell(registry: &Registry, told: &TellDifficulty, at: Wall) -> Decision {
    let TellDifficulty { actor, organization, text, clause } = told;
    let mut findings = Vec::new();
    findings.extend(role::may(registry, actor, None, Action::TellDifficulty, at));
    findings.extend(article_02::known_organization(registry, organization));
    findings.extend(own(registry, actor, organization));
    findings.extend(article_20::difficulty_told(text));
    let difficulty = Difficulty {
        id: registry.record().next_difficulty(),
        at: at.into(),
        by: actor.clone(),
        organization: organization.clone(),
        text: text.clone(),
        clause: *clause,
        steps: Vec::new(),
    };
    let change = Change::Record(RecordChange::DifficultyTold(Box::new(difficulty)));
    Decision::from_findings(version(at), at, findings, vec![change]).on(&[article_20::CLAUSE_3])
}

/// Whoever acts for an agency or a site tells of that agency's difficulties.
fn own(registry: &Registry, actor: &Actor, organization: &OrganizationId) -> Option<Finding> {
    let of_site = actor.site.as_ref().and_then(|site| registry.site(site)).map(|site| &site.organization);
    let acts_for = actor.organization.as_ref().or(of_site)?;
    article_20::own_difficulty(acts_for, organization)
}

fn take_step(registry: &Registry, asked: &MoveDifficulty, at: Wall) -> Decision {
    let MoveDifficulty { actor, difficulty, to, document, note } = asked;
    let mut findings = Vec::new();
    findings.extend(role::may(registry, actor, None, Action::KeepRegisters, at));
    findings.extend(article_20::difficulty_known(registry, *difficulty));
    findings.extend(registry.record().difficulty(*difficulty).and_then(|one| article_20::next_step(one, *to)));
    findings.extend(article_20::step_documented(*to, document));
    let step =
        DifficultyStep { at: at.into(), by: actor.clone(), to: *to, document: document.clone(), note: note.clone() };
    let change = Change::Record(RecordChange::DifficultyMoved { difficulty: *difficulty, step: Box::new(step) });
    Decision::from_findings(version(at), at, findings, vec![change]).on(&[article_20::CLAUSE_3])
}
