//! Điều 14 khoản 2 and 3: a recording if the chair agency asks for it, and its hand-over within 2 working days of the end.
//! When that is, the calendar says.

use super::{CLAUSE_2, CLAUSE_3};
use crate::calendar::{Handover, MissingYear, handover_due};
use crate::citation::Citation;
use crate::civil::{Moment, length};
use crate::finding::{DutyHolder, Finding};
use crate::registry::{Recording, RecordingEvent, RecordingState, Registry, Session, SessionState};

/// The steps of a recording come in their order: a recording is asked for until the session ends, a hand-over as long as
/// it is stored.
pub(crate) fn turn(
    session: &Session,
    recording: RecordingState,
    event: RecordingEvent,
    state: SessionState,
) -> Option<Finding> {
    if recording.allows(event, state.is_over()) && state != SessionState::Cancelled {
        return None;
    }
    let (step_vi, step_en, place) = step(event);
    let (is_vi, is_en) = standing(recording);
    let finding = Finding::violation("14.2/turn", &[place])
        .observed(
            format!("phiên họp số {} {}; {is_vi}; không thể {step_vi}", session.alias, state.vi()),
            format!("session {} is {}; {is_en}; one cannot {step_en}", session.alias, state.en()),
        )
        .required(
            "yêu cầu trước khi phiên họp kết thúc, ghi khi đang họp, rồi lưu trữ, rồi bàn giao",
            "asked for before the end, recorded while it runs, then stored, then handed over",
        )
        .reading(34);
    Some(finding)
}

/// Khoản 3: the first moment at which a hand-over is late. Nothing where no calendar covers the year: no duty is judged on
/// a guess.
pub(crate) fn due(registry: &Registry, session: &Session, recording: &Recording) -> Option<Moment> {
    handover(registry, session, recording)?.ok().map(|handover| handover.due.late_from)
}

/// Khoản 3: the hand-over of a session that has ended, if it was asked for: counted from the end, or from a request that
/// came later; where a moment was agreed, by that. Everything that speaks of the due date asks here.
pub(crate) fn handover(
    registry: &Registry,
    session: &Session,
    recording: &Recording,
) -> Option<Result<Handover, MissingYear>> {
    let ended = session.ended.as_ref().filter(|_| !session.cancelled)?.at;
    let asked = recording.requested.into_iter().chain(recording.handover_requested).min();
    match (recording.due, asked) {
        (Some(agreed), asked) => Some(Ok(Handover::agreed(ended, asked, agreed))),
        (None, Some(asked)) => Some(handover_due(registry.calendar_at(ended), ended, Some(asked))),
        (None, None) => None,
    }
}

/// Khoản 2: what is recorded is a session that runs.
pub(crate) fn in_session(session: &Session, state: SessionState) -> Option<Finding> {
    if state == SessionState::InSession {
        return None;
    }
    let finding = Finding::violation("14.2/in-session", &[CLAUSE_2])
        .observed(
            format!("phiên họp số {} {}", session.alias, state.vi()),
            format!("session {} is {}", session.alias, state.en()),
        )
        .required("phiên họp đang họp", "a session that runs")
        .duty_of(DutyHolder::TrungTam);
    Some(finding)
}

/// Khoản 2: the MCU operator may record at any time; that it is stored and handed over, the chair agency has to ask for.
pub(crate) fn not_requested(recording: &Recording) -> Option<Finding> {
    if recording.requested.is_some() {
        return None;
    }
    let finding = Finding::advice("14.2/not-requested", &[CLAUSE_2])
        .observed("cơ quan chủ trì chưa yêu cầu ghi hình", "the chair agency has not asked for a recording")
        .required(
            "lưu trữ, bàn giao nếu cơ quan chủ trì yêu cầu trước khi phiên họp kết thúc",
            "it is stored and handed over if the chair agency asks before the session ends",
        )
        .duty_of(DutyHolder::Chair)
        .reading(34);
    Some(finding)
}

