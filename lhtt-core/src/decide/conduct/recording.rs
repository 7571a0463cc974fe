//! The recording of a session and its hand-over.

use super::Scene;
use crate::actor::action::Action;
use crate::change::Happened;
use crate::civil::Moment;
use crate::decision::Decision;
use crate::registry::{RecordingEvent, Stored, Transfer};
use crate::rules::article_05;
use crate::rules::article_14::{CLAUSE_2, CLAUSE_3, recording};
use crate::submission::Reference;

pub(super) fn request(scene: &Scene<'_>) -> Decision {
    let mut findings: Vec<_> = scene.may(Action::AskRecording).into_iter().collect();
    findings.extend(turn(scene, RecordingEvent::Requested));
    scene.conclude(findings, Happened::RecordingRequested { by: scene.actor.clone() }).on(&[CLAUSE_2]).relying_on(&[34])
}

pub(super) fn start(scene: &Scene<'_>) -> Decision {
    let mut findings: Vec<_> = scene.may(Action::Record).into_iter().collect();
    findings.extend(turn(scene, RecordingEvent::Started));
    findings.extend(recording::in_session(scene.session, scene.state()));
    findings.extend(article_05::recording::may_start(scene.registry, scene.session, scene.now()));
    scene.conclude(findings, Happened::RecordingStarted { by: scene.actor.clone() }).on(&[CLAUSE_2])
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
    let mut findings: Vec<_> = scene.may(Action::AskRecording).into_iter().collect();
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

fn due(scene: &Scene<'_>) -> Option<Moment> {
    recording::due(scene.registry, scene.session, &scene.course.recording)
}

fn turn(scene: &Scene<'_>, event: RecordingEvent) -> Option<crate::finding::Finding> {
    let state = scene.course.recording.state(scene.state().is_over(), due(scene), scene.now());
    recording::turn(scene.session, state, event, scene.state())
}
