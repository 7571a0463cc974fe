//! Điều 5 khoản 2: the dossier of a session with state secrets. Six items of the law, each asked for by itself, and what the
//! decree asks of the room and, at the highest level, of the plan.

use super::law::{Law, Requirement};
use super::{CONTENT, DutyHolder, Finding};
use crate::submission::{
    Classification, ProtectionPlan, Reference, SafePlace, SecretMeetingDossier, Submission, Whereabouts,
};

/// Whether a registration brings its dossier, as far as it needs one.
pub(crate) fn of_submission(submission: &Submission, law: Law<'_>) -> Vec<Finding> {
    match submission.classification.is_open() {
        true => Vec::new(),
        false => complete(submission.dossier.as_deref(), submission.classification, law),
    }
}

/// What a dossier lacks at this level; all of it where there is none.
pub(crate) fn complete(dossier: Option<&SecretMeetingDossier>, level: Classification, law: Law<'_>) -> Vec<Finding> {
    if level.is_open() {
        return Vec::new();
    }
    let none = SecretMeetingDossier::default();
    let dossier = dossier.unwrap_or(&none);
    let mut findings: Vec<Finding> = ITEMS.iter().filter_map(|item| item.missing(dossier, law)).collect();
    findings.extend(dossier.place.as_ref().into_iter().flat_map(|place| rooms(place, law)));
    if level == Classification::TuyetMat {
        findings.extend(dossier.protection_plan.as_ref().and_then(|plan| guarded(plan, law)));
    }
    findings.extend(references_only(dossier));
    findings
}

/// One of the six items.
struct Item {
    rule: &'static str,
    requirement: Requirement,
    document: fn(&SecretMeetingDossier) -> Option<&Reference>,
    vi: &'static str,
    en: &'static str,
}

const ITEMS: [Item; 6] = [
    Item {
        rule: "5.2/consent",
        requirement: Requirement::Consent,
        document: |dossier| dossier.consent.as_ref(),
        vi: "văn bản đồng ý của người có thẩm quyền",
        en: "the consent of the competent person",
    },
    Item {
        rule: "5.2/attendees",
        requirement: Requirement::Attendees,
        document: |dossier| dossier.attendees.as_ref(),
        vi: "danh sách người tham dự (đại diện hoặc được giao nhiệm vụ)",
        en: "the list of attendees (representatives, or persons with that task)",
    },
    Item {
        rule: "5.2/place",
        requirement: Requirement::Place,
        document: |dossier| dossier.place.as_ref()?.document.as_ref(),
        vi: "hồ sơ về địa điểm bảo đảm an toàn",
        en: "the document about the safe place",
    },
    Item {
        rule: "5.2/devices",
        requirement: Requirement::Devices,
        document: |dossier| dossier.devices.as_ref(),
        vi: "hồ sơ phương tiện, thiết bị đáp ứng yêu cầu",
        en: "the document about devices that meet the requirements",
    },
    Item {
        rule: "5.2/protection-plan",
        requirement: Requirement::ProtectionPlan,
        document: |dossier| dossier.protection_plan.as_ref()?.document.as_ref(),
        vi: "phương án bảo vệ",
        en: "the protection plan",
    },
    Item {
        rule: "5.2/recovery-plan",
        requirement: Requirement::Recovery,
        document: |dossier| dossier.recovery_plan.as_ref(),
        vi: "phương án thu hồi tài liệu, vật chứa bí mật nhà nước",
        en: "the plan for getting the documents back",
    },
];

impl Item {
    fn missing(&self, dossier: &SecretMeetingDossier, law: Law<'_>) -> Option<Finding> {
        if (self.document)(dossier).is_some_and(|document| !document.is_blank()) {
            return None;
        }
        let (vi, en) = (self.vi, self.en);
        let finding = law
            .missing(self.rule, &[self.requirement])
            .observed(format!("hồ sơ bảo vệ bí mật nhà nước thiếu {vi}"), format!("the dossier lacks {en}"))
            .required(format!("số, ký hiệu {vi}"), format!("the number of {en}"))
            .remedy(format!("bổ sung {vi} rồi gửi lại"), format!("add {en} and hand it in again"))
            .duty_of(DutyHolder::Chair);
        Some(finding)
    }
}