/// Khoản 2: what was recorded is completed and stored, which stopping it does not do yet.
pub(crate) fn to_be_stored(session: &Session) -> Finding {
    Finding::advice("14.2/to-be-stored", &[CLAUSE_2])
        .observed(
            format!("phiên họp số {} dừng ghi hình, chưa nêu nơi lưu trữ", session.alias),
            format!("session {} is recorded no further; no place of storage is stated", session.alias),
        )
        .required("tư liệu ghi hình hoàn chỉnh và được lưu trữ", "a recording that is complete and stored")
        .remedy(
            "hoàn chỉnh, lưu trữ và ghi nơi lưu trữ (store_recording)",
            "complete it, store it, and say where it lies (store_recording)",
        )
        .duty_of(DutyHolder::TrungTam)
}

/// Khoản 2: a stored recording lies somewhere.
pub(crate) fn place(place: &str) -> Option<Finding> {
    if !place.trim().is_empty() {
        return None;
    }
    let finding = Finding::missing("14.2/place", &[CLAUSE_2])
        .observed("chưa nêu nơi lưu trữ", "no place of storage is stated")
        .required("nơi lưu trữ tư liệu ghi hình", "where the recording lies")
        .duty_of(DutyHolder::TrungTam);
    Some(finding)
}

/// Khoản 3: only what is stored can be handed over.
pub(crate) fn is_stored(recording: &Recording) -> Option<Finding> {
    if recording.stored.is_some() {
        return None;
    }
    let finding = Finding::missing("14.3/stored", &[CLAUSE_3])
        .observed("tư liệu ghi hình chưa lưu trữ", "no recording is stored")
        .required("tư liệu ghi hình đã hoàn chỉnh và lưu trữ", "a recording that is complete and stored")
        .remedy("hoàn chỉnh và lưu trữ rồi bàn giao", "complete and store it, then hand it over")
        .duty_of(DutyHolder::TrungTam);
    Some(finding)
}

/// Khoản 3: before the end of the 2nd working day. The managing authority answers for it.
pub(crate) fn in_time(due: Option<Moment>, at: Moment) -> Option<Finding> {
    let due = due.filter(|due| at >= *due)?;
    let (late_vi, late_en) = length(at.since(due));
    Some(late(due).observed(
        format!("bàn giao {}, muộn {late_vi} so với hạn {}", at.vi(), due.vi()),
        format!("handed over at {at}, {late_en} after {due}"),
    ))
}

/// Khoản 3: what is due and not handed over yet.
pub(crate) fn still_due(session: &Session, due: Moment, now: Moment) -> Option<Finding> {
    if now < due {
        return None;
    }
    let (late_vi, late_en) = length(now.since(due));
    let finding = late(due)
        .observed(
            format!("phiên họp số {}: chưa bàn giao, quá hạn {} đã {late_vi}", session.alias, due.vi()),
            format!("session {}: not handed over yet, {late_en} past {due}", session.alias),
        )
        .remedy("bàn giao cho cơ quan chủ trì", "hand it over to the chair agency");
    Some(finding)
}

fn late(due: Moment) -> Finding {
    Finding::breach("14.3/overdue", &[CLAUSE_3])
        .required(format!("bàn giao trước {}", due.vi()), format!("hand-over before {due}"))
        .duty_of(DutyHolder::ManagingAuthority)
        .reading(12)
        .reading(19)
}

fn step(event: RecordingEvent) -> (&'static str, &'static str, Citation) {
    match event {
        RecordingEvent::Requested => ("yêu cầu ghi hình", "ask for a recording", CLAUSE_2),
        RecordingEvent::Started => ("ghi hình", "record", CLAUSE_2),
        RecordingEvent::Stored => ("lưu trữ", "store the recording", CLAUSE_2),
        RecordingEvent::HandoverRequested => ("yêu cầu bàn giao", "ask for the hand-over", CLAUSE_3),
        RecordingEvent::HandedOver => ("bàn giao", "hand over", CLAUSE_3),
    }
}

fn standing(state: RecordingState) -> (&'static str, &'static str) {
    match state {
        RecordingState::None => ("chưa yêu cầu ghi hình", "no recording is asked for"),
        RecordingState::Requested => ("đã yêu cầu ghi hình", "a recording is asked for"),
        RecordingState::Running => ("đang ghi hình", "it is being recorded"),
        RecordingState::Stored => ("đã lưu trữ", "the recording is stored"),
        RecordingState::HandoverDue(_) => ("chờ bàn giao", "its hand-over is due"),
        RecordingState::HandedOver => ("đã bàn giao", "the recording is handed over"),
        RecordingState::Overdue(_) => ("quá hạn bàn giao", "its hand-over is overdue"),
    }
}
