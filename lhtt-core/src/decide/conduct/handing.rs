//! Requests for the materials of a session, which go to the chair agency (Điều 14 khoản 4).

use super::Scene;
use crate::actor::action::Action;
use crate::change::Happened;
use crate::decision::Decision;
use crate::ids::OrganizationId;
use crate::registry::{Material, MaterialAnswer, MaterialRequest, Transfer};
use crate::rules::article_02;
use crate::rules::article_14::{CLAUSE_4, materials};
use crate::submission::Reference;

pub(super) fn request(
    scene: &Scene<'_>,
    organization: &OrganizationId,
    what: Material,
    purpose: Option<&str>,
) -> Decision {
    let mut findings: Vec<_> = article_02::known_organization(scene.registry, organization).into_iter().collect();
    findings.extend(materials::own_name(scene.registry, scene.actor, organization));
    findings.extend(materials::not_secret(scene.registry, scene.session));
    let id = scene.course.materials.iter().map(|one| one.id).max().unwrap_or(0) + 1;
    let request = MaterialRequest {
        id,
        at: scene.now(),
        by: scene.actor.clone(),
        organization: organization.clone(),
        what,
        purpose: purpose.map(str::to_owned),
        answer: None,
        transfer: None,
    };
    scene.conclude(findings, Happened::MaterialsRequested(request)).on(&[CLAUSE_4])
}

pub(super) fn answer(scene: &Scene<'_>, request: u32, granted: bool, note: Option<&str>) -> Decision {
    let mut findings = scene.by_chair_agency(Action::AnswerMaterials, CLAUSE_4);
    findings.extend(materials::asked(scene.course, request));
    findings.extend(materials::not_secret(scene.registry, scene.session));
    let (at, by) = (scene.now(), scene.actor.clone());
    let answer = MaterialAnswer { at, by, granted, note: note.map(str::to_owned) };
    scene.conclude(findings, Happened::MaterialsAnswered { request, answer }).on(&[CLAUSE_4])
}

pub(super) fn hand_over(scene: &Scene<'_>, request: u32, document: Option<&Reference>) -> Decision {
    let mut findings = scene.by_chair_agency(Action::AnswerMaterials, CLAUSE_4);
    findings.extend(materials::granted(scene.course, request));
    findings.extend(materials::not_secret(scene.registry, scene.session));
    let asked_by = scene.course.material(request).map(|one| one.organization.clone());
    let handed = asked_by.map(|to| {
        let document = document.cloned();
        let transfer = Transfer { at: scene.now(), by: scene.actor.clone(), to, document };
        Happened::MaterialsHanded { request, transfer }
    });
    scene.conclude(findings, handed).on(&[CLAUSE_4])
}