/// Closed rooms at headquarters; elsewhere the police have checked the area (S-6).
fn rooms(place: &SafePlace, law: Law<'_>) -> Vec<Finding> {
    let others = place.rooms.iter().map(|room| (Some(room.at), room.closed, room.area_check.as_ref()));
    let all = std::iter::once((place.at, place.closed, place.area_check.as_ref())).chain(others);
    let mut findings = Vec::new();
    for (at, closed, area_check) in all {
        let checked = area_check.is_some_and(|document| !document.is_blank());
        findings.extend((!closed).then(|| open_room(law)));
        findings.extend(match at {
            Some(Whereabouts::Headquarters) => None,
            Some(Whereabouts::Elsewhere) => (!checked).then(|| unchecked_area(law)),
            None => Some(unknown_place(law)),
        });
    }
    findings
}

fn room_rule(rule: &'static str, law: Law<'_>) -> Finding {
    law.missing(rule, &[Requirement::Room])
        .required(
            "phòng họp kín trong trụ sở; ngoài trụ sở phải được cơ quan công an kiểm tra khu vực",
            "a closed room at headquarters; elsewhere the police have checked the area",
        )
        .duty_of(DutyHolder::Chair)
}

fn open_room(law: Law<'_>) -> Finding {
    room_rule("5.2/closed-room", law)
        .observed("phòng họp không được khai báo là phòng họp kín", "a room is not stated to be a closed one")
        .remedy("chọn phòng họp kín", "choose a closed room")
}

fn unchecked_area(law: Law<'_>) -> Finding {
    room_rule("5.2/area-check", law)
        .observed(
            "phòng họp ở ngoài trụ sở, chưa có kết quả kiểm tra khu vực của cơ quan công an",
            "a room is not at headquarters, and there is no police check of the area",
        )
        .remedy("đề nghị cơ quan công an kiểm tra khu vực", "ask the police to check the area")
}

fn unknown_place(law: Law<'_>) -> Finding {
    room_rule("5.2/whereabouts", law)
        .observed("không rõ phòng họp ở trong hay ngoài trụ sở", "it is not said whether the rooms are at headquarters")
        .remedy("nêu phòng họp trong hay ngoài trụ sở", "say where the rooms are")
}

/// At level Tuyệt mật the plan has guards and a contingency.
fn guarded(plan: &ProtectionPlan, law: Law<'_>) -> Option<Finding> {
    if plan.guards && plan.contingency {
        return None;
    }
    let finding = law
        .missing("5.2/guards", &[Requirement::Guards])
        .observed(
            "phương án bảo vệ phiên họp Tuyệt mật chưa có lực lượng canh gác hoặc phương án xử lý tình huống",
            "the protection plan of a session at level Tuyệt mật lacks guards or a contingency",
        )
        .required("lực lượng canh gác và phương án xử lý tình huống", "guards and a contingency")
        .remedy("bổ sung phương án bảo vệ", "complete the protection plan")
        .duty_of(DutyHolder::Chair);
    Some(finding)
}

/// A dossier refers to its documents and tells nothing of them.
fn references_only(dossier: &SecretMeetingDossier) -> Option<Finding> {
    let told = dossier.clone().references().any(|one| !one.is_blank() && !one.refers_only());
    told.then(more_than_a_reference)
}

/// Điều 11 khoản 5, A-15: where a document is named, its number stands and nothing else.
pub(crate) fn more_than_a_reference() -> Finding {
    Finding::violation("11.5/number", &[CONTENT])
        .observed(
            "chỗ dành cho số, ký hiệu văn bản có ghi nội dung khác",
            "where the number of a document belongs, something else is written",
        )
        .required(
            "chỉ số, ký hiệu, ngày của văn bản, ví dụ “12/PA-SYT”",
            "the number of a document only, as in “12/PA-SYT”",
        )
        .remedy(
            "cách ly văn bản này theo quy định về bí mật nhà nước, gửi lại chỉ với số, ký hiệu",
            "quarantine this text as the law on state secrets says, and send numbers only",
        )
        .duty_of(DutyHolder::Chair)
        .reading(15)
}
