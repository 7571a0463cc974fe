//! The recording of a session and its hand-over.

use super::Scene;
use crate::actor::action::{Action, Capacity};
use crate::change::Happened;
use crate::civil::Moment;
use crate::decide::floor;
use crate::decision::Decision;
use crate::finding::Finding;
use crate::registry::{RecordingEvent, Stored, Transfer};
use crate::request::Role;
use crate::rules::article_08::scenario;
use crate::rules::article_14::{CLAUSE_2, CLAUSE_3, recording};
use crate::rules::{article_05, role};
use crate::submission::Reference;

pub(super) fn request(scene: &Scene<'_>) -> Decision {
    let mut findings = scene.by_chair_agency(Action::AskRecording, CLAUSE_2);
    findings.extend(turn(scene, RecordingEvent::Requested));
    scene.conclude(findings, Happened::RecordingRequested { by: scene.actor.clone() }).on(&[CLAUSE_2]).relying_on(&[34])
}

/// `asked`: the chair site has asked for it by an intervention.
pub(super) fn start(scene: &Scene<'_>, asked: bool) -> Decision {
    let mut findings = may_record(scene);
    findings.extend(turn(scene, RecordingEvent::Started));
    findings.extend(recording::in_session(scene.session, scene.state()));
    findings.extend(article_05::recording::may_start(scene.registry, scene.session, scene.now()));
    let by_chair = asked || scene.actor.role == Role::SiteOperator || scene.is_secret();
    let told = !by_chair && !findings.iter().any(Finding::refuses);
    findings.extend(recording::not_requested(&scene.course.recording).filter(|_| told));
    // Of a secret session a recording stands on the law on state secrets, not on a request alone.
    let law = article_05::law::Law::at(scene.registry, scene.now());
    let basis = if scene.is_secret() { law.recording_basis() } else { vec![CLAUSE_2] };
    scene.conclude(findings, Happened::RecordingStarted { by: scene.actor.clone() }).on_clauses(basis)
}

/// What is recorded is complete, and stored where it is said where; else that is still to be done.
pub(super) fn stop(scene: &Scene<'_>, place: Option<&str>) -> Decision {
    match place {
        Some(place) => store(scene, place),
        None => {
            let turn = turn(scene, RecordingEvent::Stored);
            let open = turn.is_none().then(|| recording::to_be_stored(scene.session));
            scene.conclude(turn.into_iter().chain(open).collect(), None)
        }
    }
}

pub(super) fn store(scene: &Scene<'_>, place: &str) -> Decision {
    let mut findings: Vec<_> = scene.may(Action::KeepRecording).into_iter().collect();
    findings.extend(turn(scene, RecordingEvent::Stored));
    findings.extend(recording::place(place));
    let (by, custodian) = (scene.actor.clone(), article_05::custodian(scene.registry, scene.session));
    let stored = Stored { at: scene.now(), by, place: place.to_owned(), custodian };
    scene.conclude(findings, Happened::RecordingStored { stored }).on(&[CLAUSE_2])
}

pub(super) fn request_handover(scene: &Scene<'_>) -> Decision {
    let mut findings = scene.by_chair_agency(Action::AskRecording, CLAUSE_3);
    findings.extend(turn(scene, RecordingEvent::HandoverRequested));
    scene
        .conclude(findings, Happened::HandoverRequested { by: scene.actor.clone() })
        .on(&[CLAUSE_3])
        .relying_on(&[12, 34])
}

pub(super) fn hand_over(scene: &Scene<'_>, document: Option<&Reference>) -> Decision {
    let mut findings: Vec<_> = scene.may(Action::KeepRecording).into_iter().collect();
    findings.extend(turn(scene, RecordingEvent::HandedOver));
    findings.extend(recording::is_stored(&scene.course.recording));
    if scene.at.trusted {
        findings.extend(recording::in_time(due(scene), scene.now()));
    }
    let to = article_05::custodian(scene.registry, scene.session);
    let document = document.cloned();
    let transfer = Transfer { at: scene.now(), by: scene.actor.clone(), to, document };
    scene.conclude(findings, Happened::HandedOver { transfer }).on(&[CLAUSE_3]).relying_on(&[12])
}

/// The MCU operator; the chair site that controls, if the scenario names it.
fn may_record(scene: &Scene<'_>) -> Vec<Finding> {
    let may = scene.may(Action::Record);
    let floor = scene.registry.floor().session(scene.session.id);
    let scenario = floor.and_then(|one| one.scenario.as_ref()).filter(|_| !scene.is_secret());
    let chair =
        role::capacity(scene.registry, scene.actor, Some(scene.session), scene.now()) == Capacity::ChairOperator;
    match chair && scenario::lets_record(scenario, scene.actor) {
        true => floor::controls(scene.registry, scene.session, scene.actor, scene.now()),
        false => may.into_iter().collect(),
    }
}

fn due(scene: &Scene<'_>) -> Option<Moment> {
    recording::due(scene.registry, scene.session, &scene.course.recording)
}

fn turn(scene: &Scene<'_>, event: RecordingEvent) -> Option<Finding> {
    let state = scene.course.recording.state(scene.state().is_over(), due(scene), scene.now());
    recording::turn(scene.session, state, event, scene.state())
}
