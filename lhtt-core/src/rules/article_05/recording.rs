//! Điều 5 khoản 2: recording a session with state secrets. Never at Tối mật and Tuyệt mật; at Mật by the chair agency's
//! decision, with counter-measures, on storage that is offline or under cơ yếu.

use super::law::{Law, Requirement};
use super::{DutyHolder, Finding};
use crate::civil::Moment;
use crate::registry::{RecordingTerms, Registry, Session, Storage};
use crate::submission::{Classification, Reference};

/// Whether a recording of this session may start now, by the terms that were recorded for it.
pub(crate) fn may_start(registry: &Registry, session: &Session, act: Moment) -> Vec<Finding> {
    let terms = registry.secrecy().sessions.get(&session.id).and_then(|secret| secret.recording.as_ref());
    by_terms(session.classification, terms.unwrap_or(&RecordingTerms::default()), Law::at(registry, act))
}

/// What stands against recording at this level on these terms.
pub(crate) fn by_terms(level: Classification, terms: &RecordingTerms, law: Law<'_>) -> Vec<Finding> {
    match level {
        Classification::Open => Vec::new(),
        Classification::ToiMat | Classification::TuyetMat => vec![never(law)],
        Classification::Mat => {
            let stated = |one: &Option<Reference>| one.as_ref().is_some_and(|one| !one.is_blank());
            let mut findings = Vec::new();
            findings.extend((!stated(&terms.decision)).then(|| undecided(law)));
            findings.extend((!stated(&terms.counter_measures)).then(|| without_counter_measures(law)));
            findings.extend(storage(terms.storage, law));
            findings
        }
    }
}

/// A site that records or streams by itself, whatever the scenario names: never at these levels.
pub(crate) fn by_site(level: Classification, law: Law<'_>) -> Option<Finding> {
    (level > Classification::Mat).then(|| never(law))
}

fn never(law: Law<'_>) -> Finding {
    law.violation("5.2/recording", &[Requirement::Leave])
        .observed(
            "phiên họp ở độ Tối mật hoặc Tuyệt mật, không được ghi âm, ghi hình",
            "the session is at level Tối mật or Tuyệt mật, which is not recorded",
        )
        .required("không ghi âm, ghi hình", "no recording")
        .remedy("lập biên bản bằng văn bản", "keep written minutes")
        .duty_of(DutyHolder::Chair)
        .reading(45)
}

fn undecided(law: Law<'_>) -> Finding {
    let asked = [Requirement::Leave, Requirement::ChairDecides];
    law.missing("5.2/recording-decision", &asked)
        .observed(
            "chưa có văn bản của cơ quan chủ trì quyết định ghi âm, ghi hình",
            "there is no decision of the chair agency to record",
        )
        .required("số, ký hiệu văn bản quyết định", "the number of the decision")
        .remedy("bổ sung văn bản quyết định", "add the decision")
        .duty_of(DutyHolder::Chair)
}

fn without_counter_measures(law: Law<'_>) -> Finding {
    law.missing("5.2/counter-measures", &[Requirement::CounterMeasures])
        .observed("chưa có biện pháp bảo vệ bản ghi", "there are no counter-measures that protect the recording")
        .required("số, ký hiệu văn bản về biện pháp bảo vệ", "the number of the document on counter-measures")
        .remedy("bổ sung văn bản về biện pháp bảo vệ", "add the document on counter-measures")
        .duty_of(DutyHolder::Chair)
}

fn storage(storage: Option<Storage>, law: Law<'_>) -> Option<Finding> {
    let asked = [Requirement::Storage];
    let finding = match storage {
        Some(Storage::Offline | Storage::CoYeu) => return None,
        Some(Storage::Networked) => law.violation("5.2/storage", &asked).observed(
            "bản ghi lưu trên thiết bị có nối mạng",
            "the recording would be kept on a device that is on a network",
        ),
        None => law
            .missing("5.2/storage", &asked)
            .observed("không rõ bản ghi lưu ở đâu", "it is not said where the recording is kept"),
    };
    let finding = finding
        .required(
            "thiết bị không nối và chưa từng nối mạng, hoặc theo pháp luật về cơ yếu",
            "a device that is and was on no network, or one that the law on cơ yếu allows",
        )
        .remedy("chọn nơi lưu khác", "choose another storage")
        .duty_of(DutyHolder::TrungTam);
    Some(finding)
}
